//! When each person is reminded of a session: by their own choice, and not in the hours that are quiet where they live.

use chrono::{NaiveTime, TimeDelta, Timelike};

use crate::domain::{
    ids::PersonId,
    time::{Timestamp, Zone},
};

/// How long before quiet hours what would come due in them is said.
const EARLIER_MINUTES: i64 = 15;
/// Minutes of a day.
const DAY_MINUTES: u32 = 24 * 60;

/// How a person wants to be reminded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wishes {
    /// A day before.
    pub day: bool,
    /// An hour before.
    pub hour: bool,
    /// When not.
    pub quiet: Quiet,
}

impl Default for Wishes {
    fn default() -> Self {
        Self { day: true, hour: true, quiet: Quiet::NIGHT }
    }
}

/// The hours of a person's day in which nothing is said; from equal to until: there are none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quiet {
    /// Minutes after midnight.
    pub from: u32,
    /// Minutes after midnight.
    pub until: u32,
}

impl Quiet {
    /// Where nobody chose: from ten in the evening to seven in the morning.
    pub const NIGHT: Self = Self { from: 22 * 60, until: 7 * 60 };
    /// Never.
    pub const NEVER: Self = Self { from: 0, until: 0 };

    /// Hours of a day.
    pub const fn new(from: u32, until: u32) -> Option<Self> {
        if from < DAY_MINUTES && until < DAY_MINUTES { Some(Self { from, until }) } else { None }
    }

    /// There are none.
    pub const fn is_never(self) -> bool {
        self.from == self.until
    }

    /// Whether it is quiet at `at` where the person lives.
    pub fn holds(self, at: Timestamp, zone: Zone) -> bool {
        let time = at.wall(zone).time();
        let minute = time.hour() * 60 + time.minute();
        match self.from.cmp(&self.until) {
            std::cmp::Ordering::Less => (self.from..self.until).contains(&minute),
            std::cmp::Ordering::Equal => false,
            std::cmp::Ordering::Greater => minute >= self.from || minute < self.until,
        }
    }

    /// The first instant from `at` on that is not quiet.
    pub(super) fn after(self, at: Timestamp, zone: Zone) -> Timestamp {
        if !self.holds(at, zone) {
            return at;
        }
        let wall = at.wall(zone);
        let today = zone.instant_or_later(wall.date().and_time(clock(self.until)));
        if today > at { today } else { zone.instant_or_later((wall.date() + TimeDelta::days(1)).and_time(clock(self.until))) }
    }

    /// Shortly before the quiet began that holds at `at`.
    fn before(self, at: Timestamp, zone: Zone) -> Timestamp {
        let wall = at.wall(zone);
        let today = zone.instant_or_later(wall.date().and_time(clock(self.from)));
        let began = if today <= at { today } else { zone.instant_or_later((wall.date() - TimeDelta::days(1)).and_time(clock(self.from))) };
        began.minus(TimeDelta::minutes(EARLIER_MINUTES))
    }

    /// As people write it: `22:00–07:00`.
    pub fn written(self) -> String {
        format!("{:02}:{:02}–{:02}:{:02}", self.from / 60, self.from % 60, self.until / 60, self.until % 60)
    }
}

fn clock(minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(minute / 60 % 24, minute % 60, 0).unwrap_or(NaiveTime::MIN)
}

/// Somebody with a seat, or the host, as far as reminders need it.
#[derive(Clone, PartialEq, Debug)]
pub struct Attendee {
    /// Who.
    pub person: PersonId,
    /// By which name the host knows them.
    pub alias: String,
    /// Where they live.
    pub zone: Zone,
    /// They want nothing until then.
    pub paused_until: Option<Timestamp>,
    /// When they want to be reminded.
    pub wishes: Wishes,
    /// What they want the host to know.
    pub need: Option<String>,
}

impl Attendee {
    /// They paused.
    pub fn is_paused(&self, now: Timestamp) -> bool {
        self.paused_until.is_some_and(|until| now < until)
    }
}

/// When the reminder of so many hours before `starts` is said to who lives in `zone`: at its hour, or out of the quiet hours.
/// That of the day before comes later then, that of the hour before comes earlier: so it still helps. `None`: not at all.
pub fn moment(wishes: Wishes, zone: Zone, starts: Timestamp, hours_before: i64) -> Option<Timestamp> {
    let due = starts.minus(TimeDelta::hours(hours_before));
    let last = starts.minus(TimeDelta::hours(1));
    if hours_before > 1 {
        let at = wishes.quiet.after(due, zone);
        return (wishes.day && at < last).then_some(at);
    }
    let at = if wishes.quiet.holds(due, zone) { wishes.quiet.before(due, zone) } else { due };
    wishes.hour.then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Zone::PARIS.instant_or_later(text.parse().unwrap())
    }

    fn shown(found: Option<Timestamp>) -> String {
        found.map_or_else(|| "never".to_owned(), |at| at.wall(Zone::PARIS).format("%d %H:%M").to_string())
    }

    #[test]
    fn reminders_keep_out_of_the_quiet_hours() {
        let night = Wishes::default();
        let check = |wishes: Wishes, starts: &str, day: &str, hour: &str| {
            let starts = at(starts);
            let found = [24, 1].map(|hours| shown(moment(wishes, Zone::PARIS, starts, hours)));
            assert_eq!(found, [day, hour], "{starts:?} {wishes:?}");
        };
        check(night, "2026-12-10T18:00:00", "09 18:00", "10 17:00");
        check(night, "2026-12-10T07:30:00", "09 07:30", "09 21:45");
        check(night, "2026-12-10T06:30:00", "09 07:00", "09 21:45");
        check(night, "2026-12-10T08:30:00", "09 08:30", "10 07:30");
        check(night, "2026-12-10T23:30:00", "10 07:00", "10 21:45");
        check(night, "2026-12-10T00:30:00", "09 07:00", "09 21:45");
        check(night, "2026-12-10T09:00:00", "09 09:00", "10 08:00");
        check(Wishes { day: false, ..night }, "2026-12-10T18:00:00", "never", "10 17:00");
        check(Wishes { hour: false, ..night }, "2026-12-10T18:00:00", "09 18:00", "never");
        check(Wishes { quiet: Quiet::NEVER, ..night }, "2026-12-10T07:30:00", "09 07:30", "10 06:30");
        // By day: who works at night.
        let day = Wishes { quiet: Quiet { from: 9 * 60, until: 17 * 60 }, ..night };
        check(day, "2026-12-10T16:00:00", "09 17:00", "10 08:45");
    }

    #[test]
    fn the_hours_are_those_of_the_reader() {
        let starts = at("2026-12-10T18:00:00");
        let montreal = Zone(chrono_tz::America::Montreal);
        // 18:00 in Paris is 12:00 in Montreal.
        assert_eq!(moment(Wishes::default(), montreal, starts, 1), Some(at("2026-12-10T17:00:00")));
        let tokyo = Zone(chrono_tz::Asia::Tokyo);
        // 17:00 in Paris is 01:00 in Tokyo: said at 21:45 there, which is 13:45 in Paris.
        assert_eq!(moment(Wishes::default(), tokyo, starts, 1), Some(at("2026-12-10T13:45:00")));
        assert_eq!(moment(Wishes::default(), tokyo, starts, 24), Some(at("2026-12-09T23:00:00")));
    }

    #[test]
    fn a_clock_change_in_the_quiet_hours_is_no_trouble() {
        // In the night of 28 March 2027 there is no 02:30 in Paris.
        let wishes = Wishes { quiet: Quiet { from: 150, until: 210 }, ..Wishes::default() };
        let starts = at("2027-03-28T04:00:00");
        assert!(moment(wishes, Zone::PARIS, starts, 1).is_some_and(|at| at < starts));
        assert_eq!(Quiet::NIGHT.written(), "22:00–07:00");
        assert_eq!(Quiet::new(1440, 0), None);
    }
}
