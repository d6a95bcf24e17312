//! Prompts, decided on views made by hand.

use chrono::TimeDelta;

use super::{
    write::{self, About, AnswerView, DueView, PromptArgs},
    *,
};
use crate::domain::{
    command::Command,
    decision::{self, Outcome},
    hear::Call,
    scope::{Group, Role, Scope},
    testing::{NOW, context, direct, group, id, shown, text_of},
    time::Zone,
    timer::Wake,
};

const ASK: &str = "(prompt-button-post)(prompt-button-change)(prompt-button-drop)";

fn later() -> Timestamp {
    NOW.plus(TimeDelta::hours(2))
}

fn about() -> About {
    About { id: id(12), number: 12, title: "Cercle".into(), starts: later() }
}

fn kept(outcome: &Outcome) -> Vec<Change> {
    let changes = outcome.as_ref().map(|d| d.changes.clone()).unwrap_or_default();
    changes.into_iter().filter_map(|change| if let decision::Change::Prompt(c) = change { Some(c) } else { None }).collect()
}

#[test]
fn what_is_typed_is_a_number_a_text_and_an_hour() {
    let check = |rest: &str, number: Option<i64>, text: &str, at: Option<Timestamp>| {
        let args = write::parse(&Call::new(Command::Prompt, rest), NOW, Zone::PARIS).unwrap();
        assert_eq!((args.number, args.text.as_str(), args.at), (number, text, at), "{rest:?}");
    };
    check("Qu'est-ce qui vous aide ?", None, "Qu'est-ce qui vous aide ?", None);
    check("12 Qu'est-ce qui vous aide ?", Some(12), "Qu'est-ce qui vous aide ?", None);
    check("Un mot ? à 20h", None, "Un mot ?", Some(later()));
    check("Un mot ? demain à 20h", None, "Un mot ?", Some(later().plus(TimeDelta::days(1))));
    check("12 Un mot? at 20:00", Some(12), "Un mot?", Some(later()));
    check("Je pense à vous", None, "Je pense à vous", None);
    check("« Un mot ? »", None, "Un mot ?", None);
    check("Deux\nlignes \u{202E}x", None, "Deux\nlignes x", None);
    check("12", Some(12), "", None);
    check("", None, "", None);
    assert!(write::parse(&Call::new(Command::Prompt, "Un mot ? 2026-11-02 à 6h"), NOW, Zone::PARIS).is_err());
}

#[test]
fn a_prompt_is_looked_at_in_private_first() {
    let facilitator = direct(Some(Role::Facilitator));
    let check = |scope: &Scope, about: Option<About>, rest: &str, expected: &str| {
        let args = write::parse(&Call::new(Command::Prompt, rest), NOW, Zone::PARIS).unwrap();
        let outcome = write::prompt(scope, about.as_ref(), &args, &mut context());
        assert_eq!(shown(&outcome), [expected], "{rest:?}");
        outcome.ok().and_then(|decision| text_of(&decision, "text"))
    };
    let plain = format!("me!: prompt-preview prompt-card prompt-card-text prompt-card-free {ASK}");
    assert_eq!(check(&facilitator, None, "Un mot ?", &plain), Some("Un mot ?".into()));
    assert_eq!(check(&facilitator, None, "3 choses ?", &plain), Some("3 choses ?".into()));
    let session = format!("me!: prompt-preview prompt-card-session prompt-card-text prompt-card-free {ASK}");
    assert_eq!(check(&facilitator, Some(about()), "12 Un mot ?", &session), Some("Un mot ?".into()));
    check(
        &facilitator,
        None,
        "Un mot ? à 20h",
        &format!("me!: prompt-preview-when prompt-card prompt-card-text prompt-card-free {}", ASK.replace("post", "schedule")),
    );
    check(&facilitator, None, "", "me: prompt-new prompt-ask prompt-form");
    check(&facilitator, Some(about()), "12", "me: prompt-new prompt-ask-session prompt-form");
    check(&facilitator, None, &"é".repeat(TEXT_CHARS_MAX + 1), "no: prompt-too-long");
    check(&direct(Some(Role::Member)), None, "Un mot ?", "no: not-allowed-facilitator");
    let paused = Scope { group: Some(Group { paused: true, ..group() }), ..direct(Some(Role::Facilitator)) };
    check(&paused, None, "Un mot ?", "no: prompt-paused");
}

#[test]
fn a_prompt_goes_out_now_or_waits_for_its_hour() {
    let post = |at| Action::Post { group: id(2), session: None, text: "Un mot ?".into(), at, at_start: false };
    let run = |scope: &Scope, action: &Action| write::answer(scope, &AnswerView::default(), action, &mut context());
    let facilitator = direct(Some(Role::Facilitator));
    let card = "group 2~: prompt-card prompt-card-text prompt-card-free";

    let now = run(&facilitator, &post(None));
    assert_eq!(shown(&now), [card, "me: prompt-posted"]);
    assert!(matches!(&kept(&now)[..], [Change::Add(prompt)] if prompt.state == State::Posted && prompt.text == "Un mot ?"));

    let waits = run(&facilitator, &post(Some(later())));
    assert_eq!(shown(&waits), ["me: prompt-scheduled (prompt-button-withdraw)"]);
    let [Change::Add(prompt)] = &kept(&waits)[..] else { panic!("one prompt") };
    let timers = waits.unwrap().timers;
    assert_eq!((timers[0].at, &timers[0].wake), (later(), &Wake::PromptDue(prompt.id)));

    // Answered after its hour, it goes out at once.
    assert_eq!(shown(&run(&facilitator, &post(Some(NOW))))[0], card);
    assert_eq!(shown(&run(&direct(Some(Role::Member)), &post(None))), ["no: not-allowed-facilitator"]);
}

fn waiting(state: State) -> Prompt {
    Prompt { id: id(30), group: id(2), session: None, by: id(5), text: "Un mot ?".into(), at: later(), at_start: false, state }
}

#[test]
fn a_waiting_prompt_is_posted_once_dropped_in_a_pause_or_withdrawn() {
    let due = |state, paused| {
        let view = DueView { prompt: waiting(state), paused, about: Some(about()), author: Some(id(5)), stale: false };
        Ok(write::on_wake(&view))
    };
    assert_eq!(shown(&due(State::Waiting, false)), ["group 2~: prompt-card-session prompt-card-text prompt-card-free"]);
    assert_eq!(kept(&due(State::Waiting, false)), [Change::Set(id(30), State::Posted)]);
    assert_eq!(shown(&due(State::Waiting, true)), ["person 5~: prompt-not-posted prompt-not-posted-paused"]);
    assert_eq!(kept(&due(State::Waiting, true)), [Change::Set(id(30), State::Dropped)]);
    for state in [State::Posted, State::Dropped] {
        assert_eq!(due(state, false), Ok(decision::Decision::nothing()));
    }

    let withdraw = |prompt| {
        let action = Action::Withdraw { group: id(2), prompt: id(30) };
        write::answer(&direct(Some(Role::Facilitator)), &AnswerView { prompt, ..AnswerView::default() }, &action, &mut context())
    };
    assert_eq!(kept(&withdraw(Some(waiting(State::Waiting)))), [Change::Set(id(30), State::Dropped)]);
    assert_eq!(shown(&withdraw(Some(waiting(State::Posted)))), ["no: prompt-gone-out"]);
}

#[test]
fn the_empty_arguments_are_those_of_a_bare_command() {
    assert_eq!(write::parse(&Call::new(Command::Prompt, ""), NOW, Zone::PARIS), Ok(PromptArgs::default()));
}

#[test]
fn a_prompt_for_the_start_of_a_session_waits_for_it() {
    let args = |rest: &str| write::parse(&Call::new(Command::Prompt, rest), NOW, Zone::PARIS).unwrap();
    let at_start = args("12 Un mot ? au début");
    assert_eq!((at_start.number, at_start.text.as_str(), at_start.at_start), (Some(12), "Un mot ?", true));
    assert_eq!(at_start.with_number, "12 Un mot ? au début");
    assert!(args("12 A word? at the start").at_start);
    assert!(!args("Un mot au début").at_start, "there is no session that starts");
    assert_eq!(args("12 au début").text, "");
    let facilitator = direct(Some(Role::Facilitator));
    let empty = shown(&write::prompt(&facilitator, Some(&about()), &args("12 au début"), &mut context()));
    assert_eq!(empty, ["no: prompt-start-empty prompt-start-how"], "that it is for the start is not lost without a word");
    let shown_first = shown(&write::prompt(&facilitator, Some(&about()), &at_start, &mut context()));
    let buttons = ASK.replace("post", "schedule");
    assert_eq!(shown_first, [format!("me!: prompt-preview-start prompt-card-session prompt-card-text prompt-card-free {buttons}")]);
    let action = Action::Post { group: id(2), session: Some(12), text: "Un mot ?".into(), at: None, at_start: true };
    let view = AnswerView { about: Some(about()), ..AnswerView::default() };
    let waits = write::answer(&facilitator, &view, &action, &mut context());
    assert!(
        matches!(&kept(&waits)[..], [Change::Add(prompt)] if prompt.at_start && prompt.state == State::Waiting && prompt.at == later())
    );
    assert!(waits.unwrap().timers.is_empty(), "the session's own start brings it");
    assert_eq!(shown(&write::answer(&facilitator, &AnswerView::default(), &action, &mut context())), ["no: prompt-session-over"]);
}

#[test]
fn ready_rounds_have_the_words_of_the_catalogues() {
    let facilitator = direct(Some(Role::Facilitator));
    for (typed, words) in [("12 ouverture", "prompt-ready-opening"), ("12 Clôture", "prompt-ready-closing")] {
        let args = write::parse(&Call::new(Command::Prompt, typed), NOW, Zone::PARIS).unwrap();
        let seen = shown(&write::prompt(&facilitator, Some(&about()), &args, &mut context()));
        assert_eq!(seen, [format!("me!: prompt-preview prompt-card-session {words} prompt-card-free {ASK}")], "{typed}");
    }
    let due = DueView {
        prompt: Prompt { text: ":opening:".into(), ..waiting(State::Waiting) },
        paused: false,
        about: None,
        author: None,
        stale: false,
    };
    assert_eq!(shown(&Ok(write::on_wake(&due))), ["group 2~: prompt-card prompt-ready-opening prompt-card-free"]);
}

#[test]
fn what_makes_no_sense_any_more_is_dropped_and_its_author_told() {
    let view = DueView { prompt: waiting(State::Waiting), paused: false, about: Some(about()), author: Some(id(5)), stale: true };
    let dropped = Ok(write::on_wake(&view));
    assert_eq!(kept(&dropped), [Change::Set(id(30), State::Dropped)]);
    assert_eq!(shown(&dropped), ["person 5~: prompt-not-posted prompt-not-posted-late"]);
}
