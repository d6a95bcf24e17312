//! What events leave to be done after the commit.

use crate::{
    domain::{event::AccountAddress, ids::PersonId},
    store::outbox::{Ready, Receiver},
};

use super::acts::Instant;

/// What an event leaves to be done after the commit.
#[derive(Debug, Default)]
pub struct Outgoing {
    /// Stored deliveries.
    pub owed: Vec<Ready>,
    /// Acknowledgements of presses, which nobody stores.
    pub instant: Vec<Instant>,
    /// Who is gone: what is queued for them is sent no more.
    pub withdrawn: Vec<PersonId>,
    /// Direct rooms to which the crisis lines go from memory, because nothing can be committed.
    pub from_memory: Vec<AccountAddress>,
}

impl Outgoing {
    /// Adds what another event left.
    pub fn extend(&mut self, other: Outgoing) {
        for person in other.withdrawn {
            self.withdraw(person);
        }
        self.owed.extend(other.owed);
        self.instant.extend(other.instant);
        self.from_memory.extend(other.from_memory);
    }

    /// Nothing of what was to be sent so far goes to this person any more.
    pub(super) fn withdraw(&mut self, person: PersonId) {
        self.owed.retain(|ready| ready.owed.to != Receiver::Person(person));
        self.withdrawn.push(person);
    }
}
