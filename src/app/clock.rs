//! The one place where the program learns what time it is.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use crate::domain::time::Timestamp;

/// A clock: the machine's, or one that stands still until it is moved.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's.
    System,
    /// Stands at an instant, in microseconds since 1970 UTC.
    Standing(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn standing(at: Timestamp) -> Self {
        Self::Standing(Arc::new(AtomicI64::new(at.micros())))
    }

    /// The instant that it shows.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::from(chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now())),
            Self::Standing(at) => Timestamp::from_micros(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a standing clock; the machine's is nobody's to move.
    pub fn set(&self, to: Timestamp) {
        match self {
            Self::System => {}
            Self::Standing(at) => at.store(to.micros(), Ordering::SeqCst),
        }
    }
}
