//! `/country`: whose crisis lines are shown; by name in either language, or by code. Never guessed from the language.

use super::{
    AccountSetting, Change, PersonSetting,
    countries::{ALSO, COUNTRIES},
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome},
    hear::Call,
    message::{Button, Content, Msg, Value},
    question,
    scope::Scope,
    words::{clean_name, fold},
};

/// The ones that get a button.
pub const COMMON: [&str; 6] = ["FR", "BE", "CH", "LU", "CA", "CA-QC"];

/// The code of the country that somebody named.
pub fn read(typed: &str) -> Option<&'static str> {
    let wanted = key(typed);
    if wanted.is_empty() {
        return None;
    }
    let also = ALSO.iter().find(|(word, _)| key(word) == wanted).map(|(_, code)| *code);
    also.or_else(|| COUNTRIES.iter().find(|(code, fr, en)| [*code, *fr, *en].iter().any(|name| key(name) == wanted)).map(|row| row.0))
        .or_else(|| COMMON.into_iter().find(|code| key(code) == wanted))
}

/// Up to three countries whose names are close to what was typed.
pub fn close_to(typed: &str) -> Vec<&'static str> {
    let wanted = key(typed);
    let mut near: Vec<(usize, &str)> = COUNTRIES
        .iter()
        .map(|(code, fr, en)| {
            let distance = [fr, en].iter().map(|name| strsim::damerau_levenshtein(&key(name), &wanted)).min().unwrap_or(usize::MAX);
            (distance, *code)
        })
        .filter(|(distance, _)| *distance <= (wanted.chars().count() / 3).clamp(1, 3))
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().take(3).map(|(_, code)| code).collect()
}

/// Letters and digits, folded, without a leading article.
fn key(name: &str) -> String {
    let folded = fold(name).replace(['\u{2019}', '\'', '-', '.', '_'], " ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    let words = match words.split_first() {
        Some((&("la" | "le" | "les" | "l" | "the"), rest)) if !rest.is_empty() => rest,
        _ => &words[..],
    };
    words.concat().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Shows the country and the buttons, or keeps the country that was typed.
pub fn country(scope: &Scope, call: &Call, ctx: &Context) -> Outcome {
    if call.rest.is_empty() {
        let now = match &scope.country {
            Some(code) => Msg::new("people-country-now").with("country", Value::Country(code.clone())),
            None => Msg::new("people-country-none"),
        };
        let content = Content::from(vec![now, Msg::new("people-country-ask")]).buttons(buttons(Command::Country, "", &COMMON));
        return Ok(Decision::answer(content).await_text(ctx, scope.account.id, Command::Country, ""));
    }
    let Some(code) = read(&call.rest) else { return Ok(unknown(scope, call, Command::Country, "", ctx)) };
    let said = Msg::new("people-country-set").with("country", Value::Country(code.to_owned())).with("sos", Command::Sos);
    Ok(keep(scope, code).change(question::Change::AwaitNothing(scope.account.id)).tell(Audience::Asker, said))
}

/// Says that no such country is known; close ones get a button.
pub(super) fn unknown(scope: &Scope, call: &Call, command: Command, before: &str, ctx: &Context) -> Decision {
    let typed = call.rest.strip_prefix(before).unwrap_or(&call.rest).trim();
    let near = close_to(typed);
    let near = if near.is_empty() { COMMON.to_vec() } else { near };
    let said = Msg::new("people-country-unknown").with("typed", clean_name(typed)).with("country-command", Command::Country);
    Decision::answer(Content::from(said).buttons(buttons(command, before, &near))).await_text(ctx, scope.account.id, command, before)
}

/// Keeps the country for the account, and for the person where there is one.
pub fn keep(scope: &Scope, code: &str) -> Decision {
    let decision = Decision::nothing().change(Change::Account(scope.account.id, AccountSetting::Country(code.to_owned())));
    match &scope.person {
        Some(person) => decision.change(Change::Person(person.id, PersonSetting::Country(code.to_owned()))),
        None => decision,
    }
}

/// A button for each country, which types `before` and its code after `command`.
pub fn buttons(command: Command, before: &str, codes: &[&'static str]) -> Vec<Button> {
    let label = |code: &str| Msg::new("people-button-country").with("country", Value::Country(code.to_owned()));
    codes.iter().map(|code| Button::command(label(code), command, format!("{before}{code}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_by_name_code_and_in_both_languages() {
        for (typed, expected) in [
            ("France", Some("FR")),
            ("fr", Some("FR")),
            ("la France", Some("FR")),
            ("Suisse", Some("CH")),
            ("switzerland", Some("CH")),
            ("côte d'ivoire", Some("CI")),
            ("Côte d’Ivoire", Some("CI")),
            ("Réunion", Some("RE")),
            ("la réunion", Some("RE")),
            ("Nouvelle Calédonie", Some("NC")),
            ("polynesie francaise", Some("PF")),
            ("Québec", Some("CA-QC")),
            ("ca-qc", Some("CA-QC")),
            ("the Netherlands", Some("NL")),
            ("U.K.", Some("GB")),
            ("Luxembourg", Some("LU")),
            ("Atlantide", None),
            ("", None),
            ("—", None),
        ] {
            assert_eq!(read(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn close_names_are_suggested() {
        assert_eq!(close_to("Belgqiue"), ["BE"]);
        assert_eq!(close_to("Lichtenstein"), ["LI"]);
        assert!(close_to("xyzzyx").is_empty());
    }

    #[test]
    fn every_code_is_there_once_and_no_name_means_two_countries() {
        let mut seen = std::collections::HashMap::new();
        for (code, fr, en) in COUNTRIES {
            assert_eq!(code.len(), 2);
            for name in [code, fr, en] {
                assert_eq!(*seen.entry(key(name)).or_insert(code), code, "{name}");
            }
        }
        assert!(ALSO.iter().all(|(word, code)| seen.get(&key(word)).is_none_or(|known| *known == code)));
    }
}
