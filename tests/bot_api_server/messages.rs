//! What may be sent, edited, deleted and pressed.

use super::*;

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
