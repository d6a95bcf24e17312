//! Tests of the Bot API server that the other tests lean on: it is strict where Telegram is strict.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

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

#[test]
fn texts_and_entities_are_checked() {
    let (api, _, awa, _) = village();
    let check = |text: &str, entities: Value, words: &str| {
        let params = json!({"chat_id": awa.0, "text": text, "entities": entities});
        match words {
            "" => assert!(call(&api, "sendMessage", params).is_ok(), "{text:.20}"),
            words => refused(&api, "sendMessage", params, 400, words),
        }
    };
    let bold = |offset: i64, length: i64| json!([{"type": "bold", "offset": offset, "length": length}]);
    check("", json!([]), "message text is empty");
    check(" \n ", json!([]), "message text is empty");
    check(&"é".repeat(4096), json!([]), "");
    check(&"é".repeat(4097), json!([]), "message is too long");
    check("😞 dur", bold(3, 3), "");
    check("😞 dur", bold(3, 4), "ends after the end of the text");
    check("😞 dur", bold(1, 3), "in a middle of a UTF-16 symbol");
    check("😞 dur", bold(0, 1), "in a middle of a UTF-16 symbol");
    check("dur", bold(-1, 2), "can't parse entities");
    check("dur", bold(0, 0), "can't parse entities");
    check("dur", json!([{"type": "shiny", "offset": 0, "length": 1}]), "unsupported type");
    check("dur", json!([{"type": "text_link", "offset": 0, "length": 1}]), "a field of MessageEntity is missing");
    refused(&api, "sendMessage", json!({"chat_id": awa.0, "text": "<b>x", "parse_mode": "HTML"}), 400, "can't parse entities");
}

#[test]
fn buttons_are_checked() {
    let (api, _, awa, _) = village();
    let check = |button: Value, words: &str| {
        let params = json!({"chat_id": awa.0, "text": "?", "reply_markup": {"inline_keyboard": [[button]]}});
        match words {
            "" => assert!(call(&api, "sendMessage", params).is_ok()),
            words => refused(&api, "sendMessage", params, 400, words),
        }
    };
    check(json!({"text": "Oui", "callback_data": "x".repeat(64)}), "");
    check(json!({"text": "Oui", "callback_data": "é".repeat(33)}), "BUTTON_DATA_INVALID");
    check(json!({"text": "Oui", "callback_data": ""}), "BUTTON_DATA_INVALID");
    check(json!({"text": "Oui"}), "Text buttons are unallowed");
    check(json!({"text": " ", "callback_data": "x"}), "button text must be non-empty");
    check(json!({"text": "Ouvrir", "url": "https://t.me/entraide_bot?start=x"}), "");
    check(json!({"text": "Ouvrir", "url": "ouvrir"}), "BUTTON_URL_INVALID");
}

#[test]
fn presses_are_told_and_answered_in_time() {
    let (api, _, awa, group) = village();
    drain(&api);
    let keyboard = json!({"inline_keyboard": [[{"text": "A", "callback_data": "a"}], [{"text": "B", "callback_data": "b"}]]});
    let sent = call(&api, "sendMessage", json!({"chat_id": group.0, "text": "?", "reply_markup": keyboard})).unwrap();
    let later = say(&api, group, "sans bouton");
    assert!(later > sent["message_id"].as_i64().unwrap());
    let Ok(Pressed::Told(query)) = api.presses(awa, group, 2) else { panic!("a press") };
    let told = updates(&api, 0);
    assert_eq!(told[0]["callback_query"]["data"], json!("b"));
    assert_eq!(told[0]["callback_query"]["message"]["message_id"], sent["message_id"]);
    assert!(api.presses(awa, group, 3).is_err());
    assert!(api.presses(awa, awa, 1).is_err());
    let answer = json!({"callback_query_id": query, "text": "Noté"});
    assert!(call(&api, "answerCallbackQuery", answer.clone()).is_ok());
    assert_eq!(api.state().queries[&query].answer, Some((Some("Noté".to_owned()), false)));
    refused(&api, "answerCallbackQuery", json!({"callback_query_id": "1"}), 400, "query is too old");
    api.state().query_life = Duration::ZERO;
    refused(&api, "answerCallbackQuery", answer, 400, "query is too old");
}

#[test]
fn edits_and_deletions_follow_the_rules() {
    let (api, nadia, awa, group) = village();
    let keyboard = json!({"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]});
    let sent = call(&api, "sendMessage", json!({"chat_id": group.0, "text": "un", "reply_markup": keyboard})).unwrap();
    let id = sent["message_id"].clone();
    let edit = |id: &Value, text: &str| json!({"chat_id": group.0, "message_id": id, "text": text});
    assert!(call(&api, "editMessageText", edit(&id, "un")).is_ok(), "the keyboard went");
    assert!(api.presses(awa, group, 1).is_err());
    refused(&api, "editMessageText", edit(&id, "un"), 400, "message is not modified");
    assert!(call(&api, "editMessageText", edit(&id, "deux")).is_ok());
    assert_eq!(api.bot_texts(awa, group), ["deux"]);
    let theirs = json!(api.writes(awa, group, "/cava 2"));
    refused(&api, "editMessageText", edit(&theirs, "x"), 400, "message can't be edited");
    refused(&api, "editMessageText", edit(&json!(999), "x"), 400, "message to edit not found");
    let delete = |id: &Value| json!({"chat_id": group.0, "message_id": id});
    refused(&api, "deleteMessage", delete(&theirs), 400, "message can't be deleted");
    api.bot_becomes(group, nadia, Member::Administrator { can_delete: true });
    assert!(call(&api, "deleteMessage", delete(&theirs)).is_ok());
    refused(&api, "deleteMessage", delete(&theirs), 400, "message to delete not found");
    assert!(call(&api, "deleteMessage", delete(&id)).is_ok());
    refused(&api, "editMessageText", edit(&id, "trois"), 400, "message to edit not found");
    let direct = api.writes(awa, awa, "/cava 2");
    assert!(call(&api, "deleteMessage", json!({"chat_id": awa.0, "message_id": direct})).is_ok());
}

#[test]
fn only_some_emoji_are_reactions() {
    let (api, _, awa, group) = village();
    let id = api.writes(awa, group, "/cava 2");
    let react = |emoji: &str| json!({"chat_id": group.0, "message_id": id, "reaction": [{"type": "emoji", "emoji": emoji}]});
    assert!(call(&api, "setMessageReaction", react("👍")).is_ok());
    refused(&api, "setMessageReaction", react("✅"), 400, "REACTION_INVALID");
    assert_eq!(api.sees(awa, group).last().unwrap().reaction.as_deref(), Some("👍"));
}

#[test]
fn the_bot_is_told_only_what_is_meant_for_it() {
    let (api, nadia, awa, group) = village();
    let said = say(&api, group, "Bonjour");
    drain(&api);
    let other = api.writes(nadia, group, "bonjour à tous");
    let told = |what: Writing| {
        drain(&api);
        api.writes(awa, group, what);
        !updates(&api, 0).is_empty()
    };
    assert!(!told("bonjour".into()));
    assert!(told("/menu".into()));
    assert!(told(format!("/menu@{BOT_NAME}").as_str().into()));
    assert!(!told("/menu@another_bot".into()));
    assert!(told(format!("dis, @{BOT_NAME}, tu es là ?").as_str().into()));
    assert!(told(Writing::from("oui").reply_to(said)));
    assert!(!told(Writing::from("oui").reply_to(other)));
    api.bot_becomes(group, nadia, Member::Administrator { can_delete: false });
    assert!(told("bonjour".into()));
}

#[test]
fn people_are_named_in_every_way() {
    let (api, _, awa, group) = village();
    drain(&api);
    let zoe = api.person("Zoé");
    api.enters(zoe, group);
    drain(&api);
    assert!(zoe.0 > i64::from(u32::MAX));
    let id = api.writes(awa, group, Writing::from("/donner Zoé 3 😞 @Nadia").naming("Zoé", zoe));
    let message = &updates(&api, 0)[0]["message"];
    let entities = message["entities"].as_array().unwrap();
    let kinds: Vec<&str> = entities.iter().filter_map(|entity| entity["type"].as_str()).collect();
    assert_eq!(kinds, ["bot_command", "text_mention", "mention"]);
    assert_eq!((&entities[1]["user"]["id"], &entities[1]["length"]), (&json!(zoe.0), &json!(3)));
    assert_eq!((&entities[2]["offset"], &entities[2]["length"]), (&json!(17), &json!(6)), "an emoji counts two");
    drain(&api);
    api.writes(zoe, group, Writing::from("/donner 3").reply_to(id));
    assert_eq!(updates(&api, 0)[0]["message"]["reply_to_message"]["from"]["id"], json!(awa.0));
}

#[test]
fn odd_messages_look_like_telegrams() {
    let (api, nadia, _, group) = village();
    api.bot_becomes(group, nadia, Member::Administrator { can_delete: false });
    drain(&api);
    api.writes(nadia, group, Writing::from("/installer").anonymously());
    api.writes(nadia, group, Writing::from("/installer").in_name_of_channel("Infos"));
    api.writes(nadia, group, Writing::from("/menu").forwarded_from("Sam"));
    api.writes(nadia, group, Writing::voice());
    let id = api.writes(nadia, group, "/donner @Awa 3");
    api.edits(group, id, "/donner @Awa 30");
    let told = updates(&api, 0);
    assert_eq!(told[0]["message"]["from"]["id"], json!(1_087_968_824));
    assert_eq!(told[0]["message"]["sender_chat"]["id"], json!(group.0));
    assert_eq!(told[1]["message"]["from"]["id"], json!(136_817_688));
    assert_eq!(told[1]["message"]["sender_chat"]["type"], json!("channel"));
    assert_eq!(told[2]["message"]["forward_origin"]["type"], json!("hidden_user"));
    assert!(told[3]["message"]["voice"].is_object() && told[3]["message"]["text"].is_null());
    assert_eq!(told[5]["edited_message"]["message_id"], json!(id));
}

#[test]
fn topics_have_threads() {
    let api = BotApi::start();
    let nadia = api.person("Nadia");
    let forum = api.forum("Le cercle", nadia);
    let topic = api.topic(forum, "Jardin");
    drain(&api);
    api.writes(nadia, forum, Writing::from("/agenda").in_topic(topic));
    assert_eq!(updates(&api, 0)[0]["message"]["message_thread_id"], json!(topic));
    let into = |thread: i64| json!({"chat_id": forum.0, "message_thread_id": thread, "text": "Bonjour"});
    assert_eq!(call(&api, "sendMessage", into(topic)).unwrap()["is_topic_message"], json!(true));
    refused(&api, "sendMessage", into(topic + 77), 400, "message thread not found");
    api.closes_topic(forum, topic);
    refused(&api, "sendMessage", into(topic), 400, "TOPIC_CLOSED");
}

#[test]
fn rights_are_told() {
    let (api, nadia, awa, group) = village();
    let status =
        |user: UserId| call(&api, "getChatMember", json!({"chat_id": group.0, "user_id": user.0})).map(|member| member["status"].clone());
    assert_eq!(status(nadia), Ok(json!("creator")));
    assert_eq!(status(awa), Ok(json!("member")));
    api.becomes(awa, group, Member::Administrator { can_delete: false });
    assert_eq!(status(awa), Ok(json!("administrator")));
    assert_eq!(status(api.person("Paul")), Ok(json!("left")));
    assert!(status(UserId(1)).is_err());
    let admins = call(&api, "getChatAdministrators", json!({"chat_id": group.0})).unwrap();
    assert_eq!(admins.as_array().map(Vec::len), Some(2));
}

#[test]
fn commands_keep_only_the_fields_that_the_server_knows() {
    let (api, ..) = village();
    let probe = |api: &BotApi| {
        let commands = json!([{"command": "solde", "description": "Solde", "is_ephemeral": true}]);
        call(api, "setMyCommands", json!({"commands": commands, "language_code": "fr"})).unwrap();
        call(api, "getMyCommands", json!({"language_code": "fr"})).unwrap()[0]["is_ephemeral"] == json!(true)
    };
    assert!(!probe(&api));
    api.state().ephemerals = Ephemerals::Object;
    assert!(probe(&api));
    let set = |name: &str| json!({"commands": [{"command": name, "description": "x"}]});
    refused(&api, "setMyCommands", set("réserver"), 400, "BOT_COMMAND_INVALID");
    refused(&api, "setMyCommands", set("Solde"), 400, "BOT_COMMAND_INVALID");
    assert_eq!(call(&api, "getMyCommands", json!({})), Ok(json!([])));
}

#[test]
fn an_ephemeral_message_is_seen_by_one_or_else_by_all() {
    for (knows, leaks) in [(Ephemerals::Unknown, true), (Ephemerals::Fields, false), (Ephemerals::Object, false)] {
        let (api, nadia, awa, group) = village();
        api.state().ephemerals = knows;
        api.writes(awa, group, "/solde");
        let to_awa = json!({
            "chat_id": group.0, "text": "3", "receiver_user_id": awa.0, "ephemeral_message_parameters": {"receiver_user_id": awa.0},
        });
        let sent = call(&api, "sendMessage", to_awa).unwrap();
        assert_eq!(api.bot_texts(awa, group), ["3"]);
        assert_eq!(api.bot_texts(nadia, group).len(), usize::from(leaks), "{knows:?}");
        assert_eq!(sent["message_id"] == json!(0), !leaks);
        let id = sent["ephemeral_message_id"].as_i64().unwrap_or(1);
        let delete = json!({"chat_id": group.0, "receiver_user_id": awa.0, "ephemeral_message_id": id});
        if leaks {
            refused(&api, "deleteEphemeralMessage", delete, 404, "Not Found");
        } else {
            let edit = json!({"chat_id": group.0, "receiver_user_id": awa.0, "ephemeral_message_id": id, "text": "4"});
            assert!(call(&api, "editEphemeralMessageText", edit).is_ok());
            assert_eq!(api.bot_texts(awa, group), ["4"]);
            assert!(call(&api, "deleteEphemeralMessage", delete).is_ok());
            assert_eq!(api.bot_texts(awa, group), Vec::<String>::new());
        }
    }
}

#[test]
fn ephemeral_messages_answer_people_who_just_acted() {
    let (api, nadia, awa, group) = village();
    api.state().ephemerals = Ephemerals::Object;
    let to = |chat: i64, user: UserId| json!({"chat_id": chat, "text": "3", "ephemeral_message_parameters": {"receiver_user_id": user.0}});
    refused(&api, "sendMessage", to(group.0, awa), 400, "not enough rights");
    refused(&api, "sendMessage", to(awa.0, awa), 400, "only in groups and supergroups");
    refused(&api, "sendMessage", to(group.0, api.person("Paul")), 400, "receiver user not found");
    let id = api.writes(awa, group, Writing::from("/solde").ephemerally());
    assert!(api.sees(nadia, group).iter().all(|seen| seen.text != "/solde"));
    let message = updates(&api, -1)[0]["message"].clone();
    assert_eq!((&message["message_id"], &message["ephemeral_message_id"]), (&json!(0), &json!(id)));
    assert!(call(&api, "sendMessage", to(group.0, awa)).is_ok());
    refused(&api, "sendMessage", to(group.0, nadia), 400, "not enough rights");
    api.bot_becomes(group, nadia, Member::Administrator { can_delete: false });
    assert!(call(&api, "sendMessage", to(group.0, nadia)).is_ok());
}

#[test]
fn what_a_test_breaks_is_broken() {
    let (api, _, awa, _) = village();
    let params = json!({"chat_id": awa.0, "text": "Bonjour"});
    let path = format!("/bot{TOKEN}/sendMessage");
    let raw = || http::post(api.port(), &path, "application/json", params.to_string().as_bytes());
    api.inject("sendMessage", 2, Fault::TooMany { retry_after_s: 7 });
    for _ in 0..2 {
        let answer = raw().unwrap();
        assert_eq!((answer.status, &answer.json()["parameters"]["retry_after"]), (429, &json!(7)));
    }
    api.inject("sendMessage", 1, Fault::Refuse { code: 500, description: "Internal Server Error".into() });
    refused(&api, "sendMessage", params.clone(), 500, "Internal Server Error");
    api.inject("sendMessage", 1, Fault::BadGateway);
    assert_eq!(raw().unwrap().status, 502);
    assert_eq!(api.state().sent, 0);
    api.inject("sendMessage", 1, Fault::Drop);
    assert!(raw().is_err());
    assert_eq!(api.state().sent, 0);
    api.inject("sendMessage", 1, Fault::LoseAnswer);
    assert!(raw().is_err());
    assert_eq!(api.faults_left(), 0);
    assert_eq!(api.state().sent, 1);
    assert!(raw().is_ok());
}

#[test]
fn a_request_that_hangs_ends_with_the_server() {
    let (api, _, awa, _) = village();
    api.inject("sendMessage", 1, Fault::Hang);
    let path = format!("/bot{TOKEN}/sendMessage");
    let body = json!({"chat_id": awa.0, "text": "Bonjour"}).to_string();
    thread::scope(|scope| {
        let hanging = scope.spawn(|| http::post(api.port(), &path, "application/json", body.as_bytes()));
        api.wait_for("the request", Duration::from_secs(5), |state| state.count("sendMessage") == 1);
        thread::sleep(Duration::from_millis(100));
        assert!(!hanging.is_finished());
        api.away();
        assert!(hanging.join().unwrap().is_err());
    });
}

#[test]
fn a_server_that_was_away_comes_back_with_its_state() {
    let (api, _, awa, _) = village();
    drain(&api);
    api.away();
    let path = format!("/bot{TOKEN}/getMe");
    assert!(http::get(api.port(), &path).is_err());
    api.writes(awa, awa, "/menu");
    api.back();
    assert_eq!(http::get(api.port(), &path).unwrap().status, 200);
    assert_eq!(updates(&api, 0)[0]["message"]["text"], json!("/menu"));
}

#[test]
fn its_own_limits_are_telegrams() {
    let (api, _, awa, group) = village();
    api.limit(Limits { all_per_second: 5, chat_per_second: 2, group_per_minute: 1 });
    let to = |chat: i64| json!({"chat_id": chat, "text": "Bonjour"});
    assert!(call(&api, "sendMessage", to(group.0)).is_ok());
    refused(&api, "sendMessage", to(group.0), 429, "retry after 60");
    assert!(call(&api, "sendMessage", to(awa.0)).is_ok());
    assert!(call(&api, "sendMessage", to(awa.0)).is_ok());
    refused(&api, "sendMessage", to(awa.0), 429, "retry after 1");
}

#[test]
fn a_webhook_is_called_again_until_it_answers() {
    use std::io::{Read, Write};
    let (api, _, awa, _) = village();
    drain(&api);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    assert!(call(&api, "setWebhook", json!({"url": url, "secret_token": "Se-cret_1"})).is_ok());
    refused(&api, "getUpdates", json!({}), 409, "webhook is active");
    refused(&api, "setWebhook", json!({"url": url, "secret_token": "é"}), 400, "unallowed characters");
    api.writes(awa, awa, "/menu");
    let mut bodies = Vec::new();
    for status in ["500 Internal Server Error", "200 OK"] {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut request, mut chunk) = (String::new(), [0; 4096]);
        while !request.ends_with('}') {
            let read = stream.read(&mut chunk).unwrap();
            assert!(read > 0, "the request ends too early: {request}");
            request += std::str::from_utf8(&chunk[..read]).unwrap();
        }
        bodies.push(request);
        write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
    }
    assert_eq!(bodies[0], bodies[1], "the same update is posted again");
    assert!(bodies[0].contains("X-Telegram-Bot-Api-Secret-Token: Se-cret_1"));
    api.wait_for("the delivery", Duration::from_secs(5), |state| state.updates_waiting() == 0);
    assert!(call(&api, "deleteWebhook", json!({})).is_ok());
    assert_eq!(updates(&api, 0), Vec::<Value>::new());
}

#[test]
fn teloxide_understands_it() {
    use teloxide::{prelude::*, types::*};
    let (api, nadia, awa, group) = village();
    api.writes(awa, group, Writing::from("/menu Nadia").naming("Nadia", nadia));
    api.writes(nadia, group, Writing::from("/menu").anonymously());
    api.writes(nadia, group, Writing::from("/menu").forwarded_from("Sam"));
    api.writes(awa, awa, Writing::voice());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let bot = Bot::new(TOKEN).set_api_url(api.url().parse().unwrap());
        assert_eq!(bot.get_me().await.unwrap().username(), BOT_NAME);
        let file = InputFile::memory("BEGIN").file_name("a.ics");
        let keyboard = InlineKeyboardMarkup::new([[InlineKeyboardButton::callback("A", "a")]]);
        let chat = teloxide::types::ChatId(group.0);
        let sent = bot.send_message(chat, "un").reply_markup(keyboard.clone()).await.unwrap();
        bot.send_document(chat, file).caption("deux").reply_markup(keyboard).await.unwrap();
        bot.edit_message_text(chat, sent.id, "trois").await.unwrap();
        api.presses(awa, group, 1).unwrap();
        bot.set_message_reaction(chat, sent.id).reaction([ReactionType::Emoji { emoji: "👍".into() }]).await.unwrap();
        bot.get_chat(chat).await.unwrap();
        bot.get_chat_member(chat, teloxide::types::UserId(nadia.0.unsigned_abs())).await.unwrap();
        bot.get_webhook_info().await.unwrap();
        let mut after = 0;
        loop {
            let updates = bot.get_updates().offset(after).await.unwrap();
            let Some(last) = updates.last() else { break };
            after = i32::try_from(last.id.0).unwrap() + 1;
            assert!(updates.iter().all(|update| !matches!(update.kind, UpdateKind::Error(_))), "{updates:?}");
        }
        bot.delete_message(chat, sent.id).await.unwrap();
    });
    assert_eq!(api.bot_texts(awa, group), ["deux"]);
}
