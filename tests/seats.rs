//! Seats through the real engine: fifty who press at once, who gives a seat back in the same second, an offer that is over, a group
//! that becomes a supergroup, and who keeps away from whom.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;

use std::collections::BTreeMap;

use desk::{NOON, batch, handle, pressed_in, said, said_in_group, told};
use entraide::{
    app::{
        engine::Engine,
        report::{Fate, Report},
    },
    domain::{
        command::Command,
        event::{Event, EventKey, Origin, Platform, RoomEvent},
        ids::SessionId,
        message::{Press, short_id},
    },
    store::outbox::{Ready, Route, What},
};

/// A group of so many members, and a session that Nadia holds.
async fn group(folder: &std::path::Path, members: usize, line: &str) -> (Engine, Vec<String>) {
    let mut engine = desk::engine(folder).await;
    let names: Vec<String> = (0..members).map(|n| format!("Membre{n}")).collect();
    let others: Vec<&str> = names.iter().map(String::as_str).collect();
    desk::found(&mut engine, "Nadia", &others).await;
    for name in &names {
        handle(&mut engine, vec![said(&format!("issue {name}"), "Nadia", &format!("/crediter @{name} 5 bienvenue"))]).await;
    }
    handle(&mut engine, vec![said_in_group("open", "Nadia", line)]).await;
    (engine, names)
}

async fn newest(engine: &mut Engine) -> SessionId {
    let rows = engine.store().writer().rows("SELECT id FROM session ORDER BY number DESC LIMIT 1", vec![]).await.unwrap();
    rows[0].id(0).unwrap()
}

/// `name` presses the card's button in the group.
fn press(key: &str, name: &str, command: Command, session: SessionId) -> Event {
    let rest = format!("~{}", short_id(session.0));
    pressed_in(key, desk::room(Platform::Terminal, "group"), name, Press::Command { command, rest })
}

/// How often each first line was said in private.
fn first_lines(owed: &[Ready]) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    for (line, in_group) in told(owed) {
        if !in_group {
            *lines.entry(line).or_default() += 1;
        }
    }
    lines
}

/// Nobody sits on a seat that is not there, and every escrow holds what its booked seats paid.
async fn is_sound(engine: &mut Engine) {
    let too_many =
        "SELECT COUNT(*) FROM session AS s WHERE s.seats < (SELECT COUNT(*) FROM booking WHERE session_id = s.id AND state IN (0, 2))";
    assert_eq!(desk::number(engine, too_many).await, 0, "more people than seats");
    let paid = desk::number(engine, "SELECT CAST(COALESCE(SUM(own + solidarity), 0) AS BIGINT) FROM booking WHERE state = 0").await;
    let held = desk::number(engine, "SELECT CAST(COALESCE(SUM(balance), 0) AS BIGINT) FROM ledger_account WHERE kind = 3").await;
    assert_eq!(held, paid, "the escrows hold what was paid");
    assert_eq!(desk::number(engine, "SELECT CAST(COALESCE(SUM(balance), 0) AS BIGINT) FROM ledger_account").await, 0);
}

#[tokio::test]
async fn of_fifty_who_press_at_once_one_has_the_last_seat() {
    let folder = tempfile::tempdir().unwrap();
    let (mut engine, names) = group(folder.path(), 50, "/seance \"Cercle\" 2026-12-20 18h 1 place prix 2").await;
    let id = newest(&mut engine).await;
    // In several batches that wait together, as the adapters hand them over; one person presses twice.
    let events: Vec<Event> = names.iter().map(|name| press(&format!("press {name}"), name, Command::Book, id)).collect();
    let mut batches: Vec<_> = events.chunks(7).map(|chunk| batch(chunk.to_vec())).collect();
    batches.push(batch(vec![press("again", &names[0], Command::Book, id)]));
    let owed = engine.handle(batches).await.unwrap().owed;
    let lines = first_lines(&owed);
    assert_eq!(lines.get("care-booked"), Some(&1), "{lines:?}");
    assert_eq!(lines.get("care-session-full"), Some(&49), "{lines:?}");
    assert_eq!(lines.get("session-already-booked"), Some(&1), "{lines:?}");
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM booking WHERE state = 0").await, 1);
    is_sound(&mut engine).await;
    // The card is edited once for all of it, not fifty times.
    let cards = owed.iter().filter(|ready| matches!(ready.owed.what, What::Card(..))).count();
    assert_eq!(cards, 1, "newer versions take the place of older ones");
}

#[tokio::test]
async fn who_gives_a_seat_back_in_the_second_in_which_others_press_leaves_it_to_one() {
    for order in [[0, 1, 2], [1, 0, 2], [1, 2, 0]] {
        let folder = tempfile::tempdir().unwrap();
        let (mut engine, names) = group(folder.path(), 3, "/seance \"Cercle\" 2026-12-20 18h 1 place prix 2").await;
        let id = newest(&mut engine).await;
        handle(&mut engine, vec![press("first", &names[0], Command::Book, id)]).await;
        let events = [
            press("gives back", &names[0], Command::Cancel, id),
            press("presses", &names[1], Command::Book, id),
            press("presses too", &names[2], Command::Book, id),
        ];
        let at_once: Vec<Event> = order.iter().map(|n| events[*n].clone()).collect();
        engine.handle(vec![batch(at_once)]).await.unwrap();
        is_sound(&mut engine).await;
        let seated = desk::number(&mut engine, "SELECT COUNT(*) FROM booking WHERE state = 0").await;
        // Who pressed before it was given back was told that it is full; who pressed after has it.
        assert_eq!(seated, i64::from(order[2] != 0), "{order:?}");
        let back = handle(&mut engine, vec![press("once more", &names[1], Command::Book, id)]).await;
        let expected =
            if order == [1, 2, 0] || order == [0, 1, 2] { ["care-booked", "session-already-booked"] } else { ["care-session-full"; 2] };
        assert!(told(&back).iter().any(|(line, _)| expected.contains(&line.as_str())), "{order:?}: {:?}", told(&back));
        is_sound(&mut engine).await;
    }
}

#[tokio::test]
async fn an_offer_that_is_accepted_too_late_passes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (mut engine, names) = group(folder.path(), 3, "/seance \"Cercle\" 2026-12-20 18h 1 place prix 2").await;
    let id = newest(&mut engine).await;
    handle(&mut engine, vec![press("first", &names[0], Command::Book, id)]).await;
    for name in &names[1..] {
        handle(&mut engine, vec![said(&format!("waits {name}"), name, "/reserver 1 attendre")]).await;
    }
    handle(&mut engine, vec![press("gives back", &names[0], Command::Cancel, id)]).await;
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM booking WHERE state = 2").await, 1, "offered to the first");
    // A day and a minute later, and the timer has not been handled yet.
    let late = NOON.plus(chrono::TimeDelta::minutes(24 * 60 + 1));
    let late = Event { at: late, ..press("too late", &names[1], Command::Book, id) };
    let owed = handle(&mut engine, vec![late]).await;
    assert!(told(&owed).iter().any(|(line, _)| line == "session-offer-was-until"), "{:?}", told(&owed));
    assert!(told(&owed).iter().any(|(line, _)| line == "session-offer"), "it goes to the next: {:?}", told(&owed));
    is_sound(&mut engine).await;
}

#[tokio::test]
async fn a_card_goes_with_its_group_when_that_becomes_a_supergroup() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa"]).await;
    let opened = handle(&mut engine, vec![said_in_group("open", "Nadia", "/seance \"Cercle\" 2026-12-20 18h 2 places prix 0")]).await;
    let card = opened.into_iter().find(|ready| matches!(ready.owed.what, What::Card(..))).unwrap();
    let (old, new) = (desk::room(Platform::Terminal, "group"), desk::room(Platform::Terminal, "new"));
    // The card itself meets the move: it is sent again, to the new room, and nothing of the session is lost.
    engine.handle_reports(&[Report { ready: card, fate: Fate::Moved(new.clone()) }]).await.unwrap();
    let moved = EventKey("test:moved".to_owned());
    let moved = Event { key: moved, at: NOON, origin: Origin::Room(RoomEvent::Moved { from: old, to: new.clone() }) };
    handle(&mut engine, vec![moved]).await;
    let id = newest(&mut engine).await;
    let rest = format!("~{}", short_id(id.0));
    let booked = handle(&mut engine, vec![pressed_in("book", new.clone(), "Awa", Press::Command { command: Command::Book, rest })]).await;
    assert!(told(&booked).iter().any(|(line, in_group)| line == "care-booked" && !in_group), "{:?}", told(&booked));
    let card = booked.iter().find(|ready| matches!(ready.owed.what, What::Card(..))).expect("the card follows");
    let Route::Room(_, address) = &card.route else { panic!("it hangs in a room") };
    assert_eq!(*address, new);
}

#[tokio::test]
async fn who_keeps_away_from_the_host_sees_a_full_session_and_nobody_learns_why() {
    let mut transcripts = Vec::new();
    for (blocker, blocked) in [("Membre0", "Nadia"), ("Nadia", "Membre0"), ("Membre1", "Membre0")] {
        let folder = tempfile::tempdir().unwrap();
        let (mut engine, names) = group(folder.path(), 2, "/seance \"Cercle\" 2026-12-20 18h 5 places prix 2").await;
        handle(&mut engine, vec![said("block", blocker, &format!("/bloquer @{blocked}"))]).await;
        let id = newest(&mut engine).await;
        let owed = handle(&mut engine, vec![press("press", &names[0], Command::Book, id)]).await;
        transcripts.push(told(&owed).into_iter().filter(|(_, in_group)| !in_group).map(|(line, _)| line).collect::<Vec<_>>());
        is_sound(&mut engine).await;
    }
    assert_eq!(transcripts, [["care-session-full"], ["care-session-full"], ["care-booked"]]);
}

#[tokio::test]
async fn a_free_first_visit_is_used_up_by_a_late_cancellation_and_by_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (mut engine, names) = group(folder.path(), 1, "/seance \"Cercle\" 2026-12-20 18h 5 places prix 2").await;
    handle(&mut engine, vec![said("trial", "Nadia", "/reglages credits essai oui")]).await;
    handle(&mut engine, vec![said("rule", "Nadia", "/reglages credits retard prix solidarite")]).await;
    let awa = &names[0];
    let own = "SELECT CAST(COALESCE(SUM(own), 0) AS BIGINT) FROM booking WHERE state = 0";
    // In time: the first visit is still to come.
    for round in 0..2 {
        handle(&mut engine, vec![said(&format!("books {round}"), awa, "/reserver 1")]).await;
        assert_eq!(desk::number(&mut engine, own).await, 0, "solidarity pays, round {round}");
        handle(&mut engine, vec![said(&format!("in time {round}"), awa, "/annuler 1")]).await;
    }
    handle(&mut engine, vec![said("books late", awa, "/reserver 1")]).await;
    let starts = desk::number(&mut engine, "SELECT starts_at FROM session").await;
    let last_hour = entraide::domain::time::Timestamp::from_micros(starts).minus(chrono::TimeDelta::hours(1));
    let at = |key: &str, text: &str| Event { at: last_hour, ..said(key, awa, text) };
    handle(&mut engine, vec![at("late", "/annuler 1")]).await;
    handle(&mut engine, vec![at("books again", "/reserver 1")]).await;
    assert_eq!(desk::number(&mut engine, own).await, 2, "it was free once");
    is_sound(&mut engine).await;
}
