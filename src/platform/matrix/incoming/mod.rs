//! What Matrix tells, as events. Nothing is decided here but what is no event at all.
//!
//! No event comes of: notices (bots write them), edits, redactions, reactions, polls, what the bot itself writes, and
//! requests to verify a device. In a group, pictures and files without words are nothing to the bot.

#[cfg(test)]
mod tests;
mod wire;
mod words;

use serde_json::Value;

use super::client::server_of;
use crate::domain::{
    event::{AccountAddress, Event, EventKey, MessageRef, Origin, Platform, Pressed, Reply, RoomAddress, Said, SaidKind, Sender},
    message::Press,
    time::Timestamp,
    words::whole_number,
};

pub(super) use self::{
    wire::Wire,
    words::{Me, Typed},
};

/// A message as far as it can be read without asking anybody.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) kind: SaidKind,
    pub(super) typed: Typed,
    /// The message that opened the thread in which it was written.
    pub(super) thread: Option<String>,
    /// The message that it answers.
    pub(super) reply_to: Option<String>,
}

/// The message that another one answers, looked up.
#[derive(Clone, Debug)]
pub(super) struct Quoted {
    /// Its author.
    pub(super) author: Option<Sender>,
    /// The bot wrote it.
    pub(super) is_bot: bool,
    /// Its words, where somebody else wrote it.
    pub(super) text: Option<String>,
    /// What its buttons carry.
    pub(super) presses: Vec<Option<Press>>,
}

/// Where and by whom something was said, as the adapter knows it.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) room: RoomAddress,
    pub(super) sender: Sender,
    pub(super) is_admin: bool,
    pub(super) at: Timestamp,
}

/// The key of what an event of a room brings; `what` tells several things apart that one event brings.
pub(super) fn key(me: &str, event_id: &str, what: &str) -> EventKey {
    EventKey(format!("matrix:{me}:{event_id}{what}"))
}

/// Reads a message; `None` where it is nothing to us.
pub(super) fn message(wire: &Wire, me: &Me) -> Option<Message> {
    if wire.sender == me.id {
        return None;
    }
    let content = &wire.content;
    let relation = &content["m.relates_to"];
    let rel_type = relation["rel_type"].as_str();
    if rel_type == Some("m.replace") {
        return None;
    }
    let kind = kind(wire)?;
    let in_thread = rel_type == Some("m.thread");
    let falls_back = in_thread && relation["is_falling_back"].as_bool().unwrap_or(false);
    let answered = relation["m.in_reply_to"]["event_id"].as_str().filter(|_| !falls_back);
    let thread = relation["event_id"].as_str().filter(|_| in_thread);
    let typed = match kind {
        SaidKind::Text => words::read(content, answered.is_some() || falls_back, me),
        SaidKind::Voice | SaidKind::Other => Typed::default(),
    };
    Some(Message {
        kind,
        typed,
        thread: thread.map(str::to_owned),
        // What is written in a thread without answering anything in it answers what opened it.
        reply_to: answered.or(thread).map(str::to_owned),
    })
}

fn kind(wire: &Wire) -> Option<SaidKind> {
    let content = &wire.content;
    match (wire.kind.as_str(), content["msgtype"].as_str()) {
        ("m.sticker", _) => Some(SaidKind::Other),
        ("m.room.message", Some("m.text" | "m.emote")) => Some(SaidKind::Text),
        ("m.room.message", Some("m.audio")) if is_voice(content) => Some(SaidKind::Voice),
        ("m.room.message", Some("m.image" | "m.video" | "m.audio" | "m.file" | "m.location")) => {
            // Words under a picture are words: somebody may ask for help that way.
            Some(if has_caption(content) { SaidKind::Text } else { SaidKind::Other })
        }
        _ => None,
    }
}

fn is_voice(content: &Value) -> bool {
    ["org.matrix.msc3245.voice", "org.matrix.msc3245.voice.v2", "m.voice"].iter().any(|key| content.get(key).is_some())
}

fn has_caption(content: &Value) -> bool {
    let (body, name) = (content["body"].as_str(), content["filename"].as_str());
    name.is_some() && body.is_some_and(|body| !body.trim().is_empty()) && body != name
}

impl Message {
    /// Whether it matters who wrote the message that this one answers: for a command about that person, and for a number.
    pub(super) fn asks_whom_it_answers(&self) -> bool {
        let text = self.typed.text.trim_start();
        text.starts_with(['!', '/']) || self.typed.addressed || number(text).is_some()
    }

    /// The event of this message.
    pub(super) fn event(self, wire: &Wire, me: &Me, setting: Setting, quoted: Option<Quoted>) -> Option<Event> {
        let Setting { room, sender, is_admin, at } = setting;
        let message = message_ref(&wire.event_id, self.thread.as_deref());
        let key = key(&me.id, &wire.event_id, "");
        if let (Some(number), Some(quoted)) = (number(&self.typed.text), &quoted)
            && quoted.is_bot
            && let Some(press) = number.checked_sub(1).and_then(|n| quoted.presses.get(n))
        {
            let pressed = Pressed {
                message: MessageRef(self.reply_to.unwrap_or_default()),
                press: press.clone(),
                press_ref: wire.event_id.clone(),
                ephemeral_context: None,
                room,
                sender,
            };
            return Some(Event { key, at, origin: Origin::Pressed(pressed) });
        }
        if !room.direct && self.kind != SaidKind::Text {
            return None;
        }
        let answers_bot_by_number = quoted.as_ref().is_some_and(|quoted| quoted.is_bot) && number(&self.typed.text).is_some();
        let reply_to = self.reply_to.zip(quoted).map(|(id, quoted)| Reply {
            author: quoted.author,
            is_bot: quoted.is_bot,
            message: MessageRef(id),
            text: quoted.text,
        });
        let said = Said {
            sender: Some(sender),
            message,
            mentions: self.typed.mentions,
            reply_to,
            addressed: self.typed.addressed || answers_bot_by_number,
            sender_is_admin: is_admin,
            kind: self.kind,
            ephemeral_context: None,
            text: self.typed.text,
            room,
        };
        Some(Event { key, at, origin: Origin::Said(said) })
    }
}

/// The number that a text is, with or without the sign.
fn number(text: &str) -> Option<usize> {
    let text = text.trim();
    whole_number(text.strip_prefix(['!', '/']).unwrap_or(text)).ok().and_then(|number| usize::try_from(number).ok())
}

/// A message with the thread that it stands in.
pub(super) fn message_ref(event_id: &str, thread: Option<&str>) -> MessageRef {
    MessageRef(thread.map_or_else(|| event_id.to_owned(), |root| format!("{event_id} {root}")))
}

/// The event of a message, and the one that opened its thread.
pub(super) fn parts_of(message: &MessageRef) -> (&str, Option<&str>) {
    message.0.split_once(' ').map_or((message.0.as_str(), None), |(event, root)| (event, Some(root)))
}

/// An account, as others see it. Who has their account where the bot has its own is found by the short name, `@sam`: there it
/// is one person's for good. Anybody may have the same one elsewhere, so those are found by the whole id alone.
pub(super) fn sender(user: &str, shown: Option<&str>, me: &str) -> Sender {
    let name = user.trim_start_matches('@');
    let local = name.split(':').next().unwrap_or(name);
    let user_name = if server_of(user) == server_of(me) { local } else { name };
    // Who calls themselves by a full id that is not theirs is called by their own.
    let deceives = |shown: &str| shown.starts_with('@') && shown.contains(':') && shown != user;
    let shown = shown.map(str::trim).filter(|shown| !shown.is_empty() && !deceives(shown));
    Sender {
        account: AccountAddress { platform: Platform::Matrix, id: user.to_owned() },
        display_name: Some(shown.unwrap_or(local).to_owned()),
        user_name: Some(user_name.to_owned()),
        language: None,
    }
}
