//! People who talk to an engine in private and press what it shows them, with a clock that moves.
#![allow(dead_code, unreachable_pub, reason = "every test uses another part of it")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{collections::HashMap, path::Path};

use chrono::TimeDelta;
use entraide::{
    app::engine::Engine,
    domain::{
        event::{Event, EventKey, Platform},
        message::{Button, Value},
        time::Timestamp,
    },
    store::{
        outbox::{Ready, Route},
        sql::Reader,
        verify::verify,
    },
};

use super::desk::{self, NOON, content, direct, found};

/// People who write and press, with the clock of the engine and the newest buttons of each.
pub struct Talk {
    pub engine: Engine,
    pub now: Timestamp,
    said: u64,
    buttons: HashMap<String, Vec<Button>>,
    pub told: HashMap<String, Vec<String>>,
}

impl Talk {
    /// Nadia coordinates; the others join her group.
    pub async fn of(folder: &Path, others: &[&str]) -> Self {
        let mut engine = desk::engine(folder).await;
        found(&mut engine, "Nadia", others).await;
        Self { engine, now: NOON, said: 0, buttons: HashMap::new(), told: HashMap::new() }
    }

    /// The program is started anew on the same database, with the clock at `now`.
    pub async fn restart(self, folder: &Path, now: Timestamp) -> Self {
        let Self { engine, said, .. } = self;
        drop(engine);
        let (engine, _) = desk::open(folder, now, false).await;
        Self { engine, now, said: said + 1_000, buttons: HashMap::new(), told: HashMap::new() }
    }

    fn note(&mut self, owed: &[Ready]) {
        self.told.clear();
        for ready in owed {
            let (Some(content), Route::Direct(_, address) | Route::DirectClosed(_, address)) = (content(ready), &ready.route) else {
                continue;
            };
            let ids = content.lines.iter().map(|line| line.id.to_string());
            self.told.entry(address.id.clone()).or_default().extend(ids);
            if !content.buttons.is_empty() {
                self.buttons.insert(address.id.clone(), content.buttons.clone());
            }
        }
    }

    pub async fn hand_in(&mut self, mut event: Event) -> Vec<Ready> {
        event.at = self.now;
        event.key = EventKey(format!("talk:{}", self.said));
        self.said += 1;
        let owed = desk::handle(&mut self.engine, vec![event]).await;
        self.note(&owed);
        owed
    }

    pub async fn say(&mut self, name: &str, text: &str) -> Vec<Ready> {
        self.hand_in(desk::said("", name, text)).await
    }

    pub async fn press(&mut self, name: &str, button: usize) -> Vec<Ready> {
        let press = self.buttons[name][button - 1].press.clone();
        self.hand_in(desk::pressed_in("", direct(Platform::Terminal, name), name, press)).await
    }

    /// The clock moves on; what came due happened.
    pub async fn later(&mut self, delta: TimeDelta) -> usize {
        self.now = self.now.plus(delta);
        self.engine.clock().set(self.now);
        let owed = self.engine.handle_due().await.unwrap().owed;
        self.note(&owed);
        owed.len()
    }

    pub async fn code(&mut self, name: &str) -> String {
        let owed = self.say(name, "/lier").await;
        let lines = &content(owed.last().unwrap()).unwrap().lines;
        let code = lines.iter().flat_map(|line| &line.args).find(|(name, _)| name == "code").map(|(_, value)| value.clone());
        let Some(Value::Text(code)) = code else { panic!("no code: {lines:?}") };
        code
    }

    /// Both agree; a day is left.
    pub async fn agree(&mut self, asking: &str, typing: &str) {
        let code = self.code(asking).await;
        self.say(typing, &format!("/lier {code}")).await;
        self.press(typing, 1).await;
        self.press(asking, 1).await;
        assert_eq!(self.first(typing), "link-news", "{:?}", self.told);
    }

    pub async fn link(&mut self, asking: &str, typing: &str) {
        self.agree(asking, typing).await;
        self.later(TimeDelta::hours(24)).await;
        assert!(self.was_told(asking, "link-done") && self.was_told(typing, "link-done"), "{:?}", self.told);
    }

    pub fn first(&self, name: &str) -> &str {
        self.told.get(name).and_then(|lines| lines.first()).map_or("", |id| id)
    }

    pub fn was_told(&self, name: &str, id: &str) -> bool {
        self.told.get(name).is_some_and(|lines| lines.iter().any(|line| line == id))
    }

    /// What a person can spend and has set aside, as they are told themselves.
    pub async fn wealth(&mut self, name: &str) -> i64 {
        let owed = self.say(name, "/solde").await;
        let lines = &content(owed.last().unwrap()).unwrap().lines;
        let told = lines.iter().filter(|line| matches!(&*line.id, "credits-free" | "credits-set-aside")).flat_map(|line| &line.args);
        told.map(|(_, value)| if let Value::Number(n) = value { *n } else { 0 }).sum()
    }

    pub async fn is_sound(&mut self, folder: &Path) {
        let mut reader = Reader::open(&folder.join("entraide.db")).await.unwrap();
        let report = verify(&mut reader).await.unwrap();
        assert!(report.is_sound(), "{report}");
    }
}
