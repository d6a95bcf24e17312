//! The private address of a calendar, from the asking to the erasure: what it shows, to whom, and until when.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, dead_code, unreachable_pub, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;
#[path = "erasure/people.rs"]
mod people;

use std::path::Path;

use desk::{NOON, content};
use entraide::{
    app::{engine::Engine, service::Service},
    domain::message::Value,
    store::outbox::Ready,
};
use people::{erases, key, press, says, says_in_group};
use tokio::sync::{oneshot, watch};

const BASE: &str = "https://bot.example.org";

/// A group with a session that Awa and Lou have booked, on a program that is reached from outside.
async fn group(folder: &Path) -> Engine {
    let mut engine = desk::engine(folder).await;
    engine.store().set_public_url(Some(BASE.to_owned()));
    desk::found(&mut engine, "Nadia", &["Awa", "Lou"]).await;
    says_in_group(&mut engine, "Nadia", "/seance \"Cercle deuil\" 2026-12-20 18h 3 places lieu \"Salle 3\"").await;
    for name in ["Awa", "Lou"] {
        says(&mut engine, name, "/reserver 1").await;
    }
    engine
}

/// The secret in the address that was just said.
fn secret(owed: &[Ready]) -> String {
    let lines = owed.iter().filter_map(content).flat_map(|content| content.lines.clone()).collect::<Vec<_>>();
    let address = lines.iter().flat_map(|line| &line.args).find_map(|(_, value)| match value {
        Value::Link(link) => Some(link.clone()),
        _ => None,
    });
    let address = address.expect("an address");
    address.strip_prefix(&format!("{BASE}/agenda/")).and_then(|rest| rest.strip_suffix(".ics")).unwrap().to_owned()
}

async fn shows(engine: &mut Engine, secret: &str) -> Option<String> {
    engine.store().feed(secret, NOON).await.unwrap()
}

#[tokio::test]
async fn an_address_shows_ones_own_appointments_without_titles_unless_one_wants_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = group(folder.path()).await;
    let made = says(&mut engine, "Awa", "/reglages agenda nouveau").await;
    let first = secret(&made);
    assert!(first.len() == 43 && first != secret(&says(&mut engine, "Lou", "/reglages agenda nouveau").await));
    let neutral = shows(&mut engine, &first).await.unwrap();
    assert!(neutral.contains("SUMMARY:Agenda") && neutral.contains("DTSTART:20261220T170000Z"), "{neutral}");
    assert!(!neutral.contains("deuil") && !neutral.contains("Salle"), "{neutral}");
    says(&mut engine, "Awa", "/reglages agenda titres oui").await;
    assert!(shows(&mut engine, &first).await.unwrap().contains("SUMMARY:Cercle deuil"));
    // On a shared phone never.
    says(&mut engine, "Awa", "/discret oui").await;
    assert!(!shows(&mut engine, &first).await.unwrap().contains("deuil"));
    let gone = says(&mut engine, "Awa", "/annuler 1").await;
    assert!(!gone.is_empty());
    assert!(!shows(&mut engine, &first).await.unwrap().contains("VEVENT"), "what is given back is not there");
    assert_eq!(shows(&mut engine, &"a".repeat(43)).await, None);
}

#[tokio::test]
async fn a_new_address_ends_the_old_one_and_nothing_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = group(folder.path()).await;
    let old = secret(&says(&mut engine, "Awa", "/reglages agenda nouveau").await);
    let new = secret(&says(&mut engine, "Awa", "/reglages agenda nouveau").await);
    assert_eq!(shows(&mut engine, &old).await, None);
    assert!(shows(&mut engine, &new).await.is_some());
    says(&mut engine, "Awa", "/reglages agenda non").await;
    assert_eq!(shows(&mut engine, &new).await, None);
    let last = secret(&says(&mut engine, "Awa", "/reglages agenda nouveau").await);
    drop(engine);
    for file in std::fs::read_dir(folder.path()).unwrap() {
        // SQLite takes its log away when the engine is let go.
        let Ok(bytes) = std::fs::read(file.unwrap().path()) else { continue };
        for secret in [&old, &new, &last] {
            assert!(!bytes.windows(43).any(|window| window == secret.as_bytes()), "a secret is readable on the disk");
        }
    }
}

#[tokio::test]
async fn who_leaves_or_is_erased_has_no_address_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = group(folder.path()).await;
    let awa = secret(&says(&mut engine, "Awa", "/reglages agenda nouveau").await);
    let lou = secret(&says(&mut engine, "Lou", "/reglages agenda nouveau").await);
    let asked = says(&mut engine, "Awa", "/quitter").await;
    press(&mut engine, &key(), "Awa", &asked, 1).await;
    erases(&mut engine, "Lou").await;
    assert_eq!((shows(&mut engine, &awa).await, shows(&mut engine, &lou).await), (None, None));
    let joined = says_in_group(&mut engine, "Awa", "/rejoindre").await;
    press(&mut engine, &key(), "Awa", &joined, 1).await;
    assert_eq!(shows(&mut engine, &awa).await, None, "nor after coming back");
}

#[tokio::test]
async fn the_running_program_answers_who_subscribed() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = group(folder.path()).await;
    let known = secret(&says(&mut engine, "Awa", "/reglages agenda nouveau").await);
    let (service, ends) = Service::start(engine).await.unwrap();
    let (stop, stopping) = watch::channel(false);
    let running = tokio::spawn(service.run(stopping));
    let mut answers = Vec::new();
    for secret in [known, "b".repeat(43)] {
        let (back, wait) = oneshot::channel();
        ends.feeds.send((secret, back)).await.unwrap();
        answers.push(wait.await.unwrap());
    }
    assert!(answers[0].as_ref().is_some_and(|calendar| calendar.contains("BEGIN:VCALENDAR")) && answers[1].is_none());
    stop.send_replace(true);
    drop(ends);
    running.await.unwrap();
}
