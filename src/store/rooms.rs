//! Group rooms: where they are, sealed under their own key, and which group they belong to.

use crate::{
    binds,
    domain::{
        event::{Platform, RoomAddress},
        ids::{GroupId, IdSource, RoomId},
    },
    vault::Field,
};

use super::{Store, StoreError, sql::Insert};

/// A group room as it is remembered.
#[derive(Clone, Debug)]
pub struct RoomRow {
    /// Its id.
    pub id: RoomId,
    /// Where it is.
    pub address: RoomAddress,
    /// Whose it is, once it is set up.
    pub group: Option<GroupId>,
    /// The bot is out of it, or may not write there.
    pub closed: bool,
}

static ROOM: Insert = Insert {
    into: "room (id, group_id, platform, address_hash, address_sealed, closed)",
    columns: 6,
    conflict: "ON CONFLICT (id) DO UPDATE SET group_id = excluded.group_id, address_hash = excluded.address_hash, \
               address_sealed = excluded.address_sealed, closed = excluded.closed",
};

impl Store {
    /// The room at an address; made when it is new.
    pub async fn room_of(&mut self, address: &RoomAddress, ids: &mut IdSource) -> Result<RoomRow, StoreError> {
        match self.room_at(address).await? {
            Some(row) => Ok(row),
            None => self.put_room(RoomRow { id: ids.make(), address: address.clone(), group: None, closed: false }),
        }
    }

    /// The room that is or was at an address, where the bot knows it.
    pub async fn room_at(&mut self, address: &RoomAddress) -> Result<Option<RoomRow>, StoreError> {
        let hash = self.room_hash(address);
        if let Some(row) = self.cache.room_by_address.get(&hash).and_then(|id| self.cache.rooms.get(id)) {
            return Ok(Some(row.clone()));
        }
        let now = "SELECT id, group_id, platform, address_sealed, closed FROM room WHERE address_hash = $1";
        if let Some(row) = self.read_room(now, hash.to_vec()).await? {
            return Ok(Some(row));
        }
        let before = "SELECT room.id, group_id, platform, address_sealed, closed FROM room \
                      JOIN former_address ON former_address.room_id = room.id WHERE former_address.address_hash = $1";
        let row = self.read_room(before, hash.to_vec()).await?;
        if let Some(row) = &row {
            self.cache.room_by_address.put(hash, row.id);
        }
        Ok(row)
    }

    /// The room of an id.
    pub async fn room(&mut self, id: RoomId) -> Result<Option<RoomRow>, StoreError> {
        if let Some(row) = self.cache.rooms.get(&id) {
            return Ok(Some(row.clone()));
        }
        self.read_room("SELECT id, group_id, platform, address_sealed, closed FROM room WHERE id = $1", id.bytes()).await
    }

    /// The rooms of a group in which the bot may write.
    pub async fn rooms_of(&mut self, group: GroupId) -> Result<Vec<RoomRow>, StoreError> {
        let ids = match self.cache.group_rooms.get(&group) {
            Some(ids) => ids.clone(),
            None => {
                let rows = self.writer.rows("SELECT id FROM room WHERE group_id = $1 ORDER BY id", binds![group]).await?;
                let ids = rows.iter().map(|row| row.id(0)).collect::<Result<Vec<RoomId>, _>>()?;
                self.cache.group_rooms.put(group, ids.clone());
                ids
            }
        };
        let mut rooms = Vec::with_capacity(ids.len());
        for id in ids {
            rooms.extend(self.room(id).await?.filter(|room| !room.closed));
        }
        Ok(rooms)
    }

    /// Changes a room: its group, its address, whether it is closed.
    pub async fn change_room(&mut self, id: RoomId, change: impl FnOnce(&mut RoomRow)) -> Result<(), StoreError> {
        let Some(mut row) = self.room(id).await? else { return Ok(()) };
        let before = self.room_hash(&row.address);
        change(&mut row);
        self.cache.room_by_address.forget(&before);
        self.cache.group_rooms.clear();
        self.put_room(row)?;
        Ok(())
    }

    /// Everything of the room at `from` moves to `to`; told twice, done once.
    pub async fn move_room(&mut self, from: &RoomAddress, to: &RoomAddress) -> Result<(), StoreError> {
        let Some(old) = self.room_at(from).await? else { return Ok(()) };
        let new = self.room_at(to).await?;
        if old.address != *from {
            // It has left there already, perhaps further than this.
            return if new.is_none() { self.remember_former(to, old.id).await } else { Ok(()) };
        }
        if let Some(new) = new.filter(|new| new.id != old.id) {
            // Something was said at the new address first: that room is empty yet and gives way.
            if new.group.is_some() {
                return Ok(());
            }
            self.writer.run("UPDATE former_address SET room_id = $1 WHERE room_id = $2", binds![old.id, new.id]).await?;
            self.writer.run("DELETE FROM room WHERE id = $1", binds![new.id]).await?;
            self.cache.rooms.forget(&new.id);
        }
        // Its messages stayed behind: a card that changes is shown anew.
        self.writer.run("DELETE FROM card_message WHERE room_id = $1", binds![old.id]).await?;
        self.change_room(old.id, |room| room.address = to.clone()).await?;
        self.remember_former(from, old.id).await
    }

    /// What is still told of an address that a room has left is about that room.
    async fn remember_former(&mut self, address: &RoomAddress, room: RoomId) -> Result<(), StoreError> {
        let hash = self.room_hash(address);
        let sql = "INSERT INTO former_address (address_hash, room_id) VALUES ($1, $2) \
                   ON CONFLICT (address_hash) DO UPDATE SET room_id = excluded.room_id";
        self.writer.run(sql, binds![hash, room]).await?;
        self.cache.room_by_address.put(hash, room);
        Ok(())
    }

    fn put_room(&mut self, row: RoomRow) -> Result<RoomRow, StoreError> {
        let hash = self.room_hash(&row.address);
        let sealed = self.seal_text(row.id, &address_field(&row.id.bytes()), &row.address.id)?;
        let values = binds![row.id, row.group, row.address.platform.code(), hash, sealed, row.closed];
        self.writer.upsert(&ROOM, row.id.bytes(), values);
        self.cache.room_by_address.put(hash, row.id);
        self.cache.rooms.put(row.id, row.clone());
        Ok(row)
    }

    async fn read_room(&mut self, sql: &'static str, key: Vec<u8>) -> Result<Option<RoomRow>, StoreError> {
        let Some(read) = self.writer.row(sql, binds![key]).await? else { return Ok(None) };
        let id: RoomId = read.id(0)?;
        let platform = Platform::from_code(read.int(2)?).ok_or(StoreError::Corrupt("a room's platform"))?;
        let Some(address) = self.open_text(id, &address_field(&id.bytes()), &read.bytes(3)?)? else { return Ok(None) };
        let row = RoomRow {
            id,
            address: RoomAddress { platform, id: address, direct: false },
            group: read.opt_id(1)?,
            closed: read.int(4)? != 0,
        };
        self.cache.room_by_address.put(self.room_hash(&row.address), id);
        self.cache.rooms.put(id, row.clone());
        Ok(Some(row))
    }

    fn room_hash(&self, address: &RoomAddress) -> [u8; 32] {
        self.vault.hash("room", format!("{}:{}", address.platform.code(), address.id).as_bytes())
    }
}

fn address_field(row: &[u8]) -> Field<'_> {
    Field { table: "room", column: "address", row }
}
