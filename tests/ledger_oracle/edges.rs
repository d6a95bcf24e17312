//! Where a balance comes to the edge of what it can be: nothing moves, nobody's program breaks, and the next small gift goes well.

use entraide::domain::event::Platform;

use super::{
    desk,
    play::{START, open},
};

/// What the table allows for a balance.
const BALANCE_MAX: i64 = 1_000_000_000_000_000;

async fn says(engine: &mut entraide::app::engine::Engine, key: &str, name: &str, text: &str) {
    let event = desk::said_in(key, desk::direct(Platform::Terminal, name), name, text);
    desk::handle(engine, vec![event]).await;
}

#[tokio::test]
async fn at_the_edge_of_64_bits_nothing_moves_and_nothing_breaks() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = open(folder.path(), START).await;
    desk::found(&mut engine, "Nadia", &["Awa", "Samir"]).await;
    says(&mut engine, "1", "Nadia", "/crediter @Awa 9 atelier").await;
    says(&mut engine, "2", "Awa", "/donner @Samir 1").await;
    let rich = "UPDATE ledger_account SET balance = $most - 3 WHERE kind = 2 AND balance = 1".replace("$most", &BALANCE_MAX.to_string());
    desk::sql(&mut engine, rich).await;
    let other = tempfile::tempdir().unwrap();
    engine = open(other.path(), START).await;
    drop(engine);
    let mut engine = open(folder.path(), START).await;
    let transfers = "SELECT COUNT(*) FROM transfer";
    let richest = "SELECT MAX(balance) FROM ledger_account";
    let before = desk::number(&mut engine, transfers).await;
    says(&mut engine, "3", "Awa", "/donner @Samir 5").await;
    assert_eq!(desk::number(&mut engine, transfers).await, before, "a balance that does not fit moves nothing");
    assert_eq!(desk::number(&mut engine, richest).await, BALANCE_MAX - 3);
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM incident").await, 1, "it is put aside, and its sender is told");
    says(&mut engine, "4", "Awa", "/donner @Samir 3").await;
    assert_eq!(desk::number(&mut engine, richest).await, BALANCE_MAX, "what fits goes well");
    for (key, amount) in
        ["9223372036854775807", "9223372036854775808", "-9223372036854775808", "99999999999999999999999999"].iter().enumerate()
    {
        let before = desk::number(&mut engine, transfers).await;
        for (n, text) in ["/donner @Awa {}", "/crediter @Awa {} atelier", "/fonds mairie {}", "/corriger {} erreur", "/donner annuler {}"]
            .iter()
            .enumerate()
        {
            says(&mut engine, &format!("edge {key} {n}"), if n == 0 { "Samir" } else { "Nadia" }, &text.replace("{}", amount)).await;
        }
        assert_eq!(desk::number(&mut engine, transfers).await, before, "{amount}");
    }
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM incident").await, 1, "no number breaks anything");
}
