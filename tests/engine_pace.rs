//! Twenty commands a minute, counted once each, and never between a person and the crisis lines.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;

use desk::{batch, handle, said, sql, told};

#[tokio::test]
async fn what_is_handed_in_again_after_a_full_disk_is_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let (mut engine, _) = desk::open(folder.path(), desk::NOON, true).await;
    let mut commands: Vec<_> = (1..=10).map(|n| said(&n.to_string(), "Awa", "/nuageux")).collect();
    // Far more than the pages hold, so that the disk is full only after Awa's commands were looked at.
    commands.extend((1..=100).map(|n| said(&format!("other {n}"), &format!("person-{n}"), "/nuageux")));
    for _ in 0..5 {
        let pages = desk::number(&mut engine, "PRAGMA page_count").await;
        sql(&mut engine, format!("PRAGMA max_page_count = {}", pages + 12)).await;
        assert!(engine.handle(vec![batch(commands.clone())]).await.unwrap_err().is_machine());
    }
    let answers = told(&handle(&mut engine, commands).await);
    assert_eq!(answers.iter().filter(|(id, _)| id == "slow-down").count(), 0, "{answers:?}");
    assert_eq!(answers.len(), 110);
}

#[tokio::test]
async fn a_defect_of_one_event_does_not_count_the_others_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (mut engine, _) = desk::open(folder.path(), desk::NOON, true).await;
    desk::break_table(&mut engine, "newest_choices").await;
    let mut events: Vec<_> = (1..=15).map(|n| said(&n.to_string(), "Awa", "/nuageux")).collect();
    events.push(said("bad", "Nadia", "quel beau temps"));
    let answers = told(&handle(&mut engine, events).await);
    assert_eq!(answers.iter().filter(|(id, _)| id == "unknown-command").count(), 15, "{answers:?}");
}

#[tokio::test]
async fn who_asks_for_help_is_never_too_fast() {
    let folder = tempfile::tempdir().unwrap();
    let (mut engine, _) = desk::open(folder.path(), desk::NOON, true).await;
    handle(&mut engine, (1..=30).map(|n| said(&n.to_string(), "Awa", "/nuageux")).collect()).await;
    for (key, text) in [("31", "/sos"), ("32", "au secours"), ("33", "je veux mourir")] {
        let answers = told(&handle(&mut engine, vec![said(key, "Awa", text)]).await);
        assert!(answers.iter().any(|(id, _)| id.starts_with("care-")), "{text}: {answers:?}");
    }
}
