//! Tests of changing a session: what stays, what is refused, who is told what.

use super::*;
use crate::domain::scope::Role;

fn changes(n: u128, found: Roll, rest: &str) -> Result<Decision, String> {
    let view = EditView { found: Some(found), money: money(), others: vec![], follows: false };
    edit(&scope(n), &view, &Call::new(Command::Session, rest), &mut context(7, 0)).map_err(|refusal| shown_refusal(&refusal))
}

fn changed(decision: &Decision) -> Session {
    let changed = decision.changes.iter().find_map(|change| match change {
        AnyChange::Session(Change::Edit(session)) => Some((**session).clone()),
        _ => None,
    });
    changed.expect("the session is changed")
}

fn told(decision: &Decision, n: u128) -> Vec<String> {
    said(decision, Audience::Private(person_id(n))).iter().map(shown).collect()
}

fn with(states: &[(u128, BookingState)]) -> Roll {
    roll(states.iter().map(|(n, state)| booking(*n, *state)).collect())
}

#[test]
fn a_number_and_a_part_change_a_session_and_a_date_begins_a_new_one() {
    let twelfth = Some((SessionRef::Number(12), 1));
    for (rest, expected) in [
        ("12", twelfth),
        ("12 mar 19h", twelfth),
        ("12 places 8", twelfth),
        ("12 \"Titre\"", twelfth),
        ("12 prix 2", twelfth),
        ("n° 12 8 places", Some((SessionRef::Number(12), 2))),
        ("12 mai 18h \"Titre\"", None),
        ("12 places mar 18h \"Titre\"", None),
        ("12 crédits \"Titre\" mar 18h", None),
        ("12/05 18h \"Titre\"", None),
        ("\"12\" mar 18h", None),
        ("", None),
    ] {
        assert_eq!(edited(&Call::new(Command::Session, rest)), expected, "{rest}");
    }
    assert_eq!(meant(&scope(HOST), &Call::new(Command::Session, "12 places mar 18h \"Titre\"")), Meant::Propose);
}

#[test]
fn who_has_a_place_is_told_what_was_and_what_is() {
    use BookingState::{Booked, Cancelled, Waiting};
    let found = with(&[(2, Booked), (3, Booked), (4, Waiting), (5, Cancelled)]);
    let decision = changes(HOST, found, "12 mer 19h lieu \"Salle 3\"").unwrap();
    let new = changed(&decision);
    assert_eq!((new.revision, new.wall.format("%d/%m %H:%M").to_string(), new.moved), (1, "25/11 19:00".into(), Some(NOW)));
    assert_eq!(new.starts.since(new.free_cancel_until), chrono::TimeDelta::hours(24), "the time to cancel moves with it");
    let lines = "changed-when(01/12 18:00, 25/11 19:00) | making-changed-place(making-nowhere, Salle 3)";
    assert_eq!(
        told(&decision, 2),
        [format!(
            "cancelled-notice | named(Cercle du mardi, 01/12 18:00) | making-{lines} | making-moved-free [care-booked-button-calendar] \
             [care-booked-button-cannot]"
        )]
    );
    assert_eq!(
        told(&decision, 4),
        [format!("cancelled-notice | named(Cercle du mardi, 01/12 18:00) | making-{lines} [button-leave-list] [button-agenda]")]
    );
    assert_eq!(told(&decision, 5), Vec::<String>::new(), "who gave the seat back is not bothered");
    assert!(
        answer(&decision).starts_with(&format!("making-changed | named(Cercle du mardi, 25/11 19:00) | making-{lines} | making-told(3)"))
    );
    assert!(shown(&card(&decision).unwrap()).contains("card-when(25/11 19:00, 90) | card-place(Salle 3)"));
    assert_eq!(decision.timers.iter().filter(|timer| timer.at > NOW).count(), 5, "it wakes at its new hours");
}

#[test]
fn a_part_alone_leaves_the_rest_as_it_is() {
    let check = |rest: &str, expected: &dyn Fn(Session) -> Session| {
        let new = changed(&changes(HOST, with(&[]), rest).unwrap());
        let old = Session { revision: 1, ..session() };
        assert_eq!(new, expected(old), "{rest}");
    };
    check("12 8 places", &|old| Session { seats: 8, ..old });
    check("12 places 8", &|old| Session { seats: 8, ..old });
    check("12 \"Autre titre\"", &|old| Session { title: "Autre titre".into(), ..old });
    check("12 gratuit", &|old| Session { price_credits: 0, ..old });
    check("12 1h", &|old| Session { length_minutes: 60, ..old });
    check("12 atelier", &|old| Session { kind: SessionKind::Workshop, ..old });
    check("12 lien https://v.example/x", &|old| Session { link: Some("https://v.example/x".into()), ..old });
    check("12 annulation 2h", &|old| Session { free_cancel_until: old.starts.minus(chrono::TimeDelta::hours(2)), ..old });
    check("12 clôture 2h", &|old| Session { book_until: Some(old.starts.minus(chrono::TimeDelta::hours(2))), ..old });
}

#[test]
fn the_hour_alone_stays_on_its_day_and_the_day_keeps_its_hour() {
    let wall = |rest: &str| changed(&changes(HOST, with(&[]), rest).unwrap()).wall.format("%d/%m %H:%M").to_string();
    assert_eq!(wall("12 19h30"), "01/12 19:30");
    assert_eq!(wall("12 mercredi"), "25/11 18:00");
    assert_eq!(wall("12 03/12/2026"), "03/12 18:00");
}

#[test]
fn an_hour_alone_at_the_step_of_the_hour_is_an_hour() {
    let menu = changes(HOST, with(&[]), "12").unwrap();
    let asked = changes(HOST, with(&[]), &button(&menu, 3)).unwrap();
    assert!(answer(&asked).starts_with("making-ask-hour | "), "{}", answer(&asked));
    for (typed, expected) in
        [("19", "01/12 19:00"), ("2h30", "01/12 02:30"), ("19:45", "01/12 19:45"), ("7pm", "01/12 19:00"), ("24h", "01/12 00:00")]
    {
        let new = changed(&changes(HOST, with(&[]), &writes(&asked, typed)).unwrap());
        assert_eq!((new.wall.format("%d/%m %H:%M").to_string().as_str(), new.length_minutes), (expected, 90), "{typed}");
    }
    let wrong = changes(HOST, with(&[]), &writes(&asked, "25")).unwrap();
    assert!(answer(&wrong).contains("making-ask-hour"), "{}", answer(&wrong));
}

#[test]
fn moved_across_a_clock_change_it_keeps_the_hour_on_the_wall() {
    // From Saturday in summer time to Monday in winter time.
    let wall = "2026-10-24T18:00:00".parse().unwrap();
    let summer = Session { wall, starts: Zone::PARIS.instant_or_later(wall), created: NOW, ..session() };
    let before = summer.starts.minus(chrono::TimeDelta::days(3));
    let found = Roll { session: summer.clone(), bookings: vec![booking(2, BookingState::Booked)], apart: vec![] };
    let view = EditView { found: Some(found), money: money(), others: vec![], follows: false };
    let mut ctx = context(7, 0);
    ctx.now = before;
    let decision = edit(&scope(HOST), &view, &Call::new(Command::Session, "12 26/10"), &mut ctx).unwrap();
    let new = changed(&decision);
    assert_eq!(new.wall.to_string(), "2026-10-26 18:00:00");
    assert_eq!(new.starts.since(summer.starts), chrono::TimeDelta::hours(49), "two days and the hour of the night between");
    let reminder = decision.timers.iter().map(|timer| timer.at).min().unwrap();
    assert_eq!(new.starts.since(reminder), chrono::TimeDelta::hours(24));
}

#[test]
fn the_hour_in_the_gap_is_refused_and_the_one_that_comes_twice_is_asked_about() {
    let gap = changes(HOST, with(&[]), "12 2027-03-28 02:30").unwrap();
    assert!(answer(&gap).starts_with("fault-gap(02:30, Day(2027-03-28), "), "{}", answer(&gap));
    let twice = changes(HOST, with(&[]), "12 2027-10-31 02:30 8 places").unwrap();
    assert_eq!(answer(&twice), "twice(02:30, Day(2027-10-31)) | twice-which [twice-first(+02:00)] [twice-second(+01:00)]");
    let chosen = [1, 2].map(|n| changed(&changes(HOST, with(&[]), &button(&twice, n)).unwrap()));
    assert_eq!(chosen[1].starts.since(chosen[0].starts), chrono::TimeDelta::hours(1));
    assert_eq!((chosen[0].seats, chosen[1].seats), (8, 8), "what was said beside it is kept");
}

#[test]
fn fewer_seats_than_are_taken_are_refused_and_more_are_offered() {
    use BookingState::{Booked, Offered, Waiting};
    let full = || with(&[(2, Booked), (3, Offered), (4, Waiting)]);
    let offered = |booking: Booking| Booking { offer_until: Some(NOW.plus(chrono::TimeDelta::hours(3))), ..booking };
    let full = || {
        let found = full();
        let bookings = found.bookings.into_iter().map(|one| if one.state == Offered { offered(one) } else { one }).collect();
        Roll { bookings, ..found }
    };
    assert_eq!(
        changes(HOST, full(), "12 1 place").unwrap_err(),
        "making-seats-taken | making-seats-taken-line(2) | named(Cercle du mardi, 01/12 18:00) | making-seats-keep(/session, 12, 2) [making-button-call-off]"
    );
    let decision = changes(HOST, full(), "12 3 places").unwrap();
    assert!(told(&decision, 4)[0].starts_with("offer | "), "{:?}", told(&decision, 4));
    assert_eq!(told(&decision, 2), Vec::<String>::new(), "a seat more changes nothing for who has one");
}

#[test]
fn a_new_price_is_for_those_who_book_later() {
    let decision = changes(HOST, with(&[(2, BookingState::Booked)]), "12 prix 3").unwrap();
    assert_eq!(transfers(&decision).len(), 0, "nothing moves");
    assert_eq!(told(&decision, 2), Vec::<String>::new());
    assert!(answer(&decision).contains("making-changed-price(1, 3) | making-price-later | making-told(0)"), "{}", answer(&decision));
    assert!(decision.changes.iter().all(|change| !matches!(change, AnyChange::Session(Change::Booking(_)))), "bookings stay as they are");
}

#[test]
fn who_may_change_it_and_when() {
    assert_eq!(
        changes(2, with(&[]), "12 8 places").unwrap_err(),
        "making-may-not-edit | named(Cercle du mardi, 01/12 18:00) [button-details]"
    );
    let over = Roll { session: Session { state: SessionState::Cancelled, ..session() }, bookings: vec![], apart: vec![] };
    assert!(changes(HOST, over, "12 8 places").unwrap_err().starts_with("is-cancelled | "));
    let menu = changes(HOST, with(&[]), "12").unwrap();
    assert!(answer(&menu).starts_with("making-change-which | card-title(Cercle du mardi, 12) | "), "{}", answer(&menu));
    let seats = changes(HOST, with(&[]), &button(&menu, 5)).unwrap();
    assert!(answer(&seats).starts_with("making-ask-seats | "), "{}", answer(&seats));
    assert_eq!(changed(&changes(HOST, with(&[]), &writes(&seats, "9 places")).unwrap()).seats, 9);
    assert_eq!(changed(&changes(HOST, with(&[]), &writes(&menu, "jeudi 10h")).unwrap()).wall.format("%d/%m %H").to_string(), "26/11 10");
    let same = changes(HOST, with(&[]), "12 2 places").unwrap();
    assert!(answer(&same).starts_with("nothing-changed | "), "{}", answer(&same));
    assert_eq!(same.changes.len(), 1, "only what was awaited is let go");
}

#[test]
fn who_may_change_it_and_not_call_it_off_sees_no_button_that_does() {
    // To a facilitator who does not hold it, that button would give their own seat back.
    let other = |rest: &str| {
        let mut colleague = scope(7);
        colleague.person.as_mut().unwrap().memberships[0].role = Role::Facilitator;
        let view = EditView { found: Some(with(&[])), money: money(), others: vec![], follows: false };
        edit(&colleague, &view, &Call::new(Command::Session, rest), &mut context(7, 0)).map_err(|refusal| shown_refusal(&refusal))
    };
    for rest in ["12", "12 8 places", "12 2 places"] {
        let said = answer(&other(rest).unwrap());
        assert!(!said.contains("call-off") && !said.contains("cancel-session"), "{rest}: {said}");
    }
    let own = changes(HOST, with(&[]), "12 8 places").unwrap();
    assert!(answer(&own).contains("[button-cancel-session]"), "{}", answer(&own));
    let told_to_host = told(&other("12 8 places").unwrap(), HOST);
    assert!(told_to_host[0].contains("[button-cancel-session]"), "who holds it may: {told_to_host:?}");
}

#[test]
fn several_parts_with_one_wrong_ask_for_that_one_alone() {
    let asked = changes(HOST, with(&[]), "12 mercredi 0 places lieu \"Salle 3\"").unwrap();
    assert!(answer(&asked).starts_with("fault-seats(0, 500) | making-ask-seats | "), "{}", answer(&asked));
    let new = changed(&changes(HOST, with(&[]), &writes(&asked, "8")).unwrap());
    assert_eq!((new.seats, new.place.as_deref(), new.wall.format("%d/%m %H:%M").to_string()), (8, Some("Salle 3"), "25/11 18:00".into()));
}

#[test]
fn nobody_types_what_a_button_carries_into_a_panic() {
    for rest in
        ["?", "? ", "?jour", "?jour -", "?jour ~", "?jour - \u{1f}", "?voir - \u{1f}oui", "?publier - ", "?autre - x", "?jour - \"\u{1f}\""]
    {
        let _ = typed(rest);
        let _ = changes(HOST, with(&[]), rest);
    }
}
