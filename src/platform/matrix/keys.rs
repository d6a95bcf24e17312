//! Messages whose key has not come: kept sealed in our database, read when it comes, answered kindly when it never does.

use std::collections::HashMap;

use chrono::TimeDelta;
use matrix_sdk::{
    Client, Room,
    deserialized_responses::TimelineEvent,
    ruma::{OwnedRoomId, RoomId, events::room::encrypted::OriginalSyncRoomEncryptedEvent, serde::Raw},
};
use serde::{Deserialize, Serialize};

use super::{incoming::Wire, rooms};
use crate::domain::{
    event::{Keeping, Kept, Platform},
    time::Timestamp,
};

/// So long a key may take.
const PATIENCE_MINUTES: i64 = 2;
/// A group is told of messages that could not be read so often at most: most were not for the bot.
const GROUP_TOLD_EVERY_MINUTES: i64 = 60;
/// More are not kept at once: somebody sends what nobody can read.
const KEPT_MAX: usize = 5000;

/// What is kept of a message, as it came.
#[derive(Serialize, Deserialize)]
struct Unread {
    room: OwnedRoomId,
    event: String,
}

/// The messages that cannot be read yet.
#[derive(Default)]
pub(super) struct Waiting {
    kept: Vec<Kept>,
    told: HashMap<OwnedRoomId, Timestamp>,
}

/// A message that waited and can be read now, or is given up.
pub(super) enum Outcome {
    /// Its key came.
    Read(Room, Box<TimelineEvent>),
    /// Its key never came, and its sender, or the room, is to be told.
    GivenUp(Room, Wire),
}

impl Waiting {
    /// What waits since before the start.
    pub(super) fn new(kept: Vec<Kept>) -> Self {
        Self { kept, told: HashMap::new() }
    }

    /// Whether anything waits.
    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Keeps a message; what is to be stored comes back.
    pub(super) fn keep(&mut self, room: &RoomId, wire: &Wire, json: &str, at: Timestamp) -> Option<Keeping> {
        let known = self.kept.iter().any(|kept| kept.id == wire.event_id);
        if known || self.kept.len() >= KEPT_MAX {
            return None;
        }
        let value = serde_json::to_string(&Unread { room: room.to_owned(), event: json.to_owned() }).ok()?;
        let kept = Kept { platform: Platform::Matrix, id: wire.event_id.clone(), at, value };
        self.kept.push(kept.clone());
        Some(Keeping::Keep(kept))
    }

    /// Tries all that waits; what is done with is let go.
    pub(super) async fn try_again(&mut self, client: &Client, directs: &rooms::Directs, now: Timestamp) -> (Vec<Outcome>, Vec<Keeping>) {
        let (mut outcomes, mut done) = (Vec::new(), Vec::new());
        for kept in std::mem::take(&mut self.kept) {
            let Ok(unread) = serde_json::from_str::<Unread>(&kept.value) else {
                done.push(let_go(&kept));
                continue;
            };
            let late = now.since(kept.at) > TimeDelta::minutes(PATIENCE_MINUTES);
            let room = client.get_room(&unread.room);
            let read = match &room {
                Some(room) => decrypt(room, &unread.event).await,
                None => None,
            };
            match (room, read) {
                (Some(room), Some(event)) => {
                    done.push(let_go(&kept));
                    outcomes.push(Outcome::Read(room, Box::new(event)));
                }
                (room, None) if late => {
                    done.push(let_go(&kept));
                    let wire = Wire::read(&unread.event);
                    if let (Some(room), Some(wire)) = (room, wire)
                        && self.is_to_be_told(&room, directs, now)
                    {
                        outcomes.push(Outcome::GivenUp(room, wire));
                    }
                }
                (_, _) => self.kept.push(kept),
            }
        }
        (outcomes, done)
    }

    /// One word for all that came together; a group is told rarely.
    fn is_to_be_told(&mut self, room: &Room, directs: &rooms::Directs, now: Timestamp) -> bool {
        let direct = directs.partner(room).is_some();
        let every = TimeDelta::minutes(if direct { PATIENCE_MINUTES } else { GROUP_TOLD_EVERY_MINUTES });
        let long_ago = self.told.get(room.room_id()).is_none_or(|at| now.since(*at) > every);
        if long_ago {
            self.told.insert(room.room_id().to_owned(), now);
        }
        long_ago
    }
}

fn let_go(kept: &Kept) -> Keeping {
    Keeping::LetGo { platform: Platform::Matrix, id: kept.id.clone() }
}

async fn decrypt(room: &Room, json: &str) -> Option<TimelineEvent> {
    let raw: Raw<OriginalSyncRoomEncryptedEvent> = Raw::from_json_string(json.to_owned()).ok()?;
    let event = room.decrypt_event(&raw, None).await.ok()?;
    (!event.kind.is_utd()).then_some(event)
}
