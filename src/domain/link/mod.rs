//! Linking: several accounts of one human become one person, by a code, a yes on both sides, and a day in which to stop it.

pub mod ask;
pub mod confirm;
pub mod effect;
#[cfg(test)]
mod tests;
pub mod undo;

use serde::{Deserialize, Serialize};

use super::{
    command::Command,
    decision::{Audience, Decision},
    event::Platform,
    ids::{AccountId, CommunityId, LinkId, PersonId},
    message::{Button, Content, Msg},
    people::code::Code,
    scope::Person,
    time::Timestamp,
};

/// How long a code can be typed, in minutes.
pub const CODE_MINUTES: i64 = 10;
/// So many wrong tries are had, by an account and for a code.
pub const TRIES_MAX: i64 = 5;
/// So long after the first wrong try an account may try anew, in hours.
pub const TRIES_HOURS: i64 = 1;
/// How long both sides have to agree, in minutes.
pub const ANSWER_MINUTES: i64 = 60;
/// How long anybody can stop a link that both sides agreed to, in hours.
pub const WAIT_HOURS: i64 = 24;
/// The most accounts of one person.
pub const ACCOUNTS_MAX: usize = 5;

/// A link under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// Its id; the accounts that it joins bear it from then on.
    pub id: LinkId,
    /// The account that asked for the code.
    pub asking: AccountId,
    /// The account on which it was typed.
    pub typing: AccountId,
    /// When it was typed.
    pub begun: Timestamp,
    /// The account that asked agreed.
    pub asking_agreed: bool,
    /// The account that typed agreed.
    pub typing_agreed: bool,
    /// When it takes effect, once both agreed.
    pub effect: Option<Timestamp>,
}

/// One account of a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Linked {
    /// Which.
    pub account: AccountId,
    /// On which platform.
    pub platform: Platform,
    /// Since when it is linked; `None` for one that stands alone.
    pub since: Option<Timestamp>,
}

/// One side of a link: an account, and those that it is linked with already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Side {
    /// The account itself.
    pub account: AccountId,
    /// On which platform.
    pub platform: Platform,
    /// All accounts of this person, this one among them.
    pub accounts: Vec<Linked>,
    /// It is a person of some community now.
    pub takes_part: bool,
    /// The bot cannot write to it.
    pub is_closed: bool,
    /// A link of one of its accounts is under way.
    pub is_busy: bool,
}

/// A link under way with both of its sides; `None` for a side that is gone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pending {
    /// The link.
    pub link: Link,
    /// Who asked for the code.
    pub asking: Option<Side>,
    /// Who typed it.
    pub typing: Option<Side>,
}

/// What the store must load for all but the effect.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkView {
    /// The account that acts.
    pub own: Side,
    /// The link of this person that is under way.
    pub pending: Option<Pending>,
    /// Who asked for the code that was typed, where it opens something and may be tried.
    pub opened: Option<Side>,
}

/// A change to the links.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// A code is given out; the one before of the same account opens nothing any more.
    Code {
        /// To which account.
        account: AccountId,
        /// The secret; only keyed hashes of it are kept.
        code: Code,
        /// Until when.
        until: Timestamp,
    },
    /// Something that opened nothing was typed: counts for the account, and for the code that it begins like.
    Tried {
        /// Who typed.
        account: AccountId,
        /// What, where it can be a code.
        code: Option<Code>,
        /// When.
        at: Timestamp,
    },
    /// Others have seen this code: it opens nothing any more.
    Burn(Code),
    /// A code was typed; it is used.
    Begin(Link),
    /// One side agreed.
    Agreed {
        /// To which link.
        link: LinkId,
        /// The side that asked for the code.
        asking: bool,
    },
    /// Both agreed.
    Starts {
        /// Which link.
        link: LinkId,
        /// When it takes effect.
        effect: Timestamp,
    },
    /// A link is no more under way.
    End(LinkId),
    /// Two persons of one community become one.
    Merge(Box<Merge>),
    /// These accounts are one human's from now on.
    Unite {
        /// What they bear in common.
        set: LinkId,
        /// All of them.
        accounts: Vec<AccountId>,
        /// Whom they are, in each community.
        persons: Vec<(CommunityId, PersonId)>,
        /// When.
        at: Timestamp,
    },
    /// An account stands alone from now on, and is nobody any more.
    Split(AccountId),
}

/// Two persons of one community that become one. What moves in the ledger and among bookings was decided before it.
#[derive(Clone, PartialEq, Debug)]
pub struct Merge {
    /// Who stays, as they are from then on.
    pub keep: Person,
    /// When they left, where both had.
    pub left_at: Option<Timestamp>,
    /// Who becomes a part of them.
    pub gone: PersonId,
}

/// What answering one of its questions does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Action {
    /// Yes, these are both mine.
    Agree(LinkId),
    /// No.
    Refuse(LinkId),
    /// This account is to stand alone; asked once more.
    Unlink(AccountId),
    /// This account stands alone.
    Unlinked(AccountId),
}

impl Pending {
    /// The sides that are still there.
    pub fn sides(&self) -> impl Iterator<Item = &Side> {
        self.asking.iter().chain(&self.typing)
    }

    /// The other side than the one that `account` belongs to.
    pub fn beyond(&self, account: AccountId) -> Option<&Side> {
        let is_theirs = |side: &Option<Side>| side.as_ref().is_some_and(|side| side.has(account));
        if is_theirs(&self.asking) { self.typing.as_ref() } else { self.asking.as_ref() }
    }
}

impl Side {
    /// This account is the person's.
    pub fn has(&self, account: AccountId) -> bool {
        self.account == account || self.accounts.iter().any(|linked| linked.account == account)
    }

    /// The other accounts of the same person.
    pub fn others(&self) -> impl Iterator<Item = &Linked> {
        self.accounts.iter().filter(|linked| linked.account != self.account)
    }
}

/// Ends what is under way; for when it is stopped at any time.
fn stop_button() -> Button {
    Button::command(Msg::new("link-button-stop"), Command::Link, "stop")
}

fn settings_button() -> Button {
    Button::command(Msg::new("link-button-settings"), Command::Settings, "")
}

/// Tells every account of both sides but `but` what `content` makes of the platform beyond.
fn tell_all(mut decision: Decision, pending: &Pending, but: Option<AccountId>, content: impl Fn(Platform) -> Content) -> Decision {
    for side in pending.sides() {
        let beyond = pending.beyond(side.account).map_or(side.platform, |other| other.platform);
        for linked in side.accounts.iter().filter(|linked| Some(linked.account) != but) {
            decision = decision.notify(Audience::Account(linked.account), content(beyond));
        }
    }
    decision
}
