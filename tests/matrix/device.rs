//! The bot's device: made in one go, trusted by others, alone on its store, and made anew from the recovery key.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use serde_json::{Value, json};

use crate::{
    bot::{Bot, said},
    circle::{Circle, Room},
    support::{
        matrix::{People, Synapse},
        program::Program,
    },
};

/// What the homeserver tells everybody of an account's keys.
pub fn keys_of(synapse: &Synapse, user: &str) -> Value {
    let asking = People::on(synapse).person(synapse, "Zoe");
    asking.raw("POST", "/_matrix/client/v3/keys/query", &json!({"device_keys": {user: []}}))
}

/// The device of the program, by what `status` says.
pub fn device_of(bot: &Bot) -> String {
    let output = bot.subcommand(&["matrix", "status"]);
    let text = said(&output);
    assert!(output.status.success(), "{text}");
    let line = text.lines().find_map(|line| line.strip_prefix("device")).unwrap_or_else(|| panic!("{text}"));
    line.trim().to_owned()
}

/// The recovery key that a login printed.
pub fn recovery_key(login: &str) -> Option<String> {
    let is_key = |line: &&str| line.split_whitespace().count() > 8 && line.split_whitespace().all(|part| part.len() == 4);
    login.lines().map(str::trim).find(is_key).map(str::to_owned)
}

/// Everything below is for the account alone that the program runs as.
fn assert_closed(path: &Path) {
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode & 0o077, 0, "{} is open to others: {mode:o}", path.display());
        if path.is_dir() {
            assert_closed(&path);
        }
    }
}

#[test]
fn a_login_makes_a_device_that_others_can_trust() {
    let synapse = Synapse::shared();
    let bot = Bot::new(synapse, None);
    let key = recovery_key(&bot.login).unwrap_or_else(|| panic!("no recovery key: {}", bot.login));
    assert_closed(&bot.store());
    let device = device_of(&bot);
    let keys = keys_of(synapse, &bot.user);
    let (user, self_signing) = (bot.user.as_str(), &keys["self_signing_keys"][bot.user.as_str()]["keys"]);
    let self_signing = self_signing.as_object().and_then(|keys| keys.keys().next()).unwrap_or_else(|| panic!("{keys}"));
    assert!(keys["master_keys"][user]["keys"].is_object(), "{keys}");
    let signatures = &keys["device_keys"][user][&device]["signatures"][user];
    assert!(signatures[self_signing].is_string(), "the identity signs the device: {keys}");
    // Again, it completes what is missing, which is nothing.
    let again = bot.subcommand(&["matrix", "login"]);
    let text = said(&again);
    assert!(again.status.success() && text.contains(&device) && recovery_key(&text).is_none(), "{text}");
    assert!(!text.contains(&key));
    // A name and a picture, so that people know who speaks.
    let zoe = People::on(synapse).person(synapse, "Zoe");
    let profile = zoe.raw("GET", &format!("/_matrix/client/v3/profile/{user}"), &Value::Null);
    assert!(profile["displayname"] == "entraide" && profile["avatar_url"].is_string(), "{profile}");
}

#[test]
fn a_login_that_cannot_work_says_what_to_do() {
    let synapse = Synapse::shared();
    let mut bot = Bot::stranger(synapse, None);
    let check = |bot: &Bot, args: &[&str], words: &str| {
        let output = bot.subcommand(args);
        let text = said(&output);
        assert!(!output.status.success() && text.contains(words), "{text}");
    };
    check(&bot, &["matrix", "status"], "entraide matrix login");
    bot.set("ENTRAIDE_MATRIX__PASSWORD", "un autre");
    check(&bot, &["matrix", "login"], "password");
    bot.set("ENTRAIDE_MATRIX__HOMESERVER", "http://127.0.0.1:9");
    check(&bot, &["matrix", "login"], "homeserver");
    assert!(!bot.subcommand(&["matrix", "login"]).stderr.is_empty());
}

#[test]
fn a_second_process_on_the_same_store_is_refused() {
    let synapse = Synapse::shared();
    let mut circle = Circle::found(synapse, None, 0);
    let mut other = Bot::stranger(synapse, None);
    for (name, value) in &circle.bot.settings {
        other.set(name, value);
    }
    // A database of its own, the master key and the store of the first.
    fs::copy(circle.bot.path().join("master.key"), other.path().join("master.key")).unwrap();
    let output = Program::subcommand_with(other.path(), &["run"], &other.pairs());
    let text = format!("{}{}", said(&output), other.log());
    assert!(!output.status.success() && text.contains("another entraide works with"), "{text}");
    circle.coordinator.asks("!menu");
    circle.bot.program().assert_running();
}

#[test]
fn a_lost_store_comes_back_from_the_recovery_key() {
    let synapse = Synapse::shared();
    let mut bot = Bot::new(synapse, None);
    let key = recovery_key(&bot.login).unwrap_or_else(|| panic!("no recovery key: {}", bot.login));
    bot.set("ENTRAIDE_MATRIX__RECOVERY_KEY", &key);
    let mut circle = Circle::with(synapse, bot, Room::Encrypted, 1);
    let before = device_of(&circle.bot);
    circle.members[0].asks("!menu");
    circle.bot.stop();
    // Written for a device that will never read it, with a room key that the backup has.
    circle.members[0].person.says(&circle.members[0].direct, "!solde");
    fs::remove_dir_all(circle.bot.store()).unwrap();
    let answer = circle.members[0].answer_to(|| circle.bot.start());
    assert!(answer.body().contains("crédit"), "{}", circle.story());
    circle.members[0].asks("!menu");
    circle.coordinator.person.says(&circle.group, "!menu");
    circle
        .coordinator
        .person
        .wait_for(&circle.group, "an answer in the group", |heard| heard.is_message() && heard.sender == circle.bot.user);
    let after = device_of(&circle.bot);
    assert_ne!(before, after);
    let (user, keys) = (circle.bot.user.as_str(), keys_of(synapse, &circle.bot.user));
    let signatures = keys["device_keys"][user][&after]["signatures"][user].as_object().unwrap();
    assert_eq!(signatures.len(), 2, "the identity signs the new device: {keys}");
    // A store that is of no use is told from none, and set aside.
    circle.bot.stop();
    fs::remove_dir_all(circle.bot.store().join("sdk")).unwrap();
    fs::create_dir(circle.bot.store().join("sdk")).unwrap();
    fs::write(circle.bot.store().join("sdk/matrix-sdk-state.sqlite3"), "something else").unwrap();
    circle.bot.start();
    circle.members[0].asks("!menu");
    assert!(circle.bot.log().contains("set aside"), "{}", circle.bot.log());
}

#[test]
fn without_a_recovery_key_a_lost_store_is_said_and_nothing_is_made() {
    let synapse = Synapse::shared();
    let bot = Bot::new(synapse, None);
    let device = device_of(&bot);
    fs::remove_dir_all(bot.store()).unwrap();
    let output = bot.subcommand(&["run"]);
    let text = said(&output);
    assert!(!output.status.success() && text.contains("matrix.recovery_key"), "{text}");
    let keys = keys_of(synapse, &bot.user);
    let devices = keys["device_keys"][bot.user.as_str()].as_object().unwrap();
    assert_eq!(devices.keys().collect::<Vec<_>>(), [&device]);
}
