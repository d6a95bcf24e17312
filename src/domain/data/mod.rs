//! One's own data: a copy of all of it, its erasure, and how long things are kept.

use serde::{Deserialize, Serialize};

use super::{
    ids::{AccountId, CommunityId, PersonId},
    time::Timestamp,
};

pub mod around;
pub mod erase;
pub mod mine;
mod page;
pub mod retention;

use retention::Retention;

/// Copies of the key ring are kept for so many days at most: the operators' rule, and what the erased are told.
pub const RING_COPY_DAYS: i64 = 30;

/// Who was removed without return and is erased does not come back as new for so many days; after them nothing tells who it was.
pub const BAR_KEPT_DAYS: i64 = 365;

/// The last message to somebody erased waits for so long at most for its receiver.
pub const FAREWELL_HOURS: i64 = 24;

/// Of what: one person, or all that an account has in every community.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Whose {
    /// One of the account's persons.
    One(PersonId),
    /// Every person of the account, and the account itself.
    All,
}

/// A change to what is kept of people.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// A person's rows go; what others and the ledger need stays without them. Their key goes after the commit.
    ErasePerson(PersonId),
    /// An account's rows go. Its key goes after the commit.
    EraseAccount {
        /// Which.
        account: AccountId,
        /// The last message goes to the same address under this new account, which is erased in its turn once that has arrived.
        farewell: Option<(AccountId, Timestamp)>,
    },
    /// An account that has long been still was told that it goes.
    Warned {
        /// Which.
        account: AccountId,
        /// When.
        at: Timestamp,
    },
    /// A community keeps things so long.
    Retention(CommunityId, Retention),
    /// A person's scores are kept for so many months; `None` for as long as everybody's.
    KeepScores(PersonId, Option<i64>),
}

/// What answering one of its questions does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Action {
    /// One of several communities was chosen: asks whether to erase.
    AskErase(Whose),
    /// A copy first, then asks again.
    CopyFirst(Whose),
    /// Erases.
    Erase(Whose),
    /// One of several communities was chosen: a copy of that.
    Copy(Whose),
}

impl Whose {
    /// Whether it is about this person.
    pub fn includes(self, person: PersonId) -> bool {
        match self {
            Self::One(one) => one == person,
            Self::All => true,
        }
    }
}
