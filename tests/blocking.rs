//! Who is blocked sees what they would see without it, and so does everybody else: the same acts are played with the block and
//! without, and what was seen is compared to the byte.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/circle_of_four.rs"]
mod circle_of_four;
#[path = "support/desk.rs"]
mod desk;

use circle_of_four::{Circle, Seen};

/// Four people, and whether Samira blocks Awa.
async fn four(blocked: bool) -> Circle {
    let mut circle = Circle::found(&["Awa", "Samira", "Lou"]).await;
    circle.writes("Samira", None, if blocked { "/bloquer @Awa" } else { "/bloquer" }).await;
    circle
}

fn words(seen: &[Seen]) -> String {
    seen.iter().map(|seen| format!("[{}] {}\n", seen.to, seen.words)).collect()
}

#[tokio::test]
async fn gifts_and_thanks_look_the_same_to_who_gives_at_any_time() {
    let mut transcripts = Vec::new();
    for blocked in [false, true] {
        let mut circle = four(blocked).await;
        let from = circle.seen.len();
        for line in ["/donner @Samira 3 bravo", "/donner Samira 2", "/merci @Samira pour hier"] {
            circle.writes("Awa", None, line).await;
        }
        circle.presses("Awa", None, 1).await;
        circle.writes("Awa", None, "/credits").await;
        circle.writes("Awa", None, "/releve").await;
        circle.writes("Awa", Some("group"), "/donner @Samira 1").await;
        // And takes one back.
        circle.writes("Awa", None, "/donner @Samira 1").await;
        circle.presses("Awa", None, 1).await;
        circle.later(30).await;
        for line in ["/releve", "/credits", "/donner @Lou 1"] {
            circle.writes("Awa", None, line).await;
        }
        circle.writes("Lou", Some("group"), "/agenda").await;
        let others = circle.seen_by(&["Awa", "group", "Nadia", "Lou"], from);
        let samira = circle.seen_by(&["Samira"], from);
        assert_eq!(samira.is_empty(), blocked, "she gets nothing, where she wants nothing: {}", words(&samira));
        let credits = circle.writes("Samira", None, "/credits").await;
        assert!(credits[0].words.contains(if blocked { "10 crédits" } else { "16 crédits" }), "{}", words(&credits));
        transcripts.push(words(&others));
    }
    assert_eq!(transcripts[0], transcripts[1]);
}

#[tokio::test]
async fn what_waited_for_somebody_who_comes_back_and_blocks_the_giver_goes_the_same_way() {
    let mut transcripts = Vec::new();
    for blocked in [false, true] {
        let mut circle = four(blocked).await;
        circle.writes("Samira", None, "/quitter").await;
        circle.presses("Samira", None, 1).await;
        let from = circle.seen.len();
        circle.writes("Awa", None, "/donner @Samira 3").await;
        circle.joins("Samira", "group").await;
        circle.later(30).await;
        circle.writes("Awa", None, "/releve").await;
        circle.writes("Awa", None, "/donner @Lou 1").await;
        transcripts.push(words(&circle.seen_by(&["Awa", "group", "Nadia", "Lou"], from)));
        let news = circle.seen_by(&["Samira"], from);
        assert_eq!(words(&news).contains("Awa vous donne"), !blocked, "{}", words(&news));
    }
    assert_eq!(transcripts[0], transcripts[1]);
}

#[tokio::test]
async fn a_button_on_what_was_received_blocks_without_a_name_and_is_undone() {
    let mut circle = four(false).await;
    for (line, button) in [("/donner @Samira 3", 2), ("/merci @Samira", 2)] {
        circle.writes("Awa", None, line).await;
        let seen = circle.presses("Samira", None, button).await;
        assert!(seen.iter().all(|seen| seen.to == "Samira"), "nobody else sees it: {}", words(&seen));
        assert!(seen[0].words.contains("Vous ne recevrez plus rien de Awa"), "{}", words(&seen));
        let seen = circle.writes("Awa", None, line).await;
        assert!(seen.iter().all(|seen| seen.to == "Awa"), "{}", words(&seen));
        circle.writes("Samira", None, "/bloquer").await;
        let undone = circle.presses("Samira", None, 1).await;
        assert!(undone[0].words.contains("à nouveau recevoir des nouvelles de Awa"), "{}", words(&undone));
        let seen = circle.writes("Awa", None, line).await;
        assert!(seen.iter().any(|seen| seen.to == "Samira"), "{}", words(&seen));
    }
}

#[tokio::test]
async fn a_button_that_was_sent_to_another_blocks_nobody() {
    let mut circle = four(false).await;
    circle.writes("Awa", None, "/donner @Samira 3").await;
    let press = circle.engine.store().writer().rows("SELECT id FROM transfer ORDER BY number DESC LIMIT 1", vec![]).await.unwrap();
    let token = entraide::domain::safety::token(press[0].id(0).unwrap());
    let seen = circle.writes("Lou", None, &format!("/bloquer {token}")).await;
    assert!(seen[0].words.contains("Ce choix n'est plus possible"), "{}", words(&seen));
    circle.writes("Lou", None, "/bloquer").await;
    assert!(circle.seen.last().unwrap().words.contains("Elle est vide"));
}

#[tokio::test]
async fn whoever_joins_under_a_name_that_waits_to_be_blocked_is_blocked() {
    let mut circle = four(false).await;
    circle.writes("Samira", None, "/bloquer @Venu").await;
    circle.joins("Venu", "group").await;
    circle.writes("Nadia", None, "/crediter @Venu 5 accueil").await;
    let seen = circle.writes("Venu", None, "/merci @Samira").await;
    assert!(seen.iter().all(|seen| seen.to == "Venu"), "{}", words(&seen));
}

/// Samira hosts; where `seats` are two they are taken by Nadia and Lou.
async fn hosted(blocked: bool, seats: i64) -> Circle {
    let mut circle = four(blocked).await;
    circle.writes("Nadia", Some("group"), "/role @Samira animatrice").await;
    circle.writes("Samira", Some("group"), &format!("/seance \"Cercle\" demain 18h {seats} places")).await;
    circle.writes("Nadia", None, "/reserver 1").await;
    circle.writes("Lou", None, "/reserver 1").await;
    circle
}

#[tokio::test]
async fn a_session_of_somebody_who_blocks_is_full_like_any_full_one() {
    let mut transcripts = Vec::new();
    for (blocked, seats) in [(false, 2), (true, 2)] {
        let mut circle = hosted(blocked, seats).await;
        let from = circle.seen.len();
        circle.writes("Awa", None, "/agenda").await;
        circle.writes("Awa", None, "/agenda 1").await;
        circle.writes("Awa", None, "/reserver 1").await;
        circle.presses("Awa", None, 1).await;
        for line in ["/agenda 1", "/reserver 1", "/mesreservations"] {
            circle.writes("Awa", None, line).await;
        }
        transcripts.push(words(&circle.seen_by(&["Awa", "group", "Nadia", "Lou", "Samira"], from)));
        let offered = circle.writes("Lou", None, "/annuler 1").await;
        assert_eq!(offered.iter().any(|seen| seen.to == "Awa"), !blocked, "{}", words(&offered));
    }
    assert_eq!(transcripts[0], transcripts[1], "really full, and full for Awa");
    // With seats left the words for Awa are the same ones, and the group's card shows what is there.
    let (mut full, mut apart) = (hosted(false, 2).await, hosted(true, 3).await);
    let (a, b) = (full.writes("Awa", None, "/reserver 1").await, apart.writes("Awa", None, "/reserver 1").await);
    assert_eq!(a, b);
    let (a, b) = (full.presses("Awa", None, 1).await, apart.presses("Awa", None, 1).await);
    assert_eq!(a[0], b[0], "on the list");
    assert!(b.iter().all(|seen| seen.to == "Awa"), "no card shows somebody waiting beside a free seat: {}", words(&b));
    let (a, b) = (full.writes("Awa", None, "/agenda").await, apart.writes("Awa", None, "/agenda").await);
    assert_eq!(a, b, "full in the list, too");
    let listed = apart.writes("Awa", Some("group"), "/agenda").await;
    assert!(listed[0].words.contains("1 place libre"), "in the group everybody reads the same: {}", words(&listed));
    let (a, b) = (full.writes("Awa", None, "/agenda 1").await, apart.writes("Awa", None, "/agenda 1").await);
    assert_eq!(a[0].words, b[0].words.replace("(3 places)", "(2 places)"));
    let offered = apart.writes("Lou", None, "/annuler 1").await;
    assert!(offered.iter().all(|seen| seen.to != "Awa"), "never offered: {}", words(&offered));
}

#[tokio::test]
async fn who_blocks_the_host_is_kept_apart_as_well_and_a_seat_taken_before_stays() {
    let mut circle = hosted(false, 5).await;
    circle.writes("Awa", None, "/bloquer @Samira").await;
    let seen = circle.writes("Awa", None, "/reserver 1").await;
    assert!(seen[0].words.contains("est complet"), "{}", words(&seen));
    circle.writes("Lou", None, "/bloquer @Samira").await;
    for line in ["/agenda 1", "/reserver 1"] {
        let seen = circle.writes("Lou", None, line).await;
        assert!(seen[0].words.contains("Vous avez") && !seen[0].words.contains("omplet"), "{}", words(&seen));
    }
    let seen = circle.writes("Lou", None, "/agenda").await;
    assert!(seen[0].words.contains("3 places libres"), "{}", words(&seen));
}

#[tokio::test]
async fn lists_that_others_read_tell_nothing_of_two_who_are_apart() {
    let mut transcripts = Vec::new();
    for blocked in [false, true] {
        let mut circle = four(blocked).await;
        let from = circle.seen.len();
        circle.writes("Nadia", Some("group"), "/seance \"Cercle\" demain 18h 4 places prix 1").await;
        for name in ["Awa", "Samira", "Lou"] {
            circle.writes(name, None, "/reserver 1").await;
        }
        circle.writes("Lou", Some("group"), "/agenda").await;
        circle.later(2).await;
        circle.writes("Nadia", None, "/presence 1").await;
        circle.writes("Nadia", None, "/presence 1 tous").await;
        circle.writes("Nadia", None, "/releve").await;
        transcripts.push(words(&circle.seen_by(&["Nadia", "Lou", "Awa", "Samira", "group"], from)));
    }
    assert_eq!(transcripts[0], transcripts[1]);
}

#[tokio::test]
async fn what_is_typed_in_the_group_about_a_block_does_not_stay_there() {
    let mut circle = four(false).await;
    for line in ["/bloquer @Awa", "/bloquer", "/bloquer annuler @Awa", "/block @Samira"] {
        let seen = circle.writes("Samira", Some("group"), line).await;
        let group: Vec<&str> = seen.iter().filter(|seen| seen.to == "group").map(|seen| seen.words.as_str()).collect();
        assert_eq!(group, ["(deleted)"], "{line}");
    }
    let seen = circle.writes("Inconnu", Some("group"), "/bloquer @Awa").await;
    assert!(seen.iter().any(|seen| seen.to == "group" && seen.words == "(deleted)"), "{}", words(&seen));
}

#[tokio::test]
async fn thanks_are_published_by_who_got_them_with_the_names_that_were_agreed() {
    let mut circle = four(false).await;
    circle.writes("Awa", None, "/merci @Samira pour hier").await;
    let preview = circle.presses("Samira", None, 1).await;
    assert!(
        preview.iter().all(|seen| seen.to == "Samira") && preview[0].words.contains("Un merci à Samira\u{a0}: «\u{a0}pour hier\u{a0}»"),
        "{preview:?}"
    );
    let published = circle.presses("Samira", None, 1).await;
    assert!(
        published.contains(&Seen { to: "group".into(), words: "Un merci à Samira\u{a0}: «\u{a0}pour hier\u{a0}»".into() }),
        "{published:?}"
    );
    let again = circle.presses("Samira", None, 1).await;
    assert!(again[0].words.contains("déjà publié"), "{again:?}");
    circle.writes("Awa", None, "/merci @Lou").await;
    let named = circle.presses("Awa", None, 1).await;
    assert!(named[0].words.contains("votre pseudo paraîtra aussi"), "{named:?}");
    circle.presses("Lou", None, 1).await;
    let published = circle.presses("Lou", None, 1).await;
    assert!(published.contains(&Seen { to: "group".into(), words: "Awa remercie Lou.".into() }), "{published:?}");
    // Somebody else's button opens nothing.
    let ids = circle.engine.store().writer().rows("SELECT id FROM thanks ORDER BY at, id", vec![]).await.unwrap();
    for row in ids {
        let token = entraide::domain::safety::token(row.id(0).unwrap());
        for verb in ["publish", "yes", "name"] {
            let seen = circle.writes("Nadia", None, &format!("/merci {token} {verb}")).await;
            assert!(seen.len() == 1 && seen[0].words.contains("plus possible"), "{verb}: {seen:?}");
        }
    }
}

#[tokio::test]
async fn politeness_has_a_limit_that_counts_whoever_was_meant() {
    let mut circle = four(true).await;
    for name in ["@Samira", "@Personne", "@Lou", "Rien", "@Awa2"] {
        let seen = circle.writes("Awa", None, &format!("/merci {name}")).await;
        assert!(seen[0].words.contains("Merci pour"), "{seen:?}");
    }
    for name in ["@Samira", "@Personne", "@Lou"] {
        let seen = circle.writes("Awa", None, &format!("/merci {name}")).await;
        assert!(seen.len() == 1 && seen[0].words.contains("remercié 5 fois"), "{seen:?}");
    }
    circle.later(1).await;
    let seen = circle.writes("Awa", None, "/merci @Lou").await;
    assert!(seen.iter().any(|seen| seen.to == "Lou"), "{seen:?}");
}
