//! What breaks when a test wants it to.

use super::*;

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
