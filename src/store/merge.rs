//! Two persons become one: every table that names a person is gone through; the registry says how, and a test that none is missing.

use crate::{
    binds,
    domain::{
        ids::{AccountId, PersonId},
        link::Merge,
        scope::Person,
        time::Timestamp,
    },
    vault::Subject,
};

use super::{Store, StoreError};

/// What a column of ids names, and so what becomes of it when two persons become one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Names {
    /// A person: from then on the one that stays.
    Person,
    /// A person whose words or deeds stay as they were written; who reads follows `person.merged_into`.
    PersonForGood,
    /// An account: each stays its own.
    Account,
    /// Neither, or whoever the row is about is found by other columns.
    Other,
}

/// Every column of bytes but hashes and sealed values, by table.
pub const COLUMNS: &[(&str, &str, Names)] = &[
    ("account", "id", Names::Account),
    ("account", "link_id", Names::Other),
    ("awaited_text", "account_id", Names::Account),
    ("awaited_text", "community_id", Names::Other),
    ("awaited_text", "group_id", Names::Other),
    ("block", "community_id", Names::Other),
    ("block", "id", Names::Other),
    ("block", "person_id", Names::Person),
    ("booking", "id", Names::Other),
    ("booking", "person_id", Names::Person),
    ("booking", "session_id", Names::Other),
    ("calendar_feed", "person_id", Names::Person),
    ("card_message", "card", Names::Other),
    ("card_message", "room_id", Names::Other),
    ("checkin", "person_id", Names::Person),
    ("chosen_group", "account_id", Names::Account),
    ("chosen_group", "group_id", Names::Other),
    ("community", "founder_id", Names::Account),
    ("community", "id", Names::Other),
    ("consent", "person_id", Names::Person),
    ("debrief", "person_id", Names::Person),
    ("debrief", "session_id", Names::Other),
    ("delivery", "card", Names::Other),
    ("delivery", "receiver", Names::Person),
    ("farewell", "account_id", Names::Account),
    ("feedback", "person_id", Names::Person),
    ("feedback", "session_id", Names::Other),
    ("former_address", "room_id", Names::Other),
    ("former_user_name", "account_id", Names::Account),
    ("fund", "account_id", Names::Other),
    ("fund", "community_id", Names::Other),
    ("hand_over", "from_person", Names::Person),
    ("hand_over", "session_id", Names::Other),
    ("hand_over", "to_person", Names::Person),
    ("incident", "account_id", Names::Account),
    ("kept_longer", "person_id", Names::Person),
    ("key_destruction", "subject", Names::Other),
    ("ledger_account", "community_id", Names::Other),
    ("ledger_account", "id", Names::Other),
    ("ledger_head", "community_id", Names::Other),
    ("link", "asking_id", Names::Account),
    ("link", "id", Names::Other),
    ("link", "typing_id", Names::Account),
    ("link_code", "account_id", Names::Account),
    ("link_try", "account_id", Names::Account),
    ("membership", "group_id", Names::Other),
    ("membership", "person_id", Names::Person),
    ("meta", "value", Names::Other),
    ("month_figures", "community_id", Names::Other),
    ("need", "person_id", Names::Person),
    ("need", "session_id", Names::Other),
    ("newest_choices", "place", Names::Account),
    ("one_use_code", "community_id", Names::Other),
    ("one_use_code", "group_id", Names::Other),
    ("person", "community_id", Names::Other),
    ("person", "id", Names::PersonForGood),
    ("person", "ledger_id", Names::PersonForGood),
    ("person", "merged_into", Names::Person),
    ("person_account", "account_id", Names::Account),
    ("person_account", "community_id", Names::Other),
    ("person_account", "person_id", Names::Person),
    ("prompt", "author_id", Names::Person),
    ("prompt", "group_id", Names::Other),
    ("prompt", "id", Names::Other),
    ("prompt", "session_id", Names::Other),
    ("prompt_library", "group_id", Names::Other),
    ("prompt_rota", "group_id", Names::Other),
    ("question", "account_id", Names::Account),
    ("question", "community_id", Names::Other),
    ("question", "group_id", Names::Other),
    ("reminded", "session_id", Names::Other),
    ("reminder_choice", "person_id", Names::Person),
    ("report", "community_id", Names::Other),
    ("report", "group_id", Names::Other),
    ("report", "id", Names::Other),
    ("report", "reporter_id", Names::Account),
    ("report", "taker_id", Names::Person),
    ("rest", "person_id", Names::Person),
    ("retention", "community_id", Names::Other),
    ("room", "group_id", Names::Other),
    ("room", "id", Names::Other),
    ("series", "community_id", Names::Other),
    ("series", "group_id", Names::Other),
    ("series", "id", Names::Other),
    ("session", "community_id", Names::Other),
    ("session", "group_id", Names::Other),
    ("session", "host_id", Names::Person),
    ("session", "id", Names::Other),
    ("session", "series_id", Names::Other),
    ("standing", "person_id", Names::Person),
    ("standing", "series_id", Names::Other),
    ("support_group", "community_id", Names::Other),
    ("support_group", "id", Names::Other),
    ("thanks", "community_id", Names::Other),
    ("thanks", "group_id", Names::Other),
    ("thanks", "id", Names::Other),
    ("thanks", "receiver_id", Names::Person),
    ("thanks", "sender_id", Names::Person),
    ("timer", "id", Names::Other),
    ("transfer", "by_person", Names::PersonForGood),
    ("transfer", "community_id", Names::Other),
    ("transfer", "from_account", Names::PersonForGood),
    ("transfer", "id", Names::Other),
    ("transfer", "named_key", Names::PersonForGood),
    ("transfer", "reason_key", Names::PersonForGood),
    ("transfer", "reverses", Names::Other),
    ("transfer", "session_id", Names::Other),
    ("transfer", "to_account", Names::PersonForGood),
    ("vanishing", "account_id", Names::Account),
    ("vanishing_message", "account_id", Names::Account),
    ("waiting_gift", "community_id", Names::Other),
    ("waiting_gift", "giver", Names::Person),
    ("waiting_gift", "id", Names::Other),
    ("waiting_gift", "receiver", Names::Person),
    ("waiting_gift", "transfer_id", Names::Other),
];

impl Store {
    /// Makes one person of two. Credits and the bookings of open sessions were moved by the same decision before.
    pub(super) async fn merge(&mut self, merge: Merge, now: Timestamp) -> Result<(), StoreError> {
        let Merge { mut keep, left_at, gone } = merge;
        let accounts = self.accounts_of(gone).await?.into_iter().chain(self.accounts_of(keep.id).await?).collect::<Vec<AccountId>>();
        self.retire_person(keep.id, gone, now).await?;
        keep.consents = self.move_consents(gone, keep.id).await?;
        self.put_person(keep.clone(), left_at)?;
        self.move_memberships(gone, &keep).await?;
        self.move_checkins(gone, keep.id).await?;
        self.move_kept_longer(gone, keep.id).await?;
        self.move_bookings(gone, keep.id).await?;
        self.move_standing(gone, keep.id).await?;
        self.move_prompts(gone, keep.id).await?;
        self.move_after(gone, keep.id).await?;
        self.move_reminders(gone, keep.id).await?;
        self.move_feed(gone, keep.id).await?;
        self.move_waiting(gone, keep.id).await?;
        self.move_deliveries(gone, keep.id).await?;
        self.move_safety(gone, &keep).await?;
        self.writer.run("UPDATE person_account SET person_id = $1 WHERE person_id = $2", binds![keep.id, gone]).await?;
        self.cache.person_accounts.forget(&gone);
        self.cache.person_accounts.forget(&keep.id);
        for account in &accounts {
            self.cache.account_persons.forget(account);
        }
        Ok(())
    }

    /// Leaves of a person no more than a row that points to `keep`, without a name. Its key stays as long as `keep`'s:
    /// what it wrote in transfers cannot be sealed anew. Whoever erases `keep` destroys the keys of [`Store::merged_persons`] too.
    async fn retire_person(&mut self, keep: PersonId, gone: PersonId, now: Timestamp) -> Result<(), StoreError> {
        let nobody = self.nobody_profile(gone)?;
        let alias = self.vault.hash("alias-retired", gone.0.as_bytes());
        let sql = "UPDATE person SET alias_hash = $1, look_hash = $1, profile_sealed = $2, coordinator = 0, paused_until = NULL, \
                   left_at = COALESCE(left_at, $3), merged_into = $4 WHERE id = $5";
        self.writer.run(sql, binds![alias, nobody, now, keep, gone]).await?;
        self.writer.run("UPDATE person SET merged_into = $1 WHERE merged_into = $2", binds![keep, gone]).await?;
        self.cache.persons.forget(&gone);
        self.cache.gone.put(gone, ());
        // The alias that it had is nobody's now.
        self.cache.person_by_alias.clear();
        Ok(())
    }

    /// Those who became a part of a person: their ledger accounts' past is this person's, and their keys go with this person's.
    pub async fn merged_persons(&mut self, person: PersonId) -> Result<Vec<PersonId>, StoreError> {
        let rows = self.writer.rows("SELECT id FROM person WHERE merged_into = $1 ORDER BY id", binds![person]).await?;
        rows.iter().map(|row| row.id(0)).collect()
    }

    /// Whose keys are to be destroyed when a person is erased.
    pub async fn keys_of(&mut self, person: PersonId) -> Result<Vec<Subject>, StoreError> {
        let merged = self.merged_persons(person).await?;
        Ok(std::iter::once(person).chain(merged).map(Subject::from).collect())
    }

    /// Who is meant by a person now.
    pub async fn who_is_now(&mut self, person: PersonId) -> Result<PersonId, StoreError> {
        if self.cache.persons.get(&person).is_some() {
            return Ok(person);
        }
        let row = self.writer.row("SELECT merged_into FROM person WHERE id = $1", binds![person]).await?;
        Ok(row.map(|row| row.opt_id(0)).transpose()?.flatten().unwrap_or(person))
    }

    /// The role and the date of each group are those that were decided; of a group that only `gone` had left, that stays known.
    async fn move_memberships(&mut self, gone: PersonId, keep: &Person) -> Result<(), StoreError> {
        for membership in &keep.memberships {
            self.put_membership(keep.id, membership.clone());
        }
        let sql = "INSERT INTO membership (person_id, group_id, role, since, ended_at) \
                   SELECT $1, group_id, role, since, ended_at FROM membership WHERE person_id = $2 AND ended_at IS NOT NULL \
                   ON CONFLICT DO NOTHING";
        self.writer.run(sql, binds![keep.id, gone]).await?;
        self.writer.run("DELETE FROM membership WHERE person_id = $1", binds![gone]).await.map(drop)
    }
}

#[cfg(test)]
mod tests;
