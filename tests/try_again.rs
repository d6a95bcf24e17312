//! `entraide try --db`: a second run goes on where the first one ended.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::BTreeSet,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

fn attempt(folder: &Path, at: &str, script: &str) -> (Vec<Value>, Option<i32>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_entraide"))
        .args(["try", "--script", "-", "--json", "--at", at, "--db"])
        .arg(folder.join("kept.db"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    (lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), output.status.code())
}

fn ids(said: &[Value]) -> BTreeSet<&str> {
    said.iter().filter(|line| line["edit_of"].is_null()).filter_map(|line| line["id"].as_str()).collect()
}

#[test]
fn a_second_run_goes_on_where_the_first_one_ended() {
    let folder = tempfile::tempdir().unwrap();
    let script = "Nadia> /installer\nNadia!! 1\nAwa> /rejoindre\nAwa!! 1\n\
                  Nadia> /seance \"Cercle\" 2026-12-01 18h 3 places prix 0\nAwa> /reserver 1\n";
    let (first, status) = attempt(folder.path(), "2026-11-24T10:00", script);
    assert_eq!(status, Some(0));
    let card =
        first.iter().find(|line| line["to"] == "group" && line["text"].as_str().is_some_and(|text| text.contains("Cercle"))).unwrap();

    // Meanwhile the reminder of the day before came due.
    let (second, status) = attempt(folder.path(), "2026-11-30T19:00", "# what came due\nAwa> /annuler 1\n");
    assert_eq!(status, Some(0));
    let due = second.iter().take_while(|line| line["done"].is_null()).any(|line| line["to"] == "Awa" && line["line"] == 0);
    assert!(due, "the reminder comes at the start: {second:?}");
    let edited = second.iter().any(|line| line["edit_of"] == card["id"]);
    assert!(edited, "the card of the first run is edited: {second:?}");
    assert!(ids(&first).is_disjoint(&ids(&second)), "no message has another's id");
}

#[test]
fn a_person_may_be_called_like_the_group() {
    let folder = tempfile::tempdir().unwrap();
    // The newest buttons of the room are not those of the person, and the other way round.
    let (_, status) = attempt(folder.path(), "2026-11-24T10:00", "group>> bonjour\nNadia! 1\n");
    assert_eq!(status, Some(2), "there is no button in the room");
}
