//! How much work a connection had: for the metrics, the tests and the benches.

use std::sync::atomic::{AtomicU64, Ordering};

/// How many statements were run, and how many commits they went into.
#[derive(Debug, Default)]
pub struct Counted {
    statements: AtomicU64,
    commits: AtomicU64,
}

impl Counted {
    /// Statements and commits so far.
    pub fn read(&self) -> (u64, u64) {
        (self.statements.load(Ordering::Relaxed), self.commits.load(Ordering::Relaxed))
    }

    pub(super) fn statements(&self, more: usize) {
        self.statements.fetch_add(u64::try_from(more).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(super) fn commit(&self) {
        self.commits.fetch_add(1, Ordering::Relaxed);
    }
}
