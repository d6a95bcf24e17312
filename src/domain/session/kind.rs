//! The kinds of sessions, and what each has: seats, a price, a card in the group.

use serde::{Deserialize, Serialize};

/// What kind of session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SessionKind {
    /// People sit together.
    Circle,
    /// One to one; never shown in a group.
    Listening,
    /// Something is made or learnt together.
    Workshop,
    /// For those who support others.
    Training,
    /// One comes as one likes: no seats, no price, nobody is marked.
    Informal,
}

impl SessionKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Circle, Self::Listening, Self::Workshop, Self::Training, Self::Informal];

    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        match self {
            Self::Circle => 0,
            Self::Listening => 1,
            Self::Workshop => 2,
            Self::Training => 3,
            Self::Informal => 4,
        }
    }

    /// The kind of a number that the database kept.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Circle),
            1 => Some(Self::Listening),
            2 => Some(Self::Workshop),
            3 => Some(Self::Training),
            4 => Some(Self::Informal),
            _ => None,
        }
    }

    /// Its seats are counted, may cost something, and who came is marked.
    pub const fn has_seats(self) -> bool {
        !matches!(self, Self::Informal)
    }
}
