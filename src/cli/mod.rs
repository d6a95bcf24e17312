//! The subcommands.

pub mod attempt;
pub mod check;
pub mod export;
pub mod instance;

mod matrix;
mod open;
mod run;
mod upkeep;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use crate::{config::Config, text::Texts};

use self::instance::Question;

/// A chat bot for peer-support groups: check-ins, support credits, session bookings, crisis help.
#[derive(Debug, Parser)]
#[command(version, about, after_help = "Start with `entraide try`: the whole bot in this terminal, without account or server.")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try the whole bot in this terminal: no token, no server, a throw-away database
    #[command(after_help = attempt::HELP)]
    Try(attempt::Args),
    /// Run the bot on the platforms of the configuration, until SIGTERM
    Run(ConfigArgs),
    /// Say what is configured, what is missing, what would fail
    Check(check::Args),
    /// Check the ledger and everything that must hold; exit status 1 and a list where something is off
    Verify(ConfigArgs),
    /// Copy the database, of a running bot too; the master key and the key ring stay apart
    Backup {
        /// A file that does not exist yet
        #[arg(value_name = "OUT")]
        out: PathBuf,
        #[command(flatten)]
        config: ConfigArgs,
    },
    /// Write the ledger for machines, of a running bot too: opaque ids, no names
    Export {
        /// A file (jsonl) or a folder (csv) that does not exist yet
        #[arg(value_name = "OUT")]
        out: PathBuf,
        /// How it is written
        #[arg(long, value_enum)]
        format: instance::Format,
        #[command(flatten)]
        config: ConfigArgs,
    },
    /// The bot's Matrix device: make it, look at it, get it back on a new machine
    #[command(subcommand)]
    Matrix(matrix::Matrix),
    /// Put a backup in the place of the database of a stopped bot; needs the present key ring
    Restore {
        /// What `entraide backup` made
        #[arg(value_name = "IN")]
        from: PathBuf,
        #[command(flatten)]
        config: ConfigArgs,
    },
}

/// Runs what was asked; the exit status is 0 when it went well, 1 when it did not, 2 when it could not be read.
pub fn run(cli: Cli) -> ExitCode {
    let outcome = match cli.command {
        Command::Try(args) => attempt::run(args),
        Command::Run(args) => run::run(&args),
        Command::Check(args) => check::check(&args),
        Command::Verify(args) => on_database(&args, |config| upkeep::ask_or_do(config, Question::Verify)),
        Command::Backup { out, config } => on_database(&config, |config| {
            let out = std::path::absolute(&out)?;
            upkeep::ask_or_do(config, Question::Backup { out })
        }),
        Command::Export { out, format, config } => on_database(&config, |config| {
            let out = std::path::absolute(&out)?;
            upkeep::ask_or_do(config, Question::Export { out, format })
        }),
        Command::Matrix(asked) => matrix::run(&asked),
        Command::Restore { from, config } => on_database(&config, |config| upkeep::restore(config, Path::new(&from))),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("entraide: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn on_database(args: &ConfigArgs, act: impl FnOnce(&Config) -> anyhow::Result<ExitCode>) -> anyhow::Result<ExitCode> {
    let config = load(args, &Texts::embedded())?;
    crate::telemetry::init(config.log_level);
    act(&config)
}

/// Reads the configuration; all that is wrong with it is told at once.
fn load(args: &ConfigArgs, texts: &Texts) -> anyhow::Result<Config> {
    let languages: Vec<&str> = texts.languages().collect();
    Ok(Config::load(args.config.as_deref(), std::env::vars_os(), &languages)?)
}

/// Where the configuration file is.
#[derive(Clone, Debug, clap::Args)]
pub struct ConfigArgs {
    /// The configuration file; without it the environment alone counts
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}
