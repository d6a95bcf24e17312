//! Takes updates by webhook: the answer 200 comes after the commit, and only to who knows the secret.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use hmac::{Hmac, Mac};
use secrecy::ExposeSecret;
use sha2::Sha256;
use teloxide::{
    payloads::{GetMe, SetWebhook, SetWebhookSetters},
    types::AllowedUpdate,
};

use super::{Backoff, Ended, Me, Telegram, Webhook, api::Fault, incoming::translate, trouble::Trouble};
use crate::{domain::event::Batch, platform::Intake};

const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// How often Telegram is asked for a sign of life; health counts on one in two minutes.
const SIGN_OF_LIFE_EVERY: Duration = Duration::from_secs(60);
/// An update is a few KiB; far more is not Telegram's.
const BODY_BYTES_MAX: usize = 1 << 20;

impl Webhook {
    /// The path of the address.
    pub(super) fn path(&self) -> Result<String, Ended> {
        let url: reqwest::Url = self.url.parse().map_err(|_| Ended::Address { key: "telegram.webhook_url" })?;
        match url.scheme() {
            "http" | "https" => Ok(url.path().to_owned()),
            _ => Err(Ended::Address { key: "telegram.webhook_url" }),
        }
    }

    fn is_secret(&self, given: &[u8]) -> bool {
        same(self.secret.expose_secret().as_bytes(), given)
    }
}

/// Compares in a time that tells nothing: two codes made with the expected secret are compared, not the secrets.
fn same(expected: &[u8], given: &[u8]) -> bool {
    let code = |text: &[u8]| Hmac::<Sha256>::new_from_slice(expected).map(|code| code.chain_update(text));
    match (code(expected), code(given)) {
        (Ok(expected), Ok(given)) => given.verify_slice(&expected.finalize().into_bytes()).is_ok(),
        _ => false,
    }
}

struct Receiver<I> {
    telegram: Arc<Telegram>,
    intake: I,
    webhook: Webhook,
}

impl Telegram {
    /// The route that Telegram posts updates to; `None` where updates are polled.
    pub fn webhook_router<I: Intake>(self: &Arc<Self>, intake: I) -> Option<Router> {
        let webhook = self.webhook.clone()?;
        let path = webhook.path().ok()?;
        let receiver = Arc::new(Receiver { telegram: Arc::clone(self), intake, webhook });
        Some(Router::new().route(&path, post(receive::<I>)).layer(DefaultBodyLimit::max(BODY_BYTES_MAX)).with_state(receiver))
    }

    /// Tells Telegram where to post updates, and waits for the end. What comes while we are away waits with Telegram.
    pub(super) async fn listen(&self, webhook: &Webhook) -> Result<(), Ended> {
        let url = webhook.url.parse().map_err(|_| Ended::Address { key: "telegram.webhook_url" })?;
        let kinds = [AllowedUpdate::Message, AllowedUpdate::CallbackQuery, AllowedUpdate::MyChatMember];
        let payload = SetWebhook::new(url).allowed_updates(kinds).secret_token(webhook.secret.expose_secret());
        let mut backoff = Backoff::default();
        while let Err(fault) = self.ask::<_, bool>(&payload).await {
            if Trouble::of(&fault) == Trouble::Token {
                return Err(Ended::TokenRefused);
            }
            let pause = backoff.next(fault.retry_after());
            tracing::warn!(pause_ms = pause.as_millis(), "Telegram does not take the webhook: {fault}");
            tokio::time::sleep(pause).await;
        }
        // Posts can be rare: health must know whether Telegram answers.
        loop {
            tokio::time::sleep(SIGN_OF_LIFE_EVERY).await;
            let _: Result<Me, Fault> = self.ask(&GetMe::new()).await;
        }
    }
}

async fn receive<I: Intake>(State(receiver): State<Arc<Receiver<I>>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Receiver { telegram, intake, webhook } = receiver.as_ref();
    if !headers.get(SECRET_HEADER).is_some_and(|given| webhook.is_secret(given.as_bytes())) {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(raw) = serde_json::from_slice(&body) else { return StatusCode::BAD_REQUEST };
    // Before we know who we are Telegram keeps the update and posts it again.
    let Some(me) = telegram.me.get() else { return StatusCode::SERVICE_UNAVAILABLE };
    telegram.answered();
    let Some(event) = translate(&raw, me, (telegram.clock)()) else { return StatusCode::OK };
    let mut events = vec![event];
    telegram.note_administrators(&mut events).await;
    match intake.submit(Batch { events, ..Batch::default() }).await {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_compared_whole() {
        for (expected, given, equal) in
            [("abc", "abc", true), ("abc", "abd", false), ("abc", "ab", false), ("abc", "", false), ("", "", true), ("", "x", false)]
        {
            assert_eq!(same(expected.as_bytes(), given.as_bytes()), equal, "{expected} {given}");
        }
    }

    #[test]
    fn the_path_is_that_of_the_address() {
        let path = |url: &str| Webhook { url: url.into(), secret: "s".into() }.path().ok();
        assert_eq!(path("https://bot.example.org/telegram/hook"), Some("/telegram/hook".into()));
        assert_eq!(path("https://bot.example.org"), Some("/".into()));
        assert_eq!(path("bot.example.org/hook"), None);
    }
}
