//! Setting up, joining, leaving, settings, roles and pauses, decided on views made by hand.

use super::{
    code::{Code, Opens},
    join::{self, JoinView},
    leave::{self, LeaveView},
    menu, pause, rules, settings,
    setup::{self, Opened, SetupView},
    *,
};
use crate::domain::{
    command::Command,
    decision::{self, Outcome},
    hear::Call,
    question,
    scope::{Membership, Place, Scope},
    testing::{NOW, community, context, direct, group, id, person, scope, shown, text_of},
};

fn changes(outcome: &Outcome) -> Vec<Change> {
    let Ok(decision) = outcome else { return vec![] };
    decision.changes.iter().filter_map(|change| if let decision::Change::People(c) = change { Some(c.clone()) } else { None }).collect()
}

fn asked(outcome: &Outcome) -> Vec<question::Action> {
    let Ok(decision) = outcome else { return vec![] };
    let asked = decision.changes.iter().find_map(|change| match change {
        decision::Change::Question(question::Change::Ask(question)) => Some(question.choices.clone()),
        _ => None,
    });
    asked.unwrap_or_default()
}

fn unbound() -> Scope {
    Scope { community: None, group: None, person: None, is_admin: true, ..scope(None) }
}

fn founded_by(account: Option<AccountId>) -> Scope {
    Scope { community: Some(Community { founder: account, ..community() }), is_admin: true, ..scope(None) }
}

const WELCOME: &str = "room 4~: care-welcome (care-welcome-button-private)";
const CONSENT: &str =
    "me!: care-consent (care-consent-button-agree)(care-consent-button-refuse)(care-consent-button-more)(care-consent-button-discreet)";
const MENU: &str = "(menu-button-talk)(menu-button-sos)(menu-button-checkin)(menu-button-agenda)(menu-button-credits)(menu-button-pause)(menu-button-settings)(menu-button-all)";

fn join_view() -> JoinView {
    JoinView { former: None, free_alias: "Nadia2".into(), has_coordinator: true, barred: false }
}

#[test]
fn setting_up_makes_everything_at_once_and_asks_the_consent() {
    let outcome = setup::setup(&unbound(), &SetupView::default(), None, &mut context());
    assert_eq!(shown(&outcome), [WELCOME, CONSENT]);
    let changes = changes(&outcome);
    let [Change::AddCommunity(made), Change::AddGroup(group), Change::BindRoom { room, group: bound }] = &changes[..] else {
        panic!("{changes:?}")
    };
    assert_eq!((made.founder, made.language.as_str(), made.name.as_ref()), (Some(id(3)), "fr", None));
    assert_eq!((group.community, *bound, *room), (made.id, group.id, id(4)));
}

#[test]
fn only_the_rooms_administrator_sets_up_and_not_in_a_direct_room() {
    let check = |scope: Scope, expected: &str| {
        let outcome = setup::setup(&scope, &SetupView::default(), None, &mut context());
        assert_eq!(shown(&outcome), [expected]);
    };
    check(Scope { is_admin: false, ..unbound() }, "no: not-allowed-admin");
    check(Scope { place: Place::Direct, ..unbound() }, "no: setup-in-direct");
}

#[test]
fn setting_up_again_makes_no_second_coordinator() {
    let check = |scope: Scope, has_coordinator: bool, expected: &str, made: usize| {
        let view = SetupView { has_coordinator, ..SetupView::default() };
        let outcome = setup::setup(&scope, &view, None, &mut context());
        assert_eq!(shown(&outcome)[0], expected);
        let coordinators = changes(&outcome).iter().filter(|c| matches!(c, Change::SetCoordinator { coordinator: true, .. })).count();
        assert_eq!(coordinators, made, "{expected}");
    };
    let with = |role| Scope { is_admin: true, ..scope(Some(role)) };
    check(founded_by(None), true, "me: people-setup-already people-setup-how-to-join (people-button-join)", 0);
    check(with(Role::Member), true, "me: people-setup-already people-setup-you-are-in", 0);
    check(with(Role::Coordinator), true, "me: people-setup-already people-setup-more-codes (people-button-codes)", 0);
    // While nobody coordinates, whoever administers the room is asked, also in the place of a founder who has not answered.
    check(founded_by(Some(id(3))), false, CONSENT, 0);
    check(founded_by(Some(id(77))), false, CONSENT, 0);
    // The founder declined: the place is free, also for who has joined since.
    check(founded_by(None), false, CONSENT, 0);
    assert_eq!(
        changes(&setup::setup(&founded_by(None), &SetupView::default(), None, &mut context())),
        [Change::Community(id(1), CommunitySetting::Founder(Some(id(3))))]
    );
    let outcome = setup::setup(&with(Role::Member), &SetupView::default(), None, &mut context());
    assert!(changes(&outcome).contains(&Change::SetCoordinator { person: id(5), coordinator: true }));
    assert!(shown(&outcome)[0].starts_with("me!: people-setup-ready people-setup-coordinator people-code-room people-code-group"));
}

#[test]
fn a_code_opens_a_room_or_a_group_once() {
    let code = Code::make(&mut context());
    let open = |opens, person| {
        let view = SetupView { opened: Some(Opened { community: community(), opens, person }), has_coordinator: false };
        setup::setup(&unbound(), &view, Some(Some(code.clone())), &mut context())
    };
    let used = Change::UseCode { code: code.clone(), at: NOW };

    let outcome = open(Opens::Room(id(2)), None);
    assert_eq!(shown(&outcome), [WELCOME, "me: people-setup-room-added people-setup-how-to-join (people-button-join)"]);
    assert_eq!(changes(&outcome), [used.clone(), Change::BindRoom { room: id(4), group: id(2) }]);

    let outcome = open(Opens::Group, Some(person(5, "Nadia", Role::Coordinator)));
    assert_eq!(shown(&outcome), [WELCOME, "me: people-setup-group-added (people-button-group-name)"]);
    let changes = changes(&outcome);
    let [first, Change::AddGroup(group), Change::BindRoom { group: bound, .. }, Change::AddMembership { group: joined, .. }] = &changes[..]
    else {
        panic!("{changes:?}")
    };
    assert_eq!((first, *bound, *joined), (&used, group.id, group.id));
}

#[test]
fn wrong_used_and_expired_codes_get_one_same_answer() {
    let code = Some(Some(Code::make(&mut context())));
    let answers = [Some(None), code].map(|code| setup::setup(&unbound(), &SetupView::default(), code, &mut context()));
    assert_eq!(answers[0], answers[1]);
    assert_eq!(shown(&answers[0]), ["no: people-setup-bad-code"]);
    assert!(changes(&answers[0]).is_empty());
}

#[test]
fn a_consent_makes_a_member_at_once() {
    let nobody = direct(None);
    assert_eq!(shown(&join::join(&nobody, &join_view(), &mut context())), [CONSENT]);
    let agree = Action::Agree { group: id(2), version: CONSENT_VERSION };
    let outcome = join::answer(&nobody, &join_view(), &agree, &mut context());
    assert_eq!(shown(&outcome), [format!("me: people-joined people-joined-alias people-joined-next {MENU}")]);
    assert_eq!(text_of(outcome.as_ref().unwrap(), "alias"), Some("Nadia2".into()));
    let changes = changes(&outcome);
    let [Change::AddPerson { person, account, at: NOW }, Change::Consent(_, given), Change::AddMembership { role, group, .. }] =
        &changes[..]
    else {
        panic!("{changes:?}")
    };
    assert_eq!((person.alias.as_str(), person.coordinator, *account), ("Nadia2", false, id(3)));
    let expected = consent::Entry { purpose: Purpose::Participation, step: consent::Step::Given, version: CONSENT_VERSION, at: NOW };
    assert_eq!((*given, *role, *group), (expected, Role::Member, id(2)));
}

#[test]
fn the_founders_consent_makes_the_first_coordinator_and_shows_two_codes() {
    let founder = Scope { place: Place::Direct, ..founded_by(Some(id(3))) };
    let view = JoinView { has_coordinator: false, ..join_view() };
    let agree = Action::Agree { group: id(2), version: CONSENT_VERSION };
    let outcome = join::answer(&founder, &view, &agree, &mut context());
    let changes = changes(&outcome);
    assert!(matches!(&changes[0], Change::AddPerson { person, .. } if person.coordinator));
    assert!(changes.contains(&Change::Community(id(1), CommunitySetting::Founder(None))));
    let codes: Vec<&Code> = changes.iter().filter_map(|c| if let Change::AddCode { code, .. } = c { Some(code) } else { None }).collect();
    assert_eq!(codes.len(), 2);
    assert_ne!(codes[0], codes[1]);
    assert_eq!(text_of(outcome.as_ref().unwrap(), "code"), Some(codes[0].to_string()));
    // Somebody who coordinates already keeps the place, whoever founded.
    let late = join::answer(&founder, &join_view(), &agree, &mut context());
    assert_eq!(shown(&late).len(), 1);
}

#[test]
fn what_else_can_be_answered_to_the_consent() {
    let check = |scope: &Scope, action: Action, says: &str, changed: &[Change]| {
        let outcome = join::answer(scope, &join_view(), &action, &mut context());
        assert!(shown(&outcome)[0].starts_with(says), "{:?}", shown(&outcome));
        assert_eq!(changes(&outcome), changed);
    };
    let group = id(2);
    check(&direct(None), Action::Decline { group }, "me: people-declined", &[]);
    check(
        &founded_by(Some(id(3))),
        Action::Decline { group },
        "me: people-setup-declined",
        &[Change::Community(id(1), CommunitySetting::Founder(None))],
    );
    check(&direct(None), Action::More { group }, "me!: people-notice-title", &[]);
    check(&direct(None), Action::Discreet { group }, "me!: discreet-on", &[Change::Account(id(3), AccountSetting::Discreet(true))]);
    check(&direct(None), Action::Agree { group, version: CONSENT_VERSION - 1 }, CONSENT, &[]);
    check(&direct(Some(Role::Member)), Action::Agree { group, version: CONSENT_VERSION }, "me: people-join-already", &[]);
}

#[test]
fn who_left_comes_back_as_the_same_person_and_who_agreed_enters_another_group_at_once() {
    let former = person(8, "Nad", Role::Member);
    let view = JoinView { former: Some(Box::new(former)), ..join_view() };
    let outcome = join::answer(&direct(None), &view, &Action::Agree { group: id(2), version: CONSENT_VERSION }, &mut context());
    assert_eq!(changes(&outcome)[0], Change::PersonBack(id(8)));
    assert_eq!(text_of(outcome.as_ref().unwrap(), "alias"), Some("Nad".into()));

    let mut elsewhere = direct(Some(Role::Member));
    elsewhere.group = Some(crate::domain::scope::Group { id: id(22), ..group() });
    let outcome = join::join(&elsewhere, &join_view(), &mut context());
    assert!(changes(&outcome).contains(&Change::AddMembership { person: id(5), group: id(22), role: Role::Member, since: NOW }));
    elsewhere.person.as_mut().unwrap().consents = consent::Consents::default();
    assert_eq!(shown(&join::join(&elsewhere, &join_view(), &mut context())), [CONSENT]);
}

#[test]
fn leaving_is_asked_once_more_and_the_last_coordinator_stays() {
    let view = |coordinators: u128, bookings| LeaveView { coordinators: (5..5 + coordinators).map(id).collect(), bookings };
    let buttons = "(people-leave-button-yes)(people-leave-button-no)";
    let check = |role, view: LeaveView, expected: &str| {
        assert_eq!(shown(&leave::leave(&direct(role), &view, &mut context())), [expected]);
    };
    check(None, view(1, 0), "no: people-leave-not-in");
    check(Some(Role::Member), view(1, 0), &format!("me: people-leave-ask people-leave-kept {buttons}"));
    check(Some(Role::Member), view(1, 2), &format!("me: people-leave-ask people-leave-bookings people-leave-kept {buttons}"));
    check(Some(Role::Coordinator), view(1, 0), "no: people-leave-last-coordinator");
    check(Some(Role::Coordinator), view(2, 0), &format!("me: people-leave-ask people-leave-kept {buttons}"));

    let gone = leave::left(&direct(Some(Role::Coordinator)), &view(2, 0), &mut context());
    assert_eq!(
        changes(&gone),
        [
            consent::withdrawn(id(5), Purpose::Participation, &context()),
            Change::EndMembership { person: id(5), group: id(2), at: NOW },
            Change::SetCoordinator { person: id(5), coordinator: false },
            Change::PersonLeft { person: id(5), at: NOW },
        ]
    );
    // Whoever coordinates alone from now on is told, and nobody where two are left.
    assert_eq!(shown(&gone), ["person 6~: people-team-news people-team-alone people-second", "me: people-left"]);
    assert_eq!(shown(&leave::left(&direct(Some(Role::Coordinator)), &view(3, 0), &mut context())), ["me: people-left"]);
    // Another group keeps the person, and the role of coordinator, in the community.
    let mut two = direct(Some(Role::Coordinator));
    if let Some(person) = &mut two.person {
        person.memberships.push(Membership { group: id(22), role: Role::Member, since: NOW });
    }
    assert_eq!(changes(&leave::left(&two, &view(1, 0), &mut context())).len(), 1);
}

#[test]
fn settings_are_kept_for_the_account_and_for_the_person() {
    let of_person = |setting| Change::Person(id(5), setting);
    let of_account = |setting| Change::Account(id(3), setting);
    let set = |scope: &Scope, command, rest: &str| {
        let call = Call::new(command, rest);
        changes(&match command {
            Command::Language => settings::language(scope, &call, &context()),
            Command::Country => country::country(scope, &call, &context()),
            _ => zone::zone(scope, &call, &context()),
        })
    };
    let (member, nobody) = (direct(Some(Role::Member)), direct(None));
    let paris = Zone::PARIS;
    assert_eq!(
        set(&member, Command::Language, "English"),
        [of_account(AccountSetting::Language("en".into())), of_person(PersonSetting::Language("en".into()))]
    );
    assert_eq!(set(&nobody, Command::Language, "anglais"), [of_account(AccountSetting::Language("en".into()))]);
    assert_eq!(
        set(&member, Command::Country, "Suisse"),
        [of_account(AccountSetting::Country("CH".into())), of_person(PersonSetting::Country("CH".into()))]
    );
    assert_eq!(set(&nobody, Command::Country, "be"), [of_account(AccountSetting::Country("BE".into()))]);
    assert_eq!(set(&member, Command::Timezone, "paris"), [of_person(PersonSetting::Zone(paris))]);
    assert_eq!(shown(&zone::zone(&nobody, &Call::new(Command::Timezone, "paris"), &context())), ["no: not-joined"]);
    for command in [Command::Language, Command::Country, Command::Timezone] {
        assert!(set(&member, command, "xyzzy").is_empty() && set(&member, command, "").is_empty());
    }
}

#[test]
fn the_communitys_settings_are_for_coordinators() {
    let set = |role, rest: &str| settings::settings(&direct(role), &Call::new(Command::Settings, rest), &mut context());
    for rest in ["association Les Amis", "contact 01 02", "groupe Jardin", "langue en", "fuseau paris", "pays FR", "charte Oui", "codes"] {
        assert_eq!(shown(&set(Some(Role::Facilitator), rest)), ["no: not-allowed-coordinator"], "{rest}");
        assert!(!changes(&set(Some(Role::Coordinator), rest)).is_empty(), "{rest}");
    }
    assert_eq!(shown(&set(Some(Role::Member), "couleur bleue")), ["no: people-settings-unknown"]);
    let of = |setting| Change::Community(id(1), setting);
    let coordinator = |rest| changes(&set(Some(Role::Coordinator), rest));
    assert_eq!(coordinator("association  Les \u{202E}Amis"), [of(CommunitySetting::Name("Les Amis".into()))]);
    assert_eq!(coordinator("charte default"), [of(CommunitySetting::Charter(None))]);
    assert!(coordinator("association").is_empty());
}

#[test]
fn an_alias_is_kept_with_a_number_where_it_is_taken() {
    let member = direct(Some(Role::Member));
    let set = |typed: &str, free: Option<&str>| {
        settings::alias(&member, settings::parse_alias(&Call::new(Command::Alias, typed)), free.map(str::to_owned), &context())
    };
    let kept = |alias: &str| vec![Change::Person(id(5), PersonSetting::Alias(alias.into()))];
    assert_eq!(changes(&set("Sam", Some("Sam"))), kept("Sam"));
    let numbered = set("Sam", Some("Sam2"));
    assert_eq!((changes(&numbered), shown(&numbered)), (kept("Sam2"), vec!["me: people-alias-set people-alias-numbered".to_owned()]));
    assert_eq!(shown(&set("\u{200B}", None)), ["me: people-alias-empty"]);
    assert_eq!(shown(&set("entraide", None)), ["me: people-alias-bot"]);
    assert_eq!(shown(&set("", None)), ["me: people-alias-now people-alias-ask"]);
}

#[test]
fn pauses_begin_and_end() {
    let run = |scope: &Scope, rest: &str| {
        let call = Call::new(Command::Pause, rest);
        pause::parse(&call, NOW, Zone::PARIS).and_then(|args| pause::pause(scope, args, &context()))
    };
    let member = direct(Some(Role::Member));
    let week = NOW.plus(chrono::TimeDelta::days(7));
    let outcome = run(&member, "7j");
    assert_eq!(changes(&outcome), [Change::Person(id(5), PersonSetting::PausedUntil(Some(week)))]);
    assert_eq!(shown(&outcome), ["me: people-pause-set people-pause-until people-pause-what (people-button-resume)"]);
    assert_eq!(shown(&run(&member, "groupe")), ["no: not-allowed-coordinator"]);
    let coordinator = direct(Some(Role::Coordinator));
    assert_eq!(changes(&run(&coordinator, "group")), [Change::Group(id(2), GroupSetting::Paused(true))]);
    assert!(shown(&run(&member, "100j"))[0].starts_with("no: people-pause-range"));

    let resume = |scope: &Scope| pause::resume(scope, &Call::new(Command::Resume, ""), &context());
    assert_eq!(shown(&resume(&member)), ["me: people-resume-not-paused"]);
    let mut paused = member;
    if let Some(person) = &mut paused.person {
        person.paused_until = Some(week);
    }
    assert_eq!(changes(&resume(&paused)), [Change::Person(id(5), PersonSetting::PausedUntil(None))]);
    assert!(shown(&run(&paused, ""))[0].starts_with("me: people-pause-now people-pause-ask (people-button-resume)"));
}

#[test]
fn the_menu_lists_what_one_may_do_and_in_private() {
    let lines = |role| {
        let decision = menu::menu(&scope(role), &Call::new(Command::Menu, "Tout"));
        let shown = shown(&Ok(decision));
        assert!(shown.len() == 1 && shown[0].starts_with("me: menu-all-title"), "{shown:?}");
        shown[0].matches("menu-line").count()
    };
    assert!(lines(None) < lines(Some(Role::Member)));
    assert!(lines(Some(Role::Member)) < lines(Some(Role::Facilitator)));
    assert!(lines(Some(Role::Facilitator)) < lines(Some(Role::Coordinator)));
    let bare = |scope: &Scope| shown(&Ok(menu::menu(scope, &Call::new(Command::Menu, ""))));
    assert_eq!(bare(&scope(None)), [format!("here: menu-title {MENU}")]);
    assert_eq!(bare(&unbound()), [format!("here: menu-title menu-not-installed {MENU}")]);
}

#[test]
fn the_rules_are_the_coordinators_or_the_usual_ones() {
    assert_eq!(shown(&rules::rules(&scope(None))), ["here: people-rules-title people-rules-default"]);
    let mut own = scope(None);
    own.community = Some(Community { charter: Some("Soyez doux.".into()), contact: Some("01".into()), ..community() });
    assert_eq!(shown(&rules::rules(&own)), ["here: people-rules-title people-rules-own people-rules-contact"]);
}

#[test]
fn a_question_bears_the_group_that_it_is_about() {
    let outcome = join::join(&direct(None), &join_view(), &mut context());
    for action in asked(&outcome) {
        let question::Action::People(action) = action else { panic!("{action:?}") };
        assert_eq!(action.group(), id(2));
    }
}
