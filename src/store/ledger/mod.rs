//! The ledger's tables: transfers in their chain, balances beside them, gifts that wait.

mod journal;
mod reverse;
mod statement;
#[cfg(test)]
mod tests;
mod views;
mod waiting;

use crate::{
    binds,
    domain::{
        ids::{CommunityId, LedgerAccountId, PersonId, TransferId},
        ledger::{
            AMOUNT_MAX, AMOUNT_MIN, Change, Party, Transfer,
            chain::{CHAIN_START, ChainHash, Link},
        },
        time::Timestamp,
    },
    vault::Field,
};

use super::{Store, StoreError, sql::Insert};

static ACCOUNT: Insert = Insert {
    into: "ledger_account (id, community_id, kind, balance)",
    columns: 4,
    conflict: "ON CONFLICT (id) DO UPDATE SET balance = excluded.balance",
};

static FUND: Insert = Insert {
    into: "fund (account_id, community_id, name, issued, budget, closed)",
    columns: 6,
    conflict: "ON CONFLICT (account_id) DO UPDATE SET issued = excluded.issued, budget = excluded.budget, closed = excluded.closed",
};

static TRANSFER: Insert = Insert {
    into: "transfer (id, community_id, number, at, from_account, to_account, amount, kind, reason_sealed, reason_key, \
           named_sealed, named_key, by_person, session_id, reverses, category, reason_kept, prev_hash, hash)",
    columns: 19,
    conflict: "",
};

static HEAD: Insert = Insert {
    into: "ledger_head (community_id, number, hash)",
    columns: 3,
    conflict: "ON CONFLICT (community_id) DO UPDATE SET number = excluded.number, hash = excluded.hash",
};

/// The newest transfer of a community.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// Its number; 0 before the first.
    pub number: i64,
    /// Its hash.
    pub hash: ChainHash,
}

/// A fund as it is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FundRow {
    /// Folded.
    pub name: String,
    /// Issued to it in all, less what went back.
    pub issued_credits: i64,
    /// The most that may be.
    pub budget_credits: Option<i64>,
    /// Nothing is taken from it any more.
    pub is_closed: bool,
}

/// A text and the person under whose key it is sealed, as two columns.
type Sealed = (Option<Vec<u8>>, Option<PersonId>);

impl Store {
    pub(super) async fn apply_ledger(&mut self, change: Change, _now: Timestamp) -> Result<(), StoreError> {
        match change {
            Change::Transfer(transfer) => self.enter(transfer).await,
            Change::GiftWaits(gift) => self.let_wait(gift).await,
            Change::GiftEnds(id) => self.end_waiting(id).await,
            Change::GiftHeld(id, receiver) => self.hold(id, receiver).await,
            Change::Budget { community, fund, budget_credits, is_closed } => {
                let known = self.fund_row(community, &fund).await?;
                let issued_credits = known.map_or(0, |row| row.issued_credits);
                self.put_fund(community, FundRow { name: fund, issued_credits, budget_credits, is_closed });
                Ok(())
            }
        }
    }

    /// What an account holds; `None` where it never moved. Read once, then remembered.
    pub async fn ledger_balance(&mut self, account: LedgerAccountId) -> Result<Option<i64>, StoreError> {
        if let Some(balance) = self.cache.balances.get(&account) {
            return Ok(*balance);
        }
        let row = self.writer.row("SELECT balance FROM ledger_account WHERE id = $1", binds![account]).await?;
        let balance = row.map(|row| row.int(0)).transpose()?;
        self.cache.balances.put(account, balance);
        Ok(balance)
    }

    /// The newest transfer of a community. Read once, then remembered.
    pub async fn ledger_head(&mut self, community: CommunityId) -> Result<Head, StoreError> {
        if let Some(head) = self.cache.ledger_heads.get(&community) {
            return Ok(*head);
        }
        let row = self.writer.row("SELECT number, hash FROM ledger_head WHERE community_id = $1", binds![community]).await?;
        let head = match row {
            Some(row) => Head { number: row.int(0)?, hash: chain_hash(&row.bytes(1)?)? },
            None => Head { number: 0, hash: CHAIN_START },
        };
        self.cache.ledger_heads.put(community, head);
        Ok(head)
    }

    /// The number that the next transfer of a community bears. Two decisions that are composed within one event must count on
    /// from each other: a number that was taken is refused.
    pub async fn next_transfer(&mut self, community: CommunityId) -> Result<i64, StoreError> {
        Ok(self.ledger_head(community).await?.number.saturating_add(1))
    }

    /// A fund, where the ledger has it.
    pub(super) async fn fund_row(&mut self, community: CommunityId, name: &str) -> Result<Option<FundRow>, StoreError> {
        let account = Party::Fund(name.to_owned()).account(community);
        if let Some(known) = self.cache.funds.get(&account) {
            return Ok(known.clone());
        }
        let row = self.writer.row("SELECT name, issued, budget, closed FROM fund WHERE account_id = $1", binds![account]).await?;
        let known = row
            .map(|row| {
                let (name, issued_credits, budget_credits) = (row.text(0)?, row.int(1)?, row.opt_int(2)?);
                Ok::<_, StoreError>(FundRow { name, issued_credits, budget_credits, is_closed: row.int(3)? != 0 })
            })
            .transpose()?;
        self.cache.funds.put(account, known.clone());
        Ok(known)
    }

    /// Moves credits: two balances, one link of the chain.
    async fn enter(&mut self, transfer: Transfer) -> Result<(), StoreError> {
        let Transfer { community, number, amount_credits, .. } = transfer;
        let head = self.ledger_head(community).await?;
        if head.number.checked_add(1) != Some(number) {
            return Err(StoreError::Corrupt("a transfer does not bear the next number"));
        }
        if !(AMOUNT_MIN..=AMOUNT_MAX).contains(&amount_credits) || transfer.from == transfer.to {
            return Err(StoreError::Corrupt("a transfer moves no possible amount between two accounts"));
        }
        self.move_balance(community, &transfer.from, amount_credits.checked_neg()).await?;
        self.move_balance(community, &transfer.to, Some(amount_credits)).await?;
        self.count_issued(&transfer).await?;
        self.write_transfer(&transfer, head)
    }

    async fn move_balance(&mut self, community: CommunityId, party: &Party, change: Option<i64>) -> Result<(), StoreError> {
        let account = party.account(community);
        let before = self.ledger_balance(account).await?.unwrap_or(0);
        let after = change.and_then(|change| before.checked_add(change)).ok_or(StoreError::Corrupt("a balance does not fit"))?;
        self.writer.upsert(&ACCOUNT, account.bytes(), binds![account, community, party.code(), after]);
        self.cache.balances.put(account, Some(after));
        Ok(())
    }

    /// A fund is there from the first transfer that touches it on; its budget counts what the issuance gave it.
    async fn count_issued(&mut self, transfer: &Transfer) -> Result<(), StoreError> {
        let amount = transfer.amount_credits;
        let moves = match (&transfer.from, &transfer.to) {
            (Party::Issuance, Party::Fund(name)) => vec![(name, amount)],
            (Party::Fund(name), Party::Issuance) => vec![(name, -amount)],
            (Party::Fund(one), Party::Fund(other)) => vec![(one, 0), (other, 0)],
            (_, Party::Fund(name)) | (Party::Fund(name), _) => vec![(name, 0)],
            _ => Vec::new(),
        };
        for (name, change) in moves {
            let known = self.fund_row(transfer.community, name).await?;
            if known.is_some() && change == 0 {
                continue;
            }
            let row = known.unwrap_or_else(|| FundRow { name: name.clone(), issued_credits: 0, budget_credits: None, is_closed: false });
            let issued_credits = row.issued_credits.checked_add(change).ok_or(StoreError::Corrupt("a fund does not fit"))?;
            self.put_fund(transfer.community, FundRow { issued_credits, ..row });
        }
        Ok(())
    }

    fn put_fund(&mut self, community: CommunityId, row: FundRow) {
        let account = Party::Fund(row.name.clone()).account(community);
        let values = binds![account, community, row.name.clone(), row.issued_credits, row.budget_credits, row.is_closed];
        self.writer.upsert(&FUND, account.bytes(), values);
        self.cache.funds.put(account, Some(row));
    }

    fn write_transfer(&mut self, transfer: &Transfer, head: Head) -> Result<(), StoreError> {
        let Transfer { id, community, number, .. } = *transfer;
        let (from, to) = (transfer.from.account(community), transfer.to.account(community));
        let (reason, reason_key) = self.seal_words(id, "reason", transfer.reason.as_ref())?;
        let (named, named_key) = self.seal_words(id, "named", transfer.named.as_ref())?;
        let link = Link {
            id: id.0,
            community: community.0,
            number,
            at: transfer.at.micros(),
            from: from.0,
            to: to.0,
            amount_credits: transfer.amount_credits,
            kind: transfer.kind.code(),
            reason: reason.as_deref(),
            named: named.as_deref(),
            by: transfer.by.map(|person| person.0),
            session: transfer.session.map(|session| session.0),
            reverses: transfer.reverses.map(|other| other.0),
            category: transfer.category,
            reason_kept: transfer.reason_kept,
        };
        let hash = link.hash(&head.hash);
        let Transfer { at, amount_credits, kind, by, session, reverses, category, reason_kept, .. } = *transfer;
        let mut row = binds![id, community, number, at, from, to, amount_credits, kind.code()];
        row.extend(binds![reason, reason_key, named, named_key, by, session, reverses]);
        row.extend(binds![category, reason_kept.then_some(1_i64), head.hash, hash]);
        self.writer.insert(&TRANSFER, row);
        self.writer.upsert(&HEAD, community.bytes(), binds![community, number, hash]);
        self.cache.ledger_heads.put(community, Head { number, hash });
        Ok(())
    }

    fn seal_words(&self, id: TransferId, column: &'static str, words: Option<&(String, PersonId)>) -> Result<Sealed, StoreError> {
        let Some((text, person)) = words else { return Ok((None, None)) };
        let sealed = self.seal_text(*person, &transfer_field(column, &id.bytes()), text)?;
        Ok((Some(sealed), Some(*person)))
    }
}

fn transfer_field<'a>(column: &'static str, row: &'a [u8]) -> Field<'a> {
    Field { table: "transfer", column, row }
}

/// A stored hash.
pub(super) fn chain_hash(bytes: &[u8]) -> Result<ChainHash, StoreError> {
    bytes.try_into().map_err(|_| StoreError::Corrupt("a hash is not 32 bytes"))
}
