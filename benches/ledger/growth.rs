//! What a balance and a statement cost as the ledger grows: one community of a hundred, from a thousand transfers on.

use std::{
    error::Error,
    path::Path,
    time::{Duration, Instant},
};

use entraide::{app::engine::Engine, domain::event::Event};

use super::{desk, gifts};

const PEOPLE: usize = 100;
/// Each command is asked so often at each size; the middle counts.
const ASKED: usize = 400;

pub(super) async fn measure(most: i64) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut engine = gifts::open(folder.path()).await?;
    gifts::found(&mut engine, PEOPLE).await?;
    engine.store().checkpoint().await?;
    drop(engine);
    let database = folder.path().join("entraide.db");
    let mut first: Option<Vec<Duration>> = None;
    let mut size = 1_000;
    loop {
        let (begin, made) = (Instant::now(), grow(&database, size.min(most))?);
        let bytes = std::fs::metadata(&database)?.len();
        let took = begin.elapsed();
        let mut engine = gifts::open(folder.path()).await?;
        let mut middles = Vec::new();
        for text in ["/solde", "/releve", "/releve 500", "/donner @Membreaab 1"] {
            middles.push(ask(&mut engine, text, size).await?);
        }
        engine.store().checkpoint().await?;
        drop(engine);
        let of_first = first.get_or_insert_with(|| middles.clone()).clone();
        let shown =
            |n: usize| format!("{:.0} µs ({:.2} x)", middles[n].as_secs_f64() * 1e6, middles[n].as_secs_f64() / of_first[n].as_secs_f64());
        println!(
            "{made:>9} transfers ({} MB, made in {took:.0?}): /credits {}, /statement {}, an old page {}, /give {}",
            bytes / 1_000_000,
            shown(0),
            shown(1),
            shown(2),
            shown(3)
        );
        if size >= most {
            return Ok(());
        }
        size *= 10;
    }
}

/// The middle of many, each by another of the hundred, with nothing of theirs in memory but what the engine keeps.
async fn ask(engine: &mut Engine, text: &str, size: i64) -> Result<Duration, Box<dyn Error>> {
    let mut took = Vec::with_capacity(ASKED);
    for n in 0..ASKED {
        let event: Event = desk::said(&format!("{size} {text} {n}"), &gifts::name(2 + n % (PEOPLE - 2)), text);
        let begin = Instant::now();
        let outgoing = engine.handle(vec![desk::batch(vec![event])]).await?;
        took.push(begin.elapsed());
        if outgoing.owed.is_empty() {
            return Err(format!("{text} was not answered").into());
        }
    }
    took.sort_unstable();
    Ok(took[took.len() / 2])
}

/// Adds gifts between the hundred until there are so many transfers; returns how many there are. Their hashes are of no chain,
/// which neither a balance nor a statement looks at. Indexes are made anew at the end, as they would have grown.
fn grow(database: &Path, size: i64) -> Result<i64, Box<dyn Error>> {
    let conn = rusqlite::Connection::open(database)?;
    // The engine's own connection is closed by its thread, a moment after it was dropped.
    conn.busy_timeout(Duration::from_secs(30))?;
    conn.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA temp_store = FILE;")?;
    let count: i64 = conn.query_row("SELECT COUNT(*) FROM transfer", [], |row| row.get(0))?;
    if count < size {
        let mut indexes =
            conn.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'transfer' AND sql IS NOT NULL")?;
        let indexes: Vec<(String, String)> = indexes.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        for (name, _) in &indexes {
            conn.execute_batch(&format!("DROP INDEX {name}"))?;
        }
        conn.execute_batch("CREATE TEMP TABLE someone AS SELECT ROW_NUMBER() OVER (ORDER BY id) - 1 AS n, ledger_id, id FROM person")?;
        conn.execute_batch("CREATE UNIQUE INDEX temp.someone_n ON someone (n)")?;
        let insert = "WITH RECURSIVE n(n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM n WHERE n < ?2) \
             INSERT INTO transfer (id, community_id, number, at, from_account, to_account, amount, kind, by_person, prev_hash, hash) \
             SELECT CAST(printf('%016d', n.n) AS BLOB), (SELECT id FROM community), n.n, ?3 + n.n, f.ledger_id, t.ledger_id, 1, 2, NULL, \
             zeroblob(32), zeroblob(32) FROM n JOIN someone AS f ON f.n = n.n % 101 JOIN someone AS t ON t.n = (n.n * 7 + 1 + n.n / 101) % 101 \
             WHERE f.n <> t.n";
        conn.execute("INSERT INTO ledger_account (id, community_id, kind, balance) SELECT ledger_id, community_id, 2, 0 FROM person WHERE true ON CONFLICT (id) DO NOTHING", [])?;
        let from: i64 = conn.query_row("SELECT COALESCE(MAX(number), 0) + 1 FROM transfer", [], |row| row.get(0))?;
        conn.execute(insert, [from, from + (size - count) * 101 / 100, desk::NOON.micros()])?;
        conn.execute("UPDATE ledger_head SET number = (SELECT MAX(number) FROM transfer)", [])?;
        for (_, sql) in &indexes {
            conn.execute_batch(sql)?;
        }
        conn.execute_batch("PRAGMA journal_mode = WAL")?;
    }
    Ok(conn.query_row("SELECT COUNT(*) FROM transfer", [], |row| row.get(0))?)
}
