//! What one part of a session looks like as it is typed: a link, a title, a number within its bounds.

use super::{TITLE_CHARS_MAX, understood::LineFault};
use crate::domain::words::{NumberFault, clean_text, whole_number};

/// Whether a word is an address that people can open.
pub(super) fn is_link(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}

/// Whether a word may be meant as one, however it is written: what hangs in the group as a place must not be a link.
pub(super) fn looks_like_link(word: &str) -> bool {
    let word = word.to_lowercase();
    word.contains("://") || word.starts_with("www.") || (word.contains('.') && word.contains('/'))
}

/// A title without blanks and hidden characters to spare; none where nothing is left. It hangs in the group, and no link does.
pub(super) fn cleaned_title(text: &str) -> Result<Option<String>, LineFault> {
    let clean = clean_text(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let is_address = |word: &&str| word.contains("://") || word.to_lowercase().starts_with("www.");
    if let Some(address) = clean.split(' ').find(is_address) {
        return Err(LineFault::Link(address.chars().take(TITLE_CHARS_MAX).collect()));
    }
    match clean.chars().count() {
        0 => Ok(None),
        n if n > TITLE_CHARS_MAX => Err(LineFault::LongTitle),
        _ => Ok(Some(clean)),
    }
}

/// Whether somebody meant a number, even one that is too large or negative.
pub(super) fn looks_like_number(folded: &str) -> bool {
    whole_number(folded) != Err(NumberFault::NotANumber)
}

/// The number typed, or what was typed where it is none between `least` and `most`.
pub(super) fn bounded(typed: &str, least: i64, most: i64) -> Result<i64, String> {
    let number = whole_number(typed.trim_end_matches([',', ';'])).ok();
    number.filter(|number| (least..=most).contains(number)).ok_or_else(|| typed.chars().take(40).collect())
}
