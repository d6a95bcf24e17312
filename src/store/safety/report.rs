//! What was told to staff: sealed under the community's key, and who told it under their own.

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        hear::Named,
        ids::{AccountId, CommunityId, GroupId, PersonId, ReportId},
        people::alias,
        safety::report::{Case, Change, KEPT_DAYS, LONGEST_DAYS, Report, ReportArgs, ReportView, ReportWakeView, Staff, State, Told},
        scope::Scope,
        time::Timestamp,
        words::split_words,
    },
    store::{
        Store, StoreError,
        people::Meant,
        sql::{Insert, Row},
    },
    vault::Field,
};

static REPORT: Insert = Insert {
    into: "report (id, community_id, group_id, number, reporter_id, reporter_sealed, shown, case_sealed, state, taker_id, opened_at, at, \
           closed_at)",
    columns: 13,
    conflict: "ON CONFLICT (id) DO UPDATE SET shown = excluded.shown, case_sealed = excluded.case_sealed, state = excluded.state, \
               taker_id = excluded.taker_id, opened_at = excluded.opened_at, closed_at = excluded.closed_at",
};

/// The columns that [`Store::read_report`] reads, in its order.
macro_rules! select_report {
    ($rest:literal) => {
        concat!(
            "SELECT id, community_id, group_id, number, reporter_id, reporter_sealed, shown, case_sealed, state, taker_id, opened_at, \
             at, closed_at FROM report ",
            $rest
        )
    };
}

/// What an account told.
pub(super) const OF_REPORTER: &str = select_report!("WHERE reporter_id = $1 ORDER BY at, id");

impl Store {
    /// What `/report` decides on.
    pub async fn report_view(&mut self, scope: &Scope, args: &ReportArgs, now: Timestamp) -> Result<ReportView, StoreError> {
        let found = match args {
            ReportArgs::About(id, _) | ReportArgs::Add(id, _) => self.report(*id).await?,
            ReportArgs::Bare | ReportArgs::List | ReportArgs::Tell(_) => None,
        };
        let place = found.as_ref().map(|report| (report.community, report.group));
        let here = || Some((scope.community.as_ref()?.id, scope.group.as_ref()?.id));
        let Some((community, group)) = place.or_else(here) else { return Ok(ReportView::default()) };
        let all = self.all_staff(group).await?;
        let about = match (&found, args) {
            (Some(report), _) => report.case.about.clone(),
            (None, ReportArgs::Tell(told)) => self.about(scope, community, told, &all).await?,
            (None, _) => Vec::new(),
        };
        let teller = match &found {
            Some(report) => self.person_behind(report.reporter, community).await?,
            None => scope.person.as_ref().map(|person| person.id),
        };
        let staff: Vec<Staff> = all.into_iter().filter(|staff| Some(staff.id) != teller && !about.contains(&staff.id)).collect();
        let day_ago = now.minus(TimeDelta::days(1));
        let sql = "SELECT COUNT(*), (SELECT COALESCE(MAX(number), 0) FROM report WHERE community_id = $3) FROM report \
                   WHERE reporter_id = $1 AND at > $2";
        let row = self.writer.row(sql, binds![scope.account.id, day_ago, community]).await?;
        let (sent, newest) = row.map_or(Ok((0, 0)), |row| Ok::<_, StoreError>((row.int(0)?, row.int(1)?)))?;
        let open = self.open_reports(scope, group).await?;
        Ok(ReportView { staff, about, sent, next_number: newest.saturating_add(1), found, open })
    }

    /// What the look a day later decides on.
    pub async fn report_wake_view(&mut self, id: ReportId) -> Result<Option<ReportWakeView>, StoreError> {
        let Some(report) = self.report(id).await? else { return Ok(None) };
        let Some(community) = self.community(report.community).await? else { return Ok(None) };
        let teller = self.person_behind(report.reporter, report.community).await?;
        let hidden = |staff: &Staff| Some(staff.id) == teller || report.case.about.contains(&staff.id);
        let staff = self.all_staff(report.group).await?.into_iter().filter(|staff| !hidden(staff)).collect();
        Ok(Some(ReportWakeView { report, staff, contact: community.contact, country: community.country }))
    }

    /// The community and the group of a report.
    pub async fn place_of_report(&mut self, id: ReportId) -> Result<Option<(CommunityId, GroupId)>, StoreError> {
        let row = self.writer.row("SELECT community_id, group_id FROM report WHERE id = $1", binds![id]).await?;
        row.map(|row| Ok((row.id(0)?, row.id(1)?))).transpose()
    }

    pub(super) fn apply_report(&mut self, change: Change) -> Result<(), StoreError> {
        let (Change::Add(report) | Change::Put(report)) = change;
        let Report { id, community, group, number, reporter, shown, opened, at, .. } = *report;
        let name = match (reporter, &report.reporter_name) {
            (Some(account), Some(name)) => Some(self.seal_text(account, &report_field("reporter", &id.bytes()), name)?),
            _ => None,
        };
        let case = self.seal_json(community, &report_field("case", &id.bytes()), &report.case)?;
        let (state, taker) = match report.state {
            State::Open => (0_i64, None),
            State::Taken(taker) => (1, Some(taker)),
            State::Closed => (2, None),
            State::Withdrawn => (3, None),
        };
        let mut row = binds![id, community, group, number, reporter, name, shown, case, state, taker, opened, at];
        row.extend(binds![report.closed.map(|closed| closed.micros())]);
        self.writer.upsert(&REPORT, id.bytes(), row);
        Ok(())
    }

    pub(super) async fn prune_reports(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let (closed, told) = (now.minus(TimeDelta::days(KEPT_DAYS)), now.minus(TimeDelta::days(LONGEST_DAYS)));
        self.writer.run("DELETE FROM report WHERE closed_at < $1 OR at < $2", binds![closed, told]).await.map(drop)
    }

    async fn report(&mut self, id: ReportId) -> Result<Option<Report>, StoreError> {
        match self.writer.row(select_report!("WHERE id = $1"), binds![id]).await? {
            Some(row) => self.read_report(&row),
            None => Ok(None),
        }
    }

    /// `None` too where the community's key is destroyed.
    pub(super) fn read_report(&self, row: &Row) -> Result<Option<Report>, StoreError> {
        let (id, community): (ReportId, CommunityId) = (row.id(0)?, row.id(1)?);
        let Some(case) = self.open_json::<Case>(community, &report_field("case", &id.bytes()), &row.bytes(7)?)? else { return Ok(None) };
        let reporter: Option<AccountId> = row.opt_id(4)?;
        let reporter_name = match (reporter, row.opt_bytes(5)?) {
            (Some(account), Some(sealed)) => self.open_text(account, &report_field("reporter", &id.bytes()), &sealed)?,
            _ => None,
        };
        let state = match (row.int(8)?, row.opt_id(9)?) {
            (0, None) => State::Open,
            (1, Some(taker)) => State::Taken(taker),
            (2, None) => State::Closed,
            (3, None) => State::Withdrawn,
            _ => return Err(StoreError::Corrupt("a report's state")),
        };
        Ok(Some(Report {
            id,
            community,
            group: row.id(2)?,
            number: row.int(3)?,
            reporter: reporter.filter(|_| reporter_name.is_some()),
            reporter_name,
            shown: row.int(6)? != 0,
            case,
            state,
            opened: row.instant(10)?,
            at: row.instant(11)?,
            closed: row.opt_instant(12)?,
        }))
    }

    async fn all_staff(&mut self, group: GroupId) -> Result<Vec<Staff>, StoreError> {
        let mut staff = Vec::new();
        for id in self.staff_of(group).await? {
            staff.extend(self.person(id).await?);
        }
        // Coordinators hear of it first.
        staff.sort_by(|a, b| b.coordinator.cmp(&a.coordinator).then_with(|| a.alias.cmp(&b.alias)));
        Ok(staff.into_iter().map(|person| Staff { id: person.id, coordinator: person.coordinator }).collect())
    }

    async fn person_behind(&mut self, account: Option<AccountId>, community: CommunityId) -> Result<Option<PersonId>, StoreError> {
        match account {
            Some(account) => self.person_ever(account, community).await,
            None => Ok(None),
        }
    }

    /// The reports of a group that wait or are seen to, for who may see them.
    async fn open_reports(&mut self, scope: &Scope, group: GroupId) -> Result<Vec<Report>, StoreError> {
        let Some(person) = scope.person.as_ref().filter(|person| person.role_in(group) >= Some(crate::domain::scope::Role::Facilitator))
        else {
            return Ok(Vec::new());
        };
        let rows =
            self.writer.rows(select_report!("WHERE group_id = $1 AND state IN (0, 1) ORDER BY number LIMIT 100"), binds![group]).await?;
        let mut open = Vec::new();
        for row in &rows {
            let Some(report) = self.read_report(row)? else { continue };
            let teller = self.person_behind(report.reporter, report.community).await?;
            if teller != Some(person.id) && !report.case.about.contains(&person.id) {
                open.push(report);
            }
        }
        Ok(open)
    }

    /// Whom it is about: who wrote the message answered, who is named with a sign, and those of staff whose name stands in the
    /// words in any way. Rather one too many than that somebody reads what was written of them.
    async fn about(&mut self, scope: &Scope, community: CommunityId, told: &Told, staff: &[Staff]) -> Result<Vec<PersonId>, StoreError> {
        let mut about = Vec::new();
        for named in told.author.iter().chain(&told.named) {
            about.extend(self.persons_named(scope, community, named).await?);
        }
        let words: Vec<String> =
            split_words(told.words.as_deref().unwrap_or_default(), &[]).iter().map(|word| alias::key(&word.text)).collect();
        for one in staff {
            let mut names: Vec<String> = self.person(one.id).await?.map(|person| person.alias).into_iter().collect();
            for account in self.accounts_of(one.id).await? {
                names.extend(self.account(account).await?.and_then(|row| row.profile.user_name));
            }
            if names.iter().any(|name| stands_in(name, &words)) {
                about.push(one.id);
            }
        }
        about.sort_unstable();
        about.dedup();
        Ok(about)
    }

    /// By either reading of the name.
    async fn persons_named(&mut self, scope: &Scope, community: CommunityId, named: &Named) -> Result<Vec<PersonId>, StoreError> {
        let platform = scope.account.platform;
        let mut persons = self.persons_meant(community, platform, named).await?;
        if named.account.is_none() {
            let other = Named { marked: !named.marked, ..named.clone() };
            if let Meant::Alias(person) = self.meant(Some(community), platform, &other).await? {
                persons.push(person);
            }
        }
        Ok(persons)
    }
}

/// Whether a name, of one word or several, stands among these words.
fn stands_in(name: &str, words: &[String]) -> bool {
    let name: Vec<String> = name.split_whitespace().map(alias::key).filter(|word| !word.is_empty()).collect();
    !name.is_empty() && words.windows(name.len()).any(|window| window == name.as_slice())
}

pub(super) fn report_field<'a>(column: &'static str, row: &'a [u8]) -> Field<'a> {
    Field { table: "report", column, row }
}
