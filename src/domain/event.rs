//! What reaches the bot: events in batches, in words that no platform owns.

use serde::{Deserialize, Serialize};

use super::{message::Press, time::Timestamp, timer::Timer};

/// A chat platform.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// The terminal of `entraide try`.
    Terminal,
    /// The Telegram Bot API.
    Telegram,
    /// Matrix.
    Matrix,
}

impl Platform {
    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        match self {
            Self::Terminal => 0,
            Self::Telegram => 1,
            Self::Matrix => 2,
        }
    }

    /// The platform of a number that the database kept.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Terminal),
            1 => Some(Self::Telegram),
            2 => Some(Self::Matrix),
            _ => None,
        }
    }

    /// A press can be answered with a short word that who pressed sees alone; elsewhere it is a message.
    pub const fn has_short_words(self) -> bool {
        matches!(self, Self::Telegram)
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terminal => "Terminal",
            Self::Telegram => "Telegram",
            Self::Matrix => "Matrix",
        }
    }
}

/// What an adapter hands over at once; the cursor is stored in the commit that handles the events.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// In the order in which the platform told them.
    pub events: Vec<Event>,
    /// Where to go on reading.
    pub cursor: Option<Cursor>,
    /// What the adapter cannot read yet and keeps for later, and what of it is done with.
    pub keeping: Vec<Keeping>,
}

/// A change to what an adapter keeps for later, stored in the commit of its batch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Keeping {
    /// Keep this, over restarts, until it is let go.
    Keep(Kept),
    /// This is done with.
    LetGo {
        /// Whose.
        platform: Platform,
        /// Its id.
        id: String,
    },
}

/// Something that an adapter keeps until it can be read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Whose.
    pub platform: Platform,
    /// The platform's own id of it.
    pub id: String,
    /// Since when.
    pub at: Timestamp,
    /// Opaque to everyone but the adapter.
    pub value: String,
}

/// A platform's place in its own stream.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cursor {
    /// Whose.
    pub platform: Platform,
    /// Opaque to everyone but the adapter.
    pub value: String,
}

/// What makes an event the same event when it is told twice: the bot's account and the platform's id.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventKey(pub String);

/// Something that reached the bot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    /// Told twice, done once.
    pub key: EventKey,
    /// The clock when it was taken in; for a timer its own due time.
    pub at: Timestamp,
    /// What happened.
    pub origin: Origin,
}

impl Event {
    /// Who wrote or pressed, where somebody did and the platform says who.
    pub fn sender(&self) -> Option<&Sender> {
        match &self.origin {
            Origin::Said(said) => said.sender.as_ref(),
            Origin::Pressed(pressed) => Some(&pressed.sender),
            Origin::Room(RoomEvent::Opened(_, sender) | RoomEvent::DeviceUnverified(sender) | RoomEvent::NoDeviceVerified(sender)) => {
                Some(sender)
            }
            Origin::Room(RoomEvent::Missed(missed)) => missed.sender.as_ref(),
            Origin::Timer(_)
            | Origin::Room(RoomEvent::Joined(_) | RoomEvent::Left(_) | RoomEvent::Silenced(_) | RoomEvent::Moved { .. }) => None,
        }
    }

    /// Whether it says anything of this account: as who acted, as who was named, answered or written to.
    pub fn names(&self, account: &AccountAddress) -> bool {
        let in_room = |room: &RoomAddress| room.direct && room.platform == account.platform && room.id == account.id;
        let elsewhere = match &self.origin {
            Origin::Said(said) => {
                let replied = said.reply_to.as_ref().and_then(|reply| reply.author.as_ref());
                in_room(&said.room)
                    || said.mentions.iter().any(|mention| mention.account == *account)
                    || replied.is_some_and(|author| author.account == *account)
            }
            Origin::Pressed(pressed) => in_room(&pressed.room),
            Origin::Room(RoomEvent::Left(room) | RoomEvent::Silenced(room) | RoomEvent::Joined(room) | RoomEvent::Opened(room, _)) => {
                in_room(room)
            }
            Origin::Room(RoomEvent::Missed(missed)) => in_room(&missed.room),
            Origin::Timer(_) | Origin::Room(RoomEvent::Moved { .. } | RoomEvent::DeviceUnverified(_) | RoomEvent::NoDeviceVerified(_)) => {
                false
            }
        };
        elsewhere || self.sender().is_some_and(|sender| sender.account == *account)
    }
}

/// Where an event came from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Origin {
    /// Somebody wrote.
    Said(Said),
    /// Somebody pressed a button.
    Pressed(Pressed),
    /// A wake-up came due.
    Timer(Timer),
    /// Something happened to a room.
    Room(RoomEvent),
}

/// Where on a platform: a group chat (perhaps a topic of it) or a direct room.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct RoomAddress {
    /// On which platform.
    pub platform: Platform,
    /// As the platform has it; for a Telegram topic `chat/thread`.
    pub id: String,
    /// The private chat of one person with the bot.
    pub direct: bool,
}

/// An identity on a platform, by the platform's own unchanging id.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct AccountAddress {
    /// On which platform.
    pub platform: Platform,
    /// As the platform has it.
    pub id: String,
}

/// A message on a platform, within its room.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageRef(pub String);

/// Who wrote or pressed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sender {
    /// The unchanging id.
    pub account: AccountAddress,
    /// What the platform shows to others.
    pub display_name: Option<String>,
    /// The unique name that may be typed after an `@`, without it.
    pub user_name: Option<String>,
    /// An IETF language tag, where the platform tells one.
    pub language: Option<String>,
}

/// A text message.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Said {
    /// Where.
    pub room: RoomAddress,
    /// Who; `None` where the platform hides it (anonymous administrator, channel).
    pub sender: Option<Sender>,
    /// The message itself, to answer, react to or delete.
    pub message: MessageRef,
    /// As typed; at most 4 KiB of it are read.
    pub text: String,
    /// People named in the text by more than their typed name.
    pub mentions: Vec<Mention>,
    /// The author of the message that this one answers.
    pub reply_to: Option<Reply>,
    /// The text begins with a mention of the bot (already cut off), or answers a message of it.
    pub addressed: bool,
    /// The sender may administer the room on the platform; asked only where `command::needs_admin_check` says so.
    pub sender_is_admin: bool,
    /// What it was, where it was not text.
    pub kind: SaidKind,
    /// Where an ephemeral answer may go, opaque to everyone but the adapter.
    pub ephemeral_context: Option<String>,
}

/// What kind of message it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum SaidKind {
    /// Words.
    Text,
    /// A voice message.
    Voice,
    /// A picture, a file, a sticker, anything else.
    Other,
}

/// A stretch of the text that names an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mention {
    /// First byte in `Said::text`.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whom.
    pub account: AccountAddress,
    /// It is the bot itself.
    pub is_bot: bool,
}

/// What a message answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reply {
    /// The author of the other message, where the platform tells.
    pub author: Option<Sender>,
    /// The author is the bot itself.
    pub is_bot: bool,
    /// The other message.
    pub message: MessageRef,
    /// Its words, where the platform gives them.
    #[serde(default)]
    pub text: Option<String>,
}

/// A press on a button.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pressed {
    /// Where the message with the button stands.
    pub room: RoomAddress,
    /// Who pressed.
    pub sender: Sender,
    /// The message with the button.
    pub message: MessageRef,
    /// What the button carries; `None` where it cannot be read.
    pub press: Option<Press>,
    /// The press itself, to be answered on the platform.
    pub press_ref: String,
    /// Where an ephemeral answer may go, opaque to everyone but the adapter.
    pub ephemeral_context: Option<String>,
}

/// Something happened to a room.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum RoomEvent {
    /// The bot was brought into a group room.
    Joined(RoomAddress),
    /// The bot was put out of a room, or blocked in a direct one.
    Left(RoomAddress),
    /// The bot may not write in a group room any more; where it may again, that room is one that it was brought into.
    Silenced(RoomAddress),
    /// The room has a new address; everything of the old one moves.
    Moved {
        /// The old address.
        from: RoomAddress,
        /// The new one.
        to: RoomAddress,
    },
    /// A person opened (again) the direct room with the bot.
    Opened(RoomAddress, Sender),
    /// A device of somebody is not signed by their own identity, and does not get the keys of the bot's messages.
    DeviceUnverified(Sender),
    /// Somebody has an identity and signed no device with it: all of them get the keys.
    NoDeviceVerified(Sender),
    /// Something was said there that the bot could not take in.
    Missed(Missed),
}

/// What the bot could not take in, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Missed {
    /// Where.
    pub room: RoomAddress,
    /// Who wrote, where one person did.
    pub sender: Option<Sender>,
    /// Why.
    pub why: Unheard,
}

/// Why something was not taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Unheard {
    /// It is encrypted, and its key never came.
    NoKey,
    /// The bot was away for so long, or so much was said, that the older part was passed over.
    TooMuch,
}
