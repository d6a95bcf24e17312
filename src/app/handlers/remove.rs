//! Removing somebody: parse, view, decide; with what becomes of their seats and sessions.

use crate::{
    domain::{
        decision::{Context, Decision, Outcome},
        hear::Call,
        ids::{GroupId, PersonId},
        people::{
            Action, Target,
            remove::{self, RemoveArgs, RemoveView},
        },
        scope::{Person, Scope},
        session::depart,
    },
    store::{Store, StoreError},
};

use super::named::{coordinators, target_of};

pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let args = remove::parse(call);
    let view = match &args {
        RemoveArgs::Wrong { .. } | RemoveArgs::MayReturn(_) => view(store, scope, Target::Nobody, None, ctx).await?,
        RemoveArgs::Ask(who) => {
            let target = store.target(scope, who).await?;
            view(store, scope, target, None, ctx).await?
        }
    };
    Ok(remove::remove(scope, &view, &args, ctx))
}

pub(super) async fn answer(store: &mut Store, scope: &Scope, action: Action, ctx: &mut Context) -> Result<Outcome, StoreError> {
    match action {
        Action::Remove { group, person, typed, reach } => {
            let target = target_of(store, scope, person).await?;
            let gone = match &target {
                Target::Person(person) => remove::groups(person, group, reach),
                Target::Nobody | Target::Oneself | Target::Bot => Vec::new(),
            };
            let view = view(store, scope, target, Some(&gone), ctx).await?;
            let removed = match remove::removed(scope, &view, &typed, reach, ctx) {
                Ok(removed) => removed,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let Target::Person(target) = &view.target else { return Ok(Ok(removed)) };
            Ok(Ok(removed.and(places(store, scope, target, &gone, ctx).await?)))
        }
        Action::BringBack { person, typed, memberships, coordinator, .. } => {
            let view = store.person_gone_or_not(person).await?;
            Ok(remove::brought_back(scope, &view, &typed, &memberships, coordinator))
        }
        _ => Ok(Ok(Decision::nothing())),
    }
}

/// `gone`: the groups that the person is to leave; all of theirs where that is not decided yet.
async fn view(store: &mut Store, scope: &Scope, target: Target, gone: Option<&[GroupId]>, ctx: &Context) -> Result<RemoveView, StoreError> {
    let (mut hosted, mut prompts) = (0, Vec::new());
    if let Target::Person(person) = &target {
        let all: Vec<GroupId> = person.memberships.iter().map(|m| m.group).collect();
        let gone = gone.unwrap_or(&all);
        prompts = store.waiting_prompts(person.id, gone).await?;
        for group in gone {
            let rolls = store.leaving_view(person, *group, ctx.now).await?;
            hosted += i64::try_from(depart::to_hand_over(&rolls, person, ctx.now).count()).unwrap_or(i64::MAX);
        }
    }
    let coordinators: Vec<PersonId> = coordinators(store, scope).await?;
    Ok(RemoveView { target, coordinators, hosted, prompts })
}

/// The person's seats go back; who removes them holds their sessions from now on.
async fn places(store: &mut Store, scope: &Scope, person: &Person, gone: &[GroupId], ctx: &mut Context) -> Result<Decision, StoreError> {
    let mut rolls = Vec::new();
    for group in gone {
        rolls.extend(store.leaving_view(person, *group, ctx.now).await?);
    }
    Ok(depart::on_removal(&rolls, person, scope.person.as_ref(), ctx))
}
