//! What coordinators see of the ledger: the movements that tell nobody's affairs, and sums of the rest.

use std::collections::HashMap;

use crate::{
    binds,
    domain::{
        dates::Month,
        ids::{CommunityId, LedgerAccountId, PersonId},
        ledger::{
            Kind, Party, SOLIDARITY_FUND,
            category::LISTENING,
            figures::{FiguresView, Sum},
            journal::{Entry, Filter, JournalView, What},
        },
        session::SessionKind,
        time::{Timestamp, Zone},
    },
};

use super::{Store, StoreError};
use crate::store::sql::Row;

/// Issues, what funds give, gifts without whom they reached, rewards, corrections. A fund that is looked for brings no gift:
/// one that somebody would not take goes to solidarity. Nothing about listening, not even as a category, about seats, or that solidarity pays.
const SELECT: &str = "\
    SELECT t.number, t.at, t.amount, t.kind, f.kind, g.kind, ff.name, tf.name, t.from_account, t.to_account, s.number, o.number, \
           CASE WHEN t.kind = 1 AND t.category <> $9 THEN t.category END \
    FROM transfer AS t JOIN ledger_account AS f ON f.id = t.from_account JOIN ledger_account AS g ON g.id = t.to_account \
    LEFT JOIN fund AS ff ON ff.account_id = t.from_account LEFT JOIN fund AS tf ON tf.account_id = t.to_account \
    LEFT JOIN session AS s ON s.id = t.session_id LEFT JOIN transfer AS o ON o.id = t.reverses \
    LEFT JOIN session AS os ON os.id = o.session_id \
    WHERE t.community_id = $1 AND t.number <= $2 AND t.at >= $3 AND t.at < $4 \
      AND ($5 IS NULL OR t.from_account = $5 OR t.to_account = $5) AND COALESCE(s.kind, 0) <> 1 AND COALESCE(os.kind, 0) <> 1 \
      AND ($8 IS NULL OR (t.kind = 1 AND t.category = $8 AND t.category <> $9)) \
      AND ((t.kind = 0 AND (tf.name <> $6 OR (t.session_id IS NULL AND t.by_person IS NOT NULL))) \
        OR (t.kind = 1 AND f.kind = 1) \
        OR (t.kind = 2 AND f.kind = 2 AND $5 IS NULL) \
        OR (t.kind = 3 AND tf.name <> $6) \
        OR (t.kind = 6 AND f.kind = 1) \
        OR (t.kind = 8 AND ($5 IS NULL OR o.kind <> 2)) \
        OR (t.kind = 9 AND g.kind = 0)) \
    ORDER BY t.number DESC LIMIT $7";

/// Sums of a month, by what the transfers are: kinds of the transfer, of both accounts and of the session. What solidarity
/// lacked is issued to it by itself, and would tell how often it paid.
const SUMS: &str = "\
    SELECT t.kind, f.kind, g.kind, COALESCE(s.kind, 0), CASE WHEN f.kind = 1 THEN t.from_account END, COUNT(*), CAST(SUM(t.amount) AS BIGINT) FROM transfer AS t \
    JOIN ledger_account AS f ON f.id = t.from_account JOIN ledger_account AS g ON g.id = t.to_account \
    LEFT JOIN session AS s ON s.id = t.session_id \
    WHERE t.community_id = $1 AND t.at >= $2 AND t.at < $3 AND t.kind IN (0, 1, 2, 4, 6) \
      AND (t.kind <> 0 OR (t.session_id IS NULL AND t.by_person IS NOT NULL)) \
    GROUP BY t.kind, f.kind, g.kind, COALESCE(s.kind, 0), CASE WHEN f.kind = 1 THEN t.from_account END";

/// The seats of a month by the session's kind, each counted once: how many were paid in two parts, or by solidarity whole,
/// would tell how often somebody had too little.
const SEATS: &str = "\
    SELECT s.kind, COUNT(*), CAST(SUM(b.credits) AS BIGINT) FROM \
      (SELECT t.session_id, SUM(t.amount) AS credits FROM transfer AS t \
       WHERE t.community_id = $1 AND t.at >= $2 AND t.at < $3 AND t.kind = 4 GROUP BY t.session_id, t.by_person, t.at) AS b \
    JOIN session AS s ON s.id = b.session_id GROUP BY s.kind";

const RECIPROCAL: &str = "\
    SELECT COUNT(*) FROM booking AS b JOIN session AS s ON s.id = b.session_id \
    WHERE s.community_id = $1 AND s.starts_at >= $2 AND s.starts_at < $3 AND s.kind <> 1 AND b.state = 4 AND EXISTS \
      (SELECT 1 FROM booking AS c JOIN session AS r ON r.id = c.session_id WHERE c.person_id = s.host_id AND r.host_id = b.person_id \
       AND c.state = 4 AND r.kind <> 1 AND r.starts_at >= $2 AND r.starts_at < $3)";

const PASSED_ON: &str = "\
    SELECT COUNT(*) FROM transfer AS t JOIN ledger_account AS f ON f.id = t.from_account \
    WHERE t.community_id = $1 AND t.at >= $2 AND t.at < $3 AND t.kind = 2 AND f.kind = 2 AND EXISTS \
      (SELECT 1 FROM transfer AS r WHERE r.to_account = t.from_account AND r.kind = 2 AND r.number < t.number AND r.at >= t.at - $4)";

const GIVEN_BEFORE: &str = "\
    SELECT COUNT(*) FROM transfer AS t JOIN person AS p ON p.id = t.by_person \
    WHERE t.community_id = $1 AND t.at >= $2 AND t.at < $3 AND t.kind = 4 AND t.from_account = $4 AND EXISTS \
      (SELECT 1 FROM transfer AS r WHERE r.from_account = p.ledger_id AND r.kind = 2 AND r.number < t.number AND r.at >= t.at - $5)";

const DAY_MICROS: i64 = 24 * 3600 * 1_000_000;

impl Store {
    /// At most `rows` movements that coordinators see, from this number down.
    pub async fn journal_view(
        &mut self,
        community: CommunityId,
        zone: Zone,
        filter: &Filter,
        from: Option<i64>,
        rows: usize,
    ) -> Result<JournalView, StoreError> {
        let ever = (Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX));
        let (since, before) = filter.month.map_or(ever, |month| month.bounds(zone));
        let fund = filter.fund.as_ref().map(|name| Party::Fund(name.clone()).account(community));
        let limit = i64::try_from(rows).unwrap_or(i64::MAX);
        let binds = binds![community, from.unwrap_or(i64::MAX), since, before, fund, SOLIDARITY_FUND, limit, filter.category, LISTENING];
        let mut aliases = HashMap::new();
        let mut entries = Vec::new();
        for row in self.writer.rows(SELECT, binds).await? {
            entries.push(self.entry(&row, &mut aliases).await?);
        }
        Ok(JournalView { entries })
    }

    async fn entry(&mut self, row: &Row, aliases: &mut HashMap<LedgerAccountId, Option<String>>) -> Result<Entry, StoreError> {
        let kind = Kind::from_code(row.int(3)?).ok_or(StoreError::Corrupt("a transfer's kind"))?;
        let to_kind = row.int(5)?;
        let fund = |n: usize| Ok::<_, StoreError>(row.opt_text(n)?.unwrap_or_default());
        let what = match kind {
            Kind::Issue => What::Issued(fund(7)?),
            Kind::Grant if to_kind == 1 => What::GrantToSolidarity(fund(6)?),
            Kind::Grant if to_kind == 2 => What::Granted(fund(6)?, self.alias_at(row.id(9)?, aliases).await?),
            Kind::Grant => What::GrantWaits(fund(6)?),
            Kind::GiftReturn => What::CameBack(fund(7)?),
            Kind::Gift => What::Given(self.alias_at(row.id(8)?, aliases).await?),
            Kind::Attendance if to_kind == 4 => What::RewardWaits(fund(6)?, row.opt_int(10)?.unwrap_or_default()),
            Kind::Attendance => What::Rewarded(fund(6)?, self.alias_at(row.id(9)?, aliases).await?, row.opt_int(10)?.unwrap_or_default()),
            Kind::Reversal => What::Corrected(row.opt_int(11)?.unwrap_or_default()),
            Kind::Closing => What::Closed(fund(6)?),
            Kind::Booking | Kind::Refund | Kind::Late => return Err(StoreError::Corrupt("a movement that nobody is to see")),
        };
        Ok(Entry { number: row.int(0)?, at: row.instant(1)?, amount_credits: row.int(2)?, what, category: row.opt_int(12)? })
    }

    /// The alias of who has a ledger account now; `None` where nobody has.
    async fn alias_at(
        &mut self,
        ledger: LedgerAccountId,
        aliases: &mut HashMap<LedgerAccountId, Option<String>>,
    ) -> Result<Option<String>, StoreError> {
        if let Some(known) = aliases.get(&ledger) {
            return Ok(known.clone());
        }
        let row = self.writer.row("SELECT id FROM person WHERE ledger_id = $1", binds![ledger]).await?;
        let alias = match row.map(|row| row.id::<PersonId>(0)).transpose()? {
            Some(person) => {
                let person = self.who_is_now(person).await?;
                self.person(person).await?.map(|person| person.alias)
            }
            None => None,
        };
        aliases.insert(ledger, alias.clone());
        Ok(alias)
    }

    /// The figures of a month.
    pub async fn figures_view(&mut self, community: CommunityId, zone: Zone, month: Month) -> Result<FiguresView, StoreError> {
        let (since, before) = month.bounds(zone);
        let solidarity = Party::Fund(SOLIDARITY_FUND.to_owned()).account(community);
        let mut view = FiguresView::default();
        for row in self.writer.rows(SUMS, binds![community, since, before]).await? {
            let (kind, from_kind, to_kind) = (Kind::from_code(row.int(0)?), row.int(1)?, row.int(2)?);
            let sum = Sum { count: row.int(5)?, credits: row.int(6)? };
            let is_listening = row.int(3)? == SessionKind::Listening.code();
            if kind == Some(Kind::Booking) && row.opt_id::<LedgerAccountId>(4)? == Some(solidarity) {
                add(&mut view.solidarity, sum);
            }
            let place = match (kind, from_kind, to_kind) {
                _ if is_listening => continue,
                (Some(Kind::Issue), ..) => &mut view.issued,
                (Some(Kind::Grant), 1, 2 | 4) => &mut view.granted,
                (Some(Kind::Gift), 2, _) => &mut view.gifts,
                (Some(Kind::Attendance), _, 2) => &mut view.hosts,
                _ => continue,
            };
            add(place, sum);
        }
        for row in self.writer.rows(SEATS, binds![community, since, before]).await? {
            let sum = Sum { count: row.int(1)?, credits: row.int(2)? };
            add(if row.int(0)? == SessionKind::Listening.code() { &mut view.listening } else { &mut view.seats }, sum);
        }
        view.reciprocal = self.how_often(RECIPROCAL, binds![community, since, before]).await?;
        view.passed_on = self.how_often(PASSED_ON, binds![community, since, before, DAY_MICROS]).await?;
        view.given_before = self.how_often(GIVEN_BEFORE, binds![community, since, before, solidarity, 7 * DAY_MICROS]).await?;
        Ok(view)
    }

    async fn how_often(&mut self, sql: &'static str, binds: Vec<crate::store::sql::Bind>) -> Result<i64, StoreError> {
        self.writer.row(sql, binds).await?.map_or(Ok(0), |row| row.int(0))
    }
}

fn add(sum: &mut Sum, more: Sum) {
    sum.count = sum.count.saturating_add(more.count);
    sum.credits = sum.credits.saturating_add(more.credits);
}
