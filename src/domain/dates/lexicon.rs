//! The words of dates in French and English, folded.

use chrono::Weekday;

/// Which part of the day, where a twelve-hour clock needs one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Until noon.
    Morning,
    /// From noon on.
    Afternoon,
    /// After the afternoon.
    Evening,
}

/// Words that may stand before a day.
pub(super) const BEFORE_DAY: &[&str] = &["le", "ce", "this", "on", "the", "pour", "for"];
/// Words that may stand between a day and its hour.
pub(super) const BEFORE_CLOCK: &[&str] = &["a", "at", "@", "vers", "around", "des", "from", "de", "-", ","];
/// Words between the first and the last hour.
pub(super) const UNTIL: &[&str] = &["-", "a", "to", "until", "till", "jusqu'a"];
/// Words that may stand before a part of the day.
pub(super) const BEFORE_PART: &[&str] = &["du", "de", "in", "the", "le"];
/// "Next", after a French day of the week or before an English one.
pub(super) const NEXT: &[&str] = &["prochain", "next", "suivant"];
/// Hours as words.
pub(super) const HOURS: &[&str] = &["h", "heure", "heures", "hour", "hours", "hr", "hrs", "o'clock", "oclock"];
/// Minutes as words.
pub(super) const MINUTES: &[&str] = &["min", "mins", "mn", "minute", "minutes", "m"];
/// Days as words.
pub(super) const DAYS: &[&str] = &["j", "jour", "jours", "d", "day", "days"];
/// Weeks as words.
pub(super) const WEEKS: &[&str] = &["sem", "semaine", "semaines", "w", "week", "weeks"];
/// Words after which a number before them counts something else than minutes past an hour.
const COUNTED: &[&str] = &[
    "place",
    "places",
    "seat",
    "seats",
    "siege",
    "sieges",
    "personne",
    "personnes",
    "people",
    "persons",
    "person",
    "credit",
    "credits",
    "spot",
    "spots",
];

/// The day of the week that a word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "lundi" | "lun" | "monday" | "mon" => Weekday::Mon,
        "mardi" | "mar" | "tuesday" | "tue" | "tues" => Weekday::Tue,
        "mercredi" | "mer" | "wednesday" | "wed" => Weekday::Wed,
        "jeudi" | "jeu" | "thursday" | "thu" | "thur" | "thurs" => Weekday::Thu,
        "vendredi" | "ven" | "friday" | "fri" => Weekday::Fri,
        "samedi" | "sam" | "saturday" | "sat" => Weekday::Sat,
        "dimanche" | "dim" | "sunday" | "sun" => Weekday::Sun,
        _ => return None,
    })
}

/// The month that a word names, from 1.
pub(super) fn month(word: &str) -> Option<u32> {
    Some(match word {
        "janvier" | "janv" | "january" | "jan" => 1,
        "fevrier" | "fevr" | "fev" | "february" | "feb" => 2,
        "mars" | "march" | "mar" => 3,
        "avril" | "avr" | "april" | "apr" => 4,
        "mai" | "may" => 5,
        "juin" | "june" | "jun" => 6,
        "juillet" | "juil" | "july" | "jul" => 7,
        "aout" | "august" | "aug" => 8,
        "septembre" | "september" | "sept" | "sep" => 9,
        "octobre" | "october" | "oct" => 10,
        "novembre" | "november" | "nov" => 11,
        "decembre" | "december" | "dec" => 12,
        _ => return None,
    })
}

/// The part of the day that a word names.
pub(super) fn part(word: &str) -> Option<Part> {
    Some(match word {
        "matin" | "matinee" | "morning" => Part::Morning,
        "apres-midi" | "l'apres-midi" | "aprem" | "afternoon" => Part::Afternoon,
        "soir" | "soiree" | "evening" | "night" => Part::Evening,
        _ => return None,
    })
}

/// A small number, in digits or as a word.
pub(super) fn count(word: &str) -> Option<i64> {
    Some(match word {
        "un" | "une" | "a" | "an" | "one" => 1,
        "deux" | "two" => 2,
        "trois" | "three" => 3,
        "quatre" | "four" => 4,
        "cinq" | "five" => 5,
        "six" => 6,
        "sept" | "seven" => 7,
        _ => return digits(word),
    })
}

/// The value of a word of at most five digits.
pub(super) fn digits(word: &str) -> Option<i64> {
    let plain = !word.is_empty() && word.len() <= 5 && word.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| word.parse().ok()).flatten()
}

/// Whether a word says what the number before it counts.
pub(super) fn is_unit(word: &str) -> bool {
    [HOURS, MINUTES, DAYS, WEEKS, COUNTED].iter().any(|units| units.contains(&word)) || matches!(word, "am" | "pm")
}
