//! The log: on standard error, without a word of what people say or are called.
//!
//! What libraries have to tell below a warning is left out whatever the level, since their details quote requests; the
//! Matrix library is not heard at all, since its warnings name rooms and people. The adapter says what went wrong.
//! Nor does a panic print its words, which may quote the text that it failed on; its place is enough to find it.

use std::{
    backtrace::{Backtrace, BacktraceStatus},
    io::IsTerminal,
    panic::PanicHookInfo,
};

use tracing::{Subscriber, level_filters::LevelFilter};
use tracing_subscriber::{
    filter::Targets,
    fmt::{self, MakeWriter},
    layer::SubscriberExt as _,
    registry,
    util::SubscriberInitExt as _,
};

/// Libraries that are not heard.
const SILENT: [&str; 2] = ["matrix_sdk", "ruma"];

/// Begins to log, to standard error. Told twice, done once.
pub fn init(level: LevelFilter) {
    let colours = std::io::stderr().is_terminal();
    // Another subscriber is there already only in tests.
    let _ = subscriber(level, colours, std::io::stderr).try_init();
    std::panic::set_hook(Box::new(log_panic));
}

/// What writes the log.
pub fn subscriber<W>(level: LevelFilter, colours: bool, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let levels = Targets::new().with_default(level.min(LevelFilter::WARN)).with_target(env!("CARGO_CRATE_NAME"), level);
    let levels = SILENT.iter().fold(levels, |levels, target| levels.with_target(*target, LevelFilter::OFF));
    registry().with(levels).with(fmt::layer().with_writer(writer).with_ansi(colours))
}

/// Logs where the program panicked; the way there too, where `RUST_BACKTRACE` asks for it.
pub fn log_panic(info: &PanicHookInfo) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    let way = Backtrace::capture();
    match way.status() {
        BacktraceStatus::Captured => tracing::error!(place, thread, "a defect of the program (panic)\n{way}"),
        _ => tracing::error!(place, thread, "a defect of the program (panic); RUST_BACKTRACE=1 logs the way there"),
    }
}
