//! What a lock screen may show of a private message: its first line, and nothing in that of mood, amount, title, name or crisis.
//!
//! Whatever a feature writes and an operator overrides, a first line that would show such a thing gets a neutral one above it.

use super::{Reader, Texts, markup};
use crate::domain::{
    message::{Msg, Value},
    words::fold,
};

/// Words that tell too much, folded, by language: `suicid*` stands for all that begins so. They count in every language,
/// because people mix them.
pub const TELLING: &[(&str, &[&str])] = &[
    (
        "fr",
        &[
            "suicid*", "mourir", "mort", "morte", "tuer", "danger*", "urgence*", "crise*", "souffr*", "violen*", "viol", "viols",
            "depress*", "deprim*", "angoiss*", "trist*", "desesp*", "mal", "humeur*", "sante", "malad*", "therap*", "psy*", "dette*",
            "ecoute", "addict*", "alcool*", "drogu*", "sos",
        ],
    ),
    (
        "en",
        &[
            "suicid*",
            "die",
            "dying",
            "death",
            "dead",
            "kill*",
            "danger*",
            "emergenc*",
            "crisis",
            "crises",
            "suffer*",
            "violen*",
            "rape*",
            "depress*",
            "anxi*",
            "sad*",
            "desper*",
            "bad",
            "mood*",
            "health",
            "ill",
            "illness*",
            "therap*",
            "psych*",
            "debt*",
            "listening",
            "addict*",
            "alcohol*",
            "drug*",
            "sos",
        ],
    ),
];

/// Signs that tell as much as words: the faces of a check-in, and the call for help.
const TELLING_SIGNS: &[char] = &['😞', '🙁', '😐', '🙂', '😊', '🆘'];

impl Texts {
    /// Whether a private message may begin with `msg`: its first line is the same whoever it is about, and has no telling word.
    pub fn is_fit_for_a_lock_screen(&self, msg: &Msg, reader: &Reader) -> bool {
        let shown = self.first_line(msg, reader);
        shown == self.first_line(&of_somebody_else(msg), reader) && !tells(&shown)
    }

    fn first_line(&self, msg: &Msg, reader: &Reader) -> String {
        markup::parse(&self.marked(msg, reader)).plain().lines().next().unwrap_or_default().to_owned()
    }
}

/// Whether a line has a word or a sign that tells too much.
pub fn tells(line: &str) -> bool {
    let folded = fold(line);
    let telling = |word: &str| {
        TELLING.iter().flat_map(|(_, words)| *words).any(|known| match known.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => word == *known,
        })
    };
    line.contains(TELLING_SIGNS) || folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).any(telling)
}

/// The same message with other values: where its first line is another then, it shows one of them.
fn of_somebody_else(msg: &Msg) -> Msg {
    Msg { id: msg.id.clone(), args: msg.args.iter().map(|(name, value)| (name.clone(), another(value))).collect() }
}

/// A value that looks different wherever it is shown; times, places of the world and commands tell nothing of anybody and stay.
fn another(value: &Value) -> Value {
    match value {
        Value::Moment(_)
        | Value::MomentIn(..)
        | Value::Clock(_)
        | Value::Day(_)
        | Value::Month(_)
        | Value::Minutes(_)
        | Value::Command(_)
        | Value::Platform
        | Value::Language(_)
        | Value::Country(_) => value.clone(),
        Value::Number(number) => Value::Number(number.saturating_add(1)),
        Value::Text(text) => Value::Text(format!("·{text}")),
        Value::Names(_)
        | Value::Lines(_)
        | Value::LinesInFull(_)
        | Value::OtherLines(_)
        | Value::Link(_)
        | Value::Msg(_)
        | Value::Msgs(_)
        | Value::Guarded(..) => Value::Text("·".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{event::Platform, message::Content, time::Zone},
        text::Seen,
    };

    fn reader(language: &str, seen: Seen) -> Reader {
        Reader { language: language.into(), zone: Zone::PARIS, platform: Platform::Telegram, command_sign: '/', seen }
    }

    /// What a reader of French sees of a message in private.
    fn first(msg: Msg) -> String {
        let rendered = Texts::embedded().render(&Content::from(msg), &reader("fr", Seen::InPrivate));
        rendered.text.plain().lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_first_line_that_shows_a_value_gets_a_neutral_one_above_it() {
        let above = "Un message pour vous.";
        assert_eq!(first(Msg::new("credits-gift-received").with("name", "Sam").with("amount", 3)), above);
        assert_eq!(first(Msg::new("session-link").with("link", Value::Link("https://a.example".into()))), above);
        assert_eq!(first(Msg::new("checkin-kept-what").with("what", Msg::new("common-yes"))), above);
        assert_eq!(first(Msg::new("people-rules-own").with("text", "Sam est là")), above);
        assert_eq!(first(Msg::new("people-rules-own").with("text", "")), above);
        let in_the_group = Texts::embedded().render(&Msg::new("people-rules-own").with("text", "Sam").into(), &reader("fr", Seen::ByAll));
        assert_eq!(in_the_group.text.plain(), "Sam");
    }

    #[test]
    fn values_below_the_first_line_and_values_of_nobody_change_nothing() {
        let kept =
            Msg::new("care-booked").with("title", "Cercle").with("when", Value::Moment(crate::domain::time::Timestamp::from_micros(0)));
        assert_eq!(first(kept), "Votre place est réservée\u{a0}:");
        assert_eq!(first(Msg::new("people-country-now").with("country", Value::Country("FR".into()))), "Votre pays\u{a0}: France.");
        assert_eq!(first(Msg::new("incident").with("code", "7")), "Je n'ai pas réussi. L'erreur vient de moi, pas de vous.");
    }

    #[test]
    fn telling_words_count_in_every_language_and_form() {
        for line in ["Pensées suicidaires", "ÉCOUTE à deux", "Ça va mal.", "Your mood", "In crisis", "😞 Très", "l'urgence", "Depressed"]
        {
            assert!(tells(line), "{line}");
        }
        for line in ["Merci de votre message.", "Comment ça va aujourd'hui ?", "Malgré tout", "It is saved.", "Badge", ""] {
            assert!(!tells(line), "{line}");
        }
        for language in Texts::embedded().languages() {
            assert!(TELLING.iter().any(|(known, words)| *known == language && words.len() > 10), "{language} has no telling words");
        }
    }

    #[test]
    fn an_operators_own_words_are_held_to_it_too() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("fr")).unwrap();
        std::fs::write(dir.path().join("fr/ours.ftl"), "credits-done = Vos dettes sont payées.\n").unwrap();
        let texts = Texts::with_overrides(dir.path()).unwrap();
        let shown = texts.render(&Msg::new("credits-done").into(), &reader("fr", Seen::InPrivate)).text.plain();
        assert_eq!(shown, "Un message pour vous.\nVos dettes sont payées.");
    }
}
