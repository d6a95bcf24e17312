//! Keeps the documents true: what they show is run, what they name exists, and what exists is named.
//! `UPDATE_DOCS=1 cargo test --test docs` writes down what the program says instead; lines that a transcript leaves out (`…`)
//! stay left out as far as the lines around them are still the same.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[allow(dead_code, unreachable_pub, reason = "shared with another test")]
#[path = "../support/chat_file.rs"]
mod chat_file;
#[allow(unreachable_pub, reason = "a module of this test")]
#[path = "../support/markdown.rs"]
mod markdown;

mod commands;
mod facts;
mod languages;
mod links;
mod program;
mod transcripts;

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command as Process, Stdio},
    sync::Mutex,
    thread,
};

use chat_file::{ChatFile, ChatLine};
use entraide::{
    domain::{
        command::{Answers, Command, Spec, TABLE, Who},
        event::Platform,
        message::Msg,
        time::Zone,
    },
    platform::terminal::line,
    text::{Reader, Seen, Texts},
};
use markdown::{Document, Fence};

/// The documents, each with its counterpart in the other language where there is one.
const DOCUMENTS: [(&str, Option<&str>); 13] = [
    ("README.md", Some("README.fr.md")),
    ("docs/operators/en.md", Some("docs/operators/fr.md")),
    ("docs/coordinators/en.md", Some("docs/coordinators/fr.md")),
    ("docs/privacy/en/breach.md", Some("docs/privacy/fr/breach.md")),
    ("docs/privacy/en/hosting.md", Some("docs/privacy/fr/hosting.md")),
    ("docs/privacy/en/impact-assessment.md", Some("docs/privacy/fr/impact-assessment.md")),
    ("docs/privacy/en/notice.md", Some("docs/privacy/fr/notice.md")),
    ("docs/privacy/en/processors.md", Some("docs/privacy/fr/processors.md")),
    ("docs/privacy/en/register.md", Some("docs/privacy/fr/register.md")),
    ("CONTRIBUTING.md", None),
    ("docs/adr/0001-ids-from-events.md", None),
    ("docs/adr/0002-private-answers-go-to-accounts.md", None),
    ("docs/adr/0003-later-instead-of-holding.md", None),
];

/// Commands that the documents say are not there yet. One that is built leaves this list, and what is said of it changes.
const NOT_YET: &[Command] = &[];

/// What begins with a slash in the documents and is no command of ours.
const NOT_OURS: &[&str] = &["/newbot", "/setprivacy", "/token", "/revoke", "/setuserpic", "/health", "/metrics"];

/// Held while documents are written anew: tests run side by side.
static WRITING: Mutex<()> = Mutex::new(());

/// What is wrong, one line each; the test shows them all at once.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn note(&mut self, fault: String) {
        self.0.push(fault);
    }

    #[track_caller]
    fn none(self) {
        assert!(self.0.is_empty(), "\n{}\n", self.0.join("\n"));
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn documents() -> Vec<Document> {
    let names = DOCUMENTS.iter().flat_map(|(name, other)| [Some(*name), *other]);
    names.flatten().map(|name| Document::read(root(), name)).collect()
}

fn updating() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some_and(|value| value == "1")
}
