//! `/settings`, `/language`, `/alias`: what each person may set for themself.

use super::{AccountSetting, Change, PersonSetting, Purpose, alias, community, setup};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome},
    hear::Call,
    message::{Button, Content, Msg, Value},
    question,
    scope::Scope,
    session::wishes,
    words::{clean_name, fold},
};

/// The languages whose catalogues are complete, with the words that mean them, folded.
const LANGUAGES: [(&str, &[&str]); 2] = [
    ("fr", &["fr", "fra", "francais", "french", "fr-fr", "fr-ca", "fr-be", "fr-ch"]),
    ("en", &["en", "eng", "anglais", "english", "en-gb", "en-us", "en-ca"]),
];

/// The tag of the language that somebody named.
pub fn read_language(typed: &str) -> Option<&'static str> {
    let wanted = fold(typed.trim());
    LANGUAGES.iter().find(|(_, words)| words.contains(&wanted.as_str())).map(|(tag, _)| *tag)
}

/// One's own settings and, for a coordinator, the community's.
pub fn settings(scope: &Scope, call: &Call, ctx: &mut Context) -> Outcome {
    if !call.rest.is_empty() {
        return community::settings(scope, call, ctx);
    }
    let mut lines = vec![
        Msg::new("people-settings"),
        Msg::new("people-settings-language").with("language", Value::Language(scope.language.clone())),
        match &scope.country {
            Some(code) => Msg::new("people-settings-country").with("country", Value::Country(code.clone())),
            None => Msg::new("people-settings-no-country"),
        },
        Msg::new("people-settings-zone").with("zone", scope.zone.name()),
    ];
    let mut buttons = vec![
        Button::command(Msg::new("people-button-language"), Command::Language, ""),
        Button::command(Msg::new("people-button-my-country"), Command::Country, ""),
        Button::command(Msg::new("people-button-my-zone"), Command::Timezone, ""),
    ];
    let is_on = scope.account.discreet.on;
    lines.push(if is_on { Msg::new("discreet-settings-on") } else { Msg::new("discreet-settings-off") });
    buttons.push(Button::command(Msg::new("discreet-button-mode"), Command::Discreet, ""));
    if let Some(person) = &scope.person {
        lines.push(Msg::new("people-settings-alias").with("alias", person.alias.clone()));
        buttons.push(Button::command(Msg::new("people-button-alias"), Command::Alias, ""));
        buttons.push(wishes::open_button());
        if person.consents.given(Purpose::Checkins) {
            buttons.push(Button::command(Msg::new("data-button-keep"), Command::Settings, "garder"));
        }
    }
    if scope.person.as_ref().is_some_and(|person| person.coordinator) {
        lines.extend(community::lines(scope));
        buttons.extend(setup::refine_buttons());
        buttons.push(setup::codes_button());
    }
    Ok(Decision::answer(Content::from(lines).buttons(buttons)))
}

/// Shows the languages, or keeps the one that was typed; for the account, and for the person where there is one.
pub fn language(scope: &Scope, call: &Call, ctx: &Context) -> Outcome {
    if call.rest.is_empty() {
        let now = Msg::new("people-language-now").with("language", Value::Language(scope.language.clone()));
        let decision = Decision::answer(Content::from(now).buttons(language_buttons(Command::Language, "")));
        return Ok(decision.await_text(ctx, scope.account.id, Command::Language, ""));
    }
    let Some(tag) = read_language(&call.rest) else {
        let said = Msg::new("people-language-unknown").with("typed", clean_name(&call.rest)).with("language-command", Command::Language);
        let decision = Decision::answer(Content::from(said).buttons(language_buttons(Command::Language, "")));
        return Ok(decision.await_text(ctx, scope.account.id, Command::Language, ""));
    };
    let decision = Decision::nothing()
        .change(Change::Account(scope.account.id, AccountSetting::Language(tag.to_owned())))
        .change(question::Change::AwaitNothing(scope.account.id));
    let decision = match &scope.person {
        Some(person) => decision.change(Change::Person(person.id, PersonSetting::Language(tag.to_owned()))),
        None => decision,
    };
    Ok(decision.tell(Audience::Asker, Msg::new("people-language-set").with("language", Value::Language(tag.to_owned()))))
}

/// A button for each language.
pub(super) fn language_buttons(command: Command, before: &str) -> Vec<Button> {
    let label = |tag: &str| Msg::new("people-button-a-language").with("language", Value::Language(tag.to_owned()));
    LANGUAGES.iter().map(|(tag, _)| Button::command(label(tag), command, format!("{before}{tag}"))).collect()
}

/// The alias that was typed, as it can be kept; the store then looks for the first free of [`alias::candidates`].
pub fn parse_alias(call: &Call) -> Option<Result<String, alias::Fault>> {
    (!call.rest.is_empty()).then(|| alias::read(&call.rest))
}

/// Shows the alias, or keeps the one that was typed; `free` is the first of its candidates that nobody else has.
pub fn alias(scope: &Scope, typed: Option<Result<String, alias::Fault>>, free: Option<String>, ctx: &Context) -> Outcome {
    let Some(person) = &scope.person else { return Err(Msg::new("no-group").into()) };
    match (typed, free) {
        (Some(Ok(wanted)), Some(alias)) => {
            let mut lines = vec![Msg::new("people-alias-set").with("alias", alias.clone())];
            if wanted != alias {
                lines.push(Msg::new("people-alias-numbered").with("name", wanted));
            }
            Ok(Decision::nothing()
                .change(Change::Person(person.id, PersonSetting::Alias(alias)))
                .change(question::Change::AwaitNothing(scope.account.id))
                .tell(Audience::Asker, lines))
        }
        (Some(Err(fault)), _) => {
            let said = match fault {
                alias::Fault::Empty => Msg::new("people-alias-empty"),
                alias::Fault::LooksLikeBot => Msg::new("people-alias-bot"),
            };
            let said = said.with("alias-command", Command::Alias);
            Ok(Decision::answer(said).await_text(ctx, scope.account.id, Command::Alias, ""))
        }
        (None, _) | (Some(Ok(_)), None) => {
            let lines = vec![
                Msg::new("people-alias-now").with("alias", person.alias.clone()),
                Msg::new("people-alias-ask").with("alias-command", Command::Alias),
            ];
            Ok(Decision::answer(lines).await_text(ctx, scope.account.id, Command::Alias, ""))
        }
    }
}
