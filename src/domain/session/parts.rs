//! The parts of a session as far as they were said, and the line that says them again, whatever the language.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{
    FREE_CANCEL_HOURS_DEFAULT, LENGTH_MINUTES_DEFAULT, SEATS_DEFAULT, SEATS_MAX, SessionKind,
    understood::{Counted, LineFault, Understood},
};
use crate::domain::{
    dates,
    time::{Timestamp, Zone},
};

/// What was said of day and hour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum When {
    /// Nothing.
    #[default]
    Unsaid,
    /// The day.
    Day(NaiveDate),
    /// The hour.
    Hour(NaiveTime),
    /// Both.
    Start {
        /// On the wall.
        wall: NaiveDateTime,
        /// The instant.
        at: Timestamp,
    },
}

/// Who is to hold it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Host {
    /// Who writes.
    Oneself,
    /// Somebody, as typed, without the sign.
    Named(String),
}

/// The parts that were said.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Parts {
    /// What kind.
    pub kind: Option<SessionKind>,
    /// Cleaned.
    pub title: Option<String>,
    /// Day and hour.
    pub when: When,
    /// In minutes.
    pub length_minutes: Option<i64>,
    /// How many can come.
    pub seats: Option<i64>,
    /// How many must come.
    pub minimum: Option<i64>,
    /// What a seat costs.
    pub price_credits: Option<i64>,
    /// What the host gets on top; only a coordinator may write one.
    pub reward_credits: Option<i64>,
    /// Who holds it.
    pub host: Option<Host>,
    /// It was said that there is neither place nor link.
    pub nowhere: bool,
    /// Where it is.
    pub place: Option<String>,
    /// Where it is online.
    pub link: Option<String>,
    /// How long before the start a cancellation costs nothing any more.
    pub free_cancel: Option<TimeDelta>,
    /// How long before the start bookings end.
    pub closing: Option<TimeDelta>,
}

/// A session as it was written, complete and within bounds.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    /// Cleaned.
    pub title: String,
    /// What a clock on the wall shows when it starts.
    pub wall: NaiveDateTime,
    /// When it starts.
    pub at: Timestamp,
    /// In minutes.
    pub length_minutes: i64,
    /// How many can come.
    pub seats: i64,
    /// How many must come.
    pub minimum: i64,
    /// What a seat costs, where it was written.
    pub price_credits: Option<i64>,
    /// What the host gets on top, where it was written; only a coordinator may.
    pub reward_credits: Option<i64>,
    /// What kind.
    pub kind: SessionKind,
    /// Who holds it.
    pub host: Host,
    /// Where it is.
    pub place: Option<String>,
    /// Where it is online.
    pub link: Option<String>,
    /// Until when a cancellation costs nothing.
    pub free_cancel_until: Timestamp,
    /// Until when it can be booked, where that is before the start.
    pub book_until: Option<Timestamp>,
}

/// What was read of a line.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Read {
    /// What was said, as far as it can be kept.
    pub parts: Parts,
    /// What is wrong with what was said; what is missing is no fault here.
    pub faults: Vec<LineFault>,
    /// As typed, for a corrected form.
    pub understood: Understood,
}

impl Read {
    /// The session that it makes. Title and date are asked for before whatever else is wrong.
    pub(super) fn complete(self, now: Timestamp) -> Result<Line, (LineFault, Box<Understood>)> {
        let Read { parts, faults, understood } = self;
        let find = |wanted: fn(&LineFault) -> bool| faults.iter().find(|fault| wanted(fault)).cloned();
        let long = find(|fault| matches!(fault, LineFault::LongTitle));
        // A title that is an address is no title.
        let long = long.or_else(|| find(|fault| matches!(fault, LineFault::Link(_))).filter(|_| parts.title.is_none()));
        let no_title = || parts.title.is_none().then_some(LineFault::NoTitle);
        let date = || find(|fault| matches!(fault, LineFault::Date(_)));
        let other = || faults.first().cloned().filter(|_| matches!(parts.when, When::Start { .. }));
        let completed = match long.or_else(no_title).or_else(date).or_else(other) {
            Some(fault) => Err(fault),
            None => parts.complete(now),
        };
        completed.map_err(|fault| (fault, Box::new(understood)))
    }
}

impl Parts {
    /// The session that they make; what is left out has a default.
    pub(super) fn complete(self, now: Timestamp) -> Result<Line, LineFault> {
        let title = self.title.ok_or(LineFault::NoTitle)?;
        let (wall, at) = match self.when {
            When::Start { wall, at } => (wall, at),
            When::Unsaid => return Err(LineFault::Date(dates::Fault::NoDate)),
            When::Day(day) => return Err(LineFault::Date(dates::Fault::NoTime { day, used: vec![] })),
            When::Hour(time) => return Err(LineFault::Date(dates::Fault::NoDay { time, used: vec![] })),
        };
        let kind = self.kind.unwrap_or(SessionKind::Circle);
        let free = self.price_credits.is_none_or(|price| price == 0);
        let seats = match (kind, self.seats) {
            (SessionKind::Informal, None) if free && self.minimum.is_none_or(|least| least == 0) => SEATS_MAX,
            (SessionKind::Informal, _) => return Err(LineFault::Informal),
            (SessionKind::Listening, None | Some(1)) => 1,
            (SessionKind::Listening, Some(_)) => return Err(LineFault::ForTwo),
            (SessionKind::Circle | SessionKind::Workshop | SessionKind::Training, seats) => seats.unwrap_or(SEATS_DEFAULT),
        };
        let minimum = self.minimum.unwrap_or(0);
        if minimum > seats {
            return Err(LineFault::Number(Counted::Minimum, minimum.to_string()));
        }
        let book_until = self.closing.map(|closing| at.minus(closing)).filter(|until| *until < at);
        if let Some(until) = book_until.filter(|until| *until <= now) {
            return Err(LineFault::ClosedAlready(until));
        }
        Ok(Line {
            title,
            wall,
            at,
            length_minutes: self.length_minutes.unwrap_or(LENGTH_MINUTES_DEFAULT),
            seats,
            minimum,
            price_credits: self.price_credits,
            reward_credits: self.reward_credits,
            kind,
            host: self.host.unwrap_or(Host::Oneself),
            place: self.place,
            link: self.link,
            free_cancel_until: at.minus(self.free_cancel.unwrap_or(TimeDelta::hours(FREE_CANCEL_HOURS_DEFAULT))),
            book_until,
        })
    }

    /// The line that says them, to be read again by [`super::line::read`].
    pub(super) fn written(&self, zone: Zone) -> String {
        let mut words: Vec<String> = Vec::new();
        words.extend(self.kind.map(|kind| kind_word(kind).to_owned()));
        words.extend(self.title.as_deref().map(quoted));
        words.extend(self.when.written(zone));
        words.extend(self.length_minutes.map(|minutes| format!("{minutes}min")));
        words.extend(self.seats.map(|seats| format!("{seats} places")));
        words.extend(self.minimum.map(|least| format!("minimum {least}")));
        words.extend(self.price_credits.map(|price| format!("prix {price}")));
        words.extend(self.reward_credits.map(|reward| format!("récompense {reward}")));
        words.extend(self.host.as_ref().map(|host| match host {
            Host::Oneself => "anime moi".to_owned(),
            Host::Named(name) => format!("anime {}", quoted(name)),
        }));
        words.extend(self.nowhere.then(|| "sans-lieu".to_owned()));
        words.extend(self.place.as_deref().map(|place| format!("lieu {}", quoted(place))));
        words.extend(self.link.as_deref().map(|link| format!("lien {link}")));
        words.extend(self.free_cancel.map(|before| format!("annulation {}min", before.num_minutes())));
        words.extend(self.closing.map(|before| format!("clôture {}min", before.num_minutes())));
        words.join(" ")
    }

    /// These, and where they say nothing, what `known` says.
    pub(super) fn over(self, known: &Parts) -> Parts {
        let nowhere = self.nowhere || (known.nowhere && self.place.is_none() && self.link.is_none());
        // A new place leaves the link as it is, and the other way; "nowhere" takes both away.
        let kept = |one: Option<String>, other: &Option<String>| if self.nowhere { one } else { one.or_else(|| other.clone()) };
        Parts {
            kind: self.kind.or(known.kind),
            title: self.title.or_else(|| known.title.clone()),
            when: if self.when == When::Unsaid { known.when } else { self.when },
            length_minutes: self.length_minutes.or(known.length_minutes),
            seats: self.seats.or(known.seats),
            minimum: self.minimum.or(known.minimum),
            price_credits: self.price_credits.or(known.price_credits),
            reward_credits: self.reward_credits.or(known.reward_credits),
            host: self.host.or_else(|| known.host.clone()),
            nowhere,
            place: kept(self.place, &known.place),
            link: kept(self.link, &known.link),
            free_cancel: self.free_cancel.or(known.free_cancel),
            closing: self.closing.or(known.closing),
        }
    }
}

impl When {
    /// As [`crate::domain::dates`] reads it, with the offset where the instant is known.
    fn written(self, zone: Zone) -> Option<String> {
        Some(match self {
            Self::Unsaid => return None,
            Self::Day(day) => day.format("%Y-%m-%d").to_string(),
            Self::Hour(time) => time.format("%H:%M").to_string(),
            Self::Start { wall, at } => format!("{} {}", wall.format("%Y-%m-%d %H:%M"), written_offset(zone.offset_minutes(at))),
        })
    }

    /// The day, where it was said.
    pub(super) fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Start { wall, .. } => Some(wall.date()),
            Self::Unsaid | Self::Hour(_) => None,
        }
    }

    /// The hour, where it was said.
    pub(super) fn hour(self) -> Option<NaiveTime> {
        match self {
            Self::Hour(time) => Some(time),
            Self::Start { wall, .. } => Some(wall.time()),
            Self::Unsaid | Self::Day(_) => None,
        }
    }
}

/// `+02:00`.
pub(super) fn written_offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// The word of a kind that [`super::line::read`] reads.
pub(super) const fn kind_word(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Circle => "cercle",
        SessionKind::Listening => "écoute",
        SessionKind::Workshop => "atelier",
        SessionKind::Training => "formation",
        SessionKind::Informal => "informelle",
    }
}

/// Within quotation marks that do not stand in it.
fn quoted(text: &str) -> String {
    match (text.contains('"'), text.contains('”')) {
        (false, _) => format!("\"{text}\""),
        (true, false) => format!("“{text}”"),
        (true, true) => format!("\"{}\"", text.replace('"', "'")),
    }
}
