//! What happened in a month: sessions and seats, and of people only how often and how many, without who.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        dates::Month,
        ids::{CommunityId, PersonId},
        people::Purpose,
        scope::{Person, Role},
        session::{
            BookingState, SessionKind,
            figures::{Count, Figures, FiguresView, JOINED_DAYS, Keep},
        },
        time::{Timestamp, Zone},
    },
    store::{Store, StoreError, sql::Insert},
    vault::Field,
};

static FIGURES: Insert = Insert {
    into: "month_figures (community_id, month, figures_sealed)",
    columns: 3,
    conflict: "ON CONFLICT (community_id, month) DO NOTHING",
};

impl Store {
    /// The figures of a month of a community: as they were first read, else as they are now.
    pub async fn figures(&mut self, community: CommunityId, month: Month, zone: Zone) -> Result<FiguresView, StoreError> {
        let sql = "SELECT figures_sealed FROM month_figures WHERE community_id = $1 AND month = $2";
        if let Some(row) = self.writer.row(sql, binds![community, month.written()]).await? {
            let kept = self.open_json(community, &figures_field(&key(community, month)), &row.bytes(0)?)?;
            return Ok(FiguresView { figures: kept.unwrap_or_default(), is_first: false });
        }
        let (from, to) = month.bounds(zone);
        let sql = "SELECT 1 FROM session WHERE community_id = $1 AND starts_at >= $2 AND starts_at < $3 LIMIT 1";
        let is_first = self.writer.row(sql, binds![community, from, to]).await?.is_some();
        Ok(FiguresView { figures: self.count_month(community, (from, to)).await?, is_first })
    }

    pub(super) fn keep_figures(&mut self, keep: Keep) -> Result<(), StoreError> {
        let sealed = self.seal_json(keep.community, &figures_field(&key(keep.community, keep.month)), &keep.figures)?;
        self.writer.insert(&FIGURES, binds![keep.community, keep.month.written(), sealed]);
        Ok(())
    }

    async fn count_month(&mut self, community: CommunityId, (from, to): (Timestamp, Timestamp)) -> Result<Figures, StoreError> {
        let listening = SessionKind::Listening.code();
        let sql = "SELECT CAST(COALESCE(SUM(CASE WHEN state IN (2, 3) THEN 1 ELSE 0 END), 0) AS BIGINT), \
                   CAST(COALESCE(SUM(CASE WHEN state = 1 THEN 1 ELSE 0 END), 0) AS BIGINT), \
                   CAST(COALESCE(SUM(CASE WHEN state IN (2, 3) THEN seats ELSE 0 END), 0) AS BIGINT) \
                   FROM session WHERE community_id = $1 AND starts_at >= $2 AND starts_at < $3 AND kind <> $4";
        let mut figures = Figures::default();
        if let Some(row) = self.writer.row(sql, binds![community, from, to, listening]).await? {
            (figures.held, figures.cancelled, figures.seats) = (row.int(0)?, row.int(1)?, row.int(2)?);
        }
        let sql = "SELECT b.person_id, s.kind, b.state, COUNT(*) FROM session AS s JOIN booking AS b ON b.session_id = s.id \
                   WHERE s.community_id = $1 AND s.starts_at >= $2 AND s.starts_at < $3 AND s.state IN (2, 3) AND b.state IN (4, 5, 6) \
                   GROUP BY b.person_id, s.kind, b.state";
        let rows = self.writer.rows(sql, binds![community, from, to]).await?;
        let joined = to.minus(TimeDelta::days(JOINED_DAYS));
        let mut counted: BTreeMap<PersonId, bool> = BTreeMap::new();
        let (mut times, mut people) = ([0; 4], [const { BTreeSet::<PersonId>::new() }; 4]);
        for row in rows {
            let id: PersonId = row.id(0)?;
            let counts = match counted.get(&id) {
                Some(counts) => *counts,
                None => {
                    let counts = self.person(id).await?.is_some_and(|person| may_be_counted(&person, joined));
                    counted.insert(id, counts);
                    counts
                }
            };
            if !counts {
                continue;
            }
            let n = match (row.int(1)? == listening, BookingState::from_code(row.int(2)?)) {
                (true, Some(BookingState::Attended)) => 0,
                (false, Some(BookingState::Attended)) => 1,
                (false, Some(BookingState::Absent)) => 2,
                (false, Some(BookingState::Lapsed)) => 3,
                _ => continue,
            };
            times[n] += row.int(3)?;
            // Who came to sessions of two kinds is one person.
            people[n].insert(id);
        }
        let count = |n: usize| Count { times: times[n], people: people[n].len() };
        [figures.listened, figures.came, figures.absent, figures.waited] = [0, 1, 2, 3].map(count);
        Ok(figures)
    }
}

/// Who agreed to be counted, is no staff, and is not new.
fn may_be_counted(person: &Person, joined: Timestamp) -> bool {
    let staff = person.highest_role() >= Some(Role::Facilitator);
    let long_here = person.memberships.iter().any(|membership| membership.since <= joined);
    !staff && long_here && person.consents.given(Purpose::Figures)
}

fn key(community: CommunityId, month: Month) -> Vec<u8> {
    [community.bytes(), month.written().into_bytes()].concat()
}

fn figures_field(row: &[u8]) -> Field<'_> {
    Field { table: "month_figures", column: "figures", row }
}
