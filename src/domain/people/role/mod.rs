//! `/role @Sam facilitator`: coordinators name who does what, everybody may hand a role back; one coordinator is always left.

mod reading;
#[cfg(test)]
mod tests;

pub use self::reading::{RoleArgs, parse, read_role};
use self::reading::{form, typed_word};
use super::{Action, Change, Target};
use crate::domain::{
    command::Command,
    decision::{Act, Audience, Context, Decision, Outcome, Refusal},
    ids::{GroupId, PersonId},
    message::{Button, Content, Msg, Value},
    question::{self, Action as Choice},
    scope::{Group, Person, Role, Scope},
    words::clean_name,
};

/// What the store must load.
#[derive(Clone, PartialEq, Debug)]
pub struct RoleView {
    /// Whom the name means; `None` where nobody was named.
    pub target: Option<Target>,
    /// The coordinators of the community.
    pub coordinators: Vec<PersonId>,
}

/// What a role is called in a sentence.
pub fn role_text(role: Role) -> Msg {
    match role {
        Role::Member => Msg::new("role-member"),
        Role::Supporter => Msg::new("role-supporter"),
        Role::Facilitator => Msg::new("role-facilitator"),
        Role::Coordinator => Msg::new("role-coordinator"),
    }
}

/// Who coordinates alone is asked to name a second one: said where they are at it anyway, never by itself.
pub fn second(coordinators: usize) -> Option<Msg> {
    (coordinators == 1).then(|| Msg::new("people-second").with("role", Command::Role))
}

/// The decision with that line under its answer.
#[must_use]
pub fn asking_for_second(mut decision: Decision, coordinators: usize) -> Decision {
    let answer = decision.acts.iter_mut().find_map(|act| match act {
        Act::Say { to: Audience::Asker, content, .. } => Some(content),
        Act::Say { .. } | Act::Card { .. } | Act::DeleteAsked | Act::DeleteTyped | Act::Unsay(..) | Act::React(_) | Act::Answer(_) => None,
    });
    if let Some(answer) = answer {
        answer.lines.extend(second(coordinators));
    }
    decision
}

/// What the coordinator is told who is alone from now on; it does not say who went.
pub(super) fn alone_now() -> Vec<Msg> {
    let second = Msg::new("people-second").with("role", Command::Role);
    vec![Msg::new("people-team-news"), Msg::new("people-team-alone"), second]
}

/// Somebody must be left who coordinates.
pub(super) fn last_coordinator(target: &Person, coordinators: &[PersonId]) -> Result<(), Refusal> {
    if target.coordinator && coordinators.len() <= 1 {
        return Err(Msg::new("people-role-last-coordinator").with("role", Command::Role).into());
    }
    Ok(())
}

fn here(scope: &Scope) -> Result<(&Group, &Person), Refusal> {
    match (&scope.group, &scope.person) {
        (Some(group), Some(person)) => Ok((group, person)),
        _ => Err(Msg::new("people-not-here").into()),
    }
}

fn not_allowed() -> Refusal {
    Msg::new("not-allowed-coordinator").with("menu", Command::Menu).into()
}

/// Shows one's own role, gives one to somebody, or asks once more before one is handed back.
pub fn role(scope: &Scope, view: &RoleView, args: &RoleArgs, ctx: &mut Context) -> Outcome {
    let (group, asker) = here(scope)?;
    let oneself = matches!(view.target, None | Some(Target::Oneself));
    if !oneself && !asker.coordinator {
        return Err(not_allowed());
    }
    match args {
        RoleArgs::Show if asker.coordinator => Err(form(None, None, Msg::new("people-role-who-and-which"))),
        RoleArgs::Wrong { form, .. } if asker.coordinator => Err(form.clone()),
        RoleArgs::Show | RoleArgs::Wrong { .. } => Ok(own(group.id, asker)),
        RoleArgs::Close { who, role, typed } => {
            let target = if oneself { None } else { Some(found(view, group.id, &named(who.as_ref()))?) };
            Ok(did_you_mean(scope, group.id, target, *role, typed, &named(who.as_ref()), ctx))
        }
        RoleArgs::Give { role, .. } if oneself => hand_back(scope, view, *role, ctx),
        RoleArgs::Give { who, role } => {
            let name = named(who.as_ref());
            let target = found(view, group.id, &name)?.clone();
            give(scope, view, &target, &name, *role, ctx)
        }
    }
}

fn named(who: Option<&crate::domain::hear::Named>) -> String {
    who.map_or_else(String::new, |who| clean_name(&who.typed))
}

/// One same answer for who is not in the group and for who is nobody.
fn found<'a>(view: &'a RoleView, group: GroupId, name: &str) -> Result<&'a Person, Refusal> {
    match &view.target {
        Some(Target::Bot) => Err(Msg::new("people-role-bot").into()),
        Some(Target::Person(person)) if person.role_in(group).is_some() => Ok(person),
        Some(Target::Person(_) | Target::Nobody | Target::Oneself) | None => {
            Err(Msg::new("people-role-not-here").with("name", name).with("join", Command::Join).into())
        }
    }
}

/// One's own role, and how to hand it back.
fn own(group: GroupId, asker: &Person) -> Decision {
    let role = asker.role_in(group).unwrap_or(Role::Member);
    let line = Msg::new("people-role-own").with("what", role_text(role));
    let content = Content::from(vec![line, Msg::new("people-role-own-who")]);
    let back = (role > Role::Member).then(|| Button::command(Msg::new("people-role-button-back"), Command::Role, typed_word(Role::Member)));
    Decision::answer(content.buttons(back))
}

fn did_you_mean(
    scope: &Scope,
    group: GroupId,
    target: Option<&Person>,
    role: Role,
    typed: &str,
    name: &str,
    ctx: &mut Context,
) -> Decision {
    let yes = match target {
        Some(target) => Choice::People(Action::Role { group, person: target.id, typed: name.to_owned(), role }),
        None => Choice::Run { command: Command::Role, rest: typed_word(role).to_owned() },
    };
    let choices = vec![
        (Msg::new("people-role-button-yes").with("what", role_text(role)), yes),
        (Msg::new("people-role-button-no"), Choice::Close(Msg::new("people-role-kept"))),
    ];
    let (asked, buttons) = question::ask(ctx, scope.account.id, choices);
    let lines = vec![
        Msg::new("people-role-unknown").with("typed", clean_name(typed)),
        Msg::new("people-role-meant").with("what", role_text(role)),
        Msg::new("people-role-words"),
    ];
    Decision::answer(Content::from(lines).buttons(buttons)).change(asked)
}

/// What choosing the role of somebody by a button does: the suggested one, or the one from before.
pub fn chosen(scope: &Scope, view: &RoleView, typed: &str, role: Role, ctx: &mut Context) -> Outcome {
    let (group, asker) = here(scope)?;
    if !asker.coordinator {
        return Err(not_allowed());
    }
    let target = found(view, group.id, typed)?.clone();
    give(scope, view, &target, typed, role, ctx)
}

/// Gives the role; who receives it is told in private, and may hand it back.
fn give(scope: &Scope, view: &RoleView, target: &Person, name: &str, role: Role, ctx: &mut Context) -> Outcome {
    let (group, _) = here(scope)?;
    let what = Value::from(role_text(role));
    let before = target.role_in(group.id).unwrap_or(Role::Member);
    if before == role {
        return Err(Msg::new("people-role-same").with("name", name).with("what", what).into());
    }
    last_coordinator(target, &view.coordinators)?;
    let back = Choice::People(Action::Role { group: group.id, person: target.id, typed: name.to_owned(), role: before });
    let (asked, buttons) = question::ask(ctx, scope.account.id, vec![(Msg::new("people-role-button-undo"), back)]);
    let mut done =
        Content::from(vec![Msg::new("people-role-done"), Msg::new("people-role-set").with("name", name).with("what", what.clone())]);
    if role > before || target.coordinator {
        done.lines.extend(second(coordinators_after(view, target, role)));
    }
    let decision = changes(target, group.id, role, ctx).change(asked).tell(Audience::Asker, done.buttons(buttons));
    let lines = [Msg::new("people-role-news"), Msg::new("people-role-told").with("what", what)];
    let mut news = Content::from(lines.to_vec());
    if role > before {
        news.lines.push(Msg::new("people-role-can").with("menu", Command::Menu));
        news.lines.push(Msg::new("people-role-may-decline"));
        news.buttons.push(Button::command(Msg::new("people-role-button-decline"), Command::Role, typed_word(before)));
    } else {
        news.lines.push(Msg::new("people-role-ask-team"));
    }
    Ok(decision.notify(Audience::Private(target.id), news))
}

/// How many coordinate once `target` has `role`.
fn coordinators_after(view: &RoleView, target: &Person, role: Role) -> usize {
    let others = view.coordinators.iter().filter(|id| **id != target.id).count();
    others + usize::from(role == Role::Coordinator)
}

/// One may always have less to do, but not take more.
fn check_lower(group: GroupId, person: &Person, view: &RoleView, role: Role) -> Result<Role, Refusal> {
    let now = person.role_in(group).unwrap_or(Role::Member);
    if role == now {
        return Err(Msg::new("people-role-own-same").with("what", role_text(role)).into());
    }
    if role > now {
        return Err(Msg::new("people-role-not-higher").into());
    }
    last_coordinator(person, &view.coordinators)?;
    Ok(now)
}

/// Asks once more, because only a coordinator can undo it; who forgot a name finds out here.
fn hand_back(scope: &Scope, view: &RoleView, role: Role, ctx: &mut Context) -> Outcome {
    let (group, asker) = here(scope)?;
    let now = check_lower(group.id, asker, view, role)?;
    let mut lines = vec![
        Msg::new("people-role-back-ask"),
        Msg::new("people-role-back-now").with("what", role_text(now)),
        Msg::new("people-role-back-then").with("what", role_text(role)),
        Msg::new("people-role-back-how"),
    ];
    if asker.coordinator {
        lines.push(Msg::new("people-role-back-other").with("role", Command::Role).with("what", role_text(role)));
    }
    let choices = vec![
        (Msg::new("people-role-button-back"), Choice::People(Action::HandBack { group: group.id, role })),
        (Msg::new("people-role-button-keep"), Choice::Close(Msg::new("people-role-kept"))),
    ];
    let (asked, buttons) = question::ask(ctx, scope.account.id, choices);
    Ok(Decision::answer(Content::from(lines).buttons(buttons)).change(asked))
}

/// A role is handed back; the other coordinators are told, each in private.
pub fn handed_back(scope: &Scope, view: &RoleView, role: Role, ctx: &Context) -> Outcome {
    let (group, asker) = here(scope)?;
    let before = check_lower(group.id, asker, view, role)?;
    let done = vec![Msg::new("people-role-done"), Msg::new("people-role-told").with("what", role_text(role))];
    let mut decision = changes(asker, group.id, role, ctx).tell(Audience::Asker, done);
    let others: Vec<PersonId> = view.coordinators.iter().copied().filter(|id| *id != asker.id).collect();
    for other in &others {
        let mut news = vec![
            Msg::new("people-team-news"),
            Msg::new("people-role-handed-back").with("alias", asker.alias.clone()).with("what", role_text(before)),
        ];
        if asker.coordinator {
            news.extend(second(others.len()));
        }
        decision = decision.notify(Audience::Private(*other), news);
    }
    Ok(decision)
}

/// A coordinator is one in the whole community; whatever else belongs to the group.
fn changes(target: &Person, group: GroupId, role: Role, ctx: &Context) -> Decision {
    let coordinator = role == Role::Coordinator;
    let mut decision = Decision::nothing();
    if target.coordinator != coordinator {
        decision = decision.change(Change::SetCoordinator { person: target.id, coordinator });
    }
    let member = target.memberships.iter().find(|m| m.group == group);
    match (coordinator, member) {
        (false, Some(m)) if m.role != role => decision.change(Change::SetRole { person: target.id, group, role }),
        (false, None) => decision.change(Change::AddMembership { person: target.id, group, role, since: ctx.now }),
        (false, Some(_)) | (true, _) => decision,
    }
}
