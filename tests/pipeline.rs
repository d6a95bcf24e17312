//! Two lots of work at once: what is decided while another is written holds only if that other is committed.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;

use desk::{number, said, sql, told};
use entraide::{
    app::engine::{
        Engine, Handed,
        pipeline::{Finished, Pipeline},
    },
    domain::event::Event,
    store::{sql::Reader, verify::verify},
};
use proptest::prelude::*;

/// Nadia coordinates; Awa has ten credits, the others none.
async fn group(folder: &std::path::Path, limits: bool) -> Engine {
    let (mut engine, _) = desk::open(folder, desk::NOON, limits).await;
    desk::found(&mut engine, "Nadia", &["Awa", "Sam", "Bea"]).await;
    desk::handle(&mut engine, vec![said("issue", "Nadia", "/crediter @Awa 10 depart")]).await;
    engine
}

fn handed(events: Vec<Event>) -> Handed {
    Handed::new([desk::batch(events)], Vec::new())
}

/// How many messages each finished lot brought, where it was committed.
fn messages(finished: &[Finished]) -> Vec<Option<usize>> {
    finished.iter().map(|finished| finished.outcome.as_ref().ok().map(|outgoing| outgoing.owed.len())).collect()
}

/// The catalogue ids of a finished lot's messages.
fn words(finished: &Finished) -> Vec<String> {
    told(&finished.outcome.as_ref().unwrap().owed).into_iter().map(|(id, _)| id).collect()
}

/// What the four and the issuance hold, in the order of their accounts' making.
async fn balances(engine: &mut Engine) -> Vec<i64> {
    let rows = engine.store().writer().rows("SELECT balance FROM ledger_account ORDER BY rowid", vec![]).await.unwrap();
    rows.iter().map(|row| row.int(0).unwrap()).collect()
}

async fn is_sound(folder: &std::path::Path) {
    let report = verify(&mut Reader::open(&folder.join("entraide.db")).await.unwrap()).await.unwrap();
    assert!(report.is_sound(), "{report}");
}

#[tokio::test]
async fn the_next_is_decided_on_what_the_last_leaves_and_told_after_its_commit() {
    let folder = tempfile::tempdir().unwrap();
    let mut pipeline = Pipeline::new(group(folder.path(), false).await);
    assert!(pipeline.take_in(handed(vec![said("1", "Awa", "/donner @Sam 10 merci")])).await.is_empty(), "nobody hears of it yet");
    assert!(pipeline.is_open());
    // Sam has ten only since the gift that is being written.
    let finished = pipeline.take_in(handed(vec![said("2", "Sam", "/donner @Bea 10 merci")])).await;
    assert_eq!(messages(&finished), [Some(2)], "the giver and the receiver");
    assert_eq!(messages(&pipeline.settle().await.into_iter().collect::<Vec<_>>()), [Some(2)]);
    assert!(pipeline.settle().await.is_none() && !pipeline.is_open());
    assert_eq!(balances(pipeline.engine()).await, [-10, 0, 0, 0, 10]);
    is_sound(folder.path()).await;
}

#[tokio::test]
async fn what_is_told_again_is_done_once_whether_written_or_on_its_way() {
    let folder = tempfile::tempdir().unwrap();
    let mut pipeline = Pipeline::new(group(folder.path(), false).await);
    let gift = || said("1", "Awa", "/donner @Sam 1 merci");
    pipeline.take_in(handed(vec![gift(), gift()])).await;
    let finished = pipeline.take_in(handed(vec![said("2", "Awa", "/donner @Sam 1 merci"), gift()])).await;
    assert_eq!(messages(&finished), [Some(2)], "twice in one lot");
    let finished: Vec<Finished> = pipeline.settle().await.into_iter().collect();
    assert_eq!(messages(&finished), [Some(2)], "the other alone: the first was on its way");
    pipeline.take_in(handed(vec![gift(), said("3", "Awa", "/donner @Sam 1 merci")])).await;
    let finished: Vec<Finished> = pipeline.settle().await.into_iter().collect();
    assert_eq!(messages(&finished), [Some(2)], "the other alone: the first is written");
    assert_eq!(number(pipeline.engine(), "SELECT COUNT(*) FROM transfer WHERE kind = 2").await, 3);
    is_sound(folder.path()).await;
}

#[tokio::test]
async fn where_a_commit_fails_what_was_decided_on_it_is_decided_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = group(folder.path(), false).await;
    // Everything is in memory then, so that nothing is written before the commit.
    desk::handle(&mut engine, vec![said("a", "Awa", "/donner @Sam 1 merci"), said("b", "Sam", "/donner @Bea 1 merci")]).await;
    // A defect of the gifts of seven credits.
    let trigger = "CREATE TRIGGER defect BEFORE INSERT ON transfer WHEN NEW.amount = 7 BEGIN SELECT RAISE(ABORT, 'defect'); END";
    sql(&mut engine, trigger.to_owned()).await;
    let mut pipeline = Pipeline::new(engine);
    assert!(pipeline.take_in(handed(vec![said("1", "Awa", "/donner @Sam 7 merci")])).await.is_empty());
    // Sam would have them.
    let both = vec![said("2", "Sam", "/donner @Bea 7 merci"), said("3", "Awa", "/donner @Bea 2 merci")];
    let finished = pipeline.take_in(handed(both)).await;
    assert_eq!(words(&finished[0]), ["incident"], "the defect is put aside alone");
    assert_eq!(words(&finished[1]), ["credits-not-now", "credits-done", "credits-news"], "Sam never had them");
    assert!(!pipeline.is_open());
    assert_eq!(balances(pipeline.engine()).await, [-10, 0, 7, 0, 3]);
    is_sound(folder.path()).await;
}

#[tokio::test]
async fn a_fault_of_the_machine_fails_both_and_nothing_is_lost_doubled_or_counted_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = group(folder.path(), true).await;
    desk::handle(&mut engine, vec![said("awa", "Awa", "/nuageux"), said("sam", "Sam", "/nuageux")]).await;
    let mut pipeline = Pipeline::new(engine);
    // Answered from memory alone, so that it is the commit that fails.
    let first = || handed((1..=12).map(|n| said(&format!("a {n}"), "Awa", "/nuageux")).collect());
    let others = (1..=100).map(|n| said(&format!("other {n}"), &format!("person-{n}"), "/nuageux"));
    let second = || handed(others.clone().chain((1..=12).map(|n| said(&format!("s {n}"), "Sam", "/nuageux"))).collect());
    // The disk is full, and the file cannot be opened anew, either.
    sql(pipeline.engine(), "VACUUM".to_owned()).await;
    let pages = number(pipeline.engine(), "PRAGMA page_count").await;
    sql(pipeline.engine(), format!("PRAGMA max_page_count = {pages}")).await;
    let (database, away) = (folder.path().join("entraide.db"), folder.path().join("away.db"));
    std::fs::rename(&database, &away).unwrap();
    std::fs::create_dir(&database).unwrap();
    for _ in 0..3 {
        let mut finished = pipeline.take_in(first()).await;
        finished.extend(pipeline.take_in(second()).await);
        finished.extend(pipeline.settle().await);
        let machine = |finished: &Finished| finished.outcome.as_ref().is_err_and(entraide::app::engine::Fault::is_machine);
        assert!(finished.len() == 2 && finished.iter().all(machine));
    }
    std::fs::remove_dir(&database).unwrap();
    std::fs::rename(&away, &database).unwrap();
    let mut finished = pipeline.take_in(first()).await;
    finished.extend(pipeline.take_in(second()).await);
    finished.extend(pipeline.settle().await);
    assert_eq!(words(&finished[0]), vec!["unknown-command"; 12], "Awa was not too fast");
    assert_eq!(words(&finished[1]), vec!["unknown-command"; 112], "nor was Sam");
    let rows = number(pipeline.engine(), "SELECT COUNT(*) FROM event_seen").await;
    assert_eq!(number(pipeline.engine(), "SELECT COUNT(DISTINCT key_hash) FROM event_seen").await, rows);
    assert_eq!(number(pipeline.engine(), "SELECT COUNT(*) FROM incident").await, 0, "nobody is blamed");
}

#[tokio::test]
async fn nothing_is_decided_between_an_erasure_and_the_end_of_its_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut pipeline = Pipeline::new(group(folder.path(), false).await);
    let destroyed = pipeline.engine().store().vault().destroyed();
    pipeline.take_in(handed(vec![said("2", "Sam", "/effacer")])).await;
    let finished = pipeline.take_in(handed(vec![said("3", "Sam", "1")])).await;
    assert_eq!(finished.len(), 2, "what was asked, and the erasure with it");
    assert!(!pipeline.is_open());
    assert!(pipeline.engine().store().vault().destroyed() > destroyed);
    is_sound(folder.path()).await;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Gifts among three, some told twice, in lots of any size: it makes no difference how they are written.
    #[test]
    fn both_ways_of_working_come_to_the_same(
        gifts in prop::collection::vec((0..3_usize, 0..3_usize, 1..9_i64, 0..40_usize), 1..60),
        lots in prop::collection::vec(1..9_usize, 1..40),
        settles in prop::collection::vec(any::<bool>(), 40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let names = ["Awa", "Sam", "Bea"];
            let event = |(from, to, amount, key): &(usize, usize, i64, usize)| {
                said(&format!("gift {key}"), names[*from], &format!("/donner @{} {amount} merci", names[*to]))
            };
            let mut events: Vec<Event> = gifts.iter().map(event).collect();
            let mut work = Vec::new();
            for size in lots {
                let left = events.split_off(size.min(events.len()));
                work.push(std::mem::replace(&mut events, left));
            }
            work.push(events);
            let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let mut engine = group(one.path(), false).await;
            let mut expected = Vec::new();
            for events in work.clone() {
                expected.push(Some(desk::handle(&mut engine, events).await.len()));
            }
            let mut pipeline = Pipeline::new(group(other.path(), false).await);
            let mut found = Vec::new();
            for (n, events) in work.into_iter().enumerate() {
                found.extend(messages(&pipeline.take_in(handed(events)).await));
                if settles[n % settles.len()] {
                    found.extend(messages(&pipeline.settle().await.into_iter().collect::<Vec<_>>()));
                }
            }
            found.extend(messages(&pipeline.settle().await.into_iter().collect::<Vec<_>>()));
            assert_eq!(found, expected);
            assert_eq!(balances(pipeline.engine()).await, balances(&mut engine).await);
            is_sound(other.path()).await;
        });
    }
}
