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
    /// How many gifts one may make in a day.
    Gifts,
    /// What one keeps when giving.
    Reserve,
    /// What one may receive in gifts in a month.
    Received,
    /// What one may earn by hosting in a month.
    Hosting,
    /// What credits are for.
    Categories,
    /// What a gift may be for, in the community's words.
    Reasons,
}

impl Rule {
    /// In the order in which they are shown.
    pub const ALL: [Self; 13] = [
        Self::Floor,
        Self::Unit,
        Self::Price,
        Self::Reward,
        Self::Late,
        Self::First,
        Self::Source,
        Self::Gifts,
        Self::Reserve,
        Self::Received,
        Self::Hosting,
        Self::Categories,
        Self::Reasons,
    ];

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
            "dons" | "gifts" => Self::Gifts,
            "reserve" => Self::Reserve,
            "recus" | "recu" | "received" => Self::Received,
            "animation" | "hosting" => Self::Hosting,
            "categories" | "categorie" | "category" => Self::Categories,
            "motifs" | "motif" | "reasons" | "reason" => Self::Reasons,
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
            Self::Gifts => "dons",
            Self::Reserve => "reserve",
            Self::Received => "recus",
            Self::Hosting => "animation",
            Self::Categories => "categories",
            Self::Reasons => "motifs",
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
            Self::Gifts => Msg::new("rules-button-gifts"),
            Self::Reserve => Msg::new("rules-button-reserve"),
            Self::Received => Msg::new("rules-button-received"),
            Self::Hosting => Msg::new("rules-button-hosting"),
            Self::Categories => Msg::new("rules-button-categories"),
            Self::Reasons => Msg::new("rules-button-reasons"),
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
            Self::Gifts => Msg::new("rules-gifts-explained"),
            Self::Reserve => Msg::new("rules-reserve-explained"),
            Self::Received => Msg::new("rules-received-explained"),
            Self::Hosting => Msg::new("rules-hosting-explained"),
            Self::Categories => Msg::new("rules-categories-explained"),
            Self::Reasons => Msg::new("rules-reasons-explained").with("settings", Command::Settings),
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
            Self::Gifts => Msg::new("rules-gifts-form").with("settings", Command::Settings),
            Self::Reserve => Msg::new("rules-reserve-form").with("settings", Command::Settings),
            Self::Received => Msg::new("rules-received-form").with("settings", Command::Settings),
            Self::Hosting => Msg::new("rules-hosting-form").with("settings", Command::Settings),
            Self::Categories => Msg::new("rules-categories-form").with("settings", Command::Settings),
            Self::Reasons => Msg::new("rules-reasons-form").with("settings", Command::Settings),
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
            Self::Gifts | Self::Reserve | Self::Received | Self::Categories | Self::Reasons => Msg::new("rules-from-given"),
            Self::Hosting => Msg::new("rules-from-earned"),
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
