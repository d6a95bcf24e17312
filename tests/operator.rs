//! What an operator does with a running and a stopped bot: verify, back up, restore, stop, start twice by mistake.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{os::unix::fs::PermissionsExt, time::Duration};

use support::{
    bot_api::{BotApi, UserId},
    circle::Circle,
    program::Program,
};

const TAKES: Duration = Duration::from_secs(30);

/// The newest words of the bot to a person in private.
fn newest(api: &BotApi, user: UserId) -> String {
    api.bot_texts(user, user).pop().unwrap_or_default()
}

/// Asks for the balance and waits for words that hold `expected`.
fn balance_is(api: &BotApi, user: UserId, expected: &str) {
    let before = api.bot_texts(user, user).len();
    api.writes(user, user, "/solde");
    api.wait_for("the balance", TAKES, |state| {
        state.visible(user, user.into()).filter(|message| message.author == support::bot_api::Author::Bot).count() > before
    });
    let said = newest(api, user);
    assert!(said.contains(expected), "{expected} is not in: {said}");
}

#[test]
fn a_backup_of_a_running_bot_brings_back_what_was() {
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let at = |name: &str| folder.path().join(name).display().to_string();
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, TAKES);
    let circle = Circle::found(&api, 2);
    circle.issue_to_all(&api, 7);
    let awa = circle.members[0].1;
    balance_is(&api, awa, "7 crédits");

    let (ok, text) = Program::says(folder.path(), &["verify"]);
    assert!(ok, "verified by the running bot: {text}");
    let (ok, text) = Program::says(folder.path(), &["backup", &at("copy.db")]);
    assert!(ok, "{text}");
    assert_eq!(std::fs::metadata(at("copy.db")).unwrap().permissions().mode() & 0o777, 0o600);
    let (ok, text) = Program::says(folder.path(), &["backup", &at("copy.db")]);
    assert!(!ok && text.contains("there already"), "a backup is never written over: {text}");
    let (ok, text) = Program::says(folder.path(), &["restore", &at("copy.db")]);
    assert!(!ok && text.contains("stop it first"), "{text}");
    let (ok, text) = Program::says(folder.path(), &["run"]);
    assert!(!ok, "a second instance is refused: {text}");

    api.writes(circle.coordinator, circle.coordinator, "/crediter @Membre1 5 après la copie");
    api.wait_quiet(Duration::from_millis(300), TAKES);
    balance_is(&api, awa, "12 crédits");
    assert!(program.stop(TAKES).success());
    let (ok, text) = Program::says(folder.path(), &["verify"]);
    assert!(ok, "verified with nobody running: {text}");

    let (ok, text) = Program::says(folder.path(), &["restore", &at("copy.db")]);
    assert!(ok, "{text}");
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, TAKES);
    balance_is(&api, awa, "7 crédits");
}

#[test]
fn a_restore_that_does_not_fit_the_keys_changes_nothing() {
    let (api, folder, other) = (BotApi::start(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [&folder, &other] {
        let mut program = Program::start(&api, folder.path());
        program.wait_until_polling(&api, TAKES);
        assert!(program.stop(TAKES).success());
    }
    let foreign = other.path().join("copy.db").display().to_string();
    assert!(Program::says(other.path(), &["backup", &foreign]).0);
    let (ok, text) = Program::says(folder.path(), &["restore", &foreign]);
    assert!(!ok && text.contains("nothing was changed"), "{text}");
    let (ok, text) = Program::says(folder.path(), &["verify"]);
    assert!(ok, "the old database is in its place: {text}");
}

#[test]
fn a_missing_ring_is_refused_and_never_remade() {
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, TAKES);
    assert!(program.stop(TAKES).success());
    let ring = folder.path().join("key.ring");
    std::fs::rename(&ring, folder.path().join("elsewhere")).unwrap();
    for args in [["run"], ["verify"], ["check"]] {
        let (ok, text) = Program::says(folder.path(), &args);
        assert!(!ok, "{args:?}: {text}");
        assert!(!ring.exists(), "{args:?} made a new ring");
    }
}

#[test]
fn a_ledger_that_was_touched_is_found_out() {
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, TAKES);
    let circle = Circle::found(&api, 1);
    circle.issue_to_all(&api, 7);
    api.wait_quiet(Duration::from_millis(300), TAKES);
    assert!(program.stop(TAKES).success());
    assert!(Program::says(folder.path(), &["verify"]).0);
    let database = folder.path().join("data.db");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut writer = entraide::store::sql::Writer::connect(&entraide::store::url_of(&database)).await.unwrap();
        let refused = writer.run("UPDATE transfer SET amount = amount + 1", vec![]).await;
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("append"), "the ledger refuses to be edited: {refused}");
        writer.run("UPDATE ledger_account SET balance = balance + 1 WHERE balance > 0", vec![]).await.unwrap();
    });
    let (ok, text) = Program::says(folder.path(), &["verify"]);
    assert!(!ok, "a balance out of nothing: {text}");
}

#[test]
fn a_database_of_a_newer_program_is_refused_in_plain_words() {
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, TAKES);
    assert!(program.stop(TAKES).success());
    let database = folder.path().join("data.db");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut writer = entraide::store::sql::Writer::connect(&entraide::store::url_of(&database)).await.unwrap();
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                     VALUES (9999, 'from the future', 1, x'00', 0)";
        writer.run(newer, vec![]).await.unwrap();
    });
    for args in [["run"], ["check"]] {
        let (ok, said) = Program::says_on(&api, folder.path(), &args);
        assert!(!ok && said.contains("newer version of entraide (its migration 9999"), "{args:?}: {said}");
    }
}
