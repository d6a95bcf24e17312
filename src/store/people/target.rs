//! Whom a typed name means: the platform's own mention, else a user name, else an alias of the community.

use crate::{
    binds,
    domain::{
        hear::Named,
        ids::{CommunityId, PersonId},
        people::{Target, alias},
        scope::{Person, Scope},
    },
    store::{Store, StoreError},
};

impl Store {
    /// Whom `named` means in the community of `scope`.
    pub async fn target(&mut self, scope: &Scope, named: &Named) -> Result<Target, StoreError> {
        if named.is_bot || (named.account.is_none() && alias::key(&named.typed) == alias::BOT_NAME) {
            return Ok(Target::Bot);
        }
        let account = self.account_named(scope.account.platform, named).await?;
        if account.as_ref().is_some_and(|account| account.id == scope.account.id) {
            return Ok(Target::Oneself);
        }
        let Some(community) = &scope.community else { return Ok(Target::Nobody) };
        let found = match &account {
            Some(account) => self.person_of(account.id, community.id).await?,
            None => None,
        };
        let found = match (found, &named.account) {
            (None, None) => self.person_called(community.id, &named.typed).await?,
            (found, _) => found,
        };
        Ok(match found {
            Some(person) if scope.person.as_ref().is_some_and(|asker| asker.id == person.id) => Target::Oneself,
            Some(person) => Target::Person(Box::new(person)),
            None => Target::Nobody,
        })
    }

    /// The person of a community who goes by this alias and has not left.
    pub async fn person_called(&mut self, community: CommunityId, typed: &str) -> Result<Option<Person>, StoreError> {
        match self.holder_of(community, typed).await? {
            Some(id) => self.person(id).await,
            None => Ok(None),
        }
    }

    /// Who has this alias in the community, gone or not.
    pub(super) async fn holder_of(&mut self, community: CommunityId, name: &str) -> Result<Option<PersonId>, StoreError> {
        let hash = self.alias_hash(community, name);
        let remembered = self.cache.person_by_alias.get(&hash).and_then(|id| self.cache.persons.get(id));
        if let Some(person) = remembered.filter(|person| self.alias_hash(community, &person.alias) == hash) {
            return Ok(Some(person.id));
        }
        let sql = "SELECT id FROM person WHERE community_id = $1 AND alias_hash = $2";
        self.writer.row(sql, binds![community, hash]).await?.map(|row| row.id(0)).transpose()
    }
}
