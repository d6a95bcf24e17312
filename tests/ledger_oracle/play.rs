//! The same history through the whole engine on SQLite, many acts in one commit, and every difference to what the rules say.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::Arc,
};

use entraide::{
    app::{clock::Clock, engine::Engine, find::Defaults},
    binds,
    domain::{
        event::{Event, MessageRef, Platform},
        message::Value,
        time::{Timestamp, Zone},
    },
    store::{Store, outbox::Ready, sql::Reader, url_of, verify::verify},
    vault::{Existing, Vault},
};

use super::{
    book::Moved,
    desk,
    rules::{Line, Rules},
    steps::Step,
};

/// Noon and half a second, so that nothing falls on the minutes at which sessions begin.
pub const START: i64 = 1_790_000_000_500_000;
const SECOND: i64 = 1_000_000;

/// A history: how it begins, what happens, and how much goes into one commit.
#[derive(Clone, Debug)]
pub struct History {
    pub floor: i64,
    pub batch: usize,
    pub steps: Vec<Step>,
}

struct Play {
    engine: Engine,
    rules: Rules,
    batch: Vec<Event>,
    /// What the answers to the batch must say.
    figures: Vec<(MessageRef, Line)>,
    keys: usize,
    /// Which account of the database is which of ours: known from its first movement on.
    known: HashMap<Vec<u8>, String>,
    compared: usize,
    flushes: usize,
}

/// Plays a history; where the two differ, after which step and how.
pub async fn play(history: &History) -> Result<(), (usize, String)> {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::begin(folder.path(), history.floor).await;
    for (n, step) in history.steps.iter().enumerate() {
        play.step(step, history.batch, folder.path()).await.map_err(|fault| (n, fault))?;
    }
    play.end(folder.path()).await.map_err(|fault| (history.steps.len() - 1, fault))
}

pub async fn open(folder: &Path, at: i64) -> Engine {
    let database = folder.join("entraide.db");
    let existing = if database.exists() { Existing::Database } else { Existing::Nothing };
    let vault = Arc::new(Vault::open(&folder.join("key"), &folder.join("ring"), existing).unwrap());
    let store = Store::open(&format!("{}?mode=rwc", url_of(&database)), vault).await.unwrap();
    let zone: Zone = "UTC".parse().unwrap();
    let defaults = Defaults { language: "fr".into(), zone, languages: vec!["en".into(), "fr".into()] };
    let mut engine = Engine::new(store, Clock::standing(Timestamp::from_micros(at)), defaults, false);
    engine.start().await.unwrap();
    engine
}

impl Play {
    /// Nadia sets the group up, five others join, three of them may hold sessions.
    async fn begin(folder: &Path, floor: i64) -> Self {
        let rules = Rules::new(START, floor);
        let (batch, figures, known) = (Vec::new(), Vec::new(), HashMap::new());
        let mut play = Self { engine: open(folder, START).await, rules, batch, figures, keys: 0, known, compared: 0, flushes: 0 };
        for n in 0..6 {
            let who = play.rules.name(n);
            let text = if n == 0 { "/installer" } else { "/rejoindre" };
            play.type_line(Line { in_group: true, ..super::rules::line(&who, text.into()) });
            play.type_line(super::rules::line(&who, "1".into()));
            play.rules.now += SECOND;
        }
        for n in 1..4 {
            let text = format!("/role @{} animateur", play.rules.name(n));
            play.type_line(super::rules::line("Nadia", text));
        }
        play.type_line(super::rules::line("Nadia", format!("/reglages credits plancher {floor}")));
        play.flush().await.unwrap();
        play.reopen(folder).await;
        play
    }

    async fn reopen(&mut self, folder: &Path) {
        // The old one first: two must not write.
        let other = tempfile::tempdir().unwrap();
        self.engine = open(other.path(), self.rules.now).await;
        self.engine = open(folder, self.rules.now).await;
    }

    fn type_line(&mut self, line: Line) {
        self.keys += 1;
        let key = self.keys.to_string();
        let said = if line.in_group {
            desk::said_in_group(&key, &line.who, &line.text)
        } else {
            desk::said_in(&key, desk::direct(Platform::Terminal, &line.who), &line.who, &line.text)
        };
        self.batch.push(Event { at: Timestamp::from_micros(self.rules.now), ..said });
        if line.free.is_some() {
            self.figures.push((MessageRef(format!("said {key}")), line));
        }
    }

    async fn step(&mut self, step: &Step, batch: usize, folder: &Path) -> Result<(), String> {
        let passes = if let Step::Wait { minutes } = step { minutes * 60 * SECOND } else { SECOND };
        let now = self.rules.now + passes;
        if self.rules.next_due().is_some_and(|(at, _)| at <= now) || matches!(step, Step::Wait { .. } | Step::Restart) {
            self.flush().await?;
            self.pass(now).await;
            self.rules.until(now);
            self.compare().await?;
        }
        self.rules.now = now;
        if matches!(step, Step::Restart) {
            self.reopen(folder).await;
        }
        for line in self.rules.act(step) {
            self.type_line(line);
        }
        if self.batch.len() >= batch { self.flush().await } else { Ok(()) }
    }

    /// Time passes, and what comes due happens at its own time.
    async fn pass(&mut self, now: i64) {
        while let Some(due) = self.engine.next_due().filter(|due| due.micros() <= now) {
            self.engine.clock().set(due.max(self.engine.clock().now()));
            self.engine.handle_due().await.unwrap();
        }
        self.engine.clock().set(Timestamp::from_micros(now));
    }

    async fn flush(&mut self) -> Result<(), String> {
        if self.batch.is_empty() {
            return Ok(());
        }
        self.engine.clock().set(Timestamp::from_micros(self.rules.now));
        let owed = desk::handle(&mut self.engine, std::mem::take(&mut self.batch)).await;
        for (message, line) in std::mem::take(&mut self.figures) {
            check_figures(&owed, &message, &line)?;
        }
        self.flushes += 1;
        self.compare().await?;
        if self.flushes.is_multiple_of(8) { self.compare_all().await } else { Ok(()) }
    }

    /// Every new transfer is the one that the rules say.
    async fn compare(&mut self) -> Result<(), String> {
        let sql = "SELECT t.number, t.kind, t.amount, o.number, s.number, f.id, f.kind, g.id, g.kind FROM transfer AS t \
                   JOIN ledger_account AS f ON f.id = t.from_account JOIN ledger_account AS g ON g.id = t.to_account \
                   LEFT JOIN transfer AS o ON o.id = t.reverses LEFT JOIN session AS s ON s.id = t.session_id \
                   WHERE t.number > $1 ORDER BY t.number";
        let after = i64::try_from(self.compared).unwrap();
        let rows = self.engine.store().writer().rows(sql, binds![after]).await.unwrap();
        for row in &rows {
            let expected = self.rules.book.moved.get(self.compared).cloned();
            let int = |n| row.int(n).unwrap();
            let opt = |n| row.opt_int(n).unwrap();
            let found = (int(0), kind(int(1)), int(2), opt(3), opt(4));
            let Some(expected) = expected else { return Err(format!("the program moved more: {found:?}")) };
            let Moved { number, kind, amount, reverses, session, .. } = expected;
            if found != (number, kind, amount, reverses, session) {
                return Err(format!("expected {expected:?}, found {found:?}"));
            }
            for (id, kind, name) in [(5, 6, &expected.from), (7, 8, &expected.to)] {
                self.is_known(row.bytes(id).unwrap(), int(kind), name).map_err(|fault| format!("{fault}, in {expected:?}"))?;
            }
            self.compared += 1;
        }
        match self.rules.book.moved.get(self.compared) {
            Some(missing) => Err(format!("the program did not move {missing:?}")),
            None => Ok(()),
        }
    }

    fn is_known(&mut self, id: Vec<u8>, kind: i64, name: &str) -> Result<(), String> {
        let prefix = ["issuance", "fund ", "person ", "session ", "waiting"].get(usize::try_from(kind).unwrap()).copied();
        if !prefix.is_some_and(|prefix| name.starts_with(prefix)) {
            return Err(format!("{name} is an account of kind {kind}"));
        }
        let taken = self.known.iter().find(|(_, known)| *known == name).map(|(id, _)| id.clone());
        match (self.known.get(&id), taken) {
            (None, None) => drop(self.known.insert(id, name.to_owned())),
            (Some(known), _) if known != name => return Err(format!("{known} stands for {name}")),
            (None, Some(_)) => return Err(format!("{name} has another account than before")),
            (Some(_), _) => {}
        }
        Ok(())
    }

    /// Balances, funds and what waits, as they are stored.
    async fn compare_all(&mut self) -> Result<(), String> {
        self.rules.must_hold()?;
        let writer = self.engine.store().writer();
        let mut stored = BTreeMap::new();
        for row in writer.rows("SELECT id, balance FROM ledger_account", vec![]).await.unwrap() {
            let name = self.known.get(&row.bytes(0).unwrap()).cloned().unwrap_or_else(|| "an unknown account".into());
            stored.insert(name, row.int(1).unwrap());
        }
        if stored != self.rules.book.holds {
            return Err(format!("balances: expected {:?}, found {stored:?}", self.rules.book.holds));
        }
        let mut funds = BTreeMap::new();
        for row in writer.rows("SELECT name, issued, budget, closed FROM fund", vec![]).await.unwrap() {
            let fund = super::book::Fund { issued: row.int(1).unwrap(), budget: row.opt_int(2).unwrap(), closed: row.int(3).unwrap() != 0 };
            funds.insert(row.text(0).unwrap(), fund);
        }
        if funds != self.rules.book.funds {
            return Err(format!("funds: expected {:?}, found {funds:?}", self.rules.book.funds));
        }
        let sql = "SELECT t.number FROM waiting_gift AS w JOIN transfer AS t ON t.id = w.transfer_id ORDER BY t.number";
        let waiting: Vec<i64> = writer.rows(sql, vec![]).await.unwrap().iter().map(|row| row.int(0).unwrap()).collect();
        let mut expected: Vec<i64> = self.rules.gifts.iter().map(|gift| gift.number).collect();
        expected.sort_unstable();
        if waiting == expected { Ok(()) } else { Err(format!("waiting gifts: expected {expected:?}, found {waiting:?}")) }
    }

    async fn end(&mut self, folder: &Path) -> Result<(), String> {
        self.flush().await?;
        self.compare_all().await?;
        if desk::number(&mut self.engine, "SELECT COUNT(*) FROM incident").await > 0 {
            return Err("an event was put aside".into());
        }
        let mut reader = Reader::open(&folder.join("entraide.db")).await.unwrap();
        let report = verify(&mut reader).await.unwrap();
        if report.is_sound() { Ok(()) } else { Err(format!("verify says: {report}")) }
    }
}

/// What the answer to a line says of its writer's credits.
fn check_figures(owed: &[Ready], message: &MessageRef, line: &Line) -> Result<(), String> {
    let lines = owed.iter().filter(|ready| ready.owed.answers.as_ref() == Some(message)).filter_map(desk::content);
    let lines: Vec<_> = lines.flat_map(|content| &content.lines).collect();
    let said = |id: &str| {
        let line = lines.iter().find(|line| line.id == id)?;
        line.args.iter().find_map(|(_, value)| if let Value::Number(number) = value { Some(*number) } else { None })
    };
    let found = (said("credits-free").unwrap_or(0), line.aside.map(|_| said("credits-set-aside").unwrap_or(0)));
    if found == (line.free.unwrap_or(0), line.aside) { Ok(()) } else { Err(format!("{line:?} is answered with {found:?}: {lines:?}")) }
}

/// What the database's numbers mean, as migrations/sqlite/0003_ledger.sql and the chain's description have them.
fn kind(code: i64) -> &'static str {
    let kinds = ["issue", "grant", "gift", "back", "booking", "refund", "attendance", "late", "reversal", "closing"];
    usize::try_from(code).ok().and_then(|code| kinds.get(code)).copied().unwrap_or("unknown")
}
