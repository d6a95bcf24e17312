//! What strangers see of private messages on a locked phone, judged without the program's own judgement: from the script alone
//! it knows everybody's names and every title.

use super::chat_file::{Block, ChatFile, Did};

/// Faces, feelings and help lines that must not be seen, folded to lower case.
const TELLING: &[&str] = &[
    "très mal",
    "😞",
    "🙁",
    "😐",
    "🙂",
    "😊",
    "very bad",
    "so-so",
    "suicide",
    "danger",
    "urgence",
    "emergency",
    "crisis",
    "crise",
    "souffr",
    "samaritans",
    "violence",
    "dette",
    "debt",
    "déprim",
    "depress",
];

/// The months, whose days and years may be seen.
const MONTHS: &[&str] = &[
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What stands above a private message that would otherwise begin with something telling: a text that needs it wants mending.
const STAND_INS: &[&str] = &["Un message pour vous.", "A message for you."];

/// What is wrong with the first lines of the private messages of a conversation, one line each.
pub fn faults(file: &ChatFile, did: &[Did]) -> Vec<String> {
    let (names, titles) = (names(file), titles(file));
    let mut faults = Vec::new();
    for (to, first, whole) in did.iter().filter_map(|did| private(&did.block, &names)) {
        let others = names.iter().filter(|name| *name != to);
        let words: Vec<&str> = first.split(|c: char| !c.is_alphanumeric()).collect();
        let folded = first.to_lowercase();
        let named = others.filter(|name| words.contains(&name.as_str()));
        faults.extend(named.map(|name| format!("[{to}] {first}\n  names {name}")));
        faults
            .extend(titles.iter().filter(|title| first.contains(*title)).map(|title| format!("[{to}] {first}\n  shows the title {title}")));
        faults.extend(TELLING.iter().filter(|word| folded.contains(*word)).map(|word| format!("[{to}] {first}\n  tells {word}")));
        if words.iter().enumerate().any(|(at, word)| word.contains(|c: char| c.is_ascii_digit()) && !is_of_a_date(&words, at)) {
            faults.push(format!("[{to}] {first}\n  shows a number"));
        }
        if STAND_INS.contains(&first) {
            faults.push(format!("{}\n  wants a first line of its own", whole.join(" | ")));
        }
    }
    faults
}

/// To whom a private message goes, its first line, and all of it; deletions and reactions say nothing.
fn private<'a>(block: &'a Block, names: &[String]) -> Option<(&'a str, &'a str, &'a Block)> {
    let (to, first) = block.first()?.strip_prefix('[')?.split_once("] ")?;
    let said = !first.starts_with('⌫') && (block.len() > 1 || first.chars().any(char::is_alphabetic));
    (said && names.iter().any(|name| name == to)).then_some((to, first.trim_start_matches("✎ "), block))
}

/// Everybody who writes or presses, and every name they give themselves.
fn names(file: &ChatFile) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in file.lines.iter().map(|line| line.text.as_str()).filter(|line| !line.starts_with(['#', '+', '='])) {
        let Some(end) = line.find(['!', '>', '@']).filter(|end| *end > 0) else { continue };
        names.push(line[..end].to_owned());
        let own = ["/pseudo ", "/alias "].iter().find_map(|command| line.split_once(command));
        names.extend(own.map(|(_, name)| name.trim().to_owned()).filter(|name| !name.contains(char::is_whitespace)));
    }
    names.sort();
    names.dedup();
    names
}

/// The titles that somebody gave a session.
fn titles(file: &ChatFile) -> Vec<String> {
    let proposals = file.lines.iter().filter(|line| line.text.contains("/seance \"") || line.text.contains("/session \""));
    proposals.filter_map(|line| line.text.split('"').nth(1)).filter(|title| title.chars().count() > 2).map(str::to_owned).collect()
}

/// The number `words[at]` is part of a date or an hour.
fn is_of_a_date(words: &[&str], at: usize) -> bool {
    let is_month = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| MONTHS.contains(&word.to_lowercase().as_str()));
    let is_two_digits =
        |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|w| w.len() == 2 && w.chars().all(|c| c.is_ascii_digit()));
    is_month(Some(at + 1))
        || is_month(at.checked_sub(1))
        || (is_two_digits(Some(at)) && (is_two_digits(Some(at + 1)) || is_two_digits(at.checked_sub(1))))
}
