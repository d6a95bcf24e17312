//! The most delicate texts: which of them nobody has signed yet, or no more.

use chrono::NaiveDate;

use super::{Texts, catalogue::Catalogue};

/// What the ids of these texts begin with; operators cannot override them.
pub(super) const PREFIX: &str = "care-";

/// A care text that no clinician answers for today.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unsigned {
    /// The message.
    pub id: String,
    /// In which language.
    pub language: String,
    /// The version that waits for a signature.
    pub version: String,
    /// It was signed, until this day.
    pub until: Option<NaiveDate>,
}

impl Texts {
    /// The care texts that nobody has signed, or whose signature has run out by `today`.
    pub fn unsigned(&self, today: NaiveDate) -> Vec<Unsigned> {
        let texts = self.catalogues.iter().flat_map(|catalogue| catalogue.care.iter().map(move |id| (catalogue, id)));
        texts.filter_map(|(catalogue, id)| unsigned(catalogue, id, today)).collect()
    }
}

fn unsigned(catalogue: &Catalogue, id: &str, today: NaiveDate) -> Option<Unsigned> {
    let until = catalogue.plain(&format!("{id}.signed")).and_then(|signed| signed_until(&signed));
    if until.is_some_and(|until| until >= today) {
        return None;
    }
    let version = catalogue.plain(&format!("{id}.version")).unwrap_or_default();
    Some(Unsigned { id: id.to_owned(), language: catalogue.language.clone(), version, until })
}

/// The last day in "Dr A. Martin until 2027-12-01"; anything else is no signature.
fn signed_until(signed: &str) -> Option<NaiveDate> {
    let (name, day) = signed.rsplit_once(" until ")?;
    if name.trim().is_empty() { None } else { day.trim().parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_a_name_and_a_day() {
        let day = "2027-12-01".parse().ok();
        for (signed, expected) in [
            ("no", None),
            ("", None),
            ("yes", None),
            ("until 2027-12-01", None),
            (" until 2027-12-01", None),
            ("Dr A. Martin until soon", None),
            ("Dr A. Martin until 2027-12-01", day),
        ] {
            assert_eq!(signed_until(signed), expected, "{signed}");
        }
    }

    #[test]
    fn every_care_text_waits_for_a_signature_in_every_language() {
        let texts = Texts::embedded();
        let unsigned = texts.unsigned("2026-12-01".parse().unwrap());
        for language in texts.languages() {
            let of: Vec<&Unsigned> = unsigned.iter().filter(|text| text.language == language).collect();
            assert!(of.iter().any(|text| text.id == "care-consent" && text.version == "0.2" && text.until.is_none()), "{language}");
            assert_eq!(of.len(), 16, "{language}");
        }
    }
}
