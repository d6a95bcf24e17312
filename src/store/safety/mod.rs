//! Blocks, thanks and reports: who wants nothing from whom is found by keyed hashes alone.

mod block;
mod merge;
mod mine;
mod report;
mod thanks;

use crate::domain::{
    hear::Named,
    ids::{CommunityId, GroupId, PersonId},
    people::Target,
    safety::{Change, Who},
    scope::Scope,
    time::Timestamp,
};

use super::{Store, StoreError, people::is_bot};

impl Store {
    pub(super) async fn apply_safety(&mut self, change: Change, now: Timestamp) -> Result<(), StoreError> {
        match change {
            Change::Block(block) => self.put_blocks(block, now).await,
            Change::Unblock { person, ids } => self.end_blocks(person, &ids).await,
            Change::Thank(thanks) => self.put_thanks(&thanks, now),
            Change::ThanksNamed(id, named) => self.set_thanks_named(id, named).await,
            Change::ThanksPublished(id) => self.set_thanks_published(id).await,
            Change::Report(change) => self.apply_report(change),
        }
    }

    pub(super) async fn prune_safety(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.prune_thanks(now).await?;
        self.prune_reports(now).await
    }

    /// Whom a name means here, gone or not; of oneself and the bot only that it is they.
    async fn who(&mut self, scope: &Scope, community: CommunityId, named: &Named) -> Result<Who, StoreError> {
        if is_bot(named) {
            return Ok(Who::Bot);
        }
        let persons = self.persons_meant(community, scope.account.platform, named).await?;
        let oneself = matches!(self.target(scope, named).await?, Target::Oneself);
        Ok(if oneself { Who::Oneself } else { Who::Somebody(persons) })
    }

    /// The group in which a button stands for something received: so that it works whichever group is meant otherwise.
    pub async fn group_of_received(&mut self, id: uuid::Uuid, of: &[crate::domain::scope::Person]) -> Result<Option<GroupId>, StoreError> {
        let community = self.community_of_received(id).await?;
        let person = of.iter().find(|person| Some(person.community) == community);
        Ok(person.and_then(|person| person.memberships.first()).map(|membership| membership.group))
    }
}

/// The nil id, where a look-up is done for nobody: so that it is done all the same.
const NOBODY: PersonId = PersonId(uuid::Uuid::nil());
