//! The code's tries as a table, the gate before what is one's own, and what `/discreet` may without it.

use chrono::TimeDelta;

use super::{
    Digits, Discreet, asks_code, gate,
    lock::{Lock, Now},
    mode,
};
use crate::domain::{
    command::{Command, TABLE},
    decision::{Act, Change, Context, Decision},
    hear::Call,
    ids::IdSource,
    people::{self, AccountSetting},
    question,
    scope::{Role, Scope},
    testing::{direct, scope, shown},
    time::Timestamp,
};

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_micros(1_796_144_400_000_000).plus(TimeDelta::minutes(minutes))
}

fn context(minutes: i64) -> Context {
    Context { now: at(minutes), ids: IdSource::new([1; 32], at(minutes)) }
}

/// Nadia on a shared phone with this lock.
fn locked(scope: Scope, lock: Option<Lock>) -> Scope {
    let mut scope = scope;
    scope.account.discreet = Discreet { on: true, lock };
    scope
}

fn call(command: Command, rest: &str) -> Call {
    Call::new(command, rest)
}

#[test]
fn four_digits_of_any_script_are_a_code_and_nothing_else_is() {
    for (typed, expected) in [
        ("1234", Some("1234")),
        (" 0 0 1 2 ", Some("0012")),
        ("12-34", Some("1234")),
        ("１２３４", Some("1234")),
        ("١٢٣٤", Some("1234")),
        ("123", None),
        ("12345", None),
        ("12a4", None),
        ("-12.3", None),
        ("", None),
        ("😊😊😊😊", None),
    ] {
        assert_eq!(Digits::read(typed).as_ref().map(Digits::as_str), expected, "{typed:?}");
    }
    assert_eq!(format!("{:?}", Digits::read("4711")), "Some(Digits(····))", "a code is in no log");
}

#[test]
fn five_wrong_tries_bring_a_wait_that_grows_and_ends() {
    let mut lock = Lock::default();
    let mut minute = 0;
    let mut waits = Vec::new();
    for n in 1..=15 {
        assert_eq!(lock.at(at(minute)), Now::Asks(5 - (n - 1) % 5), "try {n}");
        lock = lock.after(false, at(minute));
        if let Now::Waits(until) = lock.at(at(minute)) {
            waits.push(until.since(at(minute)).num_minutes());
            minute += waits[waits.len() - 1];
        }
    }
    assert_eq!(waits, [15, 60, 1440]);
    assert_eq!(lock.at(at(minute - 1)), Now::Waits(at(minute)));
    assert_eq!(lock.at(at(minute)), Now::Asks(5), "after a day all tries are back");
    lock = lock.after(false, at(minute));
    assert_eq!(lock.at(at(minute)), Now::Asks(4));
}

#[test]
fn wrong_tries_are_forgotten_after_a_day_and_after_a_right_one() {
    let mut lock = Lock::default();
    for minute in 0..4 {
        lock = lock.after(false, at(minute));
    }
    assert_eq!(lock.at(at(4)), Now::Asks(1));
    assert_eq!(lock.at(at(3 + 24 * 60)), Now::Asks(5));
    let open = lock.after(true, at(5));
    assert_eq!((open.at(at(9)), open.at(at(10))), (Now::Open, Now::Asks(5)), "open for five minutes");
}

#[test]
fn nobody_gets_many_tries_in_a_day_however_patient() {
    let (mut lock, mut tries) = (Lock::default(), 0);
    for minute in 0..24 * 60 * 30 {
        while matches!(lock.at(at(minute)), Now::Asks(_)) {
            lock = lock.after(false, at(minute));
            tries += 1;
        }
    }
    assert!(tries <= 30 * 15, "{tries} in thirty days");
}

#[test]
fn a_right_code_keeps_one_that_was_said_to_be_forgotten_and_a_wrong_one_does_not() {
    let lock = Lock { goes_at: Some(at(600)), ..Lock::default() };
    assert_eq!(lock.after(false, at(0)).goes_at, Some(at(600)));
    assert_eq!(lock.after(true, at(0)).goes_at, None);
    let scope = locked(direct(None), Some(lock));
    let account = scope.account.id;
    let goes = |lock: &Lock, minutes| shown(&Ok(gate::goes(lock, account, &context(minutes))));
    assert_eq!(goes(&Lock { goes_at: Some(at(600)), ..Lock::default() }, 599), Vec::<String>::new());
    assert_eq!(goes(&Lock::default(), 600), Vec::<String>::new());
    assert_eq!(goes(&Lock { goes_at: Some(at(600)), ..Lock::default() }, 600), ["account 3~: discreet-code-gone discreet-code-gone-what"]);
}

#[test]
fn the_code_stands_before_what_is_ones_own_and_never_before_help() {
    let scope = locked(direct(Some(Role::Member)), Some(Lock::default()));
    let stopped: Vec<&str> = TABLE
        .iter()
        .filter(|spec| gate::stop(&scope, &call(spec.command, ""), &context(0)).is_some())
        .map(|spec| spec.command.name())
        .collect();
    assert_eq!(stopped, ["mymonth", "statement", "link", "mydata", "erase"]);
    for command in [Command::Sos, Command::Talk, Command::Menu, Command::Checkin] {
        assert!(!asks_code(&call(command, "1 mal")), "{command:?}");
    }
    for (rest, asked) in [
        ("", false),
        ("on", false),
        ("oublié", false),
        ("code oublié", false),
        ("off", true),
        ("code", true),
        ("code 1234", true),
        ("code off", true),
    ] {
        assert_eq!(asks_code(&call(Command::Discreet, rest)), asked, "{rest:?}");
    }
}

#[test]
fn without_the_mode_without_a_code_or_while_open_nothing_is_asked() {
    let open = Lock { open_until: Some(at(5)), ..Lock::default() };
    let mut off = locked(direct(None), Some(Lock::default()));
    off.account.discreet.on = false;
    for scope in [off, locked(direct(None), None), locked(direct(None), Some(open))] {
        assert_eq!(gate::stop(&scope, &call(Command::MyMonth, ""), &context(0)), None);
    }
}

/// The question that a call brings, the text that is awaited then, and what typing `typed` makes of it.
fn typed_after(scope: &Scope, asked: &Call, typed: &str) -> Option<gate::Try> {
    let stopped = gate::stop(scope, asked, &context(0)).expect("it is asked");
    let awaited = stopped.changes.iter().find_map(|change| match change {
        Change::Question(question::Change::Await { command, rest, .. }) => Some((*command, rest.clone())),
        _ => None,
    });
    let (command, rest) = awaited.expect("a text is awaited");
    gate::read(&call(command, &format!("{rest}{typed}")), &locked(direct(None), Some(Lock::default())))
}

#[test]
fn what_was_asked_goes_on_with_a_right_code_as_it_was_typed() {
    let scope = locked(scope(Some(Role::Member)), Some(Lock::default()));
    for (command, rest) in
        [(Command::MyMonth, ""), (Command::Statement, "csv"), (Command::Discreet, "code 1234 1234"), (Command::Discreet, "off")]
    {
        let tried = typed_after(&scope, &call(command, rest), "4711").unwrap();
        assert_eq!((tried.opens.command, tried.opens.rest.as_str()), (command, rest));
        assert_eq!(tried.digits, Digits::read("4711"));
    }
    assert_eq!(typed_after(&scope, &call(Command::MyMonth, ""), "bonjour").unwrap().digits, None);
    let in_the_group = gate::read(&call(Command::Discreet, "tries mymonth \u{1F}4711"), &scope);
    assert_eq!(in_the_group, None, "a code is never tried in a group room");
    assert_eq!(gate::read(&call(Command::Discreet, "code 4711"), &direct(None)), None);
}

fn lock_of(decision: &Decision) -> Option<&Lock> {
    decision.changes.iter().find_map(|change| match change {
        Change::People(people::Change::Account(_, AccountSetting::Lock(lock))) => Some(lock),
        _ => None,
    })
}

#[test]
fn a_try_is_counted_with_its_answer_and_its_message_is_deleted() {
    let scope = locked(direct(None), Some(Lock { wrong: 3, last_wrong: Some(at(-1)), ..Lock::default() }));
    let tried = typed_after(&scope, &call(Command::MyMonth, ""), "4711").unwrap();
    let (wrong, open) = gate::tried(&scope, &tried, false, &context(0));
    assert!(!open && wrong.acts.contains(&Act::DeleteTyped));
    assert_eq!(lock_of(&wrong).unwrap().wrong, 4);
    assert_eq!(shown(&Ok(wrong))[0], "me!: discreet-code-wrong discreet-code-left discreet-code-how (discreet-button-forgotten)");
    let (right, open) = gate::tried(&scope, &tried, true, &context(0));
    assert!(open && right.acts == [Act::DeleteTyped]);
    assert_eq!(lock_of(&right).unwrap().wrong, 0);
    let nonsense = gate::Try { digits: None, ..tried.clone() };
    let (asked, open) = gate::tried(&scope, &nonsense, false, &context(0));
    assert!(!open && lock_of(&asked).is_none(), "what can be no code is no try");
    let waiting = locked(direct(None), Some(Lock { wrong: 5, last_wrong: Some(at(-1)), waits_until: Some(at(14)), ..Lock::default() }));
    let (waits, open) = gate::tried(&waiting, &tried, true, &context(0));
    assert!(!open && lock_of(&waits).is_none(), "while one must wait, not even the right one opens");
    assert_eq!(shown(&Ok(waits))[0], "me!: discreet-code-waits discreet-code-waits-until (discreet-button-forgotten)");
}

#[test]
fn a_code_is_typed_twice_the_same_in_private() {
    let check = |scope: &Scope, rest: &str, expected: &[&str]| {
        assert_eq!(shown(&mode::discreet(scope, &call(Command::Discreet, rest), &mut context(0))), expected, "{rest:?}");
    };
    let on = locked(direct(None), None);
    check(&on, "code", &["me!: discreet-code-choose discreet-code-easy discreet-code-cancel"]);
    check(&on, "code 4711", &["me!: discreet-code-again discreet-code-cancel", "delete"]);
    check(&on, "code 4711 4712", &["me!: discreet-code-differs discreet-code-from-start discreet-code-cancel", "delete"]);
    check(&on, "code 47", &["me!: discreet-code-four discreet-code-from-start discreet-code-cancel", "delete"]);
    check(&on, "code 4711 4711", &["me: discreet-code-set discreet-code-when discreet-code-lost", "delete"]);
    check(&locked(scope(None), None), "code 4711", &["me: discreet-code-here (discreet-button-code)", "delete"]);
    check(&locked(scope(None), None), "code", &["me!: discreet-code-choose discreet-code-easy discreet-code-cancel"]);
    check(&on, "bof", &["me: discreet-unclear discreet-form (discreet-button-code)(discreet-button-off)"]);
}
