//! A month of the calendar: as people write it, and when it begins and ends somewhere.

use chrono::{Datelike, NaiveDate};

use super::lexicon;
use crate::domain::{
    time::{Timestamp, Zone},
    words::fold,
};

/// A month of a year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Month(NaiveDate);

/// Words for the month that is.
const THIS: &[&str] = &["mois", "ce mois", "month", "this month"];

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// Reads `juin`, `june 2026`, `2026-06`, `06/2026`, `mois`, seen from `today`: a name alone is the last that has begun.
    pub fn read(typed: &str, today: NaiveDate) -> Option<Self> {
        let folded = fold(typed.trim());
        if THIS.contains(&folded.as_str()) {
            return Some(Self::of(today));
        }
        let parts: Vec<&str> = folded.split([' ', '-', '/', '.']).filter(|part| !part.is_empty()).collect();
        let year = |part: &str| part.parse().ok().filter(|year| part.len() == 4 && (2000..=9999).contains(year));
        let number = |part: &str| part.parse::<u32>().ok().filter(|month| part.len() <= 2 && (1..=12).contains(month));
        let (year, month) = match parts.as_slice() {
            [one] => {
                let month = lexicon::month(one)?;
                (if month > today.month() { today.year() - 1 } else { today.year() }, month)
            }
            [one, other] => match (year(one), year(other)) {
                (Some(year), None) => (year, lexicon::month(other).or_else(|| number(other))?),
                (None, Some(year)) => (year, lexicon::month(one).or_else(|| number(one))?),
                _ => return None,
            },
            _ => return None,
        };
        NaiveDate::from_ymd_opt(year, month, 1).map(Self)
    }

    /// As it can be typed in any language: `2026-06`.
    pub fn written(self) -> String {
        format!("{:04}-{:02}", self.0.year(), self.0.month())
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        self.0
    }

    /// The one after it.
    pub fn next(self) -> Self {
        Self(self.0.checked_add_months(chrono::Months::new(1)).unwrap_or(self.0))
    }

    /// The one before it.
    pub fn previous(self) -> Self {
        Self(self.0.checked_sub_months(chrono::Months::new(1)).unwrap_or(self.0))
    }

    /// Its first instant in `zone`, and the first that is no more in it.
    pub fn bounds(self, zone: Zone) -> (Timestamp, Timestamp) {
        (zone.start_of(self.0), zone.start_of(self.next().0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_as_people_write_them() {
        let today: NaiveDate = "2026-11-24".parse().unwrap();
        for (typed, expected) in [
            ("juin", Some("2026-06")),
            ("June", Some("2026-06")),
            ("Août", Some("2026-08")),
            ("Févr. 2026", Some("2026-02")),
            ("décembre", Some("2025-12")),
            ("novembre", Some("2026-11")),
            ("juin 2025", Some("2025-06")),
            ("2025 june", Some("2025-06")),
            ("2026-06", Some("2026-06")),
            ("2026/6", Some("2026-06")),
            ("06/2026", Some("2026-06")),
            ("12.2027", Some("2027-12")),
            ("mois", Some("2026-11")),
            ("this month", Some("2026-11")),
            ("2026-13", None),
            ("0-2026", None),
            ("42", None),
            ("-3", None),
            ("juin juillet", None),
            ("99999999999-6", None),
            ("juin 26", None),
            ("", None),
        ] {
            assert_eq!(Month::read(typed, today).map(Month::written).as_deref(), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_month_begins_and_ends_at_midnight_of_its_zone() {
        let month = Month::of("2026-12-24".parse().unwrap());
        let (from, to) = month.bounds(Zone::PARIS);
        assert_eq!(
            (from.utc().to_rfc3339(), to.utc().to_rfc3339()),
            ("2026-11-30T23:00:00+00:00".into(), "2026-12-31T23:00:00+00:00".into())
        );
        assert_eq!((month.next().written(), month.previous().written()), ("2027-01".to_owned(), "2026-11".to_owned()));
    }
}
