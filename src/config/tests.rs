//! What can be wrong with a configuration, and what is right.

use std::fs;

use secrecy::ExposeSecret;

use super::*;
use crate::domain::event::Platform;

const LANGUAGES: &[&str] = &["fr", "en"];
const EXAMPLE: &str = include_str!("../../config/entraide.example.toml");

fn environment(pairs: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
    let home = [("HOME", "/home/op"), ("PATH", "/bin"), ("ENTRAIDER", "not ours")];
    pairs.iter().chain(&home).map(|(name, value)| (name.into(), value.into())).collect()
}

fn from_environment(pairs: &[(&str, &str)]) -> Result<Config, Faults> {
    Config::load(None, environment(pairs), LANGUAGES)
}

fn load(toml: &str, pairs: &[(&str, &str)]) -> Result<Config, Faults> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("entraide.toml");
    fs::write(&file, toml).unwrap();
    Config::load(Some(&file), environment(pairs), LANGUAGES)
}

/// Each fault of the file, as `key: text`.
fn faults(toml: &str, pairs: &[(&str, &str)]) -> Vec<String> {
    let faults = load(toml, pairs).err().map(|faults| faults.0).unwrap_or_default();
    faults.into_iter().map(|fault| format!("{}: {}", fault.key, fault.text)).collect()
}

fn check(toml: &str, expected: &[&str]) {
    assert_eq!(faults(toml, &[]), expected, "{toml}");
}

#[test]
fn nothing_at_all_is_a_configuration_with_its_defaults() {
    let config = from_environment(&[]).unwrap();
    assert_eq!(config.language, "fr");
    assert_eq!(config.zone, Zone::PARIS);
    assert_eq!(config.database.url, "sqlite:///home/op/.local/share/entraide/entraide.sqlite");
    assert_eq!(config.database.file, Path::new("/home/op/.local/share/entraide/entraide.sqlite"));
    assert_eq!(config.vault.key_file, Path::new("/home/op/.local/share/entraide-vault/master.key"));
    assert_eq!(config.vault.ring, Path::new("/home/op/.local/share/entraide-vault/keys.ring"));
    assert!(config.telegram.is_none() && config.matrix.is_none() && config.listen.is_none() && config.operator_room.is_none());
    assert_eq!(config.log_level, LevelFilter::INFO);
    let faults = config.ready_to_run().unwrap_err().to_string();
    assert!(faults.contains("telegram.token: no platform is configured") && faults.contains("ENTRAIDE_TELEGRAM__TOKEN"), "{faults}");
}

#[test]
fn the_environment_alone_will_do() {
    let config = from_environment(&[
        ("ENTRAIDE_LANGUAGE", "en"),
        ("ENTRAIDE_ZONE", "europe/brussels"),
        ("ENTRAIDE_DATABASE__URL", "sqlite:///srv/e/e.db"),
        ("ENTRAIDE_TELEGRAM__TOKEN", "12:abc_DEF-9"),
        ("ENTRAIDE_TELEGRAM__API_URL", "http://127.0.0.1:4000/"),
        ("ENTRAIDE_TELEGRAM__GROUP_MESSAGES_PER_MINUTE", "7"),
        ("ENTRAIDE_HTTP__LISTEN", "[::1]:8080"),
        ("ENTRAIDE_OPERATOR__ROOM", "-100123/4"),
        ("ENTRAIDE_LOG__LEVEL", "DEBUG"),
    ])
    .unwrap();
    assert_eq!((config.language.as_str(), config.zone.name()), ("en", "Europe/Brussels"));
    assert_eq!(config.vault.ring, Path::new("/srv/e-vault/keys.ring"));
    let telegram = config.telegram.as_ref().unwrap();
    assert_eq!(telegram.token.expose_secret(), "12:abc_DEF-9");
    assert_eq!(telegram.api_url, "http://127.0.0.1:4000");
    let pace = Pace { messages_per_second: 30, direct_messages_per_second: 1, group_messages_per_minute: 7 };
    assert_eq!(telegram.pace, pace);
    assert_eq!(config.listen.unwrap().port(), 8080);
    let room = config.operator_room.as_ref().unwrap();
    assert_eq!((room.platform, room.id.as_str(), room.direct), (Platform::Telegram, "-100123/4", false));
    assert_eq!(config.log_level, LevelFilter::DEBUG);
    config.ready_to_run().unwrap();
}

#[test]
fn the_environment_counts_more_than_the_file() {
    let config = load("language = 'fr'\n[telegram]\ntoken = '1:file'\n", &[("ENTRAIDE_LANGUAGE", "en")]).unwrap();
    assert_eq!(config.language, "en");
    assert_eq!(config.telegram.unwrap().token.expose_secret(), "1:file");
    let config = load("[telegram]\ntoken_file = '/nowhere'\n", &[("ENTRAIDE_TELEGRAM__TOKEN", "1:env")]).unwrap();
    assert_eq!(config.telegram.unwrap().token.expose_secret(), "1:env");
}

#[test]
fn secrets_can_stand_in_files_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("token");
    fs::write(&secret, "1:from-a-file\n").unwrap();
    let secret = secret.to_str().unwrap();
    let config = from_environment(&[("ENTRAIDE_TELEGRAM__TOKEN_FILE", secret)]).unwrap();
    assert_eq!(config.telegram.unwrap().token.expose_secret(), "1:from-a-file");
    let config = load(&format!("[telegram]\ntoken_file = '{secret}'"), &[]).unwrap();
    assert_eq!(config.telegram.unwrap().token.expose_secret(), "1:from-a-file");
    let both = faults(&format!("[telegram]\ntoken = '1:a'\ntoken_file = '{secret}'"), &[]);
    assert_eq!(both[0], "telegram.token: telegram.token_file is given too: keep one of the two");
    let gone = faults("[telegram]\ntoken_file = '/nowhere/token'", &[]);
    assert!(gone[0].starts_with("telegram.token_file: cannot read \"/nowhere/token\" (No such file"), "{gone:?}");
}

#[test]
fn impossible_values_are_refused_with_what_to_write() {
    check(
        "language = 'de'",
        &["language: \"de\": the program does not speak it; write one of the program's languages, for example \"fr\""],
    );
    check("zone = 'Paris'", &["zone: \"Paris\": there is no such time zone; write an IANA time zone, for example \"Europe/Paris\""]);
    check("language = ''", &["language: it is empty; write one of the program's languages, for example \"fr\", or remove it"]);
    check("language = ['fr']", &["language: a single value is wanted; write one of the program's languages, for example \"fr\""]);
    check("[log]\nlevel = 'loud'", &["log.level: \"loud\": it is not a level; write error, warn, info, debug or trace"]);
    check(
        "[http]\nlisten = '8080'",
        &["http.listen: \"8080\": it is not an address with a port; write an address and a port, for example \"127.0.0.1:8080\""],
    );
    check(
        "[telegram]\ntoken = '1:a'\nmessages_per_second = 0",
        &["telegram.messages_per_second: \"0\": it is out of range; write a whole number from 1 to 100000, for example 30"],
    );
    check(
        "[telegram]\ntoken = '1:a'\nmessages_per_second = 2.5",
        &["telegram.messages_per_second: \"2.5\": it is not a whole number; write a whole number from 1 to 100000, for example 30"],
    );
    check(
        "[vault]\nkey_file = '~/key'",
        &["vault.key_file: \"~/key\": the sign ~ is not understood here, the path is needed in full; \
           write the path of a file, for example \"/var/lib/entraide-vault/master.key\""],
    );
}

#[test]
fn databases_that_cannot_be_are_refused() {
    for (url, why) in [
        ("/var/lib/e.db", "it does not begin with sqlite:"),
        ("postgres://host/e", "PostgreSQL is not supported yet"),
        ("sqlite:", "the path of a file is missing"),
        ("sqlite:///var/lib/", "the path of a file is missing"),
        ("sqlite::memory:", "a database in memory is lost at every stop"),
        ("sqlite:///a.db?mode=memory", "the program sets the database's options itself, nothing may follow the path"),
    ] {
        let found = faults(&format!("[database]\nurl = '{url}'"), &[]);
        assert!(found[0].starts_with(&format!("database.url: {url:?}: {why}; write the address of a SQLite file")), "{found:?}");
        assert_eq!(found.len(), 1, "a fault is told once: {found:?}");
    }
}

#[test]
fn unknown_keys_are_refused_with_what_was_probably_meant() {
    check("langage = 'fr'", &["langage: there is no such key; did you mean language?"]);
    check("[telegram]\ntoken = '1:a'\ntokn = '1:a'", &["telegram.tokn: there is no such key; did you mean telegram.token?"]);
    check("[telegram]\ntoken = '1:a'\nlisten = 'x'", &["telegram.listen: there is no such key; did you mean http.listen?"]);
    check("[weather]\ntomorrow = 1", &["weather.tomorrow: there is no such key; remove it"]);
    check("[weather]\n", &["weather: there is no such key; remove it"]);
    check("telegram = 'x'", &["telegram: there is no such key; did you mean telegram.token?"]);
    let faults = from_environment(&[("ENTRAIDE_TELEGRAM_TOKEN", "1:secret")]).unwrap_err();
    let expected = "the configuration has a fault\n  telegram_token (environment variable ENTRAIDE_TELEGRAM_TOKEN): \
                    there is no such key; did you mean ENTRAIDE_TELEGRAM__TOKEN?";
    assert_eq!(faults.to_string(), expected);
}

#[test]
fn a_section_that_was_begun_needs_its_secrets() {
    check(
        "[telegram]\nmessages_per_second = 5",
        &["telegram.token: it is missing (telegram.messages_per_second is given); write the token that BotFather gave, \
           digits, a colon and letters, here, or telegram.token_file or as ENTRAIDE_TELEGRAM__TOKEN"],
    );
    let found = faults("[telegram]\ntoken = '1:a'\nwebhook_url = 'https://b.example.org/t'", &[]);
    let keys: Vec<_> = found.iter().filter_map(|fault| fault.split(": ").next()).collect();
    assert_eq!(keys, ["telegram.webhook_secret", "http.listen"]);
    let found = faults("[matrix]\nuser = '@a:b'", &[]);
    let keys: Vec<_> = found.iter().filter_map(|fault| fault.split(": ").next()).collect();
    assert_eq!(keys, ["matrix.homeserver"]);
}

#[test]
fn all_faults_are_told_at_once() {
    let toml = "zone = 'x'\ncolour = 'red'\n[telegram]\ntoken = 'x'\napi_url = 'ftp://a'\n[log]\nlevel = 'x'";
    let faults = load(toml, &[("ENTRAIDE_HTTP__LISTEN", "x"), ("ENTRAIDE_X", "y")]).unwrap_err();
    let keys: Vec<_> = faults.0.iter().map(|fault| fault.key.as_str()).collect();
    assert_eq!(keys, ["colour", "x", "zone", "telegram.token", "telegram.api_url", "http.listen", "log.level"]);
    let shown = faults.to_string();
    assert!(shown.starts_with("the configuration has 7 faults\n"), "{shown}");
    assert_eq!(shown.lines().count(), 8);
}

#[test]
fn no_secret_is_ever_shown() {
    let canary = "canary";
    for toml in [
        format!("[telegram]\ntoken = '{canary}'"),
        format!("[telegram]\ntoken = '1:{canary} '\nwebhook_secret = '{canary} {canary}'"),
        format!("[telegram]\ntoken = ['{canary}']"),
        format!("[telegram]\ntoken = '{canary}"),
        format!("[telegram]\ntoken = {canary}"),
        format!("[matrix]\npassword = '{canary}'\nrecovery_key = '{canary}'"),
    ] {
        let faults = load(&toml, &[]).unwrap_err();
        assert!(!format!("{faults} {faults:?}").contains(canary), "{faults}");
    }
    let config = from_environment(&[("ENTRAIDE_TELEGRAM__TOKEN", "1:canary")]).unwrap();
    assert!(!format!("{config:?}").contains(canary));
}

#[test]
fn a_file_that_is_no_toml_or_not_there_is_a_fault() {
    let found = faults("language = 'fr'\nzone 'x'\n", &[]);
    assert!(found[0].starts_with("--config: line 2 is not TOML ("), "{found:?}");
    let gone = Config::load(Some(Path::new("/nowhere/e.toml")), environment(&[]), LANGUAGES).unwrap_err();
    assert!(gone.to_string().contains("--config (/nowhere/e.toml): cannot be read: No such file"), "{gone}");
}

#[test]
fn without_a_home_the_database_must_be_named() {
    let faults = Config::load(None, [], LANGUAGES).unwrap_err();
    assert_eq!(faults.0.len(), 1);
    assert!(faults.to_string().contains("database.url: it is missing (no HOME says where data is kept)"), "{faults}");
    let xdg = [("XDG_DATA_HOME".into(), "/data".into())];
    assert_eq!(Config::load(None, xdg, LANGUAGES).unwrap().database.file, Path::new("/data/entraide/entraide.sqlite"));
}

#[test]
fn files_of_the_vault_are_apart_from_each_other_and_from_the_database() {
    check("[vault]\nkey_file = '/a/x'\nring = '/a/x'", &["vault.ring: it is the same file as vault.key_file; write two different paths"]);
    check(
        "[database]\nurl = 'sqlite:/a/x'\n[vault]\nring = '/a/x'",
        &["vault.ring: it is the same file as the database; write another path"],
    );
    let in_root = faults("[database]\nurl = 'sqlite:///x'", &[]);
    assert_eq!(in_root.len(), 2);
    assert!(in_root[0].starts_with("vault.key_file: it is missing (the database lies in the root folder)"), "{in_root:?}");
    let inside = load("[database]\nurl = 'sqlite:/a/x'\n[vault]\nring = '/a/ring'", &[]).unwrap();
    assert!(inside.cautions(None).iter().any(|caution| caution.starts_with("vault.ring lies in the database's folder")));
}

#[test]
fn who_may_invite_is_understood() {
    let some = load(
        "[matrix]\nhomeserver = 'https://m.example.org'\nuser = '@e:example.org'\nallowed_servers = 'a.org, *'\nallowed_users = '@a:b, @c:d'\n\
         messages_per_second = 50",
        &[],
    );
    let matrix = some.unwrap().matrix.unwrap();
    assert_eq!((matrix.allowed_servers, matrix.allowed_users), (vec!["a.org".into(), "*".into()], vec!["@a:b".into(), "@c:d".into()]));
    assert!(matrix.password.is_none() && matrix.store.ends_with("matrix"));
    assert_eq!(matrix.pace, Pace { messages_per_second: 50, direct_messages_per_second: 2, group_messages_per_minute: 60 });
    let wrong = "[matrix]\nhomeserver = 'https://m.example.org'\nuser = '@e:example.org'\nallowed_servers = 'a b'\nallowed_users = 'sam'";
    let found = faults(wrong, &[]);
    assert!(found[0].starts_with("matrix.allowed_servers: \"a b\": one of them is not the name of a homeserver; write"), "{found:?}");
    assert!(found[1].starts_with("matrix.allowed_users: \"sam\": one of them is not a full Matrix id; write"), "{found:?}");
}

#[test]
fn rooms_of_the_operator_are_understood() {
    let room = |text: &str| understand::room(text).map(|room| (room.platform, room.id, room.direct)).ok();
    assert_eq!(room("-1001234567890"), Some((Platform::Telegram, "-1001234567890".into(), false)));
    assert_eq!(room("4200000000"), Some((Platform::Telegram, "4200000000".into(), true)));
    assert_eq!(room("-100/7"), Some((Platform::Telegram, "-100/7".into(), false)));
    assert_eq!(room("!abc:example.org"), Some((Platform::Matrix, "!abc:example.org".into(), false)));
    for wrong in ["0", "@group", "-100/0", "-100/x", "!", "#room:example.org", "-100 5"] {
        assert_eq!(room(wrong), None, "{wrong}");
    }
}

/// The example with its keys switched on: lines such as `#key = …`.
fn uncommented() -> String {
    let key = |line: &&str| line.strip_prefix('#').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_lowercase()));
    EXAMPLE.lines().map(|line| if key(&line) { &line[1..] } else { line }).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_is_a_configuration_and_has_every_key() {
    let config = load(&uncommented(), &[]).unwrap();
    assert!(config.telegram.is_some_and(|telegram| telegram.webhook.is_some()) && config.matrix.is_some());
    let table: toml::Table = toml::from_str(&uncommented()).unwrap();
    for key in keys::KEYS {
        let mut value = Some(&toml::Value::Table(table.clone())).cloned();
        for part in key.name.split('.') {
            value = value.and_then(|value| value.get(part).cloned());
        }
        assert!(value.is_some(), "the example does not explain {}", key.name);
    }
}

#[test]
fn the_example_as_it_stands_changes_nothing() {
    let (example, nothing) = (load(EXAMPLE, &[]).unwrap(), from_environment(&[]).unwrap());
    assert_eq!(format!("{example:?}"), format!("{nothing:?}"));
}

#[test]
fn defaults_that_the_example_shows_are_the_programs() {
    let pick = [
        "language = ",
        "zone = ",
        "api_url = ",
        "messages_per_second = ",
        "direct_messages_per_second = ",
        "group_messages_per_minute = ",
        "level = ",
    ];
    let shown: String = EXAMPLE
        .lines()
        .filter(|line| line.starts_with('[') || pick.iter().any(|key| line.strip_prefix('#').is_some_and(|line| line.starts_with(key))))
        .map(|line| format!("{}\n", line.trim_start_matches('#')))
        .collect();
    let needed = [
        ("ENTRAIDE_TELEGRAM__TOKEN", "1:a"),
        ("ENTRAIDE_MATRIX__HOMESERVER", "https://m.example.org"),
        ("ENTRAIDE_MATRIX__USER", "@e:example.org"),
    ];
    assert_eq!(format!("{:?}", load(&shown, &needed).unwrap()), format!("{:?}", from_environment(&needed).unwrap()));
}
