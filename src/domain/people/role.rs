//! `/role @Sam facilitator`: coordinators name who does what; there is always one of them left.

use super::{Change, Target};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome, Refusal},
    hear::{Call, Named},
    ids::GroupId,
    message::{Msg, Value},
    scope::{Person, Role, Scope},
    words::{clean_name, fold},
};

/// What was typed.
#[derive(Clone, PartialEq, Debug)]
pub struct RoleArgs {
    /// Whose role.
    pub who: Named,
    /// The role to have.
    pub role: Role,
}

/// What the store must load.
#[derive(Clone, PartialEq, Debug)]
pub struct RoleView {
    /// Whom the name means.
    pub target: Target,
    /// How many coordinators the community has.
    pub coordinators: i64,
}

/// The role that a word means, in either language and gender.
pub fn read_role(word: &str) -> Option<Role> {
    let word: String = fold(word).chars().filter(|c| c.is_alphanumeric()).collect();
    Some(match word.as_str() {
        "membre" | "member" => Role::Member,
        "pairaidant" | "pairaidante" | "aidant" | "aidante" | "supporter" | "peersupporter" => Role::Supporter,
        "animateur" | "animatrice" | "facilitateur" | "facilitatrice" | "facilitator" | "host" => Role::Facilitator,
        "coordinateur" | "coordinatrice" | "coordonnateur" | "coordonnatrice" | "coordinator" => Role::Coordinator,
        _ => return None,
    })
}

/// Who, by a mention, a name or the message answered, and which role; in either order.
pub fn parse(call: &Call) -> Result<RoleArgs, Refusal> {
    let named = call.words.iter().find_map(|word| Some((word, Named::from_word(word)?)));
    let who = named.as_ref().map(|(_, named)| named.clone()).or_else(|| call.reply_to.clone());
    let others: Vec<&str> =
        call.words.iter().filter(|word| named.as_ref().is_none_or(|(n, _)| n.start != word.start)).map(|w| w.text.as_str()).collect();
    let role = read_role(&others.concat()).or_else(|| others.iter().find_map(|word| read_role(word)));
    let several = call.words.iter().filter(|word| Named::from_word(word).is_some()).count() > 1;
    match (who, role) {
        (Some(who), Some(role)) if !several => Ok(RoleArgs { who, role }),
        (who, role) => Err(form(who, role, several, &others.join(" "))),
    }
}

/// The right form, with what was understood.
fn form(who: Option<Named>, role: Option<Role>, several: bool, typed: &str) -> Refusal {
    let first = match (several, &who, role) {
        (true, _, _) => Msg::new("people-role-one-only"),
        (false, Some(_), None) if !typed.is_empty() => Msg::new("people-role-unknown").with("typed", clean_name(typed)),
        (false, Some(_), None) => Msg::new("people-role-which"),
        (false, None, Some(_)) => Msg::new("people-role-who"),
        (false, _, _) => Msg::new("people-role-who-and-which"),
    };
    let name = who.map_or_else(|| "Sam".to_owned(), |who| clean_name(&who.typed));
    let right = Msg::new("people-role-form").with("role", Command::Role).with("name", name);
    let right = right.with("what", role_word(role.unwrap_or(Role::Facilitator)));
    Refusal::new(vec![first, right, Msg::new("people-role-words")])
}

/// The word to type for a role.
fn role_word(role: Role) -> Msg {
    match role {
        Role::Member => Msg::new("people-role-word-member"),
        Role::Supporter => Msg::new("people-role-word-supporter"),
        Role::Facilitator => Msg::new("people-role-word-facilitator"),
        Role::Coordinator => Msg::new("people-role-word-coordinator"),
    }
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

/// Gives the role; who receives it is told in private.
pub fn role(scope: &Scope, view: &RoleView, args: &RoleArgs, ctx: &Context) -> Outcome {
    let (Some(group), Some(asker)) = (&scope.group, &scope.person) else { return Err(Msg::new("no-group").into()) };
    let name = clean_name(&args.who.typed);
    let target = match &view.target {
        Target::Bot => return Err(Msg::new("people-role-bot").into()),
        Target::Oneself => asker,
        Target::Person(person) if person.role_in(group.id).is_some() => person,
        Target::Person(_) | Target::Nobody => {
            return Err(Msg::new("people-role-not-here").with("name", name).with("join", Command::Join).into());
        }
    };
    let what = Value::from(role_text(args.role));
    if target.role_in(group.id) == Some(args.role) {
        return Err(Msg::new("people-role-same").with("name", name).with("what", what).into());
    }
    if target.coordinator && view.coordinators <= 1 {
        return Err(Msg::new("people-role-last-coordinator").with("role", Command::Role).into());
    }
    let decision = changes(target, group.id, args.role, ctx);
    let done = Msg::new("people-role-set").with("name", name).with("what", what.clone());
    let decision = decision.tell(Audience::Asker, vec![Msg::new("people-role-done"), done]);
    if target.id == asker.id {
        return Ok(decision);
    }
    let news = vec![
        Msg::new("people-role-news"),
        Msg::new("people-role-told").with("what", what),
        Msg::new("people-role-can").with("menu", Command::Menu),
    ];
    Ok(decision.notify(Audience::Private(target.id), news))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_in_either_order_and_language() {
        for (rest, expected) in [
            ("@Sam animateur", Some(("Sam", Role::Facilitator))),
            ("animatrice @Sam", Some(("Sam", Role::Facilitator))),
            ("@Sam Facilitator", Some(("Sam", Role::Facilitator))),
            ("@Sam pair-aidante", Some(("Sam", Role::Supporter))),
            ("@Sam pair aidant", Some(("Sam", Role::Supporter))),
            ("@Sam peer supporter", Some(("Sam", Role::Supporter))),
            ("@Sam COORDINATRICE", Some(("Sam", Role::Coordinator))),
            ("@Sam member", Some(("Sam", Role::Member))),
            ("@Sam", None),
            ("animateur", None),
            ("@Sam @Awa animateur", None),
            ("@Sam roi", None),
            ("", None),
        ] {
            let got = parse(&Call::new(Command::Role, rest)).ok();
            assert_eq!(got.as_ref().map(|a| (a.who.typed.as_str(), a.role)), expected, "{rest:?}");
        }
    }

    #[test]
    fn the_message_answered_names_the_person() {
        let reply_to = Some(Named::bare("Sam"));
        let call = Call { reply_to, ..Call::new(Command::Role, "animateur") };
        assert_eq!(parse(&call).map(|a| (a.who.typed, a.role)), Ok(("Sam".to_owned(), Role::Facilitator)));
    }
}
