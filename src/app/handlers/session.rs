//! The session feature: parse, view, decide.

use crate::{
    domain::{
        command::Command,
        decision::{Context, Decision, Outcome, Refusal},
        hear::Call,
        message::Msg,
        scope::{Community, Person, Scope},
        session::{
            Action, AgendaArgs, CancelArgs, Meant, after::args, agenda, attend, book, cancel, depart, edit, feed, figures, propose, series,
            wake, wishes,
        },
        timer::{Timer, Wake},
    },
    store::{Store, StoreError},
};

/// A refusal ends the road, not the transaction.
macro_rules! or_refuse {
    ($parsed:expr) => {
        match $parsed {
            Ok(value) => value,
            Err(refusal) => return Ok(Err(refusal)),
        }
    };
}

pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    if let Some((session, need)) = wishes::parse_need(call) {
        let (_, person) = or_refuse!(member(scope));
        let view = store.need_view(person, session).await?;
        return Ok(wishes::need(scope, &view, &need, ctx));
    }
    if let Some(args) = args::parse(call) {
        return super::after::command(store, scope, args, ctx).await;
    }
    match call.command {
        Command::Agenda => show_agenda(store, scope, or_refuse!(agenda::parse_agenda(call)), ctx).await,
        Command::Session => match propose::meant(scope, call) {
            Meant::Agenda => show_agenda(store, scope, AgendaArgs::List, ctx).await,
            Meant::MayNot => Ok(Err(propose::may_not())),
            Meant::Propose => {
                let (_, person) = or_refuse!(member(scope));
                let view = store.propose_view(scope, person, propose::named_host(scope, call, ctx.now), ctx.now).await?;
                Ok(propose::propose(scope, &view, call, ctx))
            }
            Meant::Edit(session) => {
                let (_, person) = or_refuse!(member(scope));
                let view = store.edit_view(person, session, ctx.now).await?;
                Ok(edit::edit(scope, &view, call, ctx))
            }
        },
        _ => of_member(store, scope, call, ctx).await,
    }
}

/// What only members do.
async fn of_member(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let (_, person) = or_refuse!(member(scope));
    Ok(match call.command {
        Command::Book => {
            let args = or_refuse!(book::parse_book(call));
            let view = store.book_view(person, args.session, ctx.now).await?;
            book::book(scope, &view, args, ctx)
        }
        Command::Cancel => {
            let args = or_refuse!(cancel::parse_cancel(call));
            let view = store.cancel_view(person, &args, ctx.now).await?;
            cancel::cancel(scope, &view, args, ctx)
        }
        Command::Bookings => {
            let args = or_refuse!(agenda::parse_bookings(call));
            let view = store.bookings_view(person, args, ctx.now).await?;
            agenda::bookings(scope, &view, args, ctx)
        }
        Command::Series => {
            let meant = or_refuse!(series::ask::parse(call));
            let view = store.series_ask_view(person, meant, ctx.now).await?;
            series::ask::ask(scope, &view, call, ctx)
        }
        Command::Attendance => {
            let args = or_refuse!(attend::parse_attendance(call));
            let view = store.attendance_view(person, &args, ctx.now).await?;
            attend::attendance(scope, &view, &args, ctx)
        }
        _ => Ok(Decision::nothing()),
    })
}

async fn show_agenda(store: &mut Store, scope: &Scope, args: AgendaArgs, ctx: &Context) -> Result<Outcome, StoreError> {
    let view = store.agenda_view(scope, args, ctx.now).await?;
    Ok(agenda::agenda(scope, &view, args, ctx))
}

fn member(scope: &Scope) -> Result<(&Community, &Person), Refusal> {
    scope.community.as_ref().zip(scope.person.as_ref()).ok_or_else(|| Msg::new("people-not-here").into())
}

pub(super) async fn answer(store: &mut Store, scope: &Scope, action: Action, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let (_, person) = or_refuse!(member(scope));
    if let Action::After(action) = action {
        return super::after::answer(store, scope, &action, ctx).await;
    }
    if let Action::EndSeries { cancel_rest, .. } = action {
        let view = store.series_ask_view(person, action.session(), ctx.now).await?;
        return Ok(series::ask::end(scope, &view, cancel_rest, ctx));
    }
    if let Action::Following { line, .. } = &action {
        let view = store.series_ask_view(person, action.session(), ctx.now).await?;
        return Ok(series::follow::follow(scope, &view, line, ctx));
    }
    let view = store.cancel_view(person, &CancelArgs::Session(action.session()), ctx.now).await?;
    Ok(cancel::answer(scope, &view, &action, ctx))
}

/// `/settings reminders`.
pub(super) async fn reminders(store: &mut Store, scope: &Scope, call: &Call) -> Result<Outcome, StoreError> {
    let (_, person) = or_refuse!(member(scope));
    let before = store.wishes(person.id).await?.unwrap_or_default();
    Ok(wishes::reminders(scope, before, call))
}

/// `/settings agenda`.
pub(super) async fn feed(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let (_, person) = or_refuse!(member(scope));
    let view = store.feed_view(person.id, ctx.ids.make()).await?;
    Ok(feed::feed(scope, &view, call, ctx))
}

/// `/figures`.
pub(super) async fn figures(store: &mut Store, scope: &Scope, call: &Call, ctx: &Context) -> Result<Outcome, StoreError> {
    let (community, _) = or_refuse!(member(scope));
    let args = or_refuse!(figures::parse(call, ctx.now.day(community.zone)));
    let month = or_refuse!(figures::month(&args, community.zone, ctx.now));
    let counted = store.figures(community.id, month, community.zone).await?;
    Ok(figures::figures(scope, month, &args, &counted))
}

/// What leaving the group ends: the person's seats in it, and the sessions that they were to hold.
pub(super) async fn leave(store: &mut Store, scope: &Scope, ctx: &mut Context) -> Result<Decision, StoreError> {
    let (Some(group), Some(person)) = (&scope.group, &scope.person) else { return Ok(Decision::nothing()) };
    let rolls = store.leaving_view(person, group.id, ctx.now).await?;
    Ok(depart::on_leave(&rolls, person, ctx))
}

pub(super) async fn wake(store: &mut Store, timer: &Timer, ctx: &mut Context) -> Result<Decision, StoreError> {
    if let Wake::SeriesDue(id) = timer.wake {
        let view = store.series_view(id, ctx.now).await?;
        return Ok(view.map_or_else(Decision::nothing, |view| series::make::due(&view, ctx)));
    }
    let session = match timer.wake {
        Wake::Reminder { session, .. }
        | Wake::RemindOne { session, .. }
        | Wake::ShortNotice { session, .. }
        | Wake::CutOff(session)
        | Wake::SessionShows(session)
        | Wake::SessionStarts(session)
        | Wake::SessionOver(session)
        | Wake::AttendanceWaits { session, .. }
        | Wake::Unmarked(session) => Some(session),
        Wake::OfferEnds(booking) => store.session_of_booking(booking).await?,
        Wake::FeedbackCloses(_)
        | Wake::HandOverEnds(_)
        | Wake::GiftReturns(_)
        | Wake::SeriesDue(_)
        | Wake::PromptDue(_)
        | Wake::RotaDue(_)
        | Wake::FounderSilent { .. }
        | Wake::ReportWaits(_)
        | Wake::LinkTakesEffect(_)
        | Wake::Vanish(_)
        | Wake::CodeGoes(_)
        | Wake::EraseAgain(_)
        | Wake::LongStill(_)
        | Wake::Housekeeping => None,
    };
    let Some(session) = session else { return Ok(Decision::nothing()) };
    let view = store.session_wake_view(session, ctx.now).await?;
    Ok(view.map_or_else(Decision::nothing, |view| wake::wake(&view, &timer.wake, timer.at, ctx)))
}
