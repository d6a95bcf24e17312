//! Series and the seats that are kept in them.

use chrono::NaiveDateTime;

use crate::{
    binds,
    domain::{
        ids::{GroupId, PersonId, SeriesId},
        scope::{Person, Role},
        session::{
            Roll, Session, SessionRef,
            series::{Change, Instance, Kept, Regular, Rule, Series, SeriesView, Template, ask::AskView},
        },
        time::{Timestamp, Zone},
    },
    store::{
        Store, StoreError,
        sql::{Insert, Row},
    },
    vault::Field,
};

use super::rows;

static SERIES: Insert = Insert {
    into: "series (id, community_id, group_id, rule, first_wall, zone, made_until, created_at, ended_at, template_sealed)",
    columns: 10,
    conflict: "ON CONFLICT (id) DO UPDATE SET first_wall = excluded.first_wall, made_until = excluded.made_until, ended_at = excluded.ended_at, \
               template_sealed = excluded.template_sealed",
};

static STANDING: Insert =
    Insert { into: "standing (series_id, person_id, since)", columns: 3, conflict: "ON CONFLICT (series_id, person_id) DO NOTHING" };

const WALL: &str = "%Y-%m-%dT%H:%M:%S";

impl Store {
    pub(in crate::store) async fn apply_series(&mut self, change: Change) -> Result<(), StoreError> {
        match change {
            Change::Series(series) => self.write_series(&series),
            Change::Belongs(session, series) => {
                self.writer.run("UPDATE session SET series_id = $1 WHERE id = $2", binds![series, session]).await.map(drop)
            }
            Change::Keeps(series, person, since) => {
                let key = [series.bytes(), person.bytes()].concat();
                self.writer.upsert(&STANDING, key, binds![series, person, since]);
                Ok(())
            }
            Change::KeepsNot(series, person) => {
                let sql = "DELETE FROM standing WHERE series_id = $1 AND person_id = $2";
                self.writer.run(sql, binds![series, person]).await.map(drop)
            }
        }
    }

    fn write_series(&mut self, series: &Series) -> Result<(), StoreError> {
        let sealed = self.seal_json(series.community, &template_field(&series.id.bytes()), &series.template)?;
        let wall = |wall: NaiveDateTime| wall.format(WALL).to_string();
        let mut row = binds![series.id, series.community, series.group, series.rule.text(), wall(series.first), series.zone.name()];
        row.extend(binds![wall(series.made_until), series.created, series.ended.map(|at| at.micros()), sealed]);
        self.writer.upsert(&SERIES, series.id.bytes(), row);
        Ok(())
    }

    /// A series; `None` where it is not there, or its community's key is destroyed.
    async fn series(&mut self, id: SeriesId) -> Result<Option<Series>, StoreError> {
        let sql = "SELECT id, community_id, group_id, rule, first_wall, zone, made_until, created_at, ended_at, template_sealed \
                   FROM series WHERE id = $1";
        let row = self.writer.row(sql, binds![id]).await?;
        Ok(row.map(|row| self.read_series(&row)).transpose()?.flatten())
    }

    fn read_series(&self, row: &Row) -> Result<Option<Series>, StoreError> {
        let (id, community) = (row.id::<SeriesId>(0)?, row.id(1)?);
        let template: Option<Template> = self.open_json(community, &template_field(&id.bytes()), &row.bytes(9)?)?;
        let Some(template) = template else { return Ok(None) };
        let wall = |n: usize| -> Result<NaiveDateTime, StoreError> {
            NaiveDateTime::parse_from_str(&row.text(n)?, WALL).map_err(|_| StoreError::Corrupt("a series' wall time"))
        };
        Ok(Some(Series {
            id,
            community,
            group: row.id(2)?,
            rule: Rule::from_text(&row.text(3)?).ok_or(StoreError::Corrupt("a series' rule"))?,
            first: wall(4)?,
            zone: row.text(5)?.parse::<Zone>().map_err(|_| StoreError::Corrupt("a series' zone"))?,
            made_until: wall(6)?,
            template,
            created: row.instant(7)?,
            ended: row.opt_instant(8)?,
        }))
    }

    /// What the series of a session is to a person.
    pub(super) async fn series_kept(&mut self, session: Option<&Session>, person: PersonId) -> Result<Option<Kept>, StoreError> {
        let Some(id) = session.and_then(|session| session.series) else { return Ok(None) };
        let Some(series) = self.series(id).await? else { return Ok(None) };
        let sql = "SELECT COUNT(*) FROM standing WHERE series_id = $1 AND person_id = $2";
        let keeps = self.writer.row(sql, binds![id, person]).await?.map_or(Ok(0), |row| row.int(0))? > 0;
        Ok(Some(Kept { series, keeps }))
    }

    /// The series in which a person keeps a seat, each with its next session, or between two dates with its last.
    pub(super) async fn kept_by(&mut self, person: PersonId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        let rows = self.writer.rows(rows::KEPT_BY, binds![person, now]).await?;
        let mut sessions: Vec<Session> = Vec::new();
        for session in self.read_sessions(&rows)? {
            // Soonest first: the first of each series.
            if !sessions.iter().any(|known| known.series == session.series) {
                sessions.push(session);
            }
        }
        let sql = "SELECT k.series_id FROM standing AS k JOIN series AS r ON r.id = k.series_id \
                   WHERE k.person_id = $1 AND r.ended_at IS NULL ORDER BY k.since, k.series_id";
        for row in self.writer.rows(sql, binds![person]).await? {
            let id: SeriesId = row.id(0)?;
            let between = !sessions.iter().any(|known| known.series == Some(id));
            if between && self.series(id).await?.is_some_and(|series| series.goes_on()) {
                let newest = self.writer.rows(rows::NEWEST_OF_SERIES, binds![id]).await?;
                sessions.extend(self.read_sessions(&newest)?);
            }
        }
        Ok(sessions)
    }

    /// A session is one date of a series that has later ones, or will have.
    pub(super) async fn is_followed(&mut self, session: &Session, now: Timestamp) -> Result<bool, StoreError> {
        let Some(id) = session.series else { return Ok(false) };
        let Some(series) = self.series(id).await?.filter(|series| series.ended.is_none()) else { return Ok(false) };
        if series.goes_on() {
            return Ok(true);
        }
        let sql = "SELECT 1 FROM session WHERE series_id = $1 AND state = 0 AND starts_at > $2 LIMIT 1";
        Ok(self.writer.row(sql, binds![id, session.starts.max(now)]).await?.is_some())
    }

    /// What making the next sessions of a series decides on.
    pub async fn series_view(&mut self, id: SeriesId, now: Timestamp) -> Result<Option<SeriesView>, StoreError> {
        let Some(series) = self.series(id).await? else { return Ok(None) };
        let newest = self.writer.rows(rows::NEWEST_OF_SERIES, binds![id]).await?;
        let newest = self.read_sessions(&newest)?.into_iter().next();
        let host = match &newest {
            Some(session) => self.person(session.host).await?.filter(|host| host.role_in(series.group) >= Some(Role::Supporter)),
            None => None,
        };
        let regulars = self.regulars(&series, host.as_ref().map(|host| host.id)).await?;
        let money = match newest {
            Some(session) => {
                let roll = Roll { session, bookings: vec![], apart: vec![] };
                self.money_of(Some(&roll), now).await?
            }
            None => super::views::NO_MONEY,
        };
        let Some(community) = self.community(series.community).await? else { return Ok(None) };
        let (floor_credits, late, first_free) = (community.floor_credits, community.late(), community.credits.first_free);
        let staff = if host.is_none() { self.staff_of(series.group).await? } else { vec![] };
        let next_number = self.next_session(series.community).await?;
        Ok(Some(SeriesView { series, host, next_number, money, floor_credits, late, first_free, regulars, staff }))
    }

    /// Those who keep a seat and are still members, in their order.
    async fn regulars(&mut self, series: &Series, host: Option<PersonId>) -> Result<Vec<Regular>, StoreError> {
        let sql = "SELECT person_id FROM standing WHERE series_id = $1 ORDER BY since, person_id";
        let rows = self.writer.rows(sql, binds![series.id]).await?;
        let ids = rows.iter().map(|row| row.id(0)).collect::<Result<Vec<PersonId>, _>>()?;
        let apart = match host {
            Some(host) => self.apart_from(host, &ids).await?,
            None => vec![],
        };
        let mut regulars = Vec::new();
        for id in ids {
            let Some(person) = self.person(id).await?.filter(|person| person.role_in(series.group).is_some()) else { continue };
            let balance_credits = self.ledger_balance(person.ledger).await?.unwrap_or(0);
            let (apart, visited) = (apart.contains(&id), self.has_visited(id).await?);
            regulars.push(Regular {
                person: id,
                ledger: person.ledger,
                balance_credits,
                paused_until: person.paused_until,
                apart,
                visited,
            });
        }
        Ok(regulars)
    }

    /// What `/series` decides on.
    pub async fn series_ask_view(&mut self, person: &Person, meant: SessionRef, now: Timestamp) -> Result<AskView, StoreError> {
        let found = self.roll_of(person, meant).await?;
        let money = self.money_of(found.as_ref(), now).await?;
        let series = match found.as_ref().and_then(|roll| roll.session.series) {
            Some(id) => self.series_view(id, now).await?,
            None => None,
        };
        let instances = match &series {
            Some(view) => self.instances(view.series.id, now).await?,
            None => vec![],
        };
        let next_number = self.next_session(person.community).await?;
        Ok(AskView { found, series, instances, next_number, money })
    }

    /// The sessions of a series to come.
    async fn instances(&mut self, series: SeriesId, now: Timestamp) -> Result<Vec<Instance>, StoreError> {
        let rows = self.writer.rows(rows::TO_COME_OF_SERIES, binds![series, now]).await?;
        let mut instances = Vec::new();
        for session in self.read_sessions(&rows)? {
            let roll = self.roll(session, None).await?;
            let money = self.money_of(Some(&roll), now).await?;
            instances.push((roll, money));
        }
        Ok(instances)
    }

    /// Seats that are kept go with who keeps them, in both becoming one.
    pub(in crate::store) async fn move_standing(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        let twice = "DELETE FROM standing WHERE person_id = $1 AND series_id IN (SELECT series_id FROM standing WHERE person_id = $2)";
        self.writer.run(twice, binds![from, to]).await?;
        self.writer.run("UPDATE standing SET person_id = $1 WHERE person_id = $2", binds![to, from]).await.map(drop)
    }

    /// A person keeps no seats in a group any more.
    pub(in crate::store) async fn keep_nothing_in(&mut self, person: PersonId, group: GroupId) -> Result<(), StoreError> {
        let sql = "DELETE FROM standing WHERE person_id = $1 AND series_id IN (SELECT id FROM series WHERE group_id = $2)";
        self.writer.run(sql, binds![person, group]).await.map(drop)
    }

    /// The titles of the series in which a person keeps a seat.
    pub(in crate::store) async fn kept_titles(&mut self, person: PersonId) -> Result<Vec<String>, StoreError> {
        let rows = self.writer.rows("SELECT series_id FROM standing WHERE person_id = $1 ORDER BY since", binds![person]).await?;
        let ids = rows.iter().map(|row| row.id(0)).collect::<Result<Vec<SeriesId>, _>>()?;
        let mut titles = Vec::new();
        for id in ids {
            titles.extend(self.series(id).await?.map(|series| series.template.title().to_owned()));
        }
        Ok(titles)
    }
}

fn template_field(row: &[u8]) -> Field<'_> {
    Field { table: "series", column: "template", row }
}
