//! What was understood of a line of `/session`, and what is wrong with it.

use crate::domain::{dates, time::Timestamp};

/// What was understood, as typed: what a corrected form is filled with.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Understood {
    /// The title.
    pub title: Option<String>,
    /// Day and hour, as far as they are as they should be.
    pub date: DatePart,
    /// The length.
    pub length: Option<String>,
    /// Seats within bounds.
    pub seats: Option<i64>,
    /// A price within bounds.
    pub price: Option<i64>,
    /// The link.
    pub link: Option<String>,
    /// The place.
    pub place: Option<String>,
    /// Whatever else was understood, each with its word.
    pub more: Vec<String>,
}

/// What of a date was understood, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) enum DatePart {
    /// Nothing that can be kept.
    #[default]
    Nothing,
    /// The day alone.
    Day(String),
    /// The hour alone.
    Hour(String),
    /// All of it.
    Whole(String),
}

impl DatePart {
    /// As typed; empty where there is nothing.
    pub(super) fn typed(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Day(typed) | Self::Hour(typed) | Self::Whole(typed) => typed.clone(),
        }
    }
}

/// What is wrong with a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum LineFault {
    /// There is no title.
    NoTitle,
    /// The title is longer than [`TITLE_CHARS_MAX`].
    LongTitle,
    /// Day and hour cannot be read.
    Date(dates::Fault),
    /// Two lengths, or two hours.
    TwoLengths(String, String),
    /// Shorter or longer than a session may be.
    Length(String),
    /// Not a whole number, or out of bounds.
    Number(Counted, String),
    /// Not an address that can be opened.
    Link(String),
    /// Nobody knows what these words mean.
    Unknown(String),
    /// No name of anybody.
    Host(String),
    /// An informal meeting has neither seats nor price nor minimum.
    Informal,
    /// Listening is for two: one seat.
    ForTwo,
    /// What has no seats, or is for two, cannot become something else.
    OtherKind,
    /// Bookings would have ended before they began.
    ClosedAlready(Timestamp),
}

/// What a number counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Counted {
    /// From 1 to [`SEATS_MAX`].
    Seats,
    /// From 0 to [`PRICE_CREDITS_MAX`].
    Price,
    /// From 0 to the number of seats.
    Minimum,
    /// From 0 to [`PRICE_CREDITS_MAX`].
    Reward,
    /// Before the start, a cancellation.
    Cutoff,
    /// Before the start, the end of bookings.
    Closing,
}
