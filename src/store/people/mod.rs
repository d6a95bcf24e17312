//! Communities, groups, persons: read once, then remembered; written behind the decisions.

mod apply;
mod consent;
mod rows;
mod target;
#[cfg(test)]
mod tests;
mod views;

pub(super) use target::{Meant, is_bot};

use crate::{
    binds,
    domain::{
        ids::{AccountId, CommunityId, GroupId, PersonId},
        scope::{Community, Group, Membership, Person, Role},
    },
};

use super::{Store, StoreError};

impl Store {
    /// The community of an id.
    pub async fn community(&mut self, id: CommunityId) -> Result<Option<Community>, StoreError> {
        if let Some(community) = self.cache.communities.get(&id) {
            return Ok(Some(community.clone()));
        }
        let sql = "SELECT founder_id, floor_credits, late_rule, settings_sealed FROM community WHERE id = $1";
        let Some(row) = self.writer.row(sql, binds![id]).await? else { return Ok(None) };
        let community = self.read_community(id, &row)?;
        if let Some(community) = &community {
            self.cache.communities.put(id, community.clone());
        }
        Ok(community)
    }

    /// The group of an id.
    pub async fn group(&mut self, id: GroupId) -> Result<Option<Group>, StoreError> {
        if let Some(group) = self.cache.groups.get(&id) {
            return Ok(Some(group.clone()));
        }
        let sql = "SELECT community_id, name_sealed, paused, topics_sealed FROM support_group WHERE id = $1";
        let Some(row) = self.writer.row(sql, binds![id]).await? else { return Ok(None) };
        let group = self.read_group(id, &row)?;
        self.cache.groups.put(id, group.clone());
        Ok(Some(group))
    }

    /// The only group there is; `None` where there are several. In the terminal everybody is in its room.
    pub async fn only_group(&mut self) -> Result<Option<GroupId>, StoreError> {
        match self.writer.rows("SELECT id FROM support_group LIMIT 2", binds![]).await?.as_slice() {
            [only] => Ok(Some(only.id(0)?)),
            _ => Ok(None),
        }
    }

    /// The person of an id, who has not left.
    pub async fn person(&mut self, id: PersonId) -> Result<Option<Person>, StoreError> {
        if let Some(person) = self.cache.persons.get(&id) {
            return Ok(Some(person.clone()));
        }
        if self.cache.gone.get(&id).is_some() {
            return Ok(None);
        }
        let Some((person, None)) = self.read_person(id).await? else {
            self.cache.gone.put(id, ());
            return Ok(None);
        };
        self.cache.persons.put(id, person.clone());
        Ok(Some(person))
    }

    /// The account's person in a community, who has not left.
    pub async fn person_of(&mut self, account: AccountId, community: CommunityId) -> Result<Option<Person>, StoreError> {
        Ok(self.persons_of(account).await?.into_iter().find(|person| person.community == community))
    }

    /// The account's persons in all communities, who have not left.
    pub async fn persons_of(&mut self, account: AccountId) -> Result<Vec<Person>, StoreError> {
        let ids = match self.cache.account_persons.get(&account) {
            Some(ids) => ids.clone(),
            None => {
                let sql = "SELECT person.id FROM person_account JOIN person ON person.id = person_account.person_id \
                           WHERE person_account.account_id = $1 AND person.left_at IS NULL ORDER BY person.id";
                let rows = self.writer.rows(sql, binds![account]).await?;
                let ids = rows.iter().map(|row| row.id(0)).collect::<Result<Vec<PersonId>, _>>()?;
                self.cache.account_persons.put(account, ids.clone());
                ids
            }
        };
        let mut persons = Vec::with_capacity(ids.len());
        for id in ids {
            persons.extend(self.person(id).await?);
        }
        Ok(persons)
    }

    /// The accounts of a person, the one last used first.
    pub async fn accounts_of(&mut self, person: PersonId) -> Result<Vec<AccountId>, StoreError> {
        if let Some(accounts) = self.cache.person_accounts.get(&person) {
            return Ok(accounts.clone());
        }
        let sql = "SELECT account.id FROM person_account JOIN account ON account.id = person_account.account_id \
                   WHERE person_account.person_id = $1 ORDER BY account.used_at DESC, account.id";
        let rows = self.writer.rows(sql, binds![person]).await?;
        let accounts = rows.iter().map(|row| row.id(0)).collect::<Result<Vec<AccountId>, _>>()?;
        self.cache.person_accounts.put(person, accounts.clone());
        Ok(accounts)
    }

    /// The coordinators of a group's community and the group's facilitators.
    pub async fn staff_of(&mut self, group: GroupId) -> Result<Vec<PersonId>, StoreError> {
        let sql = "SELECT person.id FROM person JOIN support_group ON support_group.community_id = person.community_id \
                   LEFT JOIN membership ON membership.person_id = person.id AND membership.group_id = support_group.id \
                       AND membership.ended_at IS NULL \
                   WHERE support_group.id = $1 AND person.left_at IS NULL AND (person.coordinator = 1 OR membership.role >= $2) \
                   ORDER BY person.id";
        let rows = self.writer.rows(sql, binds![group, Role::Facilitator.code()]).await?;
        rows.iter().map(|row| row.id(0)).collect()
    }

    /// The groups that a person is in now.
    async fn memberships_of(&mut self, person: PersonId) -> Result<Vec<Membership>, StoreError> {
        let sql = "SELECT group_id, role, since FROM membership WHERE person_id = $1 AND ended_at IS NULL ORDER BY since, group_id";
        let rows = self.writer.rows(sql, binds![person]).await?;
        let membership = |row: &super::sql::Row| {
            let role = Role::from_code(row.int(1)?).ok_or(StoreError::Corrupt("a role"))?;
            Ok(Membership { group: row.id(0)?, role, since: row.instant(2)? })
        };
        rows.iter().map(membership).collect()
    }
}
