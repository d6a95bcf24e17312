//! Ready-made prompts: the round that opens a session, and the one that closes it. Their words are in the catalogues.

use crate::domain::{message::Msg, words::fold};

/// Which.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ready {
    /// The room is looked at, and everybody arrives.
    Opening,
    /// Everybody leaves.
    Closing,
}

impl Ready {
    /// What stands for it where a text is kept: the words come from the catalogues, in the reader's language.
    pub const fn kept(self) -> &'static str {
        match self {
            Self::Opening => ":opening:",
            Self::Closing => ":closing:",
        }
    }

    /// The one that a text stands for.
    pub fn of(text: &str) -> Option<Self> {
        [Self::Opening, Self::Closing].into_iter().find(|ready| ready.kept() == text)
    }

    /// The one that is asked for by its name, and nothing else.
    pub fn named(text: &str) -> Option<Self> {
        match fold(text.trim()).as_str() {
            "ouverture" | "tour d'ouverture" | "tour d’ouverture" | "opening" | "opening round" => Some(Self::Opening),
            "cloture" | "tour de cloture" | "closing" | "closing round" => Some(Self::Closing),
            _ => None,
        }
    }

    /// Its words.
    pub fn words(self) -> Msg {
        match self {
            Self::Opening => Msg::new("prompt-ready-opening"),
            Self::Closing => Msg::new("prompt-ready-closing"),
        }
    }
}
