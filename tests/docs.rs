//! Keeps the documents true: what they show is run, what they name exists, and what exists is named.
//! `UPDATE_DOCS=1 cargo test --test docs` writes down what the program says instead; lines that a transcript leaves out (`…`)
//! stay left out as far as the lines around them are still the same.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[allow(dead_code, unreachable_pub, reason = "shared with another test")]
#[path = "support/chat_file.rs"]
mod chat_file;
#[allow(unreachable_pub, reason = "a module of this test")]
#[path = "support/markdown.rs"]
mod markdown;

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
    text::{Reader, Texts},
};
use markdown::{Document, Fence};

/// The documents, each with its counterpart in the other language where there is one.
const DOCUMENTS: [(&str, Option<&str>); 7] = [
    ("README.md", Some("README.fr.md")),
    ("docs/operators/en.md", Some("docs/operators/fr.md")),
    ("docs/coordinators/en.md", Some("docs/coordinators/fr.md")),
    ("CONTRIBUTING.md", None),
    ("docs/adr/0001-ids-from-events.md", None),
    ("docs/adr/0002-private-answers-go-to-accounts.md", None),
    ("docs/adr/0003-later-instead-of-holding.md", None),
];

/// Commands that the documents say are not there yet. One that is built leaves this list, and what is said of it changes.
const NOT_YET: &[Command] = &[Command::Erase, Command::MyData, Command::Remove, Command::Discreet, Command::Choices];

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

mod transcripts {
    use super::*;

    /// Stands for one or more lines that the bot says and the document leaves out.
    const MORE: &str = "…";

    /// Comes before a transcript marked `ready`: Nadia coordinates, Sam is a facilitator, Awa and Lea are members.
    const READY: [&str; 10] = [
        "Nadia> /setup",
        "Nadia!! 1",
        "Nadia>> /settings country France",
        "Awa> /join",
        "Awa!! 1",
        "Sam> /join",
        "Sam!! 1",
        "Lea> /join",
        "Lea!! 1",
        "Nadia>> /role @Sam facilitator",
    ];

    /// A line of the script and what the document says it brings.
    struct Step {
        typed: String,
        /// The lines of the document after it, from the block's beginning.
        shown: Vec<String>,
    }

    /// What is typed begins a step; all else is what the bot says.
    fn steps(fence: &Fence) -> Result<Vec<Step>, String> {
        let mut steps: Vec<Step> = Vec::new();
        for text in &fence.lines {
            let typed = !text.trim().is_empty() && line::read(text, Zone::PARIS).is_ok();
            match steps.last_mut() {
                _ if typed => steps.push(Step { typed: text.clone(), shown: Vec::new() }),
                Some(step) => step.shown.push(text.clone()),
                None => return Err(format!("a transcript begins with what somebody types, not with {text:?}")),
            }
        }
        Ok(steps)
    }

    /// What `entraide try` says to each step, as the terminal shows it.
    fn said(fence: &Fence, steps: &[Step]) -> Result<Vec<Vec<String>>, String> {
        let flags = fence.info.trim_start_matches("entraide").replace(" ready", "");
        let before: &[&str] = if fence.info.contains(" ready") { &READY } else { &[] };
        let mut file = ChatFile::parse(&format!("#! --lang fr {flags}\n"))?;
        let typed = before.iter().map(|line| (*line).to_owned()).chain(steps.iter().map(|step| step.typed.clone()));
        file.lines = typed.map(|text| ChatLine { text, expected: Vec::new() }).collect();
        let mut child = Process::new(env!("CARGO_BIN_EXE_entraide"))
            .args(["try", "--script", "-", "--json"])
            .args(last_of_each(&file.flags))
            .env_remove("RUST_LOG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("entraide does not start: {error}"))?;
        let mut stdin = child.stdin.take().ok_or("no standard input")?;
        let script = file.script();
        let writing = thread::spawn(move || stdin.write_all(script.as_bytes()));
        let output = child.wait_with_output().map_err(|error| error.to_string())?;
        let _ = writing.join();
        if !output.status.success() {
            return Err(format!("entraide try ends with {}: {}", output.status, String::from_utf8_lossy(&output.stderr)));
        }
        let mut said = vec![Vec::new(); steps.len()];
        let did = file.read_json(&String::from_utf8_lossy(&output.stdout))?;
        for did in did.into_iter().filter(|did| did.line >= before.len()) {
            let is_button =
                |line: &str| line.starts_with('<') || line.strip_prefix('(').is_some_and(|rest| rest.starts_with(char::is_numeric));
            let indented = |line: &String| if is_button(line) { format!("  {line}") } else { line.clone() };
            said[did.line - before.len()].extend(did.block.iter().map(|line| plain_blanks(&indented(line))));
        }
        Ok(said)
    }

    /// Documents are written with plain blanks: editors lose the others.
    fn plain_blanks(text: &str) -> String {
        text.replace(['\u{a0}', '\u{202f}'], " ")
    }

    /// A flag of the block overrules the default before it.
    fn last_of_each(flags: &[String]) -> Vec<String> {
        let pairs: Vec<&[String]> = flags.chunks(2).collect();
        let is_last = |n: usize| pairs[n + 1..].iter().all(|later| later[0] != pairs[n][0]);
        (0..pairs.len()).filter(|n| is_last(*n)).flat_map(|n| pairs[n].to_vec()).collect()
    }

    /// Whether what is shown is what was said, lines left out at [`MORE`].
    fn meets(said: &[String], shown: &[&str]) -> bool {
        match shown.split_first() {
            None => said.is_empty(),
            Some((&MORE, rest)) => (1..=said.len()).any(|n| meets(&said[n..], rest)),
            Some((line, rest)) => said.first().is_some_and(|said| said == line) && meets(&said[1..], rest),
        }
    }

    /// What was said, with [`MORE`] where `shown` left lines out between lines that are still the same.
    fn renewed(said: &[String], shown: &[&str]) -> Vec<String> {
        let kept = common(said, shown);
        let (mut right, mut from) = (Vec::new(), (0, 0));
        for (n, m) in kept.into_iter().chain([(said.len(), shown.len())]) {
            match &shown[from.1..m] {
                [MORE] if n > from.0 => right.push(MORE.to_owned()),
                _ => right.extend_from_slice(&said[from.0..n]),
            }
            right.extend(said.get(n).cloned());
            from = (n + 1, m + 1);
        }
        right.retain(|line| !line.is_empty());
        right
    }

    /// The places of the longest run of lines that both have in the same order.
    fn common(said: &[String], shown: &[&str]) -> Vec<(usize, usize)> {
        let mut longest = vec![vec![0; shown.len() + 1]; said.len() + 1];
        for (n, m) in (0..said.len()).rev().flat_map(|n| (0..shown.len()).rev().map(move |m| (n, m))) {
            longest[n][m] = if said[n] == shown[m] { longest[n + 1][m + 1] + 1 } else { longest[n + 1][m].max(longest[n][m + 1]) };
        }
        let (mut n, mut m, mut places) = (0, 0, Vec::new());
        while n < said.len() && m < shown.len() {
            if said[n] == shown[m] {
                places.push((n, m));
                (n, m) = (n + 1, m + 1);
            } else if longest[n + 1][m] >= longest[n][m + 1] {
                n += 1;
            } else {
                m += 1;
            }
        }
        places
    }

    /// Compares one block; returns it as it should be where `update`, and notes what differs otherwise.
    fn check(document: &Document, fence: &Fence, faults: &mut Faults) -> Vec<String> {
        let at = |error: String| format!("{}:{}: {error}", document.name, fence.line);
        let checked = steps(fence).and_then(|steps| said(fence, &steps).map(|said| (steps, said)));
        let (steps, said) = match checked {
            Ok(both) => both,
            Err(error) => {
                faults.note(at(error));
                return fence.lines.clone();
            }
        };
        let mut right = Vec::new();
        for (step, said) in steps.iter().zip(&said) {
            right.push(step.typed.clone());
            let shown: Vec<&str> = step.shown.iter().map(|line| line.trim_end()).filter(|line| !line.is_empty()).collect();
            if meets(said, &shown) {
                right.extend(step.shown.iter().cloned());
            } else {
                right.extend(renewed(said, &shown));
                let shown: String = shown.iter().map(|line| format!("- {line}\n")).collect();
                let said: String = said.iter().map(|line| format!("+ {line}\n")).collect();
                faults.note(at(format!("after {:?}\n{shown}{said}", step.typed)));
            }
        }
        right
    }

    #[test]
    fn the_program_says_what_the_documents_show() {
        let (mut faults, mut blocks) = (Faults::default(), 0);
        let _alone = WRITING.lock().unwrap();
        for document in documents() {
            let mut lines: Vec<String> = document.text.lines().map(str::to_owned).collect();
            for fence in document.fences().iter().rev().filter(|fence| fence.info.split(' ').next() == Some("entraide")) {
                let right = check(&document, fence, &mut faults);
                lines.splice(fence.line..fence.line + fence.lines.len(), right);
                blocks += 1;
            }
            if updating() {
                fs::write(root().join(&document.name), lines.join("\n") + "\n").unwrap();
            }
        }
        assert!(blocks > 0, "no document shows a conversation");
        if !updating() {
            faults.none();
        }
    }

    #[test]
    fn what_changed_is_written_anew_and_what_was_left_out_stays_so() {
        let said = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        for (now, shown, expected) in [
            (vec!["a", "b", "c"], vec!["x", "b", MORE], vec!["a", "b", MORE]),
            (vec!["a", "b", "c", "d"], vec!["a", MORE, "d"], vec!["a", MORE, "d"]),
            (vec!["a", "b", "new"], vec!["a", MORE, "old"], vec!["a", "b", "new"]),
            (vec!["a"], vec!["a", MORE], vec!["a"]),
            (vec!["a", "b"], vec![], vec!["a", "b"]),
        ] {
            assert_eq!(renewed(&said(&now), &shown), expected, "{shown:?}");
        }
    }

    #[test]
    fn lines_are_left_out_only_where_the_document_says_so() {
        let said: Vec<String> = ["[Awa] a", "b", "  (1) c"].map(str::to_owned).to_vec();
        for (shown, expected) in [
            (vec!["[Awa] a", "b", "  (1) c"], true),
            (vec!["[Awa] a", MORE], true),
            (vec!["[Awa] a", MORE, "  (1) c"], true),
            (vec![MORE], true),
            (vec!["[Awa] a", "b", "  (1) c", MORE], false),
            (vec!["[Awa] a", "b"], false),
            (vec!["[Awa] a", "x", "  (1) c"], false),
            (vec![], false),
        ] {
            assert_eq!(meets(&said, &shown), expected, "{shown:?}");
        }
    }
}

mod commands {
    use super::*;

    /// Who may, in words. `/session` is open to members, who see the agenda; `/attendance` asks who hosts.
    fn who(spec: &Spec, language: &str) -> &'static str {
        let both = match (spec.command, spec.who) {
            (Command::Session, _) => ("facilitator", "animateur"),
            (Command::Attendance, _) => ("host of the session", "qui anime la séance"),
            (_, Who::Anyone) => ("anyone", "tout le monde"),
            (_, Who::Member) => ("member", "membre"),
            (_, Who::Supporter) => ("supporter", "pair-aidant"),
            (_, Who::Facilitator) => ("facilitator", "animateur"),
            (_, Who::Coordinator) => ("coordinator", "coordinateur"),
            (_, Who::RoomAdmin) => ("who administers the room", "qui administre le salon"),
        };
        if language == "fr" { both.1 } else { both.0 }
    }

    fn place(spec: &Spec, language: &str) -> &'static str {
        let both = match spec.answers {
            Answers::Private => ("in private", "en privé"),
            Answers::Here => ("where asked", "sur place"),
        };
        if language == "fr" { both.1 } else { both.0 }
    }

    fn words(words: &[&str]) -> String {
        words.iter().map(|word| format!("`/{word}`")).collect::<Vec<_>>().join(" ")
    }

    /// The table of the commands that work, in the order of `/menu all`.
    fn table(language: &str) -> String {
        let texts = Texts::embedded();
        let reader = Reader { language: language.to_owned(), zone: Zone::PARIS, platform: Platform::Telegram, command_sign: '/' };
        let head = match language {
            "fr" => "| en français | en anglais | ce que c'est | pour qui | la réponse vient |\n",
            _ => "| in French | in English | what it is | for whom | the answer comes |\n",
        };
        let row = |spec: &Spec| {
            let what = texts.plain(&Msg { id: format!("menu-{}", spec.command.name()).into(), args: vec![] }, &reader);
            let (who, place) = (who(spec, language), place(spec, language));
            format!("| {} | {} | {what} | {who} | {place} |\n", words(spec.fr), words(spec.en))
        };
        let rows: String = TABLE.iter().filter(|spec| spec.built).map(row).collect();
        format!("{head}|---|---|---|---|---|\n{rows}")
    }

    #[test]
    fn the_tables_are_made_from_the_table() {
        let mut faults = Faults::default();
        let _alone = WRITING.lock().unwrap();
        for (name, language) in [("README.md", "en"), ("README.fr.md", "fr")] {
            let document = Document::read(root(), name);
            let shown = document.between("commands").unwrap_or_else(|| panic!("{name} has no <!-- commands --> … <!-- end -->"));
            if shown == table(language) {
                continue;
            }
            if updating() {
                let marked = |rows: &str| format!("<!-- commands -->\n{rows}<!-- end -->");
                fs::write(root().join(name), document.text.replacen(&marked(shown), &marked(&table(language)), 1)).unwrap();
            } else {
                faults.note(format!("{name}: the table of commands should be\n{}", table(language)));
            }
        }
        faults.none();
    }

    #[test]
    fn every_command_that_is_named_works() {
        let mut faults = Faults::default();
        for document in documents() {
            for span in document.spans() {
                let Some(rest) = span.text.strip_prefix('/') else { continue };
                let word = rest.split([' ', '|', '@']).next().unwrap_or_default();
                if word.is_empty() || word.contains(['/', '.']) || NOT_OURS.contains(&format!("/{word}").as_str()) {
                    continue;
                }
                let at = format!("{}:{}", document.name, span.line);
                match Command::from_word(word) {
                    None => faults.note(format!("{at}: /{word} is no command")),
                    Some(command) if command.spec().built == NOT_YET.contains(&command) => {
                        let state = if command.spec().built { "is built" } else { "is not built" };
                        faults.note(format!("{at}: /{word} {state}; see NOT_YET in tests/docs.rs"));
                    }
                    Some(_) => {}
                }
            }
        }
        faults.none();
    }
}

mod program {
    use super::*;

    fn help(subcommand: Option<&str>) -> Option<String> {
        let mut process = Process::new(env!("CARGO_BIN_EXE_entraide"));
        let output = process.args(subcommand).arg("--help").output().unwrap();
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// `entraide …` as it stands in code spans and in shell blocks, each with where it stands.
    fn calls() -> Vec<(String, Vec<String>)> {
        let mut calls = Vec::new();
        for document in documents() {
            let spans = document.spans().into_iter().map(|span| (span.line, span.text));
            let shell = document.fences().into_iter().filter(|fence| ["sh", "ini"].contains(&fence.info.as_str()));
            let lines = shell.flat_map(|fence| {
                fence.lines.clone().into_iter().zip(fence.line + 1..).map(|(text, line)| (line, text)).collect::<Vec<_>>()
            });
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
        let overview = help(None).unwrap();
        let known: BTreeSet<&str> = overview.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next()).collect();
        for (at, args) in calls() {
            let subcommand = args.iter().find(|arg| !arg.starts_with('-')).map(String::as_str);
            let Some(subcommand) = subcommand.filter(|word| word.chars().all(|c| c.is_ascii_lowercase())) else { continue };
            if !known.contains(subcommand) {
                faults.note(format!("{at}: there is no subcommand {subcommand}"));
                continue;
            }
            let help = help(Some(subcommand)).unwrap();
            for flag in args.iter().filter(|arg| arg.starts_with("--")) {
                let flag = flag.split('=').next().unwrap_or_default();
                if !help.split_whitespace().any(|word| word.trim_end_matches(',') == flag) {
                    faults.note(format!("{at}: {subcommand} has no {flag}"));
                }
            }
        }
        faults.none();
    }
}

mod links {
    use super::*;

    #[test]
    fn what_the_documents_point_at_is_there() {
        let mut faults = Faults::default();
        for document in documents() {
            for link in document.links() {
                if link.text.starts_with("https://") || link.text.starts_with("mailto:") {
                    continue;
                }
                let (path, anchor) = link.text.split_once('#').map_or((link.text.as_str(), None), |(path, anchor)| (path, Some(anchor)));
                let target = if path.is_empty() { PathBuf::from(&document.name) } else { tidy(&document.folder().join(path)) };
                let at = format!("{}:{}", document.name, link.line);
                if !root().join(&target).exists() {
                    faults.note(format!("{at}: {} is not there", target.display()));
                } else if let Some(anchor) = anchor {
                    let there = Document::read(root(), target.to_str().unwrap()).anchors();
                    if !there.iter().any(|known| known == anchor) {
                        faults.note(format!("{at}: {} has no heading #{anchor}; it has {there:?}", target.display()));
                    }
                }
            }
        }
        faults.none();
    }

    /// Without `..`.
    fn tidy(path: &Path) -> PathBuf {
        let mut tidied = PathBuf::new();
        for part in path.components() {
            if part.as_os_str() == ".." {
                tidied.pop();
            } else {
                tidied.push(part);
            }
        }
        tidied
    }
}

mod languages {
    use super::*;

    #[test]
    fn both_languages_say_the_same_in_the_same_order() {
        let mut faults = Faults::default();
        for (name, other) in DOCUMENTS.iter().filter_map(|(name, other)| Some((name, (*other)?))) {
            let (one, two) = (Document::read(root(), name), Document::read(root(), other));
            let levels = |document: &Document| document.headings().iter().map(|(level, _)| *level).collect::<Vec<_>>();
            if levels(&one) != levels(&two) {
                faults.note(format!("{name} and {other} have other headings:\n{:?}\n{:?}", one.headings(), two.headings()));
            }
            let kinds = |document: &Document| {
                let fences = document.fences();
                fences.iter().map(|fence| fence.info.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
            };
            if kinds(&one) != kinds(&two) {
                faults.note(format!("{name} and {other} have other blocks: {:?} {:?}", kinds(&one), kinds(&two)));
            }
        }
        faults.none();
    }

    #[test]
    fn every_document_is_checked() {
        let known: BTreeSet<&str> = DOCUMENTS.iter().flat_map(|(name, other)| [Some(*name), *other]).flatten().collect();
        let mut faults = Faults::default();
        for folder in ["docs/operators", "docs/coordinators", "docs/adr"] {
            for entry in fs::read_dir(root().join(folder)).unwrap() {
                let name = format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy());
                if name.ends_with(".md") && !known.contains(name.as_str()) {
                    faults.note(format!("{name} is not in DOCUMENTS of tests/docs.rs"));
                }
            }
        }
        faults.none();
    }
}

mod facts {
    use super::*;

    const OPERATORS: [&str; 2] = ["docs/operators/en.md", "docs/operators/fr.md"];
    const EXAMPLE: &str = "config/entraide.example.toml";
    /// Sections of the configuration; `telegram.token` in a code span is one of its keys.
    const SECTIONS: [&str; 7] = ["database", "vault", "telegram", "matrix", "http", "operator", "log"];

    /// The keys that the example explains: `key = …` under its section, taken out or not.
    fn keys_of_the_example() -> BTreeSet<String> {
        let text = fs::read_to_string(root().join(EXAMPLE)).unwrap();
        let (mut section, mut keys) = (String::new(), BTreeSet::new());
        for line in text.lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = format!("{name}.");
            } else if let Some((key, _)) = line.trim_start_matches('#').split_once(" = ") {
                if key.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                    keys.insert(format!("{section}{key}"));
                }
            }
        }
        keys
    }

    fn cells(document: &Document, table: &str) -> BTreeSet<String> {
        document.first_cells(table).iter().map(|cell| cell.trim_matches('`').to_owned()).collect()
    }

    /// What stands in one set alone, in words.
    fn compare(what: &str, shown: &BTreeSet<String>, there: &BTreeSet<String>, faults: &mut Faults) {
        shown.difference(there).for_each(|name| faults.note(format!("{what} explain {name}, which is not there")));
        there.difference(shown).for_each(|name| faults.note(format!("{what} do not explain {name}")));
    }

    #[test]
    fn every_key_of_the_configuration_is_explained_and_every_explained_key_exists() {
        let mut faults = Faults::default();
        let there = keys_of_the_example();
        assert!(there.contains("telegram.token") && there.contains("language"), "the example cannot be read: {there:?}");
        for name in OPERATORS {
            compare(&format!("the keys of {name}"), &cells(&Document::read(root(), name), "keys"), &there, &mut faults);
        }
        faults.none();
    }

    #[test]
    fn every_key_and_variable_that_is_named_exists() {
        let mut faults = Faults::default();
        let there = keys_of_the_example();
        let known = |key: &str| there.contains(key) || key.strip_suffix("_file").is_some_and(|secret| there.contains(secret));
        for document in documents() {
            for span in document.spans() {
                let name = span.text.split(' ').next().unwrap_or_default();
                let is_key = name
                    .split_once('.')
                    .is_some_and(|(section, key)| SECTIONS.contains(&section) && key.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
                if is_key && !known(name) {
                    faults.note(format!("{}:{}: there is no key {name}", document.name, span.line));
                }
            }
            for word in document.text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
                let Some(rest) = word.strip_prefix("ENTRAIDE_").filter(|rest| !rest.is_empty()) else { continue };
                if !known(&rest.to_lowercase().replace("__", ".")) {
                    faults.note(format!("{}: there is no variable {word}", document.name));
                }
            }
        }
        faults.none();
    }

    /// Every source of the program: its name and its text, strings that go over several lines put together.
    fn sources() -> Vec<(String, String)> {
        let mut folders = vec![root().join("src")];
        let mut sources = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                if path.is_dir() && name != "tests" {
                    folders.push(path);
                } else if name.ends_with(".rs") && name != "tests.rs" {
                    let text = fs::read_to_string(&path).unwrap();
                    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                    let lines: Vec<&str> = text.lines().map(|line| line.trim_start()).collect();
                    sources.push((name, lines.join("\n").replace("\\\n", "")));
                }
            }
        }
        sources
    }

    /// The names of the figures, wherever the source has them as a whole string.
    #[test]
    fn every_metric_is_explained_and_every_explained_metric_exists() {
        let mut there = BTreeSet::new();
        for (_, source) in sources() {
            let strings = source.split('"').filter(|text| text.starts_with("entraide_"));
            let is_name = |text: &&str| text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            there.extend(strings.filter(is_name).map(str::to_owned));
        }
        assert!(there.len() > 3, "the source's metrics cannot be read: {there:?}");
        let mut faults = Faults::default();
        for name in OPERATORS {
            compare(&format!("the metrics of {name}"), &cells(&Document::read(root(), name), "metrics"), &there, &mut faults);
        }
        faults.none();
    }

    /// The strings of a call, up to the parenthesis that ends it.
    fn strings(call: &str) -> Vec<String> {
        let (mut depth, mut strings) = (1, Vec::new());
        let mut chars = call.chars();
        while let Some(c) = chars.next() {
            match c {
                '(' => depth += 1,
                ')' if depth == 1 => break,
                ')' => depth -= 1,
                '"' => {
                    let mut string = String::new();
                    while let Some(c) = chars.next().filter(|c| *c != '"') {
                        string.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
                    }
                    strings.push(string);
                }
                _ => {}
            }
        }
        strings
    }

    /// The words of each warning and error: the last string of the call, up to its first value.
    fn logged(source: &str) -> Vec<String> {
        let mut found = Vec::new();
        for mark in ["tracing::error!(", "tracing::warn!("] {
            for (at, _) in source.match_indices(mark) {
                let words = strings(&source[at + mark.len()..]).pop().unwrap_or_default();
                found.push(words.split('{').next().unwrap_or_default().trim_end_matches([' ', ':']).to_owned());
            }
        }
        found.retain(|words| !words.is_empty());
        found
    }

    #[test]
    fn what_the_log_says_is_explained_in_the_words_of_the_log() {
        let mut faults = Faults::default();
        let sources = sources();
        for name in OPERATORS {
            let shown = cells(&Document::read(root(), name), "log");
            for words in shown.iter().filter(|words| !sources.iter().any(|(_, source)| source.contains(words.as_str()))) {
                faults.note(format!("{name}: the program never says {words:?}"));
            }
            for (file, words) in sources.iter().flat_map(|(file, source)| logged(source).into_iter().map(move |words| (file, words))) {
                if !shown.iter().any(|shown| words.starts_with(shown) || shown.starts_with(&words)) {
                    faults.note(format!("{name}: {words:?} ({file}) is not explained"));
                }
            }
        }
        faults.none();
    }
}
