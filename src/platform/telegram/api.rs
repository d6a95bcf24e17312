//! Requests to the Bot API: teloxide's payloads over our own HTTP calls.
//!
//! teloxide's sender sleeps ten seconds after every 5xx before it returns, keeps the token in its errors, and does not say
//! whether a request was sent at all. The outbox needs all three, so a call here returns at once with a [`Fault`] that
//! tells "surely not sent" from "perhaps", bears the status, and holds no address.

use std::{net::IpAddr, time::Duration};

use reqwest::{Client, ClientBuilder, RequestBuilder, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use teloxide::requests::Payload;

use super::Ended;

/// How long a request may take, except a long poll.
pub(super) const LIMIT: Duration = Duration::from_secs(15);

const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// Shorter than the other side keeps a connection, so that we do not write into one that is just being closed.
const IDLE_LIMIT: Duration = Duration::from_secs(30);
const IDLE_CONNECTIONS_MAX: usize = 8;

/// The Bot API for one token.
pub(super) struct Api {
    client: Client,
    /// Up to and with the token: secret.
    base: SecretString,
}

/// Why there is no result.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub(super) enum Fault {
    /// The request surely did not reach the server.
    #[error("no connection ({0})")]
    NotSent(String),
    /// The request was sent and the answer lost, or not a Bot API answer.
    #[error("no readable answer ({0})")]
    Lost(String),
    /// The server refused.
    #[error("refused with {code}: {}", for_log(description))]
    Refused {
        /// The HTTP status.
        code: u16,
        /// In the server's words.
        description: String,
        /// How long to wait.
        retry_after: Option<Duration>,
        /// Where the chat went.
        moved_to: Option<i64>,
    },
}

impl Fault {
    /// How long the server asked us to wait.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            Self::NotSent(_) | Self::Lost(_) => None,
        }
    }
}

/// The server's words without what could name a person or a chat: no digits beyond short ones, nothing quoted, not long.
pub(super) fn for_log(description: &str) -> String {
    let plain: String = description.chars().take_while(|c| !matches!(c, '"' | '\'' | '“' | '«' | '\n')).take(120).collect();
    let names = |word: &str| word.contains('@') || word.chars().filter(char::is_ascii_digit).count() > 4;
    plain.split(' ').map(|word| if names(word) { "…" } else { word }).collect::<Vec<_>>().join(" ")
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "R: DeserializeOwned"))]
struct Answer<R> {
    ok: bool,
    result: Option<R>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

impl Api {
    /// Reads the address; no request is made.
    pub(super) fn new(api_url: &str, token: &SecretString) -> Result<Self, Ended> {
        let address = || Ended::Address { key: "telegram.api_url" };
        let api_url = api_url.trim_end_matches('/');
        let read = Url::parse(api_url).map_err(|_| address())?;
        if !matches!(read.scheme(), "http" | "https") || read.query().is_some() || read.fragment().is_some() {
            return Err(address());
        }
        let token = token.expose_secret().trim();
        if token.is_empty() || !token.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-')) {
            return Err(Ended::TokenRefused);
        }
        let client = builder(&read)
            .connect_timeout(CONNECT_LIMIT)
            .pool_idle_timeout(IDLE_LIMIT)
            .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
            .tcp_nodelay(true)
            .tcp_keepalive(IDLE_LIMIT)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| Ended::Client(cause(error)))?;
        Ok(Self { client, base: format!("{api_url}/bot{token}/").into() })
    }

    /// Sends `payload` and reads what of the result is of use (`R`: teloxide's own `Message` costs more than all the rest of a delivery).
    pub(super) async fn call<P, R>(&self, payload: &P, limit: Duration) -> Result<R, Fault>
    where
        P: Payload + Serialize,
        R: DeserializeOwned,
    {
        let body = serde_json::to_vec(payload).map_err(|error| Fault::NotSent(error.to_string()))?;
        let request = self.post(P::NAME).header(reqwest::header::CONTENT_TYPE, "application/json").body(body);
        exchange(request.timeout(limit)).await
    }

    /// Sends a form with a file in it.
    pub(super) async fn upload<R: DeserializeOwned>(&self, method: &str, form: reqwest::multipart::Form) -> Result<R, Fault> {
        exchange(self.post(method).multipart(form).timeout(LIMIT)).await
    }

    fn post(&self, name: &str) -> RequestBuilder {
        self.client.post(format!("{}{}", self.base.expose_secret(), method(name)))
    }
}

/// A client for that address; a server on this machine is reached directly, whatever proxy the environment names.
fn builder(address: &Url) -> ClientBuilder {
    let host = address.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let local = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    if local { Client::builder().no_proxy() } else { Client::builder() }
}

/// The method as the Bot API's pages write it; teloxide's names begin with a capital.
fn method(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + chars.as_str())
}

async fn exchange<R: DeserializeOwned>(request: RequestBuilder) -> Result<R, Fault> {
    let response = request.send().await.map_err(fault)?;
    let status = response.status().as_u16();
    let body = response.bytes().await.map_err(|error| Fault::Lost(cause(error)))?;
    read(status, &body)
}

fn read<R: DeserializeOwned>(status: u16, body: &[u8]) -> Result<R, Fault> {
    let lost = |what: &str| Fault::Lost(format!("status {status}, {what}"));
    // The result may be of a shape that is not expected: then the work was done, but we do not know what came of it.
    let answer: Answer<R> = match serde_json::from_slice(body) {
        Ok(answer) => answer,
        Err(error) => return Err(lost(if error.is_data() { "an unknown result" } else { "not JSON" })),
    };
    match answer {
        Answer { ok: true, result: Some(result), .. } => Ok(result),
        Answer { ok: true, result: None, .. } => Err(lost("no result")),
        Answer { ok: false, description, parameters, .. } => Err(Fault::Refused {
            code: status,
            description,
            retry_after: parameters.retry_after.map(Duration::from_secs),
            moved_to: parameters.migrate_to_chat_id,
        }),
    }
}

fn fault(error: reqwest::Error) -> Fault {
    if error.is_connect() || error.is_builder() { Fault::NotSent(cause(error)) } else { Fault::Lost(cause(error)) }
}

/// The innermost cause. The error itself bears the address, and the address bears the token: it is never shown.
fn cause(error: reqwest::Error) -> String {
    let error = error.without_url();
    let kind = if error.is_timeout() { "timed out" } else { "failed" };
    let mut inner: Option<&dyn std::error::Error> = std::error::Error::source(&error);
    while let Some(deeper) = inner.and_then(std::error::Error::source) {
        inner = Some(deeper);
    }
    inner.map_or_else(|| kind.to_owned(), |inner| format!("{kind}: {inner}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_written_as_the_bot_api_writes_them() {
        assert_eq!(method("SendMessage"), "sendMessage");
        assert_eq!(method("getUpdates"), "getUpdates");
    }

    #[test]
    fn what_is_logged_names_nobody() {
        for (said, logged) in [
            ("Bad Request: chat not found", "Bad Request: chat not found"),
            ("Bad Request: user 123456789 is no member", "Bad Request: user … is no member"),
            ("Bad Request: can't parse \"Sam\"", "Bad Request: can"),
            ("Too Many Requests: retry after 35", "Too Many Requests: retry after 35"),
            ("Bad Request: @Sam is unknown", "Bad Request: … is unknown"),
        ] {
            assert_eq!(for_log(said), logged);
        }
    }

    #[test]
    fn answers_are_read() {
        assert_eq!(read::<i64>(200, br#"{"ok":true,"result":3}"#), Ok(3));
        let refused = |code, description: &str, retry_after, moved_to| {
            Err(Fault::Refused { code, description: description.into(), retry_after, moved_to })
        };
        assert_eq!(
            read::<i64>(429, br#"{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":7}}"#),
            refused(429, "Too Many Requests", Some(Duration::from_secs(7)), None)
        );
        assert_eq!(
            read::<i64>(400, br#"{"ok":false,"description":"upgraded","parameters":{"migrate_to_chat_id":-100123}}"#),
            refused(400, "upgraded", None, Some(-100_123))
        );
        assert_eq!(read::<i64>(502, b"<html>Bad Gateway</html>"), Err(Fault::Lost("status 502, not JSON".into())));
        assert_eq!(read::<i64>(200, br#"{"ok":true,"result":"x"}"#), Err(Fault::Lost("status 200, an unknown result".into())));
    }

    #[test]
    fn addresses_are_checked() {
        for (address, good) in [
            ("https://api.telegram.org", true),
            ("http://127.0.0.1:8081/bots/", true),
            ("api.telegram.org", false),
            ("ftp://api.telegram.org", false),
            ("", false),
        ] {
            assert_eq!(Api::new(address, &"1:a".into()).is_ok(), good, "{address}");
        }
    }

    #[tokio::test]
    async fn a_refused_connection_is_surely_not_sent_and_the_token_stays_out_of_the_error() {
        let api = Api::new("http://127.0.0.1:1", &"123456:very-secret".into()).unwrap();
        let fault = api.call::<_, super::super::Me>(&teloxide::payloads::GetMe::new(), LIMIT).await.unwrap_err();
        assert!(matches!(fault, Fault::NotSent(_)), "{fault:?}");
        assert!(!format!("{fault} {fault:?}").contains("very-secret"));
    }
}
