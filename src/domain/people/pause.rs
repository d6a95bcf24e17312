//! `/pause` and `/resume`: no invitations, reminders or duty for a while; a coordinator also pauses a group.

use chrono::{NaiveDate, TimeDelta};

use super::{Change, GroupSetting, PersonSetting};
use crate::domain::{
    command::Command,
    dates::{Fault, find_moment},
    decision::{Audience, Context, Decision, Outcome, Refusal},
    hear::Call,
    message::{Button, Content, Msg, Value},
    scope::{Role, Scope},
    time::{Timestamp, Zone},
    words::{clean_name, fold, split_words},
};

/// The longest pause, in days.
pub const DAYS_MAX: i64 = 90;

/// What was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PauseArgs {
    /// Nothing: the buttons.
    Bare,
    /// The group, by a coordinator.
    Group,
    /// For so many days.
    Days(i64),
    /// Until the beginning of this day.
    Until(NaiveDate),
}

/// Reads `7j`, `2 weeks`, `groupe`, `jusqu'au 12/05`, `until friday`.
pub fn parse(call: &Call, now: Timestamp, zone: Zone) -> Result<PauseArgs, Refusal> {
    let typed = fold(&call.rest).replace('\u{2019}', "'");
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(PauseArgs::Bare);
    }
    if matches!(typed, "groupe" | "group" | "le groupe" | "the group") {
        return Ok(PauseArgs::Group);
    }
    if let Some(days) = days(typed) {
        return if (1..=DAYS_MAX).contains(&days) { Ok(PauseArgs::Days(days)) } else { Err(out_of_range()) };
    }
    let until = ["jusqu'au ", "jusqu'a ", "jusque ", "until ", "till ", "to ", "au "].iter().find_map(|word| typed.strip_prefix(word));
    day(until.unwrap_or(typed), now, zone).map(PauseArgs::Until).ok_or_else(|| form(&call.rest))
}

/// A day, as people write it; an hour with it does not count.
fn day(typed: &str, now: Timestamp, zone: Zone) -> Option<NaiveDate> {
    let words = split_words(typed, &[]);
    match find_moment(&words, now, zone) {
        Ok(found) => (found.used.len() == words.len()).then_some(found.wall.date()),
        Err(Fault::NoTime { day, used }) => (used.len() == words.len()).then_some(day),
        Err(Fault::Past { at } | Fault::TooFar { at }) => Some(at.day(zone)),
        Err(_) => None,
    }
}

/// So many days in words: a number, alone or before a unit.
fn days(typed: &str) -> Option<i64> {
    let typed = ["pendant ", "pour ", "for "].iter().find_map(|word| typed.strip_prefix(word)).unwrap_or(typed);
    let digits = typed.len() - typed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: i64 = match &typed[..digits] {
        "" => one(typed)?,
        digits => digits.parse().unwrap_or(i64::MAX),
    };
    let unit = if digits == 0 { typed.split_whitespace().nth(1)? } else { typed[digits..].trim() };
    let each = match unit {
        "" | "j" | "jour" | "jours" | "d" | "day" | "days" => 1,
        "s" | "sem" | "semaine" | "semaines" | "w" | "week" | "weeks" => 7,
        "m" | "mois" | "month" | "months" => 30,
        _ => return None,
    };
    Some(number.saturating_mul(each))
}

fn one(typed: &str) -> Option<i64> {
    matches!(typed.split_whitespace().next()?, "un" | "une" | "one" | "a").then_some(1)
}

/// The right form, with what was typed.
fn form(typed: &str) -> Refusal {
    let msg = Msg::new("people-pause-form").with("typed", clean_name(typed)).with("pause", Command::Pause).with("number", DAYS_MAX);
    Refusal::new(Content::from(msg).buttons(buttons()))
}

fn out_of_range() -> Refusal {
    let msg = Msg::new("people-pause-range").with("pause", Command::Pause).with("number", DAYS_MAX);
    Refusal::new(Content::from(msg).buttons(buttons()))
}

fn buttons() -> [Button; 3] {
    [
        Button::command(Msg::new("people-button-pause-day"), Command::Pause, "1j"),
        Button::command(Msg::new("people-button-pause-week"), Command::Pause, "7j"),
        Button::command(Msg::new("people-button-pause-month"), Command::Pause, "30j"),
    ]
}

fn resume_button(rest: &str) -> Button {
    Button::command(Msg::new("people-button-resume"), Command::Resume, rest)
}

/// The pause begins, or its buttons are shown.
pub fn pause(scope: &Scope, args: PauseArgs, ctx: &Context) -> Outcome {
    let until = match args {
        PauseArgs::Bare => return Ok(bare(scope, ctx.now)),
        PauseArgs::Group => return group(scope, true),
        PauseArgs::Days(days) => days_later(ctx.now, days, scope.zone),
        PauseArgs::Until(day) => scope.zone.start_of(day),
    };
    let longest = days_later(ctx.now, DAYS_MAX, scope.zone);
    let Some(person) = &scope.person else { return Err(Msg::new("no-group").into()) };
    if until <= ctx.now || until > longest {
        return Err(out_of_range());
    }
    let lines = vec![
        Msg::new("people-pause-set"),
        Msg::new("people-pause-until").with("when", Value::Moment(until)),
        Msg::new("people-pause-what").with("sos", Command::Sos),
    ];
    Ok(Decision::nothing()
        .change(Change::Person(person.id, PersonSetting::PausedUntil(Some(until))))
        .tell(Audience::Asker, Content::from(lines).buttons([resume_button("")])))
}

/// The same hour on the wall, so many days later.
fn days_later(now: Timestamp, days: i64, zone: Zone) -> Timestamp {
    zone.instant_or_later(now.wall(zone) + TimeDelta::days(days))
}

fn bare(scope: &Scope, now: Timestamp) -> Decision {
    let until = scope.person.as_ref().and_then(|person| person.paused_until).filter(|until| *until > now);
    let ask = Msg::new("people-pause-ask").with("pause", Command::Pause).with("number", DAYS_MAX);
    Decision::answer(match until {
        Some(until) => Content::from(vec![Msg::new("people-pause-now").with("when", Value::Moment(until)), ask])
            .buttons([resume_button("")])
            .buttons(buttons()),
        None => Content::from(ask).buttons(buttons()),
    })
}

/// `/pause groupe`: prompts and invitations of the group stop, or go on.
fn group(scope: &Scope, paused: bool) -> Outcome {
    let Some(group) = &scope.group else { return Err(Msg::new("no-group").into()) };
    if scope.role() < Some(Role::Coordinator) {
        return Err(Msg::new("not-allowed-coordinator").with("menu", Command::Menu).into());
    }
    let said = match (paused, group.paused) {
        (true, true) => Msg::new("people-group-paused-already"),
        (true, false) => Msg::new("people-group-paused"),
        (false, true) => Msg::new("people-group-resumed"),
        (false, false) => Msg::new("people-group-not-paused"),
    };
    let content = if paused { Content::from(said).buttons([resume_button("groupe")]) } else { said.into() };
    let decision = Decision::answer(content);
    Ok(if paused == group.paused { decision } else { decision.change(Change::Group(group.id, GroupSetting::Paused(paused))) })
}

/// Ends a pause: one's own, or with `groupe` the group's.
pub fn resume(scope: &Scope, call: &Call, ctx: &Context) -> Outcome {
    if matches!(fold(&call.rest).trim(), "groupe" | "group" | "le groupe" | "the group") {
        return group(scope, false);
    }
    let Some(person) = &scope.person else { return Err(Msg::new("no-group").into()) };
    if person.paused_until.is_none_or(|until| until <= ctx.now) {
        return Ok(Decision::answer(Msg::new("people-resume-not-paused").with("pause", Command::Pause)));
    }
    Ok(Decision::nothing()
        .change(Change::Person(person.id, PersonSetting::PausedUntil(None)))
        .tell(Audience::Asker, Msg::new("people-resumed")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::NOW;

    #[test]
    fn pauses_are_read_as_people_write_them() {
        let may = NaiveDate::from_ymd_opt(2027, 5, 12).unwrap();
        let friday = NaiveDate::from_ymd_opt(2026, 12, 4).unwrap();
        for (rest, expected) in [
            ("", Some(PauseArgs::Bare)),
            ("7j", Some(PauseArgs::Days(7))),
            ("7d", Some(PauseArgs::Days(7))),
            ("7 jours", Some(PauseArgs::Days(7))),
            ("7", Some(PauseArgs::Days(7))),
            ("٧ j", Some(PauseArgs::Days(7))),
            ("2 semaines", Some(PauseArgs::Days(14))),
            ("une semaine", Some(PauseArgs::Days(7))),
            ("for a week", Some(PauseArgs::Days(7))),
            ("1 mois", Some(PauseArgs::Days(30))),
            ("90j", Some(PauseArgs::Days(90))),
            ("91j", None),
            ("0", None),
            ("99999999999999999999j", None),
            ("-3j", None),
            ("2,5 j", None),
            ("groupe", Some(PauseArgs::Group)),
            ("GROUP", Some(PauseArgs::Group)),
            ("jusqu’au 12/05", Some(PauseArgs::Until(may))),
            ("until 12/05", Some(PauseArgs::Until(may))),
            ("12/05", Some(PauseArgs::Until(may))),
            ("jusqu'à vendredi", Some(PauseArgs::Until(friday))),
            ("until fri", Some(PauseArgs::Until(friday))),
            ("until 32/05", None),
            ("toujours", None),
        ] {
            assert_eq!(parse(&Call::new(Command::Pause, rest), NOW, Zone::PARIS).ok(), expected, "{rest:?}");
        }
    }
}
