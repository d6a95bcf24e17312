//! A session whose host loses the role, hands it over in the last hour, or is erased: through the real engine, with its clock.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, dead_code, unreachable_pub, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;
#[path = "erasure/people.rs"]
mod people;

use std::path::Path;

use desk::content;
use entraide::{
    app::engine::Engine,
    domain::time::{Timestamp, Zone},
    store::outbox::Receiver,
};
use people::{delivers, erases, later, press, says, says_in_group};

fn paris(wall: &str) -> Timestamp {
    Zone::PARIS.instant_or_later(wall.parse().unwrap())
}

/// Lou holds a session on Wednesday 23 September 2026 at 18:00; Nadia coordinates, Sam may hold sessions too, Awa has a seat.
async fn session_of_lou(folder: &Path) -> Engine {
    let mut engine = desk::engine(folder).await;
    desk::found(&mut engine, "Nadia", &["Awa", "Lou", "Sam"]).await;
    for name in ["Lou", "Sam"] {
        says(&mut engine, "Nadia", &format!("/role @{name} animateur")).await;
    }
    says_in_group(&mut engine, "Lou", "/seance \"Cercle\" 2026-09-23 18h 5 places").await;
    engine
}

/// All that is owed to people, each as their alias and the ids of the lines.
async fn owed(engine: &mut Engine) -> Vec<String> {
    let mut said = Vec::new();
    for ready in engine.store().still_owed().await.unwrap() {
        let (Receiver::Person(person), Some(content)) = (ready.owed.to, content(&ready)) else { continue };
        let lines: Vec<&str> = content.lines.iter().map(|line| line.id.as_ref()).collect();
        let alias = engine.store().person(person).await.unwrap().map_or_else(|| "nobody".to_owned(), |person| person.alias);
        said.push(format!("{alias}: {}", lines.join(" ")));
    }
    said.sort();
    said
}

async fn ring(engine: &mut Engine) {
    let now = engine.clock().now();
    later(engine, now).await;
}

#[tokio::test]
async fn a_series_whose_host_lost_the_role_ends_and_who_keeps_a_seat_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = session_of_lou(folder.path()).await;
    says(&mut engine, "Lou", "/serie 1 chaque semaine").await;
    says(&mut engine, "Awa", "/reserver 1 toujours").await;
    says(&mut engine, "Nadia", "/role @Lou membre").await;
    later(&mut engine, paris("2026-09-23T17:59:00")).await;
    delivers(&mut engine).await;
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM session").await, 4, "what was planned stays");
    // Four weeks before the next date that is not there yet.
    later(&mut engine, paris("2026-09-23T18:00:00")).await;
    let said = owed(&mut engine).await;
    let of = |alias: &str| said.iter().filter(|line| line.starts_with(alias)).cloned().collect::<Vec<_>>();
    assert_eq!(of("Awa"), ["Awa: session-cancelled-notice series-named series-ended-for-regular"]);
    for staff in ["Nadia", "Sam"] {
        assert_eq!(of(staff), [format!("{staff}: series-nobody-holds series-named series-nobody-holds-line")]);
    }
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM session").await, 4, "and no new date is made");
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM series WHERE ended_at IS NOT NULL").await, 1);
}

/// Awa has a seat and needs something; the last hour has begun, and Lou has read it.
async fn last_hour(folder: &Path) -> Engine {
    let mut engine = session_of_lou(folder).await;
    says(&mut engine, "Awa", "/reserver 1").await;
    says(&mut engine, "Awa", "/mesreservations 1 besoin une rampe").await;
    later(&mut engine, paris("2026-09-23T16:59:00")).await;
    delivers(&mut engine).await;
    later(&mut engine, paris("2026-09-23T17:20:00")).await;
    let said = owed(&mut engine).await;
    assert!(said.iter().any(|line| line.starts_with("Lou: session-reminder ") && line.contains("remind-name-need")), "{said:?}");
    delivers(&mut engine).await;
    engine
}

#[tokio::test]
async fn who_takes_a_session_over_in_the_last_hour_reads_what_people_need() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = last_hour(folder.path()).await;
    says(&mut engine, "Lou", "/annuler 1 passer Sam").await;
    says(&mut engine, "Sam", "/presence 1 animer").await;
    ring(&mut engine).await;
    let said = owed(&mut engine).await;
    assert!(said.contains(&"Sam: need-notice session-named remind-name-need".to_owned()), "{said:?}");
    assert_eq!(said.iter().filter(|line| line.contains("remind-name-need")).count(), 1, "{said:?}");
    // It had its one reminder: none comes again, to nobody.
    delivers(&mut engine).await;
    later(&mut engine, paris("2026-09-23T18:30:00")).await;
    assert_eq!(owed(&mut engine).await, Vec::<String>::new());
    later(&mut engine, paris("2026-09-23T19:30:00")).await;
    assert_eq!(owed(&mut engine).await, ["Sam: session-attendance-ask session-named"], "and who holds it is asked who came");
}

#[tokio::test]
async fn the_heir_of_an_erased_host_reads_what_people_need() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = last_hour(folder.path()).await;
    erases(&mut engine, "Lou").await;
    ring(&mut engine).await;
    let said = owed(&mut engine).await;
    let heir = said.iter().find(|line| line.contains("data-session-yours ")).expect("an heir");
    let heir = heir.split(':').next().unwrap();
    assert!(said.contains(&format!("{heir}: need-notice session-named remind-name-need")), "{said:?}");
    assert!(said.iter().any(|line| line.starts_with("Awa: data-session-other-host ")), "{said:?}");
}

#[tokio::test]
async fn who_leaves_calls_their_sessions_off_and_says_so_to_each() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = last_hour(folder.path()).await;
    let asked = says(&mut engine, "Lou", "/quitter").await;
    press(&mut engine, &people::key(), "Lou", &asked, 1).await;
    ring(&mut engine).await;
    let said = owed(&mut engine).await;
    assert!(said.iter().any(|line| line.starts_with("Awa: session-cancelled-notice session-named session-cancelled-line")), "{said:?}");
    assert!(!said.iter().any(|line| line.contains("need")), "a need goes with the seat: {said:?}");
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM need").await, 0);
}
