//! One-use codes, typed as a coordinator would pass them on: they open a room or a group once, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test that cannot talk to the program fails")]

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::Value;

/// `entraide try`, one line at a time.
struct Talk {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Talk {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_entraide"))
            .args(["try", "--script", "-", "--json", "--lang", "fr", "--at", "2026-11-24T10:00"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, to, from }
    }

    /// Types a line; `(to whom, text)` of everything that it brought.
    fn say(&mut self, line: &str) -> Vec<(String, String)> {
        writeln!(self.to, "{line}").unwrap();
        self.to.flush().unwrap();
        let mut said = Vec::new();
        loop {
            let mut text = String::new();
            assert!(self.from.read_line(&mut text).unwrap() > 0, "the program ended at {line:?}");
            let shown: Value = serde_json::from_str(&text).unwrap();
            if shown["done"] == true {
                return said;
            }
            if let Some(text) = shown["text"].as_str() {
                said.push((shown["to"].as_str().unwrap().to_owned(), text.to_owned()));
            }
        }
    }

    /// Sets the group up and returns its two codes: for a room, for a group.
    fn set_up(&mut self) -> (String, String) {
        self.say("Nadia> /installer");
        let said = self.say("Nadia!! 1");
        let ready = &said.iter().find(|(_, text)| text.contains("/installer ")).unwrap().1;
        let mut codes = ready.lines().filter_map(|line| line.split("/installer ").nth(1)).map(str::to_owned);
        (codes.next().unwrap(), codes.next().unwrap())
    }

    /// What is said to `whom`, first lines only.
    fn firsts(&mut self, line: &str) -> Vec<String> {
        let said = self.say(line);
        said.iter().map(|(to, text)| format!("{to}: {}", text.lines().next().unwrap_or_default())).collect()
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const REFUSED: &str = "Ce code n'ouvre rien ici.";

#[test]
fn a_room_code_adds_a_room_to_the_group_once() {
    let mut talk = Talk::start();
    let (code, _) = talk.set_up();
    let opened = talk.firsts(&format!("Sam@jardin> /installer {}", code.to_lowercase().replace('-', " ")));
    assert!(opened.contains(&"Sam: C'est fait. Ce salon fait maintenant partie du groupe.".to_owned()), "{opened:?}");
    assert!(opened.iter().any(|line| line.starts_with("jardin: Bonjour à toutes et à tous.")), "{opened:?}");

    // Whoever brought the code is no coordinator, not even a member, by it.
    assert_eq!(talk.firsts("Sam@jardin> /role @Nadia membre"), ["Sam: Il faut d'abord rejoindre le groupe."]);
    // It is spent, and what is said of it is what is said of any wrong one.
    assert_eq!(talk.firsts(&format!("Léa@cour> /installer {code}")), [format!("Léa: {REFUSED}")]);
    assert_eq!(talk.say(&format!("Léa@cour> /installer {code}"))[0].1, talk.say("Léa@cour> /installer ABCD-EFGH-JKMN")[0].1);

    // What is said to the group is said in both of its rooms.
    talk.say("Nadia> /sujet Qu'est-ce qui vous aide ?");
    let posted = talk.firsts("Nadia!! 1");
    assert!(["group: 💬 Le sujet", "jardin: 💬 Le sujet"].iter().all(|line| posted.contains(&(*line).to_owned())), "{posted:?}");
}

#[test]
fn a_group_code_opens_another_group_of_the_same_community() {
    let mut talk = Talk::start();
    let (_, code) = talk.set_up();
    let opened = talk.firsts(&format!("Nadia@jardin> /installer {code}"));
    assert!(opened.contains(&"Nadia: C'est fait. Ce salon est maintenant un nouveau groupe.".to_owned()), "{opened:?}");
    // The coordinator coordinates there too, and names the group.
    assert_eq!(talk.firsts("Nadia@jardin> /reglages groupe Le jardin"), ["Nadia: C'est fait."]);
    // Now a command in private may mean either group: it is asked once, and remembered for a day.
    let asked = talk.say("Nadia>> /sujet Un mot ?");
    assert!(asked[0].1.starts_with("Pour quel groupe"), "{asked:?}");
    let preview = talk.firsts("Nadia!! 2");
    assert_eq!(preview, ["Nadia: Voici ce que le groupe verra\u{a0}:"]);
    let posted = talk.firsts("Nadia!! 1");
    assert_eq!(posted.iter().filter(|line| line.ends_with("💬 Le sujet")).count(), 1, "{posted:?}");
    assert_eq!(talk.firsts("Nadia>> /sujet Encore un ?"), ["Nadia: Voici ce que le groupe verra\u{a0}:"]);
}

#[test]
fn a_code_is_too_old_after_a_day() {
    let mut talk = Talk::start();
    let (code, _) = talk.set_up();
    talk.say("+24h");
    assert_eq!(talk.firsts(&format!("Sam@jardin> /installer {code}")), [format!("Sam: {REFUSED}")]);
    // The coordinator gives new ones.
    let codes = talk.say("Nadia>> /reglages codes");
    let fresh = codes[0].1.lines().find_map(|line| line.split("/installer ").nth(1)).unwrap().to_owned();
    let opened = talk.firsts(&format!("Sam@jardin> /installer {fresh}"));
    assert!(opened.contains(&"Sam: C'est fait. Ce salon fait maintenant partie du groupe.".to_owned()), "{opened:?}");
}
