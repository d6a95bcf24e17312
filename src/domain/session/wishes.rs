//! `/settings reminders`: when one is reminded, each part with a button; and the line of needs beside a booking.

use super::{
    BookingState, Change, Roll, Session, SessionRef,
    reading::{button_ref, here, named, own_roll, session_of, to_come},
    remind::{Attendee, Quiet, Wishes},
    reminders,
};
use crate::domain::{
    command::Command,
    dates::minute_of,
    decision::{Audience, Context, Decision, Outcome, Refusal},
    hear::Call,
    message::{Button, Content, Msg},
    scope::{Person, Scope},
    words::{clean_name, clean_text, fold},
};

/// The longest line of needs, in characters.
pub const NEED_CHARS_MAX: usize = 200;

/// Whether a call of `/settings` is about reminders.
pub fn is_meant(call: &Call) -> bool {
    call.words.first().is_some_and(|word| matches!(fold(&word.text).as_str(), "rappels" | "rappel" | "reminders" | "reminder"))
}

/// Shows when one is reminded, or changes a part of it.
pub fn reminders(scope: &Scope, before: Wishes, call: &Call) -> Outcome {
    let (_, person) = here(scope)?;
    let words: Vec<String> = call.words.iter().skip(1).map(|word| fold(&word.text)).collect();
    let on = words.get(1).map(|word| matches!(word.as_str(), "oui" | "on" | "yes"));
    let off = |word: Option<&String>| word.is_some_and(|word| matches!(word.as_str(), "non" | "off" | "no"));
    let wanted = match (words.first().map(String::as_str), on) {
        (None, _) => return Ok(Decision::answer(shown(person, before, Msg::new("remind-settings")))),
        (Some("veille" | "jour" | "day"), Some(on)) if on || off(words.get(1)) => Wishes { day: on, ..before },
        (Some("heure" | "hour"), Some(on)) if on || off(words.get(1)) => Wishes { hour: on, ..before },
        (Some("aucun" | "non" | "off" | "none"), _) => Wishes { day: false, hour: false, ..before },
        (Some("oui" | "on" | "tous" | "all"), _) => Wishes { day: true, hour: true, ..before },
        (Some("calme" | "quiet"), _) => Wishes { quiet: quiet(&words[1..]).ok_or_else(|| form(call))?, ..before },
        (Some(_), _) => return Err(form(call)),
    };
    let decision = if wanted == before { Decision::nothing() } else { Decision::nothing().change(Change::Wishes(person.id, wanted)) };
    Ok(decision.and(Decision::answer(shown(person, wanted, Msg::new("remind-kept")))))
}

fn form(call: &Call) -> Refusal {
    let typed = clean_name(&call.rest);
    let form = Msg::new("remind-form").with("settings", Command::Settings);
    Refusal::new(Content::from(Msg::new("remind-unclear").with("typed", typed)).line(form).buttons([open_button()]))
}

/// The button that shows them.
pub fn open_button() -> Button {
    Button::command(Msg::new("remind-button"), Command::Settings, "rappels")
}

fn shown(person: &Person, wishes: Wishes, first: Msg) -> Content {
    let line = match (wishes.day, wishes.hour) {
        (true, true) => Msg::new("remind-both"),
        (true, false) => Msg::new("remind-day"),
        (false, true) => Msg::new("remind-hour"),
        (false, false) => Msg::new("remind-none"),
    };
    let quiet = if wishes.quiet.is_never() {
        Msg::new("remind-never-quiet")
    } else {
        Msg::new("remind-quiet").with("text", wishes.quiet.written())
    };
    let button = |label, rest: &str| Button::command(label, Command::Settings, format!("rappels {rest}"));
    let day = if wishes.day { ("veille non", Msg::new("remind-button-day-off")) } else { ("veille oui", Msg::new("remind-button-day-on")) };
    let hour =
        if wishes.hour { ("heure non", Msg::new("remind-button-hour-off")) } else { ("heure oui", Msg::new("remind-button-hour-on")) };
    let nights = [Quiet::NIGHT, Quiet { from: 20 * 60, until: 9 * 60 }, Quiet::NEVER].into_iter().filter(|quiet| *quiet != wishes.quiet);
    let nights = nights.map(|quiet| match quiet.is_never() {
        true => button(Msg::new("remind-button-never-quiet"), "calme jamais"),
        false => button(
            Msg::new("remind-button-quiet").with("text", quiet.written()),
            &format!("calme {}-{}", quiet.from / 60, quiet.until / 60),
        ),
    });
    let lines = vec![first, line, quiet];
    let lines =
        if person.paused_until.is_some() { lines } else { [lines, vec![Msg::new("remind-pause").with("pause", Command::Pause)]].concat() };
    Content::from(lines).buttons([button(day.1, day.0), button(hour.1, hour.0)]).buttons(nights)
}

/// `22h-8h`, `22:00 à 7h30`, `jamais`.
fn quiet(words: &[String]) -> Option<Quiet> {
    if let [one] = words
        && matches!(one.as_str(), "jamais" | "never" | "aucune" | "none" | "non" | "off")
    {
        return Some(Quiet::NEVER);
    }
    let joined = words.join(" ");
    let parts: Vec<&str> = joined
        .split(['-', '–', ' '])
        .map(str::trim)
        .filter(|part| !part.is_empty() && !matches!(*part, "de" | "from" | "a" | "to" | "until" | "jusqu'a" | "et" | "and"))
        .collect();
    let [from, until] = parts[..] else { return None };
    Quiet::new(minute_of(from)?, minute_of(until)?)
}

/// What `/bookings 12 need …` says: a line, none where it is to be asked, or that it is taken back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Need {
    /// Asks for it.
    Ask,
    /// This.
    Line(String),
    /// Nothing any more.
    Nothing,
}

/// Reads `/bookings 12 need …`; `None` where it is about something else.
pub fn parse_need(call: &Call) -> Option<(SessionRef, Need)> {
    let (session, used) = session_of(call).ok()?;
    let word = fold(&call.words.get(used)?.text);
    if call.command != Command::Bookings || !matches!(word.as_str(), "besoin" | "besoins" | "need" | "needs") {
        return None;
    }
    let text = clean_text(call.rest_from(used + 1)).replace('\n', " ");
    Some((
        session,
        match fold(&text).as_str() {
            "" => Need::Ask,
            "rien" | "aucun" | "nothing" | "none" => Need::Nothing,
            _ => Need::Line(text),
        },
    ))
}

/// What the store must load for a need.
#[derive(Clone, PartialEq, Debug)]
pub struct NeedView {
    /// The session, with the asker's booking.
    pub found: Option<Roll>,
    /// Its host, as far as reminders need it.
    pub host: Option<Attendee>,
    /// How often the host was told of the asker's needs at once.
    pub told: i64,
}

/// How often somebody may tell the host of a session a need at once: enough to mend it, too little to pester.
pub const TOLD_MAX: i64 = 3;

/// Keeps what the host is to know of who has a place, until the session; after the host's last reminder it is told at once.
pub fn need(scope: &Scope, view: &NeedView, need: &Need, ctx: &Context) -> Outcome {
    let (_, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    let session = &roll.session;
    to_come(session, ctx.now)?;
    if roll.of(person.id).is_none_or(|booking| !booking.state.is_live()) {
        return Err(not_booked(session));
    }
    match need {
        Need::Ask => {
            let rest = format!("{} besoin ", button_ref(session));
            let content = Content::from(vec![Msg::new("need-ask"), Msg::new("need-who"), Msg::new("need-example")]);
            Ok(Decision::answer(content).await_text(ctx, scope.account.id, Command::Bookings, rest))
        }
        Need::Line(text) if text.chars().count() > NEED_CHARS_MAX => {
            let count = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
            let most = i64::try_from(NEED_CHARS_MAX).unwrap_or(i64::MAX);
            Err(Msg::new("need-long").with("count", count).with("number", most).into())
        }
        Need::Line(text) => {
            let away = Button::command(Msg::new("need-button-away"), Command::Bookings, format!("{} besoin rien", button_ref(session)));
            let seated = roll.of(person.id).is_some_and(|booking| booking.state == BookingState::Booked);
            let late = seated && view.host.as_ref().is_some_and(|host| reminders::host_has_read(session, host, ctx.now));
            let at_once = late && view.told < TOLD_MAX;
            let until = match (late, at_once) {
                (false, _) => Msg::new("need-until"),
                (true, true) => Msg::new("need-now"),
                (true, false) => Msg::new("need-later").with("count", TOLD_MAX),
            };
            let kept = Content::from(Msg::new("need-kept")).line(named(session)).line(until).buttons([away]);
            let decision = Decision::answer(kept).change(Change::Need(session.id, person.id, Some(text.clone())));
            let told = || reminders::told_at_once(session, &person.alias, text);
            if !at_once {
                return Ok(decision);
            }
            Ok(decision.change(Change::NeedTold(session.id, person.id)).notify(Audience::Private(session.host), told()))
        }
        Need::Nothing => Ok(Decision::answer(Msg::new("need-away")).change(Change::Need(session.id, person.id, None))),
    }
}

fn not_booked(session: &Session) -> Refusal {
    let book = Button::command(Msg::new("session-button-book"), Command::Book, button_ref(session));
    Refusal::new(Content::from(Msg::new("session-no-seat")).line(named(session)).buttons([book]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_as_people_write_them() {
        for (typed, expected) in [
            ("22h-8h", Some((1320, 480))),
            ("22-8", Some((1320, 480))),
            ("22:30 - 7h15", Some((1350, 435))),
            ("de 21h a 9h", Some((1260, 540))),
            ("24h-6h", Some((0, 360))),
            ("jamais", Some((0, 0))),
            ("25h-8h", None),
            ("22h", None),
            ("22h-8h-9h", None),
            ("22h75-8h", None),
            ("tard", None),
            ("", None),
        ] {
            let words: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
            assert_eq!(quiet(&words).map(|quiet| (quiet.from, quiet.until)), expected, "{typed:?}");
        }
    }

    #[test]
    fn needs_as_they_are_typed() {
        let session = SessionRef::Number(12);
        for (typed, expected) in [
            ("12 besoin une rampe", Some((session, Need::Line("une rampe".into())))),
            ("12 need a\nramp", Some((session, Need::Line("a ramp".into())))),
            ("12 besoin", Some((session, Need::Ask))),
            ("12 besoin rien", Some((session, Need::Nothing))),
            ("12 avis 3", None),
            ("12", None),
        ] {
            assert_eq!(parse_need(&Call::new(Command::Bookings, typed)), expected, "{typed:?}");
        }
        assert_eq!(parse_need(&Call::new(Command::Cancel, "12 besoin x")), None);
    }
}
