//! Matrix: a homeserver over its client API, with matrix-sdk for encryption; the sync token is ours, committed with the events.
//!
//! [`Matrix::new`] makes no request. [`Matrix::run`] opens the store (or makes a new device by recovery), reads, and looks
//! after invitations. [`Matrix::deliver`] carries out one parcel; pace is the outbox's. A client of the SDK lives for one
//! session: after any fault but the network's a new one is made from the store.

mod again;
mod client;
mod deliver;
mod folder;
mod gap;
mod incoming;
mod keys;
mod login;
mod render;
mod rooms;
mod standing;
mod sync;
mod tend;
mod translate;
mod trouble;
mod trust;

use std::{
    panic::AssertUnwindSafe,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use futures_util::FutureExt as _;
use matrix_sdk::Client;
use secrecy::SecretString;
use tokio::sync::{Notify, watch};

use super::{Capabilities, Clock, Health, Intake, backoff::Backoff};
use crate::domain::event::{Cursor, Kept, Platform};
use client::Found;
use folder::Folder;
use keys::Waiting;
use sync::End;

pub use login::{Credentials, LoggedIn, Wanted};
pub use standing::Standing;

/// What Matrix can do. Reactions as buttons would show everybody who chose what; choices are answered by number.
pub const CAPABILITIES: Capabilities = Capabilities { ephemeral: false, buttons: false, command_sign: '!' };

/// How many missed events of a room are worth reading back: nobody waits for an answer to what lies further behind.
pub const MISSED_MAX: usize = 2_000;

/// What the adapter is told by the configuration.
pub struct Config {
    /// The homeserver's address.
    pub homeserver: String,
    /// The bot's full id.
    pub user: String,
    /// Its password, to make a new device.
    pub password: Option<SecretString>,
    /// What brings a new device its keys.
    pub recovery_key: Option<SecretString>,
    /// Where the encryption's state is kept.
    pub store: PathBuf,
    /// What the store is encrypted with.
    pub store_key: [u8; 32],
    /// Whose invitations are accepted.
    pub allowed: Allowed,
    /// The time at which events are taken in.
    pub clock: Clock,
    /// How many missed events of one room are read back at most; what is older is passed over, and the room told so.
    pub missed_max: usize,
}

/// Whose invitations are accepted; with neither list, those of the bot's own homeserver.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Allowed {
    /// Whole homeservers; `*` is all of them.
    pub servers: Vec<String>,
    /// Single accounts.
    pub users: Vec<String>,
}

/// The adapter cannot go on; an operator must act.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Ended {
    /// Another process works with the store.
    #[error("another entraide works with {folder}; stop it first: two on one store would spoil the encryption")]
    InUse {
        /// Which folder.
        folder: PathBuf,
    },
    /// The folder cannot be used.
    #[error("cannot use the folder {folder} (matrix.store): {why}")]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// Why.
        why: String,
    },
    /// The address cannot be read.
    #[error("matrix.homeserver is not an address that can be used")]
    Address,
    /// The store cannot be written.
    #[error("the store in matrix.store cannot be written: is the disk full?")]
    Store,
    /// No device, and not all that a new one needs.
    #[error("no Matrix device: {0}")]
    NoDevice(String),
    /// The homeserver does not answer now.
    #[error("the homeserver does not answer: {0}")]
    Unreachable(String),
}

/// Where reading goes on: the last commit.
struct Place {
    cursor: Option<String>,
    /// What is told now is what came after the last commit, and no more.
    goes_on: bool,
    waiting: Waiting,
}

/// The bot on Matrix.
pub struct Matrix {
    config: Config,
    health: Arc<Health>,
    /// This process works with the store.
    at_work: AtomicBool,
    /// The client while it reads.
    current: watch::Sender<Option<Client>>,
    directs: rooms::Directs,
    reviewed: trust::Reviewed,
    sent: deliver::Sent,
    something_to_tend: Notify,
}

impl Matrix {
    /// Makes no request.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            health: Arc::default(),
            at_work: AtomicBool::new(false),
            current: watch::Sender::new(None),
            directs: rooms::Directs::default(),
            reviewed: trust::Reviewed::default(),
            sent: deliver::Sent::default(),
            something_to_tend: Notify::new(),
        }
    }

    /// When the homeserver last answered.
    pub fn health(&self) -> Arc<Health> {
        Arc::clone(&self.health)
    }

    fn answered(&self) {
        self.health.answered((self.config.clock)());
    }

    /// Reads from `cursor` on and hands what it hears to `intake`, until `stop`. `kept`: the messages whose key has not come.
    pub async fn run<I: Intake>(
        self: Arc<Self>,
        intake: I,
        cursor: Option<Cursor>,
        kept: Vec<Kept>,
        mut stop: watch::Receiver<bool>,
    ) -> Result<(), Ended> {
        let cursor = cursor.filter(|cursor| cursor.platform == Platform::Matrix).map(|cursor| cursor.value);
        let mut place = Place { cursor, goes_on: false, waiting: Waiting::new(kept) };
        let ended = tokio::select! {
            biased;
            // An error means that nobody is left to say so, which is a stop too.
            _ = stop.wait_for(|stop| *stop) => Ok(()),
            ended = self.sessions(&intake, &mut place) => ended,
        };
        self.current.send_replace(None);
        ended
    }

    /// One session after the other.
    async fn sessions<I: Intake>(&self, intake: &I, place: &mut Place) -> Result<(), Ended> {
        let folder = Folder::lock(&self.config.store)?;
        self.at_work.store(true, Ordering::Relaxed);
        let mut backoff = Backoff::default();
        loop {
            let client = match self.connect(&folder).await {
                Ok(client) => client,
                Err(Ended::Unreachable(why)) => {
                    let pause = backoff.next(None);
                    tracing::warn!(pause_ms = pause.as_millis(), "Matrix cannot be reached: {why}");
                    tokio::time::sleep(pause).await;
                    continue;
                }
                Err(ended) => return Err(ended),
            };
            let end = AssertUnwindSafe(self.session(&client, intake, place)).catch_unwind().await;
            self.current.send_replace(None);
            drop(client);
            match end {
                Ok(End::Stopping) => return Ok(()),
                Ok(End::LoggedOut) => {
                    tracing::error!("the homeserver has logged this device out; a new one is made by recovery");
                    folder.set_aside()?;
                }
                Ok(End::Anew(why)) => tracing::error!("reading Matrix begins anew: {why}"),
                Err(_) => tracing::error!("reading Matrix begins anew after a defect of the library (panic)"),
            }
            tokio::time::sleep(backoff.next(None)).await;
        }
    }

    /// The client of the device that there is, or of a new one.
    async fn connect(&self, folder: &Folder) -> Result<Client, Ended> {
        match client::open(&self.config, folder).await? {
            Found::Session(client) => return Ok(client),
            Found::Nothing => tracing::warn!("there is no Matrix device in matrix.store; a new one is made by recovery"),
            Found::Foreign(why) => {
                tracing::error!("the Matrix store is of no use: {why}; it is set aside, and a new device is made by recovery");
            }
        }
        login::by_recovery(&self.config, folder).await
    }
}
