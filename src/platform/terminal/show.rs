//! How `entraide try` shows what the bot did: blocks to read, or one JSON object a line.

use serde_json::json;

use crate::domain::time::Timestamp;

use super::{Shown, ShownWhat};

/// A block to read: `[to]`, the text, the buttons and the file.
pub fn block(shown: &Shown) -> String {
    let to = &shown.to;
    match &shown.what {
        ShownWhat::Message { edit_of, text, buttons, file, .. } => {
            let edited = if edit_of.is_some() { " ✎" } else { "" };
            let mut block = format!("[{to}]{edited} {text}");
            for (label, number) in buttons.iter().zip(1..) {
                block.push_str(&format!("\n  ({number}) {label}"));
            }
            if let Some((name, text)) = file {
                block.push_str(&format!("\n  <{name}, {}>", text.len()));
            }
            block
        }
        ShownWhat::Deleted(line) => format!("[{to}] ⌫ {line}"),
        ShownWhat::Unsaid { line, id } => format!("[{to}] ⌫ {line} ({id})"),
        ShownWhat::Reaction(emoji) => format!("[{to}] {emoji}"),
    }
}

/// One JSON object; `line` is the script line that brought it.
pub fn json(shown: &Shown, line: usize, at: Timestamp) -> String {
    let to = &shown.to;
    match &shown.what {
        ShownWhat::Message { id, edit_of, text, buttons, file } => {
            let files: Vec<&str> = file.iter().map(|(name, _)| name.as_str()).collect();
            let at = at.utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
            json!({"line": line, "to": to, "at": at, "text": text, "buttons": buttons, "files": files, "edit_of": edit_of, "id": id})
        }
        ShownWhat::Unsaid { line: deleted, id } => json!({"line": line, "to": to, "deleted": deleted, "id": id}),
        ShownWhat::Deleted(deleted) => json!({"line": line, "to": to, "deleted": deleted}),
        ShownWhat::Reaction(emoji) => json!({"line": line, "to": to, "reaction": emoji}),
    }
    .to_string()
}

/// The JSON object that ends what a line brought.
pub fn json_done(line: usize) -> String {
    json!({"line": line, "done": true}).to_string()
}
