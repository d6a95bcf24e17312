//! What people do: write, edit, press buttons, open the private chat.

use std::time::Instant;

use serde_json::{Map, Value, json};

use super::{
    BOT_ID, BOT_NAME, BotApi,
    state::{Author, Button, ChatId, ChatKind, Message, Query, State, UserId, What},
    text,
};

/// What a person writes, and how.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    text: String,
    /// Words of the text that name people who have no user name, or the bot.
    named: Vec<(String, UserId)>,
    thread: Option<i64>,
    reply_to: Option<i64>,
    author: Option<Author>,
    extra: Map<String, Value>,
    ephemeral: bool,
}

impl From<&str> for Writing {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

impl From<String> for Writing {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl Writing {
    /// No text but a voice message.
    pub fn voice() -> Self {
        let voice = json!({"file_id": "voice-1", "file_unique_id": "voice-1", "duration": 4, "mime_type": "audio/ogg", "file_size": 9000});
        Self { extra: Map::from_iter([("voice".to_owned(), voice)]), ..Self::default() }
    }

    /// The first `word` of the text names `user` (a text mention, as Telegram makes for who has no user name).
    #[must_use]
    pub fn naming(mut self, word: &str, user: UserId) -> Self {
        self.named.push((word.to_owned(), user));
        self
    }

    /// In a topic of a forum.
    #[must_use]
    pub fn in_topic(mut self, thread: i64) -> Self {
        self.thread = Some(thread);
        self
    }

    /// As an answer to a message.
    #[must_use]
    pub fn reply_to(mut self, message: i64) -> Self {
        self.reply_to = Some(message);
        self
    }

    /// Forwarded from `user`.
    #[must_use]
    pub fn forwarded_from(mut self, name: &str) -> Self {
        let origin = json!({"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": name});
        self.extra.insert("forward_origin".to_owned(), origin);
        self
    }

    /// By an administrator who hides behind the group.
    #[must_use]
    pub fn anonymously(mut self) -> Self {
        self.author = Some(Author::Anonymous);
        self
    }

    /// In the name of a channel.
    #[must_use]
    pub fn in_name_of_channel(mut self, title: &str) -> Self {
        self.author = Some(Author::Channel(title.to_owned()));
        self
    }

    /// As an ephemeral command, which the others do not see.
    #[must_use]
    pub fn ephemerally(mut self) -> Self {
        self.ephemeral = true;
        self
    }

    fn entities(&self, state: &State) -> Vec<Value> {
        let mut entities = text::found(&self.text);
        for (word, user) in &self.named {
            let start = self.text.find(word.as_str()).unwrap_or_else(|| panic!("{word:?} is not in {:?}", self.text));
            let mut entity = text::entity("text_mention", &self.text, start, start + word.len());
            entity["user"] = state.user_json(*user);
            entities.retain(|found| found["offset"] != entity["offset"]);
            entities.push(entity);
        }
        entities.sort_by_key(|entity| entity["offset"].as_u64());
        entities
    }
}

/// What a press led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pressed {
    /// The bot is told; the id is that of the query.
    Told(String),
    /// It opened an address.
    Opened(String),
}

impl BotApi {
    /// A person writes into a chat; returns the message's id (an ephemeral one's own id).
    pub fn writes(&self, user: UserId, chat: impl Into<ChatId>, what: impl Into<Writing>) -> i64 {
        let id = self.state().write(user, chat.into(), &what.into());
        self.wake();
        id
    }

    /// A person edits what they wrote.
    pub fn edits(&self, chat: impl Into<ChatId>, id: i64, text: &str) {
        let (mut state, chat) = (self.state(), chat.into());
        let (now, order) = (state.now_seconds(), state.tick());
        let message = state.chat_mut(chat).messages.get_mut(&id).unwrap_or_else(|| panic!("no message {id}"));
        message.text = text.to_owned();
        message.entities = text::found(text);
        message.edit_date = Some(now);
        message.order = order;
        let message = message.clone();
        state.note_said(chat, &message, true);
        if state.is_told(chat, &message) {
            let json = state.message_json(&state.chats[&chat], &message);
            state.tell("edited_message", json);
        }
        drop(state);
        self.wake();
    }

    /// A person opens the private chat and presses start.
    pub fn presses_start(&self, user: UserId) -> i64 {
        self.starts_with(user, "")
    }

    /// The same through a link that carries `payload`.
    pub fn starts_with(&self, user: UserId, payload: &str) -> i64 {
        let was_blocked = self.state().users.get(&user).is_some_and(|user| user.blocked);
        if was_blocked {
            self.unblocks(user);
        }
        self.writes(user, user, format!("/start {payload}").trim_end())
    }

    /// A person presses the `n`-th button (from 1) of the newest message with buttons that they see in a chat.
    pub fn presses(&self, user: UserId, chat: impl Into<ChatId>, n: usize) -> Result<Pressed, String> {
        self.presses_in(user, chat, None, n)
    }

    /// The same in a topic.
    pub fn presses_in(&self, user: UserId, chat: impl Into<ChatId>, thread: Option<i64>, n: usize) -> Result<Pressed, String> {
        let (mut state, chat) = (self.state(), chat.into());
        let message = state.newest_with_buttons(user, chat, thread).ok_or("there is no message with buttons")?.clone();
        let pressed = state.press(user, chat, &message, n)?;
        drop(state);
        self.wake();
        Ok(pressed)
    }

    /// A person presses the `n`-th button of a certain message, as it stands now.
    pub fn presses_message(&self, user: UserId, chat: impl Into<ChatId>, id: i64, n: usize) -> Result<Pressed, String> {
        let (mut state, chat) = (self.state(), chat.into());
        let message = state.chats[&chat].messages.get(&id).cloned().ok_or_else(|| format!("no message {id}"))?;
        let pressed = state.press(user, chat, &message, n)?;
        drop(state);
        self.wake();
        Ok(pressed)
    }

    /// A person's app sends any `data` as if a button of a message had carried it (an old version of it, or a forged one).
    pub fn presses_data(&self, user: UserId, chat: impl Into<ChatId>, id: i64, data: &str) -> Pressed {
        let (mut state, chat) = (self.state(), chat.into());
        let message = state.chats[&chat].messages.get(&id).cloned().unwrap_or_else(|| panic!("no message {id}"));
        let query = state.query(user, chat, &message, data);
        drop(state);
        self.wake();
        Pressed::Told(query)
    }
}

impl State {
    fn write(&mut self, user: UserId, chat: ChatId, what: &Writing) -> i64 {
        if chat == ChatId::from(user) {
            let known = self.users.get_mut(&user).unwrap_or_else(|| panic!("no person {user:?}"));
            assert!(!known.blocked, "who blocked the bot must unblock it before writing");
            known.started = true;
        }
        assert!(text::TEXT_CHARS_MAX >= what.text.chars().count(), "the app splits a text that is this long");
        let order = self.tick();
        let message = Message {
            id: 0,
            ephemeral: what.ephemeral.then_some((0, user)),
            author: what.author.clone().unwrap_or(Author::User(user)),
            date: self.now_seconds(),
            edit_date: None,
            text: what.text.clone(),
            entities: what.entities(self),
            thread: what.thread,
            reply_to: what.reply_to,
            keyboard: Vec::new(),
            file: None,
            extra: what.extra.clone(),
            deleted: false,
            reaction: None,
            order,
            born: order,
        };
        let message = self.put(chat, message);
        self.chat_mut(chat).last_act.insert(user, Instant::now());
        if self.is_told(chat, &message) {
            let mut json = self.message_json(&self.chats[&chat], &message);
            if message.ephemeral.is_some() {
                json["receiver_user"] = self.user_json(BOT_ID);
            }
            self.tell("message", json);
        }
        message.ephemeral.map_or(message.id, |(id, _)| id)
    }

    /// Whether the bot is told of a message: in groups, under privacy mode, only of what is meant for it.
    fn is_told(&self, chat: ChatId, message: &Message) -> bool {
        let chat = &self.chats[&chat];
        if chat.kind == ChatKind::Private {
            return true;
        }
        if !chat.bot.present() || chat.migrated_to.is_some() {
            return false;
        }
        if !self.privacy || chat.bot.administers() || message.ephemeral.is_some() {
            return true;
        }
        let answers_bot = message.reply_to.and_then(|id| chat.messages.get(&id)).is_some_and(|other| other.author == Author::Bot);
        answers_bot || names_bot(message) || is_open_command(message)
    }

    fn press(&mut self, user: UserId, chat: ChatId, message: &Message, n: usize) -> Result<Pressed, String> {
        let buttons: Vec<&Button> = message.keyboard.iter().flatten().collect();
        let button = n.checked_sub(1).and_then(|n| buttons.get(n)).ok_or_else(|| format!("there are {} buttons", buttons.len()))?;
        let by = self.users.get(&user).map_or_else(String::new, |user| user.first_name.clone());
        self.happened(chat, message.thread, &by, message.ephemeral.map(|(_, user)| user), What::Pressed(button.label.clone()));
        match (&button.data, &button.url) {
            (Some(data), _) => Ok(Pressed::Told(self.query(user, chat, message, data))),
            (None, url) => Ok(Pressed::Opened(url.clone().unwrap_or_default())),
        }
    }

    fn query(&mut self, user: UserId, chat: ChatId, message: &Message, data: &str) -> String {
        let id = format!("{}", 4_400_000_000_000_000_000 + self.fresh());
        self.queries.insert(id.clone(), Query { user, chat, at: Instant::now(), answer: None });
        self.chat_mut(chat).last_act.insert(user, Instant::now());
        let update = json!({
            "id": id,
            "from": self.user_json(user),
            "message": self.message_json(&self.chats[&chat], message),
            "chat_instance": format!("{}", chat.0.unsigned_abs() * 31),
            "data": data,
        });
        self.tell("callback_query", update);
        id
    }
}

fn names_bot(message: &Message) -> bool {
    message.entities.iter().any(|entity| {
        let covered = text::covered(&message.text, entity);
        entity["user"]["id"] == json!(BOT_ID.0)
            || entity["type"] == "mention" && covered.eq_ignore_ascii_case(&format!("@{BOT_NAME}"))
            || entity["type"] == "bot_command" && covered.to_lowercase().ends_with(&format!("@{BOT_NAME}"))
    })
}

/// A command that no other bot is named for.
fn is_open_command(message: &Message) -> bool {
    let first = message.text.split_whitespace().next().unwrap_or_default();
    first.starts_with('/') && !first.contains('@')
}
