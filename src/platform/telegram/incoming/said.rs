//! A message as something said.

use serde_json::Value;

use super::{
    super::{
        Me,
        ephemeral::Act,
        keyboard::OPEN_PAYLOAD,
        wire::{Message, has_other_content},
    },
    SHARED_IDS, author, message_ref, room, sender,
    typed::{self, Typed},
};
use crate::domain::{
    event::{Reply, Said, SaidKind},
    time::Timestamp,
    words::{TEXT_BYTES_MAX, cut},
};

/// Telegram keeps updates so long; a message that seems older was dated by another clock than ours.
const KEPT_HOURS: i64 = 24;

pub(super) fn said(message: Message, raw: &Value, me: &Me, at: Timestamp) -> Option<Said> {
    let room = room(&message)?;
    if message.is_automatic_forward || message.from.as_ref().is_some_and(|from| from.is_bot && !SHARED_IDS.contains(&from.id)) {
        return None;
    }
    let kind = kind(&message, raw);
    let borrowed = message.forward_origin.is_some() || message.forward_date.is_some() || message.via_bot.is_some();
    let (kind, typed) = match kind? {
        _ if borrowed => (SaidKind::Other, Typed::default()),
        SaidKind::Text => (SaidKind::Text, words(&message, room.direct, me)?),
        other => (other, Typed::default()),
    };
    if !room.direct && kind != SaidKind::Text {
        return None;
    }
    let sender = author(&message).map(sender);
    let context = Act { query: None, message: message.ephemeral_message_id, at: acted(&message, at) }.context();
    Some(Said {
        ephemeral_context: (!room.direct && sender.is_some()).then_some(context),
        message: message_ref(&message),
        reply_to: message.reply_to_message.as_deref().and_then(|other| reply(other, me)),
        text: typed.text,
        mentions: typed.mentions,
        addressed: typed.addressed,
        sender_is_admin: false,
        kind,
        sender,
        room,
    })
}

/// What a message is; `None` for service messages.
fn kind(message: &Message, raw: &Value) -> Option<SaidKind> {
    if message.text.is_some() {
        Some(SaidKind::Text)
    } else if message.voice.is_some() || message.video_note.is_some() {
        Some(SaidKind::Voice)
    } else if message.caption.is_some() {
        // Words under a picture are words: somebody may ask for help that way.
        Some(SaidKind::Text)
    } else {
        has_other_content(raw).then_some(SaidKind::Other)
    }
}

fn words(message: &Message, direct: bool, me: &Me) -> Option<Typed> {
    let mut typed = match (&message.text, &message.caption) {
        (Some(text), _) => typed::read(text, &message.entities, me)?,
        (None, Some(caption)) => typed::read(caption, &message.caption_entities, me)?,
        (None, None) => return None,
    };
    if direct && typed.text.trim() == format!("/start {OPEN_PAYLOAD}") {
        // What our own button "open a private conversation" sends says nothing more than opening it.
        typed.text = "/start".to_owned();
    }
    Some(typed)
}

fn reply(other: &Message, me: &Me) -> Option<Reply> {
    // Everything written in a topic formally answers the message that opened it.
    if other.forum_topic_created.is_some() {
        return None;
    }
    let from = author(other);
    let is_bot = from.is_some_and(|user| user.id == me.id);
    let text = other.text.as_ref().or(other.caption.as_ref()).map(|text| cut(text, TEXT_BYTES_MAX).to_owned());
    Some(Reply { author: from.map(sender), is_bot, message: message_ref(other), text })
}

/// When the person wrote: by Telegram's clock, so that what waited while we were away counts as old.
fn acted(message: &Message, at: Timestamp) -> Timestamp {
    let told = Timestamp::from_micros(message.date.saturating_mul(1_000_000));
    let age = at.since(told);
    if age < chrono::TimeDelta::zero() || age > chrono::TimeDelta::hours(KEPT_HOURS) { at } else { told }
}
