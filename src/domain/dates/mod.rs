//! Dates and lengths of time as people write them, in French and English, found among other words.

mod clock;
mod day;
mod length;
mod lexicon;
mod moment;
mod month;
mod resolve;
mod single;
#[cfg(test)]
mod tests;
mod tokens;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

pub use self::single::{minute_of, weekday_of};
use super::time::Timestamp;
pub use length::{Length, find_lengths, length_of};
pub use moment::{clock_of, find_moment, words_of_date};
pub use month::Month;

/// How many years ahead a date may lie; beyond it is a slip of the finger.
pub const YEARS_AHEAD_MAX: i32 = 5;

/// A moment found among words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// What a clock on the wall shows then, in the zone that was asked about.
    pub wall: NaiveDateTime,
    /// The instant.
    pub at: Timestamp,
    /// How long until the end, where one was written (`18h-20h`), in minutes.
    pub length_minutes: Option<i64>,
    /// Which of the words say it, in ascending order.
    pub used: Vec<usize>,
}

/// Why no moment could be read, with what a kind answer needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Neither a day nor an hour.
    NoDate,
    /// A day without an hour.
    NoTime {
        /// Which day.
        day: NaiveDate,
        /// Which words say it.
        used: Vec<usize>,
    },
    /// An hour without a day.
    NoDay {
        /// Which hour.
        time: NaiveTime,
        /// Which words say it.
        used: Vec<usize>,
    },
    /// More than one day.
    TwoDates {
        /// The words of the first, as typed.
        first: String,
        /// The words of the second, as typed.
        second: String,
    },
    /// No calendar has that day.
    NotADay {
        /// As typed.
        typed: String,
    },
    /// No clock shows that.
    NotATime {
        /// As typed.
        typed: String,
    },
    /// The date falls on another day of the week than the one that was written with it.
    WrongWeekday {
        /// As typed.
        typed: String,
        /// The date.
        day: NaiveDate,
    },
    /// It is over.
    Past {
        /// When it was.
        at: Timestamp,
    },
    /// More than [`YEARS_AHEAD_MAX`] years ahead.
    TooFar {
        /// When it would be.
        at: Timestamp,
    },
    /// The clock jumps over it in spring.
    Gap {
        /// What was written.
        wall: NaiveDateTime,
        /// As long before as the jump is.
        before: Timestamp,
        /// As long after as the jump is.
        after: Timestamp,
    },
    /// The clock shows it twice in autumn.
    Twice {
        /// What was written.
        wall: NaiveDateTime,
        /// Summer time.
        first: Timestamp,
        /// Winter time.
        second: Timestamp,
    },
}
