//! Whether all is well: what the parts of the program report, put together when somebody asks.
//!
//! Who reports: the service, whether commits succeed (`commits`) and since when the oldest delivery waits (`oldest_delivery`);
//! the door of the engine, each batch while it waits for its commit (`arrived`); each platform, every answer it gets,
//! in its own [`platform::Health`](crate::platform::Health). Nothing here names anybody.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
};

use serde::Serialize;

use crate::{
    domain::{event::Platform, time::Timestamp},
    platform,
};

/// A platform that said nothing for so long does not answer. A poll takes up to a minute.
const SILENCE_SECONDS_MAX: i64 = 150;
/// An event that waits for so long tells that the engine stands still. Commits take milliseconds.
const EVENT_SECONDS_MAX: i64 = 120;
/// No instant.
const NONE: i64 = i64::MIN;

/// The state of health, shared behind an `Arc`.
#[derive(Debug)]
pub struct Health {
    platforms: Mutex<Vec<(Platform, Arc<platform::Health>)>>,
    commits: AtomicBool,
    oldest_delivery: AtomicI64,
    waiting: Mutex<BTreeSet<(Timestamp, u64)>>,
    numbers: AtomicU64,
}

/// A batch of events that waits to be handled; dropped when it was, or was refused.
#[derive(Debug)]
pub struct Waiting<'a> {
    health: &'a Health,
    place: (Timestamp, u64),
}

/// The state of health at one instant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Snapshot {
    /// Whether the program serves people: the database is written, every platform answers, no event stands still.
    pub status: Status,
    /// The database.
    pub database: Database,
    /// Each platform that is configured, by its name.
    pub platforms: BTreeMap<&'static str, Answering>,
    /// How long the oldest event waits that reached the program and is not handled; 0 where none waits.
    pub oldest_event_seconds: i64,
    /// How long the oldest message waits that somebody is owed; 0 where none waits.
    pub oldest_delivery_seconds: i64,
}

/// In a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// All is well.
    Ok,
    /// Something that people need does not work.
    Failing,
}

/// How the database is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Database {
    /// The last commit succeeded.
    pub writable: bool,
}

/// How a platform is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Answering {
    /// It answered lately.
    pub answering: bool,
    /// How long ago; nothing where it never answered since the start.
    pub last_answer_seconds: Option<i64>,
}

impl Default for Health {
    /// The health of a program whose database has just been opened.
    fn default() -> Self {
        Self {
            platforms: Mutex::default(),
            commits: AtomicBool::new(true),
            oldest_delivery: AtomicI64::new(NONE),
            waiting: Mutex::default(),
            numbers: AtomicU64::new(0),
        }
    }
}

impl Health {
    /// A platform is configured, and must answer from now on.
    pub fn watch(&self, platform: Platform, answers: Arc<platform::Health>) {
        lock(&self.platforms).push((platform, answers));
    }

    /// Whether the last commit succeeded.
    pub fn commits(&self, succeed: bool) {
        self.commits.store(succeed, Ordering::Relaxed);
    }

    /// When the oldest message came up that is still owed, if one is.
    pub fn oldest_delivery(&self, at: Option<Timestamp>) {
        self.oldest_delivery.store(at.map_or(NONE, Timestamp::micros), Ordering::Relaxed);
    }

    /// Events arrived and wait until what this returns is dropped.
    pub fn arrived(&self, at: Timestamp) -> Waiting<'_> {
        let place = (at, self.numbers.fetch_add(1, Ordering::Relaxed));
        lock(&self.waiting).insert(place);
        Waiting { health: self, place }
    }

    /// How all this stands at `now`.
    pub fn snapshot(&self, now: Timestamp) -> Snapshot {
        let age = |at: Timestamp| now.since(at).num_seconds().max(0);
        let platforms: BTreeMap<_, _> = lock(&self.platforms).iter().map(|(name, health)| (word(*name), answering(health, age))).collect();
        let oldest_event_seconds = lock(&self.waiting).first().map_or(0, |(at, _)| age(*at));
        let oldest_delivery = Some(self.oldest_delivery.load(Ordering::Relaxed)).filter(|at| *at != NONE);
        let database = Database { writable: self.commits.load(Ordering::Relaxed) };
        let well = database.writable && oldest_event_seconds <= EVENT_SECONDS_MAX && platforms.values().all(|platform| platform.answering);
        Snapshot {
            status: if well { Status::Ok } else { Status::Failing },
            database,
            platforms,
            oldest_event_seconds,
            oldest_delivery_seconds: oldest_delivery.map_or(0, |at| age(Timestamp::from_micros(at))),
        }
    }
}

/// Nothing here can panic while it holds a lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        lock(&self.health.waiting).remove(&self.place);
    }
}

fn answering(health: &platform::Health, age: impl Fn(Timestamp) -> i64) -> Answering {
    let last = health.last_answer().map(age);
    Answering { answering: last.is_some_and(|seconds| seconds <= SILENCE_SECONDS_MAX), last_answer_seconds: last }
}

fn word(platform: Platform) -> &'static str {
    match platform {
        Platform::Terminal => "terminal",
        Platform::Telegram => "telegram",
        Platform::Matrix => "matrix",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_micros((1_700_000_000 + second) * 1_000_000)
    }

    fn healthy() -> (Health, Arc<platform::Health>) {
        let (health, telegram) = (Health::default(), Arc::new(platform::Health::default()));
        telegram.answered(at(0));
        health.watch(Platform::Telegram, Arc::clone(&telegram));
        (health, telegram)
    }

    #[test]
    fn all_is_well_while_platforms_answer_and_commits_succeed() {
        let (health, telegram) = healthy();
        assert_eq!(health.snapshot(at(SILENCE_SECONDS_MAX)).status, Status::Ok);
        assert_eq!(health.snapshot(at(SILENCE_SECONDS_MAX + 1)).status, Status::Failing);
        telegram.answered(at(SILENCE_SECONDS_MAX));
        assert_eq!(health.snapshot(at(SILENCE_SECONDS_MAX + 1)).status, Status::Ok);
        health.commits(false);
        assert_eq!(health.snapshot(at(SILENCE_SECONDS_MAX + 1)).status, Status::Failing);
        health.commits(true);
        assert_eq!(health.snapshot(at(SILENCE_SECONDS_MAX + 1)).status, Status::Ok);
    }

    #[test]
    fn a_platform_that_never_answered_does_not_answer() {
        let health = Health::default();
        health.watch(Platform::Telegram, Arc::default());
        let snapshot = health.snapshot(at(0));
        assert_eq!(snapshot.status, Status::Failing);
        assert_eq!(snapshot.platforms["telegram"], Answering { answering: false, last_answer_seconds: None });
    }

    #[test]
    fn the_oldest_event_is_the_one_that_waits_longest() {
        let (health, telegram) = healthy();
        let first = health.arrived(at(10));
        let second = health.arrived(at(10));
        let third = health.arrived(at(40));
        assert_eq!(health.snapshot(at(50)).oldest_event_seconds, 40);
        drop(first);
        assert_eq!(health.snapshot(at(50)).oldest_event_seconds, 40);
        drop(second);
        assert_eq!(health.snapshot(at(50)).oldest_event_seconds, 10);
        telegram.answered(at(200));
        assert_eq!(health.snapshot(at(200)).status, Status::Failing, "an event stands still");
        drop(third);
        assert_eq!(health.snapshot(at(200)).oldest_event_seconds, 0);
        assert_eq!(health.snapshot(at(200)).status, Status::Ok);
    }

    #[test]
    fn a_late_delivery_is_told_and_does_not_call_for_a_restart() {
        let (health, _) = healthy();
        health.oldest_delivery(Some(at(-7200)));
        let snapshot = health.snapshot(at(0));
        assert_eq!((snapshot.oldest_delivery_seconds, snapshot.status), (7200, Status::Ok));
        health.oldest_delivery(None);
        assert_eq!(health.snapshot(at(0)).oldest_delivery_seconds, 0);
    }

    #[test]
    fn what_is_answered_is_this_json() {
        let (health, _) = healthy();
        let expected = serde_json::json!({
            "status": "ok",
            "database": { "writable": true },
            "platforms": { "telegram": { "answering": true, "last_answer_seconds": 5 } },
            "oldest_event_seconds": 0,
            "oldest_delivery_seconds": 0,
        });
        assert_eq!(serde_json::to_value(health.snapshot(at(5))).unwrap(), expected);
    }
}
