//! Credits: double-entry transfers between ledger accounts, and the rules of who may move them.

pub mod balance;
pub mod book;
pub mod category;
pub mod chain;
pub mod figures;
pub mod fund;
pub mod funds;
pub mod give;
pub mod held;
pub mod issue;
pub mod journal;
pub mod merge;
pub mod month;
mod pen;
mod reading;
pub mod reasons;
mod received;
mod refusals;
pub mod reverse;
mod rule_limits;
pub mod rule_settings;
pub mod rule_words;
pub mod rules;
pub mod statement;
mod statement_csv;
mod statement_lines;
pub mod undo;
pub mod waiting;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::{
    ids::{CommunityId, GiftId, LedgerAccountId, PersonId, SessionId, TransferId},
    time::Timestamp,
};

pub use self::{
    balance::{CreditsView, NextBooking, credits, free_credits},
    fund::{FundView, draw},
    funds::{FundArgs, FundsView, MonthUse, funds, parse_fund},
    give::{GiveArgs, GiveView, give, parse_give},
    held::{HeldArgs, HeldGift, HeldView, held, parse_held},
    issue::{Attended, IssueArgs, IssueView, Receivers, answer, issue, parse_issue},
    month::{MonthView, month},
    pen::Pen,
    refusals::here,
    reverse::{ReverseArgs, ReverseView, parse_reverse, reverse},
    statement::{StatementArgs, StatementView, parse_statement, statement},
    statement_csv::statement_csv,
    undo::{parse_undo, undo},
    waiting::{ArrivalView, WaitingGift, WaitingView, on_arrival, on_wake},
};

/// The smallest and the largest amount of one transfer, in credits.
pub const AMOUNT_MIN: i64 = 1;
/// See [`AMOUNT_MIN`].
pub const AMOUNT_MAX: i64 = 10_000;

/// The longest reason that is kept, in characters.
pub const REASON_CHARS_MAX: usize = 300;

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

impl Kind {
    /// The number that the database keeps and the chain hashes; never changes its meaning.
    pub const fn code(self) -> i64 {
        match self {
            Self::Issue => 0,
            Self::Grant => 1,
            Self::Gift => 2,
            Self::GiftReturn => 3,
            Self::Booking => 4,
            Self::Refund => 5,
            Self::Attendance => 6,
            Self::Late => 7,
            Self::Reversal => 8,
            Self::Closing => 9,
        }
    }

    /// The kind of a number that the database kept.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Issue),
            1 => Some(Self::Grant),
            2 => Some(Self::Gift),
            3 => Some(Self::GiftReturn),
            4 => Some(Self::Booking),
            5 => Some(Self::Refund),
            6 => Some(Self::Attendance),
            7 => Some(Self::Late),
            8 => Some(Self::Reversal),
            9 => Some(Self::Closing),
            _ => None,
        }
    }
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
    /// Whom, as the giver typed it, and under whose key that is sealed: the giver's statement shows no other name.
    pub named: Option<(String, PersonId)>,
    /// Who caused it, where it was a person.
    pub by: Option<PersonId>,
    /// About which session.
    pub session: Option<SessionId>,
    /// Which transfer it opposes.
    pub reverses: Option<TransferId>,
    /// What it is for, in the community's list.
    pub category: Option<i64>,
    /// The reason is for who wrote it alone: the receiver takes no free text.
    pub reason_kept: bool,
}

/// A change to the ledger.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// Credits move.
    Transfer(Transfer),
    /// What was just moved to [`Party::WaitingGifts`] waits for somebody.
    GiftWaits(WaitingGift),
    /// It waits no more: paid or returned.
    GiftEnds(GiftId),
    /// It waits on, until a coordinator decides whether this person gets it; `None`: decided against, it goes back at its time.
    GiftHeld(GiftId, Option<PersonId>),
    /// A fund may be issued so much in all; `None` lifts the limit.
    Budget {
        /// In whose ledger.
        community: CommunityId,
        /// The fund's folded name.
        fund: String,
        /// In all, since the beginning.
        budget_credits: Option<i64>,
        /// Nothing is taken from it any more.
        is_closed: bool,
    },
}

/// What answering one of its questions does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Action {
    /// Issues after all; asked again where the count is no more the one that was confirmed.
    Issue {
        /// What was typed.
        args: IssueArgs,
        /// How many people the question said.
        count: i64,
    },
    /// Gives, with what was chosen.
    Give {
        /// What was typed and chosen.
        args: Box<GiveArgs>,
    },
}

/// Whom a typed name means here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Target {
    /// No person of this community; gets the same answers as one.
    #[default]
    Nobody,
    /// Who asks.
    Oneself,
    /// The bot.
    Bot,
    /// A present person of this community.
    Person(TargetPerson),
}

/// A present person of this community.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TargetPerson {
    /// Who.
    pub id: PersonId,
    /// Their ledger account.
    pub ledger: LedgerAccountId,
}
