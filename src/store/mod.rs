//! The store: one connection that writes, what is hot in memory, everything personal sealed before it gets here.

pub mod accounts;
mod around;
pub mod barred;
pub mod cache;
pub mod checkin;
pub mod discreet;
pub mod erasure;
pub mod events;
pub mod export;
pub mod fit;
pub mod kept;
pub mod ledger;
pub mod library;
pub mod link;
pub mod merge;
pub mod mydata;
pub mod outbox;
pub mod people;
pub mod prompt;
pub mod questions;
pub mod retention;
pub mod rooms;
pub mod safety;
pub mod session;
pub mod sql;
pub mod timers;
pub mod user_names;
pub mod verify;

use std::{path::Path, sync::Arc};

use crate::{
    binds,
    domain::{decision::Change, time::Timestamp},
    vault::{Field, Subject, Vault, VaultError},
};

use self::{
    cache::Cache,
    fit::Marks,
    sql::{Insert, Sent, Writer},
};

/// The migrations, embedded; run at start.
static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");

/// What can go wrong below the engine.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no.
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    /// A migration failed.
    #[error("the database cannot be brought up to date: {0}")]
    Migrate(sqlx::migrate::MigrateError),
    /// The database is newer than the program.
    #[error(
        "the database was changed by a newer version of entraide (its migration {found}, this program knows {known}): \
         start that version or a later one, or restore a backup from before"
    )]
    Newer {
        /// The newest migration of the database.
        found: i64,
        /// The newest that this program has.
        known: i64,
    },
    /// The vault said no.
    #[error("vault: {0}")]
    Vault(#[from] VaultError),
    /// Something stored cannot be read.
    #[error("stored data is not as expected: {0}")]
    Corrupt(&'static str),
    /// Something stored is not the JSON that it should be: where in it. What serde says of it would quote it.
    #[error("stored data is not as expected at line {0}, column {1}")]
    Json(usize, usize),
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error.line(), error.column())
    }
}

/// SQLite's primary result codes that speak of the machine, not of the statement: busy, locked, no memory,
/// read-only, I/O, full, cannot open (<https://www.sqlite.org/rescode.html>).
const MACHINE_CODES: [i64; 8] = [5, 6, 7, 8, 10, 13, 14, 23];

impl StoreError {
    /// The machine is at fault (disk full, I/O, no database), not this event: try again later, put nothing aside.
    pub fn is_machine(&self) -> bool {
        match self {
            Self::Sql(sqlx::Error::Database(e)) => {
                e.code().and_then(|code| code.parse::<i64>().ok()).is_some_and(|code| MACHINE_CODES.contains(&(code & 0xFF)))
            }
            Self::Sql(e) => matches!(e, sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed | sqlx::Error::PoolClosed),
            Self::Vault(e) => matches!(e, VaultError::Io { .. } | VaultError::Random(_)),
            Self::Migrate(_) | Self::Newer { .. } | Self::Corrupt(_) | Self::Json(..) => false,
        }
    }

    /// A constraint was refused; the connection is sound.
    pub fn is_constraint(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(e))
            if e.is_unique_violation() || e.is_foreign_key_violation() || e.is_check_violation())
    }
}

static META: Insert =
    Insert { into: "meta (name, value)", columns: 2, conflict: "ON CONFLICT (name) DO UPDATE SET value = excluded.value" };

/// A commit that is under way.
#[derive(Debug)]
pub struct Commit {
    sent: Sent,
    /// How many keys the ring has that the database will then know of.
    height: u64,
}

/// The state of the bot, as the engine sees it.
pub struct Store {
    pub(crate) writer: Writer,
    pub(crate) vault: Arc<Vault>,
    pub(crate) cache: Cache,
    /// How many keys the ring has had, as the database knows.
    ring_height: u64,
    /// Keys are to be destroyed, or a last message is on its way.
    erasing: bool,
    /// There may be something of somebody whose key is destroyed.
    sweep_due: bool,
    /// Where the program is reached from outside, where the operator said so.
    public_url: Option<String>,
}

impl Store {
    /// Opens the database at `url`, brings it up to date, and makes sure that it belongs to this vault.
    pub async fn open(url: &str, vault: Arc<Vault>) -> Result<Self, StoreError> {
        let mut writer = Writer::connect(url).await?;
        MIGRATIONS.run_direct(None, writer.conn().await?, false).await.map_err(fit::unmigrated)?;
        let mut store = Self { writer, vault, cache: Cache::default(), ring_height: 0, erasing: false, sweep_due: false, public_url: None };
        store.check_keys().await?;
        store.fill_looks().await?;
        store.check_destroyed().await?;
        store.load_erasing().await?;
        store.load_next_due().await?;
        Ok(store)
    }

    /// Makes sure that the keys are this database's own and not an old copy of them.
    async fn check_keys(&mut self) -> Result<(), StoreError> {
        let marks = Marks::of(&self.writer.rows("SELECT name, value FROM meta", vec![]).await?)?;
        marks.check_keys(&self.vault)?;
        if marks.installation.is_none() {
            self.put_meta(fit::INSTALLATION, self.vault.installation_id().to_vec());
            self.writer.flush().await?;
        }
        self.ring_height = marks.height;
        Ok(())
    }

    /// Opens a transaction.
    pub async fn begin(&mut self) -> Result<(), StoreError> {
        self.writer.begin();
        match self.cache.next_due {
            Some(_) => Ok(()),
            None => self.load_next_due().await,
        }
    }

    /// Makes the keys durable that the transaction uses, then commits it.
    pub async fn commit(&mut self) -> Result<(), StoreError> {
        let commit = self.send_commit().await?;
        self.landed(commit).await
    }

    /// The same without waiting: the next transaction may be begun and decided while this one is written. Where it then fails,
    /// both are to be rolled back.
    pub async fn send_commit(&mut self) -> Result<Commit, StoreError> {
        self.vault.make_durable()?;
        let height = self.vault.height();
        if height != self.ring_height {
            self.put_meta(fit::RING_HEIGHT, height.to_be_bytes().to_vec());
        }
        let sent = self.writer.send_commit().await?;
        Ok(Commit { sent, height })
    }

    /// Waits for a commit that was sent.
    pub async fn landed(&mut self, commit: Commit) -> Result<(), StoreError> {
        self.writer.landed(commit.sent).await?;
        self.ring_height = commit.height;
        Ok(())
    }

    /// Whether the next transaction may be decided before this one is committed: not while keys wait to be destroyed, which is
    /// done between the two.
    pub fn may_be_followed(&self) -> bool {
        !self.erasing
    }

    fn put_meta(&mut self, name: &'static str, value: Vec<u8>) {
        self.writer.upsert(&META, name.as_bytes().to_vec(), binds![name, value]);
    }

    /// Drops the transaction and everything that was remembered in it.
    pub async fn rollback(&mut self, because: &StoreError) -> Result<(), StoreError> {
        self.cache = Cache::default();
        self.vault.forget_pending();
        self.writer.rollback(!because.is_constraint()).await
    }

    /// Applies one change.
    pub async fn apply(&mut self, about: questions::About, change: Change, now: Timestamp) -> Result<(), StoreError> {
        match change {
            Change::People(change) => Box::pin(self.apply_people(change)).await,
            Change::Ledger(change) => Box::pin(self.apply_ledger(change, now)).await,
            Change::Session(change) => Box::pin(self.apply_session(change, now)).await,
            Change::Checkin(change) => Box::pin(self.apply_checkin(change, now)).await,
            Change::Prompt(change) => Box::pin(self.apply_prompt(change, now)).await,
            Change::Safety(change) => Box::pin(self.apply_safety(change, now)).await,
            Change::Link(change) => Box::pin(self.apply_link(change, now)).await,
            Change::Question(change) => self.apply_question(about, change),
            Change::Data(change) => Box::pin(self.apply_data(change, now)).await,
        }
    }

    /// Prunes what need not be kept any longer.
    pub async fn prune(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.prune_events(now).await?;
        self.prune_parked(now).await?;
        self.prune_questions(now).await?;
        self.prune_codes(now).await?;
        self.prune_former_names(now).await?;
        self.prune_barred(now).await?;
        self.prune_safety(now).await?;
        self.prune_links(now).await?;
        self.prune_past(now).await?;
        self.prune_prompts(now).await?;
        self.prune_kept(now).await
    }

    /// Lets some of what is decided be written while more is decided.
    pub async fn write_ahead(&mut self) -> Result<(), StoreError> {
        self.writer.write_ahead().await
    }

    /// Folds the write-ahead log into the database and empties it.
    pub async fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.writer.checkpoint().await
    }

    /// The connection, for tests that measure or hurt it.
    pub fn writer(&mut self) -> &mut Writer {
        &mut self.writer
    }

    /// The vault.
    pub fn vault(&self) -> &Arc<Vault> {
        &self.vault
    }

    /// Seals a value as JSON.
    pub(crate) fn seal_json<T: serde::Serialize>(
        &self,
        subject: impl Into<Subject>,
        field: &Field<'_>,
        value: &T,
    ) -> Result<Vec<u8>, StoreError> {
        Ok(self.vault.seal(subject.into(), field, &serde_json::to_vec(value)?)?)
    }

    /// Opens what [`Store::seal_json`] sealed; `None` where the key is destroyed.
    pub(crate) fn open_json<T: serde::de::DeserializeOwned>(
        &self,
        subject: impl Into<Subject>,
        field: &Field<'_>,
        sealed: &[u8],
    ) -> Result<Option<T>, StoreError> {
        let plain = self.vault.open_sealed(subject.into(), field, sealed)?;
        Ok(plain.map(|plain| serde_json::from_slice(&plain)).transpose()?)
    }

    /// Seals a text.
    pub(crate) fn seal_text(&self, subject: impl Into<Subject>, field: &Field<'_>, text: &str) -> Result<Vec<u8>, StoreError> {
        Ok(self.vault.seal(subject.into(), field, text.as_bytes())?)
    }

    /// Opens what [`Store::seal_text`] sealed; `None` where the key is destroyed.
    pub(crate) fn open_text(&self, subject: impl Into<Subject>, field: &Field<'_>, sealed: &[u8]) -> Result<Option<String>, StoreError> {
        let plain = self.vault.open_sealed(subject.into(), field, sealed)?;
        plain.map(|plain| String::from_utf8(plain).map_err(|_| StoreError::Corrupt("a sealed text is not UTF-8"))).transpose()
    }
}

/// The address of a SQLite file for sqlx.
pub fn url_of(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}
