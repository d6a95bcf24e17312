//! Rooms as they are: invitations, upgrades, doors shown, encryption that comes later, devices that come and go.

use serde_json::json;

use crate::{
    bot::Bot,
    circle::{Circle, Room, STEP_TAKES},
    support::matrix::{COMES_WITHIN, Heard, People, Plan, Proxy, Synapse, content},
};

/// What the bot says in the group in answer to what `act` does.
fn in_group(circle: &Circle, room: &str, act: impl FnOnce()) -> Heard {
    let before = messages(circle, room).len();
    act();
    let fits = |heard: &Heard| circle.coordinator.person.heard_it(heard) && heard.room == room && is_word(circle, heard);
    circle.people.wait_for("an answer in the group", STEP_TAKES, |all| all.iter().filter(|heard| fits(heard)).nth(before).cloned())
}

fn is_word(circle: &Circle, heard: &Heard) -> bool {
    heard.sender == circle.bot.user && heard.is_message()
}

fn messages(circle: &Circle, room: &str) -> Vec<Heard> {
    circle.coordinator.person.heard(room).into_iter().filter(|heard| is_word(circle, heard)).collect()
}

#[test]
fn an_answer_is_a_notice_in_the_thread_of_its_question_and_calls_nobody() {
    let circle = Circle::found(Synapse::shared(), None, 1);
    let (coordinator, group) = (&circle.coordinator.person, &circle.group);
    let root = coordinator.says(group, "Parlons-en ici.");
    let mut question = String::new();
    let answer = in_group(&circle, group, || question = coordinator.sends(group, content::in_thread(content::text("!menu"), &root)));
    assert_eq!((answer.msgtype(), answer.encrypted), ("m.notice", true));
    assert_eq!((answer.thread(), answer.reply_to()), (Some(root.as_str()), Some(question.as_str())));
    assert_eq!(answer.mentions(), Vec::<&str>::new());
    let outside = in_group(&circle, group, || drop(coordinator.says(group, "!menu")));
    assert_eq!(outside.thread(), None);
    // A number is an answer in a reply, or with the sign; alone it is conversation.
    coordinator.says(group, "1");
    in_group(&circle, group, || drop(coordinator.says(group, "!agenda")));
}

#[test]
fn what_is_not_said_to_the_bot_is_let_pass() {
    let circle = Circle::found(Synapse::shared(), None, 1);
    circle.issue_to_all(50);
    let (member, group) = (&circle.members[0], &circle.group);
    let gift = member.person.sends(group, content::naming("!donner Nadia 3", &[("Nadia", &circle.coordinator.person.user)]));
    member.reads("3 crédits pour Nadia.");
    member.person.sends(group, content::edit("!donner Nadia 30", &gift));
    let mut notice = content::text("!donner Nadia 4");
    notice["msgtype"] = json!("m.notice");
    member.person.sends(group, notice);
    member.person.sends_file(group, b"OggS", "audio/ogg", content::voice());
    let voice = member.answer_to(|| drop(member.person.sends_file(&member.direct, b"OggS", "audio/ogg", content::voice())));
    assert!(voice.body().contains("vocaux"), "{}", voice.body());
    assert_eq!(member.balance(), 47, "{}", circle.story());
}

#[test]
fn a_file_is_encrypted_and_says_what_it_is() {
    let circle = Circle::found(Synapse::shared(), None, 1);
    circle.issue_to_all(5);
    let member = &circle.members[0];
    member.asks("!releve csv");
    let file = member.person.wait_for(&member.direct, "the file", |heard| heard.msgtype() == "m.file");
    assert!(file.encrypted && file.content.get("file").is_some() && file.content.get("url").is_none(), "{:?}", file.content);
    assert!(file.body().ends_with(".csv"), "{:?}", file.content);
    let text = String::from_utf8(member.person.downloads(&file)).unwrap();
    assert!(text.lines().count() >= 2 && text.contains('5'), "{text}");
}

#[test]
fn a_room_that_becomes_encrypted_and_devices_that_come_later() {
    let synapse = Synapse::shared();
    let circle = Circle::with(synapse, Bot::new(synapse, None), Room::Plain, 1);
    let (coordinator, group) = (&circle.coordinator.person, &circle.group);
    assert!(!in_group(&circle, group, || drop(coordinator.says(group, "!menu"))).encrypted);
    coordinator.encrypts(group);
    assert!(in_group(&circle, group, || drop(coordinator.says(group, "!menu"))).encrypted);
    coordinator.rotates_keys(group);
    assert!(in_group(&circle, group, || drop(coordinator.says(group, "!menu"))).encrypted);
    let member = &circle.members[0];
    member.asks("!menu");
    let phone = member.on(circle.people.client(&member.person.user, &member.person.name));
    phone.person.sees_join(&phone.direct, &circle.bot.user);
    phone.asks("!menu");
    let answer = phone.person.heard(group);
    assert!(in_group(&circle, group, || drop(coordinator.says(group, "!menu"))).encrypted);
    phone.person.wait_for(group, "the answer on the new device", |heard| {
        heard.is_message() && heard.sender == circle.bot.user && !answer.iter().any(|known| known.id == heard.id)
    });
    member.person.logs_out();
    phone.asks("!menu");
}

#[test]
fn keys_are_asked_for_when_somebody_comes_and_not_with_every_message() {
    let (synapse, quiet) = (Synapse::shared(), std::time::Duration::from_millis(500));
    let proxy = Proxy::before(synapse);
    let circle = Circle::found(synapse, Some(&proxy), 1);
    let (coordinator, member, group) = (&circle.coordinator.person, &circle.members[0], &circle.group);
    member.asks("!menu");
    in_group(&circle, group, || drop(coordinator.says(group, "!agenda")));
    proxy.wait_rest(std::time::Instant::now(), quiet, COMES_WITHIN);
    let asked = || proxy.passed().iter().filter(|passed| passed.path.contains("/keys/query")).count();
    let before = asked();
    for _ in 0..3 {
        member.asks("!menu");
        in_group(&circle, group, || drop(coordinator.says(group, "!agenda")));
    }
    assert_eq!(asked(), before, "{}", proxy.transcript());
    // Who has a new device is asked about.
    let phone = member.on(circle.people.client(&member.person.user, &member.person.name));
    phone.person.sees_join(&phone.direct, &circle.bot.user);
    phone.asks("!menu");
    assert!(asked() > before, "{}", proxy.transcript());
}

#[test]
fn the_bot_follows_a_room_that_is_upgraded() {
    let circle = Circle::found(Synapse::shared(), None, 1);
    let (coordinator, old) = (&circle.coordinator.person, &circle.group);
    let member = &circle.members[0];
    let new = coordinator.upgrades(old, "12");
    coordinator.invites(&new, &member.person.user);
    coordinator.invites(&new, &circle.bot.user);
    member.person.joins(&new);
    coordinator.sees_join(&new, &circle.bot.user);
    in_group(&circle, &new, || drop(coordinator.says(&new, "!menu")));
    // The creator of a room of version 12 stands in no list of powers, and still may set up.
    let preview = circle.coordinator.asks("!sujet Qu'est-ce qui vous aide ?");
    assert!(preview.body().contains("Qu'est-ce qui vous aide"), "{}", preview.body());
    circle.coordinator.person.says(&circle.coordinator.direct, "1");
    let fits = |heard: &Heard| is_word(&circle, heard) && heard.body().contains("Qu'est-ce qui vous aide");
    member.person.wait_for(&new, "the prompt in the new room", fits);
    assert!(!messages(&circle, old).iter().any(fits), "nothing more is said in the old one");
}

#[test]
fn who_was_shown_the_door_may_be_invited_again() {
    let circle = Circle::found(Synapse::shared(), None, 1);
    let (coordinator, group) = (&circle.coordinator.person, &circle.group);
    coordinator.kicks(group, &circle.bot.user);
    circle.members[0].asks("!menu");
    // What is said meanwhile is not said to the bot.
    coordinator.says(group, "!menu");
    let before = messages(&circle, group).len();
    coordinator.invites(group, &circle.bot.user);
    let joined = |all: &[Heard]| {
        let joins = all.iter().filter(|heard| coordinator.heard_it(heard) && heard.room == *group);
        (joins.filter(|heard| heard.membership() == Some((&circle.bot.user, "join"))).count() >= 2).then_some(())
    };
    circle.people.wait_for("the bot to come again", COMES_WITHIN, joined);
    in_group(&circle, group, || drop(coordinator.says(group, "!agenda")));
    let menus = messages(&circle, group)[before..].iter().filter(|heard| heard.body().contains("!agenda")).count();
    assert!(menus <= 1, "what was said meanwhile is not answered: {}", circle.story());
}

#[test]
fn who_may_invite_is_for_the_operator_to_say() {
    let synapse = Synapse::shared();
    let people = People::on(synapse);
    let (awa, sam) = (people.person(synapse, "Awa"), people.person(synapse, "Sam"));
    let mut bot = Bot::new(synapse, None);
    bot.set("ENTRAIDE_MATRIX__ALLOWED_SERVERS", "elsewhere.example");
    bot.set("ENTRAIDE_MATRIX__ALLOWED_USERS", &awa.user);
    bot.start();
    let by_sam = sam.makes(Plan { encrypted: true, invited: &[&bot.user], ..Plan::default() });
    sam.wait_for(&by_sam, "the bot to decline", |heard| heard.membership() == Some((&bot.user, "leave")));
    let by_awa = awa.makes(Plan { encrypted: true, invited: &[&bot.user, &sam.user], ..Plan::default() });
    awa.sees_join(&by_awa, &bot.user);
    // Who is in a room with the bot may open a direct one.
    sam.joins(&by_awa);
    let direct = sam.makes(Plan { encrypted: true, direct: true, invited: &[&bot.user], ..Plan::default() });
    sam.sees_join(&direct, &bot.user);
}

#[test]
fn a_direct_room_is_marked_and_used_again() {
    let synapse = Synapse::shared();
    let mut circle = Circle::found(synapse, None, 1);
    // Somebody who never opened one is invited into one.
    let lou = circle.people.person(synapse, "Lou");
    circle.coordinator.person.invites(&circle.group, &lou.user);
    lou.joins(&circle.group);
    lou.says(&circle.group, "!rejoindre");
    let direct = lou.is_invited("the direct room", |heard| heard.room != circle.group);
    lou.joins(&direct);
    let asked = lou.reads(&direct, &circle.bot.user, "votre accord");
    assert!(asked.encrypted);
    lou.says(&direct, "1");
    lou.reads(&direct, &circle.bot.user, "Bienvenue");
    circle.bot.stop();
    circle.bot.start();
    lou.says(&circle.group, "!solde");
    lou.reads(&direct, &circle.bot.user, "crédit");
    let invitations = circle.people.heard().iter().filter(|heard| lou.heard_it(heard) && heard.kind == "invited").count();
    assert_eq!(invitations, 2, "the group, and one direct room");
    // Marked for all clients of the account, whoever opened the room.
    let eyes = circle.people.client(&circle.bot.user, "the bot's other client");
    let path = format!("/_matrix/client/v3/user/{}/account_data/m.direct", circle.bot.user);
    let marked = eyes.raw("GET", &path, &json!(null));
    for (user, room) in [(&lou.user, &direct), (&circle.members[0].person.user, &circle.members[0].direct)] {
        assert_eq!(marked[user.as_str()], json!([room]), "{marked}");
    }
    // Nobody reads along by adding a device to the bot's account, not even its homeserver.
    let deadline = std::time::Instant::now() + STEP_TAKES;
    while !circle.bot.log().contains("another device of the bot's account is not verified") {
        assert!(std::time::Instant::now() < deadline, "{}", circle.bot.log());
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    let read = |all: &[Heard]| all.iter().filter(|heard| lou.heard_it(heard) && heard.room == direct && is_word(&circle, heard)).count();
    let before = read(&circle.people.heard());
    lou.says(&direct, "!menu");
    circle.people.wait_for("an answer to Lou", STEP_TAKES, |all| (read(all) > before).then_some(()));
    eyes.wait_for(&direct, "what it cannot read", |heard| heard.sender == circle.bot.user && heard.kind == "unreadable");
    assert!(!eyes.heard(&direct).iter().any(|heard| is_word(&circle, heard)), "{}", circle.story());
    // Where a third person is, nothing private is said.
    let sam = circle.people.person(synapse, "Sam");
    lou.invites(&direct, &sam.user);
    sam.joins(&direct);
    lou.says(&circle.group, "!solde");
    let other = lou.is_invited("another direct room", |heard| heard.room != circle.group && heard.room != direct);
    lou.joins(&other);
    lou.reads(&other, &circle.bot.user, "crédit");
    let private = sam.heard(&direct).iter().filter(|heard| is_word(&circle, heard)).count();
    assert_eq!(private, 0, "{}", circle.story());
}

#[test]
fn what_is_asked_about_a_session_hangs_in_the_thread_of_its_card() {
    let circle = Circle::found(Synapse::shared(), None, 0);
    let (coordinator, group) = (&circle.coordinator, &circle.group);
    let card = in_group(&circle, group, || drop(coordinator.person.says(group, "!seance Respirer 12/05 18h 60min 2 places")));
    let post = |asked: &str| {
        coordinator.asks(asked);
        in_group(&circle, group, || drop(coordinator.person.says(&coordinator.direct, "1")))
    };
    let prompt = post("!sujet 1 Qu'est-ce qui vous aide ?");
    assert!(prompt.body().contains("Qu'est-ce qui vous aide") && prompt.encrypted, "{}", prompt.body());
    assert_eq!((prompt.thread(), prompt.reply_to()), (Some(card.id.as_str()), Some(card.id.as_str())));
    assert_eq!(post("!sujet Et sinon ?").thread(), None, "one for the group stands in the room");
    // What is written there is conversation; a command is answered there.
    let mut asked = String::new();
    let in_thread = |text: &str| content::in_thread(content::text(text), &card.id);
    let answer = in_group(&circle, group, || asked = coordinator.person.sends(group, in_thread("!agenda")));
    assert_eq!((answer.thread(), answer.reply_to()), (Some(card.id.as_str()), Some(asked.as_str())));
}

#[test]
fn a_card_is_edited_where_it_stands() {
    let circle = Circle::found(Synapse::shared(), None, 2);
    let (coordinator, group, member) = (&circle.coordinator.person, &circle.group, &circle.members[0]);
    let posted = in_group(&circle, group, || drop(coordinator.says(group, "!seance Respirer 12/05 18h 60min 2 places")));
    assert!(posted.body().contains("2 places libres sur 2") && posted.edit_of().is_none(), "{}", posted.body());
    let edit = in_group(&circle, group, || drop(member.person.sends(group, content::in_reply_to(content::text("1"), &posted.id))));
    assert_eq!((edit.edit_of(), edit.encrypted, edit.mentions()), (Some(posted.id.as_str()), true, vec![]));
    assert!(edit.body().contains("1 place libre sur 2"), "{}", edit.body());
    member.reads("Votre place est réservée");
    // With the sign, the number is an answer to the newest choices of the room.
    let edit = in_group(&circle, group, || drop(circle.members[1].person.says(group, "!1")));
    assert_eq!(edit.edit_of(), Some(posted.id.as_str()));
    assert!(edit.body().contains("Complet"), "{}", edit.body());
}
