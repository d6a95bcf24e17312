//! The little of Markdown that the documents are checked by: fenced blocks, code spans, links, headings, table rows.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A document of the repository.
#[derive(Debug)]
pub struct Document {
    /// From the root of the repository.
    pub name: String,
    /// As it stands on the disk.
    pub text: String,
}

/// A fenced block.
#[derive(Debug)]
pub struct Fence {
    /// What stands after the opening marks.
    pub info: String,
    /// The line of the opening marks, from 1.
    pub line: usize,
    /// What stands between the marks.
    pub lines: Vec<String>,
}

/// Something found at a line, from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Where.
    pub line: usize,
    /// What.
    pub text: String,
}

impl Document {
    /// Reads the document `name` under `root`.
    pub fn read(root: &Path, name: &str) -> Self {
        let text = fs::read_to_string(root.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self { name: name.to_owned(), text }
    }

    /// The folder it lies in, from the root.
    pub fn folder(&self) -> PathBuf {
        Path::new(&self.name).parent().map(Path::to_owned).unwrap_or_default()
    }

    /// Its fenced blocks.
    pub fn fences(&self) -> Vec<Fence> {
        let mut fences: Vec<Fence> = Vec::new();
        let mut open = false;
        for (line, n) in self.text.lines().zip(1..) {
            match line.trim_start().strip_prefix("```") {
                Some(_) if open => open = false,
                Some(info) => {
                    fences.push(Fence { info: info.trim().to_owned(), line: n, lines: Vec::new() });
                    open = true;
                }
                None if open => {
                    if let Some(fence) = fences.last_mut() {
                        fence.lines.push(line.to_owned());
                    }
                }
                None => {}
            }
        }
        assert!(!open, "{}: the last fenced block does not end", self.name);
        fences
    }

    /// Its lines outside fenced blocks.
    pub fn prose(&self) -> Vec<Found> {
        let mut open = false;
        let mut prose = Vec::new();
        for (line, n) in self.text.lines().zip(1..) {
            if line.trim_start().starts_with("```") {
                open = !open;
            } else if !open {
                prose.push(Found { line: n, text: line.to_owned() });
            }
        }
        prose
    }

    /// Its code spans.
    pub fn spans(&self) -> Vec<Found> {
        let mut spans = Vec::new();
        for line in self.prose() {
            let parts: Vec<&str> = line.text.split('`').collect();
            assert!(parts.len() % 2 == 1, "{}:{}: a code span does not end on its line", self.name, line.line);
            spans.extend(parts.iter().skip(1).step_by(2).map(|span| Found { line: line.line, text: (*span).to_owned() }));
        }
        spans
    }

    /// The targets of its links.
    pub fn links(&self) -> Vec<Found> {
        let mut links = Vec::new();
        for line in self.prose() {
            let targets = line.text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
            links.extend(targets.map(|(target, _)| Found { line: line.line, text: target.to_owned() }));
        }
        links
    }

    /// Its headings: level and text.
    pub fn headings(&self) -> Vec<(usize, String)> {
        let level = |text: &str| text.chars().take_while(|c| *c == '#').count();
        let prose = self.prose();
        let headings = prose.iter().filter(|line| line.text.starts_with('#'));
        headings.map(|line| (level(&line.text), line.text.trim_start_matches('#').trim().to_owned())).collect()
    }

    /// The anchors that its headings make, as the usual sites make them.
    pub fn anchors(&self) -> Vec<String> {
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        let anchor = |text: &str| text.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-");
        self.headings().iter().map(|(_, text)| anchor(text)).collect()
    }

    /// The text between `<!-- name -->` and `<!-- end -->`.
    pub fn between(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.text.split_once(&format!("<!-- {name} -->\n"))?;
        rest.split_once("<!-- end -->").map(|(between, _)| between)
    }

    /// The first cells of the table rows between `<!-- name -->` and `<!-- end -->`, heading left out.
    pub fn first_cells(&self, name: &str) -> Vec<String> {
        let rows = self.between(name).unwrap_or_default().lines().filter(|line| line.starts_with('|')).skip(2);
        rows.filter_map(|row| row.split('|').nth(1)).map(|cell| cell.trim().to_owned()).collect()
    }
}
