//! A file as a form that Telegram takes.

use reqwest::multipart::{Form, Part};
use teloxide::types::InlineKeyboardMarkup;

use super::{deliver::Words, refs::Place};
use crate::domain::message::File;

/// The form of `sendDocument`.
pub(super) fn document(place: Place, file: File, caption: Option<Words>, keyboard: Option<&InlineKeyboardMarkup>) -> Form {
    let mut form = Form::new().text("chat_id", place.chat.to_string()).text("disable_content_type_detection", "true");
    if let Some(thread) = place.thread {
        form = form.text("message_thread_id", thread.to_string());
    }
    if let Some(Words { text, entities }) = caption.filter(|words| !words.text.is_empty()) {
        form = form.text("caption", text).text("caption_entities", json(&entities));
    }
    if let Some(keyboard) = keyboard {
        form = form.text("reply_markup", json(keyboard));
    }
    let mime = mime(&file.name);
    let part = Part::bytes(file.text.into_bytes()).file_name(file.name);
    // The type is one of ours below, so it is always well formed.
    match part.mime_str(mime) {
        Ok(part) => form.part("document", part),
        Err(_) => form,
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("ics") => "text/calendar",
        Some("csv") => "text/csv",
        Some("json" | "jsonl") => "application/json",
        Some("txt") => "text/plain",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_files() {
        for (name, expected) in [("seance.ics", "text/calendar"), ("releve.csv", "text/csv"), ("x", "application/octet-stream")] {
            assert_eq!(mime(name), expected);
        }
    }
}
