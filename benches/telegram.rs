//! What the program costs on Telegram, measured from outside: `cargo bench --bench telegram`.
//!
//! The release binary runs as a child against the tests' own Bot API server in this process, on the loopback. Both share
//! the machine's cores, so the figures are lower bounds of what the program does alone.

#[path = "../tests/support/mod.rs"]
mod support;

use std::{
    fmt::Write as _,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use support::bot_api::{BotApi, ChatId, TOKEN, UserId};

/// How many people write.
/// As many as it takes for nobody to be slowed down.
const PEOPLE: usize = 1000;
const PATIENCE: Duration = Duration::from_secs(120);

struct Bot {
    child: Child,
    folder: tempfile::TempDir,
}

impl Bot {
    fn start(folder: tempfile::TempDir, api: &BotApi) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_entraide"))
            .arg("run")
            .env("ENTRAIDE_DATABASE__URL", format!("sqlite://{}", folder.path().join("data/entraide.db").display()))
            .env("ENTRAIDE_VAULT__KEY_FILE", folder.path().join("vault/key"))
            .env("ENTRAIDE_VAULT__RING", folder.path().join("vault/ring"))
            .env("ENTRAIDE_TELEGRAM__TOKEN", TOKEN)
            .env("ENTRAIDE_TELEGRAM__API_URL", api.url())
            .env("ENTRAIDE_TELEGRAM__MESSAGES_PER_SECOND", "100000")
            .env("ENTRAIDE_TELEGRAM__DIRECT_MESSAGES_PER_SECOND", "100000")
            .env("ENTRAIDE_TELEGRAM__GROUP_MESSAGES_PER_MINUTE", "100000")
            .env("ENTRAIDE_LOG__LEVEL", "error")
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        Self { child, folder }
    }

    /// Seconds of CPU so far.
    fn cpu_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("a running process");
        let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
        let ticks: f64 = fields[11].parse::<f64>().expect("ticks") + fields[12].parse::<f64>().expect("ticks");
        ticks / 100.0
    }

    /// Resident memory now, in MiB.
    fn resident_mib(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a running process");
        let line = status.lines().find(|line| line.starts_with("VmRSS")).expect("VmRSS");
        line.split_whitespace().nth(1).expect("KiB").parse::<f64>().expect("a number") / 1024.0
    }

    fn stop(mut self) -> tempfile::TempDir {
        self.child.kill().expect("it ends");
        self.child.wait().expect("it ended");
        std::mem::replace(&mut self.folder, tempfile::tempdir().expect("a folder"))
    }
}

struct Group {
    chat: ChatId,
    people: Vec<UserId>,
}

/// A group with its coordinator and members, everybody with credits.
fn prepare(api: &BotApi) -> Group {
    let nadia = api.person("Nadia");
    let chat = api.supergroup("Le cercle", nadia);
    let mut people = vec![nadia];
    people.extend((1..PEOPLE).map(|n| {
        let person = api.person(&name(n));
        api.enters(person, chat);
        person
    }));
    for (n, person) in people.iter().enumerate() {
        api.presses_start(*person);
        api.writes(*person, chat, if n == 0 { "/installer" } else { "/rejoindre" });
    }
    rest(api);
    for person in &people {
        api.presses(*person, *person, 1).expect("the consent");
    }
    rest(api);
    api.writes(nadia, nadia, "/crediter tous 100 banc d'essai");
    rest(api);
    api.presses(nadia, nadia, 1).expect("the confirmation");
    rest(api);
    Group { chat, people }
}

fn name(n: usize) -> String {
    if n == 0 { "Nadia".to_owned() } else { format!("p{n}") }
}

/// Waits until everything is taken, and nothing more was sent for a second.
fn rest(api: &BotApi) {
    let deadline = Instant::now() + PATIENCE;
    let (mut last, mut since) = (sent(api), Instant::now());
    while since.elapsed() < Duration::from_secs(1) || api.state().updates_waiting() > 0 {
        assert!(Instant::now() < deadline, "the bot does not come to rest");
        std::thread::sleep(Duration::from_millis(5));
        if sent(api) != last {
            (last, since) = (sent(api), Instant::now());
        }
    }
}

fn sent(api: &BotApi) -> u64 {
    api.state().sent
}

fn wait_sent(api: &BotApi, count: u64) {
    let deadline = Instant::now() + PATIENCE;
    while sent(api) < count {
        assert!(Instant::now() < deadline, "{} of {count} were sent", sent(api));
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn give(api: &BotApi, group: &Group, n: usize) {
    let to = name((n + 1) % PEOPLE);
    api.writes(group.people[n % PEOPLE], group.chat, format!("/donner @{to} 1").as_str());
}

fn main() {
    if std::env::args().any(|arg| arg == "--list") {
        return;
    }
    let mut table = String::new();
    let api = BotApi::start();
    api.state().log = false;
    let folder = tempfile::tempdir().expect("a folder");

    let begun = Instant::now();
    let bot = Bot::start(folder, &api);
    let deadline = Instant::now() + PATIENCE;
    while api.state().count("getUpdates") == 0 {
        assert!(Instant::now() < deadline, "it never polled");
        std::thread::sleep(Duration::from_micros(200));
    }
    let _ = writeln!(table, "start to first poll (new database)            {:>10.1} ms", begun.elapsed().as_secs_f64() * 1000.0);
    std::thread::sleep(Duration::from_secs(3));
    let _ = writeln!(table, "resident memory, idle                         {:>10.1} MiB", bot.resident_mib());

    let group = prepare(&api);
    let folder = bot.stop();
    let polled = api.state().count("getUpdates");
    let begun = Instant::now();
    let bot = Bot::start(folder, &api);
    while api.state().count("getUpdates") == polled {
        std::thread::sleep(Duration::from_micros(200));
    }
    let _ = writeln!(table, "start to first poll (existing database)       {:>10.1} ms", begun.elapsed().as_secs_f64() * 1000.0);
    rest(&api);

    // A steady hundred a second: from the update's arrival at the server to the first answer's arrival there.
    let mut latencies = Vec::new();
    for n in 0..1000 {
        let before = sent(&api);
        let begun = Instant::now();
        give(&api, &group, n);
        while sent(&api) == before {
            assert!(begun.elapsed() < PATIENCE);
            std::thread::sleep(Duration::from_micros(100));
        }
        latencies.push(begun.elapsed());
        std::thread::sleep(Duration::from_millis(10).saturating_sub(begun.elapsed()));
    }
    latencies.sort();
    let _ = writeln!(table, "update to answer at 100/s, median             {:>10.1} ms", latencies[500].as_secs_f64() * 1000.0);
    let _ = writeln!(table, "update to answer at 100/s, p99                {:>10.1} ms", latencies[990].as_secs_f64() * 1000.0);
    rest(&api);

    // Two hundred a second, both answers of each gift.
    let (cpu, before) = (bot.cpu_seconds(), sent(&api));
    let begun = Instant::now();
    for n in 0..2000 {
        give(&api, &group, n);
        std::thread::sleep((begun + Duration::from_millis(5) * (n as u32 + 1)).saturating_duration_since(Instant::now()));
    }
    wait_sent(&api, before + 4000);
    let _ = writeln!(table, "CPU per 1000 gifts at 200/s (2000 messages)   {:>10.2} s", (bot.cpu_seconds() - cpu) / 2.0);
    rest(&api);

    // Ten thousand at once, prepared while the bot is away.
    let folder = bot.stop();
    let before = sent(&api);
    for n in 0..10_000 {
        give(&api, &group, n);
    }
    let begun = Instant::now();
    let bot = Bot::start(folder, &api);
    while api.state().updates_waiting() > 0 {
        assert!(begun.elapsed() < PATIENCE, "not all were taken");
        std::thread::sleep(Duration::from_millis(1));
    }
    let taken = begun.elapsed().as_secs_f64();
    wait_sent(&api, before + 20_000);
    let answered = begun.elapsed().as_secs_f64();
    let _ = writeln!(table, "burst of 10000: committed                     {:>10.0} /s", 10_000.0 / taken);
    let _ = writeln!(table, "burst of 10000: answered (2 messages each)    {:>10.0} /s", 10_000.0 / answered);
    let _ = writeln!(table, "resident memory, after the burst              {:>10.1} MiB", bot.resident_mib());
    let database = bot.folder.path().join("data/entraide.db");
    let _ = writeln!(table, "database afterwards                           {:>10.1} MiB", size_mib(&database));
    bot.stop();
    println!("{table}");
}

fn size_mib(path: &Path) -> f64 {
    std::fs::metadata(path).map_or(0.0, |data| data.len() as f64 / 1_048_576.0)
}
