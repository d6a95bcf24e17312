//! Shared phones: messages that vanish, words that tell nothing, and a code of four digits before what is kept about oneself.

use serde::{Deserialize, Serialize};

use super::{
    hear::Call,
    message::{Msg, Value},
    session::Session,
};

pub mod gate;
pub mod lock;
pub mod mode;
#[cfg(test)]
mod tests;

use lock::Lock;

/// How long a message stays in the direct room of who shares the phone, in minutes.
pub const STAYS_MINUTES: i64 = 60;

/// How an account is protected from others who hold the phone.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Discreet {
    /// The phone is shared: messages vanish, and titles are left out.
    pub on: bool,
    /// The code that is asked, where there is one.
    pub lock: Option<Lock>,
}

/// The four digits that somebody chose or tried.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digits(String);

impl Digits {
    /// What was typed, if it is four digits of any script, blanks and dashes aside.
    pub fn read(typed: &str) -> Option<Self> {
        let mut digits = String::new();
        for c in super::words::fold(typed).chars().filter(|c| !c.is_whitespace() && *c != '-') {
            digits.push(c.is_ascii_digit().then_some(c)?);
        }
        (digits.len() == 4).then_some(Self(digits))
    }

    /// For the keyed hash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A code is shown nowhere, not in a fault's words either.
impl std::fmt::Debug for Digits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Digits(····)")
    }
}

/// Whether the code is asked before this: what is kept about oneself, and the code's own settings.
pub fn asks_code(call: &Call) -> bool {
    call.command.asks_code() || mode::asks_code(call)
}

/// A session's title, left out on a shared phone.
pub fn title(session: &Session) -> Value {
    Value::from(session.title.as_str()).instead(Msg::new("discreet-title"))
}

/// Where a session is to be found instead of its place or link, which are left out on a shared phone.
pub fn elsewhere(session: &Session) -> Msg {
    Msg::new("discreet-elsewhere").with("agenda", super::command::Command::Agenda).with("number", session.number)
}
