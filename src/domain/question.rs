//! Private questions: choices bound to one account and answered once, and texts that are awaited.

use serde::{Deserialize, Serialize};

use super::{
    checkin,
    command::Command,
    data,
    decision::{Context, Decision},
    ids::{AccountId, QuestionId},
    ledger, link,
    message::{Button, Msg},
    people, prompt, session,
    time::Timestamp,
};

/// How long a question can be answered unless it says otherwise.
pub const LIFE_HOURS: i64 = 24;

/// What answering a choice does, by feature.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Action {
    /// The same as typing a command.
    Run {
        /// Which.
        command: Command,
        /// What would be typed after it.
        rest: String,
    },
    /// The same, in one of several groups; it is remembered for a day that this group is meant.
    InGroup {
        /// Which group.
        group: super::ids::GroupId,
        /// Which command.
        command: Command,
        /// What would be typed after it.
        rest: String,
    },
    /// Joining, setting up, roles, settings.
    People(people::Action),
    /// Credits.
    Ledger(ledger::Action),
    /// Sessions and bookings.
    Session(session::Action),
    /// Check-ins.
    Checkin(checkin::Action),
    /// Prompts.
    Prompt(prompt::Action),
    /// One's own data.
    Data(data::Action),
    /// Linked accounts.
    Link(link::Action),
    /// Nothing: "no", "later"; the given words are said.
    Close(Msg),
}

impl Action {
    /// The group that the answer is about, where the action names one.
    pub const fn group(&self) -> Option<super::ids::GroupId> {
        match self {
            Self::InGroup { group, .. } => Some(*group),
            // Whoever set a room up was asked before there was a group that the question could be about.
            Self::People(action) => Some(action.group()),
            Self::Run { .. }
            | Self::Ledger(_)
            | Self::Session(_)
            | Self::Checkin(_)
            | Self::Prompt(_)
            | Self::Data(_)
            | Self::Link(_)
            | Self::Close(_) => None,
        }
    }
}

/// A change to the questions.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// A question is asked; its buttons are [`super::message::Press::Choice`].
    Ask(Question),
    /// The account's next plain text in its direct room becomes this command with the text after `rest`.
    Await {
        /// Whose text.
        account: AccountId,
        /// The command it becomes.
        command: Command,
        /// What stands before the text.
        rest: String,
        /// Until when.
        until: Timestamp,
    },
    /// The account's next plain text is awaited no more.
    AwaitNothing(AccountId),
}

/// A question that one account may answer once.
#[derive(Clone, PartialEq, Debug)]
pub struct Question {
    /// Secret: whoever presses must have it, and be the account.
    pub id: QuestionId,
    /// Who may answer.
    pub account: AccountId,
    /// What each choice does, in the order of the buttons.
    pub choices: Vec<Action>,
    /// Until when.
    pub until: Timestamp,
}

/// Asks `account`: returns the change to store and the buttons to show, one for each of the labelled actions.
pub fn ask(ctx: &mut Context, account: AccountId, choices: Vec<(Msg, Action)>) -> (Change, Vec<Button>) {
    let until = ctx.now.plus(chrono::TimeDelta::hours(LIFE_HOURS));
    ask_until(ctx, account, choices, until)
}

/// As [`ask`], to be answered until `until`.
pub fn ask_until(ctx: &mut Context, account: AccountId, choices: Vec<(Msg, Action)>, until: Timestamp) -> (Change, Vec<Button>) {
    let id: QuestionId = ctx.ids.make();
    let (labels, actions): (Vec<Msg>, Vec<Action>) = choices.into_iter().unzip();
    let buttons = labels.into_iter().zip(0..).map(|(label, n)| Button::choice(label, id, n)).collect();
    (Change::Ask(Question { id, account, choices: actions, until }), buttons)
}

impl Decision {
    /// And awaits the account's next plain text in its direct room as the end of a command, for half an hour.
    #[must_use]
    pub fn await_text(self, ctx: &Context, account: AccountId, command: Command, rest: impl Into<String>) -> Self {
        let until = ctx.now.plus(chrono::TimeDelta::minutes(30));
        self.change(Change::Await { account, command, rest: rest.into(), until })
    }
}
