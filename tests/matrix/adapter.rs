//! The adapter alone, with a clock that the test moves: what takes minutes in life.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use entraide::{
    domain::{
        event::{Batch, Keeping, Missed, Origin, RoomEvent, Unheard},
        time::Timestamp,
    },
    platform::{
        Intake, NotTaken,
        matrix::{Allowed, Config, Credentials, Matrix, Wanted},
    },
};
use tokio::sync::watch;

use crate::{
    circle::STEP_TAKES,
    support::matrix::{PASSWORD, People, Person, Plan, Synapse},
};

/// What the adapter handed in.
#[derive(Clone, Default)]
struct Inbox(Arc<Mutex<Vec<Batch>>>);

impl Intake for Inbox {
    async fn submit(&self, batch: Batch) -> Result<(), NotTaken> {
        self.0.lock().unwrap().push(batch);
        Ok(())
    }
}

impl Inbox {
    fn wait_for<T>(&self, what: &str, find: impl Fn(&[Batch]) -> Option<T>) -> T {
        let deadline = Instant::now() + STEP_TAKES;
        loop {
            if let Some(found) = find(&self.0.lock().unwrap()) {
                return found;
            }
            assert!(Instant::now() < deadline, "waited in vain for {what}: {:?}", self.0.lock().unwrap());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn hears(&self, text: &str) {
        let is_it = |origin: &Origin| matches!(origin, Origin::Said(said) if said.text == text);
        let find = |all: &[Batch]| all.iter().flat_map(|batch| &batch.events).any(|event| is_it(&event.origin)).then_some(());
        self.wait_for(text, find);
    }

    fn missed(batches: &[Batch]) -> Vec<Missed> {
        let origins = batches.iter().flat_map(|batch| &batch.events).map(|event| &event.origin);
        let missed = origins.filter_map(|origin| match origin {
            Origin::Room(RoomEvent::Missed(missed)) => Some(missed.clone()),
            _ => None,
        });
        missed.collect()
    }
}

/// The adapter, reading, in a folder of its own.
struct Reading {
    user: String,
    minutes: Arc<AtomicI64>,
    inbox: Inbox,
    stop: watch::Sender<bool>,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

impl Reading {
    fn start(synapse: &Synapse) -> Self {
        let (user, folder) = (synapse.register("entraide"), tempfile::tempdir().unwrap());
        let minutes = Arc::<AtomicI64>::default();
        let passed = Arc::clone(&minutes);
        let begun = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_micros();
        let begun = i64::try_from(begun).unwrap();
        let matrix = Arc::new(Matrix::new(Config {
            homeserver: synapse.url().to_owned(),
            user: user.clone(),
            password: Some(PASSWORD.to_owned().into()),
            recovery_key: None,
            store: folder.path().join("matrix"),
            store_key: [7; 32],
            allowed: Allowed::default(),
            clock: Arc::new(move || Timestamp::from_micros(begun + passed.load(Ordering::Relaxed) * 60_000_000)),
        }));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let credentials = Credentials::Password(PASSWORD.to_owned().into());
        let wanted = Wanted { credentials, password: None, name: "entraide".to_owned(), reset_identity: false };
        let login = runtime.block_on(matrix.login(wanted)).unwrap();
        assert!(login.recovery_key.is_some() && !login.known);
        let (stop, stopping) = watch::channel(false);
        let inbox = Inbox::default();
        let intake = inbox.clone();
        runtime.spawn(async move { matrix.run(intake, None, Vec::new(), stopping).await.unwrap() });
        Self { user, minutes, inbox, stop, runtime, _folder: folder }
    }

    fn later(&self, minutes: i64) {
        self.minutes.fetch_add(minutes, Ordering::Relaxed);
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        // What is under way may end.
        self.runtime.block_on(async { tokio::time::sleep(Duration::from_millis(100)).await });
    }
}

/// Writes what the adapter cannot read, and waits until it knows.
fn writes_unreadably(reading: &Reading, person: &Person, room: &str) -> String {
    person.holds_keys(room);
    let event = person.says(room, "!sos");
    let keeps = |keeping: &Keeping| matches!(keeping, Keeping::Keep(kept) if kept.id == event);
    reading.inbox.wait_for("the message to be kept", |all| all.iter().flat_map(|batch| &batch.keeping).any(keeps).then_some(()));
    event
}

#[test]
fn a_message_whose_key_never_comes_is_told_of_once() {
    let synapse = Synapse::shared();
    let (reading, people) = (Reading::start(synapse), People::on(synapse));
    let awa = people.person(synapse, "Awa");
    let direct = awa.makes(Plan { encrypted: true, direct: true, invited: &[&reading.user], ..Plan::default() });
    awa.sees_join(&direct, &reading.user);
    let event = writes_unreadably(&reading, &awa, &direct);
    reading.later(1);
    awa.forgets_held_keys(&direct);
    awa.says(&direct, "readable");
    reading.inbox.hears("readable");
    assert!(Inbox::missed(&reading.inbox.0.lock().unwrap()).is_empty(), "not while it may still come");
    reading.later(2);
    let missed = reading.inbox.wait_for("the message to be given up", |all| Inbox::missed(all).pop());
    assert_eq!(missed.why, Unheard::NoKey);
    assert_eq!((missed.room.direct, missed.room.id.as_str()), (true, awa.user.as_str()));
    assert_eq!(missed.sender.map(|sender| sender.account.id), Some(awa.user.clone()));
    let let_go = |keeping: &Keeping| matches!(keeping, Keeping::LetGo { id, .. } if *id == event);
    reading.inbox.wait_for("it to be let go", |all| all.iter().flat_map(|batch| &batch.keeping).any(let_go).then_some(()));
    reading.later(20);
    awa.says(&direct, "and again");
    reading.inbox.hears("and again");
    assert_eq!(Inbox::missed(&reading.inbox.0.lock().unwrap()).len(), 1);
}
