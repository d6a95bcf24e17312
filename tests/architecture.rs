//! The walls of the house: which module may use which, what the domain must not touch, how long a file may be.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// For each module: the modules of the crate that it may name.
const MAY_USE: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("text", &["domain"]),
    ("vault", &["domain"]),
    ("store", &["domain", "vault"]),
    ("platform", &["domain", "text"]),
    ("http", &["domain", "platform", "text"]),
    ("config", &["domain"]),
    ("telemetry", &[]),
    ("app", &["domain", "text", "vault", "store", "platform", "http", "config"]),
    ("cli", &["domain", "text", "vault", "store", "platform", "http", "config", "app", "telemetry"]),
];

/// What the pure core must not know of.
const NOT_IN_DOMAIN: [&str; 12] = [
    "async fn",
    "sqlx",
    "tokio",
    "teloxide",
    "tracing",
    "metrics::",
    "Utc::now",
    "SystemTime",
    "Instant::now",
    "getrandom",
    "std::fs",
    "std::env",
];

const LINES_MAX: usize = 400;

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            found.push((path, text));
        }
    }
    found
}

fn all() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = sources(&root.join("src"));
    files.extend(sources(&root.join("tests")));
    assert!(files.len() > 50, "the sources were not found");
    files
}

/// The module below `src/` that a file belongs to.
fn module(path: &Path) -> Option<String> {
    let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).ok()?;
    let first = below.components().next()?.as_os_str().to_str()?;
    Some(first.trim_end_matches(".rs").to_owned())
}

#[test]
fn modules_use_only_what_they_may() {
    let mut wrong = Vec::new();
    for (path, text) in all() {
        let Some(module) = module(&path).filter(|module| !matches!(module.as_str(), "main" | "lib")) else { continue };
        let Some((_, may)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{}: the module {module} is not in the table", path.display()));
            continue;
        };
        for (used, _) in MAY_USE.iter().filter(|(name, _)| *name != module && !may.contains(name)) {
            let names = text.contains(&format!("crate::{used}::")) || top_level_use(&text, used);
            if names {
                wrong.push(format!("{}: {module} uses {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `use crate::{ …, used::…` in one of rustfmt's layouts.
fn top_level_use(text: &str, used: &str) -> bool {
    let Some(start) = text.find("use crate::{\n") else { return false };
    let block = &text[start..];
    let end = block.find("\n};").unwrap_or(block.len());
    block[..end].lines().any(|line| line.starts_with(&format!("    {used}::")) || line == format!("    {used},"))
}

#[test]
fn adapters_know_rich_text_alone_of_the_texts() {
    for (path, text) in all().into_iter().filter(|(path, _)| module(path).as_deref() == Some("platform")) {
        let other = text.lines().find(|line| line.contains("text::") && line.contains("crate") && !line.contains("text::rich"));
        assert!(other.is_none(), "{}: {other:?}", path.display());
    }
}

#[test]
fn the_domain_is_pure() {
    for (path, text) in all().into_iter().filter(|(path, _)| module(path).as_deref() == Some("domain")) {
        for word in NOT_IN_DOMAIN {
            let line = text.lines().find(|line| line.contains(word) && !line.trim_start().starts_with("//"));
            assert!(line.is_none(), "{}: {line:?}", path.display());
        }
    }
}

#[test]
fn a_file_fits_in_the_head_and_says_what_it_is_for() {
    let mut wrong = Vec::new();
    for (path, text) in all() {
        if text.lines().count() > LINES_MAX {
            wrong.push(format!("{}: {} lines", path.display(), text.lines().count()));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{}: does not open with a //! sentence", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
