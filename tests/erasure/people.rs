//! People of a group who do things, for the tests of erasure and of one's own data.

use entraide::{
    app::engine::Engine,
    domain::{
        event::{Platform, RoomAddress},
        message::Press,
        time::Timestamp,
    },
    store::outbox::{Ready, Receiver},
};

use super::desk::{self, content, handle, said, said_in, said_in_group};

/// The buttons of the newest message among `owed` that has some and goes to an account.
pub fn buttons(owed: &[Ready]) -> Vec<Press> {
    let to_accounts = owed.iter().filter(|ready| matches!(ready.owed.to, Receiver::Account(_)));
    let newest = to_accounts.filter_map(content).rfind(|content| !content.buttons.is_empty()).expect("buttons");
    newest.buttons.iter().map(|button| button.press.clone()).collect()
}

/// `name` presses the `n`-th button (from 1) of what was just said to them.
pub async fn press(engine: &mut Engine, key: &str, name: &str, owed: &[Ready], n: usize) -> Vec<Ready> {
    let press = buttons(owed)[n - 1].clone();
    let event = desk::pressed_in(key, desk::direct(Platform::Terminal, name), name, press);
    handle(engine, vec![at_the_clock(engine, event)]).await
}

/// `name` writes in private; each time under a new key.
pub async fn says(engine: &mut Engine, name: &str, text: &str) -> Vec<Ready> {
    let event = said(&key(), name, text);
    handle(engine, vec![at_the_clock(engine, event)]).await
}

/// `name` writes in the group.
pub async fn says_in_group(engine: &mut Engine, name: &str, text: &str) -> Vec<Ready> {
    let event = said_in_group(&key(), name, text);
    handle(engine, vec![at_the_clock(engine, event)]).await
}

/// `name` writes in another room of the terminal.
pub async fn says_in(engine: &mut Engine, room: RoomAddress, name: &str, text: &str) -> Vec<Ready> {
    let event = said_in(&key(), room, name, text);
    handle(engine, vec![at_the_clock(engine, event)]).await
}

/// `name` erases everything they have.
pub async fn erases(engine: &mut Engine, name: &str) -> Vec<Ready> {
    let asked = says(engine, name, "/effacer").await;
    press(engine, &key(), name, &asked, 1).await
}

/// `name` joins a group in its room.
pub async fn joins(engine: &mut Engine, room: RoomAddress, name: &str, command: &str) {
    let asked = says_in(engine, room, name, command).await;
    press(engine, &key(), name, &asked, 1).await;
}

fn at_the_clock(engine: &Engine, event: entraide::domain::event::Event) -> entraide::domain::event::Event {
    entraide::domain::event::Event { at: engine.clock().now(), ..event }
}

/// A key that no other event has.
pub fn key() -> String {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    format!("event {}", NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
}

/// Everything that is owed is delivered.
pub async fn delivers(engine: &mut Engine) {
    let owed = engine.store().still_owed().await.unwrap();
    let reports: Vec<_> = owed
        .into_iter()
        .map(|ready| entraide::app::report::Report {
            ready,
            fate: entraide::app::report::Fate::Delivered(entraide::platform::Receipt::default()),
        })
        .collect();
    engine.handle_reports(&reports).await.unwrap();
}

/// The clock moves, and what is due happens.
pub async fn later(engine: &mut Engine, to: Timestamp) {
    while let Some(due) = engine.next_due().filter(|due| *due <= to) {
        let now = engine.clock().now();
        engine.clock().set(due.max(now));
        engine.handle_due().await.unwrap();
    }
    engine.clock().set(to);
}

/// The ids that a statement reads.
pub async fn ids(engine: &mut Engine, sql: &'static str) -> Vec<uuid::Uuid> {
    engine.store().writer().rows(sql, vec![]).await.unwrap().iter().map(|row| row.id(0).unwrap()).collect()
}
