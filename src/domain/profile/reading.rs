//! Reading `/profile listener french,english grief`: one line for all, one word for a step, a sign to add or drop one thing.

use super::{Spoken, Stance, Topic, key};

/// So many words one thing has at most.
const WORDS_MAX: usize = 5;

/// Words that say nothing here.
const FILLERS: [&str; 20] =
    ["et", "and", "ou", "or", "de", "du", "des", "le", "la", "les", "l", "d", "en", "the", "je", "suis", "parle", "i", "am", "speak"];

/// One of the three questions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    Stances,
    Languages,
    Topics,
}

/// One thing that a profile can hold.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Item {
    Stance(Stance),
    Spoken(Spoken),
    Topic(Topic),
}

/// What was typed.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Args {
    /// Nothing.
    Show,
    /// The name of a step.
    Step(Step),
    /// That it be emptied.
    Clear,
    /// Things that take the place of those of their kind.
    Set(Vec<Item>),
    /// One thing to add, or to drop.
    Toggle { add: bool, item: Item },
    /// Something that is none; perhaps meant was the line in `fixed`, with `close` in its place.
    Unknown { typed: String, close: Option<(Item, String)> },
}

impl Item {
    /// Of which step it is.
    pub(super) const fn step(&self) -> Step {
        match self {
            Self::Stance(_) => Step::Stances,
            Self::Spoken(_) => Step::Languages,
            Self::Topic(_) => Step::Topics,
        }
    }

    /// As it would be typed.
    pub(super) fn word(&self) -> String {
        match self {
            Self::Stance(stance) => stance.words()[0].to_owned(),
            Self::Spoken(spoken) => spoken.words()[0].to_owned(),
            Self::Topic(topic) => topic.words().first().cloned().unwrap_or_default(),
        }
    }
}

/// Everything that can be said where a group has these topics.
fn known(topics: &[Topic]) -> Vec<(String, Item)> {
    let stances =
        Stance::ALL.into_iter().flat_map(|stance| stance.words().iter().map(move |word| ((*word).to_owned(), Item::Stance(stance))));
    let spoken =
        Spoken::ALL.into_iter().flat_map(|spoken| spoken.words().iter().map(move |word| ((*word).to_owned(), Item::Spoken(spoken))));
    let topics = topics.iter().flat_map(|topic| topic.words().into_iter().map(move |word| (word, Item::Topic(topic.clone()))));
    stances.chain(spoken).chain(topics).collect()
}

/// Reads what stands after the command, where the group has these topics.
pub(super) fn parse(rest: &str, topics: &[Topic]) -> Args {
    let rest = rest.trim();
    match key(rest).as_str() {
        "" if rest.is_empty() => return Args::Show,
        "posture" | "postures" | "stance" | "stances" => return Args::Step(Step::Stances),
        "langue" | "langues" | "language" | "languages" => return Args::Step(Step::Languages),
        "theme" | "themes" | "topic" | "topics" => return Args::Step(Step::Topics),
        "rien" | "vide" | "vider" | "effacer" | "nothing" | "none" | "empty" | "clear" => return Args::Clear,
        _ => {}
    }
    let (sign, line) = match rest.strip_prefix(['+', '-', '\u{2212}']) {
        Some(line) => (Some(rest.starts_with('+')), line),
        None => (None, rest),
    };
    match (read_items(line, topics), sign) {
        (Err(unknown), _) => unknown,
        (Ok(mut items), Some(add)) if items.len() == 1 => match items.pop() {
            Some(item) => Args::Toggle { add, item },
            None => Args::Show,
        },
        (Ok(items), _) if items.is_empty() => Args::Unknown { typed: rest.to_owned(), close: None },
        (Ok(items), _) => Args::Set(items),
    }
}

/// The things that a line names, the longest name first; or what of it is none.
fn read_items(line: &str, topics: &[Topic]) -> Result<Vec<Item>, Args> {
    let known = known(topics);
    let typed: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty()).collect();
    let folded: Vec<String> = typed.iter().map(|word| key(word)).collect();
    let (mut items, mut at) = (Vec::new(), 0);
    while at < folded.len() {
        let longest = WORDS_MAX.min(folded.len() - at);
        let found = (1..=longest).rev().find_map(|n| {
            let wanted = folded[at..at + n].join(" ");
            known.iter().find(|(word, _)| *word == wanted).map(|(_, item)| (item.clone(), n))
        });
        match found {
            Some((item, n)) => {
                items.push(item);
                at += n;
            }
            None if folded[at].is_empty() || FILLERS.contains(&folded[at].as_str()) => at += 1,
            None => return Err(unknown(&typed, &folded, at, &known)),
        }
    }
    Ok(items)
}

/// Accents typed apart from their letter belong to the word.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// What the word at `at` may have been meant for, and the line with that in its place.
fn unknown(typed: &[&str], folded: &[String], at: usize, known: &[(String, Item)]) -> Args {
    let near = |word: &str| {
        let distance = strsim::damerau_levenshtein(word, &folded[at]);
        (distance <= if word.len() < 6 { 1 } else { 2 }).then_some(distance)
    };
    let close = known.iter().filter(|(word, _)| word.len() > 3).filter_map(|(word, item)| Some((near(word)?, item)));
    let close = close.min_by_key(|(distance, _)| *distance).map(|(_, item)| {
        let word = item.word();
        let line: Vec<&str> = typed.iter().enumerate().map(|(n, known)| if n == at { word.as_str() } else { known }).collect();
        (item.clone(), line.join(" "))
    });
    Args::Unknown { typed: typed.get(at).map_or_else(String::new, |word| (*word).to_owned()), close }
}
