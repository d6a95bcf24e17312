//! The session feature: parse, view, decide.

use crate::{
    domain::{
        command::Command,
        decision::{Context, Decision, Outcome, Refusal},
        hear::Call,
        ids::SessionId,
        message::Msg,
        scope::{Community, Person, Scope},
        session::{
            Action, AgendaArgs, CancelArgs, Meant, WakeView, after::args, agenda, attend, book, cancel, depart, propose, wake, wishes,
        },
        timer::Wake,
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
        let found = store.roll_of(person, session).await?;
        return Ok(wishes::need(scope, found.as_ref(), &need, ctx));
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
                let (community, _) = or_refuse!(member(scope));
                let view = store.propose_view(community).await?;
                Ok(propose::propose(scope, &view, call, ctx))
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
            let view = store.cancel_view(person, args, ctx.now).await?;
            cancel::cancel(scope, &view, args, ctx)
        }
        Command::Bookings => {
            let args = or_refuse!(agenda::parse_bookings(call));
            let view = store.bookings_view(person, args, ctx.now).await?;
            agenda::bookings(scope, &view, args, ctx)
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
    let view = store.cancel_view(person, CancelArgs::Session(action.session()), ctx.now).await?;
    Ok(cancel::answer(scope, &view, &action, ctx))
}

/// `/settings reminders`.
pub(super) async fn reminders(store: &mut Store, scope: &Scope, call: &Call) -> Result<Outcome, StoreError> {
    let (_, person) = or_refuse!(member(scope));
    let before = store.wishes(person.id).await?.unwrap_or_default();
    Ok(wishes::reminders(scope, before, call))
}

/// What leaving the group ends: the person's seats in it, and the sessions that they were to hold.
pub(super) async fn leave(store: &mut Store, scope: &Scope, ctx: &mut Context) -> Result<Decision, StoreError> {
    let (Some(group), Some(person)) = (&scope.group, &scope.person) else { return Ok(Decision::nothing()) };
    let rolls = store.leaving_view(person, group.id, ctx.now).await?;
    Ok(depart::on_leave(&rolls, person, ctx))
}

/// What a wake-up means for its session.
type Decide<'a> = dyn Fn(&WakeView, &mut Context) -> Decision + Sync + 'a;

pub(super) async fn wake(store: &mut Store, wake: &Wake, ctx: &mut Context) -> Result<Decision, StoreError> {
    let (session, decide): (Option<SessionId>, &Decide<'_>) = match wake {
        Wake::Reminder { session, hours_before } => (Some(*session), &|view, ctx| wake::remind(view, *hours_before, ctx)),
        Wake::RemindOne { session, person, hours_before } => {
            (Some(*session), &|view, ctx| wake::remind_one(view, *person, *hours_before, ctx))
        }
        Wake::SessionStarts(session) => (Some(*session), &wake::started),
        Wake::SessionOver(session) => (Some(*session), &wake::over),
        Wake::AttendanceWaits { session, days } => (Some(*session), &|view, ctx| wake::waits(view, *days, ctx)),
        Wake::Unmarked(session) => (Some(*session), &wake::unmarked),
        Wake::OfferEnds(booking) => (store.session_of_booking(*booking).await?, &|view, ctx| wake::offer_ends(view, *booking, ctx)),
        Wake::FeedbackCloses(_)
        | Wake::HandOverEnds(_)
        | Wake::GiftReturns(_)
        | Wake::PromptDue(_)
        | Wake::FounderSilent { .. }
        | Wake::ReportWaits(_)
        | Wake::LinkTakesEffect(_)
        | Wake::Vanish(_)
        | Wake::CodeGoes(_)
        | Wake::EraseAgain(_)
        | Wake::LongStill(_)
        | Wake::Housekeeping => return Ok(Decision::nothing()),
    };
    let Some(session) = session else { return Ok(Decision::nothing()) };
    let view = store.session_wake_view(session, ctx.now).await?;
    Ok(view.map_or_else(Decision::nothing, |view| decide(&view, ctx)))
}
