//! The auditor: shares no code with the program, and knows only what was told to it and what people did.

use super::*;

/// Shares no code with the program: plain SQL, and the words that people were shown.
pub(super) async fn audit(world: &World, engine: &mut Engine) {
    assert_eq!(desk::number(engine, "SELECT COUNT(*) FROM incident").await, 0, "nothing failed");
    assert_eq!(desk::number(engine, "SELECT CAST(COALESCE(SUM(balance), 0) AS BIGINT) FROM ledger_account").await, 0, "credits");
    let seated = "SELECT COUNT(*) FROM booking WHERE state = 0";
    assert!(desk::number(engine, seated).await <= 3, "three seats");
    let twice =
        "SELECT COUNT(*) FROM (SELECT person_id FROM booking WHERE state IN (0, 1, 2) GROUP BY session_id, person_id HAVING COUNT(*) > 1)";
    assert_eq!(desk::number(engine, twice).await, 0, "nobody has two seats");
    effects(world, engine).await;
    answers(world);
}

/// The stream done once and in order, and what the ledger must then hold.
async fn effects(world: &World, engine: &mut Engine) {
    let rows = engine.store().writer().rows("SELECT amount FROM transfer", vec![]).await.unwrap();
    let mut made: BTreeMap<i64, usize> = BTreeMap::new();
    for row in rows {
        *made.entry(row.int(0).unwrap()).or_default() += 1;
    }
    let mut balances = [0_i64; PEOPLE.len()];
    let mut refused = [0_usize; PEOPLE.len()];
    for did in &world.stream {
        match *did {
            Did::Issues { to, amount } => {
                balances[to] += amount;
                // From issuance to the fund, and from the fund to the person, or in one.
                assert!(made.get(&amount).is_some_and(|times| (1..=2).contains(times)), "issued once: {amount}");
            }
            Did::Gives { who, to, amount } if balances[who] >= amount => {
                balances[who] -= amount;
                balances[to] += amount;
                assert_eq!(made.get(&amount), Some(&1), "given once: {amount}");
                let given = format!("\"credits-given\",\"args\":[[\"amount\",{{\"Number\":{amount}}}]");
                assert_eq!(deliveries(world, PEOPLE[who], &given), 1, "one receipt of {amount}");
            }
            Did::Gives { who, amount, .. } => {
                refused[who] += 1;
                assert_eq!(made.get(&amount), None, "not given: {amount}");
            }
            _ => {}
        }
    }
    for (who, refused) in refused.into_iter().enumerate() {
        assert_eq!(deliveries(world, PEOPLE[who], "\"credits-not-now\""), refused, "refusals of {}", PEOPLE[who]);
    }
    let stored = engine.store().writer().rows("SELECT balance FROM ledger_account WHERE kind = 2", vec![]).await.unwrap();
    let mut stored: Vec<i64> = stored.iter().map(|row| row.int(0).unwrap()).filter(|balance| *balance != 0).collect();
    let mut expected: Vec<i64> = balances.into_iter().filter(|balance| *balance != 0).collect();
    stored.sort_unstable();
    expected.sort_unstable();
    assert_eq!(stored, expected, "balances");
}

/// How many different deliveries to `to` say this; each may have been shown more than once.
fn deliveries(world: &World, to: &str, words: &str) -> usize {
    let ids: BTreeSet<&str> =
        world.shown.iter().filter(|shown| shown.to == to && shown.words.contains(words)).map(|s| s.delivery.as_str()).collect();
    ids.len()
}

/// Every word was answered, by one delivery; where the room was always open, in the order in which they were said.
fn answers(world: &World) {
    for (who, name) in PEOPLE.iter().enumerate() {
        let mut firsts = Vec::new();
        for did in &world.stream {
            let Did::Word { who: by, number } = *did else { continue };
            if by != who {
                continue;
            }
            let answer = format!("\"nuageux{number}\"");
            assert_eq!(deliveries(world, name, &answer), 1, "{name} is answered on {number}");
            firsts.push(world.shown.iter().position(|shown| shown.to == *name && shown.words.contains(&answer)).unwrap());
        }
        assert!(who >= SHY || firsts.is_sorted(), "{name} is answered in order");
    }
    for books in ["session-", "credits-"] {
        assert!(world.shown.iter().any(|shown| shown.words.contains(books)), "{books} was spoken of");
    }
}
