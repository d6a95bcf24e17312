//! A room in which the bot can speak again: what waited for that goes out now.

use crate::{
    domain::event::RoomAddress,
    store::{
        StoreError,
        accounts::{AccountRow, DirectState},
        outbox::Receiver,
        rooms::RoomRow,
    },
};

use super::road::Road;

/// The room that something came from; the bot is in it, and what waited for that goes out now.
pub(super) async fn room(road: &mut Road<'_>, address: &RoomAddress) -> Result<RoomRow, StoreError> {
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
pub(super) async fn direct(road: &mut Road<'_>, account: &mut AccountRow) -> Result<(), StoreError> {
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
