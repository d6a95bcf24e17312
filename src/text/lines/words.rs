//! The crisis lines in words: the short form, the full form, the other numbers, and all of them.

use fluent_bundle::FluentValue;

use super::{Country, Kind, Line, all, of};
use crate::text::{markup, voice::Voice};

impl Voice<'_> {
    /// The short form, in one line of text: "**3114** : gratuit, jour et nuit. Danger : **15** ou **112**. …"
    pub(in crate::text) fn lines(&self, code: Option<&str>) -> String {
        let country = code.and_then(of);
        let mut parts: Vec<String> = Vec::new();
        let crisis = kind(country, Kind::Crisis);
        match code {
            None => parts.push(self.say("care-lines-no-country", &[])),
            Some(_) if crisis.is_empty() => parts.push(self.say("care-lines-no-crisis", &[])),
            Some(_) => parts.extend(crisis.iter().map(|line| self.line(["care-lines-crisis", "care-lines-crisis-bare"], line))),
        }
        parts.push(self.danger(country, ["care-lines-danger", "care-lines-danger-general"]));
        parts.extend(kind(country, Kind::Text).iter().map(|line| self.say("care-lines-text", &[number(line)])));
        parts.join(" ")
    }

    /// The full form, one line of text for each, danger first.
    pub(in crate::text) fn lines_in_full(&self, code: Option<&str>) -> String {
        let country = code.and_then(of);
        let mut parts = vec![self.danger(country, ["care-lines-full-danger", "care-lines-full-danger-general"])];
        let crisis = kind(country, Kind::Crisis);
        match (code, crisis.split_first()) {
            (None, _) => parts.push(self.say("care-lines-no-country", &[])),
            (Some(_), None) => parts.push(self.say("care-lines-no-crisis", &[])),
            (Some(_), Some((first, more))) => {
                parts.push(self.line(["care-lines-full-crisis", "care-lines-full-crisis-bare"], first));
                parts.extend(more.iter().map(|line| self.line(["care-lines-full-also", "care-lines-full-also-bare"], line)));
            }
        }
        parts.extend(kind(country, Kind::Text).iter().map(|line| self.say("care-lines-full-text", &[number(line)])));
        parts.join("\n")
    }

    /// Violence, children, police, listening: one line of text for each.
    pub(in crate::text) fn other_lines(&self, code: Option<&str>) -> String {
        let country = code.and_then(of);
        let lines = country.map(|country| country.lines.as_slice()).unwrap_or_default();
        let mut parts: Vec<String> = lines.iter().filter_map(|line| self.other(line)).collect();
        if parts.is_empty() {
            parts.push(self.say(if code.is_none() { "care-lines-no-country" } else { "care-lines-no-others" }, &[]));
            parts.push(self.danger(country, ["care-lines-danger", "care-lines-danger-general"]));
        }
        parts.join("\n")
    }

    fn other(&self, line: &Line) -> Option<String> {
        let what = match line.kind {
            Kind::Crisis | Kind::Danger | Kind::Text => return None,
            Kind::Violence => "care-line-kind-violence",
            Kind::Child => "care-line-kind-child",
            Kind::Police => "care-line-kind-police",
            Kind::Youth => "care-line-kind-youth",
            Kind::Listening => "care-line-kind-listening",
            Kind::Quebec => "care-line-kind-quebec",
        };
        let what = ("what", FluentValue::from(self.say(what, &[])));
        Some(match self.how(line) {
            Some(how) => self.say("care-lines-other", &[what, number(line), how]),
            None => self.say("care-lines-other-bare", &[what, number(line)]),
        })
    }

    /// A line in one of two messages: how it can be reached is known, or not.
    fn line(&self, [known, bare]: [&str; 2], line: &Line) -> String {
        match self.how(line) {
            Some(how) => self.say(known, &[number(line), how]),
            None => self.say(bare, &[number(line)]),
        }
    }

    fn how(&self, line: &Line) -> Option<(&'static str, FluentValue<'static>)> {
        let how = line.how.as_ref()?;
        Some(("how", self.say(&format!("care-line-how-{how}"), &[]).into()))
    }

    /// Whom to call when life is in danger; without a number of the country's own: 112 and the country's emergency number.
    fn danger(&self, country: Option<&Country>, [known, general]: [&str; 2]) -> String {
        let numbers = kind(country, Kind::Danger);
        let Some(first) = numbers.first() else { return self.say(general, &[]) };
        let second = numbers.get(1).map_or("", |line| line.number.as_str());
        let count = i64::try_from(numbers.len()).unwrap_or(1);
        self.say(known, &[("count", count.into()), ("first", first.number.as_str().into()), ("second", second.into())])
    }
}

/// All countries, one line of text for each, their names in every language; the other numbers (violence, children) have no room there.
pub(in crate::text) fn everywhere(voices: &[Voice]) -> String {
    let rows = all().countries.iter().filter(|country| !country.lines.is_empty());
    let row = |country: &Country| {
        let mut names: Vec<String> = Vec::new();
        for name in voices.iter().map(|voice| voice.country(&country.code)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let given = [Kind::Crisis, Kind::Danger, Kind::Text].into_iter().flat_map(|wanted| country.kind(wanted));
        let numbers: Vec<String> = given.map(shown).collect();
        format!("{}: {}", names.join(" / "), numbers.join(", "))
    };
    rows.map(row).collect::<Vec<_>>().join("\n")
}

fn shown(line: &Line) -> String {
    let sms = if line.kind == Kind::Text { "SMS " } else { "" };
    format!("{sms}**{}**", markup::escape(&line.number))
}

fn kind(country: Option<&Country>, wanted: Kind) -> Vec<&Line> {
    country.into_iter().flat_map(|country| country.kind(wanted)).collect()
}

fn number(line: &Line) -> (&'static str, FluentValue<'_>) {
    ("number", line.number.as_str().into())
}
