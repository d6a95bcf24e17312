//! `entraide export`, beside a running bot and without one: the whole ledger, no name, nothing written over, and of listening
//! no more than that it was.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{collections::BTreeMap, os::unix::fs::PermissionsExt, path::Path, time::Duration};

use support::{bot_api::BotApi, circle::Circle, program::Program};

const TAKES: Duration = Duration::from_secs(30);

/// The records of one kind.
fn records(text: &str, kind: &str) -> Vec<serde_json::Value> {
    let all = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    all.filter(|record| record["record"] == kind).collect()
}

/// What each account comes to by the transfers alone.
fn added_up(text: &str) -> BTreeMap<String, i64> {
    let mut held = BTreeMap::new();
    for transfer in records(text, "transfer") {
        for (end, sign) in [("from", -1), ("to", 1)] {
            *held.entry(transfer[end].as_str().unwrap().to_owned()).or_insert(0) += sign * transfer["amount"].as_i64().unwrap();
        }
    }
    held
}

fn is_told_by_transfers(text: &str) {
    let held = added_up(text);
    let accounts = records(text, "account");
    for account in &accounts {
        let id = account["id"].as_str().unwrap();
        assert_eq!(account["balance"].as_i64().unwrap(), held.get(id).copied().unwrap_or(0), "{account}");
    }
    assert!(held.keys().all(|id| accounts.iter().any(|account| account["id"] == id.as_str())), "every account is there");
    assert_eq!(accounts.iter().map(|account| account["balance"].as_i64().unwrap()).sum::<i64>(), 0);
}

#[test]
fn an_export_tells_the_whole_ledger_and_no_name() {
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let at = |name: &str| folder.path().join(name).display().to_string();
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, TAKES);
    let circle = Circle::found(&api, 2);
    circle.issue_to_all(&api, 7);
    let (coordinator, member) = (circle.coordinator, circle.members[0].1);
    api.writes(member, member, "/donner @Membre2 2 CANARI-MOTIF");
    api.writes(coordinator, coordinator, "/fonds =CANARI 50");
    api.writes(coordinator, coordinator, "/seance \"CANARI-TITRE\" demain 18h 60min 5 places prix 2");
    api.wait_for_text(coordinator, coordinator, "publié");
    api.writes(member, member, "/reserver 1");
    api.wait_for_text(member, member, "Votre place est réservée");

    let (ok, text) = Program::says(folder.path(), &["export", &at("ledger.jsonl"), "--format", "jsonl"]);
    assert!(ok, "by the running bot: {text}");
    let exported = std::fs::read_to_string(at("ledger.jsonl")).unwrap();
    assert_eq!(std::fs::metadata(at("ledger.jsonl")).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(records(&exported, "transfer").len(), 5, "{exported}");
    assert_eq!(records(&exported, "session").len(), 1);
    is_told_by_transfers(&exported);
    for private in ["Membre", "Nadia", "CANARI-MOTIF", "CANARI-TITRE"] {
        assert!(!exported.contains(private), "{private} is in the export");
    }
    let (ok, text) = Program::says(folder.path(), &["export", &at("ledger.jsonl"), "--format", "csv"]);
    assert!(!ok && text.contains("there already"), "nothing is written over: {text}");
    assert!(program.stop(TAKES).success());

    let (ok, text) = Program::says(folder.path(), &["export", &at("tables"), "--format", "csv"]);
    assert!(ok, "with nobody running: {text}");
    assert_eq!(std::fs::metadata(at("tables")).unwrap().permissions().mode() & 0o777, 0o700);
    for table in ["community", "account", "transfer", "session"] {
        let path = at(&format!("tables/{table}.csv"));
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let rows = std::fs::read_to_string(&path).unwrap();
        let columns = rows.lines().next().unwrap().split(',').count();
        assert!(rows.lines().all(|row| row.split(',').count() == columns), "{rows}");
        assert_eq!(rows.lines().count() - 1, records(&exported, table).len(), "{table}");
        assert!(!rows.contains(",=canari"), "no fund's name is run by a spreadsheet: {rows}");
    }
    let accounts = std::fs::read_to_string(at("tables/account.csv")).unwrap();
    assert!(accounts.contains(",'=canari,"), "{accounts}");
    assert!(!Path::new(&at("tables.unfinished")).exists());

    let database = folder.path().join("data.db");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut writer = entraide::store::sql::Writer::connect(&entraide::store::url_of(&database)).await.unwrap();
        writer.run("UPDATE session SET kind = 1", vec![]).await.unwrap();
    });
    let (ok, text) = Program::says(folder.path(), &["export", &at("listening.jsonl"), "--format", "jsonl"]);
    assert!(ok, "{text}");
    let listening = std::fs::read_to_string(at("listening.jsonl")).unwrap();
    is_told_by_transfers(&listening);
    assert!(records(&listening, "session").is_empty());
    let escrow = records(&exported, "account").into_iter().find(|account| account["kind"] == "session" && account["balance"] == 2).unwrap();
    assert!(!listening.contains(escrow["id"].as_str().unwrap()), "one account for all listening");
    let booking = records(&listening, "transfer").into_iter().find(|transfer| transfer["kind"] == "booking").unwrap();
    assert_eq!((booking["to"].as_str(), booking["session"].as_i64(), booking["at"].as_str().unwrap().len()), (Some("listening"), None, 7));
}
