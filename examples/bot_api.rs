//! A Bot API server to play with: run `entraide run` against it, and speak for everybody at its prompt.
//!
//! `cargo run --example bot_api`, then in another terminal what it says. Lines are those of `entraide try`:
//! `Awa> /menu` in the group, `Awa>> /solde` in private, `Awa! 2` and `Awa!! 2` for buttons.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::panic,
    clippy::unwrap_used,
    reason = "the server is that of the tests, which use all of it"
)]

#[path = "../tests/support/bot_api/mod.rs"]
mod bot_api;

use std::{
    collections::BTreeMap,
    io::BufRead,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use bot_api::{BotApi, ChatId, Pressed, TOKEN, UserId};

struct Room {
    api: BotApi,
    group: Mutex<Option<ChatId>>,
    people: Mutex<BTreeMap<String, UserId>>,
}

fn main() {
    let room = Arc::new(Room { api: BotApi::start(), group: Mutex::default(), people: Mutex::default() });
    println!("ENTRAIDE_TELEGRAM__API_URL={} ENTRAIDE_TELEGRAM__TOKEN={TOKEN} entraide run", room.api.url());
    let shown = Arc::clone(&room);
    thread::spawn(move || show(&shown.api));
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        if let Err(error) = room.act(line.trim()) {
            println!("? {error}");
        }
    }
}

/// Prints what the bot does, as it does it.
fn show(api: &BotApi) {
    let mut seen = 0;
    loop {
        let transcript = api.transcript();
        let lines: Vec<&str> = transcript.lines().filter(|line| line.contains(" bot: ")).collect();
        lines.iter().skip(seen).for_each(|line| println!("{line}"));
        seen = lines.len();
        thread::sleep(Duration::from_millis(50));
    }
}

impl Room {
    /// The first to speak makes the group; everybody's private chat is open.
    fn person(&self, name: &str) -> (UserId, ChatId) {
        let (mut people, mut group) = (self.people.lock().unwrap(), self.group.lock().unwrap());
        let known = people.get(name).copied();
        let user = known.unwrap_or_else(|| self.api.person(name));
        let chat = *group.get_or_insert_with(|| self.api.supergroup("Le cercle", user));
        if known.is_none() {
            self.api.opens_silently(user);
            self.api.enters(user, chat);
            people.insert(name.to_owned(), user);
        }
        (user, chat)
    }

    fn act(&self, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let at = line.find(['>', '!']).filter(|at| *at > 0).ok_or("write `Awa> /menu`, `Awa>> /solde`, `Awa! 1` or `Awa!! 1`")?;
        let (user, group) = self.person(line[..at].trim());
        let (sign, rest) = line[at..].split_at(1);
        let (chat, rest) = match rest.strip_prefix(sign) {
            Some(rest) => (ChatId::from(user), rest.trim()),
            None => (group, rest.trim()),
        };
        if sign == ">" {
            self.api.writes(user, chat, rest);
            return Ok(());
        }
        match self.api.presses(user, chat, rest.parse().map_err(|_| "no number of a button".to_owned())?)? {
            Pressed::Told(_) => Ok(()),
            Pressed::Opened(url) => {
                println!("(opens {url})");
                Ok(())
            }
        }
    }
}
