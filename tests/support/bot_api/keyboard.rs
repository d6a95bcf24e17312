//! Inline keyboards.

use serde_json::{Value, json};

use super::{errors::Refused, params::Params, state::Button, text::opens};

/// The most bytes of `callback_data`.
const DATA_BYTES_MAX: usize = 64;
/// The most buttons under a message, and in one row.
const BUTTONS_MAX: usize = 100;
const ROW_MAX: usize = 8;

/// The inline keyboard of `reply_markup`; empty where there is none.
pub(super) fn read(params: &Params) -> Result<Vec<Vec<Button>>, Refused> {
    let Some(markup) = params.object("reply_markup")? else { return Ok(Vec::new()) };
    let Some(markup) = markup.as_object() else { return Err(Refused::bad("object expected as reply markup")) };
    let Some(rows) = markup.get("inline_keyboard") else { return Ok(Vec::new()) };
    let rows = rows.as_array().ok_or_else(|| Refused::bad("field \"inline_keyboard\" must be of type Array"))?;
    let mut keyboard = Vec::new();
    for row in rows {
        let row = row.as_array().ok_or_else(|| Refused::bad("can't parse inline keyboard button: Array expected"))?;
        let row = row.iter().map(button).collect::<Result<Vec<_>, _>>()?;
        if row.len() > ROW_MAX {
            return Err(Refused::bad("reply markup is too long"));
        }
        if !row.is_empty() {
            keyboard.push(row);
        }
    }
    if keyboard.iter().map(Vec::len).sum::<usize>() > BUTTONS_MAX {
        return Err(Refused::bad("reply markup is too long"));
    }
    Ok(keyboard)
}

fn button(value: &Value) -> Result<Button, Refused> {
    let label = value["text"].as_str().map(str::trim).unwrap_or_default();
    if label.is_empty() {
        return Err(Refused::bad("can't parse inline keyboard button: button text must be non-empty"));
    }
    let field = |name: &str| value[name].as_str().map(str::to_owned);
    let button = Button { label: label.to_owned(), data: field("callback_data"), url: field("url") };
    if button.data.is_none() && button.url.is_none() {
        return Err(Refused::bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"));
    }
    if button.data.as_ref().is_some_and(|data| data.is_empty() || data.len() > DATA_BYTES_MAX) {
        return Err(Refused::bad("BUTTON_DATA_INVALID"));
    }
    if button.url.as_deref().is_some_and(|url| !opens(url)) {
        return Err(Refused::bad("BUTTON_URL_INVALID"));
    }
    Ok(button)
}

/// As Telegram tells it.
pub(super) fn tell(keyboard: &[Vec<Button>]) -> Value {
    let rows: Vec<Vec<Value>> = keyboard
        .iter()
        .map(|row| {
            row.iter()
                .map(|button| match (&button.data, &button.url) {
                    (Some(data), _) => json!({"text": button.label, "callback_data": data}),
                    (None, url) => json!({"text": button.label, "url": url}),
                })
                .collect()
        })
        .collect();
    json!({"inline_keyboard": rows})
}
