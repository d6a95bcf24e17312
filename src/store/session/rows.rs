//! How sessions and bookings stand in their tables: what is sealed, and under whose key.

use serde::{Deserialize, Serialize};

use crate::{
    binds,
    domain::{
        scope::Late,
        session::{Booking, BookingState, Session, SessionKind, SessionState},
        time::Zone,
    },
    store::{
        Store, StoreError,
        sql::{Insert, Row},
    },
    vault::Field,
};

/// The sealed part of a session.
#[derive(Serialize, Deserialize)]
struct Details {
    title: String,
    place: Option<String>,
    link: Option<String>,
}

static SESSION: Insert = Insert {
    into: "session (id, community_id, group_id, number, kind, wall, zone, starts_at, length_minutes, seats, minimum, price, reward, \
           host_id, free_cancel_until, created_at, state, details_sealed, revision, moved_at, informal, book_until, confirmed, \
           series_id, shown_from)",
    columns: 25,
    conflict: "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, wall = excluded.wall, starts_at = excluded.starts_at, \
               length_minutes = excluded.length_minutes, seats = excluded.seats, minimum = excluded.minimum, price = excluded.price, \
               reward = excluded.reward, free_cancel_until = excluded.free_cancel_until, details_sealed = excluded.details_sealed, \
               revision = excluded.revision, moved_at = excluded.moved_at, book_until = excluded.book_until, \
               confirmed = excluded.confirmed, shown_from = excluded.shown_from",
};

static BOOKING: Insert = Insert {
    into: "booking (id, session_id, person_id, state, place, own, solidarity, since, offer_until, late)",
    columns: 10,
    conflict: "ON CONFLICT (id) DO UPDATE SET state = excluded.state, own = excluded.own, solidarity = excluded.solidarity, \
               since = excluded.since, offer_until = excluded.offer_until, late = excluded.late",
};

/// The columns that [`Store::read_session`] reads, in its order.
macro_rules! select_session {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.community_id, s.group_id, s.number, s.kind, s.wall, s.zone, s.starts_at, s.length_minutes, s.seats, \
             s.minimum, s.price, s.reward, s.host_id, s.free_cancel_until, s.created_at, s.state, s.details_sealed, h.ledger_id, \
             s.revision, s.moved_at, s.informal, s.book_until, s.confirmed, s.series_id, s.shown_from \
             FROM session AS s JOIN person AS h ON h.id = s.host_id ",
            $rest
        )
    };
}

/// The columns that [`booking`] reads, in its order.
macro_rules! select_booking {
    ($rest:literal) => {
        concat!(
            "SELECT b.id, b.session_id, b.person_id, p.ledger_id, b.state, b.place, b.own, b.solidarity, b.since, b.offer_until, b.late \
             FROM booking AS b JOIN person AS p ON p.id = b.person_id ",
            $rest
        )
    };
}

pub(super) const BY_NUMBER: &str = select_session!("WHERE s.community_id = $1 AND s.number = $2");
pub(super) const BY_ID: &str = select_session!("WHERE s.id = $1");
pub(super) const OF_GROUP: &str = select_session!(
    "WHERE s.group_id = $1 AND s.state = 0 AND s.kind <> 1 AND s.starts_at > $2 ORDER BY s.starts_at, s.number LIMIT $3 OFFSET $4"
);
/// Whose cards may hang in a room: to come, or begun since an instant.
pub(super) const CARDS_OF_GROUP: &str =
    select_session!("WHERE s.group_id = $1 AND s.kind <> 1 AND s.starts_at > $2 ORDER BY s.starts_at, s.number LIMIT $3");
// Of several groups: a page is chosen in the index, and only its rows are read.
pub(super) const OF_COMMUNITY: &str = select_session!(
    "WHERE s.rowid IN (SELECT rowid FROM session WHERE group_id IN (SELECT id FROM support_group WHERE community_id = $1) \
     AND state = 0 AND starts_at > $2 ORDER BY starts_at, number LIMIT $3 OFFSET $4) ORDER BY s.starts_at, s.number"
);
pub(super) const OF_MEMBER: &str = select_session!(
    "WHERE s.rowid IN (SELECT rowid FROM session WHERE group_id IN \
     (SELECT group_id FROM membership WHERE person_id = $1 AND ended_at IS NULL) \
     AND state = 0 AND starts_at > $2 ORDER BY starts_at, number LIMIT $3 OFFSET $4) ORDER BY s.starts_at, s.number"
);
pub(super) const TO_MARK: &str =
    select_session!("WHERE s.host_id = $1 AND s.state = 0 AND s.informal = 0 AND s.starts_at <= $2 ORDER BY s.starts_at, s.number");
// Somebody's part in sessions is found by the person, never by going through all sessions: what they hold, and what they booked.
/// To come, with a part in it; and what the person held and did not mark.
pub(super) const TOUCHED_BY: &str = select_session!(
    "WHERE s.id IN (SELECT id FROM session WHERE host_id = $3 AND state = 0 \
     UNION SELECT session_id FROM booking WHERE person_id = $3 AND state IN (0, 1, 2)) \
     AND s.group_id = $1 AND s.state = 0 AND (s.host_id = $3 OR s.starts_at > $2) ORDER BY s.starts_at, s.number"
);
/// What stands in a person's calendar: booked or held, marked ones too, since an instant.
pub(super) const IN_CALENDAR: &str = select_session!(
    "WHERE s.id IN (SELECT id FROM session WHERE host_id = $2 AND state IN (0, 2) AND starts_at > $1 \
     UNION SELECT session_id FROM booking WHERE person_id = $2 AND state IN (0, 4)) \
     AND s.state IN (0, 2) AND s.starts_at > $1 ORDER BY s.starts_at, s.number LIMIT 500"
);
pub(super) const HELD_BY: &str =
    select_session!("WHERE s.host_id = $1 AND s.state = 0 AND s.starts_at > $2 ORDER BY s.starts_at, s.number");
pub(super) const OPEN_OF: &str = select_session!(
    "WHERE s.id IN (SELECT id FROM session WHERE host_id = $2 AND state = 0 \
     UNION SELECT session_id FROM booking WHERE person_id = $2 AND state IN (0, 1, 2)) \
     AND s.community_id = $1 AND s.state = 0 ORDER BY s.starts_at, s.number"
);
/// In which both have a part, to come or not yet settled.
pub(super) const TOUCHED_BY_BOTH: &str = select_session!(
    "WHERE s.id IN (SELECT id FROM session WHERE host_id = $1 AND state = 0 \
     UNION SELECT session_id FROM booking WHERE person_id = $1 AND state IN (0, 1, 2)) AND s.state = 0 \
     AND (s.host_id = $2 OR EXISTS (SELECT 1 FROM booking WHERE session_id = s.id AND person_id = $2 AND state IN (0, 1, 2))) \
     ORDER BY s.starts_at, s.number"
);
/// In which somebody has a part while another may take place: to come, or begun a day ago at most.
pub(super) const BUSY: &str = select_session!(
    "WHERE s.id IN (SELECT id FROM session WHERE host_id = $2 AND state = 0 AND starts_at > $1 \
     UNION SELECT session_id FROM booking WHERE person_id = $2 AND state IN (0, 1, 2)) \
     AND s.state = 0 AND s.starts_at > $1 ORDER BY s.starts_at, s.number"
);
pub(super) const TO_COME_OF_SERIES: &str =
    select_session!("WHERE s.series_id = $1 AND s.state = 0 AND s.starts_at > $2 ORDER BY s.starts_at, s.number");
/// Whether it took place or not: who holds the newest holds the next.
pub(super) const NEWEST_OF_SERIES: &str = select_session!("WHERE s.series_id = $1 ORDER BY s.starts_at DESC, s.number DESC LIMIT 1");
/// The sessions to come of every series in which somebody keeps a seat.
pub(super) const KEPT_BY: &str = select_session!(
    "WHERE s.series_id IN (SELECT k.series_id FROM standing AS k JOIN series AS r ON r.id = k.series_id WHERE k.person_id = $1 \
     AND r.ended_at IS NULL) AND s.state = 0 AND s.starts_at > $2 \
     ORDER BY s.starts_at, s.number"
);
pub(super) const BOOKED_BY: &str = select_session!(
    "WHERE s.state = 0 AND s.starts_at > $1 AND s.id IN (SELECT session_id FROM booking WHERE person_id = $2 AND state IN (0, 1, 2)) \
     ORDER BY s.starts_at, s.number"
);

pub(super) const BOOKINGS: &str = select_booking!("WHERE b.session_id = $1 AND b.state IN (0, 1, 2, 4, 5) ORDER BY b.place, b.id");
pub(super) const BOOKINGS_FOR: &str =
    select_booking!("WHERE b.session_id = $1 AND (b.state IN (0, 1, 2, 4, 5) OR b.person_id = $2) ORDER BY b.place, b.id");
pub(super) const LIVE_OF: &str = select_booking!("WHERE b.person_id = $1 AND b.state IN (0, 1, 2)");

impl Store {
    pub(super) fn write_session(&mut self, session: &Session) -> Result<(), StoreError> {
        let details = Details { title: session.title.clone(), place: session.place.clone(), link: session.link.clone() };
        let sealed = self.seal_json(session.community, &details_field(&session.id.bytes()), &details)?;
        // An informal meeting came later than the bounds of the column: it is a circle with a mark.
        let informal = session.kind == SessionKind::Informal;
        let kind = if informal { SessionKind::Circle } else { session.kind };
        let mut row = binds![session.id, session.community, session.group, session.number, kind.code()];
        row.extend(binds![session.wall.format("%Y-%m-%dT%H:%M:%S").to_string(), session.zone.name(), session.starts]);
        row.extend(binds![session.length_minutes, session.seats, session.minimum, session.price_credits, session.reward_credits]);
        row.extend(binds![session.host, session.free_cancel_until, session.created, session.state.code(), sealed]);
        row.extend(binds![session.revision, session.moved.map(|at| at.micros()), i64::from(informal)]);
        row.extend(binds![session.book_until.map(|until| until.micros()), i64::from(session.confirmed)]);
        row.extend(binds![session.series, session.shown_from.map(|at| at.micros())]);
        self.writer.upsert(&SESSION, session.id.bytes(), row);
        Ok(())
    }

    pub(super) fn write_booking(&mut self, booking: &Booking) {
        let Booking { id, session, person, state, order, own_credits, solidarity_credits, since, offer_until, late, .. } = *booking;
        let mut row = binds![id, session, person, state.code(), order, own_credits, solidarity_credits, since];
        row.extend(binds![offer_until.map(|until| until.micros()), late.code()]);
        self.writer.upsert(&BOOKING, id.bytes(), row);
    }

    /// A session; `None` where its community's key is destroyed.
    pub(super) fn read_session(&self, row: &Row) -> Result<Option<Session>, StoreError> {
        let (id, community) = (row.id(0)?, row.id(1)?);
        let Some(details) = self.open_json::<Details>(community, &details_field(&bytes(id)), &row.bytes(17)?)? else { return Ok(None) };
        Ok(Some(Session {
            id,
            community,
            group: row.id(2)?,
            number: row.int(3)?,
            kind: match row.int(21)? {
                0 => SessionKind::from_code(row.int(4)?).ok_or(StoreError::Corrupt("a session's kind"))?,
                _ => SessionKind::Informal,
            },
            title: details.title,
            wall: row.text(5)?.parse().map_err(|_| StoreError::Corrupt("a session's wall time"))?,
            zone: row.text(6)?.parse::<Zone>().map_err(|_| StoreError::Corrupt("a session's zone"))?,
            starts: row.instant(7)?,
            length_minutes: row.int(8)?,
            seats: row.int(9)?,
            minimum: row.int(10)?,
            price_credits: row.int(11)?,
            reward_credits: row.int(12)?,
            host: row.id(13)?,
            host_ledger: row.id(18)?,
            place: details.place,
            link: details.link,
            free_cancel_until: row.instant(14)?,
            book_until: row.opt_instant(22)?,
            confirmed: row.int(23)? != 0,
            moved: row.opt_instant(20)?,
            revision: row.int(19)?,
            series: row.opt_id(24)?,
            shown_from: row.opt_instant(25)?,
            created: row.instant(15)?,
            state: SessionState::from_code(row.int(16)?).ok_or(StoreError::Corrupt("a session's state"))?,
        }))
    }
}

/// A booking, without anything that is sealed.
pub(super) fn booking(row: &Row) -> Result<Booking, StoreError> {
    Ok(Booking {
        id: row.id(0)?,
        session: row.id(1)?,
        person: row.id(2)?,
        ledger: row.id(3)?,
        state: BookingState::from_code(row.int(4)?).ok_or(StoreError::Corrupt("a booking's state"))?,
        order: row.int(5)?,
        own_credits: row.int(6)?,
        solidarity_credits: row.int(7)?,
        since: row.instant(8)?,
        offer_until: row.opt_instant(9)?,
        late: Late::from_code(row.int(10)?).ok_or(StoreError::Corrupt("what a late cancellation costs"))?,
    })
}

fn bytes(id: crate::domain::ids::SessionId) -> Vec<u8> {
    id.bytes()
}

fn details_field(row: &[u8]) -> Field<'_> {
    Field { table: "session", column: "details", row }
}
