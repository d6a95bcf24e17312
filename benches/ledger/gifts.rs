//! `/give` from the words to the commit: through the service's door, by so many callers who each wait for their own.

use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use entraide::{
    app::{clock::Clock, engine::Engine, find::Defaults, service::Service},
    domain::{
        event::{Batch, Event, Platform},
        time::{Timestamp, Zone},
    },
    platform::Intake as _,
    store::{Store, url_of},
    vault::{Existing, Vault},
};
use tokio::sync::watch;

use super::{desk, floor};

const PEOPLE: usize = 1_000;
const LENGTH: Duration = Duration::from_secs(5);

pub(super) async fn open(folder: &std::path::Path) -> Result<Engine, Box<dyn Error>> {
    let database = folder.join("entraide.db");
    let existing = if database.exists() { Existing::Database } else { Existing::Nothing };
    let vault = Arc::new(Vault::open(&folder.join("key"), &folder.join("ring"), existing)?);
    let store = Store::open(&format!("{}?mode=rwc", url_of(&database)), vault).await?;
    let defaults = Defaults { language: "fr".into(), zone: Zone::PARIS, languages: vec!["en".into(), "fr".into()] };
    Ok(Engine::new(store, Clock::standing(desk::NOON), defaults, false))
}

/// A group of so many, each with forty thousand credits.
pub(super) async fn found(engine: &mut Engine, people: usize) -> Result<(), Box<dyn Error>> {
    engine.start().await?;
    let mut now = desk::NOON;
    let mut events = Vec::new();
    let mut says = |name: &str, group: bool, text: &str| {
        let key = format!("found {}", events.len());
        let event = if group { desk::said_in_group(&key, name, text) } else { desk::said(&key, name, text) };
        now = Timestamp::from_micros(now.micros() + 1_000);
        events.push(Event { at: now, ..event });
    };
    says("Nadia", true, "/installer");
    says("Nadia", false, "1");
    for n in 0..people {
        let name = name(n);
        says(&name, true, "/rejoindre");
        says(&name, false, "1");
    }
    for _ in 0..4 {
        says("Nadia", false, "/crediter tous 10000 depart");
        says("Nadia", false, "1");
    }
    for some in events.chunks(64) {
        engine.handle(vec![desk::batch(some.to_vec())]).await?;
    }
    Ok(())
}

/// Names that nobody mistakes for another's.
pub(super) fn name(n: usize) -> String {
    let letters = |n: usize| [b'a' + (n / 26 / 26 % 26) as u8, b'a' + (n / 26 % 26) as u8, b'a' + (n % 26) as u8];
    format!("Membre{}", String::from_utf8_lossy(&letters(n)))
}

pub(super) async fn measure() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut engine = open(folder.path()).await?;
    found(&mut engine, PEOPLE).await?;
    drop(engine);
    for callers in [1, 10, 100, 1_000] {
        // Beside each other, so that both meet the same machine.
        let (plain, driver) = (floor::plain(tempfile::tempdir()?.path())?, floor::driver(tempfile::tempdir()?.path()).await?);
        let (rate, batch, statements, p99) = with(folder.path(), callers).await?;
        println!(
            "{callers:>5} callers: {rate:>7.0} gifts/s ({:.2} x the driver), {batch:.1} in a commit, {statements:.2} statements a gift, \
             p99 {:.1} ms; one row a commit: sqlx {driver:.0}/s, plain SQLite {plain:.0}/s",
            rate / driver,
            p99.as_secs_f64() * 1_000.0,
        );
    }
    Ok(())
}

/// Gifts a second, gifts in a commit, statements a gift, and how long all but one in a hundred waited at most.
async fn with(folder: &std::path::Path, callers: usize) -> Result<(f64, f64, f64, Duration), Box<dyn Error>> {
    static RUN: AtomicU64 = AtomicU64::new(0);
    let run = RUN.fetch_add(1, Ordering::Relaxed);
    let mut engine = open(folder).await?;
    // What was owed by the run before is nobody's business here.
    desk::sql(&mut engine, "DELETE FROM delivery".into()).await;
    let commits = "SELECT COUNT(*) FROM transfer";
    let before = desk::number(&mut engine, commits).await;
    let counted = engine.store().writer().counted();
    let counted_before = counted.read();
    let (service, mut ends) = Service::start(engine).await?;
    let (stop, stopped) = watch::channel(false);
    let serving = tokio::spawn(service.run(stopped));
    // What is owed goes nowhere: this is parse to commit.
    tokio::spawn(async move { while ends.outgoing.recv().await.is_some() {} });
    let over = Arc::new(AtomicBool::new(false));
    let mut waits = Vec::new();
    let mut tasks = Vec::new();
    let begin = Instant::now();
    let opened = desk::NOON.plus(TimeDelta::hours(i64::try_from(run + 1)?));
    for caller in 0..callers {
        let (door, over) = (ends.door.clone(), Arc::clone(&over));
        tasks.push(tokio::spawn(async move {
            let (from, to) = (name(caller), name((caller + 1) % PEOPLE));
            let (mut waited, mut n) = (Vec::new(), 0_u64);
            while !over.load(Ordering::Relaxed) {
                let asked = Instant::now();
                let key = format!("{run} {caller} {n}");
                let text = format!("/donner @{to} 1 merci");
                let event = desk::said_in(&key, desk::direct(Platform::Terminal, &from), &from, &text);
                // Times go on, as they do in life: ids and indexes begin with them.
                let event = Event { at: opened.plus(TimeDelta::from_std(begin.elapsed()).unwrap_or_default()), ..event };
                if door.submit(Batch { events: vec![event], ..Batch::default() }).await.is_err() {
                    break;
                }
                waited.push(asked.elapsed());
                n += 1;
            }
            waited
        }));
    }
    tokio::time::sleep(LENGTH).await;
    over.store(true, Ordering::Relaxed);
    for task in tasks {
        waits.extend(task.await?);
    }
    let took = begin.elapsed();
    drop(ends.reports);
    let _ = stop.send(true);
    serving.await?;
    let mut engine = open(folder).await?;
    let gifts = desk::number(&mut engine, commits).await - before;
    if usize::try_from(gifts)? != waits.len() {
        return Err(format!("{} gifts were answered, and {gifts} are in the ledger", waits.len()).into());
    }
    let (statements, commits) = counted.read();
    let (statements, commits) = (statements - counted_before.0, commits - counted_before.1);
    waits.sort_unstable();
    let p99 = waits.get(waits.len() * 99 / 100).copied().unwrap_or_default();
    let gifts = waits.len() as f64;
    Ok((gifts / took.as_secs_f64(), gifts / commits as f64, statements as f64 / gifts, p99))
}
