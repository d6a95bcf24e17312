//! Finding one moment among words: which of them say the day, which the hour.

use chrono::NaiveTime;

use super::{
    Fault, Found,
    clock::{Clock, DAY_MINUTES, NotATime, clock_at, part_at},
    day::{Day, DayPiece, day_at},
    lexicon::{BEFORE_CLOCK, Part, digits},
    resolve::{self, Asked},
    tokens::{Token, text, tokens},
};
use crate::domain::{
    time::{Timestamp, Zone},
    words::Word,
};

/// A day with the hour beside it.
struct Candidate {
    day: DayPiece,
    clock: Option<Result<Clock, NotATime>>,
    /// The tokens of both.
    used: Vec<usize>,
    /// The hour stands after the day.
    after: bool,
}

/// The one moment that `words` name, seen from `now` in `zone`; other words may stand around it.
///
/// A day of the week is the next one, today while its hour is still to come; a date without a year is the next one.
pub fn find_moment(words: &[Word], now: Timestamp, zone: Zone) -> Result<Found, Fault> {
    let tokens = tokens(words);
    let candidates = own_days(candidates(&tokens));
    let chosen = match candidates.as_slice() {
        [] => return Err(without_day(&tokens)),
        [one] => one,
        [first, second, ..] => {
            return Err(Fault::TwoDates { first: typed(words, &tokens, &first.used), second: typed(words, &tokens, &second.used) });
        }
    };
    let offset = (0..tokens.len()).find_map(|n| offset(text(&tokens, n)).map(|minutes| (minutes, n)));
    let mut used = chosen.used.clone();
    used.extend(offset.map(|(_, n)| n));
    let asked = Asked { day: chosen.day.day, check: chosen.day.check, typed: typed(words, &tokens, &chosen.used) };
    let clock = match chosen.clock {
        Some(Ok(clock)) => clock,
        Some(Err(NotATime { .. })) => return Err(Fault::NotATime { typed: asked.typed }),
        None => {
            let day = resolve::day(&asked, DAY_MINUTES - 1, now.wall(zone))?;
            return Err(Fault::NoTime { day, used: word_indexes(&tokens, &used) });
        }
    };
    let wall = resolve::wall(&asked, clock.minutes, now.wall(zone))?;
    let (wall, at) = resolve::instant(wall, offset.map(|(minutes, _)| minutes), now, zone)?;
    Ok(Found { wall, at, length_minutes: clock.length_minutes, used: word_indexes(&tokens, &used) })
}

/// Which of `words` say a day, with the hour beside it, whether or not a moment can be read from them.
pub fn words_of_date(words: &[Word]) -> Vec<usize> {
    let tokens = tokens(words);
    let used: Vec<usize> = own_days(candidates(&tokens)).into_iter().flat_map(|candidate| candidate.used).collect();
    word_indexes(&tokens, &used)
}

/// The next instant at which a clock in `zone` shows the hour that `words` begin with (`à 18h`, `at 18:00`),
/// and how many words say it.
pub fn clock_of(words: &[Word], now: Timestamp, zone: Zone) -> Option<(Timestamp, usize)> {
    let tokens = tokens(words);
    let gap = usize::from(matches!(text(&tokens, 0), "a" | "at" | "@"));
    let clock = clock_at(&tokens, gap, None)?.ok()?;
    let used = word_indexes(&tokens, &(0..gap + clock.len).collect::<Vec<_>>()).len();
    let midnight = now.day(zone).and_time(NaiveTime::MIN);
    let wall = midnight + chrono::TimeDelta::minutes(clock.minutes);
    let at = zone.instant_or_later(wall);
    Some((if at > now { at } else { zone.instant_or_later(wall + chrono::TimeDelta::days(1)) }, used))
}

fn candidates(tokens: &[Token]) -> Vec<Candidate> {
    let mut found = Vec::new();
    let (mut at, mut free_from) = (0, 0);
    while at < tokens.len() {
        match day_at(tokens, at) {
            Some(day) => {
                let candidate = with_clock(tokens, day, free_from);
                at = candidate.used.iter().max().map_or(at + day.len, |last| (last + 1).max(at + day.len));
                free_from = at;
                found.push(candidate);
            }
            None => at += 1,
        }
    }
    found
}

/// Leaves out short words that only may be days (`mon`, `sun`, `mer`) where another day has an hour of its own.
fn own_days(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let sure = candidates.iter().any(|c| c.clock.is_some() && c.after);
    if !sure {
        return candidates;
    }
    let doubtful = |c: &Candidate| matches!(c.day.day, Day::Weekday { .. }) && c.day.len == 1 && c.used.len() == 1;
    candidates.into_iter().filter(|c| !(doubtful(c) && c.clock.is_none())).collect()
}

/// `day` with the hour beside it; tokens before `free_from` belong to another day.
fn with_clock(tokens: &[Token], day: DayPiece, free_from: usize) -> Candidate {
    let own: Vec<usize> = (day.at..day.at + day.len).collect();
    let after = clock_after(tokens, &day);
    let before = clock_before(tokens, &day, free_from);
    let like_length = |clock: &Result<Clock, NotATime>| clock.is_ok_and(|clock| clock.like_length && clock.minutes < 6 * 60);
    let chosen = match (after, before) {
        // "18h mardi 1h30": the second is a length.
        (Some((clock, _)), Some((first, used))) if like_length(&clock) && !like_length(&first) => Some((first, used, false)),
        (Some((clock, used)), _) => Some((clock, used, true)),
        (None, Some((clock, used))) => Some((clock, used, false)),
        (None, None) => None,
    };
    match chosen {
        Some((clock, more, after)) => {
            let mut used = own;
            used.extend(more);
            used.sort_unstable();
            Candidate { day, clock: Some(clock), used, after }
        }
        None => Candidate { day, clock: None, used: own, after: false },
    }
}

type ClockAt = (Result<Clock, NotATime>, Vec<usize>);

fn clock_after(tokens: &[Token], day: &DayPiece) -> Option<ClockAt> {
    let start = day.at + day.len;
    let mut at = start;
    let mut part: Option<Part> = day.part;
    for _ in 0..3 {
        if let Some((found, len)) = part_at(tokens, at) {
            (part, at) = (Some(found), at + len);
        } else if BEFORE_CLOCK.contains(&text(tokens, at)) {
            at += 1;
        }
    }
    let clock = clock_at(tokens, at, part)?;
    let len = match &clock {
        Ok(clock) => clock.len,
        Err(fault) => fault.len,
    };
    Some((clock, (start..at + len).collect()))
}

fn clock_before(tokens: &[Token], day: &DayPiece, free_from: usize) -> Option<ClockAt> {
    let end = if day.at > 0 && text(tokens, day.at - 1) == "," { day.at - 1 } else { day.at };
    let (from, clock) = (end.saturating_sub(6).max(free_from)..end).find_map(|from| {
        let clock = clock_at(tokens, from, day.part)?.ok()?;
        (from + clock.len == end).then_some((from, clock))
    })?;
    let from = if from > free_from && matches!(text(tokens, from - 1), "a" | "at" | "@") { from - 1 } else { from };
    Some((Ok(clock), (from..day.at).collect()))
}

/// No day: is there at least an hour?
fn without_day(tokens: &[Token]) -> Fault {
    let hour = (0..tokens.len()).find_map(|at| {
        let clock = clock_at(tokens, at, None)?.ok()?;
        (!clock.like_length || clock.minutes >= 6 * 60).then_some((at, clock))
    });
    let Some((at, clock)) = hour else { return Fault::NoDate };
    let time = NaiveTime::MIN + chrono::TimeDelta::minutes(clock.minutes);
    let from = if at > 0 && matches!(text(tokens, at - 1), "a" | "at" | "@") { at - 1 } else { at };
    Fault::NoDay { time, used: word_indexes(tokens, &(from..at + clock.len).collect::<Vec<_>>()) }
}

/// Minutes east of UTC (`+02:00`).
fn offset(word: &str) -> Option<i64> {
    let (sign, rest) = match word.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-" | "\u{2212}", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let two = |part: &str| digits(part).filter(|_| part.len() == 2);
    Some(sign * (two(hours).filter(|h| *h <= 14)? * 60 + two(minutes).filter(|m| *m < 60)?))
}

fn word_indexes(tokens: &[Token], used: &[usize]) -> Vec<usize> {
    let mut words: Vec<usize> = used.iter().filter_map(|n| tokens.get(*n)).map(|token| token.word).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn typed(words: &[Word], tokens: &[Token], used: &[usize]) -> String {
    let texts: Vec<&str> = word_indexes(tokens, used).into_iter().filter_map(|n| words.get(n)).map(|word| word.text.as_str()).collect();
    texts.join(" ")
}
