//! Events that were handled, the adapters' cursors, and what was put aside.

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        event::{Cursor, Event, EventKey, Platform},
        ids::AccountId,
        time::Timestamp,
    },
    vault::{Field, Subject},
};

use super::{Store, StoreError, sql::Insert};

/// How long an event's key is remembered.
const KEPT_DAYS: i64 = 30;

/// Under whose key incidents are sealed: nobody's in particular.
const INCIDENTS: Subject = Subject(*b"entraide-inciden");

static EVENT_SEEN: Insert = Insert { into: "event_seen (key_hash, at)", columns: 2, conflict: "ON CONFLICT (key_hash) DO NOTHING" };

static CURSOR: Insert =
    Insert { into: "stream_cursor (platform, value)", columns: 2, conflict: "ON CONFLICT (platform) DO UPDATE SET value = excluded.value" };

impl Store {
    /// Remembers the events' keys; tells for each, in order, whether it is new.
    pub async fn remember_events(&mut self, events: &[Event]) -> Result<Vec<bool>, StoreError> {
        let hashes: Vec<[u8; 32]> = events.iter().map(|event| self.event_hash(&event.key)).collect();
        let rows = hashes.iter().zip(events).map(|(hash, event)| binds![*hash, event.at]).collect();
        let inserted = self.writer.insert_returning(&EVENT_SEEN, "key_hash", rows).await?;
        let mut fresh: std::collections::HashSet<Vec<u8>> = inserted.iter().map(|row| row.bytes(0)).collect::<Result<_, _>>()?;
        // The same key twice within one batch is new only the first time.
        Ok(hashes.iter().map(|hash| fresh.remove(hash.as_slice())).collect())
    }

    /// An event that meant nothing yet may be told again.
    pub async fn forget_event(&mut self, key: &EventKey) -> Result<(), StoreError> {
        let hash = self.event_hash(key);
        self.writer.run("DELETE FROM event_seen WHERE key_hash = $1", binds![hash]).await.map(drop)
    }

    /// Where a platform's stream is to be read on.
    pub async fn cursor(&mut self, platform: Platform) -> Result<Option<String>, StoreError> {
        let row = self.writer.row("SELECT value FROM stream_cursor WHERE platform = $1", binds![platform.code()]).await?;
        row.map(|row| row.text(0)).transpose()
    }

    /// Stores where a platform's stream is to be read on.
    pub fn put_cursor(&mut self, cursor: Cursor) {
        self.writer.upsert(&CURSOR, vec![u8::try_from(cursor.platform.code()).unwrap_or(0)], binds![cursor.platform.code(), cursor.value]);
    }

    /// Puts an event aside that failed alone; returns the incident's number.
    pub async fn put_aside(&mut self, event: &Event) -> Result<i64, StoreError> {
        let row = self.writer.row("SELECT COALESCE(MAX(number), 0) + 1 FROM incident", vec![]).await?;
        let number = row.map_or(Ok(1), |row| row.int(0))?;
        // Under the key of whose event it is, so that it goes with them; a sender whom the bot does not know yet has no key.
        let account = match event.sender() {
            Some(sender) => match self.account_at(&sender.account).await {
                Ok(row) => row.map(|row| row.id),
                Err(error) if error.is_machine() => return Err(error),
                // It is put aside all the same, perhaps because of just this.
                Err(_) => None,
            },
            None => None,
        };
        let sealed = self.seal_json(account.map_or(INCIDENTS, Subject::from), &event_field(&number.to_be_bytes()), event)?;
        let sql = "INSERT INTO incident (number, at, event_sealed, account_id) VALUES ($1, $2, $3, $4)";
        self.writer.run(sql, binds![number, event.at, sealed, account]).await?;
        Ok(number)
    }

    /// What was put aside and can be read.
    pub(super) async fn incidents(&mut self) -> Result<Vec<(i64, Option<Event>)>, StoreError> {
        let rows = self.writer.rows("SELECT number, event_sealed, account_id FROM incident ORDER BY number", vec![]).await?;
        let read = |row: &super::sql::Row| {
            let (number, account) = (row.int(0)?, row.opt_id::<AccountId>(2)?);
            let subject = account.map_or(INCIDENTS, Subject::from);
            Ok((number, self.open_json::<Event>(subject, &event_field(&number.to_be_bytes()), &row.bytes(1)?)?))
        };
        rows.iter().map(read).collect()
    }

    pub(super) async fn prune_events(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let before = now.minus(TimeDelta::days(KEPT_DAYS));
        self.writer.run("DELETE FROM event_seen WHERE at < $1", binds![before]).await?;
        self.writer.run("DELETE FROM incident WHERE at < $1", binds![before]).await?;
        Ok(())
    }

    fn event_hash(&self, key: &EventKey) -> [u8; 32] {
        self.vault.hash("event", key.0.as_bytes())
    }
}

fn event_field(row: &[u8]) -> Field<'_> {
    Field { table: "incident", column: "event", row }
}
