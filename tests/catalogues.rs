//! Every message of every language: it can be rendered with sample values, the languages agree, the program uses it,
//! and it keeps to the voice of the house.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the catalogues fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use entraide::{
    domain::{event::Platform, message::Msg, people::countries::COUNTRIES, time::Zone},
    text::{
        Reader, Seen, Texts, lines, markup,
        samples::sample,
        syntax::{Shape, shapes},
    },
};
use fluent_bundle::FluentResource;

/// Messages that the source does not name as literals: made from a prefix and a name.
const FAMILIES: &[(&str, &str)] = &[
    ("date-weekday-", "days by number, in text::catalogue"),
    ("date-month-", "months by number, in text::catalogue"),
    ("country-", "countries by code, in text::voice"),
    ("care-line-how-", "how a line can be reached, by crisis-lines.toml"),
];

/// Messages that wait for their feature; the feature takes its own out of this list.
const AWAITED: &[(&str, &str)] = &[
    ("care-alert-sent", "alerts"),
    ("care-nobody-on-duty", "alerts"),
    ("care-sos-button-alert", "alerts"),
    ("care-session-full", "bookings"),
    ("care-booked", "bookings"),
    ("cancelled-", "bookings"),
    ("still-working", "the engine, while nothing can be stored"),
    ("choice-out-of-range", "the engine, answers by number"),
];

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

/// The files under `dir` with this ending, in order.
fn files(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What credits are called: every message has it, and one language may say without it what another says with it.
fn is_the_unit(name: &str) -> bool {
    matches!(name, "credit" | "credits")
}

struct Catalogue {
    language: String,
    shapes: BTreeMap<String, (String, Shape)>,
}

/// The catalogues as they stand on the disk; every file is read.
fn catalogues(faults: &mut Faults) -> Vec<Catalogue> {
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("config/locales")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut catalogues = Vec::new();
    for folder in folders {
        let language = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let mut of_language = BTreeMap::new();
        for file in files(&folder, "ftl") {
            let name = format!("{language}/{}", file.file_name().unwrap().to_str().unwrap());
            let resource = FluentResource::try_new(fs::read_to_string(&file).unwrap()).unwrap_or_else(|(resource, errors)| {
                errors.iter().for_each(|error| faults.note(format!("{name}: {error} ({error:?})")));
                resource
            });
            for shape in shapes(&resource) {
                if let Some((other, _)) = of_language.get(&shape.id) {
                    faults.note(format!("{name}: {} stands already in {other}", shape.id));
                }
                of_language.insert(shape.id.clone(), (name.clone(), shape));
            }
        }
        catalogues.push(Catalogue { language, shapes: of_language });
    }
    catalogues
}

/// The source without its tests: file name and text.
fn sources() -> Vec<(String, String)> {
    let mut sources = Vec::new();
    for path in files(&root().join("src"), "rs") {
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        if !matches!(stem, "tests" | "testing") && !name.contains("/tests/") {
            let text = fs::read_to_string(&path).unwrap();
            let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
            sources.push((name, text[..end].to_owned()));
        }
    }
    sources
}

/// The literals in `Msg::new("…")`, over line breaks, each with the source that follows it.
fn literals(source: &str) -> impl Iterator<Item = (&str, &str)> {
    let starts = source.match_indices("Msg::new(").map(|(at, mark)| source[at + mark.len()..].trim_start());
    starts.filter_map(|rest| rest.strip_prefix('"')?.split_once('"'))
}

/// Whether `source` gives a value the name `name`, over line breaks.
fn gives(source: &str, name: &str) -> bool {
    let quoted = format!("\"{name}\"");
    source.split(".with(").skip(1).any(|rest| rest.trim_start().starts_with(&quoted))
}

/// Whether the message that `after` follows is likely to be given `name`: nearby, or, where nothing is given at once, anywhere.
fn likely_given(source: &str, after: &str, name: &str) -> bool {
    let near = &after[..after.floor_char_boundary(600)];
    let at_once = after.trim_start_matches(|c: char| c == ')' || c.is_whitespace()).starts_with(".with(");
    gives(near, name) || (!at_once && gives(source, name))
}

fn reader(language: &str) -> Reader {
    Reader { language: language.to_owned(), zone: Zone::PARIS, platform: Platform::Telegram, command_sign: '/', seen: Seen::ByAll }
}

fn in_list(id: &str, list: &[(&str, &str)]) -> bool {
    list.iter().any(|(start, _)| id.starts_with(start))
}

#[test]
fn every_message_renders_with_sample_values() {
    let mut faults = Faults::default();
    let texts = Texts::embedded();
    texts.faults().iter().for_each(|fault| faults.note(fault.clone()));
    for catalogue in catalogues(&mut faults) {
        assert!(texts.knows(&catalogue.language), "{} is not embedded", catalogue.language);
        for (id, (file, shape)) in catalogue.shapes.iter().filter(|(id, _)| !id.starts_with('-')) {
            let mut msg = Msg { id: id.clone().into(), args: vec![] };
            for name in &shape.variables {
                match sample(name.strip_suffix("-id").unwrap_or(name)) {
                    Some(value) if !name.ends_with("-id") => msg.args.push((name.clone().into(), value)),
                    Some(value) => msg.args.insert(0, (name.trim_end_matches("-id").to_owned().into(), value)),
                    None => faults.note(format!("{file}: {id}: ${name} has no sample in src/text/samples.rs")),
                }
            }
            let marked = texts.marked(&msg, &reader(&catalogue.language));
            let plain = texts.plain(&msg, &reader(&catalogue.language));
            let meant_empty = shape.words.is_empty() && shape.variables.is_empty();
            if (marked.trim().is_empty() && !meant_empty) || marked.contains("{") || plain.contains(&format!("[{id}]")) {
                faults.note(format!("{file}: {id} renders as {plain:?}"));
            }
            for name in &shape.variables {
                if plain.contains(&format!("[{name}]")) {
                    faults.note(format!("{file}: {id} lacks ${name}"));
                }
            }
            if !markup::is_balanced(&marked) {
                faults.note(format!("{file}: {id}: markup does not close: {marked:?}"));
            }
        }
    }
    faults.none();
}

#[test]
fn the_languages_have_the_same_messages_and_variables() {
    let mut faults = Faults::default();
    let catalogues = catalogues(&mut faults);
    for one in &catalogues {
        for other in &catalogues {
            for (id, (file, shape)) in &one.shapes {
                match other.shapes.get(id) {
                    None => faults.note(format!("{file}: {id} is missing in {}", other.language)),
                    Some((_, theirs)) if theirs.variables != shape.variables => {
                        let missing: Vec<&String> =
                            shape.variables.difference(&theirs.variables).filter(|name| !is_the_unit(name)).collect();
                        if !missing.is_empty() {
                            faults.note(format!("{file}: {id}: {missing:?} is not used in {}", other.language));
                        }
                    }
                    Some(_) => {}
                }
            }
        }
    }
    assert!(catalogues.len() >= 2, "French and English");
    faults.none();
}

#[test]
fn the_source_and_the_catalogues_name_the_same_messages() {
    let mut faults = Faults::default();
    let catalogues = catalogues(&mut faults);
    let sources = sources();
    for (file, source) in &sources {
        for (id, _) in literals(source) {
            for catalogue in catalogues.iter().filter(|catalogue| !catalogue.shapes.contains_key(id)) {
                faults.note(format!("{file}: Msg::new(\"{id}\") is not in {}", catalogue.language));
            }
        }
    }
    let referred: BTreeSet<&String> = catalogues.iter().flat_map(|c| c.shapes.values()).flat_map(|(_, shape)| &shape.references).collect();
    let first = catalogues.first().unwrap();
    for (id, (file, _)) in &first.shapes {
        let quoted = format!("\"{id}\"");
        let used = || sources.iter().any(|(_, source)| source.contains(&quoted));
        if !id.contains('.') && !in_list(id, FAMILIES) && !in_list(id, AWAITED) && !referred.contains(id) && !used() {
            faults.note(format!("{file}: nothing uses {id}"));
        }
    }
    faults.none();
}

#[test]
fn messages_are_given_the_values_they_use() {
    let mut faults = Faults::default();
    let catalogues = catalogues(&mut faults);
    let own = |name: &str| name == "platform" || is_the_unit(name) || name.ends_with("-id");
    for (file, source) in sources() {
        for (id, after) in literals(&source) {
            for (_, shape) in catalogues.iter().filter_map(|catalogue| catalogue.shapes.get(id)) {
                for name in shape.variables.iter().filter(|name| !own(name) && !likely_given(&source, after, name)) {
                    faults.note(format!("{file}: Msg::new(\"{id}\") is not given ${name}"));
                }
            }
        }
    }
    faults.none();
}

#[test]
fn the_voice_is_kept() {
    let mut faults = Faults::default();
    for catalogue in catalogues(&mut faults) {
        for (id, (file, shape)) in &catalogue.shapes {
            // Something stands where a value will.
            let words = shape.words.join("x");
            if words.contains(['!', '¡']) {
                faults.note(format!("{file}: {id}: no exclamation marks"));
            }
            if words.contains(['\u{FDD0}', '\u{FDD1}', '\u{FDD2}', '\t']) || words.contains("  ") {
                faults.note(format!("{file}: {id}: a tab, two blanks or a mark of the program"));
            }
            if catalogue.language == "fr" {
                let blanks = [" :", " ;", " ?", " »", "« "].iter().filter(|sign| words.contains(**sign));
                blanks.for_each(|sign| faults.note(format!("{file}: {id}: {sign:?} wants a non-breaking space")));
            }
            if words.contains('’') {
                faults.note(format!("{file}: {id}: the catalogues write ' everywhere"));
            }
            if !markup::is_balanced(&words) {
                faults.note(format!("{file}: {id}: markup does not close within the text itself"));
            }
        }
    }
    faults.none();
}

#[test]
fn care_texts_stand_alone_and_bear_their_signature() {
    let mut faults = Faults::default();
    for catalogue in catalogues(&mut faults) {
        for (id, (file, shape)) in catalogue.shapes.iter().filter(|(id, _)| id.starts_with("care-")) {
            if let Some(other) = shape.references.iter().find(|other| !other.starts_with("care-")) {
                faults.note(format!("{file}: {id} refers to {other}, which an operator may override"));
            }
            let several_lines = !id.contains('.') && shape.words.concat().contains('\n');
            if several_lines && !["version", "signed"].iter().all(|mark| catalogue.shapes.contains_key(&format!("{id}.{mark}"))) {
                faults.note(format!("{file}: {id} bears no version and signature"));
            }
            if !file.ends_with("care.ftl") {
                faults.note(format!("{file}: {id} belongs into care.ftl"));
            }
        }
    }
    faults.none();
}

#[test]
fn every_country_has_its_name_and_every_line_its_words() {
    let mut faults = Faults::default();
    let catalogues = catalogues(&mut faults);
    let texts = Texts::embedded();
    for (code, fr, en) in COUNTRIES {
        for (language, typed) in [("fr", fr), ("en", en)] {
            let name = texts.plain(&Msg { id: format!("country-{}", code.to_lowercase()).into(), args: vec![] }, &reader(language));
            if name != typed.replace('’', "'") {
                faults.note(format!("{language}: {code} is typed {typed} and shown as {name}"));
            }
        }
    }
    for catalogue in &catalogues {
        for country in &lines::all().countries {
            for code in std::iter::once(&country.code).chain(&country.also).filter(|code| *code != "UK") {
                let code = code.to_lowercase();
                let ids = [format!("country-{code}"), format!("country-{}", code.trim_start_matches("fr-"))];
                if !ids.iter().any(|id| catalogue.shapes.contains_key(id)) {
                    faults.note(format!("{}: {code} has no name", catalogue.language));
                }
            }
            for how in country.lines.iter().filter_map(|line| line.how.as_ref()) {
                if !catalogue.shapes.contains_key(&format!("care-line-how-{how}")) {
                    faults.note(format!("{}: care-line-how-{how} is missing", catalogue.language));
                }
            }
        }
    }
    faults.none();
}

/// Where a message stands first in what is said; what the source names thus may be seen on a locked screen.
const FIRST_PLACES: &[&str] = &[
    "Decision::answer(",
    "Refusal::new(",
    "Content::from(",
    "Err(",
    "vec![",
    "Audience::Asker, ",
    "Ok(Decision::nothing().tell(Audience::Asker, ",
];

/// Messages that stand first in group rooms alone, or within another message.
const NEVER_FIRST_IN_PRIVATE: &[(&str, &str)] = &[("session-card-", "the card in the group"), ("data-page-", "a file")];

/// The ids of the messages that `source` puts first.
fn put_first(source: &str) -> impl Iterator<Item = &str> {
    let places = source.match_indices("Msg::new(\"").filter(|(at, _)| {
        let before = source[..*at].trim_end();
        FIRST_PLACES.iter().any(|place| before.ends_with(place.trim_end()))
    });
    places.filter_map(|(at, mark)| source[at + mark.len()..].split_once('"').map(|(id, _)| id))
}

#[test]
fn what_is_said_first_is_fit_for_a_lock_screen() {
    let mut faults = Faults::default();
    let texts = Texts::embedded();
    let catalogues = catalogues(&mut faults);
    let mut seen = 0;
    for (file, source) in sources() {
        for id in put_first(&source) {
            for catalogue in &catalogues {
                let Some((_, shape)) = catalogue.shapes.get(id) else { continue };
                let mut msg = Msg { id: id.to_owned().into(), args: vec![] };
                let given = shape.variables.iter().filter(|name| !is_the_unit(name));
                msg.args.extend(given.filter_map(|name| Some((name.clone().into(), sample(name)?))));
                seen += 1;
                if !in_list(id, NEVER_FIRST_IN_PRIVATE) && !texts.is_fit_for_a_lock_screen(&msg, &reader(&catalogue.language)) {
                    faults.note(format!(
                        "{file}: {id} stands first, and shows in {}: {:?}",
                        catalogue.language,
                        texts.plain(&msg, &reader(&catalogue.language))
                    ));
                }
            }
        }
    }
    assert!(seen > 200, "only {seen} messages that stand first were found");
    faults.none();
}
