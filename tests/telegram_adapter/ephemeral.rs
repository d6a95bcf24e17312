//! Messages that one person of a group sees alone: on a server that knows them, and never on one that does not.

use std::time::Duration;

use entraide::{
    domain::{command::Command, message::Press},
    platform::{Body, Destination, Reason, Receipt, telegram::acted_at},
};
use serde_json::json;

use crate::{
    harness::{Bot, account, address, edit, message, room, with_file},
    support::bot_api::{BotApi, ChatId, Ephemerals, UserId, Writing},
};

fn village(knows: Ephemerals) -> (BotApi, Bot, UserId, UserId, ChatId) {
    let api = BotApi::start();
    api.state().ephemerals = knows;
    let (nadia, awa) = (api.person("Nadia"), api.person("Awa"));
    let group = api.supergroup("Le cercle", nadia);
    api.enters(awa, group);
    let bot = Bot::start(&api).settled(&api);
    (api, bot, nadia, awa, group)
}

fn to(group: ChatId, user: UserId, context: &str) -> Destination {
    Destination::Ephemeral { room: address(group, None), account: account(user), context: context.to_owned() }
}

fn menu_button() -> Press {
    Press::Command { command: Command::Menu, rest: String::new() }
}

/// What the bot said in the group that this person sees.
fn seen(api: &BotApi, user: UserId, group: ChatId) -> Vec<String> {
    api.bot_texts(user, group)
}

#[test]
fn a_server_that_does_not_know_them_gets_none() {
    let (api, bot, nadia, awa, group) = village(Ephemerals::Unknown);
    assert!(!bot.telegram.capabilities().ephemeral);
    api.writes(awa, group, "/solde");
    let context = bot.ledger.said(2).ephemeral_context.unwrap();
    let sent = api.state().count("sendMessage");
    assert_eq!(bot.refused(&to(group, awa, &context), message("Votre réponse", &[])), Reason::EphemeralRefused);
    assert_eq!(api.state().count("sendMessage"), sent);
    assert!(seen(&api, nadia, group).is_empty());
}

#[test]
fn both_versions_of_the_api_show_the_answer_to_one_alone() {
    for knows in [Ephemerals::Fields, Ephemerals::Object] {
        let (api, bot, nadia, awa, group) = village(knows);
        assert!(bot.telegram.capabilities().ephemeral, "{knows:?}");
        api.writes(awa, group, "/solde");
        let context = bot.ledger.said(2).ephemeral_context.unwrap();
        assert!(acted_at(&context).is_some());
        let to = to(group, awa, &context);
        let answer = bot.says(&to, message("Votre réponse", &[("Menu", menu_button())]));
        assert_eq!(seen(&api, awa, group), ["Votre réponse"]);
        assert!(seen(&api, nadia, group).is_empty());

        api.presses(awa, group, 1).unwrap();
        let pressed = bot.ledger.pressed(3);
        assert_eq!(pressed.message, answer);
        let again =
            Destination::Ephemeral { room: address(group, None), account: account(awa), context: pressed.ephemeral_context.unwrap() };
        bot.says(&again, message("Et encore", &[]));
        assert_eq!(bot.says(&to, edit(&answer, "Votre réponse, corrigée", &[])), answer);
        assert_eq!(bot.says(&to, edit(&answer, "Votre réponse, corrigée", &[])), answer);
        assert_eq!(seen(&api, awa, group), ["Votre réponse, corrigée", "Et encore"]);
        assert_eq!(bot.deliver(9, &room(group), Body::Delete(answer.clone())).unwrap(), Receipt::default());
        assert!(bot.deliver(9, &room(group), Body::Delete(answer.clone())).is_ok());
        assert_eq!(bot.refused(&to, edit(&answer, "trop tard", &[])), Reason::EphemeralRefused);
        assert_eq!(seen(&api, awa, group), ["Et encore"]);
        assert!(seen(&api, nadia, group).is_empty());
    }
}

#[test]
fn an_ephemeral_command_is_answered_and_needs_no_deletion() {
    let (api, bot, nadia, awa, group) = village(Ephemerals::Object);
    let id = api.writes(awa, group, Writing::from("/solde").ephemerally());
    let said = bot.ledger.said(2);
    assert_eq!(said.message.0, format!("{}:i{id}", group.0));
    bot.says(&to(group, awa, &said.ephemeral_context.unwrap()), message("Votre réponse", &[]));
    assert_eq!(seen(&api, awa, group), ["Votre réponse"]);
    let params = api.state().calls.iter().rfind(|call| call.method == "sendMessage").unwrap().params.clone();
    assert_eq!(params["reply_parameters"], json!({"ephemeral_message_id": id}));
    assert_eq!(params["ephemeral_message_parameters"], json!({"receiver_user_id": awa.0}));
    let calls = api.state().count("deleteMessage");
    assert!(bot.deliver(1, &room(group), Body::Delete(said.message.clone())).is_ok());
    assert!(bot.deliver(2, &room(group), Body::React(said.message, "👍".into())).is_ok());
    assert_eq!(api.state().count("deleteMessage"), calls);
    assert_eq!(api.state().count("setMessageReaction"), 0);
    assert!(!api.sees(nadia, group).iter().any(|seen| seen.text == "/solde"));
}

#[test]
fn without_an_act_or_long_after_it_none_is_sent() {
    let (api, bot, _, awa, group) = village(Ephemerals::Object);
    api.writes(awa, group, "/solde");
    let context = bot.ledger.said(2).ephemeral_context.unwrap();
    let sent = api.state().count("sendMessage");
    let refused = |context: &str, body: Body| assert_eq!(bot.refused(&to(group, awa, context), body), Reason::EphemeralRefused);
    refused("", message("x", &[]));
    let old = acted_at(&context).unwrap().minus(chrono::TimeDelta::seconds(20));
    refused(&json!({"t": old}).to_string(), message("x", &[]));
    refused(&context, message(&"x".repeat(5000), &[]));
    refused(&context, with_file("x", "x.csv", "a"));
    assert_eq!(api.state().count("sendMessage"), sent);
}

#[test]
fn a_server_that_forgets_them_is_found_out_at_the_first_message() {
    let (api, bot, nadia, awa, group) = village(Ephemerals::Object);
    api.state().ephemerals = Ephemerals::Unknown;
    api.writes(awa, group, "/solde");
    let context = bot.ledger.said(2).ephemeral_context.unwrap();
    assert_eq!(bot.refused(&to(group, awa, &context), message("Votre réponse", &[])), Reason::EphemeralRefused);
    assert!(seen(&api, nadia, group).is_empty(), "it was taken back");
    assert!(!bot.telegram.capabilities().ephemeral);
    let sent = api.state().count("sendMessage");
    assert_eq!(bot.refused(&to(group, awa, &context), message("Votre réponse", &[])), Reason::EphemeralRefused);
    assert_eq!(api.state().count("sendMessage"), sent);
}

#[test]
fn who_left_the_group_gets_none() {
    let (api, bot, nadia, awa, group) = village(Ephemerals::Object);
    api.writes(awa, group, "/solde");
    let context = bot.ledger.said(2).ephemeral_context.unwrap();
    api.becomes(awa, group, crate::support::bot_api::Member::Left);
    assert_eq!(bot.refused(&to(group, awa, &context), message("Votre réponse", &[])), Reason::EphemeralRefused);
    assert!(seen(&api, nadia, group).is_empty());
    std::thread::sleep(Duration::from_millis(1));
}
