//! `entraide run`: opens what the configuration names, starts everything, and stops it in order.

use std::{process::ExitCode, sync::Arc};

use anyhow::Context as _;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinSet,
};

use crate::{
    app::{
        clock::Clock,
        engine::Engine,
        find::Defaults,
        outbox::{Outbox, Pace, Paces},
        service::Service,
    },
    config::Config,
    domain::{
        command::TABLE,
        event::{Cursor, Platform},
        people::menu,
        time::Zone,
    },
    http,
    platform::{Platforms, telegram},
    text::{Reader, Seen, Texts},
};

use super::{
    ConfigArgs, instance, load,
    open::{open, texts},
    upkeep,
};

/// How many threads there may be for what blocks.
const BLOCKING_THREADS: usize = 4;

/// Runs the service until SIGTERM or SIGINT.
pub(super) fn run(args: &ConfigArgs) -> anyhow::Result<ExitCode> {
    let texts = Texts::embedded();
    let config = load(args, &texts)?;
    config.ready_to_run()?;
    crate::telemetry::init(config.log_level);
    for caution in config.cautions(args.config.as_deref()) {
        tracing::warn!("{caution}");
    }
    // One thread for everything but SQL, which has its own: measured, most of the time of two went into waking each other.
    // The SDK of Matrix works on a few connections; each thread more would only keep memory of its own.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(BLOCKING_THREADS).build()?;
    runtime.block_on(serve(config))
}

async fn serve(config: Config) -> anyhow::Result<ExitCode> {
    let database = config.database.file.clone();
    let _lock = instance::lock(&database)?.with_context(|| format!("another entraide runs on {}; stop it first", database.display()))?;
    // An address that is taken ends the start before anything is opened.
    let listener = match config.listen {
        Some(listen) => Some((http::bind(listen).await?, http::Metrics::start()?)),
        None => None,
    };
    let texts = Arc::new(texts(&config)?);
    let clock = Clock::System;
    let defaults = defaults(&config, &texts);
    let mut store = open(&config).await?;
    store.set_public_url(config.public_url.clone());
    let mut engine = Engine::new(store, clock.clone(), defaults, true).with_operator(config.operator_room.clone());
    let cursor = engine.store().cursor(Platform::Telegram).await?.map(|value| Cursor { platform: Platform::Telegram, value });
    let telegram = config.telegram.as_ref().map(|wanted| connect(wanted, &config, &texts, &clock)).transpose()?;
    let matrix = config.matrix.as_ref().map(|wanted| super::matrix::connect(wanted, engine.store().vault(), &clock));
    let read = super::matrix::Place::of(engine.store(), matrix.as_ref()).await?;
    let platforms = Arc::new(Platforms { telegram: telegram.clone(), matrix: matrix.clone(), ..Platforms::default() });
    let outbox = Outbox::new(texts, platforms, clock.clone(), paces(&config));
    let (service, ends) = Service::start(engine).await?;

    let (stop, stopping) = watch::channel(false);
    // Without these two nothing is done: they end only by a stop or a defect.
    let mut heart = JoinSet::new();
    heart.spawn(service.run(stopping.clone()));
    heart.spawn(outbox.run(ends.outgoing, ends.reports));
    let mut tasks: JoinSet<anyhow::Result<()>> = JoinSet::new();
    let mut routes = axum::Router::new();
    if let Some(telegram) = telegram {
        ends.health.watch(Platform::Telegram, telegram.health());
        routes = routes.merge(telegram.webhook_router(ends.door.clone()).unwrap_or_default());
        let (door, stopping) = (ends.door.clone(), stopping.clone());
        tasks.spawn(async move { telegram.run(door, cursor, stopping).await.context("Telegram") });
    }
    if let Some(matrix) = matrix.clone() {
        ends.health.watch(Platform::Matrix, matrix.health());
        let (door, stopping) = (ends.door.clone(), stopping.clone());
        #[allow(clippy::large_futures, reason = "what is spawned is on the heap at once")]
        tasks.spawn(async move { matrix.run(door, read.cursor, read.kept, stopping).await.context("Matrix") });
    }
    if let Some((listener, metrics)) = listener {
        let routes =
            routes.merge(http::feed_routes(ends.feeds)).merge(http::routes(ends.health, metrics, Arc::new(|| Clock::System.now())));
        let serving = http::serve(listener, routes, stopping.clone());
        tasks.spawn(async move { serving.await.context("http.listen") });
    }
    tasks.spawn(upkeep::verify_nightly(database.clone(), ends.door.clone(), (clock.clone(), config.zone), stopping.clone()));
    let asked = database.clone();
    tasks.spawn(instance::serve(database, stopping, move |question| {
        let (database, matrix) = (asked.clone(), matrix.clone());
        async move { upkeep::answer(&database, matrix.as_deref(), question).await }
    }));
    tracing::info!("running; SIGTERM stops it");

    let failed = until_stopped(&mut tasks, &mut heart).await?;
    // No new events; what is in flight is committed, the outbox stays on disk.
    stop.send_replace(true);
    while tasks.join_next().await.is_some() {}
    while heart.join_next().await.is_some() {}
    match failed {
        Some(error) => Err(error),
        None => Ok(ExitCode::SUCCESS),
    }
}

/// Returns when a signal came, or with the error of a task that cannot go on.
async fn until_stopped(tasks: &mut JoinSet<anyhow::Result<()>>, heart: &mut JoinSet<()>) -> anyhow::Result<Option<anyhow::Error>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    loop {
        tokio::select! {
            _ = terminate.recv() => return Ok(None),
            _ = interrupt.recv() => return Ok(None),
            Some(_) = heart.join_next() => return Ok(Some(anyhow::anyhow!("a defect ended what does the work; start again, nothing is lost"))),
            Some(ended) = tasks.join_next() => {
                if let Err(error) = ended? {
                    return Ok(Some(error));
                }
            }
        }
    }
}

fn defaults(config: &Config, texts: &Texts) -> Defaults {
    Defaults { language: config.language.clone(), zone: config.zone, languages: texts.languages().map(str::to_owned).collect() }
}

fn connect(wanted: &crate::config::Telegram, config: &Config, texts: &Texts, clock: &Clock) -> anyhow::Result<Arc<telegram::Telegram>> {
    let clock = clock.clone();
    let telegram = telegram::Telegram::new(telegram::Config {
        token: wanted.token.clone(),
        api_url: wanted.api_url.clone(),
        webhook: wanted.webhook.as_ref().map(|webhook| telegram::Webhook { url: webhook.url.clone(), secret: webhook.secret.clone() }),
        menu: menu(texts, &config.language),
        clock: Arc::new(move || clock.now()),
    })?;
    Ok(Arc::new(telegram))
}

/// The commands with what they do, in every language, the installation's own first.
fn menu(texts: &Texts, first: &str) -> telegram::commands::Menu {
    let mut languages: Vec<&str> = texts.languages().collect();
    languages.sort_by_key(|language| *language != first);
    let lines = |language: &str| {
        let reader =
            Reader { language: language.to_owned(), zone: Zone::PARIS, platform: Platform::Telegram, command_sign: '/', seen: Seen::ByAll };
        let line = |command| Some((texts.plain(&menu::line_text(command)?, &reader), command));
        let built = TABLE.iter().filter(|spec| spec.built).filter_map(|spec| line(spec.command));
        built.map(|(text, command)| (command.word(language).to_owned(), text)).collect()
    };
    languages.into_iter().map(|language| (language.to_owned(), lines(language))).collect()
}

fn paces(config: &Config) -> Paces {
    let pace = |wanted: Option<crate::config::Pace>| match wanted {
        Some(pace) => Pace {
            all_per_second: Some(f64::from(pace.messages_per_second)),
            direct_per_second: Some(f64::from(pace.direct_messages_per_second)),
            group_per_minute: Some(f64::from(pace.group_messages_per_minute)),
        },
        None => Pace::default(),
    };
    let telegram = pace(config.telegram.as_ref().map(|telegram| telegram.pace));
    Paces { telegram, matrix: pace(config.matrix.as_ref().map(|matrix| matrix.pace)) }
}
