//! One's own data: a copy, the erasure, how long things are kept.

use crate::{
    domain::{
        command::Command,
        data::{
            Action, Whose,
            erase::{self, EraseView},
            mine, retention,
        },
        decision::{Context, Decision, Outcome},
        hear::Call,
        scope::Scope,
        timer::Wake,
    },
    store::{Store, StoreError},
};

pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let own = store.own_persons(scope.account.id).await?;
    Ok(match call.command {
        Command::Erase => erase::erase(scope, &own, ctx),
        _ if own.len() > 1 => Ok(mine::which(scope, &own, ctx)),
        _ => Ok(copy(store, scope, Whose::All, ctx).await?),
    })
}

pub(super) async fn answer(store: &mut Store, scope: &Scope, action: Action, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let own = store.own_persons(scope.account.id).await?;
    Ok(match action {
        Action::AskErase(whose) => erase::chosen(scope, &own, whose, ctx),
        Action::Copy(whose) => Ok(copy(store, scope, whose, ctx).await?),
        Action::CopyFirst(whose) => Ok(copy(store, scope, whose, ctx).await?.and(erase::ask(scope, whose, ctx))),
        Action::Erase(whose) => {
            let view = store.erase_view(scope.account.id, &own, whose, ctx.now).await?;
            erase::erased(scope, &own, &view, whose, ctx)
        }
    })
}

/// `/settings retention …`, `/settings keep …`.
pub(super) async fn settings(store: &mut Store, scope: &Scope, call: &Call) -> Result<Outcome, StoreError> {
    let view = match &scope.community {
        Some(community) => store.retention_view(community.id, scope.person.as_ref().map(|person| person.id)).await?,
        None => retention::RetentionView::default(),
    };
    Ok(retention::settings(scope, call, &view))
}

async fn copy(store: &mut Store, scope: &Scope, whose: Whose, ctx: &Context) -> Result<Decision, StoreError> {
    let mine = store.my_data(scope.account.id, whose, ctx.now).await?;
    Ok(mine::copy(scope, &mine))
}

pub(super) async fn wake(store: &mut Store, wake: &Wake, ctx: &mut Context) -> Result<Decision, StoreError> {
    match wake {
        Wake::EraseAgain(person) => {
            let view = store.erase_again_view(*person, ctx.now).await?;
            Ok(erase::erased_silently(&view, ctx))
        }
        Wake::LongStill(account) => {
            let Some(still) = store.still(*account).await? else { return Ok(Decision::nothing()) };
            let view = if still.goes(ctx.now) { store.account_end_view(*account, ctx.now).await? } else { EraseView::default() };
            Ok(retention::long_still(&still, &view, ctx))
        }
        _ => Ok(Decision::nothing()),
    }
}
