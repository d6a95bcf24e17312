//! Seats that are booked, given back, and called off.

use super::*;

#[test]
fn the_last_seat_goes_to_one_person() {
    let mut world = World::new(Session { seats: 1, ..session() }).with(2, 5).with(3, 5);
    let first = world.books(2, false).unwrap();
    assert_eq!(answer(&first), BOOKED);
    assert_eq!(world.books(3, false).unwrap_err(), FULL);
    assert_eq!((world.credits(2), world.credits(3), world.escrow()), (4, 5, 1));
    assert_eq!(
        shown(&card(&first).unwrap()),
        "card-title(Cercle du mardi, 12) | card-when(01/12 18:00, 90) | card-full(1) | card-price(1) [button-waiting-list] [button-details]"
    );
}

#[test]
fn a_second_press_books_nothing_more() {
    let mut world = World::new(session()).with(2, 5);
    world.books(2, false).unwrap();
    let again = world.books(2, false).unwrap();
    assert!(again.changes.is_empty() && card(&again).is_none());
    assert!(answer(&again).starts_with("already-booked | named("));
    assert_eq!(world.credits(2), 4);
}

#[test]
fn the_words_are_the_same_whoever_pays() {
    let said_to = |credits: i64, solidarity: i64| {
        let mut world = World::new(Session { price_credits: 3, ..session() }).with(2, credits);
        if solidarity > 0 {
            world.book.enter(Party::Issuance, Party::Fund(SOLIDARITY_FUND.into()), solidarity).unwrap();
        }
        let decision = world.books(2, false).unwrap();
        let moves: Vec<(Kind, i64)> = transfers(&decision).iter().map(|t| (t.kind, t.amount_credits)).collect();
        assert_eq!(world.escrow(), 3);
        let acts: Vec<Act> = decision.acts;
        (format!("{acts:?}"), moves, world.credits(2), world.solidarity())
    };
    let (rich, moves, left, _) = said_to(5, 0);
    assert_eq!((moves, left), (vec![(Kind::Booking, 3)], 2));
    for (credits, solidarity, expected) in [
        (0, 0, vec![(Kind::Issue, 3), (Kind::Booking, 3)]),
        (0, 10, vec![(Kind::Booking, 3)]),
        (2, 0, vec![(Kind::Issue, 1), (Kind::Booking, 2), (Kind::Booking, 1)]),
        (1, 1, vec![(Kind::Issue, 1), (Kind::Booking, 1), (Kind::Booking, 2)]),
    ] {
        let (poor, moves, left, fund) = said_to(credits, solidarity);
        assert_eq!(poor, rich, "byte for byte");
        assert_eq!((moves, left), (expected, 0), "{credits} and {solidarity}");
        assert!(fund >= 0);
    }
}

#[test]
fn in_time_each_part_goes_back_to_its_source() {
    let mut world = World::new(Session { price_credits: 3, ..session() }).with(2, 1);
    world.books(2, false).unwrap();
    assert_eq!((world.credits(2), world.solidarity(), world.escrow()), (0, 0, 3));
    let cancelled = world.cancels(2).unwrap();
    assert_eq!(
        answer(&cancelled),
        "seat-given-back | named(Cercle du mardi, 01/12 18:00) | price-returned [button-agenda] [feed-button-gone]"
    );
    assert_eq!((world.credits(2), world.solidarity(), world.escrow()), (1, 2, 0));
    assert!(shown(&card(&cancelled).unwrap()).contains("card-seats(2, 2)"));
}

#[test]
fn who_cancels_can_book_again() {
    let mut world = World::new(session()).with(2, 5);
    world.books(2, false).unwrap();
    let first = world.booking_id(2);
    world.cancels(2).unwrap();
    assert_eq!(answer(&world.books(2, false).unwrap()), BOOKED);
    assert_ne!(world.booking_id(2), first);
    assert_eq!((world.credits(2), world.escrow()), (4, 1));
    let twice = world.cancels(2).and(world.cancels(2));
    assert_eq!(twice.unwrap_err(), "no-seat | named(Cercle du mardi, 01/12 18:00) [button-my-bookings] [button-book]");
}

#[test]
fn late_the_rule_of_the_community_holds() {
    for (rule, expected, line) in [
        (LateRule::Return, (5, 0, 0), "price-returned"),
        (LateRule::Solidarity, (4, 1, 0), "price-solidarity"),
        (LateRule::Host, (4, 0, 1), "price-host"),
    ] {
        let mut world = World::new(session()).with(2, 5);
        world.late_rule = rule;
        world.books(2, false).unwrap();
        world.before_start(23 * 60);
        assert!(answer(&world.cancels(2).unwrap()).contains(line));
        assert_eq!((world.credits(2), world.solidarity(), world.credits(HOST)), expected, "{rule:?}");
        assert_eq!(world.escrow(), 0);
    }
}

#[test]
fn half_of_the_price_costs_the_same_whoever_paid_it() {
    // What the person has, the price; then what the person and the solidarity fund get back, and what the host gains.
    for (credits, price, expected) in
        [(5, 4, (3, 0, 2)), (5, 3, (4, 0, 1)), (5, 1, (5, 0, 0)), (0, 4, (0, 2, 2)), (1, 4, (1, 1, 2)), (1, 2, (1, 0, 1))]
    {
        let mut world = World::new(Session { price_credits: price, ..session() }).with(2, credits);
        (world.late_rule, world.late_half) = (LateRule::Host, true);
        world.books(2, false).unwrap();
        world.before_start(23 * 60);
        assert!(answer(&world.cancels(2).unwrap()).contains("price-half-host"));
        assert_eq!((world.credits(2), world.solidarity(), world.credits(HOST)), expected, "{credits} of {price}");
        assert_eq!(world.escrow(), 0);
    }
}

#[test]
fn a_seat_keeps_the_rule_under_which_it_was_booked() {
    let mut world = World::new(Session { price_credits: 2, ..session() }).with(2, 5).with(3, 5);
    world.late_rule = LateRule::Return;
    world.books(2, false).unwrap();
    world.late_rule = LateRule::Solidarity;
    world.books(3, false).unwrap();
    world.before_start(60);
    assert!(answer(&world.cancels(2).unwrap()).contains("price-returned"));
    assert!(answer(&world.cancels(3).unwrap()).contains("price-solidarity"));
    assert_eq!((world.credits(2), world.credits(3), world.solidarity()), (5, 3, 2));
}

#[test]
fn the_host_needs_no_seat_and_is_asked_which_is_meant() {
    let mut world = World::new(session()).with(2, 5);
    assert!(world.books(HOST, false).unwrap_err().starts_with("host-no-seat | "));
    let asked = world.cancels(HOST).unwrap();
    assert_eq!(
        answer(&asked),
        "cancel-seat-or-session | named(Cercle du mardi, 01/12 18:00) [button-my-seat] [button-whole-session] [after-button-hand] [button-nothing]"
    );
    assert!(format!("{:?}", asked.changes).contains(&format!("{:?}", account_id(HOST))), "only the host's account may answer");
    let id = world.roll.session.id;
    assert!(world.answers(HOST, Action::CancelSeat(id)).unwrap_err().starts_with("host-has-no-seat | "));
    assert!(
        world.answers(2, Action::CallOff { session: id, reason: None }).unwrap_err().starts_with("no-seat | "),
        "nobody else calls it off"
    );
}

#[test]
fn a_session_that_is_called_off_gives_everything_back_and_tells_everybody() {
    let mut world = World::new(Session { seats: 2, price_credits: 2, ..session() }).with(2, 5).with(3, 1);
    world.books(2, false).unwrap();
    world.books(3, false).unwrap();
    world.books(4, true).unwrap();
    let id = world.roll.session.id;
    world.before_start(60);
    let off = world.answers(HOST, Action::CallOff { session: id, reason: None }).unwrap();
    assert_eq!(answer(&off), "called-off | named(Cercle du mardi, 01/12 18:00) | called-off-told(3) [button-agenda]");
    let notice = "cancelled-notice | named(Cercle du mardi, 01/12 18:00) | cancelled-line";
    let buttons = "[button-agenda] [care-session-full-button-talk]";
    assert_eq!(told(&off, 2), [format!("{notice} | price-returned {buttons} [feed-button-gone]")]);
    assert_eq!(told(&off, 3), told(&off, 2), "the same words whoever paid");
    assert_eq!(told(&off, 4), [format!("{notice} {buttons}")]);
    assert_eq!((world.credits(2), world.credits(3), world.solidarity(), world.escrow()), (5, 1, 1, 0));
    assert_eq!(shown(&card(&off).unwrap()), "card-title(Cercle du mardi, 12) | card-when(01/12 18:00, 90) | card-cancelled");
    for wake in [wake::started, wake::over, wake::unmarked] {
        let decision = world.wakes(wake);
        assert!(decision.changes.is_empty() && decision.acts.is_empty(), "timers find it cancelled");
    }
    assert!(world.books(2, false).unwrap_err().starts_with("is-cancelled | "));
    assert!(
        world.answers(HOST, Action::CallOff { session: id, reason: None }).unwrap_err().starts_with("is-cancelled | "),
        "pressed twice"
    );
}

#[test]
fn who_leaves_the_group_gives_everything_back() {
    let mut world = World::new(session()).with(2, 5).with(3, 5);
    world.books(2, false).unwrap();
    world.books(3, false).unwrap();
    world.books(4, true).unwrap();
    let gone = |world: &mut World, n: u128| {
        let scope = world.scope(n);
        let rolls = [(world.roll.clone(), world.money())];
        let mut ctx = world.context();
        let decision = depart::on_leave(&rolls, scope.person.as_ref().unwrap(), &mut ctx);
        world.apply(Ok(decision)).unwrap()
    };
    let left = gone(&mut world, 2);
    assert_eq!((world.credits(2), world.state(4)), (5, Some(BookingState::Offered)));
    assert!(told(&left, 4)[0].starts_with("offer | "));
    gone(&mut world, HOST);
    assert_eq!((world.roll.session.state, world.credits(3), world.escrow()), (SessionState::Cancelled, 5, 0));
}

#[test]
fn sessions_of_other_groups_are_not_there() {
    let mut world = World::new(Session { group: crate::domain::ids::GroupId(uuid::Uuid::from_u128(77)), ..session() });
    assert_ne!(world.roll.session.group, GROUP);
    assert_eq!(world.books(2, false).unwrap_err(), "not-found [button-agenda]");
    assert_eq!(world.cancels(2).unwrap_err(), "not-found [button-agenda]");
    assert_eq!(world.marks(2, "12").unwrap_err(), "not-found [button-agenda]");
}

#[test]
fn the_money_of_a_view_counts_what_is_left_of_the_month() {
    for (earned, room) in [(0, 60), (59, 1), (60, 0), (75, 0)] {
        assert_eq!(Money { host_earned_credits: earned, ..money() }.host_room_credits(), room);
    }
    assert_eq!(booking(2, BookingState::Waiting).own_credits, 0);
}

#[test]
fn bare_it_shows_what_can_be_cancelled() {
    let bare = |mine| {
        let view = CancelView { found: None, money: money(), mine, kept: None };
        cancel(&scope(2), &view, CancelArgs::Bare, &mut context(1, 0)).unwrap()
    };
    assert_eq!(answer(&bare(vec![])), "cancelled-nothing [button-agenda]");
    let mine = vec![crate::domain::session::MyBooking { session: session(), state: BookingState::Booked, offer_until: None }];
    assert_eq!(answer(&bare(mine)), "cancel-which | list-line(12, Cercle du mardi, 01/12 18:00) [button-cancel-number(12)]");
}

#[test]
fn a_first_visit_costs_nothing_where_the_community_says_so_and_reads_the_same() {
    let books = |first_free: bool, visited: bool| {
        let mut world = World::new(session()).with(2, 5);
        (world.first_free, world.visited) = (first_free, visited);
        let decision = world.books(2, false).unwrap();
        (answer(&decision), shown(&card(&decision).unwrap()), world.credits(2), world.escrow())
    };
    let (words, shown, credits, escrow) = books(true, false);
    assert_eq!((credits, escrow), (5, 1), "solidarity pays");
    for (first_free, visited) in [(true, true), (false, false), (false, true)] {
        assert_eq!(books(first_free, visited), (words.clone(), shown.clone(), 4, 1), "{first_free} {visited}");
    }
    // Given back, each part returns to where it came from, in the same words.
    let cancels = |first_free: bool| {
        let mut world = World::new(session()).with(2, 5);
        (world.first_free, world.visited) = (first_free, false);
        world.books(2, false).unwrap();
        let words = answer(&world.cancels(2).unwrap());
        (words, world.credits(2))
    };
    assert_eq!(cancels(true), cancels(false));
}

#[test]
fn a_first_visit_is_used_up_by_a_late_cancellation_that_costs_something() {
    let forfeits = |late_rule, minutes_before| {
        let mut world = World::new(session());
        (world.first_free, world.visited, world.late_rule) = (true, false, late_rule);
        world.books(2, false).unwrap();
        world.before_start(minutes_before);
        let decision = world.cancels(2).unwrap();
        decision.changes.iter().any(|change| matches!(change, AnyChange::Session(Change::Forfeited(_))))
    };
    for (late_rule, minutes_before, expected) in [
        (LateRule::Solidarity, 60, true),
        (LateRule::Host, 60, true),
        (LateRule::Return, 60, false),
        (LateRule::Solidarity, 25 * 60, false),
    ] {
        assert_eq!(forfeits(late_rule, minutes_before), expected, "{late_rule:?} {minutes_before}");
    }
}
