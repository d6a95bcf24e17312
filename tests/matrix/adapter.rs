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
        event::{AccountAddress, Batch, Event, Keeping, Missed, Origin, Platform, RoomEvent, Unheard},
        ids::IdSource,
        time::Timestamp,
    },
    platform::{
        Body, Destination, Intake, NotTaken, Parcel,
        matrix::{Allowed, Config, Credentials, MISSED_MAX, Matrix, Wanted},
    },
    text::rich::{RichText, Span, Style},
};
use tokio::sync::watch;

use crate::{
    circle::STEP_TAKES,
    support::matrix::{PASSWORD, People, Person, Plan, Proxy, Synapse, content},
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
    matrix: Arc<Matrix>,
    begun: i64,
    minutes: Arc<AtomicI64>,
    inbox: Inbox,
    stop: watch::Sender<bool>,
    reads: Option<tokio::task::JoinHandle<()>>,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

impl Reading {
    fn start(synapse: &Synapse) -> Self {
        Self::at(synapse, synapse.url(), MISSED_MAX)
    }

    fn at(synapse: &Synapse, url: &str, missed_max: usize) -> Self {
        let (user, folder) = (synapse.register("entraide"), tempfile::tempdir().unwrap());
        let minutes = Arc::<AtomicI64>::default();
        let passed = Arc::clone(&minutes);
        let begun = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_micros();
        let begun = i64::try_from(begun).unwrap();
        let matrix = Arc::new(Matrix::new(Config {
            homeserver: url.to_owned(),
            user: user.clone(),
            password: Some(PASSWORD.to_owned().into()),
            recovery_key: None,
            store: folder.path().join("matrix"),
            store_key: [7; 32],
            allowed: Allowed::default(),
            missed_max,
            clock: Arc::new(move || Timestamp::from_micros(begun + passed.load(Ordering::Relaxed) * 60_000_000)),
        }));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let credentials = Credentials::Password(PASSWORD.to_owned().into());
        let wanted = Wanted { credentials, password: None, name: "entraide".to_owned(), reset_identity: false };
        let login = runtime.block_on(matrix.login(wanted)).unwrap();
        assert!(login.recovery_key.is_some() && !login.known);
        let (stop, inbox) = (watch::Sender::new(false), Inbox::default());
        let mut reading = Self { user, matrix, begun, minutes, inbox, stop, reads: None, runtime, _folder: folder };
        reading.goes_on();
        reading
    }

    /// Reads on from the last commit.
    fn goes_on(&mut self) {
        let (matrix, intake) = (Arc::clone(&self.matrix), self.inbox.clone());
        let cursor = self.inbox.0.lock().unwrap().iter().rev().find_map(|batch| batch.cursor.clone());
        self.stop.send_replace(false);
        let stopping = self.stop.subscribe();
        #[allow(clippy::large_futures, reason = "what is spawned is on the heap at once")]
        let reads = self.runtime.spawn(async move { matrix.run(intake, cursor, Vec::new(), stopping).await.unwrap() });
        self.reads = Some(reads);
    }

    /// Is away until [`Self::goes_on`].
    fn rests(&mut self) {
        self.stop.send_replace(true);
        if let Some(reads) = self.reads.take() {
            self.runtime.block_on(reads).unwrap();
        }
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.begun + self.minutes.load(Ordering::Relaxed) * 60_000_000)
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

#[test]
fn who_was_away_for_too_long_says_so_once_in_each_room_and_goes_on() {
    let synapse = Synapse::shared();
    let (mut reading, people) = (Reading::start(synapse), People::on(synapse));
    let awa = people.person(synapse, "Awa");
    let direct = awa.makes(Plan { encrypted: true, direct: true, invited: &[&reading.user], ..Plan::default() });
    let group = awa.makes(Plan { invited: &[&reading.user], ..Plan::default() });
    let quiet = awa.makes(Plan { invited: &[&reading.user], ..Plan::default() });
    for room in [&direct, &group, &quiet] {
        awa.sees_join(room, &reading.user);
        awa.says(room, &format!("before in {room}"));
        reading.inbox.hears(&format!("before in {room}"));
    }
    reading.rests();
    awa.says(&direct, "forgotten");
    // More than comes with one sync: this gap is paged back to, and cut.
    let begun: Vec<_> = (0..60).map(|n| awa.begins(&group, content::text(&format!("forgotten {n}")))).collect();
    begun.into_iter().for_each(|ticket| drop(awa.done(ticket)));
    reading.later(8 * 24 * 60);
    reading.goes_on();
    let two = |all: &[Batch]| Some(Inbox::missed(all)).filter(|missed| missed.len() >= 2);
    let missed = reading.inbox.wait_for("both rooms to be told of", two);
    assert!(missed.iter().all(|missed| missed.why == Unheard::TooMuch), "{missed:?}");
    let in_private = missed.iter().find(|missed| missed.room.direct).unwrap();
    assert_eq!(in_private.sender.as_ref().map(|sender| sender.account.id.as_str()), Some(awa.user.as_str()));
    assert!(missed.iter().any(|missed| missed.room.id == group && missed.sender.is_none()), "{missed:?}");
    reading.later(-8 * 24 * 60);
    for room in [&direct, &group, &quiet] {
        awa.says(room, &format!("fresh in {room}"));
        reading.inbox.hears(&format!("fresh in {room}"));
    }
    let all = reading.inbox.0.lock().unwrap();
    assert_eq!(Inbox::missed(&all).len(), 2, "where nothing was said, nothing was missed");
    let said = |event: &Event| matches!(&event.origin, Origin::Said(said) if said.text.starts_with("forgotten"));
    assert!(!all.iter().flat_map(|batch| &batch.events).any(said));
}

#[test]
fn of_more_than_the_bound_the_newest_are_read_and_the_room_is_told() {
    const BOUND: usize = 105;
    let synapse = Synapse::shared();
    let (mut reading, people) = (Reading::at(synapse, synapse.url(), BOUND), People::on(synapse));
    let awa = people.person(synapse, "Awa");
    let [much, within, quiet] = [(); 3].map(|()| awa.makes(Plan { invited: &[&reading.user], ..Plan::default() }));
    for room in [&much, &within, &quiet] {
        awa.sees_join(room, &reading.user);
        awa.says(room, &format!("before in {room}"));
        reading.inbox.hears(&format!("before in {room}"));
    }
    reading.rests();
    // The homeserver answers the question that was still open, and keeps that answer for who asks the same again.
    awa.says(&quiet, "nobody listens");
    std::thread::sleep(Duration::from_secs(2));
    // One sync brings fifty; the bound counts what is paged back beyond those.
    let counts = [(&much, BOUND + 50 + 15), (&within, BOUND + 10)];
    for (room, count) in counts {
        let begun: Vec<_> = (0..count).map(|n| awa.begins(room, content::text(&format!("{room} {n}")))).collect();
        begun.into_iter().for_each(|ticket| drop(awa.done(ticket)));
    }
    reading.goes_on();
    for (room, count) in counts {
        reading.inbox.hears(&format!("{room} {}", count - 1));
        let all = reading.inbox.0.lock().unwrap();
        let events: Vec<&Event> = all.iter().flat_map(|batch| &batch.events).collect();
        let said = events.iter().filter_map(|event| match &event.origin {
            Origin::Said(said) if said.room.id == *room => {
                said.text.strip_prefix(room.as_str()).map(|n| n.trim().parse::<usize>().unwrap())
            }
            _ => None,
        });
        let first = if *room == much { 15 } else { 0 };
        assert_eq!(said.collect::<Vec<_>>(), (first..count).collect::<Vec<_>>(), "the newest, the oldest of them first");
        let told = |event: &&Event| matches!(&event.origin, Origin::Room(RoomEvent::Missed(missed)) if missed.room.id == *room);
        assert_eq!(events.iter().filter(|event| told(event)).count(), usize::from(*room == much));
        let at = |fits: &dyn Fn(&Event) -> bool| events.iter().position(|event| fits(event));
        let word = at(&|event: &Event| told(&event));
        let oldest = at(&|event: &Event| matches!(&event.origin, Origin::Said(said) if said.text == format!("{room} {first}")));
        assert!(word.is_none() || word < oldest, "the word comes before what was read");
    }
}

#[test]
fn how_the_device_stands_counts_the_others_and_which_of_them_are_stale() {
    let synapse = Synapse::shared();
    let (reading, people) = (Reading::start(synapse), People::on(synapse));
    // At work, so that it is asked through the client that reads.
    let awa = people.person(synapse, "Awa");
    let room = awa.makes(Plan { invited: &[&reading.user], ..Plan::default() });
    awa.sees_join(&room, &reading.user);
    let standing = || reading.runtime.block_on(reading.matrix.standing());
    let wait = |others: usize, stale: usize| {
        let deadline = Instant::now() + STEP_TAKES;
        loop {
            let now = standing();
            if now.as_ref().is_ok_and(|now| (now.others, now.stale) == (others, stale)) {
                return now.unwrap();
            }
            assert!(Instant::now() < deadline, "not {others} others with {stale} stale: {now:?}");
            std::thread::sleep(Duration::from_millis(500));
        }
    };
    // The one with which the account was made was never seen again.
    assert!(wait(1, 1).is_well());
    let other = people.client(&reading.user, "the other one");
    assert!(wait(2, 1).is_well(), "{}", other.device);
    reading.later(31 * 24 * 60);
    assert!(wait(2, 2).lines().iter().any(|line| line.contains("2 (2 not seen for 30 days)")));
}

#[test]
fn what_is_older_than_a_day_is_looked_for_before_it_is_sent_again() {
    let synapse = Synapse::shared();
    let proxy = Proxy::before(synapse);
    let (reading, people) = (Reading::at(synapse, &proxy.url(), MISSED_MAX), People::on(synapse));
    let awa = people.person(synapse, "Awa");
    let direct = awa.makes(Plan { encrypted: true, direct: true, invited: &[&reading.user], ..Plan::default() });
    awa.sees_join(&direct, &reading.user);
    awa.says(&direct, "open");
    reading.inbox.hears("open");
    let sent = || proxy.passed().iter().filter(|passed| passed.method == "PUT" && passed.path.contains("/send/")).count();
    for (hours, times) in [(0, 2), (25, 1)] {
        let at = Timestamp::from_micros(reading.now().micros() - hours * 3_600_000_000);
        let text = format!("{hours} hours");
        let spans = vec![Span { text: text.clone(), style: Style::Plain }];
        let parcel = Parcel {
            delivery: IdSource::new([hours.unsigned_abs() as u8; 32], at).make(),
            to: Destination::Direct(AccountAddress { platform: Platform::Matrix, id: awa.user.clone() }),
            answers: None,
            thread: None,
            body: Body::Message { text: RichText { spans }, buttons: Vec::new(), file: None, edit_of: None },
        };
        let before = sent();
        let deliver = || reading.runtime.block_on(reading.matrix.deliver(&parcel)).unwrap().message.unwrap();
        let first = deliver();
        awa.reads(&direct, &reading.user, &text);
        assert_eq!(deliver(), first);
        assert_eq!(sent() - before, times, "{hours} hours: {}", proxy.transcript());
        let read = awa.heard(&direct).iter().filter(|heard| heard.body() == text).count();
        assert_eq!(read, 1);
    }
}
