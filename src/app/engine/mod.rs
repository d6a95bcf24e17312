//! The engine: takes all that waits, decides, commits once; what fails alone is put aside, what the machine fails at is not lost.

mod aside;
pub mod pipeline;

use std::{panic::AssertUnwindSafe, sync::Arc};

use futures_util::FutureExt;

use crate::{
    domain::{
        decision::Manner,
        event::{AccountAddress, Batch, Cursor, Event, EventKey, Keeping, Origin, RoomAddress, Sender},
        ids::{DeliveryId, IdSource},
        message::Msg,
        time::Timestamp,
    },
    store::{
        Store, StoreError,
        outbox::{Owed, Ready, Receiver, What},
    },
};

use super::{
    clock::Clock,
    find::Defaults,
    limits::Limits,
    report::{self, Report},
    road::{Outgoing, Road},
};

/// Why something was not committed.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The program has a defect.
    #[error("a defect of the program (panic)")]
    Panic,
}

impl Fault {
    /// The machine is at fault, not the event.
    pub fn is_machine(&self) -> bool {
        match self {
            Self::Store(e) => e.is_machine(),
            Self::Panic => false,
        }
    }
}

/// What is handed in to be done in one commit.
#[derive(Debug, Default)]
pub struct Handed {
    /// What happened, in order.
    pub events: Vec<Event>,
    cursors: Vec<Cursor>,
    keeping: Vec<Keeping>,
    /// What became of deliveries.
    pub reports: Vec<Report>,
}

impl Handed {
    /// Batches in their order, with what became of deliveries: a commit costs as much as many rows.
    pub fn new(batches: impl IntoIterator<Item = Batch>, reports: Vec<Report>) -> Self {
        let mut handed = Self { reports, ..Self::default() };
        for batch in batches {
            handed.events.extend(batch.events);
            handed.cursors.extend(batch.cursor);
            handed.keeping.extend(batch.keeping);
        }
        handed
    }

    fn work(&self) -> Work<'_> {
        Work { events: &self.events, cursors: &self.cursors, keeping: &self.keeping, reports: &self.reports }
    }
}

/// What of it is done together.
#[derive(Clone, Copy, Default)]
struct Work<'a> {
    events: &'a [Event],
    cursors: &'a [Cursor],
    keeping: &'a [Keeping],
    reports: &'a [Report],
}

/// Which events are new.
#[derive(Clone, Copy)]
enum New {
    /// All, as nearly always: where that is not so, the commit fails.
    All,
    /// Those whose keys the database does not have.
    LookedUp,
}

/// The only writer.
pub struct Engine {
    store: Store,
    clock: Clock,
    defaults: Arc<Defaults>,
    limits: Limits,
    operator: Option<RoomAddress>,
    /// What was committed by a call that then failed: handed out by the next one that does not.
    unsent: Outgoing,
}

impl Engine {
    /// An engine on an open store. `limits`: people are slowed beyond twenty commands a minute.
    pub fn new(store: Store, clock: Clock, defaults: Defaults, limits: bool) -> Self {
        Self { store, clock, defaults: Arc::new(defaults), limits: Limits::new(limits), operator: None, unsent: Outgoing::default() }
    }

    /// With the room in which the operator is told what they must know.
    #[must_use]
    pub fn with_operator(self, operator: Option<RoomAddress>) -> Self {
        Self { operator, ..self }
    }

    /// Tells the operator, where their room is known.
    pub async fn tell_operator(&mut self, msg: Msg) -> Result<Outgoing, Fault> {
        self.begin().await?;
        let now = self.clock.now();
        let outcome = self.owe_operator(msg, now).await.map(|owed| Outgoing { owed, ..Outgoing::default() });
        self.conclude(outcome.map_err(Fault::from)).await
    }

    async fn owe_operator(&mut self, msg: Msg, now: Timestamp) -> Result<Vec<Ready>, StoreError> {
        let Some(address) = self.operator.clone() else { return Ok(Vec::new()) };
        let seed = self.store.vault().seed(format!("operator:{}:{}", now.micros(), msg.id).as_bytes());
        let mut ids = IdSource::new(seed, now);
        let to = if address.direct {
            let account = AccountAddress { platform: address.platform, id: address.id };
            // A known account keeps its names; one that never wrote has none yet.
            match self.store.account_at(&account).await? {
                Some(known) => Receiver::Account(known.id),
                None => {
                    let sender = Sender { account, display_name: None, user_name: None, language: None };
                    Receiver::Account(self.store.account_of(&sender, &mut ids, now).await?.id)
                }
            }
        } else {
            Receiver::Room(self.store.room_of(&address, &mut ids).await?.id)
        };
        let owed = self.owed(ids.make(), to, self.defaults.language.clone(), msg, now);
        Ok(vec![self.store.owe(owed).await?])
    }

    fn owed(&self, id: DeliveryId, to: Receiver, language: String, msg: Msg, now: Timestamp) -> Owed {
        let zone = self.defaults.zone;
        Owed {
            id,
            to,
            what: What::Message(msg.into()),
            language,
            zone,
            manner: Manner::Answer,
            made_at: now,
            asked_in: None,
            answers: None,
        }
    }

    /// The store, for reading cursors and for tests.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// When the next timer is due.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.store.next_due()
    }

    /// Makes sure that the daily housekeeping is planned; returns what is still owed from before.
    pub async fn start(&mut self) -> Result<Outgoing, Fault> {
        self.begin().await?;
        let now = self.clock.now();
        let planned = self.plan(now).await;
        self.conclude(planned.map_err(Fault::from)).await?;
        let owed = self.store.still_owed().await?;
        Ok(Outgoing { owed, ..Outgoing::default() })
    }

    async fn plan(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.store.plan_housekeeping(now).await?;
        self.store.sweep_erased(now).await
    }

    /// Handles batches in one commit; returns what is then to be sent. After an error they may be handed in again:
    /// what of them has happened is not done twice, and what it owes is returned with the next call that goes well.
    pub async fn handle(&mut self, batches: Vec<Batch>) -> Result<Outgoing, Fault> {
        let handed = Handed::new(batches, Vec::new());
        self.handle_work(&handed.work()).await
    }

    /// Handles the timers that are due, the oldest first; returns what is then to be sent.
    pub async fn handle_due(&mut self) -> Result<Outgoing, Fault> {
        let now = self.clock.now();
        if self.next_due().is_none_or(|due| due > now) {
            return Ok(Outgoing::default());
        }
        let timers = match self.store.due_timers(now).await {
            Ok(timers) => timers,
            Err(e) => {
                self.store.rollback(&e).await?;
                return Err(e.into());
            }
        };
        let key = |timer: &crate::domain::timer::Timer| EventKey(format!("timer:{}", timer.id.0));
        let events: Vec<Event> =
            timers.into_iter().map(|timer| Event { key: key(&timer), at: now, origin: Origin::Timer(timer) }).collect();
        self.handle_work(&Work { events: &events, ..Work::default() }).await
    }

    /// Records what became of deliveries; returns what is to be sent because of it.
    pub async fn handle_reports(&mut self, reports: &[Report]) -> Result<Outgoing, Fault> {
        self.handle_work(&Work { reports, ..Work::default() }).await
    }

    /// All together; where that fails, one by one.
    async fn handle_work(&mut self, work: &Work<'_>) -> Result<Outgoing, Fault> {
        let outgoing = match self.together(work).await {
            Ok(outgoing) => outgoing,
            Err(fault) if fault.is_machine() => return Err(fault),
            Err(_) => {
                self.one_by_one(work).await?;
                Outgoing::default()
            }
        };
        Ok(self.with_unsent(outgoing))
    }

    /// With what earlier calls left unsent.
    fn with_unsent(&mut self, outgoing: Outgoing) -> Outgoing {
        let mut all = std::mem::take(&mut self.unsent);
        all.extend(outgoing);
        all
    }

    /// All in one transaction.
    async fn together(&mut self, work: &Work<'_>) -> Result<Outgoing, Fault> {
        let decided = self.decide(work, New::LookedUp).await;
        self.conclude(decided).await
    }

    /// Opens a transaction; a connection that cannot is replaced, for the next time.
    async fn begin(&mut self) -> Result<(), StoreError> {
        let begun = self.store.begin().await;
        if let Err(e) = &begun {
            self.store.rollback(e).await?;
        }
        begun
    }

    /// Opens a transaction and decides in it.
    async fn decide(&mut self, work: &Work<'_>, new: New) -> Result<Outgoing, Fault> {
        self.store.begin().await?;
        AssertUnwindSafe(self.do_all(work, new)).catch_unwind().await.map_or(Err(Fault::Panic), |outcome| Ok(outcome?))
    }

    async fn do_all(&mut self, work: &Work<'_>, new: New) -> Result<Outgoing, StoreError> {
        let mut all = report::record(&mut self.store, work.reports, self.clock.now()).await?;
        let new = match new {
            New::All => self.store.event_hashes(work.events),
            New::LookedUp => self.store.new_event_hashes(work.events).await?,
        };
        for (event, hash) in work.events.iter().zip(new) {
            let Some(hash) = hash else { continue };
            self.store.remember_event(hash, event.at);
            let outgoing = Box::pin(Road::travel(&mut self.store, &self.defaults, &mut self.limits, event)).await?;
            all.extend(outgoing);
            self.store.write_ahead().await?;
        }
        for cursor in work.cursors {
            self.store.put_cursor(cursor.clone());
        }
        for keeping in work.keeping {
            self.store.put_keeping(keeping).await?;
        }
        Ok(all)
    }

    /// Commits what went well, drops what did not.
    async fn conclude<T>(&mut self, decided: Result<T, Fault>) -> Result<T, Fault> {
        let outcome = match decided {
            Ok(decided) => self.store.commit().await.map(|()| decided).map_err(Fault::from),
            Err(fault) => Err(fault),
        };
        match &outcome {
            Ok(_) => {
                self.limits.commit();
                self.finish_erasures().await;
            }
            Err(fault) => self.drop_all(fault).await?,
        }
        outcome
    }

    /// Drops what was decided and is not committed.
    async fn drop_all(&mut self, because: &Fault) -> Result<(), StoreError> {
        self.limits.rollback();
        match because {
            Fault::Store(e) => self.store.rollback(e).await,
            Fault::Panic => self.store.rollback(&StoreError::Corrupt("a panic")).await,
        }
    }

    /// What was erased loses its keys only now, because a rollback could not bring them back. A fault here undoes nothing that
    /// was committed: it is done again after the next commit, and at the next start.
    async fn finish_erasures(&mut self) {
        let Err(fault) = self.store.finish_erasures(self.clock.now()).await else { return };
        tracing::error!(%fault, "keys of people who were erased are not destroyed yet; it is tried again");
        // What cannot be opened anew now is opened by what comes next.
        let _ = self.store.rollback(&fault).await;
    }
}
