//! What the disk and the driver allow: one row a commit, through plain SQLite and through sqlx, as durable as the program's.

use std::{
    error::Error,
    path::Path,
    time::{Duration, Instant},
};

use sqlx::Connection as _;

/// As the program sets them.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; \
                       PRAGMA wal_autocheckpoint = 8192; PRAGMA journal_size_limit = 33554432; PRAGMA cache_size = -4000; \
                       PRAGMA temp_store = MEMORY;";
const TABLE: &str = "CREATE TABLE one (id INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT";
const LENGTH: Duration = Duration::from_secs(3);

/// Commits a second of one row each, through SQLite's own C interface.
pub(super) fn plain(folder: &Path) -> Result<f64, Box<dyn Error>> {
    let conn = rusqlite::Connection::open(folder.join("plain.db"))?;
    conn.execute_batch(PRAGMAS)?;
    conn.execute_batch(TABLE)?;
    let mut insert = conn.prepare("INSERT INTO one (value) VALUES (?1)")?;
    let (mut rows, begin) = (0_u32, Instant::now());
    while begin.elapsed() < LENGTH {
        insert.execute([[7_u8; 100]])?;
        rows += 1;
    }
    Ok(f64::from(rows) / begin.elapsed().as_secs_f64())
}

/// The same through sqlx, as the program uses it.
pub(super) async fn driver(folder: &Path) -> Result<f64, Box<dyn Error>> {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}?mode=rwc", folder.join("driver.db").display());
    let mut conn = sqlx::AnyConnection::connect(&url).await?;
    sqlx::raw_sql(PRAGMAS).execute(&mut conn).await?;
    sqlx::raw_sql(TABLE).execute(&mut conn).await?;
    let (mut rows, begin) = (0_u32, Instant::now());
    while begin.elapsed() < LENGTH {
        sqlx::query("INSERT INTO one (value) VALUES ($1)").bind(vec![7_u8; 100]).execute(&mut conn).await?;
        rows += 1;
    }
    Ok(f64::from(rows) / begin.elapsed().as_secs_f64())
}
