//! What goes wrong when a test wants it to.

use super::{BotApi, state::State};

/// What happens to a request instead of an ordinary answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// 429 with `retry_after`.
    TooMany {
        /// In seconds.
        retry_after_s: u64,
    },
    /// An error in Telegram's form, for instance 500 "Internal Server Error".
    Refuse {
        /// The HTTP status.
        code: u16,
        /// With its prefix.
        description: String,
    },
    /// 502 and a page that is no JSON.
    BadGateway,
    /// No answer, ever.
    Hang,
    /// The connection is dropped before anything was done.
    Drop,
    /// The work is done and the connection dropped before the answer.
    LoseAnswer,
}

/// A fault for the next requests of some kind.
#[derive(Clone, Debug)]
pub struct Injection {
    /// As Telegram writes it; `None`: all but `getUpdates`.
    pub method: Option<&'static str>,
    /// Only requests about this chat.
    pub chat: Option<i64>,
    /// For how many requests.
    pub times: u64,
    /// What happens to them.
    pub fault: Fault,
}

impl State {
    /// The fault of a request, counted down.
    pub(super) fn take_fault(&mut self, method: &str, chat: Option<i64>) -> Option<Fault> {
        let meets = |injection: &Injection| {
            let by_method = injection.method.map_or(method != "getUpdates", |name| name == method);
            by_method && (injection.chat.is_none() || injection.chat == chat)
        };
        let at = self.injections.iter().position(meets)?;
        self.injections[at].times -= 1;
        let fault = self.injections[at].fault.clone();
        self.injections.retain(|injection| injection.times > 0);
        Some(fault)
    }
}

impl BotApi {
    /// The next `times` requests of `method` go wrong.
    pub fn inject(&self, method: &'static str, times: u64, fault: Fault) {
        self.inject_one(Injection { method: Some(method), chat: None, times, fault });
    }

    /// The next requests that fit go wrong.
    pub fn inject_one(&self, injection: Injection) {
        if injection.times > 0 {
            self.state().injections.push(injection);
        }
    }

    /// Nothing more goes wrong.
    pub fn heal(&self) {
        self.state().injections.clear();
    }

    /// How many injected faults were not met yet.
    pub fn faults_left(&self) -> u64 {
        self.state().injections.iter().map(|injection| injection.times).sum()
    }
}
