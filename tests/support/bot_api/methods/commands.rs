//! The menus of commands, by scope and language.

use serde_json::{Value, json};

use super::super::{
    errors::{Answer, Refused},
    params::Params,
    state::{Ephemerals, State},
};

/// The most commands of one menu.
const COMMANDS_MAX: usize = 100;

const SCOPES: [&str; 7] =
    ["default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators", "chat_member"];

/// `setMyCommands`.
pub(in super::super) fn set(state: &mut State, params: &Params) -> Answer {
    let key = key(params)?;
    let list = params.object("commands")?.ok_or_else(|| Refused::bad("commands are not specified"))?;
    let list = list.as_array().ok_or_else(|| Refused::bad("expected an Array of BotCommand"))?;
    if list.len() > COMMANDS_MAX {
        return Err(Refused::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    let knows_ephemeral = state.ephemerals != Ephemerals::Unknown;
    let stored = list.iter().map(|command| checked(command, knows_ephemeral)).collect::<Result<Vec<Value>, _>>()?;
    state.commands.insert(key, Value::Array(stored));
    Ok(json!(true))
}

/// `getMyCommands`.
pub(in super::super) fn get(state: &mut State, params: &Params) -> Answer {
    Ok(state.commands.get(&key(params)?).cloned().unwrap_or_else(|| json!([])))
}

/// `deleteMyCommands`.
pub(in super::super) fn delete(state: &mut State, params: &Params) -> Answer {
    state.commands.remove(&key(params)?);
    Ok(json!(true))
}

fn key(params: &Params) -> Result<(String, String), Refused> {
    let scope = params.object("scope")?.unwrap_or_else(|| json!({"type": "default"}));
    if !SCOPES.contains(&scope["type"].as_str().unwrap_or_default()) {
        return Err(Refused::bad("can't parse BotCommandScope: unsupported type specified"));
    }
    let language = params.text("language_code").unwrap_or_default();
    if !(language.is_empty() || language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase())) {
        return Err(Refused::bad("invalid language code specified"));
    }
    Ok((scope.to_string(), language.to_owned()))
}

/// The command as this server keeps it: a field that it does not know is dropped.
fn checked(command: &Value, knows_ephemeral: bool) -> Result<Value, Refused> {
    let name = command["command"].as_str().unwrap_or_default().trim_start_matches('/');
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if !(1..=32).contains(&name.len()) || !name.bytes().all(fits) {
        return Err(Refused::bad("BOT_COMMAND_INVALID"));
    }
    let description = command["description"].as_str().unwrap_or_default();
    if !(1..=256).contains(&description.chars().count()) {
        return Err(Refused::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    let mut kept = json!({"command": name, "description": description});
    if knows_ephemeral && command["is_ephemeral"] == json!(true) {
        kept["is_ephemeral"] = json!(true);
    }
    Ok(kept)
}
