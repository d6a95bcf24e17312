//! From a call to a decision: each feature reads its view from the store and decides; nothing else happens here.
//!
//! Each feature's future is boxed: side by side they would make the way of every event as large as the largest of them.

mod after;
mod checkin;
mod data;
mod discreet;
mod journal;
mod ledger;
mod link;
mod people;
mod prompt;
mod remove;
mod safety;
mod session;

use crate::{
    domain::{
        command::Command,
        decision::{Context, Decision, Outcome},
        hear::Call,
        message::{Content, Msg},
        people::renew::{self, Renewal},
        question::{Action, ask},
        scope::{Group, Scope},
        timer::{Timer, Wake},
    },
    store::{Store, StoreError},
};

/// Decides on a command that the asker may give.
pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    match renew::renewal(scope, call, ctx) {
        Renewal::Nothing => of_feature(store, scope, call, ctx).await,
        Renewal::Instead(asked) => Ok(Ok(asked)),
        Renewal::After(asked) => Ok(of_feature(store, scope, call, ctx).await?.map(|decision| decision.and(asked))),
    }
}

/// The feature of a command decides.
async fn of_feature(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    match call.command {
        Command::Menu
        | Command::Join
        | Command::Leave
        | Command::Settings
        | Command::Language
        | Command::Country
        | Command::Timezone
        | Command::Alias
        | Command::Pause
        | Command::Resume
        | Command::Rules
        | Command::Profile
        | Command::Role
        | Command::Choices
        | Command::Setup => Box::pin(people::command(store, scope, call, ctx)).await,
        Command::Checkin | Command::MyMonth | Command::Sos | Command::Talk => Box::pin(checkin::command(store, scope, call, ctx)).await,
        Command::Credits | Command::Statement | Command::Give | Command::Issue | Command::Reverse | Command::Fund => {
            Box::pin(ledger::command(store, scope, call, ctx)).await
        }
        Command::Agenda
        | Command::Session
        | Command::Series
        | Command::Book
        | Command::Cancel
        | Command::Bookings
        | Command::Attendance => Box::pin(session::command(store, scope, call, ctx)).await,
        Command::Figures => Box::pin(session::figures(store, scope, call, ctx)).await,
        Command::Ledger => Box::pin(journal::command(store, scope, call, ctx)).await,
        Command::Link => Box::pin(link::command(store, scope, call, ctx)).await,
        Command::Remove => Box::pin(remove::command(store, scope, call, ctx)).await,
        Command::Prompt => Box::pin(prompt::command(store, scope, call, ctx)).await,
        Command::MyData | Command::Erase => Box::pin(data::command(store, scope, call, ctx)).await,
        Command::Thanks | Command::Block | Command::Report => Box::pin(safety::command(store, scope, call, ctx)).await,
        Command::Discreet => Ok(discreet::command(scope, call, ctx)),
        Command::Climate
        | Command::Invite
        | Command::Available
        | Command::Unavailable
        | Command::OnDuty
        | Command::Breathe
        | Command::Cap => {
            // Refused before it gets here, because the table says that they are not built.
            Ok(Ok(Decision::nothing()))
        }
    }
}

/// Decides on an answered question of a feature.
pub(super) async fn answer(store: &mut Store, scope: &Scope, action: Action, ctx: &mut Context) -> Result<Outcome, StoreError> {
    match action {
        Action::People(action) => Box::pin(people::answer(store, scope, action, ctx)).await,
        Action::Ledger(action) => Box::pin(ledger::answer(store, scope, action, ctx)).await,
        Action::Session(action) => Box::pin(session::answer(store, scope, action, ctx)).await,
        Action::Checkin(action) => Box::pin(checkin::answer(store, scope, action, ctx)).await,
        Action::Link(action) => Box::pin(link::answer(store, scope, &action, ctx)).await,
        Action::Prompt(action) => Box::pin(prompt::answer(store, scope, action, ctx)).await,
        Action::Data(action) => Box::pin(data::answer(store, scope, action, ctx)).await,
        Action::Run { .. } | Action::InGroup { .. } | Action::Close(_) => Ok(Ok(Decision::nothing())),
    }
}

/// Decides on what came due.
pub(super) async fn wake(store: &mut Store, timer: &Timer, ctx: &mut Context) -> Result<Decision, StoreError> {
    let wake = &timer.wake;
    match wake {
        Wake::GiftReturns(_) => Box::pin(ledger::wake(store, wake, ctx)).await,
        Wake::Reminder { .. }
        | Wake::RemindOne { .. }
        | Wake::ShortNotice { .. }
        | Wake::OfferEnds(_)
        | Wake::CutOff(_)
        | Wake::SessionShows(_)
        | Wake::SeriesDue(_)
        | Wake::SessionOver(_)
        | Wake::AttendanceWaits { .. }
        | Wake::Unmarked(_) => Box::pin(session::wake(store, timer, ctx)).await,
        Wake::SessionStarts(id) => {
            let started = Box::pin(session::wake(store, timer, ctx)).await?;
            Ok(started.and(prompt::at_start(store, *id, ctx).await?))
        }
        Wake::FeedbackCloses(_) | Wake::HandOverEnds(_) => Box::pin(after::wake(store, wake, ctx)).await,
        Wake::LinkTakesEffect(id) => Box::pin(link::wake(store, *id, ctx)).await,
        Wake::FounderSilent { community, account } => Box::pin(people::founder_silent(store, *community, *account)).await,
        Wake::PromptDue(_) | Wake::RotaDue(_) => Box::pin(prompt::wake(store, wake, ctx)).await,
        Wake::Vanish(_) | Wake::CodeGoes(_) => Box::pin(discreet::wake(store, wake, ctx)).await,
        Wake::ReportWaits(id) => Box::pin(safety::wake(store, *id, ctx)).await,
        Wake::EraseAgain(_) | Wake::LongStill(_) => Box::pin(data::wake(store, wake, ctx)).await,
        Wake::Housekeeping => {
            store.prune(ctx.now).await?;
            let tomorrow = ctx.now.plus(chrono::TimeDelta::days(1));
            let still = store.long_still(ctx.now).await?;
            let wake = |decision: Decision, account| decision.wake(ctx, ctx.now, Wake::LongStill(account));
            Ok(still.into_iter().fold(Decision::nothing(), wake).wake(ctx, tomorrow, Wake::Housekeeping))
        }
    }
}

/// The answer to words of danger.
pub(super) async fn danger(store: &mut Store, scope: &Scope, ctx: &mut Context) -> Result<Decision, StoreError> {
    checkin::danger(store, scope, ctx).await
}

/// Asks which of several groups is meant.
pub(super) fn which_group(ctx: &mut Context, scope: &Scope, call: &Call, groups: &[Group]) -> Decision {
    let choices = groups.iter().zip(1..).map(|(group, number)| {
        let label = match &group.name {
            Some(name) => Msg::new("group-named").with("name", name.as_str()),
            None => Msg::new("group-unnamed").with("number", number),
        };
        (label, Action::InGroup { group: group.id, command: call.command, rest: call.rest.clone() })
    });
    let (change, buttons) = ask(ctx, scope.account.id, choices.collect());
    Decision::answer(Content::from(Msg::new("which-group")).buttons(buttons)).change(change)
}
