//! What follows a session: what people say, how it was for the host, and who holds the next one.

use super::*;
use crate::domain::{
    people::Target,
    scope::{Person, Role},
    session::{
        SessionKind,
        after::{
            self, Action as AfterAction, Answer, Answered, HandOver, Weight,
            args::parse,
            debrief::{self, DebriefView},
            feedback::{self, FeedbackView},
            hand::{self, HandView},
            hold,
        },
    },
};

const NAMED: &str = "named(Cercle du mardi, 01/12 18:00)";

fn marked_world() -> World {
    let mut world = World::new(Session { seats: 3, ..session() }).with(2, 5).with(3, 5);
    world.books(2, false).unwrap();
    world.books(3, false).unwrap();
    world.before_start(-90);
    world
}

fn after_changes(decision: &Decision) -> Vec<after::Change> {
    let change = |change: &AnyChange| match change {
        AnyChange::Session(Change::After(change)) => Some(change.clone()),
        _ => None,
    };
    decision.changes.iter().filter_map(change).collect()
}

#[test]
fn who_came_is_asked_and_the_host_too() {
    let mut world = marked_world();
    let marked = world.marks(HOST, "12 absents 2").unwrap();
    let asked = "after-feedback | named(Cercle du mardi, 01/12 18:00) | after-feedback-ask | after-feedback-how \
                 [after-button-little] [after-button-some] [after-button-much]";
    assert_eq!(told(&marked, 2), [asked]);
    assert_eq!(told(&marked, 3), Vec::<String>::new(), "who did not come is not asked");
    let debrief = said(&marked, Audience::Asker).iter().map(shown).collect::<Vec<_>>();
    assert!(debrief[1].starts_with("after-debrief | after-debrief-ask | after-debrief-who [after-button-light]"), "{debrief:?}");
    let closes: Vec<_> = marked.timers.iter().map(|timer| timer.wake.clone()).collect();
    assert_eq!(closes, [Wake::FeedbackCloses(session().id)]);

    let mut world = marked_world();
    world.paused = vec![2];
    let marked = world.marks(HOST, "12 tous").unwrap();
    assert_eq!((told(&marked, 2).len(), told(&marked, 3).len()), (0, 1), "who paused is asked nothing");

    let mut world = marked_world();
    let nobody = world.marks(HOST, "12 personne").unwrap();
    assert_eq!((said(&nobody, Audience::Asker).len(), nobody.timers.len()), (1, 0), "nobody came, nothing is asked");

    let mut world = World::new(Session { kind: SessionKind::Listening, seats: 1, ..session() }).with(2, 5);
    world.books(2, false).unwrap();
    world.before_start(-90);
    let marked = world.marks(HOST, "12 tous").unwrap();
    assert_eq!(told(&marked, 2), Vec::<String>::new(), "all would know whose word it is");
    assert_eq!(said(&marked, Audience::Asker).len(), 2);
}

#[test]
fn the_host_is_asked_again_after_a_day_and_after_four() {
    let mut world = marked_world();
    let asked = world.wakes(wake::over);
    let ends = world.roll.session.ends();
    let waits = |days| Wake::AttendanceWaits { session: session().id, days };
    let planned: Vec<_> = asked.timers.iter().map(|timer| (timer.at, timer.wake.clone())).collect();
    assert_eq!(planned, [1, 4].map(|days| (ends.plus(TimeDelta::days(days)), waits(days))));
    let at = |world: &mut World, days, hours| {
        let now = ends.plus(TimeDelta::hours(hours));
        told(&wake::waits(&world.wake_view(), days, &Context { now, ..world.context() }), HOST)
    };
    let again = format!("after-attendance-again | {NAMED} | after-attendance-until(08/12 19:30) [button-everyone] [button-one-by-one]");
    assert_eq!(at(&mut world, 1, 24), std::slice::from_ref(&again));
    assert_eq!(at(&mut world, 4, 96), [again]);
    assert_eq!(at(&mut world, 1, 100), Vec::<String>::new(), "down until both were due: the later one speaks");
    assert_eq!(at(&mut world, 4, 7 * 24), Vec::<String>::new(), "too late to answer");
    world.marks(HOST, "12 tous").unwrap();
    assert_eq!(at(&mut world, 4, 96), Vec::<String>::new());
}

fn says(world: &World, n: u128, own: Option<Answer>, typed: &str, now: Timestamp) -> Outcome {
    let view = FeedbackView { found: Some(world.roll.clone()), own, answers: vec![], marked_at: None, closed_with: None };
    let args = parse(&Call::new(Command::Bookings, typed)).unwrap()?;
    feedback::say(&scope(n), &view, &args, &Context { now, ..context(99, 0) })
}

#[test]
fn feedback_is_one_tap_and_a_line_if_one_likes() {
    let mut world = marked_world();
    world.marks(HOST, "12 absents 2").unwrap();
    let now = NOW.plus(TimeDelta::minutes(world.minutes + 5));
    let kept = says(&world, 2, None, "12 avis 3", now).unwrap();
    assert_eq!(after_changes(&kept), [after::Change::Answer(session().id, person_id(2), Answer { score: 3, line: None })]);
    assert_eq!(answer(&kept), "after-feedback-kept | after-feedback-until(08/12 19:30) [after-button-line]");
    let before = || Some(Answer { score: 3, line: None });
    assert!(answer(&says(&world, 2, before(), "12 mot", now).unwrap()).starts_with("after-line-ask"));
    let line = says(&world, 2, before(), "12 mot Merci à tous", now).unwrap();
    let with_line = Answer { score: 3, line: Some("Merci à tous".into()) };
    assert_eq!(after_changes(&line), [after::Change::Answer(session().id, person_id(2), with_line.clone())]);
    assert!(answer(&line).ends_with("[after-button-line-again] [after-button-no-line]"));
    let away = says(&world, 2, Some(with_line), "12 sansmot", now).unwrap();
    assert_eq!(after_changes(&away), [after::Change::Answer(session().id, person_id(2), Answer { score: 3, line: None })]);
    assert!(answer(&says(&world, 2, None, "12 mot x", now).unwrap()).starts_with("after-feedback | "), "the tap comes first");
    let long = format!("12 mot {}", "é".repeat(301));
    let refused = |outcome: Outcome| shown_refusal(&outcome.unwrap_err());
    assert_eq!(refused(says(&world, 2, before(), &long, now)), "after-line-long(301, 300)");
    assert_eq!(refused(says(&world, 3, None, "12 avis 3", now)), format!("after-feedback-not-there | {NAMED}"));
    let late = now.plus(TimeDelta::days(8));
    assert_eq!(refused(says(&world, 2, None, "12 avis 3", late)), format!("after-feedback-over(08/12 19:30) | {NAMED}"));
}

fn answered(scores: &[u8]) -> Vec<Answered> {
    let line = |n: usize| (n < 2).then(|| format!("ligne {}", 9 - n));
    scores.iter().enumerate().map(|(n, score)| Answered { answer: Answer { score: *score, line: line(n) }, counts: true }).collect()
}

fn reads(n: u128, state: SessionState, answers: Vec<Answered>, days: i64) -> String {
    reads_again(n, state, answers, days, None)
}

fn reads_again(n: u128, state: SessionState, answers: Vec<Answered>, days: i64, closed_with: Option<i64>) -> String {
    let mut roll = super::super::testing::roll(vec![]);
    roll.session.state = state;
    let marked_at = roll.session.ends();
    let view = FeedbackView { found: Some(roll), own: None, answers, marked_at: Some(marked_at), closed_with };
    let now = marked_at.plus(TimeDelta::days(days));
    match feedback::answers(&scope(n), &view, &Context { now, ..context(98, 0) }) {
        Ok(decision) => answer(&decision),
        Err(refusal) => shown_refusal(&refusal),
    }
}

#[test]
fn what_people_said_is_shown_from_five_on_and_without_names() {
    let first = format!("after-answers | {NAMED} | ");
    let none = format!("{first}after-answers-none");
    assert_eq!(reads(HOST, SessionState::Marked, answered(&[3, 3, 3, 2]), 8), none, "four are too few");
    assert_eq!(reads(HOST, SessionState::Marked, answered(&[3, 3, 3, 3, 3]), 8), none, "all said the same");
    let mut staff = answered(&[3, 3, 3, 2, 1]);
    staff[4].counts = false;
    assert_eq!(reads(HOST, SessionState::Marked, staff, 8), none, "staff do not count");
    assert_eq!(reads(HOST, SessionState::Unmarked, answered(&[3, 3, 3, 2, 1]), 8), none);
    let enough = answered(&[3, 3, 3, 3, 2]);
    assert_eq!(
        reads(HOST, SessionState::Marked, enough.clone(), 8),
        format!(
            "{first}after-answers-much(after-band-most) | after-answers-some(after-band-few) | after-answers-little(after-band-few) | \
             after-answers-lines | after-answers-line(ligne 8) | after-answers-line(ligne 9)"
        ),
        "few and none are one band, and the lines are in no order of people"
    );
    assert_eq!(reads(HOST, SessionState::Marked, enough.clone(), 6), format!("{first}after-answers-from(08/12 19:30)"));
    assert_eq!(reads(2, SessionState::Marked, enough.clone(), 8), format!("after-answers-host-only | {NAMED}"));
    let mut roll = super::super::testing::roll(vec![]);
    roll.session.state = SessionState::Marked;
    assert_eq!(told(&feedback::closed(&roll.session, &enough), HOST).len(), 1);
    let few = feedback::closed(&roll.session, &answered(&[3, 2]));
    assert!(few.acts.is_empty(), "that it is too little is not told unasked");
    assert_eq!(after_changes(&few), [after::Change::Closed(session().id, 2)]);
}

#[test]
fn what_was_closed_does_not_tell_who_was_erased_since() {
    let none = format!("after-answers | {NAMED} | after-answers-none");
    let six = [3, 3, 3, 3, 2, 1];
    let shown = reads_again(HOST, SessionState::Marked, answered(&six), 8, Some(6));
    assert!(shown.contains("after-answers-much"), "{shown}");
    assert_eq!(reads_again(HOST, SessionState::Marked, answered(&six[..5]), 8, Some(6)), none, "five are left of six");
    assert_eq!(reads_again(HOST, SessionState::Marked, answered(&six), 8, Some(5)), none, "nor who was added by a merge");
}

fn weighs(world: &World, action: &AfterAction, soon: Vec<Session>) -> Outcome {
    let view = DebriefView { found: Some(world.roll.clone()), soon };
    debrief::answer(&world.scope(HOST), &view, action, &mut context(97, world.minutes))
}

#[test]
fn a_hard_session_brings_a_rest_that_may_be_refused() {
    let mut world = marked_world();
    world.marks(HOST, "12 tous").unwrap();
    let id = session().id;
    let light = weighs(&world, &AfterAction::Weigh(id, Weight::Light), vec![]).unwrap();
    assert_eq!(after_changes(&light), [after::Change::Debrief(id, person_id(HOST), Weight::Light)]);
    let next = Session { number: 13, ..session() };
    let hard = weighs(&world, &AfterAction::Weigh(id, Weight::Hard), vec![next]).unwrap();
    let until = NOW.plus(TimeDelta::minutes(world.minutes)).plus(TimeDelta::hours(24));
    assert_eq!(after_changes(&hard)[1], after::Change::Rest(person_id(HOST), Some(until)));
    assert!(answer(&hard).contains("after-rest(02/12 19:30) | after-rest-may | after-rest-soon | list-line(13, "), "{}", answer(&hard));
    assert!(
        answer(&hard)
            .ends_with("[after-button-rest] [after-button-no-rest] [care-session-full-button-talk] [after-button-hand-number(13)]")
    );
    let none = weighs(&world, &AfterAction::NoRest(id), vec![]).unwrap();
    assert_eq!(after_changes(&none), [after::Change::Rest(person_id(HOST), None)]);
    let view = DebriefView { found: Some(world.roll.clone()), soon: vec![] };
    assert!(debrief::answer(&scope(2), &view, &AfterAction::Weigh(id, Weight::Hard), &mut context(96, 0)).is_err(), "nobody else");
}

fn facilitator(n: u128) -> Person {
    let mut person = scope(n).person.unwrap();
    person.memberships[0].role = Role::Facilitator;
    person
}

fn hand_view(world: &World, target: Option<Target>, pending: Option<HandOver>) -> HandView {
    let staff = vec![(person_id(HOST), "Alias 1".into()), (person_id(9), "Alias 9".into())];
    HandView { found: Some(world.roll.clone()), money: world.money(), pending, target, declines: false, staff, others: vec![] }
}

fn asked(until: Timestamp) -> HandOver {
    HandOver { session: session().id, from: person_id(HOST), to: person_id(9), until }
}

#[test]
fn a_host_asks_somebody_who_must_accept() {
    let mut world = World::new(session()).with(2, 5).with(9, 5);
    world.books(2, false).unwrap();
    let whom = hand::give(&world.scope(HOST), &hand_view(&world, None, None), None, &mut context(90, 0)).unwrap();
    assert_eq!(answer(&whom), format!("after-hand-whom | {NAMED} | after-hand-how(/role) [after-button-name(Alias 9)]"));
    let to = |person: Person| Some(Target::Person(Box::new(person)));
    let give = |view: &HandView| hand::give(&world.scope(HOST), view, Some("Neuf"), &mut context(91, 0));
    let given = give(&hand_view(&world, to(facilitator(9)), None)).unwrap();
    let until = NOW.plus(TimeDelta::days(1));
    assert_eq!(after_changes(&given), [after::Change::Ask(asked(until))]);
    assert!(told(&given, 9)[0].starts_with(&format!("after-request | {NAMED} | after-request-who(Alias 1) | reminder-count(1)")));
    assert_eq!(given.timers[0].wake, Wake::HandOverEnds(session().id));
    let declines = give(&HandView { declines: true, ..hand_view(&world, to(facilitator(9)), None) }).unwrap();
    assert_eq!(told(&declines, 9), Vec::<String>::new(), "who wants nothing from the host gets nothing");
    assert_eq!(answer(&declines), answer(&given), "and the host learns nothing of it");
    let refused = |target| shown_refusal(&give(&hand_view(&world, target, None)).unwrap_err());
    let again = "[after-button-hand-other]";
    assert_eq!(refused(to(scope(3).person.unwrap())), format!("after-hand-who(Neuf, /role) | {NAMED} {again}"));
    assert_eq!(refused(Some(Target::Nobody)), format!("after-hand-who(Neuf, /role) | {NAMED} {again}"), "alike");
    assert_eq!(refused(Some(Target::Oneself)), format!("after-hand-oneself | {NAMED} {again}"));
    assert_eq!(refused(Some(Target::Bot)), format!("after-hand-bot | {NAMED} {again}"));
    let stranger = hand::give(&world.scope(2), &hand_view(&world, None, None), None, &mut context(92, 0)).unwrap_err();
    assert_eq!(shown_refusal(&stranger), format!("after-hand-host-only | {NAMED}"));
}

#[test]
fn who_accepts_holds_it_and_everybody_with_a_seat_is_told() {
    let mut world = World::new(session()).with(2, 5).with(9, 5);
    world.books(2, false).unwrap();
    world.books(9, false).unwrap();
    let mut nine = world.scope(9);
    nine.person = Some(facilitator(9));
    let until = NOW.plus(TimeDelta::days(1));
    let pending = || Some(asked(until));
    let view = hand_view(&world, None, pending());
    let mut ctx = world.context();
    let taken = world.apply(hand::take(&nine, &view, &mut ctx)).unwrap();
    assert!(taken.changes.contains(&AnyChange::Session(Change::SetHost(session().id, person_id(9)))));
    assert_eq!(after_changes(&taken), [after::Change::EndAsk(session().id)]);
    assert_eq!(world.state(9), Some(BookingState::Cancelled), "who holds it needs no seat");
    assert_eq!((world.credits(9), world.escrow()), (5, 1));
    assert!(answer(&taken).starts_with("after-hand-taken | reminder-host"));
    assert_eq!(told(&taken, HOST), [format!("after-hand-news | {NAMED} | after-hand-accepted")]);
    assert!(told(&taken, 2)[0].starts_with("data-session-other-host"));

    let same_hour =
        Session { id: crate::domain::ids::SessionId(uuid::Uuid::from_u128(51)), host: person_id(9), title: "Atelier".into(), ..session() };
    let world = World::new(session());
    let busy = HandView { others: vec![same_hour], ..hand_view(&world, None, pending()) };
    let taken = hand::take(&nine, &busy, &mut context(88, 0)).unwrap();
    assert!(answer(&taken).contains("making-beside(Atelier, 01/12 18:00)"), "{}", answer(&taken));

    let world = World::new(session());
    let mut coordinator = scope(8);
    coordinator.person.as_mut().unwrap().coordinator = true;
    let own = hand_view(&world, Some(Target::Oneself), None);
    let taken = hand::give(&coordinator, &own, Some("Huit"), &mut context(89, 0)).unwrap();
    assert!(taken.changes.contains(&AnyChange::Session(Change::SetHost(session().id, person_id(8)))), "the coordination asks nobody");
    let gone = |view: &HandView, minutes| shown_refusal(&hand::take(&nine, view, &mut context(93, minutes)).unwrap_err());
    assert!(gone(&hand_view(&world, None, None), 0).starts_with("after-request-gone"), "nobody is asked any more");
    assert!(gone(&hand_view(&world, None, pending()), 25 * 60).starts_with("after-request-gone"), "too late");
    let member = hand::take(&scope(9), &hand_view(&world, None, pending()), &mut context(94, 0)).unwrap_err();
    assert!(shown_refusal(&member).starts_with("not-allowed-facilitator"), "the role was taken away meanwhile");
}

#[test]
fn a_no_and_silence_are_told_alike() {
    let world = World::new(session());
    let until = NOW.plus(TimeDelta::days(1));
    let declined = hand::decline(&scope(9), &hand_view(&world, None, Some(asked(until))), &context(95, 0)).unwrap();
    let silent = hand::ends(&world.roll, Some(&asked(until)), until);
    assert_eq!(told(&declined, HOST), told(&silent, HOST));
    assert_eq!(after_changes(&silent), [after::Change::EndAsk(session().id)]);
    assert_eq!(hand::ends(&world.roll, Some(&asked(until)), NOW), Decision::nothing(), "somebody else was asked since");
    assert_eq!(hand::ends(&world.roll, None, until), Decision::nothing());
}

#[test]
fn who_loses_the_role_keeps_no_session_unseen() {
    let held = vec![session()];
    let decision = Decision::answer(crate::domain::message::Msg::new("people-role-done"));
    let shown = answer(&hold::with_sessions(decision.clone(), &held));
    assert!(shown.contains("after-still-held(/cancel) | list-line(12, ") && shown.ends_with("[after-button-hand-number(12)]"), "{shown}");
    assert_eq!(hold::with_sessions(decision.clone(), &[]), decision);
}

#[test]
fn a_host_who_goes_leaves_nothing_unmarked() {
    for heir in [None, Some(scope(9).person.unwrap())] {
        let mut world = marked_world();
        let rolls = [(world.roll.clone(), world.money())];
        let host = scope(HOST).person.unwrap();
        let mut ctx = world.context();
        let decision = match &heir {
            Some(heir) => depart::on_removal(&rolls, &host, Some(heir), &mut ctx),
            None => depart::on_leave(&rolls, &host, &mut ctx),
        };
        world.apply(Ok(decision)).unwrap();
        assert_eq!((world.escrow(), world.credits(2), world.credits(3)), (0, 5, 5), "everything went back");
        assert_eq!(world.roll.session.state, SessionState::Unmarked);
    }
}
