//! Days as people write them: `mardi`, `demain`, `12/05`, `12 mai 2027`, `next tuesday`, `dans 3 jours`.

use chrono::Weekday;

use super::{
    lexicon::{BEFORE_DAY, DAYS, NEXT, Part, WEEKS, count, digits, month, weekday},
    tokens::{Token, text},
};

/// A day as it was written, not yet placed in the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Day {
    /// A day of the week: today at the earliest, or where `later` tomorrow.
    Weekday {
        /// Which.
        weekday: Weekday,
        /// "Next": not today.
        later: bool,
    },
    /// So many days from today.
    InDays(i64),
    /// A date, where there is no year the next one.
    Date(Date),
    /// A day of the month (`mardi 12`); `march` where the word before it was `mar`, which English reads as a month.
    OfMonth {
        /// From 1.
        day: u32,
        /// May be March as well.
        march: bool,
    },
}

/// A date of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Date {
    /// Where it was written.
    pub(super) year: Option<i32>,
    /// From 1.
    pub(super) month: u32,
    /// From 1.
    pub(super) day: u32,
}

/// A day found at a place among tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct DayPiece {
    /// The day.
    pub(super) day: Day,
    /// The day of the week written beside it.
    pub(super) check: Option<Weekday>,
    /// The part of the day, where the word said it (`tonight`).
    pub(super) part: Option<Part>,
    /// Its first token.
    pub(super) at: usize,
    /// How many tokens say it.
    pub(super) len: usize,
}

/// The day that begins at token `at`, with the small words before it.
pub(super) fn day_at(tokens: &[Token], at: usize) -> Option<DayPiece> {
    if let Some(piece) = merged_at(tokens, at) {
        return Some(piece);
    }
    if BEFORE_DAY.contains(&text(tokens, at)) {
        let piece = merged_at(tokens, at + 1)?;
        return Some(DayPiece { at, len: piece.len + 1, ..piece });
    }
    None
}

/// A day, and a day of the week before or after it that must agree.
fn merged_at(tokens: &[Token], at: usize) -> Option<DayPiece> {
    let first = piece_at(tokens, at)?;
    if let Day::Weekday { weekday, later } = first.day {
        let le = usize::from(BEFORE_DAY.contains(&text(tokens, at + first.len)));
        if let Some(second) = piece_at(tokens, at + first.len + le)
            && matches!(second.day, Day::Date(_))
        {
            return Some(DayPiece { check: Some(weekday), at, len: first.len + le + second.len, ..second });
        }
        if !later && let Some((day, len)) = day_of_month(tokens, at + first.len + le) {
            let march = text(tokens, at) == "mar" && le == 0;
            return Some(DayPiece { day: Day::OfMonth { day, march }, check: Some(weekday), len: first.len + le + len, ..first });
        }
        return Some(first);
    }
    match piece_at(tokens, at + first.len) {
        Some(DayPiece { day: Day::Weekday { weekday, .. }, len, .. }) => {
            Some(DayPiece { check: Some(weekday), len: first.len + len, ..first })
        }
        _ => Some(first),
    }
}

/// A bare day of the month that an hour follows (`mardi 12 à 18h`); without the hour a number may count anything.
fn day_of_month(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let day = digits(text(tokens, at)).filter(|day| (1..=31).contains(day))?;
    let gap = usize::from(matches!(text(tokens, at + 1), "a" | "at" | ","));
    let clock = super::clock::clock_at(tokens, at + 1 + gap, None)?;
    // "18 h 30": the number is itself the hour.
    let own_hour = super::clock::clock_at(tokens, at, None).is_some();
    (clock.is_ok() && !own_hour).then(|| u32::try_from(day).ok().map(|day| (day, 1))).flatten()
}

fn piece_at(tokens: &[Token], at: usize) -> Option<DayPiece> {
    let piece = |day, part, len| Some(DayPiece { day, check: None, part, at, len });
    let (word, next) = (text(tokens, at), text(tokens, at + 1));
    if let Some((date, len)) = numeric(word).map(|date| (date, 1)).or_else(|| in_words(tokens, at)) {
        return piece(Day::Date(date), None, len);
    }
    match (word, next) {
        ("aujourd'hui" | "aujourdhui" | "auj" | "today", _) => return piece(Day::InDays(0), None, 1),
        ("tonight", _) => return piece(Day::InDays(0), Some(Part::Evening), 1),
        ("ce" | "this", "soir" | "evening") => return piece(Day::InDays(0), Some(Part::Evening), 2),
        ("ce" | "this", "matin" | "morning") => return piece(Day::InDays(0), Some(Part::Morning), 2),
        ("ce", "midi") => return piece(Day::InDays(0), None, 1),
        ("cet" | "cette" | "this", "apres-midi" | "aprem" | "afternoon") => return piece(Day::InDays(0), Some(Part::Afternoon), 2),
        ("cet" | "cette", "apres") if text(tokens, at + 2) == "midi" => return piece(Day::InDays(0), Some(Part::Afternoon), 3),
        ("demain" | "tomorrow" | "tmrw", _) => return piece(Day::InDays(1), None, 1),
        ("apres-demain", _) => return piece(Day::InDays(2), None, 1),
        ("apres", "demain") => return piece(Day::InDays(2), None, 2),
        ("day", "after") if text(tokens, at + 2) == "tomorrow" => return piece(Day::InDays(2), None, 3),
        ("hier" | "yesterday", _) => return piece(Day::InDays(-1), None, 1),
        ("dans" | "in", _) => {
            let unit = text(tokens, at + 2);
            let days = if DAYS.contains(&unit) { 1 } else { 7 };
            let known = days == 1 || WEEKS.contains(&unit);
            return count(next).filter(|_| known).and_then(|n| piece(Day::InDays(n * days), None, 3));
        }
        _ => {}
    }
    if NEXT.contains(&word) {
        return weekday(next).and_then(|weekday| piece(Day::Weekday { weekday, later: true }, None, 2));
    }
    let weekday = weekday(word)?;
    let later = NEXT.contains(&next);
    piece(Day::Weekday { weekday, later }, None, 1 + usize::from(later))
}

/// `12/05`, `12/05/2027`, `2026-05-12`, `12.05.2027`.
fn numeric(word: &str) -> Option<Date> {
    let sign = ['/', '-', '.'].into_iter().find(|sign| word.contains(*sign))?;
    let parts: Vec<&str> = word.split(sign).collect();
    let number = |n: usize| parts.get(n).and_then(|part| digits(part));
    let two = |n: usize| number(n).filter(|_| parts.get(n).is_some_and(|part| part.len() <= 2)).and_then(|n| u32::try_from(n).ok());
    let year = |n: usize| match parts.get(n).map(|part| part.len()) {
        Some(4) => number(n).and_then(|year| i32::try_from(year).ok()),
        Some(2) => number(n).and_then(|year| i32::try_from(2000 + year).ok()),
        _ => None,
    };
    match (parts.len(), sign) {
        (2, '/') => Some(Date { year: None, month: two(1)?, day: two(0)? }),
        (3, _) if parts[0].len() == 4 => Some(Date { year: year(0), month: two(1)?, day: two(2)? }),
        (3, _) => Some(Date { year: Some(year(2)?), month: two(1)?, day: two(0)? }),
        _ => None,
    }
}

/// `12 mai`, `1er mai 2027`, `12th of May`, `May 12`.
fn in_words(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let with_year = |month: u32, day: u32, len: usize| {
        let year = text(tokens, at + len);
        let year = digits(year).filter(|_| year.len() == 4).and_then(|year| i32::try_from(year).ok());
        (Date { year, month, day }, len + usize::from(year.is_some()))
    };
    if let Some(day) = ordinal(text(tokens, at)) {
        let of = usize::from(matches!(text(tokens, at + 1), "of" | "de"));
        let month = month(text(tokens, at + 1 + of))?;
        return Some(with_year(month, day, 2 + of));
    }
    let word = text(tokens, at);
    // "mar" alone is Tuesday in French; what "mar 12" means is settled when the calendar is known.
    let month = month(word).filter(|_| word != "mar")?;
    let day = ordinal(text(tokens, at + 1))?;
    // "mai 18 h 30": the number is an hour.
    let hour = text(tokens, at + 1).bytes().all(|b| b.is_ascii_digit()) && super::clock::clock_at(tokens, at + 1, None).is_some();
    (!hour).then(|| with_year(month, day, 2))
}

/// `12`, `1er`, `12th`.
fn ordinal(word: &str) -> Option<u32> {
    let number = ["er", "st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    digits(number).filter(|_| number.len() <= 2).and_then(|day| u32::try_from(day).ok())
}
