//! Words folded and cut where people write several things as one (`18h-20h`, `2026-05-12T18:00`).

use crate::domain::words::{Word, fold};

/// A piece of a word to be matched; what was quoted matches nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    /// Folded.
    pub(super) text: String,
    /// The word that it comes from.
    pub(super) word: usize,
}

/// The tokens of `words`.
pub(super) fn tokens(words: &[Word]) -> Vec<Token> {
    let mut out = Vec::with_capacity(words.len());
    for (word, typed) in words.iter().enumerate() {
        if typed.quoted || typed.account.is_some() {
            out.push(Token { text: String::new(), word });
            continue;
        }
        let text = plain(&typed.text);
        match pieces(&text) {
            Some(pieces) => out.extend(pieces.into_iter().map(|text| Token { text, word })),
            None => out.push(Token { text, word }),
        }
    }
    out
}

/// The text of token `n`; empty past the end.
pub(super) fn text(tokens: &[Token], n: usize) -> &str {
    tokens.get(n).map_or("", |token| token.text.as_str())
}

fn plain(typed: &str) -> String {
    let folded = fold(typed).replace(['\u{2019}', '\u{2018}', '`'], "'").replace(['\u{2013}', '\u{2014}', '\u{2010}', '\u{2011}'], "-");
    let bare = folded.trim_start_matches('(').trim_end_matches([',', ';', '.', '!', '?', ')']);
    match bare {
        "" if !folded.is_empty() => ",".to_owned(),
        "a.m" => "am".to_owned(),
        "p.m" => "pm".to_owned(),
        bare => bare.to_owned(),
    }
}

/// What a word is made of, where it is more than one thing.
fn pieces(text: &str) -> Option<Vec<String>> {
    if let Some((date, clock)) = text.split_once('t')
        && date.len() == 10
        && date.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && clock.starts_with(|c: char| c.is_ascii_digit())
    {
        let mut all = vec![date.to_owned()];
        match pieces(clock) {
            Some(rest) => all.extend(rest),
            None => all.push(clock.to_owned()),
        }
        return Some(all);
    }
    if let Some(clock) = text.strip_suffix('z').filter(|clock| clock.contains(':')) {
        return Some(vec![without_seconds(clock), "+00:00".to_owned()]);
    }
    if let Some((clock, offset)) = text.split_once('+').filter(|(clock, _)| clock.contains(':')) {
        return Some(vec![without_seconds(clock), format!("+{offset}")]);
    }
    let (first, last) = text.split_once('-')?;
    let hour = |side: &str| side.starts_with(|c: char| c.is_ascii_digit()) && !side.contains(['-', '/', '.']);
    (hour(first) && hour(last)).then(|| vec![first.to_owned(), "-".to_owned(), last.to_owned()])
}

/// `18:00` of `18:00:00`.
fn without_seconds(clock: &str) -> String {
    if clock.matches(':').count() == 2 { clock.rsplit_once(':').map_or(clock, |(clock, _)| clock).to_owned() } else { clock.to_owned() }
}
