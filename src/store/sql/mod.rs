//! The one writing connection, and what is kept back to be written many at once.

pub mod bind;
pub mod counted;
mod insert;
mod line;
mod reader;
mod row;

use std::sync::Arc;

use sqlx::{AnyConnection, Connection};
use tokio::sync::oneshot;

pub use self::{bind::Bind, insert::Insert, reader::Reader, row::Row};
use self::{
    bind::bound,
    counted::Counted,
    insert::Waiting,
    line::{Line, Step},
};
use super::StoreError;

/// How far a transaction is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Transaction {
    /// There is none.
    None,
    /// It is opened by the first statement that needs it.
    Wanted,
    /// It is open.
    Open,
}

/// A commit that is under way.
#[derive(Debug)]
pub struct Sent(oneshot::Receiver<()>);

/// The connection with what waits to be written.
#[derive(Debug)]
pub struct Writer {
    url: String,
    line: Line,
    transaction: Transaction,
    /// Statements that wait to be run, before the rows that wait.
    first: Vec<Step>,
    waiting: Vec<Waiting>,
    counted: Arc<Counted>,
}

impl Writer {
    /// Connects and sets what the store relies on.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let line = Line::new(connect(url, WRITER_PRAGMAS).await?);
        let transaction = Transaction::None;
        Ok(Self { url: url.to_owned(), line, transaction, first: Vec::new(), waiting: Vec::new(), counted: Arc::default() })
    }

    /// The bare connection, for migrations.
    pub async fn conn(&mut self) -> Result<&mut AnyConnection, StoreError> {
        self.line.conn().await
    }

    /// How many statements were run.
    pub fn statements(&self) -> u64 {
        self.counted.read().0
    }

    /// What is run and committed from now on, to be read while another task has the connection.
    pub fn counted(&self) -> Arc<Counted> {
        Arc::clone(&self.counted)
    }

    /// Opens a transaction that will write, with the first statement that needs it.
    pub fn begin(&mut self) {
        self.forget();
        self.transaction = Transaction::Wanted;
    }

    /// Writes what waits and commits.
    pub async fn commit(&mut self) -> Result<(), StoreError> {
        let sent = self.send_commit().await?;
        self.landed(sent).await
    }

    /// Lets what waits be written and committed; the next transaction may be begun and decided meanwhile.
    pub async fn send_commit(&mut self) -> Result<Sent, StoreError> {
        let mut steps = self.take_steps();
        let (done, landed) = oneshot::channel();
        if steps.is_empty() && self.transaction != Transaction::Open {
            // Nothing was begun, so nothing is to be waited for. The other end is right here.
            let _ = done.send(());
        } else {
            steps.push((COMMIT.to_owned(), Vec::new()));
            self.send(steps, Some(done)).await?;
        }
        self.transaction = Transaction::None;
        Ok(Sent(landed))
    }

    /// Waits for a commit that was sent.
    pub async fn landed(&mut self, Sent(mut landed): Sent) -> Result<(), StoreError> {
        if landed.try_recv().is_err() {
            // What is under way is that commit, since nothing goes before it is done.
            self.line.conn().await?;
            landed.try_recv().map_err(|_| StoreError::Corrupt("a commit failed, as was told before"))?;
        }
        self.counted.commit();
        Ok(())
    }

    /// Drops the transaction. After anything but a refused constraint the connection is opened anew: SQLite may have
    /// rolled back by itself, and sqlx would not know.
    pub async fn rollback(&mut self, reopen: bool) -> Result<(), StoreError> {
        self.forget();
        self.transaction = Transaction::None;
        // What was under way is dropped with the rest, and with it what went wrong.
        let _ = self.line.conn().await;
        let rolled_back = self.bare("ROLLBACK").await;
        if self.url.contains(":memory:") {
            // It lives in this connection alone, and has no disk to be at odds with.
            return Ok(());
        }
        if reopen || rolled_back.is_err() {
            self.line = Line::new(connect(&self.url, WRITER_PRAGMAS).await?);
        }
        Ok(())
    }

    fn forget(&mut self) {
        self.first.clear();
        self.waiting.clear();
    }

    /// Folds the write-ahead log into the database and empties it.
    pub async fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.bare("PRAGMA wal_checkpoint(TRUNCATE)").await
    }

    async fn bare(&mut self, sql: &'static str) -> Result<(), StoreError> {
        self.counted.statements(1);
        sqlx::raw_sql(sql).execute(self.line.conn().await?).await?;
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
        match self.waiting.iter_mut().find(|waiting| waiting.are_of(insert)) {
            Some(waiting) => waiting.keep(key, row),
            None => {
                let mut waiting = Waiting::of(insert, Vec::new());
                waiting.keep(key, row);
                self.waiting.push(waiting);
            }
        }
    }

    /// Keeps a statement of static text back that concerns no row that still waits: it is run before those.
    pub fn run_later(&mut self, sql: &'static str, binds: Vec<Bind>) {
        self.first.push((sql.to_owned(), binds));
    }

    /// Lets some of what waits be written while the engine decides on, where that is much and the connection has nothing to do.
    /// What goes wrong is told by the next statement, or by the commit.
    pub async fn write_ahead(&mut self) -> Result<(), StoreError> {
        if self.line.is_busy() {
            return Ok(());
        }
        match self.waiting.iter_mut().find_map(Waiting::take_many) {
            Some(step) => self.send(vec![step], None).await,
            None => Ok(()),
        }
    }

    /// What waits, as statements.
    fn take_steps(&mut self) -> Vec<Step> {
        let mut steps = std::mem::take(&mut self.first);
        steps.extend(std::mem::take(&mut self.waiting).into_iter().flat_map(Waiting::statements));
        steps
    }

    async fn send(&mut self, mut steps: Vec<Step>, done: Option<oneshot::Sender<()>>) -> Result<(), StoreError> {
        if self.transaction == Transaction::Wanted {
            steps.insert(0, (BEGIN.to_owned(), Vec::new()));
            self.transaction = Transaction::Open;
        }
        self.counted.statements(steps.len());
        self.line.send(steps, done).await
    }

    /// Writes what waits.
    pub async fn flush(&mut self) -> Result<(), StoreError> {
        for (sql, binds) in self.take_steps() {
            self.execute(sql, binds).await?;
        }
        Ok(())
    }

    /// The connection, in the transaction where one is wanted.
    async fn within(&mut self) -> Result<&mut AnyConnection, StoreError> {
        self.counted.statements(1);
        if self.transaction == Transaction::Wanted {
            self.bare(BEGIN).await?;
            self.transaction = Transaction::Open;
        }
        self.line.conn().await
    }

    /// Runs a statement of static text; returns how many rows it touched.
    pub async fn run(&mut self, sql: &'static str, binds: Vec<Bind>) -> Result<u64, StoreError> {
        self.flush().await?;
        self.execute(sql.to_owned(), binds).await
    }

    async fn execute(&mut self, sql: String, binds: Vec<Bind>) -> Result<u64, StoreError> {
        Ok(bound(sql, binds).execute(self.within().await?).await?.rows_affected())
    }

    /// Reads all rows of a statement of static text.
    pub async fn rows(&mut self, sql: &'static str, binds: Vec<Bind>) -> Result<Vec<Row>, StoreError> {
        self.flush().await?;
        let rows = bound(sql.to_owned(), binds).fetch_all(self.within().await?).await?;
        Ok(rows.into_iter().map(Row).collect())
    }

    /// Reads the first row, where there is one.
    pub async fn row(&mut self, sql: &'static str, binds: Vec<Bind>) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, binds).await?.into_iter().next())
    }

    /// Reads all rows, but for those that still wait to be written.
    pub async fn written_rows(&mut self, sql: String, binds: Vec<Bind>) -> Result<Vec<Row>, StoreError> {
        self.counted.statements(1);
        let rows = bound(sql, binds).fetch_all(self.line.conn().await?).await?;
        Ok(rows.into_iter().map(Row).collect())
    }
}

const COMMIT: &str = "COMMIT";
/// With the lock that writing needs, so that it fails here or not at all.
const BEGIN: &str = "BEGIN IMMEDIATE";

/// FULL: a commit that was acknowledged survives a power cut. `secure_delete`: what is deleted is overwritten.
/// The log is folded into the database when it has 32 MiB: a page that many commits changed is written there once.
const WRITER_PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 8192; \
     PRAGMA journal_size_limit = 33554432; PRAGMA cache_size = -4000; PRAGMA temp_store = MEMORY;";

async fn connect(url: &str, pragmas: &'static str) -> Result<AnyConnection, StoreError> {
    sqlx::any::install_default_drivers();
    let mut conn = AnyConnection::connect(url).await?;
    sqlx::raw_sql(pragmas).execute(&mut conn).await?;
    Ok(conn)
}
