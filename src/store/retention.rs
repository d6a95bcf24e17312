//! How long things are kept: the times of communities and persons, and what goes when they are over.

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        data::retention::{Retention, RetentionView, STILL_DAYS, Still, WARNING_DAYS, days_of},
        ids::{AccountId, CommunityId, PersonId},
        time::Timestamp,
    },
};

use super::{Store, StoreError, sql::Insert};

/// So many accounts are told or let go in a day.
const STILL_AT_ONCE: i64 = 500;

static RETENTION: Insert = Insert {
    into: "retention (community_id, note_days, score_months, booking_months)",
    columns: 4,
    conflict: "ON CONFLICT (community_id) DO UPDATE SET note_days = excluded.note_days, score_months = excluded.score_months, \
               booking_months = excluded.booking_months",
};

static KEPT_LONGER: Insert = Insert {
    into: "kept_longer (person_id, score_months)",
    columns: 2,
    conflict: "ON CONFLICT (person_id) DO UPDATE SET score_months = excluded.score_months",
};

/// What follows a session goes with its bookings.
const FOLLOWS: [&str; 2] = [
    "DELETE FROM feedback WHERE session_id IN (SELECT id FROM session WHERE community_id = $1 AND starts_at < $2)",
    "DELETE FROM debrief WHERE session_id IN (SELECT id FROM session WHERE community_id = $1 AND starts_at < $2)",
];

impl Store {
    /// How long a community keeps things, and a person's own choice.
    pub async fn retention_view(&mut self, community: CommunityId, person: Option<PersonId>) -> Result<RetentionView, StoreError> {
        let sql = "SELECT note_days, score_months, booking_months FROM retention WHERE community_id = $1";
        let community = match self.writer.row(sql, binds![community]).await? {
            Some(row) => Retention { note_days: row.int(0)?, score_months: row.int(1)?, booking_months: row.int(2)? },
            None => Retention::default(),
        };
        Ok(RetentionView { community, kept_months: self.kept_months(person).await? })
    }

    async fn kept_months(&mut self, person: Option<PersonId>) -> Result<Option<i64>, StoreError> {
        let Some(person) = person else { return Ok(None) };
        let row = self.writer.row("SELECT score_months FROM kept_longer WHERE person_id = $1", binds![person]).await?;
        row.map(|row| row.int(0)).transpose()
    }

    pub(super) async fn put_retention(&mut self, community: CommunityId, retention: Retention) -> Result<(), StoreError> {
        let Retention { note_days, score_months, booking_months } = retention;
        self.writer.upsert(&RETENTION, community.bytes(), binds![community, note_days, score_months, booking_months]);
        Ok(())
    }

    pub(super) async fn keep_scores(&mut self, person: PersonId, months: Option<i64>) -> Result<(), StoreError> {
        match months {
            Some(months) => self.writer.upsert(&KEPT_LONGER, person.bytes(), binds![person, months]),
            None => {
                self.writer.run("DELETE FROM kept_longer WHERE person_id = $1", binds![person]).await?;
            }
        }
        Ok(())
    }

    /// Of two choices the longer stays.
    pub(super) async fn move_kept_longer(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        let longest = self.kept_months(Some(from)).await?.max(self.kept_months(Some(to)).await?);
        self.keep_scores(from, None).await?;
        self.keep_scores(to, longest).await
    }

    /// Notes, scores and bookings go when their time is over.
    pub(super) async fn prune_past(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let communities: Vec<CommunityId> =
            self.writer.rows("SELECT id FROM community", vec![]).await?.iter().map(|row| row.id(0)).collect::<Result<_, _>>()?;
        for community in communities {
            let Retention { note_days, score_months, booking_months } = self.retention_view(community, None).await?.community;
            let sql = "UPDATE checkin SET note_sealed = NULL WHERE day < $1 AND note_sealed IS NOT NULL \
                       AND person_id IN (SELECT id FROM person WHERE community_id = $2)";
            self.writer.run(sql, binds![day_before(now, note_days), community]).await?;
            let sql = "DELETE FROM checkin WHERE day < $1 AND person_id IN (SELECT id FROM person WHERE community_id = $2) \
                       AND person_id NOT IN (SELECT person_id FROM kept_longer)";
            self.writer.run(sql, binds![day_before(now, days_of(score_months)), community]).await?;
            let sql = "DELETE FROM booking WHERE state <> 0 \
                       AND session_id IN (SELECT id FROM session WHERE community_id = $1 AND starts_at < $2)";
            let before = now.minus(TimeDelta::days(days_of(booking_months)));
            self.writer.run(sql, binds![community, before]).await?;
            for sql in FOLLOWS {
                self.writer.run(sql, binds![community, before]).await?;
            }
        }
        self.prune_rests(now).await?;
        self.prune_reminders(now).await?;
        for row in self.writer.rows("SELECT DISTINCT score_months FROM kept_longer", vec![]).await? {
            let months = row.int(0)?;
            let sql = "DELETE FROM checkin WHERE day < $1 AND person_id IN (SELECT person_id FROM kept_longer WHERE score_months = $2)";
            self.writer.run(sql, binds![day_before(now, days_of(months)), months]).await?;
        }
        Ok(())
    }

    /// Accounts that have long been still: to be told, or to go.
    pub async fn long_still(&mut self, now: Timestamp) -> Result<Vec<AccountId>, StoreError> {
        let sql = "SELECT id FROM account WHERE used_at < $1 AND (warned_at IS NULL OR warned_at < used_at OR warned_at <= $2) \
                   ORDER BY used_at LIMIT $3";
        let still = now.minus(TimeDelta::days(STILL_DAYS - WARNING_DAYS));
        let rows = self.writer.rows(sql, binds![still, now.minus(TimeDelta::days(WARNING_DAYS)), STILL_AT_ONCE]).await?;
        rows.iter().map(|row| row.id(0)).collect()
    }

    /// How still an account is.
    pub async fn still(&mut self, account: AccountId) -> Result<Option<Still>, StoreError> {
        let Some(row) = self.writer.row("SELECT used_at, warned_at FROM account WHERE id = $1", binds![account]).await? else {
            return Ok(None);
        };
        let last_coordinator = self.own_persons(account).await?.iter().any(|own| own.last_coordinator);
        Ok(Some(Still { account, used: row.instant(0)?, warned: row.opt_instant(1)?, last_coordinator }))
    }
}

fn day_before(now: Timestamp, days: i64) -> String {
    (now.utc().date_naive() - TimeDelta::days(days)).to_string()
}
