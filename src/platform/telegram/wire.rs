//! What is read of an update: only the fields that matter, so that what Telegram adds or changes elsewhere does not disturb.
//!
//! teloxide's `Update` is not used here: it knows no ephemeral messages, and one unknown entity makes it give a message up.

use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;

/// One update of a kind that we asked for; of other kinds only the id is seen.
#[derive(Deserialize, Debug)]
pub(super) struct Update {
    pub(super) update_id: i64,
    pub(super) message: Option<Message>,
    pub(super) callback_query: Option<CallbackQuery>,
    pub(super) my_chat_member: Option<ChatMemberUpdated>,
}

#[derive(Deserialize, Debug, Clone)]
pub(super) struct User {
    pub(super) id: i64,
    #[serde(default)]
    pub(super) is_bot: bool,
    #[serde(default)]
    pub(super) first_name: String,
    pub(super) last_name: Option<String>,
    pub(super) username: Option<String>,
    pub(super) language_code: Option<String>,
}

#[derive(Deserialize, Debug)]
pub(super) struct Chat {
    pub(super) id: i64,
    #[serde(rename = "type")]
    pub(super) kind: ChatKind,
}

#[derive(Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum ChatKind {
    Private,
    Group,
    Supergroup,
    #[serde(other)]
    Other,
}

#[derive(Deserialize, Debug)]
pub(super) struct Message {
    /// 0 where the message is ephemeral.
    #[serde(default)]
    pub(super) message_id: i32,
    pub(super) ephemeral_message_id: Option<i64>,
    pub(super) message_thread_id: Option<i32>,
    #[serde(default)]
    pub(super) is_topic_message: bool,
    pub(super) from: Option<User>,
    pub(super) sender_chat: Option<IgnoredAny>,
    /// In seconds; 0 where the message cannot be seen any more.
    #[serde(default)]
    pub(super) date: i64,
    pub(super) chat: Chat,
    pub(super) forward_origin: Option<IgnoredAny>,
    pub(super) forward_date: Option<IgnoredAny>,
    #[serde(default)]
    pub(super) is_automatic_forward: bool,
    pub(super) via_bot: Option<IgnoredAny>,
    pub(super) reply_to_message: Option<Box<Message>>,
    pub(super) text: Option<String>,
    #[serde(default)]
    pub(super) entities: Vec<Entity>,
    pub(super) caption: Option<String>,
    #[serde(default)]
    pub(super) caption_entities: Vec<Entity>,
    pub(super) migrate_to_chat_id: Option<i64>,
    pub(super) migrate_from_chat_id: Option<i64>,
    pub(super) forum_topic_created: Option<IgnoredAny>,
    pub(super) voice: Option<IgnoredAny>,
    pub(super) video_note: Option<IgnoredAny>,
}

#[derive(Deserialize, Debug)]
pub(super) struct Entity {
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// In UTF-16 code units.
    pub(super) offset: usize,
    /// In UTF-16 code units.
    pub(super) length: usize,
    pub(super) user: Option<User>,
}

#[derive(Deserialize, Debug)]
pub(super) struct CallbackQuery {
    pub(super) id: String,
    pub(super) from: User,
    pub(super) message: Option<Message>,
    pub(super) data: Option<String>,
}

#[derive(Deserialize, Debug)]
pub(super) struct ChatMemberUpdated {
    pub(super) chat: Chat,
    pub(super) from: User,
    #[serde(default)]
    pub(super) date: i64,
    pub(super) old_chat_member: Member,
    pub(super) new_chat_member: Member,
}

#[derive(Deserialize, Debug)]
pub(super) struct Member {
    status: String,
    /// Told of restricted members alone.
    is_member: Option<bool>,
}

impl Member {
    /// Whether somebody of this standing is in the chat (for a private chat: has not blocked the bot).
    pub(super) fn present(&self) -> bool {
        match self.status.as_str() {
            "creator" | "administrator" | "member" => true,
            "restricted" => self.is_member == Some(true),
            _ => false,
        }
    }

    /// Whether they administer it.
    pub(super) fn administers(&self) -> bool {
        matches!(self.status.as_str(), "creator" | "administrator")
    }
}

/// What a person can send beside words and voice; service messages have none of it.
const OTHER_CONTENT: [&str; 15] = [
    "animation",
    "audio",
    "checklist",
    "contact",
    "dice",
    "document",
    "game",
    "location",
    "paid_media",
    "photo",
    "poll",
    "sticker",
    "story",
    "venue",
    "video",
];

/// Whether a message, as it came, carries anything but words and voice.
pub(super) fn has_other_content(message: &Value) -> bool {
    OTHER_CONTENT.iter().any(|field| message.get(field).is_some())
}
