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
