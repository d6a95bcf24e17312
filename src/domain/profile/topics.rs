//! The topics that a group names: the usual ones, or those that its coordinators wrote.

use serde::{Deserialize, Serialize};

use super::key;
use crate::domain::{
    message::{Msg, Value},
    words::clean_name,
};

/// The most topics of a group: they must fit under one message as buttons.
pub const TOPICS_MAX: usize = 20;

/// A topic that every group knows, in the reader's language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Usual {
    /// Being alone.
    Loneliness,
    /// Having lost somebody.
    Grief,
    /// Parents, children, brothers, sisters.
    Family,
    /// The end of a couple.
    Separation,
    /// Work, or none.
    Work,
    /// Alcohol, drugs, gambling, screens.
    Addiction,
    /// An illness or a disability, one's own or another's.
    Illness,
    /// Stress, fear, nights without sleep.
    Stress,
    /// Having left one's country; papers.
    Exile,
    /// Debts, housing, making ends meet.
    Money,
}

/// A topic.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// One that every group knows.
    Usual(Usual),
    /// One that coordinators wrote, cleaned.
    Own(String),
}

impl Usual {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Loneliness,
        Self::Grief,
        Self::Family,
        Self::Separation,
        Self::Work,
        Self::Addiction,
        Self::Illness,
        Self::Stress,
        Self::Exile,
        Self::Money,
    ];

    /// The words that mean it, folded; the first is French, the second English.
    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Loneliness => &["solitude", "loneliness", "isolement", "lonely", "isolation"],
            Self::Grief => &["deuil", "grief", "deuils", "bereavement", "loss"],
            Self::Family => &["famille", "family", "familles", "parentalite", "parents", "parenting"],
            Self::Separation => &["separation", "separation", "divorce", "rupture", "break up"],
            Self::Work => &["travail", "work", "emploi", "chomage", "job", "unemployment"],
            Self::Addiction => &["addiction", "addiction", "addictions", "dependance", "dependances"],
            Self::Illness => &["maladie", "illness", "maladies", "handicap", "disability", "sickness"],
            Self::Stress => &["stress", "stress", "anxiete", "anxiety", "angoisse", "angoisses", "insomnie"],
            Self::Exile => &["exil", "exile", "papiers", "migration", "papers"],
            Self::Money => &["argent", "money", "dettes", "logement", "debts", "housing"],
        }
    }
}

impl Topic {
    /// The topic that somebody wrote, among `list` or the usual ones.
    pub fn read(typed: &str, list: &[Self]) -> Option<Self> {
        let typed = key(typed);
        list.iter().find(|topic| topic.is_called(&typed)).cloned()
    }

    /// Whether a folded text means it.
    fn is_called(&self, typed: &str) -> bool {
        match self {
            Self::Usual(usual) => usual.words().contains(&typed),
            Self::Own(name) => key(name) == typed,
        }
    }

    /// The words that mean it, folded: of a usual one the French and the English word first.
    pub(super) fn words(&self) -> Vec<String> {
        match self {
            Self::Usual(usual) => usual.words().iter().map(|word| (*word).to_owned()).collect(),
            Self::Own(name) => vec![key(name)],
        }
    }

    /// What it is called, for the reader.
    pub fn msg(&self) -> Msg {
        match self {
            Self::Usual(Usual::Loneliness) => Msg::new("profile-topic-loneliness"),
            Self::Usual(Usual::Grief) => Msg::new("profile-topic-grief"),
            Self::Usual(Usual::Family) => Msg::new("profile-topic-family"),
            Self::Usual(Usual::Separation) => Msg::new("profile-topic-separation"),
            Self::Usual(Usual::Work) => Msg::new("profile-topic-work"),
            Self::Usual(Usual::Addiction) => Msg::new("profile-topic-addiction"),
            Self::Usual(Usual::Illness) => Msg::new("profile-topic-illness"),
            Self::Usual(Usual::Stress) => Msg::new("profile-topic-stress"),
            Self::Usual(Usual::Exile) => Msg::new("profile-topic-exile"),
            Self::Usual(Usual::Money) => Msg::new("profile-topic-money"),
            Self::Own(name) => Msg::new("profile-topic-own").with("text", Value::Text(name.clone())),
        }
    }
}

/// The topics of a group whose coordinators wrote none.
pub fn usual() -> Vec<Topic> {
    Usual::ALL.into_iter().map(Topic::Usual).collect()
}

/// The list that a coordinator wrote, one after each comma or on each line; a usual topic is known as such. `Err`: how many too many.
pub fn read_list(typed: &str) -> Result<Vec<Topic>, usize> {
    let usual = usual();
    let mut list: Vec<Topic> = Vec::new();
    for part in typed.split([',', ';', '\n', '،', '、']) {
        let name = clean_name(part);
        let topic = match key(&name) {
            empty if empty.is_empty() => continue,
            _ => Topic::read(&name, &usual).unwrap_or(Topic::Own(name)),
        };
        if !list.iter().any(|known| known.words().first() == topic.words().first()) {
            list.push(topic);
        }
    }
    if list.len() > TOPICS_MAX { Err(list.len() - TOPICS_MAX) } else { Ok(list) }
}

/// A list as it would be typed, for who goes back to it.
pub fn typed(list: &[Topic]) -> String {
    let word = |topic: &Topic| match topic {
        Topic::Usual(usual) => usual.words()[0].to_owned(),
        Topic::Own(name) => name.clone(),
    };
    list.iter().map(word).collect::<Vec<_>>().join(", ")
}
