//! A month of a statement adds up, whichever month.

use super::*;
use crate::domain::{dates::Month, ledger::month::signed, time::Zone};

#[tokio::test]
async fn a_month_of_a_statement_adds_up() {
    let mut bench = Bench::open().await;
    bench.story().await;
    let december = Month::of(NOW.day(Zone::PARIS));
    for (month, expected) in [(december.previous(), (0, 0, 0, false)), (december, (0, 2, 7, false)), (december.next(), (7, 0, 7, true))] {
        let view = bench.store.month_view(&me(1), month, Zone::PARIS, NOW).await.unwrap();
        let found = (view.opening_credits, view.movements.len(), view.closing_credits, view.has_earlier);
        assert_eq!(found, expected, "{}", month.written());
        assert_eq!(view.opening_credits + view.movements.iter().map(signed).sum::<i64>(), view.closing_credits);
    }
}
