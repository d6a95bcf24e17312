//! `/leave`: asked once more, then out; the last coordinator names another first.

use super::{Action, Change, Purpose, consent, role};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    ids::{GroupId, PersonId},
    message::{Content, Msg},
    question::{self, Action as Choice},
    scope::{Group, Person, Scope},
};

/// What the store must load.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeaveView {
    /// The coordinators of the community.
    pub coordinators: Vec<PersonId>,
    /// The person's bookings to come in this group.
    pub bookings: i64,
}

/// The group and the person's membership in it.
fn here(scope: &Scope) -> Result<(&Group, &Person), Refusal> {
    let (Some(group), Some(person)) = (&scope.group, &scope.person) else { return Err(not_in()) };
    if person.memberships.iter().any(|m| m.group == group.id) { Ok((group, person)) } else { Err(not_in()) }
}

fn not_in() -> Refusal {
    Msg::new("people-leave-not-in").with("join", Command::Join).into()
}

/// Leaving this group is leaving the community.
fn is_last_group(person: &Person) -> bool {
    person.memberships.len() <= 1
}

fn check(scope: &Scope, view: &LeaveView) -> Result<(), Refusal> {
    let (_, person) = here(scope)?;
    if person.coordinator && is_last_group(person) && view.coordinators.len() <= 1 {
        return Err(Msg::new("people-leave-last-coordinator").with("role", Command::Role).into());
    }
    Ok(())
}

/// Asks once more, and says what goes.
pub fn leave(scope: &Scope, view: &LeaveView, ctx: &mut Context) -> Outcome {
    check(scope, view)?;
    let (group, _) = here(scope)?;
    let mut lines = vec![Msg::new("people-leave-ask")];
    if view.bookings > 0 {
        lines.push(Msg::new("people-leave-bookings").with("count", view.bookings));
    }
    lines.push(Msg::new("people-leave-kept").with("join", Command::Join));
    let choices = vec![
        (Msg::new("people-leave-button-yes"), Choice::People(Action::Leave { group: group.id })),
        (Msg::new("people-leave-button-no"), Choice::Close(Msg::new("people-leave-stayed"))),
    ];
    let (change, buttons) = question::ask(ctx, scope.account.id, choices);
    Ok(Decision::nothing().change(change).tell(Audience::Asker, Content::from(lines).buttons(buttons)))
}

/// The person goes; the bookings to come are cancelled by the sessions' own decision, which the handler adds.
pub fn left(scope: &Scope, view: &LeaveView, ctx: &mut Context) -> Outcome {
    check(scope, view)?;
    let (group, person) = here(scope)?;
    let mut decision = Decision::nothing();
    if is_last_group(person) {
        decision = decision.change(consent::withdrawn(person.id, Purpose::Participation, ctx));
    }
    let decision = decision.and(departure(person, &[group.id], &view.coordinators, ctx));
    let gone = Msg::new("people-left").with("join", Command::Join).with("sos", Command::Sos);
    Ok(decision.say(Audience::Asker, gone, Manner::Answer))
}

/// A person is no more in these groups; in none any more, they have left the community, and whoever then coordinates alone is told.
pub(super) fn departure(person: &Person, groups: &[GroupId], coordinators: &[PersonId], ctx: &Context) -> Decision {
    let ends = |group: &GroupId| Change::EndMembership { person: person.id, group: *group, at: ctx.now };
    let decision = groups.iter().map(ends).fold(Decision::nothing(), Decision::change);
    if person.memberships.iter().any(|m| !groups.contains(&m.group)) {
        return decision;
    }
    let left = Change::PersonLeft { person: person.id, at: ctx.now };
    if !person.coordinator {
        return decision.change(left);
    }
    let decision = decision.change(Change::SetCoordinator { person: person.id, coordinator: false }).change(left);
    let others: Vec<PersonId> = coordinators.iter().copied().filter(|id| *id != person.id).collect();
    match others.as_slice() {
        [alone] => decision.notify(Audience::Private(*alone), role::alone_now()),
        _ => decision,
    }
}
