//! The checkin feature: parse, view, decide.

use crate::{
    domain::{
        checkin::Action,
        decision::{Context, Decision, Outcome},
        hear::Call,
        scope::Scope,
        timer::Wake,
    },
    store::{Store, StoreError},
};

pub(super) async fn command(_store: &mut Store, _scope: &Scope, _call: &Call, _ctx: &mut Context) -> Result<Outcome, StoreError> {
    Ok(Ok(Decision::nothing()))
}

pub(super) async fn answer(_store: &mut Store, _scope: &Scope, _action: Action, _ctx: &mut Context) -> Result<Outcome, StoreError> {
    Ok(Ok(Decision::nothing()))
}

pub(super) async fn danger(_store: &mut Store, _scope: &Scope, _ctx: &mut Context) -> Result<Decision, StoreError> {
    Ok(Decision::nothing())
}
