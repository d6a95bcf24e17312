//! The subcommands and flags of the program that the documents name.

use super::*;

fn help(subcommands: &[&str]) -> Option<String> {
    let mut process = Process::new(env!("CARGO_BIN_EXE_entraide"));
    let output = process.args(subcommands).arg("--help").output().unwrap();
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// `entraide …` as it stands in code spans and in shell blocks, each with where it stands.
fn calls() -> Vec<(String, Vec<String>)> {
    let mut calls = Vec::new();
    for document in documents() {
        let spans = document.spans().into_iter().map(|span| (span.line, span.text));
        let shell = document.fences().into_iter().filter(|fence| ["sh", "ini"].contains(&fence.info.as_str()));
        let lines = shell
            .flat_map(|fence| fence.lines.clone().into_iter().zip(fence.line + 1..).map(|(text, line)| (line, text)).collect::<Vec<_>>());
        for (line, text) in spans.chain(lines) {
            let words: Vec<&str> = text.split_whitespace().collect();
            let is_program = |word: &&str| ["entraide", "/usr/local/bin/entraide", "ExecStart=/usr/local/bin/entraide"].contains(word);
            let is_account = |n: usize| n > 0 && ["-u", "-o", "-g"].contains(&words[n - 1]);
            let from = (0..words.len()).find(|n| is_program(&words[*n]) && !is_account(*n)).or_else(|| {
                let cargo = words.windows(2).position(|two| two == ["cargo", "run"])?;
                words[cargo..].iter().position(|word| *word == "--").map(|n| cargo + n)
            });
            if let Some(from) = from {
                let args = words[from + 1..].iter().take_while(|word| !["#", "|", "&&", ">", ">>"].contains(*word));
                calls.push((format!("{}:{line}: {text}", document.name), args.map(|word| (*word).to_owned()).collect()));
            }
        }
    }
    calls
}

#[test]
fn every_subcommand_and_flag_that_is_named_exists() {
    let mut faults = Faults::default();
    let named =
        |help: &str, word: &str| help.lines().any(|line| line.strip_prefix("  ").and_then(|l| l.split_whitespace().next()) == Some(word));
    let overview = help(&[]).unwrap();
    for (at, args) in calls() {
        let mut words = args.iter().filter(|arg| !arg.starts_with('-')).map(String::as_str);
        let Some(subcommand) = words.next().filter(|word| word.chars().all(|c| c.is_ascii_lowercase())) else { continue };
        if !named(&overview, subcommand) {
            faults.note(format!("{at}: there is no subcommand {subcommand}"));
            continue;
        }
        let own = help(&[subcommand]).unwrap();
        // `entraide matrix login`: a subcommand that has subcommands.
        let help = match words.next().filter(|_| own.contains("\nCommands:\n")) {
            Some(second) if named(&own, second) => help(&[subcommand, second]).unwrap(),
            Some(second) => {
                faults.note(format!("{at}: {subcommand} has no {second}"));
                continue;
            }
            None => own,
        };
        for flag in args.iter().filter(|arg| arg.starts_with("--")) {
            let flag = flag.split('=').next().unwrap_or_default();
            if !help.split_whitespace().any(|word| word.trim_end_matches(',') == flag) {
                faults.note(format!("{at}: {subcommand} has no {flag}"));
            }
        }
    }
    faults.none();
}
