//! The service around the engine: timers under a steady stream, reports that could not be recorded at once.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;

use std::time::Duration;

use desk::{batch, said};
use entraide::{
    app::{
        report::{Fate, Report},
        service::Service,
    },
    binds,
    platform::{Intake, Receipt},
    store::{
        sql::{Reader, Writer},
        url_of,
    },
};
use tokio::{sync::watch, time::timeout};

/// Waits until the statement reads this number.
async fn until(reader: &mut Reader, statement: &'static str, expected: impl Fn(i64) -> bool) {
    let reached = async {
        while !expected(reader.rows(statement, binds![]).await.unwrap()[0].int(0).unwrap()) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(20), reached).await.unwrap_or_else(|_| panic!("{statement}"));
}

#[tokio::test]
async fn timers_come_due_under_a_steady_stream_of_messages() {
    let folder = tempfile::tempdir().unwrap();
    let engine = desk::engine(folder.path()).await;
    let clock = engine.clock().clone();
    let (service, ends) = Service::start(engine).await.unwrap();
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(service.run(stopped));
    let streams: Vec<_> = (0..200)
        .map(|n| {
            let door = ends.door.clone();
            tokio::spawn(async move {
                let mut key = 0;
                while door.submit(batch(vec![said(&format!("{n}:{key}"), "Awa", "")])).await.is_ok() {
                    key += 1;
                }
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(200)).await;
    clock.set(desk::NOON.plus(chrono::TimeDelta::hours(2)));
    let mut reader = Reader::open(&folder.path().join("entraide.db")).await.unwrap();
    let now = clock.now().micros();
    until(&mut reader, "SELECT MIN(due_at) FROM timer", |due| due > now).await;
    stop.send(true).unwrap();
    drop(ends);
    running.await.unwrap();
    for stream in streams {
        stream.await.unwrap();
    }
}

#[tokio::test]
async fn what_became_of_deliveries_is_recorded_once_that_is_possible_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    let owed = desk::handle(&mut engine, vec![said("1", "Awa", "/nuageux")]).await;
    let (service, ends) = Service::start(engine).await.unwrap();
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(service.run(stopped));

    // Somebody else holds the database for longer than the engine waits.
    let database = folder.path().join("entraide.db");
    let mut other = Writer::connect(&url_of(&database)).await.unwrap();
    other.begin();
    // It takes the lock with its first statement.
    other.rows("SELECT 1", vec![]).await.unwrap();
    ends.reports.send(owed.into_iter().map(|ready| Report { ready, fate: Fate::Delivered(Receipt::default()) }).collect()).unwrap();
    tokio::time::sleep(Duration::from_millis(5500)).await;
    other.rollback(false).await.unwrap();

    let mut reader = Reader::open(&database).await.unwrap();
    until(&mut reader, "SELECT COUNT(*) FROM delivery", |rows| rows == 0).await;
    stop.send(true).unwrap();
    drop(ends);
    running.await.unwrap();
}
