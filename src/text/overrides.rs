//! An operator's own words: a folder `<language>/*.ftl` that replaces single messages, care texts excepted.

use std::{
    fs,
    path::{Path, PathBuf},
};

use fluent_bundle::FluentResource;

use super::{
    Texts,
    care::PREFIX,
    catalogue::Catalogue,
    markup,
    syntax::{Shape, shapes},
};

/// Why an operator's folder is refused.
#[derive(Debug, thiserror::Error)]
pub enum OverrideError {
    /// It cannot be read.
    #[error("{path}: {source}", path = path.display())]
    Read {
        /// What.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A folder is no language of the program.
    #[error("{path}: not a language of this program (it has {known})", path = path.display())]
    Language {
        /// The folder.
        path: PathBuf,
        /// The languages there are.
        known: String,
    },
    /// It is not Fluent.
    #[error("{path}: {reason}", path = path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        reason: String,
    },
    /// It replaces a care text.
    #[error("{path}: {id} is a care text and cannot be overridden; remove it from this file", path = path.display())]
    Care {
        /// The file.
        path: PathBuf,
        /// The message.
        id: String,
    },
    /// The program has no such message.
    #[error("{path}: the program has no message {id}; remove it or correct its name", path = path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// The message.
        id: String,
    },
    /// The message uses a value that it is never given.
    #[error("{path}: {id} has no value ${name}; it has {known}", path = path.display())]
    Variable {
        /// The file.
        path: PathBuf,
        /// The message.
        id: String,
        /// The variable.
        name: String,
        /// Those there are.
        known: String,
    },
    /// Bold, code or a link does not close.
    #[error("{path}: in {id} a ** or ` or ]( does not close", path = path.display())]
    Markup {
        /// The file.
        path: PathBuf,
        /// The message.
        id: String,
    },
}

impl Texts {
    /// The catalogues of the program with an operator's own words in place of single messages.
    pub fn with_overrides(dir: &Path) -> Result<Self, OverrideError> {
        let mut texts = Self::embedded();
        for folder in children(dir)?.into_iter().filter(|path| path.is_dir()) {
            let tag = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let known = texts.languages().collect::<Vec<_>>().join(", ");
            let Some(catalogue) = texts.catalogues.iter_mut().find(|catalogue| catalogue.language == tag) else {
                return Err(OverrideError::Language { path: folder, known });
            };
            for file in children(&folder)?.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "ftl")) {
                add(catalogue, &file)?;
            }
            catalogue.keep_words();
        }
        Ok(texts)
    }
}

fn add(catalogue: &mut Catalogue, path: &Path) -> Result<(), OverrideError> {
    let source = fs::read_to_string(path).map_err(|source| OverrideError::Read { path: path.to_owned(), source })?;
    let resource = FluentResource::try_new(source).map_err(|(_, errors)| {
        let reason = errors.first().map_or_else(|| "not Fluent".to_owned(), ToString::to_string);
        OverrideError::Syntax { path: path.to_owned(), reason }
    })?;
    for shape in shapes(&resource) {
        check(catalogue, path, &shape)?;
    }
    catalogue.bundle.add_resource_overriding(resource);
    Ok(())
}

fn check(catalogue: &Catalogue, path: &Path, shape: &Shape) -> Result<(), OverrideError> {
    let (path, id) = (path.to_owned(), shape.id.clone());
    if id.starts_with(PREFIX) {
        return Err(OverrideError::Care { path, id });
    }
    let Some(own) = catalogue.pattern(&id).map(|pattern| Shape::of(id.clone(), pattern)) else {
        return Err(OverrideError::Unknown { path, id });
    };
    if let Some(reference) = shape.references.iter().find(|reference| catalogue.pattern(reference).is_none()) {
        return Err(OverrideError::Unknown { path, id: reference.clone() });
    }
    if let Some(name) =
        shape.variables.iter().find(|name| !own.variables.contains(*name) && !matches!(name.as_str(), "platform" | "credit" | "credits"))
    {
        let known: Vec<String> = own.variables.iter().map(|name| format!("${name}")).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        return Err(OverrideError::Variable { path, id, name: name.clone(), known });
    }
    if !markup::is_balanced(&shape.words.join("x")) {
        return Err(OverrideError::Markup { path, id });
    }
    Ok(())
}

/// What a folder holds, in the order of the names.
fn children(dir: &Path) -> Result<Vec<PathBuf>, OverrideError> {
    let fault = |source| OverrideError::Read { path: dir.to_owned(), source };
    let entries = fs::read_dir(dir).map_err(fault)?;
    let mut paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(fault)?;
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{event::Platform, message::Msg, time::Zone},
        text::Reader,
    };

    fn with(language: &str, ftl: &str) -> Result<Texts, OverrideError> {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(language)).unwrap();
        fs::write(dir.path().join(language).join("ours.ftl"), ftl).unwrap();
        fs::write(dir.path().join("README"), "not read").unwrap();
        Texts::with_overrides(dir.path())
    }

    #[test]
    fn an_operators_words_replace_the_programs_in_one_language() {
        let texts =
            with("fr", "common-yes = D'accord\ndate-month-12 = frimaire\nnot-joined = { $join } { $join } { $platform }\n").unwrap();
        let say = |language: &str, msg: &Msg| {
            let reader = Reader {
                language: language.into(),
                zone: Zone::PARIS,
                platform: Platform::Matrix,
                command_sign: '!',
                seen: crate::text::Seen::ByAll,
            };
            texts.plain(msg, &reader)
        };
        assert_eq!(say("fr", &Msg::new("common-yes")), "D'accord");
        assert_eq!(say("en", &Msg::new("common-yes")), "Yes");
        assert_eq!(say("fr", &Msg::new("common-no")), "Non");
        assert_eq!(say("fr", &Msg::new("not-joined").with("join", crate::domain::command::Command::Join)), "!rejoindre !rejoindre Matrix");
        let day = crate::domain::message::Value::Day("2026-12-01".parse().unwrap());
        let msg = Msg::new("care-erase-done").with("day", day).with("sos", crate::domain::command::Command::Sos);
        assert!(say("fr", &msg).contains("mardi 1er frimaire 2026"));
    }

    #[test]
    fn what_would_break_a_text_is_refused_with_the_reason() {
        for (language, ftl, expected) in [
            ("fr", "care-consent = Bonjour", "care-consent is a care text and cannot be overridden"),
            ("fr", "care-consent =\n    .signed = Dr Nobody until 2099-01-01", "care-consent.signed is a care text"),
            ("fr", "common-oui = Oui", "the program has no message common-oui"),
            ("fr", "-term = x", "the program has no message -term"),
            ("fr", "common-yes = { nothing }", "the program has no message nothing"),
            ("fr", "common-yes = { $name }", "common-yes has no value $name; it has none"),
            ("fr", "which-group = a **b", "in which-group a ** or ` or ]( does not close"),
            ("fr", "common-yes", "Expected a token starting with \"=\""),
            ("de", "common-yes = Ja", "not a language of this program (it has en, fr)"),
        ] {
            let error = with(language, ftl).expect_err(ftl).to_string();
            assert!(error.contains(expected), "{error}");
        }
        assert!(Texts::with_overrides(Path::new("/nowhere")).is_err());
    }
}
