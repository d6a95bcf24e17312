//! What follows a session: what people say of it, how it was for its host, and who may hold it in their place.

pub mod args;
pub mod debrief;
pub mod feedback;
pub mod hand;
pub mod hold;

use serde::{Deserialize, Serialize};

use super::SessionRef;
use crate::domain::{
    ids::{PersonId, SessionId},
    time::Timestamp,
};

pub use self::{
    args::Args,
    debrief::Weight,
    feedback::{Answer, Answered},
    hand::HandOver,
};

/// A change to what follows a session.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// Somebody who came says how it was; what they said before is replaced.
    Answer(SessionId, PersonId, Answer),
    /// So many of those who said something counted when that was closed.
    Closed(SessionId, i64),
    /// How it was for the host.
    Debrief(SessionId, PersonId, Weight),
    /// The person rests until then; `None`: no more.
    Rest(PersonId, Option<Timestamp>),
    /// Somebody is asked to hold a session; who was asked before is asked no more.
    Ask(HandOver),
    /// Nobody is asked any more.
    EndAsk(SessionId),
}

/// What answering one of its questions does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Action {
    /// The host says how it was.
    Weigh(SessionId, Weight),
    /// The host wants no rest.
    NoRest(SessionId),
    /// Asks this person to hold the session.
    Give(SessionId, PersonId),
}

impl Action {
    /// About which session: what the view must hold.
    pub const fn session(&self) -> SessionRef {
        match self {
            Self::Weigh(id, _) | Self::NoRest(id) | Self::Give(id, _) => SessionRef::Id(*id),
        }
    }
}
