//! Sessions and bookings: what one can book, who has a place in it, and what becomes of the price.

pub mod after;
pub mod agenda;
pub mod attend;
mod beside;
pub mod book;
pub mod calendar;
pub mod cancel;
mod card;
mod changed;
pub mod depart;
mod desk;
pub mod draft;
pub mod edit;
mod erase;
pub mod feed;
pub mod figures;
mod form;
mod hours;
mod kind;
mod line;
pub mod merge;
pub mod minimum;
mod parts;
pub mod propose;
mod reading;
pub mod remind;
mod reminders;
mod roll;
pub mod series;
pub mod settle;
mod steps;
mod typed;
mod understood;
pub mod wake;
pub mod wishes;

#[cfg(test)]
mod lines;
#[cfg(test)]
mod listings;
#[cfg(test)]
mod making;
#[cfg(test)]
mod stories;
#[cfg(test)]
pub(crate) mod testing;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{
    ids::{BookingId, CommunityId, GroupId, LedgerAccountId, PersonId, SeriesId, SessionId},
    scope::Late,
    time::{Timestamp, Zone},
};

pub use self::{
    agenda::{AgendaArgs, AgendaItem, AgendaView, BookingsArgs, BookingsView, MyBooking},
    attend::{AttendanceArgs, AttendanceView},
    book::{BookArgs, BookView},
    cancel::{CancelArgs, CancelView},
    card::redrawn,
    edit::EditView,
    erase::{Affected, on_erase},
    kind::SessionKind,
    propose::{HostFound, Meant, ProposeView},
    reading::SessionRef,
    roll::Roll,
    settle::Money,
    wake::WakeView,
};

/// Seats where nobody says otherwise: a support group has 10 to 12 people at most.
pub const SEATS_DEFAULT: i64 = 12;
/// The most seats.
pub const SEATS_MAX: i64 = 500;
/// The length where nobody says otherwise, in minutes.
pub const LENGTH_MINUTES_DEFAULT: i64 = 90;
/// The shortest session, in minutes.
pub const LENGTH_MINUTES_MIN: i64 = 10;
/// The longest session, in minutes.
pub const LENGTH_MINUTES_MAX: i64 = 24 * 60;
/// The highest price and the highest reward, in credits.
pub const PRICE_CREDITS_MAX: i64 = 100;
/// The longest title, and the longest place, in characters.
pub const TITLE_CHARS_MAX: usize = 80;
/// The longest word about why a session is called off, in characters.
pub const REASON_CHARS_MAX: usize = 300;
/// The longest link, in bytes.
pub const LINK_BYTES_MAX: usize = 500;
/// Until so many hours before the start a cancellation costs nothing, where nobody says otherwise.
pub const FREE_CANCEL_HOURS_DEFAULT: i64 = 24;
/// A freed seat is offered for so many hours at most.
pub const OFFER_HOURS_MAX: i64 = 24;
/// After so many days without a mark, what was set aside goes back.
pub const UNMARKED_DAYS: i64 = 7;
/// What a host may earn in a calendar month, in credits; a community may choose less, and that a coordinator decides beyond.
pub const HOST_MONTH_CREDITS_MAX: i64 = 60;

/// What became of a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionState {
    /// To come, under way, or over and not yet marked.
    Open,
    /// Called off; everything went back.
    Cancelled,
    /// Attendance is marked and paid.
    Marked,
    /// Nobody marked it in time; everything went back.
    Unmarked,
}

impl SessionState {
    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        match self {
            Self::Open => 0,
            Self::Cancelled => 1,
            Self::Marked => 2,
            Self::Unmarked => 3,
        }
    }

    /// The state of a number that the database kept.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Open),
            1 => Some(Self::Cancelled),
            2 => Some(Self::Marked),
            3 => Some(Self::Unmarked),
            _ => None,
        }
    }
}

/// Something one can book.
#[derive(Clone, PartialEq, Debug)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose credits pay it.
    pub community: CommunityId,
    /// Whose members may book it.
    pub group: GroupId,
    /// What people call it by; counts up from 1 in each community.
    pub number: i64,
    /// What kind.
    pub kind: SessionKind,
    /// Cleaned.
    pub title: String,
    /// What a clock on the wall of `zone` shows when it starts.
    pub wall: NaiveDateTime,
    /// Where that clock hangs.
    pub zone: Zone,
    /// When it starts.
    pub starts: Timestamp,
    /// How long it lasts, in minutes.
    pub length_minutes: i64,
    /// How many can come.
    pub seats: i64,
    /// How many must come for it to make sense; 0 where it does not matter.
    pub minimum: i64,
    /// What a seat costs.
    pub price_credits: i64,
    /// What the host gets on top, once.
    pub reward_credits: i64,
    /// Who holds it.
    pub host: PersonId,
    /// The host's ledger account.
    pub host_ledger: LedgerAccountId,
    /// Where it is, for all to see.
    pub place: Option<String>,
    /// Where it is online; told in private to those who booked, and to nobody else.
    pub link: Option<String>,
    /// Until when a cancellation costs nothing.
    pub free_cancel_until: Timestamp,
    /// Until when it can be booked, where that is before the start.
    pub book_until: Option<Timestamp>,
    /// It was decided that enough people come.
    pub confirmed: bool,
    /// When its hour was last changed.
    pub moved: Option<Timestamp>,
    /// How often it was changed: the SEQUENCE of its calendar entry.
    pub revision: i64,
    /// The series that it belongs to.
    pub series: Option<SeriesId>,
    /// Its card hangs in the group from then on; before, the agenda tells of it.
    pub shown_from: Option<Timestamp>,
    /// When it was proposed.
    pub created: Timestamp,
    /// What became of it.
    pub state: SessionState,
}

impl Session {
    /// When it is over.
    pub fn ends(&self) -> Timestamp {
        self.starts.plus(chrono::TimeDelta::minutes(self.length_minutes))
    }

    /// It has not begun, and takes place.
    pub fn is_to_come(&self, now: Timestamp) -> bool {
        self.state == SessionState::Open && now < self.starts
    }

    /// It can be booked.
    pub fn takes_bookings(&self, now: Timestamp) -> bool {
        self.is_to_come(now) && self.book_until.is_none_or(|until| now < until)
    }

    /// Whether giving back a seat that is held since `since` costs nothing: in time, or because the hour was changed after that.
    pub fn is_free_to_cancel(&self, since: Timestamp, now: Timestamp) -> bool {
        now < self.free_cancel_until || self.moved.is_some_and(|moved| since <= moved)
    }
}

/// A person's place in a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BookingState {
    /// Has a seat.
    Booked,
    /// Is on the waiting list.
    Waiting,
    /// A freed seat is kept for them until `offer_until`.
    Offered,
    /// Gave it back, or the session was called off.
    Cancelled,
    /// Came.
    Attended,
    /// Did not come.
    Absent,
    /// Let the offer of a freed seat go by.
    Lapsed,
}

impl BookingState {
    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        match self {
            Self::Booked => 0,
            Self::Waiting => 1,
            Self::Offered => 2,
            Self::Cancelled => 3,
            Self::Attended => 4,
            Self::Absent => 5,
            Self::Lapsed => 6,
        }
    }

    /// The state of a number that the database kept.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Booked),
            1 => Some(Self::Waiting),
            2 => Some(Self::Offered),
            3 => Some(Self::Cancelled),
            4 => Some(Self::Attended),
            5 => Some(Self::Absent),
            6 => Some(Self::Lapsed),
            _ => None,
        }
    }

    /// It counts now or in the end; of each person a session has one such booking at most.
    pub const fn is_live(self) -> bool {
        match self {
            Self::Booked | Self::Waiting | Self::Offered | Self::Attended | Self::Absent => true,
            Self::Cancelled | Self::Lapsed => false,
        }
    }
}

/// A person's place in a session.
#[derive(Clone, PartialEq, Debug)]
pub struct Booking {
    /// Its id; a person who cancels and books again has a new one.
    pub id: BookingId,
    /// In which session.
    pub session: SessionId,
    /// Whose.
    pub person: PersonId,
    /// The person's ledger account.
    pub ledger: LedgerAccountId,
    /// What it is now.
    pub state: BookingState,
    /// The place in the order of coming, from 1.
    pub order: i64,
    /// What the person paid into the escrow.
    pub own_credits: i64,
    /// What the solidarity fund paid into the escrow.
    pub solidarity_credits: i64,
    /// What a late cancellation or an absence costs, by the rule that held when the seat was booked.
    pub late: Late,
    /// Since when it is what it is.
    pub since: Timestamp,
    /// Until when a freed seat is, or was, kept.
    pub offer_until: Option<Timestamp>,
}

/// A change to sessions and bookings.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// A session is proposed.
    Open(Box<Session>),
    /// A session is as this from now on.
    Edit(Box<Session>),
    /// A session's state changes.
    SetState(SessionId, SessionState),
    /// Somebody else holds a session from now on.
    SetHost(SessionId, PersonId),
    /// Series, and the seats that are kept in them.
    Series(series::Change),
    /// A booking is made, or takes the place of the one with the same id.
    Booking(Booking),
    /// What follows a session.
    After(after::Change),
    /// When somebody wants to be reminded.
    Wishes(PersonId, remind::Wishes),
    /// What somebody with a place wants the host to know.
    Need(SessionId, PersonId, Option<String>),
    /// The host was told of it at once.
    NeedTold(SessionId, PersonId),
    /// The address of somebody's calendar.
    Feed(feed::FeedChange),
    /// The figures of a month stay as they were first read.
    Figures(figures::Keep),
    /// The price of a booking went elsewhere by a late cancellation.
    Forfeited(BookingId),
    /// The reminders of so many hours before this start went out.
    Reminded(SessionId, i64, Timestamp),
}

/// What answering one of its questions does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Action {
    /// Gives one's own seat back, after being asked "my seat or the session?".
    CancelSeat(SessionId),
    /// Calls the whole session off, after being asked why.
    CancelSession(SessionId),
    /// Calls the whole session off, with a word for its people where there is one.
    CallOff {
        /// Which.
        session: SessionId,
        /// Cleaned.
        reason: Option<String>,
    },
    /// Ends the series of a session.
    EndSeries {
        /// Which session.
        session: SessionId,
        /// The sessions that are there already are called off too.
        cancel_rest: bool,
    },
    /// What was changed of a session is changed of the later dates of its series too.
    Following {
        /// Which session.
        session: SessionId,
        /// What, as it would be typed.
        line: String,
    },
    /// What follows a session.
    After(after::Action),
}

impl Action {
    /// About which session: what the view must hold.
    pub const fn session(&self) -> SessionRef {
        match self {
            Self::CancelSeat(id)
            | Self::CancelSession(id)
            | Self::CallOff { session: id, .. }
            | Self::EndSeries { session: id, .. }
            | Self::Following { session: id, .. } => SessionRef::Id(*id),
            Self::After(action) => action.session(),
        }
    }
}
