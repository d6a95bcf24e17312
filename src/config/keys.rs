//! The keys that a configuration may have: one table, from which everything else is checked.

/// One key.
pub(super) struct Key {
    /// Its full name.
    pub(super) name: &'static str,
    /// Its value is never shown, and may be kept in a file of its own: `<key>_file`.
    pub(super) secret: bool,
    /// What to write, after the word "write".
    pub(super) write: &'static str,
}

const fn plain(name: &'static str, write: &'static str) -> Key {
    Key { name, secret: false, write }
}

const fn secret(name: &'static str, write: &'static str) -> Key {
    Key { name, secret: true, write }
}

/// What the names of our environment variables begin with.
pub(super) const VARIABLES_BEGIN: &str = "ENTRAIDE_";

/// All keys.
pub(super) const KEYS: &[Key] = &[
    plain("language", "one of the program's languages, for example \"fr\""),
    plain("zone", "an IANA time zone, for example \"Europe/Paris\""),
    plain("locales", "the path of a folder, for example \"/etc/entraide/locales\""),
    plain("database.url", "the address of a SQLite file, for example \"sqlite:///var/lib/entraide/entraide.sqlite\""),
    plain("vault.key_file", "the path of a file, for example \"/var/lib/entraide-vault/master.key\""),
    plain("vault.ring", "the path of a file, for example \"/var/lib/entraide-vault/keys.ring\""),
    secret("telegram.token", "the token that BotFather gave, digits, a colon and letters"),
    plain("telegram.api_url", "the address of a Bot API server, for example \"https://api.telegram.org\""),
    plain("telegram.webhook_url", "the public address of this program, for example \"https://bot.example.org/telegram\""),
    secret("telegram.webhook_secret", "1 to 256 letters, digits, _ or -, for example what `openssl rand -hex 32` prints"),
    plain("telegram.messages_per_second", "a whole number from 1 to 100000, for example 30"),
    plain("telegram.direct_messages_per_second", "a whole number from 1 to 100000, for example 1"),
    plain("telegram.group_messages_per_minute", "a whole number from 1 to 100000, for example 20"),
    plain("matrix.homeserver", "the address of the homeserver, for example \"https://matrix.example.org\""),
    plain("matrix.user", "the bot's full Matrix id, for example \"@entraide:example.org\""),
    secret("matrix.password", "the password of the bot's Matrix account"),
    plain("matrix.store", "the path of a folder, for example \"/var/lib/entraide/matrix\""),
    secret("matrix.recovery_key", "the recovery key that `entraide matrix login` printed"),
    plain("matrix.allowed_servers", "homeservers with commas between them, for example \"example.org, other.example\", or \"*\" for all"),
    plain("matrix.allowed_users", "full Matrix ids with commas between them, for example \"@lou:example.org, @sam:other.example\""),
    plain("matrix.messages_per_second", "a whole number from 1 to 100000, for example 10"),
    plain("matrix.direct_messages_per_second", "a whole number from 1 to 100000, for example 2"),
    plain("matrix.group_messages_per_minute", "a whole number from 1 to 100000, for example 60"),
    plain("http.listen", "an address and a port, for example \"127.0.0.1:8080\""),
    plain(
        "operator.room",
        "a Telegram chat's number, for example \"-1001234567890\", or a Matrix room's id, for example \"!abc:example.org\"",
    ),
    plain("log.level", "error, warn, info, debug or trace"),
];

/// The key of this full name.
pub(super) fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// The secret whose file this key names: `telegram.token` for `telegram.token_file`.
pub(super) fn secret_of_file(name: &str) -> Option<&'static Key> {
    name.strip_suffix("_file").and_then(key).filter(|key| key.secret)
}

/// The environment variable of a key.
pub(super) fn variable(name: &str) -> String {
    format!("{VARIABLES_BEGIN}{}", name.replace('.', "__").to_uppercase())
}

/// All names that can be written, those of secrets' files among them.
fn names() -> impl Iterator<Item = String> {
    KEYS.iter().flat_map(|key| std::iter::once(key.name.to_owned()).chain(key.secret.then(|| format!("{}_file", key.name))))
}

/// The key that was probably meant: nearly so written, cut short, or in another section.
pub(super) fn meant(name: &str) -> Option<String> {
    let typed = name.to_lowercase();
    let last = |name: &str| name.rsplit_once('.').map(|(_, last)| last.to_owned());
    let misplaced = |name: &str| last(&typed).is_some_and(|typed| last(name) == Some(typed));
    let rank = |name: String| {
        let distance = strsim::damerau_levenshtein(&typed, &name);
        let near = distance <= typed.chars().count() / 4 || misplaced(&name) || (typed.len() > 2 && name.starts_with(&typed));
        near.then_some((distance, name))
    };
    names().filter_map(rank).min().map(|(_, name)| name)
}

/// The environment variable that was probably meant.
pub(super) fn meant_variable(name: &str) -> Option<String> {
    let rest = name.strip_prefix(VARIABLES_BEGIN)?;
    let sections = KEYS.iter().filter_map(|key| key.name.split_once('.')).map(|(section, _)| section.to_uppercase());
    // One underscore in place of two is what happens most.
    let split = sections.filter_map(|section| Some(format!("{section}.{}", rest.strip_prefix(&section)?.trim_start_matches('_')))).next();
    meant(&split.unwrap_or_else(|| rest.replace("__", "."))).map(|name| variable(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_proposed() {
        let check = |typed: &str, expected: Option<&str>| assert_eq!(meant(typed).as_deref(), expected, "{typed}");
        check("telegram.tokn", Some("telegram.token"));
        check("telegram.token-file", Some("telegram.token_file"));
        check("telegramm.token", Some("telegram.token"));
        check("telegram.listen", Some("http.listen"));
        check("vault.keyfile", Some("vault.key_file"));
        check("langage", Some("language"));
        check("weather.tomorrow", None);
    }

    #[test]
    fn what_variable_was_meant_is_proposed() {
        let check = |typed: &str, expected: Option<&str>| assert_eq!(meant_variable(typed).as_deref(), expected, "{typed}");
        check("ENTRAIDE_TELEGRAM_TOKEN", Some("ENTRAIDE_TELEGRAM__TOKEN"));
        check("ENTRAIDE_VAULT__KEYFILE", Some("ENTRAIDE_VAULT__KEY_FILE"));
        check("ENTRAIDE_LANG", Some("ENTRAIDE_LANGUAGE"));
        check("ENTRAIDE_LISTEN", None);
        check("ENTRAIDE_TELEGRAM__LISTEN", Some("ENTRAIDE_HTTP__LISTEN"));
        check("ENTRAIDE_HOME", None);
        check("ENTRAIDE_TELEGRAM__TOKEN_FIEL", Some("ENTRAIDE_TELEGRAM__TOKEN_FILE"));
    }

    #[test]
    fn no_two_keys_and_no_file_of_a_secret_have_one_name() {
        let all: Vec<_> = names().collect();
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }
}
