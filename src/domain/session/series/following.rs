//! Tests of a change that holds for the following dates too.

use chrono::TimeDelta;

use super::{
    Rule, Series, follow,
    rule::{Every, Until},
    tests::{SERIES, WEEKLY, ask_view, kept_series, regular, says, series, view},
};
use crate::domain::{
    command::Command,
    decision::{Audience, Change as AnyChange, Decision, Outcome},
    hear::Call,
    ids::SessionId,
    question,
    session::{
        self, Action, BookingState, EditView, Roll, Session, edit,
        testing::{HOST, NOW, booking, context, money, person_id, said, scope, session, shown, shown_refusal},
    },
    time::Zone,
    timer::Wake,
};

use BookingState::{Booked, Waiting};

/// One date of the series, with who has a place in it.
fn date(number: i64, wall: &str, places: &[(u128, BookingState)]) -> Roll {
    let wall = wall.parse().unwrap();
    let starts = Zone::PARIS.instant_or_later(wall);
    let id = SessionId(uuid::Uuid::from_u128(u128::try_from(number).unwrap() + 40));
    let session =
        Session { id, number, wall, starts, free_cancel_until: starts.minus(TimeDelta::hours(24)), series: Some(SERIES), ..session() };
    let own = |n: u128, state| {
        let id = crate::domain::ids::BookingId(uuid::Uuid::from_u128(1000 * u128::try_from(number).unwrap() + n));
        session::Booking { id, session: session.id, ..booking(n, state) }
    };
    Roll { bookings: places.iter().map(|(n, state)| own(*n, *state)).collect(), session, apart: vec![] }
}

fn dates() -> Vec<Roll> {
    vec![
        date(12, "2026-12-01T18:00:00", &[(2, Booked)]),
        date(13, "2026-12-08T18:00:00", &[(2, Booked), (3, Booked)]),
        // Moved to the Wednesday at noon.
        date(14, "2026-12-16T12:00:00", &[(2, Booked)]),
        date(15, "2026-12-22T18:00:00", &[(5, Booked), (6, Booked), (4, Waiting)]),
    ]
}

/// The first date is changed as `rest` says, and the button pressed by the `n`-th person.
fn follows_as(n: u128, rest: &str, series: Series, dates: Vec<Roll>) -> Outcome {
    let found = dates[0].clone();
    let edited = EditView { found: Some(found.clone()), money: money(), others: vec![], follows: true };
    let changed = edit::edit(&scope(HOST), &edited, &Call::new(Command::Session, rest), &mut context(7, 0)).unwrap();
    let line = line_of(&changed).expect("a button for the following dates");
    let after = changed.changes.iter().find_map(|change| match change {
        AnyChange::Session(session::Change::Edit(session)) => Some((**session).clone()),
        _ => None,
    });
    let view = ask_view(after.unwrap(), Some(view(series, vec![regular(2, 5)])), dates);
    follow::follow(&scope(n), &view, &line, &mut context(8, 0))
}

fn follows(rest: &str) -> Decision {
    follows_as(HOST, rest, series(WEEKLY, "2026-12-01T18:00:00"), dates()).unwrap()
}

/// What the button of a change carries.
fn line_of(decision: &Decision) -> Option<String> {
    decision.changes.iter().find_map(|change| match change {
        AnyChange::Question(question::Change::Ask(question)) => question.choices.iter().find_map(|action| match action {
            question::Action::Session(Action::Following { line, .. }) => Some(line.clone()),
            _ => None,
        }),
        _ => None,
    })
}

fn edited(decision: &Decision) -> Vec<Session> {
    let edit = |change: &AnyChange| match change {
        AnyChange::Session(session::Change::Edit(session)) => Some((**session).clone()),
        _ => None,
    };
    decision.changes.iter().filter_map(edit).collect()
}

fn told(decision: &Decision, n: u128) -> Vec<String> {
    said(decision, Audience::Private(person_id(n))).iter().map(shown).collect()
}

#[test]
fn the_hour_holds_for_the_rule_and_for_each_date_that_had_the_old_one() {
    let decision = follows("12 19h30");
    let starts: Vec<_> =
        edited(&decision).iter().map(|one| (one.number, one.wall.format("%d/%m %H:%M").to_string(), one.revision)).collect();
    assert_eq!(starts, [(13, "08/12 19:30".into(), 1), (15, "22/12 19:30".into(), 1)], "what was moved keeps its own hour");
    let kept = kept_series(&decision);
    assert_eq!((kept.first.to_string(), kept.made_until.to_string()), ("2026-12-01 19:30:00".into(), "2026-12-01 19:30:00".into()));
    assert_eq!(kept.rule.next(kept.first, kept.made_until).unwrap().to_string(), "2026-12-08 19:30:00");
    assert!(decision.timers.iter().any(|timer| matches!(timer.wake, Wake::SeriesDue(_))), "the next one is made in time");
    assert_eq!(
        told(&decision, 2),
        ["cancelled-notice | series-named(Cercle du mardi) | making-changed-when(08/12 18:00, 08/12 19:30) | series-following-these | \
          list-line(13, Cercle du mardi, 08/12 19:30) | making-moved-free [button-cancel-number(13)] [button-agenda]"]
    );
    assert!(!told(&decision, 4)[0].contains("moved-free"), "who waits is told too, and pays nothing anyway: {:?}", told(&decision, 4));
    assert_eq!(
        says(Ok(decision)),
        "series-following-changed | series-named(Cercle du mardi) | series-following-dates(2) | series-following-new | making-told(5) [button-agenda] [series-button-off]"
    );
}

#[test]
fn each_is_told_once_of_all_their_dates() {
    let decision = follows("12 \"Cercle du soir\" 60min lieu \"Salle 3\"");
    assert_eq!(edited(&decision).len(), 3);
    assert_eq!(
        told(&decision, 2),
        [
            "cancelled-notice | series-named(Cercle du soir) | making-changed-title(Cercle du mardi, Cercle du soir) | making-changed-length(90, 60) \
          | making-changed-place(making-nowhere, Salle 3) | series-following-these | list-line(13, Cercle du soir, 08/12 18:00) | \
          list-line(14, Cercle du soir, 16/12 12:00) [button-cancel-number(13)] [button-cancel-number(14)] [button-agenda]"
        ]
    );
    let kept = kept_series(&decision);
    assert_eq!(kept.template.title(), "Cercle du soir");
    assert_eq!(kept.first.to_string(), "2026-12-01 18:00:00", "no word of the hour leaves it");
}

#[test]
fn where_more_people_sit_than_there_would_be_seats_a_date_stays_as_it_is_and_is_named() {
    let decision = follows("12 1 place");
    assert_eq!(edited(&decision).iter().map(|one| (one.number, one.seats)).collect::<Vec<_>>(), [(14, 1)]);
    assert!(
        says(Ok(decision.clone())).contains("series-following-kept | list-line(13, Cercle du mardi, 08/12 18:00) | list-line(15, "),
        "{}",
        says(Ok(decision.clone()))
    );
    assert_eq!((told(&decision, 2).len(), told(&decision, 3).len()), (0, 0), "seats change nothing for who has one");
    // More seats are offered to who waits.
    let full = vec![date(12, "2026-12-01T18:00:00", &[]), date(13, "2026-12-08T18:00:00", &[(2, Booked), (3, Booked), (4, Waiting)])];
    let more = follows_as(HOST, "12 3 places", series(WEEKLY, "2026-12-01T18:00:00"), full).unwrap();
    assert!(told(&more, 4)[0].starts_with("offer | "), "{:?}", told(&more, 4));
}

#[test]
fn a_price_is_for_those_who_book_later_and_another_host_is_told() {
    let mut theirs = dates();
    theirs[1].session.host = person_id(7);
    let decision = follows_as(HOST, "12 prix 3", series(WEEKLY, "2026-12-01T18:00:00"), theirs).unwrap();
    assert!(decision.changes.iter().all(|change| !matches!(change, AnyChange::Ledger(_))), "nothing moves");
    assert_eq!(told(&decision, 2), Vec::<String>::new());
    assert!(told(&decision, 7)[0].contains("making-changed-price(1, 3)"), "{:?}", told(&decision, 7));
}

#[test]
fn a_day_is_for_one_date_alone() {
    let decision = |rest: &str, follows| {
        let edited = EditView { found: Some(dates().remove(0)), money: money(), others: vec![], follows };
        edit::edit(&scope(HOST), &edited, &Call::new(Command::Session, rest), &mut context(7, 0)).unwrap()
    };
    assert_eq!(line_of(&decision("12 02/12/2026", true)), None);
    assert_eq!(line_of(&decision("12 19h", false)), None, "it is the last one");
    assert_eq!(line_of(&decision("12 02/12/2026 19h 60min", true)).as_deref(), Some("19:00 60min"));
    assert!(decision("12 19h", true).acts.iter().any(|act| format!("{act:?}").contains("series-button-following")));
}

#[test]
fn who_may_and_when() {
    let refused = |n, rest: &str, series| shown_refusal(&follows_as(n, rest, series, dates()).unwrap_err());
    let weekly = || series(WEEKLY, "2026-12-01T18:00:00");
    assert!(refused(2, "12 19h", weekly()).starts_with("making-may-not-edit | "), "the question is of who was asked; the role may be gone");
    assert!(refused(HOST, "12 19h", Series { ended: Some(NOW), ..weekly() }).starts_with("series-none | "));
    assert!(refused(HOST, "12 annulation 30j", weekly()).starts_with("series-fault-terms(21) | "));
    let times = Rule { every: Every::Week, until: Until::Times(2) };
    let over = Series { made_until: "2026-12-08T18:00:00".parse().unwrap(), ..series(times, "2026-12-01T18:00:00") };
    let last = follows_as(HOST, "12 19h", over, dates()).unwrap();
    assert!(!says(Ok(last.clone())).contains("series-following-new"));
    assert!(!last.timers.iter().any(|timer| matches!(timer.wake, Wake::SeriesDue(_))), "all its dates are there");
}
