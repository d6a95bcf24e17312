//! A typed text: who is named in it, and what of it is only there to reach the bot.

use super::super::{Me, account, wire::Entity};
use crate::domain::{
    event::Mention,
    words::{TEXT_BYTES_MAX, cut},
};

/// A text without what only addresses the bot.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) text: String,
    /// In bytes of `text`.
    pub(super) mentions: Vec<Mention>,
    /// It began with a mention of the bot, or with a command marked as the bot's.
    pub(super) addressed: bool,
}

/// Reads a text; `None` where it is a command for another bot.
pub(super) fn read(text: &str, entities: &[Entity], me: &Me) -> Option<Typed> {
    let mentions = entities.iter().filter_map(|entity| mention(text, entity, me)).collect();
    let mut typed = Typed { text: text.to_owned(), mentions, addressed: false };
    typed.cut_address(me);
    typed.cut_suffix(me)?;
    typed.cut_length();
    Some(typed)
}

fn mention(text: &str, entity: &Entity, me: &Me) -> Option<Mention> {
    let (start, end) = bytes(text, entity)?;
    let id = match (entity.kind.as_str(), &entity.user) {
        ("text_mention", Some(user)) => user.id,
        ("mention", _) if is_me(text[start..end].strip_prefix('@')?, me) => me.id,
        _ => return None,
    };
    Some(Mention { start, end, account: account(id), is_bot: id == me.id })
}

/// The bytes that an entity covers; `None` where it points outside or into the middle of a character.
fn bytes(text: &str, entity: &Entity) -> Option<(usize, usize)> {
    let start = byte(text, entity.offset)?;
    let end = byte(text, entity.offset.checked_add(entity.length)?)?;
    (start < end).then_some((start, end))
}

/// The byte at which the UTF-16 code unit `unit` stands.
fn byte(text: &str, unit: usize) -> Option<usize> {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= unit {
            return (units == unit).then_some(at);
        }
        units += c.len_utf16();
    }
    (units == unit).then_some(text.len())
}

fn is_me(name: &str, me: &Me) -> bool {
    name.eq_ignore_ascii_case(&me.user_name)
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

impl Typed {
    /// `@bot, do this` is `do this`, said to the bot.
    fn cut_address(&mut self, me: &Me) {
        let start = self.text.len() - self.text.trim_start().len();
        let named = self.mentions.iter().find(|mention| mention.is_bot && mention.start == start).map(|mention| mention.end);
        let Some(end) = named.or_else(|| address(&self.text, start, me)) else { return };
        let rest = self.text[end..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';'));
        let end = self.text.len() - rest.len();
        self.remove(0, end);
        self.addressed = true;
    }

    /// `/menu@bot` is `/menu`, said to the bot; for another bot it is nothing.
    fn cut_suffix(&mut self, me: &Me) -> Option<()> {
        let start = self.text.len() - self.text.trim_start().len();
        let word_end = self.text[start..].find(char::is_whitespace).map_or(self.text.len(), |len| start + len);
        let word = &self.text[start..word_end];
        if !word.starts_with(['/', '!']) {
            return Some(());
        }
        let Some((command, name)) = word.split_once('@') else { return Some(()) };
        if is_me(name, me) {
            let from = start + command.len();
            self.remove(from, word_end);
            self.addressed = true;
        } else if name.to_ascii_lowercase().ends_with("bot") && name.chars().all(is_name_char) {
            return None;
        }
        Some(())
    }

    fn cut_length(&mut self) {
        let len = cut(&self.text, TEXT_BYTES_MAX).len();
        self.text.truncate(len);
        self.mentions.retain(|mention| mention.end <= len);
    }

    /// Takes these bytes out; mentions within go, those behind move.
    fn remove(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.mentions.retain(|mention| mention.end <= from || mention.start >= to);
        for mention in self.mentions.iter_mut().filter(|mention| mention.start >= to) {
            mention.start -= to - from;
            mention.end -= to - from;
        }
    }
}

/// Where a mention of the bot that stands at `start` ends, although Telegram did not mark it as one.
fn address(text: &str, start: usize, me: &Me) -> Option<usize> {
    let rest = text[start..].strip_prefix('@')?;
    let name = &rest[..rest.find(|c| !is_name_char(c)).unwrap_or(rest.len())];
    is_me(name, me).then_some(start + 1 + name.len())
}
