//! A helper in Python that is told what to do by lines of JSON, and answers so.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// How long one order may take; a homeserver that starts on a busy machine takes longest.
const ANSWERS_WITHIN: Duration = Duration::from_secs(120);
/// How long a helper may take to end once its input did.
const ENDS_WITHIN: Duration = Duration::from_secs(20);
/// How much of what a helper complains about is kept.
const COMPLAINTS_MAX: usize = 200;

/// A running helper; it ends when this is dropped, and when the test's process ends in whatever way.
pub(super) struct Wire {
    child: Child,
    stdin: Mutex<Option<ChildStdin>>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    next: u64,
    answers: HashMap<u64, Result<Value, String>>,
    ready: Option<Result<Value, String>>,
    ended: bool,
    complaints: Vec<String>,
}

/// An order that was given and not yet waited for.
#[must_use]
#[derive(Clone, Copy, Debug)]
pub struct Ticket(u64);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wire {
    /// Starts `script`; what it tells unasked goes to `tells`. The second value is what it said when it was ready.
    pub(super) fn start(script: &str, argument: &str, tells: impl Fn(Value) + Send + 'static) -> (Self, Value) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/matrix").join(script);
        let mut child = Command::new(python())
            .arg(&script)
            .arg(argument)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", script.display()));
        let shared = Arc::<Shared>::default();
        let (said, complaints) = (child.stdout.take(), child.stderr.take());
        let listening = Arc::clone(&shared);
        thread::spawn(move || {
            said.map(BufReader::new).into_iter().for_each(|said| listen(&listening, said, &tells));
            listening.lock().ended = true;
            listening.changed.notify_all();
        });
        let listening = Arc::clone(&shared);
        thread::spawn(move || {
            for line in complaints.map(BufReader::new).into_iter().flat_map(BufRead::lines).map_while(Result::ok) {
                let mut state = listening.lock();
                if state.complaints.len() < COMPLAINTS_MAX {
                    state.complaints.push(line);
                }
            }
        });
        let wire = Self { stdin: Mutex::new(child.stdin.take()), child, shared };
        let ready = wire.wait(|state| state.ready.take()).unwrap_or_else(|error| panic!("{}: {error}", script.display()));
        (wire, ready)
    }

    /// Gives an order without waiting for its answer.
    pub(super) fn order(&self, mut order: Value) -> Ticket {
        let n = {
            let mut state = self.shared.lock();
            state.next += 1;
            state.next
        };
        order["n"] = json!(n);
        let mut stdin = self.stdin.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stdin) = stdin.as_mut() {
            // That it ended is seen where its answer is awaited.
            let _ = writeln!(stdin, "{order}").and_then(|()| stdin.flush());
        }
        Ticket(n)
    }

    /// Waits for the answer to an order.
    pub(super) fn answer(&self, Ticket(n): Ticket) -> Result<Value, String> {
        self.wait(|state| state.answers.remove(&n))
    }

    /// Gives an order and waits for the answer.
    pub(super) fn ask(&self, order: Value) -> Result<Value, String> {
        self.answer(self.order(order))
    }

    /// What it complained about.
    pub(super) fn complaints(&self) -> String {
        self.shared.lock().complaints.join("\n")
    }

    fn wait(&self, mut take: impl FnMut(&mut State) -> Option<Result<Value, String>>) -> Result<Value, String> {
        let deadline = Instant::now() + ANSWERS_WITHIN;
        let mut state = self.shared.lock();
        loop {
            if let Some(answer) = take(&mut state) {
                return answer;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if state.ended || left.is_zero() {
                let what = if state.ended { "it ended" } else { "it does not answer" };
                return Err(format!("{what}\n{}", state.complaints.join("\n")));
            }
            state = self.shared.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        drop(self.stdin.lock().unwrap_or_else(PoisonError::into_inner).take());
        let deadline = Instant::now() + ENDS_WITHIN;
        while matches!(self.child.try_wait(), Ok(None)) {
            if Instant::now() > deadline {
                let _ = self.child.kill();
                let _ = self.child.wait();
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}

fn listen(shared: &Shared, said: impl BufRead, tells: &impl Fn(Value)) {
    for line in said.lines().map_while(Result::ok) {
        let Ok(mut line) = serde_json::from_str::<Value>(&line) else {
            shared.lock().complaints.push(line);
            continue;
        };
        if !line["event"].is_null() {
            tells(line["event"].take());
            continue;
        }
        let answer = match line["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None if line["n"].is_null() => Ok(line["ready"].take()),
            None => Ok(line["ok"].take()),
        };
        let mut state = shared.lock();
        match line["n"].as_u64() {
            Some(n) => drop(state.answers.insert(n, answer)),
            None => state.ready = Some(answer),
        }
        shared.changed.notify_all();
    }
}

/// The Python of the environment that `tests/run` installs; fails with what to run where it is missing or another one.
fn python() -> PathBuf {
    const INSTALL: &str = "run `bash tests/support/matrix/install`, which `bash tests/run` does by itself";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("matrix-python");
    let installed = std::fs::read_to_string(folder.join("installed.txt"));
    let installed = installed.unwrap_or_else(|_| panic!("there is no Matrix homeserver in {}: {INSTALL}", folder.display()));
    let same = installed.starts_with(include_str!("requirements.txt"));
    assert!(same, "the Matrix homeserver in {} is not the one of requirements.txt: {INSTALL}", folder.display());
    folder.join("bin/python")
}
