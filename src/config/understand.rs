//! Understands single values: each parser says what is wrong, the key's table says what to write.

use std::path::PathBuf;

use axum::http::Uri;

use crate::domain::event::{Platform, RoomAddress};

/// What is wrong with a value.
pub(super) type Wrong = &'static str;

/// A path; a shell's `~` is not one.
pub(super) fn path(text: &str) -> Result<PathBuf, Wrong> {
    if text.starts_with('~') { Err("the sign ~ is not understood here, the path is needed in full") } else { Ok(text.into()) }
}

/// The file of a SQLite address.
pub(super) fn sqlite_file(url: &str) -> Result<PathBuf, Wrong> {
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        return Err("PostgreSQL is not supported yet");
    }
    let rest = url.strip_prefix("sqlite:").ok_or("it does not begin with sqlite:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let (file, options) = rest.split_once('?').unwrap_or((rest, ""));
    if !matches!(options, "" | "mode=rwc" | "mode=rw") {
        return Err("the program sets the database's options itself, nothing may follow the path");
    }
    if file.is_empty() || file.ends_with('/') {
        return Err("the path of a file is missing");
    }
    if file == ":memory:" {
        return Err("a database in memory is lost at every stop");
    }
    if file.contains(['%', '#']) {
        return Err("the signs % and # cannot stand in the path");
    }
    path(file)
}

/// An http or https address without query, fragment or password, and without a slash at its end.
pub(super) fn web(text: &str) -> Result<String, Wrong> {
    let uri: Uri = text.parse().map_err(|_| "it is not an address")?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err("it does not begin with https://");
    }
    if uri.host().is_none_or(str::is_empty) {
        return Err("the host is missing");
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) || text.contains(['?', '#']) {
        return Err("only a host, a port and a path belong there");
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// An address that Telegram calls.
pub(super) fn webhook(text: &str) -> Result<String, Wrong> {
    if text.starts_with("https://") { web(text) } else { Err("Telegram calls https addresses only") }
}

/// An address that people's calendars call.
pub(super) fn public(text: &str) -> Result<String, Wrong> {
    if text.starts_with("https://") { web(text) } else { Err("the addresses of calendars are secrets, and need https://") }
}

/// A bot's token.
pub(super) fn token(text: &str) -> Result<String, Wrong> {
    let wrong = "it is not a token";
    let (id, rest) = text.split_once(':').ok_or(wrong)?;
    let id_fine = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let rest_fine = !rest.is_empty() && rest.bytes().all(is_token_byte);
    if id_fine && rest_fine { Ok(text.to_owned()) } else { Err(wrong) }
}

/// What Telegram sends along to a webhook.
pub(super) fn webhook_secret(text: &str) -> Result<String, Wrong> {
    if text.len() > 256 {
        return Err("it is too long");
    }
    if text.bytes().all(is_token_byte) { Ok(text.to_owned()) } else { Err("other signs are in it") }
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// How many messages in a time.
pub(super) fn rate(text: &str) -> Result<u32, Wrong> {
    let number: u32 = text.parse().map_err(|_| "it is not a whole number")?;
    if (1..=100_000).contains(&number) { Ok(number) } else { Err("it is out of range") }
}

/// A full Matrix id.
pub(super) fn matrix_user(text: &str) -> Result<String, Wrong> {
    let parts = text.strip_prefix('@').and_then(|rest| rest.split_once(':'));
    let whole = parts.is_some_and(|(name, server)| !name.is_empty() && !server.is_empty()) && !text.contains(char::is_whitespace);
    if whole { Ok(text.to_owned()) } else { Err("it is not a full Matrix id") }
}

/// Several full Matrix ids.
pub(super) fn matrix_users(text: &str) -> Result<Vec<String>, Wrong> {
    text.split(',').map(|user| matrix_user(user.trim()).map_err(|_| "one of them is not a full Matrix id")).collect()
}

/// Several homeservers, by the names in their people's ids; `*` is all of them.
pub(super) fn servers(text: &str) -> Result<Vec<String>, Wrong> {
    let server = |name: &str| {
        let fine = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'));
        if fine || name == "*" { Ok(name.to_owned()) } else { Err("one of them is not the name of a homeserver") }
    };
    text.split(',').map(|name| server(name.trim())).collect()
}

/// A room of either platform. A Telegram chat with a number above zero is somebody's direct room with the bot.
pub(super) fn room(text: &str) -> Result<RoomAddress, Wrong> {
    if text.starts_with('!') && text.len() > 1 && !text.contains(char::is_whitespace) {
        return Ok(RoomAddress { platform: Platform::Matrix, id: text.to_owned(), direct: false });
    }
    let wrong = "it is not the number of a Telegram chat nor the id of a Matrix room";
    let (chat, thread) = text.split_once('/').map_or((text, None), |(chat, thread)| (chat, Some(thread)));
    let number: i64 = chat.parse().map_err(|_| wrong)?;
    let thread: Option<i64> = thread.map(str::parse).transpose().map_err(|_| wrong)?;
    if number == 0 || thread.is_some_and(|thread| thread <= 0) {
        return Err(wrong);
    }
    let id = thread.map_or_else(|| number.to_string(), |thread| format!("{number}/{thread}"));
    Ok(RoomAddress { platform: Platform::Telegram, id, direct: number > 0 })
}

/// How much is logged.
pub(super) fn level(text: &str) -> Result<tracing::level_filters::LevelFilter, Wrong> {
    use tracing::level_filters::LevelFilter;
    match text.to_ascii_lowercase().as_str() {
        "error" => Ok(LevelFilter::ERROR),
        "warn" => Ok(LevelFilter::WARN),
        "info" => Ok(LevelFilter::INFO),
        "debug" => Ok(LevelFilter::DEBUG),
        "trace" => Ok(LevelFilter::TRACE),
        _ => Err("it is not a level"),
    }
}
