//! Nobody learns from an answer who is who: the same words, to the byte, whomever a typed name means, and as many look-ups.
//!
//! Coordinators may see more: `/role` says that somebody is not in the group, because it can be given to nobody else; `/issue` does not.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/circle_of_four.rs"]
mod circle_of_four;
#[path = "support/desk.rs"]
mod desk;

use circle_of_four::{Circle, Seen};

/// Each name, and whom it means; the first two mean nobody.
const NAMES: [(&str, &str); 12] = [
    ("Fantome", "nobody"),
    ("@Fantome", "nobody, after an @"),
    ("@Samira", "a member's user name"),
    ("Soleil", "a member's alias"),
    ("@Soleil", "a member's alias, after an @"),
    ("@Loulou", "a former member"),
    ("@Zoelle", "somebody of another community"),
    ("@Maxence", "somebody who never joined"),
    ("@Beatrix", "somebody who blocked who asks"),
    ("Sоleil", "a homoglyph of an alias"),
    ("@🌸", "an emoji"),
    ("@نور", "a name from right to left"),
];

/// What a member can ask with a name in it.
const PROBES: [&str; 10] = [
    "/donner {} 3 bravo",
    "/donner {} 300",
    "/merci {} pour hier",
    "/bloquer {}",
    "/bloquer annuler {}",
    "/role {} animateur",
    "/retirer {}",
    "/crediter {} 3 atelier",
    "/signaler {} me fait peur",
    "/lier {}",
];

/// Awa asks; around her are a member with another alias, one who left, one who blocks her, and people who are not here.
async fn world() -> Circle {
    let mut circle = Circle::found(&["Awa", "Samira", "Loulou", "Beatrix"]).await;
    circle.writes("Samira", None, "/pseudo Soleil").await;
    circle.writes("Loulou", None, "/quitter").await;
    circle.presses("Loulou", None, 1).await;
    circle.writes("Zoelle", Some("ailleurs"), "/installer").await;
    circle.presses("Zoelle", None, 1).await;
    circle.writes("Maxence", None, "/menu").await;
    circle.writes("Beatrix", None, "/bloquer @Awa").await;
    circle
}

/// What Awa and the group see of a probe and of what she can look at afterwards, with the name taken out.
async fn asked(asker: &str, probe: &str, name: &str) -> Vec<Seen> {
    let mut circle = world().await;
    let from = circle.seen.len();
    circle.writes(asker, None, &probe.replace("{}", name)).await;
    circle.writes(asker, Some("group"), &probe.replace("{}", name)).await;
    for look in ["/credits", "/releve", "/bloquer", "/mesreservations"] {
        circle.writes(asker, None, look).await;
    }
    circle.writes(asker, Some("group"), "/agenda").await;
    circle.later(6).await;
    circle.writes(asker, None, "/releve").await;
    // What is written from right to left is set apart, so that it turns nothing around.
    let plain = |words: &str| words.replace(['\u{2068}', '\u{2069}'], "");
    let bare = name.trim_start_matches('@');
    let seen = circle.seen_by(&[asker, "group"], from);
    seen.into_iter()
        .map(|seen| Seen { words: plain(&seen.words).replace(name, "{}").replace(bare, "{}").replace("@{}", "{}"), ..seen })
        .collect()
}

#[tokio::test]
async fn a_member_learns_nothing_from_a_name() {
    for probe in PROBES {
        let (bare, marked) = (asked("Awa", probe, NAMES[0].0).await, asked("Awa", probe, NAMES[1].0).await);
        assert!(!bare.is_empty() && !marked.is_empty(), "{probe} is answered");
        for (name, whom) in &NAMES[2..] {
            let seen = asked("Awa", probe, name).await;
            assert_eq!(&seen, if name.starts_with('@') { &marked } else { &bare }, "{probe} with {name}, {whom}");
        }
    }
}

#[tokio::test]
async fn a_coordinator_who_issues_credits_learns_nothing_from_a_name() {
    let nobody = asked("Nadia", "/crediter {} 3 atelier", NAMES[0].0).await;
    for (name, whom) in &NAMES[1..] {
        assert_eq!(asked("Nadia", "/crediter {} 3 atelier", name).await, nobody, "{name}, {whom}");
    }
}

/// What Nadia reads of the ledger after Awa gave to a name, and some days later.
async fn ledger_after(name: &str, days: i64) -> Vec<Seen> {
    let mut circle = world().await;
    circle.writes("Awa", None, &format!("/donner {name} 3 bravo")).await;
    if days > 0 {
        circle.later(days).await;
    }
    let from = circle.seen.len();
    for look in ["/grandlivre", "/grandlivre csv", "/grandlivre fonds:solidarite", "/grandlivre mois", "/grandlivre chiffres août"] {
        circle.writes("Nadia", None, look).await;
    }
    circle.seen_by(&["Nadia"], from)
}

#[tokio::test]
async fn a_coordinator_does_not_read_in_the_ledger_whom_a_gift_reached() {
    let nobody = ledger_after(NAMES[0].0, 0).await;
    assert!(nobody[0].words.contains("don de Awa"), "{nobody:?}");
    for (name, whom) in &NAMES[1..] {
        assert_eq!(ledger_after(name, 0).await, nobody, "{name}, {whom}");
    }
    let (taken, declined) = (ledger_after("@Samira", 40).await, ledger_after("@Beatrix", 40).await);
    assert_eq!(taken, declined, "nor later, where a gift was not wanted");
}

/// The commit waits for the disk, whatever was looked up, and so does the answer; what can be held to is that as much is done.
#[tokio::test]
async fn a_name_that_means_somebody_takes_as_many_statements_as_one_that_means_nobody() {
    for probe in ["/donner {} 1 bravo", "/merci {} pour hier", "/bloquer {}"] {
        let mut counts = Vec::new();
        for (name, whom) in NAMES {
            let mut circle = world().await;
            // Once to know the name, or that nobody has it.
            circle.writes("Awa", None, &probe.replace("{}", name)).await;
            let before = circle.engine.store().writer().statements();
            circle.writes("Awa", None, &probe.replace("{}", name)).await;
            counts.push((circle.engine.store().writer().statements() - before, whom));
        }
        let nobody = counts[0].0;
        for (count, whom) in &counts {
            // What waits for nobody, and what somebody is told, are written: up to two rows. Nothing else differs.
            assert!(count.abs_diff(nobody) <= 2, "{probe}, {whom}: {counts:?}");
        }
    }
}

#[tokio::test]
async fn a_name_that_looks_like_another_is_not_given_twice() {
    let mut circle = world().await;
    for (typed, kept) in [("Sоleil", "Sоleil2"), ("SOLEIL", "SOLEIL2"), ("So1eil", "So1eil2"), ("Étoile", "Étoile")] {
        let seen = circle.writes("Awa", None, &format!("/pseudo {typed}")).await;
        assert!(seen[0].words.contains(&format!("Votre pseudo\u{a0}: {kept}")), "{typed}: {seen:?}");
    }
}

#[tokio::test]
async fn an_alias_that_is_anothers_user_name_gets_nothing_that_was_meant_for_them() {
    let mut circle = world().await;
    // Maxence wrote to the bot and never joined; Samira takes the name.
    circle.writes("Samira", None, "/pseudo Maxence").await;
    let seen = circle.writes("Awa", None, "/donner @Maxence 3").await;
    assert!(seen.iter().all(|seen| seen.to == "Awa"), "it waits for the account that has the name: {seen:?}");
    let seen = circle.writes("Awa", None, "/donner Maxence 3").await;
    assert!(seen.iter().any(|seen| seen.to == "Samira"), "without the sign it is an alias first: {seen:?}");
    circle.joins("Maxence", "group").await;
    let credits = circle.writes("Maxence", None, "/credits").await;
    assert!(credits[0].words.contains("3 crédits"), "{credits:?}");
}
