//! Linked accounts: what was typed or pressed, what the store knows of both sides, the decision.

use crate::{
    domain::{
        decision::{Context, Decision, Outcome},
        hear::Call,
        ids::LinkId,
        link::{Action, ask, confirm, effect, undo},
        scope::Scope,
    },
    store::{Store, StoreError},
};

pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let args = ask::parse(call);
    Ok(match store.link_view(scope.account.id, args.code(), ctx.now).await? {
        Some(view) => ask::link(scope, &view, &args, ctx),
        None => Ok(Decision::nothing()),
    })
}

pub(super) async fn answer(store: &mut Store, scope: &Scope, action: &Action, ctx: &mut Context) -> Result<Outcome, StoreError> {
    Ok(match store.link_view(scope.account.id, None, ctx.now).await? {
        Some(view) => confirm::answer(scope, &view, action, ctx),
        None => Ok(Decision::nothing()),
    })
}

pub(super) async fn wake(store: &mut Store, id: LinkId, ctx: &mut Context) -> Result<Decision, StoreError> {
    Ok(match store.link_effect_view(id, ctx.now).await? {
        Some(view) => effect::takes_effect(&view, ctx),
        None => Decision::nothing(),
    })
}

/// Adds to what `/settings` shows the accounts that are linked, and what is under way.
pub(super) async fn with_linked(store: &mut Store, scope: &Scope, shown: Outcome, ctx: &Context) -> Result<Outcome, StoreError> {
    let view = store.link_view(scope.account.id, None, ctx.now).await?;
    Ok(match view {
        Some(view) => shown.map(|decision| undo::in_settings(scope, &view, decision)),
        None => shown,
    })
}
