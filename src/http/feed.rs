//! The calendars that people subscribe to: behind a secret address, never cached by others, one same answer for all that is not there.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::sync::{mpsc, oneshot};

/// A secret, and where its calendar goes; `None` where there is none.
pub type Asked = (String, oneshot::Sender<Option<String>>);

/// How long a secret is, in characters: 32 bytes.
const SECRET_CHARS: usize = 43;
/// An address is answered once in so long; calendars ask every hour or less often.
const PAUSE: Duration = Duration::from_secs(10);
/// So many calls in a second, whoever calls.
const PER_SECOND: u32 = 20;
/// So many addresses are remembered for their pause.
const REMEMBERED_MAX: usize = 4096;
/// Who waits longer than that is told to come again.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Clone)]
struct Feeds {
    asks: mpsc::Sender<Asked>,
    pace: Arc<Mutex<Pace>>,
}

/// Who called when. Addresses are remembered as hashes with a random key, and only in memory.
struct Pace {
    hasher: RandomState,
    last: HashMap<u64, Instant>,
    second: Instant,
    calls: u32,
}

impl Pace {
    fn new(now: Instant) -> Self {
        Self { hasher: RandomState::new(), last: HashMap::new(), second: now, calls: 0 }
    }

    /// Whether the call may go on; the same whether the address leads anywhere or not.
    fn lets(&mut self, address: &str, now: Instant) -> bool {
        if now.duration_since(self.second) >= Duration::from_secs(1) {
            (self.second, self.calls) = (now, 0);
        }
        self.calls += 1;
        if self.calls > PER_SECOND {
            return false;
        }
        if self.last.len() >= REMEMBERED_MAX {
            self.last.retain(|_, last| now.duration_since(*last) < PAUSE);
        }
        let key = self.hasher.hash_one(address);
        let soon = self.last.get(&key).is_some_and(|last| now.duration_since(*last) < PAUSE);
        if !soon && self.last.len() < REMEMBERED_MAX {
            self.last.insert(key, now);
        }
        !soon
    }
}

/// `GET /agenda/<secret>.ics`.
pub fn routes(asks: mpsc::Sender<Asked>) -> Router {
    let pace = Arc::new(Mutex::new(Pace::new(Instant::now())));
    Router::new().route("/agenda/{address}", get(tell)).with_state(Feeds { asks, pace })
}

/// What cannot be read as an address is answered as any other that leads nowhere.
async fn tell(State(feeds): State<Feeds>, address: Result<Path<String>, PathRejection>) -> Response {
    let Path(address) = address.unwrap_or_else(|_| Path(String::new()));
    // Nothing panics while the lock is held.
    if !feeds.pace.lock().unwrap_or_else(PoisonError::into_inner).lets(&address, Instant::now()) {
        return not_now(StatusCode::TOO_MANY_REQUESTS);
    }
    let Some(secret) = secret(&address) else { return nothing() };
    let (back, wait) = oneshot::channel();
    if feeds.asks.try_send((secret.to_owned(), back)).is_err() {
        return not_now(StatusCode::SERVICE_UNAVAILABLE);
    }
    match tokio::time::timeout(PATIENCE, wait).await {
        Ok(Ok(Some(calendar))) => {
            let kind = (header::CONTENT_TYPE, "text/calendar; charset=utf-8");
            (private(), [kind], calendar).into_response()
        }
        Ok(Ok(None)) => nothing(),
        Ok(Err(_)) | Err(_) => not_now(StatusCode::SERVICE_UNAVAILABLE),
    }
}

/// The secret in an address, if it may be one.
fn secret(address: &str) -> Option<&str> {
    let secret = address.strip_suffix(".ics")?;
    let fits = secret.len() == SECRET_CHARS && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    fits.then_some(secret)
}

/// Nobody on the way keeps it, shows it or finds it.
fn private() -> [(HeaderName, &'static str); 4] {
    [
        (header::CACHE_CONTROL, "private, no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ]
}

fn nothing() -> Response {
    (StatusCode::NOT_FOUND, private()).into_response()
}

fn not_now(code: StatusCode) -> Response {
    (code, private(), [(header::RETRY_AFTER, "60")]).into_response()
}

#[cfg(test)]
mod tests {
    use tokio::sync::watch;

    use super::*;

    /// Serves one known secret.
    struct Served {
        address: std::net::SocketAddr,
        _stop: watch::Sender<bool>,
    }

    impl Served {
        async fn start() -> Self {
            let (asks, mut asked) = mpsc::channel::<Asked>(4);
            tokio::spawn(async move {
                while let Some((secret, back)) = asked.recv().await {
                    let _ = back.send((secret == "a".repeat(43)).then(|| "BEGIN:VCALENDAR".to_owned()));
                }
            });
            let listener = crate::http::bind(([127, 0, 0, 1], 0).into()).await.unwrap();
            let address = listener.local_addr().unwrap();
            let (stop, stopping) = watch::channel(false);
            tokio::spawn(crate::http::serve(listener, routes(asks), stopping));
            Self { address, _stop: stop }
        }

        /// What came back, in full but for the date.
        async fn get(&self, address: &str) -> (u16, String, String) {
            let response = reqwest::get(format!("http://{}/agenda/{address}", self.address)).await.unwrap();
            let code = response.status().as_u16();
            let headers = response.headers().iter().filter(|(name, _)| *name != "date");
            let mut headers: Vec<String> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
            headers.sort();
            (code, headers.join("\n"), response.text().await.unwrap())
        }
    }

    #[tokio::test]
    async fn what_is_not_there_is_answered_alike_to_the_byte() {
        let served = Served::start().await;
        let unknown = served.get(&format!("{}.ics", "b".repeat(43))).await;
        assert_eq!((unknown.0, unknown.2.as_str()), (404, ""));
        for address in [
            "short.ics",
            "x",
            "%2e%2e.ics",
            "%ff.ics",
            &"c".repeat(43),
            &format!("{}é.ics", "d".repeat(42)),
            &format!("{}.ics", "e".repeat(4000)),
        ] {
            assert_eq!(served.get(address).await, unknown, "{address}");
        }
    }

    #[tokio::test]
    async fn a_calendar_is_private_on_its_way() {
        let served = Served::start().await;
        let (code, headers, body) = served.get(&format!("{}.ics", "a".repeat(43))).await;
        assert_eq!((code, body.as_str()), (200, "BEGIN:VCALENDAR"));
        for expected in ["text/calendar; charset=utf-8", "private, no-store", "nosniff", "no-referrer", "noindex"] {
            assert!(headers.contains(expected), "{expected} in {headers}");
        }
    }

    #[tokio::test]
    async fn who_calls_too_often_waits_whatever_the_address() {
        let served = Served::start().await;
        let (known, unknown) = (format!("{}.ics", "a".repeat(43)), format!("{}.ics", "b".repeat(43)));
        served.get(&known).await;
        served.get(&unknown).await;
        let (first, second) = (served.get(&known).await, served.get(&unknown).await);
        assert_eq!((first.0, &first), (429, &second), "it tells nothing");
    }

    #[test]
    fn a_flood_is_stopped_and_forgotten() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        let let_through = (0..100).filter(|n| pace.lets(&n.to_string(), start)).count();
        assert_eq!(let_through, 20);
        let later = start + Duration::from_secs(2);
        assert!(pace.lets("101", later) && !pace.lets("101", later) && !pace.lets("0", later));
        assert!(pace.lets("0", start + Duration::from_secs(11)));
    }
}
