//! `/remove @Sam`: a coordinator takes out who left or died, in silence; asked once, and to be taken back.

#[cfg(test)]
mod tests;

use super::{
    Action, Change, Target, leave,
    role::{last_coordinator, second},
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome, Refusal},
    hear::{Call, Named},
    ids::{GroupId, PersonId, PromptId},
    message::{Content, Msg},
    prompt,
    question::{self, Action as Choice},
    scope::{Group, Membership, Person, Scope},
    words::{clean_name, fold},
};

/// What was typed.
#[derive(Clone, PartialEq, Debug)]
pub enum RemoveArgs {
    /// Nobody, or more than one.
    Wrong {
        /// More than one.
        several: bool,
    },
    /// Take this one out.
    Ask(Named),
    /// Let this one come back.
    MayReturn(Named),
}

/// What the store must load.
#[derive(Clone, PartialEq, Debug)]
pub struct RemoveView {
    /// Whom the name means.
    pub target: Target,
    /// The coordinators of the community.
    pub coordinators: Vec<PersonId>,
    /// How many sessions would go to who asks.
    pub hosted: i64,
    /// The prompts of theirs that wait for their hour.
    pub prompts: Vec<PromptId>,
}

/// Who comes back, as the store knows them.
#[derive(Clone, PartialEq, Debug)]
pub struct BackView {
    /// The person, gone or not; `None` where they are erased.
    pub person: Option<Person>,
    /// They have left the community.
    pub gone: bool,
}

/// How far a removal goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// Out of this group alone.
    Group,
    /// Out of the community; they may join again by themself.
    Community,
    /// Out of the community until a coordinator says otherwise.
    Barred,
}

/// Reads a name, and perhaps that they may come back. Whatever else is written, a reason above all, is not kept.
pub fn parse(call: &Call) -> RemoveArgs {
    let mut named = call.words.iter().filter_map(Named::from_word);
    let who = named.next().or_else(|| call.reply_to.clone());
    let back = |word: &str| matches!(fold(word).as_str(), "retour" | "revenir" | "back" | "return");
    match (who, named.next()) {
        (Some(who), None) if call.words.iter().any(|word| back(&word.text)) => RemoveArgs::MayReturn(who),
        (Some(who), None) => RemoveArgs::Ask(who),
        (_, several) => RemoveArgs::Wrong { several: several.is_some() },
    }
}

fn here(scope: &Scope) -> Result<(&Group, &Person), Refusal> {
    match (&scope.group, &scope.person) {
        (Some(group), Some(person)) if person.coordinator => Ok((group, person)),
        (Some(_), Some(_)) => Err(Msg::new("not-allowed-coordinator").with("menu", Command::Menu).into()),
        _ => Err(Msg::new("people-not-here").into()),
    }
}

/// One same answer for who is not in the group and for who is nobody.
fn found<'a>(view: &'a RemoveView, group: GroupId, name: &str) -> Result<&'a Person, Refusal> {
    match &view.target {
        Target::Bot => Err(Msg::new("people-remove-bot").into()),
        Target::Oneself => Err(Msg::new("people-remove-oneself").with("leave", Command::Leave).into()),
        Target::Person(person) if person.role_in(group).is_some() => {
            last_coordinator(person, &view.coordinators)?;
            Ok(person)
        }
        Target::Person(_) | Target::Nobody => Err(Msg::new("people-remove-not-here").with("name", name).into()),
    }
}

/// Asks once more, or lets somebody come back.
pub fn remove(scope: &Scope, view: &RemoveView, args: &RemoveArgs, ctx: &mut Context) -> Outcome {
    let (group, asker) = here(scope)?;
    match args {
        RemoveArgs::Wrong { several } => {
            let first = if *several { Msg::new("people-role-one-only") } else { Msg::new("people-remove-who") };
            Err(Refusal::new(vec![first, Msg::new("people-remove-form").with("remove", Command::Remove)]))
        }
        RemoveArgs::Ask(who) => {
            let name = clean_name(&who.typed);
            let target = found(view, group.id, &name)?;
            Ok(ask(scope, group.id, target, &name, view.hosted, ctx))
        }
        RemoveArgs::MayReturn(who) => {
            let lines = vec![
                Msg::new("people-remove-done"),
                Msg::new("people-remove-may-return").with("name", clean_name(&who.typed)).with("join", Command::Join),
            ];
            let lifted = Change::LiftBar { community: asker.community, platform: scope.account.platform, named: who.clone() };
            Ok(Decision::answer(lines).change(lifted))
        }
    }
}

fn ask(scope: &Scope, group: GroupId, target: &Person, name: &str, hosted: i64, ctx: &mut Context) -> Decision {
    let mut lines = vec![
        Msg::new("people-remove-ask"),
        Msg::new("people-remove-whom").with("name", name),
        Msg::new("people-remove-silent"),
        Msg::new("people-remove-ends"),
    ];
    if hosted > 0 {
        lines.push(Msg::new("people-remove-hosted").with("count", hosted));
    }
    if target.coordinator {
        lines.push(Msg::new("people-remove-coordinates"));
    }
    lines.push(Msg::new("people-remove-barred-means"));
    let choice = |reach| Choice::People(Action::Remove { group, person: target.id, typed: name.to_owned(), reach });
    // Who coordinates does so in every group.
    let mut choices = match target.memberships.len() > 1 && !target.coordinator {
        true => vec![
            (Msg::new("people-remove-button-here"), choice(Reach::Group)),
            (Msg::new("people-remove-button-everywhere"), choice(Reach::Community)),
        ],
        false => vec![(Msg::new("people-remove-button-yes"), choice(Reach::Community))],
    };
    choices.push((Msg::new("people-remove-button-barred"), choice(Reach::Barred)));
    choices.push((Msg::new("people-remove-button-no"), Choice::Close(Msg::new("people-role-kept"))));
    let (asked, buttons) = question::ask(ctx, scope.account.id, choices);
    Decision::answer(Content::from(lines).buttons(buttons)).change(asked)
}

/// The groups that the person is taken out of.
pub fn groups(person: &Person, group: GroupId, reach: Reach) -> Vec<GroupId> {
    match reach {
        Reach::Group => vec![group],
        Reach::Community | Reach::Barred => person.memberships.iter().map(|m| m.group).collect(),
    }
}

/// Takes somebody out; only who asked for it is told. The sessions' own decision is added by the handler.
pub fn removed(scope: &Scope, view: &RemoveView, typed: &str, reach: Reach, ctx: &mut Context) -> Outcome {
    let (group, _) = here(scope)?;
    let target = found(view, group.id, typed)?;
    let others = view.coordinators.iter().filter(|id| **id != target.id).count();
    let gone = groups(target, group.id, reach);
    // Who is alone from now on is the one who asks, and reads it in the answer.
    let mut decision = leave::departure(target, &gone, &[], ctx);
    if reach == Reach::Barred {
        decision = decision.change(Change::Bar { person: target.id, barred: true });
    }
    for waiting in &view.prompts {
        decision = decision.change(prompt::Change::Set(*waiting, prompt::State::Dropped));
    }
    let memberships = target.memberships.iter().filter(|m| gone.contains(&m.group)).cloned().collect();
    let back =
        Action::BringBack { group: group.id, person: target.id, typed: typed.to_owned(), memberships, coordinator: target.coordinator };
    let (asked, buttons) = question::ask(ctx, scope.account.id, vec![(Msg::new("people-remove-button-undo"), Choice::People(back))]);
    let mut done = vec![Msg::new("people-remove-done"), Msg::new("people-removed").with("name", typed)];
    done.push(match reach {
        Reach::Group | Reach::Community => Msg::new("people-removed-may-return").with("join", Command::Join),
        Reach::Barred => Msg::new("people-removed-barred").with("remove", Command::Remove).with("name", typed),
    });
    if target.coordinator {
        done.extend(second(others));
    }
    Ok(decision.change(asked).tell(Audience::Asker, Content::from(done).buttons(buttons)))
}

/// A removal is taken back, in silence too.
pub fn brought_back(scope: &Scope, view: &BackView, typed: &str, memberships: &[Membership], coordinator: bool) -> Outcome {
    let (_, asker) = here(scope)?;
    let Some(person) = view.person.as_ref().filter(|person| person.community == asker.community) else {
        return Err(Msg::new("people-remove-gone").with("name", typed).with("join", Command::Join).into());
    };
    let mut decision = Decision::nothing();
    if view.gone {
        decision = decision.change(Change::PersonBack(person.id));
    }
    decision = decision.change(Change::Bar { person: person.id, barred: false });
    for Membership { group, role, since } in memberships {
        decision = decision.change(Change::AddMembership { person: person.id, group: *group, role: *role, since: *since });
    }
    if coordinator {
        decision = decision.change(Change::SetCoordinator { person: person.id, coordinator });
    }
    let lines =
        vec![Msg::new("people-remove-done"), Msg::new("people-brought-back").with("name", typed), Msg::new("people-brought-back-not")];
    Ok(decision.tell(Audience::Asker, lines))
}
