//! What becomes of a report, step by step, and who hears what.

use super::*;
use crate::domain::{
    command::Command,
    decision::{Change as AnyChange, Context},
    safety::Change as SafetyChange,
    scope::Role,
    testing::{NOW, context, direct, id, shown, text_of},
};

const OTHERS: [Staff; 2] = [
    Staff { id: PersonId(uuid::Uuid::from_u128(7)), coordinator: true },
    Staff { id: PersonId(uuid::Uuid::from_u128(8)), coordinator: false },
];

fn told_by(account: u128) -> Report {
    Report {
        id: id(40),
        community: id(1),
        group: id(2),
        number: 3,
        reporter: Some(id(account)),
        reporter_name: Some("Fleur".into()),
        shown: false,
        case: Case {
            quoted: Some("Tais-toi".into()),
            author: Some("Sam".into()),
            words: vec!["Il m'insulte".into()],
            about: vec![id(6)],
            reminded: false,
        },
        state: State::Open,
        opened: NOW,
        at: NOW,
        closed: None,
    }
}

fn view(found: Option<Report>, staff: &[Staff]) -> ReportView {
    ReportView { staff: staff.to_vec(), next_number: 3, found, ..ReportView::default() }
}

/// What the person of the scope (5, account 3) does with a report.
fn done(found: &Report, staff: &[Staff], verb: &str) -> (Vec<String>, Option<Report>) {
    let args = parse(&Call::new(Command::Report, &format!("{} {verb}", crate::domain::safety::token(found.id.0))));
    let outcome = report(&direct(Some(Role::Facilitator)), &view(Some(found.clone()), staff), args, &mut context());
    let put = outcome.as_ref().ok().and_then(|decision| {
        decision.changes.iter().find_map(|change| match change {
            AnyChange::Safety(SafetyChange::Report(Change::Put(report) | Change::Add(report))) => Some(report.as_ref().clone()),
            _ => None,
        })
    });
    (shown(&outcome), put)
}

fn me() -> Vec<Staff> {
    OTHERS.into_iter().chain([Staff { id: id(5), coordinator: false }]).collect()
}

#[test]
fn what_is_typed_is_read() {
    let call = |rest: &str, reply: Option<&str>, text: Option<&str>| Call {
        reply_to: reply.map(Named::bare),
        replied: text.map(str::to_owned),
        ..Call::new(Command::Report, rest)
    };
    assert_eq!(parse(&call("", None, None)), ReportArgs::Bare);
    assert_eq!(parse(&call("liste", None, None)), ReportArgs::List);
    let told = Told { words: Some("liste noire".into()), ..Told::default() };
    assert_eq!(parse(&call("liste noire", None, None)), ReportArgs::Tell(told));
    let told = Told { quoted: Some("Tais-toi".into()), author: Some(Named::bare("Sam")), ..Told::default() };
    assert_eq!(parse(&call("", Some("Sam"), Some(" Tais-toi "))), ReportArgs::Tell(told));
    let ReportArgs::Tell(told) = parse(&call("@Nadia et @Sam crient", None, None)) else { panic!("told") };
    assert_eq!(told.named.iter().map(|named| named.typed.as_str()).collect::<Vec<_>>(), ["Nadia", "Sam"]);
    let ReportArgs::Tell(told) = parse(&call(&"é".repeat(3000), None, None)) else { panic!("told") };
    assert_eq!(told.words.unwrap().chars().count(), WORDS_CHARS_MAX);
    let token = crate::domain::safety::token(uuid::Uuid::from_u128(40));
    assert_eq!(parse(&call(&format!("{token} add  encore un mot"), None, None)), ReportArgs::Add(id(40), "encore un mot".into()));
    assert_eq!(parse(&call(&format!("{token} nuage"), None, None)), ReportArgs::About(id(40), Verb::Read));
}

#[test]
fn it_goes_to_everybody_of_staff_whom_it_does_not_concern_without_its_words() {
    let args = ReportArgs::Tell(Told { words: Some("Il m'insulte".into()), ..Told::default() });
    let outcome = report(&direct(None), &view(None, &OTHERS), args.clone(), &mut context());
    assert_eq!(
        shown(&outcome),
        [
            "me!: safety-report-told safety-report-told-to safety-report-promise safety-report-now \
             (safety-button-more)(safety-button-show)(safety-button-withdraw)",
            "person 7~: safety-report-staff-news safety-report-staff-waits (safety-button-read)",
            "person 8~: safety-report-staff-news safety-report-staff-waits (safety-button-read)",
        ]
    );
    let decision = outcome.unwrap();
    assert_eq!(text_of(&decision, "text"), None, "nothing of what was written is said");
    assert_eq!(decision.timers.len(), 1);
    let many = ReportView { sent: DAY_MAX, ..view(None, &OTHERS) };
    assert_eq!(
        shown(&report(&direct(None), &many, args, &mut context())),
        ["no: safety-report-many safety-report-many-line safety-report-lines"]
    );
}

#[test]
fn where_nobody_of_staff_can_be_told_it_says_so_keeps_nothing_and_shows_other_doors() {
    let mut scope = direct(None);
    scope.community.as_mut().unwrap().contact = Some("01 02".into());
    let args = ReportArgs::Tell(Told { words: Some("Nadia m'insulte".into()), ..Told::default() });
    let outcome = report(&scope, &view(None, &[]), args, &mut context());
    let lines =
        "me!: safety-report-nobody safety-report-nobody-line safety-report-contact safety-report-lines (care-session-full-button-talk)";
    assert_eq!(shown(&outcome), [lines]);
    let decision = outcome.unwrap();
    assert!(decision.changes.is_empty() && decision.timers.is_empty());
}

#[test]
fn one_takes_it_the_others_and_who_told_it_hear_of_it() {
    let (said, put) = done(&told_by(9), &me(), "take");
    assert_eq!(
        said,
        [
            "me: safety-report-title safety-report-head safety-report-from-somebody safety-report-author safety-report-quoted \
             safety-report-words (safety-button-close)(safety-button-back)",
            "person 7~: safety-report-staff-news safety-report-staff-taken",
            "person 8~: safety-report-staff-news safety-report-staff-taken",
            "account 9~: safety-report-news safety-report-now-taken",
        ]
    );
    assert_eq!(put.unwrap().state, State::Taken(id(5)));
    let taken = Report { state: State::Taken(id(8)), ..told_by(9) };
    assert_eq!(done(&taken, &me(), "take").0, ["no: safety-report-is-taken"]);
    assert_eq!(done(&taken, &me(), "close").1, None, "only who took it closes it");
    assert_eq!(done(&taken, &me(), "back").1, None, "only who took it, or a coordinator, hands it back");
    let left = Report { state: State::Taken(id(99)), ..told_by(9) };
    assert_eq!(done(&left, &me(), "take").1.unwrap().state, State::Taken(id(5)), "who took it is no more of staff");
}

#[test]
fn it_is_handed_back_closed_and_opened_again() {
    let mine = Report { state: State::Taken(id(5)), ..told_by(9) };
    let (said, put) = done(&mine, &me(), "back");
    assert_eq!(said.last().unwrap(), "account 9~: safety-report-news safety-report-now-back");
    assert!(said.contains(&"person 7~: safety-report-staff-news safety-report-staff-waits (safety-button-read)".to_owned()));
    assert_eq!(put.unwrap().state, State::Open);
    let (said, put) = done(&mine, &me(), "close");
    assert_eq!(said[0], "me: safety-done safety-report-staff-closed safety-report-kept (safety-button-reopen)");
    assert_eq!(said.last().unwrap(), "account 9~: safety-report-news safety-report-now-closed");
    let closed = put.unwrap();
    assert_eq!((closed.state, closed.closed), (State::Closed, Some(NOW)));
    assert_eq!(done(&closed, &me(), "take").1, None);
    let (said, put) = done(&closed, &me(), "reopen");
    assert_eq!(said.last().unwrap(), "account 9~: safety-report-news safety-report-now-reopened");
    assert_eq!((put.as_ref().unwrap().state, put.unwrap().closed), (State::Open, None));
    let erased = Report { reporter: None, reporter_name: None, ..mine };
    assert!(done(&erased, &me(), "close").0.iter().all(|line| !line.starts_with("account")), "who is erased is not told");
}

#[test]
fn who_may_not_see_it_gets_the_word_for_an_old_button() {
    for verb in ["", "take", "back", "close", "reopen", "withdraw", "show", "more", "add x"] {
        assert_eq!(done(&told_by(9), &OTHERS, verb), (vec!["no: button-expired".to_owned()], None), "{verb}");
    }
}

#[test]
fn who_told_it_adds_words_shows_the_name_and_takes_it_back() {
    let own = told_by(3);
    let (said, put) = done(&own, &OTHERS, "add et encore");
    assert_eq!(said[1], "person 7~: safety-report-staff-news safety-report-staff-added (safety-button-read)");
    assert_eq!(put.unwrap().case.words, ["Il m'insulte", "et encore"]);
    let taken = Report { state: State::Taken(id(8)), ..own.clone() };
    assert_eq!(done(&taken, &OTHERS, "add x").0.len(), 2, "who sees to it is told alone");
    assert_eq!(done(&own, &OTHERS, "add").0, ["me: safety-report-ask safety-report-more"]);
    assert!(done(&own, &OTHERS, "show").1.unwrap().shown);
    let (said, put) = done(&own, &OTHERS, "withdraw");
    assert_eq!(said[0], "me: safety-done safety-report-withdrawn");
    let gone = put.unwrap();
    assert_eq!((gone.state, gone.case.words.len(), gone.case.quoted.clone()), (State::Withdrawn, 0, None));
    assert_eq!(done(&gone, &OTHERS, "more").0, ["no: button-expired"]);
    let staff = Report { reporter: Some(id(9)), ..gone };
    assert_eq!(done(&staff, &me(), "").0, ["no: safety-report-is-withdrawn"]);
}

#[test]
fn after_a_day_coordinators_are_reminded_and_who_told_it_hears_the_truth() {
    let wake = |state, staff: &[Staff], hours: i64| {
        let report = Report { state, ..told_by(9) };
        let view = ReportWakeView { report, staff: staff.to_vec(), contact: None, country: None };
        let ctx = Context { now: NOW.plus(chrono::TimeDelta::hours(hours)), ..context() };
        shown(&Ok(on_wake(&view, &ctx)))
    };
    let waits = "safety-report-staff-news safety-report-staff-waits safety-report-staff-since (safety-button-read)";
    let told = "account 9~: safety-report-news safety-report-still-waits safety-report-lines";
    assert_eq!(wake(State::Open, &OTHERS, 24), [format!("person 7~: {waits}"), told.to_owned()]);
    assert_eq!(wake(State::Open, &OTHERS[1..], 24), [format!("person 8~: {waits}"), told.to_owned()]);
    assert_eq!(wake(State::Open, &[], 24), ["account 9~: safety-report-news safety-report-nobody-left safety-report-lines"]);
    let reminded = Report { case: Case { reminded: true, ..told_by(9).case }, ..told_by(9) };
    let view = ReportWakeView { report: reminded, staff: OTHERS.to_vec(), contact: None, country: None };
    let later = Context { now: NOW.plus(chrono::TimeDelta::hours(30)), ..context() };
    assert_eq!(on_wake(&view, &later), crate::domain::decision::Decision::nothing(), "once");
    for (state, hours) in [(State::Open, 23), (State::Taken(id(7)), 24), (State::Closed, 24), (State::Withdrawn, 24)] {
        assert_eq!(wake(state, &OTHERS, hours), Vec::<String>::new(), "{state:?}");
    }
}
