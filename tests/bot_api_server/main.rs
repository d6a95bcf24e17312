//! Tests of the Bot API server that the other tests lean on: it is strict where Telegram is strict.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod faults;
mod messages;
mod people;
#[path = "../support/mod.rs"]
mod support;

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use support::{
    bot_api::{BOT_NAME, BotApi, ChatId, Ephemerals, Fault, Limits, Member, Pressed, TOKEN, UserId, Writing},
    http,
};

/// Calls a method as a bot does; the result, or the status and the description.
fn call(api: &BotApi, method: &str, params: Value) -> Result<Value, (u16, String)> {
    let path = format!("/bot{TOKEN}/{method}");
    let answer = http::post(api.port(), &path, "application/json", params.to_string().as_bytes()).expect("an answer");
    let body = answer.json();
    assert_eq!(body["ok"] == json!(true), answer.status == 200, "{answer:?}");
    match answer.status {
        200 => Ok(body["result"].clone()),
        status => Err((status, body["description"].as_str().unwrap_or_default().to_owned())),
    }
}

/// The call is refused with this status and a description that contains these words.
fn refused(api: &BotApi, method: &str, params: Value, status: u16, words: &str) {
    match call(api, method, params.clone()) {
        Err((code, description)) if code == status && description.contains(words) => {}
        other => panic!("{method} {params}: {other:?}, not {status} {words:?}"),
    }
}

fn say(api: &BotApi, chat: ChatId, text: &str) -> i64 {
    let sent = call(api, "sendMessage", json!({"chat_id": chat.0, "text": text})).expect("sent");
    sent["message_id"].as_i64().expect("an id")
}

/// The updates that wait from `offset` on.
fn updates(api: &BotApi, offset: i64) -> Vec<Value> {
    let got = call(api, "getUpdates", json!({"offset": offset})).expect("updates");
    got.as_array().cloned().expect("a list")
}

/// Confirms everything that waits.
fn drain(api: &BotApi) {
    while let Some(last) = updates(api, 0).last() {
        updates(api, last["update_id"].as_i64().expect("an id") + 1);
    }
}

/// A server with Awa, whose private chat is open, in a supergroup that Nadia made.
fn village() -> (BotApi, UserId, UserId, ChatId) {
    let api = BotApi::start();
    let (nadia, awa) = (api.person("Nadia"), api.person("Awa"));
    let group = api.supergroup("Le cercle", nadia);
    api.enters(awa, group);
    api.opens_silently(awa);
    (api, nadia, awa, group)
}

#[test]
fn tokens_and_methods_are_checked() {
    let api = BotApi::start();
    let at = |path: &str| http::get(api.port(), path).expect("an answer");
    assert_eq!(at(&format!("/bot{TOKEN}/getMe")).json()["result"]["username"], json!(BOT_NAME));
    assert_eq!(at(&format!("/bot{TOKEN}/GetMe")).status, 200, "methods are found whatever their case");
    assert_eq!(at("/bot1:wrong/getMe").status, 401);
    assert_eq!(at("/bot1:wrong/getMe").json()["error_code"], json!(401));
    assert_eq!(at(&format!("/bot{TOKEN}/makeCoffee")).status, 404);
    assert_eq!(at("/").status, 404);
}

#[test]
fn requests_come_as_json_form_query_or_multipart() {
    let (api, _, awa, _) = village();
    let path = format!("/bot{TOKEN}/sendMessage");
    let form = format!("chat_id={}&text=caf%C3%A9+%2B", awa.0);
    let sent = http::post(api.port(), &path, "application/x-www-form-urlencoded", form.as_bytes()).unwrap();
    assert_eq!(sent.json()["result"]["text"], json!("café +"));
    let query = http::get(api.port(), &format!("{path}?chat_id={}&text=deux", awa.0)).unwrap();
    assert_eq!(query.json()["result"]["text"], json!("deux"));
    let part =
        |name: &str, more: &str, value: &str| format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n");
    let body = part("chat_id", "", &awa.0.to_string())
        + &part("document", "", "attach://one")
        + &part("one", "; filename=\"seance.ics\"", "BEGIN:VCALENDAR\r\nEND:VCALENDAR")
        + "--B--\r\n";
    let path = format!("/bot{TOKEN}/sendDocument");
    let sent = http::post(api.port(), &path, "multipart/form-data; boundary=B", body.as_bytes()).unwrap();
    assert_eq!(sent.json()["result"]["document"]["file_name"], json!("seance.ics"), "{sent:?}");
    assert_eq!(api.newest_file(awa, awa), Some(("seance.ics".into(), b"BEGIN:VCALENDAR\r\nEND:VCALENDAR".to_vec())));
}

#[test]
fn updates_wait_until_they_are_confirmed() {
    let (api, _, awa, _) = village();
    drain(&api);
    for n in 0..150 {
        api.writes(awa, awa, format!("/menu {n}"));
    }
    let first = updates(&api, 0);
    assert_eq!(first.len(), 100);
    assert_eq!(updates(&api, 0), first, "what is not confirmed is told again");
    let next = first[99]["update_id"].as_i64().unwrap() + 1;
    let rest = updates(&api, next);
    assert_eq!((rest.len(), rest[0]["message"]["text"].as_str()), (50, Some("/menu 100")));
    assert_eq!(updates(&api, -1)[0]["message"]["text"], json!("/menu 149"));
    let limited = call(&api, "getUpdates", json!({"limit": 1})).unwrap();
    assert_eq!(limited.as_array().map(Vec::len), Some(1));
    assert_eq!(api.state().updates_waiting(), 1);
}

#[test]
fn a_long_poll_waits_for_what_comes() {
    let (api, _, awa, _) = village();
    drain(&api);
    thread::scope(|scope| {
        let polled = scope.spawn(|| call(&api, "getUpdates", json!({"timeout": 20})).unwrap());
        thread::sleep(Duration::from_millis(100));
        api.writes(awa, awa, "/menu");
        assert_eq!(polled.join().unwrap()[0]["message"]["text"], json!("/menu"));
    });
    drain(&api);
    let start = Instant::now();
    assert_eq!(call(&api, "getUpdates", json!({"timeout": 1})), Ok(json!([])));
    assert!(start.elapsed() >= Duration::from_millis(900));
}

#[test]
fn a_second_poller_throws_out_the_first() {
    let (api, ..) = village();
    drain(&api);
    thread::scope(|scope| {
        let first = scope.spawn(|| call(&api, "getUpdates", json!({"timeout": 20})));
        api.wait_for("the first poller", Duration::from_secs(5), |state| state.count("getUpdates") >= 3);
        thread::sleep(Duration::from_millis(50));
        assert_eq!(call(&api, "getUpdates", json!({})), Ok(json!([])));
        let (code, description) = first.join().unwrap().unwrap_err();
        assert_eq!(code, 409);
        assert!(description.starts_with("Conflict: terminated by other getUpdates request"));
    });
    assert_eq!(api.state().conflicts, 1);
}

#[test]
fn only_the_kinds_that_were_asked_for_are_told() {
    let (api, _, awa, _) = village();
    drain(&api);
    call(&api, "getUpdates", json!({"allowed_updates": ["callback_query"]})).unwrap();
    api.writes(awa, awa, "/menu");
    assert_eq!(updates(&api, 0), Vec::<Value>::new());
}

#[test]
fn who_can_be_written_to() {
    let (api, nadia, awa, group) = village();
    let to = |chat: i64| json!({"chat_id": chat, "text": "Bonjour"});
    refused(&api, "sendMessage", to(nadia.0), 403, "bot can't initiate conversation with a user");
    api.presses_start(nadia);
    assert!(call(&api, "sendMessage", to(nadia.0)).is_ok());
    api.blocks(nadia);
    refused(&api, "sendMessage", to(nadia.0), 403, "bot was blocked by the user");
    api.unblocks(nadia);
    assert!(call(&api, "sendMessage", to(nadia.0)).is_ok());
    api.deactivates(awa);
    refused(&api, "sendMessage", to(awa.0), 403, "user is deactivated");
    refused(&api, "sendMessage", to(12345), 400, "chat not found");
    refused(&api, "sendMessage", json!({"text": "Bonjour"}), 400, "chat_id is empty");
    api.bot_becomes(group, nadia, Member::Kicked);
    refused(&api, "sendMessage", to(group.0), 403, "bot was kicked from the supergroup chat");
    api.bot_becomes(group, nadia, Member::Left);
    refused(&api, "sendMessage", to(group.0), 403, "bot is not a member of the supergroup chat");
}

#[test]
fn a_group_that_became_a_supergroup_tells_its_new_address() {
    let api = BotApi::start();
    let nadia = api.person("Nadia");
    let group = api.group("Le cercle", nadia);
    drain(&api);
    let to = api.migrates(group);
    let path = format!("/bot{TOKEN}/sendMessage");
    let body = json!({"chat_id": group.0, "text": "Bonjour"}).to_string();
    let answer = http::post(api.port(), &path, "application/json", body.as_bytes()).unwrap();
    assert_eq!((answer.status, &answer.json()["parameters"]), (400, &json!({"migrate_to_chat_id": to.0})));
    say(&api, to, "Bonjour");
    let told = updates(&api, 0);
    assert_eq!(told[0]["message"]["migrate_to_chat_id"], json!(to.0));
    assert_eq!(told[1]["message"]["migrate_from_chat_id"], json!(group.0));
}
