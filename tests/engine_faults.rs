//! Faults in the midst of batches: what was committed is sent, what cannot be read stops nobody else.

#[path = "support/desk.rs"]
mod desk;

use desk::{batch, engine, handle, said, sql, told};

#[tokio::test]
async fn what_was_committed_before_a_fault_of_the_machine_is_still_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path()).await;
    // Plain words are answered with buttons, which fails; so the batch is done one by one, and then the disk is full.
    desk::break_table(&mut engine, "newest_choices").await;
    let pages = desk::number(&mut engine, "PRAGMA page_count").await;
    sql(&mut engine, format!("PRAGMA max_page_count = {}", pages + 40)).await;
    let mut events = vec![said("1", "Awa", "quel beau temps")];
    events.extend((2..200).map(|n| said(&n.to_string(), &format!("person-{n}"), "/nuageux")));
    let fault = engine.handle(vec![batch(events.clone())]).await.unwrap_err();
    assert!(fault.is_machine(), "{fault}");
    let before = desk::number(&mut engine, "SELECT COUNT(*) FROM delivery").await;
    assert!(before > 0 && before < 199, "some were committed: {before}");
    // The connection was opened anew, and with that the limit is gone.
    let answered = handle(&mut engine, events).await.len();
    let rows = desk::number(&mut engine, "SELECT COUNT(*) FROM delivery").await;
    assert_eq!(i64::try_from(answered).unwrap(), rows, "everything that is stored was handed out once");
    assert_eq!(rows, 199);
}

#[tokio::test]
async fn an_account_that_cannot_be_read_stops_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path()).await;
    handle(&mut engine, vec![said("1", "Awa", "/menu")]).await;
    sql(&mut engine, "DELETE FROM delivery".to_owned()).await;
    sql(&mut engine, "UPDATE account SET profile_sealed = x'00'".to_owned()).await;
    drop(engine);
    let (mut engine, _) = desk::open(folder.path(), desk::NOON, false).await;
    let owed = handle(&mut engine, vec![said("2", "Awa", "/menu"), said("3", "Sam", "/menu")]).await;
    assert_eq!(told(&owed), [("menu-title".to_owned(), false)], "Sam is answered");
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM incident").await, 1);
    assert!(handle(&mut engine, vec![said("2", "Awa", "/menu")]).await.is_empty(), "it is not tried for ever");
}
