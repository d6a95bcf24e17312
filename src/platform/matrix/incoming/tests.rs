//! Tables of events as homeservers send them, and what becomes of them.

use serde_json::{Value, json};

use super::*;
use crate::domain::{command::Command, time::Timestamp};

const AT: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

fn me() -> Me {
    Me { id: "@bot:x.org".into(), name: Some("L’entraide".into()) }
}

fn wire(kind: &str, content: &Value) -> Wire {
    let json = json!({"type": kind, "event_id": "$1", "sender": "@sam:x.org", "origin_server_ts": 1, "content": content});
    Wire::read(&json.to_string()).expect("an event")
}

fn read(content: &Value) -> Option<Message> {
    message(&wire("m.room.message", content), &me())
}

fn setting(direct: bool) -> Setting {
    let id = if direct { "@sam:x.org" } else { "!room" };
    let room = RoomAddress { platform: Platform::Matrix, id: id.into(), direct };
    Setting { room, sender: sender("@sam:x.org", Some("Sam"), "@bot:x.org"), is_admin: false, at: AT }
}

fn said(content: &Value, direct: bool, quoted: Option<Quoted>) -> Option<Said> {
    match read(content)?.event(&wire("m.room.message", content), &me(), setting(direct), quoted)?.origin {
        Origin::Said(said) => Some(said),
        _ => None,
    }
}

/// The text, whether it is addressed, and whom it names where.
fn check(content: Value, text: &str, addressed: bool, mentions: &[(&str, &str)]) {
    let typed = read(&content).expect("a message").typed;
    let named: Vec<(&str, &str)> =
        typed.mentions.iter().map(|mention| (&typed.text[mention.start..mention.end], mention.account.id.as_str())).collect();
    assert_eq!((typed.text.as_str(), typed.addressed, named.as_slice()), (text, addressed, mentions), "{content}");
}

fn text(body: &str) -> Value {
    json!({"msgtype": "m.text", "body": body})
}

fn html(body: &str, formatted: &str) -> Value {
    json!({"msgtype": "m.text", "body": body, "format": "org.matrix.custom.html", "formatted_body": formatted})
}

const SAM: &str = "<a href=\"https://matrix.to/#/@sam:x.org\">Sam</a>";
const BOT: &str = "<a href=\"https://matrix.to/#/@bot:x.org\">L’entraide</a>";

#[test]
fn who_is_named_is_found_in_the_text() {
    check(text("!menu"), "!menu", false, &[]);
    check(html("!donner Sam 3", &format!("!donner {SAM} 3")), "!donner Sam 3", false, &[("Sam", "@sam:x.org")]);
    check(html("!donner @Sam 3", &format!("!donner {SAM} 3")), "!donner @Sam 3", false, &[("@Sam", "@sam:x.org")]);
    check(html("a Sam b Sam", &format!("a {SAM} b {SAM}")), "a Sam b Sam", false, &[("Sam", "@sam:x.org"), ("Sam", "@sam:x.org")]);
    check(text("!donner @sam:x.org 3"), "!donner @sam:x.org 3", false, &[("@sam:x.org", "@sam:x.org")]);
    check(text("merci (@sam:x.org), à demain."), "merci (@sam:x.org), à demain.", false, &[("@sam:x.org", "@sam:x.org")]);
    check(text("écris à sam@x.org:25"), "écris à sam@x.org:25", false, &[]);
    let encoded = "<a href='https://matrix.to/#/%40a%2Bb%3Ax.org?via=x.org'>A &amp; <b>B</b></a>";
    check(html("!donner A & B 3", &format!("!donner {encoded} 3")), "!donner A & B 3", false, &[("A & B", "@a+b:x.org")]);
    let uri = "<a href=\"matrix:u/sam:x.org?action=chat\">Sam</a>";
    check(html("Sam", uri), "Sam", false, &[("Sam", "@sam:x.org")]);
    let room = "<a href=\"https://matrix.to/#/!r:x.org/$e\">Sam</a> <a href=\"https://x.org\">Sam</a>";
    check(html("Sam Sam", room), "Sam Sam", false, &[]);
}

#[test]
fn what_only_reaches_the_bot_is_cut_off() {
    check(html("L’entraide: solde", &format!("{BOT}: solde")), "solde", true, &[]);
    check(html("L’entraide donner Sam", &format!("{BOT} donner {SAM}")), "donner Sam", true, &[("Sam", "@sam:x.org")]);
    check(text("@bot:x.org, solde"), "solde", true, &[]);
    check(text("@bot solde"), "solde", true, &[]);
    check(text("Bot: solde"), "solde", true, &[]);
    check(text("l’entraide, solde"), "solde", true, &[]);
    check(text("bot solde"), "bot solde", false, &[]);
    check(text("@bottine solde"), "@bottine solde", false, &[]);
    check(text("merci @bot:x.org"), "merci @bot:x.org", false, &[("@bot:x.org", "@bot:x.org")]);
    assert!(read(&text("merci @bot:x.org")).unwrap().typed.mentions[0].is_bot);
}

#[test]
fn what_is_quoted_was_said_by_somebody_else() {
    let reply = json!({"m.in_reply_to": {"event_id": "$0"}});
    let mut quoting = html(
        "> <@lou:x.org> !sos\n> deux\n\n!donner 3",
        "<mx-reply><a href=\"https://matrix.to/#/@lou:x.org\">Lou</a></mx-reply>!donner 3",
    );
    quoting["m.relates_to"] = reply.clone();
    check(quoting.clone(), "!donner 3", false, &[]);
    assert_eq!(read(&quoting).unwrap().reply_to.as_deref(), Some("$0"));
    check(text("> pas une réponse\n\nsuite"), "> pas une réponse\n\nsuite", false, &[]);
    let mut plain = text("!donner 3");
    plain["m.relates_to"] = reply;
    check(plain, "!donner 3", false, &[]);
}

#[test]
fn threads_are_kept_and_their_fallback_is_no_reply() {
    let in_thread = |back: bool| {
        let mut content = text("!agenda");
        content["m.relates_to"] =
            json!({"rel_type": "m.thread", "event_id": "$root", "is_falling_back": back, "m.in_reply_to": {"event_id": "$last"}});
        content
    };
    let (thread, reply) = (read(&in_thread(true)).unwrap(), read(&in_thread(false)).unwrap());
    assert_eq!((thread.thread.as_deref(), thread.reply_to.as_deref()), (Some("$root"), Some("$root")));
    assert_eq!((reply.thread.as_deref(), reply.reply_to.as_deref()), (Some("$root"), Some("$last")));
    let said = said(&in_thread(true), false, None).unwrap();
    assert_eq!(parts_of(&said.message), ("$1", Some("$root")));
    assert_eq!(parts_of(&message_ref("$1", None)), ("$1", None));
}

#[test]
fn what_kind_it_was() {
    let kind = |content: Value| read(&content).map(|message| message.kind);
    for (content, expected) in [
        (json!({"msgtype": "m.emote", "body": "salue"}), Some(SaidKind::Text)),
        (json!({"msgtype": "m.notice", "body": "un bot"}), None),
        (json!({"msgtype": "m.key.verification.request", "body": "x"}), None),
        (json!({}), None),
        (json!({"msgtype": "m.audio", "body": "a.ogg", "org.matrix.msc3245.voice": {}}), Some(SaidKind::Voice)),
        (json!({"msgtype": "m.audio", "body": "a.ogg"}), Some(SaidKind::Other)),
        (json!({"msgtype": "m.image", "body": "a.png"}), Some(SaidKind::Other)),
        (json!({"msgtype": "m.image", "body": "a.png", "filename": "a.png"}), Some(SaidKind::Other)),
        (json!({"msgtype": "m.image", "body": "au secours", "filename": "a.png"}), Some(SaidKind::Text)),
        (json!({"msgtype": "m.text", "body": "* x", "m.relates_to": {"rel_type": "m.replace", "event_id": "$0"}}), None),
        (json!({"msgtype": "m.text"}), Some(SaidKind::Text)),
        (json!("odd"), None),
    ] {
        assert_eq!(kind(content.clone()), expected, "{content}");
    }
    assert!(message(&wire("m.reaction", &json!({})), &me()).is_none());
    assert_eq!(message(&wire("m.sticker", &json!({"body": "x"})), &me()).unwrap().kind, SaidKind::Other);
    let mine = Wire { sender: "@bot:x.org".into(), ..wire("m.room.message", &text("!menu")) };
    assert!(message(&mine, &me()).is_none());
}

#[test]
fn in_a_group_only_words_are_for_the_bot() {
    let picture = json!({"msgtype": "m.image", "body": "a.png"});
    assert!(said(&picture, false, None).is_none());
    assert_eq!(said(&picture, true, None).unwrap().kind, SaidKind::Other);
}

#[test]
fn a_number_that_answers_one_of_our_messages_presses_its_button() {
    let menu = Press::Command { command: Command::Menu, rest: String::new() };
    let quoted = |is_bot| Quoted {
        author: Some(sender("@bot:x.org", None, "@bot:x.org")),
        is_bot,
        text: None,
        presses: vec![Some(menu.clone()), None],
    };
    let answer = |body: &str, is_bot| {
        let mut content = text(body);
        content["m.relates_to"] = json!({"m.in_reply_to": {"event_id": "$ours"}});
        read(&content).unwrap().event(&wire("m.room.message", &content), &me(), setting(false), Some(quoted(is_bot))).unwrap().origin
    };
    for (body, expected) in [("1", Some(menu.clone())), ("!1", Some(menu.clone())), (" ١ ", Some(menu.clone())), ("2", None)] {
        let Origin::Pressed(pressed) = answer(body, true) else { panic!("{body} presses") };
        assert_eq!((pressed.press, pressed.message.0.as_str()), (expected, "$ours"), "{body}");
    }
    for (body, is_bot, addressed) in [("3", true, true), ("1", false, false), ("merci", true, false)] {
        let Origin::Said(said) = answer(body, is_bot) else { panic!("{body} is said") };
        assert_eq!(said.addressed, addressed, "{body}");
    }
}

#[test]
fn names_do_not_deceive() {
    let shown = |user: &str, name: Option<&str>| sender(user, name, "@bot:x.org").display_name.unwrap();
    assert_eq!(shown("@sam:x.org", Some("Sam")), "Sam");
    assert_eq!(shown("@sam:x.org", None), "sam");
    assert_eq!(shown("@sam:x.org", Some("  ")), "sam");
    assert_eq!(shown("@sam:x.org", Some("@nadia:x.org")), "sam");
    assert_eq!(shown("@telegram_7:bridge.org", Some("Lou (Telegram)")), "Lou (Telegram)");
    let user_name = |user: &str| sender(user, None, "@bot:x.org").user_name;
    assert_eq!(user_name("@sam:x.org").as_deref(), Some("sam"));
    // Whoever calls themselves so elsewhere is not taken for the one at home.
    assert_eq!(user_name("@sam:y.org").as_deref(), Some("sam:y.org"));
}

#[test]
fn who_comes_is_told_from_who_changes_their_name() {
    let member = |before: Option<&str>| {
        let unsigned = before.map_or(json!({}), |before| json!({"prev_content": {"membership": before}}));
        let json = json!({"type": "m.room.member", "event_id": "$1", "sender": "@sam:x.org", "state_key": "@sam:x.org",
            "content": {"membership": "join"}, "unsigned": unsigned});
        Wire::read(&json.to_string()).unwrap().comes().map(str::to_owned)
    };
    assert_eq!(member(None).as_deref(), Some("@sam:x.org"));
    assert_eq!(member(Some("invite")).as_deref(), Some("@sam:x.org"));
    assert_eq!(member(Some("join")), None);
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_the_reader(body in "\\PC{0,40}|[@a:.x> \n<&é]{0,30}", formatted in "\\PC{0,60}|[<a href=\"https://matrix.to/#/@:b%4>]{0,60}", reply: bool) {
        let mut content = html(&body, &format!("{formatted}{SAM}"));
        if reply {
            content["m.relates_to"] = json!({"m.in_reply_to": {"event_id": "$0"}});
        }
        let typed = read(&content).unwrap().typed;
        for mention in &typed.mentions {
            proptest::prop_assert!(typed.text.get(mention.start..mention.end).is_some_and(|name| !name.is_empty()));
        }
    }
}
