//! Events that were handled, the adapters' cursors, and what was put aside.

use std::collections::HashSet;

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

static EVENT_SEEN: Insert = Insert { into: "event_seen (key_hash, at)", columns: 2, conflict: "" };

/// How many keys are looked up by one statement: few texts, each prepared once.
const KEYS_AT_ONCE: [usize; 4] = [1, 4, 16, 64];

/// The keyed hash of an event's key.
pub type EventHash = [u8; 32];

static CURSOR: Insert =
    Insert { into: "stream_cursor (platform, value)", columns: 2, conflict: "ON CONFLICT (platform) DO UPDATE SET value = excluded.value" };

impl Store {
    /// The hashes of the events' keys; `None` for one that is told again among them.
    pub fn event_hashes(&self, events: &[Event]) -> Vec<Option<EventHash>> {
        let mut told = HashSet::new();
        let hashes = events.iter().map(|event| self.event_hash(&event.key));
        hashes.map(|hash| told.insert(hash).then_some(hash)).collect()
    }

    /// The same with `None` for all that the database has, too. To be asked before anything is remembered.
    pub async fn new_event_hashes(&mut self, events: &[Event]) -> Result<Vec<Option<EventHash>>, StoreError> {
        let mut new = self.event_hashes(events);
        let hashes: Vec<EventHash> = new.iter().copied().flatten().collect();
        let mut seen = HashSet::new();
        for keys in hashes.chunks(64) {
            let size = KEYS_AT_ONCE.into_iter().find(|size| *size >= keys.len()).unwrap_or(keys.len());
            let places: Vec<String> = (1..=size).map(|n| format!("${n}")).collect();
            let sql = format!("SELECT key_hash FROM event_seen WHERE key_hash IN ({})", places.join(", "));
            // A key that repeats does no harm.
            let binds = (0..size).map(|n| keys.get(n).copied().unwrap_or(keys[0]).into()).collect();
            for row in self.writer.written_rows(sql, binds).await? {
                seen.extend(EventHash::try_from(row.bytes(0)?));
            }
        }
        for hash in &mut new {
            *hash = hash.filter(|hash| !seen.contains(hash));
        }
        Ok(new)
    }

    /// Remembers an event that is new.
    pub fn remember_event(&mut self, hash: EventHash, at: Timestamp) {
        self.writer.insert(&EVENT_SEEN, binds![hash, at]);
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

    fn event_hash(&self, key: &EventKey) -> EventHash {
        self.vault.hash("event", key.0.as_bytes())
    }
}

fn event_field(row: &[u8]) -> Field<'_> {
    Field { table: "incident", column: "event", row }
}
