//! What a peer supporter offers: how they stand beside somebody, which languages they speak, which topics they are at ease with.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{message::Msg, scope::Person, words::fold};

pub mod edit;
pub mod offer;
mod reading;
pub mod spoken;
#[cfg(test)]
mod tests;
pub mod topics;

pub use self::{
    spoken::Spoken,
    topics::{Topic, Usual},
};

/// How a supporter stands beside somebody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Shares what they have been through themself.
    Mentor,
    /// Listens, without judging or advising.
    Listener,
    /// Goes along with steps to take, and helps rights to be heard.
    Advocate,
}

/// A supporter's profile, sealed under their key. Empty until they fill it in; kept, and of no use, while they are no supporter.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Profile {
    /// How they stand beside somebody.
    pub stances: BTreeSet<Stance>,
    /// What they speak.
    pub languages: BTreeSet<Spoken>,
    /// What they are at ease with; perhaps topics that a group has no more, see [`Profile::topics_in`].
    pub topics: BTreeSet<Topic>,
}

impl Stance {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Mentor, Self::Listener, Self::Advocate];

    /// The words that mean it, folded; the first is French, the second English.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Mentor => &["mentor", "mentor", "mentore", "mentorat", "mentors", "mentoring"],
            Self::Listener => &["ecoutant", "listener", "ecoutante", "ecoute", "auditeur", "auditrice", "listening"],
            Self::Advocate => &["defenseur", "advocate", "defenseure", "defenseuse", "defense", "advocacy"],
        }
    }

    /// What it is called.
    pub const fn msg(self) -> Msg {
        match self {
            Self::Mentor => Msg::new("profile-stance-mentor"),
            Self::Listener => Msg::new("profile-stance-listener"),
            Self::Advocate => Msg::new("profile-stance-advocate"),
        }
    }
}

impl Profile {
    /// Nothing is filled in.
    pub fn is_empty(&self) -> bool {
        self.stances.is_empty() && self.languages.is_empty() && self.topics.is_empty()
    }

    /// Those of the topics that `list` has now.
    pub fn topics_in<'a>(&'a self, list: &'a [Topic]) -> impl Iterator<Item = &'a Topic> {
        list.iter().filter(|topic| self.topics.contains(*topic))
    }
}

/// Whom one may propose to somebody who asks for a supporter.
pub fn may_be_proposed(person: &Person, group: super::ids::GroupId) -> bool {
    person.role_in(group) >= Some(super::scope::Role::Supporter) && !person.profile.is_empty()
}

/// The form in which two topics, or two words for something, are the same.
pub(crate) fn key(text: &str) -> String {
    let spaced: String = fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
