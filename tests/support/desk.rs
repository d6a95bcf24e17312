//! An engine on a database in a folder, and events for it.
#![allow(dead_code, unreachable_pub, reason = "every test uses another part of it")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{path::Path, sync::Arc};

use entraide::{
    app::{clock::Clock, engine::Engine, find::Defaults, road::Outgoing},
    domain::{
        event::{AccountAddress, Batch, Event, EventKey, MessageRef, Origin, Platform, Pressed, RoomAddress, Said, SaidKind, Sender},
        message::{Content, Press},
        time::{Timestamp, Zone},
    },
    store::{
        Store,
        outbox::{Ready, Receiver, What},
        url_of,
    },
    vault::{Existing, Vault},
};

pub const NOON: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

/// An engine on the database of `folder`, with a clock that stands at `at`; what is still owed comes with it.
pub async fn open(folder: &Path, at: Timestamp, limits: bool) -> (Engine, Outgoing) {
    let database = folder.join("entraide.db");
    let existing = if database.exists() { Existing::Database } else { Existing::Nothing };
    let vault = Arc::new(Vault::open(&folder.join("key"), &folder.join("ring"), existing).unwrap());
    let store = Store::open(&format!("{}?mode=rwc", url_of(&database)), vault).await.unwrap();
    let mut engine = on(store, at, limits);
    let owed = engine.start().await.unwrap();
    (engine, owed)
}

/// An engine on an open store.
pub fn on(store: Store, at: Timestamp, limits: bool) -> Engine {
    let defaults = Defaults { language: "fr".into(), zone: Zone::PARIS, languages: vec!["en".into(), "fr".into()] };
    Engine::new(store, Clock::standing(at), defaults, limits)
}

/// An engine at noon without limits.
pub async fn engine(folder: &Path) -> Engine {
    open(folder, NOON, false).await.0
}

pub fn account(platform: Platform, name: &str) -> AccountAddress {
    AccountAddress { platform, id: name.to_owned() }
}

pub fn room(platform: Platform, id: &str) -> RoomAddress {
    RoomAddress { platform, id: id.to_owned(), direct: false }
}

pub fn direct(platform: Platform, id: &str) -> RoomAddress {
    RoomAddress { platform, id: id.to_owned(), direct: true }
}

pub fn sender(platform: Platform, name: &str) -> Sender {
    Sender { account: account(platform, name), display_name: Some(name.to_owned()), user_name: Some(name.to_owned()), language: None }
}

/// `name` writes `text` in `place`; who writes in a group administers it.
pub fn said_in(key: &str, place: RoomAddress, name: &str, text: &str) -> Event {
    let sender_is_admin = !place.direct;
    let said = Said {
        sender: Some(sender(place.platform, name)),
        room: place,
        message: MessageRef(format!("said {key}")),
        text: text.to_owned(),
        mentions: Vec::new(),
        reply_to: None,
        addressed: false,
        sender_is_admin,
        kind: SaidKind::Text,
        ephemeral_context: None,
    };
    Event { key: EventKey(format!("test:{key}")), at: NOON, origin: Origin::Said(said) }
}

/// `name` writes in the direct room of the terminal.
pub fn said(key: &str, name: &str, text: &str) -> Event {
    said_in(key, direct(Platform::Terminal, name), name, text)
}

/// `name` writes in the group of the terminal.
pub fn said_in_group(key: &str, name: &str, text: &str) -> Event {
    said_in(key, room(Platform::Terminal, "group"), name, text)
}

/// `name` presses a button in `place`.
pub fn pressed_in(key: &str, place: RoomAddress, name: &str, press: Press) -> Event {
    let pressed = Pressed {
        sender: sender(place.platform, name),
        room: place,
        message: MessageRef("card".to_owned()),
        press: Some(press),
        press_ref: key.to_owned(),
        ephemeral_context: None,
    };
    Event { key: EventKey(format!("test:{key}")), at: NOON, origin: Origin::Pressed(pressed) }
}

pub fn batch(events: Vec<Event>) -> Batch {
    Batch { events, ..Batch::default() }
}

/// Hands events in at once.
pub async fn handle(engine: &mut Engine, events: Vec<Event>) -> Vec<Ready> {
    engine.handle(vec![batch(events)]).await.unwrap().owed
}

pub fn content(ready: &Ready) -> Option<&Content> {
    match &ready.owed.what {
        What::Message(content) | What::Card(_, content) => Some(content),
        What::Delete(_) | What::React(..) => None,
    }
}

/// The catalogue ids of the first lines, with whether a group room reads them.
pub fn told(owed: &[Ready]) -> Vec<(String, bool)> {
    owed.iter()
        .filter_map(|ready| {
            let id = content(ready)?.lines.first()?.id.to_string();
            Some((id, matches!(ready.owed.to, Receiver::Room(_))))
        })
        .collect()
}

/// `founder` sets the terminal's group up and agrees; the others join it.
pub async fn found(engine: &mut Engine, founder: &str, others: &[&str]) {
    let owed = handle(engine, vec![said_in_group("setup", founder, "/installer")]).await;
    agree(engine, "setup", founder, &owed).await;
    for name in others {
        let owed = handle(engine, vec![said_in_group(&format!("join {name}"), name, "/rejoindre")]).await;
        agree(engine, &format!("join {name}"), name, &owed).await;
    }
}

async fn agree(engine: &mut Engine, key: &str, name: &str, owed: &[Ready]) {
    let consent = owed.iter().filter(|ready| matches!(ready.owed.to, Receiver::Account(_))).filter_map(content).next_back().unwrap();
    let press = consent.buttons[0].press.clone();
    handle(engine, vec![pressed_in(&format!("{key}: agreed"), direct(Platform::Terminal, name), name, press)]).await;
}

/// Runs a statement on the engine's own connection.
pub async fn sql(engine: &mut Engine, statement: String) {
    // The store takes static text only.
    let statement: &'static str = Box::leak(statement.into_boxed_str());
    engine.store().writer().run(statement, vec![]).await.unwrap();
}

/// The one number that a statement reads.
pub async fn number(engine: &mut Engine, statement: &'static str) -> i64 {
    engine.store().writer().rows(statement, vec![]).await.unwrap()[0].int(0).unwrap()
}

/// A defect of one kind of event: everything that writes into `table` fails at a constraint.
pub async fn break_table(engine: &mut Engine, table: &str) {
    let twice = "INSERT INTO meta (name, value) VALUES ('installation', x'00')";
    sql(engine, format!("CREATE TRIGGER defect BEFORE INSERT ON {table} BEGIN {twice}; END")).await;
}
