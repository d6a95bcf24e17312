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

/// The one word that differs: texts that name the platform were recorded on the terminal.
fn translate(file: &mut ChatFile) {
    for line in file.lines.iter_mut().flat_map(|line| &mut line.expected).flatten() {
        *line = line.replace("Terminal", "Telegram");
    }
}

/// What is wrong with a conversation over Telegram.
fn check(path: &Path, mut file: ChatFile) -> Option<String> {
    translate(&mut file);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let mut program = Program::start(&api, folder.path());
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
