//! `entraide try`: the real engine, store and texts behind a terminal instead of a platform.

use std::{
    io::{BufRead, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context as _;

use crate::{
    app::{
        clock::Clock,
        engine::Engine,
        find::Defaults,
        outbox::{Outbox, Paces},
        road::Outgoing,
    },
    domain::{
        event::{Batch, Event, EventKey},
        time::{Timestamp, Zone},
    },
    platform::{
        Platforms,
        terminal::{
            ShownWhat, Terminal,
            line::{self, Line},
            show,
        },
    },
    store::{Store, url_of},
    text::Texts,
    vault::{Existing, Vault},
};

/// What `entraide try --help` says at the end.
pub const HELP: &str = "\
Lines:
  Nadia> /installer      Nadia writes in the group; the first to speak administers it
  Awa>> /solde           Awa writes in her private conversation with the bot
  Awa! 2     Awa!! 2     Awa presses the 2nd button, in the group / in private
  Awa@jardin> ...        Awa writes in a second room, called jardin
  {code}                 in a line: the newest one-use code that the bot said
  +1d2h30m               the clock moves on
  = 2026-12-01T18:00     the clock is set, forward only
  # ...                  a comment";

/// What `entraide try` is told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Read the lines from a file, or from standard input with `-`
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    /// The language of the group: fr or en
    #[arg(long, value_name = "LANG", default_value = "fr", value_parser = ["fr", "en"])]
    lang: String,
    /// Keep the database in this file (its key at FILE.key, its ring at FILE.ring)
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// Where the clock stands at first, such as 2026-12-01T18:00; now without it
    #[arg(long, value_name = "INSTANT")]
    at: Option<String>,
    /// The time zone of the group
    #[arg(long, value_name = "ZONE", default_value = "Europe/Paris")]
    tz: String,
    /// Keep attached files in this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Slow people down who give more than 20 commands a minute, as `run` does
    #[arg(long)]
    limits: bool,
}

/// Why a script ends early; its exit status is 2, or 1 where the program is at fault.
#[derive(Debug, thiserror::Error)]
enum Stop {
    #[error("{0}")]
    Unreadable(#[from] line::Unreadable),
    #[error("there is no button {0} there")]
    NoButton(usize),
    #[error("the clock only moves forward; it stands at {0}")]
    Backwards(String),
    #[error("{0:#}")]
    Failed(#[from] anyhow::Error),
}

/// Runs `entraide try`.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let Ok(zone) = args.tz.parse::<Zone>() else {
            eprintln!("entraide: --tz: {:?} is no time zone; write one such as Europe/Paris", args.tz);
            return Ok(ExitCode::from(2));
        };
        let at = match args.at.as_deref().map(|at| line::read_instant(at, zone)).transpose() {
            Ok(at) => at.unwrap_or_else(|| Clock::System.now()),
            Err(error) => {
                eprintln!("entraide: --at: {error}");
                return Ok(ExitCode::from(2));
            }
        };
        let mut attempt = Attempt::open(&args, zone, at).await?;
        match &args.script {
            Some(path) if path.as_os_str() != "-" => {
                let file = std::fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
                attempt.script(std::io::BufReader::new(file)).await
            }
            None if std::io::stdin().is_terminal() => attempt.prompt().await,
            _ => attempt.script(std::io::stdin().lock()).await,
        }
    })
}

struct Attempt {
    engine: Engine,
    outbox: Outbox,
    platforms: Arc<Platforms>,
    zone: Zone,
    json: bool,
    out: Option<PathBuf>,
    /// Different for every run, so that a kept database takes the lines of the next one for new.
    run_id: String,
    line: usize,
    /// What `{code}` in a line stands for.
    newest_code: Option<String>,
}

impl Attempt {
    async fn open(args: &Args, zone: Zone, at: Timestamp) -> anyhow::Result<Self> {
        let clock = Clock::standing(at);
        let store = open_store(args.db.as_deref()).await?;
        let texts = Arc::new(Texts::embedded());
        let languages = texts.languages().map(str::to_owned).collect();
        let defaults = Defaults { language: args.lang.clone(), zone, languages };
        let engine = Engine::new(store, clock.clone(), defaults, args.limits);
        let mut run_id = [0u8; 8];
        getrandom::fill(&mut run_id).map_err(|e| anyhow::anyhow!("no randomness: {e}"))?;
        let run_id = data_encoding::HEXLOWER.encode(&run_id);
        let terminal = if args.db.is_some() { Terminal::of_run(&run_id) } else { Terminal::default() };
        let platforms = Arc::new(Platforms { terminal: Some(terminal), ..Platforms::default() });
        let outbox = Outbox::new(texts, Arc::clone(&platforms), clock, Paces::default());
        let mut attempt =
            Self { engine, outbox, platforms, zone, json: args.json, out: args.out.clone(), run_id, line: 0, newest_code: None };
        let outgoing = attempt.engine.start().await?;
        attempt.deliver(outgoing).await?;
        // What came due while nobody was here comes due now.
        attempt.advance(at).await?;
        Ok(attempt)
    }

    async fn script(&mut self, lines: impl BufRead) -> anyhow::Result<ExitCode> {
        for text in lines.split(b'\n') {
            let text = String::from_utf8_lossy(&text?).into_owned();
            if let Err(stop) = self.step(&text).await {
                std::io::stdout().flush()?;
                eprintln!("entraide: line {}: {stop}", self.line);
                return Ok(if matches!(stop, Stop::Failed(_)) { ExitCode::FAILURE } else { ExitCode::from(2) });
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn prompt(&mut self) -> anyhow::Result<ExitCode> {
        println!("{HELP}\n");
        let mut editor = rustyline::DefaultEditor::new()?;
        loop {
            match editor.readline("» ") {
                Ok(text) => {
                    editor.add_history_entry(text.as_str())?;
                    if let Err(stop) = self.step(&text).await {
                        eprintln!("{stop}");
                    }
                }
                Err(rustyline::error::ReadlineError::Interrupted | rustyline::error::ReadlineError::Eof) => return Ok(ExitCode::SUCCESS),
                Err(e) => return Err(e.into()),
            }
        }
    }

    /// Handles one line whole: everything that it brings is said when this returns.
    async fn step(&mut self, text: &str) -> Result<(), Stop> {
        self.line += 1;
        let text = &self.newest_code.as_ref().map_or_else(|| text.to_owned(), |code| text.replace("{code}", code));
        let now = self.engine.clock().now();
        let key = EventKey(format!("terminal:{}:{}", self.run_id, self.line));
        let terminal = self.platforms.terminal.as_ref().context("the terminal")?;
        terminal.at_line(self.line);
        match line::read(text, self.zone)? {
            Line::Nothing => {}
            Line::Said { name, room, text } => {
                let event = terminal.said(key, now, &name, room.as_deref(), &text, self.line);
                self.hand_in(event).await?;
            }
            Line::Pressed { name, room, number } => {
                let event = terminal.pressed(key, now, &name, room.as_deref(), number).ok_or(Stop::NoButton(number))?;
                self.hand_in(event).await?;
            }
            Line::Later(delta) => self.advance(now.plus(delta)).await?,
            Line::At(to) if to < now => return Err(Stop::Backwards(now.wall(self.zone).to_string())),
            Line::At(to) => self.advance(to).await?,
        }
        if self.json {
            println!("{}", show::json_done(self.line));
        }
        std::io::stdout().flush().context("standard output")?;
        Ok(())
    }

    async fn hand_in(&mut self, event: Event) -> Result<(), Stop> {
        let batch = Batch { events: vec![event], ..Batch::default() };
        let outgoing = self.engine.handle(vec![batch]).await.context("the engine")?;
        Ok(self.deliver(outgoing).await?)
    }

    /// Moves the clock, stopping wherever a timer is due.
    async fn advance(&mut self, to: Timestamp) -> Result<(), Stop> {
        while let Some(due) = self.engine.next_due().filter(|due| *due <= to) {
            let now = self.engine.clock().now();
            self.engine.clock().set(due.max(now));
            let outgoing = self.engine.handle_due().await.context("the engine")?;
            self.deliver(outgoing).await?;
        }
        self.engine.clock().set(to);
        Ok(())
    }

    /// Delivers, reports, and so on until nothing is owed; then shows what was said.
    async fn deliver(&mut self, outgoing: Outgoing) -> anyhow::Result<()> {
        let mut owed = outgoing.owed;
        while !owed.is_empty() {
            let mut reports = self.outbox.take(owed);
            reports.extend(self.outbox.drain().await);
            owed = self.engine.handle_reports(&reports).await?.owed;
        }
        let shown = self.platforms.terminal.as_ref().map(Terminal::take_shown).unwrap_or_default();
        for shown in shown {
            if let ShownWhat::Message { text, .. } = &shown.what {
                self.newest_code = line::code_in(text).map(str::to_owned).or_else(|| self.newest_code.take());
            }
            if self.json {
                println!("{}", show::json(&shown, self.line, self.engine.clock().now()));
            } else {
                println!("{}", show::block(&shown));
            }
            if let (ShownWhat::Message { file: Some((name, text)), .. }, Some(out)) = (&shown.what, &self.out) {
                keep_file(out, name, text)?;
            }
        }
        Ok(())
    }
}

/// Keeps an attached file; a name that is taken gets a number.
fn keep_file(out: &Path, name: &str, text: &str) -> anyhow::Result<()> {
    std::fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let path = (1..)
        .map(|n| if n == 1 { out.join(name) } else { out.join(format!("{n}-{name}")) })
        .find(|path| !path.exists())
        .context("a free file name")?;
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

async fn open_store(db: Option<&Path>) -> anyhow::Result<Store> {
    let Some(db) = db else {
        return Ok(Store::open("sqlite::memory:", Arc::new(Vault::in_memory()?)).await?);
    };
    let beside = |ending: &str| {
        let mut name = db.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let existing = if db.exists() { Existing::Database } else { Existing::Nothing };
    let vault = Vault::open(&beside(".key"), &beside(".ring"), existing)?;
    Ok(Store::open(&format!("{}?mode=rwc", url_of(db)), Arc::new(vault)).await?)
}
