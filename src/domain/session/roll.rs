//! A session with its bookings: who has a seat, who waits, what is free.

use super::{Booking, BookingState, Session};
use crate::domain::ids::PersonId;

/// A session and everybody's place in it.
#[derive(Clone, PartialEq, Debug)]
pub struct Roll {
    /// The session.
    pub session: Session,
    /// The live bookings, and the last one of who asks, in the order of coming.
    pub bookings: Vec<Booking>,
    /// Those among the waiting, and who asks, who keep away from the host, or the host from them: for them it is full.
    pub apart: Vec<PersonId>,
}

impl Roll {
    /// The bookings in one state, in the order of coming.
    pub fn in_state(&self, state: BookingState) -> impl Iterator<Item = &Booking> {
        let mut found: Vec<&Booking> = self.bookings.iter().filter(|booking| booking.state == state).collect();
        found.sort_by_key(|booking| (booking.order, booking.id));
        found.into_iter()
    }

    /// How many are in one state.
    pub fn count(&self, state: BookingState) -> i64 {
        i64::try_from(self.in_state(state).count()).unwrap_or(i64::MAX)
    }

    /// Seats that anybody may take now; those kept for an offer are not.
    pub fn free(&self) -> i64 {
        (self.session.seats - self.count(BookingState::Booked) - self.count(BookingState::Offered)).max(0)
    }

    /// Seats that `person` may take now: none where they and the host keep away from each other, which nobody must learn.
    pub fn free_for(&self, person: PersonId) -> i64 {
        if self.apart.contains(&person) { 0 } else { self.free() }
    }

    /// How many are shown to wait where so many seats are free. Nobody who waits is seen beside a free seat.
    pub fn waiting_beside(&self, free: i64) -> i64 {
        let waiting = self.in_state(BookingState::Waiting).filter(|booking| free == 0 || !self.apart.contains(&booking.person));
        i64::try_from(waiting.count()).unwrap_or(i64::MAX) + self.count(BookingState::Offered)
    }

    /// The person's booking that counts, else their last one.
    pub fn of(&self, person: PersonId) -> Option<&Booking> {
        let own = || self.bookings.iter().filter(|booking| booking.person == person);
        own().find(|booking| booking.state.is_live()).or_else(|| own().max_by_key(|booking| (booking.since, booking.id)))
    }

    /// The next place in the order of coming.
    pub fn next_order(&self) -> i64 {
        self.bookings.iter().map(|booking| booking.order).max().unwrap_or(0) + 1
    }

    /// Puts a booking in, in the place of the one with the same id where there is one.
    pub(super) fn put(&mut self, booking: Booking) {
        match self.bookings.iter_mut().find(|known| known.id == booking.id) {
            Some(known) => *known = booking,
            None => self.bookings.push(booking),
        }
    }
}
