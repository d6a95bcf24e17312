//! `/discreet`: on and off, and the code: chosen, changed, taken away, forgotten.

use chrono::TimeDelta;

use super::{Digits, STAYS_MINUTES, gate::is_one_of, lock};
use crate::domain::{
    command::Command,
    decision::{Act, Audience, Context, Decision, Manner, Outcome},
    hear::Call,
    message::{Button, Content, Msg, Value},
    people::{self, AccountSetting},
    question,
    scope::{Place, Scope},
    timer::Wake,
};

const ON: &[&str] = &["on", "oui", "yes", "activer", "allumer", "enable"];
const OFF: &[&str] = &["off", "non", "no", "desactiver", "eteindre", "arreter", "stop", "disable"];
const CODE: &[&str] = &["code", "pin"];
const FORGOTTEN: &[&str] = &["oublie", "oubli", "forgot", "forgotten"];
const WITHOUT: &[&str] = &["off", "non", "no", "sans", "aucun", "none", "retirer", "remove"];

/// What `/discreet` was asked.
#[derive(Clone, PartialEq, Debug)]
enum Asked {
    /// How it is now.
    Shown,
    On,
    Off,
    /// A code is to be chosen; these words came with it.
    Code(Vec<String>),
    /// No code any more.
    Without,
    Forgotten,
    /// Something else.
    Unclear,
}

fn read(call: &Call) -> Asked {
    let words: Vec<&str> = call.words.iter().map(|word| word.text.as_str()).collect();
    match words.as_slice() {
        [] => Asked::Shown,
        [word] if is_one_of(word, ON) => Asked::On,
        [word] if is_one_of(word, OFF) => Asked::Off,
        [word] if is_one_of(word, FORGOTTEN) => Asked::Forgotten,
        [word, second] if is_one_of(word, CODE) && is_one_of(second, WITHOUT) => Asked::Without,
        [word, second] if is_one_of(word, CODE) && is_one_of(second, FORGOTTEN) => Asked::Forgotten,
        [word, rest @ ..] if is_one_of(word, CODE) => Asked::Code(rest.iter().map(|word| (*word).to_owned()).collect()),
        _ => Asked::Unclear,
    }
}

/// Whoever holds the phone may switch it on, look, and say that the code is forgotten; the rest is for who has the code.
pub(super) fn asks_code(call: &Call) -> bool {
    call.command == Command::Discreet && matches!(read(call), Asked::Off | Asked::Code(_) | Asked::Without)
}

/// `/discreet`.
pub fn discreet(scope: &Scope, call: &Call, ctx: &mut Context) -> Outcome {
    let mode = &scope.account.discreet;
    match read(call) {
        Asked::Shown => Ok(Decision::answer(shown(scope))),
        Asked::Unclear => Ok(Decision::answer(Content { lines: unclear(), ..shown(scope) })),
        Asked::On if mode.on => Ok(Decision::answer(shown(scope))),
        Asked::On => Ok(set(scope, AccountSetting::Discreet(true)).tell(Audience::Asker, switched_on().buttons([choose_button()]))),
        Asked::Off if !mode.on => Ok(Decision::answer(shown(scope))),
        Asked::Off => Ok(set(scope, AccountSetting::Discreet(false)).tell(Audience::Asker, switched_off())),
        Asked::Forgotten if mode.lock.is_some() => Ok(forgotten(scope, ctx)),
        Asked::Without if mode.lock.is_some() => {
            let gone = Content::from(Msg::new("discreet-code-gone")).buttons([choose_button()]);
            Ok(set(scope, AccountSetting::Code(None)).tell(Audience::Asker, gone))
        }
        Asked::Forgotten | Asked::Without => Ok(Decision::answer(shown(scope))),
        Asked::Code(words) if scope.place == Place::Direct || words.is_empty() => Ok(choose(scope, &words, ctx)),
        // What was typed where others read is no secret any more.
        Asked::Code(_) => Ok(Decision::nothing()
            .tell(Audience::Asker, Content::from(Msg::new("discreet-code-here")).buttons([choose_button()]))
            .act(Act::DeleteAsked)),
    }
}

fn set(scope: &Scope, setting: AccountSetting) -> Decision {
    Decision::nothing().change(people::Change::Account(scope.account.id, setting)).change(question::Change::AwaitNothing(scope.account.id))
}

/// How it is now, and what can be changed.
fn shown(scope: &Scope) -> Content {
    let mode = &scope.account.discreet;
    if !mode.on {
        return Content::from(vec![Msg::new("discreet-is-off"), what()]).buttons([Button::command(
            Msg::new("discreet-button-on"),
            Command::Discreet,
            "on",
        )]);
    }
    let off = Button::command(Msg::new("discreet-button-off"), Command::Discreet, "off");
    let content = Content::from(Msg::new("discreet-is-on"));
    match &mode.lock {
        None => content.line(Msg::new("discreet-no-code")).buttons([choose_button(), off]),
        Some(lock) => {
            let mut content = content.line(Msg::new("discreet-has-code").with("sos", Command::Sos));
            content.lines.extend(lock.goes_at.map(|at| Msg::new("discreet-code-goes").with("when", Value::Moment(at))));
            content.buttons([
                Button::command(Msg::new("discreet-button-change"), Command::Discreet, "code"),
                Button::command(Msg::new("discreet-button-without"), Command::Discreet, "code off"),
                Button::command(Msg::new("discreet-button-forgotten"), Command::Discreet, "oublie"),
                off,
            ])
        }
    }
}

fn unclear() -> Vec<Msg> {
    vec![Msg::new("discreet-unclear"), Msg::new("discreet-form").with("discreet", Command::Discreet)]
}

fn choose_button() -> Button {
    Button::command(Msg::new("discreet-button-code"), Command::Discreet, "code")
}

/// What the mode does.
fn what() -> Msg {
    let msg = Msg::new("discreet-what").with("minutes", STAYS_MINUTES).with("platform", Value::Platform);
    msg.with("sos", Command::Sos).with("agenda", Command::Agenda)
}

/// It is on: what changes from now on, what the phone itself can do, and that there can be a code.
pub fn switched_on() -> Content {
    Content::from(vec![
        Msg::new("discreet-on"),
        what(),
        Msg::new("discreet-phone").with("platform", Value::Platform),
        Msg::new("discreet-code-offer").with("discreet", Command::Discreet),
    ])
}

fn switched_off() -> Content {
    Content::from(Msg::new("discreet-off")).line(Msg::new("discreet-off-what").with("discreet", Command::Discreet))
}

/// The code is typed twice, each time in a message that is deleted at once.
fn choose(scope: &Scope, words: &[String], ctx: &Context) -> Decision {
    let typed: Vec<Option<Digits>> = words.iter().map(|word| Digits::read(word)).collect();
    let (content, rest) = match typed.as_slice() {
        [] => (first_time().into(), "code ".to_owned()),
        [Some(first)] => (vec![Msg::new("discreet-code-again")].into(), format!("code {} ", first.as_str())),
        [Some(first), Some(second)] if first == second => return chosen(scope, first),
        [Some(_), Some(_)] => (vec![Msg::new("discreet-code-differs"), Msg::new("discreet-code-from-start")].into(), "code ".to_owned()),
        _ => (vec![Msg::new("discreet-code-four"), Msg::new("discreet-code-from-start")].into(), "code ".to_owned()),
    };
    let content: Content = content;
    let cancel = Msg::new("discreet-code-cancel").with("cancel", Command::Cancel);
    let decision = if scope.account.discreet.on { Decision::nothing() } else { set(scope, AccountSetting::Discreet(true)) };
    let decision = decision.say(Audience::Asker, content.line(cancel), Manner::Care);
    deleted(decision, words).await_text(ctx, scope.account.id, Command::Discreet, rest)
}

fn first_time() -> Vec<Msg> {
    vec![Msg::new("discreet-code-choose"), Msg::new("discreet-code-easy")]
}

fn chosen(scope: &Scope, digits: &Digits) -> Decision {
    let lines = vec![
        Msg::new("discreet-code-set"),
        Msg::new("discreet-code-when").with("sos", Command::Sos).with("minutes", lock::OPEN_MINUTES),
        Msg::new("discreet-code-lost").with("discreet", Command::Discreet).with("hours", lock::GOES_HOURS),
    ];
    let decision = set(scope, AccountSetting::Discreet(true))
        .change(people::Change::Account(scope.account.id, AccountSetting::Code(Some(digits.clone()))));
    decision.tell(Audience::Asker, lines).act(Act::DeleteTyped)
}

fn deleted(decision: Decision, words: &[String]) -> Decision {
    if words.is_empty() { decision } else { decision.act(Act::DeleteTyped) }
}

/// Nobody can look the code up: it is taken away a day later, and the person is told now and then.
fn forgotten(scope: &Scope, ctx: &mut Context) -> Decision {
    let Some(lock) = &scope.account.discreet.lock else { return Decision::nothing() };
    let at = lock.goes_at.unwrap_or_else(|| ctx.now.plus(TimeDelta::hours(lock::GOES_HOURS)));
    let lines = vec![
        Msg::new("discreet-forgotten"),
        Msg::new("discreet-code-goes").with("when", Value::Moment(at)),
        Msg::new("discreet-code-goes-what"),
        Msg::new("discreet-code-goes-stop").with("discreet", Command::Discreet),
    ];
    let decision = Decision::answer(lines);
    if lock.goes_at.is_some() {
        return decision;
    }
    decision
        .change(people::Change::Account(scope.account.id, AccountSetting::Lock(lock::Lock { goes_at: Some(at), ..lock.clone() })))
        .change(question::Change::AwaitNothing(scope.account.id))
        .wake(ctx, at, Wake::CodeGoes(scope.account.id))
}
