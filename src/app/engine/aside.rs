//! After a fault that is not the machine's: each event alone, and the one that fails is put aside.

use crate::{
    domain::{
        event::{Event, Origin},
        ids::IdSource,
        message::Msg,
    },
    store::{StoreError, outbox::Receiver},
};

use super::{Engine, Fault, Outgoing, Work};

impl Engine {
    /// After a fault: each event in a transaction of its own; the one that fails is put aside, and its sender told.
    /// What each leaves is kept in `unsent`, because a later one may still meet a fault of the machine.
    pub(super) async fn one_by_one(&mut self, work: &Work<'_>) -> Result<(), Fault> {
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
        self.conclude(outcome.map_err(Fault::from)).await
    }

    async fn try_put_aside(&mut self, event: &Event, fault: &Fault, tell: bool) -> Result<Outgoing, StoreError> {
        if let [Some(hash)] = self.store.new_event_hashes(std::slice::from_ref(event)).await?[..] {
            self.store.remember_event(hash, event.at);
        }
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
