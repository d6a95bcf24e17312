//! The people feature: parse, view, decide.

use crate::{
    domain::{
        decision::{Context, Decision, Outcome},
        hear::Call,
        people::Action,
        scope::Scope,
    },
    store::{Store, StoreError},
};

pub(super) async fn command(_store: &mut Store, _scope: &Scope, _call: &Call, _ctx: &mut Context) -> Result<Outcome, StoreError> {
    Ok(Ok(Decision::nothing()))
}

pub(super) async fn answer(_store: &mut Store, _scope: &Scope, _action: Action, _ctx: &mut Context) -> Result<Outcome, StoreError> {
    Ok(Ok(Decision::nothing()))
}
