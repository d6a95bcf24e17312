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

    /// The histories of two who are one person, in order of time: the last word counts, a no where both were said at once.
    pub(in crate::store) async fn move_consents(&mut self, from: PersonId, to: PersonId) -> Result<Consents, StoreError> {
        let mut history = self.consent_history(to).await?;
        history.extend(self.consent_history(from).await?);
        history.sort_by_key(|entry| (entry.at, entry.step == Step::Withdrawn));
        self.writer.run("DELETE FROM consent WHERE person_id IN ($1, $2)", binds![from, to]).await?;
        for (entry, number) in history.iter().zip(1_i64..) {
            self.writer.insert(&CONSENT, binds![to, number, entry.purpose.code(), entry.step.code(), entry.version, entry.at]);
        }
        Ok(history.into_iter().collect())
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
