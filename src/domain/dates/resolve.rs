//! Placing what was written in the calendar and on the clock: the next one, the past, the spring gap, the autumn fold.

use chrono::{Datelike, Months, NaiveDate, NaiveDateTime, TimeDelta, Weekday};

use super::{
    Fault, YEARS_AHEAD_MAX,
    day::{Date, Day},
};
use crate::domain::time::{Instants, Timestamp, Zone};

/// A date without a year that has just gone by is a slip, unless the next one is at most so many days away.
const NEXT_YEAR_DAYS_MAX: i64 = 300;

/// A day as it was asked for.
pub(super) struct Asked {
    /// The day.
    pub(super) day: Day,
    /// The day of the week that it must be.
    pub(super) check: Option<Weekday>,
    /// As typed, for an answer.
    pub(super) typed: String,
}

/// The wall time so many minutes into the day that was asked for.
pub(super) fn wall(asked: &Asked, minutes: i64, now: NaiveDateTime) -> Result<NaiveDateTime, Fault> {
    Ok(midnight(day(asked, minutes, now)?) + TimeDelta::minutes(minutes))
}

/// The day that was asked for, when it is about so many minutes into it.
pub(super) fn day(asked: &Asked, minutes: i64, now: NaiveDateTime) -> Result<NaiveDate, Fault> {
    let not_a_day = || Fault::NotADay { typed: asked.typed.clone() };
    let to_come = |day: NaiveDate| midnight(day) + TimeDelta::minutes(minutes) > now;
    let day = match asked.day {
        Day::Weekday { weekday, later } => weekday_after(now.date(), weekday, later, to_come).ok_or_else(not_a_day)?,
        Day::InDays(days) => now.date().checked_add_signed(TimeDelta::days(days)).ok_or_else(not_a_day)?,
        Day::Date(Date { year: Some(year), month, day }) => NaiveDate::from_ymd_opt(year, month, day).ok_or_else(not_a_day)?,
        Day::Date(Date { year: None, month, day }) => next_date(month, day, now.date(), to_come).ok_or_else(not_a_day)?,
        Day::OfMonth { day, march } => {
            let next = next_of_month(day, now.date(), to_come).ok_or_else(not_a_day)?;
            if march && asked.check != Some(next.weekday()) {
                return next_date(3, day, now.date(), to_come).ok_or_else(not_a_day);
            }
            next
        }
    };
    match asked.check {
        Some(weekday) if weekday != day.weekday() => Err(Fault::WrongWeekday { typed: asked.typed.clone(), day }),
        _ => Ok(day),
    }
}

/// The instant of a wall time that was typed, at the offset that was typed with it where there is one.
pub(super) fn instant(
    wall: NaiveDateTime,
    offset_minutes: Option<i64>,
    now: Timestamp,
    zone: Zone,
) -> Result<(NaiveDateTime, Timestamp), Fault> {
    let at = match offset_minutes {
        Some(minutes) => Timestamp::from((wall - TimeDelta::minutes(minutes)).and_utc()),
        None => match zone.instants(wall) {
            Instants::One(at) => at,
            // Both are over, or it is asked which of them is meant.
            Instants::Two(first, second) if second > now => return Err(Fault::Twice { wall, first, second }),
            Instants::Two(_, second) => second,
            Instants::None => return Err(gap(wall, zone)),
        },
    };
    if at <= now {
        return Err(Fault::Past { at });
    }
    let far = now.wall(zone).checked_add_months(Months::new(YEARS_AHEAD_MAX.unsigned_abs() * 12));
    if far.is_some_and(|far| at.wall(zone) > far) {
        return Err(Fault::TooFar { at });
    }
    Ok((at.wall(zone), at))
}

/// The two times around a gap that exist: as long before and after as the clock jumps.
fn gap(wall: NaiveDateTime, zone: Zone) -> Fault {
    let utc = Timestamp::from(wall.and_utc());
    let offset = |at: Timestamp| i64::from(zone.offset_minutes(at));
    let jump = TimeDelta::minutes(offset(utc.plus(TimeDelta::days(2))) - offset(utc.minus(TimeDelta::days(2))));
    Fault::Gap { wall, before: zone.instant_or_later(wall - jump), after: zone.instant_or_later(wall + jump) }
}

fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(chrono::NaiveTime::MIN)
}

fn weekday_after(today: NaiveDate, weekday: Weekday, later: bool, to_come: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
    let ahead = i64::from(weekday.days_since(today.weekday()));
    let day = today.checked_add_signed(TimeDelta::days(ahead))?;
    if ahead == 0 && (later || !to_come(day)) { day.checked_add_signed(TimeDelta::days(7)) } else { Some(day) }
}

/// The next day and month of this year or the next; one that has just gone by is given back as it is, to be refused.
fn next_date(month: u32, day: u32, today: NaiveDate, to_come: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
    let this = NaiveDate::from_ymd_opt(today.year(), month, day);
    let next = NaiveDate::from_ymd_opt(today.year() + 1, month, day);
    match (this, next) {
        (Some(this), _) if to_come(this) => Some(this),
        (Some(this), Some(next)) if next.signed_duration_since(today).num_days() > NEXT_YEAR_DAYS_MAX => Some(this),
        (this, next) => next.or(this),
    }
}

/// The next such day of a month.
fn next_of_month(day: u32, today: NaiveDate, to_come: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
    let first = today.with_day(1)?;
    (0..12).filter_map(|n| first.checked_add_months(Months::new(n))?.with_day(day)).find(|day| *day >= today && to_come(*day))
}
