//! One's own data: every table that bears a person is in the file, and nobody else is.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, dead_code, unreachable_pub, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;
#[path = "erasure/people.rs"]
mod people;

use desk::NOON;
use entraide::{
    app::engine::Engine,
    domain::{
        data::{Whose, mine},
        event::Platform,
    },
    store::erasure::registry::{COLUMNS, Shown},
};
use people::{ids, joins, key, press, says, says_in, says_in_group};
use serde_json::Value;

/// Nadia has something in every table; Sam has, too, and none of it may be in her file.
async fn lived(engine: &mut Engine) {
    desk::found(engine, "Nadia", &["Samuel", "Maya"]).await;
    says(engine, "Nadia", "/crediter @Nadia 30 à moi").await;
    says(engine, "Samuel", "/pseudo autre-pseudo").await;
    says(engine, "Nadia", "/role @Samuel animateur").await;
    says(engine, "Nadia", "/crediter @Samuel 30 autre-motif-de-coordination").await;
    says(engine, "Samuel", "/donner @Nadia 20 autre-motif").await;
    says(engine, "Nadia", "/donner @Maya 3 mon-motif").await;
    says(engine, "Nadia", "/donner @Inconnue 2 mon-don").await;
    says_in_group(engine, "Samuel", "/seance \"Atelier\" 2026-12-21 18h 3 places prix 1").await;
    says_in_group(engine, "Nadia", "/seance \"Mon cercle\" 2026-12-20 18h 3 places lieu \"Salle 3\"").await;
    says(engine, "Samuel", "/serie 1 chaque semaine").await;
    says(engine, "Nadia", "/reserver 1 toujours").await;
    for (name, note) in [("Nadia", "ma-note"), ("Samuel", "autre-note")] {
        let asked = says(engine, name, &format!("/cava 2 {note}")).await;
        press(engine, &key(), name, &asked, 1).await;
        let asked = says(engine, name, &format!("/sujet sujet-{note}")).await;
        press(engine, &key(), name, &asked, 1).await;
    }
    Box::pin(told_and_set(engine)).await;
    Box::pin(lived_elsewhere(engine)).await;
}

/// What she told others and staff, and what she set.
async fn told_and_set(engine: &mut Engine) {
    says(engine, "Nadia", "/merci @Maya mon-merci").await;
    says(engine, "Samuel", "/merci @Nadia autre-merci").await;
    says(engine, "Nadia", "/bloquer @Quelquun").await;
    says(engine, "Nadia", "/signaler mon-signalement").await;
    says(engine, "Samuel", "/signaler autre-signalement").await;
    says(engine, "Nadia", "/reglages garder 36").await;
    says(engine, "Nadia", "/reglages contact mon-contact").await;
    says(engine, "Nadia", "/fuseau Europe/Brussels").await;
    says(engine, "Nadia", "/pays Belgique").await;
    says(engine, "Nadia", "/langue fr").await;
    says(engine, "Nadia", "/pause 3j").await;
}

/// In other rooms, and by another account.
async fn lived_elsewhere(engine: &mut Engine) {
    // A room of another community in which Nadia is not yet, and one that waits for her consent.
    joins(engine, desk::room(Platform::Terminal, "jardin"), "Lou", "/installer").await;
    says_in(engine, desk::room(Platform::Terminal, "jardin"), "Nadia", "/agenda").await;
    says_in(engine, desk::room(Platform::Terminal, "verger"), "Nadia", "/installer").await;
    desk::break_table(engine, "newest_choices").await;
    says(engine, "Nadia", "mon-message-perdu").await;
    says(engine, "Samuel", "autre-message-perdu").await;
    desk::sql(engine, "DROP TRIGGER defect".to_owned()).await;
    says(engine, "Nadia", "/pseudo").await;
    // Another account of hers.
    says(engine, "Nadia-2", "/sos").await;
    for name in ["Nadia", "Nadia-2"] {
        let account = engine.store().account_at(&desk::account(Platform::Terminal, name)).await.unwrap().unwrap().id;
        desk::sql(
            engine,
            format!("UPDATE account SET link_id = x'{}', linked_at = 1 WHERE id = x'{}'", "11".repeat(16), account.0.simple()),
        )
        .await;
    }
}

/// What is kept around sessions, for her and for somebody else.
async fn around(engine: &mut Engine) {
    use entraide::domain::session::{Change, SessionRef, after, feed, remind::Wishes};
    let store = engine.store();
    let mut persons = Vec::new();
    for name in ["Nadia", "Samuel"] {
        let account = store.account_at(&desk::account(Platform::Terminal, name)).await.unwrap().unwrap().id;
        persons.push(store.persons_of(account).await.unwrap().remove(0));
    }
    let session = store.session(persons[0].community, SessionRef::Number(1)).await.unwrap().unwrap().id;
    let other = store.session(persons[0].community, SessionRef::Number(2)).await.unwrap().unwrap().id;
    store.begin().await.unwrap();
    for (person, debriefed, whose) in [(&persons[0], other, "mon"), (&persons[1], session, "autre")] {
        let id = person.id;
        let answer = after::Answer { score: 3, line: Some(format!("{whose}-retour")) };
        for change in [
            Change::After(after::Change::Answer(session, id, answer)),
            Change::After(after::Change::Debrief(debriefed, id, after::Weight::Heavy)),
            Change::After(after::Change::Rest(id, Some(NOON.plus(chrono::TimeDelta::hours(5))))),
            Change::Wishes(id, Wishes::default()),
            Change::Feed(feed::FeedChange::Make(id, feed::Secret(format!("{whose}-geheimnis")))),
            Change::Need(session, id, Some(format!("{whose}-besoin"))),
        ] {
            store.apply(Default::default(), change.into(), NOON).await.unwrap();
        }
    }
    store.commit().await.unwrap();
}

/// Whether something stands at a path of the registry: `communities[].bookings[]`.
fn stands(value: &Value, path: &str) -> bool {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let (name, many) = first.strip_suffix("[]").map_or((first, false), |name| (name, true));
    let Some(found) = value.get(name) else { return false };
    match (many, rest) {
        (true, "") => found.as_array().is_some_and(|all| !all.is_empty()),
        (true, rest) => found.as_array().is_some_and(|all| all.iter().any(|one| stands(one, rest))),
        (false, "") => !matches!(found, Value::Null | Value::Bool(false)) && found.as_i64() != Some(0),
        (false, rest) => stands(found, rest),
    }
}

#[tokio::test]
async fn every_table_is_in_the_file_and_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    lived(&mut engine).await;
    Box::pin(around(&mut engine)).await;
    drop(engine);
    let (mut engine, _) = desk::open(folder.path(), NOON, false).await;
    let account = engine.store().account_at(&desk::account(Platform::Terminal, "Nadia")).await.unwrap().unwrap().id;
    let mine = engine.store().my_data(account, Whose::All, NOON).await.unwrap();
    let text = serde_json::to_string_pretty(&mine).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    for column in COLUMNS {
        if let Shown::At(path) = column.shown {
            assert!(stands(&value, path), "{}.{} should show at {path} in\n{text}", column.table, column.column);
        }
    }
    for own in [
        "ma-note",
        "sujet-ma-note",
        "mon-motif",
        "mon-don",
        "Mon cercle",
        "Salle 3",
        "mon-contact",
        "mon-message-perdu",
        "mon-merci",
        "mon-signalement",
        "mon-retour",
        "mon-besoin",
        "@Maya",
        "Europe/Brussels",
    ] {
        assert!(text.contains(own.trim_start_matches('@')), "{own} is missing in\n{text}");
    }
    for other in ["Samuel", "autre-", "Lou"] {
        assert!(!text.contains(other), "{other} is somebody else's:\n{text}");
    }
    let others = ids(&mut engine, "SELECT id FROM person UNION SELECT id FROM account UNION SELECT ledger_id FROM person").await;
    for id in others {
        assert!(!text.contains(&id.to_string()) && !text.contains(&id.simple().to_string()), "no id stands in the file");
    }
}

#[tokio::test]
async fn the_file_has_the_form_that_is_documented() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = desk::engine(folder.path()).await;
    lived(&mut engine).await;
    Box::pin(around(&mut engine)).await;
    drop(engine);
    let (mut engine, _) = desk::open(folder.path(), NOON, false).await;
    let account = engine.store().account_at(&desk::account(Platform::Terminal, "Nadia")).await.unwrap().unwrap().id;
    let mine = engine.store().my_data(account, Whose::All, NOON).await.unwrap();
    let schema: Value = serde_json::from_str(include_str!("../docs/privacy/my-data.schema.json")).unwrap();
    assert_eq!(schema["properties"]["version"]["const"], Value::from(mine::VERSION));
    let mut faults = Vec::new();
    fits(&serde_json::to_value(&mine).unwrap(), &schema, "", &schema, &mut faults);
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The part of JSON Schema that the file needs: types, properties, all of them required and no others, items, `$ref`, `enum`.
fn fits(value: &Value, schema: &Value, at: &str, root: &Value, faults: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let definition = &root["$defs"][name.trim_start_matches("#/$defs/")];
        return fits(value, definition, at, root, faults);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !types.contains(&kind) {
        faults.push(format!("{at}: {kind} where {types:?} is documented"));
    }
    if schema["enum"].as_array().is_some_and(|known| !value.is_null() && !known.contains(value)) {
        faults.push(format!("{at}: {value} is not documented"));
    }
    match value {
        Value::Object(fields) => {
            let documented = schema["properties"].as_object().cloned().unwrap_or_default();
            for (name, field) in fields {
                match documented.get(name) {
                    Some(schema) => fits(field, schema, &format!("{at}.{name}"), root, faults),
                    None => faults.push(format!("{at}.{name} is not documented")),
                }
            }
            faults.extend(documented.keys().filter(|name| !fields.contains_key(*name)).map(|name| format!("{at}.{name} is missing")));
        }
        Value::Array(all) => all.iter().for_each(|one| fits(one, &schema["items"], &format!("{at}[]"), root, faults)),
        _ => {}
    }
}

#[tokio::test]
async fn a_long_history_is_told_in_parts() {
    let movement = |number: i64| mine::OwnMovement {
        number,
        at: "2026-11-24T09:00:00Z".into(),
        kind: entraide::domain::ledger::Kind::Gift,
        side: "out",
        amount: Some(1),
        to: Some("Sam".into()),
        from: None,
        reason: None,
        category: None,
        session: None,
    };
    let count = i64::try_from(mine::MOVEMENTS_A_FILE).unwrap() * 2 + 5;
    let movements = (1..=count).rev().map(movement).collect();
    let community = mine::OwnCommunity { movements, ..mine::OwnCommunity::default() };
    let mine = mine::Mine { communities: vec![community], ..empty() };
    let files = mine::files("mydata", &mine);
    let counts: Vec<(String, usize)> = files.iter().map(|file| (file.name.clone(), file.text.matches("\"number\"").count())).collect();
    let most = mine::MOVEMENTS_A_FILE;
    assert_eq!(counts, [("mydata.json".into(), most), ("mydata-2.json".into(), most), ("mydata-3.json".into(), 5)]);
    for file in files {
        assert!(file.text.len() < 20_000_000, "Telegram takes it");
        serde_json::from_str::<Value>(&file.text).unwrap();
    }
}

fn empty() -> mine::Mine {
    mine::Mine {
        format: mine::FORMAT,
        version: mine::VERSION,
        made_at: "2026-11-24T09:00:00Z".into(),
        account: mine::OwnAccount::default(),
        linked_accounts: Vec::new(),
        may_coordinate_first: false,
        open_questions: 0,
        awaited_text: None,
        chosen_group: None,
        waiting_messages: Vec::new(),
        failed_messages: Vec::new(),
        reports: Vec::new(),
        communities: Vec::new(),
    }
}
