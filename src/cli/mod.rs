//! The subcommands.

pub mod attempt;
pub mod instance;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

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
}

/// Runs what was asked; the exit status is 0 when it went well, 1 when it did not, 2 when it could not be read.
pub fn run(cli: Cli) -> ExitCode {
    let outcome = match cli.command {
        Command::Try(args) => attempt::run(args),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("entraide: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Where the configuration file is.
#[derive(Clone, Debug, clap::Args)]
pub struct ConfigArgs {
    /// The configuration file; without it the environment alone counts
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}
