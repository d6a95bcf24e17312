//! Consent by purpose: what was given, withdrawn or asked, to which version of the text, and when.

use serde::{Deserialize, Serialize};

use super::Change;
use crate::domain::{decision::Context, ids::PersonId, time::Timestamp};

/// The version of the consent text that is asked now; a changed text is asked again.
pub const CONSENT_VERSION: i64 = 2;

/// The version of the consent to check-ins.
pub const CHECKIN_CONSENT_VERSION: i64 = 2;

/// The version of the consent to alerts.
const ALERTS_VERSION: i64 = 1;

/// The version of the consent to figures for partners.
const FIGURES_VERSION: i64 = 1;

/// For what a consent is given; refusing one blocks none of the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// Taking part: alias, bookings, credits.
    Participation,
    /// Check-ins: scores and notes.
    Checkins,
    /// Who asks for somebody on duty is shown to those on duty.
    Alerts,
    /// Counted in totals for partners.
    Figures,
}

impl Purpose {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Participation, Self::Checkins, Self::Alerts, Self::Figures];

    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The purpose of a number that the database kept.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// The version of its text that is asked now.
    pub const fn version(self) -> i64 {
        match self {
            Self::Participation => CONSENT_VERSION,
            Self::Checkins => CHECKIN_CONSENT_VERSION,
            Self::Alerts => ALERTS_VERSION,
            Self::Figures => FIGURES_VERSION,
        }
    }
}

/// What a person did with a text, or what was done with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// The consent is taken back.
    Withdrawn,
    /// The consent is given.
    Given,
    /// A changed text was shown; the person has not answered by that.
    Asked,
}

impl Step {
    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The step of a number that the database kept.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Withdrawn),
            1 => Some(Self::Given),
            2 => Some(Self::Asked),
            _ => None,
        }
    }
}

/// One row of a person's history of consents; none is ever changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// For what.
    pub purpose: Purpose,
    /// What happened.
    pub step: Step,
    /// To which version of the text.
    pub version: i64,
    /// When.
    pub at: Timestamp,
}

/// How a person stands to a purpose now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Never answered.
    Never,
    /// Given, to the text that is asked now.
    Given(Timestamp),
    /// Given, to an older text.
    Outdated(Timestamp),
    /// Taken back.
    Withdrawn(Timestamp),
}

/// A person's consents: the newest of each purpose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Consents {
    newest: [Option<Entry>; Purpose::ALL.len()],
    asked: [Option<i64>; Purpose::ALL.len()],
    rows: i64,
}

impl Consents {
    /// The person agrees to this purpose, by the text as it is now.
    pub fn given(&self, purpose: Purpose) -> bool {
        matches!(self.standing(purpose), Standing::Given(_))
    }

    /// How the person stands to this purpose.
    pub fn standing(&self, purpose: Purpose) -> Standing {
        match self.newest[purpose as usize] {
            None => Standing::Never,
            Some(entry) if entry.step == Step::Withdrawn => Standing::Withdrawn(entry.at),
            Some(entry) if entry.version >= purpose.version() => Standing::Given(entry.at),
            Some(entry) => Standing::Outdated(entry.at),
        }
    }

    /// The text as it is now was shown to the person, who had agreed to an older one.
    pub fn was_asked(&self, purpose: Purpose) -> bool {
        self.asked[purpose as usize].is_some_and(|version| version >= purpose.version())
    }

    /// How many rows the history has.
    pub const fn rows(&self) -> i64 {
        self.rows
    }

    /// One more row, newer than all before.
    pub fn put(&mut self, entry: Entry) {
        self.rows += 1;
        match entry.step {
            Step::Asked => self.asked[entry.purpose as usize] = Some(entry.version),
            Step::Given | Step::Withdrawn => self.newest[entry.purpose as usize] = Some(entry),
        }
    }
}

/// The person gives this consent, to the text as it is now.
pub fn given(person: PersonId, purpose: Purpose, ctx: &Context) -> Change {
    row(person, purpose, Step::Given, ctx)
}

/// The person takes this consent back.
pub fn withdrawn(person: PersonId, purpose: Purpose, ctx: &Context) -> Change {
    row(person, purpose, Step::Withdrawn, ctx)
}

/// The text as it is now is shown to the person, who had agreed to an older one.
pub fn asked(person: PersonId, purpose: Purpose, ctx: &Context) -> Change {
    row(person, purpose, Step::Asked, ctx)
}

fn row(person: PersonId, purpose: Purpose, step: Step, ctx: &Context) -> Change {
    Change::Consent(person, Entry { purpose, step, version: purpose.version(), at: ctx.now })
}

impl FromIterator<Entry> for Consents {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let mut consents = Self::default();
        entries.into_iter().for_each(|entry| consents.put(entry));
        consents
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::NOW;

    fn entry(step: Step, version: i64) -> Entry {
        Entry { purpose: Purpose::Participation, step, version, at: NOW }
    }

    #[test]
    fn the_newest_row_of_a_purpose_counts_and_no_other_purpose_is_touched() {
        use {
            Standing::*,
            Step::{Asked, Given as Gave, Withdrawn as Took},
        };
        for (rows, expected) in [
            (vec![], Never),
            (vec![entry(Gave, CONSENT_VERSION)], Given(NOW)),
            (vec![entry(Gave, CONSENT_VERSION - 1)], Outdated(NOW)),
            (vec![entry(Gave, CONSENT_VERSION - 1), entry(Gave, CONSENT_VERSION)], Given(NOW)),
            (vec![entry(Gave, CONSENT_VERSION), entry(Took, CONSENT_VERSION)], Withdrawn(NOW)),
            (vec![entry(Took, CONSENT_VERSION), entry(Gave, CONSENT_VERSION)], Given(NOW)),
            (vec![entry(Gave, CONSENT_VERSION - 1), entry(Asked, CONSENT_VERSION)], Outdated(NOW)),
        ] {
            let consents: Consents = rows.iter().copied().collect();
            assert_eq!(consents.standing(Purpose::Participation), expected, "{rows:?}");
            assert_eq!(consents.given(Purpose::Participation), matches!(expected, Given(_)));
            assert_eq!(consents.rows(), i64::try_from(rows.len()).unwrap());
            for other in [Purpose::Checkins, Purpose::Alerts, Purpose::Figures] {
                assert_eq!(consents.standing(other), Never);
            }
        }
    }

    #[test]
    fn a_text_is_asked_once_for_each_version() {
        let was_asked = |version| Consents::from_iter([entry(Step::Asked, version)]).was_asked(Purpose::Participation);
        assert!(was_asked(CONSENT_VERSION));
        assert!(!was_asked(CONSENT_VERSION - 1));
        assert!(!Consents::default().was_asked(Purpose::Participation));
    }

    #[test]
    fn codes_are_read_as_they_were_written() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::from_code(purpose.code()), Some(purpose));
        }
        for step in [Step::Withdrawn, Step::Given, Step::Asked] {
            assert_eq!(Step::from_code(step.code()), Some(step));
        }
        assert_eq!((Purpose::from_code(4), Step::from_code(3)), (None, None));
    }
}
