//! What the decisions about credits need to know.

use crate::{
    binds,
    domain::{
        hear::Named,
        ids::{CommunityId, LedgerAccountId},
        ledger::{
            CreditsView, FundView, GENERAL_FUND, GiveView, IssueArgs, IssueView, Party, Receivers, SOLIDARITY_FUND, Target, TargetPerson,
            issue::RECEIVERS_MAX, rule_settings::RulesView,
        },
        people,
        scope::{Person, Scope},
        time::Timestamp,
    },
};

use super::{Store, StoreError};

/// How many bookings `/credits` shows.
const NEXT_BOOKINGS: i64 = 3;

impl Store {
    /// What `/credits` shows.
    pub async fn credits_view(&mut self, person: &Person, now: Timestamp) -> Result<CreditsView, StoreError> {
        let balance = self.ledger_balance(person.ledger).await?;
        Ok(CreditsView {
            balance_credits: balance.unwrap_or(0),
            set_aside_credits: self.set_aside(person.id).await?,
            moved: balance.is_some(),
            next: self.next_bookings(person.id, now, NEXT_BOOKINGS).await?,
        })
    }

    /// What `/give` decides on.
    pub async fn give_view(&mut self, scope: &Scope, giver: &Person, to: &Named) -> Result<GiveView, StoreError> {
        let target = self.ledger_target(scope, to).await?;
        let meant = match target {
            Target::Person(person) => Some(person.id),
            Target::Nobody | Target::Oneself | Target::Bot => None,
        };
        Ok(GiveView {
            balance_credits: self.ledger_balance(giver.ledger).await?.unwrap_or(0),
            target,
            declined: self.declines(meant, giver.id).await?,
            next_number: self.next_transfer(giver.community).await?,
        })
    }

    /// What `/issue` decides on.
    pub async fn issue_view(&mut self, scope: &Scope, community: CommunityId, args: &IssueArgs) -> Result<IssueView, StoreError> {
        let targets = match &args.to {
            Receivers::Everyone => self.everyone(community).await?,
            Receivers::Solidarity => Vec::new(),
            Receivers::Named(names) => {
                let mut targets = Vec::with_capacity(names.len());
                for named in names {
                    targets.push(self.ledger_target(scope, named).await?);
                }
                targets
            }
        };
        let fund = self.fund_view(community, &args.fund).await?;
        let funds = if fund.is_some() { Vec::new() } else { self.fund_names(community).await? };
        Ok(IssueView { targets, fund, funds, next_number: self.next_transfer(community).await? })
    }

    /// A fund as it stands; `None` where the ledger does not have it.
    pub async fn fund_view(&mut self, community: CommunityId, name: &str) -> Result<Option<FundView>, StoreError> {
        let Some(row) = self.fund_row(community, name).await? else { return Ok(None) };
        let balance = self.ledger_balance(Party::Fund(name.to_owned()).account(community)).await?;
        Ok(Some(FundView {
            balance_credits: balance.unwrap_or(0),
            issued_credits: row.issued_credits,
            budget_credits: row.budget_credits,
            is_closed: row.is_closed,
        }))
    }

    /// What somebody earned by holding sessions since an instant.
    pub async fn earned_since(&mut self, ledger: LedgerAccountId, since: Timestamp) -> Result<i64, StoreError> {
        let sql = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM transfer WHERE at >= $2 AND kind IN (6, 7) AND to_account IN \
                   (SELECT $1 UNION SELECT m.ledger_id FROM person AS m JOIN person AS p ON p.id = m.merged_into WHERE p.ledger_id = $1)";
        self.writer.row(sql, binds![ledger, since]).await?.map_or(Ok(0), |row| row.int(0))
    }

    /// The present persons of a community; one more than a decision reaches is enough to refuse it.
    async fn everyone(&mut self, community: CommunityId) -> Result<Vec<Target>, StoreError> {
        let most = i64::try_from(RECEIVERS_MAX).unwrap_or(i64::MAX).saturating_add(2);
        let sql = "SELECT id, ledger_id FROM person WHERE community_id = $1 AND left_at IS NULL ORDER BY id LIMIT $2";
        let rows = self.writer.rows(sql, binds![community, most]).await?;
        rows.iter().map(|row| Ok(Target::Person(TargetPerson { id: row.id(0)?, ledger: row.id(1)? }))).collect()
    }

    /// What `/settings credits` decides on.
    pub async fn rules_view(&mut self, community: CommunityId) -> Result<RulesView, StoreError> {
        let sql = "SELECT name FROM fund WHERE community_id = $1 AND closed = 0 AND name NOT IN ($2, $3) ORDER BY name";
        let rows = self.writer.rows(sql, binds![community, GENERAL_FUND.to_owned(), SOLIDARITY_FUND.to_owned()]).await?;
        let others = rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
        Ok(RulesView { funds: std::iter::once(GENERAL_FUND.to_owned()).chain(others).collect() })
    }

    pub(super) async fn fund_names(&mut self, community: CommunityId) -> Result<Vec<String>, StoreError> {
        let rows = self.writer.rows("SELECT name FROM fund WHERE community_id = $1 ORDER BY name", binds![community]).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    async fn ledger_target(&mut self, scope: &Scope, named: &Named) -> Result<Target, StoreError> {
        Ok(match self.target(scope, named).await? {
            people::Target::Nobody => Target::Nobody,
            people::Target::Oneself => Target::Oneself,
            people::Target::Bot => Target::Bot,
            people::Target::Person(person) => Target::Person(TargetPerson { id: person.id, ledger: person.ledger }),
        })
    }
}
