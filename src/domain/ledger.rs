//! Credits: double-entry transfers between ledger accounts, and the rules of who may move them.

use serde::{Deserialize, Serialize};

use super::{
    ids::{CommunityId, LedgerAccountId, PersonId, SessionId, TransferId},
    time::Timestamp,
};

/// The smallest and the largest amount of one transfer, in credits.
pub const AMOUNT_MIN: i64 = 1;
/// See [`AMOUNT_MIN`].
pub const AMOUNT_MAX: i64 = 10_000;

/// The fund that `/issue` draws on unless it names another.
pub const GENERAL_FUND: &str = "general";
/// The fund that pays where a balance is short.
pub const SOLIDARITY_FUND: &str = "solidarity";

/// One side of a transfer.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Party {
    /// Where credits come from; the only account that may go below zero.
    Issuance,
    /// A named fund.
    Fund(String),
    /// A person's account.
    Person(LedgerAccountId),
    /// What is set aside for a session.
    Escrow(SessionId),
    /// What waits for somebody whom the bot does not know yet.
    WaitingGifts,
    /// Where the accounts of the gone end.
    Closed,
}

/// Why credits moved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Issuance to a fund.
    Issue,
    /// A fund to a person, by a coordinator.
    Grant,
    /// A person to a person, or to who is not known yet.
    Gift,
    /// A waiting gift that came back.
    GiftReturn,
    /// A price set aside.
    Booking,
    /// A price given back.
    Refund,
    /// A price, and a reward on top, to a host.
    Attendance,
    /// What a late cancellation or an absence costs.
    Late,
    /// Opposes an earlier transfer.
    Reversal,
    /// The balance of an account that closes.
    Closing,
}

/// One movement of credits. Its id derives from the event, so that the same event never pays twice.
#[derive(Clone, PartialEq, Debug)]
pub struct Transfer {
    /// From [`super::decision::Context::ids`].
    pub id: TransferId,
    /// In whose ledger.
    pub community: CommunityId,
    /// What people call it by; counts up from 1 in each community.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// Who loses.
    pub from: Party,
    /// Who gains.
    pub to: Party,
    /// Positive, at most [`AMOUNT_MAX`].
    pub amount_credits: i64,
    /// Why, for the program.
    pub kind: Kind,
    /// Why, in somebody's words, and under whose key they are sealed.
    pub reason: Option<(String, PersonId)>,
    /// Who caused it, where it was a person.
    pub by: Option<PersonId>,
    /// About which session.
    pub session: Option<SessionId>,
    /// Which transfer it opposes.
    pub reverses: Option<TransferId>,
}

/// A change to the ledger.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// Credits move.
    Transfer(Transfer),
}

/// What answering one of its questions does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Action {}
