//! `/link`: gives a code on one account, takes it on the other, and asks both.

use chrono::TimeDelta;

use super::{
    ACCOUNTS_MAX, ANSWER_MINUTES, Action, CODE_MINUTES, Change, Link, LinkView, Pending, Side, TRIES_HOURS, TRIES_MAX, settings_button,
    stop_button, undo,
};
use crate::domain::{
    command::Command,
    decision::{Act, Audience, Context, Decision, Manner, Outcome, Refusal},
    hear::Call,
    ids::AccountId,
    message::{Button, Content, Msg, Value},
    people::code::Code,
    question::{self, Action as Choice},
    scope::{Place, Scope},
    words::fold,
};

/// What was typed after `/link`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkArgs {
    /// Nothing: a code is wanted.
    Ask,
    /// A code; `None` where it can be none.
    Code(Option<Code>),
    /// What is under way is to stop.
    Stop,
    /// The linked accounts.
    Accounts,
}

impl LinkArgs {
    /// The code that was typed, where it can be one.
    pub fn code(&self) -> Option<&Code> {
        match self {
            Self::Code(code) => code.as_ref(),
            Self::Ask | Self::Stop | Self::Accounts => None,
        }
    }
}

/// Reads `/link`, `/link K7QM-…`, `/link stop`, `/link accounts`.
pub fn parse(call: &Call) -> LinkArgs {
    match fold(call.rest.trim()).as_str() {
        "" => LinkArgs::Ask,
        "stop" | "annuler" | "arreter" | "cancel" => LinkArgs::Stop,
        "comptes" | "accounts" => LinkArgs::Accounts,
        _ => LinkArgs::Code(Code::read(&call.rest)),
    }
}

/// Links, step by step; never in a group.
pub fn link(scope: &Scope, view: &LinkView, args: &LinkArgs, ctx: &mut Context) -> Outcome {
    if scope.place != Place::Direct {
        return Ok(not_here(args));
    }
    match args {
        LinkArgs::Ask => ask(view, ctx),
        LinkArgs::Code(code) => typed(view, code.as_ref(), ctx),
        LinkArgs::Stop => undo::stop(view),
        LinkArgs::Accounts => undo::accounts(scope, view, ctx),
    }
}

/// A code that others may have read is worth nothing any more; that it was one is told to nobody.
fn not_here(args: &LinkArgs) -> Decision {
    let button = Button::command(Msg::new("link-button-code"), Command::Link, "");
    let decision = Decision::nothing();
    match args {
        LinkArgs::Code(code) => {
            let decision = match code {
                Some(code) => decision.change(Change::Burn(code.clone())),
                None => decision,
            };
            let lines = vec![Msg::new("link-only-here"), Msg::new("link-code-seen").with("link-command", Command::Link)];
            decision.act(Act::DeleteAsked).say(Audience::Asker, Content::from(lines).buttons([button]), Manner::Care)
        }
        LinkArgs::Ask | LinkArgs::Stop | LinkArgs::Accounts => {
            decision.say(Audience::Asker, Content::from(Msg::new("link-only-here")).buttons([button]), Manner::Care)
        }
    }
}

fn ask(view: &LinkView, ctx: &mut Context) -> Outcome {
    if let Some(pending) = &view.pending {
        return Err(busy(pending, view.own.account));
    }
    if view.own.accounts.len() >= ACCOUNTS_MAX {
        return Err(full());
    }
    let code = Code::make(ctx);
    let lines = vec![
        Msg::new("link-code-first"),
        Msg::new("link-code").with("link-command", Command::Link).with("code", code.to_string()),
        Msg::new("link-code-how").with("minutes", CODE_MINUTES),
        Msg::new("link-code-secret"),
    ];
    let until = ctx.now.plus(TimeDelta::minutes(CODE_MINUTES));
    Ok(Decision::nothing().change(Change::Code { account: view.own.account, code, until }).say(Audience::Asker, lines, Manner::Care))
}

fn typed(view: &LinkView, code: Option<&Code>, ctx: &mut Context) -> Outcome {
    let own = &view.own;
    let Some(opened) = &view.opened else { return Ok(wrong(view, code, ctx)) };
    if opened.account == own.account {
        return Err(Msg::new("link-code-own").with("link-command", Command::Link).into());
    }
    if own.has(opened.account) {
        return Err(Refusal::new(Content::from(Msg::new("link-already")).buttons([settings_button()])));
    }
    if let Some(pending) = &view.pending {
        return Err(busy(pending, own.account));
    }
    check(own, opened)?;
    let link = Link {
        id: ctx.ids.make(),
        asking: opened.account,
        typing: own.account,
        begun: ctx.now,
        asking_agreed: false,
        typing_agreed: false,
        effect: None,
    };
    let typing = question_to(own.account, &link, Msg::new("link-ask-typing"), opened, ctx);
    let asking = question_to(opened.account, &link, Msg::new("link-ask-asking"), own, ctx);
    Ok(Decision::nothing().change(Change::Begin(link)).and(typing).and(asking))
}

/// Whether two sides can be linked at all; asked again at each step.
pub(super) fn check(one: &Side, other: &Side) -> Result<(), Refusal> {
    if one.is_closed || other.is_closed {
        return Err(Msg::new("link-closed").with("link-command", Command::Link).into());
    }
    if one.is_busy || other.is_busy {
        return Err(Msg::new("link-busy").with("link-command", Command::Link).into());
    }
    if one.accounts.len() + other.accounts.len() > ACCOUNTS_MAX {
        return Err(full());
    }
    if !one.takes_part && !other.takes_part {
        return Err(Msg::new("link-nobody").with("join", Command::Join).into());
    }
    Ok(())
}

/// The same words whatever was wrong with it.
fn wrong(view: &LinkView, code: Option<&Code>, ctx: &Context) -> Decision {
    let lines = vec![
        Msg::new("link-code-wrong"),
        Msg::new("link-code-rules").with("minutes", CODE_MINUTES).with("count", TRIES_MAX).with("hours", TRIES_HOURS),
        Msg::new("link-code-anew").with("link-command", Command::Link),
    ];
    Decision::nothing().change(Change::Tried { account: view.own.account, code: code.cloned(), at: ctx.now }).say(
        Audience::Asker,
        lines,
        Manner::Care,
    )
}

/// Asks one side; says plainly what a yes does, and names no more of the other side than its platform.
fn question_to(account: AccountId, link: &Link, what: Msg, beyond: &Side, ctx: &mut Context) -> Decision {
    let choices = vec![
        (Msg::new("link-button-agree"), Choice::Link(Action::Agree(link.id))),
        (Msg::new("link-button-refuse"), Choice::Link(Action::Refuse(link.id))),
    ];
    let (change, buttons) = question::ask_until(ctx, account, choices, ctx.now.plus(TimeDelta::minutes(ANSWER_MINUTES)));
    let lines = vec![
        Msg::new("link-question"),
        what.with("other-platform", beyond.platform.name()),
        Msg::new("link-means"),
        Msg::new("link-warning"),
        Msg::new("link-answer-both").with("minutes", ANSWER_MINUTES),
    ];
    Decision::nothing().change(change).say(Audience::Account(account), Content::from(lines).buttons(buttons), Manner::Care)
}

/// A link is under way, and can be stopped.
fn busy(pending: &Pending, own: AccountId) -> Refusal {
    let lines = vec![Msg::new("link-under-way"), under_way(pending, own)];
    Refusal::new(Content::from(lines).buttons([stop_button()]))
}

/// When the link under way takes effect, or what it waits for.
pub(super) fn under_way(pending: &Pending, own: AccountId) -> Msg {
    match (pending.link.effect, pending.beyond(own)) {
        (Some(effect), Some(beyond)) => {
            Msg::new("link-takes-effect").with("other-platform", beyond.platform.name()).with("when", Value::Moment(effect))
        }
        _ => Msg::new("link-not-answered"),
    }
}

fn full() -> Refusal {
    let text = Msg::new("link-full").with("count", i64::try_from(ACCOUNTS_MAX).unwrap_or(i64::MAX));
    Refusal::new(Content::from(text).buttons([settings_button()]))
}
