//! Keys of the configuration, metrics and lines of the log: explained, and there.

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
        } else if let Some((key, _)) = line.trim_start_matches('#').split_once(" = ")
            && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        {
            keys.insert(format!("{section}{key}"));
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
                    match c {
                        // The end of a line ends what is compared.
                        '\\' => string.push(chars.next().map_or(c, |c| if c == 'n' { '{' } else { c })),
                        c => string.push(c),
                    }
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
