//! Stops a link in its day, shows the linked accounts, and takes one out again.

use super::{Action, Change, LinkView, Linked, ask::under_way, effect, settings_button, stop_button, tell_all};
use crate::domain::{
    command::Command,
    decision::{Act, Audience, Context, Decision, Manner, Outcome},
    event::Platform,
    ids::AccountId,
    message::{Button, Content, Msg, Value},
    question::{self, Action as Choice},
    scope::Scope,
    time::Zone,
};

/// "This was not me", from any account of either side.
pub(super) fn stop(view: &LinkView) -> Outcome {
    let Some(pending) = &view.pending else {
        return Err(Msg::new("link-nothing-to-stop").with("settings", Command::Settings).into());
    };
    let own = view.own.account;
    let lines = vec![Msg::new("link-stopped"), Msg::new("link-stopped-next").with("link-command", Command::Link)];
    let decision = Decision::nothing().change(Change::End(pending.link.id)).say(Audience::Asker, lines, Manner::Care);
    Ok(tell_all(decision, pending, Some(own), |beyond: Platform| {
        let stopped = Msg::new("link-stopped-beyond").with("other-platform", beyond.name());
        Content::from(vec![Msg::new("link-news"), stopped])
    }))
}

/// Adds to what `/settings` shows: what is linked, what is under way, and what can be done about it.
pub fn in_settings(scope: &Scope, view: &LinkView, mut shown: Decision) -> Decision {
    let (lines, buttons) = lines(scope, view);
    if let Some(Act::Say { content, .. }) = shown.acts.last_mut() {
        content.lines.extend(lines);
        content.buttons.extend(buttons);
    }
    shown
}

fn lines(scope: &Scope, view: &LinkView) -> (Vec<Msg>, Vec<Button>) {
    let mut lines: Vec<Msg> = view.own.others().map(|linked| line(linked, scope.zone)).collect();
    let mut buttons = Vec::new();
    match &view.pending {
        Some(pending) => {
            lines.push(under_way(pending, view.own.account));
            buttons.push(stop_button());
        }
        None => buttons.push(Button::command(Msg::new("link-button-code"), Command::Link, "")),
    }
    if view.own.others().next().is_some() {
        buttons.push(Button::command(Msg::new("link-button-accounts"), Command::Link, "accounts"));
    }
    (lines, buttons)
}

fn line(linked: &Linked, zone: Zone) -> Msg {
    let line = match linked.since {
        Some(since) => Msg::new("link-account-since").with("day", Value::Day(since.day(zone))),
        None => Msg::new("link-account"),
    };
    line.with("other-platform", linked.platform.name())
}

/// Which account is to stand alone.
pub(super) fn accounts(scope: &Scope, view: &LinkView, ctx: &mut Context) -> Outcome {
    let others: Vec<&Linked> = view.own.others().collect();
    if others.is_empty() {
        let content = Content::from(Msg::new("link-none")).buttons([Button::command(Msg::new("link-button-code"), Command::Link, "")]);
        return Ok(Decision::answer(content));
    }
    let mut choices: Vec<(Msg, Choice)> =
        others.iter().map(|linked| (line(linked, scope.zone), Choice::Link(Action::Unlink(linked.account)))).collect();
    choices.push((Msg::new("link-button-this-account"), Choice::Link(Action::Unlink(view.own.account))));
    choices.push((Msg::new("link-button-nothing"), Choice::Close(Msg::new("link-nothing-changed"))));
    let (change, buttons) = question::ask(ctx, scope.account.id, choices);
    let content = Content::from(vec![Msg::new("link-accounts"), Msg::new("link-which-alone")]).buttons(buttons);
    Ok(Decision::nothing().change(change).say(Audience::Asker, content, Manner::Care))
}

/// Says what that account loses, before it does.
pub(super) fn unlink(scope: &Scope, view: &LinkView, account: AccountId, ctx: &mut Context) -> Outcome {
    let linked = still_linked(view, account)?;
    let loses = if account == view.own.account {
        Msg::new("link-unlink-this")
    } else {
        Msg::new("link-unlink-that").with("other-platform", linked.platform.name())
    };
    let choices = vec![
        (Msg::new("link-button-unlink"), Choice::Link(Action::Unlinked(account))),
        (Msg::new("link-button-nothing"), Choice::Close(Msg::new("link-nothing-changed"))),
    ];
    let (change, buttons) = question::ask(ctx, scope.account.id, choices);
    let content = Content::from(vec![Msg::new("link-question"), loses, Msg::new("link-unlink-anew")]).buttons(buttons);
    Ok(Decision::nothing().change(change).say(Audience::Asker, content, Manner::Care))
}

/// The account is nobody from now on; what there was stays with those that remain. Everyone is told.
pub(super) fn unlinked(view: &LinkView, account: AccountId) -> Outcome {
    let linked = still_linked(view, account)?;
    let (own, alone) = (view.own.account, linked.account);
    let left = || vec![Msg::new("link-news"), Msg::new("link-alone").with("join", Command::Join)];
    let mut decision = Decision::nothing().change(Change::Split(alone));
    for other in &view.own.accounts {
        let content = if other.account == alone {
            Content::from(left())
        } else {
            let lines = vec![Msg::new("link-news"), Msg::new("link-unlinked").with("other-platform", linked.platform.name())];
            Content::from(lines).buttons([settings_button()])
        };
        let (to, manner) =
            if other.account == own { (Audience::Asker, Manner::Care) } else { (Audience::Account(other.account), Manner::Notice) };
        decision = decision.say(to, content, manner);
    }
    // What is under way was agreed to by somebody else than who is left.
    if let Some(pending) = &view.pending {
        decision = decision.and(effect::off(pending));
    }
    Ok(decision)
}

fn still_linked(view: &LinkView, account: AccountId) -> Result<&Linked, crate::domain::decision::Refusal> {
    let found = view.own.accounts.iter().find(|linked| linked.account == account && view.own.accounts.len() > 1);
    found.ok_or_else(|| Msg::new("link-not-linked").with("settings", Command::Settings).into())
}
