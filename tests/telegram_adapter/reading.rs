//! How updates come in, and when they are acknowledged.

use std::{
    thread,
    time::{Duration, Instant},
};

use entraide::{
    domain::event::{Origin, RoomEvent},
    platform::NotTaken,
};
use serde_json::json;

use crate::{
    harness::{Bot, Ledger, SOON, address, config},
    support::bot_api::{BotApi, Member, TOKEN, Writing},
};

#[test]
fn what_people_do_becomes_events() {
    let api = BotApi::start();
    let (nadia, awa) = (api.person("Nadia"), api.person("Awa"));
    let group = api.supergroup("Le cercle", nadia);
    let bot = Bot::start(&api);
    api.writes(awa, awa, "bonjour");
    api.writes(nadia, group, "/menu@entraide_bot");
    api.edits(group, 1, "/menu x");
    api.writes(awa, awa, Writing::voice());
    bot.ledger.await_events(4);
    assert_eq!(bot.ledger.texts(), ["bonjour", "/menu", ""]);
    let joined = |origin: &Origin| matches!(origin, Origin::Room(RoomEvent::Joined(room)) if *room == address(group, None));
    assert!(bot.ledger.events().iter().any(|event| joined(&event.origin)));
    assert!(bot.telegram.health().last_answer().is_some());
}

#[test]
fn nothing_is_acknowledged_before_the_commit() {
    let api = BotApi::start();
    let awa = api.person("Awa");
    let bot = Bot::start(&api);
    bot.ledger.hold(true);
    api.writes(awa, awa, "un");
    thread::sleep(Duration::from_millis(150));
    api.writes(awa, awa, "deux");
    thread::sleep(Duration::from_millis(150));
    assert_eq!(api.state().updates_waiting(), 2);
    bot.ledger.hold(false);
    bot.ledger.await_events(2);
    api.wait_for("the acknowledgement", SOON, |state| state.updates_waiting() == 0);
    assert_eq!(bot.ledger.texts(), ["un", "deux"]);
}

#[test]
fn what_could_not_be_committed_is_handed_over_again() {
    let api = BotApi::start();
    let awa = api.person("Awa");
    let bot = Bot::start(&api);
    bot.ledger.refuse(NotTaken::Later);
    bot.ledger.refuse(NotTaken::Later);
    api.writes(awa, awa, "un");
    bot.ledger.await_events(1);
    api.wait_for("the acknowledgement", SOON, |state| state.updates_waiting() == 0);
    assert_eq!(bot.ledger.texts(), ["un"]);
}

#[test]
fn a_stop_ends_the_poll_and_a_start_goes_on_from_the_cursor() {
    let api = BotApi::start();
    let awa = api.person("Awa");
    let mut bot = Bot::start(&api);
    api.writes(awa, awa, "un");
    bot.ledger.await_events(1);
    let cursor = bot.ledger.cursor();
    let before = Instant::now();
    assert_eq!(bot.stop(), Ok(()));
    assert!(before.elapsed() < Duration::from_secs(1), "a poll under way is given up");
    api.writes(awa, awa, "deux");

    let again = Bot::start_with(config(api.url(), TOKEN, None), Ledger::default(), cursor);
    again.ledger.await_events(1);
    assert_eq!(again.ledger.texts(), ["deux"]);
}

#[test]
fn what_was_not_committed_comes_again_with_the_same_key() {
    let api = BotApi::start();
    let awa = api.person("Awa");
    let mut bot = Bot::start(&api);
    bot.ledger.refuse(NotTaken::Stopping);
    api.writes(awa, awa, "un");
    assert_eq!(bot.ended(), Ok(()), "the program is stopping");
    let keys = || {
        let bot = Bot::start(&api);
        bot.ledger.hold(false);
        let key = bot.ledger.await_events(1)[0].key.clone();
        bot.ledger.refuse(NotTaken::Stopping);
        key
    };
    let first = keys();
    assert!(first.0.starts_with("telegram:7000000001:"), "{first:?}");
}

#[test]
fn reading_begins_before_the_menu_is_told() {
    let api = BotApi::start();
    let begin = Instant::now();
    let _bot = Bot::start(&api).settled(&api);
    let state = api.state();
    let methods: Vec<&str> = state.calls.iter().map(|call| call.method).collect();
    assert_eq!(methods[0], "getMe");
    let first = |name: &str| state.calls.iter().find(|call| call.method == name).expect("called").at;
    assert!(first("getUpdates") <= first("setMyCommands") + Duration::from_millis(50), "{methods:?}");
    // The target is 100 ms; a busy machine gets some more.
    assert!(first("getUpdates").duration_since(begin) < Duration::from_millis(500));
    assert_eq!(state.count("deleteWebhook"), 0);
}

#[test]
fn the_menu_is_told_in_each_scope_and_language() {
    let api = BotApi::start();
    let _bot = Bot::start(&api).settled(&api);
    let state = api.state();
    let words = |scope: &str, language: &str| -> Vec<String> {
        let key = (json!({"type": scope}).to_string(), language.to_owned());
        let list = state.commands.get(&key).unwrap_or_else(|| panic!("{key:?} in {:?}", state.commands));
        list.as_array().unwrap().iter().map(|line| line["command"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(words("all_group_chats", ""), ["menu", "credits", "installer"]);
    assert_eq!(words("all_group_chats", "fr"), ["menu", "credits", "installer"]);
    assert_eq!(words("all_group_chats", "en"), ["menu", "credits", "setup"]);
    assert_eq!(words("all_private_chats", "en"), ["menu", "credits"]);
    assert_eq!(words("all_private_chats", ""), ["menu", "credits"]);
}

#[test]
fn who_administers_is_asked_only_where_it_matters() {
    let api = BotApi::start();
    let (nadia, awa, sam) = (api.person("Nadia"), api.person("Awa"), api.person("Sam"));
    let group = api.supergroup("Le cercle", nadia);
    api.enters(awa, group);
    api.enters(sam, group);
    api.becomes(sam, group, Member::Administrator { can_delete: false });
    let bot = Bot::start(&api);
    bot.ledger.await_events(1);
    let admin = |n: usize, who, text: &str| {
        api.writes(who, group, text);
        bot.ledger.said(n).sender_is_admin
    };
    assert!(!admin(2, nadia, "/menu"));
    assert_eq!(api.state().count("getChatMember"), 0);
    assert!(admin(3, nadia, "/installer"));
    assert!(admin(4, sam, "/setup"));
    assert!(!admin(5, awa, "/installer"));
    assert_eq!(api.state().count("getChatMember"), 3);
    api.writes(nadia, group, Writing::from("/installer").anonymously());
    let hidden = bot.ledger.said(6);
    assert!(hidden.sender.is_none() && !hidden.sender_is_admin);
    assert_eq!(api.state().count("getChatMember"), 3);
}
