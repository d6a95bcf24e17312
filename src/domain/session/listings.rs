//! Tests of `/agenda`, `/bookings` and one session in full.

use super::{
    AgendaArgs, AgendaItem, AgendaView, BookingState, BookingsArgs, BookingsView, MyBooking, Session, SessionKind, SessionRef,
    SessionState,
    agenda::{agenda, bookings},
    remind::{Attendee, Wishes},
    testing::{HOST, NOW, booking, context, in_group, person_id, roll, said, scope, session, shown, shown_refusal},
};
use crate::domain::{
    command::Command,
    decision::{Audience, Outcome},
    hear::Call,
    ids::GroupId,
    message::{Button, Msg},
    scope::{LateRule, Scope},
    time::Zone,
};

fn words(outcome: Outcome, to: Audience) -> String {
    match outcome {
        Ok(decision) => shown(&said(&decision, to)[0]),
        Err(refusal) => format!("refused: {}", shown_refusal(&refusal)),
    }
}

fn listed(scope: &Scope, items: Vec<AgendaItem>) -> String {
    let view = AgendaView { items, ..AgendaView::default() };
    words(agenda(scope, &view, AgendaArgs::List, &context(1, 0)), Audience::SameRoom)
}

fn detailed(scope: &Scope, found: super::Roll) -> String {
    let view = AgendaView { found: Some(found), ..AgendaView::default() };
    words(agenda(scope, &view, AgendaArgs::Details(SessionRef::Number(12)), &context(1, 0)), Audience::Asker)
}

#[test]
fn the_agenda_lists_what_can_be_booked_and_in_a_room_never_listening() {
    let item = |number, held| AgendaItem { session: Session { number, ..session() }, held };
    let listening = AgendaItem { session: Session { kind: SessionKind::Listening, ..session() }, held: 0 };
    let cancelled = AgendaItem { session: Session { state: SessionState::Cancelled, ..session() }, held: 0 };
    assert_eq!(
        listed(&in_group(2), vec![item(12, 1), listening.clone(), item(13, 2), cancelled]),
        "agenda | agenda-line(12, Cercle du mardi, 01/12 18:00, 1) | agenda-line(13, Cercle du mardi, 01/12 18:00, 0) \
         [button-book-number(12)] [button-book-number(13)]"
    );
    assert_eq!(listed(&in_group(2), vec![listening.clone()]), "agenda-empty | agenda-wait(/session) [care-session-full-button-talk]");
    assert!(listed(&scope(2), vec![listening.clone()]).starts_with("agenda | agenda-line(12, "), "in private it is found");
    let found = || super::Roll { session: listening.session.clone(), bookings: vec![], apart: vec![] };
    assert_eq!(detailed(&in_group(2), found()), "refused: not-found [button-agenda]");
    assert!(detailed(&scope(2), found()).starts_with("details | card-title(Cercle du mardi, 12) | "));
}

#[test]
fn a_long_agenda_has_pages_and_says_where_nothing_can_be_booked() {
    let items = |count: i64| (1..=count).map(|number| AgendaItem { session: Session { number, ..session() }, held: 0 }).collect();
    let view = AgendaView { items: items(10), next: Some(10), ..AgendaView::default() };
    let decision = agenda(&in_group(2), &view, AgendaArgs::List, &context(1, 0)).unwrap();
    let content = &said(&decision, Audience::SameRoom)[0];
    assert_eq!(content.buttons.len(), 11);
    let more = Button::command(Msg::new("making-button-more"), Command::Agenda, "+10");
    assert_eq!(content.buttons.last(), Some(&more));
    assert_eq!(super::agenda::parse_agenda(&Call::new(Command::Agenda, "+10")), Ok(AgendaArgs::From(10)));
    let closed = Session { book_until: Some(NOW), ..session() };
    let informal = Session { kind: SessionKind::Informal, number: 13, ..session() };
    let items = [closed, informal].map(|session| AgendaItem { session, held: 0 }).into();
    assert_eq!(
        listed(&in_group(2), items),
        "agenda | making-agenda-closed(12, Cercle du mardi, 01/12 18:00) | making-agenda-informal(13, Cercle du mardi, 01/12 18:00) \
         [making-button-remind-number(13)]"
    );
}

#[test]
fn an_empty_agenda_says_what_to_do_next() {
    assert_eq!(listed(&scope(2), vec![]), "agenda-empty | agenda-wait(/session) [care-session-full-button-talk]");
    assert_eq!(listed(&scope(HOST), vec![]), "agenda-empty | agenda-propose(/session) [care-session-full-button-talk]");
    assert_eq!(listed(&in_group(HOST), vec![]), listed(&in_group(2), vec![]), "a role does not show in the group");
}

#[test]
fn a_session_in_full_says_what_it_is_to_who_asks() {
    let facts = "details | card-title(Cercle du mardi, 12) | card-when(01/12 18:00, 90) | card-online";
    let rules = "card-price(1) | details-cancel(30/11 18:00) | rule-solidarity";
    let with =
        |bookings| super::Roll { session: Session { link: Some("https://v.example/s".into()), ..session() }, bookings, apart: vec![] };
    assert_eq!(detailed(&scope(5), with(vec![])), format!("{facts} | card-seats(2, 2) | {rules} [button-book]"));
    assert_eq!(
        detailed(&scope(2), with(vec![booking(2, BookingState::Booked)])),
        format!(
            "{facts} | card-seats(1, 2) | {rules} | details-booked | link(https://v.example/s) [care-booked-button-calendar] [care-booked-button-cannot]"
        )
    );
    let full = vec![booking(2, BookingState::Booked), booking(3, BookingState::Offered), booking(4, BookingState::Waiting)];
    let facts = format!("{facts} | card-full(2) | card-waiting(2) | {rules}");
    assert_eq!(detailed(&scope(3), with(full.clone())), format!("{facts} | details-offered [button-take] [button-no-thanks]"));
    assert_eq!(detailed(&scope(4), with(full.clone())), format!("{facts} | details-waiting [button-leave-list]"));
    assert_eq!(detailed(&scope(5), with(full.clone())), format!("{facts} [button-waiting-list]"));
    assert_eq!(detailed(&scope(HOST), with(full)), format!("{facts} | details-host | link(https://v.example/s) [button-cancel-session]"));
}

#[test]
fn the_host_may_always_look_who_comes_and_with_what_need() {
    let attendee = |n: u128, need: Option<&str>| Attendee {
        person: person_id(n),
        alias: format!("Alias {n}"),
        zone: Zone::PARIS,
        paused_until: None,
        wishes: Wishes::default(),
        need: need.map(str::to_owned),
    };
    let looks = |n: u128| {
        let found = Some(roll(vec![booking(2, BookingState::Booked), booking(3, BookingState::Booked), booking(4, BookingState::Waiting)]));
        let people = vec![attendee(2, Some("une rampe")), attendee(3, None), attendee(4, Some("rien")), attendee(HOST, None)];
        let view = AgendaView { found, people, ..AgendaView::default() };
        words(agenda(&scope(n), &view, AgendaArgs::Details(SessionRef::Number(12)), &context(1, 0)), Audience::Asker)
    };
    let shown = looks(HOST);
    assert!(
        shown.ends_with("details-host | remind-name-need(Alias 2, une rampe) | remind-name(Alias 3) [button-cancel-session]"),
        "{shown}"
    );
    for n in [2, 5] {
        assert!(!looks(n).contains("remind-name"), "nobody else: {}", looks(n));
    }
}

#[test]
fn details_offer_what_can_still_be_done() {
    let found = |session| super::Roll { session, bookings: vec![], apart: vec![] };
    let closing = |until| Session { book_until: Some(until), ..session() };
    let closed = detailed(&scope(5), found(closing(NOW)));
    assert!(closed.ends_with(" | making-card-closed [button-agenda]"), "{closed}");
    let open = detailed(&scope(5), found(closing(session().starts.minus(chrono::TimeDelta::hours(2)))));
    assert!(open.ends_with(" | making-card-closes(01/12 16:00) [button-book]"), "{open}");
    let informal = detailed(&scope(5), found(Session { kind: SessionKind::Informal, price_credits: 0, ..session() }));
    assert!(informal.ends_with("making-card-informal [making-button-remind-me]"), "{informal}");
}

#[test]
fn a_session_of_another_group_is_not_there() {
    let elsewhere =
        super::Roll { session: Session { group: GroupId(uuid::Uuid::from_u128(77)), ..session() }, bookings: vec![], apart: vec![] };
    assert_eq!(detailed(&scope(2), elsewhere), "refused: not-found [button-agenda]");
    let visitor = Scope { person: None, ..in_group(2) };
    assert!(detailed(&visitor, roll(vec![])).starts_with("details | "), "who has not joined can read in the room");
    let visitor = Scope { person: None, ..scope(2) };
    assert_eq!(detailed(&visitor, roll(vec![])), "refused: not-found [button-agenda]");
}

#[test]
fn what_is_over_is_shown_as_over() {
    let off = super::Roll { session: Session { state: SessionState::Cancelled, ..session() }, bookings: vec![], apart: vec![] };
    assert_eq!(
        detailed(&scope(2), off),
        "details | card-title(Cercle du mardi, 12) | card-when(01/12 18:00, 90) | card-cancelled [button-agenda]"
    );
}

#[test]
fn the_rules_of_a_price_are_told_before_booking() {
    for (rule, line) in [(LateRule::Return, "rule-return"), (LateRule::Solidarity, "rule-solidarity"), (LateRule::Host, "rule-host")] {
        let mut scope = scope(2);
        scope.community.as_mut().unwrap().late_rule = rule;
        assert!(detailed(&scope, roll(vec![])).contains(line));
    }
    let free = super::Roll { session: Session { price_credits: 0, ..session() }, bookings: vec![], apart: vec![] };
    let shown = detailed(&scope(2), free);
    assert!(shown.contains("card-free") && !shown.contains("details-cancel") && !shown.contains("rule-"), "{shown}");
}

#[test]
fn ones_bookings_with_a_button_each() {
    let mine = |state| MyBooking { session: session(), state, offer_until: None };
    let listed = |mine| {
        let view = BookingsView { mine, ..BookingsView::default() };
        words(bookings(&scope(2), &view, BookingsArgs::List, &context(1, 0)), Audience::Asker)
    };
    assert_eq!(listed(vec![]), "bookings-empty [button-agenda]");
    assert_eq!(
        listed(vec![mine(BookingState::Booked), mine(BookingState::Waiting), mine(BookingState::Offered)]),
        "bookings | list-line(12, Cercle du mardi, 01/12 18:00) | bookings-waiting(12, Cercle du mardi, 01/12 18:00) | \
         bookings-offered(12, Cercle du mardi, 01/12 18:00) [button-cancel-number(12)] [button-cancel-number(12)] [button-cancel-number(12)] [feed-button]"
    );
}

#[test]
fn the_calendar_entry_is_for_who_has_a_seat() {
    let asked = |n, bookings_of: Vec<super::Booking>| {
        let view = BookingsView { found: Some(roll(bookings_of)), ..BookingsView::default() };
        words(bookings(&scope(n), &view, BookingsArgs::Calendar(SessionRef::Number(12)), &context(1, 0)), Audience::Asker)
    };
    assert_eq!(asked(2, vec![booking(2, BookingState::Booked)]), "calendar <agenda.ics>");
    assert_eq!(asked(HOST, vec![]), "calendar <agenda.ics>");
    let refused = "refused: calendar-not-booked | named(Cercle du mardi, 01/12 18:00) [button-book-number(12)]";
    assert_eq!(asked(2, vec![]), refused);
    assert_eq!(asked(2, vec![booking(2, BookingState::Waiting)]), refused);
    assert_eq!(asked(2, vec![booking(2, BookingState::Cancelled)]), "feed-gone <agenda.ics>", "who gave it back takes the entry out");
}
