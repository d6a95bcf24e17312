//! Texts and their entities, whose offsets count UTF-16 code units.

use serde_json::{Value, json};

use super::{errors::Refused, params::Params};

/// The longest message, in characters.
pub(super) const TEXT_CHARS_MAX: usize = 4096;
/// The longest caption, in characters.
pub(super) const CAPTION_CHARS_MAX: usize = 1024;

const ENTITY_TYPES: [&str; 19] = [
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
];

/// The text of a message that the bot sends, checked, without blanks at its end.
pub(super) fn outgoing(params: &Params) -> Result<(String, Vec<Value>), Refused> {
    let text = params.text("text").unwrap_or_default();
    if text.trim().is_empty() {
        return Err(Refused::bad("message text is empty"));
    }
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(Refused::bad("message is too long"));
    }
    checked(params, text, "entities")
}

/// The caption of a file that the bot sends, checked.
pub(super) fn caption(params: &Params) -> Result<(String, Vec<Value>), Refused> {
    let text = params.text("caption").unwrap_or_default();
    if text.chars().count() > CAPTION_CHARS_MAX {
        return Err(Refused::bad("message caption is too long"));
    }
    checked(params, text, "caption_entities")
}

fn checked(params: &Params, text: &str, field: &str) -> Result<(String, Vec<Value>), Refused> {
    if params.text("parse_mode").is_some() {
        return Err(Refused::bad("can't parse entities: this server takes entities, not parse_mode"));
    }
    if text.contains('\0') {
        return Err(Refused::bad("strings must be encoded in UTF-8"));
    }
    let entities = match params.object(field)? {
        None => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(Refused::bad("can't parse entities: expected an Array")),
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    for entity in &entities {
        check_entity(entity, &units)?;
    }
    Ok((text.trim_end().to_owned(), entities))
}

fn check_entity(entity: &Value, units: &[u16]) -> Result<(), Refused> {
    let kind = entity["type"].as_str().unwrap_or_default();
    if !ENTITY_TYPES.contains(&kind) {
        return Err(Refused::bad("can't parse entities: unsupported type of MessageEntity"));
    }
    let place = |name: &str| entity[name].as_i64().and_then(|n| usize::try_from(n).ok());
    let (Some(start), Some(length)) = (place("offset"), place("length").filter(|n| *n > 0)) else {
        return Err(Refused::bad("can't parse entities: offset or length of MessageEntity is wrong"));
    };
    let end = start + length;
    if end > units.len() {
        let wrong = format!("entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}");
        return Err(Refused::bad(&wrong));
    }
    let splits = |at: usize| units.get(at).is_some_and(|unit| (0xDC00..0xE000).contains(unit));
    if splits(start) || splits(end) {
        return Err(Refused::bad(&format!("entity beginning at UTF-16 offset {start} begins or ends in a middle of a UTF-16 symbol")));
    }
    let whole = match kind {
        "text_link" => entity["url"].as_str().is_some_and(opens),
        "text_mention" => entity["user"]["id"].is_i64(),
        _ => true,
    };
    if whole { Ok(()) } else { Err(Refused::bad("can't parse entities: a field of MessageEntity is missing")) }
}

/// An address that Telegram takes for links and buttons.
pub(super) fn opens(url: &str) -> bool {
    let rest = ["https://", "http://", "tg://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// What Telegram finds by itself in what people write: commands and mentions.
pub(super) fn found(text: &str) -> Vec<Value> {
    let mut entities = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        if matches!(c, '/' | '@') && !is_word(before) && !matches!(before, '/' | '@' | '<' | '>') {
            let name = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
            let after = rest[name..].chars().next().unwrap_or(' ');
            let target = if c == '/' && after == '@' { target_len(&rest[name..]) } else { 0 };
            let next = rest[name + target..].chars().next().unwrap_or(' ');
            let fits = if c == '/' { (1..=64).contains(&name) } else { (3..=32).contains(&name) };
            if fits && !is_word(next) && next != '/' {
                let kind = if c == '/' { "bot_command" } else { "mention" };
                entities.push(entity(kind, text, at, at + 1 + name + target));
            }
        }
        before = c;
    }
    entities
}

fn target_len(text: &str) -> usize {
    let name = text[1..].len() - text[1..].trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
    if name >= 3 { name + 1 } else { 0 }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// An entity of the bytes `start..end` of `text`.
pub(super) fn entity(kind: &str, text: &str, start: usize, end: usize) -> Value {
    let units = |text: &str| text.encode_utf16().count();
    json!({"type": kind, "offset": units(&text[..start]), "length": units(&text[start..end])})
}

/// The stretch of `text` that an entity covers.
pub(super) fn covered(text: &str, entity: &Value) -> String {
    let place = |name: &str| entity[name].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let units: Vec<u16> = text.encode_utf16().skip(place("offset")).take(place("length")).collect();
    String::from_utf16_lossy(&units)
}
