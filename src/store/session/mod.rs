//! Sessions and bookings: read for the decisions about them, written behind those.

mod after;
mod feed;
mod figures;
mod remind;
mod rows;
mod series;
mod views;

#[cfg(test)]
mod tests;

use crate::{
    binds,
    domain::{
        ids::{BookingId, CommunityId, GroupId, PersonId, SessionId},
        session::{BookingState, Change, Roll, Session, SessionKind, SessionRef, SessionState},
        time::Timestamp,
    },
};

pub(super) use views::{day_start, month_start};

use super::{Store, StoreError};

impl Store {
    pub(super) async fn apply_session(&mut self, change: Change, now: Timestamp) -> Result<(), StoreError> {
        match change {
            Change::Open(session) | Change::Edit(session) => self.write_session(&session),
            Change::Series(change) => self.apply_series(change).await,
            Change::SetState(id, state) => self.set_session_state(id, state).await,
            Change::SetHost(id, host) => {
                self.writer.run("UPDATE session SET host_id = $1 WHERE id = $2", binds![host, id]).await?;
                // Whoever is still asked to hold it was asked by the host before.
                self.writer.run("DELETE FROM hand_over WHERE session_id = $1", binds![id]).await.map(drop)
            }
            Change::Booking(booking) => {
                self.write_booking(&booking);
                // What was needed for a seat that is given back is nobody's to read any more.
                if booking.state.is_live() { Ok(()) } else { self.take_need_back(booking.session, booking.person).await }
            }
            Change::After(change) => self.apply_after(change, now).await,
            Change::Feed(change) => self.apply_feed(change, now).await,
            Change::Figures(keep) => self.keep_figures(keep),
            Change::Forfeited(id) => self.writer.run("UPDATE booking SET forfeited = 1 WHERE id = $1", binds![id]).await.map(drop),
            Change::Wishes(..) | Change::Need(..) | Change::NeedTold(..) | Change::Reminded(..) => self.apply_reminders(change).await,
        }
    }

    /// The group of a session.
    pub async fn group_of_session(&mut self, id: SessionId) -> Result<Option<GroupId>, StoreError> {
        let row = self.writer.row("SELECT group_id FROM session WHERE id = $1", binds![id]).await?;
        row.map(|row| row.id(0)).transpose()
    }

    /// The session that is meant in `community`; an id counts only where it is that community's.
    pub async fn session(&mut self, community: CommunityId, meant: SessionRef) -> Result<Option<Session>, StoreError> {
        let row = match meant {
            SessionRef::Number(number) => self.writer.row(rows::BY_NUMBER, binds![community, number]).await?,
            SessionRef::Id(id) => self.writer.row(rows::BY_ID, binds![id]).await?,
        };
        let session = row.map(|row| self.read_session(&row)).transpose()?.flatten();
        Ok(session.filter(|session| session.community == community))
    }

    /// The session of an id, whatever its community.
    pub(super) async fn session_by_id(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> {
        let row = self.writer.row(rows::BY_ID, binds![id]).await?;
        Ok(row.map(|row| self.read_session(&row)).transpose()?.flatten())
    }

    /// The session of a booking.
    pub async fn session_of_booking(&mut self, id: BookingId) -> Result<Option<SessionId>, StoreError> {
        let row = self.writer.row("SELECT session_id FROM booking WHERE id = $1", binds![id]).await?;
        row.map(|row| row.id(0)).transpose()
    }

    /// The number that the next session of a community bears.
    pub async fn next_session(&mut self, community: CommunityId) -> Result<i64, StoreError> {
        let sql = "SELECT COALESCE(MAX(number), 0) FROM session WHERE community_id = $1";
        let newest = self.writer.row(sql, binds![community]).await?.map_or(Ok(0), |row| row.int(0))?;
        Ok(newest.saturating_add(1))
    }

    /// A session's title, for a statement.
    pub(super) async fn session_title(&mut self, id: SessionId) -> Result<Option<String>, StoreError> {
        Ok(self.session_by_id(id).await?.map(|session| session.title))
    }

    /// A session with the bookings that count, and the last one of `asker`.
    async fn roll(&mut self, session: Session, asker: Option<PersonId>) -> Result<Roll, StoreError> {
        let rows = match asker {
            Some(asker) => self.writer.rows(rows::BOOKINGS_FOR, binds![session.id, asker]).await?,
            None => self.writer.rows(rows::BOOKINGS, binds![session.id]).await?,
        };
        let bookings = rows.iter().map(rows::booking).collect::<Result<Vec<_>, _>>()?;
        // Who has a seat, or the offer of one, keeps it.
        let seated = |person: &PersonId| {
            bookings.iter().any(|booking| booking.person == *person && booking.state.is_live() && booking.state != BookingState::Waiting)
        };
        let waiting = bookings.iter().filter(|booking| booking.state == BookingState::Waiting).map(|booking| booking.person);
        let people: Vec<PersonId> = waiting.chain(asker.filter(|asker| !seated(asker))).collect();
        let apart = match self.rests_until(session.host).await? {
            // Who rests after a hard session listens to nobody new: for all who have no seat yet it is full.
            Some(until) if session.kind == SessionKind::Listening && session.starts < until => people,
            Some(_) | None => self.apart_from(session.host, &people).await?,
        };
        Ok(Roll { session, bookings, apart })
    }

    /// The bookings of `from` and the sessions that they hold become `to`'s. Of two places in one settled session the one
    /// of who came stays; those in open sessions were sorted out before.
    pub(super) async fn move_bookings(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        let second = "UPDATE booking SET state = 3 WHERE person_id = $1 AND state IN (1, 2, 4, 5) AND EXISTS \
                      (SELECT 1 FROM booking AS b WHERE b.session_id = booking.session_id AND b.person_id = $2 AND b.state IN (0, 1, 2, 4, 5) \
                       AND (b.state = 4 OR booking.state <> 4))";
        self.writer.run(second, binds![from, to]).await?;
        let absent = "UPDATE booking SET state = 3 WHERE person_id = $1 AND state IN (1, 2, 5) AND EXISTS \
                      (SELECT 1 FROM booking AS b WHERE b.session_id = booking.session_id AND b.person_id = $2 AND b.state = 4)";
        self.writer.run(absent, binds![to, from]).await?;
        self.writer.run("UPDATE booking SET person_id = $1 WHERE person_id = $2", binds![to, from]).await?;
        self.writer.run("UPDATE session SET host_id = $1 WHERE host_id = $2", binds![to, from]).await.map(drop)
    }

    async fn set_session_state(&mut self, id: SessionId, state: SessionState) -> Result<(), StoreError> {
        // Called off, it is newer than what a calendar has.
        let sql = "UPDATE session SET state = $1, revision = revision + CASE WHEN $1 = 1 THEN 1 ELSE 0 END WHERE id = $2";
        match self.writer.run(sql, binds![state.code(), id]).await? {
            1 => Ok(()),
            _ => Err(StoreError::Corrupt("a session that is not there changed its state")),
        }
    }
}
