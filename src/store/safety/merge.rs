//! What becomes of blocks, thanks and reports when two persons become one.

use super::block::{BLOCK, Blocked, blocked_field};
use crate::{
    binds,
    domain::{
        ids::{BlockId, CommunityId, PersonId, ReportId, ThanksId},
        safety::report::Case,
        scope::Person,
        time::Timestamp,
    },
    store::{Store, StoreError},
};

/// A row of the blocks.
struct Row {
    id: BlockId,
    whom_hash: Vec<u8>,
    community: CommunityId,
    waits_hash: Option<Vec<u8>>,
    blocked: Option<Blocked>,
    at: Timestamp,
}

impl Store {
    /// Whatever names `from` names `to` from now on, sealed under the keys that stay.
    pub(in crate::store) async fn move_safety(&mut self, from: PersonId, to: &Person) -> Result<(), StoreError> {
        self.move_own_blocks(from, to.id).await?;
        self.move_blocks_of(from, to).await?;
        self.move_thanks(from, to.id).await?;
        self.move_reports(from, to).await
    }

    async fn move_own_blocks(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        for row in self.block_rows(from, None).await? {
            self.drop_block(&row).await?;
            let Some(Blocked { name, whom }) = row.blocked.filter(|blocked| blocked.whom != Some(to)) else { continue };
            let sealed = self.seal_blocked(row.id, to, &name, whom)?;
            let hash = whom.map_or(row.whom_hash, |whom| self.whom_hash(to, whom).to_vec());
            self.writer.insert(&BLOCK, binds![row.id, hash, to, row.community, row.waits_hash, sealed, row.at]);
        }
        self.cache.blocks.clear();
        Ok(())
    }

    /// Those who want nothing from `from` want nothing from `to`.
    async fn move_blocks_of(&mut self, from: PersonId, to: &Person) -> Result<(), StoreError> {
        let rows = self.writer.rows("SELECT DISTINCT person_id FROM block WHERE community_id = $1", binds![to.community]).await?;
        for by in rows.iter().map(|row| row.id(0)).collect::<Result<Vec<PersonId>, _>>()? {
            let hash = self.whom_hash(by, from).to_vec();
            for row in self.block_rows(by, Some(hash)).await? {
                self.drop_block(&row).await?;
                let Some(Blocked { name, .. }) = row.blocked.filter(|_| by != to.id) else { continue };
                let sealed = self.seal_blocked(row.id, by, &name, Some(to.id))?;
                let hash = self.whom_hash(by, to.id);
                self.writer.insert(&BLOCK, binds![row.id, hash, by, row.community, None::<Vec<u8>>, sealed, row.at]);
            }
        }
        self.cache.blocks.clear();
        Ok(())
    }

    /// The blocks of a person: all, or those about one.
    async fn block_rows(&mut self, by: PersonId, about: Option<Vec<u8>>) -> Result<Vec<Row>, StoreError> {
        let sql = "SELECT id, whom_hash, community_id, waits_hash, blocked_sealed, at FROM block \
                   WHERE person_id = $1 AND ($2 IS NULL OR whom_hash = $2)";
        let mut found = Vec::new();
        for row in self.writer.rows(sql, binds![by, about]).await? {
            let id: BlockId = row.id(0)?;
            found.push(Row {
                id,
                whom_hash: row.bytes(1)?,
                community: row.id(2)?,
                waits_hash: row.opt_bytes(3)?,
                blocked: self.open_json(by, &blocked_field(&id.bytes()), &row.bytes(4)?)?,
                at: row.instant(5)?,
            });
        }
        Ok(found)
    }

    async fn drop_block(&mut self, row: &Row) -> Result<(), StoreError> {
        let sql = "DELETE FROM block WHERE id = $1 AND whom_hash = $2";
        self.writer.run(sql, binds![row.id, row.whom_hash.clone()]).await.map(drop)
    }

    async fn move_thanks(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        for row in self.writer.rows("SELECT id FROM thanks WHERE sender_id = $1", binds![from]).await? {
            let id: ThanksId = row.id(0)?;
            match self.thanks_sealed_for(id, to).await? {
                Some(sealed) => {
                    let sql = "UPDATE thanks SET sender_id = $1, words_sealed = $2 WHERE id = $3";
                    self.writer.run(sql, binds![to, sealed, id]).await?;
                }
                None => {
                    self.writer.run("DELETE FROM thanks WHERE id = $1", binds![id]).await?;
                }
            }
        }
        self.writer.run("UPDATE thanks SET receiver_id = $1 WHERE receiver_id = $2", binds![to, from]).await?;
        self.writer.run("UPDATE thanks SET receiver_id = NULL WHERE receiver_id = sender_id", binds![]).await.map(drop)
    }

    async fn move_reports(&mut self, from: PersonId, to: &Person) -> Result<(), StoreError> {
        self.writer.run("UPDATE report SET taker_id = $1 WHERE taker_id = $2", binds![to.id, from]).await?;
        let sql = "SELECT id, case_sealed FROM report WHERE community_id = $1";
        for row in self.writer.rows(sql, binds![to.community]).await? {
            let id: ReportId = row.id(0)?;
            let Some(mut case) = self.open_case(id, to.community, &row.bytes(1)?)? else { continue };
            if case.about.contains(&from) && !case.about.contains(&to.id) {
                case.about.push(to.id);
                let sealed = self.seal_case(id, to.community, &case)?;
                self.writer.run("UPDATE report SET case_sealed = $1 WHERE id = $2", binds![sealed, id]).await?;
            }
        }
        Ok(())
    }

    fn open_case(&self, id: ReportId, community: CommunityId, sealed: &[u8]) -> Result<Option<Case>, StoreError> {
        self.open_json(community, &super::report::report_field("case", &id.bytes()), sealed)
    }

    fn seal_case(&self, id: ReportId, community: CommunityId, case: &Case) -> Result<Vec<u8>, StoreError> {
        self.seal_json(community, &super::report::report_field("case", &id.bytes()), case)
    }
}
