//! The registry against the schema: no table may bear a person or an account without erasure knowing of it.

use std::{collections::BTreeSet, sync::Arc};

use super::registry::{COLUMNS, Does, Shown};
use crate::{
    binds,
    store::{Store, sql::Row},
    vault::Vault,
};

/// Columns of ids and hashes that bear neither a person nor an account, whatever their table.
const NOBODYS: [&str; 17] = [
    "community_id",
    "group_id",
    "room_id",
    "session_id",
    "series_id",
    "transfer_id",
    "reverses",
    "card",
    "value",
    "hash",
    "prev_hash",
    "key_hash",
    "code_hash",
    "id_hash",
    "alias_hash",
    // Ids of rows that are no person's and no account's; where the row is one, it is in the registry.
    "id",
    // A fund's; a person's ledger account is in no other table.
    "fund.account_id",
];

/// Of a room, or in a row that goes whole with a registered column.
const OF_ROWS: [(&str, &str); 5] = [
    ("link_code", "place_hash"),
    ("room", "address_hash"),
    ("former_address", "address_hash"),
    ("person", "ledger_id"),
    ("incident", "event_sealed"),
];

async fn rows(store: &mut Store, sql: String) -> Vec<Row> {
    // The store takes static text only.
    store.writer().rows(Box::leak(sql.into_boxed_str()), binds![]).await.unwrap()
}

async fn tables(store: &mut Store) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '_sqlx_migrations'";
    rows(store, sql.to_owned()).await.iter().map(|row| row.text(0).unwrap()).collect()
}

#[tokio::test]
async fn no_table_bears_a_person_without_erasure_knowing() {
    let mut store = Store::open("sqlite::memory:", Arc::new(Vault::in_memory().unwrap())).await.unwrap();
    let known: BTreeSet<(String, String)> = COLUMNS.iter().map(|c| (c.table.to_owned(), c.column.to_owned())).collect();
    let mut missing = Vec::new();
    let mut seen = BTreeSet::new();
    for table in tables(&mut store).await {
        let mut suspects = BTreeSet::new();
        for row in rows(&mut store, format!("SELECT name, type FROM pragma_table_info('{table}')")).await {
            let (name, kind) = (row.text(0).unwrap(), row.text(1).unwrap());
            seen.insert((table.clone(), name.clone()));
            let nobodys = NOBODYS.contains(&name.as_str())
                || NOBODYS.contains(&format!("{table}.{name}").as_str())
                || OF_ROWS.contains(&(table.as_str(), name.as_str()))
                || name.ends_with("_sealed")
                || name == "sealed";
            if kind == "BLOB" && !nobodys {
                suspects.insert(name);
            }
        }
        let sql = format!("SELECT \"from\" FROM pragma_foreign_key_list('{table}') WHERE \"table\" IN ('person', 'account')");
        suspects.extend(rows(&mut store, sql).await.iter().map(|row| row.text(0).unwrap()));
        missing.extend(suspects.into_iter().map(|column| (table.clone(), column)).filter(|one| !known.contains(one)));
    }
    assert!(missing.is_empty(), "say in src/store/erasure/registry.rs what erasure does to {missing:?}");
    let gone: Vec<_> = known.difference(&seen).collect();
    assert!(gone.is_empty(), "the registry names columns that are not there: {gone:?}");
}

#[test]
fn what_stays_and_what_is_not_shown_says_why() {
    for column in COLUMNS {
        let why = match (column.does, column.shown) {
            (Does::Stays(why), _) | (_, Shown::Not(why)) => why,
            _ => continue,
        };
        assert!(why.len() > 20, "{}.{}", column.table, column.column);
    }
}

#[tokio::test]
async fn every_statement_of_the_registry_runs() {
    let mut store = Store::open("sqlite::memory:", Arc::new(Vault::in_memory().unwrap())).await.unwrap();
    for column in COLUMNS {
        if let Does::Runs(sql) = column.does {
            store.writer().run(sql, binds![vec![7_u8; 16]]).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
            assert!(sql.contains(column.table) && sql.contains("$1"), "{sql}");
        }
    }
}
