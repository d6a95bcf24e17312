//! Writes the transfers of one decision: ids from the event, numbers counted up.

use super::{Kind, Party, Transfer};
use crate::domain::{
    decision::Context,
    ids::{CommunityId, PersonId, SessionId},
};

/// Writes transfers in one community's ledger, each with the next number.
#[derive(Debug)]
pub struct Pen {
    community: CommunityId,
    next_number: i64,
}

impl Pen {
    /// Begins at the number that the view gave.
    pub fn new(community: CommunityId, next_number: i64) -> Self {
        Self { community, next_number }
    }

    /// The number that the next transfer will bear.
    pub fn next_number(&self) -> i64 {
        self.next_number
    }

    /// A transfer without reason, author or session.
    pub fn transfer(&mut self, ctx: &mut Context, from: Party, to: Party, amount_credits: i64, kind: Kind) -> Transfer {
        let number = self.next_number;
        self.next_number = number.saturating_add(1);
        Transfer {
            id: ctx.ids.make(),
            community: self.community,
            number,
            at: ctx.now,
            from,
            to,
            amount_credits,
            kind,
            reason: None,
            named: None,
            by: None,
            session: None,
            reverses: None,
            category: None,
            reason_kept: false,
        }
    }
}

impl Transfer {
    /// Caused by this person.
    #[must_use]
    pub fn by(self, person: PersonId) -> Self {
        Self { by: Some(person), ..self }
    }

    /// About this session.
    #[must_use]
    pub fn about(self, session: SessionId) -> Self {
        Self { session: Some(session), ..self }
    }

    /// For this reason, if any, sealed under that person's key.
    #[must_use]
    pub fn why(self, reason: Option<&str>, key: PersonId) -> Self {
        Self { reason: reason.map(|text| (text.to_owned(), key)), ..self }
    }

    /// For this, in the community's list.
    #[must_use]
    pub fn for_category(self, category: Option<i64>) -> Self {
        Self { category, ..self }
    }

    /// The reason stays with who wrote it.
    #[must_use]
    pub fn keeping_reason(self, reason_kept: bool) -> Self {
        Self { reason_kept, ..self }
    }

    /// To somebody so named by `giver`, under whose key the name is sealed.
    #[must_use]
    pub fn named(self, typed: &str, giver: PersonId) -> Self {
        Self { named: Some((typed.to_owned(), giver)), ..self }
    }
}
