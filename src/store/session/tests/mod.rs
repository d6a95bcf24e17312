//! Sessions on a real database: what is read back, what is refused, who sees what, and what `verify` finds.

mod around;
mod months;
mod plans;

use std::sync::Arc;

use super::*;
use crate::{
    domain::{
        decision::{Change as AnyChange, Context, Decision},
        event::{AccountAddress, Platform, Sender},
        ids::{IdSource, PersonId},
        ledger::{GENERAL_FUND, Kind, Party, Pen},
        people::Change as PeopleChange,
        scope::{Person, Scope},
        session::{
            AgendaArgs, AttendanceArgs, BookArgs, Booking, BookingState, BookingsArgs, CancelArgs, SessionKind, book,
            testing::{COMMUNITY, GROUP, HOST, NOW, booking, in_group, ledger_id, person_id, scope, session},
        },
    },
    store::{
        cache::Cache,
        questions::About,
        sql::Reader,
        url_of,
        verify::{Report, verify},
    },
    vault::Vault,
};

/// A store in a folder of its own, with a group, its host, three members, and one session.
struct Bench {
    store: Store,
    dir: tempfile::TempDir,
    events: u8,
}

impl Bench {
    async fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("{}?mode=rwc", url_of(&dir.path().join("db")));
        let mut store = Store::open(&url, Arc::new(Vault::in_memory().unwrap())).await.unwrap();
        store.begin().await.unwrap();
        let mut bench = Self { store, dir, events: 0 };
        let host = scope(HOST);
        bench.people(PeopleChange::AddCommunity(Box::new(host.community.unwrap()))).await;
        bench.people(PeopleChange::AddGroup(host.group.unwrap())).await;
        for n in 1..5 {
            bench.join(n).await;
        }
        bench.apply(Change::Open(Box::new(session()))).await.unwrap();
        bench.commit().await;
        bench
    }

    async fn join(&mut self, n: u128) {
        let address = AccountAddress { platform: Platform::Terminal, id: n.to_string() };
        let sender = Sender { account: address, display_name: None, user_name: None, language: None };
        let mut ids = IdSource::new([u8::try_from(n).unwrap(); 32], NOW);
        let account = self.store.account_of(&sender, &mut ids, NOW).await.unwrap().id;
        let person = person(n);
        let membership = person.memberships[0].clone();
        let alone = Person { memberships: vec![], ..person };
        let (person, group, role, since) = (alone.id, membership.group, membership.role, membership.since);
        self.people(PeopleChange::AddPerson { person: Box::new(alone), account, at: NOW }).await;
        self.people(PeopleChange::AddMembership { person, group, role, since }).await;
    }

    async fn people(&mut self, change: PeopleChange) {
        self.store.apply(About::default(), AnyChange::People(change), NOW).await.unwrap();
    }

    async fn apply(&mut self, change: Change) -> Result<(), StoreError> {
        self.store.apply(About::default(), AnyChange::Session(change), NOW).await
    }

    async fn run(&mut self, decision: Decision) {
        for change in decision.changes {
            self.store.apply(About::default(), change, NOW).await.unwrap();
        }
    }

    fn context(&mut self) -> Context {
        self.events += 1;
        Context { now: NOW, ids: IdSource::new([self.events; 32], NOW) }
    }

    /// The `n`-th person books, as the handler does it.
    async fn books(&mut self, n: u128) {
        let view = self.store.book_view(&person(n), SessionRef::Number(12), NOW).await.unwrap();
        let args = BookArgs { session: SessionRef::Number(12), wait: true, always: false };
        let mut ctx = self.context();
        let decision = book::book(&scope(n), &view, args, &mut ctx).unwrap();
        self.run(decision).await;
    }

    /// Commits, and forgets everything that is remembered.
    async fn commit(&mut self) {
        self.store.commit().await.unwrap();
        self.store.cache = Cache::default();
        self.store.begin().await.unwrap();
    }

    async fn verify(&mut self) -> Report {
        let mut reader = Reader::open(&self.dir.path().join("db")).await.unwrap();
        verify(&mut reader).await.unwrap()
    }
}

fn person(n: u128) -> Person {
    scope(n).person.unwrap()
}

#[tokio::test]
async fn a_session_is_read_back_as_it_was_written() {
    let mut bench = Bench::open().await;
    let other = Session {
        id: SessionId(uuid::Uuid::from_u128(51)),
        number: 13,
        kind: SessionKind::Training,
        place: Some("Salle 3".into()),
        link: Some("https://v.example/s".into()),
        minimum: 1,
        ..session()
    };
    bench.apply(Change::Open(Box::new(other.clone()))).await.unwrap();
    bench.commit().await;
    for (meant, expected) in [
        (SessionRef::Number(12), Some(session())),
        (SessionRef::Id(session().id), Some(session())),
        (SessionRef::Number(13), Some(other.clone())),
        (SessionRef::Number(14), None),
        (SessionRef::Number(i64::MAX), None),
    ] {
        assert_eq!(bench.store.session(COMMUNITY, meant).await.unwrap(), expected);
    }
    let elsewhere = CommunityId(uuid::Uuid::from_u128(9));
    assert_eq!(bench.store.session(elsewhere, SessionRef::Id(other.id)).await.unwrap(), None, "an id is of one community");
    assert_eq!(bench.store.group_of_session(other.id).await.unwrap(), Some(GROUP));
    assert_eq!(bench.store.next_session(COMMUNITY).await.unwrap(), 14);
    assert_eq!(bench.store.next_session(elsewhere).await.unwrap(), 1);
    assert_eq!(bench.store.session_title(other.id).await.unwrap().as_deref(), Some("Cercle du mardi"));
}

#[tokio::test]
async fn nothing_that_people_wrote_stands_in_the_file() {
    let mut bench = Bench::open().await;
    let canary = Session {
        id: SessionId(uuid::Uuid::from_u128(51)),
        number: 13,
        title: "CANARY-TITLE".into(),
        place: Some("CANARY-PLACE".into()),
        link: Some("https://CANARY-LINK.example".into()),
        ..session()
    };
    bench.apply(Change::Open(Box::new(canary))).await.unwrap();
    bench.commit().await;
    for file in ["db", "db-wal"] {
        let bytes = std::fs::read(bench.dir.path().join(file)).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"CANARY"), "{file}");
    }
    assert!(bench.store.session(COMMUNITY, SessionRef::Number(13)).await.unwrap().unwrap().title.contains("CANARY"));
}

#[tokio::test]
async fn a_person_has_one_place_that_counts() {
    let mut bench = Bench::open().await;
    let first = booking(2, BookingState::Booked);
    let again = Booking { id: BookingId(uuid::Uuid::from_u128(900)), order: 2, ..first.clone() };
    bench.apply(Change::Booking(first.clone())).await.unwrap();
    bench.apply(Change::Booking(Booking { state: BookingState::Cancelled, ..first.clone() })).await.unwrap();
    bench.apply(Change::Booking(again.clone())).await.unwrap();
    bench.commit().await;
    let view = bench.store.book_view(&person(2), SessionRef::Number(12), NOW).await.unwrap();
    let roll = view.found.unwrap();
    assert_eq!(roll.bookings.len(), 2, "the one that counts, and the asker's last");
    assert_eq!(roll.of(person_id(2)), Some(&again));
    let others = bench.store.book_view(&person(3), SessionRef::Number(12), NOW).await.unwrap().found.unwrap();
    assert_eq!(others.bookings, [again], "of others only what counts");
    bench.apply(Change::Booking(first)).await.unwrap();
    let refused = bench.store.commit().await.unwrap_err();
    assert!(refused.is_constraint(), "{refused}");
}

#[tokio::test]
async fn bookings_go_through_the_ledger_and_verify() {
    let mut bench = Bench::open().await;
    let mut pen = Pen::new(COMMUNITY, 1);
    for (from, to) in [(Party::Issuance, Party::Fund(GENERAL_FUND.into())), (Party::Fund(GENERAL_FUND.into()), Party::Person(ledger_id(2)))]
    {
        let mut ctx = bench.context();
        let kind = if from == Party::Issuance { Kind::Issue } else { Kind::Grant };
        let transfer = pen.transfer(&mut ctx, from, to, 5, kind);
        bench.run(Decision::nothing().change(crate::domain::ledger::Change::Transfer(transfer))).await;
    }
    bench.books(2).await;
    bench.books(3).await;
    bench.books(4).await;
    bench.commit().await;
    assert_eq!(bench.store.set_aside(person_id(2)).await.unwrap(), 1);
    assert_eq!(bench.store.set_aside(person_id(3)).await.unwrap(), 0, "what solidarity paid is not shown as one's own");
    assert_eq!(bench.store.ledger_balance(ledger_id(2)).await.unwrap(), Some(4));
    let view = bench.store.book_view(&person(4), SessionRef::Number(12), NOW).await.unwrap();
    assert_eq!(view.found.unwrap().of(person_id(4)).map(|booking| booking.state), Some(BookingState::Waiting));
    assert_eq!((view.money.next_transfer, view.money.solidarity_credits), (6, 0));
    let report = bench.verify().await;
    assert!(report.is_sound(), "{report}");
    bench.store.writer.run("UPDATE booking SET own = 3 WHERE own = 1", binds![]).await.unwrap();
    bench.commit().await;
    let report = bench.verify().await;
    assert!(report.to_string().contains("its open bookings paid 4, and its escrow holds 2"), "{report}");
}

#[tokio::test]
async fn an_escrow_without_a_session_is_found() {
    let mut bench = Bench::open().await;
    bench.books(2).await;
    bench.commit().await;
    bench.store.commit().await.unwrap();
    bench.store.writer.run("PRAGMA foreign_keys = OFF", binds![]).await.unwrap();
    bench.store.writer.run("DELETE FROM session", binds![]).await.unwrap();
    let report = bench.verify().await;
    assert!(report.to_string().contains("an escrow of no session holds 1"), "{report}");
}

#[tokio::test]
async fn a_seat_that_is_booked_in_a_settled_session_is_found() {
    let mut bench = Bench::open().await;
    bench.books(2).await;
    bench.commit().await;
    bench.store.writer.run("UPDATE session SET state = 2", binds![]).await.unwrap();
    bench.commit().await;
    let report = bench.verify().await;
    assert!(report.to_string().contains("it is settled, and seats in it are booked still"), "{report}");
}

#[tokio::test]
async fn the_agenda_shows_each_what_is_theirs_to_see() {
    let mut bench = Bench::open().await;
    let like = |n: u128, number: i64| Session { id: SessionId(uuid::Uuid::from_u128(n)), number, ..session() };
    let day = chrono::TimeDelta::days(1);
    let sooner = Session { starts: session().starts.minus(day), ..like(51, 13) };
    let listening = Session { kind: SessionKind::Listening, ..like(52, 14) };
    let past = Session { starts: NOW.minus(day), ..like(53, 15) };
    let cancelled = Session { state: SessionState::Cancelled, ..like(54, 16) };
    for session in [sooner, listening, past, cancelled] {
        bench.apply(Change::Open(Box::new(session))).await.unwrap();
    }
    bench.books(2).await;
    bench.commit().await;
    let mut listed = async |scope: &Scope| {
        let view = bench.store.agenda_view(scope, AgendaArgs::List, NOW).await.unwrap();
        view.items.into_iter().map(|item| (item.session.number, item.held)).collect::<Vec<_>>()
    };
    let expected = [(13, 0), (12, 1)];
    let alone = [(13, 0), (12, 1), (14, 0)];
    assert_eq!(listed(&scope(2)).await, alone, "in private, what is for two is found too");
    assert_eq!(listed(&in_group(2)).await, expected);
    assert_eq!(listed(&Scope { person: None, ..in_group(2) }).await, expected, "the room's own, for whoever reads there");
    assert_eq!(listed(&Scope { person: None, ..scope(2) }).await, []);
    let mut coordinator = scope(9);
    coordinator.person.as_mut().unwrap().coordinator = true;
    assert_eq!(listed(&coordinator).await, alone, "all groups of the community");
    assert_eq!(listed(&scope(9)).await, [], "not a member of the group");
}

#[tokio::test]
async fn names_are_loaded_for_the_host_alone() {
    let mut bench = Bench::open().await;
    bench.books(2).await;
    bench.books(3).await;
    bench.books(4).await;
    bench.people(PeopleChange::SetCoordinator { person: person_id(4), coordinator: true }).await;
    bench.commit().await;
    let args = AttendanceArgs::Mark(SessionRef::Number(12), [].into());
    let view = bench.store.attendance_view(&person(HOST), &args, NOW).await.unwrap();
    assert_eq!(view.aliases, [(person_id(2), "Alias 2".to_owned()), (person_id(3), "Alias 3".to_owned())], "who waits is not on the list");
    assert_eq!(view.coordinators, [person_id(4)]);
    let view = bench.store.attendance_view(&person(2), &args, NOW).await.unwrap();
    assert_eq!((view.aliases.len(), view.coordinators.len()), (0, 0));
    let later = session().starts;
    let to_mark = bench.store.attendance_view(&person(HOST), &AttendanceArgs::Bare, later).await.unwrap().to_mark;
    assert_eq!(to_mark, [session()]);
    assert!(bench.store.attendance_view(&person(2), &AttendanceArgs::Bare, later).await.unwrap().to_mark.is_empty());
    bench.apply(Change::SetState(session().id, SessionState::Marked)).await.unwrap();
    assert!(bench.store.attendance_view(&person(HOST), &AttendanceArgs::Bare, later).await.unwrap().to_mark.is_empty());
}

#[tokio::test]
async fn what_is_ones_own_is_listed_and_what_is_over_is_not() {
    let mut bench = Bench::open().await;
    for n in 2..5 {
        bench.books(n).await;
    }
    bench.commit().await;
    let mut states = async |n: u128, now: Timestamp| {
        let mine = bench.store.bookings_view(&person(n), BookingsArgs::List, now).await.unwrap().mine;
        let bare = bench.store.cancel_view(&person(n), &CancelArgs::Bare, now).await.unwrap().mine;
        assert_eq!(mine, bare);
        mine.into_iter().map(|mine| mine.state).collect::<Vec<_>>()
    };
    assert_eq!(states(2, NOW).await, [BookingState::Booked]);
    assert_eq!(states(4, NOW).await, [BookingState::Waiting]);
    assert_eq!(states(HOST, NOW).await, []);
    assert_eq!(states(2, session().starts).await, []);
    let next = bench.store.next_bookings(person_id(2), NOW, 3).await.unwrap();
    assert_eq!(next.iter().map(|next| next.number).collect::<Vec<_>>(), [12]);
    assert!(bench.store.next_bookings(person_id(4), NOW, 3).await.unwrap().is_empty(), "waiting is no booking");
    for (n, rolls, places) in [(2, 1, 1), (4, 1, 1), (HOST, 1, 0), (9, 0, 0)] {
        assert_eq!(bench.store.leaving_view(&person(n), GROUP, NOW).await.unwrap().len(), rolls, "{n}");
        assert_eq!(bench.store.live_bookings(person_id(n), GROUP, NOW).await.unwrap(), places, "{n}");
    }
    let elsewhere = GroupId(uuid::Uuid::from_u128(77));
    assert!(bench.store.leaving_view(&person(2), elsewhere, NOW).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_wake_up_knows_the_session_its_people_and_who_paused() {
    let mut bench = Bench::open().await;
    bench.books(2).await;
    bench.books(3).await;
    let until = NOW.plus(chrono::TimeDelta::days(9));
    for (n, paused) in [(3, until), (4, until)] {
        let change = PeopleChange::Person(person_id(n), crate::domain::people::PersonSetting::PausedUntil(Some(paused)));
        bench.people(change).await;
    }
    bench.commit().await;
    let view = bench.store.session_wake_view(session().id, NOW).await.unwrap().unwrap();
    let pauses: Vec<_> = view.people.iter().map(|one| (one.person, one.paused_until)).collect();
    assert!(pauses.contains(&(person_id(3), Some(until))), "{pauses:?}");
    assert!(!pauses.iter().any(|(person, _)| *person == person_id(4)), "only those whom it concerns");
    assert_eq!(view.roll.bookings.len(), 2);
    let id = view.roll.bookings[0].id;
    assert_eq!(bench.store.session_of_booking(id).await.unwrap(), Some(session().id));
    assert!(bench.store.session_wake_view(SessionId(uuid::Uuid::nil()), NOW).await.unwrap().is_none());
    assert!(bench.store.session_of_booking(BookingId(uuid::Uuid::nil())).await.unwrap().is_none());
    let gone = bench.apply(Change::SetState(SessionId(uuid::Uuid::nil()), SessionState::Marked)).await;
    assert!(gone.is_err(), "a session that is not there");
    assert_ne!(PersonId(uuid::Uuid::nil()), view.roll.session.host);
}
