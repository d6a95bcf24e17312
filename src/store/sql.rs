//! The one writing connection: values to bind, rows to read, and inserts that are kept back and written many at once.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use sqlx::{
    Any, AnyConnection, AssertSqlSafe, Connection, Row as _,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use super::{StoreError, counted::Counted};

pub use super::reader::Reader;

/// A value to bind; nothing else is bound, because both databases take these alike.
#[derive(Clone, Debug)]
pub enum Bind {
    /// Integers, booleans as 0 and 1, instants in microseconds.
    Int(Option<i64>),
    /// Text.
    Text(Option<String>),
    /// Ids, hashes, sealed values.
    Bytes(Option<Vec<u8>>),
}

macro_rules! bind_from {
    ($($from:ty => $variant:ident $convert:expr;)*) => {$(
        impl From<$from> for Bind {
            fn from(value: $from) -> Self {
                #[allow(clippy::redundant_closure_call, reason = "one macro for all kinds")]
                Bind::$variant(($convert)(value))
            }
        }
    )*};
}

bind_from! {
    i64 => Int Some;
    Option<i64> => Int (|v| v);
    bool => Int (|v| Some(i64::from(v)));
    String => Text Some;
    &str => Text (|v: &str| Some(v.to_owned()));
    Option<String> => Text (|v| v);
    Vec<u8> => Bytes Some;
    &[u8] => Bytes (|v: &[u8]| Some(v.to_vec()));
    [u8; 32] => Bytes (|v: [u8; 32]| Some(v.to_vec()));
    Option<Vec<u8>> => Bytes (|v| v);
    crate::domain::time::Timestamp => Int (|v: crate::domain::time::Timestamp| Some(v.micros()));
}

macro_rules! bind_ids {
    ($($id:ident),*) => {$(
        impl From<crate::domain::ids::$id> for Bind {
            fn from(id: crate::domain::ids::$id) -> Self {
                Bind::Bytes(Some(id.bytes()))
            }
        }
        impl From<Option<crate::domain::ids::$id>> for Bind {
            fn from(id: Option<crate::domain::ids::$id>) -> Self {
                Bind::Bytes(id.map(|id| id.bytes()))
            }
        }
    )*};
}

bind_ids!(
    CommunityId,
    GroupId,
    RoomId,
    AccountId,
    PersonId,
    LedgerAccountId,
    TransferId,
    GiftId,
    SessionId,
    SeriesId,
    BookingId,
    PromptId,
    BlockId,
    ThanksId,
    ReportId,
    QuestionId,
    DeliveryId,
    LinkId,
    TimerId
);

/// `binds![a, b, c]`: the values of a statement, in the order of `$1, $2, $3`.
#[macro_export]
macro_rules! binds {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::sql::Bind::from($value)),*] };
}

/// An insert whose rows are kept back: written many at once before the next read or the commit.
#[derive(Debug)]
pub struct Insert {
    /// `table (column, column)`.
    pub into: &'static str,
    /// How many columns.
    pub columns: usize,
    /// What follows the values: `""` or `ON CONFLICT …`.
    pub conflict: &'static str,
}

/// How many rows one statement writes. Each statement is a round trip to the driver's thread, and each size of each table a
/// prepared statement: with these, up to 64 rows take four at most.
const CHUNKS: [usize; 10] = [64, 48, 32, 24, 16, 8, 6, 4, 2, 1];

/// Rows that wait for one table.
#[derive(Debug)]
struct Waiting {
    insert: &'static Insert,
    rows: Vec<Vec<Bind>>,
    /// Where the row of a key stands, which a later one of the same key replaces.
    keys: HashMap<Vec<u8>, usize>,
}

/// A row that was read.
pub struct Row(pub(super) AnyRow);

impl Row {
    /// Column `n` as an integer.
    pub fn int(&self, n: usize) -> Result<i64, StoreError> {
        Ok(self.0.try_get(n)?)
    }

    /// Column `n` as an integer, where it is not NULL.
    pub fn opt_int(&self, n: usize) -> Result<Option<i64>, StoreError> {
        Ok(self.0.try_get(n)?)
    }

    /// Column `n` as an instant.
    pub fn instant(&self, n: usize) -> Result<crate::domain::time::Timestamp, StoreError> {
        Ok(crate::domain::time::Timestamp::from_micros(self.int(n)?))
    }

    /// Column `n` as an instant, where it is not NULL.
    pub fn opt_instant(&self, n: usize) -> Result<Option<crate::domain::time::Timestamp>, StoreError> {
        Ok(self.opt_int(n)?.map(crate::domain::time::Timestamp::from_micros))
    }

    /// Column `n` as text.
    pub fn text(&self, n: usize) -> Result<String, StoreError> {
        Ok(self.0.try_get(n)?)
    }

    /// Column `n` as text, where it is not NULL.
    pub fn opt_text(&self, n: usize) -> Result<Option<String>, StoreError> {
        Ok(self.0.try_get(n)?)
    }

    /// Column `n` as bytes.
    pub fn bytes(&self, n: usize) -> Result<Vec<u8>, StoreError> {
        Ok(self.0.try_get(n)?)
    }

    /// Column `n` as bytes, where it is not NULL.
    pub fn opt_bytes(&self, n: usize) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.0.try_get(n)?)
    }

    /// Column `n` as an id.
    pub fn id<T: From<uuid::Uuid>>(&self, n: usize) -> Result<T, StoreError> {
        id_of(&self.bytes(n)?)
    }

    /// Column `n` as an id, where it is not NULL.
    pub fn opt_id<T: From<uuid::Uuid>>(&self, n: usize) -> Result<Option<T>, StoreError> {
        self.opt_bytes(n)?.map(|bytes| id_of(&bytes)).transpose()
    }
}

fn id_of<T: From<uuid::Uuid>>(bytes: &[u8]) -> Result<T, StoreError> {
    Ok(T::from(uuid::Uuid::from_slice(bytes).map_err(|_| StoreError::Corrupt("an id is not 16 bytes"))?))
}

/// The connection with what waits to be written.
#[derive(Debug)]
pub struct Writer {
    url: String,
    conn: AnyConnection,
    waiting: Vec<Waiting>,
    counted: Arc<Counted>,
}

impl Writer {
    /// Connects and sets what the store relies on.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let conn = connect(url, WRITER_PRAGMAS).await?;
        Ok(Self { url: url.to_owned(), conn, waiting: Vec::new(), counted: Arc::default() })
    }

    /// The bare connection, for migrations.
    pub fn conn(&mut self) -> &mut AnyConnection {
        &mut self.conn
    }

    /// How many statements were run.
    pub fn statements(&self) -> u64 {
        self.counted.read().0
    }

    /// What is run and committed from now on, to be read while another task has the connection.
    pub fn counted(&self) -> Arc<Counted> {
        Arc::clone(&self.counted)
    }

    fn count(&self) {
        self.counted.statement();
    }

    /// Opens a transaction that will write.
    pub async fn begin(&mut self) -> Result<(), StoreError> {
        self.waiting.clear();
        self.bare("BEGIN IMMEDIATE").await
    }

    /// Writes what waits and commits.
    pub async fn commit(&mut self) -> Result<(), StoreError> {
        self.flush().await?;
        self.bare("COMMIT").await?;
        self.counted.commit();
        Ok(())
    }

    /// Drops the transaction. After anything but a refused constraint the connection is opened anew: SQLite may have
    /// rolled back by itself, and sqlx would not know.
    pub async fn rollback(&mut self, reopen: bool) -> Result<(), StoreError> {
        self.waiting.clear();
        let rolled_back = self.bare("ROLLBACK").await;
        if self.url.contains(":memory:") {
            // It lives in this connection alone, and has no disk to be at odds with.
            return Ok(());
        }
        if reopen || rolled_back.is_err() {
            self.conn = connect(&self.url, WRITER_PRAGMAS).await?;
        }
        Ok(())
    }

    /// Folds the write-ahead log into the database and empties it.
    pub async fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.bare("PRAGMA wal_checkpoint(TRUNCATE)").await
    }

    async fn bare(&mut self, sql: &'static str) -> Result<(), StoreError> {
        self.count();
        sqlx::raw_sql(sql).execute(&mut self.conn).await?;
        Ok(())
    }

    /// Keeps a row back until the next read or the commit.
    pub fn insert(&mut self, insert: &'static Insert, row: Vec<Bind>) {
        self.keep_back(insert, None, row);
    }

    /// Keeps a row back; one of the same key that still waits is replaced by it.
    pub fn upsert(&mut self, insert: &'static Insert, key: Vec<u8>, row: Vec<Bind>) {
        self.keep_back(insert, Some(key), row);
    }

    fn keep_back(&mut self, insert: &'static Insert, key: Option<Vec<u8>>, row: Vec<Bind>) {
        debug_assert_eq!(row.len(), insert.columns);
        let n = self.waiting.iter().position(|waiting| std::ptr::eq(waiting.insert, insert)).unwrap_or(self.waiting.len());
        if n == self.waiting.len() {
            self.waiting.push(Waiting { insert, rows: Vec::new(), keys: HashMap::new() });
        }
        let Waiting { rows, keys, .. } = &mut self.waiting[n];
        let Some(key) = key else { return rows.push(row) };
        match keys.entry(key) {
            Entry::Occupied(known) => rows[*known.get()] = row,
            Entry::Vacant(fresh) => {
                fresh.insert(rows.len());
                rows.push(row);
            }
        }
    }

    /// Writes what waits.
    pub async fn flush(&mut self) -> Result<(), StoreError> {
        for waiting in std::mem::take(&mut self.waiting) {
            let mut rows = waiting.rows.into_iter().peekable();
            while rows.peek().is_some() {
                let left = rows.len();
                let size = CHUNKS.into_iter().find(|size| *size <= left).unwrap_or(1);
                let binds: Vec<Bind> = rows.by_ref().take(size).flatten().collect();
                self.execute(insert_text(waiting.insert, size), binds).await?;
            }
        }
        Ok(())
    }

    /// Runs a statement of static text; returns how many rows it touched.
    pub async fn run(&mut self, sql: &'static str, binds: Vec<Bind>) -> Result<u64, StoreError> {
        self.flush().await?;
        self.execute(sql.to_owned(), binds).await
    }

    async fn execute(&mut self, sql: String, binds: Vec<Bind>) -> Result<u64, StoreError> {
        self.count();
        Ok(bound(sql, binds).execute(&mut self.conn).await?.rows_affected())
    }

    /// Reads all rows of a statement of static text.
    pub async fn rows(&mut self, sql: &'static str, binds: Vec<Bind>) -> Result<Vec<Row>, StoreError> {
        self.flush().await?;
        self.fetch(sql.to_owned(), binds).await
    }

    /// Reads the first row, where there is one.
    pub async fn row(&mut self, sql: &'static str, binds: Vec<Bind>) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, binds).await?.into_iter().next())
    }

    /// Inserts rows at once and returns what `RETURNING` gives.
    pub async fn insert_returning(
        &mut self,
        insert: &'static Insert,
        returning: &'static str,
        rows: Vec<Vec<Bind>>,
    ) -> Result<Vec<Row>, StoreError> {
        let mut read = Vec::new();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let left = rows.len();
            let size = CHUNKS.into_iter().find(|size| *size <= left).unwrap_or(1);
            let binds: Vec<Bind> = rows.by_ref().take(size).flatten().collect();
            read.extend(self.fetch(format!("{} RETURNING {returning}", insert_text(insert, size)), binds).await?);
        }
        Ok(read)
    }

    async fn fetch(&mut self, sql: String, binds: Vec<Bind>) -> Result<Vec<Row>, StoreError> {
        self.count();
        Ok(bound(sql, binds).fetch_all(&mut self.conn).await?.into_iter().map(Row).collect())
    }
}

/// A statement with its values.
pub(super) fn bound(sql: String, binds: Vec<Bind>) -> Query<'static, Any, AnyArguments> {
    binds.into_iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, bind| match bind {
        Bind::Int(v) => query.bind(v),
        Bind::Text(v) => query.bind(v),
        Bind::Bytes(v) => query.bind(v),
    })
}

/// `INSERT INTO t (a, b) VALUES (?,?),(?,?) ON CONFLICT …`. Without numbers: the driver asks for the name of each parameter,
/// and SQLite searches a list for it wherever one has a number or a name, which took a tenth of all writing.
fn insert_text(insert: &Insert, rows: usize) -> String {
    let mut sql = format!("INSERT INTO {} VALUES ", insert.into);
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..insert.columns {
            sql.push_str(if column == 0 { "?" } else { ",?" });
        }
        sql.push(')');
    }
    if !insert.conflict.is_empty() {
        sql.push(' ');
        sql.push_str(insert.conflict);
    }
    sql
}

/// FULL: a commit that was acknowledged survives a power cut. `secure_delete`: what is deleted is overwritten.
const WRITER_PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 4194304; PRAGMA cache_size = -4000; \
     PRAGMA temp_store = MEMORY;";

pub(super) async fn connect(url: &str, pragmas: &'static str) -> Result<AnyConnection, StoreError> {
    sqlx::any::install_default_drivers();
    let mut conn = AnyConnection::connect(url).await?;
    sqlx::raw_sql(pragmas).execute(&mut conn).await?;
    Ok(conn)
}
