//! Making or changing a session step by step, in private: which step, and what is known so far, carried by the buttons themselves.

use chrono::NaiveTime;

use super::{
    LENGTH_MINUTES_MAX, LENGTH_MINUTES_MIN, PRICE_CREDITS_MAX, SEATS_MAX, SessionKind, TITLE_CHARS_MAX, line,
    parts::{Host, Parts, Read, When},
    typed::{bounded, cleaned_title, is_link, looks_like_link, looks_like_number},
    understood::{Counted, LineFault},
};
use crate::domain::{
    dates::{Length, find_moment, length_of, minute_of},
    ids::SessionId,
    message::{parse_short_id, short_id},
    time::{Timestamp, Zone},
    words::{clean_name, fold, split_words, whole_number},
};

/// What stands before a step in what a button carries; nobody types it.
const SIGN: char = '?';
/// What stands between what is known and what was typed or chosen now; no typed text has it.
const TYPED: char = '\u{1f}';

/// A step.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// What kind.
    Kind,
    /// How it is called.
    Title,
    /// Which day.
    Day,
    /// At what hour.
    Hour,
    /// How long.
    Length,
    /// How many seats.
    Seats,
    /// What a seat costs.
    Price,
    /// Who holds it.
    Host,
    /// Place or link.
    Where,
    /// A last look at all of it.
    Look,
    /// Which part is to be changed.
    Parts,
    /// It is posted.
    Publish,
    /// It is left.
    Stop,
}

/// The steps that ask for a part, in their order.
pub(super) const ASKED: [Step; 9] =
    [Step::Kind, Step::Title, Step::Day, Step::Hour, Step::Length, Step::Seats, Step::Price, Step::Host, Step::Where];

/// Where somebody is in making or changing a session.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// At which step.
    pub step: Step,
    /// Which session is changed; none where one is made.
    pub session: Option<SessionId>,
    /// What is known.
    pub(super) parts: Parts,
    /// What was typed or chosen for the step; none where it is only asked.
    pub(super) typed: Option<String>,
}

impl Step {
    const fn word(self) -> &'static str {
        match self {
            Self::Kind => "genre",
            Self::Title => "titre",
            Self::Day => "jour",
            Self::Hour => "heure",
            Self::Length => "duree",
            Self::Seats => "places",
            Self::Price => "prix",
            Self::Host => "anime",
            Self::Where => "lieu",
            Self::Look => "voir",
            Self::Parts => "corriger",
            Self::Publish => "publier",
            Self::Stop => "laisser",
        }
    }

    fn read(word: &str) -> Option<Self> {
        ASKED.into_iter().chain([Self::Look, Self::Parts, Self::Publish, Self::Stop]).find(|step| step.word() == word)
    }

    /// Whether a session of this kind has such a part.
    pub(super) fn fits(self, kind: Option<SessionKind>) -> bool {
        match kind {
            Some(SessionKind::Informal) => !matches!(self, Self::Seats | Self::Price),
            Some(SessionKind::Listening) => self != Self::Seats,
            Some(SessionKind::Circle | SessionKind::Workshop | SessionKind::Training) | None => true,
        }
    }

    /// What it asks for is known.
    fn is_answered(self, parts: &Parts) -> bool {
        match self {
            Self::Kind => parts.kind.is_some(),
            Self::Title => parts.title.is_some(),
            Self::Day => parts.when.day().is_some(),
            Self::Hour => matches!(parts.when, When::Start { .. }),
            Self::Length => parts.length_minutes.is_some(),
            Self::Seats => parts.seats.is_some(),
            Self::Price => parts.price_credits.is_some(),
            Self::Host => parts.host.is_some(),
            Self::Where => parts.nowhere || parts.place.is_some() || parts.link.is_some(),
            Self::Look | Self::Parts | Self::Publish | Self::Stop => true,
        }
    }
}

/// The first step whose answer is not known yet; where all are, the last look.
pub(super) fn next(parts: &Parts) -> Step {
    ASKED.into_iter().find(|step| step.fits(parts.kind) && !step.is_answered(parts)).unwrap_or(Step::Look)
}

/// The step before this one.
pub(super) fn before(step: Step, parts: &Parts) -> Option<Step> {
    ASKED.into_iter().rev().find(|one| *one < step && one.fits(parts.kind))
}

/// What a button carries that goes to `step`, or answers it with `typed`.
pub(super) fn carried(step: Step, session: Option<SessionId>, parts: &Parts, zone: Zone, typed: Option<&str>) -> String {
    let session = session.map_or_else(|| "-".to_owned(), |id| format!("~{}", short_id(id.0)));
    let typed = typed.map(|typed| format!("{TYPED}{typed}")).unwrap_or_default();
    format!("{SIGN}{} {session} {}{typed}", step.word(), parts.written(zone))
}

/// Reads what a button carried; `None` where it is a line that somebody typed.
pub(super) fn read(rest: &str, now: Timestamp, zone: Zone) -> Option<Draft> {
    let (known, typed) = match rest.strip_prefix(SIGN)?.rsplit_once(TYPED) {
        Some((known, typed)) => (known, Some(typed.trim().to_owned())),
        None => (rest.strip_prefix(SIGN)?, None),
    };
    let mut words = known.splitn(3, ' ');
    let step = Step::read(words.next()?)?;
    let session = words.next()?.strip_prefix('~').and_then(parse_short_id).map(SessionId);
    let parts = line::read(&split_words(words.next().unwrap_or_default(), &[]), false, now, zone).parts;
    Some(Draft { step, session, parts, typed })
}

/// Whether `rest` is what a button carried, and about which session.
pub fn session_of(rest: &str) -> Option<Option<SessionId>> {
    rest.strip_prefix(SIGN)?;
    let session = rest.split(' ').nth(1).and_then(|word| word.strip_prefix('~'));
    Some(session.and_then(parse_short_id).map(SessionId))
}

/// What was typed for the step, over what is known. A whole line, or any of its parts, counts at every step.
pub(super) fn answered(draft: &Draft, now: Timestamp, zone: Zone) -> Result<Parts, LineFault> {
    let typed = draft.typed.as_deref().unwrap_or_default();
    let own = match draft.step {
        Step::Title => title(typed, now, zone)?,
        Step::Day => when(typed, draft.parts.when, now, zone)?,
        Step::Hour => match hour_alone(typed) {
            Some(hour) => Parts { when: When::Hour(hour), ..Parts::default() },
            None => when(typed, draft.parts.when, now, zone)?,
        },
        Step::Length => length(typed, now, zone)?,
        Step::Seats => Parts { seats: number(typed, Counted::Seats, 1, SEATS_MAX)?, ..Parts::default() },
        Step::Price => Parts { price_credits: number(typed, Counted::Price, 0, PRICE_CREDITS_MAX)?, ..Parts::default() },
        Step::Host => Parts { host: Some(host(typed)?), ..Parts::default() },
        Step::Where => place(typed, now, zone)?,
        Step::Kind | Step::Look | Step::Parts | Step::Publish | Step::Stop => Parts::default(),
    };
    let own = if own == Parts::default() { whole(line::read(&split_words(typed, &[]), false, now, zone))? } else { own };
    if own == Parts::default() {
        return Err(LineFault::Unknown(cut(typed)));
    }
    let mut parts = own.over(&draft.parts);
    parts.when = joined(parts.when, draft.parts.when, now, zone)?;
    if !parts.kind.is_none_or(SessionKind::has_seats) {
        (parts.seats, parts.price_credits, parts.minimum) = (None, None, None);
    }
    if parts.kind == Some(SessionKind::Listening) {
        parts.seats = None;
    }
    Ok(parts)
}

/// Day and hour, over what was known of them: a day alone leaves the hour as it is, and the other way round.
pub(super) fn joined(when: When, known: When, now: Timestamp, zone: Zone) -> Result<When, LineFault> {
    match (when, when.day().or_else(|| known.day()), when.hour().or_else(|| known.hour())) {
        (When::Unsaid, ..) => Ok(known),
        (When::Day(_) | When::Hour(_), Some(day), Some(hour)) => {
            let written = format!("{} {}", day.format("%Y-%m-%d"), hour.format("%H:%M"));
            let found = find_moment(&split_words(&written, &[]), now, zone).map_err(LineFault::Date)?;
            Ok(When::Start { wall: found.wall, at: found.at })
        }
        (When::Start { .. } | When::Day(_) | When::Hour(_), ..) => Ok(when),
    }
}

/// All that was read, or the first thing that is wrong with it; nothing at all is wrong too.
fn whole(read: Read) -> Result<Parts, LineFault> {
    match read.faults.into_iter().next() {
        Some(fault) => Err(fault),
        None => Ok(read.parts),
    }
}

fn title(typed: &str, now: Timestamp, zone: Zone) -> Result<Parts, LineFault> {
    let words = split_words(typed, &[]);
    // A whole line begins with its title in quotation marks; within a title they are a part of it.
    if words.len() > 1 && words.first().is_some_and(|word| word.quoted) {
        return whole(line::read(&words, false, now, zone));
    }
    let bare = words.first().filter(|word| word.quoted).map_or(typed, |word| word.text.as_str());
    Ok(Parts { title: Some(cleaned_title(bare)?.ok_or(LineFault::NoTitle)?), ..Parts::default() })
}

/// "19" at this step is an hour, and "2h30" no length.
fn hour_alone(typed: &str) -> Option<NaiveTime> {
    let minute = minute_of(typed.trim())?;
    NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)
}

fn when(typed: &str, known: When, now: Timestamp, zone: Zone) -> Result<Parts, LineFault> {
    let read = |typed: &str| whole(line::read(&split_words(typed, &[]), false, now, zone));
    let own = read(typed);
    let has_day = matches!(&own, Ok(Parts { when: When::Start { .. } | When::Day(_), .. }) | Err(LineFault::Date(_)));
    match known.day().filter(|_| !has_day) {
        // "2h30" beside a day is an hour of that day, and no length.
        Some(day) => read(&format!("{} {typed}", day.format("%Y-%m-%d"))),
        None => own,
    }
}

fn length(typed: &str, now: Timestamp, zone: Zone) -> Result<Parts, LineFault> {
    let minutes = match (whole_number(typed).ok(), length_of(&split_words(typed, &[]))) {
        // "2" is two hours, "90" are minutes.
        (Some(number), _) => number.checked_mul(if number < 10 { 60 } else { 1 }),
        (None, Some(Length::Minutes(minutes))) => Some(minutes),
        (None, Some(Length::Days(_))) => None,
        (None, None) => return whole(line::read(&split_words(typed, &[]), false, now, zone)),
    };
    let fits = minutes.filter(|minutes| (LENGTH_MINUTES_MIN..=LENGTH_MINUTES_MAX).contains(minutes));
    let length_minutes = Some(fits.ok_or_else(|| LineFault::Length(cut(typed)))?);
    Ok(Parts { length_minutes, ..Parts::default() })
}

/// A number alone; where something else was typed it is read as parts.
fn number(typed: &str, counted: Counted, least: i64, most: i64) -> Result<Option<i64>, LineFault> {
    if !looks_like_number(&fold(typed)) {
        return Ok(None);
    }
    bounded(typed, least, most).map(Some).map_err(|typed| LineFault::Number(counted, typed))
}

fn host(typed: &str) -> Result<Host, LineFault> {
    let name = clean_name(typed.trim_start_matches('@').trim_matches('"'));
    match fold(&name).as_str() {
        "" => Err(LineFault::Host(cut(typed))),
        "moi" | "me" | "myself" => Ok(Host::Oneself),
        _ => Ok(Host::Named(name)),
    }
}

/// A link is a link; the rest is the place.
fn place(typed: &str, now: Timestamp, zone: Zone) -> Result<Parts, LineFault> {
    if fold(typed) == "sans-lieu" {
        return Ok(Parts { nowhere: true, ..Parts::default() });
    }
    let (link, place): (Vec<&str>, Vec<&str>) = typed.split_whitespace().partition(|word| is_link(word));
    if let Some(unclear) = place.iter().find(|word| looks_like_link(word)) {
        return Err(LineFault::Link(cut(unclear)));
    }
    let read = line::read(&split_words(&link.join(" "), &[]), false, now, zone);
    let link = whole(read)?.link;
    let place: String = place.join(" ").trim_matches('"').chars().take(TITLE_CHARS_MAX).collect();
    Ok(Parts { link, place: Some(place).filter(|place| !place.is_empty()), ..Parts::default() })
}

fn cut(typed: &str) -> String {
    typed.chars().take(40).collect()
}
