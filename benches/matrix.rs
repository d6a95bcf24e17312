//! What the program costs in memory on Matrix, measured from outside: `cargo bench --bench matrix`.
//!
//! The release binary runs as a child against a real homeserver, in a hundred encrypted rooms, and then has nothing to do.
//! `bash tests/support/matrix/install` must have run.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a bench fails by panicking")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::Duration;

use support::{
    matrix::{Heard, PASSWORD, People, Person, Plan, Synapse},
    program::Program,
};

/// How many encrypted rooms the bot is in.
const ROOMS: usize = 100;
/// Who made them: nobody is answered more than twenty commands a minute.
const PEOPLE: usize = 20;
/// What it may hold with nothing to do, in MiB.
const IDLE_MIB_MAX: f64 = 80.0;
/// How long it has nothing to do before it is measured.
const IDLE: Duration = Duration::from_secs(35);

/// A line of a process's status in MiB.
fn mib(process: u32, name: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("a running process");
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name}"));
    line.split_whitespace().nth(1).expect("KiB").parse::<f64>().expect("a number") / 1024.0
}

fn main() {
    if std::env::args().any(|arg| arg == "--list") {
        return;
    }
    let synapse = Synapse::shared();
    let (bot, folder) = (synapse.register("entraide"), tempfile::tempdir().unwrap());
    let store = folder.path().join("matrix").display().to_string();
    let settings = [
        ("ENTRAIDE_MATRIX__HOMESERVER", synapse.url()),
        ("ENTRAIDE_MATRIX__USER", bot.as_str()),
        ("ENTRAIDE_MATRIX__PASSWORD", PASSWORD),
        ("ENTRAIDE_MATRIX__STORE", &store),
        ("ENTRAIDE_LOG__LEVEL", "warn"),
    ];
    let login = Program::subcommand_with(folder.path(), &["matrix", "login"], &settings);
    assert!(login.status.success(), "{}", String::from_utf8_lossy(&login.stderr));
    let people = People::on(synapse);
    let all: Vec<Person> = (0..PEOPLE).map(|n| people.person(synapse, &format!("p{n}"))).collect();
    let mut program = Program::run(folder.path(), &settings);
    println!("| what | resident | of which its own |\n|---|---|---|");
    let row = |what: &str, program: &Program| {
        let (all, own) = (mib(program.id(), "VmRSS"), mib(program.id(), "RssAnon"));
        println!("| {what} | {all:.0} MiB | {own:.0} MiB |");
        // The code of a debug build is several times as large, which says nothing of the program.
        if cfg!(debug_assertions) { own } else { all }
    };
    let makes = |n: usize| {
        let room = all[n % PEOPLE].makes(Plan { name: &format!("Cercle {n}"), encrypted: true, invited: &[&bot], ..Plan::default() });
        all[n % PEOPLE].sees_join(&room, &bot);
        room
    };
    let rooms: Vec<String> = (0..ROOMS).map(makes).collect();
    for (n, room) in rooms.iter().enumerate() {
        all[n % PEOPLE].says(room, "!menu");
        all[n % PEOPLE].reads(room, &bot, "");
    }
    row("just after the last of a hundred encrypted rooms was answered", &program);
    std::thread::sleep(IDLE);
    let idle = row("with nothing to do", &program);
    assert!(program.stop(Duration::from_secs(60)).success(), "{}", program.log());
    program = Program::run(folder.path(), &settings);
    let is_answer = |heard: &&Heard| heard.room == rooms[0] && heard.sender == bot && heard.is_message();
    let answered = people.heard().iter().filter(is_answer).count();
    all[0].says(&rooms[0], "!menu");
    let more = |all: &[Heard]| (all.iter().filter(is_answer).count() > answered).then_some(());
    people.wait_for("an answer after the start", Duration::from_secs(120), more);
    std::thread::sleep(IDLE);
    let started = row("after a new start, with nothing to do", &program);
    assert!(idle.max(started) < IDLE_MIB_MAX, "{:.0} MiB are too much; {IDLE_MIB_MAX} are the limit", idle.max(started));
}
