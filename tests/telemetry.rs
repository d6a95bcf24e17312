//! The log keeps its levels, and no panic quotes what it failed on.

use std::{
    io::{self, Write},
    panic::catch_unwind,
    sync::{Arc, Mutex},
};

use entraide::telemetry;
use tracing::level_filters::LevelFilter;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the log").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn logged(level: LevelFilter, what: impl FnOnce()) -> String {
    let log = Log::default();
    let writer = log.clone();
    tracing::subscriber::with_default(telemetry::subscriber(level, false, move || writer.clone()), what);
    let bytes = log.0.lock().expect("the log").clone();
    String::from_utf8(bytes).expect("text")
}

fn everything() {
    for_each_level();
    tracing::debug!(target: "hyper::proto", "library debug");
    tracing::info!(target: "sqlx::query", "library info");
    tracing::warn!(target: "sqlx::query", "library warning");
    tracing::error!(target: "rustls", "library error");
}

fn for_each_level() {
    tracing::debug!(target: "entraide::app", "our debug");
    tracing::info!(target: "entraide::app", "our info");
    tracing::warn!(target: "entraide::app", "our warning");
    tracing::error!(target: "entraide", "our error");
}

#[test]
fn libraries_are_heard_from_warnings_on_whatever_the_level() {
    for (level, expected) in [
        (LevelFilter::ERROR, ["our error", "library error"].as_slice()),
        (LevelFilter::INFO, &["our info", "our warning", "our error", "library warning", "library error"]),
        (LevelFilter::TRACE, &["our debug", "our info", "our warning", "our error", "library warning", "library error"]),
    ] {
        let log = logged(level, everything);
        let lines: Vec<_> = log.lines().collect();
        assert_eq!(lines.len(), expected.len(), "{log}");
        for (line, expected) in lines.iter().zip(expected) {
            assert!(line.ends_with(expected), "{line}");
        }
    }
}

#[test]
fn a_panic_is_logged_with_its_place_and_without_its_words() {
    std::panic::set_hook(Box::new(telemetry::log_panic));
    let text = std::hint::black_box("canaré");
    let log = logged(LevelFilter::INFO, || {
        catch_unwind(|| text[..6].len()).expect_err("the cut is within a character");
    });
    assert!(log.contains("a defect of the program (panic)") && log.contains("tests/telemetry.rs:"), "{log}");
    assert!(!log.contains("canar"), "{log}");
}
