//! A typed text: who is named in it, and what of it is only there to reach the bot or to quote somebody.

use serde_json::Value;

use crate::domain::{
    event::{AccountAddress, Mention, Platform},
    words::{TEXT_BYTES_MAX, cut},
};

/// The bot, as others may name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::platform::matrix) struct Me {
    /// Its full id.
    pub(in crate::platform::matrix) id: String,
    /// What the room shows.
    pub(in crate::platform::matrix) name: Option<String>,
}

impl Me {
    fn local(&self) -> &str {
        self.id.trim_start_matches('@').split(':').next().unwrap_or_default()
    }
}

/// A text without what only addresses the bot.
#[derive(Clone, Debug, Default)]
pub(in crate::platform::matrix) struct Typed {
    pub(in crate::platform::matrix) text: String,
    /// In bytes of `text`.
    pub(in crate::platform::matrix) mentions: Vec<Mention>,
    /// It began with a mention of the bot.
    pub(in crate::platform::matrix) addressed: bool,
}

/// Reads the text of a message.
pub(super) fn read(content: &Value, is_reply: bool, me: &Me) -> Typed {
    let body = content["body"].as_str().unwrap_or_default();
    let text = if is_reply { without_quote(body) } else { body };
    let mut mentions = pills(content["formatted_body"].as_str().unwrap_or_default(), text, me);
    written_ids(text, me, &mut mentions);
    mentions.sort_by_key(|mention| mention.start);
    let mut typed = Typed { text: text.to_owned(), mentions, addressed: false };
    typed.cut_address(me);
    typed.cut_length();
    typed
}

/// Old clients quote in the body what they answer, line by line behind a `>`, and an empty line.
fn without_quote(body: &str) -> &str {
    let mut rest = body;
    while let Some(line) = rest.split_inclusive('\n').next().filter(|line| line.starts_with("> ") || line.trim_end() == ">") {
        rest = &rest[line.len()..];
    }
    if rest.len() == body.len() { body } else { rest.strip_prefix('\n').unwrap_or(rest) }
}

fn mention(start: usize, end: usize, id: String, me: &Me) -> Mention {
    let is_bot = id == me.id;
    Mention { start, end, account: AccountAddress { platform: Platform::Matrix, id }, is_bot }
}

/// The people whom the client marked, as links to them in the HTML; found again in the text by what they are called.
fn pills(html: &str, text: &str, me: &Me) -> Vec<Mention> {
    let (mut mentions, mut from) = (Vec::new(), 0);
    // What is quoted was said by somebody else.
    let html = html.split_once("</mx-reply>").map_or(html, |(_, rest)| rest);
    for link in html.split("<a ").skip(1) {
        let Some((id, name)) = pill(link) else { continue };
        let found = [name.as_str(), id.as_str()].into_iter().filter(|shown| !shown.is_empty()).find_map(|shown| {
            let start = from + text.get(from..)?.find(shown)?;
            Some((start, start + shown.len()))
        });
        if let Some((start, end)) = found {
            // An `@` before the name belongs to it.
            let start = if text[..start].ends_with('@') && start > from { start - 1 } else { start };
            mentions.push(mention(start, end, id, me));
            from = end;
        }
    }
    mentions
}

/// The account and the name of a link's opening and text, where it is a link to an account.
fn pill(link: &str) -> Option<(String, String)> {
    let (tag, rest) = link.split_once('>')?;
    let address = tag.split("href=").nth(1)?;
    let quote = address.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let address = address[1..].split(quote).next()?;
    let name = rest.split_once("</a>")?.0;
    Some((account(&unescape(address))?, unescape(&without_tags(name))))
}

/// The account that an address leads to.
fn account(address: &str) -> Option<String> {
    let id = match address.strip_prefix("https://matrix.to/#/") {
        Some(rest) => percent_decoded(rest.split('?').next()?),
        None => format!("@{}", percent_decoded(address.strip_prefix("matrix:u/")?.split('?').next()?)),
    };
    is_account(&id).then_some(id)
}

fn is_account(id: &str) -> bool {
    let parts = id.strip_prefix('@').and_then(|rest| rest.split_once(':'));
    parts.is_some_and(|(name, server)| {
        !name.is_empty() && !server.is_empty() && !id.contains(['/', '$']) && !id.contains(char::is_whitespace)
    })
}

fn percent_decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn without_tags(html: &str) -> String {
    let (mut out, mut inside) = (String::with_capacity(html.len()), false);
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

/// Full ids that were typed by hand.
fn written_ids(text: &str, me: &Me, mentions: &mut Vec<Mention>) {
    for (start, _) in text.match_indices('@') {
        let before = text[..start].chars().next_back();
        let covered = mentions.iter().any(|mention| mention.start <= start && start < mention.end);
        if covered || before.is_some_and(|c| !c.is_whitespace() && c != '(') {
            continue;
        }
        let word = text[start..].split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')')).next().unwrap_or_default();
        let word = word.trim_end_matches(['.', '!', '?', ':']);
        if is_account(word) {
            mentions.push(mention(start, start + word.len(), word.to_owned(), me));
        }
    }
}

impl Typed {
    /// `@bot, do this` and `Bot: do this` are `do this`, said to the bot.
    fn cut_address(&mut self, me: &Me) {
        let start = self.text.len() - self.text.trim_start().len();
        let named = self.mentions.iter().find(|mention| mention.is_bot && mention.start == start).map(|mention| mention.end);
        let Some(end) = named.or_else(|| address(&self.text, start, me)) else { return };
        let rest = self.text[end..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';'));
        let end = self.text.len() - rest.len();
        self.text.replace_range(..end, "");
        self.mentions.retain(|mention| mention.start >= end);
        for mention in &mut self.mentions {
            mention.start -= end;
            mention.end -= end;
        }
        self.addressed = true;
    }

    fn cut_length(&mut self) {
        let len = cut(&self.text, TEXT_BYTES_MAX).len();
        self.text.truncate(len);
        self.mentions.retain(|mention| mention.end <= len);
    }
}

/// Where the bot's name ends that stands at `start` without being marked: `@bot …`, or `Bot: …` as some clients complete names.
fn address(text: &str, start: usize, me: &Me) -> Option<usize> {
    let rest = &text[start..];
    let names = [Some(me.local()), me.name.as_deref()];
    names.into_iter().flatten().filter(|name| !name.is_empty()).find_map(|name| {
        let after_sign = rest.strip_prefix('@');
        let typed = after_sign.unwrap_or(rest).get(..name.len()).filter(|typed| typed.to_lowercase() == name.to_lowercase())?;
        let end = start + (rest.len() - after_sign.unwrap_or(rest).len()) + typed.len();
        let next = text[end..].chars().next();
        let ends = match after_sign {
            Some(_) => next.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ':' | ';')),
            None => next.is_some_and(|c| matches!(c, ',' | ':')),
        };
        ends.then_some(end)
    })
}
