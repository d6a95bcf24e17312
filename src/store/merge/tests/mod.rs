//! Two persons with a past become one on a real database: everything is found again, opens, and stands remembered as read.

mod money;
mod safety;

use std::{collections::BTreeSet, sync::Arc};

use chrono::{NaiveDate, TimeDelta};

use super::*;
use crate::{
    domain::{
        checkin::{self, Entry},
        decision::{self, Act, Context, Manner},
        event::{AccountAddress, Platform, Sender},
        hear::Named,
        ids::{IdSource, LinkId, TransferId},
        ledger::{self, Kind, Party, SOLIDARITY_FUND, Transfer, WaitingGift, statement::Side, waiting::Whom},
        link::{self, Link, effect},
        message::{Content, Msg},
        people::{
            Change as People, CommunitySetting, Target,
            consent::{Entry as Consent, Purpose, Step},
        },
        prompt::{self, Prompt, State},
        scope::{Account, Membership, Role, Scope},
        session::{self, Booking, BookingState, Session, SessionState},
        testing::{self, NOW, id},
        time::Timestamp,
    },
    store::{
        cache::Cache,
        outbox::{Owed, Receiver, Route, What},
        questions::About,
        sql::Reader,
        url_of,
        verify::verify,
    },
    vault::Vault,
};

/// Of everything that has columns of ids, the registry tells whom they name.
#[tokio::test]
async fn every_column_of_ids_is_in_the_registry() {
    let mut store = Store::open("sqlite::memory:", Arc::new(Vault::in_memory().unwrap())).await.unwrap();
    let sql = "SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c \
               WHERE m.type = 'table' AND c.type = 'BLOB' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' \
               AND c.name NOT LIKE '%hash' AND c.name NOT LIKE '%sealed' ORDER BY m.name, c.name";
    let rows = store.writer.rows(sql, binds![]).await.unwrap();
    let found: BTreeSet<(String, String)> = rows.iter().map(|row| (row.text(0).unwrap(), row.text(1).unwrap())).collect();
    assert!(found.len() > 60, "the schema was not read");
    let named: BTreeSet<(String, String)> = COLUMNS.iter().map(|(table, column, _)| ((*table).into(), (*column).into())).collect();
    assert_eq!(found, named, "name every column of ids in COLUMNS; one that names a person belongs into Store::merge too");
    assert_eq!(named.len(), COLUMNS.len(), "no column twice");

    // Whatever refers to persons or accounts by a key says so.
    for (table, column, names) in COLUMNS {
        let sql = "SELECT \"table\" FROM pragma_foreign_key_list($1) WHERE \"from\" = $2";
        let refers = store.writer.row(sql, binds![*table, *column]).await.unwrap().map(|row| row.text(0).unwrap());
        match refers.as_deref() {
            Some("person") => assert_eq!(*names, Names::Person, "{table}.{column}"),
            Some("account") => assert_eq!(*names, Names::Account, "{table}.{column}"),
            _ => {}
        }
    }
}

struct Bench {
    store: Store,
    dir: tempfile::TempDir,
    number: i64,
}

const KEEP: u128 = 5;
const GONE: u128 = 6;
const OTHER: u128 = 7;

impl Bench {
    /// Nadia (5), her second self (6), and Sam (7); 5 and 6 are two accounts of one human, and not linked yet.
    async fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("{}?mode=rwc", url_of(&dir.path().join("db")));
        let mut store = Store::open(&url, Arc::new(Vault::in_memory().unwrap())).await.unwrap();
        store.begin().await.unwrap();
        let mut bench = Self { store, dir, number: 1 };
        bench.apply(People::AddCommunity(Box::new(testing::community()))).await;
        bench.apply(People::AddGroup(testing::group())).await;
        bench.join(KEEP, "nadia", "Nadia", Role::Member).await;
        bench.join(GONE, "nadia-m", "Fleur", Role::Facilitator).await;
        bench.join(OTHER, "sam", "Sam", Role::Member).await;
        bench
    }

    async fn apply(&mut self, change: impl Into<decision::Change>) {
        self.store.apply(About::default(), change.into(), NOW).await.unwrap();
    }

    async fn join(&mut self, n: u128, name: &str, alias: &str, role: Role) {
        let account = self.account(name, NOW).await;
        let person = testing::person(n, alias, role);
        self.apply(People::AddPerson { person: Box::new(person.clone()), account: account.id, at: NOW }).await;
        let since = person.memberships[0].since;
        self.apply(People::AddMembership { person: person.id, group: id(2), role, since }).await;
    }

    /// The account writes at this instant.
    async fn account(&mut self, name: &str, at: Timestamp) -> Account {
        let address = AccountAddress { platform: Platform::Terminal, id: name.into() };
        let sender = Sender { account: address, display_name: Some(name.into()), user_name: Some(name.into()), language: None };
        let mut ids = IdSource::new(self.store.vault().seed(name.as_bytes()), NOW);
        self.store.account_of(&sender, &mut ids, at).await.unwrap().account()
    }

    async fn transfer(&mut self, from: Party, to: Party, amount: i64, kind: Kind) -> Transfer {
        let number = self.number;
        self.number += 1;
        Transfer {
            id: TransferId(uuid::Uuid::from_u128(1_000 + u128::try_from(number).unwrap())),
            community: id(1),
            number,
            at: NOW,
            from,
            to,
            amount_credits: amount,
            kind,
            reason: None,
            named: None,
            by: None,
            session: None,
            reverses: None,
            category: None,
            reason_kept: false,
        }
    }

    async fn enter(&mut self, transfer: Transfer) {
        self.apply(ledger::Change::Transfer(transfer)).await;
    }

    async fn balance(&mut self, n: u128) -> i64 {
        self.store.ledger_balance(id(n + 1000)).await.unwrap().unwrap_or(0)
    }

    /// Both agreed a day ago; what the effect decides is carried out, acts excepted.
    async fn link(&mut self) -> decision::Decision {
        let (asking, typing) = (self.account("nadia", NOW).await.id, self.account("nadia-m", NOW).await.id);
        let begun = NOW.minus(TimeDelta::hours(25));
        let link = Link { id: id(90), asking, typing, begun, asking_agreed: false, typing_agreed: false, effect: None };
        self.apply(link::Change::Begin(link)).await;
        self.apply(link::Change::Starts { link: id(90), effect: NOW }).await;
        let view = self.store.link_effect_view(id::<LinkId>(90), NOW).await.unwrap().unwrap();
        let mut ctx = Context { now: NOW, ids: IdSource::new([3; 32], NOW) };
        let decision = effect::takes_effect(&view, &mut ctx);
        for change in decision.changes.clone() {
            self.store.apply(About::default(), change, NOW).await.unwrap();
        }
        self.number = self.store.next_transfer(id(1)).await.unwrap();
        decision
    }

    async fn commit(&mut self) {
        self.store.commit().await.unwrap();
        self.store.begin().await.unwrap();
    }

    async fn is_sound(&mut self) {
        self.commit().await;
        let mut reader = Reader::open(&self.dir.path().join("db")).await.unwrap();
        let report = verify(&mut reader).await.unwrap();
        assert!(report.is_sound(), "{report}");
    }

    fn forget(&mut self) {
        self.store.cache = Cache::default();
    }

    /// What the database still knows under the person that is no more, outside of the ledger's own rows.
    async fn left_of_gone(&mut self) -> i64 {
        let sql = "SELECT (SELECT COUNT(*) FROM person_account WHERE person_id = $1) + (SELECT COUNT(*) FROM membership WHERE person_id = $1) \
                   + (SELECT COUNT(*) FROM consent WHERE person_id = $1) + (SELECT COUNT(*) FROM checkin WHERE person_id = $1) \
                   + (SELECT COUNT(*) FROM booking WHERE person_id = $1) + (SELECT COUNT(*) FROM session WHERE host_id = $1) \
                   + (SELECT COUNT(*) FROM prompt WHERE author_id = $1) + (SELECT COUNT(*) FROM waiting_gift WHERE giver = $1) \
                   + (SELECT COUNT(*) FROM delivery WHERE receiver = $1) + (SELECT COUNT(*) FROM person WHERE merged_into = $1)";
        self.store.writer.row(sql, binds![id::<PersonId>(GONE)]).await.unwrap().unwrap().int(0).unwrap()
    }
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
}

fn entry(n: u128, on: u32, score: u8, at: Timestamp) -> Entry {
    Entry { person: id(n), day: day(on), score, note: Some(format!("note {score}")), full_care: None, at }
}

fn session(n: u128, host: u128) -> Session {
    let base = session::testing::session();
    let starts = NOW.plus(TimeDelta::days(2));
    Session { id: id(n), number: n as i64, starts, community: id(1), group: id(2), host: id(host), host_ledger: id(host + 1000), ..base }
}

fn booking(n: u128, of: u128, person: u128, state: BookingState) -> Booking {
    let own_credits = i64::from(state == BookingState::Booked);
    let base = session::testing::booking(1, state);
    Booking { id: id(n), session: id(of), person: id(person), ledger: id(person + 1000), order: n as i64, own_credits, ..base }
}

#[tokio::test]
async fn people_and_check_ins_and_consents_are_one_persons() {
    let mut bench = Bench::open().await;
    let at = |hours: i64| NOW.plus(TimeDelta::hours(hours));
    for (person, purpose, step, hours) in [
        (KEEP, Purpose::Participation, Step::Given, -9),
        (GONE, Purpose::Participation, Step::Given, -5),
        (KEEP, Purpose::Checkins, Step::Given, -8),
        (GONE, Purpose::Checkins, Step::Given, -7),
        (KEEP, Purpose::Checkins, Step::Withdrawn, -3),
        (GONE, Purpose::Alerts, Step::Given, -2),
        (KEEP, Purpose::Figures, Step::Withdrawn, -1),
        (GONE, Purpose::Figures, Step::Given, -1),
    ] {
        bench.apply(People::Consent(id(person), Consent { purpose, step, version: purpose.version(), at: at(hours) })).await;
    }
    for one in [
        entry(KEEP, 1, 1, at(0)),
        entry(KEEP, 2, 2, at(3)),
        entry(GONE, 2, 3, at(2)),
        entry(KEEP, 3, 4, at(1)),
        entry(GONE, 3, 5, at(2)),
        entry(GONE, 4, 1, at(0)),
    ] {
        bench.apply(checkin::Change::Keep(one)).await;
    }
    bench.link().await;

    let keep = bench.store.person(id(KEEP)).await.unwrap();
    bench.forget();
    assert_eq!(bench.store.person(id(KEEP)).await.unwrap(), keep, "remembered as read");
    let keep = keep.unwrap();
    assert_eq!(keep.alias, "Nadia");
    assert_eq!(keep.memberships, [Membership { group: id(2), role: Role::Facilitator, since: Timestamp::from_micros(0) }]);
    assert_eq!(bench.store.person(id(GONE)).await.unwrap(), None);
    // Both histories of consents, and of each purpose the last word; of a yes and a no at once the no.
    assert_eq!(bench.store.consent_history(id(KEEP)).await.unwrap().len(), 8);
    assert_eq!(Purpose::ALL.map(|purpose| keep.consents.given(purpose)), [true, false, true, false]);
    bench.apply(People::Consent(id(KEEP), Consent { purpose: Purpose::Checkins, step: Step::Given, version: 2, at: at(0) })).await;
    assert!(bench.store.person(id(KEEP)).await.unwrap().unwrap().consents.given(Purpose::Checkins));
    // Of two check-ins of one day the later.
    assert_eq!(bench.store.checkin_days(id(KEEP), day(5)).await.unwrap(), [(day(1), 1), (day(2), 2), (day(3), 5), (day(4), 1)]);
    let view = bench.store.checkin_view(keep.id, day(5)).await.unwrap();
    assert_eq!(view.recent.iter().map(|one| one.note.clone().unwrap()).collect::<Vec<_>>(), ["note 1", "note 2", "note 5", "note 1"]);

    // Both accounts are this person; the freed alias is anybody's, and hers is taken.
    for name in ["nadia", "nadia-m"] {
        let account = bench.account(name, NOW).await.id;
        assert_eq!(bench.store.person_of(account, id(1)).await.unwrap().map(|person| person.id), Some(id(KEEP)));
    }
    assert_eq!(bench.store.free_alias(id(1), "Fleur", None).await.unwrap(), "Fleur");
    assert_eq!(bench.store.free_alias(id(1), "Nadia", None).await.unwrap(), "Nadia2");
    let sam = bench.account("sam", NOW).await;
    let scope = Scope { account: sam, person: bench.store.person(id(OTHER)).await.unwrap(), ..testing::scope(None) };
    let named = |typed: &str| Named { marked: true, ..Named::bare(typed) };
    assert!(matches!(bench.store.target(&scope, &named("nadia-m")).await.unwrap(), Target::Person(person) if person.id == id(KEEP)));
    assert_eq!(bench.store.target(&scope, &named("Fleur")).await.unwrap(), Target::Nobody);
    assert_eq!(bench.left_of_gone().await, 0);
    bench.is_sound().await;
}

#[tokio::test]
async fn words_and_debts_of_the_bot_are_sealed_anew_and_opened_again() {
    let mut bench = Bench::open().await;
    let waits = Prompt {
        id: id(30),
        group: id(2),
        session: None,
        by: id(GONE),
        text: "Un mot ?".into(),
        at: NOW,
        at_start: false,
        state: State::Waiting,
    };
    bench.apply(prompt::Change::Add(Box::new(waits.clone()))).await;
    let owed = Owed {
        id: id(40),
        to: Receiver::Person(id(GONE)),
        what: What::Message(Content::from(Msg::new("common-yes"))),
        language: "fr".into(),
        zone: crate::domain::time::Zone::PARIS,
        manner: Manner::Notice,
        made_at: NOW,
        asked_in: None,
        answers: None,
    };
    let seq = bench.store.owe(owed.clone()).await.unwrap().seq;
    // A gift of hers that waits for somebody unknown goes back to the account that is hers then.
    let issue = bench.transfer(Party::Issuance, Party::Fund(SOLIDARITY_FUND.into()), 9, Kind::Issue).await;
    bench.enter(issue).await;
    let grant = bench.transfer(Party::Fund(SOLIDARITY_FUND.into()), Party::Person(id(GONE + 1000)), 9, Kind::Grant).await;
    bench.enter(grant).await;
    let gift = bench.transfer(Party::Person(id(GONE + 1000)), Party::WaitingGifts, 2, Kind::Gift).await;
    bench.enter(gift.clone().by(id(GONE))).await;
    let waiting = WaitingGift {
        id: id(60),
        community: id(1),
        transfer: gift.id,
        whom: Whom::Absent { platform: Platform::Terminal, to: Named::bare("personne") },
        source: Party::Person(id(GONE + 1000)),
        giver: id(GONE),
        amount_credits: 2,
        reason: Some("pour plus tard".into()),
        until: NOW,
    };
    bench.apply(ledger::Change::GiftWaits(waiting)).await;
    bench.link().await;
    bench.forget();

    assert_eq!(bench.store.prompt(id(30)).await.unwrap(), Some(Prompt { by: id(KEEP), ..waits }));
    let ready = bench.store.still_owed().await.unwrap();
    assert_eq!(ready.iter().map(|one| (one.seq, one.owed.to)).collect::<Vec<_>>(), [(seq, Receiver::Person(id(KEEP)))]);
    // What was on its way when it happened finds her too.
    assert!(matches!(bench.store.ready(seq, owed).await.unwrap().route, Route::Direct(..)));
    let (_, view) = bench.store.waiting_view(id(60)).await.unwrap().unwrap();
    assert_eq!((view.source, view.reason.as_deref()), (Party::Person(id(KEEP + 1000)), Some("pour plus tard")));
    assert_eq!(view.giver.map(|giver| (giver.id, giver.alias)), Some((id(KEEP), Some("Nadia".into()))));
    assert_eq!((bench.balance(KEEP).await, bench.balance(GONE).await), (7, 0));
    assert_eq!(bench.left_of_gone().await, 0);
    bench.is_sound().await;
}

/// Sets a price aside as `/book` would.
async fn book(bench: &mut Bench, booking: &Booking) {
    if booking.state == BookingState::Booked {
        let price = bench.transfer(Party::Person(booking.ledger), Party::Escrow(booking.session), 1, Kind::Booking).await;
        bench.enter(price.about(booking.session).by(booking.person)).await;
    }
    bench.apply(session::Change::Booking(booking.clone())).await;
}

#[tokio::test]
async fn one_seat_for_one_human_and_none_in_a_session_that_she_holds() {
    use BookingState::{Absent, Attended, Booked, Cancelled, Waiting};
    let mut bench = Bench::open().await;
    let issue = bench.transfer(Party::Issuance, Party::Fund(SOLIDARITY_FUND.into()), 90, Kind::Issue).await;
    bench.enter(issue).await;
    for n in [KEEP, GONE, OTHER] {
        let grant = bench.transfer(Party::Fund(SOLIDARITY_FUND.into()), Party::Person(id(n + 1000)), 10, Kind::Grant).await;
        bench.enter(grant).await;
    }
    // 50: both have a seat, Sam waits. 51: she holds it, her other self booked. 52: settled, both. 53: only the one that goes.
    for (n, host) in [(50, OTHER), (51, GONE), (52, OTHER), (53, OTHER)] {
        bench.apply(session::Change::Open(Box::new(session(n, host)))).await;
    }
    for one in [
        booking(400, 50, KEEP, Booked),
        booking(401, 50, GONE, Booked),
        booking(402, 51, KEEP, Booked),
        booking(403, 52, KEEP, Absent),
        booking(404, 52, GONE, Attended),
        booking(405, 53, GONE, Booked),
        booking(406, 53, KEEP, Cancelled),
        booking(407, 51, OTHER, Waiting),
    ] {
        book(&mut bench, &one).await;
    }
    bench.apply(session::Change::SetState(id(52), SessionState::Marked)).await;
    bench.is_sound().await;
    let decision = bench.link().await;
    bench.is_sound().await;

    let sql = "SELECT id, state FROM booking WHERE person_id = $1 ORDER BY id";
    let rows = bench.store.writer.rows(sql, binds![id::<PersonId>(KEEP)]).await.unwrap();
    let states: Vec<(u128, i64)> = rows.iter().map(|row| (row.id::<uuid::Uuid>(0).unwrap().as_u128(), row.int(1).unwrap())).collect();
    assert_eq!(states, [(400, 0), (401, 3), (402, 3), (403, 3), (404, 4), (405, 0), (406, 3)]);
    let host = bench.store.session_by_id(id(51)).await.unwrap().unwrap();
    assert_eq!((host.host, host.host_ledger), (id(KEEP), id(KEEP + 1000)));
    // Two seats are left to pay: of four paid, two came back.
    assert_eq!((bench.balance(KEEP).await, bench.balance(GONE).await), (18, 0));
    let offered = decision.acts.iter().any(|act| matches!(act, Act::Say { to: decision::Audience::Private(to), .. } if *to == id(OTHER)));
    assert!(offered, "the freed seat of 51 is offered to Sam");
    assert_eq!(bench.left_of_gone().await, 0);

    // What one earns in a month is counted together.
    let earned = |ledger: u128| Party::Person(id(ledger + 1000));
    let pay = bench.transfer(Party::Fund(SOLIDARITY_FUND.into()), earned(KEEP), 2, Kind::Attendance).await;
    bench.enter(pay.about(id(51))).await;
    assert_eq!(bench.store.earned_since(id(1), id(KEEP + 1000), NOW.minus(TimeDelta::days(1))).await.unwrap(), 2);
}
