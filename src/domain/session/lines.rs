//! Tests of `/session` in one line: what is read, what is missing, and the form that comes back.

use super::{
    Change, HostFound, Meant, ProposeView, SessionKind,
    propose::{meant, propose},
    testing::{HOST, NOW, card, context, said, scope, shown, shown_refusal},
};
use crate::domain::{
    command::Command,
    decision::{Audience, Change as AnyChange, Decision},
    hear::Call,
    question::{self, Action},
    time::Zone,
    timer::Wake,
};

const VIEW: ProposeView = ProposeView { next_number: 12, host: HostFound::Oneself, others: vec![] };

fn typed(line: &str) -> Result<Decision, String> {
    propose(&scope(HOST), &VIEW, &Call::new(Command::Session, line), &mut context(1, 0)).map_err(|refusal| shown_refusal(&refusal))
}

fn opened(decision: &Decision) -> super::Session {
    let open = decision.changes.iter().find_map(|change| match change {
        AnyChange::Session(Change::Open(session)) => Some((**session).clone()),
        _ => None,
    });
    open.expect("a session is opened")
}

/// Title, start, length, seats, minimum, price.
fn check(line: &str, expected: &str) {
    let session = opened(&typed(line).unwrap_or_else(|refusal| panic!("{line:?} is refused: {refusal}")));
    let shown = format!(
        "{} | {} | {} min | {} seats, {} at least | price {}",
        session.title,
        session.wall.format("%a %d/%m/%Y %H:%M"),
        session.length_minutes,
        session.seats,
        session.minimum,
        session.price_credits
    );
    assert_eq!(shown, expected, "{line:?}");
}

fn refused(line: &str, expected: &str) {
    assert_eq!(typed(line).map(|decision| shown(&said(&decision, Audience::Asker)[0])), Err(expected.to_owned()), "{line:?}");
}

#[test]
fn the_parts_stand_in_any_order() {
    let expected = "Cercle du mardi | Tue 24/11/2026 18:00 | 90 min | 10 seats, 0 at least | price 1";
    check("\"Cercle du mardi\" mar 18h 90min 10 places prix 1", expected);
    check("prix 1 10 places 90min mar 18h \"Cercle du mardi\"", expected);
    check("« Cercle du mardi » prix 1 mar 18h 10 places 90min", expected);
    check("10 places 1h30 mardi à 18h “Cercle du mardi” 1 crédit", expected);
    check("\"Cercle du mardi\" tue 18:00 90min 10 seats price 1", expected);
    check("price: 1, seats: 10, tuesday at 6pm, 90 minutes, \"Cercle du mardi\"", expected);
    check("\"Cercle du mardi\" mar 18h-19h30 places 10 prix 1", expected);
    check("\"Cercle du mardi\" mar de 18 h à 19 h 30 ١٠ places prix ١", expected);
    check("Cercle du mardi mar 18h 90min 10 places prix 1", expected);
}

#[test]
fn what_is_left_out_has_a_default() {
    check("\"A\" demain 18h30", "A | Wed 25/11/2026 18:30 | 90 min | 12 seats, 0 at least | price 0");
    check("Cercle jeu 18h", "Cercle | Thu 26/11/2026 18:00 | 90 min | 12 seats, 0 at least | price 0");
    check("\"A\" jeu 18h gratuit minimum 4", "A | Thu 26/11/2026 18:00 | 90 min | 12 seats, 4 at least | price 0");
    check("\"A\" jeu 18h prix gratuit", "A | Thu 26/11/2026 18:00 | 90 min | 12 seats, 0 at least | price 0");
    check("\"\u{202E}A\u{200B}  b\" jeu 18h 1 place", "A b | Thu 26/11/2026 18:00 | 90 min | 1 seats, 0 at least | price 0");
    check("\"A\" jeu 18h 500 places 24h prix 100", "A | Thu 26/11/2026 18:00 | 1440 min | 500 seats, 0 at least | price 100");
}

#[test]
fn place_link_kind_and_cut_off() {
    let line = "\"A\" jeu 18h lieu \"Salle 3\" lien https://visio.example/x atelier annulation 48h";
    let session = opened(&typed(line).unwrap());
    assert_eq!(session.place.as_deref(), Some("Salle 3"));
    assert_eq!(session.link.as_deref(), Some("https://visio.example/x"));
    assert_eq!(session.kind, SessionKind::Workshop);
    assert_eq!(session.starts.since(session.free_cancel_until), chrono::TimeDelta::hours(48));
    let session = opened(&typed("https://visio.example/x where \"Room 3\" training \"A\" thu 6pm cancellation 2 days").unwrap());
    assert_eq!((session.place.as_deref(), session.title.as_str()), (Some("Room 3"), "A"));
    assert_eq!(session.kind, SessionKind::Training);
    assert_eq!(session.starts.since(session.free_cancel_until), chrono::TimeDelta::hours(48));
}

#[test]
fn a_link_however_written_is_no_place_and_no_title() {
    for (place, fault) in [
        ("www.x.org", "www.x.org"),
        ("WWW.X.ORG", "WWW.X.ORG"),
        ("meet.example/abc", "meet.example/abc"),
        ("\"Salle meet.example/abc\"", "meet.example/abc"),
        ("zoom://join", "zoom://join"),
    ] {
        let said = typed(&format!("\"A\" jeu 18h lieu {place}")).unwrap_err();
        assert!(said.starts_with(&format!("fault-link({fault})")), "{place}: {said}");
    }
    for place in ["\"Salle 3/4\"", "\"12 bd. Voltaire\"", "St.-Jean"] {
        let line = format!("\"A\" jeu 18h lieu {place}");
        assert_eq!(opened(&typed(&line).unwrap()).place.as_deref(), Some(place.trim_matches('"')), "a place may have dots and strokes");
    }
    for title in ["Visio https://v.example/x", "www.v.example"] {
        assert!(typed(&format!("\"{title}\" jeu 18h")).unwrap_err().starts_with("fault-link("), "{title} would hang in the group");
    }
}

#[test]
fn a_refusal_shows_the_form_with_what_was_understood() {
    let form = |called: &str, date: &str, rest: &str| format!("form-try | form(/session, {called}, {date}, {rest}, )");
    let example = "form-date";
    refused("mar 18h 45min 8 places prix 2", &format!("fault-no-title | {}", form("form-title", "mar 18h", "45min, 8, 2, form-nothing")));
    refused("\"A\" 45min 8 places", &format!("fault-no-date | {}", form("A", example, "45min, 8, 1, form-nothing")));
    refused("\"A\" mar 45min", &format!("fault-no-time(Day(2026-11-24)) | {}", form("A", "form-day(mar)", "45min, 10, 1, form-nothing")));
    refused("\"A\" 18h 45min", &format!("fault-no-day(18:00) | {}", form("A", "form-hour(18h)", "45min, 10, 1, form-nothing")));
    refused("\"A\" mar 18h jeu 18h", &format!("fault-two-dates(mar 18h, jeu 18h) | {}", form("A", example, "90min, 10, 1, form-nothing")));
    refused("\"A\" 31/02 18h", &format!("fault-not-a-day(31/02 18h) | {}", form("A", example, "90min, 10, 1, form-nothing")));
    refused("\"A\" mar 26h", &format!("fault-not-a-time(mar 26h) | {}", form("A", example, "90min, 10, 1, form-nothing")));
    refused(
        "\"A\" jeudi 24 novembre 18h",
        &format!("fault-weekday(jeudi 24 novembre 18h, Day(2026-11-24)) | {}", form("A", example, "90min, 10, 1, form-nothing")),
    );
    refused("\"A\" jeu 18h dix places", &format!("fault-unknown(dix places) | {}", form("A", "jeu 18h", "90min, 10, 1, form-nothing")));
    refused("\"A\" jeu 18h 20h", &format!("fault-two-lengths(jeu 18h, 20h) | {}", form("A", "jeu 18h", "90min, 10, 1, form-nothing")));
    refused(
        "\"A\" jeu 18h-20h 90min",
        &format!("fault-two-lengths(jeu 18h-20h, 90min) | {}", form("A", "jeu 18h-20h", "90min, 10, 1, form-nothing")),
    );
    refused("\"A\" jeu 18h visio maintenant", &format!("fault-link(maintenant) | {}", form("A", "jeu 18h", "90min, 10, 1, form-nothing")));
    refused(
        "\"A\" jeu 18h 8 plaecs https://v.example lieu \"Salle 3\"",
        &format!("fault-unknown(8 plaecs) | {}", form("A", "jeu 18h", "90min, 10, 1, form-place-link(Salle 3, https://v.example)")),
    );
}

#[test]
fn numbers_out_of_bounds() {
    for (line, fault) in [
        ("\"A\" jeu 18h 0 places", "fault-seats(0, 500)"),
        ("\"A\" jeu 18h 501 places", "fault-seats(501, 500)"),
        ("\"A\" jeu 18h -3 places", "fault-seats(-3, 500)"),
        ("\"A\" jeu 18h 2,5 places", "fault-seats(2,5, 500)"),
        ("\"A\" jeu 18h 1e9 places", "fault-seats(1e9, 500)"),
        ("\"A\" jeu 18h prix 101", "fault-price(101, 100)"),
        ("\"A\" jeu 18h prix -1", "fault-price(-1, 100)"),
        ("\"A\" jeu 18h prix 1,5", "fault-price(1,5, 100)"),
        ("\"A\" jeu 18h prix cher", "fault-price(cher, 100)"),
        ("\"A\" jeu 18h 99999999999999999999 crédits", "fault-price(99999999999999999999, 100)"),
        ("\"A\" jeu 18h 5min", "fault-length(5min, 10, 1440)"),
        ("\"A\" jeu 18h 25 heures", "fault-length(25 heures, 10, 1440)"),
        ("\"A\" jeu 18h 2 jours", "fault-length(2 jours, 10, 1440)"),
        ("\"A\" jeu 18h 4 places minimum 5", "fault-minimum(5)"),
        ("\"A\" jeu 18h annulation jamais", "fault-cutoff(jamais)"),
        ("\"A\" jeu 18h annulation 40 jours", "fault-cutoff(40 jours)"),
    ] {
        let refusal = typed(line).expect_err(line);
        assert!(refusal.starts_with(&format!("{fault} | form-try | form(")), "{line:?}: {refusal}");
    }
    let long = format!("\"{}\" jeu 18h", "é".repeat(81));
    assert!(typed(&long).unwrap_err().starts_with("fault-long-title(80)"));
}

#[test]
fn dates_that_cannot_be() {
    let past = typed("\"A\" 2026-05-12 18:00").unwrap_err();
    assert!(past.starts_with("fault-past(MomentIn("), "{past}");
    let gap = typed("\"A\" 2027-03-28 02:30").unwrap_err();
    assert!(gap.starts_with("fault-gap(02:30, Day(2027-03-28), MomentIn("), "{gap}");
    assert!(gap.ends_with("form(/session, A, 28/03/2027 03:30, 90min, 10, 1, form-nothing, )"), "{gap}");
    let hour = typed("\"A\" 28/03 2h30").unwrap_err();
    assert!(hour.ends_with("form(/session, A, 28/03/2027 03:30, 90min, 10, 1, form-nothing, )"), "the hour is no length: {hour}");
}

#[test]
fn an_hour_that_comes_twice_is_asked_about() {
    let decision = typed("\"Nuit\" 2027-10-31 02:30 prix 1").unwrap();
    let content = &said(&decision, Audience::Asker)[0];
    assert_eq!(shown(content), "twice(02:30, Day(2027-10-31)) | twice-which [twice-first(+02:00)] [twice-second(+01:00)]");
    let choices = decision.changes.iter().find_map(|change| match change {
        AnyChange::Question(question::Change::Ask(question)) => Some(question.choices.clone()),
        _ => None,
    });
    let starts: Vec<_> = choices
        .unwrap()
        .into_iter()
        .map(|choice| match choice {
            Action::Run { command: Command::Session, rest } => opened(&typed(&rest).unwrap()).starts,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(starts[1].since(starts[0]), chrono::TimeDelta::hours(1), "each button means one of the two");
}

#[test]
fn who_may_propose() {
    let call = |rest| Call::new(Command::Session, rest);
    assert_eq!(meant(&scope(2), &call("")), Meant::Agenda);
    assert_eq!(meant(&scope(2), &call("\"A\" jeu 18h")), Meant::MayNot);
    assert_eq!(meant(&scope(HOST), &call("")), Meant::Propose);
    let refusal = propose(&scope(2), &VIEW, &call("\"A\" jeu 18h"), &mut context(1, 0)).unwrap_err();
    assert_eq!(shown_refusal(&refusal), "who-may | who-may-next [button-agenda]");
    assert_eq!(meant(&scope(2), &call("12")), Meant::Edit(super::SessionRef::Number(12)));
}

#[test]
fn only_a_coordinator_sets_a_reward() {
    refused("\"A\" jeu 18h récompense 5", "reward-coordinator | reward-ask");
    let mut coordinator = scope(HOST);
    if let Some(person) = coordinator.person.as_mut() {
        person.coordinator = true;
    }
    let call = Call::new(Command::Session, "\"A\" thu 6pm reward 5");
    let decision = propose(&coordinator, &VIEW, &call, &mut context(1, 0)).unwrap();
    assert_eq!(opened(&decision).reward_credits, 5);
}

#[test]
fn a_proposed_session_hangs_in_the_group_and_wakes_up_when_it_matters() {
    let decision = typed("\"A\" demain 18h 2 places prix 1 lien https://v.example/secret lieu \"Salle 3\"").unwrap();
    assert_eq!(
        shown(&card(&decision).unwrap()),
        "card-title(A, 12) | card-when(25/11 18:00, 90) | card-place(Salle 3) | card-online | card-seats(2, 2) | card-price(1) \
         [button-book] [button-details]"
    );
    assert!(!format!("{:?}", card(&decision)).contains("secret"), "the link is never on the card");
    assert_eq!(
        shown(&said(&decision, Audience::Asker)[0]),
        "proposed | card-title(A, 12) | card-when(25/11 18:00, 90) | proposed-link [button-details] [making-button-change] [button-cancel-session]"
    );
    let timers: Vec<String> = decision
        .timers
        .iter()
        .map(|timer| {
            let wake = match timer.wake {
                Wake::Reminder { hours_before, .. } => format!("{hours_before} h before"),
                Wake::SessionStarts(_) => "starts".into(),
                Wake::SessionOver(_) => "over".into(),
                Wake::Unmarked(_) => "unmarked".into(),
                Wake::ShortNotice { .. } => "short notice".into(),
                ref other => format!("{other:?}"),
            };
            format!("{wake} {}", timer.at.wall(Zone::PARIS).format("%d/%m %H:%M"))
        })
        .collect();
    assert_eq!(
        timers,
        [
            "24 h before 24/11 18:00",
            "1 h before 25/11 17:00",
            "starts 25/11 18:00",
            "over 25/11 19:30",
            "unmarked 02/12 19:30",
            "short notice 24/11 12:00"
        ]
    );
    let soon = typed("\"A\" aujourd'hui 12h30").unwrap();
    let later: Vec<_> = soon.timers.iter().filter(|timer| !matches!(timer.wake, Wake::ShortNotice { .. })).collect();
    assert!(later.iter().all(|timer| timer.at > NOW), "a reminder that would be late is not set");
    assert_eq!(later.len(), 3);
}

proptest::proptest! {
    #[test]
    fn whatever_is_typed_is_a_session_within_bounds_or_a_refusal(line in "(\"[a-z ]{0,20}\" )?.{0,40}( mar 18h)?( [0-9]{1,4} places)?( prix [0-9]{1,4})?( [0-9]{1,4} ?min)?") {
        if let Ok(decision) = typed(&line)
            && let Some(AnyChange::Session(Change::Open(session))) = decision.changes.first()
        {
            proptest::prop_assert!(session.starts > NOW);
            proptest::prop_assert!((1..=500).contains(&session.seats));
            proptest::prop_assert!((0..=100).contains(&session.price_credits));
            proptest::prop_assert!((10..=1440).contains(&session.length_minutes));
            proptest::prop_assert!((1..=80).contains(&session.title.chars().count()));
            proptest::prop_assert!(session.free_cancel_until <= session.starts);
        }
    }
}
