//! Updates as Telegram sends them, and what becomes of them.

use serde_json::{Value, json};

use super::*;
use crate::domain::event::{Platform, Said, SaidKind};

/// 2026-08-01T10:00:00Z.
const DATE: i64 = 1_785_578_400;
const GROUP: i64 = -1_001_234_567_890;
const AWA: i64 = 5_000_000_001;
const BOT: i64 = 7_000_000_001;

fn me() -> Me {
    Me { id: BOT, user_name: "entraide_bot".into() }
}

/// Two seconds after the message.
fn now() -> Timestamp {
    Timestamp::from_micros((DATE + 2) * 1_000_000)
}

fn take(update: &Value) -> Option<Event> {
    translate(update, &me(), now())
}

fn awa() -> Value {
    json!({"id": AWA, "is_bot": false, "first_name": "Awa", "last_name": "Diop", "username": "awa", "language_code": "fr-CA"})
}

fn bot() -> Value {
    json!({"id": BOT, "is_bot": true, "first_name": "Entraide", "username": "entraide_bot"})
}

fn private() -> Value {
    json!({"id": AWA, "type": "private", "first_name": "Awa"})
}

fn group() -> Value {
    json!({"id": GROUP, "type": "supergroup", "title": "Cercle"})
}

/// A text of Awa's in the group, with `more` fields.
fn in_group(more: Value) -> Value {
    update(group(), more)
}

fn update(chat: Value, more: Value) -> Value {
    let mut message = json!({"message_id": 7, "date": DATE, "chat": chat, "from": awa()});
    for (name, value) in more.as_object().unwrap() {
        message[name] = value.clone();
    }
    json!({"update_id": 900, "message": message})
}

fn said(update: &Value) -> Said {
    match take(update).map(|event| event.origin) {
        Some(Origin::Said(said)) => said,
        other => panic!("something said, not {other:?}"),
    }
}

fn entity(kind: &str, offset: usize, length: usize) -> Value {
    json!({"type": kind, "offset": offset, "length": length})
}

fn named(offset: usize, length: usize, user: Value) -> Value {
    json!({"type": "text_mention", "offset": offset, "length": length, "user": user})
}

#[test]
fn a_text_in_a_group() {
    let event = take(&in_group(json!({"text": "/solde"}))).unwrap();
    assert_eq!(event.key.0, format!("telegram:{BOT}:900:{DATE}"));
    assert_eq!(event.at, now());
    let said = said(&in_group(json!({"text": "/solde"})));
    assert_eq!(said.room, RoomAddress { platform: Platform::Telegram, id: GROUP.to_string(), direct: false });
    assert_eq!(said.message.0, format!("{GROUP}:7"));
    assert_eq!((said.text.as_str(), said.kind, said.addressed), ("/solde", SaidKind::Text, false));
    let sender = said.sender.unwrap();
    assert_eq!(sender.account, account(AWA));
    assert_eq!(sender.display_name.as_deref(), Some("Awa Diop"));
    assert_eq!(sender.user_name.as_deref(), Some("awa"));
    assert_eq!(sender.language.as_deref(), Some("fr-CA"));
    assert_eq!(super::super::acted_at(&said.ephemeral_context.unwrap()), Some(Timestamp::from_micros(DATE * 1_000_000)));
}

#[test]
fn rooms() {
    let check = |chat: Value, more: Value, id: String, direct: bool| {
        let mut fields = json!({"text": "x"});
        for (name, value) in more.as_object().unwrap() {
            fields[name] = value.clone();
        }
        let said = said(&update(chat, fields));
        assert_eq!((said.room.id, said.room.direct), (id, direct));
        assert_eq!(said.ephemeral_context.is_some(), !direct);
    };
    check(private(), json!({}), AWA.to_string(), true);
    check(group(), json!({}), GROUP.to_string(), false);
    check(json!({"id": -500, "type": "group", "title": "Petit"}), json!({}), "-500".into(), false);
    check(group(), json!({"message_thread_id": 12, "is_topic_message": true}), format!("{GROUP}/12"), false);
    // Outside of forums the thread is a chain of replies.
    check(group(), json!({"message_thread_id": 12}), GROUP.to_string(), false);
}

#[test]
fn texts_and_mentions() {
    let check = |text: &str, entities: Value, expected: &str, mentions: &[(&str, bool)], addressed: bool| {
        let said = said(&in_group(json!({"text": text, "entities": entities})));
        let seen: Vec<(&str, bool)> = said.mentions.iter().map(|m| (&said.text[m.start..m.end], m.is_bot)).collect();
        assert_eq!((said.text.as_str(), seen.as_slice(), said.addressed), (expected, mentions, addressed), "{text:?}");
    };
    let sam = json!({"id": 5_000_000_002_i64, "is_bot": false, "first_name": "Sam"});
    check("/donner @sam 3", json!([entity("bot_command", 0, 7), entity("mention", 8, 4)]), "/donner @sam 3", &[], false);
    check("/donner Sam 3", json!([named(8, 3, sam.clone())]), "/donner Sam 3", &[("Sam", false)], false);
    // Offsets count UTF-16: an emoji is two, a family seven.
    check("😀👩‍👧 Sam é", json!([named(8, 3, sam.clone())]), "😀👩‍👧 Sam é", &[("Sam", false)], false);
    check("@entraide_bot solde", json!([entity("mention", 0, 13)]), "solde", &[], true);
    check(
        "  @Entraide_Bot, donner Sam 3",
        json!([entity("mention", 2, 13), named(24, 3, sam.clone())]),
        "donner Sam 3",
        &[("Sam", false)],
        true,
    );
    check("Entraide donner Sam 3", json!([named(0, 8, bot()), named(16, 3, sam.clone())]), "donner Sam 3", &[("Sam", false)], true);
    check("@entraide_bot", json!([entity("mention", 0, 13)]), "", &[], true);
    check("@entraide_bot solde", json!([]), "solde", &[], true);
    check("@entraide_bots solde", json!([entity("mention", 0, 14)]), "@entraide_bots solde", &[], false);
    check("/donner @entraide_bot 3", json!([entity("mention", 8, 13)]), "/donner @entraide_bot 3", &[("@entraide_bot", true)], false);
    check(
        "/donner@entraide_bot Sam 3",
        json!([entity("bot_command", 0, 20), named(21, 3, sam.clone())]),
        "/donner Sam 3",
        &[("Sam", false)],
        true,
    );
    check("!solde@ENTRAIDE_BOT", json!([]), "!solde", &[], true);
    check("/donner@sam 3", json!([]), "/donner@sam 3", &[], false);
    check("sam@other_bot", json!([]), "sam@other_bot", &[], false);
    // Places that lie outside or within a character are passed over.
    check("😀 Sam", json!([named(1, 3, sam.clone()), named(3, 90, sam.clone()), named(3, 0, sam)]), "😀 Sam", &[], false);
}

#[test]
fn only_four_kib_are_kept() {
    let sam = json!({"id": 5_000_000_002_i64, "first_name": "Sam"});
    let text = format!("/cava 2 {} Sam", "é".repeat(4000));
    let said = said(&in_group(json!({"text": text, "entities": [named(4009, 3, sam)]})));
    assert_eq!(said.text.len(), 4096);
    assert!(said.mentions.is_empty());
}

#[test]
fn what_is_no_event() {
    let nothing = |update: Value| assert!(take(&update).is_none(), "{update}");
    nothing(in_group(json!({"text": "/menu@other_bot"})));
    nothing(in_group(json!({"text": "/menu@OtherBot x"})));
    nothing(in_group(json!({"text": "/donner @sam 3", "forward_origin": {"type": "user", "date": 1, "sender_user": awa()}})));
    nothing(in_group(json!({"text": "/donner @sam 3", "forward_date": 1})));
    nothing(in_group(json!({"text": "/donner @sam 3", "via_bot": {"id": 1, "is_bot": true, "first_name": "x"}})));
    nothing(in_group(json!({"text": "/menu", "from": {"id": 9, "is_bot": true, "first_name": "Autre"}})));
    nothing(in_group(json!({"text": "/menu", "is_automatic_forward": true, "from": {"id": 777_000, "first_name": "Telegram"}})));
    nothing(in_group(json!({"voice": {"file_id": "x"}})));
    nothing(in_group(json!({"sticker": {"file_id": "x"}})));
    nothing(in_group(json!({"new_chat_members": [awa()]})));
    nothing(update(private(), json!({"pinned_message": {"message_id": 3}})));
    nothing(update(json!({"id": -1005, "type": "channel", "title": "x"}), json!({"text": "/menu"})));
    let edited = in_group(json!({"text": "/donner @sam 3"}));
    nothing(json!({"update_id": 1, "edited_message": edited["message"]}));
    nothing(json!({"update_id": 1, "channel_post": edited["message"]}));
    nothing(json!({"update_id": 1, "some_day": {"x": 1}}));
    nothing(json!({"update_id": 1, "message": {"chat": "of another shape"}}));
    nothing(json!({"update_id": 1}));
}

#[test]
fn what_is_not_text_in_a_direct_room() {
    let check = |more: Value, kind: SaidKind, text: &str| {
        let said = said(&update(private(), more));
        assert_eq!((said.kind, said.text.as_str()), (kind, text));
    };
    check(json!({"voice": {"file_id": "x"}}), SaidKind::Voice, "");
    check(json!({"video_note": {"file_id": "x"}}), SaidKind::Voice, "");
    check(json!({"photo": [{"file_id": "x"}]}), SaidKind::Other, "");
    check(json!({"sticker": {"file_id": "x"}}), SaidKind::Other, "");
    check(json!({"photo": [{"file_id": "x"}], "caption": "/sos"}), SaidKind::Text, "/sos");
    check(json!({"text": "/donner @sam 3", "forward_origin": {"type": "hidden_user"}}), SaidKind::Other, "");
    check(json!({"text": "/start private"}), SaidKind::Text, "/start");
    check(json!({"text": "/start abc"}), SaidKind::Text, "/start abc");
}

#[test]
fn who_hides_has_no_sender() {
    for from in [
        json!({"id": 1_087_968_824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"}),
        json!({"id": 136_817_688, "is_bot": true, "first_name": "Channel", "username": "Channel_Bot"}),
        json!({"id": 777_000, "is_bot": false, "first_name": "Telegram"}),
    ] {
        let said = said(&in_group(json!({"text": "/installer", "from": from, "sender_chat": group()})));
        assert!(said.sender.is_none() && said.ephemeral_context.is_none());
    }
    assert!(said(&in_group(json!({"text": "/installer", "sender_chat": group()}))).sender.is_none());
}

#[test]
fn replies() {
    let reply = |other: Value| said(&in_group(json!({"text": "/donner 3", "reply_to_message": other}))).reply_to;
    let other = |from: Value| json!({"message_id": 5, "date": DATE, "chat": group(), "from": from, "text": "x"});
    let to_sam = reply(other(json!({"id": 3, "is_bot": false, "first_name": "Sam"}))).unwrap();
    assert_eq!((to_sam.author.unwrap().account, to_sam.is_bot), (account(3), false));
    assert_eq!((to_sam.message.0, to_sam.text.as_deref()), (format!("{GROUP}:5"), Some("x")));
    let picture = json!({"message_id": 5, "date": DATE, "chat": group(), "from": awa(), "photo": [], "caption": "sous une image"});
    assert_eq!(reply(picture).unwrap().text.as_deref(), Some("sous une image"));
    let to_bot = reply(other(bot())).unwrap();
    assert!(to_bot.is_bot);
    let hidden = reply(other(json!({"id": 1_087_968_824, "is_bot": true, "first_name": "Group"}))).unwrap();
    assert!(hidden.author.is_none() && !hidden.is_bot);
    let mut topic = other(awa());
    topic["forum_topic_created"] = json!({"name": "Jardin", "icon_color": 1});
    assert!(reply(topic).is_none());
    // An answer to the bot is not yet said to it: that is decided elsewhere.
    assert!(!said(&in_group(json!({"text": "merci", "reply_to_message": other(bot())}))).addressed);
}

#[test]
fn an_ephemeral_command() {
    let said = said(&in_group(json!({"text": "/solde", "message_id": 0, "ephemeral_message_id": 44, "receiver_user": bot()})));
    assert_eq!(said.message.0, format!("{GROUP}:i44"));
    let context: Value = serde_json::from_str(&said.ephemeral_context.unwrap()).unwrap();
    assert_eq!(context, json!({"e": 44, "t": DATE * 1_000_000}));
}

#[test]
fn what_waited_while_we_were_away_is_old() {
    let later = Timestamp::from_micros((DATE + 3600) * 1_000_000);
    let update = in_group(json!({"text": "/solde"}));
    let Some(Origin::Said(said)) = translate(&update, &me(), later).map(|event| event.origin) else { panic!("said") };
    assert_eq!(super::super::acted_at(&said.ephemeral_context.unwrap()), Some(Timestamp::from_micros(DATE * 1_000_000)));
}

#[test]
fn presses() {
    let query = |more: Value| {
        let mut query = json!({
            "id": "77", "from": awa(), "chat_instance": "1", "data": "c:menu:",
            "message": {"message_id": 5, "date": DATE, "chat": group(), "from": bot(), "text": "x"},
        });
        for (name, value) in more.as_object().unwrap() {
            query[name] = value.clone();
        }
        json!({"update_id": 901, "callback_query": query})
    };
    let pressed = |update: &Value| match take(update).map(|event| event.origin) {
        Some(Origin::Pressed(pressed)) => pressed,
        other => panic!("a press, not {other:?}"),
    };
    let event = take(&query(json!({}))).unwrap();
    assert_eq!(event.key.0, format!("telegram:{BOT}:press:77"));
    let menu = pressed(&query(json!({})));
    assert_eq!(menu.press, Press::decode("c:menu:"));
    assert!(menu.press.is_some());
    assert_eq!((menu.message.0, menu.press_ref.as_str(), menu.room.id), (format!("{GROUP}:5"), "77", GROUP.to_string()));
    let context: Value = serde_json::from_str(&menu.ephemeral_context.unwrap()).unwrap();
    assert_eq!(context, json!({"q": "77", "t": (DATE + 2) * 1_000_000}));
    assert_eq!(pressed(&query(json!({"data": "forged"}))).press, None);
    assert_eq!(pressed(&query(json!({"data": null}))).press, None);

    let topic = json!({"message_id": 5, "date": DATE, "chat": group(), "message_thread_id": 12, "is_topic_message": true});
    assert_eq!(pressed(&query(json!({"message": topic}))).room.id, format!("{GROUP}/12"));
    let gone = json!({"message_id": 5, "date": 0, "chat": private()});
    let gone = pressed(&query(json!({"message": gone})));
    assert!(gone.room.direct && gone.ephemeral_context.is_none());
    let ephemeral = json!({"message_id": 0, "ephemeral_message_id": 44, "date": DATE, "chat": group()});
    assert_eq!(pressed(&query(json!({"message": ephemeral}))).message.0, format!("{GROUP}:e44:{AWA}"));
    assert!(take(&query(json!({"message": null}))).is_none());
}

#[test]
fn standing_of_the_bot() {
    let check = |chat: Value, was: Value, is: Value, expected: &str| {
        let change = json!({"update_id": 902, "my_chat_member": {
            "chat": chat, "from": awa(), "date": DATE, "old_chat_member": was, "new_chat_member": is,
        }});
        let seen = match take(&change).map(|event| event.origin) {
            None => "nothing".to_owned(),
            Some(Origin::Room(RoomEvent::Joined(room))) => format!("joined {}", room.id),
            Some(Origin::Room(RoomEvent::Left(room))) => format!("left {} {}", room.id, room.direct),
            Some(Origin::Room(RoomEvent::Opened(room, sender))) => format!("opened {} {}", room.id, sender.account.id),
            other => panic!("{other:?}"),
        };
        assert_eq!(seen, expected);
    };
    let status = |status: &str| json!({"user": bot(), "status": status});
    let restricted = |is_member: bool| json!({"user": bot(), "status": "restricted", "is_member": is_member});
    check(group(), status("left"), status("member"), &format!("joined {GROUP}"));
    check(group(), status("kicked"), status("administrator"), &format!("joined {GROUP}"));
    check(group(), status("left"), restricted(true), &format!("joined {GROUP}"));
    check(group(), status("member"), status("administrator"), "nothing");
    check(group(), status("member"), restricted(true), "nothing");
    check(group(), status("member"), status("kicked"), &format!("left {GROUP} false"));
    check(group(), status("administrator"), restricted(false), &format!("left {GROUP} false"));
    check(private(), status("member"), status("kicked"), &format!("left {AWA} true"));
    check(private(), status("kicked"), status("member"), &format!("opened {AWA} {AWA}"));
    check(json!({"id": -1005, "type": "channel"}), status("left"), status("administrator"), "nothing");
}

#[test]
fn a_group_that_moves_is_told_twice_in_the_same_words() {
    let moved = |update: Value| match take(&update).map(|event| event.origin) {
        Some(Origin::Room(RoomEvent::Moved { from, to })) => (from.id, to.id),
        other => panic!("a move, not {other:?}"),
    };
    let old = json!({"id": -500, "type": "group", "title": "Petit"});
    let expected = ("-500".to_owned(), GROUP.to_string());
    assert_eq!(moved(update(old, json!({"migrate_to_chat_id": GROUP}))), expected);
    assert_eq!(moved(in_group(json!({"migrate_from_chat_id": -500, "from": {"id": 1_087_968_824, "is_bot": true}}))), expected);
}
