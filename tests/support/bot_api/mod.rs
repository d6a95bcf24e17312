//! A Bot API server for tests: in this process, over real HTTP, strict where Telegram is strict.
//!
//! [`BotApi::start`] listens on a free port of the loopback. The bot under test is pointed at [`BotApi::url`]; the test
//! plays the people through the other methods: `people` makes them, `acts` lets them write and press, `faults` breaks
//! things, `view` tells what everybody sees.

mod acts;
mod errors;
mod faults;
mod http;
mod json;
mod keyboard;
mod limits;
pub(crate) mod listener;
mod methods;
mod params;
mod people;
mod state;
mod text;
mod view;
mod webhook;

use std::{
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, Instant},
};

pub use acts::{Pressed, Writing};
pub use faults::{Fault, Injection};
pub use limits::Limits;
pub use state::{Author, Call, ChatId, Ephemerals, Happening, Member, State, UserId, What};
pub use view::Seen;

/// The token that the server takes.
pub const TOKEN: &str = "7000000001:AAE-a-token-that-opens-nothing-elsewhere";

/// The user name of the bot.
pub const BOT_NAME: &str = "entraide_bot";

/// The id of the bot.
pub const BOT_ID: UserId = UserId(7_000_000_001);

/// How long a look at the state may be old before [`BotApi::wait_for`] looks again.
const LOOK_EVERY: Duration = Duration::from_millis(3);

/// The state, and who waits for it to change.
pub(crate) struct Shared {
    state: Mutex<State>,
    /// Wakes long polls and webhook deliveries.
    updates: tokio::sync::Notify,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The server and the test's hold on it. The state lives as long as this, the listener while it is not [`BotApi::away`].
pub struct BotApi {
    shared: Arc<Shared>,
    port: u16,
    running: Mutex<Option<tokio::runtime::Runtime>>,
}

impl BotApi {
    /// Listens on a free port.
    pub fn start() -> Self {
        let shared = Arc::new(Shared { state: Mutex::new(State::new()), updates: tokio::sync::Notify::new() });
        let (runtime, port) = http::serve(&shared, 0).expect("a free port on the loopback");
        Self { shared, port, running: Mutex::new(Some(runtime)) }
    }

    /// What `telegram.api_url` is set to.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port on the loopback.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Stops listening and drops every connection; the state stays.
    pub fn away(&self) {
        if let Some(runtime) = self.running().take() {
            runtime.shutdown_background();
        }
        self.state().poller = None;
    }

    /// Listens again on the same port, with its state.
    pub fn back(&self) {
        let mut running = self.running();
        if running.is_none() {
            let deadline = Instant::now() + Duration::from_secs(5);
            loop {
                match http::serve(&self.shared, self.port) {
                    Ok((runtime, _)) => break *running = Some(runtime),
                    Err(_) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(20)),
                    Err(error) => panic!("the port {} is taken: {error}", self.port),
                }
            }
        }
    }

    /// The state, to look at or to set.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.shared.lock()
    }

    /// Waits until `holds`, at most `at_most`; fails with what was awaited and the transcript.
    pub fn wait_for(&self, what: &str, at_most: Duration, mut holds: impl FnMut(&State) -> bool) {
        let deadline = Instant::now() + at_most;
        while !holds(&self.state()) {
            if Instant::now() >= deadline {
                panic!("waited {at_most:?} in vain for {what}; what happened:\n{}", self.transcript());
            }
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// Waits until nothing new happened for `quiet`, at most `at_most`.
    pub fn wait_quiet(&self, quiet: Duration, at_most: Duration) {
        let deadline = Instant::now() + at_most;
        let (mut seen, mut since) = (self.state().happenings.len(), Instant::now());
        while since.elapsed() < quiet {
            assert!(Instant::now() < deadline, "the bot does not come to rest; what happened:\n{}", self.transcript());
            std::thread::sleep(LOOK_EVERY);
            let now = self.state().happenings.len();
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
        }
    }

    fn running(&self) -> MutexGuard<'_, Option<tokio::runtime::Runtime>> {
        self.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Wakes whoever waits for updates.
    fn wake(&self) {
        self.shared.updates.notify_waiters();
    }
}

impl Drop for BotApi {
    fn drop(&mut self) {
        self.away();
    }
}
