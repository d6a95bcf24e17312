//! A small group on an engine, and everything that one of its people, or the group, gets to see, in words.
#![allow(dead_code, unreachable_pub, reason = "every test uses another part of it")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use chrono::TimeDelta;
use entraide::{
    app::engine::Engine,
    domain::{
        event::{Event, EventKey, Origin, Platform},
        message::{Content, Press},
        time::Timestamp,
    },
    store::{
        Store,
        outbox::{Ready, Route, What},
    },
    text::{Reader, Seen as Eyes, Texts},
    vault::Vault,
};

use super::desk;

/// What somebody got to see, in order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// A person, or a room of a group.
    pub to: String,
    /// Words, labels, files, deletions.
    pub words: String,
}

/// An engine with its people, whose acts are numbered.
pub struct Circle {
    pub engine: Engine,
    texts: Texts,
    now: Timestamp,
    acts: usize,
    pub seen: Vec<Seen>,
    /// The newest buttons of each place.
    buttons: std::collections::HashMap<String, Vec<Press>>,
}

impl Circle {
    /// Nadia coordinates; the others are members with ten credits each.
    pub async fn found(others: &[&str]) -> Self {
        let store = Store::open("sqlite::memory:", Arc::new(Vault::in_memory().unwrap())).await.unwrap();
        let mut engine = desk::on(store, desk::NOON, false);
        engine.start().await.unwrap();
        let texts = Texts::embedded();
        let mut circle = Self { engine, texts, now: desk::NOON, acts: 0, seen: Vec::new(), buttons: std::collections::HashMap::new() };
        circle.writes("Nadia", Some("group"), "/installer").await;
        circle.presses("Nadia", None, 1).await;
        for name in others {
            circle.joins(name, "group").await;
        }
        for name in others {
            circle.writes("Nadia", None, &format!("/crediter @{name} 10 depart")).await;
        }
        circle
    }

    /// `name` joins in `room` and agrees.
    pub async fn joins(&mut self, name: &str, room: &str) {
        self.writes(name, Some(room), "/rejoindre").await;
        self.presses(name, None, 1).await;
    }

    /// `name` writes in a room, or in private; what everybody sees because of it.
    pub async fn writes(&mut self, name: &str, room: Option<&str>, text: &str) -> Vec<Seen> {
        let place = room.map_or_else(|| desk::direct(Platform::Terminal, name), |room| desk::room(Platform::Terminal, room));
        let key = self.key();
        self.happens(desk::said_in(&key, place, name, text)).await
    }

    /// `name` presses the `number`-th button (from 1) of the newest message with buttons there.
    pub async fn presses(&mut self, name: &str, room: Option<&str>, number: usize) -> Vec<Seen> {
        let place = room.map_or_else(|| desk::direct(Platform::Terminal, name), |room| desk::room(Platform::Terminal, room));
        let press = self.buttons[room.unwrap_or(name)][number - 1].clone();
        let key = self.key();
        self.happens(desk::pressed_in(&key, place, name, press)).await
    }

    /// Hands an event in.
    pub async fn happens(&mut self, event: Event) -> Vec<Seen> {
        let owed = desk::handle(&mut self.engine, vec![Event { at: self.now, ..event }]).await;
        self.see(&owed)
    }

    /// The clock moves on; what comes due happens on the way.
    pub async fn later(&mut self, days: i64) -> Vec<Seen> {
        let to = self.now.plus(TimeDelta::days(days));
        let mut seen = Vec::new();
        while let Some(due) = self.engine.next_due().filter(|due| *due <= to) {
            self.engine.clock().set(due.max(self.engine.clock().now()));
            let owed = self.engine.handle_due().await.unwrap().owed;
            seen.extend(self.see(&owed));
        }
        self.now = to;
        self.engine.clock().set(to);
        seen
    }

    /// What these people and rooms saw since the beginning, or since a place in it.
    pub fn seen_by(&self, names: &[&str], from: usize) -> Vec<Seen> {
        self.seen[from..].iter().filter(|seen| names.contains(&seen.to.as_str())).cloned().collect()
    }

    fn key(&mut self) -> String {
        self.acts += 1;
        format!("act {}", self.acts)
    }

    fn see(&mut self, owed: &[Ready]) -> Vec<Seen> {
        let mut all = Vec::new();
        for ready in owed {
            let to = match &ready.route {
                Route::Room(_, address) => address.id.clone(),
                Route::Direct(_, account) | Route::DirectClosed(_, account) | Route::Ephemeral(_, account, ..) => account.id.clone(),
                Route::Nowhere => continue,
            };
            let words = match &ready.owed.what {
                What::Message(content) | What::Card(_, content) => {
                    if !content.buttons.is_empty() {
                        self.buttons.insert(to.clone(), content.buttons.iter().map(|button| button.press.clone()).collect());
                    }
                    let eyes = if matches!(ready.route, Route::Room(..)) { Eyes::ByAll } else { Eyes::InPrivate };
                    self.words(content, &ready.owed.language, eyes)
                }
                What::Delete(_) => "(deleted)".to_owned(),
                What::React(_, emoji) => emoji.clone(),
            };
            all.push(Seen { to, words });
        }
        self.seen.extend(all.clone());
        all
    }

    /// Text, labels and what the buttons carry, without ids.
    fn words(&self, content: &Content, language: &str, seen: Eyes) -> String {
        let zone = entraide::domain::time::Zone::PARIS;
        let reader = Reader { language: language.to_owned(), zone, platform: Platform::Terminal, command_sign: '/', seen };
        let rendered = self.texts.render(content, &reader);
        let buttons = rendered.buttons.iter().map(|(label, press)| {
            let carried = match press {
                Press::Command { command, rest } => format!("{} {}", command.name(), without_ids(rest)),
                Press::Choice { choice, .. } => format!("choice {choice}"),
                Press::OpenPrivate => "open".to_owned(),
            };
            format!("({label}: {carried})")
        });
        let file = rendered.file.iter().map(|file| format!("<{}: {}>", file.name, file.text));
        std::iter::once(rendered.text.plain()).chain(buttons).chain(file).collect::<Vec<_>>().join("\n")
    }
}

fn without_ids(rest: &str) -> String {
    rest.split(' ').map(|word| if word.starts_with('~') { "~" } else { word }).collect::<Vec<_>>().join(" ")
}

/// An event of the terminal as another platform event with the same key.
pub fn renamed(event: Event, key: &str) -> Event {
    Event { key: EventKey(key.to_owned()), ..event }
}

/// What was said, to be changed.
pub fn said_of(event: &mut Event) -> &mut entraide::domain::event::Said {
    match &mut event.origin {
        Origin::Said(said) => said,
        _ => panic!("nobody said anything"),
    }
}
