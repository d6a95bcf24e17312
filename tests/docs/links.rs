//! The links between the documents.

use super::*;

#[test]
fn what_the_documents_point_at_is_there() {
    let mut faults = Faults::default();
    for document in documents() {
        for link in document.links() {
            if link.text.starts_with("https://") || link.text.starts_with("mailto:") {
                continue;
            }
            let (path, anchor) = link.text.split_once('#').map_or((link.text.as_str(), None), |(path, anchor)| (path, Some(anchor)));
            let target = if path.is_empty() { PathBuf::from(&document.name) } else { tidy(&document.folder().join(path)) };
            let at = format!("{}:{}", document.name, link.line);
            if !root().join(&target).exists() {
                faults.note(format!("{at}: {} is not there", target.display()));
            } else if let Some(anchor) = anchor {
                let there = Document::read(root(), target.to_str().unwrap()).anchors();
                if !there.iter().any(|known| known == anchor) {
                    faults.note(format!("{at}: {} has no heading #{anchor}; it has {there:?}", target.display()));
                }
            }
        }
    }
    faults.none();
}

/// Without `..`.
fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        if part.as_os_str() == ".." {
            tidied.pop();
        } else {
            tidied.push(part);
        }
    }
    tidied
}
