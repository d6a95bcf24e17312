//! What a text means: a command with its words, an answer by number, plain words; decided without looking anything up.

use serde::{Deserialize, Serialize};

use super::{
    command::Command,
    event::{AccountAddress, Mention, Said},
    words::{TEXT_BYTES_MAX, Word, clean_name, cut, fold, split_words, whole_number},
};

/// A command as it was typed or pressed.
#[derive(Clone, PartialEq, Debug)]
pub struct Call {
    /// Which.
    pub command: Command,
    /// What stands after the command word, as typed.
    pub rest: String,
    /// The words of `rest`; their places are bytes of `rest`.
    pub words: Vec<Word>,
    /// The author of the message that this one answers.
    pub reply_to: Option<Named>,
    /// The words of that message, where the platform gives them.
    pub replied: Option<String>,
}

/// A person as somebody named them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Named {
    /// As typed, without the `@`; answers use this and no other name.
    pub typed: String,
    /// The account, where the platform said which.
    pub account: Option<AccountAddress>,
    /// It is the bot.
    pub is_bot: bool,
    /// It was typed after an `@`: a user name before it is an alias.
    #[serde(default)]
    pub marked: bool,
}

/// What was heard.
#[derive(Clone, PartialEq, Debug)]
pub enum Heard {
    /// A command.
    Command(Call),
    /// Something marked as a command that is none; perhaps close to one.
    Unknown {
        /// As typed.
        word: String,
        /// What it may have meant.
        close: Option<Command>,
    },
    /// The number of a choice (from 1).
    Choice(usize),
    /// Words to the bot that are no command.
    Words(String),
    /// Conversation that is not for the bot.
    Nothing,
}

/// How the text begins.
struct Opening<'a> {
    marked: bool,
    body: &'a str,
    offset: usize,
}

impl Call {
    /// A command with what would be typed after it.
    pub fn new(command: Command, rest: &str) -> Self {
        Self { command, words: split_words(rest, &[]), rest: rest.to_owned(), reply_to: None, replied: None }
    }

    /// What stands from word `n` on, as typed.
    pub fn rest_from(&self, n: usize) -> &str {
        self.words.get(n).map_or("", |word| self.rest[word.start..].trim())
    }
}

impl Named {
    /// The person whom this word names: a mention that the platform knows, or a name typed after an `@`.
    pub fn from_word(word: &Word) -> Option<Self> {
        let typed = word.text.strip_prefix('@').unwrap_or(&word.text);
        let marked = word.text.starts_with('@');
        let named = word.account.is_some() || word.is_bot || (marked && !typed.is_empty());
        named.then(|| Self { typed: typed.to_owned(), account: word.account.clone(), is_bot: word.is_bot, marked })
    }

    /// Somebody by the name that was typed without any sign.
    pub fn bare(typed: &str) -> Self {
        Self { typed: typed.to_owned(), account: None, is_bot: false, marked: false }
    }

    /// Without hidden characters and the punctuation that clings to a name.
    #[must_use]
    pub fn cleaned(self) -> Self {
        let typed = clean_name(&self.typed).trim_end_matches([',', ';', ':']).to_owned();
        Self { typed, ..self }
    }
}

/// Decides what `said` means. `direct` rooms need no sign before a command; there and after a mention unknown words are words to the bot.
pub fn hear(said: &Said) -> Heard {
    let text = cut(&said.text, TEXT_BYTES_MAX);
    let to_bot = said.room.direct || said.addressed;
    let opening = open(text);
    let word = opening.body.split(char::is_whitespace).next().unwrap_or_default();
    if opening.body.is_empty() {
        return if to_bot && !opening.marked { Heard::Words(String::new()) } else { Heard::Nothing };
    }
    if let Ok(number) = whole_number(opening.body)
        && (to_bot || opening.marked)
    {
        return Heard::Choice(usize::try_from(number).unwrap_or(usize::MAX));
    }
    if !opening.marked && !to_bot {
        return Heard::Nothing;
    }
    // Before the commands: "help me" asks for more than the menu.
    if let Some(command) = plain_words(opening.body) {
        return Heard::Command(Call::new(command, ""));
    }
    // Without a sign, a word that is no command yet is an ordinary word; and "merci" to the bot is just that, unless it names somebody.
    let names = || opening.body[word.len()..].trim_start().starts_with('@');
    let meant = |command: &Command| opening.marked || (command.spec().built && (*command != Command::Thanks || names()));
    if let Some(command) = Command::from_word(word).filter(meant) {
        return Heard::Command(call(command, said, opening.offset + word.len(), text));
    }
    match (opening.marked, Command::close_to(word)) {
        (true, close) if to_bot || close.is_some() => Heard::Unknown { word: word.to_owned(), close },
        (true, _) => Heard::Nothing,
        (false, _) => Heard::Words(text.trim().to_owned()),
    }
}

fn open(text: &str) -> Opening<'_> {
    let trimmed = text.trim_start();
    let body = trimmed.strip_prefix(['/', '!']).unwrap_or(trimmed);
    Opening { marked: body.len() < trimmed.len(), body, offset: text.len() - body.len() }
}

fn call(command: Command, said: &Said, from: usize, text: &str) -> Call {
    let rest_start = from + (text[from..].len() - text[from..].trim_start().len());
    let rest = text[rest_start..].trim_end().to_owned();
    let mentions: Vec<Mention> = said
        .mentions
        .iter()
        .filter(|m| m.start >= rest_start && m.end <= rest_start + rest.len())
        .map(|m| Mention { start: m.start - rest_start, end: m.end - rest_start, ..m.clone() })
        .collect();
    let reply_to = said.reply_to.as_ref().and_then(|reply| {
        let author = reply.author.as_ref()?;
        let typed = author.user_name.clone().or_else(|| author.display_name.clone()).unwrap_or_default();
        Some(Named { typed, account: Some(author.account.clone()), is_bot: reply.is_bot, marked: false })
    });
    let replied = said.reply_to.as_ref().and_then(|reply| reply.text.clone());
    Call { command, words: split_words(&rest, &mentions), rest, reply_to, replied }
}

/// Whole messages in plain words that open the right buttons.
fn plain_words(text: &str) -> Option<Command> {
    const CRISIS: [&str; 15] = [
        "au secours",
        "a l'aide",
        "a l aide",
        "aide moi",
        "aide-moi",
        "aidez moi",
        "aidez-moi",
        "j'ai besoin d'aide",
        "besoin d'aide",
        "help me",
        "please help",
        "please help me",
        "i need help",
        "need help",
        "emergency",
    ];
    const HELLO: [&str; 9] = ["bonjour", "bonsoir", "salut", "coucou", "hello", "hi", "hey", "good morning", "good evening"];
    let folded = fold(text).replace('\u{2019}', "'");
    let plain = folded.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
    if CRISIS.contains(&plain) {
        Some(Command::Sos)
    } else if HELLO.contains(&plain) {
        Some(Command::Menu)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{MessageRef, Platform, RoomAddress, SaidKind};

    fn said(text: &str, direct: bool, addressed: bool) -> Said {
        Said {
            room: RoomAddress { platform: Platform::Terminal, id: "group".into(), direct },
            sender: None,
            message: MessageRef("1".into()),
            text: text.into(),
            mentions: vec![],
            reply_to: None,
            addressed,
            sender_is_admin: false,
            kind: SaidKind::Text,
            ephemeral_context: None,
        }
    }

    fn check(text: &str, direct: bool, addressed: bool, expected: &str) {
        let heard = match hear(&said(text, direct, addressed)) {
            Heard::Command(call) => format!("{} [{}]", call.command.name(), call.rest),
            Heard::Unknown { word, close } => format!("? {word} {}", close.map_or("-", Command::name)),
            Heard::Choice(n) => format!("#{n}"),
            Heard::Words(text) => format!("words {text}"),
            Heard::Nothing => "-".into(),
        };
        assert_eq!(heard, expected, "{text:?} direct={direct} addressed={addressed}");
    }

    #[test]
    fn what_is_heard_in_a_group() {
        check("/donner @Sam 3", false, false, "give [@Sam 3]");
        check("!GIVE  @Sam 3 ", false, false, "give [@Sam 3]");
        check("  /cava 2 dur", false, false, "checkin [2 dur]");
        check("bonjour à tous", false, false, "-");
        check("je vais donner 3", false, false, "-");
        check("/nuageux", false, false, "-");
        check("/resever 12", false, false, "? resever book");
        check("/", false, false, "-");
        check("2", false, false, "-");
        check("!2", false, false, "#2");
        check("solde", false, true, "credits []");
        check("/nuageux", false, true, "? nuageux -");
        check("tu es là ?", false, true, "words tu es là ?");
    }

    #[test]
    fn what_is_heard_in_a_direct_room() {
        check("solde", true, false, "credits []");
        check("2", true, false, "#2");
        check("٢", true, false, "#2");
        check("Au secours !", true, false, "sos []");
        check("à l’aide", true, false, "sos []");
        check("help me", true, false, "sos []");
        check("Aidez-moi !", true, false, "sos []");
        check("J’ai besoin d’aide", true, false, "sos []");
        check("help", true, false, "menu []");
        check("Bonjour", true, false, "menu []");
        check("merci beaucoup", true, false, "words merci beaucoup");
        check("merci", true, false, "words merci");
        check("merci @Sam", true, false, "thanks [@Sam]");
        check("/merci @Sam", true, false, "thanks [@Sam]");
        check("/merci Sam", true, false, "thanks [Sam]");
        check("je ne sais plus", true, false, "words je ne sais plus");
        check("/nuageux", true, false, "? nuageux -");
        check("", true, false, "words ");
    }

    #[test]
    fn only_four_kib_are_read() {
        let long = format!("/cava 2 {}", "é".repeat(5000));
        let Heard::Command(call) = hear(&said(&long, true, false)) else { panic!("a command") };
        assert!(call.rest.len() <= TEXT_BYTES_MAX);
    }
}
