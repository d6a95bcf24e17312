//! A sample value for each argument that the catalogues know, so that a test can render every message of every language.

use chrono::NaiveDate;

use crate::domain::{
    command::Command,
    message::{Msg, Value},
    time::{Timestamp, Zone},
};

/// Arguments that hold a text.
const TEXTS: &[(&str, &str)] = &[
    ("text", "Qu'est-ce qui vous a fait du bien cette semaine ?"),
    ("title", "Cercle du mardi"),
    ("name", "Sam"),
    ("alias", "Sam"),
    ("typed", "Sam"),
    ("word", "nuage"),
    ("reason", "merci pour l'écoute"),
    ("note", "une journée dure"),
    ("host", "Nadia"),
    ("place", "salle 12"),
    ("group", "Le jardin"),
    ("association", "Entraide 31"),
    ("bot", "entraide"),
    ("code", "K7QM-2F9D"),
    ("other-platform", "Matrix"),
    ("fund", "general"),
    ("zone", "Europe/Paris"),
    // Parts of dates and lines.
    ("weekday", "mardi"),
    ("month", "décembre"),
    ("year", "2026"),
    ("clock", "18:00"),
    // What every message may use.
    ("credit", "crédit"),
    ("credits", "crédits"),
    ("hour", "18"),
    ("minute", "05"),
    ("how", "jour et nuit"),
    ("first", "15"),
    ("second", "112"),
    ("last", "44"),
    ("old", "18:00"),
    ("new", "19:00"),
    ("called", "Cercle du mardi"),
    ("lasting", "90min"),
];

/// Arguments that hold a number.
const NUMBERS: &[&str] = &[
    "count", "number", "amount", "seats", "free", "total", "minutes", "hours", "days", "months", "date", "price", "balance", "score",
    "absent",
];

/// A value for the argument `name`; `None` where the catalogues should not use such a name.
pub fn sample(name: &str) -> Option<Value> {
    // Tuesday 1 December 2026, 18:00 in Paris.
    let when = Timestamp::from_micros(1_796_144_400_000_000);
    if let Some((_, text)) = TEXTS.iter().find(|(known, _)| *known == name) {
        return Some(Value::Text((*text).to_owned()));
    }
    if NUMBERS.contains(&name) {
        return Some(Value::Number(3));
    }
    match name {
        "when" | "until" | "start" => Some(Value::Moment(when)),
        "when-there" => Some(Value::MomentIn(when, Zone::PARIS)),
        "time" | "deadline" => Some(Value::Clock(when)),
        "day" => NaiveDate::from_ymd_opt(2026, 12, 1).map(Value::Day),
        "of-month" => NaiveDate::from_ymd_opt(2026, 12, 1).map(Value::Month),
        "length" | "least" | "most" => Some(Value::Minutes(90)),
        "lines" => Some(Value::Lines(Some("FR".to_owned()))),
        "others" => Some(Value::OtherLines(Some("FR".to_owned()))),
        "country" => Some(Value::Country("FR".to_owned())),
        "language" => Some(Value::Language("fr".to_owned())),
        "category" => Some(Msg::new("category-hosting").into()),
        "platform" => Some(Value::Platform),
        "link" => Some(Value::Link("https://meet.example/cercle".to_owned())),
        "what" | "more" => Some(Msg::new("common-yes").into()),
        "items" => Some(vec![Msg::new("common-yes"), Msg::new("common-no")].into()),
        "command" | "meant" => Some(Command::Menu.into()),
        _ => Command::from_name(name.strip_suffix("-command").unwrap_or(name)).map(Value::Command),
    }
}
