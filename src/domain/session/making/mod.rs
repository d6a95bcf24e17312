//! Tests of making a session step by step: what is asked, what is kept; and beside them those of changing one.

mod editing;

use super::{
    Booking, BookingState, Change, EditView, HostFound, Meant, ProposeView, Roll, Session, SessionKind, SessionRef, SessionState,
    draft::{Step, carried, next, read},
    edit::{edit, edited},
    parts::Parts,
    propose::{meant, propose},
    testing::{HOST, NOW, booking, card, context, money, person_id, roll, said, scope, session, shown, shown_refusal, transfers},
    typed,
};
use crate::domain::{
    command::Command,
    decision::{Audience, Change as AnyChange, Decision},
    hear::Call,
    question::{self, Action},
    time::Zone,
};

fn view() -> ProposeView {
    ProposeView { next_number: 12, host: HostFound::Oneself, others: vec![] }
}

fn typed(rest: &str) -> Result<Decision, String> {
    propose(&scope(HOST), &view(), &Call::new(Command::Session, rest), &mut context(1, 0)).map_err(|refusal| shown_refusal(&refusal))
}

fn answer(decision: &Decision) -> String {
    shown(&said(decision, Audience::Asker)[0])
}

/// What the `n`-th button (from 1) carries.
fn button(decision: &Decision, n: usize) -> String {
    let choices = decision.changes.iter().find_map(|change| match change {
        AnyChange::Question(question::Change::Ask(question)) => Some(question.choices.clone()),
        _ => None,
    });
    match choices.unwrap().into_iter().nth(n - 1) {
        Some(Action::Run { command: Command::Session, rest }) => rest,
        other => panic!("{other:?}"),
    }
}

/// What is awaited, with this text after it.
fn writes(decision: &Decision, text: &str) -> String {
    let awaited = decision.changes.iter().rev().find_map(|change| match change {
        AnyChange::Question(question::Change::Await { rest, .. }) => Some(rest.clone()),
        _ => None,
    });
    format!("{}{text}", awaited.unwrap())
}

fn opened(decision: &Decision) -> Session {
    let open = decision.changes.iter().find_map(|change| match change {
        AnyChange::Session(Change::Open(session)) => Some((**session).clone()),
        _ => None,
    });
    open.expect("a session is opened")
}

#[test]
fn a_session_is_made_step_by_step_and_posted_after_a_last_look() {
    let kind = typed("").unwrap();
    assert!(answer(&kind).starts_with("making-ask-kind | form-intro | "), "{}", answer(&kind));
    let title = typed(&button(&kind, 3)).unwrap();
    assert_eq!(answer(&title), "making-ask-title | making-ask-title-write [making-button-back] [making-button-leave]");
    let day = typed(&writes(&title, "Écrire, à \"plusieurs\"")).unwrap();
    assert!(answer(&day).starts_with("making-ask-day | making-ask-day-write [making-day(Day(2026-11-24))]"), "{}", answer(&day));
    let hour = typed(&writes(&day, "jeudi")).unwrap();
    assert!(answer(&hour).starts_with("making-ask-hour | making-ask-hour-write [making-hour(10:00)]"), "{}", answer(&hour));
    let length = typed(&writes(&hour, "18h30")).unwrap();
    let seats = typed(&button(&length, 2)).unwrap();
    let price = typed(&writes(&seats, "7 places")).unwrap();
    let host = typed(&button(&price, 2)).unwrap();
    let place = typed(&button(&host, 1)).unwrap();
    let look = typed(&writes(&place, "Salle 3 https://v.example/x")).unwrap();
    assert_eq!(
        answer(&look),
        "making-look | making-look-title(Écrire, à \"plusieurs\") | card-when(26/11 18:30, 60) | kind-workshop | card-place(Salle 3) | \
         card-online | card-seats(7, 7) | card-price(2) | link(https://v.example/x) [making-button-publish] [making-button-correct] \
         [making-button-back] [making-button-leave]"
    );
    assert!(look.changes.iter().all(|change| !matches!(change, AnyChange::Session(_))), "a look posts nothing");
    let session = opened(&typed(&button(&look, 1)).unwrap());
    assert_eq!(
        (session.title.as_str(), session.kind, session.seats, session.price_credits),
        ("Écrire, à \"plusieurs\"", SessionKind::Workshop, 7, 2)
    );
    assert_eq!((session.length_minutes, session.link.as_deref(), session.host), (60, Some("https://v.example/x"), person_id(HOST)));
    // "Yes" is as good as the button, and so is another part.
    assert_eq!(opened(&typed(&writes(&look, "oui")).unwrap()).seats, 7);
    let again = typed(&writes(&look, "9 places")).unwrap();
    assert!(answer(&again).contains("card-seats(9, 9)"), "{}", answer(&again));
}

#[test]
fn back_leave_and_correct_lose_nothing() {
    let line = "atelier \"Écrire\" 2026-11-26 18:30 +01:00 60min 7 places prix 2 anime moi sans-lieu";
    let look = typed(&format!("?voir - {line}")).unwrap();
    let back = typed(&button(&look, 3)).unwrap();
    assert!(answer(&back).starts_with("making-ask-where | "), "{}", answer(&back));
    let further_back = typed(&button(&back, 2)).unwrap();
    assert!(answer(&further_back).starts_with("making-ask-host | "), "{}", answer(&further_back));
    // All is known already: the answer leads to the look again.
    assert_eq!(answer(&typed(&button(&further_back, 1)).unwrap()), answer(&look));
    let which = typed(&button(&look, 2)).unwrap();
    assert!(answer(&which).starts_with("making-which-part | making-or-write [making-part-kind] [making-part-title]"), "{}", answer(&which));
    let hour = typed(&button(&which, 4)).unwrap();
    let moved = typed(&writes(&hour, "20")).unwrap();
    assert!(answer(&moved).contains("card-when(26/11 20:00, 60)"), "{}", answer(&moved));
    let day = typed(&writes(&typed(&button(&which, 3)).unwrap(), "vendredi")).unwrap();
    assert!(answer(&day).contains("card-when(27/11 18:30, 60)"), "the hour stays: {}", answer(&day));
    let left = typed(&button(&look, 4)).unwrap();
    assert_eq!(answer(&left), "cancelled-dialogue");
    assert!(left.changes.contains(&question::Change::AwaitNothing(scope(HOST).account.id).into()));
}

#[test]
fn a_wrong_answer_is_asked_for_again_and_what_was_said_stays() {
    for (step, answered, fault) in [
        ("jour", "31/02", "fault-not-a-day(31/02)"),
        ("jour", "bientôt", "fault-unknown(bientôt)"),
        ("heure", "25h", "fault-"),
        ("duree", "5min", "fault-length(5min, 10, 1440)"),
        ("duree", "2 jours", "fault-length(2 jours, 10, 1440)"),
        ("places", "0", "fault-seats(0, 500)"),
        ("places", "beaucoup", "fault-unknown(beaucoup)"),
        ("prix", "-2", "fault-price(-2, 100)"),
        ("titre", "   ", "making-ask-title"),
    ] {
        let line = "atelier \"Écrire\" 2026-11-26 18:30 +01:00 60min 7 places prix 2 anime moi lieu \"Salle 3\"";
        let decision = typed(&format!("?{step} - {line}\u{1f}{answered}")).unwrap();
        assert!(answer(&decision).starts_with(fault), "{step} {answered}: {}", answer(&decision));
        // The right answer leads to the look with everything else.
        let right = match step {
            "jour" => "jeudi",
            "heure" => "18h30",
            "duree" => "1h",
            "places" => "7",
            "prix" => "2 crédits",
            _ => "Écrire",
        };
        let look = typed(&writes(&decision, right)).unwrap();
        assert_eq!(answer(&look), answer(&typed(&format!("?voir - {line}")).unwrap()), "{step} {right}");
    }
}

#[test]
fn an_informal_meeting_has_neither_seats_nor_price() {
    let kind = typed("").unwrap();
    let parts = read(&button(&kind, 5), NOW, Zone::PARIS).unwrap();
    assert_eq!(parts.step, Step::Kind);
    let look = typed("?voir - informelle \"Café\" 2026-11-28 10:00 +01:00 90min anime moi sans-lieu").unwrap();
    assert!(answer(&look).contains("kind-informal | making-card-informal ["), "{}", answer(&look));
    let session = opened(&typed("informelle \"Café\" sam 10h").unwrap());
    assert_eq!((session.kind, session.price_credits), (SessionKind::Informal, 0));
    assert_eq!(opened(&typed("informelle Café sam 10h").unwrap()).title, "Café");
    for line in ["informelle \"Café\" sam 10h 8 places", "informelle \"Café\" sam 10h prix 2", "informelle \"Café\" sam 10h minimum 3"] {
        assert!(typed(line).unwrap_err().starts_with("making-fault-informal | form-try"), "{line}");
    }
}

#[test]
fn listening_hangs_nowhere_in_the_group() {
    let decision = typed("\"Un moment\" écoute sam 10h prix 1").unwrap();
    assert_eq!((opened(&decision).seats, card(&decision)), (1, None));
    assert!(answer(&decision).starts_with("making-posted-for-two | "), "{}", answer(&decision));
    assert!(typed("\"Un moment\" écoute sam 10h 4 places").unwrap_err().starts_with("making-fault-for-two"));
}

#[test]
fn what_the_form_has_no_place_for_comes_back_too() {
    let refusal = typed("\"A\" jeu 18h 8 plaecs minimum 4 atelier annulation 48h clôture 2h").unwrap_err();
    assert!(refusal.ends_with("form-nothing,  annulation 48h clôture 2h minimum 4 atelier)"), "{refusal}");
}

#[test]
fn the_hour_that_comes_twice_is_asked_about_at_every_step() {
    let line = "cercle \"Nuit\" 2027-10-31 60min 7 places prix 0 anime moi sans-lieu";
    let asked = typed(&format!("?heure - {line}\u{1f}2h30")).unwrap();
    assert_eq!(answer(&asked), "twice(02:30, Day(2027-10-31)) | twice-which [twice-first(+02:00)] [twice-second(+01:00)]");
    let starts = [1, 2].map(|n| {
        let look = typed(&button(&asked, n)).unwrap();
        opened(&typed(&button(&look, 1)).unwrap()).starts
    });
    assert_eq!(starts[1].since(starts[0]), chrono::TimeDelta::hours(1));
}

proptest::proptest! {
    /// What a button carries is what was known: nothing is lost from step to step.
    #[test]
    fn a_draft_is_read_back_as_it_was(
        title in "[^\u{0}-\u{1f}]{1,30}", place in "[A-Za-z\"”« ]{0,20}", seats in 1i64..500, price in 0i64..100, minutes in 10i64..1440,
    ) {
        let written = Parts { seats: Some(seats), price_credits: Some(price), length_minutes: Some(minutes), ..Parts::default() };
        let place = place.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = typed::cleaned_title(&title).ok().flatten();
        let parts = Parts { title, place: Some(place).filter(|place| !place.is_empty()), ..written };
        let rest = carried(next(&parts), None, &parts, Zone::PARIS, Some("x"));
        let draft = read(&rest, NOW, Zone::PARIS).unwrap();
        // Where both kinds of quotation marks stand in a text, one becomes another.
        let plain = |text: &Option<String>| text.as_deref().map(|text| text.replace('"', "'"));
        proptest::prop_assert_eq!(plain(&draft.parts.title), plain(&parts.title));
        proptest::prop_assert_eq!(plain(&draft.parts.place), plain(&parts.place));
        let rest = Parts { title: None, place: None, ..draft.parts };
        proptest::prop_assert_eq!(rest, Parts { title: None, place: None, ..parts });
    }
}
