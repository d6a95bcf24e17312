//! What goes wrong between us and Telegram, and what is said about it.

use std::{
    io::Write,
    sync::{Arc, Mutex, OnceLock},
    thread,
    time::Duration,
};

use entraide::platform::telegram::Ended;
use serde_json::json;

use crate::{
    harness::{Bot, Ledger, SOON, config, direct, message},
    support::{
        bot_api::{BotApi, TOKEN},
        http,
    },
};

/// Everything that was logged in this process.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

/// The log, from the first call on.
fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let writer = log.clone();
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).with_writer(move || writer.clone()).init();
        log
    })
}

#[test]
fn a_wrong_token_ends_the_adapter_with_what_to_do() {
    let api = BotApi::start();
    let mut bot = Bot::start_with(config(api.url(), "1:wrong", None), Ledger::default(), None);
    let ended = bot.ended().unwrap_err();
    assert_eq!(ended, Ended::TokenRefused);
    assert!(ended.to_string().contains("telegram.token"));
}

#[test]
fn a_server_that_is_away_at_start_and_again_later_is_waited_for() {
    log();
    let api = BotApi::start();
    let awa = api.person("Awa");
    api.away();
    let bot = Bot::start(&api);
    thread::sleep(Duration::from_millis(300));
    api.back();
    api.writes(awa, awa, "un");
    bot.ledger.await_events(1);
    api.away();
    thread::sleep(Duration::from_millis(300));
    api.back();
    api.writes(awa, awa, "deux");
    bot.ledger.await_events(2);
    assert_eq!(bot.ledger.texts(), ["un", "deux"]);
}

#[test]
fn a_webhook_that_was_left_behind_is_deleted() {
    let api = BotApi::start();
    let awa = api.person("Awa");
    let hook = json!({"url": "http://127.0.0.1:9/nobody"}).to_string();
    http::post(api.port(), &format!("/bot{TOKEN}/setWebhook"), "application/json", hook.as_bytes()).unwrap();
    let bot = Bot::start(&api);
    api.writes(awa, awa, "un");
    bot.ledger.await_events(1);
    assert_eq!(api.state().count("deleteWebhook"), 1);
}

#[test]
fn a_second_poller_is_told_of_and_outlived() {
    let log = log();
    let api = BotApi::start();
    let awa = api.person("Awa");
    let bot = Bot::start(&api);
    api.wait_for("the first poll", SOON, |state| state.count("getUpdates") > 0);
    thread::sleep(Duration::from_millis(100));
    let other = http::get(api.port(), &format!("/bot{TOKEN}/getUpdates")).unwrap();
    assert_eq!(other.status, 200);
    api.wait_for("the conflict", SOON, |state| state.conflicts > 0);
    api.writes(awa, awa, "un");
    bot.ledger.await_events(1);
    assert!(log.text().contains("another program reads updates with the same token"));
}

#[test]
fn neither_the_token_nor_names_nor_texts_are_logged() {
    let log = log();
    let api = BotApi::start();
    let awa = api.person("Awasecretname");
    let bot = Bot::start(&api);
    api.writes(awa, awa, "canary-of-awa");
    bot.ledger.await_events(1);
    let _ = bot.deliver(1, &direct(awa), message("canary-to-awa", &[]));
    api.blocks(awa);
    let _ = bot.deliver(2, &direct(awa), message("canary-to-awa", &[]));
    api.away();
    let error = bot.deliver(3, &direct(awa), message("canary-to-awa", &[])).unwrap_err();
    thread::sleep(Duration::from_millis(300));
    let logged = format!("{}{error} {error:?}", log.text());
    assert!(logged.contains("Telegram tells no updates"), "{logged}");
    for secret in [TOKEN.split_once(':').unwrap().1, "canary", "Awasecretname", &awa.0.to_string()] {
        assert!(!logged.contains(secret), "{secret} is in the log");
    }
}
