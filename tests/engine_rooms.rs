//! Rooms that move, and what an id of somebody else's session opens: nothing.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;

use desk::{handle, said, said_in, told};
use entraide::{
    app::report::{Fate, Report},
    domain::{
        event::{EventKey, Origin, Platform, RoomEvent},
        message::{Press, short_id},
    },
    store::user_names::Holder,
};

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
