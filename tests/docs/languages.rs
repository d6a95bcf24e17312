//! Every document says the same in both languages, and every document is checked.

use super::*;

#[test]
fn both_languages_say_the_same_in_the_same_order() {
    let mut faults = Faults::default();
    for (name, other) in DOCUMENTS.iter().filter_map(|(name, other)| Some((name, (*other)?))) {
        let (one, two) = (Document::read(root(), name), Document::read(root(), other));
        let levels = |document: &Document| document.headings().iter().map(|(level, _)| *level).collect::<Vec<_>>();
        if levels(&one) != levels(&two) {
            faults.note(format!("{name} and {other} have other headings:\n{:?}\n{:?}", one.headings(), two.headings()));
        }
        let kinds = |document: &Document| {
            let fences = document.fences();
            fences.iter().map(|fence| fence.info.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        if kinds(&one) != kinds(&two) {
            faults.note(format!("{name} and {other} have other blocks: {:?} {:?}", kinds(&one), kinds(&two)));
        }
    }
    faults.none();
}

#[test]
fn every_document_is_checked() {
    let known: BTreeSet<&str> = DOCUMENTS.iter().flat_map(|(name, other)| [Some(*name), *other]).flatten().collect();
    let mut faults = Faults::default();
    for folder in ["docs/operators", "docs/coordinators", "docs/privacy/en", "docs/privacy/fr", "docs/adr"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let name = format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy());
            if name.ends_with(".md") && !known.contains(name.as_str()) {
                faults.note(format!("{name} is not in DOCUMENTS of tests/docs/main.rs"));
            }
        }
    }
    faults.none();
}
