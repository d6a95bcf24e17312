//! Two lots of work at once: while one is written, the next is decided on what it will have left; where anything goes wrong,
//! what is not committed is done again, carefully and one after the other.

use super::{Engine, Fault, Handed, New, Outgoing};
use crate::store::{Commit, StoreError};

/// What became of what was handed in.
#[derive(Debug)]
pub struct Finished {
    /// What it was.
    pub handed: Handed,
    /// What is to be sent after its commit, or why there was none.
    pub outcome: Result<Outgoing, Fault>,
}

/// Decided, with its commit under way: nobody is to hear of it yet.
struct Open {
    handed: Handed,
    outgoing: Outgoing,
    commit: Commit,
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

    /// Whether a commit is under way.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
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

    /// Waits for the commit that is under way, and gives what came of it.
    pub async fn settle(&mut self) -> Option<Finished> {
        let Open { handed, outgoing, commit } = self.open.take()?;
        Some(match self.engine.landed(commit).await {
            Ok(()) => {
                self.engine.finish_erasures().await;
                self.done(handed, outgoing)
            }
            Err(fault) => self.again(handed, fault.into()).await,
        })
    }

    /// Decides `next` while what was decided before is written, and sends its commit on its way; gives what is finished, in order.
    ///
    /// All events are taken to be new, since they nearly always are. Where one was told before, its key cannot be written twice:
    /// the commit fails, and all is done again with the keys looked up.
    pub async fn take_in(&mut self, next: Handed) -> Vec<Finished> {
        let decided = self.engine.decide(&next.work(), New::All).await;
        let mut finished = Vec::new();
        if let Some(open) = self.open.take() {
            if let Err(fault) = self.engine.landed(open.commit).await {
                // Then `next` was decided on what is not so; where it met the fault first, it was told there.
                let because = decided.err().unwrap_or_else(|| fault.into());
                return vec![self.again(open.handed, because).await, self.carefully(next).await];
            }
            finished.push(self.done(open.handed, open.outgoing));
        }
        let sent = match decided {
            Ok(outgoing) => self.engine.send_commit().await.map(|commit| (outgoing, commit)).map_err(Fault::from),
            Err(fault) => Err(fault),
        };
        match sent {
            Ok((outgoing, commit)) => self.open = Some(Open { handed: next, outgoing, commit }),
            Err(fault) => finished.push(self.again(next, fault).await),
        }
        if !self.engine.store.may_be_followed() {
            finished.extend(self.settle().await);
        }
        finished
    }

    fn done(&mut self, handed: Handed, outgoing: Outgoing) -> Finished {
        Finished { handed, outcome: Ok(self.engine.with_unsent(outgoing)) }
    }

    /// Drops all that is not committed, and does it again.
    async fn again(&mut self, handed: Handed, because: Fault) -> Finished {
        if because.is_machine() {
            tracing::warn!(fault = %because, "a commit failed; what was in it is done again at once");
        }
        match self.engine.drop_all(&because).await {
            Ok(()) => self.carefully(handed).await,
            Err(fault) => Finished { handed, outcome: Err(fault.into()) },
        }
    }

    async fn carefully(&mut self, handed: Handed) -> Finished {
        let outcome = self.engine.handle_work(&handed.work()).await;
        Finished { handed, outcome }
    }
}

impl Engine {
    async fn send_commit(&mut self) -> Result<Commit, StoreError> {
        let commit = self.store.send_commit().await?;
        self.limits.send();
        Ok(commit)
    }

    async fn landed(&mut self, commit: Commit) -> Result<(), StoreError> {
        self.store.landed(commit).await?;
        self.limits.landed();
        Ok(())
    }
}
