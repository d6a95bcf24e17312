//! A community's ledger and sessions for machines to read: opaque ids, no name and no text; all listening sessions are one
//! account, so that nobody reads from it who listens to whom.

use chrono::Datelike;
use uuid::Uuid;

use super::{
    StoreError,
    sql::{Reader, Row},
};
use crate::{
    binds,
    domain::{
        ledger::Kind,
        session::{SessionKind, SessionState},
        time::Timestamp,
    },
};

/// How many transfers are read at once.
const PAGE_ROWS: i64 = 2_000;

/// A kind of record.
#[derive(Debug)]
pub struct Table {
    /// What it is called.
    pub name: &'static str,
    /// What it bears, in order.
    pub columns: &'static [&'static str],
}

/// One field of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Field {
    /// An id, a word, an instant.
    Text(String),
    /// A number.
    Number(i64),
    /// Nothing.
    Empty,
}

/// Communities, each with the head of its chain.
pub static COMMUNITIES: Table = Table { name: "community", columns: &["id", "floor", "transfers", "head"] };
/// Ledger accounts with what they hold.
pub static ACCOUNTS: Table =
    Table { name: "account", columns: &["community", "id", "kind", "fund", "balance", "issued", "budget", "closed"] };
/// Transfers, in order.
pub static TRANSFERS: Table = Table {
    name: "transfer",
    columns: &["community", "number", "id", "at", "from", "to", "amount", "kind", "session", "reverses", "hash"],
};
/// Sessions, without those of listening.
pub static SESSIONS: Table = Table {
    name: "session",
    columns: &["community", "number", "kind", "starts", "minutes", "seats", "price", "reward", "state", "attended", "absent"],
};

/// All of them.
pub static TABLES: [&Table; 4] = [&COMMUNITIES, &ACCOUNTS, &TRANSFERS, &SESSIONS];

/// Takes the records as they are read.
pub trait Sink {
    /// One more; the fields are those of the table's columns.
    fn record(&mut self, table: &'static Table, fields: Vec<Field>) -> std::io::Result<()>;
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// The kinds of accounts, as the table has them.
const ACCOUNT_KINDS: [&str; 6] = ["issuance", "fund", "person", "session", "waiting", "closed"];
/// The account of all listening sessions: who listens to whom cannot be read from it.
const LISTENING: &str = "listening";

/// Hands everything to `sink`, as of one moment.
pub async fn export(reader: &mut Reader, sink: &mut (dyn Sink + Send)) -> Result<(), ExportError> {
    reader.rows("BEGIN", binds![]).await?;
    let exported = Exporter { reader, sink }.run().await;
    reader.rows("COMMIT", binds![]).await?;
    exported
}

struct Exporter<'a> {
    reader: &'a mut Reader,
    sink: &'a mut (dyn Sink + Send),
}

impl Exporter<'_> {
    async fn run(mut self) -> Result<(), ExportError> {
        let sql = "SELECT c.id, c.floor_credits, COALESCE(h.number, 0), h.hash FROM community AS c \
                   LEFT JOIN ledger_head AS h ON h.community_id = c.id ORDER BY c.id";
        for row in self.reader.rows(sql, binds![]).await? {
            let community: Uuid = row.id(0)?;
            let head = row.opt_bytes(3)?.map_or(Field::Empty, |hash| hex(&hash));
            self.sink.record(&COMMUNITIES, vec![text(community), Field::Number(row.int(1)?), Field::Number(row.int(2)?), head])?;
            self.accounts(community).await?;
            self.sessions(community).await?;
            self.transfers(community).await?;
        }
        Ok(())
    }

    async fn accounts(&mut self, community: Uuid) -> Result<(), ExportError> {
        // An account is of a listening session where only such sessions paid into it. A fund of which nothing has moved yet has none.
        let sql = "SELECT a.id, a.kind, a.balance, f.name, f.issued, f.budget, f.closed, \
                   (SELECT s.kind FROM transfer AS t JOIN session AS s ON s.id = t.session_id WHERE t.to_account = a.id LIMIT 1) \
                   FROM ledger_account AS a LEFT JOIN fund AS f ON f.account_id = a.id WHERE a.community_id = $1 \
                   UNION ALL SELECT f.account_id, 1, 0, f.name, f.issued, f.budget, f.closed, NULL FROM fund AS f \
                   WHERE f.community_id = $1 AND NOT EXISTS (SELECT 1 FROM ledger_account AS a WHERE a.id = f.account_id) ORDER BY 2, 1";
        let mut listening = 0_i64;
        for row in self.reader.rows(sql, binds![community.as_bytes().to_vec()]).await? {
            let (kind, balance) = (row.int(1)?, row.int(2)?);
            if kind == 3 && row.opt_int(7)? == Some(SessionKind::Listening.code()) {
                listening = listening.saturating_add(balance);
                continue;
            }
            let number = |n: usize| Ok::<_, StoreError>(row.opt_int(n)?.map_or(Field::Empty, Field::Number));
            let fund = row.opt_text(3)?.map_or(Field::Empty, Field::Text);
            let id = text(row.id::<Uuid>(0)?);
            let record =
                vec![text(community), id, word(&ACCOUNT_KINDS, kind), fund, Field::Number(balance), number(4)?, number(5)?, number(6)?];
            self.sink.record(&ACCOUNTS, record)?;
        }
        let pool = vec![
            text(community),
            Field::Text(LISTENING.into()),
            Field::Text("session".into()),
            Field::Empty,
            Field::Number(listening),
            Field::Empty,
            Field::Empty,
            Field::Empty,
        ];
        Ok(self.sink.record(&ACCOUNTS, pool)?)
    }

    async fn sessions(&mut self, community: Uuid) -> Result<(), ExportError> {
        let sql = "SELECT s.number, s.kind, s.starts_at, s.length_minutes, s.seats, s.price, s.reward, s.state, \
                   (SELECT COUNT(*) FROM booking AS b WHERE b.session_id = s.id AND b.state = 4), \
                   (SELECT COUNT(*) FROM booking AS b WHERE b.session_id = s.id AND b.state = 5) \
                   FROM session AS s WHERE s.community_id = $1 AND s.kind <> $2 ORDER BY s.number";
        let rows = self.reader.rows(sql, binds![community.as_bytes().to_vec(), SessionKind::Listening.code()]).await?;
        for row in rows {
            let kind = match SessionKind::from_code(row.int(1)?) {
                Some(SessionKind::Circle) => "circle",
                Some(SessionKind::Listening) => LISTENING,
                Some(SessionKind::Workshop) => "workshop",
                Some(SessionKind::Training) => "training",
                Some(SessionKind::Informal) => "informal",
                None => "unknown",
            };
            let state = match SessionState::from_code(row.int(7)?) {
                Some(SessionState::Open) => "open",
                Some(SessionState::Cancelled) => "cancelled",
                Some(SessionState::Marked) => "marked",
                Some(SessionState::Unmarked) => "unmarked",
                None => "unknown",
            };
            let mut record = vec![text(community), Field::Number(row.int(0)?), Field::Text(kind.into()), instant(row.instant(2)?)];
            for n in 3..7 {
                record.push(Field::Number(row.int(n)?));
            }
            record.extend([Field::Text(state.into()), Field::Number(row.int(8)?), Field::Number(row.int(9)?)]);
            self.sink.record(&SESSIONS, record)?;
        }
        Ok(())
    }

    async fn transfers(&mut self, community: Uuid) -> Result<(), ExportError> {
        let sql = "SELECT t.number, t.id, t.at, t.from_account, t.to_account, t.amount, t.kind, s.number, s.kind, o.number, t.hash, \
                   f.kind, g.kind FROM transfer AS t JOIN ledger_account AS f ON f.id = t.from_account \
                   JOIN ledger_account AS g ON g.id = t.to_account LEFT JOIN session AS s ON s.id = t.session_id \
                   LEFT JOIN transfer AS o ON o.id = t.reverses \
                   WHERE t.community_id = $1 AND t.number > $2 ORDER BY t.number LIMIT $3";
        let mut after = 0;
        loop {
            let rows = self.reader.rows(sql, binds![community.as_bytes().to_vec(), after, PAGE_ROWS]).await?;
            for row in &rows {
                after = row.int(0)?;
                self.sink.record(&TRANSFERS, transfer(community, row)?)?;
            }
            if rows.is_empty() {
                return Ok(());
            }
        }
    }
}

fn transfer(community: Uuid, row: &Row) -> Result<Vec<Field>, StoreError> {
    let listening = row.opt_int(8)? == Some(SessionKind::Listening.code());
    let account = |id: usize, kind: usize| {
        let is_pool = listening && row.int(kind)? == 3;
        Ok::<_, StoreError>(if is_pool { Field::Text(LISTENING.into()) } else { text(row.id::<Uuid>(id)?) })
    };
    let at = row.instant(2)?;
    let session = row.opt_int(7)?.filter(|_| !listening).map_or(Field::Empty, Field::Number);
    let kind = match Kind::from_code(row.int(6)?) {
        Some(Kind::Issue) => "issue",
        Some(Kind::Grant) => "grant",
        Some(Kind::Gift) => "gift",
        Some(Kind::GiftReturn) => "gift_return",
        Some(Kind::Booking) => "booking",
        Some(Kind::Refund) => "refund",
        Some(Kind::Attendance) => "attendance",
        Some(Kind::Late) => "late",
        Some(Kind::Reversal) => "reversal",
        Some(Kind::Closing) => "closing",
        None => "unknown",
    };
    Ok(vec![
        text(community),
        Field::Number(row.int(0)?),
        text(row.id::<Uuid>(1)?),
        if listening { Field::Text(month(at)) } else { instant(at) },
        account(3, 11)?,
        account(4, 12)?,
        Field::Number(row.int(5)?),
        Field::Text(kind.into()),
        session,
        row.opt_int(9)?.map_or(Field::Empty, Field::Number),
        hex(&row.bytes(10)?),
    ])
}

fn text(id: Uuid) -> Field {
    Field::Text(id.to_string())
}

fn hex(bytes: &[u8]) -> Field {
    Field::Text(data_encoding::HEXLOWER.encode(bytes))
}

fn instant(at: Timestamp) -> Field {
    Field::Text(at.utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

/// Listening is told by the month alone.
fn month(at: Timestamp) -> String {
    let day = at.utc().date_naive();
    format!("{:04}-{:02}", day.year(), day.month())
}

fn word(words: &[&str], code: i64) -> Field {
    let known = usize::try_from(code).ok().and_then(|code| words.get(code)).copied();
    Field::Text(known.unwrap_or("unknown").to_owned())
}
