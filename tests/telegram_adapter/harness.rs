//! The adapter with an engine that only writes down what it is given.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

use entraide::{
    domain::{
        event::{AccountAddress, Batch, Cursor, Event, MessageRef, Origin, Platform, Pressed, RoomAddress, Said},
        ids::DeliveryId,
        message::{File, Press},
        time::Timestamp,
    },
    platform::{
        Body, DeliveryError, Destination, Intake, NotTaken, Parcel, Reason, Receipt,
        telegram::{Config, Ended, Telegram, Webhook},
    },
    text::rich::{RichText, Span, Style},
};
use tokio::{runtime::Runtime, sync::watch, task::JoinHandle};

use crate::support::bot_api::{BotApi, ChatId, TOKEN, UserId};

/// Long enough for everything that should happen.
pub(crate) const SOON: Duration = Duration::from_secs(10);

/// Writes down what it is given; may refuse, or keep everybody waiting.
#[derive(Clone, Default)]
pub(crate) struct Ledger(Arc<Kept>);

#[derive(Default)]
struct Kept {
    batches: Mutex<Vec<Batch>>,
    /// What is answered to the next batches instead of taking them.
    refusals: Mutex<VecDeque<NotTaken>>,
    /// Nothing is committed while this holds.
    held: AtomicBool,
}

impl Intake for Ledger {
    async fn submit(&self, batch: Batch) -> Result<(), NotTaken> {
        while self.0.held.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        if let Some(refusal) = self.0.refusals.lock().unwrap().pop_front() {
            return Err(refusal);
        }
        self.0.batches.lock().unwrap().push(batch);
        Ok(())
    }
}

impl Ledger {
    /// Commits nothing from now on, or again.
    pub(crate) fn hold(&self, held: bool) {
        self.0.held.store(held, Ordering::SeqCst);
    }

    /// Refuses the next batch.
    pub(crate) fn refuse(&self, why: NotTaken) {
        self.0.refusals.lock().unwrap().push_back(why);
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.0.batches.lock().unwrap().iter().flat_map(|batch| batch.events.clone()).collect()
    }

    pub(crate) fn cursor(&self) -> Option<Cursor> {
        self.0.batches.lock().unwrap().iter().rev().find_map(|batch| batch.cursor.clone())
    }

    /// Waits for the `n`-th event.
    pub(crate) fn await_events(&self, n: usize) -> Vec<Event> {
        let deadline = Instant::now() + SOON;
        loop {
            let events = self.events();
            if events.len() >= n {
                return events;
            }
            assert!(Instant::now() < deadline, "waited for {n} events in vain, there are {}: {events:?}", events.len());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The texts of what was said.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.events().iter().filter_map(said).map(|said| said.text.clone()).collect()
    }

    /// The newest thing said, once there are `n` events.
    pub(crate) fn said(&self, n: usize) -> Said {
        self.await_events(n).iter().rev().find_map(said).cloned().expect("something said")
    }

    /// The newest press, once there are `n` events.
    pub(crate) fn pressed(&self, n: usize) -> Pressed {
        let pressed = |event: &Event| match &event.origin {
            Origin::Pressed(pressed) => Some(pressed.clone()),
            _ => None,
        };
        self.await_events(n).iter().rev().find_map(pressed).expect("a press")
    }
}

fn said(event: &Event) -> Option<&Said> {
    match &event.origin {
        Origin::Said(said) => Some(said),
        _ => None,
    }
}

/// The adapter, running.
pub(crate) struct Bot {
    pub(crate) telegram: Arc<Telegram>,
    pub(crate) ledger: Ledger,
    runtime: Runtime,
    stop: watch::Sender<bool>,
    running: Option<JoinHandle<Result<(), Ended>>>,
}

pub(crate) fn menu() -> Vec<(String, Vec<(String, String)>)> {
    let lines = |lines: [(&str, &str); 3]| lines.map(|(word, what)| (word.to_owned(), what.to_owned())).to_vec();
    vec![
        ("fr".to_owned(), lines([("menu", "Les boutons"), ("credits", "Mon solde"), ("installer", "Installer")])),
        ("en".to_owned(), lines([("menu", "The buttons"), ("credits", "My balance"), ("setup", "Set up")])),
    ]
}

pub(crate) fn config(url: String, token: &str, webhook: Option<Webhook>) -> Config {
    let clock = || Timestamp::from(chrono::DateTime::<chrono::Utc>::from(SystemTime::now()));
    Config { token: token.into(), api_url: url, webhook, menu: menu(), clock: Arc::new(clock) }
}

impl Bot {
    pub(crate) fn start(api: &BotApi) -> Self {
        Self::start_with(config(api.url(), TOKEN, None), Ledger::default(), None)
    }

    pub(crate) fn start_with(config: Config, ledger: Ledger, cursor: Option<Cursor>) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let telegram = Arc::new(Telegram::new(config).unwrap());
        let (stop, stopped) = watch::channel(false);
        let running = runtime.spawn(Arc::clone(&telegram).run(ledger.clone(), cursor, stopped));
        Self { telegram, ledger, runtime, stop, running: Some(running) }
    }

    /// Waits until the menu is told, which is the last thing at start.
    pub(crate) fn settled(self, api: &BotApi) -> Self {
        api.wait_for("the menu", SOON, |state| state.count("setMyCommands") >= 6);
        // The answer to the last request is on its way.
        thread::sleep(Duration::from_millis(20));
        self
    }

    /// What `run` came to, by itself.
    pub(crate) fn ended(&mut self) -> Result<(), Ended> {
        let running = self.running.take().expect("running");
        self.runtime.block_on(async { tokio::time::timeout(SOON, running).await }).expect("an end").unwrap()
    }

    /// What `run` comes to when it is told to stop.
    pub(crate) fn stop(&mut self) -> Result<(), Ended> {
        self.stop.send(true).unwrap();
        self.ended()
    }

    pub(crate) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(future);
    }

    pub(crate) fn deliver(&self, delivery: u128, to: &Destination, body: Body) -> Result<Receipt, DeliveryError> {
        let parcel = Parcel { delivery: DeliveryId(uuid::Uuid::from_u128(delivery)), to: to.clone(), answers: None, thread: None, body };
        self.runtime.block_on(self.telegram.deliver(&parcel))
    }

    /// Delivers what must arrive; the message that can be edited later.
    pub(crate) fn says(&self, to: &Destination, body: Body) -> MessageRef {
        self.deliver(1, to, body).expect("delivered").message.expect("a message")
    }

    /// Delivers what is refused for good.
    pub(crate) fn refused(&self, to: &Destination, body: Body) -> Reason {
        match self.deliver(2, to, body) {
            Err(DeliveryError::Permanent(reason)) => reason,
            other => panic!("refused for good, not {other:?}"),
        }
    }
}

pub(crate) fn plain(text: &str) -> RichText {
    RichText { spans: vec![Span { text: text.to_owned(), style: Style::Plain }] }
}

pub(crate) fn message(text: &str, buttons: &[(&str, Press)]) -> Body {
    let buttons = buttons.iter().map(|(label, press)| ((*label).to_owned(), press.clone())).collect();
    Body::Message { text: plain(text), buttons, file: None, edit_of: None }
}

pub(crate) fn edit(of: &MessageRef, text: &str, buttons: &[(&str, Press)]) -> Body {
    match message(text, buttons) {
        Body::Message { text, buttons, file, .. } => Body::Message { text, buttons, file, edit_of: Some(of.clone()) },
        other => other,
    }
}

pub(crate) fn with_file(text: &str, name: &str, content: &str) -> Body {
    let file = Some(File { name: name.to_owned(), text: content.to_owned() });
    Body::Message { text: plain(text), buttons: vec![], file, edit_of: None }
}

pub(crate) fn account(user: UserId) -> AccountAddress {
    AccountAddress { platform: Platform::Telegram, id: user.0.to_string() }
}

pub(crate) fn address(chat: ChatId, thread: Option<i64>) -> RoomAddress {
    let id = thread.map_or_else(|| chat.0.to_string(), |thread| format!("{}/{thread}", chat.0));
    RoomAddress { platform: Platform::Telegram, id, direct: false }
}

pub(crate) fn room(chat: ChatId) -> Destination {
    Destination::Room(address(chat, None))
}

pub(crate) fn direct(user: UserId) -> Destination {
    Destination::Direct(account(user))
}
