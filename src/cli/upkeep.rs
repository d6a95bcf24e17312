//! What keeps the data sound: `entraide verify`, `backup` and `restore`, beside a running instance or without one.

use std::{
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use anyhow::{Context as _, bail, ensure};
use chrono::NaiveDate;
use tokio::sync::watch;

use crate::{
    app::{clock::Clock, service::Door},
    config::Config,
    domain::{
        message::{Msg, Value},
        time::{Timestamp, Zone},
    },
    platform::matrix::Matrix,
    store::{sql::Reader, verify},
};

use super::{
    export,
    instance::{self, Answer, Question},
    open::open,
};

/// How long a subcommand waits for the running instance.
const PATIENCE: Duration = Duration::from_secs(600);

/// When the running service verifies, on its own clock: while few write.
const NIGHT_HOUR: u32 = 3;

/// Checks the ledger and the invariants of a database.
pub(super) async fn verify(database: &Path) -> anyhow::Result<Answer> {
    let report = examine(database).await?;
    Ok(Answer { ok: report.faults.is_empty(), lines: report.to_string().lines().map(str::to_owned).collect() })
}

async fn examine(database: &Path) -> anyhow::Result<verify::Report> {
    let mut reader = Reader::open(database).await.with_context(|| format!("cannot read {}", database.display()))?;
    Ok(verify::verify(&mut reader).await?)
}

/// Makes a consistent copy, without keys, into a new file that only the owner can read.
pub(super) async fn backup(database: &Path, out: &Path) -> anyhow::Result<Answer> {
    ensure!(out.is_absolute(), "the path of a backup is absolute");
    ensure!(!out.exists(), "{} is there already; write the name of a new file", out.display());
    let unfinished = out.with_extension("unfinished");
    let _ = std::fs::remove_file(&unfinished);
    // Made first, so that it is never readable by others, not even while it grows; SQLite takes an empty file.
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&unfinished)
        .with_context(|| format!("cannot write {}", unfinished.display()))?;
    let name = unfinished.to_str().context("the path of a backup is UTF-8")?;
    let mut reader = Reader::open(database).await.with_context(|| format!("cannot read {}", database.display()))?;
    reader.copy_into(name).await?;
    let report = examine(&unfinished).await?;
    std::fs::File::open(&unfinished)?.sync_all()?;
    std::fs::rename(&unfinished, out)?;
    let mut lines = vec![format!("copied to {}; the master key and the key ring are not in it, keep them apart", out.display())];
    lines.extend(report.to_string().lines().map(str::to_owned));
    Ok(Answer { ok: report.faults.is_empty(), lines })
}

/// Until the next night in `zone`: so much time passes however often the service is started in between.
fn until_night(now: Timestamp, zone: Zone) -> Duration {
    let today = now.day(zone);
    let night = |day: NaiveDate| day.and_hms_opt(NIGHT_HOUR, 0, 0).map(|wall| zone.instant_or_later(wall));
    let next = [Some(today), today.succ_opt()].into_iter().flatten().filter_map(night).find(|night| *night > now);
    next.and_then(|night| night.since(now).to_std().ok()).unwrap_or(Duration::from_secs(24 * 3600))
}

/// Verifies every night while the service runs, and tells the operator what is off.
pub(super) async fn verify_nightly(
    database: PathBuf,
    door: Door,
    (clock, zone): (Clock, Zone),
    mut stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    loop {
        tokio::select! {
            _ = stop.changed() => return Ok(()),
            () = tokio::time::sleep(until_night(clock.now(), zone)) => {}
        }
        match examine(&database).await {
            Ok(report) if report.faults.is_empty() => {
                metrics::gauge!("entraide_verify_faults").set(0.0);
                tracing::info!("the nightly verification found nothing");
            }
            Ok(report) => {
                for fault in &report.faults {
                    tracing::error!(%fault, "the nightly verification failed");
                }
                metrics::gauge!("entraide_verify_faults").set(f64::from(u32::try_from(report.faults.len()).unwrap_or(u32::MAX)));
                tell_faults(&door, report.faults.len());
            }
            Err(error) => tracing::error!(error = %format!("{error:#}"), "the nightly verification could not run"),
        }
    }
}

/// Answers a subcommand, in the running service or where none runs.
pub(super) async fn answer(database: &Path, matrix: Option<&Matrix>, question: Question) -> Answer {
    let done = match question {
        Question::MatrixStatus => super::matrix::answer_status(matrix).await,
        Question::Verify => verify(database).await,
        Question::Backup { out } => backup(database, &out).await,
        Question::Export { out, format } => export::write(database, &out, format).await,
    };
    done.unwrap_or_else(|error| Answer { ok: false, lines: vec![format!("{error:#}")] })
}

/// What the nightly verification tells the operator.
fn tell_faults(door: &Door, count: usize) {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    door.tell_operator(Msg::new("operator-verify-failed").with("count", Value::Number(count)));
}

/// Asks the running instance, or does it here where none runs.
pub(super) fn ask_or_do(config: &Config, question: Question) -> anyhow::Result<ExitCode> {
    let database = &config.database.file;
    ensure!(database.exists(), "there is no database at {}; `database.url` says where it is", database.display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let answer = runtime.block_on(async {
        match instance::lock(database)? {
            None => tokio::time::timeout(PATIENCE, instance::ask(database, &question)).await.context("no answer")?,
            Some(_lock) => {
                // Whatever a crash left in the write-ahead log is folded in by opening the store once.
                open(config).await?.checkpoint().await?;
                Ok(answer(database, None, question).await)
            }
        }
    })?;
    for line in &answer.lines {
        println!("{line}");
    }
    Ok(if answer.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Puts a backup in the place of the database; the one that was there is kept beside it.
pub(super) fn restore(config: &Config, from: &Path) -> anyhow::Result<ExitCode> {
    let database = &config.database.file;
    let Some(_lock) = instance::lock(database)? else {
        bail!("an entraide runs on {}; stop it first", database.display());
    };
    ensure!(from.is_file(), "there is no backup at {}", from.display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let report = runtime.block_on(examine(from)).with_context(|| format!("{} is no sound backup", from.display()))?;
    ensure!(report.faults.is_empty(), "{} is no sound backup:\n{report}", from.display());
    let fresh = beside(database, ".restoring");
    std::fs::copy(from, &fresh).with_context(|| format!("cannot copy to {}", fresh.display()))?;
    std::fs::set_permissions(&fresh, std::fs::Permissions::from_mode(0o600))?;
    let kept = set_aside(database)?;
    std::fs::rename(&fresh, database)?;
    // Opening it proves that the present key and ring belong to it.
    let opened = runtime.block_on(async { open(config).await?.checkpoint().await.map_err(anyhow::Error::from) });
    if let Err(error) = opened {
        if let Some(kept) = &kept {
            set_aside(database)?;
            std::fs::rename(kept, database)?;
        }
        return Err(error.context("the backup does not open with the present master key and key ring; nothing was changed"));
    }
    println!("restored from {}", from.display());
    if let Some(kept) = kept {
        println!("the database that was there is kept at {}; delete it when all is well", kept.display());
    }
    println!("what was erased since the backup stays unreadable, because the key ring is the present one");
    Ok(ExitCode::SUCCESS)
}

/// Moves a database with its log out of the way; `None` where there is none.
fn set_aside(database: &Path) -> anyhow::Result<Option<PathBuf>> {
    if !database.exists() {
        return Ok(None);
    }
    let stamp = chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()).format(".before-%Y%m%dT%H%M%S%.3f").to_string();
    let kept = beside(database, &stamp);
    std::fs::rename(database, &kept).with_context(|| format!("cannot move {}", database.display()))?;
    for ending in ["-wal", "-shm"] {
        let log = beside(database, ending);
        if log.exists() {
            std::fs::rename(&log, beside(&kept, ending))?;
        }
    }
    Ok(Some(kept))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_night_is_at_three_whatever_the_clock_does() {
        let at = |text: &str| Timestamp::from_micros(text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_micros());
        for (now, hours) in [
            ("2026-11-26T12:00:00Z", 14),
            ("2026-11-26T01:59:59Z", 0),
            ("2026-11-26T02:00:00Z", 24),
            // The clocks go forward, then back.
            ("2027-03-28T00:00:00Z", 1),
            ("2026-10-24T12:00:00Z", 14),
        ] {
            assert_eq!(until_night(at(now), Zone::PARIS).as_secs() / 3600, hours, "{now}");
        }
    }
}
