//! What happens to rooms: entered, left, moved, opened again, and what was said there and could not be taken in.

use crate::{
    domain::{
        decision::{Audience, Decision, Manner},
        event::{AccountAddress, EventKey, RoomAddress, RoomEvent},
        message::{Content, Msg},
        session::redrawn,
    },
    store::{
        StoreError,
        accounts::{AccountRow, DirectState},
        outbox::Receiver,
        rooms::RoomRow,
    },
};

use super::{
    acts::{self, Asked},
    missed,
    road::Road,
};

/// What was announced longer ago than this, and could not be said in a room that was closed, is no news there any more.
const NEWS_HOURS: i64 = 24;

/// Takes in what happened.
pub(super) async fn happened(road: &mut Road<'_>, key: &EventKey, event: &RoomEvent) -> Result<(), StoreError> {
    match event {
        RoomEvent::Joined(address) => entered(road, address).await,
        RoomEvent::Left(address) if address.direct => close_direct(road, address).await,
        RoomEvent::Left(address) => match road.store.room_at(address).await? {
            Some(room) => road.store.change_room(room.id, |room| room.closed = true).await,
            None => Ok(()),
        },
        RoomEvent::Silenced(address) => silenced(road, address).await,
        RoomEvent::Moved { from, to } => road.store.move_room(from, to).await,
        RoomEvent::Opened(_, sender) => road.actor(sender, None).await.map(|_| ()),
        RoomEvent::DeviceUnverified(sender) => missed::device(road, key, sender, Msg::new("device-unverified")).await,
        RoomEvent::NoDeviceVerified(sender) => missed::device(road, key, sender, Msg::new("no-device-verified")).await,
        RoomEvent::Missed(missed) => missed::tell(road, missed).await,
    }
}

/// The bot is in a room, or may write there again: the cards that it could not keep up to date meanwhile are.
async fn entered(road: &mut Road<'_>, address: &RoomAddress) -> Result<(), StoreError> {
    let was_closed = road.store.room_at(address).await?.is_some_and(|room| room.closed);
    let room = open(road, address).await?;
    let Some(group) = room.group.filter(|_| was_closed) else { return Ok(()) };
    let rolls = road.store.cards_view(room.id, group, road.ctx.now).await?;
    acts::carry_out(road, None, &Asked::default(), redrawn(&rolls, room.id, road.ctx.now)).await
}

/// The room is closed until the bot may write there again, and who can change that is told: nobody in the room could be.
async fn silenced(road: &mut Road<'_>, address: &RoomAddress) -> Result<(), StoreError> {
    let Some(room) = road.store.room_at(address).await?.filter(|room| !room.closed) else { return Ok(()) };
    road.store.change_room(room.id, |room| room.closed = true).await?;
    tracing::warn!("the bot may not write in a group room any more; what is announced meanwhile does not reach it");
    let Some(group) = room.group else { return Ok(()) };
    let text = Content::from(Msg::new("room-silenced").with("other-platform", address.platform.name()));
    acts::carry_out(road, None, &Asked::default(), Decision::nothing().say(Audience::Staff(group), text, Manner::Notice)).await
}

async fn close_direct(road: &mut Road<'_>, address: &RoomAddress) -> Result<(), StoreError> {
    let account = AccountAddress { platform: address.platform, id: address.id.clone() };
    match road.store.account_at(&account).await? {
        Some(row) => road.store.change_account(row.id, |row| row.direct = DirectState::Closed).await,
        None => Ok(()),
    }
}

/// The room that something came from; the bot is in it, and what waited for that goes out now.
pub(super) async fn open(road: &mut Road<'_>, address: &RoomAddress) -> Result<RoomRow, StoreError> {
    let mut room = road.store.room_of(address, &mut road.ctx.ids).await?;
    if room.closed {
        room.closed = false;
        road.store.change_room(room.id, |room| room.closed = false).await?;
        let fresh = road.ctx.now.minus(chrono::TimeDelta::hours(NEWS_HOURS));
        let waiting = road.store.unpark_room(room.id, fresh).await?;
        road.out.owed.extend(waiting);
    }
    Ok(room)
}

/// Whoever writes in the direct room has opened it; what waited for that goes out now.
pub(super) async fn open_direct(road: &mut Road<'_>, account: &mut AccountRow) -> Result<(), StoreError> {
    if account.direct == DirectState::Open {
        return Ok(());
    }
    account.direct = DirectState::Open;
    road.store.change_account(account.id, |row| row.direct = DirectState::Open).await?;
    let mut waiting = road.store.unpark(Receiver::Account(account.id)).await?;
    for person in road.store.persons_of(account.id).await? {
        waiting.extend(road.store.unpark(Receiver::Person(person.id)).await?);
    }
    road.out.owed.extend(waiting);
    Ok(())
}
