//! A day of the week or an hour that stands for itself in one word.

use chrono::Weekday;

use super::lexicon;
use crate::domain::words::{fold, whole_number};

/// The day of the week that a word names.
pub fn weekday_of(word: &str) -> Option<Weekday> {
    lexicon::weekday(fold(word).trim_end_matches('s')).or_else(|| lexicon::weekday(&fold(word)))
}

/// The minute of the day that a word names: `22h`, `22h30`, `22:30`, `22`, `10pm`.
pub fn minute_of(word: &str) -> Option<u32> {
    let word = fold(word);
    let (clock, after_noon) = match (word.strip_suffix("pm"), word.strip_suffix("am")) {
        (Some(clock), _) => (clock, Some(true)),
        (None, Some(clock)) => (clock, Some(false)),
        (None, None) => (word.as_str(), None),
    };
    let (hours, minutes) = clock.split_once(['h', ':']).unwrap_or((clock, ""));
    let number = |text: &str| whole_number(text).ok().and_then(|number| u32::try_from(number).ok());
    let minutes = if minutes.is_empty() { 0 } else { number(minutes)? };
    let hours = match (number(hours)?, after_noon) {
        (hours, None) => hours,
        (12, Some(after_noon)) => {
            if after_noon {
                12
            } else {
                0
            }
        }
        (hours @ 0..12, Some(after_noon)) => hours + if after_noon { 12 } else { 0 },
        (_, Some(_)) => return None,
    };
    // Midnight is written both ways.
    (minutes < 60 && (hours < 24 || hours == 24 && minutes == 0)).then_some((hours % 24) * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_days_in_one_word() {
        for (word, expected) in [
            ("22h", Some(1320)),
            ("7h30", Some(450)),
            ("18:05", Some(1085)),
            ("22", Some(1320)),
            ("10pm", Some(1320)),
            ("12am", Some(0)),
            ("24h", Some(0)),
            ("24h30", None),
            ("25h", None),
            ("7h75", None),
            ("13pm", None),
            ("midi", None),
            ("", None),
        ] {
            assert_eq!(minute_of(word), expected, "{word}");
        }
        assert_eq!(weekday_of("Lundis"), Some(Weekday::Mon));
        assert_eq!(weekday_of("Thurs"), Some(Weekday::Thu));
        assert_eq!(weekday_of("jour"), None);
    }
}
