//! Erased at a bad moment: on a waiting list, while hosting, while gifts wait, in two communities, with two accounts.

use chrono::TimeDelta;
use entraide::{
    app::report::{Fate, Report},
    domain::event::Platform,
    store::outbox::Receiver,
};

use super::{
    desk::{self, NOON, told},
    found,
    people::{delivers, erases, ids, joins, key, later, press, says, says_in, says_in_group},
    verified,
};

fn lines(owed: &[entraide::store::outbox::Ready]) -> String {
    format!("{:?}", told(owed))
}

#[tokio::test]
async fn an_open_offer_goes_on_to_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa", "Sam", "Lou"]).await;
    says_in_group(&mut engine, "Nadia", "/seance \"Cercle\" 2026-12-20 18h 1 place prix 2").await;
    says(&mut engine, "Awa", "/reserver 1").await;
    for name in ["Sam", "Lou"] {
        let full = says(&mut engine, name, "/reserver 1").await;
        press(&mut engine, &key(), name, &full, 1).await;
    }
    let offered = says(&mut engine, "Awa", "/annuler 1").await;
    assert!(lines(&offered).contains("session-offer"));
    let said = erases(&mut engine, "Sam").await;
    assert!(lines(&said).contains("session-offer"), "Lou is next: {}", lines(&said));
    later(&mut engine, NOON.plus(TimeDelta::days(2))).await;
    assert_eq!(verified(folder.path()).await, "", "the timer of the old offer finds nothing");
}

#[tokio::test]
async fn a_session_that_nobody_else_may_hold_is_called_off() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa", "Sam"]).await;
    says(&mut engine, "Nadia", "/crediter @Awa 5 pour voir").await;
    says(&mut engine, "Nadia", "/role @Sam coordinateur").await;
    says_in_group(&mut engine, "Nadia", "/seance \"Cercle\" 2026-12-20 18h 3 places prix 2").await;
    says(&mut engine, "Awa", "/reserver 1").await;
    says(&mut engine, "Sam", "/reserver 1").await;
    // Sam coordinates, but has a seat in it: nobody is made to give one up.
    let said = erases(&mut engine, "Nadia").await;
    assert_eq!(told(&said).iter().filter(|(id, _)| id == "session-cancelled-notice").count(), 2, "{}", lines(&said));
    assert_eq!(verified(folder.path()).await, "");
    let credits = says(&mut engine, "Awa", "/solde").await;
    assert!(format!("{:?}", credits[0].owed.what).contains("Number(5)"), "her price is back: {:?}", credits[0].owed.what);
    let agenda = says(&mut engine, "Awa", "/agenda").await;
    assert!(!format!("{:?}", agenda[0].owed.what).contains("Cercle"));
    let last = says(&mut engine, "Sam", "/effacer").await;
    assert_eq!(told(&last)[0].0, "data-erase-last-coordinator");
}

#[tokio::test]
async fn a_session_under_way_gives_everything_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa", "Sam", "Lou"]).await;
    for name in ["Awa", "Lou"] {
        says(&mut engine, "Nadia", &format!("/crediter @{name} 5 pour voir")).await;
    }
    says(&mut engine, "Nadia", "/role @Sam animateur").await;
    says_in_group(&mut engine, "Sam", "/seance \"Cercle\" 2026-12-20 18h 3 places prix 2").await;
    for name in ["Awa", "Lou"] {
        says(&mut engine, name, "/reserver 1").await;
    }
    let begun = desk::number(&mut engine, "SELECT starts_at FROM session").await;
    later(&mut engine, entraide::domain::time::Timestamp::from_micros(begun + 60_000_000)).await;
    // First one who has a seat, then the host.
    erases(&mut engine, "Lou").await;
    assert_eq!(verified(folder.path()).await, "");
    let said = erases(&mut engine, "Sam").await;
    assert!(lines(&said).contains("data-session-closed"), "{}", lines(&said));
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM booking WHERE state = 0").await, 0);
    assert_eq!(verified(folder.path()).await, "");
    // The row of the session still says that somebody held it: an id and nothing else.
    let host = ids(&mut engine, "SELECT host_id FROM session").await[0];
    assert_eq!(found(&mut engine, host).await, ["person.alias_hash", "person.id", "person.look_hash", "session.host_id"]);
    later(&mut engine, NOON.plus(TimeDelta::days(120))).await;
    assert_eq!(verified(folder.path()).await, "");
}

#[tokio::test]
async fn gifts_that_wait_are_settled_and_tell_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa", "Sam"]).await;
    says(&mut engine, "Nadia", "/role @Sam coordinateur").await;
    says(&mut engine, "Sam", "/crediter @Awa 20 pour voir").await;
    // Given by who is erased: a gift, and a fund's grant, to people who are not there.
    says(&mut engine, "Awa", "/donner @Maya 4 pour plus tard").await;
    says(&mut engine, "Sam", "/crediter @Omar 6 bienvenue").await;
    // To be received by who is erased: Eve has an account and no person.
    says(&mut engine, "Eve", "/sos").await;
    says(&mut engine, "Awa", "/donner @Eve 1").await;
    for name in ["Eve", "Awa", "Sam"] {
        erases(&mut engine, name).await;
        delivers(&mut engine).await;
        assert_eq!(verified(folder.path()).await, "", "{name}");
    }
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM waiting_gift").await, 1, "the grant waits for Omar");
    joins(&mut engine, desk::room(Platform::Terminal, "group"), "Omar", "/rejoindre").await;
    let credits = says(&mut engine, "Omar", "/solde").await;
    assert!(format!("{:?}", credits[0].owed.what).contains("Number(6)"));
    later(&mut engine, NOON.plus(TimeDelta::days(8))).await;
    assert_eq!(verified(folder.path()).await, "", "what was to come back finds nothing to do");
}

#[tokio::test]
async fn what_was_issued_can_still_be_looked_at_after_its_receiver_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa", "Sam"]).await;
    says(&mut engine, "Nadia", "/crediter @Awa 20 par erreur").await;
    says(&mut engine, "Awa", "/donner @Sam 4 merci").await;
    let asked_back = says(&mut engine, "Sam", "/donner @Awa 1 retour").await;
    erases(&mut engine, "Awa").await;
    let refused = says(&mut engine, "Nadia", "/corriger 2 par erreur").await;
    assert_eq!(told(&refused)[0].0, "ledger-reverse-gone", "{refused:?}");
    let taken_back = press(&mut engine, &key(), "Sam", &asked_back, 1).await;
    assert!(!lines(&taken_back).contains("incident"), "{}", lines(&taken_back));
    // A correction of the grant has nothing to take from her account: what was left of it is with solidarity.
    let sql = "SELECT a.balance FROM transfer AS t JOIN ledger_account AS a ON a.id = t.to_account WHERE t.kind = 1";
    assert_eq!(desk::number(&mut engine, sql).await, 0);
    let sql = "SELECT a.balance FROM ledger_account AS a JOIN fund AS f ON f.account_id = a.id WHERE f.name = 'solidarity'";
    assert_eq!(desk::number(&mut engine, sql).await, 17);
    let statement = says(&mut engine, "Sam", "/releve").await;
    let words = format!("{:?}", statement[0].owed.what);
    assert!(!words.contains("merci") && words.contains("former-member"), "a former member: {words}");
    assert_eq!(verified(folder.path()).await, "");
}

#[tokio::test]
async fn a_debt_is_paid_by_solidarity() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa", "Sam"]).await;
    desk::sql(&mut engine, "UPDATE community SET floor_credits = -10".to_owned()).await;
    drop(engine);
    let (mut engine, _) = desk::open(folder.path(), NOON, false).await;
    says(&mut engine, "Awa", "/donner @Sam 7").await;
    erases(&mut engine, "Awa").await;
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM ledger_account WHERE kind = 2 AND balance < 0").await, 0);
    assert_eq!(verified(folder.path()).await, "");
}

#[tokio::test]
async fn of_two_communities_one_or_both() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    let garden = desk::room(Platform::Terminal, "jardin");
    desk::found(&mut engine, "Nadia", &["Awa"]).await;
    joins(&mut engine, garden.clone(), "Lou", "/installer").await;
    joins(&mut engine, garden.clone(), "Awa", "/rejoindre").await;
    says(&mut engine, "Lou", "/reglages association Le jardin").await;
    let account = engine.store().account_at(&desk::account(Platform::Terminal, "Awa")).await.unwrap().unwrap().id;
    let persons = engine.store().persons_of(account).await.unwrap();
    assert_eq!(persons.len(), 2);
    let which = says(&mut engine, "Awa", "/effacer").await;
    assert_eq!(told(&which)[0].0, "data-erase-which");
    let in_garden = engine.store().community(persons[0].community).await.unwrap().unwrap().name.is_some();
    let (here, there) = if in_garden { (1, 0) } else { (0, 1) };
    let asked = press(&mut engine, &key(), "Awa", &which, here + 1).await;
    assert_eq!(told(&asked)[0].0, "care-erase-ask");
    let said = press(&mut engine, &key(), "Awa", &asked, 1).await;
    assert!(lines(&said).contains("care-erase-done"));
    let vault = std::sync::Arc::clone(engine.store().vault());
    assert!(vault.is_destroyed(persons[here].id.into()).unwrap());
    assert!(!vault.is_destroyed(persons[there].id.into()).unwrap(), "the other community knows nothing of it");
    assert!(!vault.is_destroyed(account.into()).unwrap(), "the account belongs to the other person still");
    let credits = says_in(&mut engine, garden, "Awa", "/solde").await;
    assert_eq!(told(&credits)[0].0, "credits-title");
    erases(&mut engine, "Awa").await;
    assert!(vault.is_destroyed(persons[there].id.into()).unwrap() && vault.is_destroyed(account.into()).unwrap());
    assert_eq!(verified(folder.path()).await, "");
}

#[tokio::test]
async fn every_account_of_a_person_goes_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa"]).await;
    says(&mut engine, "Awa-2", "/sos").await;
    let of = |name: &'static str| desk::account(Platform::Terminal, name);
    let first = engine.store().account_at(&of("Awa")).await.unwrap().unwrap().id;
    let second = engine.store().account_at(&of("Awa-2")).await.unwrap().unwrap().id;
    let person = engine.store().persons_of(first).await.unwrap()[0].clone();
    let hex = |id: uuid::Uuid| format!("x'{}'", id.simple());
    let link = format!(
        "INSERT INTO person_account (account_id, community_id, person_id) VALUES ({}, {}, {})",
        hex(second.0),
        hex(person.community.0),
        hex(person.id.0)
    );
    desk::sql(&mut engine, link).await;
    drop(engine);
    let (mut engine, _) = desk::open(folder.path(), NOON, false).await;
    let said = erases(&mut engine, "Awa-2").await;
    assert!(lines(&said).contains("care-erase-done"));
    let vault = std::sync::Arc::clone(engine.store().vault());
    for subject in [first.into(), second.into(), person.id.into()] {
        assert!(vault.is_destroyed(subject).unwrap());
    }
    assert_eq!(verified(folder.path()).await, "");
}

#[tokio::test]
async fn a_last_answer_that_cannot_arrive_holds_the_account_for_a_day_at_most() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa"]).await;
    let said = erases(&mut engine, "Awa").await;
    let answer = said.into_iter().find(|ready| matches!(ready.owed.to, Receiver::Account(_))).unwrap();
    engine.handle_reports(&[Report { ready: answer, fate: Fate::DirectClosed { ephemeral: false } }]).await.unwrap();
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM farewell").await, 1);
    later(&mut engine, NOON.plus(TimeDelta::hours(26))).await;
    says(&mut engine, "Nadia", "/menu").await;
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM farewell").await, 0);
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM account").await, 1, "Nadia's");
}

#[tokio::test]
async fn what_failed_goes_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Awa"]).await;
    desk::break_table(&mut engine, "newest_choices").await;
    says(&mut engine, "Awa", "quel beau temps").await;
    says(&mut engine, "Nadia", "quel temps").await;
    desk::sql(&mut engine, "DROP TRIGGER defect".to_owned()).await;
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM incident WHERE account_id IS NOT NULL").await, 2);
    erases(&mut engine, "Awa").await;
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM incident").await, 1, "Nadia's is there still");
}

#[tokio::test]
async fn who_was_removed_without_return_does_not_come_back_as_new() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    desk::found(&mut engine, "Nadia", &["Sam", "Awa"]).await;
    for name in ["Sam", "Awa"] {
        let asked = says(&mut engine, "Nadia", &format!("/retirer @{name}")).await;
        press(&mut engine, &key(), "Nadia", &asked, 2).await;
        erases(&mut engine, name).await;
        delivers(&mut engine).await;
    }
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM account").await, 1, "Nadia's");
    let said = says_in_group(&mut engine, "Sam", "/rejoindre").await;
    assert!(lines(&said).contains("people-join-barred"));
    // It outlives another erasure, and a restart.
    erases(&mut engine, "Sam").await;
    delivers(&mut engine).await;
    drop(engine);
    let (mut engine, _) = desk::open(folder.path(), NOON, false).await;
    let said = says_in_group(&mut engine, "Sam", "/rejoindre").await;
    assert!(lines(&said).contains("people-join-barred"));
    // A coordinator lets them come back, by the user name; what is typed for nobody changes nothing.
    says(&mut engine, "Nadia", "/retirer @Personne retour").await;
    says(&mut engine, "Nadia", "/retirer @Sam retour").await;
    let said = says_in_group(&mut engine, "Sam", "/rejoindre").await;
    assert!(lines(&said).contains("care-consent"));
    // And after a year nobody knows any more who it was.
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM barred_account").await, 1);
    later(&mut engine, NOON.plus(TimeDelta::days(366))).await;
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM barred_account").await, 0);
    let said = says_in_group(&mut engine, "Awa", "/rejoindre").await;
    assert!(lines(&said).contains("care-consent"));
}
