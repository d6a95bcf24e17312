//! Who may come back only when a coordinator says so: with the person while they are there, by keyed hashes once they are erased.

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        data::BAR_KEPT_DAYS,
        event::Platform,
        hear::Named,
        ids::{AccountId, CommunityId, PersonId},
        time::Timestamp,
    },
};

use super::{Store, StoreError, sql::Insert};

static BARRED: Insert = Insert {
    into: "barred_account (account_hash, name_hash, until)",
    columns: 3,
    conflict: "ON CONFLICT (account_hash) DO UPDATE SET name_hash = excluded.name_hash, until = excluded.until",
};

impl Store {
    /// Whether somebody was removed until a coordinator says otherwise.
    pub(super) async fn is_barred(&mut self, person: PersonId) -> Result<bool, StoreError> {
        let row = self.writer.row("SELECT barred FROM person WHERE id = $1", binds![person]).await?;
        Ok(row.map_or(Ok(0), |row| row.int(0))? != 0)
    }

    /// Whether this account's person was, and is erased since.
    pub(super) async fn was_barred(&mut self, account: AccountId, community: CommunityId, now: Timestamp) -> Result<bool, StoreError> {
        let Some((address, _)) = self.hashes_of(account, community).await? else { return Ok(false) };
        let sql = "SELECT 1 FROM barred_account WHERE account_hash = $1 AND until > $2";
        Ok(self.writer.row(sql, binds![address, now]).await?.is_some())
    }

    /// The person is about to be erased: that they may not come back outlives them for a while.
    pub(super) async fn keep_bar(&mut self, person: PersonId, accounts: &[AccountId], now: Timestamp) -> Result<(), StoreError> {
        let sql = "SELECT community_id FROM person WHERE id = $1 AND barred = 1";
        let Some(row) = self.writer.row(sql, binds![person]).await? else { return Ok(()) };
        let community = row.id(0)?;
        let until = now.plus(TimeDelta::days(BAR_KEPT_DAYS));
        for account in accounts {
            // An account that cannot be read was erased before, and left this behind then.
            if let Some((address, name)) = self.hashes_of(*account, community).await? {
                self.writer.upsert(&BARRED, address.to_vec(), binds![address, name.map(|hash| hash.to_vec()), until]);
            }
        }
        Ok(())
    }

    /// A coordinator lets somebody come back, whoever the name means; a name that means nobody changes nothing.
    pub(super) async fn lift_bar(&mut self, community: CommunityId, platform: Platform, named: &Named) -> Result<(), StoreError> {
        let mut meant = self.persons_meant(community, platform, named).await?;
        meant.extend(self.holder_of(community, &named.typed).await?);
        for person in meant {
            self.writer.run("UPDATE person SET barred = 0 WHERE id = $1", binds![person]).await?;
        }
        let address = self.waits_hash(community, platform, named).await?.map(|hash| self.barred_hash(community, &hash).to_vec());
        let name = self.barred_hash(community, &self.user_name_hash(platform, &named.typed));
        let sql = "DELETE FROM barred_account WHERE account_hash = $1 OR name_hash = $2";
        self.writer.run(sql, binds![address, name]).await.map(drop)
    }

    pub(super) async fn prune_barred(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.writer.run("DELETE FROM barred_account WHERE until <= $1", binds![now]).await.map(drop)
    }

    /// Of an account's address, and of its user name where it has one.
    async fn hashes_of(&mut self, account: AccountId, community: CommunityId) -> Result<Option<([u8; 32], Option<[u8; 32]>)>, StoreError> {
        let Some(row) = self.account(account).await? else { return Ok(None) };
        let address = self.barred_hash(community, &self.account_hash(&row.profile.address));
        let platform = row.profile.address.platform;
        let name = row.profile.user_name.as_deref().map(|name| self.barred_hash(community, &self.user_name_hash(platform, name)));
        Ok(Some((address, name)))
    }

    fn barred_hash(&self, community: CommunityId, of: &[u8; 32]) -> [u8; 32] {
        self.vault.hash("barred", &[community.0.as_bytes().as_slice(), of].concat())
    }
}
