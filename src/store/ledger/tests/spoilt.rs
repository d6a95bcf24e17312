//! Whatever somebody changes in the file behind the program's back, `verify` finds it.

use super::*;

/// One sound ledger for each way to spoil it; the fault that shows it.
#[tokio::test]
async fn whatever_is_changed_behind_the_programs_back_is_found() {
    let spoilt = [
        ("UPDATE transfer SET amount = 4 WHERE number = 3", "the chain is broken at transfer 3"),
        ("UPDATE transfer SET amount = 4 WHERE number = 3", "and its transfers add up to"),
        ("UPDATE transfer SET amount = 20000 WHERE number = 3", "the amount 20000 is outside of"),
        ("UPDATE transfer SET to_account = from_account WHERE number = 3", "an account pays itself"),
        ("UPDATE transfer SET at = at + 1 WHERE number = 1", "the chain is broken at transfer 1"),
        ("UPDATE transfer SET kind = 3 WHERE number = 3", "its accounts do not fit what it is"),
        ("UPDATE transfer SET kind = 6 WHERE number = 3", "its accounts do not fit what it is"),
        ("UPDATE transfer SET reason_sealed = NULL, reason_key = NULL WHERE number = 3", "the chain is broken at transfer 3"),
        ("UPDATE transfer SET prev_hash = zeroblob(32) WHERE number = 2", "the chain is broken at transfer 2"),
        ("UPDATE transfer SET category = 1 WHERE number = 3", "the chain is broken at transfer 3"),
        ("UPDATE transfer SET reason_kept = 1 WHERE number = 3", "the chain is broken at transfer 3"),
        ("DELETE FROM transfer WHERE number = 2", "transfer 2 should come next, and 3 is there"),
        ("DELETE FROM transfer WHERE number = 4", "the noted head of the chain is not its newest transfer"),
        ("UPDATE transfer SET reverses = (SELECT id FROM transfer WHERE number = 1) WHERE number = 3", "do not fit what it is"),
        ("UPDATE ledger_head SET number = 9", "the noted head of the chain is not its newest transfer"),
        ("DELETE FROM ledger_head", "the noted head of the chain is not its newest transfer"),
        ("UPDATE ledger_account SET balance = 99 WHERE kind = 1", "holds 99, and its transfers add up to 0"),
        ("UPDATE ledger_account SET balance = -1 WHERE kind = 4", "its balance of -1 is below 0"),
        ("DELETE FROM ledger_account WHERE kind = 2", "a row of transfer refers to one that is not there"),
        ("UPDATE fund SET issued = 9", "10 issued, 9 noted"),
        ("UPDATE fund SET budget = 9", "10 issued, 10 noted, budget 9"),
        ("DELETE FROM fund", "fund (not there)"),
        ("UPDATE transfer SET kind = 0 WHERE number = 2", "its accounts do not fit what it is"),
        ("UPDATE transfer SET kind = 8 WHERE number = 3", "its accounts do not fit what it is"),
        ("UPDATE transfer SET kind = 9 WHERE number = 4", "its accounts do not fit what it is"),
        ("UPDATE waiting_gift SET transfer_id = (SELECT id FROM transfer WHERE number = 3)", "no transfer set it aside"),
        ("UPDATE transfer SET kind = 8, reverses = (SELECT id FROM transfer WHERE number = 4) WHERE number = 2", "or that was corrected"),
        (
            "INSERT INTO waiting_gift SELECT randomblob(16), community_id, whom_hash, transfer_id, giver, reason_sealed, until, NULL FROM waiting_gift",
            "the gift of transfer",
        ),
        ("UPDATE fund SET closed = 0, issued = 11", "10 issued, 11 noted"),
        ("DELETE FROM waiting_gift", "0 credits wait for somebody, and 2 are set aside for that"),
    ];
    for (sql, expected) in spoilt {
        let mut bench = Bench::open().await;
        bench.story().await;
        wait(&mut bench, 1, Named::bare("Sam"), party(1)).await;
        bench.tamper(sql).await;
        let report = bench.verify().await;
        assert!(report.faults.iter().any(|fault| fault.to_string().contains(expected)), "{sql}: {report}");
        assert!(report.to_string().contains("fault: "), "{report}");
    }
}

/// A table without what keeps its rows apart, and one of its rows twice.
async fn doubled(table: &str, indexes: &[&str]) -> Report {
    let mut bench = Bench::open().await;
    bench.story().await;
    let taken_back = bench.transfer(party(2), party(1), 3, Kind::Reversal);
    let original = TransferId(Uuid::from_u128(1_003));
    bench.apply(Change::Transfer(Transfer { reverses: Some(original), ..taken_back })).await.unwrap();
    bench.store.commit().await.unwrap();
    let mut run = async |sql: String| {
        let sql: &'static str = Box::leak(sql.into_boxed_str());
        bench.store.writer.run(sql, binds![]).await.unwrap();
    };
    run("PRAGMA foreign_keys = OFF".into()).await;
    for index in indexes {
        run(format!("DROP INDEX {index}")).await;
    }
    run(format!("CREATE TABLE rebuilt AS SELECT * FROM {table}")).await;
    run(format!("DROP TABLE {table}")).await;
    run(format!("ALTER TABLE rebuilt RENAME TO {table}")).await;
    run(format!("INSERT INTO {table} SELECT * FROM {table}")).await;
    bench.store.begin().await.unwrap();
    bench.verify().await
}

#[tokio::test]
async fn what_is_there_twice_is_found() {
    for (table, indexes, expected) in [
        (
            "transfer",
            &["transfer_reverses"][..],
            ["transfer 00000000-0000-0000-0000-0000000003e9 is there twice", "the correction of transfer"],
        ),
        ("ledger_account", &[], ["ledger account 000", "is there twice"]),
        ("fund", &[], ["the fund of ledger account", "is there twice"]),
    ] {
        let report = doubled(table, indexes).await;
        for expected in expected {
            assert!(report.faults.iter().any(|fault| fault.to_string().contains(expected)), "{table}, {expected}: {report}");
        }
    }
}

#[tokio::test]
async fn a_host_who_was_paid_too_much_in_a_month_is_found() {
    let mut bench = Bench::open().await;
    bench.enter(Party::Issuance, general(), 100, Kind::Issue).await;
    let session = crate::domain::ids::SessionId(Uuid::from_u128(9));
    for amount in [60, 1] {
        bench.commit().await;
        assert!(bench.verify().await.is_sound());
        let reward = bench.transfer(general(), party(1), amount, Kind::Attendance);
        bench.apply(Change::Transfer(reward.about(session))).await.unwrap();
    }
    bench.commit().await;
    let report = bench.verify().await;
    assert!(report.to_string().contains("a host was paid 61 in one month, and 60 is the most"), "{report}");
}
