//! What the server knows: people, chats, messages, updates to tell, and all that happened.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;

use super::{faults::Injection, limits::Pace, people::User, webhook::Webhook};

/// A person's or bot's id; it is also the id of their private chat.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UserId(pub i64);

/// A chat's id: positive for private chats, negative for groups, below -10^12 for supergroups.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ChatId(pub i64);

impl From<UserId> for ChatId {
    fn from(user: UserId) -> Self {
        Self(user.0)
    }
}

/// What the server knows of ephemeral messages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ephemerals {
    /// Nothing: the parameters are ignored, and what was meant for one goes out to all.
    Unknown,
    /// As Bot API 10.2: `receiver_user_id` and `callback_query_id` beside `chat_id`.
    Fields,
    /// As Bot API 10.3: the object `ephemeral_message_parameters`.
    Object,
}

/// Somebody's place in a chat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Member {
    /// Made the chat.
    Creator,
    /// Administers it.
    Administrator {
        /// May delete the messages of others.
        can_delete: bool,
    },
    /// Takes part.
    Plain,
    /// Was there, or never was.
    Left,
    /// Was put out.
    Kicked,
}

/// What kind of chat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChatKind {
    /// Of one person with the bot.
    Private,
    /// A basic group.
    Group,
    /// A supergroup.
    Supergroup {
        /// With topics.
        forum: bool,
    },
}

/// A chat.
#[derive(Debug)]
pub struct Chat {
    /// Its id.
    pub id: ChatId,
    /// What kind.
    pub kind: ChatKind,
    /// Its title; empty for private chats.
    pub title: String,
    /// The people who are or were in it.
    pub members: BTreeMap<UserId, Member>,
    /// The bot's own place.
    pub bot: Member,
    /// The supergroup that it became.
    pub migrated_to: Option<ChatId>,
    /// By id; what was deleted stays, marked.
    pub messages: BTreeMap<i64, Message>,
    /// By their own ids.
    pub ephemerals: BTreeMap<i64, Message>,
    /// Names by thread id, and whether closed.
    pub topics: BTreeMap<i64, (String, bool)>,
    /// When each person last wrote or pressed here.
    pub last_act: HashMap<UserId, Instant>,
    pub(super) pace: Pace,
}

/// Who wrote.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Author {
    /// The bot under test.
    Bot,
    /// A person.
    User(UserId),
    /// An administrator who hides behind the group.
    Anonymous,
    /// A channel, by title.
    Channel(String),
    /// The platform itself.
    Service,
}

/// A button of an inline keyboard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Button {
    /// What is read.
    pub label: String,
    /// What comes back when it is pressed.
    pub data: Option<String>,
    /// What it opens instead.
    pub url: Option<String>,
}

/// A file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// With its ending.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id in the chat; 0 for ephemeral ones.
    pub id: i64,
    /// Its own id and who alone sees it, where it is ephemeral.
    pub ephemeral: Option<(i64, UserId)>,
    /// Who wrote it.
    pub author: Author,
    /// Seconds since 1970.
    pub date: i64,
    /// When it was last edited.
    pub edit_date: Option<i64>,
    /// The text, or the caption of the file.
    pub text: String,
    /// As Telegram has them.
    pub entities: Vec<Value>,
    /// The topic.
    pub thread: Option<i64>,
    /// The message that it answers.
    pub reply_to: Option<i64>,
    /// Rows of buttons.
    pub keyboard: Vec<Vec<Button>>,
    /// What goes with it.
    pub file: Option<File>,
    /// Fields that the bot is told as they are (`voice`, `forward_origin`, service messages).
    pub extra: serde_json::Map<String, Value>,
    /// Nobody sees it any more.
    pub deleted: bool,
    /// The bot's reaction.
    pub reaction: Option<String>,
    /// Counts every change of any message; the newest has the highest.
    pub order: u64,
    /// The `order` of its first version.
    pub born: u64,
}

/// A press that waits for its answer.
#[derive(Debug)]
pub struct Query {
    /// Who pressed.
    pub user: UserId,
    /// Where.
    pub chat: ChatId,
    /// When.
    pub at: Instant,
    /// What the bot answered, and whether as an alert.
    pub answer: Option<(Option<String>, bool)>,
}

/// A request that the bot made.
#[derive(Clone, Debug)]
pub struct Call {
    /// As Telegram writes it.
    pub method: &'static str,
    /// When it came.
    pub at: Instant,
    /// What it asked.
    pub params: Value,
    /// The HTTP status of the answer, once there is one.
    pub status: Option<u16>,
    /// The description of the error.
    pub error: Option<String>,
}

/// Something that happened, in order.
#[derive(Clone, Debug)]
pub struct Happening {
    /// Since the server was started.
    pub after: Duration,
    /// Where.
    pub chat: ChatId,
    /// In which topic.
    pub thread: Option<i64>,
    /// Who did it: a first name, or `bot`.
    pub by: String,
    /// Who alone sees it; `None`: all of the chat.
    pub only: Option<UserId>,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// A message, new or edited.
    Said {
        /// Its id (an ephemeral one's own id).
        message: i64,
        /// Its text.
        text: String,
        /// The labels in order.
        buttons: Vec<String>,
        /// The names of files.
        files: Vec<String>,
        /// It is a new version of a message that was there.
        edit: bool,
    },
    /// A message was deleted.
    Deleted(i64),
    /// The bot reacted to a message.
    Reacted(i64, String),
    /// A press, with the label of the button.
    Pressed(String),
    /// The bot's word to who pressed.
    Answered(Option<String>),
    /// Anything else (joined, blocked, migrated, …).
    Note(String),
}

/// An update that the bot is to be told.
#[derive(Debug)]
pub(super) struct Update {
    pub(super) id: i64,
    pub(super) kind: &'static str,
    pub(super) value: Value,
}

/// All of it.
pub struct State {
    /// What the server knows of ephemeral messages.
    pub ephemerals: Ephemerals,
    /// The bot reads only what is meant for it in groups where it is no administrator.
    pub privacy: bool,
    /// How long a press can be answered.
    pub query_life: Duration,
    /// People, bots too.
    pub users: BTreeMap<UserId, User>,
    /// Chats.
    pub chats: BTreeMap<ChatId, Chat>,
    /// Presses by id.
    pub queries: BTreeMap<String, Query>,
    /// What `setMyCommands` stored, by scope and language.
    pub commands: BTreeMap<(String, String), Value>,
    /// Requests of the bot in the order in which they came.
    pub calls: Vec<Call>,
    /// Requests by method; unlike `calls` it is kept up whatever is logged.
    pub counts: HashMap<&'static str, u64>,
    /// Keeps `calls` and `happenings`; turned off where a bench sends many.
    pub log: bool,
    /// All that happened in chats.
    pub happenings: Vec<Happening>,
    /// Messages that the bot sent.
    pub sent: u64,
    /// How often a poller was thrown out by another.
    pub conflicts: u64,
    pub(super) started: Instant,
    pub(super) updates: VecDeque<Update>,
    pub(super) next_update_id: i64,
    pub(super) allowed: Option<Vec<String>>,
    pub(super) poller: Option<u64>,
    pub(super) next_poller: u64,
    pub(super) webhook: Option<Webhook>,
    pub(super) injections: Vec<Injection>,
    pub(super) limits: Option<super::limits::Limits>,
    pub(super) pace: Pace,
    pub(super) next_id: i64,
    pub(super) next_shared_message: i64,
    pub(super) order: u64,
}

impl State {
    pub(super) fn new() -> Self {
        Self {
            ephemerals: Ephemerals::Unknown,
            privacy: true,
            query_life: Duration::from_secs(15),
            users: BTreeMap::new(),
            chats: BTreeMap::new(),
            queries: BTreeMap::new(),
            commands: BTreeMap::new(),
            calls: Vec::new(),
            counts: HashMap::new(),
            log: true,
            happenings: Vec::new(),
            sent: 0,
            conflicts: 0,
            started: Instant::now(),
            updates: VecDeque::new(),
            next_update_id: 880_000_001,
            allowed: None,
            poller: None,
            next_poller: 1,
            webhook: None,
            injections: Vec::new(),
            limits: None,
            pace: Pace::default(),
            next_id: 1,
            next_shared_message: 1,
            order: 0,
        }
    }

    /// Seconds since 1970.
    pub(super) fn now_seconds(&self) -> i64 {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    }

    /// A number that was not used before, for ids of people, chats and presses.
    pub(super) fn fresh(&mut self) -> i64 {
        self.next_id += 1;
        self.next_id
    }

    /// The place of the next change in the order of changes.
    pub(super) fn tick(&mut self) -> u64 {
        self.order += 1;
        self.order
    }

    /// The id of the next message of `chat`: private chats and basic groups share one count, supergroups have their own.
    pub(super) fn next_message_id(&mut self, chat: ChatId) -> i64 {
        match self.chats.get(&chat).map(|c| c.kind) {
            Some(ChatKind::Supergroup { .. }) => self.chats[&chat].messages.last_key_value().map_or(1, |(last, _)| last + 1),
            _ => {
                self.next_shared_message += 1;
                self.next_shared_message
            }
        }
    }

    /// Remembers that something happened.
    pub(super) fn happened(&mut self, chat: ChatId, thread: Option<i64>, by: &str, only: Option<UserId>, what: What) {
        if self.log {
            let after = self.started.elapsed();
            self.happenings.push(Happening { after, chat, thread, by: by.to_owned(), only, what });
        }
    }

    /// How many updates wait to be fetched and confirmed.
    pub fn updates_waiting(&self) -> usize {
        self.updates.len()
    }

    /// How often the bot called `method`.
    pub fn count(&self, method: &str) -> u64 {
        self.counts.get(method).copied().unwrap_or(0)
    }
}

impl ChatKind {
    /// As Telegram writes it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Group => "group",
            Self::Supergroup { .. } => "supergroup",
        }
    }
}

impl Member {
    /// Is in the chat.
    pub fn present(self) -> bool {
        match self {
            Self::Creator | Self::Administrator { .. } | Self::Plain => true,
            Self::Left | Self::Kicked => false,
        }
    }

    /// Made or administers the chat.
    pub fn administers(self) -> bool {
        match self {
            Self::Creator | Self::Administrator { .. } => true,
            Self::Plain | Self::Left | Self::Kicked => false,
        }
    }
}
