//! Rich text as Telegram takes it: plain text and entities in UTF-16 code units, in parts that are not too long.

use std::ops::Range;

use teloxide::types::{MessageEntity, MessageEntityKind, User, UserId};

use super::deliver::Words;
use crate::{
    domain::event::Platform,
    text::rich::{RichText, Style},
};

/// The longest message, in UTF-16 code units.
pub(super) const TEXT_UNITS_MAX: usize = 4096;
/// The longest text beside a file.
pub(super) const CAPTION_UNITS_MAX: usize = 1024;
/// Telegram passes over entities beyond these.
const ENTITIES_MAX: usize = 100;

/// The parts of a text, each of at most `units_max` code units; none where there is nothing to read.
pub(super) fn parts(text: &RichText, units_max: usize) -> Vec<Words> {
    let (whole, styled) = flat(text);
    split(&whole, units_max).into_iter().map(|range| part(&whole, &styled, range)).collect()
}

/// The first part of a text, with a sign where more would follow: a message that is edited cannot become two.
pub(super) fn first(text: &RichText, units_max: usize) -> Option<Words> {
    const MORE: &str = " …";
    let whole = parts(text, units_max);
    if whole.len() < 2 {
        return whole.into_iter().next();
    }
    let mut first = parts(text, units_max - units(MORE)).into_iter().next()?;
    first.text.push_str(MORE);
    Some(first)
}

/// The text as one, with the bytes of each style that shows; equal neighbours are one.
fn flat(text: &RichText) -> (String, Vec<(Range<usize>, &Style)>) {
    let mut whole = String::new();
    let mut styled: Vec<(Range<usize>, &Style)> = Vec::new();
    for span in &text.spans {
        let start = whole.len();
        // Telegram refuses a NUL.
        whole.extend(span.text.chars().filter(|c| *c != '\0'));
        match styled.last_mut() {
            Some((range, style)) if range.end == start && **style == span.style => range.end = whole.len(),
            _ if span.style == Style::Plain => {}
            _ => styled.push((start..whole.len(), &span.style)),
        }
    }
    (whole, styled)
}

/// Where to cut: at the last line break that fits, or the last blank, or the last character.
fn split(text: &str, units_max: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut rest = trimmed(text, 0..text.len());
    while !rest.is_empty() {
        let fitting = rest.start + fitting_bytes(&text[rest.clone()], units_max);
        let end = if fitting == rest.end { fitting } else { cut(text, rest.start..fitting) };
        ranges.push(trimmed(text, rest.start..end));
        rest = trimmed(text, end..rest.end);
    }
    ranges
}

fn cut(text: &str, range: Range<usize>) -> usize {
    // A break in the first half would leave a needlessly short part.
    let half = text[range.clone()].len() / 2;
    let at = |found: Option<usize>| found.filter(|at| *at > half).map(|at| range.start + at);
    let piece = &text[range.clone()];
    at(piece.rfind('\n')).or_else(|| at(piece.rfind(char::is_whitespace))).unwrap_or(range.end)
}

fn fitting_bytes(text: &str, units_max: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > units_max {
            return at;
        }
    }
    text.len()
}

fn part(text: &str, styled: &[(Range<usize>, &Style)], range: Range<usize>) -> Words {
    let entities = styled
        .iter()
        .filter_map(|(place, style)| {
            let inside = trimmed(text, place.start.max(range.start)..place.end.min(range.end).max(place.start.max(range.start)));
            let kind = kind(style, &text[inside.clone()])?;
            (!inside.is_empty()).then(|| MessageEntity::new(kind, units(&text[range.start..inside.start]), units(&text[inside])))
        })
        .take(ENTITIES_MAX)
        .collect();
    Words { text: text[range].to_owned(), entities }
}

fn kind(style: &Style, text: &str) -> Option<MessageEntityKind> {
    match style {
        Style::Plain => None,
        Style::Bold => Some(MessageEntityKind::Bold),
        Style::Code => Some(MessageEntityKind::Code),
        Style::Link(address) => {
            // Telegram opens these alone; of others the text stays.
            let url: reqwest::Url = address.parse().ok()?;
            matches!(url.scheme(), "http" | "https" | "tg").then_some(MessageEntityKind::TextLink { url })
        }
        Style::Mention(account) if account.platform == Platform::Telegram => {
            Some(MessageEntityKind::TextMention { user: named(account.id.parse().ok()?, text) })
        }
        Style::Mention(_) => None,
    }
}

/// Of a mention Telegram reads the id alone.
fn named(id: u64, text: &str) -> User {
    User {
        id: UserId(id),
        is_bot: false,
        first_name: text.to_owned(),
        last_name: None,
        username: None,
        language_code: None,
        is_premium: false,
        added_to_attachment_menu: false,
    }
}

/// A range without blanks at its ends: Telegram drops those of a text, and takes no entity that is only blanks.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    start..(start + piece.trim().len())
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::AccountAddress;
    use crate::text::rich::Span;

    fn rich(spans: &[(&str, Style)]) -> RichText {
        RichText { spans: spans.iter().map(|(text, style)| Span { text: (*text).to_owned(), style: style.clone() }).collect() }
    }

    /// Entities as `type offset length`.
    fn check(spans: &[(&str, Style)], text: &str, expected: &[&str]) {
        let parts = parts(&rich(spans), TEXT_UNITS_MAX);
        assert_eq!(parts.len(), usize::from(!text.is_empty()), "{spans:?}");
        let Some(part) = parts.first() else { return };
        let entities: Vec<String> = part
            .entities
            .iter()
            .map(|entity| {
                let json = serde_json::to_value(entity).unwrap();
                format!("{} {} {}", json["type"].as_str().unwrap(), entity.offset, entity.length)
            })
            .collect();
        assert_eq!((part.text.as_str(), entities), (text, expected.iter().map(|e| (*e).to_owned()).collect()), "{spans:?}");
    }

    #[test]
    fn styles_become_entities() {
        let sam = Style::Mention(AccountAddress { platform: Platform::Telegram, id: "5000000000".into() });
        let matrix = Style::Mention(AccountAddress { platform: Platform::Matrix, id: "@sam:x.org".into() });
        let link = |address: &str| Style::Link(address.into());
        check(&[("Bonjour ", Style::Plain), ("Awa", Style::Bold)], "Bonjour Awa", &["bold 8 3"]);
        check(
            &[("👩‍👧 ", Style::Plain), ("é", Style::Bold), (" 𝄞 ", Style::Plain), ("x", Style::Code)],
            "👩‍👧 é 𝄞 x",
            &["bold 6 1", "code 11 1"],
        );
        check(&[("𝄞𝄞", Style::Bold)], "𝄞𝄞", &["bold 0 4"]);
        check(&[("a", Style::Bold), ("b", Style::Bold), ("c", Style::Code)], "abc", &["bold 0 2", "code 2 1"]);
        check(&[("\n ", Style::Plain), (" gras ", Style::Bold), (" ", Style::Bold), ("x ", Style::Plain)], "gras  x", &["bold 0 4"]);
        check(&[("x", Style::Plain), ("  ", Style::Bold), ("y", Style::Plain)], "x  y", &[]);
        check(&[("Sam", sam), (" ", Style::Plain), ("Lou", matrix)], "Sam Lou", &["text_mention 0 3"]);
        check(
            &[("ici", link("https://x.org/é")), (" ", Style::Plain), ("3114", link("tel:3114")), (" ", Style::Plain), ("?", link("x y"))],
            "ici 3114 ?",
            &["text_link 0 3"],
        );
        check(&[("a\0b", Style::Bold)], "ab", &["bold 0 2"]);
        check(&[("  \n", Style::Bold)], "", &[]);
    }

    #[test]
    fn a_mention_bears_the_id() {
        let sam = AccountAddress { platform: Platform::Telegram, id: "5000000000".into() };
        let words = parts(&rich(&[("Sam", Style::Mention(sam))]), 10).remove(0);
        let json = serde_json::to_value(&words.entities).unwrap();
        assert_eq!(json[0]["user"]["id"], 5_000_000_000_u64);
    }

    #[test]
    fn long_texts_are_cut_at_line_breaks_then_blanks_then_characters() {
        let texts = |text: &str, max: usize| -> Vec<String> {
            parts(&rich(&[(text, Style::Plain)]), max).into_iter().map(|words| words.text).collect()
        };
        assert_eq!(texts("un deux\ntrois quatre", 12), ["un deux", "trois quatre"]);
        assert_eq!(texts("un deux trois", 9), ["un deux", "trois"]);
        assert_eq!(texts("😀😀😀", 5), ["😀😀", "😀"]);
        assert_eq!(texts("abcdef", 2), ["ab", "cd", "ef"]);
    }

    #[test]
    fn entities_that_a_cut_divides_go_on_in_the_next_part() {
        let words = parts(&rich(&[("un ", Style::Plain), ("deux\ntrois", Style::Bold)]), 8);
        let seen: Vec<(&str, usize, usize)> = words.iter().map(|w| (w.text.as_str(), w.entities[0].offset, w.entities[0].length)).collect();
        assert_eq!(seen, [("un deux", 3, 4), ("trois", 0, 5)]);
    }

    #[test]
    fn what_cannot_become_two_messages_ends_in_a_sign() {
        let text = rich(&[("un deux trois", Style::Plain)]);
        assert_eq!(first(&text, 9).unwrap().text, "un deux …");
        assert_eq!(first(&text, 40).unwrap().text, "un deux trois");
    }

    proptest::proptest! {
        #[test]
        fn every_part_is_whole_and_its_entities_lie_within(pieces in proptest::collection::vec(("[a 😀é\n]{0,12}", 0..3u8), 0..12), max in 2..20usize) {
            let style = |n: u8| match n { 0 => Style::Plain, 1 => Style::Bold, _ => Style::Code };
            let text = RichText { spans: pieces.iter().map(|(text, n)| Span { text: text.clone(), style: style(*n) }).collect() };
            let made = parts(&text, max);
            let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let all: String = made.iter().map(|words| squeeze(&words.text)).collect();
            proptest::prop_assert_eq!(all, squeeze(&text.plain()));
            for words in made {
                let code_units: Vec<u16> = words.text.encode_utf16().collect();
                proptest::prop_assert!(!code_units.is_empty() && code_units.len() <= max);
                proptest::prop_assert_eq!(words.text.trim(), words.text.as_str());
                for entity in words.entities {
                    let covered = String::from_utf16(&code_units[entity.offset..entity.offset + entity.length]).unwrap();
                    proptest::prop_assert!(!covered.is_empty() && covered.trim() == covered);
                }
            }
        }
    }
}
