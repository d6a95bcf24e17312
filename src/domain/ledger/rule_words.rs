//! The words of `/settings credits`: which rule is meant, and what is said of each.

use crate::domain::{
    command::Command,
    message::Msg,
    session::SessionKind,
    words::{Word, fold},
};

/// A rule that a community may set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// The lowest balance of a person.
    Floor,
    /// What credits are called.
    Unit,
    /// What a seat usually costs.
    Price,
    /// What a host usually gets on top.
    Reward,
    /// What a late cancellation or an absence costs.
    Late,
    /// Whether a first visit costs nothing.
    First,
    /// Where rewards come from.
    Source,
}

impl Rule {
    /// In the order in which they are shown.
    pub const ALL: [Self; 7] = [Self::Floor, Self::Unit, Self::Price, Self::Reward, Self::Late, Self::First, Self::Source];

    /// The rule that a word means, in either language.
    pub fn read(word: &Word) -> Option<Self> {
        Some(match fold(&word.text).as_str() {
            "plancher" | "floor" => Self::Floor,
            "unite" | "unit" | "nom" | "name" => Self::Unit,
            "prix" | "price" => Self::Price,
            "recompense" | "reward" => Self::Reward,
            "retard" | "retards" | "late" | "absence" => Self::Late,
            "essai" | "premiere" | "trial" | "first" => Self::First,
            "source" => Self::Source,
            _ => return None,
        })
    }

    /// The word that buttons carry.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Floor => "plancher",
            Self::Unit => "unite",
            Self::Price => "prix",
            Self::Reward => "recompense",
            Self::Late => "retard",
            Self::First => "essai",
            Self::Source => "source",
        }
    }

    /// On its button.
    pub fn label(self) -> Msg {
        match self {
            Self::Floor => Msg::new("rules-button-floor"),
            Self::Unit => Msg::new("rules-button-unit"),
            Self::Price => Msg::new("rules-button-usual-price"),
            Self::Reward => Msg::new("rules-button-usual-reward"),
            Self::Late => Msg::new("rules-button-late"),
            Self::First => Msg::new("rules-button-first"),
            Self::Source => Msg::new("rules-button-source"),
        }
    }

    /// What it means.
    pub fn explained(self) -> Msg {
        match self {
            Self::Floor => Msg::new("rules-floor-explained"),
            Self::Unit => Msg::new("rules-unit-explained"),
            Self::Price => Msg::new("rules-price-explained"),
            Self::Reward => Msg::new("rules-reward-explained"),
            Self::Late => Msg::new("rules-late-explained"),
            Self::First => Msg::new("rules-first-explained"),
            Self::Source => Msg::new("rules-source-explained"),
        }
    }

    /// How it is written.
    pub fn form(self) -> Msg {
        match self {
            Self::Floor => Msg::new("rules-floor-form").with("settings", Command::Settings),
            Self::Unit => Msg::new("rules-unit-form").with("settings", Command::Settings),
            Self::Price => Msg::new("rules-price-form").with("settings", Command::Settings),
            Self::Reward => Msg::new("rules-reward-form").with("settings", Command::Settings),
            Self::Late => Msg::new("rules-late-form").with("settings", Command::Settings),
            Self::First => Msg::new("rules-first-form").with("settings", Command::Settings),
            Self::Source => Msg::new("rules-source-form").with("settings", Command::Settings),
        }
    }

    /// From when a new value counts.
    pub fn from_when(self) -> Msg {
        match self {
            Self::Floor => Msg::new("rules-from-floor"),
            Self::Unit => Msg::new("rules-from-unit"),
            Self::Price | Self::Reward => Msg::new("rules-from-proposed"),
            Self::Late | Self::First => Msg::new("rules-from-booked"),
            Self::Source => Msg::new("rules-from-marked"),
        }
    }
}

/// The kind of session that a word means.
pub(super) fn read_kind(word: &Word) -> Option<SessionKind> {
    Some(match fold(&word.text).as_str() {
        "cercle" | "cercles" | "circle" | "circles" => SessionKind::Circle,
        "ecoute" | "ecoutes" | "listening" => SessionKind::Listening,
        "atelier" | "ateliers" | "workshop" | "workshops" => SessionKind::Workshop,
        "formation" | "formations" | "training" | "trainings" => SessionKind::Training,
        _ => return None,
    })
}
