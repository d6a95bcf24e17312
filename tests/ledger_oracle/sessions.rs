//! Sessions with their seats, and what happens to them by itself.

use super::rules::{DAY, HOUR, MINUTE};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Open,
    Cancelled,
    Marked,
    Unmarked,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    Booked,
    Waiting,
    Offered,
    Gone,
    Settled,
}

#[derive(Clone, Debug)]
pub struct Seat {
    pub who: String,
    pub place: Place,
    pub own: i64,
    /// What leaving late costs, as it was when it was booked.
    pub late: &'static str,
    pub solidarity: i64,
    pub order: i64,
    pub until: i64,
}

#[derive(Clone, Debug)]
pub struct Session {
    pub number: i64,
    pub host: String,
    pub price: i64,
    pub reward: i64,
    pub seats: i64,
    pub starts: i64,
    pub state: State,
    pub places: Vec<Seat>,
    pub started: bool,
    pub ended: bool,
}

/// What happens by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    GiftReturns(i64),
    OfferEnds(usize, usize),
    Starts(usize),
    Ends(usize),
    Unmarked(usize),
}

impl Session {
    pub fn is_to_come(&self, now: i64) -> bool {
        self.state == State::Open && now < self.starts
    }

    pub fn live(&self, name: &str) -> Option<usize> {
        self.places.iter().position(|seat| seat.who == name && seat.place != Place::Gone)
    }

    pub fn paid_by(&self, name: &str) -> i64 {
        self.places.iter().filter(|seat| seat.who == name && seat.place == Place::Booked).map(|seat| seat.own).sum()
    }

    pub fn escrow(&self) -> i64 {
        self.places.iter().filter(|seat| seat.place == Place::Booked).map(|seat| seat.own + seat.solidarity).sum()
    }

    pub fn count(&self, place: Place) -> i64 {
        self.places.iter().filter(|seat| seat.place == place).count() as i64
    }

    pub fn free(&self) -> i64 {
        self.seats - self.count(Place::Booked) - self.count(Place::Offered)
    }

    /// The places of those in one state, in the order of coming.
    pub fn all(&self, place: Place) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.places.len()).filter(|n| self.places[*n].place == place).collect();
        found.sort_by_key(|n| self.places[*n].order);
        found
    }

    pub fn dues(&self, n: usize) -> Vec<(i64, When)> {
        if self.state != State::Open {
            return Vec::new();
        }
        let mut dues = vec![(self.starts + HOUR + 7 * DAY, When::Unmarked(n))];
        if !self.started {
            dues.push((self.starts, When::Starts(n)));
        }
        if !self.ended {
            dues.push((self.starts + HOUR, When::Ends(n)));
        }
        let offers = self.places.iter().enumerate().filter(|(_, seat)| seat.place == Place::Offered);
        dues.extend(offers.map(|(seat, offered)| (offered.until, When::OfferEnds(n, seat))));
        dues
    }
}

/// Year, month and day of a day number since 1970 (Howard Hinnant's `civil_from_days`, public domain).
pub fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// `2026-09-23 18:07`, where every clock shows UTC.
pub fn written(at: i64) -> String {
    let (year, month, day) = civil(at.div_euclid(DAY));
    let minutes = at.rem_euclid(DAY) / MINUTE;
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", minutes / 60, minutes % 60)
}
