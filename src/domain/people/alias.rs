//! Names that people choose: cleaned, told apart by their folded form, never the bot's.

use unicode_security::confusable_detection::skeleton;

use crate::domain::words::{NAME_CHARS_MAX, clean_name, fold};

/// The bot's own name.
pub const BOT_NAME: &str = "entraide";

/// Why a name cannot be had.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Nothing of it can be seen.
    Empty,
    /// It looks like the bot.
    LooksLikeBot,
}

/// The form in which two aliases are the same: letters and digits alone, folded; the folded name itself where it has none (🌸).
pub fn key(name: &str) -> String {
    let folded = fold(name);
    let plain: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    if plain.is_empty() { folded.trim().to_owned() } else { plain }
}

/// What a name looks like: two aliases that can be mistaken for each other have the same look (UTS 39, of the letters as they
/// were typed and of the small ones; with `I`, `l` and `1` taken for one).
pub fn look(name: &str) -> String {
    let typed: String = skeleton(name).collect();
    let small = key(&typed);
    skeleton(&small).flat_map(char::to_lowercase).map(|c| if matches!(c, 'i' | '1' | '|' | 'ı') { 'l' } else { c }).collect()
}

/// The name that was typed, as it can be kept.
pub fn read(typed: &str) -> Result<String, Fault> {
    let name = clean_name(typed.trim().trim_start_matches('@'));
    if key(&name).is_empty() {
        return Err(Fault::Empty);
    }
    if looks_like_bot(&name) {
        return Err(Fault::LooksLikeBot);
    }
    Ok(name)
}

/// The alias to try first for who joins under the shown name `name`: as it is where it will do, otherwise a plain word.
pub fn first(name: &str, otherwise: &str) -> String {
    read(name).unwrap_or_else(|_| otherwise.to_owned())
}

/// `name` itself, then with 2, 3, … at its end; the first that nobody has is taken.
pub fn candidates(name: &str) -> impl Iterator<Item = String> + '_ {
    std::iter::once(name.to_owned()).chain((2_u32..).map(move |n| {
        let number = n.to_string();
        let room = NAME_CHARS_MAX.saturating_sub(number.len());
        format!("{}{number}", name.chars().take(room).collect::<String>().trim_end())
    }))
}

/// Letters that imitate others are read as those that they imitate.
fn looks_like_bot(name: &str) -> bool {
    let plain: String = key(name).chars().map(latin).collect();
    plain.contains(BOT_NAME) || plain == "bot" || plain == "robot"
}

/// The Latin letter that a Cyrillic or Greek letter or a digit looks like.
fn latin(c: char) -> char {
    match c {
        'е' | 'ε' | '3' => 'e',
        'п' | 'η' => 'n',
        'т' | 'τ' => 't',
        'г' => 'r',
        'а' | 'α' | '4' => 'a',
        'і' | 'ι' | '1' | 'l' | '|' | 'ı' => 'i',
        'ԁ' => 'd',
        'о' | 'ο' | '0' => 'o',
        'в' | 'β' => 'b',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned_or_refused() {
        for (typed, expected) in [
            ("Nadia", Ok("Nadia")),
            (" @Nadia \u{202E}", Ok("Nadia")),
            ("Nadia  B", Ok("Nadia B")),
            ("🌸", Ok("🌸")),
            ("", Err(Fault::Empty)),
            ("@", Err(Fault::Empty)),
            ("\u{200B}\u{2066}", Err(Fault::Empty)),
            ("Entraide", Err(Fault::LooksLikeBot)),
            ("entr-aide bot", Err(Fault::LooksLikeBot)),
            ("Entrаidе", Err(Fault::LooksLikeBot)),
            ("Bot", Err(Fault::LooksLikeBot)),
            ("Abbot", Ok("Abbot")),
        ] {
            assert_eq!(read(typed), expected.map(str::to_owned), "{typed:?}");
        }
    }

    #[test]
    fn two_names_are_the_same_by_their_folded_form() {
        for (a, b, same) in [
            ("Nadia", "nadia", true),
            ("Élodie", "elodie", true),
            ("Nadia Ben", "nadia_ben", true),
            ("Ｎadia", "Nadia", true),
            ("Nadia", "Nadja", false),
            ("🌸", "🌻", false),
        ] {
            assert_eq!(key(a) == key(b), same, "{a} {b}");
        }
    }

    #[test]
    fn names_that_can_be_mistaken_look_the_same() {
        for (a, b, same) in [
            ("Sam", "Ѕаm", true),
            ("Sam", "Sаm", true),
            ("Sam", "Sarn", true),
            ("Lila", "LiIa", true),
            ("Lou", "L0u", true),
            ("Nadia", "Νadіа", true),
            ("Élodie", "Elodie", true),
            ("Sam", "Sam2", false),
            ("Sam2", "Sam3", false),
            ("Awa", "Eva", false),
            ("نور", "نور", true),
            ("نور", "نورا", false),
            ("🌸", "🌻", false),
        ] {
            assert_eq!(look(a) == look(b), same, "{a} {b}: {} {}", look(a), look(b));
        }
        assert_eq!(look(&look("Sam")), look("Sam"), "the look of a look is itself");
    }

    #[test]
    fn a_name_written_from_right_to_left_is_one_and_an_emoji_too() {
        for (typed, expected) in
            [("نور", "نور"), ("\u{202E}נועה\u{202C}", "נועה"), ("\u{2067}Sam\u{2069}", "Sam"), ("👩\u{200D}🚀", "👩🚀"), ("❤️", "❤️")]
        {
            assert_eq!(read(typed), Ok(expected.to_owned()), "{typed:?}");
        }
    }

    #[test]
    fn a_number_is_appended_within_the_length() {
        assert_eq!(candidates("Sam").take(3).collect::<Vec<_>>(), ["Sam", "Sam2", "Sam3"]);
        let long = "é".repeat(NAME_CHARS_MAX);
        assert!(candidates(&long).take(120).all(|name| name.chars().count() <= NAME_CHARS_MAX));
        assert_eq!(first("", "Membre"), "Membre");
    }
}
