//! How long things are kept, and what becomes of an account that is long still.

use chrono::TimeDelta;
use entraide::{app::engine::Engine, domain::event::Platform};

use super::{
    desk::{self, NOON, told},
    people::{erases, key, later, press, says, says_in_group},
    verified,
};

/// `name` checks in on this many days after noon, with a note.
async fn checks_in(engine: &mut Engine, name: &str, days: i64) {
    engine.clock().set(NOON.plus(TimeDelta::days(days)));
    let said = says(engine, name, "/cava 3 une note").await;
    if told(&said)[0].0.contains("consent") {
        press(engine, &key(), name, &said, 1).await;
    }
}

async fn count(engine: &mut Engine, what: &'static str) -> i64 {
    desk::number(engine, what).await
}

const ALL: &str = "SELECT COUNT(*) FROM checkin";
const NOTES: &str = "SELECT COUNT(*) FROM checkin WHERE note_sealed IS NOT NULL";

#[tokio::test]
async fn notes_scores_and_bookings_go_when_their_time_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa", "Sam"]).await;
    says(&mut engine, "Nadia", "/reglages conservation notes 30").await;
    says(&mut engine, "Nadia", "/reglages conservation bilans 4").await;
    says(&mut engine, "Nadia", "/reglages conservation reservations 3").await;
    says(&mut engine, "Sam", "/reglages garder 24").await;
    says_in_group(&mut engine, "Nadia", "/seance \"Cercle\" 2026-12-20 18h 3 places").await;
    says(&mut engine, "Awa", "/reserver 1").await;
    for name in ["Awa", "Sam"] {
        checks_in(&mut engine, name, 0).await;
    }
    assert_eq!((count(&mut engine, ALL).await, count(&mut engine, NOTES).await), (2, 2));
    later(&mut engine, NOON.plus(TimeDelta::days(29))).await;
    assert_eq!(count(&mut engine, NOTES).await, 2);
    later(&mut engine, NOON.plus(TimeDelta::days(33))).await;
    assert_eq!((count(&mut engine, ALL).await, count(&mut engine, NOTES).await), (2, 0));
    later(&mut engine, NOON.plus(TimeDelta::days(120))).await;
    assert_eq!(count(&mut engine, ALL).await, 2);
    later(&mut engine, NOON.plus(TimeDelta::days(125))).await;
    assert_eq!(count(&mut engine, ALL).await, 1, "Sam wants his for longer");
    later(&mut engine, NOON.plus(TimeDelta::days(365))).await;
    assert_eq!((count(&mut engine, ALL).await, count(&mut engine, "SELECT COUNT(*) FROM booking").await), (1, 0));
    // Somebody must write in two years, or they go.
    says(&mut engine, "Sam", "/solde").await;
    later(&mut engine, NOON.plus(TimeDelta::days(733))).await;
    assert_eq!(count(&mut engine, ALL).await, 0);
    assert_eq!(verified(folder.path()).await, "");
}

#[tokio::test]
async fn who_is_long_still_is_told_and_then_goes() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa", "Sam"]).await;
    says(&mut engine, "Eve", "/sos").await;
    says(&mut engine, "Nadia", "/crediter @Awa 9 pour voir").await;
    let stills = "SELECT COUNT(*) FROM account WHERE warned_at IS NOT NULL";
    later(&mut engine, NOON.plus(TimeDelta::days(699))).await;
    assert_eq!(count(&mut engine, stills).await, 0);
    later(&mut engine, NOON.plus(TimeDelta::days(702))).await;
    assert_eq!(count(&mut engine, stills).await, 3, "Awa, Sam and Eve; Nadia alone coordinates");
    let warnings = engine.store().still_owed().await.unwrap();
    assert_eq!(told(&warnings).iter().filter(|(id, private)| id == "data-still" && !private).count(), 3);
    says(&mut engine, "Sam", "/menu").await;
    later(&mut engine, NOON.plus(TimeDelta::days(729))).await;
    assert_eq!(count(&mut engine, "SELECT COUNT(*) FROM account").await, 4, "not before the day that was told");
    later(&mut engine, NOON.plus(TimeDelta::days(735))).await;
    assert_eq!(count(&mut engine, "SELECT COUNT(*) FROM account").await, 2);
    for (name, there) in [("Nadia", true), ("Awa", false), ("Sam", true), ("Eve", false)] {
        let account = engine.store().account_at(&desk::account(Platform::Terminal, name)).await.unwrap();
        assert_eq!(account.is_some(), there, "{name}");
    }
    assert_eq!(verified(folder.path()).await, "");
    // Sam counts from when he came back.
    later(&mut engine, NOON.plus(TimeDelta::days(1402))).await;
    assert_eq!(count(&mut engine, "SELECT COUNT(*) FROM account").await, 2);
    later(&mut engine, NOON.plus(TimeDelta::days(1440))).await;
    assert_eq!(count(&mut engine, "SELECT COUNT(*) FROM account").await, 1, "nobody is left but Nadia");
    later(&mut engine, NOON.plus(TimeDelta::days(1480))).await;
    assert_eq!(count(&mut engine, "SELECT COUNT(*) FROM account").await, 0, "with nobody left to coordinate, she may go, too");
    assert_eq!(verified(folder.path()).await, "");
}

#[tokio::test]
async fn that_an_account_is_used_is_written_once_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    says(&mut engine, "Awa", "/menu").await;
    let used = "SELECT used_at FROM account";
    let first = count(&mut engine, used).await;
    engine.clock().set(NOON.plus(TimeDelta::hours(23)));
    says(&mut engine, "Awa", "/menu").await;
    assert_eq!(count(&mut engine, used).await, first);
    engine.clock().set(NOON.plus(TimeDelta::hours(25)));
    says(&mut engine, "Awa", "/menu").await;
    assert_eq!(count(&mut engine, used).await, first + 25 * 3_600_000_000);
}

#[tokio::test]
async fn housekeeping_that_fails_once_is_planned_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    says(&mut engine, "Awa", "/menu").await;
    let twice = "INSERT INTO meta (name, value) VALUES ('installation', x'00')";
    desk::sql(&mut engine, "INSERT INTO event_seen (key_hash, at) VALUES (x'01', 0)".to_owned()).await;
    desk::sql(&mut engine, format!("CREATE TRIGGER defect BEFORE DELETE ON event_seen BEGIN {twice}; END")).await;
    later(&mut engine, NOON.plus(TimeDelta::hours(1))).await;
    assert_eq!(count(&mut engine, "SELECT COUNT(*) FROM incident").await, 1, "it was put aside");
    assert!(engine.next_due().is_some(), "and is planned again without a new start");
    desk::sql(&mut engine, "DROP TRIGGER defect".to_owned()).await;
    later(&mut engine, NOON.plus(TimeDelta::hours(3))).await;
    assert_eq!(count(&mut engine, "SELECT COUNT(*) FROM event_seen WHERE at = 0").await, 0, "then it does its work");
    erases(&mut engine, "Awa").await;
}
