//! Check-ins, one's own month, crisis lines, words of danger.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    ids::{CommunityId, PersonId},
    time::Timestamp,
};

pub mod daily;
pub mod danger;
pub mod month;
pub mod sos;
#[cfg(test)]
mod tests;

/// The lowest score, the hardest day.
pub const SCORE_MIN: u8 = 1;
/// The highest score, the best day.
pub const SCORE_MAX: u8 = 5;

/// How long a note is kept, in days.
pub const NOTE_DAYS: i64 = 90;
/// How long a score is kept, in days.
pub const SCORE_DAYS: i64 = 365;

/// A score on one local day; the latest of a day counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Whose.
    pub person: PersonId,
    /// The day in the person's zone.
    pub day: NaiveDate,
    /// [`SCORE_MIN`] to [`SCORE_MAX`].
    pub score: u8,
    /// In the person's words.
    pub note: Option<String>,
    /// When the full care text was shown, where it was on this day.
    pub full_care: Option<Timestamp>,
    /// When it was kept.
    pub at: Timestamp,
}

/// A change to the check-ins.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// This is the person's check-in of its day, in place of an earlier one.
    Keep(Entry),
    /// The person's check-in of the day is gone.
    Erase {
        /// Whose.
        person: PersonId,
        /// Which day.
        day: NaiveDate,
    },
    /// All check-ins of a person are gone.
    EraseAll(PersonId),
}

/// What answering one of its questions does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Action {
    /// Agrees that check-ins are kept, and goes on with what was typed.
    Agree {
        /// In which community.
        community: CommunityId,
        /// Which version of the text was shown.
        version: i64,
        /// What stood after the command word.
        rest: String,
    },
    /// Does not agree.
    Decline {
        /// In which community.
        community: CommunityId,
        /// What stood after the command word.
        rest: String,
    },
    /// Erases all answers, after the consent was withdrawn.
    EraseAll {
        /// In which community.
        community: CommunityId,
    },
}

impl Action {
    /// The community that the scope of the answer must be about.
    pub const fn community(&self) -> CommunityId {
        match self {
            Self::Agree { community, .. } | Self::Decline { community, .. } | Self::EraseAll { community } => *community,
        }
    }
}
