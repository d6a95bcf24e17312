//! Ways to a device: with an access token, over an identity from before, on a new machine with the recovery key.

use std::fs;

use serde_json::{Value, json};

use crate::{
    bot::{Bot, said},
    circle::{Circle, Room},
    device::{device_of, keys_of, recovery_key},
    support::{
        matrix::{PASSWORD, People, Person, Synapse},
        program::Program,
    },
};

/// Somebody through whom the test can ask the homeserver.
fn asking(synapse: &Synapse) -> Person {
    People::on(synapse).person(synapse, "Zoe")
}

/// A session of the account that no program uses yet: its access token and its device.
fn session(asking: &Person, user: &str) -> (String, String) {
    let identifier = json!({"type": "m.id.user", "user": user});
    let body = json!({"type": "m.login.password", "identifier": identifier, "password": PASSWORD});
    let made = asking.raw("POST", "/_matrix/client/v3/login", &body);
    let text = |name: &str| made[name].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    (text("access_token"), text("device_id"))
}

/// How many devices the account has.
fn devices(synapse: &Synapse, user: &str) -> usize {
    synapse.admin("GET", &format!("/_synapse/admin/v2/users/{user}/devices"), &Value::Null)["devices"].as_array().unwrap().len()
}

/// Another machine with the same account, and nothing else of it.
fn elsewhere(synapse: &Synapse, bot: &Bot) -> Bot {
    let mut other = Bot::stranger(synapse, None);
    other.user = bot.user.clone();
    other.set("ENTRAIDE_MATRIX__USER", &bot.user);
    other
}

/// Runs a subcommand that must work; what it said.
fn works(bot: &Bot, args: &[&str]) -> String {
    let output = bot.subcommand(args);
    let text = said(&output);
    assert!(output.status.success(), "{args:?}: {text}");
    text
}

/// Runs a subcommand that must refuse with these words.
fn refuses(bot: &Bot, args: &[&str], words: &str) {
    let output = bot.subcommand(args);
    let text = said(&output);
    assert!(!output.status.success() && text.contains(words), "{args:?} should say {words:?}: {text}");
}

#[test]
fn an_access_token_makes_a_device_without_the_password() {
    let synapse = Synapse::shared();
    let mut bot = Bot::stranger(synapse, None);
    bot.unset("ENTRAIDE_MATRIX__PASSWORD");
    let (token, device) = session(&asking(synapse), &bot.user);
    let file = bot.path().join("token");
    let login = ["matrix", "login", "--token-file", file.to_str().unwrap()];
    refuses(&bot, &login, "cannot read");
    fs::write(&file, "nonsense\n").unwrap();
    refuses(&bot, &login, "refuses the access token");
    fs::write(&file, session(&asking(synapse), &synapse.register("other")).0).unwrap();
    refuses(&bot, &login, "another account");
    fs::write(&file, format!("{token}\n")).unwrap();
    let text = works(&bot, &login);
    assert!(text.contains(&device) && recovery_key(&text).is_some() && !text.contains(&token), "{text}");
    assert_eq!(device_of(&bot), device);
    // The session is there now: neither token nor password are needed any more.
    fs::remove_file(&file).unwrap();
    let circle = Circle::with(synapse, bot, Room::Encrypted, 0);
    assert!(circle.coordinator.asks("!menu").encrypted);
}

#[test]
fn the_password_is_read_from_a_file_or_asked_for() {
    let synapse = Synapse::shared();
    let mut typed = Bot::stranger(synapse, None);
    typed.unset("ENTRAIDE_MATRIX__PASSWORD");
    let login = |line: &str| said(&Program::subcommand_typing(typed.path(), &["matrix", "login"], &typed.pairs(), line));
    assert!(login("").contains("nothing was entered"));
    assert!(login("un autre").contains("refuses matrix.user with this password"));
    let text = login(PASSWORD);
    assert!(recovery_key(&text).is_some() && !text.contains(PASSWORD), "{text}");
    works(&typed, &["matrix", "status"]);
    let mut from_file = Bot::stranger(synapse, None);
    from_file.unset("ENTRAIDE_MATRIX__PASSWORD");
    let file = from_file.path().join("password");
    fs::write(&file, format!("{PASSWORD}\n")).unwrap();
    from_file.set("ENTRAIDE_MATRIX__PASSWORD_FILE", file.to_str().unwrap());
    assert!(recovery_key(&works(&from_file, &["matrix", "login"])).is_some());
}

#[test]
fn an_identity_from_before_is_kept_or_given_up_by_a_word_of_the_operator() {
    let synapse = Synapse::shared();
    let bot = Bot::new(synapse, None);
    let master = |keys: &Value| keys["master_keys"][&bot.user]["keys"].clone();
    let before = master(&keys_of(synapse, &bot.user));
    let other = elsewhere(synapse, &bot);
    refuses(&other, &["matrix", "login"], "--reset-identity");
    assert_eq!(master(&keys_of(synapse, &bot.user)), before, "nothing was given up");
    let text = works(&other, &["matrix", "login", "--reset-identity"]);
    assert!(recovery_key(&text).is_some(), "{text}");
    assert_ne!(master(&keys_of(synapse, &bot.user)), before);
    works(&other, &["matrix", "status"]);
    // The first device is not this identity's, and says so.
    refuses(&bot, &["matrix", "status"], "no: ");
    let circle = Circle::with(synapse, other, Room::Encrypted, 0);
    assert!(circle.coordinator.asks("!menu").encrypted);
}

#[test]
fn on_a_new_machine_the_recovery_key_brings_everything_back() {
    let synapse = Synapse::shared();
    let bot = Bot::new(synapse, None);
    let key = recovery_key(&bot.login).unwrap_or_else(|| panic!("no recovery key: {}", bot.login));
    let mut circle = Circle::with(synapse, bot, Room::Encrypted, 1);
    let before = device_of(&circle.bot);
    circle.members[0].asks("!menu");
    circle.bot.stop();
    circle.members[0].person.says(&circle.members[0].direct, "!solde");
    // The database and the keys were brought along; the state of the encryption never is.
    fs::remove_dir_all(circle.bot.store()).unwrap();
    let (wrong, count) = (key.chars().rev().collect::<String>(), devices(synapse, &circle.bot.user));
    circle.bot.set("ENTRAIDE_MATRIX__RECOVERY_KEY", &wrong);
    refuses(&circle.bot, &["matrix", "recovery"], "does not open");
    assert_eq!(devices(synapse, &circle.bot.user), count, "no device stays behind that nobody trusts");
    circle.bot.set("ENTRAIDE_MATRIX__RECOVERY_KEY", &key);
    let text = works(&circle.bot, &["matrix", "recovery"]);
    assert!(text.contains("made; verified, backed up") && !text.contains(&key), "{text}");
    circle.bot.unset("ENTRAIDE_MATRIX__RECOVERY_KEY");
    assert_ne!(device_of(&circle.bot), before);
    let answer = circle.members[0].answer_to(|| circle.bot.start());
    assert!(answer.body().contains("crédit"), "what came before the device is read with the backup: {}", circle.story());
    refuses(&circle.bot, &["matrix", "recovery"], "stop it first");
    circle.bot.stop();
    // A new key takes the place of one that got out.
    let text = works(&circle.bot, &["matrix", "recovery", "--new-key"]);
    let fresh = recovery_key(&text).unwrap_or_else(|| panic!("{text}"));
    assert_ne!(fresh, key);
    let mut third = elsewhere(synapse, &circle.bot);
    third.set("ENTRAIDE_MATRIX__RECOVERY_KEY", &key);
    refuses(&third, &["matrix", "recovery"], "does not open");
    third.set("ENTRAIDE_MATRIX__RECOVERY_KEY", &fresh);
    works(&third, &["matrix", "recovery"]);
    works(&third, &["matrix", "status"]);
}
