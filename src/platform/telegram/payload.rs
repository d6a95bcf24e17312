//! Requests that teloxide does not know, or knows only with answers too dear to read.

use serde::{Deserialize, Serialize};
use teloxide::{
    requests::Payload,
    types::{BotCommandScope, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity},
};

macro_rules! payloads {
    ($($name:ident => $output:ty),* $(,)?) => {$(
        impl Payload for $name {
            type Output = $output;
            const NAME: &'static str = stringify!($name);
        }
    )*};
}

payloads! {
    GetUpdates => Vec<serde_json::Value>,
    SetMyCommands => bool,
    GetMyCommands => Vec<Command>,
    EditEphemeralMessageText => bool,
    DeleteEphemeralMessage => bool,
}

/// The updates that we ask for; edits and channel posts are not among them.
pub(super) const UPDATES: [&str; 3] = ["message", "callback_query", "my_chat_member"];

/// Links are not fetched for a preview: it would fill the screen, and tell a server that somebody was sent its address.
pub(super) const NO_PREVIEW: LinkPreviewOptions =
    LinkPreviewOptions { is_disabled: true, url: None, prefer_small_media: false, prefer_large_media: false, show_above_text: false };

/// The updates as they are, whatever their kind.
#[derive(Serialize, Debug)]
pub(super) struct GetUpdates {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) offset: Option<i64>,
    pub(super) limit: u8,
    /// In seconds.
    pub(super) timeout: u64,
    pub(super) allowed_updates: &'static [&'static str],
}

/// A line of the menu, with the sign of an ephemeral command.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
pub(super) struct Command {
    pub(super) command: String,
    pub(super) description: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) is_ephemeral: bool,
}

#[derive(Serialize, Debug)]
pub(super) struct SetMyCommands {
    pub(super) commands: Vec<Command>,
    pub(super) scope: BotCommandScope,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language_code: Option<String>,
}

#[derive(Serialize, Debug)]
pub(super) struct GetMyCommands {
    pub(super) scope: BotCommandScope,
}

/// `sendMessage` seen by one person alone: the fields of Bot API 10.2 and the object of 10.3, since each takes only its own.
#[derive(Serialize, Debug)]
pub(super) struct SendEphemeral {
    pub(super) chat_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message_thread_id: Option<i32>,
    pub(super) text: String,
    pub(super) entities: Vec<MessageEntity>,
    pub(super) link_preview_options: LinkPreviewOptions,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reply_markup: Option<InlineKeyboardMarkup>,
    /// What this message answers; an ephemeral message of the person. Never without the parameters below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reply_parameters: Option<EphemeralReply>,
    #[serde(flatten)]
    pub(super) flat: EphemeralParameters,
    pub(super) ephemeral_message_parameters: EphemeralParameters,
}

impl Payload for SendEphemeral {
    type Output = Sent;
    const NAME: &'static str = "SendMessage";
}

#[derive(Serialize, Clone, Debug)]
pub(super) struct EphemeralParameters {
    pub(super) receiver_user_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) callback_query_id: Option<String>,
}

#[derive(Serialize, Debug)]
pub(super) struct EphemeralReply {
    pub(super) ephemeral_message_id: i64,
}

#[derive(Serialize, Debug)]
pub(super) struct EditEphemeralMessageText {
    pub(super) chat_id: i64,
    pub(super) receiver_user_id: i64,
    pub(super) ephemeral_message_id: i64,
    pub(super) text: String,
    pub(super) entities: Vec<MessageEntity>,
    pub(super) link_preview_options: LinkPreviewOptions,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reply_markup: Option<InlineKeyboardMarkup>,
}

#[derive(Serialize, Debug)]
pub(super) struct DeleteEphemeralMessage {
    pub(super) chat_id: i64,
    pub(super) receiver_user_id: i64,
    pub(super) ephemeral_message_id: i64,
}

/// What is of use of a message that was sent.
#[derive(Deserialize, Debug)]
pub(super) struct Sent {
    /// 0 where the message is ephemeral.
    #[serde(default)]
    pub(super) message_id: i32,
    pub(super) ephemeral_message_id: Option<i64>,
}
