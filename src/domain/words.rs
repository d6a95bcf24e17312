//! Reading what people type: cleaning, folding, splitting into words, whole numbers.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::event::{AccountAddress, Mention};

/// The longest text that is read, in bytes.
pub const TEXT_BYTES_MAX: usize = 4096;

/// The longest name that is kept, in characters.
pub const NAME_CHARS_MAX: usize = 40;

/// Whether a character is invisible, turns the line around, or controls a terminal.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// A name without hidden characters and runs of blanks, at most [`NAME_CHARS_MAX`] characters; may come out empty.
pub fn clean_name(name: &str) -> String {
    let visible: String = name.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_hidden(*c)).collect();
    let single: Vec<&str> = visible.split_whitespace().collect();
    single.join(" ").chars().take(NAME_CHARS_MAX).collect::<String>().trim_end().to_owned()
}

/// A text without hidden characters except line breaks, at most [`TEXT_BYTES_MAX`] bytes.
pub fn clean_text(text: &str) -> String {
    let visible: String = text.chars().filter(|c| *c == '\n' || !is_hidden(*c)).collect();
    cut(&visible, TEXT_BYTES_MAX).trim().to_owned()
}

/// The longest prefix of at most `bytes_max` bytes that ends at a character.
pub fn cut(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max)]
}

/// For comparing: compatibility forms, without accents, in lower case, digits of any script as 0–9.
pub fn fold(word: &str) -> String {
    word.nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_hidden(*c))
        .flat_map(char::to_lowercase)
        .map(|c| digit(c).map_or(c, |d| char::from(b'0' + d)))
        .collect()
}

/// The value of a decimal digit of the scripts that our users' phones type.
fn digit(c: char) -> Option<u8> {
    const ZEROS: [u32; 6] = [0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0xFF10];
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|d| *d < 10))?;
    u8::try_from(value).ok()
}

/// Why a word is not a whole number that one can use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NumberFault {
    /// No number at all.
    NotANumber,
    /// A number, but not a whole one in plain digits (`2,5`, `1e9`).
    NotWhole,
    /// Below zero.
    Negative,
    /// More digits than anything here can have.
    TooLarge,
}

/// The whole number that a word writes, in digits of any script.
pub fn whole_number(word: &str) -> Result<i64, NumberFault> {
    let word = fold(word.trim());
    let (negative, digits) = match word.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, word.strip_prefix('+').unwrap_or(&word)),
    };
    if digits.is_empty() || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(NumberFault::NotANumber);
    }
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        let numeric = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | 'e' | '+' | '-'));
        return Err(if numeric { NumberFault::NotWhole } else { NumberFault::NotANumber });
    }
    if negative {
        return Err(NumberFault::Negative);
    }
    digits.parse().map_err(|_| NumberFault::TooLarge)
}

/// One word of a command, or a quoted stretch, with what the platform said about it.
#[derive(Clone, PartialEq, Debug)]
pub struct Word {
    /// Without its quotation marks.
    pub text: String,
    /// It was quoted.
    pub quoted: bool,
    /// Where it begins in the text.
    pub start: usize,
    /// One past where it ends in the text.
    pub end: usize,
    /// The account that it names, where the platform says so.
    pub account: Option<AccountAddress>,
    /// It names the bot itself.
    pub is_bot: bool,
}

/// Splits a text into words; what stands between `"…"`, `“…”` or `«…»` is one, and so is a mention.
pub fn split_words(text: &str, mentions: &[Mention]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let word = word_at(text, at, c, mentions);
        at = word.end;
        words.push(word);
    }
    words
}

/// The word that begins at byte `at` with the character `first`.
fn word_at(text: &str, at: usize, first: char, mentions: &[Mention]) -> Word {
    let plain = |end: usize| Word { text: text[at..end].to_owned(), quoted: false, start: at, end, account: None, is_bot: false };
    if let Some(m) = mentions.iter().find(|m| m.start == at && m.end > at && text.is_char_boundary(m.end)) {
        return Word { account: Some(m.account.clone()), is_bot: m.is_bot, ..plain(m.end) };
    }
    let closing = match first {
        '"' => Some('"'),
        '“' | '„' => Some('”'),
        '«' => Some('»'),
        _ => None,
    };
    if let Some(closing) = closing {
        let inside = at + first.len_utf8();
        if let Some(len) = text[inside..].find(closing) {
            let end = inside + len + closing.len_utf8();
            return Word { text: text[inside..inside + len].trim().to_owned(), quoted: true, ..plain(end) };
        }
    }
    // `fund:"ville de Lyon"` is a key and what it opens.
    let opens = |colon: usize| text[colon..].starts_with([':']) && text[colon + 1..].starts_with(['"', '“', '„', '«']);
    let ends = |(n, c): (usize, char)| (c.is_whitespace().then_some(at + n)).or_else(|| opens(at + n).then_some(at + n + 1));
    plain(text[at..].char_indices().find_map(ends).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        for (typed, expected) in [
            ("3", Ok(3)),
            ("+3", Ok(3)),
            ("٣", Ok(3)),
            ("１２", Ok(12)),
            ("-3", Err(NumberFault::Negative)),
            ("2,5", Err(NumberFault::NotWhole)),
            ("2.5", Err(NumberFault::NotWhole)),
            ("1e9", Err(NumberFault::NotWhole)),
            ("99999999999999999999", Err(NumberFault::TooLarge)),
            ("trois", Err(NumberFault::NotANumber)),
            ("3x", Err(NumberFault::NotANumber)),
            ("", Err(NumberFault::NotANumber)),
            ("-", Err(NumberFault::NotANumber)),
        ] {
            assert_eq!(whole_number(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn names_lose_what_hides_in_them() {
        assert_eq!(clean_name("\u{202E}Sam\u{200B}  le\tgrand\u{7}"), "Sam le grand");
        assert_eq!(clean_name("\u{200B}\u{2066}"), "");
        assert_eq!(clean_name(&"é".repeat(100)).chars().count(), NAME_CHARS_MAX);
    }

    #[test]
    fn words_and_quotes() {
        let texts = |text: &str| split_words(text, &[]).into_iter().map(|w| w.text).collect::<Vec<_>>();
        assert_eq!(texts("\"Cercle du mardi\" mar 18h"), ["Cercle du mardi", "mar", "18h"]);
        assert_eq!(texts("« Cercle » x"), ["Cercle", "x"]);
        assert_eq!(texts("“a b” c"), ["a b", "c"]);
        assert_eq!(texts("\"open end"), ["\"open", "end"]);
        assert_eq!(texts("fonds:\"ville de Lyon\" lien:https://x"), ["fonds:", "ville de Lyon", "lien:https://x"]);
        assert_eq!(texts("   "), Vec::<String>::new());
    }

    #[test]
    fn a_mention_is_one_word() {
        let account = AccountAddress { platform: super::super::event::Platform::Telegram, id: "7".into() };
        let mention = Mention { start: 0, end: 9, account: account.clone(), is_bot: false };
        let words = split_words("Sam Weber 3", &[mention]);
        assert_eq!(words.len(), 2);
        assert_eq!((words[0].text.as_str(), &words[0].account), ("Sam Weber", &Some(account)));
    }
}
