//! The code's tries: five, then a wait that grows, and after a day without any the five are back; nobody is ever locked out for good.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::domain::time::Timestamp;

/// How many wrong tries in a row bring a wait.
pub const TRIES_MAX: u8 = 5;
/// The waits, in minutes; the last one is the longest there is.
const WAITS_MINUTES: [i64; 3] = [15, 60, 24 * 60];
/// After so long without a wrong try they are forgotten.
const FORGOTTEN_HOURS: i64 = 24;
/// How long a right code opens, in minutes.
pub const OPEN_MINUTES: i64 = 5;
/// How long it takes to take a forgotten code away.
pub const GOES_HOURS: i64 = 24;

/// What is known of an account's code beside the code.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Lock {
    /// Wrong tries since the last right one.
    pub wrong: u8,
    /// When the last of them was.
    pub last_wrong: Option<Timestamp>,
    /// Nothing is tried before.
    pub waits_until: Option<Timestamp>,
    /// The right code was given; until then it is not asked again.
    pub open_until: Option<Timestamp>,
    /// It was said to be forgotten; then it is taken away.
    pub goes_at: Option<Timestamp>,
}

/// What may be done now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Now {
    /// Everything.
    Open,
    /// The code may be tried, so many times before there is a wait.
    Asks(i64),
    /// Nothing before then.
    Waits(Timestamp),
}

impl Lock {
    /// What may be done at `now`.
    pub fn at(&self, now: Timestamp) -> Now {
        if self.open_until.is_some_and(|until| now < until) {
            return Now::Open;
        }
        match self.waits_until.filter(|until| now < *until) {
            Some(until) => Now::Waits(until),
            None => Now::Asks(i64::from(TRIES_MAX - self.counted(now) % TRIES_MAX)),
        }
    }

    /// The lock after a try at `now`; a right one also keeps the code that was said to be forgotten.
    #[must_use]
    pub fn after(&self, right: bool, now: Timestamp) -> Self {
        if right {
            return Self { open_until: Some(now.plus(TimeDelta::minutes(OPEN_MINUTES))), ..Self::default() };
        }
        let wrong = self.counted(now).saturating_add(1);
        let waits = usize::from(wrong / TRIES_MAX).checked_sub(1).filter(|_| wrong.is_multiple_of(TRIES_MAX));
        let minutes = waits.and_then(|waits| WAITS_MINUTES.get(waits).or(WAITS_MINUTES.last()));
        let waits_until = minutes.map(|minutes| now.plus(TimeDelta::minutes(*minutes)));
        Self { wrong, last_wrong: Some(now), waits_until, open_until: None, goes_at: self.goes_at }
    }

    /// Wrong tries that still count.
    fn counted(&self, now: Timestamp) -> u8 {
        let forgotten = self.last_wrong.is_none_or(|last| now.since(last) >= TimeDelta::hours(FORGOTTEN_HOURS));
        if forgotten { 0 } else { self.wrong }
    }
}
