//! Moments, hours, days and lengths in words, by the patterns of the catalogues.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use fluent_bundle::FluentValue;

use super::voice::Voice;
use crate::domain::time::{Instants, Timestamp, Zone};

impl Voice<'_> {
    /// "mardi 1 décembre 2026 à 18:00 (Europe/Paris)"; an hour that exists twice in autumn says which one is meant.
    pub(super) fn moment(&self, at: Timestamp, zone: Zone) -> String {
        let wall = at.wall(zone);
        let id = match zone.instants(wall) {
            Instants::One(_) | Instants::None => "date-moment",
            Instants::Two(first, _) if at.since(first).num_minutes() <= 0 => "date-moment-first",
            Instants::Two(..) => "date-moment-second",
        };
        let [weekday, date, month, year] = self.date_parts(wall.date());
        let clock = ("clock", FluentValue::from(self.clock(wall.time())));
        self.say(id, &[weekday, date, month, year, clock, ("zone", zone.name().into())])
    }

    /// "18:00".
    pub(super) fn clock(&self, time: NaiveTime) -> String {
        let (hour, minute) = (format!("{:02}", time.hour()), format!("{:02}", time.minute()));
        self.say("date-clock", &[("hour", hour.into()), ("minute", minute.into())])
    }

    /// "mardi 1 décembre 2026".
    pub(super) fn day(&self, day: NaiveDate) -> String {
        self.say("date-day", &self.date_parts(day))
    }

    /// "décembre 2026".
    pub(super) fn month(&self, day: NaiveDate) -> String {
        let [_, _, month, year] = self.date_parts(day);
        self.say("date-month", &[month, year])
    }

    fn date_parts(&self, day: NaiveDate) -> [(&'static str, FluentValue<'_>); 4] {
        let name = |names: &'_ [String], index: u32| {
            let index = usize::try_from(index).unwrap_or_default();
            names.get(index).cloned().unwrap_or_default()
        };
        [
            ("weekday", name(&self.catalogue.weekdays, day.weekday().num_days_from_monday()).into()),
            ("date", day.day().into()),
            ("month", name(&self.catalogue.months, day.month0()).into()),
            ("year", day.year().to_string().into()),
        ]
    }

    /// "45 min", "1 h 30", "2 h", "7 jours"; what is below nothing counts as nothing.
    pub(super) fn length(&self, minutes: i64) -> String {
        const DAY: i64 = 24 * 60;
        let minutes = minutes.max(0);
        let (hours, rest) = (minutes / 60, minutes % 60);
        if minutes >= 2 * DAY && minutes % DAY == 0 {
            return self.say("date-length-days", &[("days", (minutes / DAY).into())]);
        }
        match (hours, rest) {
            (0, _) => self.say("date-length-minutes", &[("minutes", rest.into())]),
            (_, 0) => self.say("date-length-hours", &[("hours", hours.into())]),
            _ => self.say("date-length-both", &[("hours", hours.into()), ("minutes", format!("{rest:02}").into())]),
        }
    }
}
