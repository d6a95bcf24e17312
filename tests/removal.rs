//! Who goes: two coordinators who take each other's role away at once, people who are removed, a thousand who leave in one go.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;

use std::{fs, path::Path, time::Instant};

use desk::{content, handle, number, pressed_in, said, said_in_group, told};
use entraide::{
    app::{
        engine::Engine,
        report::{Fate, Report},
    },
    domain::{
        command::{Command, TABLE, Who},
        event::{Event, Platform},
        message::Press,
    },
    store::outbox::{Ready, Receiver},
};

const COORDINATORS: &str = "SELECT COUNT(*) FROM person WHERE coordinator = 1 AND left_at IS NULL";
const PRESENT: &str = "SELECT COUNT(*) FROM person WHERE left_at IS NULL";
const OWED_TO_PERSONS: &str = "SELECT COUNT(*) FROM delivery WHERE receiver_kind = 2";

fn press(key: &str, name: &str, press: &Press) -> Event {
    pressed_in(key, desk::direct(Platform::Terminal, name), name, press.clone())
}

/// What the `n`-th button of the newest answer carries.
fn button(owed: &[Ready], n: usize) -> Press {
    let mut answers = owed.iter().filter(|ready| matches!(ready.owed.to, Receiver::Account(_))).filter_map(content);
    answers.rfind(|content| content.buttons.len() > n).unwrap().buttons[n].press.clone()
}

fn first_ids(owed: &[Ready]) -> Vec<String> {
    told(owed).into_iter().map(|(id, _)| id).collect()
}

/// Nadia coordinates, the others joined; Sam coordinates too.
async fn two_coordinators(folder: &Path, others: &[&str]) -> Engine {
    let mut engine = desk::engine(folder).await;
    desk::found(&mut engine, "Nadia", others).await;
    handle(&mut engine, vec![said("two", "Nadia", "/role @Sam coordinateur")]).await;
    assert_eq!(number(&mut engine, COORDINATORS).await, 2);
    engine
}

#[tokio::test]
async fn of_two_who_take_each_others_role_away_at_once_one_wins() {
    for order in [["Nadia", "Sam"], ["Sam", "Nadia"]] {
        let folder = tempfile::tempdir().unwrap();
        let mut engine = two_coordinators(folder.path(), &["Sam"]).await;
        let [first, second] = order;
        let both = vec![said("a", first, &format!("/role @{second} membre")), said("b", second, &format!("/role @{first} membre"))];
        let owed = handle(&mut engine, both).await;
        assert_eq!(first_ids(&owed), ["people-role-done", "people-role-news", "not-allowed-coordinator"], "{order:?}");
        assert_eq!(number(&mut engine, COORDINATORS).await, 1);
        let alone = handle(&mut engine, vec![said("c", first, "/role membre"), said("d", first, "/quitter")]).await;
        assert_eq!(first_ids(&alone), ["people-role-last-coordinator", "people-leave-last-coordinator"]);
    }
}

#[tokio::test]
async fn of_two_who_remove_each_other_at_once_one_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = two_coordinators(folder.path(), &["Sam"]).await;
    let by_nadia = handle(&mut engine, vec![said("a", "Nadia", "/retirer @Sam")]).await;
    let by_sam = handle(&mut engine, vec![said("b", "Sam", "/retirer @Nadia")]).await;
    let both = vec![press("c", "Nadia", &button(&by_nadia, 0)), press("d", "Sam", &button(&by_sam, 0))];
    let owed = handle(&mut engine, both).await;
    assert_eq!(first_ids(&owed), ["people-remove-done", "people-not-here"]);
    assert_eq!((number(&mut engine, COORDINATORS).await, number(&mut engine, PRESENT).await), (1, 1));
    // One takes the other's role away while the other removes the one.
    let folder = tempfile::tempdir().unwrap();
    let mut engine = two_coordinators(folder.path(), &["Sam"]).await;
    let by_sam = handle(&mut engine, vec![said("a", "Sam", "/retirer @Nadia")]).await;
    let both = vec![said("b", "Nadia", "/role @Sam membre"), press("c", "Sam", &button(&by_sam, 0))];
    let owed = handle(&mut engine, both).await;
    assert_eq!(first_ids(&owed), ["people-role-done", "people-role-news", "not-allowed-coordinator"]);
    assert_eq!((number(&mut engine, COORDINATORS).await, number(&mut engine, PRESENT).await), (1, 2));
}

#[tokio::test]
async fn to_who_is_removed_nothing_more_is_said_whatever_waits() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Sam", "Awa"]).await;
    handle(&mut engine, vec![said("pause", "Sam", "/pause 7j")]).await;
    // The direct room is closed: what is said to Sam waits there.
    let given = handle(&mut engine, vec![said("role", "Nadia", "/role @Sam animateur")]).await;
    let news = given.into_iter().find(|ready| matches!(ready.owed.to, Receiver::Person(_))).unwrap();
    engine.handle_reports(&[Report { ready: news, fate: Fate::DirectClosed { ephemeral: false } }]).await.unwrap();
    assert_eq!(number(&mut engine, "SELECT COUNT(*) FROM delivery WHERE parked = 1").await, 1);
    let asked = handle(&mut engine, vec![said("ask", "Nadia", "/retirer @Sam")]).await;
    // Something more is said to them in the commit that removes them.
    let at_once = vec![said("less", "Nadia", "/role @Sam pair-aidant"), press("yes", "Nadia", &button(&asked, 0))];
    let outgoing = engine.handle(vec![desk::batch(at_once)]).await.unwrap();
    assert_eq!(first_ids(&outgoing.owed), ["people-role-done", "people-remove-done"]);
    assert_eq!((outgoing.withdrawn.len(), number(&mut engine, OWED_TO_PERSONS).await), (1, 0));
    // A receipt that comes late brings nothing back, and neither does opening the room.
    let back = handle(&mut engine, vec![said("hello", "Sam", "/menu")]).await;
    assert_eq!(first_ids(&back), ["menu-title"]);
    assert_eq!(number(&mut engine, PRESENT).await, 2);
}

#[tokio::test]
async fn who_administers_the_room_may_do_nothing_more_than_set_it_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Zoé"]).await;
    // Whoever writes in the group administers it on the platform, as the desk has it.
    let staff = TABLE.iter().filter(|spec| spec.built && matches!(spec.who, Who::Supporter | Who::Facilitator | Who::Coordinator));
    let mut tried = 0;
    for spec in staff {
        let owed = handle(&mut engine, vec![said_in_group(spec.fr[0], "Zoé", &format!("/{} @Nadia 5 membre", spec.fr[0]))]).await;
        let ids = first_ids(&owed);
        assert!(ids.iter().any(|id| id.starts_with("not-allowed-")), "/{}: {ids:?}", spec.fr[0]);
        assert!(owed.iter().all(|ready| !matches!(ready.owed.to, Receiver::Person(_))), "/{}", spec.fr[0]);
        tried += 1;
    }
    assert!(tried >= 4, "{tried} commands");
    let of_coordinators = ["/role @Nadia membre", "/role @Zoé coordinateur", "/reglages codes", "/reglages themes deuil", "/pause groupe"];
    for (n, text) in of_coordinators.iter().enumerate() {
        let owed = handle(&mut engine, vec![said_in_group(&format!("more {n}"), "Zoé", text)]).await;
        let ids = first_ids(&owed);
        assert!(ids == ["not-allowed-coordinator"] || ids == ["people-role-not-higher"], "{text}: {ids:?}");
    }
    let again = handle(&mut engine, vec![said_in_group("again", "Zoé", "/installer")]).await;
    assert_eq!(first_ids(&again), ["people-setup-already"]);
    assert_eq!((number(&mut engine, COORDINATORS).await, Command::Setup.spec().who), (1, Who::RoomAdmin));
}

/// The commits that the write-ahead log holds, with its salt: frames that name a size of the database end one.
fn commits(folder: &Path) -> (Vec<u8>, usize) {
    let log = fs::read(folder.join("entraide.db-wal")).unwrap();
    let page = usize::try_from(u32::from_be_bytes(log[8..12].try_into().unwrap())).unwrap();
    let salt = log[16..24].to_vec();
    let frames = log[32..].chunks_exact(24 + page);
    (salt.clone(), frames.filter(|frame| frame[8..16] == salt[..] && frame[4..8] != [0; 4]).count())
}

#[tokio::test]
async fn a_thousand_leave_at_once() {
    const PEOPLE: usize = 1000;
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &[]).await;
    let names: Vec<String> = (0..PEOPLE).map(|n| format!("M{n}")).collect();
    let all = |key: &str, text: &str| names.iter().map(|name| said_in_group(&format!("{key} {name}"), name, text)).collect::<Vec<_>>();
    let press_all = |key: &str, owed: &[Ready]| -> Vec<Event> {
        let answers: Vec<&Ready> = owed.iter().filter(|ready| content(ready).is_some_and(|c| !c.buttons.is_empty())).collect();
        assert_eq!(answers.len(), PEOPLE, "{key}");
        let presses = answers.iter().map(|ready| content(ready).unwrap().buttons[0].press.clone());
        names.iter().zip(presses).map(|(name, of)| press(&format!("{key} {name}"), name, &of)).collect()
    };
    let consents = handle(&mut engine, all("join", "/rejoindre")).await;
    handle(&mut engine, press_all("agree", &consents)).await;
    assert_eq!(number(&mut engine, PRESENT).await, 1001);
    // Some have seats, some wait for one, all at a price that solidarity pays.
    handle(&mut engine, vec![said_in_group("open", "Nadia", "/seance \"Cercle\" 2026-12-20 18h 12 places prix 2")]).await;
    let bookings: Vec<Event> = names.iter().take(40).map(|name| said(&format!("book {name}"), name, "/reserver 1 attendre")).collect();
    handle(&mut engine, bookings).await;
    assert_eq!(number(&mut engine, "SELECT COUNT(*) FROM booking WHERE state IN (0, 1)").await, 40);

    let asked = handle(&mut engine, all("leave", "/quitter")).await;
    let leaving = press_all("left", &asked);
    let before = commits(folder.path());
    let began = Instant::now();
    let gone = handle(&mut engine, leaving).await;
    let took = began.elapsed();
    let after = commits(folder.path());
    assert_eq!(if before.0 == after.0 { after.1 - before.1 } else { after.1 }, 1, "all of it in one commit");
    assert!(took.as_secs() < 60, "it took {took:?}");
    assert_eq!(first_ids(&gone).iter().filter(|id| *id == "people-left").count(), PEOPLE);
    assert!(gone.iter().all(|ready| !matches!(ready.owed.to, Receiver::Person(_))), "whoever was offered a seat has left since");
    assert_eq!(number(&mut engine, PRESENT).await, 1);
    assert_eq!(number(&mut engine, "SELECT COUNT(*) FROM membership WHERE ended_at IS NULL").await, 1);
    assert_eq!(number(&mut engine, "SELECT COUNT(*) FROM booking WHERE state IN (0, 1, 2)").await, 0);
    assert_eq!(number(&mut engine, "SELECT COUNT(*) FROM incident").await, 0);
    assert_eq!(number(&mut engine, OWED_TO_PERSONS).await, 0);
}
