//! When a session wakes up, and whether a wake-up is one of its present hours: what was moved wakes at its old hours too, in vain.

use chrono::TimeDelta;

use super::{Session, UNMARKED_DAYS};
use crate::domain::{
    ids::{PersonId, TimerId},
    time::Timestamp,
    timer::{Timer, Wake},
};

/// Hours before the start at which its people are reminded.
const REMINDERS: [i64; 2] = [24, 1];

impl Session {
    /// When it is decided whether enough people come: at the end of bookings, else when a cancellation begins to cost something;
    /// where that was over before it was said, an hour before the start. `None` where it does not matter or cannot be decided in time.
    pub(super) fn decides_at(&self) -> Option<Timestamp> {
        let said = self.moved.unwrap_or(self.created);
        let hours = [self.book_until.unwrap_or(self.free_cancel_until), self.starts.minus(TimeDelta::hours(1))];
        hours.into_iter().find(|at| *at > said).filter(|_| self.minimum > 0)
    }

    /// All wake-ups, past ones too.
    fn wakes(&self) -> Vec<(Timestamp, Wake)> {
        let id = self.id;
        let remind = |hours_before| (self.starts.minus(TimeDelta::hours(hours_before)), Wake::Reminder { session: id, hours_before });
        let mut wakes: Vec<_> = REMINDERS.into_iter().map(remind).collect();
        wakes.extend(self.book_until.into_iter().chain(self.decides_at()).map(|at| (at, Wake::CutOff(id))));
        wakes.extend(self.shown_from.map(|at| (at, Wake::SessionShows(id))));
        wakes.push((self.starts, Wake::SessionStarts(id)));
        wakes.push((self.ends(), Wake::SessionOver(id)));
        wakes.push((self.ends().plus(TimeDelta::days(UNMARKED_DAYS)), Wake::Unmarked(id)));
        wakes.dedup();
        wakes
    }

    /// The wake-ups to come. Their ids tell session, purpose and hour: set again, they are the same and ring once.
    pub(super) fn timers(&self, now: Timestamp) -> Vec<Timer> {
        let set = |(at, wake): (Timestamp, Wake)| Timer { id: timer_id(self, at, &wake), at, wake };
        self.wakes().into_iter().filter(|(at, _)| *at > now).map(set).collect()
    }

    /// Reminds one person at an hour of their own. Planned again, after the session was moved a little, it is the same and rings once.
    pub(super) fn remind_one(&self, person: PersonId, hours_before: i64, at: Timestamp) -> Timer {
        let wake = Wake::RemindOne { session: self.id, person, hours_before };
        let TimerId(id) = timer_id(self, at, &wake);
        Timer { id: TimerId(uuid::Uuid::from_u128(id.as_u128().wrapping_add(person.0.as_u128().wrapping_mul(SPREAD)))), at, wake }
    }

    /// The wake-up belongs to the hour at which the session is now.
    pub(super) fn is_its_hour(&self, due: Timestamp, wake: &Wake) -> bool {
        self.wakes().iter().any(|(at, known)| *at == due && known == wake)
    }
}

/// An odd number: times it, no two hours of a session give the same id.
const SPREAD: u128 = 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835;

fn timer_id(session: &Session, at: Timestamp, wake: &Wake) -> TimerId {
    let purpose = match wake {
        Wake::Reminder { hours_before, .. } => u128::from(hours_before.unsigned_abs()),
        Wake::CutOff(_) => 100,
        Wake::SessionStarts(_) => 101,
        Wake::SessionOver(_) => 102,
        Wake::Unmarked(_) => 103,
        Wake::SessionShows(_) => 105,
        Wake::RemindOne { hours_before, .. } => 106 + u128::from(hours_before.unsigned_abs()),
        _ => 104,
    };
    let hour = u128::from(at.micros().unsigned_abs()) << 8 | purpose;
    TimerId(uuid::Uuid::from_u128(session.id.0.as_u128().wrapping_add(hour.wrapping_mul(SPREAD))))
}
