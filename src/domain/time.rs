//! Instants, zones and wall times; what to do in the spring gap and the autumn fold is decided by the caller.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// An instant, in microseconds since 1970 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant of so many microseconds since 1970 UTC.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970 UTC.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This instant moved by `delta`, kept within what can be represented.
    #[must_use]
    pub fn plus(self, delta: TimeDelta) -> Self {
        Self(self.0.saturating_add(delta.num_microseconds().unwrap_or(i64::MAX)))
    }

    /// This instant moved back by `delta`, kept within what can be represented.
    #[must_use]
    pub fn minus(self, delta: TimeDelta) -> Self {
        Self(self.0.saturating_sub(delta.num_microseconds().unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this instant is; negative where it is before.
    pub fn since(self, earlier: Self) -> TimeDelta {
        TimeDelta::microseconds(self.0.saturating_sub(earlier.0))
    }

    /// As chrono has it; the far ends are clamped to 1970.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// What a clock on the wall shows in `zone` at this instant.
    pub fn wall(self, zone: Zone) -> NaiveDateTime {
        self.utc().with_timezone(&zone.0).naive_local()
    }

    /// The local day in `zone` at this instant.
    pub fn day(self, zone: Zone) -> NaiveDate {
        self.wall(zone).date()
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros())
    }
}

/// An IANA time zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(pub Tz);

/// That is no IANA zone name.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not an IANA time zone")]
pub struct UnknownZone(pub String);

impl Zone {
    /// Where nothing better is known.
    pub const PARIS: Zone = Zone(Tz::Europe__Paris);

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Minutes east of UTC at `at`.
    pub fn offset_minutes(self, at: Timestamp) -> i32 {
        at.utc().with_timezone(&self.0).offset().fix().local_minus_utc() / 60
    }

    /// The instants at which a clock on the wall of this zone shows `wall`.
    pub fn instants(self, wall: NaiveDateTime) -> Instants {
        match self.0.from_local_datetime(&wall) {
            LocalResult::Single(at) => Instants::One(at.to_utc().into()),
            LocalResult::Ambiguous(first, second) => Instants::Two(first.to_utc().into(), second.to_utc().into()),
            LocalResult::None => Instants::None,
        }
    }

    /// The instant of `wall`, an hour later in the spring gap and the first of two in autumn:
    /// for what nobody typed (a series' instance, midnight, the end of a day).
    pub fn instant_or_later(self, wall: NaiveDateTime) -> Timestamp {
        match self.instants(wall) {
            Instants::One(at) | Instants::Two(at, _) => at,
            Instants::None => {
                let later = wall + TimeDelta::hours(1);
                match self.instants(later) {
                    Instants::One(at) | Instants::Two(at, _) => at,
                    Instants::None => later.and_utc().into(),
                }
            }
        }
    }

    /// The first instant of `day` in this zone.
    pub fn start_of(self, day: NaiveDate) -> Timestamp {
        self.instant_or_later(day.and_time(chrono::NaiveTime::MIN))
    }
}

impl TryFrom<String> for Zone {
    type Error = UnknownZone;

    fn try_from(name: String) -> Result<Self, UnknownZone> {
        name.parse()
    }
}

impl std::str::FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Self, UnknownZone> {
        Tz::from_str_insensitive(name.trim()).map(Zone).map_err(|_| UnknownZone(name.to_owned()))
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> String {
        zone.name().to_owned()
    }
}

/// How often a wall time happens: once, never (the spring gap), twice (the autumn fold).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Instants {
    /// The ordinary case.
    One(Timestamp),
    /// The clock jumped over it.
    None,
    /// The clock showed it twice: first summer time, then winter time.
    Two(Timestamp, Timestamp),
}
