//! The outbox: delivers what is owed outside any transaction, and reports what became of it.

mod queue;
mod queues;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures_util::{StreamExt, stream::FuturesUnordered};
use tokio::{sync::mpsc, time::Instant};

use crate::{
    domain::{
        decision::CardKey,
        event::{AccountAddress, MessageRef, Platform, RoomAddress},
        ids::{PersonId, RoomId},
        message::{Content, Msg},
        time::Zone,
    },
    platform::{Body, DeliveryError, Destination, Parcel, Platforms, Reason, Receipt},
    store::outbox::{Ready, Route, What},
    text::{Reader, Seen, Texts},
};

pub use self::{queue::Pace, queues::Paces};
use self::{
    queue::{Item, LaneKey, Next},
    queues::Queues,
};
use super::{
    acts::Instant as Acknowledgement,
    clock::Clock,
    refuse::open_private,
    report::{Fate, Report, card_of, in_time, platform_of},
    road::Outgoing,
};

/// The longest pause between two tries.
const BACK_OFF_MAX: Duration = Duration::from_secs(300);
/// How long a stop waits for what is on its way.
const LAST_WORDS: Duration = Duration::from_secs(5);
/// What was tried in vain for so long is given up.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// Delivers.
pub struct Outbox {
    texts: Arc<Texts>,
    platforms: Arc<Platforms>,
    queue: Queues,
    clock: Clock,
    /// The messages that show cards, as far as they became known here: known sooner than the store knows.
    cards: HashMap<(RoomId, CardKey), MessageRef>,
}

/// What one try led to.
enum Tried {
    Done(Fate),
    Again {
        after: Option<Duration>,
        perhaps_twice: bool,
    },
    /// The platform wants a pause, everywhere.
    Hold(Duration),
    /// The message to edit is gone: a new one is sent.
    Anew,
    /// The room has a new address: everything that waits for it goes there.
    Moved(RoomAddress),
}

impl Outbox {
    /// An outbox that writes in the words of `texts` to `platforms`.
    pub fn new(texts: Arc<Texts>, platforms: Arc<Platforms>, clock: Clock, paces: Paces) -> Self {
        Self { texts, platforms, queue: Queues::new(paces), clock, cards: HashMap::new() }
    }

    /// Takes what a commit left to be sent; what has no receiver any more is reported at once.
    pub fn take(&mut self, outgoing: Vec<Ready>) -> Vec<Report> {
        let now = Instant::now();
        let mut reports = Vec::new();
        for ready in outgoing {
            match ready.route {
                Route::Nowhere => reports.push(Report { ready, fate: Fate::GivenUp }),
                Route::Room(..) | Route::Direct(..) | Route::DirectClosed(..) | Route::Ephemeral(..) => self.queue.push(ready, now),
            }
        }
        reports
    }

    /// What waits for these people is sent no more; what is on its way already cannot be called back.
    pub fn withdraw(&mut self, persons: &[PersonId]) {
        for person in persons {
            self.queue.withdraw(*person);
        }
    }

    /// How many deliveries wait.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Delivers one after the other until nothing waits; returns what became of them. For where there is no pace.
    pub async fn drain(&mut self) -> Vec<Report> {
        let mut reports = Vec::new();
        while let Next::Send(key, item) = self.queue.next(Instant::now()) {
            let parcel = self.parcel(&item);
            let result = self.platforms.deliver(platform_of(&item.ready.route), parcel).await;
            reports.extend(self.settle(&key, *item, result));
        }
        reports
    }

    /// Delivers what comes in, until the sender of `incoming` is gone; what was not delivered stays in the store.
    pub async fn run(mut self, mut incoming: mpsc::UnboundedReceiver<Outgoing>, reports: mpsc::UnboundedSender<Vec<Report>>) {
        let platforms = Arc::clone(&self.platforms);
        let mut in_flight = FuturesUnordered::new();
        let mut acknowledging = FuturesUnordered::new();
        loop {
            let mut wake = None;
            loop {
                match self.queue.next(Instant::now()) {
                    Next::Send(key, item) => {
                        let parcel = self.parcel(&item);
                        let platforms = Arc::clone(&platforms);
                        in_flight.push(async move {
                            let result = platforms.deliver(platform_of(&item.ready.route), parcel).await;
                            (key, item, result)
                        });
                    }
                    Next::At(at) => {
                        wake = Some(at);
                        break;
                    }
                    Next::Idle => break,
                }
            }
            metrics::gauge!("entraide_outbox_waiting").set(u32::try_from(self.queue.len()).map_or(f64::MAX, f64::from));
            tokio::select! {
                taken = incoming.recv() => match taken {
                    Some(outgoing) => {
                        for acknowledgement in outgoing.instant {
                            let platforms = Arc::clone(&platforms);
                            let (platform, body) = self.acknowledgement(acknowledgement);
                            acknowledging.push(send_once(platforms, platform, None, body));
                        }
                        for address in outgoing.from_memory {
                            let platforms = Arc::clone(&platforms);
                            let body = self.lines_from_memory();
                            acknowledging.push(send_once(platforms, address.platform, Some(address), body));
                        }
                        self.withdraw(&outgoing.withdrawn);
                        let lost = self.take(outgoing.owed);
                        if !lost.is_empty() && reports.send(lost).is_err() {
                            return;
                        }
                    }
                    None => break,
                },
                Some((key, item, result)) = in_flight.next(), if !in_flight.is_empty() => {
                    let done: Vec<Report> = self.settle(&key, *item, result).into_iter().collect();
                    if !done.is_empty() && reports.send(done).is_err() {
                        return;
                    }
                }
                Some(()) = acknowledging.next(), if !acknowledging.is_empty() => {}
                () = sleep_until(wake), if wake.is_some() => {}
            }
        }
        // Stopping: what is on its way may arrive and be reported; the rest is sent after the next start.
        let rest = async {
            while let Some((key, item, result)) = in_flight.next().await {
                let done: Vec<Report> = self.settle(&key, *item, result).into_iter().collect();
                if reports.send(done).is_err() {
                    return;
                }
            }
        };
        if tokio::time::timeout(LAST_WORDS, rest).await.is_err() {
            tracing::warn!("some deliveries were still on their way; they are sent again after the next start");
        }
    }

    fn lines_from_memory(&self) -> Body {
        Body::Message { text: self.texts.sos_from_memory(), buttons: Vec::new(), file: None, edit_of: None }
    }

    /// What is to be sent for an item; `None` where the road is closed before it begins.
    fn parcel(&self, item: &Item) -> Option<Parcel> {
        let Ready { owed, route, card_message, .. } = &item.ready;
        let to = match route {
            Route::Room(_, address) => Destination::Room(address.clone()),
            Route::Direct(_, address) => Destination::Direct(address.clone()),
            // Later than that it might be shown to everybody.
            Route::Ephemeral(..) if !in_time(owed, self.clock.now()) => return None,
            Route::Ephemeral(_, account, room, context) => {
                Destination::Ephemeral { room: room.clone(), account: account.clone(), context: context.clone() }
            }
            Route::DirectClosed(..) | Route::Nowhere => return None,
        };
        let body = match &owed.what {
            What::Message(content) => self.message(item, content, None),
            What::Card(_, content) => self.message(item, content, self.card(item).or_else(|| card_message.clone())),
            What::Delete(message) => Body::Delete(message.clone()),
            What::React(message, emoji) => Body::React(message.clone(), emoji.clone()),
        };
        let thread = match &owed.what {
            What::Message(_) => self.card(item).or_else(|| card_message.clone()),
            What::Card(..) | What::Delete(_) | What::React(..) => None,
        };
        Some(Parcel { delivery: owed.id, to, answers: owed.answers.clone(), thread, body })
    }

    fn message(&self, item: &Item, content: &Content, edit_of: Option<MessageRef>) -> Body {
        let Ready { owed, route, .. } = &item.ready;
        let platform = platform_of(route).unwrap_or(Platform::Terminal);
        let mut content = content.clone();
        if item.perhaps_twice && edit_of.is_none() {
            content.lines.push(Msg::new("perhaps-twice"));
        }
        if matches!(route, Route::Ephemeral(..)) {
            content.buttons.push(open_private());
        }
        let command_sign = self.platforms.capabilities(platform).command_sign;
        let seen = match route {
            Route::Room(..) => Seen::ByAll,
            Route::Direct(..) | Route::DirectClosed(..) | Route::Ephemeral(..) | Route::Nowhere if item.ready.discreet => {
                Seen::OnASharedPhone
            }
            Route::Direct(..) | Route::DirectClosed(..) | Route::Ephemeral(..) | Route::Nowhere => Seen::InPrivate,
        };
        let reader = Reader { language: owed.language.clone(), zone: owed.zone, platform, command_sign, seen };
        let rendered = self.texts.render(&content, &reader);
        Body::Message { text: rendered.text, buttons: rendered.buttons, file: rendered.file, edit_of }
    }

    fn acknowledgement(&self, instant: Acknowledgement) -> (Platform, Body) {
        let word = instant.word.map(|(msg, language)| {
            let command_sign = self.platforms.capabilities(instant.platform).command_sign;
            let seen = Seen::InPrivate;
            let reader = Reader { language, zone: Zone::PARIS, platform: instant.platform, command_sign, seen };
            self.texts.render(&msg.into(), &reader).text.plain()
        });
        (instant.platform, Body::AnswerPress(instant.press, word))
    }

    fn card(&self, item: &Item) -> Option<MessageRef> {
        let (Route::Room(room, _), Some(key)) = (&item.ready.route, item.ready.owed.what.card()) else { return None };
        self.cards.get(&(*room, key)).cloned()
    }

    /// Puts the item away or back; a report where its fate is known.
    fn settle(&mut self, key: &LaneKey, item: Item, result: Option<Result<Receipt, DeliveryError>>) -> Option<Report> {
        let now = Instant::now();
        match judge(&item, result, &self.platforms) {
            Tried::Done(fate) => {
                self.remember_card(&item, &fate);
                self.queue.done(key, &item, now);
                Some(Report { ready: item.ready, fate })
            }
            Tried::Again { after, perhaps_twice } => {
                let delay = after.unwrap_or_else(|| back_off(item.attempts));
                metrics::counter!("entraide_delivery_retries_total").increment(1);
                self.queue.again(key, &item, delay, perhaps_twice, now);
                None
            }
            Tried::Hold(pause) => {
                self.queue.hold(&item, pause, now);
                self.queue.again(key, &item, pause, false, now);
                None
            }
            Tried::Anew => {
                if let (Route::Room(room, _), Some(card)) = (&item.ready.route, card_of(&item.ready.owed.what)) {
                    self.cards.remove(&(*room, card));
                }
                self.queue.anew(key, &item, now);
                None
            }
            Tried::Moved(to) => {
                if let Route::Room(room, _) = &item.ready.route {
                    self.cards.retain(|(of, _), _| of != room);
                }
                let delay = if item.attempts == 0 { Duration::ZERO } else { back_off(item.attempts) };
                self.queue.moved(key, &item, &to, delay, now);
                Some(Report { ready: item.ready, fate: Fate::Moved(to) })
            }
        }
    }

    fn remember_card(&mut self, item: &Item, fate: &Fate) {
        if let (Fate::Delivered(Receipt { message: Some(message), .. }), Route::Room(room, _), Some(key)) =
            (fate, &item.ready.route, card_of(&item.ready.owed.what))
        {
            if self.cards.len() > 10_000 {
                self.cards.clear();
            }
            self.cards.insert((*room, key), message.clone());
        }
    }
}

async fn send_once(platforms: Arc<Platforms>, platform: Platform, to: Option<AccountAddress>, body: Body) {
    platforms.send_once(platform, to, body).await;
}

/// What a try means.
fn judge(item: &Item, result: Option<Result<Receipt, DeliveryError>>, platforms: &Platforms) -> Tried {
    let ephemeral = platform_of(&item.ready.route).is_some_and(|platform| platforms.capabilities(platform).ephemeral);
    let error = match result {
        None => return Tried::Done(closed_before(&item.ready.route, ephemeral)),
        Some(Ok(receipt)) => return Tried::Done(Fate::Delivered(receipt)),
        Some(Err(error)) => error,
    };
    match error {
        DeliveryError::Busy(pause) => {
            tracing::info!(pause_ms = pause.as_millis(), "a platform asks for a pause");
            Tried::Hold(pause)
        }
        DeliveryError::Retry { .. } if item.since.elapsed() > GIVEN_UP_AFTER => give_up(item, "tried in vain for days"),
        DeliveryError::Retry { after, reason } => {
            tracing::warn!(seq = item.ready.seq, attempts = item.attempts, %reason, "a delivery is tried again later");
            Tried::Again { after, perhaps_twice: false }
        }
        DeliveryError::Uncertain(reason) if !item.perhaps_twice => {
            tracing::warn!(seq = item.ready.seq, %reason, "a delivery may have arrived; it is sent once more, marked");
            Tried::Again { after: None, perhaps_twice: true }
        }
        DeliveryError::Uncertain(_) => Tried::Done(Fate::Delivered(Receipt::default())),
        DeliveryError::Permanent(reason) => match reason {
            Reason::DirectClosed => Tried::Done(Fate::DirectClosed { ephemeral }),
            Reason::EphemeralRefused => Tried::Done(Fate::DirectClosed { ephemeral: false }),
            Reason::RoomClosed => Tried::Done(Fate::RoomClosed),
            Reason::Moved(to) => match (&item.ready.route, &item.ready.owed.what) {
                (Route::Room(..), What::Message(_) | What::Card(..)) => Tried::Moved(to),
                // What it is about stayed behind.
                (Route::Room(..), What::Delete(_) | What::React(..)) => Tried::Done(Fate::Moved(to)),
                (Route::Direct(..) | Route::DirectClosed(..) | Route::Ephemeral(..) | Route::Nowhere, _) => {
                    Tried::Done(Fate::DirectClosed { ephemeral: false })
                }
            },
            Reason::MessageGone if matches!(item.ready.owed.what, What::Card(..)) => Tried::Anew,
            Reason::MessageGone => Tried::Done(Fate::Delivered(Receipt::default())),
            Reason::Refused(why) => give_up(item, &why),
        },
    }
}

fn closed_before(route: &Route, ephemeral: bool) -> Fate {
    match route {
        Route::DirectClosed(..) => Fate::DirectClosed { ephemeral },
        Route::Ephemeral(..) => Fate::DirectClosed { ephemeral: false },
        Route::Room(..) | Route::Direct(..) | Route::Nowhere => Fate::GivenUp,
    }
}

fn give_up(item: &Item, why: &str) -> Tried {
    tracing::error!(seq = item.ready.seq, why, "a delivery is given up");
    metrics::counter!("entraide_deliveries_given_up_total").increment(1);
    Tried::Done(Fate::GivenUp)
}

/// One second, doubled with every try.
fn back_off(attempts: u32) -> Duration {
    Duration::from_secs(1 << attempts.min(9)).min(BACK_OFF_MAX)
}

async fn sleep_until(at: Option<Instant>) {
    if let Some(at) = at {
        tokio::time::sleep_until(at).await;
    }
}
