//! The figures for Prometheus: their names with what they mean, and the recorder that keeps them.

use metrics::{Unit, counter, describe_counter, describe_gauge, gauge};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use super::health::{Snapshot, Status};

/// Figures that only grow, counted where it happens: `metrics::counter!(name).increment(1)`.
const COUNTERS: &[(&str, &str)] = &[
    ("entraide_incidents_total", "Events that failed and were put aside with an incident number"),
    ("entraide_delivery_retries_total", "Deliveries that did not surely arrive and are tried again"),
    ("entraide_deliveries_given_up_total", "Deliveries that were given up"),
];

/// Figures that rise and fall, set where they are known: `metrics::gauge!(name).set(value)`.
const GAUGES: &[(&str, &str)] = &[
    ("entraide_outbox_waiting", "Deliveries that wait to be sent"),
    ("entraide_verify_faults", "What was off in the last nightly verification"),
];

/// Figures that are set from the state of health whenever somebody asks.
const OF_HEALTH: &[(&str, &str)] = &[
    ("entraide_healthy", "1 where all is well, 0 where something that people need does not work"),
    ("entraide_database_writable", "1 where the last commit succeeded"),
    ("entraide_platform_answering", "1 where the platform answered lately"),
    ("entraide_oldest_event_seconds", "How long the oldest event waits that is not handled"),
    ("entraide_oldest_delivery_seconds", "How long the oldest message waits that somebody is owed"),
];

/// The recorder of this process could not be set, because it has one.
#[derive(Debug, thiserror::Error)]
#[error("the figures of this process are recorded elsewhere already")]
pub struct RecordedElsewhere;

/// Where the figures are read.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Records the figures of this process from now on. To be called once, before anything is counted.
    ///
    /// # Errors
    /// Where they are recorded elsewhere already.
    pub fn start() -> Result<Self, RecordedElsewhere> {
        let handle = PrometheusBuilder::new().install_recorder().map_err(|_| RecordedElsewhere)?;
        describe();
        Ok(Self(handle))
    }

    /// The page that Prometheus reads.
    pub(super) fn page(&self, health: &Snapshot) -> String {
        set(health);
        self.0.render()
    }
}

fn describe() {
    for (name, meaning) in COUNTERS {
        describe_counter!(*name, *meaning);
        // A figure that is there from the start, so that its first increase is seen.
        counter!(*name).increment(0);
    }
    for (name, meaning) in GAUGES.iter().chain(OF_HEALTH) {
        match name.ends_with("_seconds") {
            true => describe_gauge!(*name, Unit::Seconds, *meaning),
            false => describe_gauge!(*name, *meaning),
        }
    }
}

fn set(health: &Snapshot) {
    let seconds = |seconds: i64| f64::from(i32::try_from(seconds).unwrap_or(i32::MAX));
    gauge!("entraide_healthy").set(if health.status == Status::Ok { 1.0 } else { 0.0 });
    gauge!("entraide_database_writable").set(f64::from(u8::from(health.database.writable)));
    for (platform, state) in &health.platforms {
        gauge!("entraide_platform_answering", "platform" => *platform).set(f64::from(u8::from(state.answering)));
    }
    gauge!("entraide_oldest_event_seconds").set(seconds(health.oldest_event_seconds));
    gauge!("entraide_oldest_delivery_seconds").set(seconds(health.oldest_delivery_seconds));
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path, sync::Arc};

    use super::*;
    use crate::{
        domain::{event::Platform, time::Timestamp},
        http::Health,
    };

    #[test]
    fn the_page_has_every_figure_with_its_meaning() {
        let recorder = PrometheusBuilder::new().build_recorder();
        let page = metrics::with_local_recorder(&recorder, || {
            describe();
            gauge!("entraide_outbox_waiting").set(3.0);
            gauge!("entraide_verify_faults").set(0.0);
            let health = Health::default();
            health.watch(Platform::Telegram, Arc::default());
            Metrics(recorder.handle()).page(&health.snapshot(Timestamp::from_micros(0)))
        });
        for line in [
            "entraide_healthy 0",
            "entraide_database_writable 1",
            "entraide_platform_answering{platform=\"telegram\"} 0",
            "entraide_oldest_event_seconds 0",
            "entraide_incidents_total 0",
            "entraide_outbox_waiting 3",
        ] {
            assert!(page.lines().any(|found| found == line), "{line} is not in\n{page}");
        }
        for (name, meaning) in COUNTERS.iter().chain(GAUGES).chain(OF_HEALTH) {
            assert!(page.contains(&format!("# HELP {name} {meaning}")), "{name} is not in\n{page}");
        }
    }

    #[test]
    fn every_figure_that_the_program_counts_is_described() {
        fn sources(folder: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    sources(&path, found);
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    found.push(fs::read_to_string(&path).unwrap());
                }
            }
        }
        let mut texts = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut texts);
        let mut counted = 0;
        for text in &texts {
            for macro_name in ["counter!(\"", "gauge!(\"", "histogram!(\""] {
                for rest in text.split(macro_name).skip(1) {
                    let name = rest.split('"').next().unwrap_or_default();
                    let known = COUNTERS.iter().chain(GAUGES).chain(OF_HEALTH).any(|(known, _)| *known == name);
                    assert!(known, "{name} is counted and not described");
                    counted += 1;
                }
            }
        }
        assert!(counted > 5, "the sources were not found");
    }
}
