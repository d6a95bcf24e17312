//! Kills the running program (SIGKILL) while what came due in its absence is being done: a deadline, a reminder, a start and an end.
//!
//! The program has no clock but the machine's, so time passes in its database while it is down: every instant of a session
//! is moved back. In the end each was told once (or what was on its way when it died, again), and each thing was done once.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    path::Path,
    thread,
    time::{Duration, SystemTime},
};

use entraide::domain::time::{Timestamp, Zone};
use support::{
    bot_api::{BotApi, UserId},
    circle::Circle,
    gifts::{Dice, plain},
    program::Program,
};

/// How long everything that is owed may take to arrive.
const SETTLING: Duration = Duration::from_secs(120);
/// First lines of what is said.
const OFFER: &str = "Une place s'est libérée";
const LAPSED: &str = "Un mot sur votre attente";
const ASKED: &str = "Qui est venu ?";
/// How often it is killed each time.
const KILLS: usize = 6;

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap()
}

fn minutes(n: i64) -> i64 {
    n * 60_000_000
}

fn now() -> i64 {
    micros(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap())
}

fn database(folder: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.join("data.db")).unwrap()
}

fn number(folder: &Path, sql: &str) -> i64 {
    database(folder).query_row(sql, [], |row| row.get(0)).unwrap()
}

/// While the program is down, time passes until so many minutes before the session starts.
fn passes_until(folder: &Path, minutes_before: i64) {
    let database = database(folder);
    let starts: i64 = database.query_row("SELECT starts_at FROM session", [], |row| row.get(0)).unwrap();
    let span = starts - (now() + minutes(minutes_before));
    let wall = Timestamp::from_micros(starts - span).wall(Zone::PARIS).format("%Y-%m-%dT%H:%M:%S").to_string();
    database
        .execute(
            "UPDATE session SET starts_at = starts_at - ?1, free_cancel_until = free_cancel_until - ?1, created_at = created_at - ?1, wall = ?2",
            (span, wall),
        )
        .unwrap();
    database.execute("UPDATE booking SET since = since - ?1, offer_until = offer_until - ?1", [span]).unwrap();
    database.execute("UPDATE timer SET due_at = due_at - ?1", [span]).unwrap();
}

/// It is started and killed again and again while it catches up, and left in peace in the end.
fn catches_up(api: &BotApi, folder: &Path, dice: &mut Dice) -> Program {
    for _ in 0..KILLS {
        let mut program = Program::start(api, folder);
        thread::sleep(dice.millis(20, 500));
        program.assert_running();
        program.kill();
    }
    let mut program = Program::start(api, folder);
    program.wait_until_polling(api, Duration::from_secs(20));
    api.wait_quiet(Duration::from_secs(2), SETTLING);
    program
}

/// How many of the bot's private messages to somebody have these words.
fn heard(api: &BotApi, user: UserId, words: &str) -> usize {
    api.bot_texts(user, user).into_iter().filter(|text| plain(text).contains(words)).count()
}

#[test]
fn what_came_due_while_it_was_down_is_told_once_however_often_it_is_killed() {
    let mut dice = Dice::thrown();
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let folder = folder.path();
    let mut program = Program::start(&api, folder);
    program.wait_until_polling(&api, Duration::from_secs(20));
    let circle = Circle::found(&api, 4);
    let nadia = circle.coordinator;
    let [awa, sam, lou, eva] = [0, 1, 2, 3].map(|n| circle.members[n].1);
    // Whatever hour of the day this runs at.
    for user in [nadia, awa, sam, lou, eva] {
        api.writes(user, user, "/reglages rappels calme jamais");
        api.wait_for_text(user, user, "Pas d'heures calmes");
    }
    let day = Timestamp::from_micros(now() + minutes(3 * 24 * 60)).wall(Zone::PARIS).format("%Y-%m-%d");
    api.writes(nadia, nadia, format!("/seance \"Cercle\" {day} 12h 90min 2 places prix 2"));
    api.wait_for_text(nadia, nadia, "publié dans le groupe");
    for (user, typed, answer) in [
        (awa, "/reserver 1", "Votre place est réservée"),
        (eva, "/reserver 1", "Votre place est réservée"),
        (sam, "/reserver 1 attendre", "si une place se libère"),
        (lou, "/reserver 1 attendre", "si une place se libère"),
        (awa, "/annuler 1", "Votre place est rendue"),
    ] {
        api.writes(user, user, typed);
        api.wait_for_text(user, user, answer);
    }
    api.wait_for_text(sam, sam, OFFER);
    program.kill();

    // Down over the deadline of the offer and over both reminders, the last one twenty minutes ago.
    passes_until(folder, 40);
    program = catches_up(&api, folder, &mut dice);
    let once = |what: &str, heard: usize| assert!((1..=1 + KILLS).contains(&heard), "{what}: {heard}\n{}", api.transcript());
    once("the offer passed", heard(&api, sam, LAPSED));
    once("the next has it", heard(&api, lou, OFFER));
    for (who, user) in [("who has a seat", eva), ("the host", nadia)] {
        once(who, heard(&api, user, "Un rappel."));
        assert_eq!(heard(&api, user, "Un rappel."), heard(&api, user, "Ce rappel arrive en retard"), "it says so");
    }
    for user in [awa, sam, lou] {
        assert_eq!(heard(&api, user, "Un rappel."), 0, "nobody without a seat is reminded");
    }
    assert_eq!(number(folder, "SELECT COUNT(*) FROM booking WHERE state = 2"), 1, "one seat, one offer");
    assert_eq!(number(folder, "SELECT COUNT(*) FROM reminded"), 1, "the one of the day helped nobody any more");
    let reminders = [eva, nadia].map(|user| heard(&api, user, "Un rappel."));
    program.kill();

    // Down over the start and the end.
    passes_until(folder, -100);
    program = catches_up(&api, folder, &mut dice);
    once("who came is asked", heard(&api, nadia, ASKED));
    assert_eq!([eva, nadia].map(|user| heard(&api, user, "Un rappel.")), reminders, "no reminder of what has begun");
    assert_eq!(number(folder, "SELECT COUNT(*) FROM booking WHERE state IN (1, 2)"), 0, "the waiting list is closed");

    // Nothing is left to be said.
    let all = || [nadia, awa, sam, lou, eva].map(|user| api.bot_texts(user, user).len());
    let before = all();
    assert!(program.stop(Duration::from_secs(20)).success(), "{}", program.log());
    program = Program::start(&api, folder);
    program.wait_until_polling(&api, Duration::from_secs(20));
    api.wait_quiet(Duration::from_secs(2), SETTLING);
    assert_eq!(all(), before);
    api.writes(nadia, nadia, "/presence 1 tous");
    api.wait_for_text(nadia, nadia, "Absences");
    assert!(program.stop(Duration::from_secs(20)).success(), "{}", program.log());
    let (sound, said) = Program::says(folder, &["verify"]);
    assert!(sound, "{said}");
}
