//! What follows sessions: what people said, sealed under their own keys; debriefs, rests, who is asked to hold one.

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        ids::{GroupId, PersonId, SessionId},
        people::Target,
        scope::{Person, Role},
        session::{
            BookingState, Session, SessionRef,
            after::{
                Answer, Answered, Change, HandOver, Weight,
                debrief::{DebriefView, REST_HOURS},
                feedback::{FeedbackView, JOINED_DAYS},
                hand::HandView,
            },
        },
        time::Timestamp,
    },
    store::{Store, StoreError, sql::Insert},
    vault::Field,
};

use super::rows;

static FEEDBACK: Insert = Insert {
    into: "feedback (session_id, person_id, answer_sealed, at, counts)",
    columns: 5,
    conflict: "ON CONFLICT (session_id, person_id) DO UPDATE SET answer_sealed = excluded.answer_sealed, at = excluded.at",
};

static DEBRIEF: Insert = Insert {
    into: "debrief (session_id, person_id, weight_sealed, at)",
    columns: 4,
    conflict: "ON CONFLICT (session_id) DO UPDATE SET person_id = excluded.person_id, weight_sealed = excluded.weight_sealed, at = excluded.at",
};

static REST: Insert =
    Insert { into: "rest (person_id, until)", columns: 2, conflict: "ON CONFLICT (person_id) DO UPDATE SET until = excluded.until" };

static HAND_OVER: Insert = Insert {
    into: "hand_over (session_id, from_person, to_person, until)",
    columns: 4,
    conflict: "ON CONFLICT (session_id) DO UPDATE SET from_person = excluded.from_person, to_person = excluded.to_person, \
               until = excluded.until",
};

impl Store {
    pub(super) async fn apply_after(&mut self, change: Change, now: Timestamp) -> Result<(), StoreError> {
        match change {
            Change::Answer(session, person, answer) => {
                let row = key(session, person);
                let sealed = self.seal_json(person, &answer_field(&row), &answer)?;
                let counts = self.answer_counts(session, person).await?;
                self.writer.upsert(&FEEDBACK, row, binds![session, person, sealed, now, counts]);
            }
            Change::Closed(session, counted) => {
                let sql = "UPDATE session SET feedback_counted = $1 WHERE id = $2 AND feedback_counted IS NULL";
                self.writer.run(sql, binds![counted, session]).await.map(drop)?;
            }
            Change::Debrief(session, person, weight) => {
                let sealed = self.seal_json(person, &weight_field(&session.bytes()), &weight)?;
                self.writer.upsert(&DEBRIEF, session.bytes(), binds![session, person, sealed, now]);
            }
            Change::Rest(person, Some(until)) => self.writer.upsert(&REST, person.bytes(), binds![person, until]),
            Change::Rest(person, None) => self.writer.run("DELETE FROM rest WHERE person_id = $1", binds![person]).await.map(drop)?,
            Change::Ask(HandOver { session, from, to, until }) => {
                self.writer.upsert(&HAND_OVER, session.bytes(), binds![session, from, to, until]);
            }
            Change::EndAsk(session) => {
                self.writer.run("DELETE FROM hand_over WHERE session_id = $1", binds![session]).await.map(drop)?;
            }
        }
        Ok(())
    }

    /// What saying something of a session decides on, and what showing it does.
    pub async fn feedback_view(&mut self, person: &Person, meant: SessionRef) -> Result<FeedbackView, StoreError> {
        let found = self.roll_of(person, meant).await?;
        let Some(roll) = &found else {
            return Ok(FeedbackView { found, own: None, answers: Vec::new(), marked_at: None, closed_with: None });
        };
        let session = &roll.session;
        let own = self.answer_of(session.id, person.id).await?;
        let may = session.host == person.id || person.coordinator;
        let answers = if may { self.answers_of(session).await? } else { Vec::new() };
        let marked_at = roll.in_state(BookingState::Attended).map(|booking| booking.since).max();
        let row = self.writer.row("SELECT feedback_counted FROM session WHERE id = $1", binds![session.id]).await?;
        let closed_with = row.map(|row| row.opt_int(0)).transpose()?.flatten();
        Ok(FeedbackView { own, answers, marked_at, closed_with, found })
    }

    async fn answer_of(&mut self, session: SessionId, person: PersonId) -> Result<Option<Answer>, StoreError> {
        let sql = "SELECT answer_sealed FROM feedback WHERE session_id = $1 AND person_id = $2";
        let Some(row) = self.writer.row(sql, binds![session, person]).await? else { return Ok(None) };
        self.open_json(person, &answer_field(&key(session, person)), &row.bytes(0)?)
    }

    /// Whether what this person says of a session counts: no staff, and there for some time. Decided once, when it is first said.
    async fn answer_counts(&mut self, session: SessionId, person: PersonId) -> Result<bool, StoreError> {
        let sql = "SELECT s.starts_at, p.coordinator, m.role, m.since FROM session AS s JOIN person AS p ON p.id = $2 \
                   LEFT JOIN membership AS m ON m.person_id = p.id AND m.group_id = s.group_id WHERE s.id = $1";
        let Some(row) = self.writer.row(sql, binds![session, person]).await? else { return Ok(false) };
        let joined = row.instant(0)?.minus(TimeDelta::days(JOINED_DAYS));
        let member = row.opt_int(2)?.is_some_and(|role| role < Role::Facilitator.code());
        Ok(row.int(1)? == 0 && member && row.opt_instant(3)?.is_some_and(|since| since <= joined))
    }

    /// What everybody said of a session, without who.
    pub async fn answers_of(&mut self, session: &Session) -> Result<Vec<Answered>, StoreError> {
        let sql = "SELECT person_id, answer_sealed, counts FROM feedback WHERE session_id = $1";
        let mut answers = Vec::new();
        for row in self.writer.rows(sql, binds![session.id]).await? {
            let person: PersonId = row.id(0)?;
            let answer = self.open_json(person, &answer_field(&key(session.id, person)), &row.bytes(1)?)?;
            let counts = row.int(2)? != 0;
            answers.extend(answer.map(|answer| Answered { answer, counts }));
        }
        Ok(answers)
    }

    /// What the host's word on how it was decides on.
    pub async fn debrief_view(&mut self, person: &Person, meant: SessionRef, now: Timestamp) -> Result<DebriefView, StoreError> {
        let found = self.roll_of(person, meant).await?;
        let within = now.plus(TimeDelta::hours(REST_HOURS));
        let soon = self.sessions_held(person.id, None, now).await?.into_iter().filter(|session| session.starts < within);
        Ok(DebriefView { found, soon: soon.collect() })
    }

    /// The sessions to come that a person holds, in one group or in all, soonest first.
    pub async fn sessions_held(&mut self, person: PersonId, group: Option<GroupId>, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        let rows = self.writer.rows(rows::HELD_BY, binds![person, now]).await?;
        let sessions = self.read_sessions(&rows)?.into_iter();
        Ok(sessions.filter(|session| group.is_none_or(|group| session.group == group)).collect())
    }

    /// Until when a person rests, where they do.
    pub async fn rests_until(&mut self, person: PersonId) -> Result<Option<Timestamp>, StoreError> {
        let row = self.writer.row("SELECT until FROM rest WHERE person_id = $1", binds![person]).await?;
        row.map(|row| row.instant(0)).transpose()
    }

    /// What giving a session to another host decides on.
    pub async fn hand_view(
        &mut self,
        person: &Person,
        meant: SessionRef,
        target: Option<Target>,
        now: Timestamp,
    ) -> Result<HandView, StoreError> {
        let found = self.roll_of(person, meant).await?;
        let money = self.money_of(found.as_ref(), now).await?;
        let (mut pending, mut staff, mut declines) = (None, Vec::new(), false);
        if let Some(roll) = &found {
            pending = self.hand_over(roll.session.id).await?;
            for id in self.staff_of(roll.session.group).await? {
                staff.extend(self.person(id).await?.map(|staff| (staff.id, staff.alias)));
            }
        }
        if let Some(Target::Person(to)) = &target {
            declines = !self.apart_from(person.id, &[to.id]).await?.is_empty();
        }
        let others = self.busy(person.id, now).await?;
        Ok(HandView { found, money, pending, target, declines, staff, others })
    }

    /// Who is asked to hold a session.
    pub async fn hand_over(&mut self, session: SessionId) -> Result<Option<HandOver>, StoreError> {
        let sql = "SELECT from_person, to_person, until FROM hand_over WHERE session_id = $1";
        let row = self.writer.row(sql, binds![session]).await?;
        row.map(|row| Ok(HandOver { session, from: row.id(0)?, to: row.id(1)?, until: row.instant(2)? })).transpose()
    }

    /// What somebody said of sessions, for their own data: session, what, when.
    pub(in crate::store) async fn own_answers(&mut self, person: PersonId) -> Result<Vec<(SessionId, Answer, Timestamp)>, StoreError> {
        let sql = "SELECT session_id, answer_sealed, at FROM feedback WHERE person_id = $1 ORDER BY at, session_id";
        let mut answers = Vec::new();
        for row in self.writer.rows(sql, binds![person]).await? {
            let session: SessionId = row.id(0)?;
            let answer = self.open_json(person, &answer_field(&key(session, person)), &row.bytes(1)?)?;
            let at = row.instant(2)?;
            answers.extend(answer.map(|answer| (session, answer, at)));
        }
        Ok(answers)
    }

    /// How sessions were for who held them, for their own data.
    pub(in crate::store) async fn own_debriefs(&mut self, person: PersonId) -> Result<Vec<(SessionId, Weight)>, StoreError> {
        let sql = "SELECT session_id, weight_sealed FROM debrief WHERE person_id = $1 ORDER BY at, session_id";
        let mut debriefs = Vec::new();
        for row in self.writer.rows(sql, binds![person]).await? {
            let session: SessionId = row.id(0)?;
            let weight = self.open_json(person, &weight_field(&session.bytes()), &row.bytes(1)?)?;
            debriefs.extend(weight.map(|weight| (session, weight)));
        }
        Ok(debriefs)
    }

    /// What follows sessions becomes `to`'s, sealed anew; of two answers to one session the one of `to` stays.
    pub(in crate::store) async fn move_after(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        for (session, answer, at) in self.own_answers(from).await? {
            if self.answer_of(session, to).await?.is_none() {
                let row = key(session, to);
                let sealed = self.seal_json(to, &answer_field(&row), &answer)?;
                let sql = "SELECT counts FROM feedback WHERE session_id = $1 AND person_id = $2";
                let counts = self.writer.row(sql, binds![session, from]).await?.map_or(Ok(0), |row| row.int(0))?;
                self.writer.upsert(&FEEDBACK, row, binds![session, to, sealed, at, counts]);
            }
        }
        self.writer.run("DELETE FROM feedback WHERE person_id = $1", binds![from]).await?;
        for (session, weight) in self.own_debriefs(from).await? {
            let sealed = self.seal_json(to, &weight_field(&session.bytes()), &weight)?;
            let sql = "UPDATE debrief SET person_id = $1, weight_sealed = $2 WHERE session_id = $3";
            self.writer.run(sql, binds![to, sealed, session]).await?;
        }
        if let Some(until) = self.rests_until(from).await?.max(self.rests_until(to).await?) {
            self.writer.upsert(&REST, to.bytes(), binds![to, until]);
        }
        self.writer.run("DELETE FROM rest WHERE person_id = $1", binds![from]).await?;
        self.writer.run("UPDATE hand_over SET from_person = $1 WHERE from_person = $2", binds![to, from]).await?;
        self.writer.run("UPDATE hand_over SET to_person = $1 WHERE to_person = $2", binds![to, from]).await?;
        // Nobody is asked by themself.
        self.writer.run("DELETE FROM hand_over WHERE from_person = to_person", binds![]).await.map(drop)
    }

    /// Rests that are over go.
    pub(in crate::store) async fn prune_rests(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.writer.run("DELETE FROM rest WHERE until <= $1", binds![now]).await.map(drop)
    }
}

/// The two ids of a row, one after the other.
fn key(session: SessionId, person: PersonId) -> Vec<u8> {
    [session.bytes(), person.bytes()].concat()
}

fn answer_field(row: &[u8]) -> Field<'_> {
    Field { table: "feedback", column: "answer", row }
}

fn weight_field(row: &[u8]) -> Field<'_> {
    Field { table: "debrief", column: "weight", row }
}
