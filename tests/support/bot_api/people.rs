//! The people and the chats, and what happens to them.

use serde_json::{Value, json};

use super::{
    BOT_ID, BotApi,
    state::{Author, Chat, ChatId, ChatKind, Member, Message, State, UserId, What},
};

/// Ids of people begin here: they do not fit into 32 bits.
const FIRST_USER: i64 = 5_000_000_000;

/// A person, as Telegram knows them.
#[derive(Clone, Debug, Default)]
pub struct User {
    /// Shown to others.
    pub first_name: String,
    /// Shown to others.
    pub last_name: Option<String>,
    /// Without the `@`.
    pub username: Option<String>,
    /// Of the person's app.
    pub language_code: Option<String>,
    /// The private chat with the bot was opened.
    pub started: bool,
    /// The person blocked the bot.
    pub blocked: bool,
    /// The account is gone.
    pub deactivated: bool,
}

impl BotApi {
    /// A person of this name, who has it as user name too where Telegram allows it, with an app in French.
    pub fn person(&self, name: &str) -> UserId {
        let fits = name.len() >= 3 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        self.user(User {
            first_name: name.to_owned(),
            username: fits.then(|| name.to_owned()),
            language_code: Some("fr".to_owned()),
            ..User::default()
        })
    }

    /// A person.
    pub fn user(&self, user: User) -> UserId {
        let mut state = self.state();
        let id = UserId(FIRST_USER + state.fresh());
        state.users.insert(id, user);
        state.add_chat(ChatId::from(id), ChatKind::Private, "");
        id
    }

    /// A basic group, made by `creator`, with the bot in it.
    pub fn group(&self, title: &str, creator: UserId) -> ChatId {
        let id = ChatId(-1_000_000 - self.state().fresh());
        self.found(id, ChatKind::Group, title, creator)
    }

    /// A supergroup, made by `creator`, with the bot in it.
    pub fn supergroup(&self, title: &str, creator: UserId) -> ChatId {
        let id = ChatId(-1_002_000_000_000 - self.state().fresh());
        self.found(id, ChatKind::Supergroup { forum: false }, title, creator)
    }

    /// A supergroup with topics.
    pub fn forum(&self, title: &str, creator: UserId) -> ChatId {
        let id = ChatId(-1_002_000_000_000 - self.state().fresh());
        self.found(id, ChatKind::Supergroup { forum: true }, title, creator)
    }

    fn found(&self, id: ChatId, kind: ChatKind, title: &str, creator: UserId) -> ChatId {
        let mut state = self.state();
        state.add_chat(id, kind, title);
        state.chat_mut(id).members.insert(creator, Member::Creator);
        state.bot_becomes(id, creator, Member::Plain);
        let members = json!({"new_chat_members": [state.user_json(BOT_ID)]});
        state.serve(id, members, Some(creator));
        drop(state);
        self.wake();
        id
    }

    /// A topic of a forum; returns its thread id.
    pub fn topic(&self, chat: ChatId, name: &str) -> i64 {
        let mut state = self.state();
        let thread = state.serve(chat, json!({"forum_topic_created": {"name": name, "icon_color": 7_322_096}}), None);
        state.chat_mut(chat).topics.insert(thread, (name.to_owned(), false));
        drop(state);
        self.wake();
        thread
    }

    /// Closes a topic, so that only administrators may write.
    pub fn closes_topic(&self, chat: ChatId, thread: i64) {
        if let Some(topic) = self.state().chat_mut(chat).topics.get_mut(&thread) {
            topic.1 = true;
        }
    }

    /// A person comes into a group; who is in it stays what they are.
    pub fn enters(&self, user: UserId, chat: ChatId) {
        let mut state = self.state();
        let place = state.chat_mut(chat).members.entry(user).or_insert(Member::Left);
        if place.present() {
            return;
        }
        *place = Member::Plain;
        let members = json!({"new_chat_members": [state.user_json(user)]});
        state.serve(chat, members, Some(user));
        drop(state);
        self.wake();
    }

    /// A person gets another place in a group (an administrator, out, …).
    pub fn becomes(&self, user: UserId, chat: ChatId, member: Member) {
        let mut state = self.state();
        let before = state.chat_mut(chat).members.insert(user, member);
        if before.is_some_and(Member::present) && !member.present() {
            let left = json!({"left_chat_member": state.user_json(user)});
            state.serve(chat, left, Some(user));
        }
        drop(state);
        self.wake();
    }

    /// The bot gets another place in a group, by the hand of `by`.
    pub fn bot_becomes(&self, chat: ChatId, by: UserId, member: Member) {
        self.state().bot_becomes(chat, by, member);
        self.wake();
    }

    /// The private chat is open; the bot is not told.
    pub fn opens_silently(&self, user: UserId) {
        if let Some(user) = self.state().users.get_mut(&user) {
            user.started = true;
        }
    }

    /// A person blocks the bot.
    pub fn blocks(&self, user: UserId) {
        self.set_blocked(user, true);
    }

    /// A person unblocks the bot.
    pub fn unblocks(&self, user: UserId) {
        self.set_blocked(user, false);
    }

    fn set_blocked(&self, user: UserId, blocked: bool) {
        let mut state = self.state();
        if let Some(user) = state.users.get_mut(&user) {
            user.blocked = blocked;
        }
        let (old, new) = if blocked { (Member::Plain, Member::Kicked) } else { (Member::Kicked, Member::Plain) };
        state.tell_bot_became(ChatId::from(user), user, old, new);
        drop(state);
        self.wake();
    }

    /// The account of a person is gone.
    pub fn deactivates(&self, user: UserId) {
        if let Some(user) = self.state().users.get_mut(&user) {
            user.deactivated = true;
        }
    }

    /// A basic group becomes a supergroup; returns its new id.
    pub fn migrates(&self, chat: ChatId) -> ChatId {
        let mut state = self.state();
        let to = ChatId(-1_002_000_000_000 - state.fresh());
        let (title, members, bot) = {
            let old = &state.chats[&chat];
            (old.title.clone(), old.members.clone(), old.bot)
        };
        state.add_chat(to, ChatKind::Supergroup { forum: false }, &title);
        state.chat_mut(to).members = members;
        state.chat_mut(to).bot = bot;
        state.serve(chat, json!({"migrate_to_chat_id": to.0}), None);
        state.chat_mut(chat).migrated_to = Some(to);
        state.serve(to, json!({"migrate_from_chat_id": chat.0}), None);
        drop(state);
        self.wake();
        to
    }
}

impl State {
    fn add_chat(&mut self, id: ChatId, kind: ChatKind, title: &str) {
        let chat = Chat {
            id,
            kind,
            title: title.to_owned(),
            members: Default::default(),
            bot: Member::Left,
            migrated_to: None,
            messages: Default::default(),
            ephemerals: Default::default(),
            topics: Default::default(),
            last_act: Default::default(),
            pace: Default::default(),
        };
        self.chats.insert(id, chat);
    }

    fn bot_becomes(&mut self, chat: ChatId, by: UserId, member: Member) {
        let before = std::mem::replace(&mut self.chat_mut(chat).bot, member);
        self.tell_bot_became(chat, by, before, member);
    }

    fn tell_bot_became(&mut self, chat: ChatId, by: UserId, before: Member, after: Member) {
        let update = json!({
            "chat": self.chat_json(&self.chats[&chat]),
            "from": self.user_json(by),
            "date": self.now_seconds(),
            "old_chat_member": self.member_json(BOT_ID, before),
            "new_chat_member": self.member_json(BOT_ID, after),
        });
        self.happened(chat, None, "Telegram", None, What::Note(format!("the bot is now {after:?} (was {before:?})")));
        self.tell("my_chat_member", update);
    }

    /// A service message, told to the bot where it is in the chat; returns its id.
    fn serve(&mut self, chat: ChatId, extra: Value, by: Option<UserId>) -> i64 {
        let (id, order) = (self.next_message_id(chat), self.tick());
        let message = Message {
            id,
            ephemeral: None,
            author: by.map_or(Author::Service, Author::User),
            date: self.now_seconds(),
            edit_date: None,
            text: String::new(),
            entities: Vec::new(),
            thread: None,
            reply_to: None,
            keyboard: Vec::new(),
            file: None,
            extra: extra.as_object().cloned().unwrap_or_default(),
            deleted: false,
            reaction: None,
            order,
            born: order,
        };
        let kind = message.extra.keys().next().cloned().unwrap_or_default();
        self.happened(chat, None, "Telegram", None, What::Note(kind));
        if self.chats[&chat].bot.present() {
            let json = self.message_json(&self.chats[&chat], &message);
            self.tell("message", json);
        }
        self.chat_mut(chat).messages.insert(id, message);
        id
    }
}
