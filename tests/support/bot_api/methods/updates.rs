//! `getUpdates` with long polling, and the webhook that excludes it.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::super::{
    Shared,
    errors::{Answer, Refused},
    params::Params,
    state::{State, Update},
    webhook::Webhook,
};

/// The most updates in one answer.
const BATCH_MAX: i64 = 100;
/// The longest wait.
const TIMEOUT_S_MAX: i64 = 50;
/// What is told only to who asks for it.
const NOT_BY_DEFAULT: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// Ends the poll when the request ends, however it ends.
struct Polling<'a> {
    shared: &'a Shared,
    id: u64,
}

impl Drop for Polling<'_> {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        if state.poller == Some(self.id) {
            state.poller = None;
        }
    }
}

/// `getUpdates`.
pub(in super::super) async fn get(shared: &Shared, params: &Params) -> Answer {
    let limit = params.number("limit").unwrap_or(BATCH_MAX).clamp(1, BATCH_MAX);
    let timeout_s = params.number("timeout").unwrap_or(0).clamp(0, TIMEOUT_S_MAX);
    let deadline = Instant::now() + Duration::from_secs(timeout_s.unsigned_abs());
    let polling = Polling { shared, id: shared.lock().begin_poll(params)? };
    shared.updates.notify_waiters();
    loop {
        let woken = shared.updates.notified();
        tokio::pin!(woken);
        woken.as_mut().enable();
        if let Some(answer) = shared.lock().poll(polling.id, usize::try_from(limit).unwrap_or(1)) {
            return answer;
        }
        if tokio::time::timeout_at(deadline, woken).await.is_err() {
            return Ok(json!([]));
        }
    }
}

impl State {
    /// Confirms what stands before `offset` and throws out the poller that was there.
    fn begin_poll(&mut self, params: &Params) -> Result<u64, Refused> {
        if self.webhook.is_some() {
            return Err(Refused::conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            ));
        }
        let offset = params.number("offset").unwrap_or(0);
        if offset > 0 {
            while self.updates.front().is_some_and(|update| update.id < offset) {
                self.updates.pop_front();
            }
        } else if offset < 0 {
            let kept = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            let gone = self.updates.len().saturating_sub(kept);
            self.updates.drain(..gone);
        }
        self.take_allowed(params)?;
        if self.poller.is_some() {
            self.conflicts += 1;
        }
        self.next_poller += 1;
        self.poller = Some(self.next_poller);
        Ok(self.next_poller)
    }

    /// The answer for a poller, or `None` while it is to wait.
    fn poll(&mut self, id: u64, limit: usize) -> Option<Answer> {
        if self.webhook.is_some() {
            return Some(Err(Refused::conflict("terminated by setWebhook request")));
        }
        if self.poller != Some(id) {
            let told = "terminated by other getUpdates request; make sure that only one bot instance is running";
            return Some(Err(Refused::conflict(told)));
        }
        if self.updates.is_empty() {
            return None;
        }
        Some(Ok(self.updates.iter().take(limit).map(Update::tell).collect()))
    }

    fn take_allowed(&mut self, params: &Params) -> Result<(), Refused> {
        if let Some(Value::Array(kinds)) = params.object("allowed_updates")? {
            let kinds: Vec<String> = kinds.iter().filter_map(|kind| kind.as_str().map(str::to_owned)).collect();
            self.allowed = if kinds.is_empty() { None } else { Some(kinds) };
        }
        Ok(())
    }

    /// Queues an update, where the bot wants to be told of its kind.
    pub(in super::super) fn tell(&mut self, kind: &'static str, value: Value) {
        let wanted = match &self.allowed {
            Some(kinds) => kinds.iter().any(|wanted| wanted == kind),
            None => !NOT_BY_DEFAULT.contains(&kind),
        };
        if wanted {
            let id = self.next_update_id;
            self.next_update_id += 1;
            self.updates.push_back(Update { id, kind, value });
        }
    }
}

impl Update {
    pub(in super::super) fn tell(&self) -> Value {
        json!({"update_id": self.id, self.kind: self.value})
    }
}

/// `setWebhook`.
pub(in super::super) fn set_webhook(state: &mut State, params: &Params) -> Answer {
    state.take_allowed(params)?;
    let Some(url) = params.text("url") else { return delete_webhook(state, params) };
    let secret = params.text("secret_token").map(str::to_owned);
    let well_formed = |s: &String| (1..=256).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if !secret.as_ref().is_none_or(well_formed) {
        return Err(Refused::bad("secret token contains unallowed characters"));
    }
    state.webhook =
        Some(Webhook::new(url, secret).ok_or_else(|| Refused::bad("bad webhook: this server calls http://host:port/path only"))?);
    drop_pending(state, params);
    Ok(json!(true))
}

/// `deleteWebhook`.
pub(in super::super) fn delete_webhook(state: &mut State, params: &Params) -> Answer {
    state.webhook = None;
    drop_pending(state, params);
    Ok(json!(true))
}

fn drop_pending(state: &mut State, params: &Params) {
    if params.flag("drop_pending_updates") {
        state.updates.clear();
    }
}

/// `getWebhookInfo`.
pub(in super::super) fn webhook_info(state: &mut State, _: &Params) -> Answer {
    let mut info = json!({"url": "", "has_custom_certificate": false, "pending_update_count": state.updates.len()});
    if let Some(webhook) = &state.webhook {
        info["url"] = json!(webhook.url());
        if let Some((at, error)) = &webhook.last_error {
            info["last_error_date"] = json!(at);
            info["last_error_message"] = json!(error);
        }
    }
    if let Some(kinds) = &state.allowed {
        info["allowed_updates"] = json!(kinds);
    }
    Ok(info)
}
