//! Reads updates by long polling, and acknowledges them by asking for the next ones, after the commit that handled them.

use std::{ops::ControlFlow, time::Duration};

use serde_json::Value;
use teloxide::payloads::DeleteWebhook;

use super::{
    Ended, Me, Telegram,
    api::Fault,
    incoming::{translate, update_id},
    payload::{GetUpdates, UPDATES},
    trouble::Trouble,
};
use crate::{
    domain::event::{Batch, Cursor, Platform},
    platform::{Intake, NotTaken, backoff::Backoff},
};

/// How long Telegram holds a poll that has nothing to tell.
const POLL: Duration = Duration::from_secs(30);
/// And how much longer we wait for its answer before we take the connection for dead.
const GRACE: Duration = Duration::from_secs(10);
/// The most that Telegram gives.
const UPDATES_MAX: u8 = 100;
/// How long to wait before a batch that could not be committed is handed over again.
const LATER: Duration = Duration::from_millis(500);
/// A second reader is told of so often, while it is there.
const OTHER_POLLER_PAUSE: Duration = Duration::from_secs(5);

impl Telegram {
    /// Reads from `cursor` on, until the program stops.
    pub(super) async fn poll<I: Intake>(&self, me: &Me, intake: &I, cursor: Option<Cursor>) -> Result<(), Ended> {
        let mut offset = cursor.filter(|cursor| cursor.platform == Platform::Telegram).and_then(|cursor| cursor.value.parse().ok());
        let mut backoff = Backoff::default();
        loop {
            match self.updates(offset).await {
                Ok(updates) if updates.is_empty() => backoff.reset(),
                Ok(updates) => {
                    backoff.reset();
                    let next = next_offset(&updates, offset);
                    if self.hand_over(me, intake, &updates, next).await.is_break() {
                        return Ok(());
                    }
                    offset = next;
                }
                Err(fault) => self.recover(&fault, &mut backoff).await?,
            }
        }
    }

    async fn updates(&self, offset: Option<i64>) -> Result<Vec<Value>, Fault> {
        let payload = GetUpdates { offset, limit: UPDATES_MAX, timeout: POLL.as_secs(), allowed_updates: &UPDATES };
        self.ask_within(&payload, POLL + GRACE).await
    }

    async fn hand_over<I: Intake>(&self, me: &Me, intake: &I, updates: &[Value], next: Option<i64>) -> ControlFlow<()> {
        let at = (self.clock)();
        let mut events: Vec<_> = updates.iter().filter_map(|update| translate(update, me, at)).collect();
        self.note_administrators(&mut events).await;
        let cursor = next.map(|next| Cursor { platform: Platform::Telegram, value: next.to_string() });
        let batch = Batch { events, cursor, ..Batch::default() };
        loop {
            match intake.submit(batch.clone()).await {
                Ok(()) => return ControlFlow::Continue(()),
                Err(NotTaken::Stopping) => return ControlFlow::Break(()),
                // Nothing is acknowledged, so Telegram keeps all of it.
                Err(NotTaken::Later) => tokio::time::sleep(LATER).await,
            }
        }
    }

    /// Says what is wrong, does what can be done, and waits.
    async fn recover(&self, fault: &Fault, backoff: &mut Backoff) -> Result<(), Ended> {
        let pause = match Trouble::of(fault) {
            Trouble::Token => return Err(Ended::TokenRefused),
            Trouble::WebhookSet => {
                tracing::warn!("a webhook is set for this token, but telegram.webhook_url is not: it is deleted, and updates are polled");
                match self.ask::<_, bool>(&DeleteWebhook::new()).await {
                    Ok(_) => return Ok(()),
                    Err(fault) => backoff.next(fault.retry_after()),
                }
            }
            Trouble::OtherPoller => {
                let pause = backoff.next(Some(OTHER_POLLER_PAUSE));
                tracing::error!(
                    pause_ms = pause.as_millis(),
                    "another program reads updates with the same token: stop it, or give this one a token of its own"
                );
                pause
            }
            _ => {
                let pause = backoff.next(fault.retry_after());
                tracing::warn!(pause_ms = pause.as_millis(), "Telegram tells no updates: {fault}");
                pause
            }
        };
        tokio::time::sleep(pause).await;
        Ok(())
    }
}

/// One past the last update; unchanged where none bears an id.
fn next_offset(updates: &[Value], offset: Option<i64>) -> Option<i64> {
    updates.iter().filter_map(update_id).map(|id| id.saturating_add(1)).max().or(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_passes_over_what_cannot_be_read() {
        let update = |id: i64| serde_json::json!({"update_id": id, "something_new": {}});
        assert_eq!(next_offset(&[update(7), update(9), update(8)], None), Some(10));
        assert_eq!(next_offset(&[serde_json::json!({})], Some(4)), Some(4));
    }

    #[test]
    fn edits_and_channel_posts_are_not_asked_for() {
        let payload = GetUpdates { offset: None, limit: UPDATES_MAX, timeout: POLL.as_secs(), allowed_updates: &UPDATES };
        let json = serde_json::to_value(payload).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"limit": 100, "timeout": 30, "allowed_updates": ["message", "callback_query", "my_chat_member"]})
        );
    }
}
