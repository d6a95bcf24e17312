//! Who came, and what it pays.

use super::*;

#[test]
fn attendance_pays_the_host_once() {
    let mut world = World::new(Session { reward_credits: 2, ..session() }).with(2, 5);
    world.books(2, false).unwrap();
    world.books(3, false).unwrap();
    assert!(world.marks(HOST, "12 tous").unwrap_err().starts_with("attendance-too-early | "));
    world.before_start(-90);
    let asked = world.wakes(wake::over);
    assert_eq!(told(&asked, HOST), ["attendance-ask | named(Cercle du mardi, 01/12 18:00) [button-everyone] [button-one-by-one]"]);
    assert!(world.marks(2, "12 tous").unwrap_err().starts_with("attendance-host-only"));
    let marked = world.marks(HOST, "12 tous").unwrap();
    assert_eq!(answer(&marked), "attendance-thanks | named(Cercle du mardi, 01/12 18:00) | attendance-counts(2, 0) | attendance-gained(4)");
    assert_eq!((world.credits(HOST), world.escrow()), (4, 0), "two prices, one paid by solidarity, and the reward once");
    assert_eq!((world.state(2), world.roll.session.state), (Some(BookingState::Attended), SessionState::Marked));
    assert!(world.marks(HOST, "12 tous").unwrap_err().starts_with("attendance-done | "));
    assert_eq!(world.credits(HOST), 4);
    assert!(world.wakes(wake::unmarked).changes.is_empty());
}

#[test]
fn the_list_turns_names_one_by_one() {
    let mut world = World::new(Session { seats: 3, ..session() }).with(2, 5).with(3, 5).with(4, 5);
    for n in 2..5 {
        world.books(n, false).unwrap();
    }
    world.before_start(-90);
    let list = world.marks(HOST, "12").unwrap();
    assert!(list.changes.is_empty());
    let content = said(&list, Audience::Asker)[0].clone();
    assert_eq!(
        shown(&content),
        "attendance-list | named(Cercle du mardi, 01/12 18:00) | attendance-came(1, Alias 2) | attendance-came(2, Alias 3) | \
         attendance-came(3, Alias 4) [button-everyone] [button-absent(Alias 2)] [button-absent(Alias 3)] [button-absent(Alias 4)]"
    );
    let press = |content: &crate::domain::message::Content, n: usize| match &content.buttons[n].press {
        Press::Command { command: Command::Attendance, rest } => rest.clone(),
        other => panic!("{other:?}"),
    };
    let one_absent = said(&world.marks(HOST, &press(&content, 2)).unwrap(), Audience::Asker)[0].clone();
    assert!(shown(&one_absent).contains("attendance-absent(2, Alias 3)"));
    assert!(shown(&one_absent).ends_with("[button-save] [button-absent(Alias 2)] [button-came(Alias 3)] [button-absent(Alias 4)]"));
    let two_absent = said(&world.marks(HOST, &press(&one_absent, 3)).unwrap(), Audience::Asker)[0].clone();
    let saved = world.marks(HOST, &press(&two_absent, 0)).unwrap();
    assert!(answer(&saved).contains("attendance-counts(1, 2) | attendance-gained(1)"));
    assert_eq!((world.credits(HOST), world.solidarity(), world.escrow()), (1, 2, 0));
    assert_eq!((world.state(3), world.state(4)), (Some(BookingState::Absent), Some(BookingState::Absent)));
}

#[test]
fn attendance_as_it_is_typed() {
    let session = SessionRef::Number(12);
    let set = |numbers: &[usize]| numbers.iter().copied().collect::<BTreeSet<_>>();
    for (typed, expected) in [
        ("", Some(AttendanceArgs::Bare)),
        ("12", Some(AttendanceArgs::Show(session, set(&[])))),
        ("12 tous", Some(AttendanceArgs::Mark(session, set(&[])))),
        ("12 Tout le monde", Some(AttendanceArgs::Mark(session, set(&[])))),
        ("12 everyone", Some(AttendanceArgs::Mark(session, set(&[])))),
        ("12 absents 2 5", Some(AttendanceArgs::Mark(session, set(&[2, 5])))),
        ("12 absent 2,5", Some(AttendanceArgs::Mark(session, set(&[2, 5])))),
        ("12 sauf 2 et ٥", Some(AttendanceArgs::Mark(session, set(&[2, 5])))),
        ("12 personne", Some(AttendanceArgs::Nobody(session))),
        ("12 ?5", Some(AttendanceArgs::Show(session, set(&[1, 3])))),
        ("12 =", Some(AttendanceArgs::Mark(session, set(&[])))),
        ("12 absents", None),
        ("12 absents Sam", None),
        ("12 absents -2", None),
        ("12 é", None),
        ("12 Sam", None),
        ("tous", None),
    ] {
        assert_eq!(parse_attendance(&Call::new(Command::Attendance, typed)).ok(), expected, "{typed:?}");
    }
}

#[test]
fn a_number_beside_the_list_marks_nobody() {
    let mut world = World::new(session()).with(2, 5);
    world.books(2, false).unwrap();
    world.before_start(-90);
    for wrong in ["12 absents 0", "12 absents 2", "12 absents 1 9"] {
        let refusal = world.marks(HOST, wrong).unwrap_err();
        assert!(refusal.starts_with("attendance-number("), "{refusal}");
        assert_eq!(world.roll.session.state, SessionState::Open);
    }
    assert!(answer(&world.marks(HOST, "12 personne").unwrap()).contains("attendance-counts(0, 1)"));
    assert_eq!(world.credits(HOST), 0, "no reward where nobody came");
}

#[test]
fn a_month_has_a_limit_and_coordinators_hear_of_it() {
    let mut world = World::new(Session { price_credits: 5, reward_credits: 3, ..session() }).with(2, 5).with(3, 5);
    world.host_earned = 53;
    world.books(2, false).unwrap();
    world.books(3, false).unwrap();
    world.before_start(-90);
    let marked = world.marks(HOST, "12 tous").unwrap();
    assert!(answer(&marked).ends_with("attendance-gained(7) | limit-waits(6)"));
    let [told] = told(&marked, 90).try_into().unwrap();
    assert!(told.starts_with("rules-held-notice | rules-held-earned(12, ") && told.contains(", 6) | rules-held-days(7)"), "{told}");
    let waits = world.of(&Party::WaitingGifts);
    assert_eq!((world.credits(HOST), world.solidarity(), world.escrow(), waits), (7, 0, 0, 6));
}

#[test]
fn of_listening_coordinators_learn_neither_session_nor_title() {
    let mut world =
        World::new(Session { price_credits: 5, kind: crate::domain::session::SessionKind::Listening, seats: 1, ..session() }).with(2, 5);
    world.host_earned = 60;
    world.books(2, false).unwrap();
    world.before_start(-90);
    let marked = world.marks(HOST, "12 tous").unwrap();
    let [told] = told(&marked, 90).try_into().unwrap();
    assert!(
        told.starts_with("rules-held-notice | rules-held-earned-neutral(") && !told.contains("12") && !told.contains("Cercle"),
        "{told}"
    );
    assert_eq!((world.credits(HOST), world.of(&Party::WaitingGifts)), (0, 5));
}

#[test]
fn a_reward_ends_with_the_budget_of_its_fund() {
    let mut world = World::new(Session { price_credits: 0, reward_credits: 5, ..session() });
    world.budget_left = 2;
    world.books(2, false).unwrap();
    world.before_start(-90);
    world.marks(HOST, "12 tous").unwrap();
    assert_eq!(world.credits(HOST), 2);
}

#[test]
fn what_nobody_marks_goes_back_after_seven_days() {
    let mut world = World::new(Session { price_credits: 3, ..session() }).with(2, 1);
    world.books(2, false).unwrap();
    world.before_start(-(7 * 24 * 60 + 90));
    let unmarked = world.wakes(wake::unmarked);
    assert_eq!((world.credits(2), world.solidarity(), world.escrow(), world.credits(HOST)), (1, 2, 0, 0));
    assert_eq!(told(&unmarked, HOST), ["unmarked-notice | named(Cercle du mardi, 01/12 18:00) | unmarked-line"]);
    assert!(told(&unmarked, 2).is_empty());
    assert!(world.marks(HOST, "12 tous").unwrap_err().starts_with("attendance-too-late | "));
}

#[test]
fn nobody_booked_nobody_is_asked() {
    let mut world = World::new(Session { reward_credits: 2, ..session() });
    world.before_start(-90);
    let over = world.wakes(wake::over);
    assert!(told(&over, HOST).is_empty());
    assert_eq!(world.roll.session.state, SessionState::Marked);
    assert!(shown(&card(&over).unwrap()).ends_with("card-over"));
}

#[test]
fn every_button_of_a_long_list_can_be_carried() {
    let mut world = World::new(Session { seats: 60, price_credits: 0, ..session() });
    for n in 2..32 {
        world.books(n, false).unwrap();
    }
    world.before_start(-90);
    let content = said(&world.marks(HOST, "12").unwrap(), Audience::Asker)[0].clone();
    assert_eq!(content.buttons.len(), 1, "too many for a button each: the absent are typed");
    assert!(shown(&content).contains("attendance-form-absent(/attendance, 12)"));
    let mut world = World::new(Session { seats: 60, price_credits: 0, ..session() });
    for n in 2..26 {
        world.books(n, false).unwrap();
    }
    world.before_start(-90);
    let everyone_absent = world.marks(HOST, "12 ?ffffff").unwrap();
    let content = said(&everyone_absent, Audience::Asker)[0].clone();
    assert_eq!(content.buttons.len(), 25);
    for button in &content.buttons {
        assert!(button.press.encode().len() <= PRESS_BYTES_MAX);
        assert_eq!(Press::decode(&button.press.encode()).as_ref(), Some(&button.press));
    }
}
