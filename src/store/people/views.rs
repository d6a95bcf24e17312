//! What setting up, joining, leaving, roles and aliases need to know.

use crate::{
    binds,
    domain::{
        ids::{AccountId, CommunityId, PersonId},
        people::{
            alias,
            code::{Code, Opens},
            join::JoinView,
            remove::BackView,
            setup::{Opened, SetupView},
        },
        scope::{Person, Scope},
        time::Timestamp,
    },
    store::{Store, StoreError},
};

/// After so many numbers a free alias must have been found.
const CANDIDATES_MAX: usize = 10_000;

impl Store {
    /// What `/setup` needs: what the typed code opens, and whether the community has a coordinator.
    pub async fn setup_view(&mut self, scope: &Scope, code: Option<&Code>, now: Timestamp) -> Result<SetupView, StoreError> {
        let has_coordinator = match &scope.community {
            Some(community) => !self.coordinators(community.id).await?.is_empty(),
            None => false,
        };
        let opened = match code {
            Some(code) => self.opened_by(scope, code, now).await?,
            None => None,
        };
        Ok(SetupView { opened, has_coordinator })
    }

    async fn opened_by(&mut self, scope: &Scope, code: &Code, now: Timestamp) -> Result<Option<Opened>, StoreError> {
        let hash = self.code_hash(code);
        let sql = "SELECT community_id, group_id FROM one_use_code WHERE code_hash = $1 AND used_at IS NULL AND until > $2";
        let Some(row) = self.writer.row(sql, binds![hash, now]).await? else { return Ok(None) };
        let Some(community) = self.community(row.id(0)?).await? else { return Ok(None) };
        let opens = row.opt_id(1)?.map_or(Opens::Group, Opens::Room);
        let person = self.person_of(scope.account.id, community.id).await?;
        Ok(Some(Opened { community, opens, person }))
    }

    pub(super) fn code_hash(&self, code: &Code) -> [u8; 32] {
        self.vault.hash("one-use-code", code.canonical().as_bytes())
    }

    /// What `/join` needs.
    pub async fn join_view(&mut self, scope: &Scope, now: Timestamp) -> Result<JoinView, StoreError> {
        let Some(community) = scope.community.as_ref().map(|community| community.id) else {
            return Ok(JoinView { former: None, free_alias: String::new(), has_coordinator: true, barred: false });
        };
        let former = if scope.person.is_none() { self.former_person(scope.account.id, community).await? } else { None };
        let free_alias = if scope.person.is_none() && former.is_none() {
            let otherwise = if scope.language.starts_with("fr") { "Membre" } else { "Member" };
            self.free_alias(community, &alias::first(&scope.account.shown_name, otherwise), None).await?
        } else {
            String::new()
        };
        let has_coordinator = !self.coordinators(community).await?.is_empty();
        let barred = match &former {
            Some(former) => self.is_barred(former.id).await?,
            None => scope.person.is_none() && self.was_barred(scope.account.id, community, now).await?,
        };
        Ok(JoinView { former: former.map(Box::new), free_alias, has_coordinator, barred })
    }

    /// The person of an id, gone or not, as far as they can be read.
    pub async fn person_gone_or_not(&mut self, id: PersonId) -> Result<BackView, StoreError> {
        Ok(match self.read_person(id).await? {
            Some((person, left_at)) => BackView { person: Some(person), gone: left_at.is_some() },
            None => BackView { person: None, gone: true },
        })
    }

    /// The account's person in a community who has left it.
    async fn former_person(&mut self, account: AccountId, community: CommunityId) -> Result<Option<Person>, StoreError> {
        let sql = "SELECT person_id FROM person_account WHERE account_id = $1 AND community_id = $2";
        let Some(row) = self.writer.row(sql, binds![account, community]).await? else { return Ok(None) };
        Ok(self.read_person(row.id(0)?).await?.filter(|(_, left_at)| left_at.is_some()).map(|(person, _)| person))
    }

    /// The coordinators of a community.
    pub async fn coordinators(&mut self, community: CommunityId) -> Result<Vec<PersonId>, StoreError> {
        let sql = "SELECT id FROM person WHERE community_id = $1 AND coordinator = 1 AND left_at IS NULL ORDER BY id";
        self.writer.rows(sql, binds![community]).await?.iter().map(|row| row.id(0)).collect()
    }

    /// The first of the candidates for `wanted` that nobody else of the community has, gone or not, nor a name that looks like it.
    pub async fn free_alias(&mut self, community: CommunityId, wanted: &str, own: Option<PersonId>) -> Result<String, StoreError> {
        for candidate in alias::candidates(wanted).take(CANDIDATES_MAX) {
            if self.lookalike_of(community, &candidate, own).await?.is_none() {
                return Ok(candidate);
            }
        }
        Err(StoreError::Corrupt("no alias is free"))
    }

    pub(in crate::store) async fn prune_codes(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.writer.run("DELETE FROM one_use_code WHERE until < $1", binds![now]).await?;
        Ok(())
    }
}
