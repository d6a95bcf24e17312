//! How SQLite looks sessions up: never by going through all of them, however many there are.

use super::*;
use crate::store::session::rows;

#[tokio::test]
async fn no_list_goes_through_all_sessions() {
    let mut bench = Bench::open().await;
    for sql in [
        rows::BY_NUMBER,
        rows::BY_ID,
        rows::OF_GROUP,
        rows::CARDS_OF_GROUP,
        rows::OF_COMMUNITY,
        rows::OF_MEMBER,
        rows::TO_MARK,
        rows::TOUCHED_BY,
        rows::IN_CALENDAR,
        rows::HELD_BY,
        rows::OPEN_OF,
        rows::TOUCHED_BY_BOTH,
        rows::BUSY,
        rows::TO_COME_OF_SERIES,
        rows::NEWEST_OF_SERIES,
        rows::KEPT_BY,
        rows::BOOKED_BY,
    ] {
        let highest = (1..=9).rev().find(|n| sql.contains(&format!("${n}"))).unwrap();
        let explain: &'static str = Box::leak(format!("EXPLAIN QUERY PLAN {sql}").into_boxed_str());
        let plan = bench.store.writer.rows(explain, vec![crate::store::sql::Bind::Int(Some(1)); highest]).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|step| step.text(3).unwrap()).collect();
        assert!(steps.iter().any(|step| step.starts_with("SEARCH s")), "{sql}: {steps:?}");
        let through_all = steps.iter().find(|step| step.starts_with("SCAN") && !step.contains("CONSTANT"));
        assert_eq!(through_all, None, "{sql}: {steps:?}");
    }
}
