//! What is wrong with a line of `/session`, and the right form with the person's own values in it.

use super::{
    LENGTH_MINUTES_MAX, LENGTH_MINUTES_MIN, PRICE_CREDITS_MAX, SEATS_MAX, TITLE_CHARS_MAX,
    understood::{Counted, DatePart, LineFault, Understood},
};
use crate::domain::{
    command::Command,
    dates::{Fault, YEARS_AHEAD_MAX},
    message::{Content, Msg, Value},
    time::{Timestamp, Zone},
};

/// The refusal of a line: why, and how it could be written.
pub(super) fn refusal(fault: &LineFault, understood: &Understood, zone: Zone) -> Content {
    Content::from(why(fault, zone)).line(Msg::new("session-form-try")).line(form(understood))
}

/// The form explained, with an example.
pub(super) fn explained() -> Vec<Msg> {
    vec![
        Msg::new("session-form-intro"),
        form(&Understood::default()),
        Msg::new("session-form-default"),
        Msg::new("session-form-more").with("session", Command::Session),
    ]
}

/// `/session "Title" tue 18:00 90min 10 seats price 1`, with what was understood in the place of the example.
fn form(understood: &Understood) -> Msg {
    let typed = |text: &Option<String>, example: Msg| match text {
        Some(text) => Value::Text(text.clone()),
        None => example.into(),
    };
    let more = |place: &str, link: &str| match (place, link) {
        ("", "") => Msg::new("session-form-nothing"),
        ("", link) => Msg::new("session-form-link").with("text", link),
        (place, "") => Msg::new("session-form-place").with("place", place),
        (place, link) => Msg::new("session-form-place-link").with("place", place).with("text", link),
    };
    Msg::new("session-form")
        .with("session", Command::Session)
        .with("called", typed(&understood.title, Msg::new("session-form-title")))
        .with("date", date_form(&understood.date))
        .with("lasting", understood.length.as_deref().unwrap_or("90min"))
        .with("seats", understood.seats.unwrap_or(10))
        .with("amount", understood.price.unwrap_or(1))
        .with("what", more(understood.place.as_deref().unwrap_or_default(), understood.link.as_deref().unwrap_or_default()))
        .with("more", understood.more.iter().map(|typed| format!(" {typed}")).collect::<String>())
}

/// Day and hour, what is missing of them as in the example.
fn date_form(date: &DatePart) -> Value {
    match date {
        DatePart::Nothing => Msg::new("session-form-date").into(),
        DatePart::Day(day) => Msg::new("session-form-day").with("typed", day.as_str()).into(),
        DatePart::Hour(hour) => Msg::new("session-form-hour").with("typed", hour.as_str()).into(),
        DatePart::Whole(typed) => typed.as_str().into(),
    }
}

pub(super) fn why(fault: &LineFault, zone: Zone) -> Msg {
    match fault {
        LineFault::NoTitle => Msg::new("session-fault-no-title"),
        LineFault::LongTitle => Msg::new("session-fault-long-title").with("count", chars(TITLE_CHARS_MAX)),
        LineFault::Date(fault) => date(fault, zone),
        LineFault::TwoLengths(first, second) => {
            Msg::new("session-fault-two-lengths").with("typed", first.as_str()).with("text", second.as_str())
        }
        LineFault::Length(typed) => Msg::new("session-fault-length")
            .with("typed", typed.as_str())
            .with("least", Value::Minutes(LENGTH_MINUTES_MIN))
            .with("most", Value::Minutes(LENGTH_MINUTES_MAX)),
        LineFault::Number(counted, typed) => number(*counted, typed),
        LineFault::Link(typed) => Msg::new("session-fault-link").with("typed", typed.as_str()),
        LineFault::Unknown(typed) => Msg::new("session-fault-unknown").with("typed", typed.as_str()),
        LineFault::Host(typed) => Msg::new("making-fault-host").with("typed", typed.as_str()),
        LineFault::Informal => Msg::new("making-fault-informal"),
        LineFault::OtherKind => Msg::new("making-fault-other-kind"),
        LineFault::ForTwo => Msg::new("making-fault-for-two"),
        LineFault::ClosedAlready(until) => Msg::new("making-fault-closed").with("when", Value::MomentIn(*until, zone)),
    }
}

fn chars(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn number(counted: Counted, typed: &str) -> Msg {
    match counted {
        Counted::Seats => Msg::new("session-fault-seats").with("typed", typed).with("count", SEATS_MAX),
        Counted::Price => Msg::new("session-fault-price").with("typed", typed).with("count", PRICE_CREDITS_MAX),
        Counted::Minimum => Msg::new("session-fault-minimum").with("typed", typed),
        Counted::Reward => Msg::new("session-fault-reward").with("typed", typed).with("count", PRICE_CREDITS_MAX),
        Counted::Cutoff => Msg::new("session-fault-cutoff").with("typed", typed),
        Counted::Closing => Msg::new("making-fault-closing").with("typed", typed),
    }
}

/// What is wrong with a date.
fn date(fault: &Fault, zone: Zone) -> Msg {
    let moment = |at: Timestamp| Value::MomentIn(at, zone);
    match fault {
        Fault::NoDate => Msg::new("session-fault-no-date"),
        Fault::NoTime { day, .. } => Msg::new("session-fault-no-time").with("day", Value::Day(*day)),
        Fault::NoDay { time, .. } => Msg::new("session-fault-no-day").with("typed", time.format("%H:%M").to_string()),
        Fault::TwoDates { first, second } => {
            Msg::new("session-fault-two-dates").with("typed", first.as_str()).with("text", second.as_str())
        }
        Fault::NotADay { typed } => Msg::new("session-fault-not-a-day").with("typed", typed.as_str()),
        Fault::NotATime { typed } => Msg::new("session-fault-not-a-time").with("typed", typed.as_str()),
        Fault::WrongWeekday { typed, day } => Msg::new("session-fault-weekday").with("typed", typed.as_str()).with("day", Value::Day(*day)),
        Fault::Past { at } => Msg::new("session-fault-past").with("when", moment(*at)),
        Fault::TooFar { at } => Msg::new("session-fault-far").with("when", moment(*at)).with("count", i64::from(YEARS_AHEAD_MAX)),
        Fault::Gap { wall, before, after } => Msg::new("session-fault-gap")
            .with("typed", wall.format("%H:%M").to_string())
            .with("day", Value::Day(wall.date()))
            .with("first", moment(*before))
            .with("second", moment(*after)),
        // Asked, not refused; here for who has no buttons to be asked with.
        Fault::Twice { wall, .. } => {
            Msg::new("session-fault-twice").with("typed", wall.format("%H:%M").to_string()).with("day", Value::Day(wall.date()))
        }
    }
}
