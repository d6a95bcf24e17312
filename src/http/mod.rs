//! What the program serves over HTTP: its health, its figures, calendars to subscribe to, and the routes that others add (Telegram's webhook).

mod feed;
mod health;
mod metrics;
#[cfg(test)]
mod tests;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::{net::TcpListener, sync::watch};

use crate::platform::Clock;

pub use self::{
    feed::{Asked, routes as feed_routes},
    health::{Answering, Database, Health, Snapshot, Status, Waiting},
    metrics::{Metrics, RecordedElsewhere},
};

/// How long a stop waits for answers that are on their way.
const LAST_WORDS: Duration = Duration::from_secs(5);

#[derive(Clone)]
struct Parts {
    health: Arc<Health>,
    metrics: Metrics,
    clock: Clock,
}

/// `GET /health`: the state of health as JSON, with 200 where all is well and 503 where not.
/// `GET /metrics`: the figures for Prometheus. Routes of others are merged into what this returns.
pub fn routes(health: Arc<Health>, metrics: Metrics, clock: Clock) -> Router {
    let parts = Parts { health, metrics, clock };
    Router::new().route("/health", get(tell_health)).route("/metrics", get(tell_metrics)).with_state(parts)
}

/// Takes the address that is to be served, so that a start fails at once where it is taken.
///
/// # Errors
/// What the system says, with the key's name and what to write.
pub async fn bind(listen: SocketAddr) -> io::Result<TcpListener> {
    let taken = |error: io::Error| {
        let text = format!("http.listen: cannot listen on {listen} ({error}); write an address and a port of this machine that are free");
        io::Error::new(error.kind(), text)
    };
    TcpListener::bind(listen).await.map_err(taken)
}

/// Serves until `stop` says so; then takes no new calls, and lets those under way end.
///
/// # Errors
/// Where the system takes the address away.
pub async fn serve(listener: TcpListener, routes: Router, stop: watch::Receiver<bool>) -> io::Result<()> {
    let stopped = |mut stop: watch::Receiver<bool>| async move {
        // Who dropped the sender stopped too.
        let _ = stop.wait_for(|stop| *stop).await;
    };
    let patience = stop.clone();
    let server = axum::serve(listener, routes).with_graceful_shutdown(stopped(stop));
    tokio::select! {
        result = server.into_future() => result,
        () = async { stopped(patience).await; tokio::time::sleep(LAST_WORDS).await } => Ok(()),
    }
}

async fn tell_health(State(parts): State<Parts>) -> Response {
    let snapshot = parts.health.snapshot((parts.clock)());
    let code = match snapshot.status {
        Status::Ok => StatusCode::OK,
        Status::Failing => StatusCode::SERVICE_UNAVAILABLE,
    };
    (code, [(header::CACHE_CONTROL, "no-store")], Json(snapshot)).into_response()
}

async fn tell_metrics(State(parts): State<Parts>) -> Response {
    let page = parts.metrics.page(&parts.health.snapshot((parts.clock)()));
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], page).into_response()
}
