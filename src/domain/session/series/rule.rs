//! How a series repeats: the few rules that people use, as RFC 5545 writes them, counted on the wall.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use rrule::RRuleSet;

use crate::domain::{
    dates::{Fault, find_moment, weekday_of},
    message::{Msg, Value},
    time::{Timestamp, Zone},
    words::{Word, fold, whole_number},
};

/// The most times that a series may be held.
pub const TIMES_MAX: u32 = 500;
/// No more instances than these are looked at at once.
const OCCURRENCES_MAX: u16 = 1000;

/// How often.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Every {
    /// Each day.
    Day,
    /// Each week, on the weekday of the first.
    Week,
    /// Every second week.
    TwoWeeks,
    /// Each month, on its `nth` such weekday; -1 is the last.
    Month {
        /// From 1 to 4, or -1.
        nth: i8,
        /// Which weekday.
        weekday: Weekday,
    },
}

/// Until when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Until {
    /// Nobody said.
    Open,
    /// This day is the last one on which it may be held.
    Day(NaiveDate),
    /// So many times in all.
    Times(u32),
}

/// A rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// How often.
    pub every: Every,
    /// Until when.
    pub until: Until,
}

/// Why words are no rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RuleFault {
    /// How often is not said.
    HowOften,
    /// The day until which cannot be read.
    UntilWhen(String),
    /// Not a whole number of times within bounds.
    HowManyTimes(String),
    /// "The last" was said of a day that is not the last such weekday of its month.
    NotTheLast,
    /// Another day of the week than that of the first session.
    OtherDay(String),
    /// Understood, and not among the rules that there are.
    NotOffered(String),
    /// Nobody knows what these words mean.
    Unknown(String),
}

impl Rule {
    /// As the database keeps it.
    pub fn text(self) -> String {
        let every = match self.every {
            Every::Day => "FREQ=DAILY".to_owned(),
            Every::Week => "FREQ=WEEKLY".to_owned(),
            Every::TwoWeeks => "FREQ=WEEKLY;INTERVAL=2".to_owned(),
            Every::Month { nth, weekday } => format!("FREQ=MONTHLY;BYDAY={nth}{}", code(weekday)),
        };
        match self.until {
            Until::Open => every,
            // The wall time is written as if it were UTC, and so is the last day.
            Until::Day(day) => format!("{every};UNTIL={}T235959Z", day.format("%Y%m%d")),
            Until::Times(times) => format!("{every};COUNT={times}"),
        }
    }

    /// The rule of a text that the database kept.
    pub fn from_text(text: &str) -> Option<Self> {
        let part = |name: &str| text.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        let every = match (part("FREQ")?, part("INTERVAL"), part("BYDAY")) {
            ("DAILY", None, None) => Every::Day,
            ("WEEKLY", None, None) => Every::Week,
            ("WEEKLY", Some("2"), None) => Every::TwoWeeks,
            ("MONTHLY", None, Some(day)) => {
                let (nth, weekday) = day.split_at_checked(day.len().checked_sub(2)?)?;
                let all = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
                Every::Month { nth: nth.parse().ok()?, weekday: all.into_iter().find(|one| code(*one) == weekday)? }
            }
            _ => return None,
        };
        let until = match (part("UNTIL"), part("COUNT")) {
            (None, None) => Until::Open,
            (Some(day), None) => Until::Day(NaiveDate::parse_from_str(day.get(..8)?, "%Y%m%d").ok()?),
            (None, Some(times)) => Until::Times(times.parse().ok()?),
            (Some(_), Some(_)) => return None,
        };
        Some(Self { every, until })
    }

    /// The wall times after `after` and until `until` of a series that began at `first`.
    pub fn walls(self, first: NaiveDateTime, after: NaiveDateTime, until: NaiveDateTime) -> Vec<NaiveDateTime> {
        let written = format!("DTSTART:{}Z\nRRULE:{}", first.format("%Y%m%dT%H%M%S"), self.text());
        let Ok(rules) = written.parse::<RRuleSet>() else { return Vec::new() };
        let at = |wall: NaiveDateTime| wall.and_utc().with_timezone(&rrule::Tz::UTC);
        let found = rules.after(at(after)).before(at(until)).all(OCCURRENCES_MAX);
        found.dates.into_iter().map(|date| date.naive_utc()).filter(|wall| *wall > after && *wall <= until).collect()
    }

    /// The first wall time after `after`; none where the series is over.
    pub fn next(self, first: NaiveDateTime, after: NaiveDateTime) -> Option<NaiveDateTime> {
        self.walls(first, after, after.checked_add_signed(TimeDelta::days(100))?).into_iter().next()
    }

    /// In words: "every week, until …".
    pub fn words(self) -> Vec<Msg> {
        let every = match self.every {
            Every::Day => Msg::new("series-every-day"),
            Every::Week => Msg::new("series-every-week"),
            Every::TwoWeeks => Msg::new("series-every-two-weeks"),
            Every::Month { nth: -1, weekday } => Msg::new("series-every-month-last").with("what", name(weekday)),
            Every::Month { nth, weekday } => Msg::new("series-every-month").with("number", i64::from(nth)).with("what", name(weekday)),
        };
        let until = match self.until {
            Until::Open => None,
            Until::Day(day) => Some(Msg::new("series-until").with("day", Value::Day(day))),
            Until::Times(times) => Some(Msg::new("series-times").with("count", i64::from(times))),
        };
        std::iter::once(every).chain(until).collect()
    }
}

/// Reads `chaque semaine jusqu'au 30/06`, `every two weeks 10 times`, for a series that begins on `first`.
pub fn read(words: &[Word], first: NaiveDate, now: Timestamp, zone: Zone) -> Result<Rule, RuleFault> {
    let folded: Vec<String> = words.iter().map(|word| fold(&word.text).replace('’', "'").trim_end_matches([',', '.']).to_owned()).collect();
    let mut left: Vec<usize> = (0..words.len()).collect();
    let until = match until_day(words, &folded, &mut left, now, zone)? {
        Some(day) => Until::Day(day),
        None => times(&folded, &mut left)?.map_or(Until::Open, Until::Times),
    };
    let rest: Vec<&str> = left.iter().map(|n| folded[*n].as_str()).collect();
    let typed = |of: &[usize]| of.iter().map(|n| words[*n].text.as_str()).collect::<Vec<_>>().join(" ").chars().take(40).collect();
    let has = |known: &[&str]| rest.iter().any(|word| known.contains(word));
    let two = has(&["deux", "2", "two", "other", "quinzaine", "fortnightly", "fortnight", "biweekly"]);
    let last = has(&["dernier", "derniere", "last"]);
    let days = has(&["jour", "jours", "day", "days", "daily", "quotidien", "quotidienne"]);
    let months = has(&["mois", "month", "months", "monthly", "mensuel", "mensuelle"]);
    if two && (days || months) {
        return Err(RuleFault::NotOffered(typed(&left)));
    }
    let named = |word: &str| weekday_of(word).filter(|_| word.len() > 2);
    if let Some(n) = left.iter().find(|n| named(&folded[**n]).is_some_and(|day| day != first.weekday())) {
        return Err(RuleFault::OtherDay(typed(&[*n])));
    }
    let weekday = rest.iter().any(|word| named(word).is_some());
    let every = if months {
        monthly(first, last)?
    } else if two || weekday || has(&["semaine", "semaines", "week", "weeks", "weekly", "hebdo", "hebdomadaire"]) {
        if two { Every::TwoWeeks } else { Every::Week }
    } else if days {
        Every::Day
    } else {
        return Err(RuleFault::HowOften);
    };
    let unknown: Vec<&str> = rest.iter().copied().filter(|word| !KNOWN.contains(word) && named(word).is_none()).collect();
    if unknown.is_empty() { Ok(Rule { every, until }) } else { Err(RuleFault::Unknown(unknown.join(" ").chars().take(40).collect())) }
}

/// Every word that a rule may have, beside the end.
const KNOWN: &[&str] = &[
    "chaque",
    "tous",
    "toutes",
    "les",
    "le",
    "la",
    "une",
    "sur",
    "du",
    "de",
    "the",
    "of",
    "on",
    "every",
    "each",
    "once",
    "a",
    "per",
    "par",
    "deux",
    "2",
    "two",
    "other",
    "quinzaine",
    "fortnightly",
    "fortnight",
    "biweekly",
    "dernier",
    "derniere",
    "last",
    "mois",
    "month",
    "monthly",
    "mensuel",
    "mensuelle",
    "semaine",
    "semaines",
    "week",
    "weeks",
    "weekly",
    "hebdo",
    "hebdomadaire",
    "jour",
    "jours",
    "day",
    "daily",
    "quotidien",
    "quotidienne",
    "",
];

/// The day after "until", which is taken out of what is left.
fn until_day(words: &[Word], folded: &[String], left: &mut Vec<usize>, now: Timestamp, zone: Zone) -> Result<Option<NaiveDate>, RuleFault> {
    let is_until = |word: &String| matches!(word.as_str(), "jusqu'au" | "jusqu'a" | "jusque" | "until" | "till");
    let Some(at) = folded.iter().position(is_until) else { return Ok(None) };
    let typed = || words[at + 1..].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ").chars().take(40).collect();
    let (day, used) = match find_moment(&words[at + 1..], now, zone) {
        Err(Fault::NoTime { day, used }) => (day, used),
        Ok(found) => (found.wall.date(), found.used),
        Err(_) => return Err(RuleFault::UntilWhen(typed())),
    };
    left.retain(|n| *n != at && !used.contains(&(n.wrapping_sub(at + 1))));
    Ok(Some(day))
}

/// The number before "times", likewise.
fn times(folded: &[String], left: &mut Vec<usize>) -> Result<Option<u32>, RuleFault> {
    let Some(at) = folded.iter().position(|word| matches!(word.as_str(), "fois" | "times" | "x")) else { return Ok(None) };
    let typed = at.checked_sub(1).map_or("", |before| folded[before].as_str());
    let number = whole_number(typed).ok().and_then(|number| u32::try_from(number).ok());
    let times =
        number.filter(|times| (2..=TIMES_MAX).contains(times)).ok_or_else(|| RuleFault::HowManyTimes(typed.chars().take(40).collect()))?;
    left.retain(|n| *n != at && n + 1 != at);
    Ok(Some(times))
}

/// The weekday of the first date, and which of its month it is; the fifth is the last.
fn monthly(first: NaiveDate, last: bool) -> Result<Every, RuleFault> {
    let nth = i8::try_from((first.day() - 1) / 7 + 1).unwrap_or(1);
    let is_last = first.checked_add_signed(TimeDelta::days(7)).is_none_or(|next| next.month() != first.month());
    match (last, is_last) {
        (true, false) => Err(RuleFault::NotTheLast),
        (true, true) => Ok(Every::Month { nth: -1, weekday: first.weekday() }),
        (false, _) => Ok(Every::Month { nth: if nth == 5 { -1 } else { nth }, weekday: first.weekday() }),
    }
}

/// A weekday in the reader's language.
fn name(weekday: Weekday) -> Msg {
    match weekday {
        Weekday::Mon => Msg::new("date-weekday-1"),
        Weekday::Tue => Msg::new("date-weekday-2"),
        Weekday::Wed => Msg::new("date-weekday-3"),
        Weekday::Thu => Msg::new("date-weekday-4"),
        Weekday::Fri => Msg::new("date-weekday-5"),
        Weekday::Sat => Msg::new("date-weekday-6"),
        Weekday::Sun => Msg::new("date-weekday-7"),
    }
}

const fn code(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::split_words;

    const NOW: Timestamp = Timestamp::from_micros(1_795_518_000_000_000);

    fn rule(typed: &str, first: &str) -> Result<String, RuleFault> {
        let rule = read(&split_words(typed, &[]), first.parse().unwrap(), NOW, Zone::PARIS)?;
        assert_eq!(Rule::from_text(&rule.text()), Some(rule), "it is kept as it is");
        Ok(rule.text())
    }

    #[test]
    fn rules_as_people_say_them() {
        for (typed, expected) in [
            ("chaque jour", "FREQ=DAILY"),
            ("tous les jours 10 fois", "FREQ=DAILY;COUNT=10"),
            ("daily", "FREQ=DAILY"),
            ("chaque semaine", "FREQ=WEEKLY"),
            ("toutes les semaines jusqu'au 30/06", "FREQ=WEEKLY;UNTIL=20270630T235959Z"),
            ("weekly until 30 June 2027", "FREQ=WEEKLY;UNTIL=20270630T235959Z"),
            ("chaque mardi chaque semaine", "FREQ=WEEKLY"),
            ("tous les mardis", "FREQ=WEEKLY"),
            ("every Tuesday 10 times", "FREQ=WEEKLY;COUNT=10"),
            ("toutes les deux semaines", "FREQ=WEEKLY;INTERVAL=2"),
            ("une semaine sur deux 8 fois", "FREQ=WEEKLY;INTERVAL=2;COUNT=8"),
            ("every two weeks", "FREQ=WEEKLY;INTERVAL=2"),
            ("every other week 6 times", "FREQ=WEEKLY;INTERVAL=2;COUNT=6"),
            ("chaque mois", "FREQ=MONTHLY;BYDAY=1TU"),
            ("monthly 12 times", "FREQ=MONTHLY;BYDAY=1TU;COUNT=12"),
        ] {
            assert_eq!(rule(typed, "2026-12-01").as_deref(), Ok(expected), "{typed}");
        }
        assert_eq!(rule("chaque mois le dernier mardi", "2026-12-29").as_deref(), Ok("FREQ=MONTHLY;BYDAY=-1TU"));
        assert_eq!(rule("chaque mois", "2026-12-29").as_deref(), Ok("FREQ=MONTHLY;BYDAY=-1TU"), "a fifth is the last");
        for (typed, fault) in [
            ("", RuleFault::HowOften),
            ("souvent", RuleFault::HowOften),
            ("chaque semaine 1 fois", RuleFault::HowManyTimes("1".into())),
            ("chaque semaine beaucoup de fois", RuleFault::HowManyTimes("de".into())),
            ("chaque semaine jusqu'au 31/02", RuleFault::UntilWhen("31/02".into())),
            ("chaque mois dernier", RuleFault::NotTheLast),
            ("chaque semaine pluvieuse", RuleFault::Unknown("pluvieuse".into())),
            ("tous les deux jours", RuleFault::NotOffered("tous les deux jours".into())),
            ("every other day", RuleFault::NotOffered("every other day".into())),
            ("tous les deux mois 5 fois", RuleFault::NotOffered("tous les deux mois".into())),
            ("every two months", RuleFault::NotOffered("every two months".into())),
            ("chaque jeudi", RuleFault::OtherDay("jeudi".into())),
            ("every week on Friday", RuleFault::OtherDay("Friday".into())),
            ("chaque mois le dernier lundi", RuleFault::OtherDay("lundi".into())),
        ] {
            assert_eq!(rule(typed, "2026-12-01"), Err(fault), "{typed}");
        }
    }

    #[test]
    fn the_wall_times_of_a_rule() {
        let wall = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let all = |rule: &str, first: &str| -> Vec<String> {
            let rule = Rule::from_text(rule).unwrap();
            let first = wall(first);
            rule.walls(first, first, first + TimeDelta::days(200))
                .iter()
                .take(4)
                .map(|wall| wall.format("%d/%m %H:%M").to_string())
                .collect()
        };
        assert_eq!(all("FREQ=WEEKLY", "2026-10-20T18:00:00"), ["27/10 18:00", "03/11 18:00", "10/11 18:00", "17/11 18:00"]);
        assert_eq!(all("FREQ=WEEKLY;INTERVAL=2;COUNT=3", "2026-10-20T18:00:00"), ["03/11 18:00", "17/11 18:00"], "the first counts");
        assert_eq!(all("FREQ=MONTHLY;BYDAY=1TU", "2026-12-01T18:00:00"), ["05/01 18:00", "02/02 18:00", "02/03 18:00", "06/04 18:00"]);
        assert_eq!(all("FREQ=MONTHLY;BYDAY=-1TU", "2026-12-29T18:00:00"), ["26/01 18:00", "23/02 18:00", "30/03 18:00", "27/04 18:00"]);
        assert_eq!(all("FREQ=DAILY;UNTIL=20261023T235959Z", "2026-10-20T23:00:00"), ["21/10 23:00", "22/10 23:00", "23/10 23:00"]);
        let weekly = Rule::from_text("FREQ=WEEKLY;COUNT=2").unwrap();
        let first = wall("2026-10-20T18:00:00");
        assert_eq!(weekly.next(first, first), Some(wall("2026-10-27T18:00:00")));
        assert_eq!(weekly.next(first, wall("2026-10-27T18:00:00")), None);
    }
}
