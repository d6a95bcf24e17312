//! The code is asked, in private, before what is kept about oneself; once it is right, what was asked goes on.

use super::{
    Digits, asks_code,
    lock::{Lock, Now},
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner},
    hear::Call,
    message::{Button, Content, Msg, Value},
    people::{self, AccountSetting},
    question,
    scope::{Place, Scope},
    words::fold,
};

/// Begins the rest of the command that an awaited code becomes.
const TRIES: &str = "tries";
/// Stands between what the code opens and what was typed; nobody types it, because what is typed is cleaned.
const TYPED: char = '\u{1F}';

/// A code that was typed, and what it opens.
#[derive(Clone, PartialEq, Debug)]
pub struct Try {
    /// The code, if it can be one.
    pub digits: Option<Digits>,
    /// What goes on where it is right.
    pub opens: Call,
}

/// The question for the code, or that one must wait, where the code stands before `call`. `None`: the call may go on.
pub fn stop(scope: &Scope, call: &Call, ctx: &Context) -> Option<Decision> {
    let lock = scope.account.discreet.lock.as_ref().filter(|_| scope.account.discreet.on && asks_code(call))?;
    match lock.at(ctx.now) {
        Now::Open => None,
        Now::Waits(until) => Some(in_private(waits(until))),
        Now::Asks(_) => Some(ask(scope, call, Msg::new("discreet-code-ask").into(), ctx)),
    }
}

/// The try that an awaited text is, if it is one. In a group room nothing is ever one.
pub fn read(call: &Call, scope: &Scope) -> Option<Try> {
    let rest = call.rest.strip_prefix(TRIES).filter(|_| call.command == Command::Discreet && scope.place == Place::Direct)?;
    let (opens, typed) = rest.split_once(TYPED)?;
    let (command, rest) = opens.trim_start().split_once(' ').unwrap_or((opens.trim_start(), ""));
    Some(Try { digits: Digits::read(typed), opens: Call::new(Command::from_name(command)?, rest) })
}

/// What a try does; `right` tells whether the code is the account's. Whether `tried.opens` may go on is said apart.
pub fn tried(scope: &Scope, tried: &Try, right: bool, ctx: &Context) -> (Decision, bool) {
    let Some(lock) = &scope.account.discreet.lock else { return (Decision::nothing(), true) };
    let before = match lock.at(ctx.now) {
        Now::Open => return (Decision::nothing().act(crate::domain::decision::Act::DeleteTyped), true),
        Now::Waits(until) => return (gone(in_private(waits(until))), false),
        Now::Asks(_) if tried.digits.is_none() => {
            return (gone(ask(scope, &tried.opens, vec![Msg::new("discreet-code-four")].into(), ctx)), false);
        }
        Now::Asks(_) => lock,
    };
    let after = before.after(right, ctx.now);
    let keep = |decision: Decision| decision.change(people::Change::Account(scope.account.id, AccountSetting::Lock(after.clone())));
    if right {
        let stays = before.goes_at.map(|_| Decision::answer(Msg::new("discreet-code-stays")));
        return (gone(keep(stays.unwrap_or_default())), true);
    }
    let said = match after.at(ctx.now) {
        Now::Asks(left) => {
            let content = Content::from(Msg::new("discreet-code-wrong")).line(Msg::new("discreet-code-left").with("count", left));
            ask(scope, &tried.opens, content, ctx)
        }
        Now::Open | Now::Waits(_) => {
            let wrong = Msg::new("discreet-code-wrong");
            in_private(after.waits_until.map_or(wrong.clone().into(), |until| after_wrong(wrong, waits(until))))
        }
    };
    (gone(keep(said)), false)
}

fn after_wrong(wrong: Msg, mut content: Content) -> Content {
    content.lines.insert(0, wrong);
    content
}

/// Asks for the code; what is typed next is tried, whatever it is.
fn ask(scope: &Scope, call: &Call, mut content: Content, ctx: &Context) -> Decision {
    // Whoever knows the code may not have said that it is forgotten.
    let goes = scope.account.discreet.lock.as_ref().and_then(|lock| lock.goes_at);
    content.lines.extend(goes.map(|at| Msg::new("discreet-code-goes").with("when", Value::Moment(at))));
    let how = Msg::new("discreet-code-how").with("cancel", Command::Cancel).with("sos", Command::Sos);
    let rest = format!("{TRIES} {} {}{TYPED}", call.command.name(), call.rest);
    in_private(content.line(how).buttons([forgotten_button()])).await_text(ctx, scope.account.id, Command::Discreet, rest)
}

/// Never where others could read along: an ephemeral message stands in the group, and so would what is typed below it.
fn in_private(content: Content) -> Decision {
    Decision::nothing().say(Audience::Asker, content, Manner::Care)
}

/// And the message that bears the code is deleted at once, where the bot may.
fn gone(decision: Decision) -> Decision {
    decision.act(crate::domain::decision::Act::DeleteTyped)
}

fn waits(until: crate::domain::time::Timestamp) -> Content {
    Content::from(Msg::new("discreet-code-waits"))
        .line(Msg::new("discreet-code-waits-until").with("when", Value::Moment(until)).with("sos", Command::Sos))
        .buttons([forgotten_button()])
}

fn forgotten_button() -> Button {
    Button::command(Msg::new("discreet-button-forgotten"), Command::Discreet, "oublie")
}

/// The code is taken away when its day has come, unless it was used since.
pub fn goes(lock: &Lock, account: crate::domain::ids::AccountId, ctx: &Context) -> Decision {
    if lock.goes_at.is_none_or(|at| ctx.now < at) {
        return Decision::nothing();
    }
    let gone = Content::from(Msg::new("discreet-code-gone")).line(Msg::new("discreet-code-gone-what").with("discreet", Command::Discreet));
    Decision::nothing()
        .change(people::Change::Account(account, AccountSetting::Code(None)))
        .change(question::Change::AwaitNothing(account))
        .notify(Audience::Account(account), gone)
}

/// Folded, the words that mean one thing.
pub(super) fn is_one_of(typed: &str, words: &[&str]) -> bool {
    words.contains(&fold(typed).trim())
}
