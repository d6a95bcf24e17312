//! What follows a session: parse, view, decide.

use crate::{
    domain::{
        decision::{Context, Decision, Outcome, Refusal},
        hear::Named,
        ids::SessionId,
        message::Msg,
        people::Target,
        scope::{Person, Scope},
        session::{
            SessionRef,
            after::{Action, Args, debrief, feedback, hand, hold},
        },
        timer::Wake,
    },
    store::{Store, StoreError},
};

use super::named::target_of;

pub(super) async fn command(
    store: &mut Store,
    scope: &Scope,
    args: Result<Args, Refusal>,
    ctx: &mut Context,
) -> Result<Outcome, StoreError> {
    let (args, person) = match (args, &scope.person) {
        (Ok(args), Some(person)) => (args, person),
        (Err(refusal), Some(_)) => return Ok(Err(refusal)),
        (_, None) => return Ok(Err(Msg::new("people-not-here").into())),
    };
    Ok(match &args {
        Args::Rate(session, _) | Args::Line(session, _) | Args::NoLine(session) => {
            let view = store.feedback_view(person, *session).await?;
            feedback::say(scope, &view, &args, ctx)
        }
        Args::Answers(session) => {
            let view = store.feedback_view(person, *session).await?;
            feedback::answers(scope, &view, ctx)
        }
        Args::Give(session, named) => {
            let named = named.clone().map(Named::cleaned);
            let target = match &named {
                Some(named) => Some(store.target(scope, named).await?),
                None => None,
            };
            let view = store.hand_view(person, *session, target, ctx.now).await?;
            hand::give(scope, &view, named.as_ref().map(|named| named.typed.as_str()), ctx)
        }
        Args::Take(session) => {
            let view = store.hand_view(person, *session, None, ctx.now).await?;
            hand::take(scope, &view, ctx)
        }
        Args::Decline(session) => {
            let view = store.hand_view(person, *session, None, ctx.now).await?;
            hand::decline(scope, &view, ctx)
        }
    })
}

pub(super) async fn answer(store: &mut Store, scope: &Scope, action: &Action, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let Some(person) = &scope.person else { return Ok(Err(Msg::new("people-not-here").into())) };
    Ok(match action {
        Action::Weigh(..) | Action::NoRest(_) => {
            let view = store.debrief_view(person, action.session(), ctx.now).await?;
            debrief::answer(scope, &view, action, ctx)
        }
        Action::Give(session, to) => give(store, scope, person, *session, *to, ctx).await?,
    })
}

async fn give(
    store: &mut Store,
    scope: &Scope,
    person: &Person,
    session: SessionId,
    to: crate::domain::ids::PersonId,
    ctx: &mut Context,
) -> Result<Outcome, StoreError> {
    let target = target_of(store, scope, to).await?;
    let typed = match &target {
        Target::Person(person) => Some(person.alias.clone()),
        Target::Nobody | Target::Oneself | Target::Bot => None,
    };
    let view = store.hand_view(person, SessionRef::Id(session), Some(target), ctx.now).await?;
    Ok(hand::give(scope, &view, typed.as_deref(), ctx))
}

pub(super) async fn wake(store: &mut Store, wake: &Wake, ctx: &Context) -> Result<Decision, StoreError> {
    Ok(match wake {
        Wake::FeedbackCloses(id) => match store.session_wake_view(*id, ctx.now).await? {
            Some(view) => feedback::closed(&view.roll.session, &store.answers_of(&view.roll.session).await?),
            None => Decision::nothing(),
        },
        Wake::HandOverEnds(id) => {
            let asked = store.hand_over(*id).await?;
            let view = store.session_wake_view(*id, ctx.now).await?;
            view.map_or_else(Decision::nothing, |view| hand::ends(&view.roll, asked.as_ref(), ctx.now))
        }
        _ => Decision::nothing(),
    })
}

/// Who is a facilitator no more, and still holds sessions to come: said with the change.
pub(super) async fn with_sessions_held(store: &mut Store, outcome: Outcome, ctx: &Context) -> Result<Outcome, StoreError> {
    let Ok(decision) = outcome else { return Ok(outcome) };
    let held = match hold::lowered(&decision) {
        Some((person, group)) => store.sessions_held(person, group, ctx.now).await?,
        None => Vec::new(),
    };
    Ok(Ok(hold::with_sessions(decision, &held)))
}
