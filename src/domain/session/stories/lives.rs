//! Whole lives of a session, in any order of events.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::domain::{ids::BookingId, session::Booking};

/// What can happen in a session's life.
#[derive(Clone, Debug)]
enum Happens {
    Books(u128),
    Waits(u128),
    Cancels(u128),
    OfferEnds(usize),
    Later(i64),
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        3 => (2u128..8).prop_map(Happens::Books),
        3 => (2u128..8).prop_map(Happens::Waits),
        3 => (2u128..8).prop_map(Happens::Cancels),
        1 => (0usize..8).prop_map(Happens::OfferEnds),
        1 => (1i64..3000).prop_map(Happens::Later),
    ]
}

proptest! {
    /// Whatever happens, in whatever order: no credit appears or vanishes, no seat goes to two, and when all is settled the escrow is empty.
    #[test]
    fn every_life_of_a_session_settles(
        seats in 1i64..4, price in 0i64..6, reward in 0i64..4, earned in 0i64..62,
        rule in prop::sample::select(vec![LateRule::Return, LateRule::Solidarity, LateRule::Host]), half in any::<bool>(),
        credits in prop::collection::vec(0i64..8, 6),
        story in prop::collection::vec(happens(), 0..40),
        end in 0usize..4, absent in 0u64..16,
    ) {
        let mut world = World::new(Session { seats, price_credits: price, reward_credits: reward, ..session() });
        (world.late_rule, world.late_half) = (rule, half);
        world.host_earned = earned;
        for (n, credits) in (2..).zip(&credits) {
            world = world.with(n, *credits);
        }
        for happens in story {
            match happens {
                Happens::Books(n) => drop(world.books(n, false)),
                Happens::Waits(n) => drop(world.books(n, true)),
                Happens::Cancels(n) => drop(world.cancels(n)),
                Happens::OfferEnds(n) => {
                    let now = NOW.plus(TimeDelta::minutes(world.minutes));
                    let due: HashMap<usize, BookingId> = world.timers.iter().filter(|(at, _)| *at <= now).enumerate()
                        .filter_map(|(n, (_, wake))| match wake { Wake::OfferEnds(id) => Some((n, *id)), _ => None }).collect();
                    if let Some(id) = due.get(&n) {
                        world.wakes(|view, ctx| wake::offer_ends(view, *id, ctx));
                    }
                }
                Happens::Later(minutes) => {
                    let most = world.roll.session.starts.since(NOW).num_minutes() - 2;
                    world.minutes = (world.minutes + minutes).min(most);
                }
            }
        }
        let id = world.roll.session.id;
        match end {
            0 => drop(world.answers(HOST, Action::CallOff { session: id, reason: None }).unwrap()),
            1 => {
                world.before_start(0);
                world.wakes(wake::started);
                world.before_start(-(8 * 24 * 60));
                world.wakes(wake::unmarked);
            }
            _ => {
                world.before_start(-90);
                let booked = world.roll.count(BookingState::Booked);
                let mask = absent & ((1u64 << booked) - 1);
                drop(world.marks(HOST, &format!("12 ={mask:x}")).unwrap());
            }
        }
        prop_assert_eq!(world.escrow(), 0);
        prop_assert!(world.roll.in_state(BookingState::Booked).next().is_none());
        prop_assert!(world.credits(HOST) <= (60 - earned).max(0));
        let by_person: Vec<&Booking> = world.roll.bookings.iter().filter(|b| b.state.is_live()).collect();
        prop_assert!(by_person.len() <= 6 + usize::try_from(seats).unwrap());
    }
}
