//! Tricks with bookings, and the rule that blunts each.

use super::*;
use crate::domain::session::HOST_MONTH_CREDITS_MAX;

/// A session of an hour's price that `HOST` holds for these people, marked "everyone came"; what the host has earned by then.
fn held_for(guests: std::ops::Range<u128>, credits: i64, price: i64, reward: i64, earned: i64) -> World {
    let mut world = World::new(Session { seats: 40, price_credits: price, reward_credits: reward, ..session() });
    world.host_earned = earned;
    for n in guests.clone() {
        world = world.with(n, credits);
        world.books(n, false).unwrap();
    }
    world.before_start(-90);
    world.marks(HOST, "12 tous").unwrap();
    world
}

/// Two friends book each other, over and over, for the reward on top. Prices go to and fro between them; of the rewards neither
/// comes to more than a month's maximum without a coordinator's word.
#[test]
fn friends_who_book_each_other_earn_no_more_than_a_month_allows() {
    let (mut earned, mut waits) = (0, 0);
    for _ in 0..40 {
        let world = held_for(2..3, 5, 1, 3, earned);
        earned = world.host_earned;
        waits += world.of(&Party::WaitingGifts);
    }
    assert_eq!(earned, HOST_MONTH_CREDITS_MAX);
    assert_eq!(waits, 40 * 4 - HOST_MONTH_CREDITS_MAX, "a coordinator decides on the rest");
}

/// A new free account every week: each books with nothing, and solidarity pays. What that brings the host has the same limit.
#[test]
fn free_accounts_bring_their_friend_no_more_than_a_month_allows() {
    let world = held_for(2..32, 0, 5, 0, 0);
    assert_eq!((world.credits(HOST), world.of(&Party::WaitingGifts)), (HOST_MONTH_CREDITS_MAX, 150 - HOST_MONTH_CREDITS_MAX));
}

/// Nor can the account itself cash in: what solidarity paid goes back to solidarity, in time or late.
#[test]
fn what_solidarity_paid_for_a_free_account_never_becomes_its_own() {
    for (rule, half) in [(LateRule::Return, false), (LateRule::Solidarity, true), (LateRule::Host, true)] {
        for minutes_before in [48 * 60, 60] {
            let mut world = World::new(Session { price_credits: 5, ..session() });
            (world.late_rule, world.late_half) = (rule, half);
            world.books(2, false).unwrap();
            world.before_start(minutes_before);
            world.cancels(2).unwrap();
            assert_eq!(world.credits(2), 0, "{rule:?} {minutes_before}");
        }
    }
}

/// Who was not there is marked as having come. Only a seat that was booked can be marked, once, after the start; whoever is
/// marked is asked about it at once, and so learns of it; what it pays has the limit of the month.
#[test]
fn who_was_not_there_learns_that_they_are_marked() {
    let mut world = World::new(Session { price_credits: 5, ..session() }).with(2, 5);
    world.books(2, false).unwrap();
    assert!(world.marks(HOST, "12 tous").unwrap_err().starts_with("attendance-too-early"));
    world.before_start(-90);
    assert!(world.marks(HOST, "12 absent 2").unwrap_err().starts_with("attendance-number("), "nobody without a seat");
    let marked = world.marks(HOST, "12 tous").unwrap();
    assert!(!said(&marked, Audience::Private(person_id(2))).is_empty());
    assert!(world.marks(HOST, "12 tous").unwrap_err().starts_with("attendance-done"));
    assert!(world.marks(2, "12 tous").unwrap_err().starts_with("attendance-"), "the host alone");
    assert_eq!(world.credits(HOST), 5);
}
