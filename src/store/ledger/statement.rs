//! One's own movements, newest first, with the words that the person may read.

use std::{cmp::Reverse, collections::HashMap};

use crate::{
    binds,
    domain::{
        dates::Month,
        ids::{LedgerAccountId, PersonId, SessionId, TransferId},
        ledger::{
            Kind, MonthView, Party, SOLIDARITY_FUND, StatementView,
            statement::{FILE_ROWS_MAX, Movement, Side},
        },
        scope::Person,
        time::{Timestamp, Zone},
    },
};

use super::{Store, StoreError, transfer_field};
use crate::store::sql::Row;

/// What the person paid, was paid, and what solidarity paid for them where they paid nothing of it themself.
const SELECT: &str = "\
    SELECT number, at, kind, amount, id, reason_sealed, reason_key, named_sealed, by_person, session_id, side, named_key, category FROM \
    (SELECT number, at, kind, amount, id, reason_sealed, reason_key, named_sealed, by_person, session_id, 0 AS side, named_key, category \
       FROM transfer WHERE from_account = $1 AND number <= $2 AND at >= $6 AND at < $7 ORDER BY number DESC LIMIT $3) AS paid \
    UNION ALL SELECT * FROM \
    (SELECT number, at, kind, amount, id, CASE WHEN reason_kept = 1 THEN NULL ELSE reason_sealed END, reason_key, NULL, \
       by_person, session_id, 1 AS side, NULL, category \
       FROM transfer WHERE to_account = $1 AND number <= $2 AND at >= $6 AND at < $7 ORDER BY number DESC LIMIT $3) AS gained \
    UNION ALL SELECT * FROM \
    (SELECT number, at, kind, amount, id, NULL, NULL, NULL, by_person, session_id, 2 AS side, NULL, NULL FROM transfer AS t \
       WHERE by_person = $4 AND kind = 4 AND from_account = $5 AND number <= $2 AND at >= $6 AND at < $7 \
         AND NOT EXISTS (SELECT 1 FROM transfer AS own WHERE own.from_account = $1 AND own.kind = 4 \
                         AND own.session_id = t.session_id AND own.number BETWEEN t.number - 1 AND t.number + 1) \
       ORDER BY number DESC LIMIT $3) AS covered \
    ORDER BY 1 DESC LIMIT $3";

/// What moved on an account within a time, what after it, and how much there was before it.
const SINCE: &str = "\
    SELECT CAST(COALESCE(SUM(CASE WHEN at < $3 THEN signed ELSE 0 END), 0) AS BIGINT), \
           CAST(COALESCE(SUM(CASE WHEN at >= $3 THEN signed ELSE 0 END), 0) AS BIGINT), \
           (SELECT COUNT(*) FROM (SELECT 1 FROM transfer WHERE from_account = $1 AND at < $2 LIMIT 1)) \
         + (SELECT COUNT(*) FROM (SELECT 1 FROM transfer WHERE to_account = $1 AND at < $2 LIMIT 1)) \
    FROM (SELECT at, -amount AS signed FROM transfer WHERE from_account = $1 AND at >= $2 \
          UNION ALL SELECT at, amount FROM transfer WHERE to_account = $1 AND at >= $2) AS moved";

/// Which of somebody's movements.
#[derive(Clone, Copy)]
struct Span {
    /// The highest number.
    from: i64,
    /// The first instant.
    since: Timestamp,
    /// The first that is no more in it.
    before: Timestamp,
}

/// All of them.
const EVER: Span = Span { from: i64::MAX, since: Timestamp::from_micros(i64::MIN), before: Timestamp::from_micros(i64::MAX) };

impl Store {
    /// At most `rows` movements of a person and of those who became a part of them, from the transfer of this number down.
    pub async fn statement_view(&mut self, person: &Person, from: Option<i64>, rows: usize) -> Result<StatementView, StoreError> {
        let movements = self.all_movements(person, Span { from: from.unwrap_or(i64::MAX), ..EVER }, rows).await?;
        Ok(StatementView { movements })
    }

    /// A month of a person, with what stood before it and after it.
    pub async fn month_view(&mut self, person: &Person, month: Month, zone: Zone, now: Timestamp) -> Result<MonthView, StoreError> {
        let (since, before) = month.bounds(zone);
        let mut movements = self.all_movements(person, Span { since, before, ..EVER }, FILE_ROWS_MAX + 1).await?;
        movements.reverse();
        let mut view = MonthView { movements, ..MonthView::default() };
        let mut ledgers: Vec<LedgerAccountId> = self.merged_ledgers(person.id).await?.into_iter().map(|(_, ledger)| ledger).collect();
        ledgers.push(person.ledger);
        for ledger in ledgers {
            let balance = self.ledger_balance(ledger).await?.unwrap_or(0);
            let row = self.writer.row(SINCE, binds![ledger, since, before]).await?;
            let (within, after, earlier) = match &row {
                Some(row) => (row.int(0)?, row.int(1)?, row.int(2)?),
                None => (0, 0, 0),
            };
            view.closing_credits += balance - after;
            view.opening_credits += balance - after - within;
            view.has_earlier |= earlier > 0;
        }
        if now < before {
            view.now = Some(self.credits_view(person, now).await?);
        }
        Ok(view)
    }

    async fn all_movements(&mut self, person: &Person, span: Span, rows: usize) -> Result<Vec<Movement>, StoreError> {
        let mut movements = self.movements((person.id, person.ledger), person, span, rows).await?;
        let merged = self.merged_ledgers(person.id).await?;
        if !merged.is_empty() {
            for one in merged {
                movements.extend(self.movements(one, person, span, rows).await?);
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
        Ok(movements)
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
        span: Span,
        rows: usize,
    ) -> Result<Vec<Movement>, StoreError> {
        let solidarity = Party::Fund(SOLIDARITY_FUND.to_owned()).account(reader.community);
        let limit = i64::try_from(rows).unwrap_or(i64::MAX);
        let binds = binds![ledger, span.from, limit, id, solidarity, span.since, span.before];
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
            category: row.opt_int(12)?,
            title: None,
        })
    }
}
