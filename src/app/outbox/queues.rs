//! A queue for each platform: one that stands still, or asks for a pause, holds up no other.

use std::time::Duration;

use tokio::time::Instant;

use crate::{
    app::report::platform_of,
    domain::{
        event::{Platform, RoomAddress},
        ids::PersonId,
    },
    store::outbox::Ready,
};

use super::queue::{Item, LaneKey, Next, Pace, Queue};

/// How many deliveries of one platform are on their way at once.
const IN_FLIGHT_MAX: usize = 32;

/// How fast each platform may be written to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paces {
    /// Telegram.
    pub telegram: Pace,
    /// Matrix.
    pub matrix: Pace,
}

/// The queues of all platforms.
#[derive(Debug)]
pub(super) struct Queues([One; 3]);

#[derive(Debug)]
struct One {
    queue: Queue,
    in_flight: usize,
}

impl Queues {
    pub(super) fn new(paces: Paces) -> Self {
        Self([Pace::default(), paces.telegram, paces.matrix].map(|pace| One { queue: Queue::new(pace), in_flight: 0 }))
    }

    fn one(&mut self, platform: Option<Platform>) -> &mut One {
        let n = match platform {
            Some(Platform::Terminal) | None => 0,
            Some(Platform::Telegram) => 1,
            Some(Platform::Matrix) => 2,
        };
        &mut self.0[n]
    }

    fn back(&mut self, item: &Item) -> &mut Queue {
        let one = self.one(item.on);
        one.in_flight = one.in_flight.saturating_sub(1);
        &mut one.queue
    }

    /// How many are owed.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|one| one.queue.len()).sum()
    }

    /// Adds a delivery at the end of its lane.
    pub(super) fn push(&mut self, ready: Ready, now: Instant) {
        self.one(platform_of(&ready.route)).queue.push(ready, now);
    }

    /// What waits for a person has no receiver any more.
    pub(super) fn withdraw(&mut self, person: PersonId) {
        self.0.iter_mut().for_each(|one| one.queue.withdraw(person));
    }

    /// What may be sent now, on whatever platform.
    pub(super) fn next(&mut self, now: Instant) -> Next {
        let mut soonest: Option<Instant> = None;
        for one in self.0.iter_mut().filter(|one| one.in_flight < IN_FLIGHT_MAX) {
            match one.queue.next(now) {
                Next::Send(key, item) => {
                    one.in_flight += 1;
                    return Next::Send(key, item);
                }
                Next::At(at) => soonest = Some(soonest.map_or(at, |soonest| soonest.min(at))),
                Next::Idle => {}
            }
        }
        soonest.map_or(Next::Idle, Next::At)
    }

    /// The first item of the lane is done with.
    pub(super) fn done(&mut self, key: &LaneKey, item: &Item, now: Instant) {
        self.back(item).done(key, now);
    }

    /// The first item of the lane is tried again after `delay`.
    pub(super) fn again(&mut self, key: &LaneKey, item: &Item, delay: Duration, perhaps_twice: bool, now: Instant) {
        self.back(item).again(key, delay, perhaps_twice, now);
    }

    /// Nothing of the item's platform is tried for `pause`.
    pub(super) fn hold(&mut self, item: &Item, pause: Duration, now: Instant) {
        self.one(item.on).queue.hold(now + pause);
    }

    /// The first item of the lane is tried again as a new message.
    pub(super) fn anew(&mut self, key: &LaneKey, item: &Item, now: Instant) {
        self.back(item).anew(key, now);
    }

    /// Everything that waits for a room goes to its new address.
    pub(super) fn moved(&mut self, key: &LaneKey, item: &Item, to: &RoomAddress, delay: Duration, now: Instant) {
        self.back(item).moved(key, to, delay, now);
    }
}
