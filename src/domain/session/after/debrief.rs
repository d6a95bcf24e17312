//! How a session was for who held it, asked in private after the mark; a hard one brings a day of rest that may be refused.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Action, Change, feedback, hold::let_go};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    message::{Button, Content, Msg, Value},
    question::{self, Action as Choice},
    scope::Scope,
    session::{
        Roll, Session, SessionState,
        depart::can_be_handed_over,
        reading::{here, named, not_found},
    },
    timer::Wake,
};

/// How long the rest after a hard session is, in hours.
pub const REST_HOURS: i64 = 24;

/// How it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Light.
    Light,
    /// Heavy.
    Heavy,
    /// Hard.
    Hard,
}

/// What the store must load.
#[derive(Clone, PartialEq, Debug)]
pub struct DebriefView {
    /// The session.
    pub found: Option<Roll>,
    /// What the host is to hold within the rest.
    pub soon: Vec<Session>,
}

/// After the mark: asks the host how it was, and wakes up when what people say is closed.
pub fn follow(scope: &Scope, session: &Session, came: usize, decision: Decision, ctx: &mut Context) -> Decision {
    if came == 0 {
        return decision;
    }
    let weigh = |weight| Choice::Session(super::super::Action::After(Action::Weigh(session.id, weight)));
    let choices = vec![
        (Msg::new("after-button-light"), weigh(Weight::Light)),
        (Msg::new("after-button-heavy"), weigh(Weight::Heavy)),
        (Msg::new("after-button-hard"), weigh(Weight::Hard)),
        (Msg::new("after-button-skip"), Choice::Close(Msg::new("after-debrief-skipped"))),
    ];
    let (asked, buttons) = question::ask(ctx, scope.account.id, choices);
    let content = Content::from(vec![Msg::new("after-debrief"), Msg::new("after-debrief-ask"), Msg::new("after-debrief-who")]);
    let closes = ctx.now.plus(TimeDelta::days(feedback::OPEN_DAYS));
    let decision = decision.change(asked).say(Audience::Asker, content.buttons(buttons), Manner::Answer);
    if feedback::is_asked(session) { decision.wake(ctx, closes, Wake::FeedbackCloses(session.id)) } else { decision }
}

/// The host's answer, and what follows from a hard session.
pub fn answer(scope: &Scope, view: &DebriefView, action: &Action, ctx: &mut Context) -> Outcome {
    let (_, person) = here(scope)?;
    let roll = view.found.as_ref().filter(|roll| roll.session.host == person.id).ok_or_else(not_found)?;
    let session = &roll.session;
    let change = |change: Change| super::super::Change::After(change);
    match action {
        Action::Weigh(_, weight) if session.state == SessionState::Marked => {
            let kept = Decision::nothing().change(change(Change::Debrief(session.id, person.id, *weight)));
            Ok(match weight {
                Weight::Light => kept.tell(Audience::Asker, Msg::new("after-debrief-light")),
                Weight::Heavy => kept.tell(Audience::Asker, heavy()),
                Weight::Hard => rest(scope, view, session, kept, ctx),
            })
        }
        Action::NoRest(_) => {
            Ok(Decision::nothing().change(change(Change::Rest(person.id, None))).tell(Audience::Asker, Msg::new("after-rest-refused")))
        }
        Action::Weigh(..) | Action::Give(..) => Err(Refusal::new(Content::from(Msg::new("session-is-over")).line(named(session)))),
    }
}

fn talk() -> Button {
    Button::command(Msg::new("care-session-full-button-talk"), Command::Talk, "")
}

fn heavy() -> Content {
    Content::from(vec![Msg::new("after-debrief-heavy"), Msg::new("after-debrief-heavy-line")]).buttons([talk()])
}

/// The rest begins by itself; the host may refuse it, and hand over what they are to hold meanwhile.
fn rest(scope: &Scope, view: &DebriefView, session: &Session, decision: Decision, ctx: &mut Context) -> Decision {
    let until = ctx.now.plus(TimeDelta::hours(REST_HOURS));
    let choices = vec![
        (Msg::new("after-button-rest"), Choice::Close(Msg::new("after-rest-kept"))),
        (Msg::new("after-button-no-rest"), Choice::Session(super::super::Action::After(Action::NoRest(session.id)))),
    ];
    let (asked, buttons) = question::ask(ctx, scope.account.id, choices);
    let mut content = Content::from(vec![
        Msg::new("after-debrief-hard"),
        Msg::new("after-rest").with("when", Value::Moment(until)),
        Msg::new("after-rest-may"),
    ]);
    content = content.buttons(buttons).buttons([talk()]);
    if view.soon.iter().any(can_be_handed_over) {
        content.lines.push(Msg::new("after-rest-soon"));
    }
    for soon in &view.soon {
        content.lines.push(
            Msg::new("session-list-line")
                .with("number", soon.number)
                .with("title", crate::domain::discreet::title(soon))
                .with("when", Value::Moment(soon.starts)),
        );
        content.buttons.push(let_go(soon));
    }
    let rest = super::super::Change::After(Change::Rest(session.host, Some(until)));
    decision.change(rest).change(asked).say(Audience::Asker, content, Manner::Care)
}
