//! Turns messages and values into marked-up text, in one language and for one reader.

use fluent_bundle::{
    FluentArgs, FluentError, FluentValue,
    resolver::{ResolverError, errors::ReferenceKind},
};
use fluent_syntax::ast::Pattern;

use super::{Reader, Seen, Texts, catalogue::Catalogue, markup};
use crate::domain::message::{Msg, Unit, Value};

/// One language speaking to one reader.
#[derive(Clone, Copy)]
pub(super) struct Voice<'a> {
    pub(super) texts: &'a Texts,
    pub(super) catalogue: &'a Catalogue,
    pub(super) reader: &'a Reader,
    /// What the community calls its credits; the catalogue's word where it chose none.
    pub(super) unit: Option<&'a Unit>,
}

impl<'a> Voice<'a> {
    /// The message with its values; where the language has it not, the whole of it is said in the fallback language.
    pub(super) fn msg(&self, msg: &Msg) -> String {
        let Some((voice, pattern)) = self.find(&msg.id) else { return missing(&msg.id) };
        let mut args = FluentArgs::with_capacity(msg.args.len() + 3);
        args.set("platform", self.reader.platform.name());
        voice.set_unit(&mut args);
        for (name, value) in &msg.args {
            voice.set(&mut args, name, value);
        }
        voice.format(&msg.id, pattern, args)
    }

    /// The message `id` with values that are marked up already.
    pub(super) fn say(&self, id: &str, values: &[(&str, FluentValue)]) -> String {
        let Some((voice, pattern)) = self.find(id) else { return missing(id) };
        let args = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        voice.format(id, pattern, args)
    }

    fn find(&self, id: &str) -> Option<(Self, &'a Pattern<&'a str>)> {
        if let Some(pattern) = self.catalogue.pattern(id) {
            return Some((*self, pattern));
        }
        let fallback = self.texts.fallback()?;
        Some((Self { catalogue: fallback, ..*self }, fallback.pattern(id)?))
    }

    /// Formats; variables without a value show their name in brackets.
    fn format(&self, id: &str, pattern: &'a Pattern<&'a str>, mut args: FluentArgs) -> String {
        let mut errors = Vec::new();
        let text = self.catalogue.bundle.format_pattern(pattern, Some(&args), &mut errors);
        if errors.is_empty() {
            return text.into_owned();
        }
        tracing::error!(message = id, language = self.catalogue.language, "a text could not be filled in");
        for name in errors.iter().filter_map(variable) {
            args.set(name.to_owned(), markup::escape(&format!("[{name}]")));
        }
        self.catalogue.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// `$credit` and `$credits`, which every message may use.
    fn set_unit(&self, args: &mut FluentArgs<'a>) {
        match self.unit {
            None => {
                args.set("credit", self.catalogue.unit.one.as_str());
                args.set("credits", self.catalogue.unit.many.as_str());
            }
            Some(unit) => {
                args.set("credit", isolated(markup::escape(&unit.one)));
                args.set("credits", isolated(markup::escape(&unit.many)));
            }
        }
    }

    fn set(&self, args: &mut FluentArgs<'_>, name: &str, value: &Value) {
        if let Value::Guarded(open, instead) = value {
            return match self.reader.seen {
                Seen::OnASharedPhone => self.set(args, name, &Value::Msg(instead.clone())),
                Seen::ByAll | Seen::InPrivate => self.set(args, name, open),
            };
        }
        if let Value::Number(number) = value {
            args.set(name.to_owned(), *number);
            return;
        }
        args.set(name.to_owned(), self.value(value));
        // So that a text can choose its words by what is inserted: `$association-id`.
        match value {
            Value::Msg(msg) => args.set(format!("{name}-id"), msg.id.to_string()),
            Value::Text(_) => args.set(format!("{name}-id"), "text"),
            _ => {}
        }
    }

    fn value(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => isolated(markup::escape(text)),
            Value::Names(names) => {
                let own = names.get(&self.catalogue.language).or_else(|| names.values().next());
                own.map_or_else(String::new, |name| isolated(markup::escape(name)))
            }
            Value::Number(number) => number.to_string(),
            Value::Moment(at) => self.moment(*at, self.reader.zone),
            Value::MomentIn(at, zone) => self.moment(*at, *zone),
            Value::Clock(at) => self.clock(at.wall(self.reader.zone).time()),
            Value::Day(day) => self.day(*day),
            Value::Month(day) => self.month(*day),
            Value::Minutes(minutes) => self.length(*minutes),
            Value::Command(command) => format!("{}{}", self.reader.command_sign, command.word(&self.catalogue.language)),
            Value::Platform => self.reader.platform.name().to_owned(),
            Value::Lines(country) => self.lines(country.as_deref()),
            Value::LinesInFull(country) => self.lines_in_full(country.as_deref()),
            Value::OtherLines(country) => self.other_lines(country.as_deref()),
            Value::Country(code) => self.country(code),
            Value::Language(tag) => self.language(tag),
            Value::Link(address) => markup::link(address),
            Value::Msg(msg) => self.msg(msg),
            Value::Guarded(_, instead) if self.reader.seen == Seen::OnASharedPhone => self.msg(instead),
            Value::Guarded(open, _) => self.value(open),
            Value::Msgs(msgs) => msgs.iter().map(|msg| self.msg(msg)).collect::<Vec<_>>().join("\n"),
        }
    }

    /// A country's name (a territory's by its own code: `FR-NC` is `NC`); the code where no catalogue knows it.
    pub(super) fn country(&self, code: &str) -> String {
        let code = code.trim().to_lowercase();
        let own = code.rsplit('-').next().unwrap_or_default();
        let ids = [format!("country-{code}"), format!("country-{own}")];
        let name = ids.iter().find_map(|id| self.find(id).and_then(|(voice, _)| voice.catalogue.plain(id)));
        name.unwrap_or_else(|| markup::escape(&code.to_uppercase()))
    }

    /// A language's own name; its tag where there is no catalogue of it.
    fn language(&self, tag: &str) -> String {
        let own = self.texts.exactly(tag).and_then(|catalogue| catalogue.plain("language-name"));
        own.unwrap_or_else(|| markup::escape(tag))
    }
}

/// A text that may be written from right to left, kept from turning around what stands beside it.
fn isolated(text: String) -> String {
    let turns = |c: char| matches!(u32::from(c), 0x0590..=0x08FF | 0xFB1D..=0xFDCF | 0xFDF0..=0xFDFF | 0xFE70..=0xFEFE | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF);
    if text.contains(turns) { format!("\u{2068}{text}\u{2069}") } else { text }
}

/// What stands for a message that no language has.
fn missing(id: &str) -> String {
    tracing::error!(message = id, "a text is missing in every language");
    markup::escape(&format!("[{id}]"))
}

/// The name of the variable that had no value.
fn variable(error: &FluentError) -> Option<&str> {
    match error {
        FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { id })) => Some(id),
        _ => None,
    }
}
