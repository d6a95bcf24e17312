//! The log: on standard error, without a word of what people say or are called.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{EnvFilter, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// Begins to log; `RUST_LOG` counts more than `level`. Told twice, done once.
pub fn init(level: LevelFilter) {
    let filter = EnvFilter::builder().with_default_directive(level.into()).from_env_lossy();
    let log = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    // Another subscriber is there already only in tests.
    let _ = tracing_subscriber::registry().with(filter).with(log).try_init();
}
