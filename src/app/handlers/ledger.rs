//! The ledger feature: parse, view, decide.

use crate::{
    domain::{
        decision::{Context, Decision, Outcome},
        hear::Call,
        ledger::Action,
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

pub(super) async fn wake(_store: &mut Store, _wake: &Wake, _ctx: &mut Context) -> Result<Decision, StoreError> {
    Ok(Decision::nothing())
}
