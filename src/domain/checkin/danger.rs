//! Words of danger written to the bot: a short list of plain statements in both languages. Nothing is assessed, nothing is stored.

use std::{collections::HashMap, sync::LazyLock};

use crate::domain::words::fold;

/// Stretches of words, folded, apostrophes and punctuation as blanks. Each says danger by itself:
/// a text about the subject ("le suicide de mon frère") is not among them.
#[rustfmt::skip]
const SAID: &[&str] = &[
    // French
    "me suicider", "veux mourir", "voudrais mourir", "vais mourir ce soir", "envie de mourir", "besoin de mourir", "pense a mourir",
    "veux en finir", "vais en finir", "envie d en finir", "en finir avec la vie", "fin a mes jours", "fin a ma vie",
    "vais me tuer", "veux me tuer", "envie de me tuer", "me tuer ce soir", "vais me pendre", "veux me pendre", "envie de me pendre",
    "m ouvrir les veines", "me couper les veines", "me tailler les veines", "me foutre en l air", "me supprimer", "me jeter sous un train",
    "me jeter par la fenetre", "me jeter d un pont", "plus envie de vivre", "veux plus vivre", "marre de vivre", "fatigue de vivre", "fatiguee de vivre",
    "serais mieux mort", "serais mieux morte", "voudrais etre mort", "voudrais etre morte", "prefererais etre mort", "prefererais etre morte",
    "serait mieux sans moi", "seraient mieux sans moi", "suis suicidaire", "idees suicidaires", "pensees suicidaires", "envies suicidaires",
    "pense au suicide", "pense a me faire du mal", "veux me faire du mal", "vais me faire du mal", "envie de me faire du mal",
    "jveux mourir", "jvais me tuer", "jveux me tuer", "il va me tuer", "elle va me tuer", "ils vont me tuer", "suis en danger",
    // English
    "kill myself", "killing myself", "want to die", "wanna die", "wants to die tonight", "end my life", "ending my life", "take my own life",
    "taking my own life", "take my life", "end it all", "i m suicidal", "i am suicidal", "im suicidal", "suicidal thoughts", "feel suicidal", "feeling suicidal",
    "don t want to live", "dont want to live", "do not want to live", "don t want to be alive", "dont want to be alive", "no reason to live",
    "better off dead", "better off without me", "wish i was dead", "wish i were dead", "hang myself", "cut my wrists", "slit my wrists",
    "hurt myself", "hurting myself", "harm myself", "harming myself", "commit suicide", "thinking about suicide", "thinking of suicide",
    "i am in danger", "i m in danger", "im in danger", "going to kill me", "gonna kill me",
];

/// Whole messages that say it in one word or two.
const ALONE: &[&str] = &["suicide", "le suicide", "mourir", "suicider", "suicidaire", "suicidal", "in danger", "en danger", "danger"];

/// Whether the text says plainly that somebody is in danger.
pub fn danger(text: &str) -> bool {
    let mut words = String::from(" ");
    for c in fold(text).chars() {
        if c.is_alphanumeric() {
            words.push(c);
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    ALONE.contains(&words.trim()) || words.match_indices(' ').any(|(at, _)| begins(&words[at + 1..]))
}

/// What was said, by its first word: every message is looked through.
static BY_FIRST_WORD: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut by_first_word: HashMap<&str, Vec<&str>> = HashMap::new();
    for said in SAID {
        by_first_word.entry(first_word(said)).or_default().push(said);
    }
    by_first_word
});

fn first_word(words: &str) -> &str {
    words.split(' ').next().unwrap_or_default()
}

/// Whether `words` begin with something that says danger, up to the bound of a word.
fn begins(words: &str) -> bool {
    let known = BY_FIRST_WORD.get(first_word(words)).into_iter().flatten();
    known.filter_map(|said| words.strip_prefix(said)).any(|rest| rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_statements_are_heard_and_ordinary_ones_are_not() {
        for (text, expected) in [
            ("je veux mourir", true),
            ("Je veux MOURIR.", true),
            ("j’ai envie d’en finir", true),
            ("J'ai plus envie de vivre…", true),
            ("je pense à me suicider ce soir", true),
            ("mettre fin à mes jours", true),
            ("mon mari dit qu’il va me tuer", true),
            ("I want to die", true),
            ("I don't want to live anymore", true),
            ("I’m suicidal", true),
            ("suicide", true),
            ("ÇA VA : je vais me tuer", true),
            ("", false),
            ("je veux dormir", false),
            ("le travail me tue", false),
            ("je meurs de faim", false),
            ("mort de rire", false),
            ("le suicide de mon frère, il y a dix ans", false),
            ("je ne veux pas mourir idiot", false),
            ("dying to see you", false),
            ("that killed me", false),
            ("bonjour", false),
            ("endormir", false),
        ] {
            assert_eq!(danger(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_list_is_written_in_the_form_in_which_it_is_compared() {
        for said in SAID.iter().chain(ALONE) {
            assert!(danger(&format!("x {said} y")) || ALONE.contains(said), "{said}");
            assert_eq!(fold(said), **said);
            assert!(said.chars().all(|c| c.is_alphanumeric() || c == ' '), "{said}");
        }
    }
}
