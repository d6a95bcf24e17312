//! Check-ins, the month and crisis lines, decided on views made by hand.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::{
    daily::{self, CheckinView},
    danger::danger,
    month,
    sos::{self, NextSession},
    *,
};
use crate::domain::{
    command::Command,
    decision::{self, Decision, Outcome},
    event::Platform,
    hear::Call,
    message::{Press, Value},
    people::{self, AccountSetting, CHECKIN_CONSENT_VERSION, Purpose, consent},
    question,
    scope::{Account, Person, Role, Scope},
    testing::{self, NOW, context, direct, id, scope, shown},
    time::Zone,
};

const FACES: &str = "(care-checkin-question-button-1)(care-checkin-question-button-2)(care-checkin-question-button-3)(care-checkin-question-button-4)(care-checkin-question-button-5)(care-checkin-question-button-skip)";
const EDIT: &str = "(checkin-button-word)(checkin-button-change)(checkin-button-erase)";
const SCORE_ONE: &str = "me!: care-score-one (care-score-one-button-talk)(care-score-one-button-others)(care-score-one-button-later)";
const SOS: &str = "me!: care-sos (care-sos-button-others)(care-sos-button-worried)(care-score-one-button-talk)";

fn today() -> NaiveDate {
    NOW.day(Zone::PARIS)
}

fn entry(days_ago: i64, score: u8, full_care: bool) -> Entry {
    let at = NOW.minus(TimeDelta::days(days_ago));
    Entry { person: id(5), day: at.day(Zone::PARIS), score, note: None, full_care: full_care.then_some(at), at }
}

fn view(recent: Vec<Entry>) -> CheckinView {
    CheckinView { recent }
}

/// Somebody who agreed to check-ins, in the direct room.
fn agreed() -> Scope {
    with(&[Purpose::Participation, Purpose::Checkins])
}

fn with(purposes: &[Purpose]) -> Scope {
    let person = Person { consents: testing::agreed(purposes), ..testing::person(5, "Nadia", Role::Member) };
    Scope { person: Some(person), ..direct(None) }
}

/// The same, writing on a platform where real people are.
fn on_telegram(scope: Scope) -> Scope {
    Scope { account: Account { platform: Platform::Telegram, ..scope.account.clone() }, ..scope }
}

fn run(scope: &Scope, view: &CheckinView, rest: &str) -> Outcome {
    daily::checkin(scope, view, &Call::new(Command::Checkin, rest), &mut context())
}

fn kept(outcome: &Outcome) -> Vec<Change> {
    let changes = outcome.as_ref().map(|d| d.changes.clone()).unwrap_or_default();
    changes.into_iter().filter_map(|change| if let decision::Change::Checkin(c) = change { Some(c) } else { None }).collect()
}

#[test]
fn what_a_check_in_says() {
    let member = agreed();
    let check =
        |recent: Vec<Entry>, rest: &str, expected: &str| assert_eq!(shown(&run(&member, &view(recent), rest)), [expected], "{rest:?}");
    check(vec![], "", &format!("me: care-checkin-question {FACES}"));
    check(
        vec![entry(0, 3, false)],
        "",
        &format!("me: care-checkin-question checkin-replaces {FACES}(checkin-button-word)(checkin-button-erase)"),
    );
    check(vec![], "3", &format!("me: checkin-kept checkin-kept-what {EDIT}"));
    check(vec![], "4 mieux", &format!("me: checkin-kept checkin-kept-with-word {EDIT}"));
    check(vec![entry(0, 3, false)], "4", &format!("me: checkin-kept-again checkin-kept-what {EDIT}"));
    check(vec![entry(0, 3, false)], "3 bof", &format!("me: checkin-kept checkin-kept-with-word {EDIT}"));
    check(vec![], "passer", "me: checkin-skipped");
    check(vec![], "mot", &format!("me: care-checkin-question {FACES}"));
    check(vec![entry(0, 3, false)], "mot", "me: checkin-word-ask");
    check(vec![], "effacer", "me: checkin-nothing-today");
    check(vec![entry(0, 3, false)], "effacer", "me: checkin-erased");
    for wrong in ["0", "6", "2,5", "-1", "trois", "1e9"] {
        check(vec![], wrong, &format!("me: checkin-wrong checkin-form {FACES}"));
    }
}

#[test]
fn button_n_is_score_n() {
    for (n, button) in daily::faces().iter().take(5).enumerate() {
        assert_eq!(button.press, Press::Command { command: Command::Checkin, rest: (n + 1).to_string() });
    }
}

#[test]
fn the_day_is_the_persons_own_and_the_latest_wins() {
    let mut abroad = agreed();
    abroad.zone = "Pacific/Noumea".parse().unwrap();
    let outcome = run(&abroad, &view(vec![]), "2 dure nuit");
    let [Change::Keep(entry)] = &kept(&outcome)[..] else { panic!("one entry") };
    assert_eq!((entry.day, entry.score, entry.note.as_deref()), (today() + TimeDelta::days(1), 2, Some("dure nuit")));
}

#[test]
fn a_word_is_awaited_after_the_score_of_today() {
    let outcome = run(&agreed(), &view(vec![entry(0, 2, false)]), "mot").unwrap();
    let awaited = outcome.changes.iter().find_map(|change| match change {
        decision::Change::Question(question::Change::Await { command, rest, .. }) => Some((*command, rest.as_str())),
        _ => None,
    });
    assert_eq!(awaited, Some((Command::Checkin, "2 ")));
}

#[test]
fn the_hardest_score_brings_the_full_text_once_in_seven_days() {
    let member = agreed();
    let short = format!("me!: care-score-one-short (care-score-one-button-talk){EDIT}");
    let check = |recent: Vec<Entry>, rest: &str, expected: &str, marked: bool| {
        let outcome = run(&member, &view(recent), rest);
        assert_eq!(shown(&outcome), [expected]);
        let [Change::Keep(entry)] = &kept(&outcome)[..] else { panic!("one entry") };
        assert_eq!(entry.full_care == Some(NOW), marked);
    };
    check(vec![], "1", SCORE_ONE, true);
    check(vec![entry(1, 1, true)], "1", &short, false);
    check(vec![entry(6, 1, true), entry(1, 1, false)], "1", &short, false);
    check(vec![entry(7, 1, true), entry(1, 1, false)], "1", SCORE_ONE, true);
    check(vec![entry(1, 2, false)], "1", SCORE_ONE, true);
    // Words of danger bring a text of their own: this one is not said beside it.
    check(vec![], "1 je veux mourir", &format!("me: checkin-kept checkin-kept-with-word {EDIT}"), false);
    // A new answer of the same day keeps the mark that the text was shown.
    let outcome = run(&member, &view(vec![Entry { full_care: Some(NOW.minus(TimeDelta::hours(1))), ..entry(0, 1, false) }]), "4");
    let [Change::Keep(entry)] = &kept(&outcome)[..] else { panic!("one entry") };
    assert_eq!(entry.full_care, Some(NOW.minus(TimeDelta::hours(1))));
}

#[test]
fn what_is_typed_in_a_group_is_deleted_and_answered_in_private() {
    let member = Scope { place: scope(None).place, ..agreed() };
    for (rest, deleted) in [("3 dur", true), ("0 dur", true), ("1", true), ("", false)] {
        let said = shown(&run(&member, &view(vec![]), rest));
        assert_eq!(said.contains(&"delete".to_owned()), deleted, "{rest}");
        assert!(said.iter().all(|line| line.starts_with("me") || line == "delete"), "{said:?}");
    }
    let new = scope(Some(Role::Member));
    assert!(shown(&run(&new, &CheckinView::default(), "2 dur")).contains(&"delete".to_owned()));
}

#[test]
fn the_first_asks_the_consent_and_carries_on_with_what_was_typed() {
    let member = direct(Some(Role::Member));
    let outcome = run(&member, &CheckinView::default(), "2 dur");
    assert!(kept(&outcome).is_empty());
    assert!(shown(&outcome)[0].starts_with("me!: checkin-consent checkin-consent-what"));
    let choices = outcome.unwrap().changes.into_iter().find_map(|change| match change {
        decision::Change::Question(question::Change::Ask(question)) => Some(question.choices),
        _ => None,
    });
    let Some([question::Action::Checkin(yes), question::Action::Checkin(no)]) = choices.as_deref() else { panic!("{choices:?}") };
    assert_eq!(yes.community(), id(1));

    let agreed = daily::answer(&member, &CheckinView::default(), yes, &mut context());
    let [Change::Keep(entry)] = &kept(&agreed)[..] else { panic!("one entry") };
    assert_eq!((entry.score, entry.note.as_deref()), (2, Some("dur")));
    let consent = consent::given(id(5), Purpose::Checkins, &context());
    assert_eq!(agreed.unwrap().changes[0], decision::Change::People(consent));

    let declined = daily::answer(&member, &CheckinView::default(), no, &mut context());
    assert_eq!(shown(&declined), ["me: checkin-declined"]);
    assert!(declined.unwrap().changes.is_empty());
    let hard = Action::Decline { community: id(1), rest: "1".into() };
    assert_eq!(shown(&daily::answer(&member, &CheckinView::default(), &hard, &mut context()))[1], SOS);
}

#[test]
fn a_changed_consent_is_asked_again() {
    let mut old = direct(Some(Role::Member));
    let to_the_old_text =
        consent::Entry { purpose: Purpose::Checkins, step: consent::Step::Given, version: CHECKIN_CONSENT_VERSION - 1, at: NOW };
    old.person.as_mut().unwrap().consents.put(to_the_old_text);
    let outcome = run(&old, &view(vec![]), "3");
    assert!(shown(&outcome)[0].starts_with("me!: checkin-consent"));
    assert!(kept(&outcome).is_empty());
    // A button of the old text asks the new one; nothing is kept by it. A no to the new one is written down as a withdrawal.
    let yes = Action::Agree { community: id(1), version: CHECKIN_CONSENT_VERSION - 1, rest: "3".into() };
    let outcome = daily::answer(&old, &view(vec![]), &yes, &mut context());
    assert!(shown(&outcome)[0].starts_with("me!: checkin-consent"));
    assert!(kept(&outcome).is_empty());
    let no = daily::answer(&old, &view(vec![]), &Action::Decline { community: id(1), rest: "3".into() }, &mut context());
    assert_eq!(no.unwrap().changes, [consent::withdrawn(id(5), Purpose::Checkins, &context()).into()]);
}

#[test]
fn nothing_is_kept_before_it_is_known_who_answers_for_the_data() {
    let closed = on_telegram(agreed());
    let team = "me: checkin-closed checkin-closed-team";
    for (rest, expected) in [
        ("", vec![team]),
        ("3 bof", vec![team]),
        ("mot", vec![team]),
        ("7", vec![team]),
        ("1", vec![team, SOS]),
        ("passer", vec!["me: checkin-skipped"]),
        // What was kept before can always be erased.
        ("effacer", vec!["me: checkin-erased"]),
    ] {
        let outcome = run(&closed, &view(vec![entry(0, 3, false)]), rest);
        assert_eq!(shown(&outcome), expected, "{rest:?}");
        assert!(!kept(&outcome).iter().any(|change| matches!(change, Change::Keep(_))), "{rest:?}");
    }
    let in_the_group = Scope { place: scope(None).place, ..closed.clone() };
    assert_eq!(shown(&run(&in_the_group, &view(vec![]), "3 bof")), [team, "delete"]);
    let late = Action::Agree { community: id(1), version: CHECKIN_CONSENT_VERSION, rest: "3".into() };
    assert_eq!(shown(&daily::answer(&closed, &view(vec![]), &late, &mut context())), [team]);

    let mut coordinator = closed.clone();
    coordinator.person.as_mut().unwrap().coordinator = true;
    let said = |scope: &Scope| shown(&run(scope, &view(vec![]), "3"));
    assert_eq!(
        said(&coordinator),
        [
            "me: checkin-closed setup-missing setup-missing-association setup-missing-contact (people-button-community-country)(people-button-association)(people-button-contact)"
        ]
    );
    let community = coordinator.community.as_mut().unwrap();
    (community.name, community.country) = (Some("Les Amis".into()), Some("FR".into()));
    assert_eq!(said(&coordinator), ["me: checkin-closed setup-missing setup-missing-contact (people-button-contact)"]);
    coordinator.community.as_mut().unwrap().contact = Some("01 02".into());
    assert_eq!(said(&coordinator), [format!("me: checkin-kept checkin-kept-what {EDIT}")]);
}

#[test]
fn the_month_in_words() {
    let check = |days: &[(i64, u8)], expected: &str| {
        let days: month::Days = days.iter().map(|(ago, score)| (today() - TimeDelta::days(*ago), *score)).collect();
        let shown = shown(&month::month(&direct(Some(Role::Member)), &days, &context()));
        assert_eq!(shown, [format!("me: {expected}")]);
    };
    check(&[], "checkin-month-empty (checkin-button-now)");
    check(&[(30, 3)], "checkin-month-empty (checkin-button-now)");
    check(&[(0, 3)], "checkin-month checkin-month-days checkin-month-face checkin-month-yours");
    check(&[(0, 3), (29, 5)], "checkin-month checkin-month-days checkin-month-face checkin-month-face checkin-month-yours");
    let before = [(31, 3), (40, 3), (59, 3)];
    for (now, said) in [(4, "checkin-month-better"), (3, "checkin-month-same"), (1, "checkin-month-harder")] {
        let days: Vec<(i64, u8)> = before.into_iter().chain([(1, now), (2, now), (3, now)]).collect();
        check(&days, &format!("checkin-month checkin-month-days checkin-month-face {said} checkin-month-yours"));
    }
}

#[test]
fn the_month_after_the_consent_was_withdrawn() {
    let mut gone = agreed();
    let took = consent::Entry { purpose: Purpose::Checkins, step: consent::Step::Withdrawn, version: CHECKIN_CONSENT_VERSION, at: NOW };
    gone.person.as_mut().unwrap().consents.put(took);
    let said = |days: month::Days| shown(&month::month(&gone, &days, &context()));
    assert_eq!(said(vec![]), ["me: checkin-month checkin-month-none checkin-month-withdrawn"]);
    assert_eq!(
        said(vec![(today(), 3)]),
        ["me: checkin-month checkin-month-days checkin-month-face checkin-month-yours checkin-month-withdrawn"]
    );
}

#[test]
fn crisis_lines_for_anyone_anywhere() {
    let nowhere = Scope { community: None, group: None, country: None, ..direct(None) };
    let no_country = "me!: care-sos-no-country (people-button-country)(people-button-country)(people-button-country)(people-button-country)(people-button-country)(people-button-country)(country-other)";
    let check = |scope: &Scope, rest: &str, expected: &[&str]| {
        assert_eq!(shown(&Ok(sos::sos(scope, &Call::new(Command::Sos, rest)))), expected, "{rest:?}");
    };
    check(&direct(None), "", &[SOS]);
    check(&direct(Some(Role::Member)), "je n'en peux plus", &[SOS]);
    check(&scope(None), "", &[SOS, "delete"]);
    check(&nowhere, "", &[no_country]);
    check(&nowhere, "autres", &["me!: care-sos-others (care-sos-button-worried)(care-score-one-button-talk)(people-button-my-country)"]);
    check(&direct(None), "worried", &["me!: care-sos-worried (care-sos-button-others)(care-score-one-button-talk)"]);
    check(&nowhere, "Belgique", &[&SOS.replace("care-sos (", "care-sos checkin-sos-country (")]);
}

#[test]
fn a_country_that_is_tapped_is_kept_where_none_was_known() {
    let lines = |decision: &Decision| match &decision.acts[0] {
        decision::Act::Say { content, .. } => {
            content.lines[0].args.iter().find(|(name, _)| name == "lines").map(|(_, value)| value.clone())
        }
        _ => None,
    };
    let nowhere = Scope { country: None, ..direct(None) };
    let decision = sos::sos(&nowhere, &Call::new(Command::Sos, "BE"));
    let keep = people::Change::Account(id(3), AccountSetting::Country("BE".into()));
    assert_eq!((decision.changes.clone(), lines(&decision)), (vec![keep.into()], Some(Value::LinesInFull(Some("BE".into())))));
    let known = sos::sos(&direct(None), &Call::new(Command::Sos, "BE"));
    assert_eq!((known.changes.len(), lines(&known)), (0, Some(Value::LinesInFull(Some("BE".into())))));
}

#[test]
fn talk_opens_the_lines_and_the_next_sessions() {
    let next = [NextSession { id: id(12), title: "Cercle".into(), starts: NOW }];
    let talk = |next: &[NextSession]| shown(&Ok(sos::talk(&direct(None), next)));
    let lines = "me!: checkin-talk checkin-talk-now checkin-talk-lines";
    assert_eq!(
        talk(&next),
        [format!("{lines} checkin-talk-next checkin-talk-session checkin-talk-program (checkin-button-sos)(checkin-button-book)")]
    );
    assert_eq!(talk(&[]), [format!("{lines} checkin-talk-none checkin-talk-program (checkin-button-sos)")]);
}

proptest! {
    #[test]
    fn nothing_typed_breaks_a_check_in(rest in "\\PC{0,40}") {
        let outcome = run(&agreed(), &view(vec![entry(0, 2, true)]), &rest);
        for change in kept(&outcome) {
            if let Change::Keep(entry) = change {
                prop_assert!((SCORE_MIN..=SCORE_MAX).contains(&entry.score));
            }
        }
        danger(&rest);
    }
}
