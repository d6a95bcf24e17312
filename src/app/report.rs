//! What became of deliveries, recorded: done, parked until the receiver is back, sent by another road, or given up.

use crate::{
    domain::{
        decision::{CardKey, Manner},
        event::{Platform, RoomAddress},
        ids::{AccountId, DeliveryId, IdSource, RoomId},
        message::{Content, Msg},
        time::Timestamp,
    },
    platform::Receipt,
    store::{
        Store, StoreError,
        accounts::DirectState,
        outbox::{AskedIn, Owed, Ready, Receiver, Route, What},
    },
};

use super::{refuse::open_private, road::Outgoing};

/// How long after the act an ephemeral message may still answer it (Telegram's 15 seconds, with a margin).
const EPHEMERAL_SECONDS_MAX: i64 = 10;

/// What became of one delivery.
#[derive(Clone, Debug)]
pub struct Report {
    /// Which.
    pub ready: Ready,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a delivery.
#[derive(Clone, Debug)]
pub enum Fate {
    /// It arrived; a card's message is remembered, and on a shared phone all that has to go again.
    Delivered(Receipt),
    /// The direct room is closed. `ephemeral`: the platform can show it to that person alone in the group.
    DirectClosed {
        /// Whether the platform can.
        ephemeral: bool,
    },
    /// The bot may not write in the room.
    RoomClosed,
    /// The room has a new address.
    Moved(RoomAddress),
    /// It will never arrive, and nothing can be done.
    GivenUp,
}

/// Records `reports` within the open transaction; returns what is to be sent because of them.
pub(super) async fn record(store: &mut Store, reports: &[Report], now: Timestamp) -> Result<Outgoing, StoreError> {
    let mut outgoing = Outgoing::default();
    let mut settled = Vec::new();
    for report in reports {
        let Ready { seq, owed, route, .. } = &report.ready;
        match &report.fate {
            Fate::Delivered(receipt) => {
                settled.push(*seq);
                if let (Some(message), What::Card(key, _), Receiver::Room(room)) = (&receipt.message, &owed.what, owed.to) {
                    store.put_card_message(room, *key, message)?;
                }
                if let (Route::Direct(account, _), What::Message(_)) = (route, &owed.what) {
                    let mut ids = IdSource::new(store.vault().seed(&[owed.id.0.as_bytes().as_slice(), b"vanish"].concat()), now);
                    store.let_vanish(*account, &receipt.all(), &mut ids, now).await?;
                }
            }
            // What is to go from a room that is closed to the bot cannot, and nobody waits for it.
            Fate::DirectClosed { .. } if matches!(owed.what, What::Delete(_)) => settled.push(*seq),
            Fate::DirectClosed { ephemeral } => {
                let sent = direct_closed(store, &report.ready, *ephemeral, now).await?;
                outgoing.owed.extend(sent);
            }
            Fate::RoomClosed => {
                if let Route::Room(room, _) = route {
                    store.change_room(*room, |room| room.closed = true).await?;
                }
                store.park(*seq).await?;
            }
            Fate::Moved(to) => {
                if let Route::Room(_, from) = route {
                    store.move_room(from, to).await?;
                }
                // Messages and cards are on their way there already.
                if matches!(owed.what, What::Delete(_) | What::React(..)) {
                    settled.push(*seq);
                }
            }
            Fate::GivenUp => settled.push(*seq),
        }
    }
    store.settle(&settled);
    Ok(outgoing)
}

/// The answer waits until the person opens the direct room; where they acted a neutral word says so, and if the
/// platform can, they see the answer there alone.
async fn direct_closed(store: &mut Store, ready: &Ready, ephemeral: bool, now: Timestamp) -> Result<Vec<Ready>, StoreError> {
    if let Receiver::Person(person) = ready.owed.to
        && store.person(person).await?.is_none()
    {
        // They went while it was on its way.
        store.settle(&[ready.seq]);
        return Ok(Vec::new());
    }
    let (account, address) = match &ready.route {
        Route::Direct(account, address) | Route::DirectClosed(account, address) | Route::Ephemeral(account, address, ..) => {
            (*account, address.clone())
        }
        Route::Room(..) | Route::Nowhere => {
            store.settle(&[ready.seq]);
            return Ok(Vec::new());
        }
    };
    let refused = matches!(ready.route, Route::Direct(..));
    let opened = store.account(account).await?.is_some_and(|row| row.direct == DirectState::Open);
    if opened && !refused {
        // It was opened while this was on its way; the direct room itself has refused nothing.
        return Ok(vec![store.ready(ready.seq, ready.owed.clone()).await?]);
    }
    store.change_account(account, |row| row.direct = DirectState::Closed).await?;
    let owed = &ready.owed;
    let Some(AskedIn { room, context }) = &owed.asked_in else {
        store.park(ready.seq).await?;
        return Ok(Vec::new());
    };
    let Some(room) = store.room(*room).await? else {
        store.park(ready.seq).await?;
        return Ok(Vec::new());
    };
    if let (true, true, true, Some(context)) = (ephemeral, in_time(owed, now), owed.manner == Manner::Answer, context) {
        let route = Route::Ephemeral(account, address, room.address, context.clone());
        return Ok(vec![Ready { route, ..ready.clone() }]);
    }
    store.park(ready.seq).await?;
    neutral_word(store, account, room.id, owed, now).await.map(|ready| ready.into_iter().collect())
}

/// An ephemeral message would still be an answer to the act.
pub(super) fn in_time(owed: &Owed, now: Timestamp) -> bool {
    now.since(owed.made_at) <= chrono::TimeDelta::seconds(EPHEMERAL_SECONDS_MAX)
}

/// One neutral word for each act, however many answers wait.
async fn neutral_word(
    store: &mut Store,
    account: AccountId,
    room: RoomId,
    because: &Owed,
    now: Timestamp,
) -> Result<Option<Ready>, StoreError> {
    if !store.may_leave_word(account, room, because.made_at) {
        return Ok(None);
    }
    let mut ids = IdSource::new(store.vault().seed(because.id.0.as_bytes()), now);
    let id: DeliveryId = ids.make();
    let content = Content::from(Msg::new("private-answer-waiting")).buttons([open_private()]);
    let owed = Owed {
        id,
        to: Receiver::Room(room),
        what: What::Message(content),
        language: because.language.clone(),
        zone: because.zone,
        manner: Manner::Answer,
        made_at: now,
        asked_in: None,
        answers: None,
    };
    store.owe(owed).await.map(Some)
}

/// The key of a card, for the outbox's own memory.
pub(super) fn card_of(what: &What) -> Option<CardKey> {
    match what {
        What::Card(key, _) => Some(*key),
        What::Message(_) | What::Delete(_) | What::React(..) => None,
    }
}

/// The platform of a route.
pub(super) fn platform_of(route: &Route) -> Option<Platform> {
    match route {
        Route::Room(_, address) => Some(address.platform),
        Route::Direct(_, address) | Route::DirectClosed(_, address) | Route::Ephemeral(_, address, ..) => Some(address.platform),
        Route::Nowhere => None,
    }
}
