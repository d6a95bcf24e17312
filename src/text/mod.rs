//! What people read: catalogues, rich text, dates and lines in words.

mod care;
mod catalogue;
mod dates;
pub mod lines;
pub mod lock_screen;
pub mod markup;
mod overrides;
pub mod rich;
pub mod samples;
pub mod syntax;
mod table;
mod voice;

use catalogue::Catalogue;
use rich::RichText;
use voice::Voice;

pub use care::Unsigned;
pub use overrides::OverrideError;
pub use table::safe_cell;

use crate::domain::{
    event::Platform,
    message::{Content, File, Msg, Page, Press, Unit},
    time::Zone,
};

/// What is said where the reader's language has no words.
pub const FALLBACK: &str = "fr";

/// The catalogues of all languages. Made once; rendering takes a few microseconds and never fails.
pub struct Texts {
    catalogues: Vec<Catalogue>,
    faults: Vec<String>,
}

/// For whom a message is rendered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reader {
    /// An IETF tag; a language that the program does not know is read in [`FALLBACK`].
    pub language: String,
    /// Moments are told in this zone.
    pub zone: Zone,
    /// What carries the message.
    pub platform: Platform,
    /// What stands before a command there.
    pub command_sign: char,
    /// Who may see it.
    pub seen: Seen,
}

/// Who may see a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Seen {
    /// The whole room.
    ByAll,
    /// One person; strangers see the first line on a locked screen.
    InPrivate,
    /// One person who shares the phone with others.
    OnASharedPhone,
}

/// A message in words.
#[derive(Clone, PartialEq, Debug)]
pub struct Rendered {
    /// The lines, one under the other.
    pub text: RichText,
    /// Labels and what they carry, in order.
    pub buttons: Vec<(String, Press)>,
    /// A file that goes with it.
    pub file: Option<File>,
}

impl Texts {
    /// The catalogues that are built into the program.
    pub fn embedded() -> Self {
        let (catalogues, faults) = catalogue::embedded();
        for fault in &faults {
            tracing::error!(fault, "a catalogue of the program is wrong");
        }
        Self { catalogues, faults }
    }

    /// What is wrong with the files that are built in; empty in anything that is released.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// The languages there are, by tag.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.catalogues.iter().map(|catalogue| catalogue.language.as_str())
    }

    /// The language in which somebody who asks for `tag` is answered: itself, its main language (`fr-CA` → `fr`), or [`FALLBACK`].
    pub fn resolve(&self, tag: &str) -> &str {
        self.catalogue(tag).map_or(FALLBACK, |catalogue| &catalogue.language)
    }

    /// Whether somebody who asks for `tag` is answered in it.
    pub fn knows(&self, tag: &str) -> bool {
        self.exactly(tag).is_some()
    }

    /// The message in words.
    pub fn render(&self, content: &Content, reader: &Reader) -> Rendered {
        let unit = content.unit.as_ref();
        let mut lines: Vec<String> = content.lines.iter().map(|msg| self.said(msg, reader, unit)).collect();
        let begins = content.lines.first();
        // A community may call its credits by a word that tells.
        let tells = unit.is_some() && lines.first().is_some_and(|line| lock_screen::tells(&markup::parse(line).plain()));
        if reader.seen != Seen::ByAll && (tells || begins.is_some_and(|msg| !self.is_fit_for_a_lock_screen(msg, reader))) {
            lines.insert(0, self.marked(&Msg::new("lock-screen"), reader));
        }
        let label = |msg: &Msg| markup::parse(&self.said(msg, reader, unit)).plain();
        Rendered {
            text: markup::parse(&lines.join("\n")),
            buttons: content.buttons.iter().map(|button| (label(&button.label), button.press.clone())).collect(),
            file: self.file(content, reader),
        }
    }

    /// The file; on a shared phone its name says nothing of what is in it.
    fn file(&self, content: &Content, reader: &Reader) -> Option<File> {
        let plain = |msg: &Msg| markup::parse(&self.said(msg, reader, content.unit.as_ref())).plain();
        let table = || content.table.as_ref().map(|table| table::file(table, &plain));
        let page = || content.page.as_ref().map(|page| page_file(page, &plain));
        let file = content.file.clone().or_else(table).or_else(page)?;
        let ending = file.name.rsplit_once('.').map(|(_, ending)| ending.to_owned());
        match (reader.seen, ending) {
            (Seen::OnASharedPhone, Some(ending)) => {
                Some(File { name: format!("{}.{ending}", self.plain(&Msg::new("discreet-file"), reader)), ..file })
            }
            (Seen::ByAll | Seen::InPrivate, _) | (Seen::OnASharedPhone, None) => Some(file),
        }
    }

    /// One line in words without any style, for buttons and the short word to who pressed one.
    pub fn plain(&self, msg: &Msg, reader: &Reader) -> String {
        markup::parse(&self.marked(msg, reader)).plain()
    }

    /// The marked-up text of one message.
    pub fn marked(&self, msg: &Msg, reader: &Reader) -> String {
        self.said(msg, reader, None)
    }

    /// As [`Texts::marked`], where the community calls its credits by another name.
    fn said(&self, msg: &Msg, reader: &Reader, unit: Option<&Unit>) -> String {
        match self.catalogue(&reader.language) {
            Some(catalogue) => Voice { texts: self, catalogue, reader, unit }.msg(msg),
            None => markup::escape(&format!("[{}]", msg.id)),
        }
    }

    /// What `/sos` answers while nothing can be stored: one message in every language, with all lines.
    pub fn sos_from_memory(&self) -> RichText {
        let reader =
            Reader { language: FALLBACK.into(), zone: Zone::PARIS, platform: Platform::Terminal, command_sign: '/', seen: Seen::InPrivate };
        let mut languages: Vec<&Catalogue> = self.catalogues.iter().collect();
        languages.sort_by_key(|catalogue| catalogue.language != FALLBACK);
        let voices: Vec<Voice> = languages.iter().map(|catalogue| Voice { texts: self, catalogue, reader: &reader, unit: None }).collect();
        let mut parts: Vec<String> = voices.iter().map(|voice| voice.say("care-memory", &[])).collect();
        parts.push(lines::everywhere(&voices));
        markup::parse(&parts.join("\n\n"))
    }

    /// The catalogue that a reader of `tag` reads.
    fn catalogue(&self, tag: &str) -> Option<&Catalogue> {
        self.exactly(tag).or_else(|| self.fallback())
    }

    /// The catalogue of `tag` or of its main language.
    fn exactly(&self, tag: &str) -> Option<&Catalogue> {
        let of = |tag: &str| self.catalogues.iter().find(|catalogue| catalogue.language.eq_ignore_ascii_case(tag));
        of(tag).or_else(|| of(tag.split(['-', '_']).next()?))
    }

    fn fallback(&self) -> Option<&Catalogue> {
        self.catalogues.iter().find(|catalogue| catalogue.language == FALLBACK)
    }
}

/// A mark at the beginning tells old programs that the letters may have accents.
fn page_file(page: &Page, plain: &dyn Fn(&Msg) -> String) -> File {
    let lines: Vec<String> = page.lines.iter().map(plain).collect();
    File { name: page.name.clone(), text: format!("\u{FEFF}{}\r\n", lines.join("\n").replace('\n', "\r\n")) }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.languages()).finish()
    }
}

#[cfg(test)]
mod tests;
