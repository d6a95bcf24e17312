//! The conversations marked `#! telegram`, over Telegram: the real program against a Bot API server, and it says the same.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{path::Path, sync::Mutex, thread, time::Duration};

use support::{
    bot_api::BotApi,
    chat_file::ChatFile,
    program::Program,
    script::{by_destination, forget_dates, marked, translate},
    stage::Stage,
};

/// How many run side by side; most of their time is waiting for silence.
const WORKERS: usize = 4;

/// What is wrong with a conversation over Telegram.
fn check(path: &Path, mut file: ChatFile) -> Option<String> {
    translate(&mut file, "Telegram");
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
    let files = marked(|file| file.telegram);
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
        forget_dates(&mut line);
        assert_eq!(line, expected);
    }
}
