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
        session::agenda::AgendaArgs,
    },
    store::{Store, StoreError},
};

/// So many sessions are shown to who wants to talk.
const NEXT_MAX: usize = 3;

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
        Some(person) => store.checkin_view(person.id, ctx.now.day(scope.zone)).await,
        None => Ok(CheckinView::default()),
    }
}

/// The next sessions of the groups that the asker may see.
async fn next_sessions(store: &mut Store, scope: &Scope, ctx: &Context) -> Result<Vec<NextSession>, StoreError> {
    let view = store.agenda_view(scope, AgendaArgs::List, ctx.now).await?;
    let next = view.items.into_iter().take(NEXT_MAX).map(|item| item.session);
    Ok(next.map(|session| NextSession { id: session.id, title: session.title, starts: session.starts }).collect())
}
