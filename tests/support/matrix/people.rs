//! People with encrypting clients that are not matrix-sdk, and what they see.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::{
    Synapse, content,
    heard::Heard,
    synapse::PASSWORD,
    wire::{Ticket, Wire},
};

/// How long something that must come may take on a busy machine.
pub const COMES_WITHIN: Duration = Duration::from_secs(60);

/// The people of one test.
pub struct People {
    wire: Wire,
    ears: Arc<Ears>,
    names: Mutex<u64>,
}

#[derive(Default)]
struct Ears {
    heard: Mutex<Vec<Heard>>,
    changed: Condvar,
}

/// One client of somebody.
#[derive(Clone)]
pub struct Person {
    people: Arc<People>,
    /// What the person is called in rooms.
    pub name: String,
    /// `@awa-3:entraide.test`
    pub user: String,
    /// The client's device.
    pub device: String,
    handle: String,
}

/// A room to be made.
#[derive(Clone, Copy, Default)]
pub struct Plan<'a> {
    /// Its name.
    pub name: &'a str,
    /// Encrypted from its first message on.
    pub encrypted: bool,
    /// Between two.
    pub direct: bool,
    /// The version; the server's own where it is none.
    pub version: Option<&'a str>,
    /// User ids of those who are invited.
    pub invited: &'a [&'a str],
    /// User ids with a power of their own.
    pub power: &'a [(&'a str, i64)],
}

impl People {
    /// Nobody yet.
    pub fn on(synapse: &Synapse) -> Arc<Self> {
        Self::at(synapse.url())
    }

    /// The same where the clients reach the server at another address.
    pub fn at(url: &str) -> Arc<Self> {
        Self::with("people.py", url)
    }

    /// The same with clients on another library, which sign their devices and send keys to signed ones alone.
    pub fn signed(synapse: &Synapse) -> Arc<Self> {
        Self::with("signed.py", synapse.url())
    }

    fn with(script: &str, url: &str) -> Arc<Self> {
        let ears = Arc::<Ears>::default();
        let listening = Arc::clone(&ears);
        let tells = move |event: Value| {
            listening.heard.lock().unwrap_or_else(PoisonError::into_inner).push(Heard::read(&event));
            listening.changed.notify_all();
        };
        let (wire, _) = Wire::start(script, url, tells);
        Arc::new(Self { wire, ears, names: Mutex::new(0) })
    }

    /// Somebody new on the server, with a client that syncs.
    pub fn person(self: &Arc<Self>, synapse: &Synapse, name: &str) -> Person {
        let person = self.client(&synapse.register(name), name);
        let path = format!("/_matrix/client/v3/profile/{}/displayname", person.user);
        person.raw("PUT", &path, &json!({"displayname": name}));
        person
    }

    /// Another client for an account.
    pub fn client(self: &Arc<Self>, user: &str, name: &str) -> Person {
        self.device(user, name, "identity and device")
    }

    /// Another client for an account, which its identity does not sign, where clients do that at all.
    pub fn unsigned_client(self: &Arc<Self>, user: &str, name: &str) -> Person {
        self.device(user, name, "nothing")
    }

    /// A client that makes an identity for its account and signs no device with it.
    pub fn client_that_signs_nothing(self: &Arc<Self>, user: &str, name: &str) -> Person {
        self.device(user, name, "identity")
    }

    fn device(self: &Arc<Self>, user: &str, name: &str, makes: &str) -> Person {
        let handle = {
            let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
            *names += 1;
            format!("{name} {names}")
        };
        let order = json!({"do": "login", "as": handle, "user": user, "password": PASSWORD, "makes": makes});
        let answer = self.wire.ask(order).unwrap_or_else(|error| panic!("{user} cannot log in: {error}"));
        let device = answer["device_id"].as_str().expect("a device").to_owned();
        Person { people: Arc::clone(self), name: name.to_owned(), user: user.to_owned(), device, handle }
    }

    /// Everything that clients received.
    pub fn heard(&self) -> MutexGuard<'_, Vec<Heard>> {
        self.ears.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `find` finds something; fails with what was awaited and everything that was heard.
    pub fn wait_for<T>(&self, what: &str, at_most: Duration, mut find: impl FnMut(&[Heard]) -> Option<T>) -> T {
        let deadline = Instant::now() + at_most;
        let mut heard = self.heard();
        loop {
            if let Some(found) = find(&heard) {
                return found;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                drop(heard);
                panic!("waited {at_most:?} in vain for {what}; what happened:\n{}", self.transcript());
            }
            heard = self.ears.changed.wait_timeout(heard, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits until nobody hears anything new for `quiet`.
    pub fn wait_quiet(&self, quiet: Duration, at_most: Duration) {
        let deadline = Instant::now() + at_most;
        let (mut count, mut since) = (self.heard().len(), Instant::now());
        while since.elapsed() < quiet {
            assert!(Instant::now() < deadline, "nobody comes to rest; what happened:\n{}", self.transcript());
            std::thread::sleep(Duration::from_millis(10));
            let now = self.heard().len();
            if now != count {
                (count, since) = (now, Instant::now());
            }
        }
    }

    /// What happened, for a person to read.
    pub fn transcript(&self) -> String {
        let heard: Vec<String> = self.heard().iter().filter(|heard| heard.state_key.is_none()).map(line).collect();
        format!("{}\n{}", heard.join("\n"), self.wire.complaints())
    }
}

fn line(heard: &Heard) -> String {
    let lock = if heard.encrypted { "e" } else { " " };
    let what = if heard.is_message() { heard.body().to_owned() } else { heard.content.to_string() };
    let edit = if heard.edit_of().is_some() { " ✎" } else { "" };
    format!("{:>12} {lock} {:.9} {:.12} {} {}{edit}: {what}", heard.who, heard.room, heard.id, heard.sender, heard.kind)
}

impl Person {
    /// The people that this one is among.
    pub fn people(&self) -> &Arc<People> {
        &self.people
    }

    /// Gives an order without waiting; see [`Self::done`].
    fn order(&self, what: &str, mut order: Value) -> Ticket {
        order["do"] = json!(what);
        order["as"] = json!(self.handle);
        self.people.wire.order(order)
    }

    fn ask(&self, what: &str, order: Value) -> Value {
        self.try_ask(what, order).unwrap_or_else(|error| panic!("{}: {what}: {error}", self.handle))
    }

    fn try_ask(&self, what: &str, order: Value) -> Result<Value, String> {
        self.people.wire.answer(self.order(what, order))
    }

    fn ask_text(&self, what: &str, order: Value) -> String {
        self.ask(what, order).as_str().unwrap_or_default().to_owned()
    }

    /// A request as this person.
    pub fn raw(&self, method: &str, path: &str, body: &Value) -> Value {
        self.ask("raw", json!({"method": method, "path": path, "body": body}))
    }

    /// The same, where it may be refused.
    pub fn try_raw(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        self.try_ask("raw", json!({"method": method, "path": path, "body": body}))
    }

    /// Makes a room, and gives its id.
    pub fn makes(&self, plan: Plan<'_>) -> String {
        let mut settings = json!({
            "name": plan.name,
            "is_direct": plan.direct,
            "invite": plan.invited,
            "preset": if plan.direct { "trusted_private_chat" } else { "private_chat" },
        });
        if plan.encrypted {
            let content = json!({"algorithm": "m.megolm.v1.aes-sha2"});
            settings["initial_state"] = json!([{"type": "m.room.encryption", "state_key": "", "content": content}]);
        }
        if let Some(version) = plan.version {
            settings["room_version"] = json!(version);
        }
        if !plan.power.is_empty() {
            let users: serde_json::Map<String, Value> = plan.power.iter().map(|(user, power)| ((*user).to_owned(), json!(power))).collect();
            settings["power_level_content_override"] = json!({"users": users});
        }
        self.ask_text("create_room", json!({"settings": settings}))
    }

    /// Invites somebody.
    pub fn invites(&self, room: &str, user: &str) {
        self.raw("POST", &format!("/_matrix/client/v3/rooms/{room}/invite"), &json!({"user_id": user}));
    }

    /// Goes into a room.
    pub fn joins(&self, room: &str) {
        self.ask("join", json!({"room": room}));
    }

    /// Leaves it.
    pub fn leaves(&self, room: &str) {
        self.raw("POST", &format!("/_matrix/client/v3/rooms/{room}/leave"), &json!({}));
    }

    /// Shows somebody the door.
    pub fn kicks(&self, room: &str, user: &str) {
        self.raw("POST", &format!("/_matrix/client/v3/rooms/{room}/kick"), &json!({"user_id": user}));
    }

    /// Makes the room's state so.
    pub fn sets(&self, room: &str, kind: &str, key: &str, content: Value) -> String {
        self.ask_text("state", json!({"room": room, "kind": kind, "key": key, "content": content}))
    }

    /// From now on the room is encrypted.
    pub fn encrypts(&self, room: &str) {
        self.sets(room, "m.room.encryption", "", json!({"algorithm": "m.megolm.v1.aes-sha2"}));
    }

    /// Moves the room into a new one of this version, and gives its id.
    pub fn upgrades(&self, room: &str, version: &str) -> String {
        let answer = self.raw("POST", &format!("/_matrix/client/v3/rooms/{room}/upgrade"), &json!({"new_version": version}));
        answer["replacement_room"].as_str().expect("a room").to_owned()
    }

    /// Writes a text, and gives its event id.
    pub fn says(&self, room: &str, text: &str) -> String {
        self.sends(room, content::text(text))
    }

    /// Sends a message.
    pub fn sends(&self, room: &str, content: Value) -> String {
        self.done(self.begins(room, content))
    }

    /// Begins to send a message; several are sent in the order in which they were begun.
    pub fn begins(&self, room: &str, content: Value) -> Ticket {
        self.order("send", json!({"room": room, "kind": "m.room.message", "content": content}))
    }

    /// Waits until it is sent, and gives its event id.
    pub fn done(&self, ticket: Ticket) -> String {
        let answer = self.people.wire.answer(ticket).unwrap_or_else(|error| panic!("{} cannot send: {error}", self.handle));
        answer.as_str().unwrap_or_default().to_owned()
    }

    /// Reacts to a message.
    pub fn reacts(&self, room: &str, to: &str, key: &str) -> String {
        self.ask_text("send", json!({"room": room, "kind": "m.reaction", "content": content::reaction(key, to)}))
    }

    /// Takes a message away.
    pub fn redacts(&self, room: &str, event: &str) {
        self.ask("redact", json!({"room": room, "event": event}));
    }

    /// Sends a file, encrypted where the room is.
    pub fn sends_file(&self, room: &str, data: &[u8], mime: &str, content: Value) -> String {
        self.ask_text("file", json!({"room": room, "data": BASE64.encode(data), "mime": mime, "content": content}))
    }

    /// What is in a file that was received, decrypted.
    pub fn downloads(&self, heard: &Heard) -> Vec<u8> {
        let data = self.ask_text("download", json!({"content": heard.content}));
        BASE64.decode(data.as_bytes()).expect("base64")
    }

    /// The app is closed until [`Self::wakes`]: nothing is received.
    pub fn sleeps(&self) {
        self.ask("sleep", json!({}));
    }

    /// The app is open again.
    pub fn wakes(&self) {
        self.ask("wake", json!({}));
    }

    /// How far each device of an account is trusted, as mautrix counts it.
    pub fn trust(&self, user: &str) -> Value {
        self.ask("trust", json!({"user": user}))
    }

    /// This device is gone.
    pub fn logs_out(&self) {
        self.ask("logout", json!({}));
    }

    /// The next message in the room has a new key.
    pub fn rotates_keys(&self, room: &str) {
        self.ask("rotate", json!({"room": room}));
    }

    /// From the next message in the room on, keys are made and not sent.
    pub fn holds_keys(&self, room: &str) {
        self.ask("hold_keys", json!({"room": room}));
    }

    /// Sends the keys that were held back; how many batches these were.
    pub fn releases_keys(&self) -> u64 {
        self.ask("release_keys", json!({})).as_u64().unwrap_or(0)
    }

    /// The keys that were held back never come.
    pub fn forgets_held_keys(&self, room: &str) {
        self.ask("forget_keys", json!({"room": room}));
    }

    /// Whether this client received it.
    pub fn heard_it(&self, heard: &Heard) -> bool {
        heard.who == self.handle
    }

    /// What this client received in a room, in order.
    pub fn heard(&self, room: &str) -> Vec<Heard> {
        self.people.heard().iter().filter(|heard| heard.who == self.handle && heard.room == room).cloned().collect()
    }

    /// Waits until this client receives something in a room that fits.
    pub fn wait_for(&self, room: &str, what: &str, fits: impl Fn(&Heard) -> bool) -> Heard {
        let mine = |heard: &&Heard| heard.who == self.handle && heard.room == room;
        self.people.wait_for(what, COMES_WITHIN, |heard| heard.iter().filter(mine).find(|heard| fits(heard)).cloned())
    }

    /// Waits until this client reads a message of somebody with these words.
    pub fn reads(&self, room: &str, from: &str, words: &str) -> Heard {
        let fits = |heard: &Heard| heard.is_message() && heard.sender == from && heard.body().contains(words);
        self.wait_for(room, &format!("{:?} to read {words:?}", self.handle), fits)
    }

    /// Waits until this client sees that somebody is in a room.
    pub fn sees_join(&self, room: &str, user: &str) {
        self.wait_for(room, &format!("{user} to join"), |heard| heard.membership() == Some((user, "join")));
    }

    /// Waits until this client is invited into a room, and gives its id.
    pub fn is_invited(&self, what: &str, fits: impl Fn(&Heard) -> bool) -> String {
        let find = |heard: &[Heard]| {
            let mine = |heard: &&Heard| heard.who == self.handle && heard.kind == "invited" && fits(heard);
            heard.iter().find(mine).map(|heard| heard.room.clone())
        };
        self.people.wait_for(what, COMES_WITHIN, find)
    }
}
