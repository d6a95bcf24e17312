//! What Telegram tells, as events. Nothing is decided here but what is no event at all.
//!
//! No event comes of: edited messages, channel posts, posts that a channel forwards into its group by itself, what other
//! bots write, a command for another bot (`/menu@otherbot`), what somebody forwards or sends through another bot into a
//! group, and service messages other than a group's move. In the direct room a forwarded text comes as
//! [`SaidKind::Other`](crate::domain::event::SaidKind) without its words: nothing of it runs, and the person gets an answer.
//!
//! Anonymous administrators and channels write under shared ids (1087968824, 136817688, 777000): their `sender` is `None`.

mod said;
#[cfg(test)]
mod tests;
mod typed;

use serde::Deserialize;
use serde_json::Value;

use super::{
    Me, account,
    ephemeral::Act,
    refs::{Place, Target, What, direct_room},
    wire::{CallbackQuery, Chat, ChatKind, ChatMemberUpdated, Message, Update, User},
};
use crate::domain::{
    event::{Event, EventKey, MessageRef, Origin, Pressed, RoomAddress, RoomEvent, Sender},
    message::Press,
    time::Timestamp,
};

/// The accounts under which Telegram hides anonymous administrators, channels and itself.
const SHARED_IDS: [i64; 3] = [1_087_968_824, 136_817_688, 777_000];

/// The id of an update whatever its kind; without one it cannot be acknowledged.
pub(super) fn update_id(raw: &Value) -> Option<i64> {
    raw.get("update_id").and_then(Value::as_i64)
}

/// Translates an update that was taken in `at`; `None` where it is nothing to us, or of a shape that is not known.
pub(super) fn translate(raw: &Value, me: &Me, at: Timestamp) -> Option<Event> {
    let Ok(update) = Update::deserialize(raw) else {
        tracing::warn!("an update of an unknown shape was passed over");
        return None;
    };
    let dated = |date: i64| EventKey(format!("telegram:{}:{}:{date}", me.id, update.update_id));
    let (key, origin) = match update {
        Update { message: Some(message), .. } => {
            let key = dated(message.date);
            (key, of_message(message, raw.get("message")?, me, at)?)
        }
        Update { callback_query: Some(query), .. } => {
            let key = EventKey(format!("telegram:{}:press:{}", me.id, query.id));
            (key, Origin::Pressed(pressed(query, at)?))
        }
        Update { my_chat_member: Some(change), .. } => (dated(change.date), Origin::Room(standing(change)?)),
        _ => return None,
    };
    Some(Event { key, at, origin })
}

fn of_message(message: Message, raw: &Value, me: &Me, at: Timestamp) -> Option<Origin> {
    let moved = |from: i64, to: i64| {
        let room = |chat| Place { chat, thread: None }.room();
        Some(Origin::Room(RoomEvent::Moved { from: room(from), to: room(to) }))
    };
    match message {
        Message { migrate_to_chat_id: Some(to), .. } => moved(message.chat.id, to),
        Message { migrate_from_chat_id: Some(from), .. } => moved(from, message.chat.id),
        _ => said::said(message, raw, me, at).map(Origin::Said),
    }
}

fn pressed(query: CallbackQuery, at: Timestamp) -> Option<Pressed> {
    if query.from.is_bot {
        return None;
    }
    let message = query.message?;
    let room = room(&message)?;
    let target = match message.ephemeral_message_id {
        Some(id) => What::EphemeralTo { id, user: query.from.id },
        None => What::Message(message.message_id),
    };
    let act = Act { query: Some(query.id.clone()), message: None, at };
    Some(Pressed {
        ephemeral_context: (!room.direct).then(|| act.context()),
        sender: sender(&query.from),
        message: Target { chat: message.chat.id, what: target }.message(),
        press: query.data.as_deref().and_then(Press::decode),
        press_ref: query.id,
        room,
    })
}

/// The bot's own standing in a chat changed.
fn standing(change: ChatMemberUpdated) -> Option<RoomEvent> {
    let (was, is) = (change.old_chat_member.present(), change.new_chat_member.present());
    if was == is {
        return None;
    }
    let room = chat_room(&change.chat, None)?;
    Some(match (room.direct, is) {
        (true, true) => RoomEvent::Opened(room, sender(&change.from)),
        (false, true) => RoomEvent::Joined(room),
        (_, false) => RoomEvent::Left(room),
    })
}

/// The room of a message. The thread counts in forums alone: elsewhere it is only a chain of replies.
fn room(message: &Message) -> Option<RoomAddress> {
    chat_room(&message.chat, message.message_thread_id.filter(|_| message.is_topic_message))
}

fn chat_room(chat: &Chat, thread: Option<i32>) -> Option<RoomAddress> {
    match chat.kind {
        ChatKind::Private => Some(direct_room(chat.id)),
        ChatKind::Group | ChatKind::Supergroup => Some(Place { chat: chat.id, thread }.room()),
        ChatKind::Other => None,
    }
}

fn sender(user: &User) -> Sender {
    let names = [Some(user.first_name.as_str()), user.last_name.as_deref()];
    let name = names.into_iter().flatten().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
    Sender {
        account: account(user.id),
        display_name: Some(name).filter(|name| !name.is_empty()),
        user_name: user.username.clone(),
        language: user.language_code.clone(),
    }
}

/// The person behind a message; `None` where Telegram hides who it is.
fn author(message: &Message) -> Option<&User> {
    message.from.as_ref().filter(|user| message.sender_chat.is_none() && !SHARED_IDS.contains(&user.id))
}

fn message_ref(message: &Message) -> MessageRef {
    let what = match message.ephemeral_message_id {
        Some(id) => What::EphemeralFrom(id),
        None => What::Message(message.message_id),
    };
    Target { chat: message.chat.id, what }.message()
}
