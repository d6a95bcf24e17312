//! What the decisions about sessions need to know.

use chrono::{Datelike, NaiveTime};

use crate::{
    binds,
    domain::{
        decision::CardKey,
        hear::Named,
        ids::{CommunityId, GroupId, PersonId, RoomId, SessionId},
        ledger::{NextBooking, SOLIDARITY_FUND},
        people::Target,
        scope::{Person, Place, Scope},
        session::{
            Affected, AgendaArgs, AgendaItem, AgendaView, AttendanceArgs, AttendanceView, BookView, Booking, BookingState, BookingsArgs,
            BookingsView, CancelArgs, CancelView, EditView, HostFound, LENGTH_MINUTES_MAX, Money, MyBooking, ProposeView, Roll, Session,
            SessionRef, WakeView, agenda::LISTED_MAX,
        },
        time::{Timestamp, Zone},
    },
    store::{Store, StoreError},
};

use super::rows;

/// What the credits stand at where nothing of a session is read.
pub(super) const NO_MONEY: Money = Money {
    next_transfer: 1,
    solidarity_credits: 0,
    reward_fund: String::new(),
    reward_credits: 0,
    reward_issuable_credits: 0,
    host_earned_credits: 0,
    host_month_credits: 0,
};

/// A card of a session that began so many days ago is of no use to anybody any more.
const CARDS_DAYS: i64 = 1;
/// So many cards are brought up to date at once.
const CARDS_MAX: i64 = 30;

impl Store {
    /// What proposing decides on. `host`: who is named to hold it, unless it is the asker.
    pub async fn propose_view(
        &mut self,
        scope: &Scope,
        person: &Person,
        host: Option<Named>,
        now: Timestamp,
    ) -> Result<ProposeView, StoreError> {
        let host = match host {
            None => HostFound::Oneself,
            Some(named) => match self.target(scope, &named).await? {
                Target::Oneself => HostFound::Oneself,
                Target::Person(person) => HostFound::Person(person),
                Target::Bot | Target::Nobody => HostFound::Nobody,
            },
        };
        let holds = match &host {
            HostFound::Person(person) => person.id,
            HostFound::Oneself | HostFound::Nobody => person.id,
        };
        let others = self.busy(holds, now).await?;
        Ok(ProposeView { next_number: self.next_session(person.community).await?, host, others })
    }

    /// What changing a session decides on.
    pub async fn edit_view(&mut self, person: &Person, meant: SessionRef, now: Timestamp) -> Result<EditView, StoreError> {
        let found = self.roll_of(person, meant).await?;
        let money = self.money_of(found.as_ref(), now).await?;
        let follows = match found.as_ref().map(|roll| &roll.session) {
            Some(session) => self.is_followed(session, now).await?,
            None => false,
        };
        Ok(EditView { found, money, others: self.busy(person.id, now).await?, follows })
    }

    /// The sessions in which a person has a part, to come or perhaps under way.
    pub(super) async fn busy(&mut self, person: PersonId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        let since = now.minus(chrono::TimeDelta::minutes(LENGTH_MINUTES_MAX));
        let rows = self.writer.rows(rows::BUSY, binds![since, person]).await?;
        self.read_sessions(&rows)
    }

    /// What `/book` decides on.
    pub async fn book_view(&mut self, person: &Person, meant: SessionRef, now: Timestamp) -> Result<BookView, StoreError> {
        let found = self.roll_of(person, meant).await?;
        let money = self.money_of(found.as_ref(), now).await?;
        let balance_credits = self.ledger_balance(person.ledger).await?.unwrap_or(0);
        let kept = self.series_kept(found.as_ref().map(|roll| &roll.session), person.id).await?;
        let visited = self.has_visited(person.id).await?;
        Ok(BookView { found, money, balance_credits, visited, others: self.busy(person.id, now).await?, kept })
    }

    /// A person has, or had, a seat in a session: a first visit is behind them, or used up.
    pub(super) async fn has_visited(&mut self, person: PersonId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM booking AS b JOIN session AS s ON s.id = b.session_id \
                   WHERE b.person_id = $1 AND (b.state IN (0, 4, 5) OR b.forfeited = 1) AND s.informal = 0 LIMIT 1";
        Ok(self.writer.row(sql, binds![person]).await?.is_some())
    }

    /// What `/cancel` decides on.
    pub async fn cancel_view(&mut self, person: &Person, args: &CancelArgs, now: Timestamp) -> Result<CancelView, StoreError> {
        let (found, mine) = match args {
            CancelArgs::Bare => (None, self.bookings_of(person.id, now).await?),
            CancelArgs::Session(meant) | CancelArgs::KeepNoMore(meant) | CancelArgs::Because(meant, _) | CancelArgs::CallOff(meant, _) => {
                (self.roll_of(person, *meant).await?, Vec::new())
            }
        };
        let money = self.money_of(found.as_ref(), now).await?;
        let kept = self.series_kept(found.as_ref().map(|roll| &roll.session), person.id).await?;
        Ok(CancelView { found, money, mine, kept })
    }

    /// What `/attendance` decides on.
    pub async fn attendance_view(&mut self, person: &Person, args: &AttendanceArgs, now: Timestamp) -> Result<AttendanceView, StoreError> {
        let Some(meant) = args.session() else {
            let rows = self.writer.rows(rows::TO_MARK, binds![person.id, now]).await?;
            let to_mark = self.read_sessions(&rows)?;
            return Ok(AttendanceView { found: None, money: NO_MONEY, aliases: vec![], paused: vec![], coordinators: vec![], to_mark });
        };
        let found = self.roll_of(person, meant).await?;
        let money = self.money_of(found.as_ref(), now).await?;
        let (mut aliases, mut paused, mut coordinators) = (Vec::new(), Vec::new(), Vec::new());
        // Only the host is shown who has a seat.
        if let Some(roll) = found.as_ref().filter(|roll| roll.session.host == person.id) {
            for booking in roll.in_state(BookingState::Booked) {
                let Some(seated) = self.person(booking.person).await? else { continue };
                paused.extend(seated.paused_until.filter(|until| now < *until).map(|_| seated.id));
                aliases.push((seated.id, seated.alias));
            }
            for id in self.staff_of(roll.session.group).await? {
                let staff = self.person(id).await?;
                coordinators.extend(staff.filter(|staff| staff.coordinator).map(|staff| staff.id));
            }
        }
        Ok(AttendanceView { found, money, aliases, paused, coordinators, to_mark: vec![] })
    }

    /// What `/agenda` shows: in a room that room's group alone, in private all groups of who asks.
    pub async fn agenda_view(&mut self, scope: &Scope, args: AgendaArgs, now: Timestamp) -> Result<AgendaView, StoreError> {
        match (args, &scope.community) {
            (AgendaArgs::Details(meant), Some(community)) => {
                let found = match self.session(community.id, meant).await? {
                    Some(session) => Some(self.roll(session, scope.person.as_ref().map(|person| person.id)).await?),
                    None => None,
                };
                let held = found.as_ref().filter(|roll| scope.person.as_ref().is_some_and(|person| person.id == roll.session.host));
                let people = match held {
                    Some(roll) => self.attendees(roll).await?,
                    None => Vec::new(),
                };
                Ok(AgendaView { found, people, ..AgendaView::default() })
            }
            (AgendaArgs::List, _) => self.agenda_page(scope, 0, now).await,
            (AgendaArgs::From(skip), _) => self.agenda_page(scope, skip, now).await,
            (AgendaArgs::Details(_), None) => Ok(AgendaView::default()),
        }
    }

    /// What `/bookings` shows.
    pub async fn bookings_view(&mut self, person: &Person, args: BookingsArgs, now: Timestamp) -> Result<BookingsView, StoreError> {
        Ok(match args {
            BookingsArgs::List => {
                BookingsView { mine: self.bookings_of(person.id, now).await?, kept: self.kept_by(person.id, now).await?, found: None }
            }
            BookingsArgs::Calendar(meant) => BookingsView { found: self.roll_of(person, meant).await?, ..BookingsView::default() },
        })
    }

    /// What a session's wake-up decides on.
    pub async fn session_wake_view(&mut self, id: SessionId, now: Timestamp) -> Result<Option<WakeView>, StoreError> {
        let Some(session) = self.session_by_id(id).await? else { return Ok(None) };
        let roll = self.roll(session, None).await?;
        let money = self.money_of(Some(&roll), now).await?;
        let people = self.attendees(&roll).await?;
        let reminded = self.reminded(&roll.session).await?;
        Ok(Some(WakeView { roll, money, people, reminded }))
    }

    /// The sessions of a group whose cards matter to a room, each with whether its card hangs there.
    pub async fn cards_view(&mut self, room: RoomId, group: GroupId, now: Timestamp) -> Result<Vec<(Roll, bool)>, StoreError> {
        let since = now.minus(chrono::TimeDelta::days(CARDS_DAYS));
        let rows = self.writer.rows(rows::CARDS_OF_GROUP, binds![group, since, CARDS_MAX]).await?;
        let mut rolls = Vec::new();
        for session in self.read_sessions(&rows)? {
            let hangs = self.shown_by(room, CardKey::Session(session.id)).await?.is_some();
            rolls.push((self.roll(session, None).await?, hangs));
        }
        Ok(rolls)
    }

    /// The sessions to come of a group in which a person is booked, waits, or is host: what leaving the group ends.
    pub async fn leaving_view(&mut self, person: &Person, group: GroupId, now: Timestamp) -> Result<Vec<(Roll, Money)>, StoreError> {
        let rows = self.writer.rows(rows::TOUCHED_BY, binds![group, now, person.id]).await?;
        let mut rolls = Vec::new();
        for session in self.read_sessions(&rows)? {
            let roll = self.roll(session, Some(person.id)).await?;
            let money = self.money_of(Some(&roll), now).await?;
            rolls.push((roll, money));
        }
        Ok(rolls)
    }

    /// The open sessions of a community, to come or under way, in which a person has a place or which they hold.
    pub(in crate::store) async fn affected_by(
        &mut self,
        community: CommunityId,
        person: PersonId,
        now: Timestamp,
    ) -> Result<Vec<Affected>, StoreError> {
        let rows = self.writer.rows(rows::OPEN_OF, binds![community, person]).await?;
        let mut affected = Vec::new();
        for session in self.read_sessions(&rows)? {
            let heirs = if session.host == person { self.heirs(session.group, person).await? } else { Vec::new() };
            let roll = self.roll(session, Some(person)).await?;
            let money = self.money_of(Some(&roll), now).await?;
            affected.push(Affected { roll, money, heirs });
        }
        Ok(affected)
    }

    /// Who else may hold a session of the group: its facilitators, then the community's coordinators.
    async fn heirs(&mut self, group: GroupId, person: PersonId) -> Result<Vec<Person>, StoreError> {
        let mut heirs = Vec::new();
        for id in self.staff_of(group).await?.into_iter().filter(|id| *id != person) {
            heirs.extend(self.person(id).await?);
        }
        heirs.sort_by_key(|staff| (staff.coordinator, staff.id));
        Ok(heirs)
    }

    /// The open sessions in which both have a part: what becoming one person changes.
    pub(in crate::store) async fn common_sessions(
        &mut self,
        one: PersonId,
        other: PersonId,
        now: Timestamp,
    ) -> Result<Vec<(Roll, Money)>, StoreError> {
        let rows = self.writer.rows(rows::TOUCHED_BY_BOTH, binds![one, other]).await?;
        let mut rolls = Vec::new();
        for session in self.read_sessions(&rows)? {
            let roll = self.roll(session, None).await?;
            let money = self.money_of(Some(&roll), now).await?;
            rolls.push((roll, money));
        }
        Ok(rolls)
    }

    /// How many places a person has in the sessions to come of a group.
    pub async fn live_bookings(&mut self, person: PersonId, group: GroupId, now: Timestamp) -> Result<i64, StoreError> {
        let sql = "SELECT COUNT(*) FROM booking AS b JOIN session AS s ON s.id = b.session_id \
                   WHERE b.person_id = $1 AND b.state IN (0, 1, 2) AND s.group_id = $2 AND s.state = 0 AND s.starts_at > $3";
        self.writer.row(sql, binds![person, group, now]).await?.map_or(Ok(0), |row| row.int(0))
    }

    /// What a person paid themself into the escrows of sessions that are not settled.
    pub(in crate::store) async fn set_aside(&mut self, person: PersonId) -> Result<i64, StoreError> {
        let sql = "SELECT CAST(COALESCE(SUM(own), 0) AS BIGINT) \
                       FROM booking WHERE person_id = $1 AND state = 0";
        self.writer.row(sql, binds![person]).await?.map_or(Ok(0), |row| row.int(0))
    }

    /// The next few sessions in which a person has a seat.
    pub(in crate::store) async fn next_bookings(
        &mut self,
        person: PersonId,
        now: Timestamp,
        most: i64,
    ) -> Result<Vec<NextBooking>, StoreError> {
        let booked = self.bookings_of(person, now).await?.into_iter().filter(|booking| booking.state == BookingState::Booked);
        let next = |MyBooking { session, .. }: MyBooking| NextBooking { number: session.number, title: session.title, at: session.starts };
        Ok(booked.take(usize::try_from(most).unwrap_or(0)).map(next).collect())
    }

    /// The session that is meant, with its bookings and those of `person`.
    pub async fn roll_of(&mut self, person: &Person, meant: SessionRef) -> Result<Option<Roll>, StoreError> {
        match self.session(person.community, meant).await? {
            Some(session) => Ok(Some(self.roll(session, Some(person.id)).await?)),
            None => Ok(None),
        }
    }

    pub(super) async fn money_of(&mut self, roll: Option<&Roll>, now: Timestamp) -> Result<Money, StoreError> {
        let Some(Roll { session, .. }) = roll else { return Ok(NO_MONEY) };
        let community = self.community(session.community).await?;
        let zone = community.as_ref().map_or(session.zone, |community| community.zone);
        let rules = community.map(|community| community.credits).unwrap_or_default();
        let reward_fund = rules.reward_fund().to_owned();
        let solidarity = self.fund_view(session.community, SOLIDARITY_FUND).await?.unwrap_or_default();
        let reward = self.fund_view(session.community, &reward_fund).await?.unwrap_or_default();
        Ok(Money {
            next_transfer: self.next_transfer(session.community).await?,
            solidarity_credits: solidarity.balance_credits,
            reward_fund,
            reward_credits: if reward.is_closed { 0 } else { reward.balance_credits },
            reward_issuable_credits: reward.issuable_credits(),
            host_earned_credits: self.earned_since(session.community, session.host_ledger, month_start(now, zone)).await?,
            host_month_credits: rules.host_month(),
        })
    }

    /// One page of the list, and whether another follows.
    async fn agenda_page(&mut self, scope: &Scope, skip: i64, now: Timestamp) -> Result<AgendaView, StoreError> {
        let mut items = self.agenda_items(scope, skip, now).await?;
        let page = usize::try_from(LISTED_MAX).unwrap_or(usize::MAX);
        let next = (items.len() > page).then(|| skip.saturating_add(LISTED_MAX));
        items.truncate(page);
        Ok(AgendaView { items, next, ..AgendaView::default() })
    }

    /// The sessions of one page, and the first of the next.
    async fn agenda_items(&mut self, scope: &Scope, skip: i64, now: Timestamp) -> Result<Vec<AgendaItem>, StoreError> {
        let rows = match (&scope.person, &scope.group) {
            (_, Some(group)) if matches!(scope.place, Place::Room(_)) => {
                self.writer.rows(rows::OF_GROUP, binds![group.id, now, LISTED_MAX + 1, skip]).await?
            }
            (Some(person), _) if person.coordinator => {
                self.writer.rows(rows::OF_COMMUNITY, binds![person.community, now, LISTED_MAX + 1, skip]).await?
            }
            (Some(person), _) => self.writer.rows(rows::OF_MEMBER, binds![person.id, now, LISTED_MAX + 1, skip]).await?,
            (None, _) => Vec::new(),
        };
        let mut items = Vec::new();
        // In a room everybody reads the same.
        let reader = if matches!(scope.place, Place::Room(_)) { None } else { scope.person.as_ref().map(|person| person.id) };
        for session in self.read_sessions(&rows)? {
            let sql = "SELECT COUNT(*), \
                       CAST(COALESCE(SUM(CASE WHEN person_id = $2 THEN 1 ELSE 0 END), 0) AS BIGINT) \
                       FROM booking WHERE session_id = $1 AND state IN (0, 2)";
            let row = self.writer.row(sql, binds![session.id, reader]).await?;
            let (mut held, own) = row.map_or(Ok((0, 0)), |row| Ok::<_, StoreError>((row.int(0)?, row.int(1)?)))?;
            let people: Vec<PersonId> = reader.filter(|_| own == 0).into_iter().collect();
            if !self.apart_from(session.host, &people).await?.is_empty() {
                held = held.max(session.seats);
            }
            items.push(AgendaItem { session, held });
        }
        Ok(items)
    }

    async fn bookings_of(&mut self, person: PersonId, now: Timestamp) -> Result<Vec<MyBooking>, StoreError> {
        let rows = self.writer.rows(rows::BOOKED_BY, binds![now, person]).await?;
        let sessions = self.read_sessions(&rows)?;
        if sessions.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.writer.rows(rows::LIVE_OF, binds![person]).await?;
        let bookings = rows.iter().map(rows::booking).collect::<Result<Vec<Booking>, _>>()?;
        let mine = |session: Session| {
            let booking = bookings.iter().find(|booking| booking.session == session.id)?;
            Some(MyBooking { state: booking.state, offer_until: booking.offer_until, session })
        };
        Ok(sessions.into_iter().filter_map(mine).collect())
    }

    pub(super) fn read_sessions(&self, rows: &[crate::store::sql::Row]) -> Result<Vec<Session>, StoreError> {
        let sessions = rows.iter().map(|row| self.read_session(row)).collect::<Result<Vec<_>, _>>()?;
        Ok(sessions.into_iter().flatten().collect())
    }
}

/// The first instant of the day in `zone`.
pub(in crate::store) fn day_start(now: Timestamp, zone: Zone) -> Timestamp {
    zone.instant_or_later(now.day(zone).and_time(NaiveTime::MIN))
}

/// The first instant of the calendar month in `zone`.
pub(in crate::store) fn month_start(now: Timestamp, zone: Zone) -> Timestamp {
    let today = now.day(zone);
    zone.instant_or_later(today.with_day(1).unwrap_or(today).and_time(NaiveTime::MIN))
}
