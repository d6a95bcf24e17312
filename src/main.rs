//! Arguments, telemetry, start; nothing else.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    entraide::cli::run(entraide::cli::Cli::parse())
}
