//! Tests of series: which sessions are made and when, who sits in them, what ends with them.

use chrono::TimeDelta;

use super::{
    AHEAD_DAYS, Change, Kept, Regular, Rule, Series, SeriesView, Template,
    ask::{self, AskView},
    make,
    rule::{Every, Until},
};
use crate::domain::{
    command::Command,
    decision::{Audience, Change as AnyChange, Context, Decision, Outcome},
    hear::Call,
    ids::SeriesId,
    ledger::Party,
    scope::Role,
    session::{
        self, Booking, BookingState, Roll, Session, SessionRef, SessionState,
        book::{BookArgs, BookView, book, parse_book},
        cancel::{CancelArgs, CancelView, cancel, parse_cancel},
        testing::{GROUP, HOST, NOW, booking, context, ledger_id, money, person_id, said, scope, session, shown, shown_refusal, transfers},
    },
    time::{Timestamp, Zone},
    timer::Wake,
};

pub(super) const SERIES: SeriesId = SeriesId(uuid::Uuid::from_u128(70));

pub(super) fn series(rule: Rule, first: &str) -> Series {
    let first = first.parse().unwrap();
    Series {
        id: SERIES,
        community: session().community,
        group: GROUP,
        rule,
        first,
        zone: Zone::PARIS,
        made_until: first,
        template: Template::of(&session()),
        created: NOW,
        ended: None,
    }
}

pub(super) const WEEKLY: Rule = Rule { every: Every::Week, until: Until::Open };

pub(super) fn view(series: Series, regulars: Vec<Regular>) -> SeriesView {
    let community = scope(HOST).community.unwrap();
    SeriesView {
        series,
        host: scope(HOST).person,
        next_number: 13,
        money: money(),
        floor_credits: 0,
        late: community.late(),
        first_free: false,
        regulars,
        staff: vec![person_id(90)],
    }
}

pub(super) fn regular(n: u128, balance_credits: i64) -> Regular {
    Regular { person: person_id(n), ledger: ledger_id(n), balance_credits, paused_until: None, apart: false, visited: true }
}

pub(super) fn at(wall: &str) -> Context {
    let mut ctx = context(9, 0);
    ctx.now = Zone::PARIS.instant_or_later(wall.parse().unwrap());
    ctx
}

fn opened(decision: &Decision) -> Vec<Session> {
    let open = |change: &AnyChange| match change {
        AnyChange::Session(session::Change::Open(session)) => Some((**session).clone()),
        _ => None,
    };
    decision.changes.iter().filter_map(open).collect()
}

fn walls(decision: &Decision) -> Vec<String> {
    opened(decision).iter().map(|session| session.starts.wall(Zone::PARIS).format("%d/%m %H:%M").to_string()).collect()
}

pub(super) fn kept_series(decision: &Decision) -> Series {
    let series = decision.changes.iter().rev().find_map(|change| match change {
        AnyChange::Session(session::Change::Series(Change::Series(series))) => Some((**series).clone()),
        _ => None,
    });
    series.unwrap()
}

pub(super) fn bookings(decision: &Decision) -> Vec<Booking> {
    let booked = |change: &AnyChange| match change {
        AnyChange::Session(session::Change::Booking(booking)) => Some(booking.clone()),
        _ => None,
    };
    decision.changes.iter().filter_map(booked).collect()
}

#[test]
fn the_sessions_of_four_weeks_are_made_and_the_next_wakes_up_in_time() {
    let decision = make::due(&view(series(WEEKLY, "2026-12-01T18:00:00"), vec![]), &mut at("2026-11-24T12:00:00"));
    assert_eq!(walls(&decision), ["08/12 18:00", "15/12 18:00"], "until the 22nd at noon");
    assert_eq!(opened(&decision).iter().map(|session| session.number).collect::<Vec<_>>(), [13, 14]);
    let after = kept_series(&decision);
    assert_eq!(after.made_until.to_string(), "2026-12-15 18:00:00");
    let next = decision.timers.iter().find(|timer| matches!(timer.wake, Wake::SeriesDue(_))).unwrap();
    assert_eq!(next.at.wall(Zone::PARIS).to_string(), "2026-11-24 18:00:00", "four weeks before the 22nd at six");
    // Woken up then, it makes that one, and no other twice.
    let mut ctx = context(10, 0);
    ctx.now = next.at;
    let again = make::due(&view(after, vec![]), &mut ctx);
    assert_eq!(walls(&again), ["22/12 18:00"]);
    let shows = decision.timers.iter().filter(|timer| matches!(timer.wake, Wake::SessionShows(_))).map(|timer| timer.at);
    assert_eq!(shows.map(|at| at.wall(Zone::PARIS).format("%d/%m %H:%M").to_string()).collect::<Vec<_>>(), ["01/12 18:00", "08/12 18:00"]);
    assert!(decision.acts.is_empty(), "no card hangs four weeks ahead");
}

#[test]
fn what_was_missed_while_the_program_was_down_is_not_made() {
    let decision = make::due(&view(series(WEEKLY, "2026-12-01T18:00:00"), vec![]), &mut at("2026-12-10T12:00:00"));
    assert_eq!(walls(&decision), ["15/12 18:00", "22/12 18:00", "29/12 18:00", "05/01 18:00"], "the 8th is over");
    assert_eq!(opened(&decision).iter().map(|session| session.number).collect::<Vec<_>>(), [13, 14, 15, 16]);
    let one = opened(&make::due(&view(series(WEEKLY, "2026-12-09T18:00:00"), vec![]), &mut at("2026-12-15T12:00:00"))).remove(0);
    assert_eq!(one.shown_from, None, "its card is late already, and hangs at once");
}

#[test]
fn eighteen_stays_eighteen_across_a_clock_change_and_a_count_ends() {
    let rule = Rule { every: Every::Week, until: Until::Times(3) };
    let decision = make::due(&view(series(rule, "2026-10-20T18:00:00"), vec![]), &mut at("2026-10-20T19:00:00"));
    assert_eq!(walls(&decision), ["27/10 18:00", "03/11 18:00"]);
    let starts: Vec<Timestamp> = opened(&decision).iter().map(|session| session.starts).collect();
    assert_eq!(starts[0].since(Zone::PARIS.instant_or_later("2026-10-20T18:00:00".parse().unwrap())), TimeDelta::hours(7 * 24 + 1));
    assert!(!decision.timers.iter().any(|timer| matches!(timer.wake, Wake::SeriesDue(_))), "three times are held");
}

#[test]
fn the_hour_in_the_gap_is_held_an_hour_later_and_says_so_and_of_two_hours_the_first_counts() {
    let rule = Rule { every: Every::Day, until: Until::Times(3) };
    let spring = make::due(&view(series(rule, "2027-03-27T02:30:00"), vec![]), &mut at("2027-03-27T03:00:00"));
    assert_eq!(walls(&spring), ["28/03 03:30", "29/03 02:30"]);
    let gap = opened(&spring);
    let card = |session: &Session| {
        let roll = Roll { session: session.clone(), bookings: vec![], apart: vec![] };
        shown(&session::card::card(&roll, session.starts.minus(TimeDelta::hours(2))))
    };
    assert!(card(&gap[0]).contains("series-gap(02:30)"), "{}", card(&gap[0]));
    assert!(!card(&gap[1]).contains("series-gap"), "{}", card(&gap[1]));
    let autumn = make::due(&view(series(rule, "2027-10-30T02:30:00"), vec![]), &mut at("2027-10-30T03:00:00"));
    let twice = &opened(&autumn)[0];
    assert_eq!(
        twice.starts.since(Zone::PARIS.instant_or_later("2027-10-30T02:30:00".parse().unwrap())),
        TimeDelta::hours(24),
        "summer time"
    );
}

#[test]
fn regulars_are_seated_in_their_order_by_the_same_rules_and_told_once() {
    let rule = Rule { every: Every::Week, until: Until::Times(3) };
    let mut regulars = vec![regular(2, 2), regular(3, 0), regular(4, 9), regular(5, 9), regular(6, 9)];
    regulars[3].apart = true;
    regulars[4].paused_until = Some(NOW.plus(TimeDelta::days(100)));
    let decision = make::due(&view(series(rule, "2026-12-01T18:00:00"), regulars), &mut at("2026-11-25T12:00:00"));
    // Two seats a session: the first has two credits, the second none; the third and the one who keeps away wait; the fifth paused.
    let states = |n: u128| -> Vec<_> {
        bookings(&decision).iter().filter(|b| b.person == person_id(n)).map(|b| (b.state, b.own_credits, b.solidarity_credits)).collect()
    };
    assert_eq!(states(2), [(BookingState::Booked, 1, 0), (BookingState::Booked, 1, 0)]);
    assert_eq!(states(3), [(BookingState::Booked, 0, 1), (BookingState::Booked, 0, 1)]);
    assert_eq!(states(4), [(BookingState::Waiting, 0, 0), (BookingState::Waiting, 0, 0)]);
    assert_eq!(states(5), [(BookingState::Waiting, 0, 0), (BookingState::Waiting, 0, 0)]);
    assert_eq!(states(6), []);
    let numbers: Vec<i64> = transfers(&decision).iter().map(|transfer| transfer.number).collect();
    assert_eq!(numbers, (1..=i64::try_from(numbers.len()).unwrap()).collect::<Vec<_>>(), "transfers count up over both sessions");
    let paid: i64 = transfers(&decision).iter().filter(|one| matches!(one.to, Party::Escrow(_))).map(|one| one.amount_credits).sum();
    assert_eq!(paid, 4, "two seats in two sessions");
    let told = |n: u128| said(&decision, Audience::Private(person_id(n))).iter().map(shown).collect::<Vec<_>>();
    assert_eq!(
        told(2),
        ["series-seat-notice | series-seat-line(13, Cercle du mardi, 08/12 18:00) | series-seat-line(14, Cercle du mardi, 15/12 18:00) \
          [button-cancel-number(13)] [button-cancel-number(14)] [series-button-keep-no-more]"]
    );
    // What is said to who has no credits is what is said to who has.
    assert_eq!(told(3), told(2));
    assert_eq!(told(4), told(5), "who keeps away from the host is told what everybody is told where it is full");
    assert!(told(4)[0].contains("series-waiting-line(13, "), "{:?}", told(4));
    assert_eq!(told(6), Vec::<String>::new());
}

#[test]
fn a_regulars_first_seat_is_free_of_charge_where_a_first_visit_is() {
    let rule = Rule { every: Every::Week, until: Until::Times(3) };
    let paid = |first_free, visited| -> Vec<(i64, i64)> {
        let regulars = vec![Regular { visited, ..regular(2, 5) }];
        let view = SeriesView { first_free, ..view(series(rule, "2026-12-01T18:00:00"), regulars) };
        let decision = make::due(&view, &mut at("2026-11-25T12:00:00"));
        bookings(&decision).iter().map(|booking| (booking.own_credits, booking.solidarity_credits)).collect()
    };
    assert_eq!(paid(true, false), [(0, 1), (1, 0)], "the first, and no other");
    for (first_free, visited) in [(true, true), (false, false)] {
        assert_eq!(paid(first_free, visited), [(1, 0), (1, 0)], "{first_free} {visited}");
    }
}

#[test]
fn where_nobody_holds_it_any_more_it_ends_and_staff_is_told() {
    let view = SeriesView { host: None, ..view(series(WEEKLY, "2026-12-01T18:00:00"), vec![regular(2, 5)]) };
    let decision = make::due(&view, &mut at("2026-11-25T12:00:00"));
    assert_eq!(opened(&decision), []);
    assert!(kept_series(&decision).ended.is_some());
    let told = said(&decision, Audience::Private(person_id(90)));
    assert!(shown(&told[0]).starts_with("series-nobody-holds | series-named(Cercle du mardi) | "), "{}", shown(&told[0]));
    let regulars = said(&decision, Audience::Private(person_id(2))).iter().map(shown).collect::<Vec<_>>();
    assert_eq!(regulars, ["cancelled-notice | series-named(Cercle du mardi) | series-ended-for-regular [button-agenda]"]);
    let over = SeriesView { series: kept_series(&decision), ..view };
    assert_eq!(make::due(&over, &mut at("2026-12-25T12:00:00")), Decision::nothing());
}

// The command

pub(super) fn ask_view(session: Session, series: Option<SeriesView>, instances: Vec<Roll>) -> AskView {
    let found = Some(Roll { session, bookings: vec![], apart: vec![] });
    AskView { found, series, instances: instances.into_iter().map(|roll| (roll, money())).collect(), next_number: 13, money: money() }
}

pub(super) fn says(outcome: Outcome) -> String {
    match outcome {
        Ok(decision) => shown(&said(&decision, Audience::Asker)[0]),
        Err(refusal) => format!("no: {}", shown_refusal(&refusal)),
    }
}

#[test]
fn a_series_is_begun_shown_and_refused_with_the_right_form() {
    let asks = |n: u128, rest: &str| {
        ask::ask(&scope(n), &ask_view(session(), None, vec![]), &Call::new(Command::Series, rest), &mut context(5, 0))
    };
    let begun = asks(HOST, "12 chaque semaine").unwrap();
    assert_eq!(walls(&begun), ["08/12 18:00", "15/12 18:00"]);
    assert!(begun.changes.iter().any(|change| matches!(change, AnyChange::Session(session::Change::Series(Change::Belongs(..))))));
    assert!(
        says(Ok(begun)).starts_with("series-begun | named(Cercle du mardi, 01/12 18:00) | series-every-week | series-next(08/12 18:00)")
    );
    assert!(says(asks(HOST, "12")).starts_with("series-how-often | "), "{}", says(asks(HOST, "12")));
    assert!(says(asks(HOST, "12 souvent")).starts_with("no: series-fault-how-often | series-form(/series, 12) [series-button-week]"));
    assert!(says(asks(HOST, "12 chaque semaine 1 fois")).starts_with("no: series-fault-times(1, 500)"));
    assert!(says(asks(HOST, "12 chaque semaine jusqu'au 2/12")).starts_with("no: series-fault-over-at-once"));
    assert!(says(asks(HOST, "12 off")).starts_with("no: series-none"));
    assert!(
        says(asks(HOST, "12 chaque jeudi")).starts_with("no: series-fault-other-day(jeudi, Day(2026-12-01), /session, 12) | series-form")
    );
    assert!(says(asks(HOST, "12 tous les deux jours")).starts_with("no: series-fault-not-offered(tous les deux jours) | series-form"));
    assert!(says(asks(2, "12 chaque semaine")).starts_with("no: making-may-not-edit"));
}

#[test]
fn terms_that_end_before_a_date_is_there_are_refused() {
    let before = |days: i64| session().starts.minus(TimeDelta::days(days));
    let asks = |session: Session| {
        let view = ask_view(session, None, vec![]);
        says(ask::ask(&scope(HOST), &view, &Call::new(Command::Series, "12 chaque semaine"), &mut context(5, 0)))
    };
    let refused = "no: series-fault-terms(21) | named(Cercle du mardi, 01/12 18:00) | series-fault-terms-how(/session, 12)";
    assert_eq!(asks(Session { book_until: Some(before(30)), ..session() }), refused, "nobody could ever book the next one");
    assert_eq!(asks(Session { free_cancel_until: before(30), ..session() }), refused, "every cancellation would be late");
    let days = Session { book_until: Some(before(3)), free_cancel_until: before(21), ..session() };
    assert!(asks(days).starts_with("series-begun"));
}

#[test]
fn ending_it_with_waiting_people_leaves_nothing_owed_and_tells_each() {
    use BookingState::{Booked, Waiting};
    let running = view(series(WEEKLY, "2026-12-01T18:00:00"), vec![regular(2, 5), regular(7, 5)]);
    let instance = |n: u128, states: &[(u128, BookingState)]| Roll {
        session: Session { id: crate::domain::ids::SessionId(uuid::Uuid::from_u128(60 + n)), series: Some(SERIES), ..session() },
        bookings: states.iter().map(|(n, state)| booking(*n, *state)).collect(),
        apart: vec![],
    };
    let first = instance(1, &[(2, Booked), (3, Booked), (4, Waiting)]);
    let second = instance(2, &[(2, Booked), (4, Waiting)]);
    let view = ask_view(first.session.clone(), Some(running), vec![first, second]);
    let asked = ask::ask(&scope(HOST), &view, &Call::new(Command::Series, "12 off"), &mut context(5, 0)).unwrap();
    assert!(says(Ok(asked)).contains("series-ask-end-made(2)"));
    let ended = ask::end(&scope(HOST), &view, true, &mut context(6, 0)).unwrap();
    assert!(kept_series(&ended).ended.is_some());
    let cancelled = ended.changes.iter().filter(|c| matches!(c, AnyChange::Session(session::Change::SetState(_, SessionState::Cancelled))));
    assert_eq!(cancelled.count(), 2);
    assert!(bookings(&ended).iter().all(|booking| booking.state == BookingState::Cancelled));
    let back: i64 = transfers(&ended).iter().map(|transfer| transfer.amount_credits).sum();
    assert_eq!(back, 3, "every price goes back");
    assert_eq!(transfers(&ended).iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2, 3]);
    let told = |n: u128| said(&ended, Audience::Private(person_id(n))).len();
    assert_eq!((told(2), told(3), told(4), told(7)), (2, 1, 2, 1), "each of their dates; who only kept a seat, once");
    // Or the planned dates stay.
    let kept = ask::end(&scope(HOST), &view, false, &mut context(6, 0)).unwrap();
    assert_eq!((bookings(&kept).len(), transfers(&kept).len()), (0, 0));
}

#[test]
fn who_does_not_hold_the_dates_ends_the_rule_and_calls_off_none_of_them() {
    let first = of_series(vec![booking(2, BookingState::Booked)]);
    let view = ask_view(first.session.clone(), Some(view(series(WEEKLY, "2026-12-01T18:00:00"), vec![])), vec![first]);
    let mut colleague = scope(7);
    colleague.person.as_mut().unwrap().memberships[0].role = Role::Facilitator;
    let asked = ask::ask(&colleague, &view, &Call::new(Command::Series, "12 off"), &mut context(5, 0));
    assert!(says(asked.clone()).contains("[series-button-end-keep]") && !says(asked.clone()).contains("end-all"), "{}", says(asked));
    // A button of somebody else's question would not do it either.
    let ended = ask::end(&colleague, &view, true, &mut context(6, 0)).unwrap();
    assert!(kept_series(&ended).ended.is_some());
    assert_eq!((bookings(&ended).len(), transfers(&ended).len()), (0, 0));
    colleague.person.as_mut().unwrap().coordinator = true;
    assert_eq!(bookings(&ask::end(&colleague, &view, true, &mut context(6, 0)).unwrap()).len(), 1, "the coordination may");
}

#[test]
fn a_new_rhythm_begins_after_the_dates_that_the_old_one_left() {
    let planned = |wall: &str| {
        let wall = wall.parse().unwrap();
        let session = Session { series: Some(SERIES), wall, starts: Zone::PARIS.instant_or_later(wall), ..session() };
        Roll { session, bookings: vec![], apart: vec![] }
    };
    let over = Series { ended: Some(NOW), ..series(WEEKLY, "2026-12-01T18:00:00") };
    let left = vec![planned("2026-12-08T18:00:00"), planned("2026-12-15T18:00:00")];
    let view = ask_view(Session { series: Some(SERIES), ..session() }, Some(view(over, vec![])), left);
    let ctx = &mut at("2026-11-30T12:00:00");
    let begun = ask::ask(&scope(HOST), &view, &Call::new(Command::Series, "12 chaque semaine"), ctx).unwrap();
    assert_eq!(walls(&begun), ["22/12 18:00"], "the 8th and the 15th are there already");
}

// A seat that is kept

fn kept(keeps: bool) -> Option<Kept> {
    Some(Kept { series: series(WEEKLY, "2026-12-01T18:00:00"), keeps })
}

fn books(rest: &str, found: Roll, kept: Option<Kept>) -> Outcome {
    let args = parse_book(&Call::new(Command::Book, rest)).unwrap();
    let view = BookView { found: Some(found), money: money(), balance_credits: 5, others: vec![], visited: true, kept };
    book(&scope(2), &view, args, &mut context(5, 0))
}

fn of_series(bookings: Vec<Booking>) -> Roll {
    Roll { session: Session { series: Some(SERIES), ..session() }, bookings, apart: vec![] }
}

#[test]
fn a_seat_is_kept_with_the_one_that_is_booked() {
    let once = books("12", of_series(vec![]), kept(false)).unwrap();
    assert!(says(Ok(once.clone())).ends_with(" [series-button-keep]"), "{}", says(Ok(once)));
    let always = books("12 toujours", of_series(vec![]), kept(false)).unwrap();
    assert_eq!(bookings(&always).len(), 1);
    assert!(always.changes.contains(&session::Change::Series(Change::Keeps(SERIES, person_id(2), NOW)).into()));
    let full = of_series(vec![booking(3, BookingState::Booked), booking(4, BookingState::Booked)]);
    let waits = books("12 always", full, kept(false)).unwrap();
    assert_eq!(bookings(&waits)[0].state, BookingState::Waiting, "this one is full, and the next are kept");
    assert!(waits.changes.contains(&session::Change::Series(Change::Keeps(SERIES, person_id(2), NOW)).into()));
    assert!(
        says(books("12 toujours", Roll { session: session(), bookings: vec![], apart: vec![] }, None))
            .starts_with("no: series-does-not-come-again")
    );
    let args = BookArgs { session: SessionRef::Number(12), wait: true, always: true };
    assert_eq!(parse_book(&Call::new(Command::Book, "12 toujours")), Ok(args));
}

#[test]
fn a_seat_is_kept_no_more_and_what_is_booked_stays() {
    let args = parse_cancel(&Call::new(Command::Cancel, "12 toujours")).unwrap();
    assert_eq!(args, CancelArgs::KeepNoMore(SessionRef::Number(12)));
    let cancels = |kept| {
        let found = Some(of_series(vec![booking(2, BookingState::Booked)]));
        let view = CancelView { found, money: money(), mine: vec![], kept };
        cancel(&scope(2), &view, args.clone(), &mut context(5, 0))
    };
    let done = cancels(kept(true)).unwrap();
    assert_eq!(done.changes, [session::Change::Series(Change::KeepsNot(SERIES, person_id(2))).into()]);
    assert!(says(cancels(kept(false))).starts_with("no: series-keeps-none"));
    assert_eq!(AHEAD_DAYS, 28);
}
