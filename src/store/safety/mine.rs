//! One's own blocks, thanks and reports, for the copy of one's own data; nothing that another wrote.

use super::{
    report::OF_REPORTER,
    thanks::{Words, words_field},
};
use crate::{
    binds,
    domain::{
        data::mine::{OwnReport, OwnThanks, instant},
        ids::{AccountId, PersonId, ThanksId},
        safety::report::State,
    },
    store::{Store, StoreError},
};

impl Store {
    /// The names that a person typed of those from whom they want nothing.
    pub(in crate::store) async fn own_blocks(&mut self, person: PersonId) -> Result<Vec<String>, StoreError> {
        Ok(self.blocks_of(person).await?.into_iter().map(|mine| mine.name).collect())
    }

    /// Thanks that a person wrote, and when they received some: from whom, and the words, are another's.
    pub(in crate::store) async fn own_thanks(&mut self, person: PersonId) -> Result<Vec<OwnThanks>, StoreError> {
        let sql = "SELECT id, at, sender_id, words_sealed FROM thanks WHERE sender_id = $1 OR receiver_id = $1 ORDER BY at, id";
        let mut own = Vec::new();
        for row in self.writer.rows(sql, binds![person]).await? {
            let (id, at) = (row.id::<ThanksId>(0)?, instant(row.instant(1)?));
            if row.id::<PersonId>(2)? != person {
                own.push(OwnThanks { at, to: None, words: None, from: Some("a member") });
                continue;
            }
            let words: Option<Words> = self.open_json(person, &words_field(&id.bytes()), &row.bytes(3)?)?;
            own.extend(words.map(|Words { name, words }| OwnThanks { at, to: Some(name), words, from: None }));
        }
        Ok(own)
    }

    /// What an account told staff, in its own words.
    pub(in crate::store) async fn own_reports(&mut self, account: AccountId) -> Result<Vec<OwnReport>, StoreError> {
        let mut own = Vec::new();
        for row in self.writer.rows(OF_REPORTER, binds![account]).await? {
            let Some(report) = self.read_report(&row)? else { continue };
            let state = match report.state {
                State::Open => "open",
                State::Taken(_) => "taken",
                State::Closed => "closed",
                State::Withdrawn => "withdrawn",
            };
            own.push(OwnReport { at: instant(report.at), words: report.case.words, state: state.to_owned() });
        }
        Ok(own)
    }
}
