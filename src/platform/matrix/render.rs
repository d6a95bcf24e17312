//! Our rich text as Matrix takes it: a plain body and an HTML one that say the same; buttons as numbered lines.

use serde_json::{Value, json};

use crate::{
    domain::{
        event::{AccountAddress, Platform},
        message::Press,
    },
    text::rich::{RichText, Span, Style},
};

/// The longest text of one message, in bytes; an event may have 64 KiB with both bodies and its encryption.
const TEXT_BYTES_MAX: usize = 12_000;
/// What the buttons of a message carry, for answers by number that reply to it.
pub(super) const PRESSES: &str = "org.entraide.presses";

/// A message as Matrix takes it.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Words {
    pub(super) plain: String,
    pub(super) html: String,
    /// Whom it names.
    pub(super) mentions: Vec<String>,
}

/// Where a message is read, as far as its words depend on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place<'a> {
    /// In a direct room a bare number is an answer; in a group it needs the sign.
    pub(super) direct: bool,
    /// The bot, to open a direct room with.
    pub(super) me: &'a str,
}

/// A text with its buttons, in as many messages as it takes; never none.
pub(super) fn parts(text: &RichText, buttons: &[(String, Press)], place: Place<'_>) -> Vec<Words> {
    let mut all = Vec::new();
    let mut words = Words::default();
    for span in pieces(text) {
        if words.plain.len() + span.text.len() > TEXT_BYTES_MAX && !words.plain.is_empty() {
            all.push(std::mem::take(&mut words));
        }
        words.add(&span);
    }
    if !buttons.is_empty() && !words.plain.is_empty() {
        words.line_break();
    }
    for ((label, press), number) in buttons.iter().zip(1..) {
        if !words.plain.is_empty() {
            words.line_break();
        }
        words.button(label, press, number, place);
    }
    all.push(words);
    all
}

/// The spans, cut at line breaks where one alone would be too long.
fn pieces(text: &RichText) -> impl Iterator<Item = Span> {
    text.spans.iter().flat_map(|span| {
        let mut cut: Vec<Span> = Vec::new();
        for line in span.text.split_inclusive('\n') {
            match cut.last_mut() {
                Some(last) if last.text.len() + line.len() <= TEXT_BYTES_MAX / 2 => last.text.push_str(line),
                _ => cut.push(Span { text: line.to_owned(), style: span.style.clone() }),
            }
        }
        cut
    })
}

impl Words {
    fn add(&mut self, span: &Span) {
        self.plain.push_str(&span.text);
        let html = escape(&span.text);
        match &span.style {
            Style::Plain => self.html.push_str(&html),
            Style::Bold => self.html.push_str(&format!("<strong>{html}</strong>")),
            Style::Code => self.html.push_str(&format!("<code>{html}</code>")),
            Style::Link(address) => {
                if address != &span.text {
                    self.plain.push_str(&format!(" ({address})"));
                }
                self.link(address, &html);
            }
            Style::Mention(AccountAddress { platform: Platform::Matrix, id }) => {
                self.mentions.push(id.clone());
                self.link(&matrix_to(id), &html);
            }
            Style::Mention(_) => self.html.push_str(&html),
        }
    }

    fn link(&mut self, address: &str, html: &str) {
        self.html.push_str(&format!("<a href=\"{}\">{html}</a>", escape_attribute(address)));
    }

    fn line_break(&mut self) {
        self.plain.push('\n');
        self.html.push_str("<br>");
    }

    fn button(&mut self, label: &str, press: &Press, number: usize, place: Place<'_>) {
        if matches!(press, Press::OpenPrivate) {
            let address = matrix_to(place.me);
            self.plain.push_str(&format!("{label} → {address}"));
            return self.link(&address, &escape(label));
        }
        let sign = if place.direct { "" } else { "!" };
        self.plain.push_str(&format!("{sign}{number} · {label}"));
        self.html.push_str(&format!("<strong>{sign}{number}</strong> · {}", escape(label)));
    }

    /// The content of a message.
    pub(super) fn content(&self, buttons: &[(String, Press)]) -> Value {
        let mut content = json!({
            "msgtype": "m.notice",
            "body": self.plain,
            "format": "org.matrix.custom.html",
            "formatted_body": self.html,
            "m.mentions": mentions(&self.mentions),
        });
        if !buttons.is_empty() {
            content[PRESSES] = buttons.iter().map(|(_, press)| Value::String(press.encode())).collect();
        }
        content
    }
}

fn mentions(users: &[String]) -> Value {
    if users.is_empty() { json!({}) } else { json!({ "user_ids": users }) }
}

/// The content that replaces the message `event` by a new version; nobody is called again because of it.
pub(super) fn edit(event: &str, mut content: Value) -> Value {
    content["m.mentions"] = json!({});
    let mut outer = content.clone();
    for key in ["body", "formatted_body"] {
        if let Some(text) = content[key].as_str() {
            outer[key] = format!("* {text}").into();
        }
    }
    outer["m.new_content"] = content;
    outer["m.relates_to"] = json!({ "rel_type": "m.replace", "event_id": event });
    outer
}

/// Puts a message into the thread of what it answers.
pub(super) fn in_thread(content: &mut Value, root: &str, answers: &str) {
    content["m.relates_to"] =
        json!({ "rel_type": "m.thread", "event_id": root, "is_falling_back": true, "m.in_reply_to": { "event_id": answers } });
}

/// The address that opens an account's page in any client.
pub(super) fn matrix_to(user: &str) -> String {
    format!("https://matrix.to/#/{user}")
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' => out.push_str("<br>"),
            c => out.push(c),
        }
    }
    out
}

fn escape_attribute(text: &str) -> String {
    escape(text).replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::Command;

    const HERE: Place<'static> = Place { direct: false, me: "@bot:x.org" };

    fn rich(spans: &[(&str, Style)]) -> RichText {
        RichText { spans: spans.iter().map(|(text, style)| Span { text: (*text).to_owned(), style: style.clone() }).collect() }
    }

    fn check(spans: &[(&str, Style)], plain: &str, html: &str) {
        let made = parts(&rich(spans), &[], HERE);
        assert_eq!(made.len(), 1);
        assert_eq!((made[0].plain.as_str(), made[0].html.as_str()), (plain, html));
    }

    #[test]
    fn both_bodies_say_the_same() {
        let sam = Style::Mention(AccountAddress { platform: Platform::Matrix, id: "@sam:x.org".into() });
        check(&[("Bonjour ", Style::Plain), ("Awa", Style::Bold)], "Bonjour Awa", "Bonjour <strong>Awa</strong>");
        check(&[("a <b> & c\nd", Style::Plain)], "a <b> & c\nd", "a &lt;b&gt; &amp; c<br>d");
        check(&[("/give", Style::Code)], "/give", "<code>/give</code>");
        check(&[("3114", Style::Link("tel:3114".into()))], "3114 (tel:3114)", "<a href=\"tel:3114\">3114</a>");
        let page = "https://x.org/?a=\"&b";
        check(&[(page, Style::Link(page.into()))], page, "<a href=\"https://x.org/?a=&quot;&amp;b\">https://x.org/?a=\"&amp;b</a>");
        check(&[("Sam", sam)], "Sam", "<a href=\"https://matrix.to/#/@sam:x.org\">Sam</a>");
        check(&[], "", "");
    }

    #[test]
    fn only_who_is_named_is_called() {
        let sam = Style::Mention(AccountAddress { platform: Platform::Matrix, id: "@sam:x.org".into() });
        let lou = Style::Mention(AccountAddress { platform: Platform::Telegram, id: "7".into() });
        let named = parts(&rich(&[("Sam", sam), (" Lou", lou)]), &[], HERE)[0].content(&[]);
        assert_eq!(named["m.mentions"], json!({"user_ids": ["@sam:x.org"]}));
        let nobody = parts(&rich(&[("@room", Style::Plain)]), &[], HERE)[0].content(&[]);
        assert_eq!((&nobody["m.mentions"], &nobody["msgtype"]), (&json!({}), &json!("m.notice")));
    }

    #[test]
    fn buttons_are_numbered_lines() {
        let menu = Press::Command { command: Command::Menu, rest: String::new() };
        let buttons = [("Menu".to_owned(), menu), ("En privé".to_owned(), Press::OpenPrivate)];
        let text = rich(&[("Bonjour", Style::Plain)]);
        let made = &parts(&text, &buttons, HERE)[0];
        assert_eq!(made.plain, "Bonjour\n\n!1 · Menu\nEn privé → https://matrix.to/#/@bot:x.org");
        assert_eq!(made.html, "Bonjour<br><br><strong>!1</strong> · Menu<br><a href=\"https://matrix.to/#/@bot:x.org\">En privé</a>");
        assert_eq!(parts(&text, &buttons[..1], Place { direct: true, ..HERE })[0].plain, "Bonjour\n\n1 · Menu");
        assert_eq!(made.content(&buttons)[PRESSES], json!(["c:menu:", "o"]));
    }

    #[test]
    fn an_edit_carries_the_new_version_and_calls_nobody() {
        let words = Words { plain: "b".into(), html: "<b>".into(), mentions: vec!["@sam:x.org".into()] };
        let content = edit("$1", words.content(&[]));
        assert_eq!(content["m.relates_to"], json!({"rel_type": "m.replace", "event_id": "$1"}));
        assert_eq!((&content["body"], &content["m.new_content"]["body"]), (&json!("* b"), &json!("b")));
        assert_eq!(content["m.mentions"], json!({}));
        assert!(content["m.new_content"].get("m.relates_to").is_none());
    }

    #[test]
    fn long_texts_are_several_messages_and_lose_nothing() {
        let text = "une ligne\n".repeat(4000);
        let made = parts(&rich(&[(&text, Style::Plain)]), &[], HERE);
        assert!(made.len() > 1 && made.iter().all(|words| words.plain.len() <= TEXT_BYTES_MAX));
        assert_eq!(made.iter().map(|words| words.plain.as_str()).collect::<String>(), text);
    }
}
