//! Reminders: each person's wishes, their needs sealed under their own keys, and which reminders went out.

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        ids::{PersonId, SessionId},
        scope::Person,
        session::{
            BookingState, Change, Roll, Session, SessionRef,
            remind::{Attendee, Quiet, Wishes},
            wishes::NeedView,
        },
        time::Timestamp,
    },
    store::{Store, StoreError, sql::Insert},
    vault::Field,
};

static WISHES: Insert = Insert {
    into: "reminder_choice (person_id, day_before, hour_before, quiet_from, quiet_until)",
    columns: 5,
    conflict: "ON CONFLICT (person_id) DO UPDATE SET day_before = excluded.day_before, hour_before = excluded.hour_before, \
               quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until",
};

static REMINDED: Insert = Insert { into: "reminded (session_id, hours_before, starts_at)", columns: 3, conflict: "ON CONFLICT DO NOTHING" };

static NEED: Insert = Insert {
    into: "need (session_id, person_id, need_sealed)",
    columns: 3,
    conflict: "ON CONFLICT (session_id, person_id) DO UPDATE SET need_sealed = excluded.need_sealed",
};

/// Needs, and that a reminder went out, are forgotten so many days after the start.
const KEPT_DAYS: i64 = 2;

impl Store {
    pub(super) async fn apply_reminders(&mut self, change: Change) -> Result<(), StoreError> {
        match change {
            Change::Wishes(person, wishes) => self.put_wishes(person, wishes),
            Change::Need(session, person, Some(need)) => self.put_need(session, person, &need)?,
            Change::Need(session, person, None) => self.take_need_back(session, person).await?,
            Change::NeedTold(session, person) => {
                let sql = "UPDATE need SET told = told + 1 WHERE session_id = $1 AND person_id = $2";
                self.writer.run(sql, binds![session, person]).await?;
            }
            Change::Reminded(session, hours_before, starts) => self.writer.insert(&REMINDED, binds![session, hours_before, starts]),
            Change::Open(_)
            | Change::Edit(_)
            | Change::Series(_)
            | Change::SetState(..)
            | Change::SetHost(..)
            | Change::Booking(_)
            | Change::After(_)
            | Change::Figures(_)
            | Change::Forfeited(_)
            | Change::Feed(_) => {}
        }
        Ok(())
    }

    fn put_wishes(&mut self, person: PersonId, wishes: Wishes) {
        let Wishes { day, hour, quiet } = wishes;
        self.writer.upsert(&WISHES, person.bytes(), binds![person, day, hour, i64::from(quiet.from), i64::from(quiet.until)]);
    }

    fn put_need(&mut self, session: SessionId, person: PersonId, need: &str) -> Result<(), StoreError> {
        let row = key(session, person);
        let sealed = self.seal_text(person, &need_field(&row), need)?;
        self.writer.upsert(&NEED, row, binds![session, person, sealed]);
        Ok(())
    }

    /// What was written is gone; that it was told is not, so that nobody begins to count anew, not even with another seat.
    pub(super) async fn take_need_back(&mut self, session: SessionId, person: PersonId) -> Result<(), StoreError> {
        if self.need_told(session, person).await? > 0 {
            return self.put_need(session, person, "");
        }
        let sql = "DELETE FROM need WHERE session_id = $1 AND person_id = $2";
        self.writer.run(sql, binds![session, person]).await.map(drop)
    }

    /// How often the host was told at once.
    async fn need_told(&mut self, session: SessionId, person: PersonId) -> Result<i64, StoreError> {
        let sql = "SELECT told FROM need WHERE session_id = $1 AND person_id = $2";
        self.writer.row(sql, binds![session, person]).await?.map_or(Ok(0), |row| row.int(0))
    }

    /// When a person wants to be reminded, where they chose it.
    pub async fn wishes(&mut self, person: PersonId) -> Result<Option<Wishes>, StoreError> {
        let sql = "SELECT day_before, hour_before, quiet_from, quiet_until FROM reminder_choice WHERE person_id = $1";
        let Some(row) = self.writer.row(sql, binds![person]).await? else { return Ok(None) };
        let minute = |n| row.int(n).map(|minute| u32::try_from(minute).unwrap_or(0));
        let quiet = Quiet::new(minute(2)?, minute(3)?).ok_or(StoreError::Corrupt("quiet hours"))?;
        Ok(Some(Wishes { day: row.int(0)? == 1, hour: row.int(1)? == 1, quiet }))
    }

    /// Which reminders of this very start went out.
    pub(super) async fn reminded(&mut self, session: &Session) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT hours_before FROM reminded WHERE session_id = $1 AND starts_at = $2";
        self.writer.rows(sql, binds![session.id, session.starts]).await?.iter().map(|row| row.int(0)).collect()
    }

    /// What a need decides on.
    pub async fn need_view(&mut self, person: &Person, meant: SessionRef) -> Result<NeedView, StoreError> {
        let found = self.roll_of(person, meant).await?;
        let host = match &found {
            Some(roll) => self.attendee(roll, roll.session.host).await?,
            None => None,
        };
        let told = match &found {
            Some(roll) => self.need_told(roll.session.id, person.id).await?,
            None => 0,
        };
        Ok(NeedView { found, host, told })
    }

    /// Those with a seat, and the host, as far as reminders need it.
    pub(super) async fn attendees(&mut self, roll: &Roll) -> Result<Vec<Attendee>, StoreError> {
        let seated: Vec<PersonId> = roll.in_state(BookingState::Booked).map(|booking| booking.person).collect();
        let mut people = Vec::with_capacity(seated.len() + 1);
        for id in seated.into_iter().chain([roll.session.host]) {
            people.extend(self.attendee(roll, id).await?);
        }
        Ok(people)
    }

    async fn attendee(&mut self, roll: &Roll, id: PersonId) -> Result<Option<Attendee>, StoreError> {
        let Some(person) = self.person(id).await? else { return Ok(None) };
        let community = self.community(person.community).await?.map_or(roll.session.zone, |community| community.zone);
        Ok(Some(Attendee {
            person: person.id,
            alias: person.alias,
            zone: person.zone.unwrap_or(community),
            paused_until: person.paused_until,
            wishes: self.wishes(id).await?.unwrap_or_default(),
            need: self.need_of(roll.session.id, id).await?,
        }))
    }

    async fn need_of(&mut self, session: SessionId, person: PersonId) -> Result<Option<String>, StoreError> {
        let sql = "SELECT need_sealed FROM need WHERE session_id = $1 AND person_id = $2";
        let Some(row) = self.writer.row(sql, binds![session, person]).await? else { return Ok(None) };
        let need = self.open_text(person, &need_field(&key(session, person)), &row.bytes(0)?)?;
        Ok(need.filter(|need| !need.is_empty()))
    }

    /// What somebody wants hosts to know, for their own data.
    pub(in crate::store) async fn own_needs(&mut self, person: PersonId) -> Result<Vec<(SessionId, String)>, StoreError> {
        let rows = self.writer.rows("SELECT session_id FROM need WHERE person_id = $1 ORDER BY session_id", binds![person]).await?;
        let mut needs = Vec::new();
        for row in rows {
            let session = row.id(0)?;
            needs.extend(self.need_of(session, person).await?.map(|need| (session, need)));
        }
        Ok(needs)
    }

    /// The wishes of `to` count; where there are none those of `from` do. Needs are sealed anew.
    pub(in crate::store) async fn move_reminders(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        let (theirs, own) = (self.wishes(from).await?, self.wishes(to).await?);
        if let (Some(wishes), None) = (theirs, own) {
            self.put_wishes(to, wishes);
        }
        self.writer.run("DELETE FROM reminder_choice WHERE person_id = $1", binds![from]).await?;
        for (session, need) in self.own_needs(from).await? {
            if self.need_of(session, to).await?.is_none() {
                self.put_need(session, to, &need)?;
            }
        }
        self.writer.run("DELETE FROM need WHERE person_id = $1", binds![from]).await.map(drop)
    }

    /// What was for sessions that are over goes.
    pub(in crate::store) async fn prune_reminders(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let before = now.minus(TimeDelta::days(KEPT_DAYS));
        self.writer.run("DELETE FROM reminded WHERE starts_at < $1", binds![before]).await?;
        let sql = "DELETE FROM need WHERE session_id IN (SELECT id FROM session WHERE starts_at < $1)";
        self.writer.run(sql, binds![before]).await.map(drop)
    }
}

fn key(session: SessionId, person: PersonId) -> Vec<u8> {
    [session.bytes(), person.bytes()].concat()
}

fn need_field(row: &[u8]) -> Field<'_> {
    Field { table: "need", column: "need", row }
}
