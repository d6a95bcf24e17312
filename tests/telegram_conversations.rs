//! The conversations marked `#! telegram`, over Telegram: the real program against a Bot API server, and it says the same.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    path::{Path, PathBuf},
    sync::Mutex,
    thread,
    time::Duration,
};

use support::{
    bot_api::BotApi,
    chat_file::ChatFile,
    program::Program,
    stage::{Stage, by_destination},
};

/// How many run side by side; most of their time is waiting for silence.
const WORKERS: usize = 4;

fn marked() -> Vec<(PathBuf, ChatFile)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversations");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "chat"));
    paths.sort();
    let read = |path: PathBuf| {
        let file = ChatFile::parse(&std::fs::read_to_string(&path).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        (path, file)
    };
    paths.into_iter().map(read).filter(|(_, file)| file.telegram).collect()
}

/// What may differ: the platform's name, and dates, since there the clock is the real one.
fn translate(file: &mut ChatFile) {
    for line in file.lines.iter_mut().flat_map(|line| &mut line.expected).flatten() {
        *line = line.replace("Terminal", "Telegram");
        while let Some((start, end)) = date(line) {
            line.replace_range(start..end, "{*}");
        }
    }
}

/// Where a date stands in a line: `mardi 24 novembre 2026`, with `à 10:00 (Europe/Paris)` where that follows.
fn date(line: &str) -> Option<(usize, usize)> {
    const DAYS: [&str; 14] = [
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let starts = DAYS.iter().flat_map(|day| line.match_indices(day)).map(|(at, _)| at);
    starts.filter_map(|at| Some((at, at + date_len(&line[at..])?))).min()
}

fn date_len(text: &str) -> Option<usize> {
    let words: Vec<&str> = text.splitn(5, ' ').collect();
    let [name, day, month, year, ..] = words[..] else { return None };
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let year = year.get(..4).filter(|year| is_number(year))?;
    if !is_number(day.trim_end_matches("er")) {
        return None;
    }
    let len = [name, day, month, year].map(str::len).iter().sum::<usize>() + 3;
    let rest = &text[len..];
    let timed = rest.starts_with(" à ") || rest.starts_with(" at ");
    Some(len + if timed { rest.find(')').map_or(0, |at| at + 1) } else { 0 })
}

/// What is wrong with a conversation over Telegram.
fn check(path: &Path, mut file: ChatFile) -> Option<String> {
    translate(&mut file);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let language = file.flag("--lang").unwrap_or("fr").to_owned();
    let zone = file.flag("--tz").unwrap_or("Europe/Paris").to_owned();
    let settings = [("ENTRAIDE_LANGUAGE", language.as_str()), ("ENTRAIDE_ZONE", zone.as_str())];
    let mut program = Program::start_with(&api, folder.path(), &settings);
    program.wait_until_polling(&api, Duration::from_secs(20));
    let played = Stage::new(&api, &file).and_then(|mut stage| stage.play(&file));
    program.assert_running();
    match played {
        Err(error) => Some(format!("{name}: {error}\n{}", api.transcript())),
        Ok(mut did) => {
            by_destination(&mut file, &mut did);
            let difference = file.difference(&did)?;
            Some(format!("{name}:\n{difference}\nwhat happened:\n{}\nthe log:\n{}", api.transcript(), program.log()))
        }
    }
}

#[test]
fn the_bot_says_the_same_over_telegram() {
    let files = marked();
    assert!(!files.is_empty(), "no conversation is marked `#! telegram`");
    let count = files.len();
    let (queue, faults) = (Mutex::new(files.into_iter()), Mutex::new(Vec::new()));
    let next = || queue.lock().unwrap().next();
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some((path, file)) = next() {
                    let fault = check(&path, file);
                    faults.lock().unwrap().extend(fault);
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{} of {count} conversations differ over Telegram:\n\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn dates_are_found() {
    for (line, expected) in [
        ("[Awa] jusqu'au mercredi 25 novembre 2026 à 10:00 (Europe/Paris).", "[Awa] jusqu'au {*}."),
        ("until Wednesday 25 November 2026 at 10:00 (Europe/London).", "until {*}."),
        ("n° 3, mardi 24 novembre 2026 : −1", "n° 3, {*} : −1"),
        ("lundi 23 novembre 2026 et mardi 1er décembre 2026", "{*} et {*}"),
        ("un mardi comme un autre, 3 fois", "un mardi comme un autre, 3 fois"),
    ] {
        let mut line = line.to_owned();
        while let Some((start, end)) = date(&line) {
            line.replace_range(start..end, "{*}");
        }
        assert_eq!(line, expected);
    }
}
