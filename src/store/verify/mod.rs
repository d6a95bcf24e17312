//! What `entraide verify` finds out: the chain's head, and a list of everything that is off.

mod bookings;
mod ledger;
mod limits;
mod unique;

use std::fmt;

use uuid::Uuid;

use super::{StoreError, sql::Reader};
use crate::{
    binds,
    domain::ledger::{book::BookFault, chain::ChainHash},
};

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// The head of the chain of each community that ever moved a credit.
    pub heads: Vec<ChainHead>,
    /// What is off; empty in a sound database.
    pub faults: Vec<Fault>,
}

/// The end of a community's chain: noted outside, it shows later that nothing before it was changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChainHead {
    /// Whose.
    pub community: Uuid,
    /// The number of the newest transfer.
    pub number: i64,
    /// Its hash.
    pub hash: ChainHash,
}

/// Something that is off. Names nobody: ids of accounts are opaque.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// The file itself.
    #[error("the database file: {0}")]
    File(String),
    /// A gap in the numbers, or one twice.
    #[error("community {community}: transfer {expected} should come next, and {found} is there")]
    Number {
        /// Whose ledger.
        community: Uuid,
        /// The number after the one before.
        expected: i64,
        /// The number that stands there.
        found: i64,
    },
    /// A transfer does not follow the one before it, or was changed.
    #[error("community {community}: the chain is broken at transfer {number}")]
    Chain {
        /// Whose ledger.
        community: Uuid,
        /// Where.
        number: i64,
    },
    /// The noted head is not the newest transfer.
    #[error("community {0}: the noted head of the chain is not its newest transfer")]
    Head(Uuid),
    /// A transfer that no sound ledger holds.
    #[error("community {community}, transfer {number}: {fault}")]
    Transfer {
        /// Whose ledger.
        community: Uuid,
        /// Which.
        number: i64,
        /// Why.
        fault: BookFault,
    },
    /// The accounts of a transfer do not fit its kind, or a correction does not oppose what it names.
    #[error("community {community}, transfer {number}: its accounts do not fit what it is")]
    Unfit {
        /// Whose ledger.
        community: Uuid,
        /// Which.
        number: i64,
    },
    /// A stored balance is not what the transfers add up to.
    #[error("account {account}: holds {stored}, and its transfers add up to {computed}")]
    Balance {
        /// Which.
        account: Uuid,
        /// As stored.
        stored: i64,
        /// As recomputed.
        computed: i64,
    },
    /// The sum of all balances.
    #[error("community {community}: all balances add up to {sum} instead of 0")]
    Sum {
        /// Whose ledger.
        community: Uuid,
        /// What they add up to.
        sum: i128,
    },
    /// A balance beyond what this kind of account may hold.
    #[error("account {account}: its balance of {balance} is below {least}")]
    BelowFloor {
        /// Which.
        account: Uuid,
        /// As recomputed.
        balance: i64,
        /// The least it may be.
        least: i64,
    },
    /// More was issued to a fund than its budget, or not what is noted.
    #[error("fund {name} of community {community}: {issued} issued, {noted} noted, budget {}", budget.map_or("none".to_owned(), |b| b.to_string()))]
    Fund {
        /// Whose.
        community: Uuid,
        /// Its name.
        name: String,
        /// As recomputed.
        issued: i64,
        /// As stored.
        noted: i64,
        /// As stored.
        budget: Option<i64>,
    },
    /// What waits is not what was set aside for it.
    #[error("community {community}: {waiting} credits wait for somebody, and {held} are set aside for that")]
    Waiting {
        /// Whose.
        community: Uuid,
        /// By the gifts.
        waiting: i64,
        /// By the ledger.
        held: i64,
    },
    /// What the open bookings of a session paid is not what its escrow holds.
    #[error("session {session}: its open bookings paid {paid}, and its escrow holds {held}")]
    Escrow {
        /// Which.
        session: Uuid,
        /// By the bookings.
        paid: i64,
        /// By the ledger.
        held: i64,
    },
    /// A session that is settled, called off or gone by, in which seats are booked still.
    #[error("session {0}: it is settled, and seats in it are booked still")]
    Unsettled(Uuid),
    /// What waits was set aside by no transfer of its community that still stands.
    #[error("waiting gift {0}: no transfer set it aside, or that was corrected")]
    LostGift(Uuid),
    /// An id, or something else that is there once at most, is there twice.
    #[error("{what} {id} is there twice")]
    Twice {
        /// Of what kind.
        what: &'static str,
        /// Which.
        id: Uuid,
    },
    /// A host was paid more in one month than a host may earn.
    #[error("account {account}: a host was paid {earned} in one month, and {most} is the most")]
    HostMonth {
        /// Whose.
        account: Uuid,
        /// In that month.
        earned: i64,
        /// What a host may earn.
        most: i64,
    },
    /// An escrow that no session explains.
    #[error("account {account}: an escrow of no session holds {held}")]
    LostEscrow {
        /// Which.
        account: Uuid,
        /// By the ledger.
        held: i64,
    },
}

impl Report {
    /// Nothing is off.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for head in &self.heads {
            let hash = data_encoding::HEXLOWER.encode(&head.hash);
            writeln!(f, "ledger of community {}: {} transfers, head {hash}", head.community, head.number)?;
        }
        for fault in &self.faults {
            writeln!(f, "fault: {fault}")?;
        }
        if self.is_sound() { writeln!(f, "ledger: sound") } else { writeln!(f, "ledger: {} faults", self.faults.len()) }
    }
}

/// Verifies the database as it is at this moment, beside a running instance or without one.
pub async fn verify(reader: &mut Reader) -> Result<Report, StoreError> {
    // One transaction, so that everything is seen as of one moment.
    reader.rows("BEGIN", binds![]).await?;
    let report = Verifier { reader, report: Report::default() }.run().await;
    reader.rows("COMMIT", binds![]).await?;
    report
}

struct Verifier<'a> {
    reader: &'a mut Reader,
    report: Report,
}

impl Verifier<'_> {
    async fn run(mut self) -> Result<Report, StoreError> {
        self.file().await?;
        self.ledgers().await?;
        self.corrections().await?;
        self.unique().await?;
        Ok(self.report)
    }

    fn fault(&mut self, fault: Fault) {
        self.report.faults.push(fault);
    }

    async fn file(&mut self) -> Result<(), StoreError> {
        for row in self.reader.rows("PRAGMA quick_check(20)", binds![]).await? {
            match row.text(0)?.as_str() {
                "ok" => {}
                problem => self.fault(Fault::File(problem.to_owned())),
            }
        }
        match self.reader.rows("PRAGMA foreign_key_check", binds![]).await {
            Ok(rows) => {
                for row in rows {
                    let table = row.text(0)?;
                    self.fault(Fault::File(format!("a row of {table} refers to one that is not there")));
                }
            }
            Err(error) if error.is_machine() => return Err(error),
            Err(error) => self.fault(Fault::File(format!("its references cannot be checked: {error}"))),
        }
        Ok(())
    }
}
