//! Profiles and topics, read and decided on scopes made by hand.

use super::{
    reading::{Args, Item, Step, parse},
    *,
};
use crate::domain::{
    command::Command,
    decision::{Change as AnyChange, Outcome},
    hear::Call,
    people::{Change, GroupSetting, PersonSetting, settings},
    scope::{Group, Role, Scope},
    testing::{context, direct, group, id, person, shown},
};

fn words(args: &Args) -> String {
    match args {
        Args::Show => "show".into(),
        Args::Step(Step::Stances) => "step stances".into(),
        Args::Step(Step::Languages) => "step languages".into(),
        Args::Step(Step::Topics) => "step topics".into(),
        Args::Clear => "clear".into(),
        Args::Set(items) => format!("= {}", items.iter().map(Item::word).collect::<Vec<_>>().join("|")),
        Args::Toggle { add, item } => format!("{} {}", if *add { "+" } else { "-" }, item.word()),
        Args::Unknown { typed, close } => {
            format!("? {typed} -> {}", close.as_ref().map_or("-", |(_, line)| line))
        }
    }
}

#[test]
fn a_line_is_read_as_people_write_it() {
    let mut topics = topics::usual();
    topics.push(Topic::Own("vie de couple".into()));
    topics.push(Topic::Own("🌸 jardin".into()));
    for (typed, expected) in [
        ("", "show"),
        ("Posture", "step stances"),
        ("languages", "step languages"),
        ("thèmes", "step topics"),
        ("effacer", "clear"),
        ("écoutant français,anglais deuil,addiction", "= ecoutant|francais|anglais|deuil|addiction"),
        ("listener french,english grief,addiction", "= ecoutant|francais|anglais|deuil|addiction"),
        ("Écoutante ; MENTOR", "= ecoutant|mentor"),
        ("je parle le français et la langue des signes", "= francais|langue des signes"),
        ("l'exil, vie de couple", "= exil|vie de couple"),
        ("jardin", "= jardin"),
        ("🌸 Jardin", "= jardin"),
        ("+deuil", "+ deuil"),
        ("-langue des signes", "- langue des signes"),
        ("−anglais", "- anglais"),
        ("+deuil addiction", "= deuil|addiction"),
        ("deuill", "? deuill -> deuil"),
        ("écoutent francais", "? écoutent -> ecoutant francais"),
        ("klingon", "? klingon -> -"),
        ("et", "? et -> -"),
        ("+", "? + -> -"),
        ("!!!", "? !!! -> -"),
        ("\u{202E}deuil", "= deuil"),
    ] {
        assert_eq!(words(&parse(typed, &topics)), expected, "{typed:?}");
    }
}

#[test]
fn every_word_means_one_thing() {
    let mut seen = std::collections::HashMap::new();
    let stances = Stance::ALL.into_iter().flat_map(|s| s.words().iter().map(move |w| ((*w).to_owned(), format!("{s:?}"))));
    let spoken = Spoken::ALL.into_iter().flat_map(|s| s.words().iter().map(move |w| ((*w).to_owned(), format!("{s:?}"))));
    let topics = topics::usual().into_iter().flat_map(|t| t.words().into_iter().map(move |w| (w, format!("{t:?}"))));
    for (word, thing) in stances.chain(spoken).chain(topics) {
        assert_eq!(key(&word), word, "words are written as they are compared");
        let known = seen.entry(word.clone()).or_insert_with(|| thing.clone());
        assert_eq!(*known, thing, "{word}");
    }
}

#[test]
fn a_group_has_the_topics_that_its_coordinators_write() {
    let read = |typed: &str| topics::read_list(typed).map(|list| topics::typed(&list));
    assert_eq!(read("Deuil, addictions,, vie de couple\n deuil ; grief"), Ok("deuil, addiction, vie de couple".into()));
    assert_eq!(read(" , ; \u{200B}"), Ok(String::new()));
    assert_eq!(read("Vie de Couple, vie-de-couple, 🌸"), Ok("Vie de Couple".into()));
    let many = (0..25).map(|n| format!("thème {n}")).collect::<Vec<_>>().join(",");
    assert_eq!(topics::read_list(&many), Err(5));
}

fn supporter(profile: Profile) -> Scope {
    let mut scope = direct(Some(Role::Supporter));
    if let Some(person) = &mut scope.person {
        person.profile = profile;
    }
    scope
}

fn full() -> Profile {
    Profile {
        stances: [Stance::Listener].into(),
        languages: [Spoken::French, Spoken::English].into(),
        topics: [Topic::Usual(Usual::Grief), Topic::Own("vie de couple".into())].into(),
    }
}

fn run(scope: &Scope, rest: &str) -> Outcome {
    edit::profile(scope, &Call::new(Command::Profile, rest), &mut context())
}

fn kept(outcome: &Outcome) -> Option<Profile> {
    outcome.as_ref().ok()?.changes.iter().find_map(|change| match change {
        AnyChange::People(Change::Person(_, PersonSetting::Profile(profile))) => Some((**profile).clone()),
        _ => None,
    })
}

#[test]
fn a_line_replaces_what_it_names_and_nothing_else() {
    let check = |own: Profile, rest: &str, expected: Option<Profile>| assert_eq!(kept(&run(&supporter(own), rest)), expected, "{rest}");
    check(Profile::default(), "", None);
    check(full(), "", None);
    check(full(), "posture", None);
    check(full(), "deuill", None);
    check(full(), "mentor", Some(Profile { stances: [Stance::Mentor].into(), ..full() }));
    check(full(), "+mentor", Some(Profile { stances: [Stance::Mentor, Stance::Listener].into(), ..full() }));
    check(full(), "-french", Some(Profile { languages: [Spoken::English].into(), ..full() }));
    check(full(), "-arabe", Some(full()));
    check(full(), "vider", Some(Profile::default()));
    check(Profile::default(), "vider", None);
}

#[test]
fn each_answer_shows_the_way_on() {
    let steps = "(profile-button-stances)(profile-button-languages)(profile-button-topics)";
    let who = "profile-who-sees";
    let lines = "profile-stances profile-languages profile-topics";
    let check = |own: Profile, rest: &str, expected: String| assert_eq!(shown(&run(&supporter(own), rest)), [expected], "{rest}");
    check(full(), "", format!("me: profile-title {lines} {who} {steps}(profile-button-clear)"));
    check(full(), "mentor", format!("me: profile-set {lines} {who} (profile-button-undo){steps}(profile-button-clear)"));
    check(full(), "vider", format!("me: profile-emptied {lines} {who} (profile-button-undo){steps}"));
    check(full(), "xyzzy", format!("me: profile-unknown profile-form {steps}"));
    check(full(), "deuill", format!("me: profile-unknown profile-did-you-mean profile-form (profile-button-choice){steps}"));
    let first = shown(&run(&supporter(Profile::default()), ""));
    assert!(first[0].starts_with("me: profile-title profile-why profile-who-sees profile-ask-stances"), "{first:?}");
    assert!(first[0].contains("(profile-button-next)(profile-button-choice)"), "{first:?}");
}

#[test]
fn what_was_changed_at_once_can_be_taken_back() {
    let outcome = edit::restore(&supporter(Profile::default()), full());
    assert_eq!(kept(&outcome), Some(full()));
    assert!(shown(&outcome)[0].starts_with("me: profile-restored"));
}

#[test]
fn topics_that_a_group_has_no_more_are_not_shown() {
    let list = topics::usual();
    assert_eq!(full().topics_in(&list).collect::<Vec<_>>(), [&Topic::Usual(Usual::Grief)]);
    let mut sam = person(6, "Sam", Role::Supporter);
    assert!(!may_be_proposed(&sam, id(2)), "nothing is filled in");
    sam.profile = full();
    assert!(may_be_proposed(&sam, id(2)) && !may_be_proposed(&sam, id(22)));
    sam.memberships[0].role = Role::Member;
    assert!(!may_be_proposed(&sam, id(2)), "a role that was handed back");
}

#[test]
fn coordinators_set_the_topics_and_take_that_back() {
    let set = |scope: &Scope, rest: &str| settings::settings(scope, &Call::new(Command::Settings, rest), &mut context());
    let coordinator = direct(Some(Role::Coordinator));
    let topics = |outcome: &Outcome| {
        outcome.as_ref().unwrap().changes.iter().find_map(|change| match change {
            AnyChange::People(Change::Group(_, GroupSetting::Topics(list))) => Some(list.clone()),
            _ => None,
        })
    };
    let written = set(&coordinator, "themes Deuil, vie de couple");
    assert_eq!(topics(&written), Some(Some(vec![Topic::Usual(Usual::Grief), Topic::Own("vie de couple".into())])));
    assert_eq!(shown(&written), ["me: profile-topics-set profile-settings-topics (profile-button-undo)"]);
    let mut own = coordinator.clone();
    own.group = Some(Group { own_topics: Some(vec![Topic::Own("vie de couple".into())]), ..group() });
    assert_eq!(topics(&set(&own, "topics usual")), Some(None));
    assert_eq!(
        shown(&set(&own, "themes")),
        ["me: profile-topics-title profile-settings-topics profile-topics-ask (profile-button-usual-topics)"]
    );
    assert_eq!(shown(&set(&coordinator, "themes")), ["me: profile-topics-title profile-settings-topics profile-topics-ask"]);
    assert_eq!(shown(&set(&direct(Some(Role::Facilitator)), "themes deuil")), ["no: not-allowed-coordinator"]);
}
