//! Conversation files over Matrix, in an encrypted room with direct rooms: the real program against the homeserver, and it
//! says the same as in the terminal. `CHAT=part-of-a-name` plays those alone that are marked for any platform and fit.

use std::{path::Path, sync::Mutex, thread, time::Instant};

use crate::{
    bot::Bot,
    stage::Stage,
    support::{
        chat_file::ChatFile,
        matrix::{People, Proxy, Synapse},
        script::{by_destination, marked, translate},
    },
};

/// How many run side by side; most of their time is waiting for silence.
const WORKERS: usize = 4;

/// Commands are shown with the sign that Matrix leaves to bots.
fn with_sign(line: &str) -> String {
    // This one quotes the file.
    if line.contains("] ⌫ ") {
        return line.to_owned();
    }
    let (mut out, mut before) = (String::with_capacity(line.len()), ' ');
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let begins = !before.is_alphanumeric() && !matches!(before, '/' | ':' | '.');
        let is_command = c == '/' && begins && rest.peek().is_some_and(|next| next.is_alphabetic());
        out.push(if is_command { '!' } else { c });
        before = c;
    }
    out
}

/// What is wrong with a conversation over Matrix.
fn check(synapse: &Synapse, path: &Path, mut file: ChatFile) -> Option<String> {
    translate(&mut file, "Matrix");
    for line in file.lines.iter_mut().flat_map(|line| &mut line.expected).flatten() {
        *line = with_sign(line);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (proxy, people) = (Proxy::before(synapse), People::on(synapse));
    let mut bot = Bot::new(synapse, Some(&proxy));
    bot.set("ENTRAIDE_LANGUAGE", file.flag("--lang").unwrap_or("fr"));
    bot.set("ENTRAIDE_ZONE", file.flag("--tz").unwrap_or("Europe/Paris"));
    bot.start();
    let mut stage = match Stage::new(synapse, &proxy, &people, &bot.user, &file) {
        Ok(stage) => stage,
        Err(error) => return Some(format!("{name}: {error}")),
    };
    let played = stage.play(&file);
    bot.program().assert_running();
    match played {
        Err(error) => Some(format!("{name}: {error}\n{}", stage.transcript())),
        Ok(mut did) => {
            by_destination(&mut file, &mut did);
            let difference = file.difference(&did)?;
            Some(format!("{name}:\n{difference}\nwhat happened:\n{}\nthe log:\n{}", stage.transcript(), bot.log()))
        }
    }
}

#[test]
fn the_bot_says_the_same_over_matrix() {
    let long = std::env::var_os("ENTRAIDE_TEST_LONG").is_some();
    let chosen = std::env::var("CHAT").ok();
    let files = marked(|file| file.matrix || (file.telegram && (long || chosen.is_some())));
    let fits = |path: &Path| chosen.as_deref().is_none_or(|part| path.to_string_lossy().contains(part));
    let files: Vec<_> = files.into_iter().filter(|(path, _)| fits(path)).collect();
    assert!(!files.is_empty(), "no conversation is marked `#! matrix`");
    let count = files.len();
    let synapse = Synapse::shared();
    let (queue, faults) = (Mutex::new(files.into_iter()), Mutex::new(Vec::new()));
    let next = || queue.lock().unwrap().next();
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some((path, file)) = next() {
                    let begun = Instant::now();
                    let fault = check(synapse, &path, file);
                    println!("{:>4} s  {}", begun.elapsed().as_secs(), path.display());
                    faults.lock().unwrap().extend(fault);
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{} of {count} conversations differ over Matrix:\n\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn commands_are_found_in_what_is_expected() {
    for (line, expected) in [
        ("Écrivez /cava 2, ou « /solde ».", "Écrivez !cava 2, ou « !solde »."),
        ("https://example.org/page 24/11 et/ou tel:/x", "https://example.org/page 24/11 et/ou tel:/x"),
        ("[group] ⌫ Awa> /cava 2", "[group] ⌫ Awa> /cava 2"),
    ] {
        assert_eq!(with_sign(line), expected);
    }
}
