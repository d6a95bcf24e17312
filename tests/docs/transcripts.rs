//! Runs every conversation that a document shows, and compares.

use super::*;

/// Stands for one or more lines that the bot says and the document leaves out.
const MORE: &str = "…";

/// Comes before a transcript marked `ready`: Nadia coordinates, Sam is a facilitator, Awa and Lea are members.
const READY: [&str; 10] = [
    "Nadia> /setup",
    "Nadia!! 1",
    "Nadia>> /settings country France",
    "Awa> /join",
    "Awa!! 1",
    "Sam> /join",
    "Sam!! 1",
    "Lea> /join",
    "Lea!! 1",
    "Nadia>> /role @Sam facilitator",
];

/// A line of the script and what the document says it brings.
struct Step {
    typed: String,
    /// The lines of the document after it, from the block's beginning.
    shown: Vec<String>,
}

/// What is typed begins a step; all else is what the bot says.
fn steps(fence: &Fence) -> Result<Vec<Step>, String> {
    let mut steps: Vec<Step> = Vec::new();
    for text in &fence.lines {
        let typed = !text.trim().is_empty() && line::read(text, Zone::PARIS).is_ok();
        match steps.last_mut() {
            _ if typed => steps.push(Step { typed: text.clone(), shown: Vec::new() }),
            Some(step) => step.shown.push(text.clone()),
            None => return Err(format!("a transcript begins with what somebody types, not with {text:?}")),
        }
    }
    Ok(steps)
}

/// What `entraide try` says to each step, as the terminal shows it.
fn said(fence: &Fence, steps: &[Step]) -> Result<Vec<Vec<String>>, String> {
    let flags = fence.info.trim_start_matches("entraide").replace(" ready", "");
    let before: &[&str] = if fence.info.contains(" ready") { &READY } else { &[] };
    let mut file = ChatFile::parse(&format!("#! --lang fr {flags}\n"))?;
    let typed = before.iter().map(|line| (*line).to_owned()).chain(steps.iter().map(|step| step.typed.clone()));
    file.lines = typed.map(|text| ChatLine { text, expected: Vec::new() }).collect();
    let mut child = Process::new(env!("CARGO_BIN_EXE_entraide"))
        .args(["try", "--script", "-", "--json"])
        .args(last_of_each(&file.flags))
        .env_remove("RUST_LOG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("entraide does not start: {error}"))?;
    let mut stdin = child.stdin.take().ok_or("no standard input")?;
    let script = file.script();
    let writing = thread::spawn(move || stdin.write_all(script.as_bytes()));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let _ = writing.join();
    if !output.status.success() {
        return Err(format!("entraide try ends with {}: {}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    let mut said = vec![Vec::new(); steps.len()];
    let did = file.read_json(&String::from_utf8_lossy(&output.stdout))?;
    for did in did.into_iter().filter(|did| did.line >= before.len()) {
        let is_button = |line: &str| line.starts_with('<') || line.strip_prefix('(').is_some_and(|rest| rest.starts_with(char::is_numeric));
        let indented = |line: &String| if is_button(line) { format!("  {line}") } else { line.clone() };
        said[did.line - before.len()].extend(did.block.iter().map(|line| plain_blanks(&indented(line))));
    }
    Ok(said)
}

/// Documents are written with plain blanks: editors lose the others.
fn plain_blanks(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// A flag of the block overrules the default before it.
fn last_of_each(flags: &[String]) -> Vec<String> {
    let pairs: Vec<&[String]> = flags.chunks(2).collect();
    let is_last = |n: usize| pairs[n + 1..].iter().all(|later| later[0] != pairs[n][0]);
    (0..pairs.len()).filter(|n| is_last(*n)).flat_map(|n| pairs[n].to_vec()).collect()
}

/// Whether what is shown is what was said, lines left out at [`MORE`].
fn meets(said: &[String], shown: &[&str]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((&MORE, rest)) => (1..=said.len()).any(|n| meets(&said[n..], rest)),
        Some((line, rest)) => said.first().is_some_and(|said| said == line) && meets(&said[1..], rest),
    }
}

/// What was said, with [`MORE`] where `shown` left lines out between lines that are still the same.
fn renewed(said: &[String], shown: &[&str]) -> Vec<String> {
    let kept = common(said, shown);
    let (mut right, mut from) = (Vec::new(), (0, 0));
    for (n, m) in kept.into_iter().chain([(said.len(), shown.len())]) {
        match &shown[from.1..m] {
            [MORE] if n > from.0 => right.push(MORE.to_owned()),
            _ => right.extend_from_slice(&said[from.0..n]),
        }
        right.extend(said.get(n).cloned());
        from = (n + 1, m + 1);
    }
    right.retain(|line| !line.is_empty());
    right
}

/// The places of the longest run of lines that both have in the same order.
fn common(said: &[String], shown: &[&str]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0; shown.len() + 1]; said.len() + 1];
    for (n, m) in (0..said.len()).rev().flat_map(|n| (0..shown.len()).rev().map(move |m| (n, m))) {
        longest[n][m] = if said[n] == shown[m] { longest[n + 1][m + 1] + 1 } else { longest[n + 1][m].max(longest[n][m + 1]) };
    }
    let (mut n, mut m, mut places) = (0, 0, Vec::new());
    while n < said.len() && m < shown.len() {
        if said[n] == shown[m] {
            places.push((n, m));
            (n, m) = (n + 1, m + 1);
        } else if longest[n + 1][m] >= longest[n][m + 1] {
            n += 1;
        } else {
            m += 1;
        }
    }
    places
}

/// Compares one block; returns it as it should be where `update`, and notes what differs otherwise.
fn check(document: &Document, fence: &Fence, faults: &mut Faults) -> Vec<String> {
    let at = |error: String| format!("{}:{}: {error}", document.name, fence.line);
    let checked = steps(fence).and_then(|steps| said(fence, &steps).map(|said| (steps, said)));
    let (steps, said) = match checked {
        Ok(both) => both,
        Err(error) => {
            faults.note(at(error));
            return fence.lines.clone();
        }
    };
    let mut right = Vec::new();
    for (step, said) in steps.iter().zip(&said) {
        right.push(step.typed.clone());
        let shown: Vec<&str> = step.shown.iter().map(|line| line.trim_end()).filter(|line| !line.is_empty()).collect();
        if meets(said, &shown) {
            right.extend(step.shown.iter().cloned());
        } else {
            right.extend(renewed(said, &shown));
            let shown: String = shown.iter().map(|line| format!("- {line}\n")).collect();
            let said: String = said.iter().map(|line| format!("+ {line}\n")).collect();
            faults.note(at(format!("after {:?}\n{shown}{said}", step.typed)));
        }
    }
    right
}

#[test]
fn the_program_says_what_the_documents_show() {
    let (mut faults, mut blocks) = (Faults::default(), 0);
    let _alone = WRITING.lock().unwrap();
    for document in documents() {
        let mut lines: Vec<String> = document.text.lines().map(str::to_owned).collect();
        for fence in document.fences().iter().rev().filter(|fence| fence.info.split(' ').next() == Some("entraide")) {
            let right = check(&document, fence, &mut faults);
            lines.splice(fence.line..fence.line + fence.lines.len(), right);
            blocks += 1;
        }
        if updating() {
            fs::write(root().join(&document.name), lines.join("\n") + "\n").unwrap();
        }
    }
    assert!(blocks > 0, "no document shows a conversation");
    if !updating() {
        faults.none();
    }
}

#[test]
fn what_changed_is_written_anew_and_what_was_left_out_stays_so() {
    let said = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    for (now, shown, expected) in [
        (vec!["a", "b", "c"], vec!["x", "b", MORE], vec!["a", "b", MORE]),
        (vec!["a", "b", "c", "d"], vec!["a", MORE, "d"], vec!["a", MORE, "d"]),
        (vec!["a", "b", "new"], vec!["a", MORE, "old"], vec!["a", "b", "new"]),
        (vec!["a"], vec!["a", MORE], vec!["a"]),
        (vec!["a", "b"], vec![], vec!["a", "b"]),
    ] {
        assert_eq!(renewed(&said(&now), &shown), expected, "{shown:?}");
    }
}

#[test]
fn lines_are_left_out_only_where_the_document_says_so() {
    let said: Vec<String> = ["[Awa] a", "b", "  (1) c"].map(str::to_owned).to_vec();
    for (shown, expected) in [
        (vec!["[Awa] a", "b", "  (1) c"], true),
        (vec!["[Awa] a", MORE], true),
        (vec!["[Awa] a", MORE, "  (1) c"], true),
        (vec![MORE], true),
        (vec!["[Awa] a", "b", "  (1) c", MORE], false),
        (vec!["[Awa] a", "b"], false),
        (vec!["[Awa] a", "x", "  (1) c"], false),
        (vec![], false),
    ] {
        assert_eq!(meets(&said, &shown), expected, "{shown:?}");
    }
}
