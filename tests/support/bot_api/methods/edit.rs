//! Editing, deleting, reacting.

use serde_json::{Value, json};

use super::super::{
    errors::{Answer, Refused},
    keyboard,
    params::Params,
    state::{Author, Button, ChatId, ChatKind, Member, Message, State, What},
    text,
};

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are exactly the same as a \
    current content and reply markup of the message";

/// How long a bot may delete messages, in seconds.
const DELETE_WITHIN_S: i64 = 48 * 3600;

/// What a bot may react with, beside custom emoji.
const REACTIONS: &str = "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 \
    👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡";

/// New content of a message.
pub(super) struct Version {
    /// Text and entities; `None` leaves them.
    pub(super) text: Option<(String, Vec<Value>)>,
    /// The keyboard, which is gone where none is given.
    pub(super) keyboard: Vec<Vec<Button>>,
}

impl Version {
    /// Makes this the content of `message`, where it differs.
    pub(super) fn replace(self, message: &mut Message) -> Result<(), Refused> {
        let same_text = self.text.as_ref().is_none_or(|(text, entities)| *text == message.text && *entities == message.entities);
        if same_text && self.keyboard == message.keyboard {
            return Err(Refused::bad(NOT_MODIFIED));
        }
        if let Some((text, entities)) = self.text {
            message.text = text;
            message.entities = entities;
        }
        message.keyboard = self.keyboard;
        Ok(())
    }
}

/// `editMessageText`.
pub(in super::super) fn text(state: &mut State, params: &Params) -> Answer {
    let (chat, id) = own(state, params)?;
    if state.chats[&chat].messages[&id].file.is_some() {
        return Err(Refused::bad("there is no text in the message to edit"));
    }
    let version = Version { text: Some(text::outgoing(params)?), keyboard: keyboard::read(params)? };
    edit(state, chat, id, version)
}

/// `editMessageCaption`.
pub(in super::super) fn caption(state: &mut State, params: &Params) -> Answer {
    let (chat, id) = own(state, params)?;
    if state.chats[&chat].messages[&id].file.is_none() {
        return Err(Refused::bad("there is no caption in the message to edit"));
    }
    let version = Version { text: Some(text::caption(params)?), keyboard: keyboard::read(params)? };
    edit(state, chat, id, version)
}

/// `editMessageReplyMarkup`.
pub(in super::super) fn markup(state: &mut State, params: &Params) -> Answer {
    let (chat, id) = own(state, params)?;
    let keyboard = keyboard::read(params)?;
    edit(state, chat, id, Version { text: None, keyboard })
}

/// The bot's own message that is to be edited.
fn own(state: &State, params: &Params) -> Result<(ChatId, i64), Refused> {
    let chat = state.open_chat(params)?;
    let id = params.number("message_id").ok_or_else(|| Refused::bad("message identifier is not specified"))?;
    let message = state.chats[&chat].messages.get(&id).filter(|message| !message.deleted);
    match message.map(|message| &message.author) {
        None => Err(Refused::bad("message to edit not found")),
        Some(Author::Bot) => Ok((chat, id)),
        Some(_) => Err(Refused::bad("message can't be edited")),
    }
}

fn edit(state: &mut State, chat: ChatId, id: i64, version: Version) -> Answer {
    let mut message = state.chats[&chat].messages[&id].clone();
    version.replace(&mut message)?;
    state.within_limits(chat)?;
    message.edit_date = Some(state.now_seconds());
    message.order = state.tick();
    state.note_said(chat, &message, true);
    state.chat_mut(chat).messages.insert(id, message.clone());
    Ok(state.message_json(&state.chats[&chat], &message))
}

/// `deleteMessage`.
pub(in super::super) fn delete(state: &mut State, params: &Params) -> Answer {
    let chat = state.open_chat(params)?;
    let id = params.number("message_id").ok_or_else(|| Refused::bad("message identifier is not specified"))?;
    may_delete(state, chat, id)?;
    remove(state, chat, id);
    Ok(json!(true))
}

/// `deleteMessages`: what cannot be deleted is skipped.
pub(in super::super) fn delete_many(state: &mut State, params: &Params) -> Answer {
    let chat = state.open_chat(params)?;
    let ids = params.object("message_ids")?.unwrap_or_default();
    for id in ids.as_array().into_iter().flatten().filter_map(Value::as_i64) {
        if may_delete(state, chat, id).is_ok() {
            remove(state, chat, id);
        }
    }
    Ok(json!(true))
}

fn may_delete(state: &State, chat: ChatId, id: i64) -> Result<(), Refused> {
    let chat = &state.chats[&chat];
    let message = chat.messages.get(&id).filter(|message| !message.deleted);
    let message = message.ok_or_else(|| Refused::bad("message to delete not found"))?;
    let old = state.now_seconds() - message.date > DELETE_WITHIN_S;
    let may = match (&message.author, chat.kind, chat.bot) {
        (_, ChatKind::Group | ChatKind::Supergroup { .. }, Member::Administrator { can_delete: true } | Member::Creator) => true,
        (Author::Bot, _, _) | (_, ChatKind::Private, _) => !old,
        (_, ChatKind::Group | ChatKind::Supergroup { .. }, _) => false,
    };
    if may { Ok(()) } else { Err(Refused::bad("message can't be deleted for everyone")) }
}

fn remove(state: &mut State, chat: ChatId, id: i64) {
    let mut thread = None;
    if let Some(message) = state.chat_mut(chat).messages.get_mut(&id) {
        message.deleted = true;
        thread = message.thread;
    }
    state.happened(chat, thread, "bot", None, What::Deleted(id));
}

/// `setMessageReaction`.
pub(in super::super) fn react(state: &mut State, params: &Params) -> Answer {
    let chat = state.open_chat(params)?;
    let id = params.number("message_id").ok_or_else(|| Refused::bad("message identifier is not specified"))?;
    let list = params.object("reaction")?.unwrap_or_else(|| json!([]));
    let list = list.as_array().cloned().unwrap_or_default();
    if list.len() > 1 {
        return Err(Refused::bad("REACTIONS_TOO_MANY"));
    }
    let emoji = list.first().map(|reaction| reaction["emoji"].as_str().unwrap_or_default().to_owned());
    if emoji.as_ref().is_some_and(|emoji| !REACTIONS.split_whitespace().any(|known| known == emoji)) {
        return Err(Refused::bad("REACTION_INVALID"));
    }
    let message = state.chat_mut(chat).messages.get_mut(&id).filter(|message| !message.deleted);
    let message = message.ok_or_else(|| Refused::bad("message to react not found"))?;
    message.reaction = emoji.clone();
    let thread = message.thread;
    state.happened(chat, thread, "bot", None, What::Reacted(id, emoji.unwrap_or_default()));
    Ok(json!(true))
}
