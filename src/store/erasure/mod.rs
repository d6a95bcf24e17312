//! Erasure: rows go in one commit that also notes which keys are to be destroyed; the keys go after it, as often as it takes.

pub mod registry;
#[cfg(test)]
mod tests;
mod view;

use crate::{
    binds,
    domain::{
        data::Change,
        event::AccountAddress,
        ids::{AccountId, IdSource, PersonId},
        time::Timestamp,
        timer::{Timer, Wake},
    },
    vault::Subject,
};

use self::registry::{Bears, COLUMNS, DROP_PERSON, Does};
use super::{Store, StoreError, sql::Insert};

/// How many keys are destroyed between two commits.
const AT_ONCE: i64 = 500;

/// How many rows a sweep reads at once.
const PAGE_ROWS: i64 = 1_000;

/// Under which name the database keeps how many keys it knows to be destroyed.
const KEYS_DESTROYED: &str = "keys destroyed";

static KEY: Insert = Insert { into: "key_destruction (subject)", columns: 1, conflict: "ON CONFLICT (subject) DO NOTHING" };

static FAREWELL: Insert = Insert { into: "farewell (account_id, until)", columns: 2, conflict: "" };

impl Store {
    pub(super) async fn apply_data(&mut self, change: Change, now: Timestamp) -> Result<(), StoreError> {
        match change {
            Change::ErasePerson(person) => self.erase_person(person, now).await,
            Change::EraseAccount { account, farewell } => self.erase_account(account, farewell).await,
            Change::Warned { account, at } => {
                self.writer.run("UPDATE account SET warned_at = $1 WHERE id = $2", binds![at, account]).await.map(drop)
            }
            Change::Retention(community, retention) => self.put_retention(community, retention).await,
            Change::KeepScores(person, months) => self.keep_scores(person, months).await,
        }
    }

    /// The person's rows go, and their key will.
    async fn erase_person(&mut self, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
        let accounts = self.accounts_of(person).await?;
        self.keep_bar(person, &accounts, now).await?;
        // Those who became a part of them first: their rows point to this one.
        for gone in self.merged_persons(person).await?.into_iter().chain([person]) {
            self.run_registry(&[Bears::Person, Bears::Either], gone.bytes()).await?;
            self.writer.run(DROP_PERSON, binds![gone]).await?;
            self.destroy_later(gone.bytes());
        }
        self.cache.persons.forget(&person);
        self.cache.person_accounts.forget(&person);
        for account in accounts {
            self.cache.account_persons.forget(&account);
        }
        Ok(())
    }

    /// The account's rows go, and its key will. `farewell`: the last message finds the same address under a new account, which
    /// knows nothing else and goes in its turn.
    async fn erase_account(&mut self, id: AccountId, farewell: Option<(AccountId, Timestamp)>) -> Result<(), StoreError> {
        let row = self.account(id).await?;
        if let Some(row) = &row {
            self.forget_incidents_of(&row.profile.address).await?;
        }
        self.forget_account(id).await?;
        if let (Some(row), Some((successor, until))) = (row, farewell) {
            self.put_farewell(successor, row)?;
            self.writer.insert(&FAREWELL, binds![successor, until]);
        }
        Ok(())
    }

    /// Everything that is an account's own, whether it can be read or not.
    pub(super) async fn forget_account(&mut self, id: AccountId) -> Result<(), StoreError> {
        let sql = "SELECT person_id FROM person_account WHERE account_id = $1";
        for row in self.writer.rows(sql, binds![id]).await? {
            self.cache.person_accounts.forget(&row.id(0)?);
        }
        self.run_registry(&[Bears::Account, Bears::Either], id.bytes()).await?;
        self.cache.communities.clear();
        self.cache.linked.clear();
        self.cache.accounts.forget(&id);
        self.cache.account_persons.forget(&id);
        self.cache.awaited.forget(&id);
        self.cache.chosen_groups.forget(&id);
        self.destroy_later(id.bytes());
        Ok(())
    }

    async fn run_registry(&mut self, bears: &[Bears], subject: Vec<u8>) -> Result<(), StoreError> {
        for column in COLUMNS.iter().filter(|column| bears.contains(&column.bears)) {
            if let Does::Runs(sql) = column.does {
                self.writer.run(sql, binds![subject.clone()]).await?;
            }
        }
        Ok(())
    }

    /// Incidents from before they bore an account, and those in which others spoke to or of it.
    async fn forget_incidents_of(&mut self, address: &AccountAddress) -> Result<(), StoreError> {
        for (number, event) in self.incidents().await? {
            if event.is_some_and(|event| event.names(address)) {
                self.writer.run("DELETE FROM incident WHERE number = $1", binds![number]).await?;
            }
        }
        Ok(())
    }

    fn destroy_later(&mut self, subject: Vec<u8>) {
        self.writer.upsert(&KEY, subject.clone(), binds![subject]);
        self.erasing = true;
    }

    /// Somebody to whom the farewell was said is back before it arrived: the account stays, as everybody's.
    pub(super) async fn stays_after_all(&mut self, account: AccountId) -> Result<(), StoreError> {
        if self.erasing {
            self.writer.run("DELETE FROM farewell WHERE account_id = $1", binds![account]).await?;
        }
        Ok(())
    }

    /// Whether keys or farewells wait from before.
    pub(super) async fn load_erasing(&mut self) -> Result<(), StoreError> {
        let sql = "SELECT (SELECT COUNT(*) FROM key_destruction) + (SELECT COUNT(*) FROM farewell)";
        self.erasing = self.writer.row(sql, vec![]).await?.map_or(Ok(0), |row| row.int(0))? > 0;
        Ok(())
    }

    /// After a commit: destroys the keys that it, or one before it, named; then takes the names away. Where nothing is to be
    /// destroyed it costs nothing. It may be cut short anywhere and done again.
    pub async fn finish_erasures(&mut self, now: Timestamp) -> Result<(), StoreError> {
        while self.erasing {
            let sql = "SELECT subject FROM key_destruction ORDER BY subject LIMIT $1";
            let mut subjects = Vec::new();
            for row in self.writer.rows(sql, binds![AT_ONCE]).await? {
                let subject: uuid::Uuid = row.id(0)?;
                self.vault.destroy(Subject(*subject.as_bytes()))?;
                subjects.push(subject);
            }
            self.begin().await?;
            for subject in &subjects {
                let bytes = subject.as_bytes().to_vec();
                self.writer.run("DELETE FROM key_destruction WHERE subject = $1", binds![bytes]).await?;
            }
            let ended = self.end_farewells(now).await?;
            if !self.sweep_due {
                self.note_destroyed();
            }
            self.commit().await?;
            if subjects.is_empty() && ended == 0 {
                // A farewell that is still on its way is looked at after the next commit.
                return self.load_erasing().await;
            }
            self.load_erasing().await?;
            // What was deleted is overwritten in the database, and its log emptied, so that no page of it stays behind.
            self.checkpoint().await?;
        }
        Ok(())
    }

    /// Erases the accounts whose last message has arrived, or will not; returns how many.
    async fn end_farewells(&mut self, now: Timestamp) -> Result<usize, StoreError> {
        let sql = "SELECT account_id FROM farewell AS f WHERE NOT EXISTS (SELECT 1 FROM person_account AS p WHERE p.account_id = f.account_id) \
                   AND (f.until <= $1 OR NOT EXISTS (SELECT 1 FROM delivery AS d WHERE d.receiver = f.account_id))";
        let accounts: Vec<AccountId> = self.writer.rows(sql, binds![now]).await?.iter().map(|row| row.id(0)).collect::<Result<_, _>>()?;
        for account in &accounts {
            self.forget_account(*account).await?;
        }
        Ok(accounts.len())
    }

    fn note_destroyed(&mut self) {
        self.put_meta(KEYS_DESTROYED, self.vault.destroyed().to_be_bytes().to_vec());
    }

    /// Whether keys were destroyed that this database does not know of: then an old backup was put back, or a crash came
    /// between the destruction and the commit after it.
    pub(super) async fn check_destroyed(&mut self) -> Result<(), StoreError> {
        let known = match self.writer.row("SELECT value FROM meta WHERE name = $1", binds![KEYS_DESTROYED]).await? {
            Some(row) => u64::from_be_bytes(row.bytes(0)?.try_into().map_err(|_| StoreError::Corrupt("the count of destroyed keys"))?),
            None => 0,
        };
        self.sweep_due = self.vault.destroyed() > known;
        Ok(())
    }

    /// Within a transaction: finds who is there although their key is destroyed, and has their erasure done again.
    pub async fn sweep_erased(&mut self, now: Timestamp) -> Result<(), StoreError> {
        if !self.sweep_due {
            return Ok(());
        }
        let mut found = 0_u64;
        let persons = "SELECT id FROM person WHERE id > $1 AND length(profile_sealed) > 0 ORDER BY id LIMIT $2";
        for person in self.dead(persons).await? {
            let seed = self.vault.seed(&[b"erase again".as_slice(), person.as_bytes()].concat());
            let id = IdSource::new(seed, now).make();
            self.put_timer(&Timer { id, at: now, wake: Wake::EraseAgain(PersonId(person)) })?;
            found += 1;
        }
        let accounts = "SELECT id FROM account WHERE id > $1 ORDER BY id LIMIT $2";
        for account in self.dead(accounts).await? {
            self.forget_account(AccountId(account)).await?;
            found += 1;
        }
        if found > 0 {
            tracing::warn!(found, "this database holds what was erased since, and cannot be read: it is erased again");
        }
        self.note_destroyed();
        self.sweep_due = false;
        Ok(())
    }

    /// The ids that a statement pages through whose keys are destroyed.
    async fn dead(&mut self, sql: &'static str) -> Result<Vec<uuid::Uuid>, StoreError> {
        let (mut dead, mut after) = (Vec::new(), vec![]);
        loop {
            let rows = self.writer.rows(sql, binds![after.clone(), PAGE_ROWS]).await?;
            for row in &rows {
                let id: uuid::Uuid = row.id(0)?;
                after = id.as_bytes().to_vec();
                if self.vault.is_destroyed(Subject(*id.as_bytes()))? {
                    dead.push(id);
                }
            }
            if rows.is_empty() {
                return Ok(dead);
            }
        }
    }
}
