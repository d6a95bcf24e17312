//! Who wants nothing more from whom.

use std::{collections::HashSet, sync::Arc};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::NOBODY;
use crate::{
    binds,
    domain::{
        ids::{AccountId, BlockId, CommunityId, PersonId, TransferId},
        ledger::Kind,
        safety::block::{Block, BlockArgs, BlockView, Mine, Received},
        scope::{Person, Scope},
        time::Timestamp,
    },
    store::{Store, StoreError, sql::Insert},
    vault::Field,
};

pub(super) static BLOCK: Insert = Insert {
    into: "block (id, whom_hash, person_id, community_id, waits_hash, blocked_sealed, at)",
    columns: 7,
    conflict: "ON CONFLICT (id, whom_hash) DO NOTHING",
};

/// The sealed part.
#[derive(Serialize, Deserialize)]
pub(super) struct Blocked {
    pub(super) name: String,
    pub(super) whom: Option<PersonId>,
}

impl Store {
    /// What `/block` decides on.
    pub async fn block_view(&mut self, scope: &Scope, person: &Person, args: &BlockArgs) -> Result<BlockView, StoreError> {
        let mine = self.blocks_of(person.id).await?;
        let who = match args {
            BlockArgs::Name(named) => Some(self.who(scope, person.community, named).await?),
            BlockArgs::List | BlockArgs::Sender(_) | BlockArgs::Undo(_) | BlockArgs::UndoName(_) => None,
        };
        let received = match args {
            BlockArgs::Sender(id) => self.received(*id, person).await?,
            BlockArgs::List | BlockArgs::Name(_) | BlockArgs::Undo(_) | BlockArgs::UndoName(_) => None,
        };
        Ok(BlockView { who, received, mine })
    }

    /// Whether `by` wants nothing from `from`. Read once for each `by`, then remembered.
    pub async fn blocks(&mut self, by: PersonId, from: PersonId) -> Result<bool, StoreError> {
        let hashes = match self.cache.blocks.get(&by) {
            Some(hashes) => Arc::clone(hashes),
            None => {
                let rows = self.writer.rows("SELECT whom_hash FROM block WHERE person_id = $1", binds![by]).await?;
                let hashes = Arc::new(rows.iter().map(|row| row.bytes(0)).collect::<Result<HashSet<_>, _>>()?);
                self.cache.blocks.put(by, Arc::clone(&hashes));
                hashes
            }
        };
        Ok(hashes.contains(self.whom_hash(by, from).as_slice()))
    }

    /// Whether the person whom a name means wants nothing from `from`; looked up for a name that means nobody, too.
    pub(in crate::store) async fn declines(&mut self, meant: Option<PersonId>, from: PersonId) -> Result<bool, StoreError> {
        self.blocks(meant.unwrap_or(NOBODY), from).await
    }

    /// Of these people, those who want nothing from `host`, or from whom `host` wants nothing.
    pub(in crate::store) async fn apart_from(&mut self, host: PersonId, people: &[PersonId]) -> Result<Vec<PersonId>, StoreError> {
        let mut apart = Vec::new();
        for person in people.iter().copied().filter(|person| *person != host) {
            if self.blocks(host, person).await? || self.blocks(person, host).await? {
                apart.push(person);
            }
        }
        Ok(apart)
    }

    pub(super) async fn put_blocks(&mut self, block: Block, now: Timestamp) -> Result<(), StoreError> {
        let Block { id, community, by, ref persons, platform, ref name } = block;
        for person in persons {
            let sealed = self.seal_blocked(id, by, &name.typed, Some(*person))?;
            self.writer.insert(&BLOCK, binds![id, self.whom_hash(by, *person), by, community, None::<Vec<u8>>, sealed, now]);
        }
        if persons.is_empty() {
            let waits = self.waits_hash(community, platform, name).await?.map(|hash| hash.to_vec());
            let sealed = self.seal_blocked(id, by, &name.typed, None)?;
            let chance = self.vault.hash("block-waits", id.0.as_bytes());
            self.writer.insert(&BLOCK, binds![id, chance, by, community, waits, sealed, now]);
        }
        self.cache.blocks.forget(&by);
        Ok(())
    }

    pub(super) async fn end_blocks(&mut self, by: PersonId, ids: &[BlockId]) -> Result<(), StoreError> {
        for id in ids {
            self.writer.run("DELETE FROM block WHERE id = $1 AND person_id = $2", binds![*id, by]).await?;
        }
        self.cache.blocks.forget(&by);
        Ok(())
    }

    /// Somebody became a person of a community: blocks that waited for the name are now about the person.
    pub(in crate::store) async fn blocks_arrive(
        &mut self,
        account: AccountId,
        community: CommunityId,
        person: PersonId,
    ) -> Result<(), StoreError> {
        let Some((address, name)) = self.faces(account).await? else { return Ok(()) };
        let sql = "SELECT id, person_id, blocked_sealed FROM block WHERE community_id = $1 AND waits_hash IN ($2, $3)";
        for row in self.writer.rows(sql, binds![community, address, name]).await? {
            let (id, by) = (row.id::<BlockId>(0)?, row.id::<PersonId>(1)?);
            let Some(blocked) = self.open_json::<Blocked>(by, &blocked_field(&id.bytes()), &row.bytes(2)?)? else { continue };
            let sealed = self.seal_blocked(id, by, &blocked.name, Some(person))?;
            let sql = "UPDATE block SET whom_hash = $1, waits_hash = NULL, blocked_sealed = $2 WHERE id = $3";
            self.writer.run(sql, binds![self.whom_hash(by, person), sealed, id]).await?;
            self.cache.blocks.forget(&by);
        }
        Ok(())
    }

    pub(super) async fn blocks_of(&mut self, person: PersonId) -> Result<Vec<Mine>, StoreError> {
        let sql = "SELECT id, blocked_sealed FROM block WHERE person_id = $1 ORDER BY at, id";
        let mut mine: Vec<Mine> = Vec::new();
        for row in self.writer.rows(sql, binds![person]).await? {
            let id: BlockId = row.id(0)?;
            let blocked = self.open_json::<Blocked>(person, &blocked_field(&id.bytes()), &row.bytes(1)?)?;
            mine.extend(blocked.map(|blocked| Mine { id, name: blocked.name }));
        }
        mine.dedup_by_key(|mine| mine.id);
        Ok(mine)
    }

    /// Who sent something to `person`: a gift, by the transfer's id, or thanks.
    async fn received(&mut self, id: Uuid, person: &Person) -> Result<Option<Received>, StoreError> {
        let sql = "SELECT by_person FROM transfer WHERE id = $1 AND kind = $4 AND by_person IS NOT NULL \
                   AND to_account IN (SELECT $2 UNION SELECT ledger_id FROM person WHERE merged_into = $3) \
                   UNION ALL SELECT sender_id FROM thanks WHERE id = $1 AND receiver_id = $3";
        let Some(row) = self.writer.row(sql, binds![TransferId(id), person.ledger, person.id, Kind::Gift.code()]).await? else {
            return Ok(None);
        };
        let from = self.who_is_now(row.id(0)?).await?;
        let name = self.person(from).await?.map(|sender| sender.alias).unwrap_or_default();
        Ok((from != person.id).then_some(Received { from, name }))
    }

    pub(super) async fn community_of_received(&mut self, id: Uuid) -> Result<Option<CommunityId>, StoreError> {
        let sql = "SELECT community_id FROM transfer WHERE id = $1 UNION ALL SELECT community_id FROM thanks WHERE id = $1 \
                   UNION ALL SELECT community_id FROM block WHERE id = $1";
        self.writer.row(sql, binds![TransferId(id)]).await?.map(|row| row.id(0)).transpose()
    }

    pub(super) fn seal_blocked(&self, id: BlockId, by: PersonId, name: &str, whom: Option<PersonId>) -> Result<Vec<u8>, StoreError> {
        self.seal_json(by, &blocked_field(&id.bytes()), &Blocked { name: name.to_owned(), whom })
    }

    pub(super) fn whom_hash(&self, by: PersonId, whom: PersonId) -> [u8; 32] {
        self.vault.hash("block", &[by.0.as_bytes().as_slice(), whom.0.as_bytes()].concat())
    }
}

pub(super) fn blocked_field(row: &[u8]) -> Field<'_> {
    Field { table: "block", column: "blocked", row }
}
