//! What the service takes in: batches into commits, what became of deliveries with them, and who waits hears of it.

use std::time::Duration;

use tokio::time::Instant;

use crate::{
    app::{
        engine::{Engine, Handed, pipeline::Finished},
        report::Report,
    },
    domain::event::Batch,
    platform::NotTaken,
};

use super::{Answer, PAUSE, Request, Service};

/// How many batches are taken into one commit.
const BATCHES_MAX: usize = 48;
/// What became of a delivery is recorded within so long, so that a crash doubles little.
const RECORD_WITHIN: Duration = Duration::from_millis(30);
/// So many reports wait for no other commit.
const REPORTS_MAX: usize = 512;

impl Service {
    pub(super) async fn take(&mut self, first: Request) {
        let mut requests = vec![first];
        while requests.len() < BATCHES_MAX {
            match self.requests.try_recv() {
                Ok(request) => requests.push(request),
                Err(_) => break,
            }
        }
        let (batches, waiting): (Vec<Batch>, Vec<Answer>) = requests.into_iter().unzip();
        self.waiting.push_back(waiting);
        self.record_at = None;
        let handed = Handed::new(batches, std::mem::take(&mut self.unrecorded));
        let finished = self.pipeline.take_in(handed).await;
        self.finished(finished).await;
    }

    /// What is decided is committed, now or while more is decided, where more has come: who was just answered may have sent it.
    pub(super) async fn settle_unless_more_came(&mut self) {
        if self.pipeline.is_open() {
            tokio::task::yield_now().await;
            if self.requests.is_empty() {
                self.settle().await;
            }
        }
    }

    pub(super) async fn settle(&mut self) {
        let finished = self.pipeline.settle().await;
        self.finished(finished).await;
    }

    /// The engine, when all that was taken in is finished.
    pub(super) async fn engine(&mut self) -> &mut Engine {
        self.settle().await;
        self.pipeline.engine()
    }

    /// Lets those know who wait for it; who is to come again hears so after a pause.
    async fn finished(&mut self, all: impl IntoIterator<Item = Finished>) {
        let mut later = Vec::new();
        for Finished { handed, outcome } in all {
            let waiting = self.waiting.pop_front().unwrap_or_default();
            match outcome {
                Ok(outgoing) => {
                    self.recovered();
                    self.answered.clear();
                    self.send(outgoing);
                    answer(waiting, Ok(()));
                }
                Err(fault) => {
                    self.failed(&fault);
                    self.lines_from_memory(&handed.events);
                    self.record_again(handed.reports);
                    later.extend(waiting);
                }
            }
        }
        if !later.is_empty() {
            tokio::time::sleep(PAUSE).await;
            answer(later, Err(NotTaken::Later));
        }
    }

    /// Keeps reports for the next commit; where none comes soon, or they are many, they get one of their own.
    pub(super) async fn keep(&mut self, reports: Vec<Report>) {
        self.unrecorded.extend(reports);
        while let Ok(more) = self.reports.try_recv() {
            self.unrecorded.extend(more);
        }
        self.record_at.get_or_insert_with(|| Instant::now() + RECORD_WITHIN);
        if self.unrecorded.len() >= REPORTS_MAX {
            self.record().await;
        }
    }

    pub(super) async fn record(&mut self) {
        self.settle().await;
        self.record_at = None;
        let reports = std::mem::take(&mut self.unrecorded);
        match self.pipeline.engine().handle_reports(&reports).await {
            Ok(outgoing) => {
                self.recovered();
                self.send(outgoing);
            }
            Err(fault) => {
                self.failed(&fault);
                self.record_again(reports);
            }
        }
    }

    /// What could not be recorded comes before what came since, with the next commit or after a pause.
    fn record_again(&mut self, reports: Vec<Report>) {
        if !reports.is_empty() {
            self.unrecorded.splice(0..0, reports);
            self.record_at = Some(Instant::now() + PAUSE);
        }
    }
}

fn answer(waiting: Vec<Answer>, with: Result<(), NotTaken>) {
    for done in waiting {
        // Gone only while stopping.
        let _ = done.send(with);
    }
}
