//! What is told to staff, from end to end: who reads it, who never does, what becomes of it, and what stays of it.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/circle_of_four.rs"]
mod circle_of_four;
#[path = "support/desk.rs"]
mod desk;

use circle_of_four::{Circle, Seen, said_of};
use entraide::domain::event::{MessageRef, Platform, Reply};

/// Nadia coordinates, Samira and Lou facilitate, Awa and Bea are members.
async fn circle() -> Circle {
    let mut circle = Circle::found(&["Awa", "Samira", "Lou", "Bea"]).await;
    for name in ["Samira", "Lou"] {
        circle.writes("Nadia", Some("group"), &format!("/role @{name} animatrice")).await;
    }
    circle
}

/// `who` writes in the group, in answer to a message of `author`.
async fn answers(circle: &mut Circle, who: &str, text: &str, author: &str, words: Option<&str>) -> Vec<Seen> {
    let key = format!("answer {}", circle.seen.len());
    let mut event = desk::said_in(&key, desk::room(Platform::Terminal, "group"), who, text);
    said_of(&mut event).reply_to = Some(Reply {
        author: Some(desk::sender(Platform::Terminal, author)),
        is_bot: false,
        message: MessageRef("other".into()),
        text: words.map(str::to_owned),
    });
    circle.happens(event).await
}

fn to<'a>(seen: &'a [Seen], name: &str) -> Vec<&'a str> {
    seen.iter().filter(|seen| seen.to == name).map(|seen| seen.words.as_str()).collect()
}

#[tokio::test]
async fn a_message_of_the_group_goes_to_all_of_staff_but_its_author() {
    let mut circle = circle().await;
    let seen = answers(&mut circle, "Awa", "/signaler il crie", "Samira", Some("Tais-toi donc")).await;
    assert_eq!(to(&seen, "group"), ["(deleted)"]);
    assert_eq!(to(&seen, "Samira"), Vec::<&str>::new(), "who wrote it hears nothing");
    for name in ["Nadia", "Lou"] {
        assert!(to(&seen, name)[0].starts_with("Une information pour l'équipe.\nLe signalement"), "{seen:?}");
    }
    assert!(!format!("{seen:?}").contains("Tais-toi"), "nobody has it on a lock screen");
    let read = circle.presses("Lou", None, 1).await;
    assert!(read[0].words.contains("Tais-toi donc") && read[0].words.contains("il crie") && read[0].words.contains("message de Samira"));
    assert!(!read[0].words.contains("Awa"), "the name is not shown: {read:?}");
    let taken = circle.presses("Lou", None, 1).await;
    assert!(to(&taken, "Nadia")[0].contains("s'occupe du signalement"), "{taken:?}");
    assert!(to(&taken, "Awa")[0].contains("Une personne de l'équipe le lit"), "{taken:?}");
    assert!(to(&taken, "Samira").is_empty());
    let late = circle.writes("Samira", None, "/signaler liste").await;
    assert!(late[0].words.contains("Rien n'attend"), "{late:?}");
    let closed = circle.presses("Lou", None, 1).await;
    assert!(to(&closed, "Awa")[0].contains("L'équipe a fini"), "{closed:?}");
    assert_eq!(desk::number(&mut circle.engine, "SELECT COUNT(*) FROM report").await, 1);
    circle.later(29).await;
    assert_eq!(desk::number(&mut circle.engine, "SELECT COUNT(*) FROM report").await, 1);
    circle.later(3).await;
    assert_eq!(desk::number(&mut circle.engine, "SELECT COUNT(*) FROM report").await, 0, "30 days after it was closed nothing is left");
}

#[tokio::test]
async fn a_report_that_nobody_closes_is_kept_for_a_year_at_most() {
    let mut circle = circle().await;
    circle.writes("Awa", None, "/signaler il crie").await;
    circle.later(364).await;
    assert_eq!(desk::number(&mut circle.engine, "SELECT COUNT(*) FROM report").await, 1);
    circle.later(3).await;
    assert_eq!(desk::number(&mut circle.engine, "SELECT COUNT(*) FROM report").await, 0);
}

#[tokio::test]
async fn staff_who_are_named_in_any_way_never_see_it() {
    for words in ["@Samira me fait peur", "Samira me fait peur", "c'est de Soleil du matin que je parle", "SAMIRA, encore"] {
        let mut circle = circle().await;
        circle.writes("Samira", None, "/pseudo Soleil du matin").await;
        let seen = circle.writes("Awa", None, &format!("/signaler {words}")).await;
        assert!(to(&seen, "Samira").is_empty() && !to(&seen, "Nadia").is_empty(), "{words}: {seen:?}");
        let id = circle.engine.store().writer().rows("SELECT id FROM report", vec![]).await.unwrap()[0].id(0).unwrap();
        let token = entraide::domain::safety::token(id);
        for verb in ["", "take", "back", "close", "reopen", "withdraw", "show", "add x"] {
            let seen = circle.writes("Samira", None, &format!("/signaler {token} {verb}")).await;
            assert!(seen.len() == 1 && seen[0].words.contains("plus possible"), "{verb}: {seen:?}");
        }
    }
}

#[tokio::test]
async fn the_only_coordinator_is_the_one_reported() {
    let mut circle = Circle::found(&["Awa", "Bea"]).await;
    circle.writes("Nadia", None, "/reglages contact 01 02 03").await;
    let seen = answers(&mut circle, "Awa", "/signaler", "Nadia", Some("Dehors")).await;
    assert!(to(&seen, "Nadia").is_empty(), "{seen:?}");
    let said = to(&seen, "Awa")[0];
    assert!(said.starts_with("Je ne peux pas le transmettre.") && said.contains("01 02 03") && said.contains("112"), "{said}");
    assert_eq!(desk::number(&mut circle.engine, "SELECT COUNT(*) FROM report").await, 0);
}

#[tokio::test]
async fn nobody_takes_it_for_a_day() {
    let mut circle = circle().await;
    circle.writes("Awa", None, "/signaler").await;
    let seen = circle.writes("Awa", None, "Il me suit après les séances").await;
    assert_eq!((to(&seen, "Nadia").len(), to(&seen, "Lou").len(), to(&seen, "Samira").len()), (1, 1, 1), "{seen:?}");
    let seen = circle.later(1).await;
    assert!(to(&seen, "Nadia").iter().any(|words| words.contains("attend depuis un jour")), "{seen:?}");
    assert!(to(&seen, "Lou").is_empty(), "coordinators alone are reminded: {seen:?}");
    assert!(to(&seen, "Awa").iter().any(|words| words.contains("Personne de l'équipe ne s'en occupe encore")), "{seen:?}");
    let seen = circle.later(5).await;
    assert!(to(&seen, "Nadia").iter().all(|words| !words.contains("depuis un jour")), "once: {seen:?}");
}

#[tokio::test]
async fn words_of_danger_in_a_report_reach_staff_and_bring_help() {
    let mut circle = circle().await;
    circle.writes("Awa", None, "/signaler").await;
    let seen = circle.writes("Awa", None, "je veux mourir").await;
    assert_eq!(to(&seen, "Nadia").len(), 1, "{seen:?}");
    assert!(to(&seen, "Awa").iter().any(|words| words.contains("112")), "{seen:?}");
}

#[tokio::test]
async fn who_has_not_joined_can_tell_staff_and_hears_what_becomes_of_it() {
    let mut circle = circle().await;
    let seen = circle.writes("Passant", Some("group"), "/signaler on se moque de moi").await;
    assert_eq!(to(&seen, "Nadia").len(), 1, "{seen:?}");
    assert_eq!(to(&seen, "group"), ["(deleted)"]);
    circle.presses("Nadia", None, 1).await;
    let seen = circle.presses("Nadia", None, 1).await;
    assert!(to(&seen, "Passant")[0].contains("Une personne de l'équipe le lit"), "{seen:?}");
}

#[tokio::test]
async fn who_told_it_shows_the_name_adds_words_and_takes_it_back() {
    let mut circle = circle().await;
    circle.writes("Awa", None, "/signaler on me suit").await;
    circle.presses("Awa", None, 2).await;
    let read = circle.presses("Nadia", None, 1).await;
    assert!(read[0].words.contains("De\u{a0}: Awa"), "{read:?}");
    circle.writes("Bea", None, "/signaler encore lui").await;
    circle.presses("Bea", None, 1).await;
    let seen = circle.writes("Bea", None, "hier aussi").await;
    assert!(to(&seen, "Lou")[0].contains("Des mots sont ajoutés"), "{seen:?}");
    let read = circle.presses("Lou", None, 1).await;
    assert!(read[0].words.contains("encore lui") && read[0].words.contains("hier aussi"), "{read:?}");
    let seen = circle.presses("Bea", None, 3).await;
    assert!(to(&seen, "Bea")[0].contains("ne peut plus lire"), "{seen:?}");
    assert!(to(&seen, "Nadia")[0].contains("est retiré"), "{seen:?}");
}

#[tokio::test]
async fn a_report_outlives_the_key_of_who_told_it_but_not_their_name() {
    let mut circle = circle().await;
    circle.writes("Awa", None, "/signaler on me suit").await;
    circle.presses("Awa", None, 2).await;
    let reporter = circle.engine.store().writer().rows("SELECT reporter_id FROM report", vec![]).await.unwrap()[0].id(0).unwrap();
    let account: entraide::domain::ids::AccountId = reporter;
    circle.engine.store().vault().destroy(account.into()).unwrap();
    let read = circle.presses("Nadia", None, 1).await;
    assert!(read[0].words.contains("on me suit") && !read[0].words.contains("Awa"), "{read:?}");
}
