//! Faults in the midst of batches: what was committed is sent, what cannot be read stops nobody else.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;

use desk::{batch, engine, handle, said, sql, told};
use entraide::{
    app::report::{Fate, Report},
    platform::Receipt,
    store::outbox::Route,
};

#[tokio::test]
async fn what_was_committed_before_a_fault_of_the_machine_is_still_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path()).await;
    // Plain words are answered with buttons, which fails; so the batch is done one by one, and then the disk is full.
    desk::break_table(&mut engine, "newest_choices").await;
    let pages = desk::number(&mut engine, "PRAGMA page_count").await;
    sql(&mut engine, format!("PRAGMA max_page_count = {}", pages + 40)).await;
    let mut events = vec![said("1", "Awa", "quel beau temps")];
    events.extend((2..200).map(|n| said(&n.to_string(), &format!("person-{n}"), "/nuageux")));
    let fault = engine.handle(vec![batch(events.clone())]).await.unwrap_err();
    assert!(fault.is_machine(), "{fault}");
    let before = desk::number(&mut engine, "SELECT COUNT(*) FROM delivery").await;
    assert!(before > 0 && before < 199, "some were committed: {before}");
    // The connection was opened anew, and with that the limit is gone.
    let answered = handle(&mut engine, events).await.len();
    let rows = desk::number(&mut engine, "SELECT COUNT(*) FROM delivery").await;
    assert_eq!(i64::try_from(answered).unwrap(), rows, "everything that is stored was handed out once");
    assert_eq!(rows, 199);
}

#[tokio::test]
async fn an_account_that_cannot_be_read_stops_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path()).await;
    handle(&mut engine, vec![said("1", "Awa", "/menu")]).await;
    sql(&mut engine, "DELETE FROM delivery".to_owned()).await;
    sql(&mut engine, "UPDATE account SET profile_sealed = x'00'".to_owned()).await;
    drop(engine);
    let (mut engine, _) = desk::open(folder.path(), desk::NOON, false).await;
    let owed = handle(&mut engine, vec![said("2", "Awa", "/menu"), said("3", "Sam", "/menu")]).await;
    assert_eq!(told(&owed), [("menu-title".to_owned(), false)], "Sam is answered");
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM incident").await, 1);
    assert!(handle(&mut engine, vec![said("2", "Awa", "/menu")]).await.is_empty(), "it is not tried for ever");
}

#[tokio::test]
async fn timers_come_due_after_the_database_was_out_of_reach_for_a_while() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path()).await;
    let (database, away) = (folder.path().join("entraide.db"), folder.path().join("away.db"));
    // A fault of the machine while the file cannot be opened anew, either.
    let pages = desk::number(&mut engine, "PRAGMA page_count").await;
    sql(&mut engine, format!("PRAGMA max_page_count = {pages}")).await;
    std::fs::rename(&database, &away).unwrap();
    std::fs::create_dir(&database).unwrap();
    let many: Vec<_> = (1..50).map(|n| said(&n.to_string(), &format!("person-{n}"), "/nuageux")).collect();
    assert!(engine.handle(vec![batch(many)]).await.is_err());
    std::fs::remove_dir(&database).unwrap();
    std::fs::rename(&away, &database).unwrap();

    engine.clock().set(desk::NOON.plus(chrono::TimeDelta::hours(2)));
    let mut left = 3;
    while engine.next_due().is_some_and(|due| due <= engine.clock().now()) && left > 0 {
        let _ = engine.handle_due().await;
        left -= 1;
    }
    let tomorrow = desk::NOON.plus(chrono::TimeDelta::hours(26));
    assert_eq!(engine.next_due(), Some(tomorrow), "the housekeeping was done and is planned again");
}

#[tokio::test]
async fn a_database_in_memory_survives_a_defect() {
    let vault = std::sync::Arc::new(entraide::vault::Vault::in_memory().unwrap());
    let store = entraide::store::Store::open("sqlite::memory:", vault).await.unwrap();
    let mut engine = desk::on(store, desk::NOON, false);
    engine.start().await.unwrap();
    handle(&mut engine, vec![said("1", "Awa", "/menu")]).await;
    sql(&mut engine, "CREATE TRIGGER defect BEFORE INSERT ON newest_choices BEGIN SELECT RAISE(ABORT, 'defect'); END".to_owned()).await;
    let owed = handle(&mut engine, vec![said("2", "Awa", "quel beau temps"), said("3", "Awa", "/nuageux")]).await;
    assert_eq!(told(&owed), [("incident".to_owned(), false), ("unknown-command".to_owned(), false)]);
    sql(&mut engine, "DROP TRIGGER defect".to_owned()).await;
    assert_eq!(told(&handle(&mut engine, vec![said("4", "Awa", "/menu")]).await).len(), 1);
}

#[tokio::test]
async fn a_damaged_row_stops_neither_the_start_nor_the_other_reports() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path()).await;
    let there = desk::said_in_group("1", "Awa", "/menu");
    let owed = handle(&mut engine, vec![there, said("2", "Awa", "/menu"), said("3", "Sam", "/menu")]).await;
    assert_eq!(told(&owed).len(), 3);
    sql(&mut engine, "UPDATE room SET address_sealed = x'00'".to_owned()).await;
    drop(engine);

    let (mut engine, still) = desk::open(folder.path(), desk::NOON, false).await;
    assert_eq!(still.owed.len(), 2, "what is owed in the damaged room waits, the rest is sent");
    let reports: Vec<Report> = owed
        .into_iter()
        .map(|ready| {
            let closed = matches!(ready.route, Route::Room(..));
            Report { ready, fate: if closed { Fate::RoomClosed } else { Fate::Delivered(Receipt::default()) } }
        })
        .collect();
    engine.handle_reports(&reports).await.unwrap();
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM delivery").await, 1, "the others are recorded");
}
