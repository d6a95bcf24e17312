//! The prompt feature: parse, view, decide.

use crate::{
    domain::{
        decision::{Context, Decision, Outcome},
        hear::Call,
        ids::{GroupId, SessionId},
        prompt::{
            Action, Prompt,
            library::{self, LibraryView, RotaView},
            write::{self, About, AnswerView, DueView},
        },
        scope::Scope,
        session::{Session, SessionKind, SessionRef, SessionState},
        time::Timestamp,
        timer::Wake,
    },
    store::{Store, StoreError},
};

/// A prompt that is so many hours late is not posted any more.
const LATE_HOURS: i64 = 12;

pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    if let Some(args) = library::parse(call) {
        let view = library_of(store, scope).await?;
        return Ok(library::library(scope, &view, &args, ctx));
    }
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
    let nothing = AnswerView::default();
    let view = match &action {
        Action::Post { session: Some(number), .. } => AnswerView { about: by_number(store, scope, *number, ctx.now).await?, ..nothing },
        Action::Withdraw { prompt, .. } => AnswerView { prompt: store.prompt(*prompt).await?, ..nothing },
        Action::Keep { .. } => AnswerView { library: library_of(store, scope).await?, ..nothing },
        Action::Post { session: None, .. } | Action::Change { .. } => nothing,
    };
    Ok(write::answer(scope, &view, &action, ctx))
}

pub(super) async fn wake(store: &mut Store, wake: &Wake, ctx: &mut Context) -> Result<Decision, StoreError> {
    match wake {
        Wake::PromptDue(id) => match store.prompt(*id).await? {
            Some(prompt) => due(store, prompt, ctx).await,
            None => Ok(Decision::nothing()),
        },
        Wake::RotaDue(group) => rota(store, *group, ctx).await,
        _ => Ok(Decision::nothing()),
    }
}

/// What waits for a session's start goes out with it.
pub(super) async fn at_start(store: &mut Store, session: SessionId, ctx: &Context) -> Result<Decision, StoreError> {
    let mut decision = Decision::nothing();
    for prompt in store.prompts_at_start(session).await? {
        decision = decision.and(due(store, prompt, ctx).await?);
    }
    Ok(decision)
}

async fn due(store: &mut Store, prompt: Prompt, ctx: &Context) -> Result<Decision, StoreError> {
    let Some(group) = store.group(prompt.group).await? else { return Ok(Decision::nothing()) };
    let session = match prompt.session {
        Some(session) => store.session(group.community, SessionRef::Id(session)).await?,
        None => None,
    };
    // Its session was moved: the new start brings it.
    if prompt.at_start && session.as_ref().is_some_and(|session| session.is_to_come(ctx.now)) {
        return Ok(Decision::nothing());
    }
    let over = session.as_ref().is_some_and(|session| session.state == SessionState::Cancelled || session.ends() <= ctx.now);
    let late = !prompt.at_start && ctx.now.since(prompt.at) > chrono::TimeDelta::hours(LATE_HOURS);
    let author = store.person(prompt.by).await?.map(|person| person.id);
    Ok(write::on_wake(&DueView { prompt, paused: group.paused, about: session.map(about), author, stale: over || late }))
}

async fn rota(store: &mut Store, id: GroupId, ctx: &mut Context) -> Result<Decision, StoreError> {
    let Some(group) = store.group(id).await? else { return Ok(Decision::nothing()) };
    let Some(community) = store.community(group.community).await? else { return Ok(Decision::nothing()) };
    let library = store.library(group.community, id).await?;
    Ok(library::due(&RotaView { group: id, paused: group.paused, zone: community.zone, library }, ctx))
}

async fn library_of(store: &mut Store, scope: &Scope) -> Result<LibraryView, StoreError> {
    match &scope.group {
        Some(group) => store.library(group.community, group.id).await,
        None => Ok(LibraryView::default()),
    }
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
