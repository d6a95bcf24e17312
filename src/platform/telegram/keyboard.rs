//! Buttons under a message: what they carry, and how many stand in a row.

use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use crate::domain::message::{PRESS_BYTES_MAX, Press};

/// What `/start` bears when it comes from the button that opens the private conversation.
pub(super) const OPEN_PAYLOAD: &str = "private";

/// Characters that fit beside each other on a narrow phone.
const ROW_CHARS: usize = 34;
/// The frame around a label.
const FRAME_CHARS: usize = 3;
const ROW_BUTTONS_MAX: usize = 3;
/// More than these Telegram does not take.
const BUTTONS_MAX: usize = 100;

/// The keyboard of these buttons, in order; `None` where there are none. A button that cannot be carried is left out and logged.
pub(super) fn keyboard(buttons: &[(String, Press)], bot: Option<&str>) -> Option<InlineKeyboardMarkup> {
    let made: Vec<InlineKeyboardButton> = buttons.iter().take(BUTTONS_MAX).filter_map(|(label, press)| button(label, press, bot)).collect();
    if made.len() < buttons.len() {
        tracing::error!(missing = buttons.len() - made.len(), "buttons were left out: too many, too long, or without a label");
    }
    (!made.is_empty()).then(|| InlineKeyboardMarkup::new(rows(made)))
}

fn button(label: &str, press: &Press, bot: Option<&str>) -> Option<InlineKeyboardButton> {
    let label = label.trim();
    if label.is_empty() {
        return None;
    }
    match press {
        Press::OpenPrivate => {
            let address = format!("https://t.me/{}?start={OPEN_PAYLOAD}", bot?);
            Some(InlineKeyboardButton::url(label, address.parse().ok()?))
        }
        Press::Command { .. } | Press::Choice { .. } => {
            let data = press.encode();
            (data.len() <= PRESS_BYTES_MAX).then(|| InlineKeyboardButton::callback(label, data))
        }
    }
}

/// Buttons of one row are equally wide, so the longest label counts for all.
fn rows(buttons: Vec<InlineKeyboardButton>) -> Vec<Vec<InlineKeyboardButton>> {
    let mut rows: Vec<Vec<InlineKeyboardButton>> = Vec::new();
    for button in buttons {
        match rows.last_mut() {
            Some(row) if fits(row, &button) => row.push(button),
            _ => rows.push(vec![button]),
        }
    }
    rows
}

fn fits(row: &[InlineKeyboardButton], next: &InlineKeyboardButton) -> bool {
    let width = |button: &InlineKeyboardButton| button.text.chars().count() + FRAME_CHARS;
    let widest = row.iter().map(width).max().unwrap_or_default().max(width(next));
    row.len() < ROW_BUTTONS_MAX && widest * (row.len() + 1) <= ROW_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{command::Command, ids::QuestionId};

    fn check(labels: &[&str], expected: &[&[&str]]) {
        let press = Press::Command { command: Command::Menu, rest: String::new() };
        let buttons: Vec<(String, Press)> = labels.iter().map(|label| ((*label).to_owned(), press.clone())).collect();
        let rows = keyboard(&buttons, None).map(|keyboard| keyboard.inline_keyboard).unwrap_or_default();
        let labels: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(|button| button.text.as_str()).collect()).collect();
        assert_eq!(labels, expected);
    }

    #[test]
    fn short_labels_share_a_row() {
        check(&["Oui", "Non"], &[&["Oui", "Non"]]);
        check(&["1", "2", "3", "4", "5"], &[&["1", "2", "3"], &["4", "5"]]);
        check(&["Réserver", "Annuler"], &[&["Réserver", "Annuler"]]);
        check(&["J'ai besoin de parler", "SOS", "Bilan"], &[&["J'ai besoin de parler"], &["SOS", "Bilan"]]);
        check(&[], &[]);
    }

    #[test]
    fn what_buttons_carry() {
        let question = Press::Choice { question: QuestionId(uuid::Uuid::from_u128(u128::MAX)), choice: 255 };
        let too_long = Press::Command { command: Command::Menu, rest: "é".repeat(40) };
        let buttons = [("Ouvrir".to_owned(), Press::OpenPrivate), ("Oui".to_owned(), question.clone()), ("Trop".to_owned(), too_long)];
        let json = serde_json::to_value(keyboard(&buttons, Some("entraide_bot"))).unwrap();
        let expected = serde_json::json!([[
            {"text": "Ouvrir", "url": "https://t.me/entraide_bot?start=private"},
            {"text": "Oui", "callback_data": question.encode()},
        ]]);
        assert_eq!(json["inline_keyboard"], expected);
    }
}
