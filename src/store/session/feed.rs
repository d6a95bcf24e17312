//! The private addresses of calendars: a keyed hash of each secret, and what stands behind it.

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        ids::PersonId,
        session::{
            calendar,
            feed::{Feed, FeedChange, FeedView, Secret},
        },
        time::Timestamp,
    },
    store::{Store, StoreError, sql::Insert},
};

use super::rows;

static FEED: Insert = Insert {
    into: "calendar_feed (person_id, token_hash, titles, made_at)",
    columns: 4,
    conflict: "ON CONFLICT (person_id) DO UPDATE SET token_hash = excluded.token_hash, made_at = excluded.made_at",
};

/// What was so many days ago still stands in a calendar.
const PAST_DAYS: i64 = 30;

impl Store {
    /// Where the program is reached from outside, where the operator said so.
    pub fn set_public_url(&mut self, public_url: Option<String>) {
        self.public_url = public_url;
    }

    pub(super) async fn apply_feed(&mut self, change: FeedChange, now: Timestamp) -> Result<(), StoreError> {
        match change {
            FeedChange::Make(person, secret) => {
                let hash = self.secret_hash(&secret.0);
                self.writer.upsert(&FEED, person.bytes(), binds![person, hash, false, now]);
                Ok(())
            }
            FeedChange::Titles(person, titles) => {
                let sql = "UPDATE calendar_feed SET titles = $1 WHERE person_id = $2";
                self.writer.run(sql, binds![titles, person]).await.map(drop)
            }
            FeedChange::End(person) => self.end_feed(person).await,
        }
    }

    /// The address of a person's calendar leads nowhere any more.
    pub(in crate::store) async fn end_feed(&mut self, person: PersonId) -> Result<(), StoreError> {
        self.writer.run("DELETE FROM calendar_feed WHERE person_id = $1", binds![person]).await.map(drop)
    }

    fn secret_hash(&self, secret: &str) -> [u8; 32] {
        self.vault.hash("calendar-feed", secret.as_bytes())
    }

    /// What `/settings agenda` decides on. `seed` is of the event alone, so that a replay makes the same secret.
    pub async fn feed_view(&mut self, person: PersonId, seed: uuid::Uuid) -> Result<FeedView, StoreError> {
        let fresh = self.vault.hash("calendar-secret", seed.as_bytes());
        let fresh = Secret(data_encoding::BASE64URL_NOPAD.encode(&fresh));
        Ok(FeedView { public_url: self.public_url.clone(), feed: self.feed_of(person).await?, fresh })
    }

    /// The address that a person has.
    pub(in crate::store) async fn feed_of(&mut self, person: PersonId) -> Result<Option<Feed>, StoreError> {
        let sql = "SELECT made_at, titles FROM calendar_feed WHERE person_id = $1";
        let row = self.writer.row(sql, binds![person]).await?;
        row.map(|row| Ok(Feed { made_at: row.instant(0)?, titles: row.int(1)? == 1 })).transpose()
    }

    /// The calendar behind a secret; `None` where there is none, or its person is not here any more.
    pub async fn feed(&mut self, secret: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        let sql = "SELECT person_id, titles FROM calendar_feed WHERE token_hash = $1";
        let Some(row) = self.writer.row(sql, binds![self.secret_hash(secret)]).await? else { return Ok(None) };
        let (id, titles): (PersonId, bool) = (row.id(0)?, row.int(1)? == 1);
        if self.person(id).await?.is_none() {
            return Ok(None);
        }
        let mut discreet = false;
        for account in self.accounts_of(id).await? {
            discreet |= self.account(account).await?.is_some_and(|row| row.account().discreet.on);
        }
        let since = now.minus(TimeDelta::days(PAST_DAYS));
        let rows = self.writer.rows(rows::IN_CALENDAR, binds![since, id]).await?;
        let sessions = self.read_sessions(&rows)?;
        Ok(calendar::feed(&sessions, discreet || !titles))
    }

    /// Of two addresses the one of `to` stays.
    pub(in crate::store) async fn move_feed(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        if self.feed_of(to).await?.is_none() {
            self.writer.run("UPDATE calendar_feed SET person_id = $1 WHERE person_id = $2", binds![to, from]).await?;
        }
        self.end_feed(from).await
    }
}
