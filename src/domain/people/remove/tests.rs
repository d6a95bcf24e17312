//! Removing and bringing back, decided on views made by hand.

use super::*;
use crate::domain::{
    decision::Change as AnyChange,
    people::join::{self, JoinView},
    scope::{Community, Role},
    testing::{NOW, community, context, direct, id, person, scope, shown},
};

fn view(target: Target) -> RemoveView {
    RemoveView { target, coordinators: vec![id(5), id(9)], hosted: 0, prompts: vec![] }
}

fn target(person: Person) -> Target {
    Target::Person(Box::new(person))
}

fn in_two_groups(role: Role) -> Person {
    let mut sam = person(6, "Sam", role);
    sam.memberships.push(Membership { group: id(22), role: Role::Facilitator, since: NOW });
    sam
}

fn run(as_role: Role, view: &RemoveView, rest: &str) -> Outcome {
    remove(&scope(Some(as_role)), view, &parse(&Call::new(Command::Remove, rest)), &mut context())
}

fn choices(outcome: &Outcome) -> Vec<Choice> {
    let asked = outcome.as_ref().unwrap().changes.iter().find_map(|change| match change {
        AnyChange::Question(question::Change::Ask(question)) => Some(question.choices.clone()),
        _ => None,
    });
    asked.unwrap_or_default()
}

fn changes(outcome: &Outcome) -> Vec<AnyChange> {
    let Ok(decision) = outcome else { return vec![] };
    decision.changes.iter().filter(|change| !matches!(change, AnyChange::Question(_))).cloned().collect()
}

#[test]
fn what_is_typed() {
    let named = |typed: &str| Named { marked: true, ..Named::bare(typed) };
    for (rest, expected) in [
        ("@Sam", RemoveArgs::Ask(named("Sam"))),
        ("@Sam décédé le 12", RemoveArgs::Ask(named("Sam"))),
        ("@Sam retour", RemoveArgs::MayReturn(named("Sam"))),
        ("BACK @Sam", RemoveArgs::MayReturn(named("Sam"))),
        ("", RemoveArgs::Wrong { several: false }),
        ("Sam", RemoveArgs::Wrong { several: false }),
        ("@Sam @Awa", RemoveArgs::Wrong { several: true }),
    ] {
        assert_eq!(parse(&Call::new(Command::Remove, rest)), expected, "{rest:?}");
    }
    let reply = Call { reply_to: Some(named("Sam")), ..Call::new(Command::Remove, "") };
    assert_eq!(parse(&reply), RemoveArgs::Ask(named("Sam")));
}

#[test]
fn it_is_asked_once_and_nobody_else_hears_of_it() {
    let lines = "people-remove-ask people-remove-whom people-remove-silent people-remove-ends";
    let last = "(people-remove-button-barred)(people-remove-button-no)";
    let check = |view: &RemoveView, between: &str, buttons: &str| {
        let outcome = run(Role::Coordinator, view, "@Sam");
        assert_eq!(shown(&outcome), [format!("me: {lines} {between}people-remove-barred-means {buttons}{last}")]);
        assert_eq!(changes(&outcome), []);
    };
    let sam = |role| view(target(person(6, "Sam", role)));
    check(&sam(Role::Member), "", "(people-remove-button-yes)");
    check(&RemoveView { hosted: 2, ..sam(Role::Facilitator) }, "people-remove-hosted ", "(people-remove-button-yes)");
    check(&sam(Role::Coordinator), "people-remove-coordinates ", "(people-remove-button-yes)");
    check(&view(target(in_two_groups(Role::Member))), "", "(people-remove-button-here)(people-remove-button-everywhere)");
    check(&view(target(in_two_groups(Role::Coordinator))), "people-remove-coordinates ", "(people-remove-button-yes)");
}

#[test]
fn a_name_nobody_has_and_somebody_elsewhere_get_one_same_answer() {
    let mut elsewhere = person(6, "Sam", Role::Member);
    elsewhere.memberships.clear();
    let nobody = run(Role::Coordinator, &view(Target::Nobody), "@Sam");
    assert_eq!(shown(&nobody), ["no: people-remove-not-here"]);
    assert_eq!(run(Role::Coordinator, &view(target(elsewhere)), "@Sam"), nobody);
    // Whether somebody was removed once is not told either.
    let back = run(Role::Coordinator, &view(Target::Nobody), "@Sam retour");
    let RemoveArgs::MayReturn(named) = parse(&Call::new(Command::Remove, "@Sam retour")) else { panic!("it names somebody") };
    assert_eq!(changes(&back), [Change::LiftBar { community: id(1), platform: scope(None).account.platform, named }.into()]);
}

#[test]
fn who_may_not_be_removed_and_who_may_not_remove() {
    let check = |as_role, target, coordinators: &[u128], rest: &str, expected: &str| {
        let view = RemoveView { coordinators: coordinators.iter().map(|n| id(*n)).collect(), ..view(target) };
        assert_eq!(shown(&run(as_role, &view, rest)), [expected]);
    };
    check(Role::Coordinator, Target::Oneself, &[5], "@Nadia", "no: people-remove-oneself");
    check(Role::Coordinator, Target::Bot, &[5], "@entraide", "no: people-remove-bot");
    check(Role::Coordinator, target(person(6, "Sam", Role::Coordinator)), &[6], "@Sam", "no: people-role-last-coordinator");
    check(Role::Coordinator, Target::Nobody, &[5], "", "no: people-remove-who people-remove-form");
    check(Role::Coordinator, Target::Nobody, &[5], "@Sam @Awa", "no: people-role-one-only people-remove-form");
    check(Role::Facilitator, target(person(6, "Sam", Role::Member)), &[9], "@Sam", "no: not-allowed-coordinator");
    // A question that was asked while one coordinated does nothing afterwards.
    let late = removed(&direct(Some(Role::Member)), &view(target(person(6, "Sam", Role::Member))), "Sam", Reach::Community, &mut context());
    assert_eq!(shown(&late), ["no: not-allowed-coordinator"]);
}

#[test]
fn who_is_removed_is_out_of_everything() {
    let end = |group: u128| Change::EndMembership { person: id(6), group: id(group), at: NOW }.into();
    let left = || Change::PersonLeft { person: id(6), at: NOW }.into();
    let bar = || Change::Bar { person: id(6), barred: true }.into();
    let stop = || Change::SetCoordinator { person: id(6), coordinator: false }.into();
    let drop = |prompt: u128| prompt::Change::Set(id(prompt), prompt::State::Dropped).into();
    let check = |sam: Person, reach, said: &str, expected: &[AnyChange]| {
        let view = RemoveView { prompts: vec![id(70)], ..view(target(sam)) };
        let outcome = removed(&direct(Some(Role::Coordinator)), &view, "Sam", reach, &mut context());
        assert_eq!(shown(&outcome), [format!("me: people-remove-done people-removed {said} (people-remove-button-undo)")]);
        assert_eq!(changes(&outcome), expected);
    };
    let may = "people-removed-may-return";
    check(person(6, "Sam", Role::Member), Reach::Community, may, &[end(2), left(), drop(70)]);
    check(person(6, "Sam", Role::Member), Reach::Barred, "people-removed-barred", &[end(2), left(), bar(), drop(70)]);
    check(in_two_groups(Role::Member), Reach::Group, may, &[end(2), drop(70)]);
    check(in_two_groups(Role::Member), Reach::Community, may, &[end(2), end(22), left(), drop(70)]);
    check(person(6, "Sam", Role::Coordinator), Reach::Community, may, &[end(2), stop(), left(), drop(70)]);
}

#[test]
fn who_coordinates_alone_afterwards_reads_it_in_the_answer() {
    let view = RemoveView { coordinators: vec![id(5), id(6)], ..view(target(person(6, "Sam", Role::Coordinator))) };
    let outcome = removed(&direct(Some(Role::Coordinator)), &view, "Sam", Reach::Community, &mut context());
    let said = "me: people-remove-done people-removed people-removed-may-return people-second (people-remove-button-undo)";
    assert_eq!(shown(&outcome), [said]);
}

#[test]
fn a_removal_is_taken_back_whole() {
    let sam = in_two_groups(Role::Supporter);
    let gone = removed(&direct(Some(Role::Coordinator)), &view(target(sam.clone())), "Sam", Reach::Barred, &mut context());
    let Some(Choice::People(Action::BringBack { memberships, coordinator, .. })) = choices(&gone).pop() else { panic!("a way back") };
    assert_eq!((&memberships, coordinator), (&sam.memberships, false));
    let back = |as_role, view: &BackView| brought_back(&direct(Some(as_role)), view, "Sam", &memberships, coordinator);
    let was_gone = BackView { person: Some(Person { memberships: vec![], ..sam.clone() }), gone: true };
    let outcome = back(Role::Coordinator, &was_gone);
    assert_eq!(shown(&outcome), ["me: people-remove-done people-brought-back people-brought-back-not"]);
    let add = |m: &Membership| Change::AddMembership { person: id(6), group: m.group, role: m.role, since: m.since }.into();
    let mut expected: Vec<AnyChange> = vec![Change::PersonBack(id(6)).into(), Change::Bar { person: id(6), barred: false }.into()];
    expected.extend(sam.memberships.iter().map(add));
    assert_eq!(changes(&outcome), expected);
    assert_eq!(shown(&back(Role::Coordinator, &BackView { person: None, gone: true })), ["no: people-remove-gone"]);
    assert_eq!(shown(&back(Role::Member, &was_gone)), ["no: not-allowed-coordinator"]);
    let stranger = BackView { person: Some(Person { community: id(77), ..sam }), gone: true };
    assert_eq!(shown(&back(Role::Coordinator, &stranger)), ["no: people-remove-gone"]);
}

#[test]
fn who_is_barred_is_told_whom_to_ask_and_never_why() {
    let barred = JoinView { former: None, free_alias: "Sam".into(), has_coordinator: true, barred: true };
    let agree = Action::Agree { group: id(2), version: 1 };
    let mut reachable = direct(None);
    reachable.community = Some(Community { contact: Some("01".into()), ..community() });
    for (scope, whom) in [(direct(None), "people-notice-no-contact"), (reachable, "people-notice-contact")] {
        let expected = [format!("no: people-join-barred {whom} people-join-barred-sos")];
        assert_eq!(shown(&join::join(&scope, &barred, &mut context())), expected);
        assert_eq!(shown(&join::answer(&scope, &barred, &agree, &mut context())), expected, "a consent asked before counts no more");
    }
}
