//! The running service: one task that owns the engine, handed work through channels, and a stop that loses nothing.

mod work;

use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
    time::Duration,
};

use tokio::{
    sync::{mpsc, oneshot, watch},
    time::Instant,
};

use crate::{
    domain::{
        command::Command,
        event::{Batch, Event, EventKey, Origin},
        hear::{Heard, hear},
        message::{Msg, Press, Value},
        time::Timestamp,
    },
    http::{Asked, Health},
    platform::{Intake, NotTaken},
};

use super::{
    clock::Clock,
    engine::{Engine, Fault, pipeline::Pipeline},
    report::Report,
    road::Outgoing,
};

/// How many batches wait before adapters are made to wait.
const WAITING_MAX: usize = 256;
/// After a fault of the machine nothing is tried for so long.
const PAUSE: Duration = Duration::from_secs(1);

/// How often the backlog is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// A backlog of so many minutes is told to the operator.
const BACKLOG_MINUTES_MAX: i64 = 60;

/// Hears of the commit.
type Answer = oneshot::Sender<Result<(), NotTaken>>;

/// A batch with who waits for its commit.
type Request = (Batch, Answer);

/// How many calls for calendars wait; more are told to come again.
const FEEDS_MAX: usize = 16;

/// The engine's door for adapters, and for what the operator must know.
#[derive(Clone, Debug)]
pub struct Door {
    requests: mpsc::Sender<Request>,
    notices: mpsc::UnboundedSender<Msg>,
    health: Arc<Health>,
    clock: Clock,
}

impl Intake for Door {
    async fn submit(&self, batch: Batch) -> Result<(), NotTaken> {
        let _waiting = self.health.arrived(self.clock.now());
        let (done, wait) = oneshot::channel();
        self.requests.send((batch, done)).await.map_err(|_| NotTaken::Stopping)?;
        wait.await.unwrap_or(Err(NotTaken::Stopping))
    }
}

impl Door {
    /// Tells the operator in their room, where one is configured.
    pub fn tell_operator(&self, msg: Msg) {
        // Gone only while stopping.
        let _ = self.notices.send(msg);
    }
}

/// The engine with its channels.
pub struct Service {
    pipeline: Pipeline,
    /// Who waits for what the pipeline has taken in, in its order.
    waiting: VecDeque<Vec<Answer>>,
    requests: mpsc::Receiver<Request>,
    notices: mpsc::UnboundedReceiver<Msg>,
    feeds: mpsc::Receiver<Asked>,
    reports: mpsc::UnboundedReceiver<Vec<Report>>,
    outgoing: mpsc::UnboundedSender<Outgoing>,
    /// Reports that could not be recorded yet.
    unrecorded: Vec<Report>,
    /// When they get a commit of their own.
    record_at: Option<Instant>,
    /// The crisis commands that were answered from memory while nothing could be committed.
    answered: HashSet<EventKey>,
    failing: bool,
    /// The operator was told that messages wait.
    late: bool,
    health: Arc<Health>,
}

/// The other ends of the channels.
pub struct Ends {
    /// For adapters.
    pub door: Door,
    /// For the outbox: what is to be sent.
    pub outgoing: mpsc::UnboundedReceiver<Outgoing>,
    /// For the outbox: what became of it.
    pub reports: mpsc::UnboundedSender<Vec<Report>>,
    /// For who subscribes to a calendar.
    pub feeds: mpsc::Sender<Asked>,
    /// How all this is; the platforms are yet to be watched.
    pub health: Arc<Health>,
}

impl Service {
    /// A service around an engine; what is still owed from before goes to the outbox first.
    pub async fn start(mut engine: Engine) -> Result<(Self, Ends), Fault> {
        let owed = engine.start().await?;
        let (requests_end, requests) = mpsc::channel(WAITING_MAX);
        let (notices_end, notices) = mpsc::unbounded_channel();
        let (feeds_end, feeds) = mpsc::channel(FEEDS_MAX);
        let (outgoing, outgoing_end) = mpsc::unbounded_channel();
        let (reports_end, reports) = mpsc::unbounded_channel();
        let health = Arc::new(Health::default());
        let clock = engine.clock().clone();
        let service = Self {
            pipeline: Pipeline::new(engine),
            waiting: VecDeque::new(),
            requests,
            notices,
            feeds,
            reports,
            outgoing,
            unrecorded: Vec::new(),
            record_at: None,
            answered: HashSet::new(),
            failing: false,
            late: false,
            health: Arc::clone(&health),
        };
        service.send(owed);
        let door = Door { requests: requests_end, notices: notices_end, health: Arc::clone(&health), clock };
        Ok((service, Ends { door, outgoing: outgoing_end, reports: reports_end, feeds: feeds_end, health }))
    }

    /// Runs until `stop` says so; then takes in nothing new, lets the outbox finish what is on its way, and records it.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        while !*stop.borrow() {
            self.settle_unless_more_came().await;
            let due = self.until_due();
            // Not biased: under a steady stream of messages, timers come due all the same.
            tokio::select! {
                _ = stop.changed() => break,
                Some(reports) = self.reports.recv() => self.keep(reports).await,
                () = sleep_until(self.record_at), if self.record_at.is_some() => self.record().await,
                Some(request) = self.requests.recv() => self.take(request).await,
                () = wait(due), if due.is_some() => self.due().await,
                Some(msg) = self.notices.recv() => self.tell_operator(msg).await,
                Some((secret, back)) = self.feeds.recv() => self.calendar(&secret, back).await,
                _ = look.tick() => self.look_at_backlog().await,
            }
        }
        self.finish().await;
    }

    async fn due(&mut self) {
        match self.engine().await.handle_due().await {
            Ok(outgoing) => {
                self.recovered();
                self.send(outgoing);
            }
            Err(fault) => {
                self.failed(&fault);
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    async fn calendar(&mut self, secret: &str, back: oneshot::Sender<Option<String>>) {
        let now = self.now();
        match self.engine().await.store().feed(secret, now).await {
            // Who asked may have gone.
            Ok(calendar) => drop(back.send(calendar)),
            // Nothing else hangs on it; who asked is told to come again.
            Err(error) => tracing::error!(%error, "a calendar could not be read"),
        }
    }

    async fn tell_operator(&mut self, msg: Msg) {
        match self.engine().await.tell_operator(msg).await {
            Ok(outgoing) => self.send(outgoing),
            Err(fault) => self.failed(&fault),
        }
    }

    /// What is owed for more than an hour is told to the operator, once until it is better.
    async fn look_at_backlog(&mut self) {
        let now = self.now();
        let oldest = match self.engine().await.store().oldest_owed().await {
            Ok(oldest) => oldest,
            Err(error) => return self.failed(&error.into()),
        };
        self.health.oldest_delivery(oldest);
        let minutes = oldest.map_or(0, |at| now.since(at).num_minutes());
        let late = minutes > BACKLOG_MINUTES_MAX;
        if late && !self.late {
            tracing::error!(minutes, "messages wait for more than an hour: does the platform answer?");
            self.tell_operator(Msg::new("operator-backlog").with("length", Value::Minutes(minutes))).await;
        }
        self.late = late;
    }

    fn now(&self) -> Timestamp {
        self.pipeline.look().clock().now()
    }

    /// How long until the next timer is due.
    fn until_due(&self) -> Option<Duration> {
        let left = self.pipeline.look().next_due()?.since(self.now());
        // Woken at least every minute, because the machine's clock may be set.
        Some(left.to_std().unwrap_or(Duration::ZERO).min(Duration::from_secs(60)))
    }

    fn send(&self, outgoing: Outgoing) {
        // The outbox ends only after this sender.
        let _ = self.outgoing.send(outgoing);
    }

    /// While nothing can be committed, who asks for help still gets the lines: once for each asking.
    fn lines_from_memory(&mut self, events: &[Event]) {
        let asked: Vec<&Event> = events.iter().filter(|event| is_sos(event)).collect();
        let from_memory = asked
            .into_iter()
            .filter(|event| self.answered.insert(event.key.clone()))
            .filter_map(|event| match &event.origin {
                Origin::Said(said) => said.sender.as_ref().map(|sender| sender.account.clone()),
                Origin::Pressed(pressed) => Some(pressed.sender.account.clone()),
                Origin::Timer(_) | Origin::Room(_) => None,
            })
            .collect();
        self.send(Outgoing { from_memory, ..Outgoing::default() });
    }

    fn failed(&mut self, fault: &Fault) {
        self.health.commits(false);
        if !std::mem::replace(&mut self.failing, true) {
            tracing::error!(%fault, "nothing can be committed now; nothing is lost, it is tried again every second (is the disk full?)");
        }
    }

    fn recovered(&mut self) {
        self.health.commits(true);
        if std::mem::replace(&mut self.failing, false) {
            tracing::info!("commits work again");
        }
    }

    async fn finish(mut self) {
        self.settle().await;
        self.requests.close();
        while let Ok((_, waiting)) = self.requests.try_recv() {
            let _ = waiting.send(Err(NotTaken::Stopping));
        }
        // The outbox sees its incoming side close, finishes what is on its way and drops its reports.
        let (closed, _) = mpsc::unbounded_channel();
        self.outgoing = closed;
        while let Some(reports) = self.reports.recv().await {
            self.unrecorded.extend(reports);
        }
        self.record().await;
        if let Err(fault) = self.engine().await.store().checkpoint().await {
            tracing::warn!(%fault, "the write-ahead log could not be folded into the database; the next start does it");
        }
        tracing::info!("stopped; what is still owed waits on disk");
    }
}

fn is_sos(event: &Event) -> bool {
    match &event.origin {
        Origin::Said(said) => matches!(hear(said), Heard::Command(call) if call.command == Command::Sos),
        Origin::Pressed(pressed) => matches!(&pressed.press, Some(Press::Command { command: Command::Sos | Command::Talk, .. })),
        Origin::Timer(_) | Origin::Room(_) => false,
    }
}

async fn sleep_until(at: Option<Instant>) {
    if let Some(at) = at {
        tokio::time::sleep_until(at).await;
    }
}

async fn wait(due: Option<Duration>) {
    // What is due now does not wait for the next tick of the runtime's clock.
    if let Some(due) = due.filter(|due| !due.is_zero()) {
        tokio::time::sleep(due).await;
    }
}
