//! How chats, topics and messages of Telegram are written in our own addresses.
//!
//! A room is `chat` or `chat/thread`. A message is `chat:7`; `chat:d7` where it is a document with a caption; `chat:e7:user`
//! where it is an ephemeral message of ours to `user`; `chat:i7` where it is an ephemeral message that somebody sent to us.
//! The chat is in it because message ids repeat between supergroups.

use crate::domain::event::{MessageRef, Platform, RoomAddress};

/// A room on Telegram.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Place {
    pub(super) chat: i64,
    pub(super) thread: Option<i32>,
}

impl Place {
    /// The place that an address names.
    pub(super) fn read(room: &RoomAddress) -> Option<Self> {
        let (chat, thread) = match room.id.split_once('/') {
            Some((chat, thread)) => (chat, Some(thread.parse().ok()?)),
            None => (room.id.as_str(), None),
        };
        Some(Self { chat: chat.parse().ok()?, thread })
    }

    /// As an address of a group.
    pub(super) fn room(self) -> RoomAddress {
        let id = self.thread.map_or_else(|| self.chat.to_string(), |thread| format!("{}/{thread}", self.chat));
        RoomAddress { platform: Platform::Telegram, id, direct: false }
    }
}

/// The direct room with a user: Telegram gives a private chat the user's id.
pub(super) fn direct_room(user: i64) -> RoomAddress {
    RoomAddress { platform: Platform::Telegram, id: user.to_string(), direct: true }
}

/// A message on Telegram.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Target {
    pub(super) chat: i64,
    pub(super) what: What,
}

/// What kind of message, and its id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// An ordinary message.
    Message(i32),
    /// A document; its text is a caption.
    Document(i32),
    /// An ephemeral message of ours to a user.
    EphemeralTo { id: i64, user: i64 },
    /// An ephemeral message that reached us; nobody else sees it.
    EphemeralFrom(i64),
}

impl Target {
    /// The message that a reference names.
    pub(super) fn read(message: &MessageRef) -> Option<Self> {
        let (chat, rest) = message.0.split_once(':')?;
        let what = if let Some(id) = rest.strip_prefix('d') {
            What::Document(id.parse().ok()?)
        } else if let Some(rest) = rest.strip_prefix('e') {
            let (id, user) = rest.split_once(':')?;
            What::EphemeralTo { id: id.parse().ok()?, user: user.parse().ok()? }
        } else if let Some(id) = rest.strip_prefix('i') {
            What::EphemeralFrom(id.parse().ok()?)
        } else {
            What::Message(rest.parse().ok()?)
        };
        Some(Self { chat: chat.parse().ok()?, what })
    }

    /// As a reference.
    pub(super) fn message(self) -> MessageRef {
        let chat = self.chat;
        MessageRef(match self.what {
            What::Message(id) => format!("{chat}:{id}"),
            What::Document(id) => format!("{chat}:d{id}"),
            What::EphemeralTo { id, user } => format!("{chat}:e{id}:{user}"),
            What::EphemeralFrom(id) => format!("{chat}:i{id}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_and_read() {
        for (chat, thread, written) in [(-100_123, None, "-100123"), (-100_123, Some(5), "-100123/5")] {
            let place = Place { chat, thread };
            assert_eq!(place.room().id, written);
            assert_eq!(Place::read(&place.room()), Some(place));
        }
        for bad in ["", "x", "-100123/", "-100123/x", "/5"] {
            let room = RoomAddress { platform: Platform::Telegram, id: bad.into(), direct: false };
            assert_eq!(Place::read(&room), None, "{bad}");
        }
    }

    #[test]
    fn messages_are_written_and_read() {
        for (what, written) in [
            (What::Message(7), "-100123:7"),
            (What::Document(7), "-100123:d7"),
            (What::EphemeralTo { id: 7, user: 5_000_000_000 }, "-100123:e7:5000000000"),
            (What::EphemeralFrom(7), "-100123:i7"),
        ] {
            let target = Target { chat: -100_123, what };
            assert_eq!(target.message(), MessageRef(written.into()));
            assert_eq!(Target::read(&target.message()), Some(target));
        }
        for bad in ["", "7", "-100123:", "-100123:e7", "-100123:x"] {
            assert_eq!(Target::read(&MessageRef(bad.into())), None, "{bad}");
        }
    }
}
