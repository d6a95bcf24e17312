//! How the server tells the bot of people, chats and messages.

use serde_json::{Map, Value, json};

use super::{
    BOT_ID, BOT_NAME, keyboard,
    state::{Author, Chat, ChatKind, Member, Message, State, UserId},
};

/// The ids under which the platform hides anonymous administrators, channels, and posts of a linked channel.
const GROUP_ANONYMOUS_BOT: i64 = 1_087_968_824;
const CHANNEL_BOT: i64 = 136_817_688;
const TELEGRAM: i64 = 777_000;
/// The id of every channel that writes here.
const SOME_CHANNEL: i64 = -1_009_999_999_999;

impl State {
    /// A person, or the bot.
    pub(super) fn user_json(&self, user: UserId) -> Value {
        if user == BOT_ID {
            return json!({"id": BOT_ID.0, "is_bot": true, "first_name": "Entraide", "username": BOT_NAME});
        }
        let Some(known) = self.users.get(&user) else {
            return json!({"id": user.0, "is_bot": false, "first_name": ""});
        };
        let mut json = json!({"id": user.0, "is_bot": false, "first_name": known.first_name});
        for (name, value) in [("last_name", &known.last_name), ("username", &known.username), ("language_code", &known.language_code)] {
            if let Some(value) = value {
                json[name] = json!(value);
            }
        }
        json
    }

    /// A chat, in its short form.
    pub(super) fn chat_json(&self, chat: &Chat) -> Value {
        let mut json = json!({"id": chat.id.0, "type": chat.kind.name()});
        match chat.kind {
            ChatKind::Private => {
                let user = self.user_json(UserId(chat.id.0));
                for name in ["first_name", "last_name", "username"] {
                    if !user[name].is_null() {
                        json[name] = user[name].clone();
                    }
                }
            }
            ChatKind::Group => json["title"] = json!(chat.title),
            ChatKind::Supergroup { forum } => {
                json["title"] = json!(chat.title);
                if forum {
                    json["is_forum"] = json!(true);
                }
            }
        }
        json
    }

    /// A message, with the one that it answers.
    pub(super) fn message_json(&self, chat: &Chat, message: &Message) -> Value {
        let mut json = self.bare_message_json(chat, message);
        if let Some(other) = message.reply_to.and_then(|id| chat.messages.get(&id)) {
            json["reply_to_message"] = self.bare_message_json(chat, other);
        }
        json
    }

    fn bare_message_json(&self, chat: &Chat, message: &Message) -> Value {
        let mut json = Map::new();
        json.insert("message_id".into(), json!(message.id));
        self.author_json(chat, &message.author, &mut json);
        json.insert("chat".into(), self.chat_json(chat));
        json.insert("date".into(), json!(message.date));
        if let Some(edited) = message.edit_date {
            json.insert("edit_date".into(), json!(edited));
        }
        if let Some((id, receiver)) = message.ephemeral {
            json.insert("ephemeral_message_id".into(), json!(id));
            json.insert("receiver_user".into(), self.user_json(receiver));
        }
        if let Some(thread) = message.thread {
            json.insert("message_thread_id".into(), json!(thread));
            json.insert("is_topic_message".into(), json!(true));
        }
        let (text, entities) = if message.file.is_some() { ("caption", "caption_entities") } else { ("text", "entities") };
        if !message.text.is_empty() {
            json.insert(text.into(), json!(message.text));
            if !message.entities.is_empty() {
                json.insert(entities.into(), json!(message.entities));
            }
        }
        if let Some(file) = &message.file {
            let id = format!("file-{}-{}", chat.id.0, message.id);
            let document = json!({"file_id": id, "file_unique_id": id, "file_name": file.name, "file_size": file.bytes.len()});
            json.insert("document".into(), document);
        }
        if !message.keyboard.is_empty() {
            json.insert("reply_markup".into(), keyboard::tell(&message.keyboard));
        }
        json.extend(message.extra.clone());
        Value::Object(json)
    }

    fn author_json(&self, chat: &Chat, author: &Author, json: &mut Map<String, Value>) {
        let shared = |id: i64, name: &str, user_name: Option<&str>| {
            let mut user = json!({"id": id, "is_bot": user_name.is_some(), "first_name": name});
            if let Some(user_name) = user_name {
                user["username"] = json!(user_name);
            }
            user
        };
        let from = match author {
            Author::Bot => self.user_json(BOT_ID),
            Author::User(user) => self.user_json(*user),
            Author::Anonymous => {
                json.insert("sender_chat".into(), self.chat_json(chat));
                shared(GROUP_ANONYMOUS_BOT, "Group", Some("GroupAnonymousBot"))
            }
            Author::Channel(title) => {
                json.insert("sender_chat".into(), json!({"id": SOME_CHANNEL, "type": "channel", "title": title}));
                shared(CHANNEL_BOT, "Channel", Some("Channel_Bot"))
            }
            Author::Service => shared(TELEGRAM, "Telegram", None),
        };
        json.insert("from".into(), from);
    }

    /// Somebody's place in a chat.
    pub(super) fn member_json(&self, user: UserId, member: Member) -> Value {
        let user = self.user_json(user);
        match member {
            Member::Creator => json!({"user": user, "status": "creator", "is_anonymous": false}),
            Member::Administrator { can_delete } => json!({
                "user": user, "status": "administrator", "can_be_edited": false, "is_anonymous": false, "can_manage_chat": true,
                "can_delete_messages": can_delete, "can_manage_video_chats": false, "can_restrict_members": false,
                "can_promote_members": false, "can_change_info": false, "can_invite_users": true, "can_post_stories": false,
                "can_edit_stories": false, "can_delete_stories": false, "can_pin_messages": false, "can_manage_topics": false,
            }),
            Member::Plain => json!({"user": user, "status": "member"}),
            Member::Left => json!({"user": user, "status": "left"}),
            Member::Kicked => json!({"user": user, "status": "kicked", "until_date": 0}),
        }
    }
}
