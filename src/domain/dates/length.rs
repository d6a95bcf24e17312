//! Lengths of time as people write them: `90min`, `1h30`, `1 h 30`, `2 heures`, `7j`, `3 semaines`.

use super::{
    lexicon::{DAYS, HOURS, MINUTES, WEEKS, count, digits, is_unit},
    tokens::{Token, text, tokens},
};
use crate::domain::words::Word;

/// A length of time; a day is a day of the calendar, whatever its hours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Length {
    /// Minutes.
    Minutes(i64),
    /// Days.
    Days(i64),
}

/// Words that may stand before a length.
const BEFORE: &[&str] = &["pendant", "duree", "for", "length", "pour", "lasting", "during"];

/// The lengths among `words`, each with the words that say it; words in `skip` are passed over.
pub fn find_lengths(words: &[Word], skip: &[usize]) -> Vec<(Length, Vec<usize>)> {
    let tokens = tokens(words);
    let free = |n: usize| tokens.get(n).is_some_and(|token| !skip.contains(&token.word));
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match length_at(&tokens, at).filter(|(_, len)| (at..at + len).all(free)) {
            Some((length, len)) => {
                let from = if at > 0 && free(at - 1) && BEFORE.contains(&text(&tokens, at - 1)) { at - 1 } else { at };
                found.push((length, words_of(&tokens, from, at + len)));
                at += len;
            }
            None => at += 1,
        }
    }
    found
}

/// The length that `words` are, all of them.
pub fn length_of(words: &[Word]) -> Option<Length> {
    match find_lengths(words, &[]).as_slice() {
        [(length, used)] if used.len() == words.len() => Some(*length),
        _ => None,
    }
}

fn words_of(tokens: &[Token], from: usize, to: usize) -> Vec<usize> {
    let mut words: Vec<usize> = tokens[from..to].iter().map(|token| token.word).collect();
    words.dedup();
    words
}

/// The length that begins at token `at`, and how many tokens say it.
fn length_at(tokens: &[Token], at: usize) -> Option<(Length, usize)> {
    match (text(tokens, at), text(tokens, at + 1)) {
        ("demi-heure", _) => return Some((Length::Minutes(30), 1)),
        ("une", "demi-heure") => return Some((Length::Minutes(30), 2)),
        ("half", "an") if text(tokens, at + 2) == "hour" => return Some((Length::Minutes(30), 3)),
        _ => {}
    }
    let (number, unit, glued, len) = amount_at(tokens, at)?;
    if HOURS.contains(&unit) {
        let (minutes, more) = minutes_past(tokens, at + len, glued)?;
        return Some((Length::Minutes(number.checked_mul(60)? + minutes), len + more));
    }
    if !glued.is_empty() {
        return None;
    }
    if MINUTES.contains(&unit) {
        Some((Length::Minutes(number), len))
    } else if DAYS.contains(&unit) {
        Some((Length::Days(number), len))
    } else if WEEKS.contains(&unit) {
        Some((Length::Days(number.checked_mul(7)?), len))
    } else {
        None
    }
}

/// A number with its unit, in one word or two: the number, the unit, what is glued after it, how many tokens.
fn amount_at(tokens: &[Token], at: usize) -> Option<(i64, &str, &str, usize)> {
    let word = text(tokens, at);
    let digits_end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    if digits_end > 0 && digits_end < word.len() {
        let rest = &word[digits_end..];
        let unit_end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        return Some((digits(&word[..digits_end])?, &rest[..unit_end], &rest[unit_end..], 1));
    }
    Some((count(word)?, text(tokens, at + 1), "", 2))
}

/// The minutes after the hours: glued (`1h30`), or the next word (`1 h 30`, `une heure et demie`).
fn minutes_past(tokens: &[Token], at: usize, glued: &str) -> Option<(i64, usize)> {
    if !glued.is_empty() {
        let minutes = MINUTES.iter().find_map(|unit| glued.strip_suffix(unit)).unwrap_or(glued);
        return digits(minutes).filter(|minutes| *minutes < 60).map(|minutes| (minutes, 0));
    }
    if text(tokens, at) == "et" && matches!(text(tokens, at + 1), "demie" | "demi") {
        return Some((30, 2));
    }
    if text(tokens, at) == "and" && text(tokens, at + 1) == "a" && text(tokens, at + 2) == "half" {
        return Some((30, 3));
    }
    let minutes = digits(text(tokens, at)).filter(|minutes| text(tokens, at).len() == 2 && *minutes < 60);
    Some(match minutes {
        Some(minutes) if MINUTES.contains(&text(tokens, at + 1)) => (minutes, 2),
        Some(minutes) if !is_unit(text(tokens, at + 1)) => (minutes, 1),
        _ => (0, 0),
    })
}
