//! What is gone, what stays, and what an old backup still tells: nothing.

use std::sync::Arc;

use chrono::TimeDelta;
use entraide::{
    app::engine::Engine,
    domain::{
        data::{Change, Whose},
        decision,
        event::Platform,
        ids::{AccountId, PersonId},
    },
    store::{Store, questions::About, url_of},
    vault::{Existing, Field, Subject, Vault, VaultError},
};

use super::{
    desk::{self, NOON, told},
    found,
    people::{delivers, erases, ids, key, later, press, says, says_in_group},
    verified,
};

/// A group in which Awa did everything that leaves something behind; her person and her account.
async fn lived(engine: &mut Engine) -> (PersonId, AccountId) {
    desk::found(engine, "Nadia", &["Awa", "Sam"]).await;
    says(engine, "Nadia", "/crediter @Awa 30 merci").await;
    let asked = says(engine, "Awa", "/cava 2 canari-note").await;
    press(engine, &key(), "Awa", &asked, 1).await;
    says(engine, "Awa", "/donner @Sam 3 canari-motif").await;
    says(engine, "Awa", "/donner @Inconnue 2 canari-motif").await;
    says(engine, "Nadia", "/role @Awa animateur").await;
    says_in_group(engine, "Awa", "/seance \"Cercle\" 2026-12-20 18h 3 places prix 1").await;
    says_in_group(engine, "Nadia", "/seance \"Atelier\" 2026-12-21 18h 3 places prix 1").await;
    says(engine, "Awa", "/reserver 2").await;
    says(engine, "Awa", "/pseudo canari-alias").await;
    let asked = says(engine, "Awa", "/sujet canari-sujet").await;
    press(engine, &key(), "Awa", &asked, 1).await;
    says(engine, "Awa", "/reglages garder 24").await;
    let person = ids(engine, "SELECT person_id FROM membership WHERE role = 2").await[0];
    let account = engine.store().accounts_of(PersonId(person)).await.unwrap()[0];
    (PersonId(person), account)
}

#[tokio::test]
async fn everything_of_a_person_is_gone_and_the_ledger_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    let (person, account) = lived(&mut engine).await;
    let said = erases(&mut engine, "Awa").await;
    assert!(told(&said).contains(&("care-erase-done".to_owned(), false)), "{:?}", told(&said));

    let vault = Arc::clone(engine.store().vault());
    assert!(vault.is_destroyed(person.into()).unwrap() && vault.is_destroyed(account.into()).unwrap());
    assert_eq!(found(&mut engine, account.0).await, Vec::<String>::new(), "the account stands nowhere");
    let left = found(&mut engine, person.0).await;
    assert_eq!(left, ["transfer.by_person", "transfer.named_key", "transfer.reason_key"], "the session went to Nadia");
    assert_eq!(verified(folder.path()).await, "");
    let still = "SELECT COUNT(*) FROM ledger_account WHERE kind = 2 AND balance <> 0 AND id NOT IN (SELECT ledger_id FROM person)";
    assert_eq!(desk::number(&mut engine, still).await, 0, "her credits went to solidarity");
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM waiting_gift").await, 0);

    // The last answer is still to come; then its account goes, too.
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM farewell").await, 1);
    let farewell = ids(&mut engine, "SELECT account_id FROM farewell").await[0];
    delivers(&mut engine).await;
    assert_eq!(found(&mut engine, farewell).await, Vec::<String>::new());
    assert!(vault.is_destroyed(Subject(*farewell.as_bytes())).unwrap());
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM key_destruction").await, 0);
    assert_eq!(verified(folder.path()).await, "");
    let wal = std::fs::metadata(folder.path().join("entraide.db-wal")).map_or(0, |file| file.len());
    assert_eq!(wal, 0, "no page of hers is left in the log");
}

#[tokio::test]
async fn who_comes_back_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    let (person, account) = lived(&mut engine).await;
    erases(&mut engine, "Awa").await;
    // At once, before the answer arrived: the account that was there for it is hers now.
    let asked = says_in_group(&mut engine, "Awa", "/rejoindre").await;
    press(&mut engine, &key(), "Awa", &asked, 1).await;
    delivers(&mut engine).await;
    let new = says(&mut engine, "Awa", "/pseudo canari-alias").await;
    assert_eq!(told(&new)[0].0, "people-alias-set");
    let text = format!("{:?}", new[0].owed.what);
    assert!(!text.contains("people-alias-numbered"), "the alias is free again: {text}");
    let persons = ids(&mut engine, "SELECT id FROM person WHERE length(profile_sealed) > 0").await;
    let accounts = ids(&mut engine, "SELECT id FROM account").await;
    assert_eq!((persons.len(), accounts.len()), (3, 3));
    assert!(!persons.contains(&person.0) && !accounts.contains(&account.0));
    let month = says(&mut engine, "Awa", "/monmois").await;
    assert_eq!(told(&month)[0].0, "checkin-month-empty");
    // Twice, and once more as a stranger.
    for _ in 0..2 {
        let said = erases(&mut engine, "Awa").await;
        assert!(told(&said).contains(&("care-erase-done".to_owned(), false)));
        delivers(&mut engine).await;
    }
    let sos = says(&mut engine, "Awa", "/sos").await;
    assert!(!sos.is_empty(), "sos stays open");
    assert_eq!(verified(folder.path()).await, "");
}

#[tokio::test]
async fn a_key_that_is_destroyed_never_seals_again() {
    let vault = Vault::in_memory().unwrap();
    let subject = Subject([7; 16]);
    let field = Field::new("t", "c", b"row");
    let sealed = vault.seal(subject, &field, b"canari").unwrap();
    vault.make_durable().unwrap();
    assert_eq!(vault.destroyed(), 0);
    assert!(vault.destroy(subject).unwrap());
    assert!(!vault.destroy(subject).unwrap(), "it may be repeated");
    assert_eq!(vault.destroyed(), 1);
    assert_eq!(vault.open_sealed(subject, &field, &sealed).unwrap(), None);
    assert!(matches!(vault.seal(subject, &field, b"canari"), Err(VaultError::Destroyed { .. })), "sixteen bytes are used once");
    vault.destroy(Subject([8; 16])).unwrap();
    assert_eq!(vault.destroyed(), 2, "a subject without a key never gets one, either");
}

#[tokio::test]
async fn a_crash_before_the_keys_end_is_made_good_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    let (person, account) = lived(&mut engine).await;
    drop(engine);
    let vault = Arc::new(Vault::open(&folder.path().join("key"), &folder.path().join("ring"), Existing::Database).unwrap());
    let mut store = Store::open(&url_of(&folder.path().join("entraide.db")), vault).await.unwrap();
    store.begin().await.unwrap();
    let gone = [Change::ErasePerson(person), Change::EraseAccount { account, farewell: None }];
    for change in gone {
        store.apply(About::default(), decision::Change::Data(change), NOON).await.unwrap();
    }
    store.commit().await.unwrap();
    assert!(!store.vault().is_destroyed(person.into()).unwrap(), "here the machine dies");
    drop(store);

    let (mut engine, _) = desk::open(folder.path(), NOON, false).await;
    let vault = Arc::clone(engine.store().vault());
    assert!(vault.is_destroyed(person.into()).unwrap() && vault.is_destroyed(account.into()).unwrap());
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM key_destruction").await, 0);
}

#[tokio::test]
async fn a_rolled_back_erasure_destroys_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    let (person, _) = lived(&mut engine).await;
    let asked = says(&mut engine, "Awa", "/effacer").await;
    // The erasing event fails alone, and is put aside.
    desk::break_table(&mut engine, "key_destruction").await;
    let said = press(&mut engine, "pressed", "Awa", &asked, 1).await;
    assert_eq!(told(&said)[0].0, "incident");
    assert!(!engine.store().vault().is_destroyed(person.into()).unwrap());
    assert!(engine.store().person(person).await.unwrap().is_some(), "she is there as before");
}

#[tokio::test]
async fn an_old_backup_tells_nothing_of_the_erased_and_loses_them_again() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("entraide.db");
    let mut engine = desk::engine(folder.path()).await;
    let (person, account) = lived(&mut engine).await;
    delivers(&mut engine).await;
    engine.store().checkpoint().await.unwrap();
    let backup = folder.path().join("backup.db");
    std::fs::copy(&database, &backup).unwrap();
    erases(&mut engine, "Awa").await;
    delivers(&mut engine).await;
    drop(engine);
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.path().join(format!("entraide.db{ending}")));
    }
    std::fs::copy(&backup, &database).unwrap();

    // Nothing is done to it yet: what stands there cannot be read.
    let vault = Arc::new(Vault::open(&folder.path().join("key"), &folder.path().join("ring"), Existing::Database).unwrap());
    let mut store = Store::open(&url_of(&database), Arc::clone(&vault)).await.unwrap();
    assert!(store.person(person).await.unwrap().is_none());
    assert!(store.my_data(account, Whose::All, NOON).await.unwrap().communities.is_empty());
    drop(store);
    drop(vault);

    let (mut engine, _) = desk::open(folder.path(), NOON, false).await;
    later(&mut engine, NOON).await;
    assert_eq!(found(&mut engine, account.0).await, Vec::<String>::new());
    let left = found(&mut engine, person.0).await;
    assert_eq!(left, ["transfer.by_person", "transfer.named_key", "transfer.reason_key"]);
    assert_eq!(verified(folder.path()).await, "");
    // The address is free for somebody new.
    let asked = says_in_group(&mut engine, "Awa", "/rejoindre").await;
    let joined = press(&mut engine, &key(), "Awa", &asked, 1).await;
    assert_eq!(told(&joined)[0].0, "people-joined");
    assert!(engine.store().account_at(&desk::account(Platform::Terminal, "Awa")).await.unwrap().is_none_or(|row| row.id != account));
    drop(engine);
    // Nothing is left to be done again.
    let (mut engine, _) = desk::open(folder.path(), NOON.plus(TimeDelta::minutes(1)), false).await;
    assert_eq!(desk::number(&mut engine, "SELECT COUNT(*) FROM timer WHERE wake LIKE '%EraseAgain%'").await, 0);
}
