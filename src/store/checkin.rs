//! Check-ins: scores and notes sealed under the person's key, kept no longer than the person was told.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::{
    binds,
    domain::{
        checkin::{Change, Entry, daily::CheckinView, month},
        ids::PersonId,
        time::Timestamp,
    },
    vault::Field,
};

use super::{
    Store, StoreError,
    sql::{Insert, Row},
};

/// The sealed part of a check-in.
#[derive(Serialize, Deserialize)]
struct Score {
    score: u8,
    full_care: Option<Timestamp>,
}

static CHECKIN: Insert = Insert {
    into: "checkin (person_id, day, score_sealed, note_sealed, at)",
    columns: 5,
    conflict: "ON CONFLICT (person_id, day) DO UPDATE SET score_sealed = excluded.score_sealed, note_sealed = excluded.note_sealed, \
               at = excluded.at",
};

/// So many days back the full care text is looked for, today's check-in included.
const RECENT_DAYS: i64 = 8;

impl Store {
    /// What `/checkin` needs; `today` is the person's own day.
    pub async fn checkin_view(&mut self, person: PersonId, today: NaiveDate) -> Result<CheckinView, StoreError> {
        let recent = self.checkins_since(person, today - TimeDelta::days(RECENT_DAYS)).await?;
        Ok(CheckinView { recent })
    }

    /// The days and scores that `/mymonth` speaks of.
    pub async fn checkin_days(&mut self, person: PersonId, today: NaiveDate) -> Result<month::Days, StoreError> {
        let entries = self.checkins_since(person, today - TimeDelta::days(2 * month::DAYS)).await?;
        Ok(entries.into_iter().map(|entry| (entry.day, entry.score)).collect())
    }

    /// How many check-ins are kept of a person.
    pub async fn checkins_kept(&mut self, person: PersonId) -> Result<i64, StoreError> {
        let sql = "SELECT COUNT(*) FROM checkin WHERE person_id = $1";
        self.writer.row(sql, binds![person]).await?.map_or(Ok(0), |row| row.int(0))
    }

    pub(super) async fn checkins_since(&mut self, person: PersonId, since: NaiveDate) -> Result<Vec<Entry>, StoreError> {
        let sql = "SELECT day, score_sealed, note_sealed, at FROM checkin WHERE person_id = $1 AND day >= $2 ORDER BY day";
        let rows = self.writer.rows(sql, binds![person, since.to_string()]).await?;
        let entries = rows.iter().map(|row| self.read_checkin(person, row)).collect::<Result<Vec<_>, _>>()?;
        Ok(entries.into_iter().flatten().collect())
    }

    fn read_checkin(&self, person: PersonId, row: &Row) -> Result<Option<Entry>, StoreError> {
        let day = row.text(0)?;
        let key = row_key(person, &day);
        let Some(score) = self.open_json::<Score>(person, &field("score", &key), &row.bytes(1)?)? else { return Ok(None) };
        let note = match row.opt_bytes(2)? {
            Some(sealed) => self.open_text(person, &field("note", &key), &sealed)?,
            None => None,
        };
        let day = day.parse().map_err(|_| StoreError::Corrupt("the day of a check-in"))?;
        Ok(Some(Entry { person, day, score: score.score, note, full_care: score.full_care, at: row.instant(3)? }))
    }

    pub(super) async fn apply_checkin(&mut self, change: Change, _now: Timestamp) -> Result<(), StoreError> {
        match change {
            Change::Keep(entry) => self.put_checkin(&entry),
            Change::Erase { person, day } => {
                let sql = "DELETE FROM checkin WHERE person_id = $1 AND day = $2";
                self.writer.run(sql, binds![person, day.to_string()]).await.map(drop)
            }
            Change::EraseAll(person) => self.writer.run("DELETE FROM checkin WHERE person_id = $1", binds![person]).await.map(drop),
        }
    }

    fn put_checkin(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let day = entry.day.to_string();
        let key = row_key(entry.person, &day);
        let score = Score { score: entry.score, full_care: entry.full_care };
        let sealed = self.seal_json(entry.person, &field("score", &key), &score)?;
        let note = match &entry.note {
            Some(note) => Some(self.seal_text(entry.person, &field("note", &key), note)?),
            None => None,
        };
        self.writer.upsert(&CHECKIN, key, binds![entry.person, day, sealed, note, entry.at]);
        Ok(())
    }

    /// The check-ins of `from` become `to`'s; of two on one day the later stays.
    pub(super) async fn move_checkins(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        let known = self.checkins_since(to, NaiveDate::default()).await?;
        for entry in self.checkins_since(from, NaiveDate::default()).await? {
            if known.iter().all(|other| other.day != entry.day || other.at < entry.at) {
                self.put_checkin(&Entry { person: to, ..entry })?;
            }
        }
        self.writer.run("DELETE FROM checkin WHERE person_id = $1", binds![from]).await.map(drop)
    }
}

fn row_key(person: PersonId, day: &str) -> Vec<u8> {
    [person.0.as_bytes(), day.as_bytes()].concat()
}

fn field<'a>(column: &'static str, row: &'a [u8]) -> Field<'a> {
    Field { table: "checkin", column, row }
}
