//! What happens to rooms: entered, left, moved, opened again, and what was said there and could not be taken in.

use crate::{
    domain::event::{AccountAddress, RoomAddress, RoomEvent},
    store::{
        StoreError,
        accounts::{AccountRow, DirectState},
        outbox::Receiver,
        rooms::RoomRow,
    },
};

use super::{missed, road::Road};

/// Takes in what happened.
pub(super) async fn happened(road: &mut Road<'_>, event: &RoomEvent) -> Result<(), StoreError> {
    match event {
        RoomEvent::Joined(address) => open(road, address).await.map(|_| ()),
        RoomEvent::Left(address) if address.direct => close_direct(road, address).await,
        RoomEvent::Left(address) => match road.store.room_at(address).await? {
            Some(room) => road.store.change_room(room.id, |room| room.closed = true).await,
            None => Ok(()),
        },
        RoomEvent::Moved { from, to } => road.store.move_room(from, to).await,
        RoomEvent::Opened(_, sender) => road.actor(sender, None).await.map(|_| ()),
        RoomEvent::DeviceUnverified(sender) => missed::device(road, sender).await,
        RoomEvent::Missed(missed) => missed::tell(road, missed).await,
    }
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
        let waiting = road.store.unpark(Receiver::Room(room.id)).await?;
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
