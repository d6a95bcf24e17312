//! What conversation files have in common on all platforms but the terminal: who acts, what may differ, which ones are played.

use std::path::{Path, PathBuf};

use super::chat_file::{Block, ChatFile, Did};

/// A line of a conversation file, as people act on a platform.
pub enum Act<'a> {
    Nothing,
    Writes { name: &'a str, direct: bool, text: &'a str },
    Presses { name: &'a str, direct: bool, button: usize },
}

/// The conversations that are marked in a way that fits.
pub fn marked(fits: impl Fn(&ChatFile) -> bool) -> Vec<(PathBuf, ChatFile)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversations");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "chat"));
    paths.sort();
    let read = |path: PathBuf| {
        let file = ChatFile::parse(&std::fs::read_to_string(&path).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        (path, file)
    };
    paths.into_iter().map(read).filter(|(_, file)| fits(file)).collect()
}

/// Reads a line of those that can be played over another platform.
pub fn read(line: &str) -> Result<Act<'_>, String> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(Act::Nothing);
    }
    let at = line.find(['>', '!', '@']).filter(|at| *at > 0).ok_or("this line is not for another platform")?;
    let (name, rest) = line.split_at(at);
    let text_of = |sign: &str| rest.strip_prefix(sign).map(str::trim);
    let number = |text: &str| text.parse().map_err(|_| "no number of a button".to_owned());
    if let Some(text) = text_of(">>") {
        return Ok(Act::Writes { name, direct: true, text });
    }
    if let Some(text) = text_of(">") {
        return Ok(Act::Writes { name, direct: false, text });
    }
    if let Some(text) = text_of("!!") {
        return Ok(Act::Presses { name, direct: true, button: number(text)? });
    }
    if let Some(text) = text_of("!") {
        return Ok(Act::Presses { name, direct: false, button: number(text)? });
    }
    Err("a second room is not for another platform".to_owned())
}

/// Who acts in `file`: those who act in the group in the order of their first act there, then the others.
pub fn names(file: &ChatFile) -> Result<Vec<String>, String> {
    let mut names = [Vec::new(), Vec::new()];
    for line in &file.lines {
        let act = read(&line.text).map_err(|error| format!("{:?}: {error}", line.text))?;
        if let Act::Writes { name, direct, .. } | Act::Presses { name, direct, .. } = act {
            names[usize::from(direct)].push(name.to_owned());
        }
    }
    let mut seen: Vec<String> = Vec::new();
    for name in names.concat() {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    Ok(seen)
}

/// Orders what is expected, and what was done, by whom it goes to: between chats platforms keep no order.
pub fn by_destination(file: &mut ChatFile, did: &mut [Did]) {
    let destination = |block: &Block| block.first().and_then(|first| first.split(']').next()).unwrap_or_default().to_owned();
    for line in &mut file.lines {
        line.expected.sort_by_key(destination);
    }
    did.sort_by_key(|did| (did.line, destination(&did.block)));
}

/// What may differ: the platform's name, and dates, since there the clock is the real one.
pub fn translate(file: &mut ChatFile, platform: &str) {
    for line in file.lines.iter_mut().flat_map(|line| &mut line.expected).flatten() {
        *line = line.replace("Terminal", platform);
        forget_dates(line);
    }
}

/// Puts placeholders where dates stand.
pub fn forget_dates(line: &mut String) {
    while let Some((start, end)) = date(line) {
        line.replace_range(start..end, "{*}");
    }
}

/// Where a date stands in a line: `mardi 24 novembre 2026`, with `à 10:00 (Europe/Paris)` where that follows.
fn date(line: &str) -> Option<(usize, usize)> {
    const DAYS: [&str; 14] = [
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let starts = DAYS.iter().flat_map(|day| line.match_indices(day)).map(|(at, _)| at);
    starts.filter_map(|at| Some((at, at + date_len(&line[at..])?))).min()
}

fn date_len(text: &str) -> Option<usize> {
    let words: Vec<&str> = text.splitn(5, ' ').collect();
    let [name, day, month, year, ..] = words[..] else { return None };
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let year = year.get(..4).filter(|year| is_number(year))?;
    if !is_number(day.trim_end_matches("er")) {
        return None;
    }
    let len = [name, day, month, year].map(str::len).iter().sum::<usize>() + 3;
    let rest = &text[len..];
    let timed = rest.starts_with(" à ") || rest.starts_with(" at ");
    Some(len + if timed { rest.find(')').map_or(0, |at| at + 1) } else { 0 })
}
