//! Reads everything that is kept about who asks, table by table; names nobody else.

use chrono::NaiveDate;

use crate::{
    binds,
    domain::{
        data::{
            Whose,
            mine::{
                FORMAT, Failed, Mine, OwnAccount, OwnBooking, OwnCheckin, OwnCommunity, OwnConsent, OwnGift, OwnGroup, OwnMovement,
                OwnPrompt, OwnSession, VERSION, instant,
            },
        },
        event::Origin,
        ids::{AccountId, GroupId, PersonId, SessionId},
        people::consent::{Entry, Purpose, Step},
        profile::Profile,
        prompt::State,
        scope::{Person, Role},
        session::{BookingState, SessionRef, SessionState},
        time::Timestamp,
    },
};

use super::{Store, StoreError};

/// How many movements are read at once.
const PAGE_ROWS: usize = 1_000;

impl Store {
    /// Everything about an account, and about its persons that are meant.
    pub async fn my_data(&mut self, account: AccountId, whose: Whose, now: Timestamp) -> Result<Mine, StoreError> {
        let mut communities = Vec::new();
        for own in self.own_persons(account).await? {
            if whose.includes(own.person) {
                communities.extend(Box::pin(self.own_community(own.person)).await?);
            }
        }
        Ok(Mine {
            format: FORMAT,
            version: VERSION,
            made_at: instant(now),
            account: self.own_account(account).await?,
            linked_accounts: self.other_accounts(account).await?,
            may_coordinate_first: self.exists("SELECT id FROM community WHERE founder_id = $1 LIMIT 1", account).await?,
            open_questions: self.count("SELECT COUNT(*) FROM question WHERE account_id = $1", account).await?,
            awaited_text: self.awaited_word(account).await?,
            chosen_group: self.chosen_name(account, now).await?,
            waiting_messages: self.waiting_messages(account).await?,
            failed_messages: self.failed_messages(account).await?,
            reports: self.own_reports(account).await?,
            communities,
        })
    }

    async fn own_account(&mut self, id: AccountId) -> Result<OwnAccount, StoreError> {
        let Some(row) = self.account(id).await? else { return Ok(OwnAccount::default()) };
        let profile = row.profile;
        Ok(OwnAccount {
            platform: profile.address.platform.name().to_owned(),
            id: profile.address.id,
            user_name: profile.user_name,
            shown_name: profile.shown_name,
            language: profile.language,
            country: profile.country,
            discreet: profile.shared != super::discreet::SharedPhone::default(),
            last_used: instant(row.used_at),
        })
    }

    async fn other_accounts(&mut self, id: AccountId) -> Result<Vec<OwnAccount>, StoreError> {
        let mut others = Vec::new();
        for other in self.linked_accounts(id).await?.into_iter().filter(|other| *other != id) {
            others.push(self.own_account(other).await?);
        }
        Ok(others)
    }

    async fn exists(&mut self, sql: &'static str, account: AccountId) -> Result<bool, StoreError> {
        Ok(self.writer.row(sql, binds![account]).await?.is_some())
    }

    async fn count(&mut self, sql: &'static str, account: AccountId) -> Result<i64, StoreError> {
        self.writer.row(sql, binds![account]).await?.map_or(Ok(0), |row| row.int(0))
    }

    async fn chosen_name(&mut self, account: AccountId, now: Timestamp) -> Result<Option<String>, StoreError> {
        let Some(group) = self.chosen_group(account, now).await? else { return Ok(None) };
        let name = self.group(group).await?.and_then(|group| group.name);
        Ok(Some(name.unwrap_or_else(|| "–".to_owned())))
    }

    /// When each message was decided that is owed to the account or its persons.
    async fn waiting_messages(&mut self, account: AccountId) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT made_at FROM delivery WHERE receiver = $1 OR receiver IN \
                   (SELECT person_id FROM person_account WHERE account_id = $1) ORDER BY seq";
        self.writer.rows(sql, binds![account]).await?.iter().map(|row| Ok(instant(row.instant(0)?))).collect()
    }

    async fn failed_messages(&mut self, account: AccountId) -> Result<Vec<Failed>, StoreError> {
        let Some(address) = self.account(account).await?.map(|row| row.profile.address) else { return Ok(Vec::new()) };
        let mut failed = Vec::new();
        for (_, event) in self.incidents().await? {
            let Some(event) = event.filter(|event| event.sender().is_some_and(|sender| sender.account == address)) else { continue };
            let text = match event.origin {
                Origin::Said(said) => Some(said.text),
                Origin::Pressed(_) | Origin::Timer(_) | Origin::Room(_) => None,
            };
            failed.push(Failed { at: instant(event.at), text });
        }
        Ok(failed)
    }

    async fn own_community(&mut self, id: PersonId) -> Result<Option<OwnCommunity>, StoreError> {
        let Some((person, left_at)) = self.read_person(id).await? else { return Ok(None) };
        let community = self.community(person.community).await?;
        Ok(Some(OwnCommunity {
            association: community.as_ref().and_then(|community| community.name.clone()),
            contact: community.and_then(|community| community.contact),
            alias: person.alias.clone(),
            language: person.language.clone(),
            time_zone: person.zone.map(|zone| zone.name().to_owned()),
            country: person.country.clone(),
            paused_until: person.paused_until.map(instant),
            coordinator: person.coordinator,
            listed_reasons_only: !person.free_reasons,
            left_at: left_at.map(instant),
            offers: offers(&person.profile),
            profile: person.profile.clone(),
            scores_kept_months: self.retention_view(person.community, Some(id)).await?.kept_months,
            consents: self.own_consents(id).await?,
            groups: self.own_groups(id).await?,
            check_ins: self.own_checkins(id).await?,
            balance: self.ledger_balance(person.ledger).await?.unwrap_or(0),
            set_aside: self.set_aside(id).await?,
            movements: self.own_movements(&person).await?,
            waiting_gifts: self.own_gifts(id).await?,
            bookings: self.own_bookings(&person).await?,
            seats_kept: self.kept_titles(id).await?,
            sessions_held: self.own_sessions(&person).await?,
            prompts: self.own_prompts(id).await?,
            blocked: self.own_blocks(id).await?,
            thanks: self.own_thanks(id).await?,
            around: Box::pin(self.own_around(&person)).await?,
        }))
    }

    async fn own_consents(&mut self, person: PersonId) -> Result<Vec<OwnConsent>, StoreError> {
        let consent = |entry: Entry| {
            let purpose = match entry.purpose {
                Purpose::Participation => "participation",
                Purpose::Checkins => "check-ins",
                Purpose::Alerts => "alerts",
                Purpose::Figures => "figures",
            };
            let step = match entry.step {
                Step::Withdrawn => "withdrawn",
                Step::Given => "given",
                Step::Asked => "asked",
            };
            OwnConsent { purpose: purpose.to_owned(), step: step.to_owned(), text_version: entry.version, at: instant(entry.at) }
        };
        Ok(self.consent_history(person).await?.into_iter().map(consent).collect())
    }

    async fn own_groups(&mut self, person: PersonId) -> Result<Vec<OwnGroup>, StoreError> {
        let sql = "SELECT group_id, role, since, ended_at FROM membership WHERE person_id = $1 ORDER BY since, group_id";
        let mut groups = Vec::new();
        for row in self.writer.rows(sql, binds![person]).await? {
            let role = match Role::from_code(row.int(1)?) {
                Some(Role::Supporter) => "supporter",
                Some(Role::Facilitator) => "facilitator",
                Some(Role::Member | Role::Coordinator) | None => "member",
            };
            let name = self.group(row.id::<GroupId>(0)?).await?.and_then(|group| group.name);
            let ended_at = row.opt_instant(3)?.map(instant);
            groups.push(OwnGroup { name, role: role.to_owned(), since: instant(row.instant(2)?), ended_at });
        }
        Ok(groups)
    }

    async fn own_checkins(&mut self, person: PersonId) -> Result<Vec<OwnCheckin>, StoreError> {
        let entries = self.checkins_since(person, NaiveDate::default()).await?;
        let own = entries.into_iter().map(|entry| OwnCheckin {
            day: entry.day.to_string(),
            score: entry.score,
            note: entry.note,
            at: instant(entry.at),
            care_text_at: entry.full_care.map(instant),
        });
        Ok(own.collect())
    }

    /// A page at a time, from the newest down.
    async fn own_movements(&mut self, person: &Person) -> Result<Vec<OwnMovement>, StoreError> {
        let (mut movements, mut from) = (Vec::new(), None);
        loop {
            let page = self.statement_view(person, from, PAGE_ROWS).await?.movements;
            let full = page.len() == PAGE_ROWS;
            from = page.last().map(|oldest| oldest.number.saturating_sub(1));
            movements.extend(page.into_iter().map(OwnMovement::of));
            if !full {
                return Ok(movements);
            }
        }
    }

    async fn own_gifts(&mut self, person: PersonId) -> Result<Vec<OwnGift>, StoreError> {
        let gifts = self.gifts_of(person).await?.into_iter();
        Ok(gifts.map(|gift| OwnGift { number: gift.number, amount: gift.amount_credits, reason: gift.reason }).collect())
    }

    async fn own_bookings(&mut self, person: &Person) -> Result<Vec<OwnBooking>, StoreError> {
        let sql = "SELECT session_id, state, since, own, offer_until FROM booking WHERE person_id = $1 ORDER BY since, id";
        let mut bookings = Vec::new();
        for row in self.writer.rows(sql, binds![person.id]).await? {
            let Some(session) = self.session(person.community, SessionRef::Id(row.id(0)?)).await? else { continue };
            let state = match BookingState::from_code(row.int(1)?) {
                Some(BookingState::Booked) => "booked",
                Some(BookingState::Waiting) => "waiting",
                Some(BookingState::Offered) => "offered",
                Some(BookingState::Cancelled) => "cancelled",
                Some(BookingState::Attended) => "attended",
                Some(BookingState::Absent) => "absent",
                Some(BookingState::Lapsed) | None => "lapsed",
            };
            bookings.push(OwnBooking {
                number: session.number,
                session: session.title,
                starts: instant(session.starts),
                state: state.to_owned(),
                since: instant(row.instant(2)?),
                paid: row.int(3)?,
                offer_until: row.opt_instant(4)?.map(instant),
            });
        }
        Ok(bookings)
    }

    async fn own_sessions(&mut self, person: &Person) -> Result<Vec<OwnSession>, StoreError> {
        let rows = self.writer.rows("SELECT id FROM session WHERE host_id = $1 ORDER BY number", binds![person.id]).await?;
        let ids = rows.iter().map(|row| row.id(0)).collect::<Result<Vec<SessionId>, _>>()?;
        let mut sessions = Vec::new();
        for id in ids {
            let Some(session) = self.session(person.community, SessionRef::Id(id)).await? else { continue };
            let state = match session.state {
                SessionState::Open => "open",
                SessionState::Cancelled => "cancelled",
                SessionState::Marked => "marked",
                SessionState::Unmarked => "unmarked",
            };
            sessions.push(OwnSession {
                number: session.number,
                title: session.title,
                starts: instant(session.starts),
                place: session.place,
                link: session.link,
                state: state.to_owned(),
            });
        }
        Ok(sessions)
    }

    async fn own_prompts(&mut self, person: PersonId) -> Result<Vec<OwnPrompt>, StoreError> {
        let rows = self.writer.rows("SELECT id FROM prompt WHERE author_id = $1 ORDER BY at, id", binds![person]).await?;
        let ids = rows.iter().map(|row| row.id(0)).collect::<Result<Vec<_>, _>>()?;
        let mut prompts = Vec::new();
        for id in ids {
            let Some(prompt) = self.prompt(id).await? else { continue };
            let state = match prompt.state {
                State::Waiting => "waiting",
                State::Posted => "posted",
                State::Dropped => "dropped",
            };
            prompts.push(OwnPrompt { at: instant(prompt.at), text: prompt.text, state: state.to_owned() });
        }
        Ok(prompts)
    }
}

/// Stances, languages and topics, each in the word that the database keeps.
fn offers(profile: &Profile) -> Vec<String> {
    fn word(value: &impl serde::Serialize) -> String {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(word)) => word,
            Ok(serde_json::Value::Object(of_kind)) => of_kind.values().find_map(|word| word.as_str()).unwrap_or_default().to_owned(),
            Ok(_) | Err(_) => String::new(),
        }
    }
    let stances = profile.stances.iter().map(word);
    let languages = profile.languages.iter().map(word);
    stances.chain(languages).chain(profile.topics.iter().map(word)).collect()
}
