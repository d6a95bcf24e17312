//! What adapters keep until they can read it: sealed, found by keyed hashes, let go when it is read or given up.

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        event::{Keeping, Kept, Platform},
        time::Timestamp,
    },
    vault::{Field, Subject},
};

use super::{Store, StoreError};

/// Under whose key they are sealed: nobody's in particular.
const KEPT: Subject = Subject(*b"entraide-kept---");
/// Adapters give up far earlier.
const KEPT_DAYS: i64 = 30;

impl Store {
    /// Keeps something, or lets it go; told twice, done once.
    pub async fn put_keeping(&mut self, keeping: &Keeping) -> Result<(), StoreError> {
        match keeping {
            Keeping::Keep(kept) => {
                let hash = self.kept_hash(kept.platform, &kept.id);
                let sealed = self.seal_json(KEPT, &field(&hash), kept)?;
                let sql = "INSERT INTO kept (id_hash, platform, at, sealed) VALUES ($1, $2, $3, $4) ON CONFLICT (id_hash) DO NOTHING";
                self.writer.run(sql, binds![hash, kept.platform.code(), kept.at, sealed]).await?;
            }
            Keeping::LetGo { platform, id } => {
                let hash = self.kept_hash(*platform, id);
                self.writer.run("DELETE FROM kept WHERE id_hash = $1", binds![hash]).await?;
            }
        }
        Ok(())
    }

    /// What is kept for a platform's adapter, the oldest first. One that is damaged stops no other.
    pub async fn kept(&mut self, platform: Platform) -> Result<Vec<Kept>, StoreError> {
        let sql = "SELECT id_hash, sealed FROM kept WHERE platform = $1 ORDER BY at";
        let mut all = Vec::new();
        for row in self.writer.rows(sql, binds![platform.code()]).await? {
            match self.open_json::<Kept>(KEPT, &field(&row.bytes(0)?), &row.bytes(1)?) {
                Ok(kept) => all.extend(kept),
                Err(error) if error.is_machine() => return Err(error),
                Err(error) => tracing::error!(%error, "something kept for an adapter cannot be read, and stays where it is"),
            }
        }
        Ok(all)
    }

    pub(super) async fn prune_kept(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.writer.run("DELETE FROM kept WHERE at < $1", binds![now.minus(TimeDelta::days(KEPT_DAYS))]).await?;
        Ok(())
    }

    fn kept_hash(&self, platform: Platform, id: &str) -> [u8; 32] {
        self.vault.hash("kept", format!("{}:{id}", platform.code()).as_bytes())
    }
}

fn field(row: &[u8]) -> Field<'_> {
    Field { table: "kept", column: "sealed", row }
}
