//! What was said while we were away and does not fit into one answer of the homeserver: paged back, within bounds.

use matrix_sdk::{
    Room,
    deserialized_responses::TimelineEvent,
    room::MessagesOptions,
    ruma::{UInt, assign},
};

use super::{incoming::Wire, trouble::Trouble};
use crate::{domain::time::Timestamp, platform::backoff::Backoff};

/// How many messages are asked for at once.
const PAGE: u32 = 100;
/// What is older is passed over: nobody waits for an answer to it any more. Handled events are known for longer than that.
const AGE_DAYS_MAX: i64 = 7;

/// What lies between our last commit and what the homeserver told of a room.
#[derive(Default)]
pub(super) struct Gap {
    /// The oldest first.
    pub(super) events: Vec<TimelineEvent>,
    /// Something older was passed over.
    pub(super) cut: bool,
}

/// Whether an event is so old that nobody waits for an answer.
pub(super) fn is_too_old(wire: &Wire, now: Timestamp) -> bool {
    let written = Timestamp::from_micros(wire.origin_server_ts.saturating_mul(1000));
    now.since(written) > chrono::TimeDelta::days(AGE_DAYS_MAX)
}

/// Whether this is something that somebody said, too long ago to be answered.
pub(super) fn is_passed_over(event: &TimelineEvent, me: &str, now: Timestamp) -> bool {
    let wire = Wire::read(event.raw().json().get());
    let is_said =
        |wire: &Wire| wire.state_key.is_none() && wire.sender != me && matches!(wire.kind.as_str(), "m.room.message" | "m.room.encrypted");
    wire.is_some_and(|wire| is_said(&wire) && is_too_old(&wire, now))
}

/// Reads back from `from` to `to`, our last commit, or to our own coming into the room; at most the newest `most` events.
pub(super) async fn between(room: &Room, from: &str, to: &str, most: usize, me: &str, now: Timestamp) -> Gap {
    let (mut gap, mut from) = (Gap::default(), from.to_owned());
    loop {
        let Some((events, end)) = read(room, &from, to).await else {
            gap.cut = true;
            break;
        };
        let mut done = events.is_empty();
        for event in events {
            let wire = Wire::read(event.raw().json().get());
            if gap.events.len() == most || wire.as_ref().is_some_and(|wire| is_too_old(wire, now)) {
                (done, gap.cut) = (true, true);
                break;
            }
            let ours = wire.as_ref().and_then(Wire::comes) == Some(me);
            gap.events.push(event);
            if ours {
                done = true;
                break;
            }
        }
        match end.filter(|end| !done && *end != from) {
            Some(end) => from = end,
            None => break,
        }
    }
    gap.events.reverse();
    gap
}

/// One page, the newest first, however long the network is away; `None` where the homeserver refuses.
async fn read(room: &Room, from: &str, to: &str) -> Option<(Vec<TimelineEvent>, Option<String>)> {
    let mut backoff = Backoff::default();
    loop {
        let options = assign!(MessagesOptions::backward().from(from), { to: Some(to.to_owned()), limit: UInt::from(PAGE) });
        match room.messages(options).await {
            Ok(messages) => return Some((messages.chunk, messages.end)),
            Err(error) => {
                let pause = match Trouble::of(&error) {
                    Trouble::Busy(pause) => backoff.next(Some(pause)),
                    Trouble::Away(_) => backoff.next(None),
                    trouble => {
                        tracing::warn!(%trouble, "what was said while we were away cannot be read");
                        return None;
                    }
                };
                tokio::time::sleep(pause).await;
            }
        }
    }
}
