//! Communities, groups, persons (to be written by the feature).

use crate::domain::{ids::*, people::Change, scope::*, time::Timestamp};

use super::{Store, StoreError};

impl Store {
    /// The community of an id.
    pub async fn community(&mut self, _id: CommunityId) -> Result<Option<Community>, StoreError> {
        Ok(None)
    }
    /// The group of an id.
    pub async fn group(&mut self, _id: GroupId) -> Result<Option<Group>, StoreError> {
        Ok(None)
    }
    /// The person of an id, who has not left.
    pub async fn person(&mut self, _id: PersonId) -> Result<Option<Person>, StoreError> {
        Ok(None)
    }
    /// The account's person in a community, who has not left.
    pub async fn person_of(&mut self, _account: AccountId, _community: CommunityId) -> Result<Option<Person>, StoreError> {
        Ok(None)
    }
    /// The account's persons in all communities, who have not left.
    pub async fn persons_of(&mut self, _account: AccountId) -> Result<Vec<Person>, StoreError> {
        Ok(Vec::new())
    }
    /// The accounts of a person, the one last used first.
    pub async fn accounts_of(&mut self, _person: PersonId) -> Result<Vec<AccountId>, StoreError> {
        Ok(Vec::new())
    }
    /// The coordinators of a group's community and the group's facilitators.
    pub async fn staff_of(&mut self, _group: GroupId) -> Result<Vec<PersonId>, StoreError> {
        Ok(Vec::new())
    }
    pub(super) async fn apply_people(&mut self, _change: Change, _now: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }
}
