//! One's own movements, newest first, with the words that the person may read.

use std::{cmp::Reverse, collections::HashMap};

use crate::{
    binds,
    domain::{
        ids::{LedgerAccountId, PersonId, SessionId, TransferId},
        ledger::{
            Kind, Party, SOLIDARITY_FUND, StatementView,
            statement::{Movement, Side},
        },
        scope::Person,
    },
};

use super::{Store, StoreError, transfer_field};
use crate::store::sql::Row;

/// What the person paid, was paid, and what solidarity paid for them where they paid nothing of it themself.
const SELECT: &str = "\
    SELECT number, at, kind, amount, id, reason_sealed, reason_key, named_sealed, by_person, session_id, side, named_key FROM \
    (SELECT number, at, kind, amount, id, reason_sealed, reason_key, named_sealed, by_person, session_id, 0 AS side, named_key \
       FROM transfer WHERE from_account = $1 AND number <= $2 ORDER BY number DESC LIMIT $3) AS paid \
    UNION ALL SELECT * FROM \
    (SELECT number, at, kind, amount, id, CASE WHEN reason_kept = 1 THEN NULL ELSE reason_sealed END, reason_key, NULL, \
       by_person, session_id, 1 AS side, NULL \
       FROM transfer WHERE to_account = $1 AND number <= $2 ORDER BY number DESC LIMIT $3) AS gained \
    UNION ALL SELECT * FROM \
    (SELECT number, at, kind, amount, id, NULL, NULL, NULL, by_person, session_id, 2 AS side, NULL FROM transfer AS t \
       WHERE by_person = $4 AND kind = 4 AND from_account = $5 AND number <= $2 \
         AND NOT EXISTS (SELECT 1 FROM transfer AS own WHERE own.from_account = $1 AND own.kind = 4 \
                         AND own.session_id = t.session_id AND own.number BETWEEN t.number - 1 AND t.number + 1) \
       ORDER BY number DESC LIMIT $3) AS covered \
    ORDER BY 1 DESC LIMIT $3";

impl Store {
    /// At most `rows` movements of a person and of those who became a part of them, from the transfer of this number down.
    pub async fn statement_view(&mut self, person: &Person, from: Option<i64>, rows: usize) -> Result<StatementView, StoreError> {
        let mut movements = self.movements((person.id, person.ledger), person, from, rows).await?;
        let merged = self.merged_ledgers(person.id).await?;
        if !merged.is_empty() {
            for one in merged {
                movements.extend(self.movements(one, person, from, rows).await?);
            }
            movements.sort_by_key(|movement| Reverse(movement.number));
            // From one's own account to one's own: it came about, and changed nothing.
            movements.dedup_by(|later, kept| {
                let is_same = later.number == kept.number;
                if is_same {
                    kept.side = Side::Covered;
                }
                is_same
            });
            movements.truncate(rows);
        }
        Ok(StatementView { movements })
    }

    async fn merged_ledgers(&mut self, person: PersonId) -> Result<Vec<(PersonId, LedgerAccountId)>, StoreError> {
        let rows = self.writer.rows("SELECT id, ledger_id FROM person WHERE merged_into = $1 ORDER BY id", binds![person]).await?;
        rows.iter().map(|row| Ok((row.id(0)?, row.id(1)?))).collect()
    }

    /// The movements of one ledger account, and what was paid for the person that had it.
    async fn movements(
        &mut self,
        (id, ledger): (PersonId, LedgerAccountId),
        reader: &Person,
        from: Option<i64>,
        rows: usize,
    ) -> Result<Vec<Movement>, StoreError> {
        let solidarity = Party::Fund(SOLIDARITY_FUND.to_owned()).account(reader.community);
        let limit = i64::try_from(rows).unwrap_or(i64::MAX);
        let binds = binds![ledger, from.unwrap_or(i64::MAX), limit, id, solidarity];
        let mut movements = Vec::new();
        let mut titles: HashMap<SessionId, Option<String>> = HashMap::new();
        for row in self.writer.rows(SELECT, binds).await? {
            let mut movement = self.movement(&row).await?;
            if let Some(session) = row.opt_id::<SessionId>(9)? {
                movement.title = match titles.get(&session) {
                    Some(title) => title.clone(),
                    None => titles.entry(session).or_insert(self.session_title(session).await?).clone(),
                };
            }
            movements.push(movement);
        }
        Ok(movements)
    }

    async fn movement(&mut self, row: &Row) -> Result<Movement, StoreError> {
        let kind = Kind::from_code(row.int(2)?).ok_or(StoreError::Corrupt("a transfer's kind"))?;
        let side = match row.int(10)? {
            0 => Side::Out,
            1 => Side::In,
            _ => Side::Covered,
        };
        let (id, by) = (row.id::<TransferId>(4)?, row.opt_id::<PersonId>(8)?);
        let alias = match by {
            Some(giver) if kind == Kind::Gift && side == Side::In => {
                let giver = self.who_is_now(giver).await?;
                self.person(giver).await?.map(|giver| giver.alias)
            }
            Some(_) | None => None,
        };
        let named = row.opt_bytes(7)?.zip(row.opt_id::<PersonId>(11)?);
        let named = named.map(|(sealed, key)| self.open_text(key, &transfer_field("named", &id.bytes()), &sealed));
        let reason = row.opt_bytes(5)?.zip(row.opt_id::<PersonId>(6)?);
        let reason = reason.map(|(sealed, key)| self.open_text(key, &transfer_field("reason", &id.bytes()), &sealed));
        Ok(Movement {
            number: row.int(0)?,
            at: row.instant(1)?,
            kind,
            side,
            amount_credits: row.int(3)?,
            named: named.transpose()?.flatten(),
            alias,
            reason: reason.transpose()?.flatten(),
            title: None,
        })
    }
}
