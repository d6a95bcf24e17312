//! The two yeses that a link needs, and what each side is told meanwhile.

use chrono::TimeDelta;

use super::{Action, Change, LinkView, Pending, Side, WAIT_HOURS, ask, stop_button, tell_all, undo};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    event::Platform,
    ids::LinkId,
    message::{Content, Msg, Value},
    scope::Scope,
    timer::Wake,
};

/// What a choice does.
pub fn answer(scope: &Scope, view: &LinkView, action: &Action, ctx: &mut Context) -> Outcome {
    match action {
        Action::Agree(link) => agree(view, meant(view, *link)?, ctx),
        Action::Refuse(link) => Ok(refuse(view, meant(view, *link)?)),
        Action::Unlink(account) => undo::unlink(scope, view, *account, ctx),
        Action::Unlinked(account) => undo::unlinked(view, *account),
    }
}

/// The question's own link, while it waits for answers.
fn meant(view: &LinkView, link: LinkId) -> Result<&Pending, Refusal> {
    let pending = view.pending.as_ref().filter(|pending| pending.link.id == link && pending.link.effect.is_none());
    pending.ok_or_else(|| Msg::new("link-over").with("link-command", Command::Link).into())
}

fn agree(view: &LinkView, pending: &Pending, ctx: &mut Context) -> Outcome {
    let link = &pending.link;
    let (Some(asking), Some(typing)) = (&pending.asking, &pending.typing) else { return Ok(gone(view, pending)) };
    // Both are busy with this very link.
    let free = |side: &Side| Side { is_busy: false, ..side.clone() };
    if let Err(refusal) = ask::check(&free(asking), &free(typing)) {
        return Ok(Decision::answer(*refusal.0).change(Change::End(link.id)));
    }
    let is_asking = link.asking == view.own.account;
    let decision = Decision::nothing().change(Change::Agreed { link: link.id, asking: is_asking });
    let other_agreed = if is_asking { link.typing_agreed } else { link.asking_agreed };
    if other_agreed {
        return Ok(starts(view, pending, decision, ctx));
    }
    let beyond = if is_asking { typing } else { asking };
    let wait = Msg::new("link-agreed-wait").with("other-platform", beyond.platform.name());
    Ok(decision.say(Audience::Asker, Content::from(vec![Msg::new("link-noted"), wait]).buttons([stop_button()]), Manner::Care))
}

/// Both agreed: in a day it takes effect, and until then each of them can stop it.
fn starts(view: &LinkView, pending: &Pending, decision: Decision, ctx: &mut Context) -> Decision {
    let effect = ctx.now.plus(TimeDelta::hours(WAIT_HOURS));
    let content = |beyond: Platform| {
        let lines = vec![
            Msg::new("link-news"),
            Msg::new("link-takes-effect").with("other-platform", beyond.name()).with("when", Value::Moment(effect)),
            Msg::new("link-not-you"),
        ];
        Content::from(lines).buttons([stop_button()])
    };
    let own = view.own.account;
    let beyond = pending.beyond(own).map_or(view.own.platform, |side| side.platform);
    let decision = decision
        .change(Change::Starts { link: pending.link.id, effect })
        .wake(ctx, effect, Wake::LinkTakesEffect(pending.link.id))
        .say(Audience::Asker, content(beyond), Manner::Care);
    tell_all(decision, pending, Some(own), content)
}

fn refuse(view: &LinkView, pending: &Pending) -> Decision {
    let decision = Decision::answer(Msg::new("link-refused").with("link-command", Command::Link)).change(Change::End(pending.link.id));
    let content = |beyond: Platform| {
        let lines = vec![Msg::new("link-news"), Msg::new("link-refused-beyond").with("other-platform", beyond.name())];
        Content::from(lines)
    };
    tell_all(decision, pending, Some(view.own.account), content)
}

/// The other account is there no more: nothing is linked, and nothing of it comes back.
fn gone(view: &LinkView, pending: &Pending) -> Decision {
    let decision = Decision::answer(Msg::new("link-over").with("link-command", Command::Link)).change(Change::End(pending.link.id));
    tell_all(decision, pending, Some(view.own.account), |_| {
        Content::from(vec![Msg::new("link-news"), Msg::new("link-off").with("link-command", Command::Link)])
    })
}
