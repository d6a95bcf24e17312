//! One's own movements, newest first, with the words that the person may read.

use std::collections::HashMap;

use crate::{
    binds,
    domain::{
        ids::{PersonId, SessionId, TransferId},
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
    SELECT number, at, kind, amount, id, reason_sealed, reason_key, named_sealed, by_person, session_id, side FROM \
    (SELECT number, at, kind, amount, id, reason_sealed, reason_key, named_sealed, by_person, session_id, 0 AS side \
       FROM transfer WHERE from_account = $1 AND number <= $2 ORDER BY number DESC LIMIT $3) AS paid \
    UNION ALL SELECT * FROM \
    (SELECT number, at, kind, amount, id, reason_sealed, reason_key, NULL, by_person, session_id, 1 AS side \
       FROM transfer WHERE to_account = $1 AND number <= $2 ORDER BY number DESC LIMIT $3) AS gained \
    UNION ALL SELECT * FROM \
    (SELECT number, at, kind, amount, id, NULL, NULL, NULL, by_person, session_id, 2 AS side FROM transfer AS t \
       WHERE by_person = $4 AND kind = 4 AND from_account = $5 AND number <= $2 \
         AND NOT EXISTS (SELECT 1 FROM transfer AS own WHERE own.from_account = $1 AND own.kind = 4 \
                         AND own.session_id = t.session_id AND own.number BETWEEN t.number - 1 AND t.number + 1) \
       ORDER BY number DESC LIMIT $3) AS covered \
    ORDER BY 1 DESC LIMIT $3";

impl Store {
    /// At most `rows` movements of a person, from the transfer of this number down.
    pub async fn statement_view(&mut self, person: &Person, from: Option<i64>, rows: usize) -> Result<StatementView, StoreError> {
        let solidarity = Party::Fund(SOLIDARITY_FUND.to_owned()).account(person.community);
        let limit = i64::try_from(rows).unwrap_or(i64::MAX);
        let binds = binds![person.ledger, from.unwrap_or(i64::MAX), limit, person.id, solidarity];
        let mut movements = Vec::new();
        let mut titles: HashMap<SessionId, Option<String>> = HashMap::new();
        for row in self.writer.rows(SELECT, binds).await? {
            let mut movement = self.movement(&row, person).await?;
            if let Some(session) = row.opt_id::<SessionId>(9)? {
                movement.title = match titles.get(&session) {
                    Some(title) => title.clone(),
                    None => titles.entry(session).or_insert(self.session_title(session).await?).clone(),
                };
            }
            movements.push(movement);
        }
        Ok(StatementView { movements })
    }

    async fn movement(&mut self, row: &Row, person: &Person) -> Result<Movement, StoreError> {
        let kind = Kind::from_code(row.int(2)?).ok_or(StoreError::Corrupt("a transfer's kind"))?;
        let side = match row.int(10)? {
            0 => Side::Out,
            1 => Side::In,
            _ => Side::Covered,
        };
        let (id, by) = (row.id::<TransferId>(4)?, row.opt_id::<PersonId>(8)?);
        let alias = match by {
            Some(giver) if kind == Kind::Gift && side == Side::In => self.person(giver).await?.map(|giver| giver.alias),
            Some(_) | None => None,
        };
        let named = row.opt_bytes(7)?.map(|sealed| self.open_text(person.id, &transfer_field("named", &id.bytes()), &sealed));
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
