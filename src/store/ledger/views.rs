//! What the decisions about credits need to know.

use crate::{
    binds,
    domain::{
        hear::Named,
        ids::{CommunityId, LedgerAccountId, PersonId},
        ledger::{
            Attended, CreditsView, FundView, GENERAL_FUND, GiveView, IssueArgs, IssueView, Party, Receivers, SOLIDARITY_FUND, Target,
            TargetPerson, issue::RECEIVERS_MAX, rule_settings::RulesView,
        },
        people,
        scope::{Person, Scope},
        session::{SessionKind, SessionRef, SessionState},
        time::Timestamp,
    },
};

use super::{Store, StoreError};
use crate::store::session::{day_start, month_start};

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
    pub async fn give_view(&mut self, scope: &Scope, giver: &Person, to: &Named, now: Timestamp) -> Result<GiveView, StoreError> {
        let target = self.ledger_target(scope, to).await?;
        let meant = match target {
            Target::Person(person) => Some(person.id),
            Target::Nobody | Target::Oneself | Target::Bot => None,
        };
        let room_credits = match target {
            Target::Person(person) => self.gift_room(giver.community, person.ledger, now).await?,
            Target::Nobody | Target::Oneself | Target::Bot => None,
        };
        let most = scope.community.as_ref().and_then(|community| community.credits.gifts_day_max);
        let zone = scope.community.as_ref().map_or(scope.zone, |community| community.zone);
        Ok(GiveView {
            balance_credits: self.ledger_balance(giver.ledger).await?.unwrap_or(0),
            room_credits,
            listed_reasons_only: match target {
                Target::Person(person) => self.person(person.id).await?.is_some_and(|person| !person.free_reasons),
                Target::Nobody | Target::Oneself | Target::Bot => false,
            },
            gifts_today: match most {
                Some(most) => self.gifts_since(giver.ledger, day_start(now, zone), most).await?,
                None => 0,
            },
            coordinators: if room_credits.is_some() { self.coordinators_of(giver.community).await? } else { Vec::new() },
            target,
            declined: self.declines(meant, giver.id).await?,
            next_number: self.next_transfer(giver.community).await?,
        })
    }

    /// What `/issue` decides on.
    pub async fn issue_view(&mut self, scope: &Scope, community: CommunityId, args: &IssueArgs) -> Result<IssueView, StoreError> {
        let mut attended = Attended::None;
        let targets = match &args.to {
            Receivers::Attendees(number) => {
                let (state, targets) = self.who_came(community, *number).await?;
                attended = state;
                targets
            }
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
        Ok(IssueView { targets, attended, fund, funds, next_number: self.next_transfer(community).await? })
    }

    /// Who came to the session of a number, as far as that may be told.
    async fn who_came(&mut self, community: CommunityId, number: i64) -> Result<(Attended, Vec<Target>), StoreError> {
        let session = self.session(community, SessionRef::Number(number)).await?;
        let Some(session) = session.filter(|session| session.kind != SessionKind::Listening) else {
            return Ok((Attended::None, Vec::new()));
        };
        match session.state {
            SessionState::Cancelled | SessionState::Unmarked => return Ok((Attended::None, Vec::new())),
            SessionState::Open => return Ok((Attended::NotMarked, Vec::new())),
            SessionState::Marked => {}
        }
        let sql = "SELECT p.id, p.ledger_id FROM booking AS b JOIN person AS p ON p.id = b.person_id \
                   WHERE b.session_id = $1 AND b.state = 4 AND p.left_at IS NULL ORDER BY p.id";
        let rows = self.writer.rows(sql, binds![session.id]).await?;
        let targets = rows.iter().map(|row| Ok(Target::Person(TargetPerson { id: row.id(0)?, ledger: row.id(1)? })));
        Ok((Attended::Marked, targets.collect::<Result<_, StoreError>>()?))
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

    /// What somebody earned by holding sessions since an instant; what a coordinator accepted on top does not count.
    pub async fn earned_since(&mut self, community: CommunityId, ledger: LedgerAccountId, since: Timestamp) -> Result<i64, StoreError> {
        let sql = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM transfer WHERE at >= $2 AND kind IN (6, 7) \
                   AND from_account <> $3 AND to_account IN \
                   (SELECT $1 UNION SELECT m.ledger_id FROM person AS m JOIN person AS p ON p.id = m.merged_into WHERE p.ledger_id = $1)";
        let waiting = Party::WaitingGifts.account(community);
        self.writer.row(sql, binds![ledger, since, waiting]).await?.map_or(Ok(0), |row| row.int(0))
    }

    /// What an account may still receive in gifts this calendar month; `None` where the community has no such limit.
    pub(super) async fn gift_room(
        &mut self,
        community: CommunityId,
        ledger: LedgerAccountId,
        now: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        let Some(of) = self.community(community).await? else { return Ok(None) };
        let Some(most) = of.credits.received_month_credits else { return Ok(None) };
        let since = month_start(now, of.zone);
        let mut received = 0_i64;
        for ledger in self.ledgers_with(ledger).await? {
            received = received.saturating_add(self.received_since(ledger, since).await?);
        }
        Ok(Some(most.saturating_sub(received).max(0)))
    }

    /// Newest first until they are too old, so that a long history costs no more than a short one. What waited before it came
    /// counts like any other: else a limit could be passed by gifts to a name that is not there.
    async fn received_since(&mut self, ledger: LedgerAccountId, since: Timestamp) -> Result<i64, StoreError> {
        let sql = "SELECT t.number, t.at, t.amount, r.number FROM transfer AS t LEFT JOIN transfer AS r ON r.reverses = t.id \
                   WHERE t.to_account = $1 AND t.number < $2 AND t.kind = 2 ORDER BY t.number DESC LIMIT 100";
        let (mut before, mut received) = (i64::MAX, 0_i64);
        loop {
            let rows = self.writer.rows(sql, binds![ledger, before]).await?;
            for row in &rows {
                before = row.int(0)?;
                if row.instant(1)? < since {
                    return Ok(received);
                }
                received = received.saturating_add(if row.opt_int(3)?.is_none() { row.int(2)? } else { 0 });
            }
            if rows.is_empty() {
                return Ok(received);
            }
        }
    }

    /// An account, and those that became a part of it when somebody linked theirs: a limit is a person's.
    async fn ledgers_with(&mut self, ledger: LedgerAccountId) -> Result<Vec<LedgerAccountId>, StoreError> {
        let sql = "SELECT m.ledger_id FROM person AS p JOIN person AS m ON m.merged_into = p.id WHERE p.ledger_id = $1";
        let rows = self.writer.rows(sql, binds![ledger]).await?;
        let merged = rows.iter().map(|row| row.id(0));
        std::iter::once(Ok(ledger)).chain(merged).collect()
    }

    /// How many gifts a person made since an instant and did not take back; of each of their accounts `most` at most.
    async fn gifts_since(&mut self, ledger: LedgerAccountId, since: Timestamp, most: i64) -> Result<i64, StoreError> {
        let sql = "SELECT t.at FROM transfer AS t LEFT JOIN transfer AS r ON r.reverses = t.id \
                   WHERE t.from_account = $1 AND t.kind = 2 AND r.id IS NULL ORDER BY t.number DESC LIMIT $2";
        let mut count = 0;
        for ledger in self.ledgers_with(ledger).await? {
            for row in self.writer.rows(sql, binds![ledger, most]).await? {
                count += i64::from(row.instant(0)? >= since);
            }
        }
        Ok(count)
    }

    /// Who decides in a community.
    pub(super) async fn coordinators_of(&mut self, community: CommunityId) -> Result<Vec<PersonId>, StoreError> {
        let sql = "SELECT id FROM person WHERE community_id = $1 AND coordinator = 1 AND left_at IS NULL ORDER BY id";
        let rows = self.writer.rows(sql, binds![community]).await?;
        rows.iter().map(|row| row.id(0)).collect()
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
