//! Series: a session that comes again; its instances are made four weeks ahead, and a regular keeps a seat in each.

pub mod ask;
pub mod follow;
#[cfg(test)]
mod following;
pub mod make;
pub mod rule;
pub mod standing;
#[cfg(test)]
mod tests;

use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{Money, Roll, Session, SessionKind, SessionState};
use crate::domain::{
    ids::{CommunityId, GroupId, LedgerAccountId, PersonId, SeriesId, SessionId},
    message::{Msg, Value},
    scope::{Late, Person},
    time::{Timestamp, Zone},
};
pub use rule::Rule;
pub use standing::Kept;

/// Instances are made so many days ahead.
pub const AHEAD_DAYS: i64 = 28;
/// The card of an instance hangs so many days ahead.
pub const SHOWN_DAYS: i64 = 7;

/// Bookings end, and cancellations begin to cost something, so many days before an instance at most: there is a week for both.
pub const TERMS_DAYS_MAX: i64 = AHEAD_DAYS - SHOWN_DAYS;

/// A session that comes again.
#[derive(Clone, PartialEq, Debug)]
pub struct Series {
    /// Its id.
    pub id: SeriesId,
    /// Whose.
    pub community: CommunityId,
    /// Whose members may book it.
    pub group: GroupId,
    /// How it repeats.
    pub rule: Rule,
    /// The wall time of its first session.
    pub first: NaiveDateTime,
    /// Where that clock hangs.
    pub zone: Zone,
    /// The wall time up to which its sessions were made.
    pub made_until: NaiveDateTime,
    /// What each of its sessions begins as.
    pub template: Template,
    /// When it was begun.
    pub created: Timestamp,
    /// When it was ended.
    pub ended: Option<Timestamp>,
}

/// What the next session of a series begins as.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Template {
    kind: SessionKind,
    title: String,
    length_minutes: i64,
    seats: i64,
    minimum: i64,
    price_credits: i64,
    reward_credits: i64,
    place: Option<String>,
    link: Option<String>,
    free_cancel_minutes: i64,
    closing_minutes: Option<i64>,
}

/// Somebody who keeps a seat in every session of a series.
#[derive(Clone, PartialEq, Debug)]
pub struct Regular {
    /// Who.
    pub person: PersonId,
    /// Their ledger account.
    pub ledger: LedgerAccountId,
    /// What they hold.
    pub balance_credits: i64,
    /// No reminders and no seats until then.
    pub paused_until: Option<Timestamp>,
    /// They and the host keep away from each other: for them it is full, and nobody learns why.
    pub apart: bool,
    /// They have, or had, a seat in a session of the community.
    pub visited: bool,
}

/// What the store must load to make instances.
#[derive(Clone, PartialEq, Debug)]
pub struct SeriesView {
    /// The series.
    pub series: Series,
    /// Who holds its newest session, if they still may.
    pub host: Option<Person>,
    /// The number of the community's next session.
    pub next_number: i64,
    /// What the credits stand at.
    pub money: Money,
    /// The lowest balance of a person.
    pub floor_credits: i64,
    /// What becomes of a price after a late cancellation or an absence.
    pub late: Late,
    /// A first visit is free of charge.
    pub first_free: bool,
    /// Those who keep a seat, the first before the others.
    pub regulars: Vec<Regular>,
    /// Who answers for the group, to be told where nobody holds it any more.
    pub staff: Vec<PersonId>,
}

/// A change to series.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// A series is begun, or is as this from now on.
    Series(Box<Series>),
    /// A session belongs to a series.
    Belongs(SessionId, SeriesId),
    /// Somebody keeps a seat in every session of it from now on.
    Keeps(SeriesId, PersonId, Timestamp),
    /// Somebody keeps none any more.
    KeepsNot(SeriesId, PersonId),
}

impl Template {
    /// How it is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// How many days before the start the first of its terms ends, begun days counted.
    fn earliest_days(&self) -> i64 {
        let minutes = self.free_cancel_minutes.max(self.closing_minutes.unwrap_or(0));
        minutes.div_euclid(24 * 60) + i64::from(minutes.rem_euclid(24 * 60) > 0)
    }

    /// What comes after `session`.
    pub fn of(session: &Session) -> Self {
        let before = |until: Timestamp| session.starts.since(until).num_minutes();
        Self {
            kind: session.kind,
            title: session.title.clone(),
            length_minutes: session.length_minutes,
            seats: session.seats,
            minimum: session.minimum,
            price_credits: session.price_credits,
            reward_credits: session.reward_credits,
            place: session.place.clone(),
            link: session.link.clone(),
            free_cancel_minutes: before(session.free_cancel_until),
            closing_minutes: session.book_until.map(before),
        }
    }
}

impl Series {
    /// Its title, left out on a shared phone.
    pub(super) fn title(&self) -> Value {
        Value::from(self.template.title.as_str()).instead(Msg::new("discreet-title"))
    }

    /// Its session of one wall time. An hour that the clock jumps over begins an hour later; of one that comes twice the first counts.
    fn session(&self, id: SessionId, number: i64, wall: NaiveDateTime, host: &Person, now: Timestamp) -> Session {
        let template = self.template.clone();
        let starts = self.zone.instant_or_later(wall);
        let before = |minutes: i64| starts.minus(TimeDelta::minutes(minutes));
        let shown = starts.minus(TimeDelta::days(SHOWN_DAYS));
        Session {
            id,
            community: self.community,
            group: self.group,
            number,
            kind: template.kind,
            title: template.title,
            wall,
            zone: self.zone,
            starts,
            length_minutes: template.length_minutes,
            seats: template.seats,
            minimum: template.minimum,
            price_credits: template.price_credits,
            reward_credits: template.reward_credits,
            host: host.id,
            host_ledger: host.ledger,
            place: template.place,
            link: template.link,
            free_cancel_until: before(template.free_cancel_minutes),
            book_until: template.closing_minutes.map(before),
            confirmed: false,
            moved: None,
            revision: 0,
            series: Some(self.id),
            shown_from: Some(shown).filter(|shown| *shown > now),
            created: now,
            state: SessionState::Open,
        }
    }

    /// When the next of its sessions is made; `None` where it is over.
    pub fn due(&self) -> Option<Timestamp> {
        let next = self.rule.next(self.first, self.made_until).filter(|_| self.ended.is_none())?;
        Some(self.zone.instant_or_later(next).minus(TimeDelta::days(AHEAD_DAYS)))
    }

    /// More of its sessions will come.
    pub fn goes_on(&self) -> bool {
        self.due().is_some()
    }
}

/// A session with its bookings and what the credits stand at, of one series.
pub type Instance = (Roll, Money);
