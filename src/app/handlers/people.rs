//! The people feature: parse, view, decide.

use super::{
    data, ledger, link,
    named::{coordinators, target_of},
    session,
};
use crate::{
    app::refuse,
    domain::{
        command::Command,
        data::retention,
        decision::{Audience, Context, Decision, Outcome},
        hear::Call,
        ids::{AccountId, CommunityId},
        ledger::{reasons, rule_settings},
        people::{
            Action, Purpose,
            choices::{self, ChoicesView},
            consent::{Entry, Step},
            country, join,
            leave::{self, LeaveView},
            menu, pause, renew,
            role::{self, RoleView},
            rules, settings, setup, zone,
        },
        profile,
        scope::Scope,
        session::{feed, wishes},
        time::Timestamp,
    },
    store::{Store, StoreError},
};

pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    Ok(match call.command {
        Command::Menu => Ok(menu::menu(scope, call)),
        Command::Setup => return setup(store, scope, call, ctx).await,
        Command::Join => {
            let view = store.join_view(scope, ctx.now).await?;
            join::join(scope, &view, ctx)
        }
        Command::Leave => {
            let view = leave_view(store, scope, ctx.now).await?;
            leave::leave(scope, &view, ctx)
        }
        Command::Settings if rule_settings::is_meant(call) => return ledger::rules(store, scope, call, ctx).await,
        Command::Settings if reasons::is_meant(call) => reasons::settings(scope, call),
        Command::Settings if retention::is_meant(call) => return data::settings(store, scope, call).await,
        Command::Settings if feed::is_meant(call) => return session::feed(store, scope, call, ctx).await,
        Command::Settings if wishes::is_meant(call) => return session::reminders(store, scope, call).await,
        Command::Settings => {
            let coordinators = coordinators(store, scope).await?.len();
            let asks = call.rest.is_empty() && scope.person.as_ref().is_some_and(|person| person.coordinator);
            let shown = settings::settings(scope, call, ctx);
            let shown = if call.rest.is_empty() { link::with_linked(store, scope, shown, ctx).await? } else { shown };
            if asks { shown.map(|decision| role::asking_for_second(decision, coordinators)) } else { shown }
        }
        Command::Language => settings::language(scope, call, ctx),
        Command::Country => country::country(scope, call, ctx),
        Command::Timezone => zone::zone(scope, call, ctx),
        Command::Alias => return alias(store, scope, call, ctx).await,
        Command::Pause => pause::parse(call, ctx.now, scope.zone).and_then(|args| pause::pause(scope, args, ctx)),
        Command::Resume => pause::resume(scope, call, ctx),
        Command::Rules => rules::rules(scope),
        Command::Profile => profile::edit::profile(scope, call, ctx),
        Command::Role => return role(store, scope, call, ctx).await,
        Command::Choices => return choices(store, scope, call, ctx).await,
        _ => Ok(Decision::nothing()),
    })
}

pub(super) async fn answer(store: &mut Store, scope: &Scope, action: Action, ctx: &mut Context) -> Result<Outcome, StoreError> {
    match action {
        Action::Agree { .. } | Action::Decline { .. } | Action::More { .. } | Action::Discreet { .. } => {
            let view = store.join_view(scope, ctx.now).await?;
            Ok(match join::answer(scope, &view, &action, ctx) {
                Ok(joined) => Ok(ledger::with_arrival(store, scope, view.former.as_deref(), joined, ctx).await?),
                Err(refusal) => Err(refusal),
            })
        }
        Action::Role { person, typed, role, .. } => {
            let view = RoleView { target: Some(target_of(store, scope, person).await?), coordinators: coordinators(store, scope).await? };
            let chosen = role::chosen(scope, &view, &typed, role, ctx);
            super::after::with_sessions_held(store, chosen, ctx).await
        }
        Action::HandBack { role, .. } => {
            let view = RoleView { target: None, coordinators: coordinators(store, scope).await? };
            let handed_back = role::handed_back(scope, &view, role, ctx);
            super::after::with_sessions_held(store, handed_back, ctx).await
        }
        Action::Remove { .. } | Action::BringBack { .. } => super::remove::answer(store, scope, action, ctx).await,
        Action::Profile { profile, .. } => Ok(profile::edit::restore(scope, *profile)),
        Action::AgreeAnew { .. } | Action::MoreAnew { .. } => renewed(store, scope, &action, ctx).await,
        Action::Give { .. } => Ok(choices::answer(scope, &action, ctx)),
        Action::Leave { .. } => {
            let view = leave_view(store, scope, ctx.now).await?;
            Ok(match leave::left(scope, &view, ctx) {
                Ok(decision) => {
                    // So that `/join` in the direct room still knows which group is meant.
                    store.choose_group(scope.account.id, action.group(), ctx.now.plus(chrono::TimeDelta::days(1)));
                    Ok(decision.and(session::leave(store, scope, ctx).await?))
                }
                Err(refusal) => Err(refusal),
            })
        }
    }
}

/// The changed consent is answered; what waited for that is done now, if the person may still do it.
async fn renewed(store: &mut Store, scope: &Scope, action: &Action, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let decision = match (renew::answer(scope, action, ctx), renew::goes_on(action)) {
        (Ok(decision), Some(then)) => (decision, then),
        (outcome, _) => return Ok(outcome),
    };
    let (decision, then) = decision;
    let mut scope = scope.clone();
    if let Some(person) = &mut scope.person {
        person.consents.put(Entry {
            purpose: Purpose::Participation,
            step: Step::Given,
            version: Purpose::Participation.version(),
            at: ctx.now,
        });
    }
    let call = Call::new(then.command, &then.rest);
    let outcome = match refuse::check(call.command, call.command.word(&scope.language), false, &scope) {
        Ok(()) => super::of_feature(store, &scope, &call, ctx).await?,
        Err(refusal) => Err(refusal),
    };
    Ok(Ok(match outcome {
        Ok(next) => decision.and(next),
        Err(refusal) => decision.tell(Audience::Asker, *refusal.0),
    }))
}

async fn choices(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let args = match choices::parse(call) {
        Ok(args) => args,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let checkins = match &scope.person {
        Some(person) => store.checkins_kept(person.id).await?,
        None => 0,
    };
    Ok(choices::choices(scope, &ChoicesView { checkins }, args, ctx))
}

/// Who set a room up has had long enough to answer.
pub(super) async fn founder_silent(store: &mut Store, community: CommunityId, account: AccountId) -> Result<Decision, StoreError> {
    Ok(store.community(community).await?.map_or_else(Decision::nothing, |community| setup::founder_silent(&community, account)))
}

async fn setup(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let code = setup::parse(call);
    let view = store.setup_view(scope, code.as_ref().and_then(Option::as_ref), ctx.now).await?;
    Ok(setup::setup(scope, &view, code, ctx))
}

async fn leave_view(store: &mut Store, scope: &Scope, now: Timestamp) -> Result<LeaveView, StoreError> {
    let coordinators = coordinators(store, scope).await?;
    let bookings = match (&scope.person, &scope.group) {
        (Some(person), Some(group)) => store.live_bookings(person.id, group.id, now).await?,
        _ => 0,
    };
    Ok(LeaveView { coordinators, bookings })
}

async fn alias(store: &mut Store, scope: &Scope, call: &Call, ctx: &Context) -> Result<Outcome, StoreError> {
    let typed = settings::parse_alias(call);
    let free = match (&typed, &scope.person) {
        (Some(Ok(wanted)), Some(person)) => Some(store.free_alias(person.community, wanted, Some(person.id)).await?),
        _ => None,
    };
    Ok(settings::alias(scope, typed, free, ctx))
}

async fn role(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let args = role::parse(call);
    let target = match args.who() {
        Some(who) => Some(store.target(scope, who).await?),
        None => None,
    };
    let view = RoleView { target, coordinators: coordinators(store, scope).await? };
    let given = role::role(scope, &view, &args, ctx);
    super::after::with_sessions_held(store, given, ctx).await
}
