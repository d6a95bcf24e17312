//! Recomputes the ledger from its transfers: chain, balances, budgets, floors, waiting gifts.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::{ChainHead, Fault, Verifier, limits::Earned};
use crate::{
    binds,
    domain::{
        ids::CommunityId,
        ledger::{
            Kind, Party, SOLIDARITY_FUND,
            book::Book,
            chain::{CHAIN_START, ChainHash, Link},
        },
        time::Timestamp,
    },
    store::{StoreError, ledger::chain_hash, sql::Row},
};

/// How many transfers are read at once.
const PAGE_ROWS: i64 = 2_000;

/// What one community's transfers add up to.
#[derive(Default)]
pub(super) struct Totals {
    pub(super) book: Book<Uuid>,
    /// Issued to each account, less what went back.
    issued: HashMap<Uuid, i64>,
    /// What kind each account is.
    kinds: HashMap<Uuid, i64>,
    /// What hosts were paid.
    earned: Earned,
    /// How low corrections alone brought an account; what comes in lifts it again.
    corrected_to: HashMap<Uuid, i64>,
}

impl Totals {
    /// Before `transfer` is entered: a correction may bring its account below `floor`, whatever else is paid may not.
    fn follow_corrections(&mut self, transfer: &Stored, floor: i64) {
        if transfer.reverses.is_some() {
            let balance = self.book.balance(&transfer.from);
            let sound = if balance >= floor { balance } else { self.corrected_to.get(&transfer.from).copied().unwrap_or(floor) };
            self.corrected_to.insert(transfer.from, sound.saturating_sub(transfer.amount).min(floor));
        }
        if let Some(low) = self.corrected_to.get_mut(&transfer.to) {
            *low = low.saturating_add(transfer.amount).min(floor);
        }
    }
}

/// The kinds of accounts, as the table has them.
const ISSUANCE: i64 = 0;
const FUND: i64 = 1;
const PERSON: i64 = 2;
const ESCROW: i64 = 3;
const WAITING: i64 = 4;

/// Whether such a transfer goes from such an account to such another.
fn fits(transfer: &Stored, from: i64, to: i64) -> bool {
    let has_session = transfer.session.is_some();
    match Kind::from_code(transfer.kind) {
        Some(Kind::Issue) => (from, to) == (ISSUANCE, FUND),
        Some(Kind::Grant) => matches!((from, to), (FUND, FUND | PERSON | WAITING) | (WAITING, PERSON)),
        Some(Kind::Gift) => matches!((from, to), (PERSON, FUND | PERSON | WAITING) | (WAITING, FUND | PERSON)),
        Some(Kind::GiftReturn) => matches!((from, to), (WAITING, FUND | PERSON)),
        Some(Kind::Booking) => has_session && matches!((from, to), (FUND | PERSON, ESCROW)),
        Some(Kind::Refund | Kind::Late) => has_session && matches!((from, to), (ESCROW, FUND | PERSON)),
        Some(Kind::Attendance) => {
            let plain = matches!((from, to), (ESCROW, FUND | PERSON) | (FUND, PERSON));
            // Beyond the limit of a month it waits for a decision, and is paid where a coordinator accepts it.
            has_session && (plain || matches!((from, to), (ESCROW | FUND, WAITING) | (WAITING, PERSON)))
        }
        Some(Kind::Reversal) => transfer.reverses.is_some(),
        // A fund that is closed gives back to the issuance what it holds; solidarity pays a debt that nobody can pay any more.
        Some(Kind::Closing) => matches!((from, to), (PERSON, FUND | PERSON) | (FUND, PERSON | ISSUANCE)),
        None => false,
    }
}

/// A transfer as it is stored.
struct Stored {
    id: Uuid,
    number: i64,
    at: i64,
    from: Uuid,
    to: Uuid,
    amount: i64,
    kind: i64,
    reason: Option<Vec<u8>>,
    named: Option<Vec<u8>>,
    by: Option<Uuid>,
    session: Option<Uuid>,
    reverses: Option<Uuid>,
    category: Option<i64>,
    reason_kept: bool,
    prev_hash: ChainHash,
    hash: ChainHash,
}

impl Stored {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id(0)?,
            number: row.int(1)?,
            at: row.int(2)?,
            from: row.id(3)?,
            to: row.id(4)?,
            amount: row.int(5)?,
            kind: row.int(6)?,
            reason: row.opt_bytes(7)?,
            named: row.opt_bytes(8)?,
            by: row.opt_id(9)?,
            session: row.opt_id(10)?,
            reverses: row.opt_id(11)?,
            category: row.opt_int(12)?,
            reason_kept: row.opt_int(13)?.is_some(),
            prev_hash: chain_hash(&row.bytes(14)?)?,
            hash: chain_hash(&row.bytes(15)?)?,
        })
    }

    fn link(&self, community: Uuid) -> Link<'_> {
        Link {
            id: self.id,
            community,
            number: self.number,
            at: self.at,
            from: self.from,
            to: self.to,
            amount_credits: self.amount,
            kind: self.kind,
            reason: self.reason.as_deref(),
            named: self.named.as_deref(),
            by: self.by,
            session: self.session,
            reverses: self.reverses,
            category: self.category,
            reason_kept: self.reason_kept,
        }
    }
}

impl Verifier<'_> {
    pub(super) async fn ledgers(&mut self) -> Result<(), StoreError> {
        let sql = "SELECT community_id FROM ledger_account UNION SELECT community_id FROM ledger_head ORDER BY 1";
        let rows = self.reader.rows(sql, binds![]).await?;
        let communities = rows.iter().map(|row| row.id(0)).collect::<Result<Vec<CommunityId>, _>>()?;
        for community in communities {
            let totals = self.transfers(community).await?;
            self.accounts(community, &totals).await?;
            self.funds(community, &totals).await?;
            self.waiting(community, &totals).await?;
            self.escrows(community, &totals).await?;
            self.limits(&totals.earned);
        }
        Ok(())
    }

    /// Walks the chain.
    async fn transfers(&mut self, community: CommunityId) -> Result<Totals, StoreError> {
        let mut totals = Totals { kinds: self.kinds(community).await?, ..Totals::default() };
        let floor = self.floor(community).await?;
        let (mut before, mut number) = (CHAIN_START, 0);
        loop {
            let page = self.page(community, number).await?;
            for transfer in &page {
                let expected = number + 1;
                if transfer.number != expected {
                    self.fault(Fault::Number { community: community.0, expected, found: transfer.number });
                }
                number = transfer.number;
                if transfer.prev_hash != before || transfer.link(community.0).hash(&before) != transfer.hash {
                    self.fault(Fault::Chain { community: community.0, number });
                }
                before = transfer.hash;
                totals.follow_corrections(transfer, floor);
                self.enter(community, transfer, &mut totals);
            }
            if page.is_empty() {
                break;
            }
        }
        self.head(community, ChainHead { community: community.0, number, hash: before }).await?;
        let sum = totals.book.sum();
        if sum != 0 {
            self.fault(Fault::Sum { community: community.0, sum });
        }
        Ok(totals)
    }

    fn enter(&mut self, community: CommunityId, transfer: &Stored, totals: &mut Totals) {
        let Stored { number, amount, from, to, .. } = *transfer;
        if let Err(fault) = totals.book.enter(from, to, amount) {
            self.fault(Fault::Transfer { community: community.0, number, fault });
        }
        let issuance = Party::Issuance.account(community).0;
        if from == issuance {
            *totals.issued.entry(to).or_default() += amount;
        } else if to == issuance {
            *totals.issued.entry(from).or_default() -= amount;
        }
        let kinds = (totals.kinds.get(&from).copied(), totals.kinds.get(&to).copied());
        // What a coordinator accepted beyond the limit comes from where it waited.
        let in_time = from != Party::WaitingGifts.account(community).0;
        if in_time && matches!(Kind::from_code(transfer.kind), Some(Kind::Attendance | Kind::Late)) && kinds.1 == Some(PERSON) {
            totals.earned.count(to, Timestamp::from_micros(transfer.at), amount);
        }
        let fits = match kinds {
            (Some(from), Some(to)) => fits(transfer, from, to),
            // That an account is missing is found where the file's references are checked.
            _ => true,
        };
        if !fits {
            self.fault(Fault::Unfit { community: community.0, number });
        }
    }

    async fn kinds(&mut self, community: CommunityId) -> Result<HashMap<Uuid, i64>, StoreError> {
        let rows = self.reader.rows("SELECT id, kind FROM ledger_account WHERE community_id = $1", binds![community]).await?;
        rows.iter().map(|row| Ok((row.id(0)?, row.int(1)?))).collect()
    }

    async fn head(&mut self, community: CommunityId, head: ChainHead) -> Result<(), StoreError> {
        let rows = self.reader.rows("SELECT number, hash FROM ledger_head WHERE community_id = $1", binds![community]).await?;
        let noted = match rows.first() {
            Some(row) => (row.int(0)?, chain_hash(&row.bytes(1)?)?),
            None => (0, CHAIN_START),
        };
        if noted != (head.number, head.hash) {
            self.fault(Fault::Head(community.0));
        }
        self.report.heads.push(head);
        Ok(())
    }

    /// Stored balances against recomputed ones, and each against what its account may hold.
    async fn accounts(&mut self, community: CommunityId, totals: &Totals) -> Result<(), StoreError> {
        let floor = self.floor(community).await?;
        let mut stored: HashMap<Uuid, i64> = HashMap::new();
        let sql = "SELECT id, kind, balance FROM ledger_account WHERE community_id = $1";
        for row in self.reader.rows(sql, binds![community]).await? {
            let (account, kind, balance) = (row.id::<Uuid>(0)?, row.int(1)?, row.int(2)?);
            stored.insert(account, balance);
            let least = match kind {
                0 => continue,
                2 => totals.corrected_to.get(&account).copied().unwrap_or(floor),
                _ => 0,
            };
            if balance < least {
                self.fault(Fault::BelowFloor { account, balance, least });
            }
        }
        let mut computed: BTreeMap<Uuid, i64> = stored.keys().map(|account| (*account, 0)).collect();
        computed.extend(totals.book.balances().map(|(account, balance)| (*account, balance)));
        for (account, computed) in computed {
            let stored = stored.get(&account).copied().unwrap_or(0);
            if stored != computed {
                self.fault(Fault::Balance { account, stored, computed });
            }
        }
        Ok(())
    }

    /// The lowest balance that a person may have come to. A floor above zero holds for what one may give away, and a new
    /// account begins at zero all the same.
    async fn floor(&mut self, community: CommunityId) -> Result<i64, StoreError> {
        let sql = "SELECT COALESCE(lowest_floor, 0), floor_credits FROM community WHERE id = $1";
        let rows = self.reader.rows(sql, binds![community]).await?;
        rows.first().map_or(Ok(0), |row| Ok(row.int(0)?.min(row.int(1)?).min(0)))
    }

    async fn funds(&mut self, community: CommunityId, totals: &Totals) -> Result<(), StoreError> {
        let sql = "SELECT account_id, name, issued, budget FROM fund WHERE community_id = $1 ORDER BY name";
        let mut issued = totals.issued.clone();
        for row in self.reader.rows(sql, binds![community]).await? {
            let (name, noted, budget) = (row.text(1)?, row.int(2)?, row.opt_int(3)?);
            let issued = issued.remove(&row.id::<Uuid>(0)?).unwrap_or(0);
            if issued != noted || budget.is_some_and(|budget| issued > budget && name != SOLIDARITY_FUND) {
                self.fault(Fault::Fund { community: community.0, name, issued, noted, budget });
            }
        }
        for issued in issued.into_values().filter(|issued| *issued != 0) {
            self.fault(Fault::Fund { community: community.0, name: "(not there)".to_owned(), issued, noted: 0, budget: None });
        }
        Ok(())
    }

    async fn waiting(&mut self, community: CommunityId, totals: &Totals) -> Result<(), StoreError> {
        let account = Party::WaitingGifts.account(community);
        let sql = "SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT) FROM waiting_gift AS w JOIN transfer AS t ON t.id = w.transfer_id \
                   WHERE w.community_id = $1 AND t.community_id = $1 AND t.to_account = $2";
        let rows = self.reader.rows(sql, binds![community, account]).await?;
        let waiting = rows.first().map_or(Ok(0), |row| row.int(0))?;
        let held = totals.book.balance(&account.0);
        if waiting != held {
            self.fault(Fault::Waiting { community: community.0, waiting, held });
        }
        let sql = "SELECT w.id FROM waiting_gift AS w LEFT JOIN transfer AS t ON t.id = w.transfer_id AND t.to_account = $2 \
                   AND t.community_id = $1 AND NOT EXISTS (SELECT 1 FROM transfer AS r WHERE r.reverses = t.id) \
                   WHERE w.community_id = $1 AND t.id IS NULL";
        for row in self.reader.rows(sql, binds![community, account]).await? {
            self.fault(Fault::LostGift(row.id(0)?));
        }
        Ok(())
    }

    /// A correction opposes an earlier transfer of its own community, whole; that none is opposed twice, an index sees to.
    pub(super) async fn corrections(&mut self) -> Result<(), StoreError> {
        let sql = "SELECT r.community_id, r.number FROM transfer AS r LEFT JOIN transfer AS o ON o.id = r.reverses \
                   WHERE r.reverses IS NOT NULL AND (o.id IS NULL OR r.kind <> 8 OR o.community_id <> r.community_id \
                   OR o.from_account <> r.to_account OR o.to_account <> r.from_account OR o.amount <> r.amount OR o.number >= r.number)";
        for row in self.reader.rows(sql, binds![]).await? {
            let (community, number) = (row.id(0)?, row.int(1)?);
            self.fault(Fault::Unfit { community, number });
        }
        Ok(())
    }

    async fn page(&mut self, community: CommunityId, after: i64) -> Result<Vec<Stored>, StoreError> {
        let sql = "SELECT id, number, at, from_account, to_account, amount, kind, reason_sealed, named_sealed, by_person, session_id, \
                   reverses, category, reason_kept, prev_hash, hash FROM transfer WHERE community_id = $1 AND number > $2 ORDER BY number LIMIT $3";
        let rows = self.reader.rows(sql, binds![community, after, PAGE_ROWS]).await?;
        rows.iter().map(Stored::read).collect()
    }
}
