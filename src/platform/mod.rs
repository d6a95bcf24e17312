//! The platforms: each translates what comes in and carries out what is owed; none decides anything.

mod backoff;
pub mod matrix;
pub mod telegram;
pub mod terminal;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use crate::{
    domain::{
        event::{AccountAddress, Batch, MessageRef, Platform, RoomAddress},
        ids::DeliveryId,
        message::{File, Press},
        time::Timestamp,
    },
    text::rich::RichText,
};

/// Takes in what adapters hear.
pub trait Intake: Clone + Send + Sync + 'static {
    /// Returns after the commit; only then may the adapter acknowledge to its platform.
    fn submit(&self, batch: Batch) -> impl Future<Output = Result<(), NotTaken>> + Send;
}

/// Why a batch was not committed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotTaken {
    /// Nothing of it has happened; it is to be handed in again, and may then be longer.
    #[error("not committed; to be handed in again later")]
    Later,
    /// The program is stopping.
    #[error("stopping")]
    Stopping,
}

/// What tells an adapter the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// When a platform last answered.
#[derive(Debug, Default)]
pub struct Health(AtomicI64);

impl Health {
    /// It answered just now.
    pub fn answered(&self, at: Timestamp) {
        self.0.store(at.micros(), Ordering::Relaxed);
    }

    /// When it last answered, if ever since the start.
    pub fn last_answer(&self) -> Option<Timestamp> {
        Some(self.0.load(Ordering::Relaxed)).filter(|micros| *micros != 0).map(Timestamp::from_micros)
    }
}

/// What a platform can do.
#[derive(Clone, Copy, Debug)]
pub struct Capabilities {
    /// Messages that one person of a group sees alone.
    pub ephemeral: bool,
    /// Real buttons; without them choices are answered by number.
    pub buttons: bool,
    /// The sign before a command, where the platform keeps `/` for itself.
    pub command_sign: char,
}

/// One thing to carry out, rendered in the reader's language.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// Of which delivery; stable over retries.
    pub delivery: DeliveryId,
    /// Where to.
    pub to: Destination,
    /// The message that it answers there, where it answers one.
    pub answers: Option<MessageRef>,
    /// The message in whose thread it stands, where the platform has threads.
    pub thread: Option<MessageRef>,
    /// What.
    pub body: Body,
}

/// Where a parcel goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// A group room, seen by all.
    Room(RoomAddress),
    /// The direct room of an account.
    Direct(AccountAddress),
    /// A group room, seen by one account alone, in answer to what it just did.
    Ephemeral {
        /// Which room.
        room: RoomAddress,
        /// Who sees it.
        account: AccountAddress,
        /// What the adapter put into the event's `ephemeral_context`.
        context: String,
    },
}

/// What a parcel carries.
#[derive(Clone, Debug)]
pub enum Body {
    /// A message, new or a new version of one.
    Message {
        /// The words.
        text: RichText,
        /// Labels and what they carry, in order.
        buttons: Vec<(String, Press)>,
        /// A file that goes with it.
        file: Option<File>,
        /// The message that this one replaces by editing.
        edit_of: Option<MessageRef>,
    },
    /// Deletes a message.
    Delete(MessageRef),
    /// Reacts to a message.
    React(MessageRef, String),
    /// Acknowledges a press, with a short word seen by who pressed.
    AnswerPress(String, Option<String>),
}

/// What the platform said of a parcel that arrived.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Receipt {
    /// The message as it stands on the platform, where there is one to edit later.
    pub message: Option<MessageRef>,
    /// What else it took there: a long text is several messages, and a file may be one of its own.
    pub others: Vec<MessageRef>,
}

impl Receipt {
    /// All messages that it took, in order.
    pub fn all(&self) -> Vec<MessageRef> {
        self.others.iter().chain(&self.message).cloned().collect()
    }
}

impl From<MessageRef> for Receipt {
    fn from(message: MessageRef) -> Self {
        Self { message: Some(message), others: Vec::new() }
    }
}

/// A parcel did not surely arrive; what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// It surely did not arrive, and may be tried again, after so long where the platform says so.
    #[error("not delivered, to be tried again ({reason})")]
    Retry {
        /// As the platform asks.
        after: Option<Duration>,
        /// For the log; names nobody.
        reason: String,
    },
    /// It surely did not arrive, and the platform wants nothing from us anywhere for so long.
    #[error("not delivered, the platform is busy")]
    Busy(Duration),
    /// It may have arrived: the answer was lost.
    #[error("perhaps delivered ({0})")]
    Uncertain(String),
    /// It will never arrive.
    #[error("cannot be delivered ({0:?})")]
    Permanent(Reason),
}

/// Why a parcel will never arrive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The direct room is not open: never opened, blocked, or the account is gone.
    DirectClosed,
    /// The bot is no more in the room, or may not write there.
    RoomClosed,
    /// The room has a new address; the delivery goes there.
    Moved(RoomAddress),
    /// The message to edit is gone; send a new one.
    MessageGone,
    /// An ephemeral message is refused here.
    EphemeralRefused,
    /// The platform refuses this content; our fault.
    Refused(String),
}

/// The adapters of an installation; a platform is one folder and one field here.
#[derive(Default)]
pub struct Platforms {
    /// `entraide try`.
    pub terminal: Option<terminal::Terminal>,
    /// The Telegram Bot API.
    pub telegram: Option<Arc<telegram::Telegram>>,
    /// A Matrix homeserver.
    pub matrix: Option<Arc<matrix::Matrix>>,
}

impl Platforms {
    /// What a platform can do.
    pub fn capabilities(&self, platform: Platform) -> Capabilities {
        match platform {
            Platform::Terminal => terminal::CAPABILITIES,
            Platform::Telegram => self.telegram.as_ref().map_or(telegram::CAPABILITIES, |telegram| telegram.capabilities()),
            Platform::Matrix => matrix::CAPABILITIES,
        }
    }

    /// Carries a parcel to its platform; `None` where there was no parcel.
    pub async fn deliver(&self, platform: Option<Platform>, parcel: Option<Parcel>) -> Option<Result<Receipt, DeliveryError>> {
        let (platform, parcel) = (platform?, parcel?);
        Some(match platform {
            Platform::Terminal => match &self.terminal {
                Some(terminal) => terminal.deliver(&parcel),
                None => Err(not_configured()),
            },
            Platform::Telegram => match &self.telegram {
                Some(telegram) => telegram.deliver(&parcel).await,
                None => Err(not_configured()),
            },
            Platform::Matrix => match &self.matrix {
                Some(matrix) => matrix.deliver(&parcel).await,
                None => Err(not_configured()),
            },
        })
    }

    /// What nobody stores: an acknowledgement, or the crisis lines from memory. Worth one try.
    pub async fn send_once(&self, platform: Platform, to: Option<AccountAddress>, body: Body) {
        match platform {
            Platform::Terminal => {}
            Platform::Matrix => {
                if let Some(matrix) = &self.matrix {
                    matrix.send_once(to, body).await;
                }
            }
            Platform::Telegram => {
                if let Some(telegram) = &self.telegram {
                    telegram.send_once(to, body).await;
                }
            }
        }
    }
}

fn not_configured() -> DeliveryError {
    DeliveryError::Retry { after: Some(Duration::from_secs(300)), reason: "this platform is not configured now".to_owned() }
}
