//! Consents: a row for each time that one was given, withdrawn or asked anew; rows are added, never changed.

use crate::{
    binds,
    domain::{
        ids::PersonId,
        people::consent::{Consents, Entry, Purpose, Step},
    },
    store::{
        Store, StoreError,
        sql::{Insert, Row},
    },
};

static CONSENT: Insert = Insert { into: "consent (person_id, number, purpose, step, version, at)", columns: 6, conflict: "" };

impl Store {
    /// What a person agreed to, whether they have left or not.
    pub(super) async fn consents_of(&mut self, person: PersonId) -> Result<Consents, StoreError> {
        Ok(self.consent_history(person).await?.into_iter().collect())
    }

    /// All that a person gave, withdrew or was asked, the oldest first.
    pub async fn consent_history(&mut self, person: PersonId) -> Result<Vec<Entry>, StoreError> {
        let sql = "SELECT purpose, step, version, at FROM consent WHERE person_id = $1 ORDER BY number";
        self.writer.rows(sql, binds![person]).await?.iter().map(read).collect()
    }

    /// One more row; of a person who has not left.
    pub(super) async fn put_consent(&mut self, id: PersonId, entry: Entry) -> Result<(), StoreError> {
        let Some(person) = self.person(id).await? else { return Ok(()) };
        let number = person.consents.rows() + 1;
        self.writer.insert(&CONSENT, binds![id, number, entry.purpose.code(), entry.step.code(), entry.version, entry.at]);
        self.remember(id, |person| person.consents.put(entry));
        Ok(())
    }
}

/// Columns: purpose, step, version, at.
fn read(row: &Row) -> Result<Entry, StoreError> {
    let purpose = Purpose::from_code(row.int(0)?).ok_or(StoreError::Corrupt("the purpose of a consent"))?;
    let step = Step::from_code(row.int(1)?).ok_or(StoreError::Corrupt("the step of a consent"))?;
    Ok(Entry { purpose, step, version: row.int(2)?, at: row.instant(3)? })
}
