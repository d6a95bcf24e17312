//! What happened in a month: sessions and seats, and of people only how often and how many, without who.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        ids::{CommunityId, PersonId},
        people::Purpose,
        scope::{Person, Role},
        session::{
            BookingState, SessionKind,
            figures::{Count, Figures, JOINED_DAYS, Month},
        },
        time::{Timestamp, Zone},
    },
    store::{Store, StoreError},
};

impl Store {
    /// The figures of a month of a community.
    pub async fn figures(&mut self, community: CommunityId, month: Month, zone: Zone) -> Result<Figures, StoreError> {
        let (from, to) = month.instants(zone);
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
            let of = match (row.int(1)? == listening, BookingState::from_code(row.int(2)?)) {
                (true, Some(BookingState::Attended)) => &mut figures.listened,
                (false, Some(BookingState::Attended)) => &mut figures.came,
                (false, Some(BookingState::Absent)) => &mut figures.absent,
                (false, Some(BookingState::Lapsed)) => &mut figures.waited,
                _ => continue,
            };
            *of = Count { times: of.times + row.int(3)?, people: of.people + 1 };
        }
        Ok(figures)
    }
}

/// Who agreed to be counted, is no staff, and is not new.
fn may_be_counted(person: &Person, joined: Timestamp) -> bool {
    let staff = person.highest_role() >= Some(Role::Facilitator);
    let long_here = person.memberships.iter().any(|membership| membership.since <= joined);
    !staff && long_here && person.consents.given(Purpose::Figures)
}
