//! Conversation files: scripts for `entraide try` whose comments say what the bot is expected to answer.
//! The format is described in `tests/conversations/README.md`.

use std::{collections::HashMap, fmt::Write as _};

use serde_json::Value;

/// Begins the first line of an expected message.
const FIRST: &str = "#<";
/// Begins its other lines.
const MORE: &str = "#|";
/// Begins a line of settings.
const SETTINGS: &str = "#!";
/// Stands for anything within a line.
const ANYTHING: &str = "{*}";
/// Where the clock stands unless the file says otherwise: a Tuesday.
const DEFAULT_AT: &str = "2026-11-24T10:00";

/// A message as it reads: the first line begins with `[to]`, buttons are `(1) label`, files `<name>`.
pub type Block = Vec<String>;

/// A conversation file.
#[derive(Debug, Default)]
pub struct ChatFile {
    /// What stands in `#!` lines that begin with `--`, with a fixed clock where none is set.
    pub flags: Vec<String>,
    /// It runs over Telegram too.
    pub telegram: bool,
    /// It runs over Matrix in the usual run too; those that run over Telegram do in the long one.
    pub matrix: bool,
    /// The exit status that `entraide try` is expected to end with.
    pub exit: i32,
    /// The lines, expectations taken out.
    pub lines: Vec<ChatLine>,
}

/// A line of the script and what it is expected to bring.
#[derive(Debug)]
pub struct ChatLine {
    /// As the script has it.
    pub text: String,
    /// In order.
    pub expected: Vec<Block>,
}

/// What the bot did, and the line of the script that brought it (from 0, expectations not counted).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Did {
    /// Index into [`ChatFile::lines`].
    pub line: usize,
    /// As it reads.
    pub block: Block,
}

impl ChatFile {
    /// Reads a file; says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut file = Self::default();
        for (line, n) in text.lines().zip(1..) {
            file.take(line).map_err(|error| format!("line {n}: {error}"))?;
        }
        if !file.flags.iter().any(|flag| flag == "--at") {
            file.flags.extend(["--at".to_owned(), DEFAULT_AT.to_owned()]);
        }
        Ok(file)
    }

    fn take(&mut self, line: &str) -> Result<(), String> {
        if let Some(first) = line.strip_prefix(FIRST) {
            let before = self.lines.last_mut().ok_or("an answer before the first line")?;
            before.expected.push(vec![unindent(first)]);
        } else if let Some(more) = line.strip_prefix(MORE) {
            let block = self.lines.last_mut().and_then(|line| line.expected.last_mut());
            block.ok_or("`#|` goes on with a `#<` that is not there")?.push(unindent(more));
        } else {
            if let Some(settings) = line.strip_prefix(SETTINGS) {
                self.set(settings.trim())?;
            }
            self.lines.push(ChatLine { text: line.to_owned(), expected: Vec::new() });
        }
        Ok(())
    }

    fn set(&mut self, settings: &str) -> Result<(), String> {
        if settings.starts_with("--") {
            self.flags.extend(settings.split_whitespace().map(str::to_owned));
        } else if settings == "telegram" {
            self.telegram = true;
        } else if settings == "matrix" {
            self.matrix = true;
        } else if let Some(status) = settings.strip_prefix("exit ") {
            self.exit = status.trim().parse().map_err(|_| "`#! exit` needs a number")?;
        } else {
            return Err(format!("`#! {settings}` means nothing: flags of `entraide try`, `telegram`, `matrix`, or `exit 2`"));
        }
        Ok(())
    }

    /// The value of a flag.
    pub fn flag(&self, name: &str) -> Option<&str> {
        self.flags.iter().skip_while(|flag| *flag != name).nth(1).map(String::as_str)
    }

    /// The script without the expectations.
    pub fn script(&self) -> String {
        self.lines.iter().map(|line| line.text.clone() + "\n").collect()
    }

    /// What differs from what is expected, line by line; `None` where nothing does.
    pub fn difference(&self, did: &[Did]) -> Option<String> {
        let mut text = String::new();
        for (n, line) in self.lines.iter().enumerate() {
            let actual: Vec<&Block> = did.iter().filter(|did| did.line == n).map(|did| &did.block).collect();
            let same = actual.len() == line.expected.len() && actual.iter().zip(&line.expected).all(|(a, e)| meets(a, e));
            if !same {
                let _ = writeln!(text, "  {}", line.text);
                let matched = |block: &Block| actual.iter().any(|a| meets(a, block));
                line.expected.iter().for_each(|block| write_block(&mut text, if matched(block) { ' ' } else { '-' }, block));
                let wanted = |block: &Block| line.expected.iter().any(|e| meets(block, e));
                actual.iter().filter(|block| !wanted(block)).for_each(|block| write_block(&mut text, '+', block));
                if line.expected.iter().all(matched) && actual.iter().all(|block| wanted(block)) {
                    let _ = writeln!(text, "! the same messages, in another order or another number:");
                    actual.iter().for_each(|block| write_block(&mut text, '+', block));
                }
            }
        }
        (!text.is_empty()).then_some(text)
    }

    /// The file with `did` for expectations; what was expected and met stays as it was, placeholders and all.
    pub fn rewritten(&self, did: &[Did]) -> String {
        let mut text = String::new();
        for (n, line) in self.lines.iter().enumerate() {
            let _ = writeln!(text, "{}", line.text);
            for did in did.iter().filter(|did| did.line == n) {
                let block = line.expected.iter().find(|expected| meets(&did.block, expected)).unwrap_or(&did.block);
                for (part, at) in block.iter().zip(0..) {
                    let sign = if at == 0 { FIRST } else { MORE };
                    let _ = writeln!(text, "{}", format!("{sign} {part}").trim_end());
                }
            }
        }
        text
    }

    /// Reads what `entraide try --json` printed for [`ChatFile::script`]; every line must be there and be done.
    pub fn read_json(&self, output: &str) -> Result<Vec<Did>, String> {
        let (mut did, mut done) = (Vec::new(), 0);
        let mut said: HashMap<String, String> = HashMap::new();
        for line in output.lines() {
            let json: Value = serde_json::from_str(line).map_err(|error| format!("{line:?} is no JSON: {error}"))?;
            let number = json["line"].as_u64().and_then(|n| usize::try_from(n).ok()).ok_or_else(|| format!("{line}: no line"))?;
            if number != done + 1 {
                return Err(format!("{line}: this belongs to line {number}, but line {} is not done", done + 1));
            }
            if json["done"] == Value::Bool(true) {
                done = number;
            } else {
                let block = self.block(&json, &said)?;
                let first = block.first().cloned().unwrap_or_default();
                said.extend(json["id"].as_str().map(|id| (id.to_owned(), first)));
                did.push(Did { line: number - 1, block });
            }
        }
        if done != self.lines.len() && self.exit == 0 {
            return Err(format!("{done} of {} lines are done", self.lines.len()));
        }
        Ok(did)
    }

    /// One JSON object as it reads, after the messages that were `said` before, by id.
    fn block(&self, json: &Value, said: &HashMap<String, String>) -> Result<Block, String> {
        let to = json["to"].as_str().ok_or_else(|| format!("{json}: to whom?"))?;
        if let (true, Some(id)) = (json["deleted"].is_u64(), json["id"].as_str()) {
            let first = said.get(id).ok_or_else(|| format!("{json}: no such message was said"))?;
            return Ok(vec![format!("[{to}] ⌫ {first}")]);
        }
        if let Some(number) = json["deleted"].as_u64() {
            let line = usize::try_from(number).ok().and_then(|n| self.lines.get(n.checked_sub(1)?));
            let line = line.ok_or_else(|| format!("{json}: there is no such line"))?;
            return Ok(vec![format!("[{to}] ⌫ {}", line.text)]);
        }
        if let Some(emoji) = json["reaction"].as_str() {
            return Ok(vec![format!("[{to}] {emoji}")]);
        }
        let text = json["text"].as_str().ok_or_else(|| format!("{json}: no text"))?;
        let list = |name: &str| json[name].as_array().cloned().unwrap_or_default();
        let words = |name: &str| list(name).iter().map(|value| value.as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();
        Ok(message_block(to, text, &words("buttons"), &words("files"), !json["edit_of"].is_null()))
    }
}

/// A message as it reads.
pub fn message_block(to: &str, text: &str, buttons: &[String], files: &[String], edit: bool) -> Block {
    let mut block: Block = text.lines().map(|line| line.trim_end_matches([' ', '\t']).to_owned()).collect();
    let first = block.first().cloned().unwrap_or_default();
    let first = format!("[{to}]{} {first}", if edit { " ✎" } else { "" }).trim_end().to_owned();
    match block.first_mut() {
        Some(line) => *line = first,
        None => block.push(first),
    }
    block.extend(buttons.iter().zip(1..).map(|(label, n)| format!("({n}) {label}")));
    block.extend(files.iter().map(|name| format!("<{name}>")));
    block
}

/// Whether what was said is what was expected, where `{*}` stands for anything within a line.
pub fn meets(actual: &Block, expected: &Block) -> bool {
    actual.len() == expected.len() && actual.iter().zip(expected).all(|(a, e)| line_meets(a, e))
}

fn line_meets(actual: &str, expected: &str) -> bool {
    let mut pieces = expected.split(ANYTHING);
    let Some(mut rest) = pieces.next().and_then(|first| actual.strip_prefix(first)) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else { return rest.is_empty() };
    for piece in middle {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Without the blank after the sign, and without blanks at the end, which no editor keeps.
fn unindent(line: &str) -> String {
    line.strip_prefix(' ').unwrap_or(line).trim_end_matches([' ', '\t', '\r']).to_owned()
}

fn write_block(text: &mut String, sign: char, block: &Block) {
    for (line, at) in block.iter().zip(0..) {
        let _ = writeln!(text, "{sign} {} {line}", if at == 0 { FIRST } else { MORE });
    }
}
