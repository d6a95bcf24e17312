//! Whose a user name is: names change hands, and what was meant for one person must not go to whoever has the name next.

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        event::Platform,
        hear::Named,
        ids::{AccountId, CommunityId},
        time::Timestamp,
    },
};

use super::{
    Store, StoreError,
    accounts::AccountRow,
    people::Meant,
    sql::{Insert, Row},
};

/// For so long after a user name was given up it is remembered who had it.
const REMEMBERED_DAYS: i64 = 30;

/// Whose a user name is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holder {
    /// Nobody's that the bot knows.
    Nobody,
    /// This account's: it has the name, or had it last and nobody has it since.
    Account(AccountId),
    /// It changed hands lately: who types it may mean either.
    Changed {
        /// Who has it.
        now: AccountId,
        /// Who had it.
        before: AccountId,
    },
}

static FORMER: Insert = Insert {
    into: "former_user_name (name_hash, account_id, until)",
    columns: 3,
    conflict: "ON CONFLICT (name_hash) DO UPDATE SET account_id = excluded.account_id, until = excluded.until",
};

impl Store {
    /// Whose the user name is that was typed on `platform`.
    pub async fn holder_of_user_name(&mut self, platform: Platform, typed: &str) -> Result<Holder, StoreError> {
        let hash = self.user_name_hash(platform, typed);
        if let Some(known) = self.cache.user_names.get(&hash) {
            return Ok(*known);
        }
        let sql = "SELECT 0, id FROM account WHERE user_name_hash = $1 \
                   UNION ALL SELECT 1, account_id FROM former_user_name WHERE name_hash = $1 ORDER BY 1";
        let rows = self.writer.rows(sql, binds![hash]).await?;
        let ids = rows.iter().map(|row: &Row| row.id(1)).collect::<Result<Vec<AccountId>, _>>()?;
        let holder = match ids.as_slice() {
            [] => Holder::Nobody,
            [one] => Holder::Account(*one),
            [now, before, ..] if now == before => Holder::Account(*now),
            [now, before, ..] => Holder::Changed { now: *now, before: *before },
        };
        self.cache.user_names.put(hash, holder);
        Ok(holder)
    }

    /// An account has another user name than it had: whoever else stood under the new one has it no more, and it is
    /// remembered for a while who had which.
    pub(super) async fn user_name_changes(&mut self, row: &AccountRow, had: Option<&str>, now: Timestamp) -> Result<(), StoreError> {
        let platform = row.profile.address.platform;
        if let Some(name) = had {
            let hash = self.user_name_hash(platform, name);
            self.remember_former_holder(hash, row.id, now);
        }
        let Some(name) = row.profile.user_name.as_deref() else { return Ok(()) };
        let hash = self.user_name_hash(platform, name);
        self.cache.user_names.forget(&hash);
        let sql = "SELECT id FROM account WHERE user_name_hash = $1 AND id <> $2 LIMIT 1";
        if let Some(other) = self.writer.row(sql, binds![hash, row.id]).await?.map(|row| row.id(0)).transpose()? {
            self.change_account(other, |row| row.profile.user_name = None).await?;
            self.remember_former_holder(hash, other, now);
        }
        Ok(())
    }

    /// By what somebody who is not there is found when they come: the account where it is known, for names change hands and
    /// accounts do not; else the name that was typed. `None` for a name that changed hands lately.
    pub(super) async fn waits_hash(
        &mut self,
        community: CommunityId,
        platform: Platform,
        named: &Named,
    ) -> Result<Option<[u8; 32]>, StoreError> {
        let account = match self.meant(Some(community), platform, named).await? {
            Meant::Account(account) => Some(account),
            Meant::Alias(person) => self.accounts_of(person).await?.first().copied(),
            Meant::Either(..) => return Ok(None),
            Meant::Nobody => None,
        };
        if let Some(row) = match account {
            Some(account) => self.account(account).await?,
            None => None,
        } {
            return Ok(Some(self.account_hash(&row.profile.address)));
        }
        Ok(Some(match &named.account {
            Some(address) => self.account_hash(address),
            None => self.user_name_hash(platform, &named.typed),
        }))
    }

    /// The hashes by which what waited for an account is found: its address, and its user name unless somebody else had that lately.
    pub(super) async fn faces(&mut self, account: AccountId) -> Result<Option<([u8; 32], [u8; 32])>, StoreError> {
        let Some(row) = self.account(account).await? else { return Ok(None) };
        let address = self.account_hash(&row.profile.address);
        let platform = row.profile.address.platform;
        let Some(name) = row.profile.user_name.as_deref() else { return Ok(Some((address, address))) };
        let own = self.holder_of_user_name(platform, name).await? == Holder::Account(account);
        Ok(Some((address, if own { self.user_name_hash(platform, name) } else { address })))
    }

    fn remember_former_holder(&mut self, hash: [u8; 32], account: AccountId, now: Timestamp) {
        let until = now.plus(TimeDelta::days(REMEMBERED_DAYS));
        self.writer.upsert(&FORMER, hash.to_vec(), binds![hash, account, until]);
        self.cache.user_names.forget(&hash);
    }

    pub(super) async fn prune_former_names(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.writer.run("DELETE FROM former_user_name WHERE until < $1", binds![now]).await?;
        self.cache.user_names.clear();
        Ok(())
    }
}
