//! The homeserver: a real Synapse on the loopback, in a folder of its own.

use std::sync::{
    OnceLock,
    atomic::{AtomicU64, Ordering},
};

use serde_json::{Value, json};

use super::wire::Wire;

/// The password of everybody.
pub const PASSWORD: &str = "mot de passe d'essai";

/// How much the homeserver lets through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limits {
    /// Everything.
    None,
    /// What a homeserver has when its operator changes nothing.
    Default,
}

/// A running homeserver; it ends when this is dropped, and at the latest with the test's process.
pub struct Synapse {
    wire: Wire,
    url: String,
    server_name: String,
    people: AtomicU64,
}

impl Synapse {
    /// Starts one.
    pub fn start(limits: Limits) -> Self {
        let limits = match limits {
            Limits::None => "none",
            Limits::Default => "default",
        };
        let (wire, ready) = Wire::start("homeserver.py", limits, |_| {});
        let text = |name: &str| ready[name].as_str().unwrap_or_else(|| panic!("{ready}: no {name}")).to_owned();
        Self { url: text("url"), server_name: text("server_name"), wire, people: AtomicU64::new(0) }
    }

    /// The one that all tests of a binary share that leave it as it is.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Synapse> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(Limits::None))
    }

    /// What `matrix.homeserver` is set to.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What stands after the colon in user ids.
    pub fn server_name(&self) -> &str {
        &self.server_name
    }

    /// Makes an account whose name begins so, and gives its user id; the password is [`PASSWORD`].
    pub fn register(&self, name: &str) -> String {
        let plain: String = name.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        let name = format!("{plain}-{}", self.people.fetch_add(1, Ordering::Relaxed));
        self.register_as(&name)
    }

    /// Makes an account with exactly this name.
    pub fn register_as(&self, name: &str) -> String {
        let made = self.order(json!({"do": "register", "name": name, "password": PASSWORD}));
        made["user_id"].as_str().expect("a user id").to_owned()
    }

    /// Makes an account for a guest of a bridge to another network: without a password, and without devices.
    pub fn register_guest(&self, name: &str) -> String {
        let name = format!("{name}-{}", self.people.fetch_add(1, Ordering::Relaxed));
        let made = self.order(json!({"do": "register guest", "name": name}));
        made["user_id"].as_str().expect("a user id").to_owned()
    }

    /// A request of the bridge in the name of one of its guests.
    pub fn as_guest(&self, user: &str, method: &str, path: &str, body: &Value) -> Value {
        self.order(json!({"do": "guest", "user": user, "method": method, "path": path, "body": body}))
    }

    /// Starts again what was stopped or killed, on the same data and the same port.
    pub fn start_again(&self) {
        self.order(json!({"do": "start"}));
    }

    /// Stops it as its operator would.
    pub fn stop(&self) {
        self.order(json!({"do": "stop"}));
    }

    /// Kills it as a power cut would.
    pub fn kill(&self) {
        self.order(json!({"do": "kill"}));
    }

    /// It takes connections and answers nothing, until [`Self::resume`].
    pub fn pause(&self) {
        self.order(json!({"do": "pause"}));
    }

    /// It goes on.
    pub fn resume(&self) {
        self.order(json!({"do": "resume"}));
    }

    /// From now on this user may send so many messages a second, and so many at once; all else is answered with 429.
    pub fn slow_down(&self, user: &str, per_second: u32, at_once: u32) {
        let limit = json!({"messages_per_second": per_second, "burst_count": at_once});
        self.admin("POST", &format!("/_synapse/admin/v1/users/{user}/override_ratelimit"), &limit);
    }

    /// No limit for this user any more.
    pub fn speed_up(&self, user: &str) {
        self.admin("DELETE", &format!("/_synapse/admin/v1/users/{user}/override_ratelimit"), &Value::Null);
    }

    /// A request of the server's administrator.
    pub fn admin(&self, method: &str, path: &str, body: &Value) -> Value {
        self.order(json!({"do": "admin", "method": method, "path": path, "body": body}))
    }

    /// The end of its log: warnings and errors.
    pub fn log(&self) -> String {
        self.order(json!({"do": "log"})).as_str().unwrap_or_default().to_owned()
    }

    fn order(&self, order: Value) -> Value {
        self.wire.ask(order.clone()).unwrap_or_else(|error| panic!("{order}: {error}"))
    }
}
