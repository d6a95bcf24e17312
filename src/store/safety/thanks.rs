//! Words of thanks, sealed under the key of who wrote them.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{
    binds,
    domain::{
        ids::{PersonId, ThanksId},
        people::Target,
        safety::{
            Who,
            thanks::{KEPT_DAYS, Thanks, ThanksArgs, ThanksView},
        },
        scope::{Person, Scope},
        time::Timestamp,
    },
    store::{Store, StoreError, sql::Insert},
    vault::Field,
};

static THANKS: Insert =
    Insert { into: "thanks (id, community_id, group_id, sender_id, receiver_id, words_sealed, at)", columns: 7, conflict: "" };

/// The sealed part.
#[derive(Serialize, Deserialize)]
pub(super) struct Words {
    /// The name that was typed.
    pub(super) name: String,
    /// What was written.
    pub(super) words: Option<String>,
}

impl Store {
    /// What `/thanks` decides on.
    pub async fn thanks_view(
        &mut self,
        scope: &Scope,
        person: &Person,
        args: &ThanksArgs,
        now: Timestamp,
    ) -> Result<ThanksView, StoreError> {
        match args {
            ThanksArgs::To { named, .. } => {
                let target = self.target(scope, named).await?;
                let meant = match &target {
                    Target::Person(person) => Some(person.id),
                    Target::Nobody | Target::Oneself | Target::Bot => None,
                };
                let declined = self.declines(meant, person.id).await?;
                let who = match target {
                    Target::Oneself => Who::Oneself,
                    Target::Bot => Who::Bot,
                    Target::Person(_) | Target::Nobody => Who::Somebody(meant.filter(|_| !declined).into_iter().collect()),
                };
                let sql = "SELECT COUNT(*) FROM thanks WHERE sender_id = $1 AND at > $2";
                let day_ago = now.minus(TimeDelta::days(1));
                let sent = self.writer.row(sql, binds![person.id, day_ago]).await?.map_or(Ok(0), |row| row.int(0))?;
                Ok(ThanksView { who: Some(who), sent, ..ThanksView::default() })
            }
            ThanksArgs::About(id, _) => {
                let found = self.find_thanks(*id).await?;
                let sender = match &found {
                    Some(thanks) => self.person(thanks.sender).await?,
                    None => None,
                };
                Ok(ThanksView { found, sender_alias: sender.map(|sender| sender.alias), ..ThanksView::default() })
            }
        }
    }

    pub(super) fn put_thanks(&mut self, thanks: &Thanks, now: Timestamp) -> Result<(), StoreError> {
        let Thanks { id, community, group, sender, receiver, .. } = *thanks;
        let words = Words { name: thanks.name.clone(), words: thanks.words.clone() };
        let sealed = self.seal_json(sender, &words_field(&id.bytes()), &words)?;
        self.writer.insert(&THANKS, binds![id, community, group, sender, receiver, sealed, now]);
        Ok(())
    }

    pub(super) async fn set_thanks_named(&mut self, id: ThanksId, named: bool) -> Result<(), StoreError> {
        self.writer.run("UPDATE thanks SET named = $1 WHERE id = $2", binds![named, id]).await.map(drop)
    }

    pub(super) async fn set_thanks_published(&mut self, id: ThanksId) -> Result<(), StoreError> {
        self.writer.run("UPDATE thanks SET published = 1 WHERE id = $1", binds![id]).await.map(drop)
    }

    pub(super) async fn prune_thanks(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let before = now.minus(TimeDelta::days(KEPT_DAYS));
        self.writer.run("DELETE FROM thanks WHERE at < $1", binds![before]).await.map(drop)
    }

    /// The words, sealed for another sender; `None` where they cannot be read any more.
    pub(super) async fn thanks_sealed_for(&mut self, id: ThanksId, sender: PersonId) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(thanks) = self.find_thanks(id).await? else { return Ok(None) };
        let words = Words { name: thanks.name, words: thanks.words };
        Ok(Some(self.seal_json(sender, &words_field(&id.bytes()), &words)?))
    }

    /// `None` too where the sender's key is destroyed.
    async fn find_thanks(&mut self, id: ThanksId) -> Result<Option<Thanks>, StoreError> {
        let sql = "SELECT community_id, group_id, sender_id, receiver_id, words_sealed, named, published FROM thanks WHERE id = $1";
        let Some(row) = self.writer.row(sql, binds![id]).await? else { return Ok(None) };
        let sender: PersonId = row.id(2)?;
        let Some(Words { name, words }) = self.open_json(sender, &words_field(&id.bytes()), &row.bytes(4)?)? else { return Ok(None) };
        Ok(Some(Thanks {
            id,
            community: row.id(0)?,
            group: row.opt_id(1)?,
            sender,
            receiver: row.opt_id(3)?,
            name,
            words,
            named: row.int(5)? != 0,
            published: row.int(6)? != 0,
        }))
    }
}

pub(super) fn words_field(row: &[u8]) -> Field<'_> {
    Field { table: "thanks", column: "words", row }
}
