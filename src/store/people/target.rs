//! Whom a typed name means: the platform's own mention; after an `@` a user name, then an alias; without it the other way round.
//!
//! On Matrix the alias comes first in both: people see displayed names there, and the short name of an account is anybody's
//! choice whom nobody ever saw by it.

use crate::{
    binds,
    domain::{
        event::Platform,
        hear::Named,
        ids::{AccountId, CommunityId, PersonId},
        people::{Target, alias},
        scope::Scope,
    },
    store::{Store, StoreError, user_names::Holder},
};

/// What a name leads to, before it is known whether anybody of the community is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::store) enum Meant {
    /// An account.
    Account(AccountId),
    /// Who has the alias in the community, gone or not.
    Alias(PersonId),
    /// A user name that changed hands lately: nobody is paid or thanked by mistake.
    Either(AccountId, AccountId),
    /// Nobody that the bot knows.
    Nobody,
}

impl Store {
    /// Whom `named` means in the community of `scope`.
    pub async fn target(&mut self, scope: &Scope, named: &Named) -> Result<Target, StoreError> {
        if is_bot(named) {
            return Ok(Target::Bot);
        }
        let community = scope.community.as_ref().map(|community| community.id);
        let found = match self.meant(community, scope.account.platform, named).await? {
            Meant::Account(account) if account == scope.account.id => return Ok(Target::Oneself),
            Meant::Account(account) => match community {
                Some(community) => self.person_of(account, community).await?,
                None => None,
            },
            Meant::Alias(person) => self.person(person).await?,
            Meant::Either(..) | Meant::Nobody => None,
        };
        Ok(match found {
            Some(person) if scope.person.as_ref().is_some_and(|asker| asker.id == person.id) => Target::Oneself,
            Some(person) => Target::Person(Box::new(person)),
            None => Target::Nobody,
        })
    }

    /// What `named` leads to. An account that has the user name is meant whether it is in the community or not, so that
    /// nobody gets by an alias what was meant for another.
    pub(in crate::store) async fn meant(
        &mut self,
        community: Option<CommunityId>,
        platform: Platform,
        named: &Named,
    ) -> Result<Meant, StoreError> {
        if let Some(address) = &named.account {
            return Ok(self.account_at(address).await?.map_or(Meant::Nobody, |row| Meant::Account(row.id)));
        }
        // Both are always looked up: a name that means somebody takes as long as one that means nobody.
        let alias = match community {
            Some(community) => self.holder_of(community, &named.typed).await?.map(Meant::Alias),
            None => None,
        };
        let account = match self.holder_of_user_name(platform, &named.typed).await? {
            Holder::Account(account) => Some(Meant::Account(account)),
            Holder::Changed { now, before } => Some(Meant::Either(now, before)),
            Holder::Nobody => None,
        };
        let account_first = named.marked && platform != Platform::Matrix;
        let (first, second) = if account_first { (account, alias) } else { (alias, account) };
        Ok(first.or(second).unwrap_or(Meant::Nobody))
    }

    /// The persons of a community whom `named` may mean, gone or not.
    pub(in crate::store) async fn persons_meant(
        &mut self,
        community: CommunityId,
        platform: Platform,
        named: &Named,
    ) -> Result<Vec<PersonId>, StoreError> {
        let accounts = match self.meant(Some(community), platform, named).await? {
            Meant::Account(account) => vec![account],
            Meant::Either(now, before) => vec![now, before],
            Meant::Alias(person) => return Ok(vec![person]),
            Meant::Nobody => vec![],
        };
        let mut persons = Vec::new();
        if accounts.is_empty() {
            // Looked up for nobody, too.
            self.person_ever(AccountId(uuid::Uuid::nil()), community).await?;
        }
        for account in accounts {
            persons.extend(self.person_ever(account, community).await?);
        }
        Ok(persons)
    }

    /// The account's person in a community, gone or not.
    pub(in crate::store) async fn person_ever(
        &mut self,
        account: AccountId,
        community: CommunityId,
    ) -> Result<Option<PersonId>, StoreError> {
        let sql = "SELECT person_id FROM person_account WHERE account_id = $1 AND community_id = $2";
        self.writer.row(sql, binds![account, community]).await?.map(|row| row.id(0)).transpose()
    }

    /// Who has this alias in the community, gone or not.
    pub(in crate::store) async fn holder_of(&mut self, community: CommunityId, name: &str) -> Result<Option<PersonId>, StoreError> {
        let hash = self.alias_hash(community, name);
        if let Some(known) = self.cache.person_by_alias.get(&hash) {
            return Ok(*known);
        }
        let sql = "SELECT id FROM person WHERE community_id = $1 AND alias_hash = $2";
        let found = self.writer.row(sql, binds![community, hash]).await?.map(|row| row.id(0)).transpose()?;
        self.cache.person_by_alias.put(hash, found);
        Ok(found)
    }

    /// Who has a name that can be mistaken for this one in the community, gone or not, and is not `own`.
    pub(super) async fn lookalike_of(
        &mut self,
        community: CommunityId,
        name: &str,
        own: Option<PersonId>,
    ) -> Result<Option<PersonId>, StoreError> {
        let (alias, look) = (self.alias_hash(community, name), self.look_hash(community, name));
        let sql = "SELECT id FROM person WHERE community_id = $1 AND (alias_hash = $2 OR look_hash = $3) AND id <> $4 LIMIT 1";
        let own = own.unwrap_or(PersonId(uuid::Uuid::nil()));
        self.writer.row(sql, binds![community, alias, look, own]).await?.map(|row| row.id(0)).transpose()
    }
}

/// Whether the bot itself is named.
pub(in crate::store) fn is_bot(named: &Named) -> bool {
    named.is_bot || (named.account.is_none() && alias::key(&named.typed) == alias::BOT_NAME)
}
