//! Reasons of gifts: the community's list by button, and whether who receives takes free text.

use super::{Action, GiveArgs, refusals::here, rules::CreditRules};
use crate::domain::{
    command::Command,
    decision::{Context, Decision, Outcome},
    hear::Call,
    message::{Button, Content, Msg},
    people::{Change, PersonSetting},
    question,
    scope::{Community, Scope},
    words::{clean_text, fold},
};

/// The most reasons on a community's list.
pub const LIST_MAX: usize = 8;

/// The longest reason on the list, in characters.
pub const CHARS_MAX: usize = 60;

/// `/settings reasons …`.
pub fn is_meant(call: &Call) -> bool {
    call.words.first().is_some_and(|word| matches!(fold(&word.text).as_str(), "motifs" | "motif" | "reasons" | "reason"))
}

/// Whether one's own gifts may bear free text, shown or changed. Nobody learns what somebody chose.
pub fn settings(scope: &Scope, call: &Call) -> Outcome {
    let (_, person) = here(scope)?;
    let wanted = call.words.get(1).map(|word| fold(&word.text));
    let free = match wanted.as_deref() {
        Some("libres" | "libre" | "tous" | "free" | "all") => Some(true),
        Some("liste" | "list") => Some(false),
        _ => None,
    };
    let state = |free| if free { Msg::new("reasons-free") } else { Msg::new("reasons-list-only") };
    let button = |label: Msg, word: &str| Button::command(label, Command::Settings, format!("motifs {word}"));
    let Some(free) = free else {
        let lines = vec![Msg::new("reasons-title"), state(person.free_reasons), Msg::new("reasons-explained")];
        let buttons = [button(Msg::new("reasons-button-free"), "libres"), button(Msg::new("reasons-button-list"), "liste")];
        return Ok(Decision::answer(Content::from(lines).buttons(buttons)));
    };
    let decision = Decision::answer(vec![Msg::new("credits-done"), state(free)]);
    Ok(decision.change(Change::Person(person.id, PersonSetting::FreeReasons(free))))
}

/// Whether the reason is one of the community's list.
pub(super) fn is_listed(rules: &CreditRules, reason: &str) -> bool {
    let wanted = fold(reason);
    rules.reasons.iter().any(|listed| fold(listed) == wanted)
}

/// A button for each reason of the list; the gift is made with the one that is chosen.
pub(super) fn ask(scope: &Scope, community: &Community, args: &GiveArgs, ctx: &mut Context) -> Decision {
    let choice = |reason: Option<&String>| {
        let args = GiveArgs { reason: reason.cloned(), reason_asked: true, ..args.clone() };
        question::Action::Ledger(Action::Give { args: Box::new(args) })
    };
    let label = |reason: &String| Msg::new("reasons-button").with("reason", reason.as_str());
    let mut choices: Vec<_> = community.credits.reasons.iter().map(|reason| (label(reason), choice(Some(reason)))).collect();
    choices.push((Msg::new("reasons-none"), choice(None)));
    let (change, buttons) = question::ask(ctx, scope.account.id, choices);
    Decision::answer(Content::from(Msg::new("reasons-ask")).buttons(buttons)).change(change)
}

/// The list with one more; `None` where it is on it already, full, empty or too long.
pub(super) fn with(list: &[String], typed: &str) -> Option<Vec<String>> {
    let reason = clean_text(typed).split_whitespace().collect::<Vec<_>>().join(" ");
    let is_new = !list.iter().any(|listed| fold(listed) == fold(&reason));
    let fits = (1..=CHARS_MAX).contains(&reason.chars().count()) && list.len() < LIST_MAX;
    (is_new && fits).then(|| list.iter().cloned().chain([reason]).collect())
}

/// The list without one, named by its words or its place from 1; `None` where it is not on it.
pub(super) fn without(list: &[String], typed: &str) -> Option<Vec<String>> {
    let wanted = fold(typed.trim());
    let place = list.iter().position(|listed| fold(listed) == wanted);
    let place = place.or_else(|| wanted.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < list.len()))?;
    Some(list.iter().enumerate().filter(|(n, _)| *n != place).map(|(_, listed)| listed.clone()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_short_and_says_nothing_twice() {
        let list = with(&[], "merci  pour\nl'écoute").unwrap();
        assert_eq!(list, ["merci pour l'écoute"]);
        assert_eq!(with(&list, "Merci pour l'ECOUTE"), None);
        assert_eq!(with(&list, ""), None);
        assert_eq!(with(&list, &"x".repeat(61)), None);
        assert_eq!(with(&vec!["a".to_owned(); 8], "b"), None);
        assert_eq!(without(&list, "1"), Some(vec![]));
        assert_eq!(without(&list, "MERCI pour l'écoute"), Some(vec![]));
        assert_eq!((without(&list, "0"), without(&list, "2"), without(&list, "-1")), (None, None, None));
    }
}
