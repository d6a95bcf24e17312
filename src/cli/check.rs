//! `entraide check`: what is configured, what is missing, what would fail.

use std::{collections::BTreeSet, process::ExitCode, sync::Arc};

use chrono::NaiveDate;

use crate::{
    app::clock::Clock,
    config::Config,
    domain::time::Zone,
    platform::telegram::{self, Telegram},
    store::fit::Marks,
    text::{Texts, lines},
    vault::Vault,
};

use super::{ConfigArgs, load, open};

/// What `entraide check` is told.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    config: ConfigArgs,
    /// Ask the platforms too whether they know the bot
    #[arg(long)]
    online: bool,
}

/// Prints what it finds; exit status 1 where the service would not start.
pub fn check(args: &Args) -> anyhow::Result<ExitCode> {
    let config = load(&args.config, &Texts::embedded())?;
    let mut wrong = Vec::new();
    if let Err(faults) = config.ready_to_run() {
        wrong.extend(faults.0.iter().map(ToString::to_string));
    }
    println!("configuration   {}", args.config.config.as_ref().map_or("environment alone".to_owned(), |f| f.display().to_string()));
    println!("language, zone  {}, {}", config.language, config.zone.name());
    storage(&config, &mut wrong);
    let texts = match open::texts(&config) {
        Ok(texts) => texts,
        Err(error) => {
            wrong.push(format!("{error:#}"));
            Texts::embedded()
        }
    };
    telegram(&config, args.online, &mut wrong)?;
    matrix(&config, args.online, &mut wrong)?;
    let mut look = config.cautions(args.config.config.as_deref());
    let today = Clock::System.now().day(Zone::PARIS);
    look.extend(care(&texts, today));
    section("To look at", &look);
    section("Would fail", &wrong);
    Ok(if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What a clinician has not signed, and which numbers somebody must call or read again.
fn care(texts: &Texts, today: NaiveDate) -> Vec<String> {
    let mut look = Vec::new();
    let unsigned: BTreeSet<String> = texts.unsigned(today).into_iter().map(|text| format!("{} ({})", text.id, text.language)).collect();
    if !unsigned.is_empty() {
        let names: Vec<String> = unsigned.into_iter().collect();
        look.push(format!("{} care texts are unsigned: no clinician answers for them today: {}", names.len(), names.join(", ")));
    }
    if !lines::all().signed {
        look.push("the crisis lines are unsigned: nobody has called or read each of them on its official site".to_owned());
    }
    for line in lines::stale(today) {
        let why = if line.expired { format!("was to be read again by {}", line.expires) } else { "was never confirmed".to_owned() };
        look.push(format!("crisis line {} {} {why}", line.country, line.number));
    }
    look
}

fn storage(config: &Config, wrong: &mut Vec<String>) {
    let database = &config.database.file;
    let state = if database.exists() { "there" } else { "will be made" };
    println!("database        {} ({state})", database.display());
    println!("master key      {}", config.vault.key_file.display());
    println!("key ring        {}", config.vault.ring.display());
    if database.exists()
        && let Err(error) = fits(config)
    {
        wrong.push(format!("{error:#}"));
    }
}

/// Whether the database, the keys and this program belong together.
fn fits(config: &Config) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let marks = runtime.block_on(Marks::read(&config.database.file))?;
    marks.check_version()?;
    Ok(marks.check_keys(&Vault::look_at(&config.vault.key_file, &config.vault.ring)?)?)
}

fn telegram(config: &Config, online: bool, wrong: &mut Vec<String>) -> anyhow::Result<()> {
    let Some(wanted) = &config.telegram else {
        println!("Telegram        not configured");
        return Ok(());
    };
    let way = if wanted.webhook.is_some() { "webhook" } else { "long polling" };
    if !online {
        println!("Telegram        {way} at {} (not asked; --online asks)", wanted.api_url);
        return Ok(());
    }
    let telegram = Telegram::new(telegram::Config {
        token: wanted.token.clone(),
        api_url: wanted.api_url.clone(),
        webhook: None,
        menu: Vec::new(),
        clock: Arc::new(|| Clock::System.now()),
    })?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match runtime.block_on(telegram.introduce()) {
        Ok(me) => println!("Telegram        {way}; the bot is @{}", me.user_name),
        Err(error) => wrong.push(error),
    }
    Ok(())
}

fn matrix(config: &Config, online: bool, wrong: &mut Vec<String>) -> anyhow::Result<()> {
    let Some(wanted) = &config.matrix else {
        println!("Matrix          not configured");
        return Ok(());
    };
    let renews_itself = wanted.password.is_some() && wanted.recovery_key.is_some();
    if !wanted.store.exists() && !renews_itself {
        wrong.push(format!("there is no Matrix device at {}: run `entraide matrix login`", wanted.store.display()));
    }
    if !online {
        println!("Matrix          {} at {} (not asked; --online asks)", wanted.user, wanted.homeserver);
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match runtime.block_on(super::matrix::ask_status(config, wanted)) {
        Ok(answer) if answer.ok => println!("Matrix          {}; the device is verified and backed up", wanted.user),
        Ok(_) => wrong.push("the Matrix device is not as it should be: `entraide matrix status` says what to do".to_owned()),
        Err(error) => wrong.push(format!("Matrix: {error:#}")),
    }
    Ok(())
}

fn section(title: &str, lines: &[String]) {
    if !lines.is_empty() {
        println!("\n{title}:");
        for line in lines {
            println!("  - {line}");
        }
    }
}
