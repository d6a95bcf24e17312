//! Check-ins, one's own month, crisis lines, words of danger.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ids::PersonId, time::Timestamp};

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
    /// The full care text was shown with it.
    pub full_care: bool,
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
}

/// What answering one of its questions does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Action {
    /// Agrees that check-ins are kept, and goes on with what was typed.
    Agree {
        /// In which community.
        community: super::ids::CommunityId,
        /// Which version of the text was shown.
        version: i64,
        /// What stood after the command word.
        rest: String,
    },
}
