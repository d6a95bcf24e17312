//! Rooms that move, and what an id of somebody else's session opens: nothing.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;

use chrono::TimeDelta;
use desk::{NOON, handle, said, said_in, told};
use entraide::{
    app::{
        engine::Engine,
        report::{Fate, Report},
    },
    domain::{
        event::{Event, EventKey, MessageRef, Origin, Platform, RoomEvent},
        message::{Press, short_id},
    },
    platform::Receipt,
    store::{
        outbox::{Ready, Receiver, What},
        user_names::Holder,
    },
};

/// Something happened to a room, so many hours after noon.
fn happens(hours: i64, event: RoomEvent) -> Event {
    let key = EventKey(format!("test:{hours}:{event:?}"));
    Event { key, at: NOON.plus(TimeDelta::hours(hours)), origin: Origin::Room(event) }
}

/// What goes to the group's room: the first line's words as data, and the message that shows it now.
fn in_the_room(owed: &[Ready]) -> Vec<(String, Option<String>)> {
    let there = owed.iter().filter(|ready| matches!(ready.owed.to, Receiver::Room(_)));
    there.map(|ready| (format!("{:?}", desk::content(ready).unwrap().lines), ready.card_message.clone().map(|message| message.0))).collect()
}

async fn becomes_of(engine: &mut Engine, ready: &Ready, fate: Fate) {
    engine.handle_reports(&[Report { ready: ready.clone(), fate }]).await.unwrap();
}

#[tokio::test]
async fn what_was_said_before_a_room_moved_is_still_about_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa"]).await;
    let (old, new) = (desk::room(Platform::Terminal, "group"), desk::room(Platform::Terminal, "new"));
    // A delivery learns of it first; the messages from before, and the platform's own word, come later.
    let menu = handle(&mut engine, vec![said_in("menu", old.clone(), "Awa", "/menu")]).await.remove(0);
    engine.handle_reports(&[Report { ready: menu, fate: Fate::Moved(new.clone()) }]).await.unwrap();
    for (key, room) in [("before", &old), ("after", &new)] {
        let owed = handle(&mut engine, vec![said_in(key, room.clone(), "Awa", "/solde")]).await;
        assert!(!told(&owed).iter().any(|(id, _)| id == "not-installed"), "{key}: {:?}", told(&owed));
    }
    let moved = entraide::domain::event::Event {
        key: EventKey("test:moved".to_owned()),
        at: desk::NOON,
        origin: Origin::Room(RoomEvent::Moved { from: old.clone(), to: new.clone() }),
    };
    handle(&mut engine, vec![moved]).await;
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM room").await, 1, "it is one room all along");
    let answers = handle(&mut engine, vec![said_in("at last", old, "Awa", "/menu")]).await;
    let entraide::store::outbox::Route::Room(_, address) = &answers[0].route else { panic!("it is answered there") };
    assert_eq!(*address, new);
}

#[tokio::test]
async fn the_id_of_a_session_lets_nobody_into_its_group() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &[]).await;
    handle(&mut engine, vec![desk::said_in_group("open", "Nadia", "/seance \"Cercle\" 2026-12-20 18h 3 places prix 0")]).await;
    let rows = engine.store().writer().rows("SELECT id FROM session", vec![]).await.unwrap();
    let id: uuid::Uuid = rows[0].id(0).unwrap();
    // On Telegram, because in the terminal everybody is taken to be in its group.
    let stranger = desk::direct(Platform::Telegram, "Eve");
    for command in ["/rejoindre", "/agenda", "/charte"] {
        let text = format!("{command} ~{}", short_id(id));
        let forged = Press::decode(&format!("c:join:~{}", short_id(id))).unwrap();
        let typed = handle(&mut engine, vec![said_in(command, stranger.clone(), "Eve", &text)]).await;
        let pressed = handle(&mut engine, vec![desk::pressed_in(&format!("{command}!"), stranger.clone(), "Eve", forged)]).await;
        for ready in typed.iter().chain(&pressed) {
            let words = format!("{:?}", ready.owed.what);
            assert!(!words.contains("Cercle") && !words.contains("care-consent"), "{command}: {words}");
        }
    }
    // Its own people are still taken there.
    let owed = handle(&mut engine, vec![said("book", "Nadia", &format!("/agenda ~{}", short_id(id)))]).await;
    assert!(format!("{:?}", owed[0].owed.what).contains("Cercle"));
}

#[tokio::test]
async fn a_user_name_is_whose_it_was_last() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    let as_named = |key: &str, id: &str, name: &str| {
        let mut event = said_in(key, desk::direct(Platform::Telegram, id), id, "/menu");
        if let Origin::Said(said) = &mut event.origin {
            said.sender.as_mut().unwrap().user_name = Some(name.to_owned());
        }
        event
    };
    let first = handle(&mut engine, vec![as_named("1", "7", "sam")]).await.remove(0);
    // She gives the name up, and somebody else takes it; then it turns out that she blocks the bot.
    let later = entraide::domain::event::Event { at: desk::NOON.plus(chrono::TimeDelta::hours(1)), ..as_named("2", "8", "sam") };
    handle(&mut engine, vec![later]).await;
    engine.clock().set(desk::NOON.plus(chrono::TimeDelta::hours(2)));
    engine.handle_reports(&[Report { ready: first, fate: Fate::DirectClosed { ephemeral: false } }]).await.unwrap();
    let holder = |id: &'static str| desk::account(Platform::Telegram, id);
    let before = engine.store().account_at(&holder("7")).await.unwrap().unwrap();
    let now = engine.store().account_at(&holder("8")).await.unwrap().unwrap();
    assert_eq!(before.profile.user_name, None);
    let found = engine.store().holder_of_user_name(Platform::Telegram, "sam").await.unwrap();
    assert_eq!(found, Holder::Changed { now: now.id, before: before.id }, "for a while it may mean either");
    let later = desk::NOON.plus(chrono::TimeDelta::days(32));
    engine.store().begin().await.unwrap();
    engine.store().prune(later).await.unwrap();
    engine.store().commit().await.unwrap();
    let found = engine.store().holder_of_user_name(Platform::Telegram, "sam").await.unwrap();
    assert_eq!(found, Holder::Account(now.id));
}

#[tokio::test]
async fn cards_that_a_closed_room_missed_are_drawn_when_it_opens_and_old_news_is_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa"]).await;
    let group = desk::room(Platform::Terminal, "group");
    let propose = |key: &str, title: &str, when: &str| {
        desk::said_in_group(key, "Nadia", &format!("/seance \"{title}\" {when} 18h 60min 3 places prix 0"))
    };
    let first = handle(&mut engine, vec![propose("one", "Cercle", "2026-12-20"), propose("soon", "Demain", "2026-09-22")]).await;
    let card = |ready: &&Ready| matches!(ready.owed.what, What::Card(..));
    for (ready, message) in first.iter().filter(card).zip(["card 1", "card 2"]) {
        becomes_of(&mut engine, ready, Fate::Delivered(Receipt::from(MessageRef(message.to_owned())))).await;
    }
    // News meets the closed door, and so does an answer that somebody waits for.
    let prompt = handle(&mut engine, vec![said("prompt", "Nadia", "/sujet Qu'est-ce qui vous aide ?")]).await;
    let press = desk::content(&prompt[0]).unwrap().buttons[0].press.clone();
    let posted = handle(&mut engine, vec![desk::pressed_in("post", desk::direct(Platform::Terminal, "Nadia"), "Nadia", press)]).await;
    let asked = handle(&mut engine, vec![desk::said_in_group("agenda", "Awa", "/agenda")]).await;
    for ready in posted.iter().chain(&asked).filter(|ready| matches!(ready.owed.to, Receiver::Room(_))) {
        becomes_of(&mut engine, ready, Fate::RoomClosed).await;
    }
    handle(&mut engine, vec![happens(1, RoomEvent::Silenced(group.clone()))]).await;
    // Meanwhile a seat is taken, one session is announced, another called off.
    let meanwhile = vec![
        said("book", "Awa", "/reserver 1"),
        said("two", "Nadia", "/seance \"Marche\" 2026-12-21 18h 60min 3 places prix 0"),
        said("off", "Nadia", "/seance \"Annulée\" 2026-12-22 18h 60min 3 places prix 0"),
    ];
    let owed = handle(&mut engine, meanwhile).await;
    desk::sql(&mut engine, "UPDATE session SET state = 1 WHERE number = 4".to_owned()).await;
    assert!(in_the_room(&owed).is_empty(), "{:?}", in_the_room(&owed));
    let owed = handle(&mut engine, vec![happens(2, RoomEvent::Joined(group.clone()))]).await;
    let there = in_the_room(&owed);
    let of =
        |title: &str| there.iter().filter(|(words, _)| words.contains(title) && words.contains("session-card-title")).collect::<Vec<_>>();
    for (title, message) in [("Cercle", Some("card 1")), ("Demain", Some("card 2")), ("Marche", None)] {
        assert_eq!(of(title).iter().map(|(_, shown)| shown.as_deref()).collect::<Vec<_>>(), [message], "{title}: {there:?}");
    }
    assert!(of("Annulée").is_empty(), "what was announced and called off meanwhile is nothing: {there:?}");
    assert!(of("Cercle")[0].0.contains("Number(2)"), "the seats as they are now: {there:?}");
    assert!(there.iter().any(|(words, _)| words.contains("prompt-card")), "of an hour ago, it is news still: {there:?}");
    let count = there.len();
    assert_eq!(count, 5, "three cards, the prompt, the answer: {there:?}");
    // Told of it again, nothing is drawn twice.
    let again = handle(&mut engine, vec![happens(3, RoomEvent::Joined(group.clone()))]).await;
    assert!(in_the_room(&again).is_empty());
    // Three days later the prompt's moment is past, and so is a session; the answer is one still.
    for ready in owed.iter().filter(|ready| matches!(ready.owed.to, Receiver::Room(_))) {
        becomes_of(&mut engine, ready, Fate::RoomClosed).await;
    }
    let owed = handle(&mut engine, vec![happens(74, RoomEvent::Joined(group))]).await;
    let there = in_the_room(&owed);
    let is_past = |words: &str| words.contains("prompt-card") || words.contains("session-card-title") && words.contains("Demain");
    assert!(!there.iter().any(|(words, _)| is_past(words)), "{there:?}");
    assert_eq!(there.len(), 3, "two cards, the answer: {there:?}");
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM delivery WHERE parked = 1").await, 0);
}

#[tokio::test]
async fn a_word_about_a_device_waits_until_its_owner_is_known_and_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    let eve = || desk::sender(Platform::Matrix, "@eve:x.org");
    for (id, event) in
        [("device-unverified", RoomEvent::DeviceUnverified(eve())), ("no-device-verified", RoomEvent::NoDeviceVerified(eve()))]
    {
        let mut engine_knows = 0;
        for n in 0..4 {
            if n == 2 {
                let direct = desk::direct(Platform::Matrix, "@eve:x.org");
                handle(&mut engine, vec![said_in(&format!("{id} menu"), direct, "@eve:x.org", "menu")]).await;
            }
            let owed = handle(&mut engine, vec![happens(1, event.clone())]).await;
            engine_knows += told(&owed).iter().filter(|(line, in_group)| line == id && !in_group).count();
            let expected = usize::from(n >= 2 || id == "no-device-verified");
            assert_eq!(engine_knows, expected, "{id}, told for the {n}th time: {:?}", told(&owed));
        }
    }
}
