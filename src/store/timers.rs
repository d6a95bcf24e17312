//! Wake-ups: stored with the decision that asks for them, handed over when they are due, gone once handled.

use crate::{
    binds,
    domain::{
        ids::IdSource,
        time::Timestamp,
        timer::{Timer, Wake},
    },
};

use super::{Store, StoreError, sql::Insert};

/// One that is set again is the same.
static TIMER: Insert = Insert { into: "timer (id, due_at, wake)", columns: 3, conflict: "ON CONFLICT (id) DO NOTHING" };

/// How many due timers are handled in one commit.
const AT_ONCE: i64 = 100;

impl Store {
    /// Stores a wake-up.
    pub fn put_timer(&mut self, timer: &Timer) -> Result<(), StoreError> {
        self.writer.insert(&TIMER, binds![timer.id, timer.at, serde_json::to_string(&timer.wake)?]);
        if let Some(next) = &mut self.cache.next_due {
            *next = Some(next.map_or(timer.at, |due| due.min(timer.at)));
        }
        Ok(())
    }

    /// When the next timer is due. After a rollback that is not known until something is begun again: perhaps long ago.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.cache.next_due.unwrap_or(Some(Timestamp::from_micros(0)))
    }

    /// The timers that are due at `now`, the oldest first.
    pub async fn due_timers(&mut self, now: Timestamp) -> Result<Vec<Timer>, StoreError> {
        let sql = "SELECT id, due_at, wake FROM timer WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2";
        let rows = self.writer.rows(sql, binds![now, AT_ONCE]).await?;
        rows.iter().map(|row| Ok(Timer { id: row.id(0)?, at: row.instant(1)?, wake: serde_json::from_str(&row.text(2)?)? })).collect()
    }

    /// Forgets a timer that was handled.
    pub async fn end_timer(&mut self, timer: &Timer) -> Result<(), StoreError> {
        self.writer.run("DELETE FROM timer WHERE id = $1", binds![timer.id]).await?;
        self.load_next_due().await
    }

    /// Plans the daily housekeeping, where it is not planned yet.
    pub async fn plan_housekeeping(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let wake = serde_json::to_string(&Wake::Housekeeping)?;
        if self.writer.row("SELECT 1 FROM timer WHERE wake = $1", binds![wake]).await?.is_none() {
            let id = IdSource::new(self.vault.seed(b"housekeeping"), now).make();
            self.put_timer(&Timer { id, at: now.plus(chrono::TimeDelta::hours(1)), wake: Wake::Housekeeping })?;
        }
        Ok(())
    }

    pub(super) async fn load_next_due(&mut self) -> Result<(), StoreError> {
        let row = self.writer.row("SELECT MIN(due_at) FROM timer", vec![]).await?;
        self.cache.next_due = Some(row.map(|row| row.opt_instant(0)).transpose()?.flatten());
        Ok(())
    }
}
