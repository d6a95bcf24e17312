//! Shared phones on the road of an event: a code that is tried, and one's own words that go after a while.

use crate::{
    domain::{
        decision::Audience,
        discreet::gate::{self, Try},
        event::Said,
        scope::Scope,
    },
    store::StoreError,
};

use super::road::{Actor, Road};

/// A code was typed: the try is counted in this very commit, and what it was asked for goes on where it is right.
pub(super) async fn try_code(road: &mut Road<'_>, actor: &Actor, mut scope: Scope, tried: &Try) -> Result<(), StoreError> {
    let right = match &tried.digits {
        Some(digits) => road.store.code_is(actor.account.id, digits).await?,
        None => false,
    };
    let (decision, open) = gate::tried(&scope, tried, right, &road.ctx);
    road.conclude(actor, &scope, Ok(decision), Audience::Asker).await?;
    if !open {
        return Ok(());
    }
    if let Some(row) = road.store.account(actor.account.id).await? {
        scope.account.discreet = row.account().discreet;
    }
    Box::pin(road.dispatch(actor, scope, &tried.opens)).await
}

/// Who shares the phone wants their own words gone as well, in a while.
pub(super) async fn let_vanish(road: &mut Road<'_>, said: &Said) -> Result<(), StoreError> {
    let Some(sender) = said.sender.as_ref().filter(|_| said.room.direct && !road.unsaid) else { return Ok(()) };
    match road.store.account_at(&sender.account).await? {
        Some(row) => road.store.let_vanish(row.id, std::slice::from_ref(&said.message), &mut road.ctx.ids, road.ctx.now).await,
        None => Ok(()),
    }
}
