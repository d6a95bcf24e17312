//! Erasure keeps its word: rows go, keys go after them, backups stay unreadable, everybody else goes on.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, dead_code, unreachable_pub, reason = "a test fails by panicking")]

#[path = "../support/desk.rs"]
mod desk;
mod hard_cases;
mod keeps_its_word;
mod people;
mod program;
mod retention;
#[path = "../support/mod.rs"]
mod support;

use std::path::Path;

use entraide::{
    app::engine::Engine,
    store::{sql::Reader, verify},
};

/// What `entraide verify` finds.
async fn verified(folder: &Path) -> String {
    let mut reader = Reader::open(&folder.join("entraide.db")).await.unwrap();
    verify::verify(&mut reader).await.unwrap().faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Where an id stands in the database: `table.column`, each once.
async fn found(engine: &mut Engine, id: uuid::Uuid) -> Vec<String> {
    let sql = "SELECT m.name, i.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS i \
               WHERE m.type = 'table' AND i.type = 'BLOB' AND m.name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY 1, 2";
    let columns: Vec<(String, String)> =
        engine.store().writer().rows(sql, vec![]).await.unwrap().iter().map(|row| (row.text(0).unwrap(), row.text(1).unwrap())).collect();
    let mut found = Vec::new();
    for (table, column) in columns {
        let sql = format!("SELECT 1 FROM {table} WHERE {column} = $1 LIMIT 1");
        let sql: &'static str = Box::leak(sql.into_boxed_str());
        if engine.store().writer().row(sql, vec![id.as_bytes().to_vec().into()]).await.unwrap().is_some() {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}
