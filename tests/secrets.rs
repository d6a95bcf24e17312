//! What people entrust to the bot stands readable nowhere: not in the database, its write-ahead log, the key ring, or on
//! standard error. The log of a running service is searched in `tests/erasure/program.rs`.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

/// Words that a script says and that must be found in no file. `CanariNadia` and `CanariAwa` are platform id, user name,
/// shown name and first alias at once.
const CANARIES: [&str; 13] = [
    "CanariNadia",
    "CanariAwa",
    "CanariInconnue",
    "canari-alias",
    "canari-note",
    "canari-motif",
    "canari-titre",
    "canari-sujet",
    "canari-association",
    "canari-contact",
    "canari-lien",
    "canari-merci",
    "canari-signalement",
];

const SCRIPT: &str = "\
CanariNadia> /installer
CanariNadia!! 1
CanariAwa> /rejoindre
CanariAwa!! 1
CanariAwa>> /pseudo canari-alias
CanariAwa>> /cava 2 canari-note de ce matin
CanariAwa!! 1
CanariAwa>> /cava 1 canari-note du soir
CanariNadia>> /crediter @CanariAwa 50 canari-motif du don
CanariAwa> /donner @CanariNadia 3 canari-motif merci
CanariAwa> /donner @CanariInconnue 2 canari-motif pour toi
CanariNadia> /seance \"canari-titre\" demain 18h 90min 10 places prix 1 lien https://canari-lien.example/x
CanariAwa>> /reserver 1
CanariNadia> /sujet canari-sujet de la semaine
CanariNadia!! 1
CanariAwa>> /reglages
CanariNadia>> /reglages
CanariAwa>> /sos
CanariAwa>> /merci @CanariNadia canari-merci
CanariAwa>> /bloquer @CanariInconnue
CanariAwa> /signaler canari-signalement de @CanariInconnue
CanariNadia!! 1
CanariAwa> /nuageux canari-note
+1h
";

/// Runs the script on a database that is kept; returns what came on standard error.
fn run(database: &Path, script: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_entraide"))
        .args(["try", "--script", "-", "--at", "2026-11-24T10:00", "--db"])
        .arg(database)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("its standard input").write_all(script.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout);
    let logged = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{logged}");
    assert!(said.contains("canari-titre") && said.contains("canari-alias"), "the script did what it is for:\n{said}");
    logged
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).expect("the folder");
    entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            (path.display().to_string(), std::fs::read(&path).expect("a file"))
        })
        .collect()
}

fn holds(bytes: &[u8], word: &str) -> bool {
    let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [word.as_bytes(), word.to_lowercase().as_bytes(), word.to_uppercase().as_bytes(), &utf16]
        .iter()
        .any(|needle| bytes.windows(needle.len()).any(|window| window == *needle))
}

#[test]
fn no_canary_is_found_on_disk_or_on_standard_error() {
    // At its end the program may still fold the write-ahead log into the database; then it is run once more.
    let runs = (0..8).map(|_| {
        let folder = tempfile::tempdir().expect("a folder");
        let logged = run(&folder.path().join("canaries.db"), SCRIPT);
        (files(folder.path()), logged)
    });
    let with_log = |(found, _): &(Vec<(String, Vec<u8>)>, String)| found.iter().any(|(name, _)| name.ends_with("-wal"));
    let (found, logged) = runs.into_iter().find(with_log).expect("the write-ahead log is there to be searched");
    for canary in CANARIES {
        for (name, bytes) in &found {
            assert!(!holds(bytes, canary), "{canary} stands in {name}");
        }
        assert!(!holds(logged.as_bytes(), canary), "{canary} was said on standard error:\n{logged}");
    }
}

#[test]
fn the_search_itself_finds_what_is_there() {
    assert!(holds("…canari-note…".as_bytes(), "canari-note"));
    assert!(holds("…CANARI-NOTE…".as_bytes(), "canari-note"));
    assert!(!holds("…canari…".as_bytes(), "canari-note"));
}
