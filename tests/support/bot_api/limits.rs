//! Telegram's own limits on sending, off unless a test asks for them.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use super::{
    BotApi,
    errors::Refused,
    state::{ChatId, ChatKind, State},
};

/// How much the bot may send; beyond it the server answers 429.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Messages a second, to all chats.
    pub all_per_second: usize,
    /// Messages a second in one chat.
    pub chat_per_second: usize,
    /// Messages a minute in one group.
    pub group_per_minute: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { all_per_second: 30, chat_per_second: 1, group_per_minute: 20 }
    }
}

/// When something was sent, as far back as the limits look.
#[derive(Debug, Default)]
pub(super) struct Pace(VecDeque<Instant>);

impl Pace {
    /// How long until one more fits into `most` per `window`.
    fn wait(&mut self, now: Instant, most: usize, window: Duration) -> Option<Duration> {
        let within = self.0.iter().filter(|at| now.duration_since(**at) < window).count();
        if within < most {
            return None;
        }
        let oldest = self.0.iter().rev().nth(most.saturating_sub(1))?;
        Some(window.saturating_sub(now.duration_since(*oldest)))
    }

    fn sent(&mut self, now: Instant) {
        self.0.push_back(now);
        while self.0.front().is_some_and(|at| now.duration_since(*at) > Duration::from_secs(60)) {
            self.0.pop_front();
        }
    }
}

impl State {
    /// Counts a message to `chat`, or refuses it.
    pub(super) fn within_limits(&mut self, chat: ChatId) -> Result<(), Refused> {
        let Some(limits) = self.limits else { return Ok(()) };
        let (now, second, minute) = (Instant::now(), Duration::from_secs(1), Duration::from_secs(60));
        let mut wait = self.pace.wait(now, limits.all_per_second, second);
        if let Some(chat) = self.chats.get_mut(&chat) {
            wait = wait.max(chat.pace.wait(now, limits.chat_per_second, second));
            if chat.kind != ChatKind::Private {
                wait = wait.max(chat.pace.wait(now, limits.group_per_minute, minute));
            }
        }
        if let Some(wait) = wait {
            return Err(Refused::too_many(wait.as_secs() + 1));
        }
        self.pace.sent(now);
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.pace.sent(now);
        }
        Ok(())
    }
}

impl BotApi {
    /// Enforces `limits` from now on.
    pub fn limit(&self, limits: Limits) {
        self.state().limits = Some(limits);
    }
}
