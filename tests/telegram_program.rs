//! The whole program over Telegram: what goes wrong between people, their apps and the platform, and what must not leak.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use support::{
    bot_api::{BotApi, ChatId, Ephemerals, Fault, Member, Pressed, State, TOKEN, UserId, Writing},
    circle::Circle,
    http,
    program::Program,
};
use tempfile::TempDir;

const NEUTRAL: &str = "J'ai une réponse pour vous, en privé.";
const CONSENT: &str = "Je demande donc votre accord.";
const STARTS_WITHIN: Duration = Duration::from_secs(20);
/// How long nothing must come where nothing is expected.
const SILENCE: Duration = Duration::from_millis(600);

/// The program, running, with a group that is set up.
struct House {
    api: BotApi,
    folder: TempDir,
    program: Program,
    circle: Circle,
}

impl House {
    fn with_members(members: usize) -> Self {
        Self::on(BotApi::start(), members)
    }

    fn on(api: BotApi, members: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Program::start(&api, folder.path());
        program.wait_until_polling(&api, STARTS_WITHIN);
        let circle = Circle::found(&api, members);
        Self { api, folder, program, circle }
    }

    /// The `n`-th member.
    fn member(&self, n: usize) -> UserId {
        self.circle.members[n].1
    }

    /// Somebody new in the group, whose private chat is not open.
    fn newcomer(&self, name: &str) -> UserId {
        let user = self.api.person(name);
        self.api.enters(user, self.circle.group);
        user
    }

    /// Waits until everything that was written is handled and answered.
    fn rest(&self) {
        self.api.wait_for("the updates to be confirmed", STARTS_WITHIN, |state| state.updates_waiting() == 0);
        self.api.wait_quiet(SILENCE, STARTS_WITHIN);
    }

    /// What the bot says to a person, in private, in answer to what `act` does.
    fn answers<R>(&self, user: UserId, act: impl FnOnce(&BotApi) -> R) -> Vec<String> {
        self.new_texts(user, user.into(), act)
    }

    fn new_texts<R>(&self, user: UserId, chat: ChatId, act: impl FnOnce(&BotApi) -> R) -> Vec<String> {
        self.rest();
        let before = self.api.bot_texts(user, chat).len();
        act(&self.api);
        self.rest();
        self.api.bot_texts(user, chat).split_off(before)
    }

    /// The texts of the bot that everybody in the group sees.
    fn public(&self) -> Vec<String> {
        self.api.bot_texts(self.circle.coordinator, self.circle.group)
    }
}

#[test]
fn a_closed_private_chat_gives_nothing_away() {
    for knows in [Ephemerals::Unknown, Ephemerals::Fields, Ephemerals::Object] {
        let api = BotApi::start();
        api.state().ephemerals = knows;
        let house = House::on(api, 1);
        let (api, group) = (&house.api, house.circle.group);
        let awa = house.newcomer("Awa");
        // The consent is never ephemeral: it has to be found again.
        let public = house.new_texts(house.member(0), group, |api| api.writes(awa, group, "/rejoindre"));
        assert_eq!(public, [NEUTRAL], "{knows:?}");
        let opened = api.presses(awa, group, 1).unwrap();
        assert_eq!(opened, Pressed::Opened(State::start_link("private")));
        api.starts_with(awa, "private");
        api.wait_for_text(awa, awa, CONSENT);
        let consent = house.api.sees(awa, awa).into_iter().find(|seen| seen.by_bot).unwrap();
        api.presses_message(awa, awa, consent.message, 1).unwrap();
        api.wait_for_text(awa, awa, "C'est fait. Bienvenue.");
        // An ordinary answer may be ephemeral, where the server surely keeps it from the others.
        let lou = house.newcomer("Lou");
        let public = house.new_texts(house.member(0), group, |api| api.writes(lou, group, "/solde"));
        let alone: Vec<_> = api.sees(lou, group).into_iter().filter(|seen| seen.alone).collect();
        match knows {
            Ephemerals::Unknown => assert_eq!((public, alone.len()), (vec![NEUTRAL.to_owned()], 0)),
            Ephemerals::Fields | Ephemerals::Object => {
                assert_eq!(public, Vec::<String>::new(), "{knows:?}");
                assert!(alone[0].text.starts_with("Il faut d'abord rejoindre le groupe."), "{alone:?}");
                assert_eq!(alone[0].buttons.last().map(String::as_str), Some("Ouvrir une conversation privée"));
            }
        }
    }
}

#[test]
fn a_server_that_forgets_ephemeral_messages_is_noticed_at_once() {
    let api = BotApi::start();
    api.state().ephemerals = Ephemerals::Object;
    let house = House::on(api, 1);
    let (api, group) = (&house.api, house.circle.group);
    // The server was put back to an old version after the probe.
    api.state().ephemerals = Ephemerals::Unknown;
    for name in ["Awa", "Lou"] {
        let user = house.newcomer(name);
        api.writes(user, group, "/solde");
        house.rest();
    }
    let private = |text: &String| text.contains("rejoindre");
    assert!(!house.public().iter().any(private), "a private answer stays public: {:?}", house.public());
    let calls = api.state().calls.iter().filter(|call| call.params.get("ephemeral_message_parameters").is_some()).count();
    assert_eq!(calls, 1, "after the first leak nothing ephemeral is sent");
}

#[test]
fn who_blocks_the_bot_is_left_in_peace() {
    let house = House::with_members(2);
    let (api, awa) = (&house.api, house.member(0));
    house.circle.issue_to_all(api, 5);
    api.blocks(awa);
    house.rest();
    let sent = |state: &State| state.calls.iter().filter(|call| call.method == "sendMessage" && call.params["chat_id"] == awa.0).count();
    let before = sent(&api.state());
    let giver = house.member(1);
    let receipt = house.answers(giver, |api| api.writes(giver, giver, "/donner @Membre1 2"));
    assert!(receipt[0].contains("2 crédits pour Membre1."), "{receipt:?}");
    assert!(sent(&api.state()) <= before + 1, "it is not tried again and again");
    api.starts_with(awa, "");
    api.wait_for_text(awa, awa, "Membre2 vous donne 2 crédits.");
}

#[test]
fn a_command_runs_once_and_only_as_typed_by_its_writer() {
    let house = House::with_members(2);
    let (api, group, awa) = (&house.api, house.circle.group, house.member(0));
    house.circle.issue_to_all(api, 50);
    let gift = api.writes(awa, group, "/donner @Membre2 3");
    api.wait_for_text(awa, awa, "3 crédits pour Membre2.");
    house.rest();
    let quiet = |what: &str, act: &dyn Fn(&BotApi) -> i64| {
        let said = house.answers(awa, act);
        assert_eq!(said, Vec::<String>::new(), "{what}");
    };
    quiet("an edit", &|api| {
        api.edits(group, gift, "/donner @Membre2 30");
        gift
    });
    quiet("a forwarded command", &|api| api.writes(awa, group, Writing::from("/donner @Membre2 4").forwarded_from("Sam")));
    quiet("for another bot", &|api| api.writes(awa, group, "/donner@another_bot @Membre2 5"));
    quiet("in the name of the group", &|api| api.writes(awa, group, Writing::from("/donner @Membre2 6").anonymously()));
    quiet("in the name of a channel", &|api| api.writes(awa, group, Writing::from("/donner @Membre2 7").in_name_of_channel("Infos")));
    let answer = house.answers(awa, |api| api.writes(awa, awa, Writing::voice()));
    assert!(answer[0].contains("vocaux"), "{answer:?}");
    let balance = house.answers(awa, |api| api.writes(awa, awa, "/solde"));
    assert!(balance[0].contains("Il vous reste 47 crédits libres."), "{balance:?}");
}

#[test]
fn people_are_named_in_every_way_that_telegram_has() {
    let house = House::with_members(2);
    let (api, group, awa) = (&house.api, house.circle.group, house.member(0));
    house.circle.issue_to_all(api, 50);
    let zoe = house.newcomer("Zoé");
    api.opens_silently(zoe);
    api.writes(zoe, group, "/rejoindre");
    api.wait_for_text(zoe, zoe, CONSENT);
    api.presses(zoe, zoe, 1).unwrap();
    api.wait_for_text(zoe, zoe, "Bienvenue");
    api.writes(awa, group, Writing::from("/donner Zoé 1 😞 🙂").naming("Zoé", zoe));
    api.wait_for_text(zoe, zoe, "Membre1 vous donne 1 crédit.");
    let hers = api.writes(zoe, group, "quelle journée");
    api.writes(awa, group, Writing::from("/donner 2").reply_to(hers));
    api.wait_for_text(zoe, zoe, "Membre1 vous donne 2 crédits.");
    api.writes(awa, group, "/donner @MEMBRE2 3");
    let other = house.member(1);
    api.wait_for_text(other, other, "Membre1 vous donne 3 crédits.");
    let refused = house.answers(awa, |api| api.writes(awa, group, "/donner @entraide_bot 4"));
    assert!(refused[0].contains("Je suis un programme"), "{refused:?}");
}

#[test]
fn only_administrators_of_the_chat_may_set_up() {
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, STARTS_WITHIN);
    let (nadia, awa) = (api.person("Nadia"), api.person("Awa"));
    let group = api.supergroup("Le cercle", nadia);
    api.enters(awa, group);
    [nadia, awa].iter().for_each(|user| api.opens_silently(*user));
    api.writes(awa, group, "/installer");
    let refused = api.wait_for_text(awa, awa, "administr");
    assert!(!refused.contains(CONSENT), "{refused}");
    api.writes(nadia, group, Writing::from("/installer").anonymously());
    api.wait_quiet(SILENCE, STARTS_WITHIN);
    assert!(api.bot_texts(nadia, nadia).is_empty(), "an anonymous administrator is nobody in particular");
    api.becomes(awa, group, Member::Administrator { can_delete: false });
    api.writes(awa, group, "/installer");
    api.wait_for_text(awa, awa, CONSENT);
}

#[test]
fn a_score_typed_in_the_group_is_taken_away_or_at_least_not_repeated() {
    let house = House::with_members(1);
    let (api, group, awa, nadia) = (&house.api, house.circle.group, house.member(0), house.circle.coordinator);
    // Before it is known who answers for the data, nothing is asked and nothing is kept.
    let id = api.writes(awa, group, "/cava 2 très fatiguée");
    api.wait_for_text(awa, awa, "Cette question n'est pas encore ouverte dans ce groupe.");
    house.rest();
    assert!(api.bot_texts(awa, awa).iter().all(|text| !text.contains("fatiguée")), "{id}");
    house.circle.name_controller(api);
    api.writes(awa, awa, "/cava");
    api.wait_for_text(awa, awa, "Une question avant de commencer.");
    api.presses(awa, awa, 1).unwrap();
    api.wait_for_text(awa, awa, "Comment ça va aujourd'hui");
    let shown = |id: i64| api.sees(nadia, group).iter().any(|seen| seen.message == id);
    for (may_delete, expected) in [(false, true), (true, false)] {
        let place = if may_delete { Member::Administrator { can_delete: true } } else { Member::Plain };
        api.bot_becomes(group, nadia, place);
        house.rest();
        let before = house.public().len();
        let id = api.writes(awa, group, "/cava 2 très fatiguée");
        house.rest();
        assert_eq!(shown(id), expected);
        assert_eq!(house.public().len(), before, "nothing is said of it in the group");
    }
}

#[test]
fn a_private_button_is_its_owners_and_works_once() {
    let house = House::with_members(1);
    let (api, nadia, awa) = (&house.api, house.circle.coordinator, house.member(0));
    api.writes(nadia, nadia, "/crediter tous 5 fête");
    let question = api.wait_for_text(nadia, nadia, "À confirmer.");
    let (id, data) = {
        let state = api.state();
        let message = state.newest_with_buttons(nadia, nadia.into(), None).unwrap();
        assert_eq!(message.text, question);
        (message.id, message.keyboard[0][0].data.clone().unwrap())
    };
    house.rest();
    // Awa's app sends what Nadia's button carries.
    let hers = house.api.sees(awa, awa).pop().unwrap().message;
    let said = house.answers(awa, |api| api.presses_data(awa, awa, hers, &data));
    assert!(said.iter().all(|text| !text.contains("5 crédits")), "{said:?}");
    house.answers(awa, |api| api.presses_data(awa, awa, hers, "q:AAAAAAAAAAAAAAAAAAAAAA:0"));
    house.answers(awa, |api| api.presses_data(awa, awa, hers, "what no button carries"));
    // Nadia's finger trembles.
    for _ in 0..3 {
        api.presses_data(nadia, nadia, id, &data);
    }
    api.wait_for_text(awa, awa, "5 crédits");
    let balance = house.answers(awa, |api| api.writes(awa, awa, "/solde"));
    assert!(balance[0].contains("Il vous reste 5 crédits libres."), "{balance:?}");
    let unanswered = api.state().queries.values().filter(|query| query.answer.is_none()).count();
    assert_eq!(unanswered, 0, "an app shows a spinner until a press is answered");
}

#[test]
fn a_group_that_becomes_a_supergroup_stays_the_group() {
    let api = BotApi::start();
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, STARTS_WITHIN);
    let nadia = api.person("Nadia");
    api.opens_silently(nadia);
    let group = api.group("Le cercle", nadia);
    api.writes(nadia, group, "/installer");
    api.wait_for_text(nadia, nadia, CONSENT);
    api.presses(nadia, nadia, 1).unwrap();
    api.wait_for_text(nadia, nadia, "Le groupe est prêt.");
    let group = api.migrates(group);
    api.writes(nadia, group, "/menu tout");
    api.wait_for_text(nadia, nadia, "/crediter");
    assert!(api.bot_texts(nadia, group).iter().all(|text| !text.contains("pas encore relié")), "{}", api.transcript());
}

#[test]
fn a_server_that_was_away_finds_everything_answered_after() {
    let mut house = House::with_members(3);
    house.rest();
    house.api.away();
    std::thread::sleep(Duration::from_secs(2));
    let members: Vec<UserId> = house.circle.members.iter().map(|(_, user)| *user).collect();
    for user in &members {
        house.api.writes(*user, *user, "/solde");
    }
    house.program.assert_running();
    house.api.back();
    for user in &members {
        house.api.wait_for_text(*user, *user, "Voici vos crédits.");
    }
    house.rest();
    for user in &members {
        let answers = house.api.bot_texts(*user, *user).iter().filter(|text| text.starts_with("Voici vos crédits.")).count();
        assert_eq!(answers, 1);
    }
}

#[test]
fn too_many_requests_delay_and_lose_nothing() {
    let house = House::with_members(3);
    house.rest();
    house.api.inject("sendMessage", 3, Fault::TooMany { retry_after_s: 1 });
    for (_, user) in &house.circle.members {
        house.api.writes(*user, *user, "/solde");
    }
    for (_, user) in &house.circle.members {
        house.api.wait_for_text(*user, *user, "Voici vos crédits.");
    }
    assert_eq!(house.api.faults_left(), 0);
}

#[test]
fn a_stop_is_clean_and_a_restart_repeats_nothing() {
    let mut house = House::with_members(2);
    let awa = house.member(0);
    house.circle.issue_to_all(&house.api, 9);
    house.api.writes(awa, awa, "/donner @Membre2 4");
    house.api.wait_for_text(awa, awa, "4 crédits pour Membre2.");
    house.api.wait_for_text(house.circle.coordinator, house.circle.coordinator, "Virements n°");
    let status = house.program.stop(STARTS_WITHIN);
    assert!(status.success(), "{status}: {}", house.program.log());
    let before = house.api.state().sent;
    house.program = Program::start(&house.api, house.folder.path());
    house.program.wait_until_polling(&house.api, STARTS_WITHIN);
    house.rest();
    let after = house.api.state().sent;
    assert_eq!(after, before, "nothing is said again: {}", house.api.transcript());
    let balance = house.answers(awa, |api| api.writes(awa, awa, "/solde"));
    assert!(balance[0].contains("Il vous reste 5 crédits libres."), "{balance:?}");
}

#[test]
fn another_poller_does_not_end_the_program() {
    let mut house = House::with_members(1);
    let awa = house.member(0);
    house.rest();
    for _ in 0..3 {
        let _ = http::get(house.api.port(), &format!("/bot{TOKEN}/getUpdates?timeout=0"));
        std::thread::sleep(Duration::from_millis(100));
    }
    house.api.writes(awa, awa, "/solde");
    house.api.wait_for_text(awa, awa, "Voici vos crédits.");
    house.program.assert_running();
}

#[test]
fn a_topic_is_a_room_of_its_own() {
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, STARTS_WITHIN);
    let nadia = api.person("Nadia");
    api.opens_silently(nadia);
    let forum = api.forum("Le cercle", nadia);
    let (garden, kitchen) = (api.topic(forum, "Jardin"), api.topic(forum, "Cuisine"));
    api.writes(nadia, forum, Writing::from("/installer").in_topic(garden));
    api.wait_for_text(nadia, nadia, CONSENT);
    api.presses(nadia, nadia, 1).unwrap();
    api.wait_for_text(nadia, nadia, "Le groupe est prêt.");
    api.writes(nadia, forum, Writing::from("/menu").in_topic(garden));
    api.wait_for_text(nadia, forum, "Que voulez-vous faire");
    api.writes(nadia, forum, Writing::from("/agenda").in_topic(kitchen));
    api.wait_for_text(nadia, forum, "pas encore relié");
    let threads: Vec<Option<i64>> = {
        let state = api.state();
        let by_bot = state.happenings.iter().filter(|happening| happening.by == "bot" && happening.chat == forum);
        by_bot.map(|happening| happening.thread).collect()
    };
    assert_eq!(threads, [Some(garden), Some(garden), Some(kitchen)]);
}

#[test]
fn a_wrong_token_is_said_in_plain_words() {
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let settings =
        [("ENTRAIDE_TELEGRAM__TOKEN", "7000000001:AAE-another-token-of-the-right-length"), ("ENTRAIDE_TELEGRAM__API_URL", &api.url())];
    let output = Program::subcommand_with(folder.path(), &["run"], &settings);
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success());
    assert!(said.contains("telegram.token"), "{said}");
    assert!(!said.contains("another-token"), "the token is in the log: {said}");
}
