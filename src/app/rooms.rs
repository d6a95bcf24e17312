//! What happens to rooms: entered, left, moved, opened again, and what was said there and could not be taken in.

use crate::{
    domain::event::{AccountAddress, RoomAddress, RoomEvent},
    store::{StoreError, accounts::DirectState},
};

use super::{missed, road::Road};

/// Takes in what happened.
pub(super) async fn happened(road: &mut Road<'_>, event: &RoomEvent) -> Result<(), StoreError> {
    match event {
        RoomEvent::Joined(address) => road.open_room(address).await.map(|_| ()),
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
