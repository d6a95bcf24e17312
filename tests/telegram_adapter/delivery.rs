//! How parcels are carried out, and what their errors mean.

use std::time::{Duration, Instant};

use entraide::{
    domain::{
        command::Command,
        event::{MessageRef, Platform},
        message::Press,
    },
    platform::{Body, DeliveryError, Destination, Reason, Receipt},
    text::rich::{RichText, Span, Style},
};

use crate::{
    harness::{Bot, account, address, config, direct, edit, menu, message, room, with_file},
    support::bot_api::{BotApi, ChatId, Fault, Injection, Limits, Member, Pressed, TOKEN, UserId},
};

/// A bot in a supergroup of Nadia's with Awa, who opened her private chat.
fn village() -> (BotApi, Bot, UserId, UserId, ChatId) {
    let api = BotApi::start();
    let (nadia, awa) = (api.person("Nadia"), api.person("Awa"));
    let group = api.supergroup("Le cercle", nadia);
    api.enters(awa, group);
    api.opens_silently(awa);
    let bot = Bot::start(&api).settled(&api);
    (api, bot, nadia, awa, group)
}

fn press(rest: &str) -> Press {
    Press::Command { command: Command::Book, rest: rest.to_owned() }
}

fn fault(fault: Fault) -> Injection {
    Injection { method: Some("sendMessage"), chat: None, times: 1, fault }
}

#[test]
fn a_message_with_styles_and_buttons() {
    let (api, bot, nadia, awa, group) = village();
    let span = |text: &str, style: Style| Span { text: text.to_owned(), style };
    let text = RichText {
        spans: vec![
            span("😀 Pour ", Style::Plain),
            span("Awa", Style::Mention(account(awa))),
            span(" : ", Style::Plain),
            span("demain ", Style::Bold),
            span("/cava", Style::Code),
            span(" ", Style::Plain),
            span("ici", Style::Link("https://example.org/x".into())),
        ],
    };
    let buttons = vec![("Réserver".to_owned(), press("12")), ("En privé".to_owned(), Press::OpenPrivate)];
    let made = bot.says(&room(group), Body::Message { text, buttons, file: None, edit_of: None });
    let seen = api.sees(nadia, group).into_iter().rfind(|seen| seen.by_bot).unwrap();
    assert_eq!(seen.text, "😀 Pour Awa : demain /cava ici");
    assert_eq!(seen.buttons, ["Réserver", "En privé"]);
    assert_eq!(made, MessageRef(format!("{}:{}", group.0, seen.message)));
    let state = api.state();
    let sent = &state.chats[&group].messages[&seen.message];
    let kinds: Vec<(&str, u64, u64)> =
        sent.entities.iter().map(|e| (e["type"].as_str().unwrap(), e["offset"].as_u64().unwrap(), e["length"].as_u64().unwrap())).collect();
    assert_eq!(kinds, [("text_mention", 8, 3), ("bold", 14, 6), ("code", 21, 5), ("text_link", 27, 3)]);
    let params = state.calls.iter().rfind(|call| call.method == "sendMessage").map(|call| call.params.clone()).unwrap();
    assert_eq!(params["link_preview_options"], serde_json::json!({"is_disabled": true}));
    drop(state);
    assert_eq!(api.presses(awa, group, 1), Ok(Pressed::Told(api.state().queries.keys().last().cloned().unwrap())));
    assert_eq!(bot.ledger.pressed(2).press, Some(press("12")));
    assert_eq!(api.presses(awa, group, 2), Ok(Pressed::Opened("https://t.me/entraide_bot?start=private".into())));
}

#[test]
fn a_card_is_edited_and_keeps_only_the_buttons_that_it_is_given() {
    let (api, bot, nadia, _, group) = village();
    let card = bot.says(&room(group), message("10 places", &[("Réserver", press("12"))]));
    let edited = |text: &str, buttons: &[(&str, Press)]| bot.says(&room(group), edit(&card, text, buttons));
    assert_eq!(edited("9 places", &[("Réserver", press("12"))]), card);
    assert_eq!(edited("9 places", &[("Réserver", press("12"))]), card, "what is not modified is fine");
    let seen = |api: &BotApi| api.sees(nadia, group).into_iter().rfind(|seen| seen.by_bot).unwrap();
    assert_eq!((seen(&api).text.as_str(), seen(&api).buttons.len()), ("9 places", 1));
    edited("Complet", &[]);
    assert_eq!((seen(&api).text.as_str(), seen(&api).buttons.len()), ("Complet", 0));
    assert!(edited(&"x ".repeat(4000), &[]) == card && seen(&api).text.ends_with('…'));

    assert_eq!(bot.deliver(3, &room(group), Body::Delete(card.clone())).unwrap(), Receipt::default());
    assert!(!api.sees(nadia, group).iter().any(|seen| seen.by_bot));
    assert_eq!(bot.refused(&room(group), edit(&card, "trop tard", &[])), Reason::MessageGone);
    assert!(bot.deliver(4, &room(group), Body::Delete(card)).is_ok(), "what is gone need not be deleted");
}

#[test]
fn a_file_goes_with_its_words() {
    let (api, bot, _, awa, _) = village();
    let sent = bot.says(&direct(awa), with_file("Votre séance", "seance.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"));
    assert_eq!(api.newest_file(awa, awa).unwrap(), ("seance.ics".into(), b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_vec()));
    assert_eq!(api.bot_texts(awa, awa), ["Votre séance"]);
    bot.says(&direct(awa), edit(&sent, "Votre séance, déplacée", &[]));
    assert_eq!(api.bot_texts(awa, awa), ["Votre séance, déplacée"]);
    bot.says(&direct(awa), with_file(&"x".repeat(1500), "releve.csv", "a;b"));
    assert_eq!(api.sees(awa, awa).len(), 3, "a text that is too long for a caption stands by itself");
}

#[test]
fn a_long_message_goes_on_where_it_was_held_up() {
    let (api, bot, _, awa, _) = village();
    let long = format!("{}\n{}", "é".repeat(4000), "à".repeat(3000));
    api.limit(Limits { all_per_second: 30, chat_per_second: 1, group_per_minute: 20 });
    let body = || message(&long, &[("Réserver", press("12"))]);
    let Err(DeliveryError::Retry { after: Some(after), .. }) = bot.deliver(7, &direct(awa), body()) else { panic!("held up") };
    assert_eq!(api.bot_texts(awa, awa).len(), 1);
    std::thread::sleep(after);
    assert!(bot.deliver(7, &direct(awa), body()).is_ok());
    let seen = api.sees(awa, awa);
    let shapes: Vec<(usize, usize)> = seen.iter().map(|seen| (seen.text.chars().count(), seen.buttons.len())).collect();
    assert_eq!(shapes, [(4000, 0), (3000, 1)]);
}

#[test]
fn topics() {
    let (api, bot, ..) = village();
    let nadia = api.person("Nadège");
    let forum = api.forum("Le jardin", nadia);
    let topic = api.topic(forum, "Mardi");
    let to = Destination::Room(address(forum, Some(topic)));
    bot.says(&to, message("Ici", &[]));
    assert_eq!(api.state().chats[&forum].messages.values().last().unwrap().thread, Some(topic));
    api.closes_topic(forum, topic);
    assert_eq!(bot.refused(&to, message("Encore", &[])), Reason::RoomClosed);
    assert_eq!(bot.refused(&Destination::Room(address(forum, Some(999))), message("Encore", &[])), Reason::RoomClosed);
}

#[test]
fn doors_that_are_closed() {
    let (api, bot, nadia, awa, group) = village();
    let hello = || message("Bonjour", &[]);
    assert_eq!(bot.refused(&direct(nadia), hello()), Reason::DirectClosed, "never started");
    assert_eq!(bot.refused(&direct(UserId(12)), hello()), Reason::DirectClosed, "unknown");
    api.blocks(awa);
    assert_eq!(bot.refused(&direct(awa), hello()), Reason::DirectClosed, "blocked");
    api.unblocks(awa);
    api.deactivates(awa);
    assert_eq!(bot.refused(&direct(awa), hello()), Reason::DirectClosed, "gone");
    api.bot_becomes(group, nadia, Member::Kicked);
    assert_eq!(bot.refused(&room(group), hello()), Reason::RoomClosed, "put out");
    assert_eq!(bot.refused(&room(ChatId(-99)), hello()), Reason::RoomClosed, "unknown");
    let matrix = entraide::domain::event::RoomAddress { platform: Platform::Matrix, id: "!x".into(), direct: false };
    assert!(matches!(bot.refused(&Destination::Room(matrix), hello()), Reason::Refused(_)));
    assert!(matches!(bot.refused(&room(group), message(" \n", &[])), Reason::Refused(_)));
}

#[test]
fn a_group_that_moved() {
    let (api, bot, ..) = village();
    let nadia = api.person("Nadège");
    let old = api.group("Petit", nadia);
    let card = bot.says(&room(old), message("10 places", &[]));
    let new = api.migrates(old);
    assert_eq!(bot.refused(&room(old), message("Bonjour", &[])), Reason::Moved(address(new, None)));
    assert_eq!(bot.refused(&room(old), edit(&card, "9 places", &[])), Reason::Moved(address(new, None)));
    // Once the room is known by its new address, its old messages are out of reach.
    assert_eq!(bot.refused(&room(new), edit(&card, "9 places", &[])), Reason::MessageGone);
    assert!(bot.deliver(5, &room(new), Body::Delete(card.clone())).is_ok());
    assert!(bot.deliver(6, &room(new), Body::React(card, "👍".into())).is_ok());
}

#[test]
fn what_may_be_tried_again() {
    let (api, bot, _, awa, _) = village();
    let send = |n: u128| bot.deliver(n, &direct(awa), message("Bonjour", &[])).unwrap_err();
    api.inject_one(fault(Fault::TooMany { retry_after_s: 7 }));
    assert!(matches!(send(1), DeliveryError::Retry { after: Some(after), .. } if after == Duration::from_secs(7)));
    let before = Instant::now();
    api.inject_one(fault(Fault::Refuse { code: 500, description: "Internal Server Error".into() }));
    assert!(matches!(send(2), DeliveryError::Retry { after: None, .. }));
    assert!(before.elapsed() < Duration::from_secs(2), "nobody sleeps over a 5xx here");
    api.inject_one(fault(Fault::BadGateway));
    assert!(matches!(send(3), DeliveryError::Uncertain(_)), "a proxy does not say whether it arrived");
    api.inject_one(fault(Fault::LoseAnswer));
    assert!(matches!(send(4), DeliveryError::Uncertain(_)));
    api.inject_one(fault(Fault::Refuse { code: 401, description: "Unauthorized".into() }));
    assert!(matches!(send(5), DeliveryError::Retry { after: Some(_), .. }), "nothing is lost while the token is exchanged");
    api.away();
    // The connection that was open is seen to be closed.
    std::thread::sleep(Duration::from_millis(200));
    assert!(matches!(send(6), DeliveryError::Retry { after: None, .. }), "surely not sent");
}

#[test]
fn an_edit_whose_answer_is_lost_is_simply_made_again() {
    let (api, bot, _, awa, _) = village();
    let sent = bot.says(&direct(awa), message("un", &[]));
    api.inject_one(Injection { method: Some("editMessageText"), chat: None, times: 1, fault: Fault::LoseAnswer });
    let lost = bot.deliver(1, &direct(awa), edit(&sent, "deux", &[])).unwrap_err();
    assert!(matches!(lost, DeliveryError::Retry { .. }), "{lost:?}");
    assert_eq!(bot.says(&direct(awa), edit(&sent, "deux", &[])), sent);
}

#[test]
fn deleting_and_reacting_where_the_bot_may() {
    let (api, bot, nadia, awa, group) = village();
    let written = api.writes(awa, group, "/cava 2");
    let said = bot.ledger.said(2);
    assert!(bot.deliver(1, &room(group), Body::Delete(said.message.clone())).is_ok(), "where it may not it does without");
    assert!(api.sees(nadia, group).iter().any(|seen| seen.message == written));
    assert!(bot.deliver(2, &room(group), Body::React(said.message.clone(), "👍".into())).is_ok());
    let reaction = api.sees(nadia, group).iter().find(|seen| seen.message == written).unwrap().reaction.clone();
    assert_eq!(reaction.as_deref(), Some("👍"));
    assert!(bot.deliver(3, &room(group), Body::React(said.message.clone(), "x".into())).is_ok());
    api.bot_becomes(group, nadia, Member::Administrator { can_delete: true });
    assert!(bot.deliver(4, &room(group), Body::Delete(said.message)).is_ok());
    assert!(!api.sees(nadia, group).iter().any(|seen| seen.message == written));
}

#[test]
fn presses_are_answered_and_old_ones_forgiven() {
    let (api, bot, _, awa, group) = village();
    bot.says(&room(group), message("10 places", &[("Réserver", press("12"))]));
    api.presses(awa, group, 1).unwrap();
    let query = bot.ledger.pressed(2).press_ref;
    let answer = |word: Option<String>| bot.deliver(1, &room(group), Body::AnswerPress(query.clone(), word));
    let told = |api: &BotApi| api.state().queries[&query].answer.clone();
    assert!(answer(None).is_ok());
    assert_eq!(told(&api), Some((None, false)));
    assert!(answer(Some("Ce bouton est à quelqu'un d'autre.".into())).is_ok());
    assert_eq!(told(&api), Some((Some("Ce bouton est à quelqu'un d'autre.".into()), false)));
    assert!(answer(Some("é".repeat(300))).is_ok());
    assert_eq!(told(&api), Some((Some("é".repeat(200)), true)));
    api.state().query_life = Duration::ZERO;
    assert!(answer(None).is_ok());
}

#[test]
fn what_is_not_stored_is_sent_once() {
    let (api, bot, _, awa, _) = village();
    let telegram = std::sync::Arc::clone(&bot.telegram);
    bot.spawn(async move { telegram.send_once(Some(account(awa)), message("3114", &[])).await });
    api.wait_for("the lines", crate::harness::SOON, |state| state.visible(awa, awa.into()).count() == 1);
}

#[test]
fn addresses_of_the_configuration_are_checked() {
    use entraide::platform::telegram::{Config, Ended, Telegram, Webhook};
    let webhook = |url: &str| Some(Webhook { url: url.into(), secret: "s".into() });
    let key = |config: Config| match Telegram::new(config) {
        Err(Ended::Address { key }) => key,
        _ => "",
    };
    assert_eq!(key(config("telegram".into(), TOKEN, None)), "telegram.api_url");
    assert_eq!(key(config("https://api.telegram.org".into(), TOKEN, webhook("bot.example.org"))), "telegram.webhook_url");
    assert_eq!(key(config("https://api.telegram.org/".into(), TOKEN, webhook("https://bot.example.org/hook"))), "");
    assert_eq!(menu().len(), 2);
}
