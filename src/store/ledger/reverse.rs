//! What correcting a transfer and looking after the funds need to know.

use chrono::{Datelike, NaiveDate};

use crate::{
    binds,
    domain::{
        ids::{CommunityId, LedgerAccountId, SessionId},
        ledger::{
            FundArgs, FundsView, Kind, MonthUse, Party, ReverseView, SOLIDARITY_FUND, TargetPerson,
            funds::USES_MIN,
            reverse::{End, Original},
        },
        time::{Timestamp, Zone},
    },
};

use super::{Store, StoreError};
use crate::store::sql::Row;

/// So many closed months are looked back upon.
const MONTHS_BACK: i64 = 6;

const SELECT: &str = "\
    SELECT t.id, t.at, t.kind, t.amount, t.session_id, t.from_account, f.kind, f.balance, ff.name, \
           t.to_account, o.kind, o.balance, tf.name, w.id, r.number FROM transfer AS t \
    JOIN ledger_account AS f ON f.id = t.from_account JOIN ledger_account AS o ON o.id = t.to_account \
    LEFT JOIN fund AS ff ON ff.account_id = t.from_account LEFT JOIN fund AS tf ON tf.account_id = t.to_account \
    LEFT JOIN waiting_gift AS w ON w.transfer_id = t.id LEFT JOIN transfer AS r ON r.reverses = t.id \
    WHERE t.community_id = $1 AND t.number = $2";

impl Store {
    /// What `/reverse` decides on.
    pub async fn reverse_view(&mut self, community: CommunityId, number: i64) -> Result<ReverseView, StoreError> {
        let next_number = self.next_transfer(community).await?;
        let Some(row) = self.writer.row(SELECT, binds![community, number]).await? else {
            return Ok(ReverseView { original: None, next_number });
        };
        let original = Original {
            id: row.id(0)?,
            number,
            at: row.instant(1)?,
            kind: Kind::from_code(row.int(2)?).ok_or(StoreError::Corrupt("a transfer's kind"))?,
            amount_credits: row.int(3)?,
            from: self.end(&row, 5).await?,
            to: self.end(&row, 9).await?,
            waits: row.opt_id(13)?,
            reversed_by: row.opt_int(14)?,
        };
        Ok(ReverseView { original: Some(original), next_number })
    }

    /// Four columns from `at` on: account, its kind, its balance, the fund's name. Column 4 is the session.
    async fn end(&mut self, row: &Row, at: usize) -> Result<End, StoreError> {
        let account: LedgerAccountId = row.id(at)?;
        let party = match (row.int(at + 1)?, row.opt_text(at + 3)?, row.opt_id::<SessionId>(4)?) {
            (0, _, _) => Party::Issuance,
            (1, Some(name), _) => Party::Fund(name),
            (2, _, _) => Party::Person(account),
            (3, _, Some(session)) => Party::Escrow(session),
            (4, _, _) => Party::WaitingGifts,
            (5, _, _) => Party::Closed,
            _ => return Err(StoreError::Corrupt("an account of no known kind")),
        };
        Ok(End { person: self.person_of_ledger(account).await?, party, balance_credits: row.int(at + 2)? })
    }

    /// Whose ledger account it is, gone or not; nobody's once they are erased.
    async fn person_of_ledger(&mut self, account: LedgerAccountId) -> Result<Option<TargetPerson>, StoreError> {
        let row = self.writer.row("SELECT id FROM person WHERE ledger_id = $1 AND length(profile_sealed) > 0", binds![account]).await?;
        row.map(|row| Ok(TargetPerson { id: row.id(0)?, ledger: account })).transpose()
    }

    /// What `/fund` shows and decides on.
    pub async fn funds_view(
        &mut self,
        community: CommunityId,
        zone: Zone,
        args: &FundArgs,
        now: Timestamp,
    ) -> Result<FundsView, StoreError> {
        let names = match args.name() {
            Some(name) => vec![name.to_owned()],
            None => self.fund_names(community).await?,
        };
        let mut funds = Vec::with_capacity(names.len());
        for name in names {
            if let Some(fund) = self.fund_view(community, &name).await? {
                funds.push((name, fund));
            }
        }
        let solidarity_months = match args {
            FundArgs::All => self.solidarity_months(community, zone, now).await?,
            FundArgs::One(name) if name == SOLIDARITY_FUND => self.solidarity_months(community, zone, now).await?,
            FundArgs::One(_) | FundArgs::Budget(..) | FundArgs::Close(_) | FundArgs::Reopen(_) => Vec::new(),
        };
        Ok(FundsView { funds, solidarity_months, next_number: self.next_transfer(community).await? })
    }

    /// Closed months in which solidarity paid often enough that nobody can be made out.
    async fn solidarity_months(&mut self, community: CommunityId, zone: Zone, now: Timestamp) -> Result<Vec<MonthUse>, StoreError> {
        let fund = Party::Fund(SOLIDARITY_FUND.to_owned()).account(community);
        let this_month = now.day(zone).with_day(1).unwrap_or_else(|| now.day(zone));
        let since = now.minus(chrono::TimeDelta::days(31 * (MONTHS_BACK + 1)));
        let sql = "SELECT at, amount FROM transfer WHERE from_account = $1 AND kind = 4 AND at >= $2 ORDER BY number DESC";
        let mut months: Vec<(NaiveDate, i64, i64)> = Vec::new();
        for row in self.writer.rows(sql, binds![fund, since]).await? {
            let day = row.instant(0)?.day(zone);
            let month = day.with_day(1).unwrap_or(day);
            match months.last_mut() {
                Some((last, credits, uses)) if *last == month => {
                    *credits = credits.saturating_add(row.int(1)?);
                    *uses += 1;
                }
                _ => months.push((month, row.int(1)?, 1)),
            }
        }
        let shown = months.into_iter().filter(|(month, _, uses)| *month < this_month && *uses >= USES_MIN);
        Ok(shown.map(|(month, credits, _)| MonthUse { month, credits }).collect())
    }
}
