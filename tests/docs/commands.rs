//! The tables of commands, and every command that a document names.

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
    let reader =
        Reader { language: language.to_owned(), zone: Zone::PARIS, platform: Platform::Telegram, command_sign: '/', seen: Seen::ByAll };
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
                    faults.note(format!("{at}: /{word} {state}; see NOT_YET in tests/docs/main.rs"));
                }
                Some(_) => {}
            }
        }
    }
    faults.none();
}
