//! The running program: killed (SIGKILL) around an erasure, started on an old ring, and what its log tells of who was erased.

use std::{fs, path::Path, thread, time::Duration};

use entraide::{
    store::sql::Reader,
    vault::{Existing, Subject, Vault},
};

use super::support::{
    bot_api::{BotApi, Fault, UserId},
    circle::Circle,
    gifts::Dice,
    program::Program,
};

const TAKES: Duration = Duration::from_secs(60);
const ERASED: &str = "C'est effacé.";

/// The ids in a table of the database, while the program may run.
fn ids(folder: &Path, sql: &'static str) -> Vec<uuid::Uuid> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut reader = Reader::open(&folder.join("data.db")).await.unwrap();
        reader.rows(sql, vec![]).await.unwrap().iter().map(|row| row.id(0).unwrap()).collect()
    })
}

/// Everybody who can be read, and every account.
fn everybody(folder: &Path) -> Vec<uuid::Uuid> {
    [ids(folder, "SELECT id FROM person WHERE length(profile_sealed) > 0"), ids(folder, "SELECT id FROM account")].concat()
}

/// The member asks for the erasure and says yes; the answer is not waited for.
fn asks_to_be_erased(api: &BotApi, user: UserId) {
    api.writes(user, user, "/effacer");
    api.wait_for_text(user, user, "Tout effacer ?");
    api.presses(user, user, 1).unwrap();
}

#[test]
fn whenever_it_is_killed_an_erasure_is_whole_in_the_end() {
    let long = std::env::var_os("ENTRAIDE_TEST_LONG").is_some();
    let mut dice = Dice::thrown();
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, TAKES);
    let circle = Circle::found(&api, if long { 60 } else { 10 });
    circle.issue_to_all(&api, 5);
    let before = everybody(folder.path());
    for (_, user) in &circle.members {
        asks_to_be_erased(&api, *user);
        // Before it was read, between the commit and the keys, after the answer: whatever the moment.
        thread::sleep(dice.millis(0, 40));
        program.assert_running();
        program.kill();
        program = Program::start(&api, folder.path());
        program.wait_until_polling(&api, TAKES);
        api.wait_for_text(*user, *user, ERASED);
    }
    api.wait_quiet(Duration::from_millis(500), TAKES);
    assert!(program.stop(TAKES).success(), "{}", program.log());

    // The coordinator alone is left; of everybody else nothing opens any more.
    let left = everybody(folder.path());
    assert_eq!(left.len(), 2, "one person and one account");
    assert_eq!(ids(folder.path(), "SELECT subject FROM key_destruction"), Vec::<uuid::Uuid>::new());
    assert_eq!(ids(folder.path(), "SELECT account_id FROM farewell"), Vec::<uuid::Uuid>::new());
    let vault = Vault::open(&folder.path().join("master.key"), &folder.path().join("key.ring"), Existing::Database).unwrap();
    for id in before {
        assert_eq!(vault.is_destroyed(Subject(*id.as_bytes())).unwrap(), !left.contains(&id), "{id}");
    }
    drop(vault);
    let (sound, verified) = Program::says(folder.path(), &["verify"]);
    assert!(sound, "{verified}");
}

#[test]
fn an_old_ring_is_refused_and_nobody_who_was_erased_comes_back_with_it() {
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let ring = folder.path().join("key.ring");
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, TAKES);
    let old = fs::read(&ring).unwrap();
    let circle = Circle::found(&api, 2);
    let with_members = fs::read(&ring).unwrap();
    let (_, gone) = circle.members[0];
    asks_to_be_erased(&api, gone);
    api.wait_for_text(gone, gone, ERASED);
    api.wait_quiet(Duration::from_millis(300), TAKES);
    assert!(program.stop(TAKES).success());
    let current = fs::read(&ring).unwrap();

    for copy in [&old, &with_members] {
        fs::write(&ring, copy).unwrap();
        for args in [["run"], ["verify"], ["check"]] {
            let (ok, said) = Program::says_on(&api, folder.path(), &args);
            assert!(!ok && said.contains("is older than the database"), "{args:?}: {said}");
            assert_eq!(&fs::read(&ring).unwrap(), copy, "{args:?} leaves the ring as it is");
        }
    }
    fs::write(&ring, current).unwrap();
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, TAKES);
    assert!(program.stop(TAKES).success());
}

#[test]
fn the_log_and_the_files_tell_nothing_of_who_was_erased() {
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let mut program = Program::start_with(&api, folder.path(), &[("ENTRAIDE_LOG__LEVEL", "trace")]);
    program.wait_until_polling(&api, TAKES);
    let circle = Circle::found(&api, 2);
    circle.issue_to_all(&api, 5);
    let (name, user) = (circle.members[0].0.clone(), circle.members[0].1);
    for said in ["/pseudo canari-alias", "/donner @Membre2 1 canari-motif", "/merci @Membre2 canari-mot", "/signaler canari-signalement"] {
        let description = format!("Bad Request: can't parse \"{name} ({}) {said}\"", user.0);
        api.inject("sendMessage", 1, Fault::Refuse { code: 400, description });
        api.writes(user, user, said);
        api.wait_quiet(Duration::from_millis(300), TAKES);
    }
    api.heal();
    asks_to_be_erased(&api, user);
    api.wait_for_text(user, user, ERASED);
    api.wait_quiet(Duration::from_millis(500), TAKES);
    let logged = program.log();
    assert!(logged.contains(" WARN ") && logged.contains(" INFO "), "the log tells much else: {logged}");
    program.kill();

    let number = user.0.to_string();
    let words = [name.as_str(), number.as_str(), "canari"];
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_file() {
            continue; // The socket of an instance that was killed.
        }
        let bytes = fs::read(&path).unwrap();
        for word in words {
            assert!(!holds(&bytes, word), "{word} stands in {}", path.display());
        }
    }
    assert!(holds(api.transcript().as_bytes(), "canari"), "the search finds what is there");
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}
