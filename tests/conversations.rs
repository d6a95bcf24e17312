//! Runs every `tests/conversations/*.chat` through `entraide try` and compares what the bot says with what the file expects.
//! `UPDATE_CONVERSATIONS=1 cargo test --test conversations` writes down what it says instead.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Mutex,
    thread,
};

use support::{
    chat_file::{ChatFile, Did},
    lock_screen,
};

/// How many run side by side.
const WORKERS: usize = 3;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversations")
}

fn files() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).expect("the folder of conversations");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "chat"));
    files.sort();
    files
}

/// What `entraide try` says to the script of `file`.
fn run(file: &ChatFile) -> Result<Vec<Did>, String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_entraide"))
        .args(["try", "--script", "-", "--json"])
        .args(&file.flags)
        .env_remove("RUST_LOG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("entraide does not start: {error}"))?;
    let mut stdin = child.stdin.take().ok_or("no standard input")?;
    let script = file.script();
    // Beside the reading, since both pipes are finite. A program that ends early closes its side: seen in the status.
    let writing = thread::spawn(move || stdin.write_all(script.as_bytes()));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let _ = writing.join();
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.code() != Some(file.exit) {
        return Err(format!("it ended with {} instead of {}:\n{errors}", output.status, file.exit));
    }
    file.read_json(&said).map_err(|error| format!("{error}\n{errors}"))
}

/// What is wrong with a conversation; where `update`, it is written down anew instead.
fn check(path: &Path, update: bool) -> Option<String> {
    let text = std::fs::read_to_string(path).expect("a conversation");
    let checked = ChatFile::parse(&text).and_then(|file| {
        let did = run(&file)?;
        if update {
            let rewritten = file.rewritten(&did);
            if rewritten != text {
                std::fs::write(path, rewritten).expect("the conversation is written");
            }
            return Ok(None);
        }
        if file.lines.iter().all(|line| line.expected.is_empty()) {
            return Err("it expects nothing; UPDATE_CONVERSATIONS=1 writes down what is said".to_owned());
        }
        Ok(file.difference(&did))
    });
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match checked {
        Ok(None) => None,
        Ok(Some(difference)) => Some(format!("{name}:\n{difference}")),
        Err(error) => Some(format!("{name}: {error}\n")),
    }
}

/// What `look` finds wrong with each of the files, in order; several at a time.
fn in_parallel(files: &[PathBuf], look: impl Fn(&Path) -> Option<String> + Sync) -> Vec<String> {
    let (queue, faults) = (Mutex::new(files.iter()), Mutex::new(Vec::new()));
    let next = || queue.lock().unwrap().next();
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(path) = next() {
                    let fault = look(path);
                    faults.lock().unwrap().extend(fault);
                }
            });
        }
    });
    let mut faults = faults.into_inner().unwrap();
    faults.sort();
    faults
}

#[test]
fn the_bot_says_what_the_conversations_expect() {
    let files = files();
    assert!(!files.is_empty(), "there are no conversations in {}", folder().display());
    let update = std::env::var_os("UPDATE_CONVERSATIONS").is_some_and(|value| value == "1");
    let faults = in_parallel(&files, |path| check(path, update));
    assert!(
        faults.is_empty(),
        "{} of {} conversations differ (- expected, + said; UPDATE_CONVERSATIONS=1 writes down what is said):\n\n{}",
        faults.len(),
        files.len(),
        faults.join("\n")
    );
}

/// What is wrong with the first lines of a conversation's private messages.
fn look_at_first_lines(path: &Path) -> Option<String> {
    let file = ChatFile::parse(&std::fs::read_to_string(path).expect("a conversation"));
    let faults = match file.and_then(|file| run(&file).map(|did| lock_screen::faults(&file, &did))) {
        Ok(faults) => faults,
        Err(error) => vec![error],
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    (!faults.is_empty()).then(|| format!("{name}:\n{}", faults.join("\n")))
}

#[test]
fn a_lock_screen_shows_no_mood_amount_title_crisis_or_name() {
    let faults = in_parallel(&files(), look_at_first_lines);
    assert!(faults.is_empty(), "first lines of private messages tell too much:\n\n{}", faults.join("\n\n"));
}

#[test]
fn telling_first_lines_are_found() {
    let file = ChatFile::parse("Nadia> /seance \"Cercle doux\" mar 18h\nAwa>> /pseudo Lune\nSam>> /solde\n").unwrap();
    let check = |block: &[&str], fault: Option<&str>| {
        let did = Did { line: 2, block: block.iter().map(|line| (*line).to_owned()).collect() };
        let found = lock_screen::faults(&file, &[did]);
        assert_eq!(found.len(), usize::from(fault.is_some()), "{block:?}: {found:?}");
        assert!(fault.is_none_or(|fault| found[0].ends_with(fault)), "{found:?}");
    };
    check(&["[Sam] C'est noté.", "Lune vous donne 3 crédits, « Cercle doux », Très mal"], None);
    check(&["[Sam] Rendez-vous mardi 1er décembre 2026 à 18:00, Sam."], None);
    check(&["[group] Cercle doux, 3 places, Nadia"], None);
    check(&["[Sam] ⌫ Sam>> /cava 2"], None);
    check(&["[Sam] Lune pense à vous."], Some("names Lune"));
    check(&["[Sam] Nadia vous écrit."], Some("names Nadia"));
    check(&["[Sam] ✎ « Cercle doux » est complet."], Some("shows the title Cercle doux"));
    check(&["[Sam] Vous avez 3 crédits."], Some("shows a number"));
    check(&["[Sam] Très mal."], Some("tells très mal"));
    check(&["[Sam] Appelez le 3114."], Some("shows a number"));
    check(&["[Sam] Un message pour vous.", "Lune vous écrit."], Some("wants a first line of its own"));
}

mod the_format {
    use super::*;
    use support::chat_file::meets;

    const FILE: &str = "#! --lang en\n# Awa asks\nAwa>> /credits\n#< [Awa] Your balance: {*} credits.\n#| Set aside: 0.\n\
        #| (1) Statement\n#| <statement.csv>\n\nAwa> /checkin 2\n#< [group] ⌫ Awa> /checkin 2\n#< [group] 👍\n";

    const SAID: &str = r#"{"line":1,"done":true}
{"line":2,"done":true}
{"line":3,"to":"Awa","at":"2026-11-24T09:00:00Z","text":"Your balance: 3 credits.\nSet aside: 0.","buttons":["Statement"],"files":["statement.csv"],"edit_of":null,"id":"1"}
{"line":3,"done":true}
{"line":4,"done":true}
{"line":5,"to":"group","deleted":5}
{"line":5,"to":"group","reaction":"👍"}
{"line":5,"done":true}
"#;

    fn file() -> ChatFile {
        ChatFile::parse(FILE).unwrap()
    }

    #[test]
    fn what_is_said_as_expected_makes_no_difference_and_stays_as_written() {
        let did = file().read_json(SAID).unwrap();
        assert_eq!(did.len(), 3);
        assert_eq!(file().difference(&did), None);
        assert_eq!(file().rewritten(&did), FILE);
        assert_eq!(file().flags, ["--lang", "en", "--at", "2026-11-24T10:00"]);
        assert_eq!(file().script(), "#! --lang en\n# Awa asks\nAwa>> /credits\n\nAwa> /checkin 2\n");
    }

    #[test]
    fn every_difference_is_shown_where_it_is() {
        let did = file().read_json(&SAID.replace("aside: 0", "aside: 1")).unwrap();
        let difference = file().difference(&did).unwrap();
        assert!(difference.contains("  Awa>> /credits\n- #< [Awa] Your balance: {*} credits.\n- #| Set aside: 0."), "{difference}");
        assert!(difference.contains("+ #| Set aside: 1."), "{difference}");
        assert!(!difference.contains("checkin"), "{difference}");
        let mut did = file().read_json(SAID).unwrap();
        did.swap(1, 2);
        assert!(file().difference(&did).unwrap().contains("in another order"));
        assert!(file().difference(&[]).unwrap().contains("- #< [group] 👍"));
    }

    #[test]
    fn edits_and_empty_lines_are_written_down() {
        let file = ChatFile::parse("Awa> /book 1\n").unwrap();
        let said = r#"{"line":1,"to":"group","at":"","text":"A\n\nB ","buttons":[],"files":[],"edit_of":"1","id":"1"}
{"line":1,"done":true}"#;
        let did = file.read_json(said).unwrap();
        let rewritten = file.rewritten(&did);
        assert_eq!(rewritten, "Awa> /book 1\n#< [group] ✎ A\n#|\n#| B\n");
        assert_eq!(ChatFile::parse(&rewritten).unwrap().difference(&did), None);
    }

    #[test]
    fn output_that_is_not_whole_is_refused() {
        let cases = [
            ("", "0 of 5 lines"),
            ("bonjour", "no JSON"),
            (r#"{"line":2,"done":true}"#, "line 1 is not done"),
            ("{\"line\":1,\"done\":true}\n{\"line\":2,\"to\":\"Awa\"}", "no text"),
        ];
        for (output, words) in cases {
            let error = file().read_json(output).unwrap_err();
            assert!(error.contains(words), "{error}");
        }
    }

    #[test]
    fn files_that_cannot_be_read_say_why() {
        for (text, words) in [("#< [Awa] x", "line 1"), ("Awa> x\n#| y", "line 2"), ("#! maybe", "means nothing")] {
            let error = ChatFile::parse(text).unwrap_err();
            assert!(error.contains(words), "{error}");
        }
    }

    #[test]
    fn a_placeholder_stands_for_anything_within_a_line() {
        let check = |actual: &str, expected: &str, same: bool| {
            assert_eq!(meets(&vec![actual.to_owned()], &vec![expected.to_owned()]), same, "{actual} / {expected}");
        };
        check("[Awa] code ABCD ok", "[Awa] code {*} ok", true);
        check("[Awa] code ABCD ok", "[Awa] code {*}", true);
        check("[Awa] code ABCD ok", "{*}code{*}ok", true);
        check("[Awa] code ABCD no", "[Awa] code {*} ok", false);
        check("[Awa] code", "[Awa] code", true);
        check("[Awa] code x", "[Awa] code", false);
        check("aba", "ab{*}ba", false);
    }
}
