//! Guests of a bridge to another network: accounts without devices, which can read nothing that is encrypted.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{
    bot::Bot,
    circle::{Circle, Room, STEP_TAKES},
    support::matrix::{Synapse, content},
};

/// A guest, as the bridge acts for them.
struct Guest<'a> {
    synapse: &'a Synapse,
    user: String,
}

impl Guest<'_> {
    fn asks(&self, method: &str, path: &str, body: &Value) -> Value {
        self.synapse.as_guest(&self.user, method, path, body)
    }

    fn joins(&self, room: &str) {
        self.asks("POST", &format!("/_matrix/client/v3/join/{room}"), &json!({}));
    }

    fn says(&self, room: &str, n: u32, text: &str) {
        self.asks("PUT", &format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/{n}"), &content::text(text));
    }

    fn wait<T>(&self, what: &str, mut find: impl FnMut() -> Option<T>) -> T {
        let deadline = Instant::now() + STEP_TAKES;
        loop {
            if let Some(found) = find() {
                return found;
            }
            assert!(Instant::now() < deadline, "{} waited in vain for {what}", self.user);
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// The room that the guest is invited into.
    fn invited(&self) -> String {
        let mut since = String::new();
        let invited = || {
            // With the token of the last answer: Synapse gives the same answer to the same question for two minutes.
            let told = self.asks("GET", &format!("/_matrix/client/v3/sync?timeout=0{since}"), &Value::Null);
            since = format!("&since={}", told["next_batch"].as_str()?);
            told["rooms"]["invite"].as_object()?.keys().next().cloned()
        };
        self.wait("an invitation", invited)
    }

    /// Waits until the bot says these words there, readably.
    fn reads(&self, room: &str, bot: &str, words: &str) -> String {
        let read = || {
            let told = self.asks("GET", &format!("/_matrix/client/v3/rooms/{room}/messages?dir=b&limit=50"), &Value::Null);
            let all = told["chunk"].as_array()?;
            let bodies = all.iter().filter(|event| event["sender"] == bot).filter_map(|event| event["content"]["body"].as_str());
            bodies.map(crate::support::gifts::plain).find(|body| body.contains(words))
        };
        self.wait(words, read)
    }
}

#[test]
fn guests_of_another_network_take_part_like_everybody() {
    let synapse = Synapse::shared();
    let circle = Circle::with(synapse, Bot::new(synapse, None), Room::Plain, 1);
    circle.issue_to_all(10);
    let (group, bot) = (&circle.group, &circle.bot.user);
    let guest = Guest { synapse, user: synapse.register_guest("sam") };
    circle.coordinator.person.invites(group, &guest.user);
    guest.joins(group);
    guest.says(group, 1, "!rejoindre");
    // Their direct room is one that they can read.
    let direct = guest.invited();
    guest.joins(&direct);
    guest.reads(&direct, bot, "votre accord");
    guest.says(&direct, 2, "1");
    guest.reads(&direct, bot, "Bienvenue");
    let short = guest.user.trim_start_matches('@').split(':').next().unwrap();
    circle.members[0].asks(&format!("!donner @{short} 2 pont."));
    guest.reads(&direct, bot, "pont.");
    guest.says(&direct, 3, "!solde");
    guest.reads(&direct, bot, "Il vous reste 2 crédits");
    // Others' direct rooms are encrypted as ever.
    assert!(circle.members[0].asks("!menu").encrypted);
}
