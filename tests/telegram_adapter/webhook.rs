//! Updates by webhook: the answer comes after the commit, and only to who knows the secret.

use std::{net::TcpListener, sync::Arc};

use entraide::platform::{NotTaken, telegram::Webhook};

use crate::{
    harness::{Bot, Ledger, SOON, config},
    support::{
        bot_api::{BotApi, TOKEN},
        http,
    },
};

/// A bot that listens on a port of its own.
fn listening(api: &BotApi) -> (Bot, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let webhook = Webhook { url: format!("http://127.0.0.1:{port}/hook"), secret: "a-secret_1".into() };
    let bot = Bot::start_with(config(api.url(), TOKEN, Some(webhook)), Ledger::default(), None);
    let router = bot.telegram.webhook_router(bot.ledger.clone()).unwrap();
    bot.spawn(async move {
        axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), router).await.unwrap();
    });
    (bot, port)
}

#[test]
fn updates_are_posted_and_come_again_until_they_are_committed() {
    let api = BotApi::start();
    let awa = api.person("Awa");
    let (bot, _) = listening(&api);
    bot.ledger.refuse(NotTaken::Later);
    api.writes(awa, awa, "un");
    api.writes(awa, awa, "deux");
    bot.ledger.await_events(2);
    assert_eq!(bot.ledger.texts(), ["un", "deux"]);
    api.wait_for("the acknowledgement", SOON, |state| state.updates_waiting() == 0);
    assert_eq!(api.state().count("setWebhook"), 1);
    assert_eq!(api.state().count("getUpdates"), 0);
    assert_eq!(bot.ledger.cursor(), None);
}

#[test]
fn nothing_is_answered_with_200_before_the_commit() {
    let api = BotApi::start();
    let awa = api.person("Awa");
    let (bot, _) = listening(&api);
    bot.ledger.hold(true);
    api.writes(awa, awa, "un");
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(api.state().updates_waiting(), 1);
    bot.ledger.hold(false);
    bot.ledger.await_events(1);
    api.wait_for("the acknowledgement", SOON, |state| state.updates_waiting() == 0);
}

#[test]
fn who_does_not_know_the_secret_is_turned_away() {
    let api = BotApi::start();
    let (mut bot, port) = listening(&api);
    api.wait_for("the webhook", SOON, |state| state.count("setWebhook") == 1);
    let update = br#"{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"from":{"id":1,"first_name":"x"},"text":"/menu"}}"#;
    let status = |path: &str| http::post(port, path, "application/json", update).unwrap().status;
    assert_eq!(status("/hook"), 401);
    assert_eq!(status("/elsewhere"), 404);
    assert!(bot.ledger.events().is_empty());
    assert_eq!(bot.stop(), Ok(()));
    assert!(Arc::strong_count(&bot.telegram) >= 1);
}
