//! The engine on a real database: nothing is lost and nothing is done twice, whatever the disk or an event does.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{path::Path, sync::Arc};

use entraide::{
    app::{clock::Clock, engine::Engine, find::Defaults, road::Outgoing},
    domain::{
        event::{AccountAddress, Batch, Cursor, Event, EventKey, MessageRef, Origin, Platform, RoomAddress, Said, SaidKind, Sender},
        time::{Timestamp, Zone},
    },
    store::{Store, outbox::What, url_of},
    vault::{Existing, Vault},
};

const NOON: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

async fn engine(folder: &Path) -> Engine {
    let database = folder.join("entraide.db");
    let existing = if database.exists() { Existing::Database } else { Existing::Nothing };
    let vault = Arc::new(Vault::open(&folder.join("key"), &folder.join("ring"), existing).unwrap());
    let store = Store::open(&format!("{}?mode=rwc", url_of(&database)), vault).await.unwrap();
    let defaults = Defaults { language: "fr".into(), zone: Zone::PARIS, languages: vec!["fr".into(), "en".into()] };
    let mut engine = Engine::new(store, Clock::standing(NOON), defaults, false);
    engine.start().await.unwrap();
    engine
}

fn said(number: u64, name: &str, text: &str) -> Event {
    let room = RoomAddress { platform: Platform::Terminal, id: name.to_owned(), direct: true };
    let sender = Sender {
        account: AccountAddress { platform: Platform::Terminal, id: name.to_owned() },
        display_name: Some(name.to_owned()),
        user_name: Some(name.to_owned()),
        language: None,
    };
    let said = Said {
        room,
        sender: Some(sender),
        message: MessageRef(number.to_string()),
        text: text.to_owned(),
        mentions: Vec::new(),
        reply_to: None,
        addressed: false,
        sender_is_admin: false,
        kind: SaidKind::Text,
        ephemeral_context: None,
    };
    Event { key: EventKey(format!("test:{number}")), at: NOON, origin: Origin::Said(said) }
}

fn batch(events: Vec<Event>) -> Batch {
    Batch { events, cursor: Some(Cursor { platform: Platform::Telegram, value: "12".into() }), ..Batch::default() }
}

fn messages(outgoing: &Outgoing) -> usize {
    outgoing.owed.iter().filter(|ready| matches!(ready.owed.what, What::Message(_))).count()
}

#[tokio::test]
async fn an_event_told_twice_is_done_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path()).await;
    let twice = vec![said(1, "Awa", "quel beau temps"), said(1, "Awa", "quel beau temps")];
    assert_eq!(messages(&engine.handle(vec![batch(twice)]).await.unwrap()), 1, "twice in one batch");
    let again = engine.handle(vec![batch(vec![said(1, "Awa", "quel beau temps")])]).await.unwrap();
    assert_eq!(messages(&again), 0, "again in a later batch");
    assert_eq!(engine.store().cursor(Platform::Telegram).await.unwrap().as_deref(), Some("12"));
}

#[tokio::test]
async fn what_is_owed_survives_a_restart_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["Awa", "Nadia", "Sam"];
    {
        let mut engine = engine(folder.path()).await;
        for (n, name) in names.iter().enumerate() {
            engine.handle(vec![batch(vec![said(n as u64, name, "quel beau temps")])]).await.unwrap();
        }
    }
    let mut engine = engine(folder.path()).await;
    let owed = engine.start().await.unwrap().owed;
    assert_eq!(owed.len(), 3);
    assert!(owed.windows(2).all(|pair| pair[0].seq < pair[1].seq));
}

#[tokio::test]
async fn a_full_disk_in_mid_batch_loses_nothing_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path()).await;
    engine.handle(vec![batch(vec![said(0, "Awa", "quel beau temps")])]).await.unwrap();
    let pages = engine.store().writer().rows("PRAGMA page_count", vec![]).await.unwrap()[0].int(0).unwrap();
    limit_pages(&mut engine, pages + 3).await;

    // Far more than three pages hold.
    let many: Vec<Event> = (1..=200).map(|n| said(n, &format!("person-{n}"), "quel beau temps")).collect();
    for _ in 0..3 {
        let fault = engine.handle(vec![batch(many.clone())]).await.unwrap_err();
        assert!(fault.is_machine(), "a full disk is the machine's fault: {fault}");
        // The connection was opened anew, so the limit is set again.
        limit_pages(&mut engine, pages + 3).await;
    }
    let seen = "SELECT COUNT(*) FROM event_seen";
    assert_eq!(engine.store().writer().rows(seen, vec![]).await.unwrap()[0].int(0).unwrap(), 1, "nothing half done");
    let aside = "SELECT COUNT(*) FROM incident";
    assert_eq!(engine.store().writer().rows(aside, vec![]).await.unwrap()[0].int(0).unwrap(), 0, "nobody is blamed");

    limit_pages(&mut engine, 1_000_000).await;
    let outgoing = engine.handle(vec![batch(many.clone())]).await.unwrap();
    assert_eq!(messages(&outgoing), 200, "everybody is answered");
    assert_eq!(messages(&engine.handle(vec![batch(many)]).await.unwrap()), 0, "and once");
}

async fn limit_pages(engine: &mut Engine, pages: i64) {
    // The pragma takes no parameter.
    let sql: &'static str = Box::leak(format!("PRAGMA max_page_count = {pages}").into_boxed_str());
    engine.store().writer().rows(sql, vec![]).await.unwrap();
}

#[tokio::test]
async fn an_event_that_fails_alone_is_put_aside_and_the_others_are_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path()).await;
    // A trigger plays the defect: whatever is kept for this one account fails.
    let trigger = "CREATE TRIGGER defect BEFORE INSERT ON event_seen WHEN NEW.at = 4 BEGIN SELECT RAISE(ABORT, 'defect'); END";
    engine.store().writer().run(trigger, vec![]).await.unwrap();
    let bad = Event { at: Timestamp::from_micros(4), ..said(2, "Nadia", "quel beau temps") };
    let events = vec![said(1, "Awa", "quel beau temps"), bad, said(3, "Sam", "quel beau temps")];
    let refused = engine.handle(vec![batch(events.clone())]).await;
    // Even putting it aside remembers its key, so this defect cannot be put aside: it is reported, the others stand.
    assert!(refused.is_err());
    engine.store().writer().run("DROP TRIGGER defect", vec![]).await.unwrap();
    let outgoing = engine.handle(vec![batch(events)]).await.unwrap();
    assert_eq!(messages(&outgoing), 3, "the first was done before and is answered, too; the other two are done now");
}

#[tokio::test]
async fn who_caused_a_defect_is_told_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path()).await;
    let trigger = "CREATE TRIGGER defect BEFORE INSERT ON newest_choices BEGIN SELECT RAISE(ABORT, 'defect'); END";
    engine.store().writer().run(trigger, vec![]).await.unwrap();
    let events = vec![said(1, "Awa", "/nuageux"), said(2, "Nadia", "quel beau temps"), said(3, "Sam", "/nuageux")];
    let outgoing = engine.handle(vec![batch(events)]).await.unwrap();
    assert_eq!(messages(&outgoing), 3);
    let apologies = outgoing.owed.iter().filter(|ready| format!("{:?}", ready.owed.what).contains("\"incident\"")).count();
    assert_eq!(apologies, 1);
    let aside = engine.store().writer().rows("SELECT number, event_sealed FROM incident", vec![]).await.unwrap();
    assert_eq!(aside.len(), 1);
    assert!(!String::from_utf8_lossy(&aside[0].bytes(1).unwrap()).contains("Nadia"), "it is sealed");
}
