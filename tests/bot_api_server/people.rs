//! What the bot is told of people and topics, and what it may show to one of them alone.

use super::*;

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
