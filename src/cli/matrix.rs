//! `entraide matrix login | status | recovery`: the bot's device on Matrix, and what the other subcommands need of it.

use std::{
    io::{self, BufRead as _, IsTerminal as _, Write as _},
    path::PathBuf,
    process::{Command, ExitCode, Stdio},
    sync::Arc,
};

use anyhow::{Context as _, bail};
use clap::Subcommand;
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    app::clock::Clock,
    config::{self, Config},
    domain::event::{Cursor, Kept, Platform},
    platform::matrix::{Allowed, Config as Wanted, Credentials, LoggedIn, MISSED_MAX, Matrix as Adapter, Wanted as LoginWanted},
    store::Store,
    text::Texts,
    vault::{Existing, Vault},
};

use super::{
    ConfigArgs,
    instance::{self, Answer, Question},
    load,
};

/// What is asked about the Matrix device.
#[derive(Debug, Subcommand)]
pub(super) enum Matrix {
    /// Make the bot's device in one go: login, cross-signing, key backup, recovery key; run again, it completes what is missing
    Login {
        /// The access token of a fresh device, from a file, instead of the password
        #[arg(long, value_name = "FILE")]
        token_file: Option<PathBuf>,
        /// The bot's name, where its account has none
        #[arg(long, value_name = "NAME", default_value = "entraide")]
        name: String,
        /// Give up the account's identity from before, and what was encrypted for it
        #[arg(long)]
        reset_identity: bool,
        #[command(flatten)]
        config: ConfigArgs,
    },
    /// Say whether the device is verified and backed up, and which others there are
    Status(ConfigArgs),
    /// Make a new device with the recovery key, on a new machine or after a lost store
    Recovery {
        /// Put a new recovery key in the place of the old one, and print it once
        #[arg(long)]
        new_key: bool,
        #[command(flatten)]
        config: ConfigArgs,
    },
}

/// Does what was asked.
pub(super) fn run(asked: &Matrix) -> anyhow::Result<ExitCode> {
    let args = match asked {
        Matrix::Login { config, .. } | Matrix::Recovery { config, .. } | Matrix::Status(config) => config,
    };
    let config = load(args, &Texts::embedded())?;
    crate::telemetry::init(config.log_level);
    let Some(wanted) = &config.matrix else {
        bail!("Matrix is not configured: write matrix.homeserver and matrix.user");
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match asked {
            Matrix::Status(_) => status(&config, wanted).await,
            Matrix::Login { token_file, name, reset_identity, .. } => {
                login(&config, wanted, token_file.as_deref(), name, *reset_identity).await
            }
            Matrix::Recovery { new_key, .. } => recovery(&config, wanted, *new_key).await,
        }
    })
}

async fn login(
    config: &Config,
    wanted: &config::Matrix,
    token: Option<&std::path::Path>,
    name: &str,
    reset: bool,
) -> anyhow::Result<ExitCode> {
    let _lock = alone(config)?;
    let credentials = match token {
        Some(file) => Credentials::Token(read_secret(file)?),
        None => Credentials::Password(password(wanted)?),
    };
    let done = adapter(config, wanted)?
        .login(LoginWanted { credentials, password: wanted.password.clone(), name: name.to_owned(), reset_identity: reset })
        .await?;
    report(&done, wanted);
    Ok(ExitCode::SUCCESS)
}

async fn recovery(config: &Config, wanted: &config::Matrix, new_key: bool) -> anyhow::Result<ExitCode> {
    let _lock = alone(config)?;
    if new_key {
        let key = adapter(config, wanted)?.new_recovery_key().await?;
        print_key(&key);
        return Ok(ExitCode::SUCCESS);
    }
    let given = config::Matrix {
        homeserver: wanted.homeserver.clone(),
        user: wanted.user.clone(),
        password: Some(password(wanted)?),
        store: wanted.store.clone(),
        recovery_key: Some(match &wanted.recovery_key {
            Some(key) => key.clone(),
            None => ask("Recovery key: ")?,
        }),
        allowed_servers: Vec::new(),
        allowed_users: Vec::new(),
        pace: wanted.pace,
    };
    let done = adapter(config, &given)?.recover().await?;
    report(&done, &given);
    Ok(ExitCode::SUCCESS)
}

/// A running bot is asked; it alone may open its store.
pub(super) async fn ask_status(config: &Config, wanted: &config::Matrix) -> anyhow::Result<Answer> {
    let database = &config.database.file;
    let folder = instance::folder_of(database);
    match folder.exists().then(|| instance::lock(database)).transpose()? {
        Some(None) => instance::ask(database, &Question::MatrixStatus).await,
        Some(Some(_)) | None => answer_status(Some(&*adapter(config, wanted)?)).await,
    }
}

async fn status(config: &Config, wanted: &config::Matrix) -> anyhow::Result<ExitCode> {
    let answer = ask_status(config, wanted).await?;
    answer.lines.iter().for_each(|line| println!("{line}"));
    Ok(if answer.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How the device stands, for a subcommand.
pub(super) async fn answer_status(matrix: Option<&Adapter>) -> anyhow::Result<Answer> {
    let Some(matrix) = matrix else { bail!("Matrix is not configured in the entraide that runs") };
    let standing = matrix.standing().await?;
    Ok(Answer { ok: standing.is_well(), lines: standing.lines() })
}

fn report(done: &LoggedIn, wanted: &config::Matrix) {
    let what = if done.known { "was there already" } else { "made" };
    println!("device {} of {} {what}; verified, backed up", done.device, wanted.user);
    for note in &done.notes {
        println!("note: {note}");
    }
    if let Some(key) = &done.recovery_key {
        print_key(key);
    }
}

fn print_key(key: &SecretString) {
    println!("\nThe recovery key. It is shown this once; keep it where you keep the master key, and write it as matrix.recovery_key");
    println!("if the program is to make a new device by itself after a lost store:\n\n  {}\n", key.expose_secret());
}

/// Refuses while a bot runs on this database.
fn alone(config: &Config) -> anyhow::Result<instance::Lock> {
    let database = &config.database.file;
    instance::lock(database)?.with_context(|| format!("an entraide runs on {}; stop it first", database.display()))
}

fn password(wanted: &config::Matrix) -> anyhow::Result<SecretString> {
    match &wanted.password {
        Some(password) => Ok(password.clone()),
        None => ask(&format!("Password of {}: ", wanted.user)),
    }
}

fn read_secret(file: &std::path::Path) -> anyhow::Result<SecretString> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(text.trim().to_owned().into())
}

/// Reads a secret from the terminal without showing it, or a line of standard input.
fn ask(prompt: &str) -> anyhow::Result<SecretString> {
    let hidden = io::stdin().is_terminal();
    let echo = |how: &str| Command::new("stty").arg(how).stdin(Stdio::inherit()).status();
    if hidden {
        eprint!("{prompt}");
        io::stderr().flush()?;
        let _ = echo("-echo");
    }
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    if hidden {
        let _ = echo("echo");
        eprintln!();
    }
    read?;
    let line = line.trim().to_owned();
    if line.is_empty() {
        bail!("nothing was entered");
    }
    Ok(line.into())
}

/// The adapter for a subcommand, with the vault opened for its key.
fn adapter(config: &Config, wanted: &config::Matrix) -> anyhow::Result<Arc<Adapter>> {
    let existing = if config.database.file.exists() { Existing::Database } else { Existing::Nothing };
    let vault = Vault::open(&config.vault.key_file, &config.vault.ring, existing)?;
    Ok(connect(wanted, &vault, &Clock::System))
}

/// The adapter of a configuration; makes no request.
pub(super) fn connect(wanted: &config::Matrix, vault: &Vault, clock: &Clock) -> Arc<Adapter> {
    let clock = clock.clone();
    Arc::new(Adapter::new(Wanted {
        homeserver: wanted.homeserver.clone(),
        user: wanted.user.clone(),
        password: wanted.password.clone(),
        recovery_key: wanted.recovery_key.clone(),
        store: wanted.store.clone(),
        // Whoever takes the store without the master key can read nothing of it, nor write as the bot.
        store_key: vault.hash("matrix store", wanted.user.as_bytes()),
        allowed: Allowed { servers: wanted.allowed_servers.clone(), users: wanted.allowed_users.clone() },
        missed_max: MISSED_MAX,
        clock: Arc::new(move || clock.now()),
    }))
}

/// Where reading goes on after a start.
#[derive(Default)]
pub(super) struct Place {
    pub(super) cursor: Option<Cursor>,
    pub(super) kept: Vec<Kept>,
}

impl Place {
    /// What the store has of it, where Matrix is configured.
    pub(super) async fn of(store: &mut Store, matrix: Option<&Arc<Adapter>>) -> anyhow::Result<Self> {
        if matrix.is_none() {
            return Ok(Self::default());
        }
        let cursor = store.cursor(Platform::Matrix).await?.map(|value| Cursor { platform: Platform::Matrix, value });
        Ok(Self { cursor, kept: store.kept(Platform::Matrix).await? })
    }
}
