//! Hours as people write them: `18h30`, `18 h 30`, `18:30`, `6 pm`, `midi`, `8h du soir`, `18h-20h`.

use super::{
    lexicon::{BEFORE_PART, HOURS, Part, UNTIL, digits, is_unit, part},
    tokens::{Token, text},
};

/// Minutes of a day; midnight at its end is all of them.
pub(super) const DAY_MINUTES: i64 = 24 * 60;

/// An hour found at a place among tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Clock {
    /// Minutes after midnight; [`DAY_MINUTES`] is midnight at the day's end.
    pub(super) minutes: i64,
    /// Minutes until the last hour, where one is written.
    pub(super) length_minutes: Option<i64>,
    /// How many tokens say it.
    pub(super) len: usize,
    /// Written like a length too (`2h`, `1h30`).
    pub(super) like_length: bool,
}

/// One hour alone.
#[derive(Clone, Copy)]
struct Single {
    minutes: i64,
    len: usize,
    /// Said to be morning or afternoon by `am`, `pm` or by having more than twelve hours.
    settled: bool,
    like_length: bool,
}

/// There is something that looks like an hour, but no clock shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct NotATime {
    /// How many tokens it has.
    pub(super) len: usize,
}

/// The hour that begins at token `at`, with the part of the day said before it.
pub(super) fn clock_at(tokens: &[Token], at: usize, before: Option<Part>) -> Option<Result<Clock, NotATime>> {
    let first = match single_at(tokens, at).or_else(|| bare_of_range(tokens, at))? {
        Ok(first) => first,
        Err(fault) => return Some(Err(fault)),
    };
    let mut len = first.len;
    let last = range_end(tokens, at + len);
    if let Some((_, more)) = last {
        len += more;
    }
    let (after, more) = part_after(tokens, at + len);
    len += more;
    let day_part = after.or(before);
    let start = adjusted(first, day_part);
    let Some((last, _)) = last else {
        return Some(Ok(Clock { minutes: start, length_minutes: None, len, like_length: first.like_length && more == 0 }));
    };
    let end = adjusted(last, day_part);
    // "6-8 pm": the first hour takes the half of the day from the last.
    let half = DAY_MINUTES / 2;
    let start = if !first.settled && last.settled && start + half < end { start + half } else { start };
    let length = (end - start).rem_euclid(DAY_MINUTES);
    Some(Ok(Clock { minutes: start, length_minutes: (length > 0).then_some(length), len, like_length: false }))
}

/// The last hour of a range, after the word for "until", and how many tokens both take.
fn range_end(tokens: &[Token], at: usize) -> Option<(Single, usize)> {
    if !UNTIL.contains(&text(tokens, at)) {
        return None;
    }
    let last =
        single_at(tokens, at + 1).and_then(Result::ok).or_else(|| if text(tokens, at) == "-" { bare(tokens, at + 1) } else { None })?;
    Some((last, 1 + last.len))
}

/// The bare first hour of `18-20h`.
fn bare_of_range(tokens: &[Token], at: usize) -> Option<Result<Single, NotATime>> {
    if text(tokens, at + 1) != "-" || tokens.get(at)?.word != tokens.get(at + 2)?.word {
        return None;
    }
    bare(tokens, at).map(Ok)
}

fn bare(tokens: &[Token], at: usize) -> Option<Single> {
    let hour = digits(text(tokens, at)).filter(|hour| *hour <= 24)?;
    Some(Single { minutes: hour * 60, len: 1, settled: hour > 12, like_length: false })
}

fn single_at(tokens: &[Token], at: usize) -> Option<Result<Single, NotATime>> {
    let token = text(tokens, at);
    match token {
        "midi" | "noon" | "midday" => return Some(Ok(Single { minutes: DAY_MINUTES / 2, len: 1, settled: true, like_length: false })),
        "minuit" | "midnight" => return Some(Ok(Single { minutes: DAY_MINUTES, len: 1, settled: true, like_length: false })),
        _ => {}
    }
    let written = written_at(tokens, at)?;
    Some(written.value().ok_or(NotATime { len: written.len }))
}

/// An hour in digits, not yet checked.
struct Written {
    hour: i64,
    minute: i64,
    /// `Some(true)` for pm.
    pm: Option<bool>,
    len: usize,
    like_length: bool,
}

impl Written {
    fn value(&self) -> Option<Single> {
        let hour = match (self.pm, self.hour) {
            (Some(pm), 1..=12) => self.hour % 12 + if pm { 12 } else { 0 },
            (Some(_), _) => return None,
            (None, hour) => hour,
        };
        let minutes = hour * 60 + self.minute;
        (self.minute < 60 && minutes <= DAY_MINUTES).then_some(Single {
            minutes,
            len: self.len,
            settled: self.pm.is_some() || hour > 12,
            like_length: self.like_length,
        })
    }
}

fn written_at(tokens: &[Token], at: usize) -> Option<Written> {
    let token = text(tokens, at);
    let (body, glued) = match token.strip_suffix("am").map(|b| (b, false)).or_else(|| token.strip_suffix("pm").map(|b| (b, true))) {
        Some((body, pm)) => (body, Some(pm)),
        None => (token, None),
    };
    let split = body.find([':', 'h', '.']).map(|n| (&body[..n], body.as_bytes()[n], &body[n + 1..]));
    let (hour, sign, minute) = split.unwrap_or((body, b' ', ""));
    let hour = digits(hour).filter(|hour| *hour < 100)?;
    let next = text(tokens, at + 1);
    let spaced = match next {
        "am" if glued.is_none() => Some(false),
        "pm" if glued.is_none() => Some(true),
        _ => None,
    };
    let (pm, mut len) = (glued.or(spaced), 1 + usize::from(spaced.is_some()));
    let minute = match (sign, minute) {
        (b':' | b'.' | b'h', two) if two.len() == 2 => digits(two)?,
        (b'h', "") => match minutes_word(tokens, at + 1) {
            Some(minute) => {
                len += 1;
                minute
            }
            None => 0,
        },
        (b' ', _) if pm.is_some() => 0,
        (b' ', _) if HOURS.contains(&next) => {
            let minute = minutes_word(tokens, at + 2);
            len += 1 + usize::from(minute.is_some());
            minute.unwrap_or(0)
        }
        _ => return None,
    };
    if sign == b'.' && pm.is_none() {
        return None;
    }
    let like_length = pm.is_none() && sign != b':';
    Some(Written { hour, minute, pm, len, like_length })
}

/// The minutes that stand as a word of their own (`18 h 30`), unless the next word says that they count something else.
fn minutes_word(tokens: &[Token], at: usize) -> Option<i64> {
    let token = text(tokens, at);
    if token.len() != 2 || is_unit(text(tokens, at + 1)) {
        return None;
    }
    digits(token).filter(|minute| *minute < 60)
}

/// The part of the day after an hour (`8h du soir`), and how many tokens say it.
pub(super) fn part_after(tokens: &[Token], at: usize) -> (Option<Part>, usize) {
    let mut len = 0;
    while len < 2 && BEFORE_PART.contains(&text(tokens, at + len)) {
        len += 1;
    }
    match part_at(tokens, at + len) {
        Some((part, more)) => (Some(part), len + more),
        None => (None, 0),
    }
}

/// The part of the day at a token; `après midi` may be two words.
pub(super) fn part_at(tokens: &[Token], at: usize) -> Option<(Part, usize)> {
    if matches!(text(tokens, at), "apres" | "l'apres") && text(tokens, at + 1) == "midi" {
        return Some((Part::Afternoon, 2));
    }
    part(text(tokens, at)).map(|part| (part, 1))
}

fn adjusted(clock: Single, part: Option<Part>) -> i64 {
    let half = DAY_MINUTES / 2;
    let hour = clock.minutes / 60;
    match part {
        Some(Part::Evening) if !clock.settled && (1..12).contains(&hour) => clock.minutes + half,
        Some(Part::Afternoon) if !clock.settled && (1..8).contains(&hour) => clock.minutes + half,
        Some(Part::Evening | Part::Afternoon | Part::Morning) | None => clock.minutes,
    }
}
