//! Roles, decided on views made by hand.

use super::*;
use crate::domain::{
    decision::Change as AnyChange,
    hear::Call,
    ids::GroupId,
    people::settings,
    testing::{context, direct, id, person, scope, shown},
};

const UNDO: &str = "(people-role-button-undo)";
const DECLINE: &str = "people-role-can people-role-may-decline (people-role-button-decline)";

fn changes_of(outcome: &Outcome) -> Vec<Change> {
    let Ok(decision) = outcome else { return vec![] };
    decision.changes.iter().filter_map(|change| if let AnyChange::People(c) = change { Some(c.clone()) } else { None }).collect()
}

fn choices(outcome: &Outcome) -> Vec<Choice> {
    let Ok(decision) = outcome else { return vec![] };
    let asked = decision.changes.iter().find_map(|change| match change {
        AnyChange::Question(question::Change::Ask(question)) => Some(question.choices.clone()),
        _ => None,
    });
    asked.unwrap_or_default()
}

fn view(target: Option<Target>, coordinators: &[u128]) -> RoleView {
    RoleView { target, coordinators: coordinators.iter().map(|n| id(*n)).collect() }
}

fn sam(role: Role) -> Option<Target> {
    Some(Target::Person(Box::new(person(6, "Sam", role))))
}

fn run(as_role: Role, view: &RoleView, rest: &str) -> Outcome {
    role(&scope(Some(as_role)), view, &parse(&Call::new(Command::Role, rest)), &mut context())
}

fn set(role: Role) -> Change {
    Change::SetRole { person: id(6), group: id(2), role }
}

fn coordinates(n: u128, coordinator: bool) -> Change {
    Change::SetCoordinator { person: id(n), coordinator }
}

#[test]
fn roles_are_given_and_one_coordinator_is_always_left() {
    let check = |target, coordinators: &[u128], rest: &str, expected: &[String], changed: &[Change]| {
        let outcome = run(Role::Coordinator, &view(target, coordinators), rest);
        assert_eq!(shown(&outcome), expected, "{rest}");
        assert_eq!(changes_of(&outcome), changed, "{rest}");
    };
    let done = |second: bool| format!("me: people-role-done people-role-set {}{UNDO}", if second { "people-second " } else { "" });
    let told = |up: bool| {
        let more = if up { DECLINE } else { "people-role-ask-team" };
        format!("person 6~: people-role-news people-role-told {more}")
    };
    let said = |msg: &str| [format!("no: {msg}")];
    check(sam(Role::Member), &[5], "@Sam animateur", &[done(true), told(true)], &[set(Role::Facilitator)]);
    check(sam(Role::Member), &[5, 7], "@Sam animateur", &[done(false), told(true)], &[set(Role::Facilitator)]);
    check(sam(Role::Member), &[5], "@Sam coordinatrice", &[done(false), told(true)], &[coordinates(6, true)]);
    check(sam(Role::Coordinator), &[5, 6], "@Sam membre", &[done(true), told(false)], &[coordinates(6, false), set(Role::Member)]);
    check(sam(Role::Facilitator), &[5], "@Sam pair-aidant", &[done(false), told(false)], &[set(Role::Supporter)]);
    check(sam(Role::Facilitator), &[5], "@Sam animateur", &said("people-role-same"), &[]);
    // Whatever the way: nobody takes the last one away.
    check(sam(Role::Coordinator), &[6], "@Sam membre", &said("people-role-last-coordinator"), &[]);
    check(Some(Target::Bot), &[5], "@entraide membre", &said("people-role-bot"), &[]);
    check(Some(Target::Nobody), &[5], "@Sam membre", &said("people-role-not-here"), &[]);
    // In the community but not in this group: the very same words.
    let mut elsewhere = person(6, "Sam", Role::Member);
    elsewhere.memberships.clear();
    check(Some(Target::Person(Box::new(elsewhere))), &[5], "@Sam membre", &said("people-role-not-here"), &[]);
    check(None, &[5], "", &said("people-role-who-and-which people-role-form people-role-words"), &[]);
}

#[test]
fn a_role_can_be_taken_back_by_who_gave_it() {
    let given = run(Role::Coordinator, &view(sam(Role::Supporter), &[5, 7]), "@Sam animateur");
    let back = Action::Role { group: id(2), person: id(6), typed: "Sam".into(), role: Role::Supporter };
    assert_eq!(choices(&given), [Choice::People(back)]);
    let undo = |as_role, target| chosen(&scope(Some(as_role)), &view(target, &[5, 7]), "Sam", Role::Supporter, &mut context());
    assert_eq!(changes_of(&undo(Role::Coordinator, sam(Role::Facilitator))), [set(Role::Supporter)]);
    assert_eq!(shown(&undo(Role::Coordinator, Some(Target::Nobody))), ["no: people-role-not-here"], "who left since");
    assert_eq!(shown(&undo(Role::Facilitator, sam(Role::Facilitator))), ["no: not-allowed-coordinator"], "who coordinates no more");
}

#[test]
fn a_role_is_handed_back_after_one_more_question() {
    let ask = |role, view: &RoleView, rest| run(role, view, rest);
    let buttons = "(people-role-button-back)(people-role-button-keep)";
    let asked = format!("me: people-role-back-ask people-role-back-now people-role-back-then people-role-back-how {buttons}");
    let hands = Choice::People(Action::HandBack { group: id(2), role: Role::Member });
    for target in [None, Some(Target::Oneself)] {
        let outcome = ask(Role::Facilitator, &view(target.clone(), &[9]), if target.is_some() { "@Nadia membre" } else { "membre" });
        assert_eq!(shown(&outcome), std::slice::from_ref(&asked));
        assert_eq!((choices(&outcome).first(), changes_of(&outcome)), (Some(&hands), vec![]));
    }
    // A coordinator who forgot the name is told so.
    let forgot = ask(Role::Coordinator, &view(None, &[5, 9]), "animateur");
    assert!(shown(&forgot)[0].contains("people-role-back-how people-role-back-other"), "{:?}", shown(&forgot));
    for (role, rest, expected) in [
        (Role::Facilitator, "animateur", "no: people-role-own-same"),
        (Role::Facilitator, "coordinateur", "no: people-role-not-higher"),
        (Role::Member, "membre", "no: people-role-own-same"),
        (Role::Coordinator, "membre", "no: people-role-last-coordinator"),
    ] {
        assert_eq!(shown(&ask(role, &view(None, &[5]), rest)), [expected], "{role:?} {rest}");
    }
}

#[test]
fn handing_back_tells_the_others_who_coordinate() {
    let back = |role, coordinators: &[u128], to| handed_back(&direct(Some(role)), &view(None, coordinators), to, &context());
    let me = "me: people-role-done people-role-told";
    let team = "people-team-news people-role-handed-back";
    let facilitator = back(Role::Facilitator, &[8, 9], Role::Member);
    assert_eq!(shown(&facilitator), [me, &format!("person 8~: {team}"), &format!("person 9~: {team}")]);
    assert_eq!(changes_of(&facilitator), [Change::SetRole { person: id(5), group: id(2), role: Role::Member }]);
    let coordinator = back(Role::Coordinator, &[5, 9], Role::Facilitator);
    assert_eq!(shown(&coordinator), [me, &format!("person 9~: {team} people-second")]);
    assert_eq!(changes_of(&coordinator), [coordinates(5, false)], "they were a facilitator before");
    // What was asked a while ago is looked at anew.
    assert_eq!(shown(&back(Role::Coordinator, &[5], Role::Member)), ["no: people-role-last-coordinator"]);
    assert_eq!(shown(&back(Role::Member, &[9], Role::Member)), ["no: people-role-own-same"]);
    assert_eq!(shown(&back(Role::Supporter, &[9], Role::Facilitator)), ["no: people-role-not-higher"]);
}

#[test]
fn who_is_no_coordinator_sees_their_own_role_and_gives_none() {
    let other = |rest| shown(&run(Role::Facilitator, &view(sam(Role::Member), &[9]), rest));
    for rest in ["@Sam animateur", "@Sam", "@Sam roi", "@Sam annimateur"] {
        assert_eq!(other(rest), ["no: not-allowed-coordinator"], "{rest}");
    }
    let nobody = shown(&run(Role::Facilitator, &view(Some(Target::Nobody), &[9]), "@Zoé animateur"));
    assert_eq!(nobody, ["no: not-allowed-coordinator"], "whoever is named");
    let own = |role| shown(&run(role, &view(None, &[9]), ""));
    assert_eq!(own(Role::Supporter), ["me: people-role-own people-role-own-who (people-role-button-back)"]);
    assert_eq!(own(Role::Member), ["me: people-role-own people-role-own-who"]);
}

#[test]
fn a_mistyped_role_is_suggested() {
    let typo = run(Role::Coordinator, &view(sam(Role::Member), &[5]), "@Sam annimateur");
    let buttons = "(people-role-button-yes)(people-role-button-no)";
    assert_eq!(shown(&typo), [format!("me: people-role-unknown people-role-meant people-role-words {buttons}")]);
    let yes = Action::Role { group: id::<GroupId>(2), person: id(6), typed: "Sam".into(), role: Role::Facilitator };
    assert_eq!(choices(&typo)[0], Choice::People(yes));
    let own = run(Role::Facilitator, &view(None, &[9]), "menbre");
    assert_eq!(choices(&own)[0], Choice::Run { command: Command::Role, rest: "membre".into() });
    assert_eq!(shown(&run(Role::Coordinator, &view(Some(Target::Nobody), &[5]), "@Zoé annimateur")), ["no: people-role-not-here"]);
}

#[test]
fn a_second_coordinator_is_asked_for_where_one_is_alone() {
    let opened = settings::settings(&direct(Some(Role::Coordinator)), &Call::new(Command::Settings, ""), &mut context()).unwrap();
    let line = |decision: Decision| shown(&Ok(decision))[0].contains("people-second");
    assert!(line(asking_for_second(opened.clone(), 1)));
    assert!(!line(asking_for_second(opened, 2)));
}
