//! The figures of a month on a real database: what counts, who does, and that they stay as they were first read.

use super::*;
use crate::domain::{
    dates::Month,
    people::consent::{Entry, Purpose, Step},
    session::figures::{Count, Figures, Keep},
    time::Zone,
};

fn december() -> Month {
    Month::of("2026-12-01".parse().unwrap())
}

/// Ten people more; all but the fourteenth agreed to be counted, and all were there for long.
async fn month() -> Bench {
    let mut bench = Bench::open().await;
    for n in 5..15 {
        bench.join(n).await;
    }
    for n in (1..14).filter(|n| *n != 4) {
        let entry = Entry { purpose: Purpose::Figures, step: Step::Given, version: Purpose::Figures.version(), at: NOW };
        bench.people(PeopleChange::Consent(person_id(n), entry)).await;
    }
    let kinds = [(51, SessionKind::Workshop), (52, SessionKind::Listening), (53, SessionKind::Circle)];
    for (n, kind) in kinds {
        let session = Session { id: SessionId(uuid::Uuid::from_u128(n)), number: n as i64, kind, seats: 8, ..session() };
        bench.apply(Change::Open(Box::new(session))).await.unwrap();
    }
    bench.apply(Change::SetState(session().id, SessionState::Marked)).await.unwrap();
    bench.apply(Change::SetState(SessionId(uuid::Uuid::from_u128(51)), SessionState::Unmarked)).await.unwrap();
    bench.apply(Change::SetState(SessionId(uuid::Uuid::from_u128(52)), SessionState::Marked)).await.unwrap();
    bench.apply(Change::SetState(SessionId(uuid::Uuid::from_u128(53)), SessionState::Cancelled)).await.unwrap();
    bench
}

impl Bench {
    /// The `n`-th person's place in the session of that id.
    async fn place(&mut self, n: u128, session: u128, state: BookingState) {
        let id = BookingId(uuid::Uuid::from_u128(10_000 + 100 * session + n));
        let place = Booking { id, session: SessionId(uuid::Uuid::from_u128(session)), ..booking(n, state) };
        self.apply(Change::Booking(place)).await.unwrap();
    }

    async fn figures(&mut self) -> (Figures, bool) {
        let view = self.store.figures(COMMUNITY, december(), Zone::PARIS).await.unwrap();
        (view.figures, view.is_first)
    }
}

#[tokio::test]
async fn sessions_and_seats_are_counted_and_of_people_only_who_may_be() {
    use BookingState::{Absent, Attended, Cancelled, Lapsed};
    let mut bench = month().await;
    let (empty, is_first) = bench.figures().await;
    assert_eq!((empty.held, empty.cancelled, empty.seats, is_first), (2, 1, 10, true), "listening among none of them");
    // The host is staff, the fourth and the fourteenth did not agree.
    for n in [HOST, 2, 3, 4, 5, 6, 14] {
        bench.place(n, 50, Attended).await;
    }
    for n in [2, 3] {
        bench.place(n, 51, Attended).await;
        bench.place(n, 52, Attended).await;
    }
    bench.place(7, 50, Absent).await;
    bench.place(8, 50, Lapsed).await;
    bench.place(9, 50, Cancelled).await;
    bench.place(10, 53, Attended).await;
    let (counted, _) = bench.figures().await;
    let of = |times, people| Count { times, people };
    assert_eq!((counted.came, counted.absent, counted.waited, counted.listened), (of(6, 4), of(1, 1), of(1, 1), of(2, 2)));
    // Who joined within two weeks of the month's end is new.
    bench.commit().await;
    let late = Zone::PARIS.instant_or_later("2026-12-20T00:00:00".parse().unwrap());
    bench.store.writer().run("UPDATE membership SET since = $1 WHERE person_id = $2", binds![late, person_id(2)]).await.unwrap();
    bench.store.cache = Cache::default();
    assert_eq!(bench.figures().await.0.came, of(4, 3));
    let elsewhere = CommunityId(uuid::Uuid::from_u128(9));
    let theirs = bench.store.figures(elsewhere, december(), Zone::PARIS).await.unwrap();
    assert_eq!((theirs.figures, theirs.is_first), (Figures::default(), false), "nothing to keep of a month without sessions");
    let before = bench.store.figures(COMMUNITY, december().previous(), Zone::PARIS).await.unwrap();
    assert_eq!((before.figures.held, before.is_first), (0, false));
}

#[tokio::test]
async fn figures_stay_as_they_were_first_read_whoever_goes() {
    let mut bench = month().await;
    for n in [2, 3, 5, 6, 7] {
        bench.place(n, 50, BookingState::Attended).await;
    }
    let (figures, _) = bench.figures().await;
    assert_eq!(figures.came, Count { times: 5, people: 5 });
    bench.apply(Change::Figures(Keep { community: COMMUNITY, month: december(), figures })).await.unwrap();
    bench.commit().await;
    bench.store.writer().run("DELETE FROM booking WHERE person_id = $1", binds![person_id(2)]).await.unwrap();
    let entry = Entry { purpose: Purpose::Figures, step: Step::Withdrawn, version: Purpose::Figures.version(), at: NOW };
    bench.people(PeopleChange::Consent(person_id(3), entry)).await;
    bench.place(8, 50, BookingState::Attended).await;
    bench.apply(Change::Figures(Keep { community: COMMUNITY, month: december(), figures: Figures::default() })).await.unwrap();
    bench.commit().await;
    assert_eq!(bench.figures().await, (figures, false));
    let file = std::fs::read(bench.dir.path().join("db-wal")).unwrap();
    assert!(!file.windows(8).any(|window| window == b"\"people\""), "they are sealed");
}
