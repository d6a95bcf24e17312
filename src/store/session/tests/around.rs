//! What is around sessions, on a real database.

use super::*;

#[tokio::test]
async fn who_rests_listens_to_nobody_new() {
    use crate::domain::session::after;
    let mut bench = Bench::open().await;
    let listening = Session { id: SessionId(uuid::Uuid::from_u128(51)), number: 13, kind: SessionKind::Listening, seats: 2, ..session() };
    bench.apply(Change::Open(Box::new(listening.clone()))).await.unwrap();
    let seat = Booking { session: listening.id, ..booking(2, BookingState::Booked) };
    bench.apply(Change::Booking(seat)).await.unwrap();
    let free = async |bench: &mut Bench, n: u128| {
        let view = bench.store.book_view(&person(n), SessionRef::Number(13), NOW).await.unwrap();
        view.found.unwrap().free_for(person_id(n))
    };
    assert_eq!(free(&mut bench, 3).await, 1);
    let rest = |until| Change::After(after::Change::Rest(person_id(HOST), until));
    bench.apply(rest(Some(listening.starts.plus(chrono::TimeDelta::hours(1))))).await.unwrap();
    assert_eq!(free(&mut bench, 3).await, 0, "for whoever has no seat yet it is full");
    let seated = bench.store.book_view(&person(2), SessionRef::Number(13), NOW).await.unwrap().found.unwrap();
    assert_eq!(seated.of(person_id(2)).map(|booking| booking.state), Some(BookingState::Booked), "who has one keeps it");
    bench.apply(rest(Some(listening.starts.minus(chrono::TimeDelta::hours(1))))).await.unwrap();
    assert_eq!(free(&mut bench, 3).await, 1, "over by then");
    bench.apply(rest(None)).await.unwrap();
    assert_eq!(bench.store.rests_until(person_id(HOST)).await.unwrap(), None);
}

#[tokio::test]
async fn answers_are_read_back_and_staff_do_not_count() {
    use crate::domain::session::after::{self, Answer};
    let says = |n: u128, score| Change::After(after::Change::Answer(session().id, person_id(n), Answer { score, line: None }));
    let all = [(HOST, 3), (2, 1), (2, 2), (3, 3)];
    let mut new_here = Bench::open().await;
    for (n, score) in all {
        new_here.apply(says(n, score)).await.unwrap();
    }
    assert!(new_here.store.answers_of(&session()).await.unwrap().iter().all(|one| !one.counts), "who has just joined does not count");
    let mut bench = Bench::open().await;
    let later = session().starts.plus(chrono::TimeDelta::days(30));
    bench.store.writer().run("UPDATE session SET starts_at = $1", binds![later]).await.unwrap();
    for (n, score) in all {
        bench.apply(says(n, score)).await.unwrap();
    }
    bench.commit().await;
    // What is staff later, or comes anew, changes nothing: two looks that differed would tell who said what.
    bench.store.writer().run("UPDATE membership SET role = 2, since = since + 1000000000000000", vec![]).await.unwrap();
    let mut counted: Vec<u8> =
        bench.store.answers_of(&session()).await.unwrap().into_iter().filter(|one| one.counts).map(|one| one.answer.score).collect();
    counted.sort_unstable();
    assert_eq!(counted, [2, 3], "each once, the host not");
    let view = bench.store.feedback_view(&person(2), SessionRef::Number(12)).await.unwrap();
    assert_eq!((view.own.map(|own| own.score), view.answers.len()), (Some(2), 0), "a member reads their own alone");
    assert_eq!(bench.store.feedback_view(&person(HOST), SessionRef::Number(12)).await.unwrap().answers.len(), 3);
    bench.store.move_after(person_id(3), person_id(4)).await.unwrap();
    assert_eq!(bench.store.own_answers(person_id(4)).await.unwrap()[0].1.score, 3, "sealed anew");
    bench.store.move_after(person_id(2), person_id(4)).await.unwrap();
    assert_eq!(bench.store.own_answers(person_id(4)).await.unwrap().len(), 1, "of two to one session one stays");
}

#[tokio::test]
async fn wishes_and_needs_are_read_back_moved_and_pruned() {
    use crate::domain::session::remind::{Quiet, Wishes};
    let mut bench = Bench::open().await;
    let wishes = Wishes { day: false, hour: true, quiet: Quiet { from: 60, until: 600 } };
    bench.apply(Change::Wishes(person_id(2), wishes)).await.unwrap();
    bench.apply(Change::Need(session().id, person_id(2), Some("une rampe".into()))).await.unwrap();
    // Taken back, written again; and the same with the seat.
    bench.apply(Change::NeedTold(session().id, person_id(2))).await.unwrap();
    bench.apply(Change::Booking(booking(2, BookingState::Cancelled))).await.unwrap();
    assert!(bench.store.own_needs(person_id(2)).await.unwrap().is_empty());
    for need in [None, Some("une rampe".into())] {
        bench.apply(Change::NeedTold(session().id, person_id(2))).await.unwrap();
        bench.apply(Change::Need(session().id, person_id(2), need)).await.unwrap();
        let told = bench.store.writer.rows("SELECT told FROM need", vec![]).await.unwrap()[0].int(0).unwrap();
        let needs = bench.store.own_needs(person_id(2)).await.unwrap().len();
        assert_eq!(told, if needs == 0 { 2 } else { 3 }, "what is taken back and written again is counted on");
    }
    bench.apply(Change::Reminded(session().id, 24, session().starts)).await.unwrap();
    bench.apply(Change::Reminded(session().id, 24, session().starts)).await.unwrap();
    bench.apply(Change::Booking(booking(2, BookingState::Booked))).await.unwrap();
    bench.commit().await;
    let view = bench.store.session_wake_view(session().id, NOW).await.unwrap().unwrap();
    let two = view.people.iter().find(|one| one.person == person_id(2)).unwrap();
    assert_eq!((two.wishes, two.need.as_deref(), two.alias.as_str()), (wishes, Some("une rampe"), "Alias 2"));
    assert_eq!(view.reminded, [24]);
    bench.apply(Change::Need(session().id, person_id(4), Some("un siège".into()))).await.unwrap();
    bench.apply(Change::Booking(booking(4, BookingState::Cancelled))).await.unwrap();
    assert!(bench.store.own_needs(person_id(4)).await.unwrap().is_empty(), "a need goes with the seat");
    bench.store.move_reminders(person_id(2), person_id(3)).await.unwrap();
    assert_eq!(bench.store.wishes(person_id(3)).await.unwrap(), Some(wishes));
    assert_eq!(bench.store.own_needs(person_id(3)).await.unwrap(), [(session().id, "une rampe".to_owned())]);
    assert!(bench.store.own_needs(person_id(2)).await.unwrap().is_empty());
    bench.store.prune_reminders(session().starts.plus(chrono::TimeDelta::days(3))).await.unwrap();
    assert!(bench.store.own_needs(person_id(3)).await.unwrap().is_empty(), "needs go with the session");
    let moved = Session { starts: session().starts.plus(chrono::TimeDelta::days(1)), ..session() };
    assert!(bench.store.reminded(&moved).await.unwrap().is_empty(), "a moved session is reminded of anew");
}

#[tokio::test]
async fn who_is_asked_to_hold_a_session_is_asked_no_more_once_another_holds_it() {
    use crate::domain::session::after::{self, HandOver};
    let mut bench = Bench::open().await;
    let until = NOW.plus(chrono::TimeDelta::days(1));
    let asked = HandOver { session: session().id, from: person_id(HOST), to: person_id(2), until };
    bench.apply(Change::After(after::Change::Ask(asked.clone()))).await.unwrap();
    assert_eq!(bench.store.hand_over(session().id).await.unwrap(), Some(asked));
    bench.apply(Change::SetHost(session().id, person_id(3))).await.unwrap();
    assert_eq!(bench.store.hand_over(session().id).await.unwrap(), None, "it was asked by the host before");
}

#[tokio::test]
async fn an_informal_meeting_is_not_marked_and_is_no_first_visit() {
    let mut bench = Bench::open().await;
    let informal = Session { id: SessionId(uuid::Uuid::from_u128(51)), number: 13, kind: SessionKind::Informal, ..session() };
    bench.apply(Change::Open(Box::new(informal.clone()))).await.unwrap();
    let place = Booking { session: informal.id, own_credits: 0, ..booking(2, BookingState::Booked) };
    bench.apply(Change::Booking(place)).await.unwrap();
    bench.commit().await;
    let to_mark = bench.store.attendance_view(&person(HOST), &AttendanceArgs::Bare, session().starts).await.unwrap().to_mark;
    assert_eq!(to_mark.iter().map(|session| session.number).collect::<Vec<_>>(), [12]);
    let visited = async |bench: &mut Bench| bench.store.book_view(&person(2), SessionRef::Number(12), NOW).await.unwrap().visited;
    assert!(!visited(&mut bench).await);
    bench.books(2).await;
    assert!(visited(&mut bench).await);
}

#[tokio::test]
async fn what_a_late_cancellation_used_up_counts_as_a_visit() {
    let mut bench = Bench::open().await;
    bench.apply(Change::Booking(booking(2, BookingState::Cancelled))).await.unwrap();
    let visited = async |bench: &mut Bench| bench.store.book_view(&person(2), SessionRef::Number(12), NOW).await.unwrap().visited;
    assert!(!visited(&mut bench).await, "given back in time, the first visit is still to come");
    bench.apply(Change::Forfeited(booking(2, BookingState::Cancelled).id)).await.unwrap();
    assert!(visited(&mut bench).await);
}

#[tokio::test]
async fn answers_that_were_closed_keep_how_many_counted() {
    use crate::domain::session::after;
    let mut bench = Bench::open().await;
    let closed = |counted| Change::After(after::Change::Closed(session().id, counted));
    let of = async |bench: &mut Bench| bench.store.feedback_view(&person(HOST), SessionRef::Number(12)).await.unwrap().closed_with;
    assert_eq!(of(&mut bench).await, None);
    bench.apply(closed(6)).await.unwrap();
    bench.apply(closed(5)).await.unwrap();
    assert_eq!(of(&mut bench).await, Some(6), "once");
    bench.apply(Change::Edit(Box::new(Session { seats: 9, ..session() }))).await.unwrap();
    bench.commit().await;
    assert_eq!(of(&mut bench).await, Some(6), "a change to the session leaves it");
}

#[tokio::test]
async fn a_seat_that_is_kept_is_seen_between_two_dates() {
    use crate::domain::{
        ids::SeriesId,
        session::series::{self, Rule, Series, Template},
    };
    let mut bench = Bench::open().await;
    let id = SeriesId(uuid::Uuid::from_u128(70));
    let monthly = Series {
        id,
        community: COMMUNITY,
        group: GROUP,
        rule: Rule::from_text("FREQ=MONTHLY;BYDAY=1TU;COUNT=3").unwrap(),
        first: session().wall,
        zone: session().zone,
        made_until: session().wall,
        template: Template::of(&session()),
        created: NOW,
        ended: None,
    };
    let series = |change| Change::Series(change);
    bench.apply(series(series::Change::Series(Box::new(monthly.clone())))).await.unwrap();
    bench.apply(series(series::Change::Belongs(session().id, id))).await.unwrap();
    bench.apply(series(series::Change::Keeps(id, person_id(2), NOW))).await.unwrap();
    bench.commit().await;
    let kept = async |bench: &mut Bench, now: Timestamp| {
        let view = bench.store.bookings_view(&person(2), BookingsArgs::List, now).await.unwrap();
        view.kept.iter().map(|session| session.number).collect::<Vec<_>>()
    };
    let between = session().starts.plus(chrono::TimeDelta::days(2));
    assert_eq!((kept(&mut bench, NOW).await, kept(&mut bench, between).await), (vec![12], vec![12]));
    let over = Series { made_until: "2027-02-02T18:00:00".parse().unwrap(), ..monthly.clone() };
    bench.apply(series(series::Change::Series(Box::new(over)))).await.unwrap();
    assert!(kept(&mut bench, between).await.is_empty(), "no date comes any more");
    bench.apply(series(series::Change::Series(Box::new(Series { ended: Some(NOW), ..monthly })))).await.unwrap();
    assert!(kept(&mut bench, between).await.is_empty());
}
