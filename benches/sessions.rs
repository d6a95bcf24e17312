//! Lists of sessions as a community grows: 200 sessions and 10 000 in the same run, and what each list takes more with the
//! many. `cargo bench --bench sessions [SESSIONS]`; it fails where a list takes more than twice as long.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use entraide::{
    domain::{
        decision::Change,
        event::{AccountAddress, Platform, Sender},
        ids::IdSource,
        people,
        scope::{Account, Community, Group, Late, LateRule, Membership, Person, Place, Role, Scope},
        session::{self, AgendaArgs, Booking, BookingState, BookingsArgs, Session, SessionKind, SessionRef, SessionState},
        time::{Timestamp, Zone},
    },
    store::{Store, questions::About, url_of},
    vault::{Existing, Vault},
};
use uuid::Uuid;

/// Tuesday 1 December 2026, 18:00 in Paris.
const NOW: Timestamp = Timestamp::from_micros(1_796_144_400_000_000);
/// Members of the group.
const PEOPLE: u128 = 200;
/// So many seats of a session are booked; most sessions are over.
const BOOKED_EACH: i64 = 10;
/// So many of the sessions to come are booked.
const BOOKED_SESSIONS: i64 = 20;
/// How often each list is made.
const ROUNDS: usize = 300;
/// A list may take so many times as long with the many.
const RATIO_MAX: f64 = 2.0;

type Failure = Box<dyn std::error::Error>;

fn id<T: From<Uuid>>(n: u128) -> T {
    T::from(Uuid::from_u128(n))
}

fn community() -> Community {
    Community {
        id: id(1),
        language: "fr".into(),
        zone: Zone::PARIS,
        country: None,
        name: None,
        contact: None,
        founder: None,
        floor_credits: 0,
        credits: Default::default(),
        late_rule: LateRule::Return,
        corrections_below_floor: false,
        charter: None,
    }
}

fn person(n: u128) -> Person {
    let role = if n == 0 { Role::Facilitator } else { Role::Member };
    Person {
        memberships: vec![Membership { group: id(2), role, since: Timestamp::from_micros(0) }],
        ..Person::new(id(1_000 + n), id(1), id(10_000 + n), format!("Personne {n}"))
    }
}

fn scope(n: u128, place: Place) -> Scope {
    Scope {
        account: Account {
            id: id(100_000 + n),
            platform: Platform::Terminal,
            shown_name: String::new(),
            language: None,
            country: None,
            discreet: Default::default(),
        },
        place,
        community: Some(community()),
        group: Some(Group::new(id(2), id(1))),
        person: Some(person(n)),
        language: "fr".into(),
        zone: Zone::PARIS,
        country: None,
        is_admin: false,
    }
}

async fn apply(store: &mut Store, change: impl Into<Change>) -> Result<(), Failure> {
    Ok(store.apply(About::default(), change.into(), NOW).await?)
}

async fn join(store: &mut Store, n: u128) -> Result<(), Failure> {
    let address = AccountAddress { platform: Platform::Terminal, id: n.to_string() };
    let sender = Sender { account: address, display_name: None, user_name: None, language: None };
    let mut seed = [7; 32];
    seed[..16].copy_from_slice(&n.to_be_bytes());
    let account = store.account_of(&sender, &mut IdSource::new(seed, NOW), NOW).await?.id;
    let person = person(n);
    let membership = person.memberships[0].clone();
    let id = person.id;
    apply(store, people::Change::AddPerson { person: Box::new(Person { memberships: vec![], ..person }), account, at: NOW }).await?;
    let (group, role, since) = (membership.group, membership.role, membership.since);
    apply(store, people::Change::AddMembership { person: id, group, role, since }).await?;
    Ok(())
}

/// The sessions one a day, nine of ten of them over and marked.
fn session(n: i64, of: i64) -> Session {
    let days = n - of * 9 / 10;
    let starts = NOW.plus(TimeDelta::days(days)).plus(TimeDelta::hours(1));
    let host = person(0);
    Session {
        id: id(1_000_000 + u128::try_from(n).unwrap_or(0)),
        community: id(1),
        group: id(2),
        number: n,
        kind: SessionKind::Circle,
        title: format!("Cercle {n}"),
        wall: starts.wall(Zone::PARIS),
        zone: Zone::PARIS,
        starts,
        length_minutes: 90,
        seats: 12,
        minimum: 0,
        price_credits: 0,
        reward_credits: 0,
        host: host.id,
        host_ledger: host.ledger,
        place: None,
        link: None,
        free_cancel_until: starts,
        created: NOW,
        book_until: None,
        confirmed: false,
        moved: None,
        revision: 0,
        series: None,
        shown_from: None,
        state: if days < 0 { SessionState::Marked } else { SessionState::Open },
    }
}

async fn fill(store: &mut Store, sessions: i64) -> Result<(), Failure> {
    store.begin().await?;
    apply(store, people::Change::AddCommunity(Box::new(community()))).await?;
    apply(store, people::Change::AddGroup(Group::new(id(2), id(1)))).await?;
    for n in 0..PEOPLE {
        join(store, n).await?;
    }
    for n in 1..=sessions {
        let session = session(n, sessions);
        let (session_id, open) = (session.id, session.state == SessionState::Open);
        apply(store, session::Change::Open(Box::new(session))).await?;
        // As many to come for each person, whatever the past is.
        let seats = if n <= sessions * 9 / 10 + BOOKED_SESSIONS { BOOKED_EACH } else { 0 };
        for seat in 0..seats {
            let who = person(u128::try_from((n * BOOKED_EACH + seat) % i64::try_from(PEOPLE)?).unwrap_or(0));
            let booking = Booking {
                id: id(100_000_000 + u128::try_from(n * BOOKED_EACH + seat).unwrap_or(0)),
                session: session_id,
                person: who.id,
                ledger: who.ledger,
                state: if open { BookingState::Booked } else { BookingState::Attended },
                order: seat + 1,
                own_credits: 0,
                solidarity_credits: 0,
                late: Late { to: LateRule::Return, half: false },
                since: NOW,
                offer_until: None,
            };
            apply(store, session::Change::Booking(booking)).await?;
        }
    }
    Ok(store.commit().await?)
}

/// The names of the lists, and the median time of each.
async fn measure(folder: &Path, sessions: i64) -> Result<Vec<(&'static str, Duration)>, Failure> {
    let vault = Arc::new(Vault::open(&folder.join("key"), &folder.join("ring"), Existing::Nothing)?);
    let mut store = Store::open(&format!("{}?mode=rwc", url_of(&folder.join("db"))), vault).await?;
    fill(&mut store, sessions).await?;
    let (in_room, in_private) = (scope(7, Place::Room(id(3))), scope(7, Place::Direct));
    let member = person(7);
    // The next session of all: who asks has no seat in it.
    let next = SessionRef::Number(sessions * 9 / 10 + 1);
    let mut times: Vec<(&'static str, Vec<Duration>)> =
        ["agenda in the room", "agenda in private", "bookings", "one session in full", "booking it"].map(|name| (name, Vec::new())).into();
    for _ in 0..ROUNDS {
        store.begin().await?;
        let mut lap = Instant::now();
        let mut timed = |n: usize, times: &mut Vec<(&'static str, Vec<Duration>)>| {
            times[n].1.push(lap.elapsed());
            lap = Instant::now();
        };
        let items = store.agenda_view(&in_room, AgendaArgs::List, NOW).await?.items.len();
        timed(0, &mut times);
        store.agenda_view(&in_private, AgendaArgs::List, NOW).await?;
        timed(1, &mut times);
        store.bookings_view(&member, BookingsArgs::List, NOW).await?;
        timed(2, &mut times);
        let found = store.agenda_view(&in_private, AgendaArgs::Details(next), NOW).await?.found;
        timed(3, &mut times);
        store.book_view(&member, next, NOW).await?;
        timed(4, &mut times);
        if items != 10 || found.is_none_or(|roll| roll.bookings.len() != 10) {
            return Err("the lists are not what they should be".into());
        }
        store.commit().await?;
    }
    let median = |mut laps: Vec<Duration>| {
        laps.sort_unstable();
        laps[laps.len() / 2]
    };
    Ok(times.into_iter().map(|(name, laps)| (name, median(laps))).collect())
}

fn main() -> Result<(), Failure> {
    let many = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (one, other) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let few = runtime.block_on(measure(one.path(), 200))?;
    let many_times = runtime.block_on(measure(other.path(), many))?;
    let mut slow = false;
    for ((name, few), (_, much)) in few.into_iter().zip(many_times) {
        let ratio = much.as_secs_f64() / few.as_secs_f64();
        println!("{name}: {few:.1?} with 200 sessions, {much:.1?} with {many}: {ratio:.2} times");
        slow |= ratio > RATIO_MAX;
    }
    if slow { Err(format!("a list takes more than {RATIO_MAX} times as long with {many} sessions").into()) } else { Ok(()) }
}
