//! The configuration: an optional TOML file and the environment, read into values that are known to be possible.
//!
//! Every fault is found and told at once, with the key's full name and what to write. Secrets are never shown.

mod cautions;
mod faults;
mod keys;
#[cfg(test)]
mod tests;
mod understand;
mod written;

use std::{
    ffi::OsString,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use secrecy::SecretString;
use tracing::level_filters::LevelFilter;

use self::{
    understand::Wrong,
    written::{Value, Written},
};
use crate::domain::{event::RoomAddress, time::Zone};

pub use self::faults::{Fault, Faults};

/// What the operator decided, whole and possible.
#[derive(Debug)]
pub struct Config {
    /// The language of who has chosen none.
    pub language: String,
    /// The zone of who has chosen none.
    pub zone: Zone,
    /// A folder whose catalogues replace single messages.
    pub locales: Option<PathBuf>,
    /// The database.
    pub database: Database,
    /// The two files that open it.
    pub vault: VaultFiles,
    /// Telegram, where a token is given.
    pub telegram: Option<Telegram>,
    /// Matrix, where a homeserver is given.
    pub matrix: Option<Matrix>,
    /// Where health and metrics are served; nowhere by default.
    pub listen: Option<SocketAddr>,
    /// Where the operator is told what they must know.
    pub operator_room: Option<RoomAddress>,
    /// How much is logged.
    pub log_level: LevelFilter,
}

/// The database.
#[derive(Debug)]
pub struct Database {
    /// As it was written, or its default.
    pub url: String,
    /// The SQLite file; an absolute path.
    pub file: PathBuf,
}

/// The master key and the ring.
#[derive(Debug)]
pub struct VaultFiles {
    /// The master key.
    pub key_file: PathBuf,
    /// The key ring.
    pub ring: PathBuf,
}

/// The bot's account on Telegram.
#[derive(Debug)]
pub struct Telegram {
    /// What BotFather gave.
    pub token: SecretString,
    /// The Bot API server, without a slash at the end.
    pub api_url: String,
    /// Where Telegram calls; without it, the program asks Telegram.
    pub webhook: Option<Webhook>,
    /// How fast the bot may write.
    pub pace: Pace,
}

/// How fast the bot may write on a platform.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// Messages a second in all.
    pub messages_per_second: u32,
    /// Messages a second to one person.
    pub direct_messages_per_second: u32,
    /// Messages a minute to one group.
    pub group_messages_per_minute: u32,
}

/// How Telegram calls.
#[derive(Debug)]
pub struct Webhook {
    /// The public address.
    pub url: String,
    /// What Telegram sends along.
    pub secret: SecretString,
}

/// The bot's account on Matrix.
#[derive(Debug)]
pub struct Matrix {
    /// The homeserver's address.
    pub homeserver: String,
    /// The bot's full id.
    pub user: String,
    /// The account's password: for a new device, and for `entraide matrix login` to ask nothing.
    pub password: Option<SecretString>,
    /// Where the encryption's state is kept.
    pub store: PathBuf,
    /// What brings a new device its keys.
    pub recovery_key: Option<SecretString>,
    /// Homeservers whose people may invite the bot; `*` is all of them.
    pub allowed_servers: Vec<String>,
    /// People who may invite the bot.
    pub allowed_users: Vec<String>,
    /// How fast the bot may write.
    pub pace: Pace,
}

/// Telegram's own limits.
const TELEGRAM_PACE: Pace = Pace { messages_per_second: 30, direct_messages_per_second: 1, group_messages_per_minute: 20 };
/// No homeserver says what it allows; by default it is a message in five seconds, ten at once. What is too fast is told by
/// itself, with the pause that it wants; this only keeps a burst from becoming a flood.
const MATRIX_PACE: Pace = Pace { messages_per_second: 10, direct_messages_per_second: 2, group_messages_per_minute: 60 };

impl Config {
    /// Reads the file, where there is one, and the environment, which counts more.
    /// `languages`: those that the program speaks.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
        languages: &[&str],
    ) -> Result<Self, Faults> {
        let mut reader = Reader { written: written::gather(file, environment) };
        let telegram_listens = reader.written.values.contains_key("telegram.webhook_url");
        let language = reader.read("language", |text| {
            let known = languages.iter().find(|language| language.eq_ignore_ascii_case(text));
            known.map(|language| (*language).to_owned()).ok_or("the program does not speak it")
        });
        let zone = reader.read("zone", |text| text.parse::<Zone>().map_err(|_| "there is no such time zone"));
        let locales = reader.read("locales", understand::path);
        let database = reader.database();
        let vault = reader.vault(&database.file);
        let telegram = reader.telegram();
        let matrix = reader.matrix(&database.file);
        let listen = reader.read("http.listen", |text| text.parse().map_err(|_| "it is not an address with a port"));
        if telegram_listens && !reader.written.values.contains_key("http.listen") {
            reader.missing("http.listen", "telegram.webhook_url is given, and Telegram's calls have to arrive somewhere");
        }
        let operator_room = reader.read("operator.room", understand::room);
        let log_level = reader.read("log.level", understand::level);
        reader.written.faults.or(Self {
            language: language.unwrap_or_else(|| "fr".to_owned()),
            zone: zone.unwrap_or(Zone::PARIS),
            locales,
            database,
            vault,
            telegram,
            matrix,
            listen,
            operator_room,
            log_level: log_level.unwrap_or(LevelFilter::INFO),
        })
    }

    /// Whether `run` has what it needs.
    ///
    /// # Errors
    /// All that is missing.
    pub fn ready_to_run(&self) -> Result<(), Faults> {
        let mut faults = Faults::default();
        if self.telegram.is_none() && self.matrix.is_none() {
            let write = keys::key("telegram.token").map_or("", |key| key.write);
            let variable = keys::variable("telegram.token");
            faults.add("telegram.token", "", format!("no platform is configured; write {write}, here or as {variable}"));
        }
        faults.or(())
    }
}

/// Takes values out of what was written, and keeps what is wrong.
struct Reader {
    written: Written,
}

impl Reader {
    fn read<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, Wrong>) -> Option<T> {
        let Value { text, place } = self.written.values.get(name)?;
        let wrong = match parse(text) {
            Ok(value) => return Some(value),
            Err(wrong) => wrong,
        };
        let (shown, write) = match keys::key(name) {
            Some(key) if key.secret => (String::new(), key.write),
            Some(key) => (format!("{:?}: ", text.as_str()), key.write),
            None => (String::new(), ""),
        };
        self.written.faults.add(name, place, format!("{shown}{wrong}; write {write}"));
        None
    }

    fn secret(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<String, Wrong>) -> Option<SecretString> {
        self.read(name, parse).map(SecretString::from)
    }

    fn missing(&mut self, name: &str, because: &str) {
        let key = keys::key(name);
        let write = key.map_or("", |key| key.write);
        let file = if key.is_some_and(|key| key.secret) { format!(", or {name}_file") } else { String::new() };
        let variable = keys::variable(name);
        self.written.faults.add(name, "", format!("it is missing ({because}); write {write}, here{file} or as {variable}"));
    }

    /// The first key of a section that was written, in words.
    fn begun(&self, section: &str) -> Option<String> {
        self.written.values.keys().find(|name| name.starts_with(section)).map(|name| format!("{name} is given"))
    }

    /// Reads a key that a section cannot do without, once any other of the section was written.
    fn needed<T>(&mut self, name: &str, because: &str, parse: impl FnOnce(&str) -> Result<T, Wrong>) -> Option<T> {
        if !self.written.values.contains_key(name) {
            self.missing(name, because);
        }
        self.read(name, parse)
    }

    fn data_folder(&self) -> Option<PathBuf> {
        let folder = |name| self.written.folders.get(name).filter(|folder| folder.is_absolute());
        folder("XDG_DATA_HOME").cloned().or_else(|| folder("HOME").map(|home| home.join(".local/share")))
    }

    fn database(&mut self) -> Database {
        if self.written.values.contains_key("database.url") {
            let file = self.read("database.url", understand::sqlite_file).unwrap_or_default();
            let url = self.written.values.get("database.url").map(|value| value.text.as_str().to_owned()).unwrap_or_default();
            return Database { url, file: absolute(file) };
        }
        let file = self.data_folder().map(|folder| folder.join("entraide/entraide.sqlite")).unwrap_or_default();
        if file.as_os_str().is_empty() {
            self.missing("database.url", "no HOME says where data is kept");
        }
        Database { url: format!("sqlite://{}", file.display()), file }
    }

    /// By default a folder beside the database's own: never in it.
    fn vault(&mut self, database: &Path) -> VaultFiles {
        let folder = database.parent().and_then(|folder| {
            let mut name = folder.file_name()?.to_owned();
            name.push("-vault");
            Some(folder.with_file_name(name))
        });
        let mut file = |key: &str, name: &str| match (self.read(key, understand::path), &folder) {
            (Some(path), _) => absolute(path),
            (None, Some(folder)) => folder.join(name),
            (None, None) => {
                // Nothing lies beside the root folder; without any database the fault is told there.
                if !database.as_os_str().is_empty() && !self.written.values.contains_key(key) {
                    self.missing(key, "the database lies in the root folder");
                }
                PathBuf::new()
            }
        };
        let files = VaultFiles { key_file: file("vault.key_file", "master.key"), ring: file("vault.ring", "keys.ring") };
        if files.key_file == files.ring && !files.ring.as_os_str().is_empty() {
            self.written.faults.add("vault.ring", "", "it is the same file as vault.key_file; write two different paths");
        }
        for (key, path) in [("vault.key_file", &files.key_file), ("vault.ring", &files.ring)] {
            if path == database && !path.as_os_str().is_empty() {
                self.written.faults.add(key, "", "it is the same file as the database; write another path");
            }
        }
        files
    }

    fn telegram(&mut self) -> Option<Telegram> {
        let because = self.begun("telegram.")?;
        let token = self.needed("telegram.token", &because, understand::token);
        let api_url = self.read("telegram.api_url", understand::web);
        let webhook = self.webhook();
        let pace = self.pace("telegram", TELEGRAM_PACE);
        Some(Telegram { pace, token: token?.into(), api_url: api_url.unwrap_or_else(|| "https://api.telegram.org".to_owned()), webhook })
    }

    fn pace(&mut self, section: &str, default: Pace) -> Pace {
        let mut rate = |name: &str, default| self.read(&format!("{section}.{name}"), understand::rate).unwrap_or(default);
        Pace {
            messages_per_second: rate("messages_per_second", default.messages_per_second),
            direct_messages_per_second: rate("direct_messages_per_second", default.direct_messages_per_second),
            group_messages_per_minute: rate("group_messages_per_minute", default.group_messages_per_minute),
        }
    }

    fn webhook(&mut self) -> Option<Webhook> {
        let because = self.begun("telegram.webhook_")?;
        let url = self.needed("telegram.webhook_url", &because, understand::webhook);
        if !self.written.values.contains_key("telegram.webhook_secret") {
            self.missing("telegram.webhook_secret", &because);
        }
        let secret = self.secret("telegram.webhook_secret", understand::webhook_secret);
        Some(Webhook { url: url?, secret: secret? })
    }

    fn matrix(&mut self, database: &Path) -> Option<Matrix> {
        let because = self.begun("matrix.")?;
        let homeserver = self.needed("matrix.homeserver", &because, understand::web);
        let user = self.needed("matrix.user", &because, understand::matrix_user);
        let password = self.secret("matrix.password", |text| Ok(text.to_owned()));
        let store = self.read("matrix.store", understand::path);
        let recovery_key = self.secret("matrix.recovery_key", |text| Ok(text.to_owned()));
        let allowed_servers = self.read("matrix.allowed_servers", understand::servers);
        let allowed_users = self.read("matrix.allowed_users", understand::matrix_users);
        let pace = self.pace("matrix", MATRIX_PACE);
        Some(Matrix {
            pace,
            homeserver: homeserver?,
            user: user?,
            password,
            store: absolute(store.unwrap_or_else(|| database.with_file_name("matrix"))),
            recovery_key,
            allowed_servers: allowed_servers.unwrap_or_default(),
            allowed_users: allowed_users.unwrap_or_default(),
        })
    }
}

/// The path from the root, where the working folder is known.
fn absolute(path: PathBuf) -> PathBuf {
    if path.as_os_str().is_empty() { path } else { std::path::absolute(&path).unwrap_or(path) }
}
