//! Two lots of work at once: while one is written, the next is decided on what it will have left; where the first then fails,
//! both are done again, one after the other.

use super::{Engine, Fault, Handed, Outgoing};
use crate::store::{Commit, StoreError, events::EventHash};

/// What became of what was handed in.
#[derive(Debug)]
pub struct Finished {
    /// What it was.
    pub handed: Handed,
    /// What is to be sent after its commit, or why there was none.
    pub outcome: Result<Outgoing, Fault>,
}

/// Decided, and not committed: nobody is to hear of it yet.
struct Open {
    handed: Handed,
    outgoing: Outgoing,
}

/// The engine, and what it has decided last.
pub struct Pipeline {
    engine: Engine,
    open: Option<Open>,
}

impl Pipeline {
    /// With nothing decided yet.
    pub fn new(engine: Engine) -> Self {
        Self { engine, open: None }
    }

    /// Whether something is decided and not committed.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Commits what is decided, and gives what came of it.
    pub async fn settle(&mut self) -> Option<Finished> {
        let Open { handed, outgoing } = self.open.take()?;
        let outcome = self.engine.conclude(Ok(outgoing)).await;
        Some(self.finish(handed, outcome).await)
    }

    /// The engine, to be looked at.
    pub fn look(&self) -> &Engine {
        &self.engine
    }

    /// The engine, for other work than `take_in`; nothing may be open.
    pub fn engine(&mut self) -> &mut Engine {
        debug_assert!(!self.is_open(), "what is open would be lost");
        &mut self.engine
    }

    /// Decides `next` while what was decided before is written, and leaves it open; gives what is finished, in order.
    pub async fn take_in(&mut self, next: Handed) -> Vec<Finished> {
        let mut finished = Vec::new();
        if !self.engine.store.may_be_followed() {
            finished.extend(self.settle().await);
        }
        match self.open.take() {
            Some(open) => finished.extend(self.follow(open, next).await),
            None => {
                let decided = self.engine.look_up_and_decide(&next).await;
                finished.extend(self.keep(next, decided).await);
            }
        }
        finished
    }

    async fn follow(&mut self, open: Open, next: Handed) -> Vec<Finished> {
        let t0 = std::time::Instant::now();
        let (new, commit) = match self.engine.send_commit(&next).await {
            Ok(sent) => sent,
            Err(fault) => return self.both_again(open, next, fault.into()).await,
        };
        let t1 = std::time::Instant::now();
        let decided = self.engine.decide(&next.work(), &new).await;
        let t2 = std::time::Instant::now();
        let landed = self.engine.landed(commit).await;
        let t3 = std::time::Instant::now();
        if next.events.len() > 20 { T.fetch_add((t1 - t0).as_micros() as u64, std::sync::atomic::Ordering::Relaxed);
        T2.fetch_add((t2 - t1).as_micros() as u64, std::sync::atomic::Ordering::Relaxed);
        T3.fetch_add((t3 - t2).as_micros() as u64, std::sync::atomic::Ordering::Relaxed);
        T4.fetch_add(LAST.lock().unwrap().replace(t3).map_or(0, |l| (t0 - l).as_micros() as u64), std::sync::atomic::Ordering::Relaxed);
        let n = N.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        if n % 200 == 0 { eprintln!("n {n} lookup {} decide {} landed {} between {} events {}", T.load(std::sync::atomic::Ordering::Relaxed)/n, T2.load(std::sync::atomic::Ordering::Relaxed)/n, T3.load(std::sync::atomic::Ordering::Relaxed)/n, T4.load(std::sync::atomic::Ordering::Relaxed)/n, next.events.len()); } }
        match landed {
            Ok(()) => {
                let mut finished = vec![self.finish(open.handed, Ok(open.outgoing)).await];
                finished.extend(self.keep(next, decided).await);
                finished
            }
            Err(fault) => self.both_again(open, next, fault.into()).await,
        }
    }

    /// Keeps what went well open, finishes what did not.
    async fn keep(&mut self, handed: Handed, decided: Result<Outgoing, Fault>) -> Option<Finished> {
        match decided {
            Ok(outgoing) => {
                self.open = Some(Open { handed, outgoing });
                None
            }
            Err(_) => {
                let outcome = self.engine.conclude(decided).await;
                Some(self.finish(handed, outcome).await)
            }
        }
    }

    async fn finish(&mut self, handed: Handed, outcome: Result<Outgoing, Fault>) -> Finished {
        let outcome = self.engine.see_to(&handed.work(), outcome).await;
        Finished { handed, outcome }
    }

    /// The first is not committed, so the second was decided on what is not so.
    async fn both_again(&mut self, open: Open, next: Handed, because: Fault) -> Vec<Finished> {
        let mut finished = Vec::new();
        let mut dropped = self.engine.drop_all(&because).await.map_err(Fault::from);
        for handed in [open.handed, next] {
            let outcome = match std::mem::replace(&mut dropped, Ok(())) {
                Ok(()) => self.engine.handle_work(&handed.work()).await,
                Err(fault) => Err(fault),
            };
            finished.push(Finished { handed, outcome });
        }
        finished
    }
}

impl Engine {
    async fn look_up_and_decide(&mut self, handed: &Handed) -> Result<Outgoing, Fault> {
        let new = self.store.look_up_events(&handed.events).await?;
        self.decide(&handed.work(), &new).await
    }

    /// Sends the commit of what is decided; before that looks up which events of `next` are new, since afterwards the connection
    /// is busy.
    async fn send_commit(&mut self, next: &Handed) -> Result<(Vec<Option<EventHash>>, Commit), StoreError> {
        let new = self.store.look_up_events(&next.events).await?;
        let commit = self.store.send_commit().await?;
        self.limits.send();
        Ok((new, commit))
    }

    async fn landed(&mut self, commit: Commit) -> Result<(), StoreError> {
        self.store.landed(commit).await?;
        self.limits.landed();
        Ok(())
    }
}

static T: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
static T2: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
static T3: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
static T4: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
static N: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
static LAST: std::sync::Mutex<Option<std::time::Instant>> = std::sync::Mutex::new(None);
