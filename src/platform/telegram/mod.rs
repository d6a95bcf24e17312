//! Telegram: the Bot API over HTTPS, with teloxide's types; updates are taken as raw JSON and acknowledged after the commit.
//!
//! [`Telegram::new`] makes no request. [`Telegram::run`] introduces itself (`getMe`), starts to read, and only then probes
//! for ephemeral messages and tells Telegram the menu. [`Telegram::deliver`] carries out one parcel; pace is the outbox's.

mod api;
pub mod commands;
mod deliver;
mod document;
mod ephemeral;
mod incoming;
mod keyboard;
mod membership;
mod payload;
mod poll;
mod refs;
mod render;
mod trouble;
mod webhook;
mod wire;

use std::{
    pin::pin,
    sync::{Arc, OnceLock},
    time::Duration,
};

use secrecy::SecretString;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use teloxide::{payloads::GetMe, requests::Payload};
use tokio::sync::watch;

use super::{Capabilities, Clock, Health, Intake, backoff::Backoff};
use crate::domain::event::{AccountAddress, Cursor, Platform};
use api::{Api, Fault, LIMIT};

use commands::Menu;
use deliver::Progress;
use ephemeral::Probe;
use trouble::Trouble;

pub use ephemeral::acted_at;

/// What Telegram can do before it was asked about ephemeral messages.
pub const CAPABILITIES: Capabilities = Capabilities { ephemeral: false, buttons: true, command_sign: '/' };

/// What the adapter is told by the configuration.
pub struct Config {
    /// From BotFather.
    pub token: SecretString,
    /// Where the Bot API is; `https://api.telegram.org` unless the operator runs a server.
    pub api_url: String,
    /// Updates come by webhook where this is set, by long polling otherwise.
    pub webhook: Option<Webhook>,
    /// What Telegram shows when somebody types `/`.
    pub menu: Menu,
    /// The time at which events are taken in.
    pub clock: Clock,
}

/// How updates come by webhook.
#[derive(Clone)]
pub struct Webhook {
    /// The public address; its path is the one that [`Telegram::webhook_router`] serves.
    pub url: String,
    /// 1 to 256 characters of `A-Z a-z 0-9 _ -`; Telegram sends it with every update.
    pub secret: SecretString,
}

/// The adapter cannot go on; an operator must act.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Ended {
    /// An address in the configuration cannot be read.
    #[error("{key} is not an http or https address")]
    Address {
        /// The key of the configuration.
        key: &'static str,
    },
    /// Telegram does not know the token.
    #[error("Telegram refuses the token: check telegram.token (BotFather gives it with /token) and telegram.api_url")]
    TokenRefused,
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made: {0}")]
    Client(String),
}

/// The bot's own account.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Me {
    /// The unchanging id.
    pub id: i64,
    /// Without the `@`.
    #[serde(rename = "username")]
    pub user_name: String,
}

/// The bot on Telegram.
pub struct Telegram {
    api: Api,
    webhook: Option<Webhook>,
    menu: Menu,
    clock: Clock,
    me: OnceLock<Me>,
    probe: Probe,
    health: Arc<Health>,
    progress: Progress,
}

impl Telegram {
    /// Checks the addresses; makes no request.
    pub fn new(config: Config) -> Result<Self, Ended> {
        if let Some(webhook) = &config.webhook {
            webhook.path()?;
        }
        Ok(Self {
            api: Api::new(&config.api_url, &config.token)?,
            webhook: config.webhook,
            menu: config.menu,
            clock: config.clock,
            me: OnceLock::new(),
            probe: Probe::default(),
            health: Arc::default(),
            progress: Progress::default(),
        })
    }

    /// What Telegram can do; ephemeral messages only after the probe at start found them.
    pub fn capabilities(&self) -> Capabilities {
        Capabilities { ephemeral: self.probe.passed(), ..CAPABILITIES }
    }

    /// When Telegram last answered.
    pub fn health(&self) -> Arc<Health> {
        Arc::clone(&self.health)
    }

    /// Asks Telegram once who the bot is: for `entraide check --online`. The error says what to do and names nobody.
    pub async fn introduce(&self) -> Result<Me, String> {
        let me: Result<Me, Fault> = self.ask(&GetMe::new()).await;
        match me {
            Ok(me) => Ok(self.me.get_or_init(|| me).clone()),
            Err(fault) if is_stranger(&fault) => Err(Ended::TokenRefused.to_string()),
            Err(fault) => Err(format!("Telegram does not answer: {fault}")),
        }
    }

    /// Reads updates from `cursor` on and hands them to `intake`, until `stop`. While the network is away it tries again, slower and slower.
    pub async fn run<I: Intake>(self: Arc<Self>, intake: I, cursor: Option<Cursor>, stop: watch::Receiver<bool>) -> Result<(), Ended> {
        // What was handed over and is not acknowledged yet comes again after the next start, and is known by its key.
        tokio::select! {
            biased;
            () = stopped(stop) => Ok(()),
            ended = self.known_then_read(&intake, cursor) => ended,
        }
    }

    async fn known_then_read<I: Intake>(&self, intake: &I, cursor: Option<Cursor>) -> Result<(), Ended> {
        let me = self.who_am_i().await?;
        let read = async {
            match &self.webhook {
                Some(webhook) => self.listen(webhook).await,
                None => self.poll(&me, intake, cursor).await,
            }
        };
        // Reading begins first; the menu and the probe go beside it.
        let (mut read, mut settle) = (pin!(read), pin!(self.settle()));
        tokio::select! {
            biased;
            ended = &mut read => ended,
            () = &mut settle => read.await,
        }
    }

    /// `getMe`, until it is answered.
    async fn who_am_i(&self) -> Result<Me, Ended> {
        if let Some(me) = self.me.get() {
            return Ok(me.clone());
        }
        let mut backoff = Backoff::default();
        loop {
            let me: Result<Me, Fault> = self.ask(&GetMe::new()).await;
            match me {
                Ok(me) => return Ok(self.me.get_or_init(|| me).clone()),
                Err(fault) if is_stranger(&fault) => return Err(Ended::TokenRefused),
                Err(fault) => {
                    let pause = backoff.next(fault.retry_after());
                    tracing::warn!(pause_ms = pause.as_millis(), "Telegram does not say who the bot is: {fault}");
                    tokio::time::sleep(pause).await;
                }
            }
        }
    }

    /// Asks Telegram something. An answer, even a refusal, is a sign of life.
    async fn ask<P, R>(&self, payload: &P) -> Result<R, Fault>
    where
        P: Payload + Serialize,
        R: DeserializeOwned,
    {
        self.ask_within(payload, LIMIT).await
    }

    async fn ask_within<P, R>(&self, payload: &P, limit: Duration) -> Result<R, Fault>
    where
        P: Payload + Serialize,
        R: DeserializeOwned,
    {
        let answer = self.api.call(payload, limit).await;
        if let Ok(_) | Err(Fault::Refused { .. }) = &answer {
            self.answered();
        }
        answer
    }

    fn answered(&self) {
        self.health.answered((self.clock)());
    }
}

/// Whether `getMe` was refused because Telegram does not know the token, or this is no Bot API.
fn is_stranger(fault: &Fault) -> bool {
    matches!(Trouble::of(fault), Trouble::Token | Trouble::NoSuchMethod)
}

/// Returns when the program stops taking things in.
async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error means that nobody is left to say so, which is a stop too.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// An account on Telegram.
fn account(id: i64) -> AccountAddress {
    AccountAddress { platform: Platform::Telegram, id: id.to_string() }
}
