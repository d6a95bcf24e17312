//! What is sent again after more than a day: homeservers have forgotten its transaction by then, so the room itself is looked at.
//!
//! A message bears its transaction's id within its (encrypted) content. A delivery is a day old where it was tried in vain for so
//! long, where the program was down after it was sent and before that was noted, or where its receiver was away.

use std::collections::HashMap;

use chrono::TimeDelta;
use matrix_sdk::{
    Room,
    room::MessagesOptions,
    ruma::{UInt, assign},
};

use super::{
    deliver::{ONCE, transaction},
    incoming::Wire,
    trouble::Trouble,
};
use crate::domain::{ids::DeliveryId, time::Timestamp};

/// What a message bears, to be known again.
pub(super) const MARK: &str = "org.entraide.transaction";
/// So long homeservers are known to remember transactions, with a margin.
const REMEMBERED_HOURS: i64 = 20;
/// How many messages are asked for at once.
const PAGE: u32 = 100;
/// How many pages are looked through at most; beyond that it is sent.
const PAGES_MAX: usize = 10;
/// Into how many messages a delivery is cut at most, for the search.
const PARTS_MAX: usize = 20;

/// The parts of an old delivery that stand in the room already, by their number; of a young one none, without looking.
pub(super) async fn sent_before(room: &Room, delivery: DeliveryId, me: &str, now: Timestamp) -> Result<HashMap<usize, String>, Trouble> {
    let mut found = HashMap::new();
    let Some(made_at) = made_at(delivery).filter(|made_at| now.since(*made_at) > TimeDelta::hours(REMEMBERED_HOURS)) else {
        return Ok(found);
    };
    let wanted: HashMap<String, usize> = (0..PARTS_MAX).map(|nth| (transaction(delivery, nth).to_string(), nth)).collect();
    let mut from = None;
    for _ in 0..PAGES_MAX {
        let options = assign!(MessagesOptions::backward(), { from, limit: UInt::from(PAGE) });
        let page = room.messages(options).await.map_err(|error| Trouble::of(&error))?;
        let mut older = page.chunk.is_empty();
        for wire in page.chunk.iter().filter_map(|event| Wire::read(event.raw().json().get())) {
            let part = wire.content[MARK].as_str().filter(|_| wire.sender == me).and_then(|mark| wanted.get(mark));
            found.extend(part.map(|nth| (*nth, wire.event_id.clone())));
            older |= Timestamp::from_micros(wire.origin_server_ts.saturating_mul(1000)) < made_at;
        }
        from = page.end;
        if older || from.is_none() {
            break;
        }
    }
    Ok(found)
}

/// When a delivery was decided: its id tells.
fn made_at(delivery: DeliveryId) -> Option<Timestamp> {
    if delivery == ONCE {
        return None;
    }
    let (seconds, nanoseconds) = delivery.0.get_timestamp()?.to_unix();
    let micros = i64::try_from(seconds).ok()?.checked_mul(1_000_000)?;
    Some(Timestamp::from_micros(micros + i64::from(nanoseconds / 1000)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::IdSource;

    #[test]
    fn an_id_tells_when_its_delivery_was_decided() {
        let at = Timestamp::from_micros(1_764_000_000_123_000);
        assert_eq!(made_at(IdSource::new([7; 32], at).make()), Some(at));
        assert_eq!(made_at(ONCE), None);
    }
}
