//! The check-in feature: parse, view, decide.

use crate::{
    domain::{
        checkin::{
            Action,
            daily::{self, CheckinView},
            month,
            sos::{self, NextSession},
        },
        command::Command,
        decision::{Context, Decision, Outcome},
        hear::Call,
        scope::Scope,
    },
    store::{Store, StoreError},
};

pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    Ok(match call.command {
        Command::Checkin => {
            let view = view(store, scope, ctx).await?;
            daily::checkin(scope, &view, call, ctx)
        }
        Command::MyMonth => {
            let days = match &scope.person {
                Some(person) => store.checkin_days(person.id, ctx.now.day(scope.zone)).await?,
                None => month::Days::new(),
            };
            month::month(scope, &days, ctx)
        }
        Command::Sos => Ok(sos::sos(scope, call)),
        Command::Talk => {
            let next = next_sessions(store, scope, ctx).await?;
            Ok(sos::talk(scope, &next))
        }
        _ => Ok(Decision::nothing()),
    })
}

pub(super) async fn answer(store: &mut Store, scope: &Scope, action: Action, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let view = view(store, scope, ctx).await?;
    Ok(daily::answer(scope, &view, &action, ctx))
}

/// The fixed text for words of danger.
pub(super) async fn danger(_store: &mut Store, scope: &Scope, _ctx: &mut Context) -> Result<Decision, StoreError> {
    Ok(sos::say(scope))
}

async fn view(store: &mut Store, scope: &Scope, ctx: &Context) -> Result<CheckinView, StoreError> {
    match &scope.person {
        Some(person) => store.checkin_view(person, ctx.now.day(scope.zone)).await,
        None => Ok(CheckinView::default()),
    }
}

/// The next sessions that anyone of the group may book.
async fn next_sessions(_store: &mut Store, _scope: &Scope, _ctx: &Context) -> Result<Vec<NextSession>, StoreError> {
    Ok(Vec::new())
}
