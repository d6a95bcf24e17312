//! The engine: takes all that waits, decides, commits once; what fails alone is put aside, what the machine fails at is not lost.

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

/// What is to be done in one commit.
#[derive(Clone, Copy, Default)]
struct Work<'a> {
    events: &'a [Event],
    cursors: &'a [Cursor],
    keeping: &'a [Keeping],
    reports: &'a [Report],
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
        Ok(self.conclude(outcome).await?)
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
        self.conclude(planned.map(|()| Outgoing::default())).await?;
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
        self.handle_with(batches, &[]).await
    }

    /// The same, and records in that commit what became of deliveries: a commit costs as much as many rows.
    pub async fn handle_with(&mut self, batches: Vec<Batch>, reports: &[Report]) -> Result<Outgoing, Fault> {
        let mut events = Vec::new();
        let mut cursors = Vec::new();
        let mut keeping = Vec::new();
        for batch in batches {
            events.extend(batch.events);
            cursors.extend(batch.cursor);
            keeping.extend(batch.keeping);
        }
        self.handle_work(&Work { events: &events, cursors: &cursors, keeping: &keeping, reports }).await
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

    async fn handle_work(&mut self, work: &Work<'_>) -> Result<Outgoing, Fault> {
        let outgoing = match self.together(work).await {
            Ok(outgoing) => outgoing,
            Err(fault) if fault.is_machine() => return Err(fault),
            Err(_) => {
                self.one_by_one(work).await?;
                Outgoing::default()
            }
        };
        let mut all = std::mem::take(&mut self.unsent);
        all.extend(outgoing);
        Ok(all)
    }

    /// All in one transaction.
    async fn together(&mut self, work: &Work<'_>) -> Result<Outgoing, Fault> {
        self.begin().await?;
        let outcome = match AssertUnwindSafe(self.do_all(work)).catch_unwind().await {
            Ok(outcome) => outcome,
            Err(_) => {
                self.limits.rollback();
                self.store.rollback(&StoreError::Corrupt("a panic")).await?;
                return Err(Fault::Panic);
            }
        };
        Ok(self.conclude(outcome).await?)
    }

    /// Opens a transaction; a connection that cannot is replaced, for the next time.
    async fn begin(&mut self) -> Result<(), StoreError> {
        let begun = self.store.begin().await;
        if let Err(e) = &begun {
            self.store.rollback(e).await?;
        }
        begun
    }

    async fn do_all(&mut self, work: &Work<'_>) -> Result<Outgoing, StoreError> {
        let mut all = report::record(&mut self.store, work.reports, self.clock.now()).await?;
        let fresh = self.store.remember_events(work.events).await?;
        for (event, _) in work.events.iter().zip(fresh).filter(|(_, fresh)| *fresh) {
            let outgoing = Box::pin(Road::travel(&mut self.store, &self.defaults, &mut self.limits, event)).await?;
            all.extend(outgoing);
            self.store.write_ahead();
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
    async fn conclude(&mut self, outcome: Result<Outgoing, StoreError>) -> Result<Outgoing, StoreError> {
        let outcome = match outcome {
            Ok(outgoing) => self.store.commit().await.map(|()| outgoing),
            Err(e) => Err(e),
        };
        match &outcome {
            Ok(_) => {
                self.limits.commit();
                self.finish_erasures().await?;
            }
            Err(e) => {
                self.limits.rollback();
                self.store.rollback(e).await?;
            }
        }
        outcome
    }

    /// What was erased loses its keys only now, because a rollback could not bring them back. A fault here undoes nothing that
    /// was committed: it is done again after the next commit, and at the next start.
    async fn finish_erasures(&mut self) -> Result<(), StoreError> {
        match self.store.finish_erasures(self.clock.now()).await {
            Ok(()) => Ok(()),
            Err(fault) => {
                tracing::error!(%fault, "keys of people who were erased are not destroyed yet; it is tried again");
                self.store.rollback(&fault).await
            }
        }
    }

    /// After a fault: each event in a transaction of its own; the one that fails is put aside, and its sender told.
    /// What each leaves is kept in `unsent`, because a later one may still meet a fault of the machine.
    async fn one_by_one(&mut self, work: &Work<'_>) -> Result<(), Fault> {
        for report in work.reports {
            let alone = Work { reports: std::slice::from_ref(report), ..Work::default() };
            match self.together(&alone).await {
                Ok(outgoing) => self.unsent.extend(outgoing),
                Err(fault) if fault.is_machine() => return Err(fault),
                // It is owed still, so that it is sent again after the next start.
                Err(fault) => tracing::error!(seq = report.ready.seq, %fault, "what became of a delivery cannot be recorded"),
            }
        }
        for event in work.events {
            let alone = Work { events: std::slice::from_ref(event), ..Work::default() };
            let outgoing = match self.together(&alone).await {
                Ok(outgoing) => outgoing,
                Err(fault) if fault.is_machine() => return Err(fault),
                Err(fault) => self.put_aside(event, &fault).await?,
            };
            self.unsent.extend(outgoing);
        }
        let outgoing = self.together(&Work { events: &[], reports: &[], ..*work }).await?;
        self.unsent.extend(outgoing);
        Ok(())
    }

    /// Puts an event aside and tells its sender and the operator; where telling fails, too, it is put aside in silence,
    /// because everybody's next events wait behind it.
    async fn put_aside(&mut self, event: &Event, fault: &Fault) -> Result<Outgoing, Fault> {
        match self.put_aside_telling(event, fault, true).await {
            Err(again) if !again.is_machine() => self.put_aside_telling(event, fault, false).await,
            outcome => outcome,
        }
    }

    async fn put_aside_telling(&mut self, event: &Event, fault: &Fault, tell: bool) -> Result<Outgoing, Fault> {
        self.begin().await?;
        let outcome = self.try_put_aside(event, fault, tell).await;
        Ok(self.conclude(outcome).await?)
    }

    async fn try_put_aside(&mut self, event: &Event, fault: &Fault, tell: bool) -> Result<Outgoing, StoreError> {
        self.store.remember_events(std::slice::from_ref(event)).await?;
        if let Origin::Timer(timer) = &event.origin {
            self.store.end_timer(timer).await?;
            // One that plans itself anew must not end with a fault.
            self.store.plan_housekeeping(event.at).await?;
        }
        let number = self.store.put_aside(event).await?;
        tracing::error!(incident = number, %fault, "an event was put aside; tell the developers the number and the fault");
        metrics::counter!("entraide_incidents_total").increment(1);
        if !tell {
            return Ok(Outgoing::default());
        }
        let told = Msg::new("operator-incident").with("code", number.to_string());
        let mut outgoing = Outgoing { owed: self.owe_operator(told, event.at).await?, ..Outgoing::default() };
        if let Some(sender) = event.sender().filter(|_| !matches!(event.origin, Origin::Room(_))) {
            let mut ids = IdSource::new(self.store.vault().seed(&number.to_be_bytes()), event.at);
            let account = self.store.account_of(sender, &mut ids, event.at).await?;
            let apology = Msg::new("incident").with("code", number.to_string());
            let language = account.profile.language.unwrap_or_else(|| self.defaults.language.clone());
            let owed = self.owed(ids.make(), Receiver::Account(account.id), language, apology, event.at);
            outgoing.owed.push(self.store.owe(owed).await?);
        }
        Ok(outgoing)
    }
}
