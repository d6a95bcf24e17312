//! The webhook: updates are posted one by one, in order, again and again until they are answered with 2xx.

use std::{io, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::Shared;

/// How long until a failed delivery is tried again.
const RETRY_AFTER: Duration = Duration::from_millis(100);
/// How long the bot may take for one update.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// Where updates are posted to.
#[derive(Clone, Debug)]
pub(super) struct Webhook {
    host: String,
    path: String,
    secret: Option<String>,
    /// When the last delivery failed, in seconds since 1970, and why.
    pub(super) last_error: Option<(i64, String)>,
}

impl Webhook {
    /// `None` where this server cannot call `url`.
    pub(super) fn new(url: &str, secret: Option<String>) -> Option<Self> {
        let rest = url.strip_prefix("http://")?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
        let path = if path.is_empty() { "/" } else { path };
        Some(Self { host, path: path.to_owned(), secret, last_error: None })
    }

    /// As it was given.
    pub(super) fn url(&self) -> String {
        format!("http://{}{}", self.host, self.path)
    }

    async fn post(&self, body: &str) -> io::Result<u16> {
        let mut stream = TcpStream::connect(&self.host).await?;
        let secret = self.secret.as_ref().map_or(String::new(), |secret| format!("X-Telegram-Bot-Api-Secret-Token: {secret}\r\n"));
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{secret}Connection: close\r\n\r\n",
            self.path,
            self.host,
            body.len()
        );
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(body.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        let status = answer.get(9..12).and_then(|code| std::str::from_utf8(code).ok()).and_then(|code| code.parse().ok());
        status.ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}

/// Delivers for as long as the server runs.
pub(super) async fn deliver(shared: Arc<Shared>) {
    loop {
        let next = {
            let state = shared.lock();
            state.webhook.clone().zip(state.updates.front().map(|update| (update.id, update.tell().to_string())))
        };
        let Some((webhook, (id, body))) = next else {
            let _ = tokio::time::timeout(RETRY_AFTER, shared.updates.notified()).await;
            continue;
        };
        let failure = match tokio::time::timeout(ANSWER_WITHIN, webhook.post(&body)).await {
            Ok(Ok(code)) if (200..300).contains(&code) => None,
            Ok(Ok(code)) => Some(format!("Wrong response from the webhook: {code}")),
            Ok(Err(error)) => Some(format!("Connection failed: {}", error.kind())),
            Err(_) => Some("Read timeout expired".to_owned()),
        };
        settle(&shared, id, failure).await;
    }
}

async fn settle(shared: &Shared, id: i64, failure: Option<String>) {
    let failed = failure.is_some();
    {
        let mut state = shared.lock();
        let now = state.now_seconds();
        match failure {
            None => state.updates.retain(|update| update.id != id),
            Some(failure) => {
                if let Some(webhook) = &mut state.webhook {
                    webhook.last_error = Some((now, failure));
                }
            }
        }
    }
    if failed {
        tokio::time::sleep(RETRY_AFTER).await;
    }
}
