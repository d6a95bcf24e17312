//! Keeping people safe from each other: blocking, thanks that may be refused, and what is told to staff.

pub mod block;
pub mod report;
pub mod thanks;

use uuid::Uuid;

use super::{
    decision::Refusal,
    hear::{Call, Named},
    ids::{BlockId, PersonId, ThanksId},
    message::{Msg, Value, parse_short_id, short_id},
    words::{Word, clean_name},
};

/// A change to blocks, thanks and reports.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// Somebody wants nothing more from somebody.
    Block(block::Block),
    /// Of these blocks nothing is left.
    Unblock {
        /// Whose.
        person: PersonId,
        /// Which.
        ids: Vec<BlockId>,
    },
    /// Somebody thanked somebody.
    Thank(thanks::Thanks),
    /// Whether the sender's name may be published with it.
    ThanksNamed(ThanksId, bool),
    /// It was published.
    ThanksPublished(ThanksId),
    /// Something told to staff.
    Report(report::Change),
}

/// Whom a name means, as far as the answer may depend on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Who {
    /// Who asks.
    Oneself,
    /// The bot.
    Bot,
    /// Somebody, here or not: these persons of the community, none for a name that nobody has.
    Somebody(Vec<PersonId>),
}

/// What a button carries for something that was received or made: it tells nothing but to whom it was sent.
pub fn token(id: Uuid) -> String {
    format!("~{}", short_id(id))
}

/// The inverse of [`token`].
pub fn read_token(word: &str) -> Option<Uuid> {
    word.strip_prefix('~').and_then(parse_short_id)
}

/// Who is named first, by a mention or a name after an `@`; else the author of the answered message; else the first word.
/// With where the rest begins, in words.
fn named_first(call: &Call) -> Option<(Named, usize)> {
    let first = call.words.first();
    let marked = first.and_then(Named::from_word).map(|named| (named.cleaned(), 1));
    let replied = || call.reply_to.clone().map(|named| (named.cleaned(), 0));
    let bare = || first.map(|word: &Word| (Named::bare(&word.text).cleaned(), 1));
    marked.or_else(replied).or_else(bare).filter(|(named, _)| named.account.is_some() || named.is_bot || !named.typed.is_empty())
}

/// The name that was typed; a message's author may have none.
fn shown_name(name: &str) -> Value {
    let name = clean_name(name);
    if name.is_empty() { Msg::new("safety-that-person").into() } else { name.into() }
}

/// A button of something that is gone, or was never this person's.
fn gone() -> Refusal {
    Msg::new("button-expired").into()
}
