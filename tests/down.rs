//! The program is down over a reminder, a deadline, a start and what follows; it is opened again on the same files hours later.
//! What is owed then is said once, late reminders say so, and what helps nobody any more is not said.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;

use std::path::Path;

use desk::{NOON, content, handle, said, said_in_group};
use entraide::{
    app::{
        engine::Engine,
        report::{Fate, Report},
    },
    domain::{
        event::Event,
        time::{Timestamp, Zone},
    },
    platform::Receipt,
    store::outbox::{Ready, Receiver},
};

/// The session of these tests: Wednesday 30 September 2026 at 18:00 in Paris, nine days after [`NOON`].
const START: &str = "2026-09-30T18:00:00";

fn paris(wall: &str) -> Timestamp {
    Zone::PARIS.instant_or_later(wall.parse().unwrap())
}

/// Everything arrives at once: what comes again after a restart was owed again.
async fn arrives(engine: &mut Engine, owed: Vec<Ready>) {
    let fate = || Fate::Delivered(Receipt::default());
    let reports: Vec<Report> = owed.into_iter().map(|ready| Report { ready, fate: fate() }).collect();
    engine.handle_reports(&reports).await.unwrap();
}

async fn does(engine: &mut Engine, key: &str, name: &str, text: &str) {
    let owed = handle(engine, vec![said(key, name, text)]).await;
    arrives(engine, owed).await;
}

/// Nadia holds a session with one seat at two credits; Awa has it, Sam and Lou wait, in this order.
async fn waiting_list(folder: &Path) -> Engine {
    let mut engine = desk::engine(folder).await;
    desk::found(&mut engine, "Nadia", &["Awa", "Sam", "Lou"]).await;
    let opened = handle(&mut engine, vec![said_in_group("open", "Nadia", "/seance \"Cercle\" 2026-09-30 18h 1 place prix 2")]).await;
    arrives(&mut engine, opened).await;
    does(&mut engine, "book", "Awa", "/reserver 1").await;
    does(&mut engine, "wait", "Sam", "/reserver 1 attendre").await;
    does(&mut engine, "wait too", "Lou", "/reserver 1 attendre").await;
    // Whatever the setting up still owes has nothing to do with it.
    let owed = engine.start().await.unwrap().owed;
    arrives(&mut engine, owed).await;
    engine
}

/// The program is up again at `wall`: what it says of what came due meanwhile, to whom, each by its first line and whether it
/// says that it is late. Everything arrives.
async fn up_again(folder: &Path, wall: &str) -> (Engine, Vec<String>) {
    let (mut engine, still) = desk::open(folder, paris(wall), false).await;
    assert!(still.owed.is_empty(), "everything arrived before");
    while engine.next_due().is_some_and(|due| due <= paris(wall)) {
        engine.handle_due().await.unwrap();
    }
    // As it stands in the database: of a card that changed twice the newest version.
    let owed = engine.start().await.unwrap().owed;
    let mut said = Vec::new();
    for ready in &owed {
        let Some(content) = content(ready) else { continue };
        let who = match ready.owed.to {
            Receiver::Room(_) => "group".to_owned(),
            Receiver::Person(person) => engine.store().person(person).await.unwrap().unwrap().alias,
            Receiver::Account(_) => "somebody".to_owned(),
        };
        let late = if content.lines.iter().any(|line| line.id == "remind-late") { ", late" } else { "" };
        let what = content.lines.iter().map(|line| line.id.as_ref()).find(|id| !matches!(*id, "session-card-title" | "session-card-when"));
        said.push(format!("{who}: {}{late}", what.unwrap_or_default()));
    }
    said.sort();
    arrives(&mut engine, owed).await;
    (engine, said)
}

/// Up at `wall` it says this; down and up once more it says nothing again.
async fn check(folder: &Path, wall: &str, expected: &[&str]) {
    let (engine, said) = up_again(folder, wall).await;
    assert_eq!(said, expected, "at {wall}");
    drop(engine);
    let (engine, again) = up_again(folder, wall).await;
    assert_eq!(again, Vec::<String>::new(), "at {wall}, once more");
    drop(engine);
}

#[tokio::test]
async fn a_reminder_that_came_due_meanwhile_is_late_and_says_so_once() {
    let folder = tempfile::tempdir().unwrap();
    drop(waiting_list(folder.path()).await);
    check(folder.path(), "2026-09-29T17:59:00", &[]).await;
    check(folder.path(), "2026-09-29T20:30:00", &["Awa: session-reminder, late", "Nadia: session-reminder, late"]).await;
    check(folder.path(), "2026-09-30T17:20:00", &["Awa: session-reminder, late", "Nadia: session-reminder, late"]).await;
}

#[tokio::test]
async fn of_two_reminders_that_came_due_meanwhile_the_last_one_speaks() {
    let folder = tempfile::tempdir().unwrap();
    drop(waiting_list(folder.path()).await);
    check(folder.path(), "2026-09-30T17:05:00", &["Awa: session-reminder", "Nadia: session-reminder"]).await;
}

#[tokio::test]
async fn an_offers_deadline_that_passed_meanwhile_passes_the_seat_on_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = waiting_list(folder.path()).await;
    does(&mut engine, "gives back", "Awa", "/annuler 1").await;
    drop(engine);
    let late = NOON.plus(chrono::TimeDelta::hours(40)).wall(Zone::PARIS).format("%Y-%m-%dT%H:%M:%S").to_string();
    check(folder.path(), &late, &["Lou: session-offer", "Sam: session-offer-lapsed", "group: session-card-full"]).await;
    let (mut engine, _) = desk::open(folder.path(), paris(&late), false).await;
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM booking WHERE state = 2").await, 1);
}

#[tokio::test]
async fn a_start_and_an_end_that_passed_meanwhile_leave_no_reminder_and_one_question() {
    let folder = tempfile::tempdir().unwrap();
    drop(waiting_list(folder.path()).await);
    assert_eq!(paris(START).wall(Zone::PARIS).to_string(), "2026-09-30 18:00:00");
    let expected = ["Nadia: session-attendance-ask", "group: session-card-over"];
    check(folder.path(), "2026-09-30T21:00:00", &expected).await;
    let (mut engine, _) = desk::open(folder.path(), paris("2026-09-30T21:00:00"), false).await;
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM booking WHERE state IN (1, 2)").await, 0, "the waiting list is closed");
    let mark = Event { at: paris("2026-09-30T21:00:00"), ..said("came", "Nadia", "/presence 1 tous") };
    handle(&mut engine, vec![mark]).await;
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM booking WHERE state = 4").await, 1);
}

#[tokio::test]
async fn after_more_than_a_week_down_everything_is_given_back_and_nobody_is_asked_what_can_be_told_no_more() {
    let folder = tempfile::tempdir().unwrap();
    drop(waiting_list(folder.path()).await);
    let expected = ["Nadia: session-unmarked-notice", "group: session-card-over"];
    check(folder.path(), "2026-10-10T09:00:00", &expected).await;
    let (mut engine, _) = desk::open(folder.path(), paris("2026-10-10T09:00:00"), false).await;
    let held = desk::number(&mut engine, "SELECT CAST(COALESCE(SUM(balance), 0) AS BIGINT) FROM ledger_account WHERE kind = 3").await;
    assert_eq!(held, 0, "the price went back");
}

#[tokio::test]
async fn a_minimum_that_was_to_be_decided_meanwhile_is_decided_once_and_before_any_reminder() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa"]).await;
    let line = "/seance \"Cercle\" 2026-09-30 18h 5 places prix 2 minimum 3";
    let opened = handle(&mut engine, vec![said_in_group("open", "Nadia", line)]).await;
    arrives(&mut engine, opened).await;
    does(&mut engine, "book", "Awa", "/reserver 1").await;
    let owed = engine.start().await.unwrap().owed;
    arrives(&mut engine, owed).await;
    drop(engine);
    let expected = ["Awa: session-cancelled-notice", "Nadia: session-cancelled-notice", "group: session-card-cancelled"];
    check(folder.path(), "2026-09-30T17:30:00", &expected).await;
}
