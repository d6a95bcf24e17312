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

/// A group with a room on each platform, one member on each: the second is Tao, on Telegram.
fn one_group_on_both(synapse: &Synapse, api: &BotApi) -> (Circle, ChatId, UserId) {
    let mut bot = Bot::new(synapse, None);
    bot.with_telegram(api);
    let circle = Circle::with(synapse, bot, Room::Encrypted, 1);
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
    (circle, chat, tao)
}

#[test]
fn a_group_with_rooms_on_both_platforms_is_one_group() {
    let (synapse, api) = (Synapse::shared(), BotApi::start());
    let (mut circle, chat, tao) = one_group_on_both(synapse, &api);
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

/// The day that a link waits is over.
fn a_day_passes(bot: &Bot) {
    let database = rusqlite::Connection::open(bot.path().join("data.db")).unwrap();
    let day = 24 * 60 * 60 * 1_000_000_i64 + 1;
    assert_eq!(database.execute("UPDATE link SET begun = begun - ?1, effect = effect - ?1", [day]).unwrap(), 1);
    assert!(database.execute("UPDATE timer SET due_at = due_at - ?1 WHERE wake LIKE '%LinkTakesEffect%'", [day]).unwrap() > 0);
}

#[test]
fn one_human_with_an_account_on_each_platform_is_one_person() {
    let (synapse, api) = (Synapse::shared(), BotApi::start());
    let (mut circle, chat, tao) = one_group_on_both(synapse, &api);
    let member = circle.members[0].clone();
    member.asks("!donner @Tao 3 avant");
    api.wait_for_text(tao, tao, "vous donne 3 crédits.");
    // A seat from each account, before they are one.
    circle.coordinator.person.says(&circle.group, "!seance Respirer 12/05 18h 60min 4 places");
    let card = circle.coordinator.person.reads(&circle.group, &circle.bot.user, "4 places libres sur 4");
    member.person.sends(&circle.group, content::in_reply_to(content::text("1"), &card.id));
    member.reads("Votre place est réservée");
    api.wait_for_text(tao, chat, "3 places libres sur 4");
    api.presses(tao, chat, 1).unwrap();
    api.wait_for_text(tao, tao, "Votre place est réservée");
    // The code goes from one to the other; both say yes, and a day passes.
    api.writes(tao, tao, "/lier");
    let told = api.wait_for_text(tao, tao, "Ce code sert une seule fois");
    let code = told.split("/lier ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap_or_else(|| panic!("{told}")).to_owned();
    let question = member.asks(&format!("!lier {}", code.trim_matches('`')));
    assert!(plain(question.body()).contains("d'un autre compte, sur Telegram"), "{}", question.body());
    member.asks("1");
    api.wait_for_text(tao, tao, "a été tapé sur un autre compte, sur Matrix");
    api.presses(tao, tao, 1).unwrap();
    member.reads("La liaison avec un compte Telegram prendra effet");
    circle.bot.stop();
    a_day_passes(&circle.bot);
    circle.bot.start();
    member.reads("Votre compte Telegram est lié à celui-ci.");
    api.wait_for_text(tao, tao, "Votre compte Matrix est lié à celui-ci.");
    // One balance and one list of bookings, whichever account asks; of two seats in one session one is given back.
    assert_eq!(member.balance(), 20);
    api.writes(tao, tao, "/solde");
    api.wait_for_text(tao, tao, "Il vous reste 20");
    circle.coordinator.person.reads(&circle.group, &circle.bot.user, "3 places libres sur 4");
    let booked = plain(member.asks("!mesreservations").body());
    assert_eq!(booked.matches("Respirer").count(), 1, "{booked}");
    // What is private goes to the account last used, and there alone.
    api.writes(tao, tao, "/mesreservations");
    api.wait_for_text(tao, tao, "Vos réservations");
    let given = circle.coordinator.asks("!crediter @Membre1 1 vers Telegram");
    assert!(plain(given.body()).contains("1 crédit pour Membre1"), "{}", circle.story());
    api.wait_for_text(tao, tao, "vers Telegram");
    member.asks("!menu");
    circle.coordinator.asks("!crediter @Membre1 1 vers Matrix");
    member.reads("vers Matrix");
    assert!(!member.said().iter().any(|text| text.contains("vers Telegram")), "{}", circle.story());
    assert!(!api.bot_texts(tao, tao).iter().any(|text| text.contains("vers Matrix")), "{}", api.transcript());
    assert_eq!(member.balance(), 22);
    circle.bot.stop();
}
