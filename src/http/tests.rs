//! Health and figures over a real connection, and the stop.

use std::sync::OnceLock;

use axum::routing::post;
use tokio::task::JoinHandle;

use super::*;
use crate::{
    domain::{event::Platform, time::Timestamp},
    platform,
};

const NOW: Timestamp = Timestamp::from_micros(1_700_000_000_000_000);

/// The recorder of the process, which can be set once.
fn metrics() -> Metrics {
    static METRICS: OnceLock<Metrics> = OnceLock::new();
    METRICS.get_or_init(|| Metrics::start().unwrap()).clone()
}

struct Served {
    health: Arc<Health>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<io::Result<()>>,
}

impl Served {
    async fn start(more: Router) -> Self {
        let (health, telegram) = (Arc::new(Health::default()), Arc::new(platform::Health::default()));
        telegram.answered(NOW);
        health.watch(Platform::Telegram, telegram);
        let listener = bind(([127, 0, 0, 1], 0).into()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopping) = watch::channel(false);
        let routes = routes(Arc::clone(&health), metrics(), Arc::new(|| NOW)).merge(more);
        Self { health, address, stop, server: tokio::spawn(serve(listener, routes, stopping)) }
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        reqwest::get(format!("http://{}{path}", self.address)).await.unwrap()
    }
}

#[tokio::test]
async fn health_is_200_or_503_with_the_reason() {
    let served = Served::start(Router::new()).await;
    let well = served.get("/health").await;
    assert_eq!(well.status().as_u16(), 200);
    let body: serde_json::Value = serde_json::from_str(&well.text().await.unwrap()).unwrap();
    assert_eq!((&body["status"], &body["platforms"]["telegram"]["answering"]), (&"ok".into(), &true.into()));
    served.health.commits(false);
    let failing = served.get("/health").await;
    assert_eq!(failing.status().as_u16(), 503);
    let body: serde_json::Value = serde_json::from_str(&failing.text().await.unwrap()).unwrap();
    assert_eq!((&body["status"], &body["database"]["writable"]), (&"failing".into(), &false.into()));
}

#[tokio::test]
async fn figures_are_served_as_prometheus_reads_them() {
    let served = Served::start(Router::new()).await;
    let page = served.get("/metrics").await;
    assert_eq!(page.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    let page = page.text().await.unwrap();
    assert!(page.contains("entraide_platform_answering{platform=\"telegram\"} 1"), "{page}");
}

#[tokio::test]
async fn what_is_not_there_is_404_and_routes_of_others_are_served() {
    let served = Served::start(Router::new().route("/hook", post(|| async { "taken" }))).await;
    assert_eq!(served.get("/").await.status().as_u16(), 404);
    assert_eq!(served.get("/hook").await.status().as_u16(), 405);
    let taken = reqwest::Client::new().post(format!("http://{}/hook", served.address)).send().await.unwrap();
    assert_eq!(taken.text().await.unwrap(), "taken");
}

#[tokio::test]
async fn a_stop_lets_the_call_under_way_end_and_takes_no_more() {
    let slow = Router::new().route(
        "/slow",
        post(|| async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "done"
        }),
    );
    let served = Served::start(slow).await;
    let call = tokio::spawn(reqwest::Client::new().post(format!("http://{}/slow", served.address)).send());
    tokio::time::sleep(Duration::from_millis(100)).await;
    served.stop.send_replace(true);
    assert_eq!(call.await.unwrap().unwrap().text().await.unwrap(), "done");
    served.server.await.unwrap().unwrap();
    assert!(reqwest::get(format!("http://{}/health", served.address)).await.is_err());
}

#[tokio::test]
async fn an_address_that_is_taken_is_told_with_the_key() {
    let first = bind(([127, 0, 0, 1], 0).into()).await.unwrap();
    let error = bind(first.local_addr().unwrap()).await.unwrap_err();
    assert!(error.to_string().starts_with("http.listen: cannot listen on 127.0.0.1:"), "{error}");
}
