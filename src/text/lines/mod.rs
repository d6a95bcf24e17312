//! The crisis lines of each country, from `config/crisis-lines.toml`.

mod words;

pub(super) use words::everywhere;

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

/// The file, embedded.
const SOURCE: &str = include_str!("../../../config/crisis-lines.toml");

/// The file as it was read. A test holds it readable; were it not, everybody would still be told 112.
static BOOK: LazyLock<Book> = LazyLock::new(|| {
    read().unwrap_or_else(|error| {
        tracing::error!(%error, "the crisis lines cannot be read");
        Book { version: String::new(), signed: false, countries: Vec::new() }
    })
});

/// All lines, and whether somebody answers for them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// Counts up when lines change.
    pub version: String,
    /// Every number was called, or read on the line's own site.
    pub signed: bool,
    /// In the order in which they are shown.
    #[serde(rename = "country")]
    pub countries: Vec<Country>,
}

/// The lines of one country or region.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166, perhaps with a region.
    pub code: String,
    /// Other codes that have the same lines.
    #[serde(default)]
    pub also: Vec<String>,
    /// In the order in which they are given.
    #[serde(default, rename = "line")]
    pub lines: Vec<Line>,
}

/// One number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// As it is dialled there.
    pub number: String,
    /// For what.
    pub kind: Kind,
    /// How it can be reached: `care-line-how-…` of the catalogues; `None` where it is not known.
    pub how: Option<String>,
    /// What is spoken there.
    pub languages: Vec<String>,
    /// Where the number was read.
    pub source: String,
    /// When it was read.
    pub checked: NaiveDate,
    /// When it must be read again.
    pub expires: NaiveDate,
    /// The source is recent and leaves no doubt.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

/// What a line is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Suicide and despair.
    Crisis,
    /// Life in danger.
    Danger,
    /// Life in danger, by SMS, for who cannot speak.
    Text,
    /// Violence at home.
    Violence,
    /// A child in danger.
    Child,
    /// Police.
    Police,
    /// Young people.
    Youth,
    /// Listening.
    Listening,
    /// Crisis, in Québec.
    Quebec,
}

/// Why a coordinator should look at a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stale {
    /// Whose.
    pub country: &'static str,
    /// Which.
    pub number: &'static str,
    /// When it should have been read again, or must be.
    pub expires: NaiveDate,
    /// The day has passed; otherwise the line was never confirmed.
    pub expired: bool,
}

/// All lines of all countries.
pub fn all() -> &'static Book {
    &BOOK
}

/// The lines of a country: its own, or those of the country that its region belongs to where the region has none of its own.
pub fn of(code: &str) -> Option<&'static Country> {
    let code = code.trim();
    let known = |code: &str| BOOK.countries.iter().find(|country| country.is(code));
    known(code).or_else(|| known(code.split_once('-')?.0))
}

/// The lines whose day has passed on `today`, and those that were never confirmed.
pub fn stale(today: NaiveDate) -> Vec<Stale> {
    let lines = BOOK.countries.iter().flat_map(|country| country.lines.iter().map(move |line| (country, line)));
    lines
        .filter(|(_, line)| line.expires < today || !line.confirmed)
        .map(|(country, line)| Stale { country: &country.code, number: &line.number, expires: line.expires, expired: line.expires < today })
        .collect()
}

impl Country {
    fn is(&self, code: &str) -> bool {
        std::iter::once(&self.code).chain(&self.also).any(|known| known.eq_ignore_ascii_case(code))
    }

    /// The lines of one kind.
    pub fn kind(&self, kind: Kind) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.kind == kind)
    }
}

fn read() -> Result<Book, toml::de::Error> {
    toml::from_str(SOURCE)
}

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_file_can_be_read_and_is_complete() {
        let book = read().unwrap();
        for country in &book.countries {
            assert!(country.kind(Kind::Danger).count() <= 2, "{}", country.code);
            for line in &country.lines {
                let here = format!("{} {}", country.code, line.number);
                assert!(line.number.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-'), "{here}");
                assert!(!line.source.is_empty() && !line.languages.is_empty(), "{here}");
                assert!(line.checked < line.expires, "{here}");
            }
        }
    }

    #[test]
    fn no_code_stands_twice() {
        let mut codes: Vec<&String> = BOOK.countries.iter().flat_map(|c| std::iter::once(&c.code).chain(&c.also)).collect();
        let count = codes.len();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }

    #[test]
    fn countries_are_found_by_code_and_never_borrow_what_is_not_confirmed() {
        for (code, expected) in [
            ("FR", Some("FR")),
            ("fr", Some("FR")),
            ("FR-75", Some("FR")),
            ("RE", Some("FR")),
            ("FR-NC", Some("FR-NC")),
            ("NC", Some("FR-NC")),
            ("FR-WF", Some("FR-WF")),
            ("CA-QC", Some("CA-QC")),
            ("CA-ON", Some("CA")),
            ("DE", Some("EU")),
            ("SN", Some("SN")),
            ("JP", None),
            ("", None),
        ] {
            assert_eq!(of(code).map(|c| c.code.as_str()), expected, "{code}");
        }
        for code in ["FR-NC", "FR-PF", "FR-WF", "FR-PM"] {
            assert!(of(code).unwrap().lines.iter().all(|line| line.number != "3114"), "{code}");
        }
    }

    #[test]
    fn lines_grow_stale() {
        let now = stale(day("2026-12-01"));
        assert!(now.iter().all(|line| !line.expired));
        assert!(now.iter().any(|line| line.country == "CM" && line.number == "1511"));
        assert!(!now.iter().any(|line| line.country == "FR" && line.number == "3114"));
        let later = stale(day("2027-06-01"));
        assert!(later.iter().any(|line| line.country == "FR" && line.number == "3114" && line.expired));
        assert!(!all().signed, "a person signs, not a commit of the program");
    }
}
