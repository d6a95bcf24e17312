//! One language's catalogue: its Fluent messages, and the words of days and months kept at hand.

use fluent_bundle::{FluentResource, concurrent::FluentBundle};
use fluent_syntax::ast::{Entry, Pattern};
use include_dir::{Dir, include_dir};

use crate::domain::message::Unit;

/// The catalogues of the program, one folder for each language.
static EMBEDDED: Dir = include_dir!("$CARGO_MANIFEST_DIR/config/locales");

/// The messages of one language.
pub(super) struct Catalogue {
    /// An IETF tag: the name of the folder.
    pub(super) language: String,
    pub(super) bundle: FluentBundle<FluentResource>,
    /// The care texts that must bear a signature.
    pub(super) care: Vec<String>,
    /// Monday first.
    pub(super) weekdays: Vec<String>,
    /// January first.
    pub(super) months: Vec<String>,
    /// What credits are called where the community chose no name.
    pub(super) unit: Unit,
}

/// Every embedded language in the order of their tags, and what is wrong with their files.
pub(super) fn embedded() -> (Vec<Catalogue>, Vec<String>) {
    let mut faults = Vec::new();
    let mut catalogues: Vec<Catalogue> = EMBEDDED.dirs().filter_map(|dir| read_folder(dir, &mut faults)).collect();
    catalogues.sort_by(|a, b| a.language.cmp(&b.language));
    catalogues.iter_mut().for_each(Catalogue::keep_words);
    (catalogues, faults)
}

fn read_folder(dir: &Dir, faults: &mut Vec<String>) -> Option<Catalogue> {
    let language = dir.path().file_name()?.to_str()?;
    let mut catalogue = Catalogue::empty(language)?;
    for file in dir.files().filter(|file| file.path().extension().is_some_and(|ending| ending == "ftl")) {
        let path = file.path().display();
        let Some(text) = file.contents_utf8() else {
            faults.push(format!("{path}: not UTF-8"));
            continue;
        };
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, errors)| {
            faults.extend(errors.iter().map(|error| format!("{path}: {error}")));
            resource
        });
        catalogue.note_care_texts(&resource);
        if let Err(errors) = catalogue.bundle.add_resource(resource) {
            faults.extend(errors.iter().map(|error| format!("{path}: {error}")));
        }
    }
    Some(catalogue)
}

impl Catalogue {
    fn empty(language: &str) -> Option<Self> {
        let mut bundle = FluentBundle::new_concurrent(vec![language.parse().ok()?]);
        bundle.set_use_isolating(false);
        let unit = Unit { one: String::new(), many: String::new() };
        Some(Self { language: language.to_owned(), bundle, care: Vec::new(), weekdays: Vec::new(), months: Vec::new(), unit })
    }

    fn note_care_texts(&mut self, resource: &FluentResource) {
        for entry in resource.entries() {
            if let Entry::Message(message) = entry
                && message.id.name.starts_with(super::care::PREFIX)
                && message.attributes.iter().any(|attribute| attribute.id.name == "signed")
            {
                self.care.push(message.id.name.to_owned());
            }
        }
    }

    /// Fetches the names of days and months; to be called again when messages changed.
    pub(super) fn keep_words(&mut self) {
        self.weekdays = self.names("date-weekday", 7);
        self.months = self.names("date-month", 12);
        let word = |id: &str| self.plain(id).unwrap_or_else(|| id.to_owned());
        self.unit = Unit { one: word("unit-one"), many: word("unit-many") };
    }

    fn names(&self, prefix: &str, count: usize) -> Vec<String> {
        (1..=count).map(|n| self.plain(&format!("{prefix}-{n}")).unwrap_or_else(|| n.to_string())).collect()
    }

    /// The pattern of a message, or of an attribute (`message.attribute`).
    pub(super) fn pattern(&self, id: &str) -> Option<&Pattern<&str>> {
        match id.split_once('.') {
            None => self.bundle.get_message(id)?.value(),
            Some((id, attribute)) => Some(self.bundle.get_message(id)?.get_attribute(attribute)?.value()),
        }
    }

    /// A message without variables, where it is there.
    pub(super) fn plain(&self, id: &str) -> Option<String> {
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(self.pattern(id)?, None, &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }
}
