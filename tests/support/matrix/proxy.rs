//! A network between the bot and the homeserver: it sees the requests, and lets go wrong what a test wants.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State as Extract},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use tokio::runtime::{Builder, Runtime};

use super::{
    super::bot_api::listener::{Listener, Shears},
    Synapse,
};

/// The longest request that is passed on.
const BODY_BYTES_MAX: usize = 60 << 20;
/// How often a waiting test looks again.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// What happens to a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It is carried out and the connection cut before the answer.
    LoseAnswer,
    /// It never arrives.
    Drop,
    /// 502 and a page that is no JSON.
    BadGateway,
    /// 429 with so many milliseconds in `retry_after_ms`.
    TooMany(u64),
}

/// A request that passed, or was meant to.
#[derive(Clone, Debug)]
pub struct Passed {
    /// `PUT`
    pub method: String,
    /// With what follows the question mark.
    pub path: String,
    /// The status that it was answered with; none while it has no answer, or where that was lost.
    pub status: Option<u16>,
    /// It is over.
    pub done: bool,
    /// When it began.
    pub at: Instant,
}

struct Injection {
    method: &'static str,
    part: &'static str,
    times: u64,
    fault: Fault,
}

#[derive(Default)]
struct State {
    passed: Vec<Passed>,
    injections: Vec<Injection>,
    /// When something last began or ended, syncs without news excepted.
    moved: Option<Instant>,
}

struct Shared {
    state: Mutex<State>,
    upstream: String,
    client: reqwest::Client,
}

/// The network; it is gone when this is dropped.
pub struct Proxy {
    shared: Arc<Shared>,
    port: u16,
    running: Option<Runtime>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Proxy {
    /// In front of a homeserver.
    pub fn before(synapse: &Synapse) -> Self {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let shared = Arc::new(Shared { state: Mutex::default(), upstream: synapse.url().to_owned(), client });
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("proxy").enable_all().build().expect("a runtime");
        let listener = runtime.block_on(tokio::net::TcpListener::bind(("127.0.0.1", 0))).expect("a free port on the loopback");
        let port = listener.local_addr().expect("an address").port();
        let router = Router::new().fallback(pass).with_state(Arc::clone(&shared));
        runtime.spawn(async move {
            let _ = axum::serve(Listener(listener), router.into_make_service_with_connect_info::<Shears>()).await;
        });
        Self { shared, port, running: Some(runtime) }
    }

    /// What `matrix.homeserver` is set to.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The next `times` requests of this method whose path has this part go wrong.
    pub fn inject(&self, method: &'static str, part: &'static str, times: u64, fault: Fault) {
        self.shared.lock().injections.push(Injection { method, part, times, fault });
    }

    /// How many injected faults were not met yet.
    pub fn faults_left(&self) -> u64 {
        self.shared.lock().injections.iter().map(|injection| injection.times).sum()
    }

    /// Nothing more goes wrong.
    pub fn heal(&self) {
        self.shared.lock().injections.clear();
    }

    /// The requests so far.
    pub fn passed(&self) -> Vec<Passed> {
        self.shared.lock().passed.clone()
    }

    /// Waits until a request passes that fits.
    pub fn wait_for(&self, what: &str, at_most: Duration, fits: impl Fn(&Passed) -> bool) {
        let deadline = Instant::now() + at_most;
        while !self.passed().iter().any(&fits) {
            assert!(Instant::now() < deadline, "waited {at_most:?} in vain for {what}; what passed:\n{}", self.transcript());
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// Waits until the bot handled what came before `since`: it syncs again, nothing else is under way, and for `quiet` there was
    /// nothing but syncs without news.
    pub fn wait_rest(&self, since: Instant, quiet: Duration, at_most: Duration) {
        let deadline = Instant::now() + at_most;
        loop {
            {
                let state = self.shared.lock();
                let open: Vec<&Passed> = state.passed.iter().filter(|passed| !passed.done).collect();
                let syncs = matches!(open[..], [passed] if is_sync(passed) && passed.at > since);
                let quiet_since = state.moved.map_or(since, |moved| moved.max(since));
                if syncs && quiet_since.elapsed() >= quiet {
                    return;
                }
            }
            assert!(Instant::now() < deadline, "the bot does not come to rest; what passed:\n{}", self.transcript());
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// What passed, for a person to read.
    pub fn transcript(&self) -> String {
        let state = self.shared.lock();
        let line = |passed: &Passed| {
            let status = passed.status.map_or("   ".to_owned(), |status| status.to_string());
            format!("{status} {} {:.150}{}", passed.method, passed.path, if passed.done { "" } else { " …" })
        };
        state.passed.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        if let Some(runtime) = self.running.take() {
            runtime.shutdown_background();
        }
    }
}

fn is_sync(passed: &Passed) -> bool {
    passed.path.contains("/sync?") || passed.path.ends_with("/sync")
}

async fn pass(Extract(shared): Extract<Arc<Shared>>, ConnectInfo(shears): ConnectInfo<Shears>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let (n, fault) = begin(&shared, head.method.as_str(), &path);
    // Also where the other side went away meanwhile, which ends this before its end.
    let mut end = End { shared: &shared, n, status: None };
    let body = match to_bytes(body, BODY_BYTES_MAX).await {
        Ok(body) => body,
        Err(_) => return plain(StatusCode::BAD_REQUEST, "text/plain", "no body"),
    };
    match fault {
        Some(Fault::Drop) => shears.cut(),
        Some(Fault::BadGateway) => return end.with(plain(StatusCode::BAD_GATEWAY, "text/html", "<html>502</html>")),
        Some(Fault::TooMany(ms)) => {
            let text = format!(r#"{{"errcode":"M_LIMIT_EXCEEDED","error":"Too Many Requests","retry_after_ms":{ms}}}"#);
            return end.with(plain(StatusCode::TOO_MANY_REQUESTS, "application/json", &text));
        }
        Some(Fault::LoseAnswer) | None => {
            let mut forwarded = shared.client.request(head.method, format!("{}{path}", shared.upstream)).body(body);
            for (name, value) in passed_on(&head.headers) {
                forwarded = forwarded.header(name, value);
            }
            let answer = answer(forwarded).await;
            if fault.is_none() {
                return end.with(answer);
            }
            shears.cut();
        }
    }
    plain(StatusCode::BAD_GATEWAY, "text/plain", "nobody reads this")
}

struct End<'a> {
    shared: &'a Shared,
    n: usize,
    status: Option<u16>,
}

impl End<'_> {
    fn with(&mut self, answer: Response) -> Response {
        self.status = Some(answer.status().as_u16());
        answer
    }
}

impl Drop for End<'_> {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        let passed = &mut state.passed[self.n];
        (passed.done, passed.status) = (true, self.status);
        if !is_sync(passed) {
            state.moved = Some(Instant::now());
        }
    }
}

fn begin(shared: &Shared, method: &str, path: &str) -> (usize, Option<Fault>) {
    let mut state = shared.lock();
    let passed = Passed { method: method.to_owned(), path: path.to_owned(), status: None, done: false, at: Instant::now() };
    // A sync begins where the one before brought something, or after its time-out; the latter are few.
    state.moved = Some(passed.at);
    state.passed.push(passed);
    let n = state.passed.len() - 1;
    let Some(at) = state.injections.iter().position(|injection| injection.method == method && path.contains(injection.part)) else {
        return (n, None);
    };
    let fault = state.injections[at].fault;
    state.injections[at].times -= 1;
    state.injections.retain(|injection| injection.times > 0);
    (n, Some(fault))
}

/// What is about this one connection stays here.
fn passed_on(headers: &HeaderMap) -> impl Iterator<Item = (&header::HeaderName, &header::HeaderValue)> {
    const OF_THE_CONNECTION: [header::HeaderName; 5] =
        [header::HOST, header::CONNECTION, header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::ACCEPT_ENCODING];
    headers.iter().filter(|(name, _)| !OF_THE_CONNECTION.contains(name))
}

async fn answer(request: reqwest::RequestBuilder) -> Response {
    let Ok(answer) = request.send().await else { return plain(StatusCode::BAD_GATEWAY, "text/plain", "no homeserver") };
    let (status, headers) = (answer.status(), answer.headers().clone());
    let Ok(body) = answer.bytes().await else { return plain(StatusCode::BAD_GATEWAY, "text/plain", "half an answer") };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    for (name, value) in passed_on(&headers) {
        response.headers_mut().append(name, value.clone());
    }
    response
}

fn plain(status: StatusCode, kind: &'static str, text: &str) -> Response {
    let mut response = Response::new(Body::from(text.to_owned()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response
}
