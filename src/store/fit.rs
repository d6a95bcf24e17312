//! Whether a database, its key ring and this program belong together: asked at start, and by `entraide check` beside a running bot.

use std::path::Path;

use sqlx::migrate::MigrateError;

use crate::vault::Vault;

use super::{
    MIGRATIONS, StoreError,
    sql::{Reader, Row},
};

/// Under which name the database keeps whose keys open it.
pub(super) const INSTALLATION: &str = "installation";
/// Under which name it keeps how many keys the ring has had.
pub(super) const RING_HEIGHT: &str = "ring height";

/// What a database knows of its keys and its program.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marks {
    /// The installation; `None` before the first start.
    pub installation: Option<Vec<u8>>,
    /// How many keys the ring has had.
    pub height: u64,
    /// The newest migration that was run.
    pub version: i64,
}

impl Marks {
    /// Reads them from a database that may be in use. What the ring holds is to be looked at after it: keys are written first.
    pub async fn read(database: &Path) -> Result<Self, StoreError> {
        let mut reader = Reader::open(database).await?;
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('meta', '_sqlx_migrations')";
        if reader.rows(tables, vec![]).await?.len() < 2 {
            return Ok(Self::default());
        }
        let version = reader.rows("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations", vec![]).await?;
        let version = version.first().map_or(Ok(0), |row| row.int(0))?;
        let meta = reader.rows("SELECT name, value FROM meta", vec![]).await?;
        Ok(Self { version, ..Self::of(&meta)? })
    }

    /// Out of the rows `name, value` of the table of such marks.
    pub(super) fn of(meta: &[Row]) -> Result<Self, StoreError> {
        let mut marks = Self::default();
        for row in meta {
            match row.text(0)?.as_str() {
                INSTALLATION => marks.installation = Some(row.bytes(1)?),
                RING_HEIGHT => {
                    let height = row.bytes(1)?.try_into().map_err(|_| StoreError::Corrupt("the height of the ring"))?;
                    marks.height = u64::from_be_bytes(height);
                }
                _ => {}
            }
        }
        Ok(marks)
    }

    /// Refuses keys of another installation, and a ring that is older than the database: an old copy that was put back.
    pub fn check_keys(&self, vault: &Vault) -> Result<(), StoreError> {
        if let Some(installation) = &self.installation {
            vault.check_installation(installation)?;
        }
        Ok(vault.check_height(self.height)?)
    }

    /// Refuses a database that a newer program has changed.
    pub fn check_version(&self) -> Result<(), StoreError> {
        let known = known();
        if self.version > known { Err(StoreError::Newer { found: self.version, known }) } else { Ok(()) }
    }
}

/// The newest migration of this program.
fn known() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// What a failed migration means: a version that this program does not have is a newer program's.
pub(super) fn unmigrated(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(found) if found > known() => StoreError::Newer { found, known: known() },
        error => StoreError::Migrate(error),
    }
}
