//! Linking through the whole engine on a real database: limits, crashes, and the time that passes meanwhile.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;
#[path = "support/talk.rs"]
mod talk;

use chrono::TimeDelta;
use desk::{NOON, direct, number, room, sql};
use entraide::{
    app::engine::Engine,
    domain::event::{Event, EventKey, Origin, Platform, RoomEvent},
};
use talk::Talk;

const LINKED: &str = "SELECT COUNT(*) FROM account WHERE link_id IS NOT NULL";
const MERGED: &str = "SELECT COUNT(*) FROM person WHERE merged_into IS NOT NULL";

#[tokio::test]
async fn the_day_passes_while_the_program_is_down_and_the_link_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis"]).await;
    talk.agree("Awa", "AwaBis").await;
    let mut talk = talk.restart(folder.path(), NOON.plus(TimeDelta::days(3))).await;
    assert_eq!(number(&mut talk.engine, LINKED).await, 0);
    assert_eq!(talk.later(TimeDelta::zero()).await, 2, "each is told once");
    assert!(talk.was_told("Awa", "link-done") && talk.was_told("AwaBis", "link-done"));
    assert_eq!((number(&mut talk.engine, LINKED).await, number(&mut talk.engine, MERGED).await), (2, 1));
    let mut talk = talk.restart(folder.path(), NOON.plus(TimeDelta::days(4))).await;
    talk.later(TimeDelta::zero()).await;
    assert!(!talk.was_told("Awa", "link-done"));
    talk.is_sound(folder.path()).await;
}

#[tokio::test]
async fn a_disk_that_is_full_in_the_middle_leaves_two_persons_and_later_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis"]).await;
    for n in 0..40 {
        talk.say("Nadia", &format!("/crediter @AwaBis 2 raison {n}")).await;
    }
    talk.agree("Awa", "AwaBis").await;
    let limit = |pages: i64| format!("PRAGMA max_page_count = {pages}");
    let pages = number(&mut talk.engine, "PRAGMA page_count").await;
    // Long enough that what follows needs pages that are not there.
    sql(&mut talk.engine, "CREATE TABLE ballast (bytes BLOB)".into()).await;
    let trigger = "CREATE TRIGGER burden AFTER UPDATE ON account BEGIN INSERT INTO ballast VALUES (zeroblob(400000)); END";
    sql(&mut talk.engine, trigger.into()).await;
    talk.engine.store().writer().rows(Box::leak(limit(pages + 4).into_boxed_str()), vec![]).await.unwrap();
    talk.now = talk.now.plus(TimeDelta::hours(24));
    talk.engine.clock().set(talk.now);
    let fault = talk.engine.handle_due().await.unwrap_err();
    assert!(fault.is_machine(), "{fault}");
    let merged = number(&mut talk.engine, MERGED).await;
    assert_eq!((merged, number(&mut talk.engine, LINKED).await), (0, 0), "nothing half done");

    sql(&mut talk.engine, "DROP TRIGGER burden".into()).await;
    talk.later(TimeDelta::zero()).await;
    assert!(talk.was_told("Awa", "link-done"), "{:?}", talk.told);
    assert_eq!((number(&mut talk.engine, MERGED).await, talk.wealth("Awa").await), (1, 80));
    talk.is_sound(folder.path()).await;
}

#[tokio::test]
async fn five_accounts_are_one_person_and_a_sixth_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["A", "B", "C"]).await;
    // Two and two, then a stranger to the group.
    talk.link("A", "B").await;
    let code = talk.code("A").await;
    talk.say("B", &format!("/lier {code}")).await;
    assert_eq!(talk.first("B"), "link-already");
    talk.link("C", "D").await;
    talk.link("B", "D").await;
    for name in ["A", "B", "C", "D"] {
        assert!(talk.was_told(name, "link-done"), "every account of both is told: {name}");
    }
    talk.link("E", "A").await;
    assert_eq!((number(&mut talk.engine, LINKED).await, number(&mut talk.engine, MERGED).await), (5, 2));
    // All five are one in a group that one of them joins later, too.
    let place = || room(Platform::Terminal, "cour");
    talk.hand_in(desk::said_in("", place(), "Nadia", "/installer")).await;
    talk.press("Nadia", 1).await;
    talk.hand_in(desk::said_in("", place(), "E", "/rejoindre")).await;
    talk.press("E", 1).await;
    let sql = "SELECT COUNT(*) FROM person_account GROUP BY community_id ORDER BY 1";
    let rows = talk.engine.store().writer().rows(sql, vec![]).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.int(0).unwrap()).collect::<Vec<_>>(), [6, 6], "five and Nadia in each of two communities");

    talk.say("B", "/lier").await;
    assert_eq!(talk.first("B"), "link-full");
    let code = talk.code("F").await;
    talk.say("C", &format!("/lier {code}")).await;
    assert_eq!(talk.first("C"), "link-full");
    // One taken out makes room for another.
    talk.say("E", "/lier comptes").await;
    talk.press("E", 1).await;
    talk.press("E", 1).await;
    assert_eq!(number(&mut talk.engine, LINKED).await, 4);
    talk.link("F", "E").await;
    talk.is_sound(folder.path()).await;
}

#[tokio::test]
async fn a_code_asked_again_replaces_the_first_and_five_wrong_tries_end_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis"]).await;
    let (first, second) = (talk.code("Awa").await, talk.code("Awa").await);
    assert_ne!(first, second);
    talk.say("AwaBis", &format!("/lier {first}")).await;
    assert_eq!(talk.first("AwaBis"), "link-code-wrong");
    // Five others guess at the secret behind its first four signs; the sixth has it, too late.
    for n in 0..5 {
        let wrong = if second.ends_with('0') { "1111-1111" } else { "0000-0000" };
        talk.say(&format!("Curieux{n}"), &format!("/lier {}-{wrong}", &second[..4])).await;
        assert_eq!(talk.first(&format!("Curieux{n}")), "link-code-wrong");
    }
    talk.say("AwaBis", &format!("/lier {second}")).await;
    assert_eq!(talk.first("AwaBis"), "link-code-wrong");
    // A used one is the same as a wrong one.
    let third = talk.code("Awa").await;
    talk.say("AwaBis", &format!("/lier {third}")).await;
    assert_eq!(talk.first("AwaBis"), "link-question");
    talk.say("Sam", &format!("/lier {third}")).await;
    assert_eq!(talk.first("Sam"), "link-code-wrong");
}

#[tokio::test]
async fn the_tries_count_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis"]).await;
    for _ in 0..5 {
        talk.say("AwaBis", "/lier ABCD-EFGH-JKMN").await;
    }
    let mut talk = talk.restart(folder.path(), NOON).await;
    let code = talk.code("Awa").await;
    talk.say("AwaBis", &format!("/lier {code}")).await;
    assert_eq!(talk.first("AwaBis"), "link-code-wrong");
    talk.later(TimeDelta::hours(1)).await;
    let code = talk.code("Awa").await;
    talk.say("AwaBis", &format!("/lier {code}")).await;
    assert_eq!(talk.first("AwaBis"), "link-question");
}

#[tokio::test]
async fn who_blocks_the_bot_meanwhile_is_not_linked() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis"]).await;
    talk.agree("Awa", "AwaBis").await;
    let left = RoomEvent::Left(direct(Platform::Terminal, "Awa"));
    talk.hand_in(Event { key: EventKey(String::new()), at: NOON, origin: Origin::Room(left) }).await;
    talk.later(TimeDelta::hours(24)).await;
    assert!(talk.was_told("AwaBis", "link-off") && talk.was_told("Awa", "link-off"), "{:?}", talk.told);
    assert_eq!((number(&mut talk.engine, LINKED).await, number(&mut talk.engine, MERGED).await), (0, 0));
    // Nor is a code taken whose question could not be asked.
    let code = talk.code("Awa").await;
    let left = RoomEvent::Left(direct(Platform::Terminal, "Awa"));
    talk.hand_in(Event { key: EventKey(String::new()), at: NOON, origin: Origin::Room(left) }).await;
    talk.say("AwaBis", &format!("/lier {code}")).await;
    assert_eq!(talk.first("AwaBis"), "link-closed");
}

#[tokio::test]
async fn who_is_erased_is_not_linked_and_does_not_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis", "Sam"]).await;
    // The key of an account is destroyed while its code waits: it opens nothing.
    let code = talk.code("Sam").await;
    destroy(&mut talk.engine, "Sam").await;
    let mut talk = talk.restart(folder.path(), NOON).await;
    talk.say("AwaBis", &format!("/lier {code}")).await;
    assert_eq!(talk.first("AwaBis"), "link-code-wrong");

    // Who erases everything in the day takes the link with it: nothing is linked, and the other side is told.
    talk.agree("Awa", "AwaBis").await;
    talk.say("AwaBis", "/effacer").await;
    talk.press("AwaBis", 1).await;
    talk.later(TimeDelta::hours(24)).await;
    assert!(talk.was_told("Awa", "link-off") && !talk.was_told("AwaBis", "link-off"), "{:?}", talk.told);
    assert_eq!(number(&mut talk.engine, LINKED).await, 0);

    // Later the account is linked after all: it is Awa, and who was erased stays so.
    talk.link("Awa", "AwaBis").await;
    assert_eq!((number(&mut talk.engine, LINKED).await, number(&mut talk.engine, MERGED).await), (2, 0));
    talk.say("AwaBis", "/reglages").await;
    assert!(talk.was_told("AwaBis", "people-settings-alias"));
    talk.is_sound(folder.path()).await;
}

/// Destroys the key of an account.
async fn destroy(engine: &mut Engine, name: &str) {
    let account = engine.store().account_at(&desk::account(Platform::Terminal, name)).await.unwrap().unwrap().id;
    assert!(engine.store().vault().destroy(account.into()).unwrap());
}

#[tokio::test]
async fn two_who_are_the_last_coordinators_leave_one_and_the_group_is_not_without() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa"]).await;
    talk.say("Nadia", "/role @Awa coordinateur").await;
    let coordinators = "SELECT COUNT(*) FROM person WHERE coordinator = 1 AND left_at IS NULL";
    assert_eq!(number(&mut talk.engine, coordinators).await, 2);
    talk.link("Nadia", "Awa").await;
    assert_eq!(number(&mut talk.engine, coordinators).await, 1);
    talk.say("Awa", "/quitter").await;
    assert_eq!(talk.first("Awa"), "people-leave-last-coordinator");
    // Taken out, the account loses that too; whoever stays has it.
    talk.say("Nadia", "/lier comptes").await;
    talk.press("Nadia", 1).await;
    talk.press("Nadia", 1).await;
    assert!(talk.was_told("Awa", "link-alone"), "{:?}", talk.told);
    assert_eq!(number(&mut talk.engine, coordinators).await, 1);
    talk.say("Awa", "/crediter @Nadia 3 essai").await;
    assert_eq!(talk.first("Awa"), "not-joined");
}

#[tokio::test]
async fn what_waited_for_an_account_is_paid_when_it_becomes_somebody() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "Sam"]).await;
    talk.say("Nadia", "/crediter @Sam 9 accueil").await;
    talk.say("Sam", "/donner @AwaBis 4 merci").await;
    assert_eq!(talk.wealth("Sam").await, 5);
    talk.link("Awa", "AwaBis").await;
    assert_eq!(talk.wealth("AwaBis").await, 4);
    talk.later(TimeDelta::days(8)).await;
    assert_eq!((talk.wealth("Sam").await, talk.wealth("Awa").await), (5, 4), "it does not come back as well");
    talk.is_sound(folder.path()).await;
}
