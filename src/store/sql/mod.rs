//! The one writing connection, and what is kept back to be written many at once.

pub mod bind;
pub mod counted;
mod insert;
mod line;
mod reader;
mod row;

use std::sync::Arc;

use sqlx::{AnyConnection, Connection};

pub use self::{bind::Bind, insert::Insert, reader::Reader, row::Row};
use self::{bind::bound, counted::Counted, insert::Waiting, line::Line};
use super::StoreError;

/// The connection with what waits to be written.
#[derive(Debug)]
pub struct Writer {
    url: String,
    line: Line,
    waiting: Vec<Waiting>,
    counted: Arc<Counted>,
}

impl Writer {
    /// Connects and sets what the store relies on.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let line = Line::new(connect(url, WRITER_PRAGMAS).await?);
        Ok(Self { url: url.to_owned(), line, waiting: Vec::new(), counted: Arc::default() })
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
        // What was under way is dropped with the rest, and so is what went wrong with it.
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

    /// Folds the write-ahead log into the database and empties it.
    pub async fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.bare("PRAGMA wal_checkpoint(TRUNCATE)").await
    }

    async fn bare(&mut self, sql: &'static str) -> Result<(), StoreError> {
        self.count();
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

    /// Lets some of what waits be written while the engine decides on, where that is much and the connection has nothing to do.
    /// What goes wrong is told by the next statement, or by the commit.
    pub fn write_ahead(&mut self) {
        let Some(many) = self.waiting.iter_mut().find(|waiting| waiting.are_many()) else { return };
        let Some(conn) = self.line.free() else { return };
        let (sql, binds) = many.take_ahead();
        self.counted.statement();
        self.line.send(conn, bound(sql, binds));
    }

    /// Writes what waits.
    pub async fn flush(&mut self) -> Result<(), StoreError> {
        for waiting in std::mem::take(&mut self.waiting) {
            for (sql, binds) in waiting.statements() {
                self.execute(sql, binds).await?;
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
        Ok(bound(sql, binds).execute(self.line.conn().await?).await?.rows_affected())
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
        for (sql, binds) in Waiting::of(insert, rows).statements() {
            read.extend(self.fetch(format!("{sql} RETURNING {returning}"), binds).await?);
        }
        Ok(read)
    }

    async fn fetch(&mut self, sql: String, binds: Vec<Bind>) -> Result<Vec<Row>, StoreError> {
        self.count();
        Ok(bound(sql, binds).fetch_all(self.line.conn().await?).await?.into_iter().map(Row).collect())
    }
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
