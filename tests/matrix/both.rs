//! Telegram and Matrix at once: one group with a room on each, one ledger, a session announced in both, a seat taken from each.

use std::time::Duration;

use crate::{
    bot::Bot,
    circle::{Circle, Room},
    html,
    support::{
        bot_api::{BotApi, ChatId, UserId},
        gifts::{number_after, plain},
        matrix::{Synapse, content},
    },
};

const SILENCE: Duration = Duration::from_millis(600);
const AT_MOST: Duration = Duration::from_secs(60);

/// The newest message of the bot with buttons, in words, as a person sees it in a chat of Telegram.
fn newest(api: &BotApi, user: UserId, chat: impl Into<ChatId>) -> String {
    plain(&api.bot_texts(user, chat.into()).pop().unwrap_or_default())
}

#[test]
fn a_group_with_rooms_on_both_platforms_is_one_group() {
    let (synapse, api) = (Synapse::shared(), BotApi::start());
    let mut bot = Bot::new(synapse, None);
    bot.with_telegram(&api);
    let mut circle = Circle::with(synapse, bot, Room::Encrypted, 1);
    circle.issue_to_all(20);
    // The coordinator's code, typed in a chat of Telegram, makes it a room of the same group.
    let ready = circle.coordinator.reads("Pour ajouter un salon");
    let code =
        ready.body().lines().find_map(|line| line.split("!installer ").nth(1)).unwrap_or_else(|| panic!("{}", ready.body())).to_owned();
    let nora = api.person("Nora");
    api.opens_silently(nora);
    let chat = api.supergroup("Le cercle", nora);
    api.writes(nora, chat, format!("/installer {code}"));
    api.wait_for_text(nora, nora, "Ce salon fait maintenant partie du groupe.");
    let tao = api.person("Tao");
    api.opens_silently(tao);
    api.enters(tao, chat);
    api.writes(tao, chat, "/rejoindre");
    api.wait_for_text(tao, tao, "votre accord");
    api.presses(tao, tao, 1).unwrap();
    api.wait_for_text(tao, tao, "Bienvenue");
    // A session is announced in both rooms, and its card is one.
    let (coordinator, group, member) = (&circle.coordinator, &circle.group, &circle.members[0]);
    coordinator.person.says(group, "!seance Respirer 12/05 18h 60min 2 places");
    let card = coordinator.person.reads(group, &circle.bot.user, "2 places libres sur 2");
    api.wait_for_text(tao, chat, "2 places libres sur 2");
    member.person.sends(group, content::in_reply_to(content::text("1"), &card.id));
    member.reads("Votre place est réservée");
    coordinator.person.reads(group, &circle.bot.user, "1 place libre sur 2");
    api.wait_for_text(tao, chat, "1 place libre sur 2");
    api.presses(tao, chat, 1).unwrap();
    api.wait_for_text(tao, tao, "Votre place est réservée");
    let full = coordinator.person.reads(group, &circle.bot.user, "Complet");
    assert_eq!(full.edit_of(), Some(card.id.as_str()));
    api.wait_for_text(tao, chat, "Complet");
    assert!(!html::buttons(&full).is_empty());
    // One ledger: credits go from one platform to the other.
    member.asks("!donner @Tao 3 merci");
    api.wait_for_text(tao, tao, "vous donne 3 crédits.");
    api.writes(tao, tao, "/solde");
    api.wait_quiet(SILENCE, AT_MOST);
    api.wait_for_text(tao, tao, "Il vous reste");
    assert_eq!(number_after(&newest(&api, tao, tao), "Il vous reste"), Some(3));
    assert_eq!(member.balance(), 17);
    // A platform that is away holds up no other.
    api.away();
    coordinator.person.says(group, "!sujet Qu'est-ce qui vous aide ?");
    coordinator.reads("Qu'est-ce qui vous aide");
    coordinator.person.says(&coordinator.direct, "1");
    coordinator.person.reads(group, &circle.bot.user, "Qu'est-ce qui vous aide");
    api.back();
    api.wait_for_text(tao, chat, "Qu'est-ce qui vous aide");
    circle.bot.stop();
}
