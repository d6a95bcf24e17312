//! The order of what is owed: within a room as decided, between rooms in turn, answers before notices, at the platform's pace.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    domain::{
        decision::Manner,
        event::{Platform, RoomAddress},
        ids::{AccountId, PersonId, RoomId},
    },
    store::outbox::{Ready, Receiver, Route},
};

use crate::app::report::{card_of, platform_of};

/// What is kept in order: a room, wherever it has moved to; a direct room; what one person is shown alone in a group.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum LaneKey {
    /// A group room.
    Room(RoomId),
    /// A direct room.
    Direct(AccountId),
    /// Ephemeral answers, beside the group's own lane.
    Ephemeral(AccountId, String),
}

/// How fast a platform may be written to; `None`: as fast as it takes it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    /// Messages a second over all rooms.
    pub all_per_second: Option<f64>,
    /// Messages a second to one direct room.
    pub direct_per_second: Option<f64>,
    /// Messages a minute to one group.
    pub group_per_minute: Option<f64>,
}

/// One delivery on its way.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) ready: Ready,
    /// In the queue of which platform it stands, whatever becomes of its route.
    pub(super) on: Option<Platform>,
    /// How often it was tried.
    pub(super) attempts: u32,
    /// It may have arrived once already.
    pub(super) perhaps_twice: bool,
    /// Since when it can be tried.
    pub(super) since: Instant,
}

/// A bucket of tokens: `burst` at once, then `per_second`.
#[derive(Debug)]
struct Bucket {
    per_second: f64,
    burst: f64,
    tokens: f64,
    at: Instant,
}

impl Bucket {
    fn new(per_second: f64, burst: f64, now: Instant) -> Self {
        Self { per_second, burst, tokens: burst, at: now }
    }

    /// How long until a token is there.
    fn wait(&mut self, now: Instant) -> Duration {
        self.tokens = (self.tokens + now.duration_since(self.at).as_secs_f64() * self.per_second).min(self.burst);
        self.at = now;
        if self.tokens >= 1.0 { Duration::ZERO } else { Duration::from_secs_f64((1.0 - self.tokens) / self.per_second) }
    }
}

#[derive(Debug)]
struct Lane {
    items: VecDeque<Item>,
    bucket: Option<Bucket>,
    not_before: Instant,
    /// It stands in `turns` or `waiting`, or its first item is being sent.
    engaged: bool,
}

/// All lanes.
#[derive(Debug)]
pub(super) struct Queue {
    pace: Pace,
    lanes: HashMap<LaneKey, Lane>,
    /// Lanes whose first item may go now: answers, notices.
    turns: [VecDeque<LaneKey>; 2],
    waiting: BinaryHeap<Reverse<(Instant, LaneKey)>>,
    all: Option<Bucket>,
    /// Before then nothing goes.
    held_until: Instant,
    pending: usize,
}

/// What may be done now.
#[derive(Debug)]
pub(super) enum Next {
    /// This may be sent.
    Send(LaneKey, Box<Item>),
    /// Nothing before then.
    At(Instant),
    /// Nothing at all.
    Idle,
}

impl Queue {
    pub(super) fn new(pace: Pace) -> Self {
        let now = Instant::now();
        let all = pace.all_per_second.map(|rate| Bucket::new(rate, rate.max(1.0), now));
        Self { pace, lanes: HashMap::new(), turns: Default::default(), waiting: BinaryHeap::new(), all, held_until: now, pending: 0 }
    }

    /// How many are owed.
    pub(super) fn len(&self) -> usize {
        self.pending
    }

    /// Adds a delivery at the end of its lane; a newer version of a card takes the place of one that still waits.
    pub(super) fn push(&mut self, ready: Ready, now: Instant) {
        let Some(key) = lane_key(&ready.route) else { return };
        let pace = self.pace;
        let lane = self.lanes.entry(key.clone()).or_insert_with(|| Lane {
            items: VecDeque::new(),
            bucket: bucket(pace, !matches!(key, LaneKey::Room(_)), now),
            not_before: now,
            engaged: false,
        });
        let item = Item { on: platform_of(&ready.route), ready, attempts: 0, perhaps_twice: false, since: now };
        let card = card_of(&item.ready.owed.what);
        // The first one may be on its way already.
        let older = lane.items.iter_mut().skip(1).find(|old| card.is_some() && card_of(&old.ready.owed.what) == card);
        match older {
            Some(older) => *older = item,
            None => {
                lane.items.push_back(item);
                self.pending += 1;
            }
        }
        self.engage(&key, now);
    }

    /// What waits for a person has no receiver any more; it is reported as given up when its turn comes.
    pub(super) fn withdraw(&mut self, person: PersonId) {
        let items = self.lanes.values_mut().flat_map(|lane| lane.items.iter_mut());
        for item in items.filter(|item| item.ready.owed.to == Receiver::Person(person)) {
            item.ready.route = Route::Nowhere;
        }
    }

    /// What may be sent now.
    pub(super) fn next(&mut self, now: Instant) -> Next {
        while self.waiting.peek().is_some_and(|Reverse((at, _))| *at <= now) {
            if let Some(Reverse((_, key))) = self.waiting.pop() {
                self.take_turn(key);
            }
        }
        if self.turns.iter().all(VecDeque::is_empty) {
            return self.waiting.peek().map_or(Next::Idle, |Reverse((at, _))| Next::At(*at));
        }
        if self.held_until > now {
            return Next::At(self.held_until);
        }
        if let Some(all) = &mut self.all {
            let wait = all.wait(now);
            if !wait.is_zero() {
                return Next::At(now + wait);
            }
            all.tokens -= 1.0;
        }
        let key = self.turns.iter_mut().find_map(VecDeque::pop_front);
        let item = key.as_ref().and_then(|key| self.lanes.get(key)).and_then(|lane| lane.items.front().cloned());
        match (key, item) {
            (Some(key), Some(item)) => Next::Send(key, Box::new(item)),
            _ => Next::Idle,
        }
    }

    /// Nothing goes before `until`.
    pub(super) fn hold(&mut self, until: Instant) {
        self.held_until = self.held_until.max(until);
    }

    /// The first item of the lane is done with.
    pub(super) fn done(&mut self, key: &LaneKey, now: Instant) {
        if let Some(lane) = self.lanes.get_mut(key) {
            if lane.items.pop_front().is_some() {
                self.pending -= 1;
            }
            if let Some(bucket) = &mut lane.bucket {
                bucket.wait(now);
                bucket.tokens -= 1.0;
                lane.not_before = now + bucket.wait(now);
            }
        }
        self.release(key, now);
    }

    /// The first item of the lane is tried again after `delay`.
    pub(super) fn again(&mut self, key: &LaneKey, delay: Duration, perhaps_twice: bool, now: Instant) {
        if let Some(lane) = self.lanes.get_mut(key) {
            lane.not_before = now + delay;
            if let Some(item) = lane.items.front_mut() {
                item.attempts += 1;
                item.perhaps_twice |= perhaps_twice;
            }
        }
        self.release(key, now);
    }

    /// The first item of the lane is tried again as a new message, because the one to edit is gone.
    pub(super) fn anew(&mut self, key: &LaneKey, now: Instant) {
        if let Some(item) = self.lanes.get_mut(key).and_then(|lane| lane.items.front_mut()) {
            item.ready.card_message = None;
        }
        self.again(key, Duration::ZERO, false, now);
    }

    /// Everything that waits for a room goes to its new address, the first item after `delay`; its messages stayed behind.
    pub(super) fn moved(&mut self, key: &LaneKey, to: &RoomAddress, delay: Duration, now: Instant) {
        for item in self.lanes.get_mut(key).iter_mut().flat_map(|lane| lane.items.iter_mut()) {
            if let Route::Room(_, address) = &mut item.ready.route {
                *address = to.clone();
            }
            item.ready.card_message = None;
        }
        self.again(key, delay, false, now);
    }

    fn release(&mut self, key: &LaneKey, now: Instant) {
        if let Some(lane) = self.lanes.get_mut(key) {
            lane.engaged = false;
            if lane.items.is_empty() && lane.not_before <= now {
                self.lanes.remove(key);
                return;
            }
        }
        self.engage(key, now);
    }

    fn engage(&mut self, key: &LaneKey, now: Instant) {
        let Some(lane) = self.lanes.get_mut(key) else { return };
        if lane.engaged {
            return;
        }
        if lane.items.is_empty() {
            // Its pace is remembered as long as it matters; the map stays small because idle lanes go.
            if self.lanes.len() > 10_000 {
                self.lanes.retain(|_, lane| lane.engaged || !lane.items.is_empty());
            }
            return;
        }
        lane.engaged = true;
        if lane.not_before > now {
            self.waiting.push(Reverse((lane.not_before, key.clone())));
        } else {
            self.take_turn(key.clone());
        }
    }

    fn take_turn(&mut self, key: LaneKey) {
        let notice = self.lanes.get(&key).and_then(|lane| lane.items.front()).is_none_or(|item| item.ready.owed.manner == Manner::Notice);
        self.turns[usize::from(notice)].push_back(key);
    }
}

fn bucket(pace: Pace, direct: bool, now: Instant) -> Option<Bucket> {
    if direct {
        pace.direct_per_second.map(|rate| Bucket::new(rate, (3.0 * rate).max(1.0), now))
    } else {
        pace.group_per_minute.map(|rate| Bucket::new(rate / 60.0, (rate / 2.0).max(1.0), now))
    }
}

/// The lane of a route.
pub(super) fn lane_key(route: &Route) -> Option<LaneKey> {
    match route {
        Route::Room(room, _) => Some(LaneKey::Room(*room)),
        Route::Direct(account, _) | Route::DirectClosed(account, _) => Some(LaneKey::Direct(*account)),
        Route::Ephemeral(account, _, room, _) => Some(LaneKey::Ephemeral(*account, room.id.clone())),
        Route::Nowhere => None,
    }
}
