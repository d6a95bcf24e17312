//! The prompt feature: parse, view, decide.

use crate::{
    domain::{
        decision::{Context, Decision, Outcome},
        hear::Call,
        prompt::{
            Action,
            write::{self, About, AnswerView, DueView},
        },
        scope::Scope,
        session::{Session, SessionKind, SessionRef, SessionState},
        time::Timestamp,
        timer::Wake,
    },
    store::{Store, StoreError},
};

pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let args = match write::parse(call, ctx.now, scope.zone) {
        Ok(args) => args,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let about = match args.number {
        Some(number) => by_number(store, scope, number, ctx.now).await?,
        None => None,
    };
    Ok(write::prompt(scope, about.as_ref(), &args, ctx))
}

pub(super) async fn answer(store: &mut Store, scope: &Scope, action: Action, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let view = match &action {
        Action::Post { session: Some(number), .. } => AnswerView { about: by_number(store, scope, *number, ctx.now).await?, prompt: None },
        Action::Withdraw { prompt, .. } => AnswerView { about: None, prompt: store.prompt(*prompt).await? },
        Action::Post { session: None, .. } | Action::Change { .. } => AnswerView::default(),
    };
    Ok(write::answer(scope, &view, &action, ctx))
}

pub(super) async fn wake(store: &mut Store, wake: &Wake, _ctx: &mut Context) -> Result<Decision, StoreError> {
    let Wake::PromptDue(id) = wake else { return Ok(Decision::nothing()) };
    let Some(prompt) = store.prompt(*id).await? else { return Ok(Decision::nothing()) };
    let Some(group) = store.group(prompt.group).await? else { return Ok(Decision::nothing()) };
    let about = match prompt.session {
        Some(session) => store.session(group.community, SessionRef::Id(session)).await?.map(about),
        None => None,
    };
    let author = store.person(prompt.by).await?.map(|person| person.id);
    Ok(write::on_wake(&DueView { prompt, paused: group.paused, about, author }))
}

/// The session of the scope's group with this number, while it is not over; listening is nothing for a group to read about.
async fn by_number(store: &mut Store, scope: &Scope, number: i64, now: Timestamp) -> Result<Option<About>, StoreError> {
    let (Some(community), Some(group)) = (&scope.community, &scope.group) else { return Ok(None) };
    let found = store.session(community.id, SessionRef::Number(number)).await?;
    let open = |session: &Session| {
        session.group == group.id && session.state == SessionState::Open && session.kind != SessionKind::Listening && now < session.ends()
    };
    Ok(found.filter(open).map(about))
}

fn about(session: Session) -> About {
    About { id: session.id, number: session.number, title: session.title, starts: session.starts }
}
