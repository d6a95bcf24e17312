//! Random histories, and then two accounts become one person: no credit is lost, and `verify` finds nothing.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;
#[path = "support/talk.rs"]
mod talk;

use chrono::TimeDelta;
use desk::number;
use talk::Talk;

/// Small and repeatable; a failing seed is in the message.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn of<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }
}

/// One thing that people do.
fn deed(dice: &mut Dice, sessions: u64) -> (String, String) {
    let people = ["Awa", "AwaBis", "Sam", "Nadia"];
    let (who, whom) = (dice.of(&people), dice.of(&["Awa", "AwaBis", "Sam", "Personne"]));
    let session = 1 + dice.below(sessions);
    let text = match dice.below(9) {
        0 | 1 => return ("Nadia".into(), format!("/crediter @{whom} {} raison", 1 + dice.below(9))),
        2 | 3 => format!("/donner @{whom} {}", 1 + dice.below(4)),
        4 | 5 => format!("/reserver {session}"),
        6 => format!("/reserver {session} attendre"),
        7 => format!("/annuler {session}"),
        _ => {
            return (
                who.into(),
                format!("/seance Cercle 12/0{} 18h prix {} places {}", 1 + dice.below(9), dice.below(3), 1 + dice.below(3)),
            );
        }
    };
    (who.into(), text)
}

#[tokio::test]
async fn whatever_happened_before_two_become_one_no_credit_is_lost() {
    let (mut wealth, mut seats) = (0, 0);
    for seed in 1..=12_u64 {
        let folder = tempfile::tempdir().unwrap();
        let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis", "Sam"]).await;
        talk.say("Nadia", "/role @Awa animateur").await;
        talk.say("Nadia", "/role @AwaBis animateur").await;
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        for _ in 0..45 {
            let (who, text) = deed(&mut dice, 6);
            talk.say(&who, &text).await;
        }
        let (asking, typing) = if seed % 2 == 0 { ("Awa", "AwaBis") } else { ("AwaBis", "Awa") };
        talk.agree(asking, typing).await;
        // Offers of freed seats end in the day, and others are made: what both have is counted just before.
        talk.later(TimeDelta::hours(23)).await;
        let before = talk.wealth("Awa").await + talk.wealth("AwaBis").await;
        let total = number(&mut talk.engine, "SELECT SUM(balance) FROM ledger_account WHERE kind <> 0").await;
        talk.later(TimeDelta::hours(1)).await;
        assert!(talk.was_told("Awa", "link-done"), "seed {seed}: {:?}", talk.told);
        wealth += before;
        seats += i64::from(talk.was_told("Awa", "link-seats"));
        assert_eq!(talk.wealth("Awa").await, before, "seed {seed}");
        assert_eq!(talk.wealth("AwaBis").await, before, "seed {seed}");
        let after = number(&mut talk.engine, "SELECT SUM(balance) FROM ledger_account WHERE kind <> 0").await;
        assert_eq!(after, total, "seed {seed}");
        assert_eq!(number(&mut talk.engine, "SELECT SUM(balance) FROM ledger_account").await, 0, "seed {seed}");
        talk.is_sound(folder.path()).await;
        // And life goes on.
        for _ in 0..15 {
            let (who, text) = deed(&mut dice, 6);
            talk.say(&who, &text).await;
        }
        talk.is_sound(folder.path()).await;
    }
    assert!(wealth > 50 && seats > 2, "the histories have nothing in them: {wealth} credits, {seats} double seats");
}
