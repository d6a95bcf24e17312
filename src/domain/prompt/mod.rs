//! Prompts: questions that a facilitator posts to open or structure a session, now or at an hour.

use serde::{Deserialize, Serialize};

use super::{
    ids::{GroupId, PersonId, PromptId, SessionId},
    time::Timestamp,
};

pub mod library;
pub mod ready;
#[cfg(test)]
mod tests;
mod when;
pub mod write;

/// The longest prompt, in characters.
pub const TEXT_CHARS_MAX: usize = 1000;

/// A prompt as it is kept.
#[derive(Clone, PartialEq, Debug)]
pub struct Prompt {
    /// Its id.
    pub id: PromptId,
    /// For which group.
    pub group: GroupId,
    /// About which session.
    pub session: Option<SessionId>,
    /// Who wrote it.
    pub by: PersonId,
    /// The words.
    pub text: String,
    /// When it goes, or went, out.
    pub at: Timestamp,
    /// It goes out when its session starts, whenever that is.
    pub at_start: bool,
    /// What became of it.
    pub state: State,
}

/// What became of a prompt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It waits for its hour.
    Waiting,
    /// It went out.
    Posted,
    /// It was taken back, or the group paused.
    Dropped,
}

impl State {
    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::Posted => 1,
            Self::Dropped => 2,
        }
    }

    /// The state of a number that the database kept.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Waiting),
            1 => Some(Self::Posted),
            2 => Some(Self::Dropped),
            _ => None,
        }
    }
}

/// A change to the prompts.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// It is kept.
    Add(Box<Prompt>),
    /// Its state changes.
    Set(PromptId, State),
    /// A question is in store for a group.
    Keep(GroupId, library::Item),
    /// It is in store no more.
    Remove(GroupId, i64),
    /// It was posted.
    LibraryPosted(GroupId, i64, Timestamp),
    /// When a question comes by itself; never where there is none.
    Rota(GroupId, Option<library::Rota>),
}

/// What answering one of its questions does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Action {
    /// Posts it, now or at its hour.
    Post {
        /// For which group.
        group: GroupId,
        /// About which session, by its number.
        session: Option<i64>,
        /// The words.
        text: String,
        /// When; now where there is none.
        at: Option<Timestamp>,
        /// When the session starts.
        #[serde(default)]
        at_start: bool,
    },
    /// Puts it in store.
    Keep {
        /// For which group.
        group: GroupId,
        /// The words.
        text: String,
    },
    /// Awaits a new text.
    Change {
        /// For which group.
        group: GroupId,
        /// What stands before the new text (`12`).
        rest: String,
    },
    /// Takes a waiting one back.
    Withdraw {
        /// For which group.
        group: GroupId,
        /// Which.
        prompt: PromptId,
    },
}

impl Action {
    /// The group that the scope of the answer must be about.
    pub const fn group(&self) -> GroupId {
        match self {
            Self::Post { group, .. } | Self::Keep { group, .. } | Self::Change { group, .. } | Self::Withdraw { group, .. } => *group,
        }
    }
}
