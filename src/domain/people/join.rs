//! `/join`: the consent, and what it makes: a person, a membership, for the founder the first coordinator.

use super::{AccountSetting, Action, CONSENT_VERSION, Change, CommunitySetting, Purpose, consent, menu, renew, setup};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    discreet::mode,
    ids::GroupId,
    message::{Button, Content, Msg, Value},
    question::{self, Action as Choice},
    scope::{Community, Group, Person, Role, Scope},
};

/// What the store must load.
#[derive(Clone, PartialEq, Debug)]
pub struct JoinView {
    /// The account's person in this community who had left it.
    pub former: Option<Box<Person>>,
    /// The first of [`super::alias::candidates`] of the account's shown name that nobody has.
    pub free_alias: String,
    /// The community has a coordinator.
    pub has_coordinator: bool,
    /// A coordinator must let them in again.
    pub barred: bool,
}

/// Where the command or the answer is about.
fn here(scope: &Scope) -> Option<(&Community, &Group)> {
    Some((scope.community.as_ref()?, scope.group.as_ref()?))
}

/// Who was removed until a coordinator says otherwise is told whom to ask; why is kept nowhere.
fn may_join(community: &Community, view: &JoinView) -> Result<(), Refusal> {
    if !view.barred {
        return Ok(());
    }
    Err(Refusal::new(vec![
        Msg::new("people-join-barred"),
        contact(community),
        Msg::new("people-join-barred-sos").with("sos", Command::Sos),
    ]))
}

/// Asks for the consent; who gave it for the community already is in at once.
pub fn join(scope: &Scope, view: &JoinView, ctx: &mut Context) -> Outcome {
    let Some((community, group)) = here(scope) else { return Err(Msg::new("no-group").into()) };
    may_join(community, view)?;
    match &scope.person {
        Some(person) if !person.consents.given(Purpose::Participation) => Ok(if is_in(person, group) {
            renew::ask(scope, community, group.id, person, None, ctx)
        } else {
            ask(scope, community, group.id, ctx)
        }),
        Some(person) if is_in(person, group) => {
            Ok(Decision::answer(Content::from(Msg::new("people-join-already")).buttons(menu::buttons())))
        }
        Some(_) => Ok(enter(scope, view, community, group, ctx)),
        None => Ok(ask(scope, community, group.id, ctx)),
    }
}

/// An answer to the consent text.
pub fn answer(scope: &Scope, view: &JoinView, action: &Action, ctx: &mut Context) -> Outcome {
    let Some((community, group)) = here(scope) else { return Err(Msg::new("no-group").into()) };
    may_join(community, view)?;
    match action {
        Action::Agree { version, .. } if *version < CONSENT_VERSION => Ok(ask(scope, community, group.id, ctx)),
        Action::Agree { .. } => match &scope.person {
            Some(person) if is_in(person, group) => match person.consents.given(Purpose::Participation) {
                true => join(scope, view, ctx),
                false => Ok(renew::agreed(person, ctx)),
            },
            _ => Ok(enter(scope, view, community, group, ctx)),
        },
        Action::Decline { .. } => Ok(declined(scope, community)),
        Action::More { .. } => Ok(more(scope, community, group.id, ctx)),
        Action::Discreet { .. } => Ok(discreet(scope, group.id, ctx)),
        Action::Leave { .. }
        | Action::Role { .. }
        | Action::HandBack { .. }
        | Action::Remove { .. }
        | Action::BringBack { .. }
        | Action::Profile { .. }
        | Action::AgreeAnew { .. }
        | Action::MoreAnew { .. }
        | Action::Give { .. } => Ok(Decision::nothing()),
    }
}

fn is_in(person: &Person, group: &Group) -> bool {
    person.memberships.iter().any(|m| m.group == group.id)
}

/// The consent text with its four answers, in private.
pub(super) fn ask(scope: &Scope, community: &Community, group: GroupId, ctx: &mut Context) -> Decision {
    with_choices(scope, group, text(community).into(), &[Also::More, Also::Discreet], ctx)
}

/// The consent text.
pub(super) fn text(community: &Community) -> Msg {
    Msg::new("care-consent")
        .with("association", setup::association(Some(community)))
        .with("erase", Command::Erase)
        .with("platform", Value::Platform)
}

/// What can be asked beside yes and no.
#[derive(Clone, Copy)]
enum Also {
    More,
    Discreet,
}

fn with_choices(scope: &Scope, group: GroupId, content: Content, also: &[Also], ctx: &mut Context) -> Decision {
    let mut choices = vec![
        (Msg::new("care-consent-button-agree"), Choice::People(Action::Agree { group, version: CONSENT_VERSION })),
        (Msg::new("care-consent-button-refuse"), Choice::People(Action::Decline { group })),
    ];
    choices.extend(also.iter().map(|also| match also {
        Also::More => (Msg::new("care-consent-button-more"), Choice::People(Action::More { group })),
        Also::Discreet => (Msg::new("care-consent-button-discreet"), Choice::People(Action::Discreet { group })),
    }));
    let (change, buttons) = question::ask(ctx, scope.account.id, choices);
    Decision::nothing().change(change).say(Audience::Asker, content.buttons(buttons), Manner::Care)
}

/// The whole notice, and the question again.
fn more(scope: &Scope, community: &Community, group: GroupId, ctx: &mut Context) -> Decision {
    with_choices(scope, group, notice(community).into(), &[Also::Discreet], ctx)
}

/// The whole notice.
pub(super) fn notice(community: &Community) -> Vec<Msg> {
    let contact = contact(community);
    vec![
        Msg::new("people-notice-title"),
        Msg::new("people-notice-who").with("association", setup::association(Some(community))),
        contact,
        Msg::new("people-notice-what"),
        Msg::new("people-notice-why"),
        Msg::new("people-notice-how"),
        Msg::new("people-notice-platform").with("platform", Value::Platform),
        Msg::new("people-notice-rights")
            .with("choices", Command::Choices)
            .with("leave", Command::Leave)
            .with("mydata", Command::MyData)
            .with("erase", Command::Erase),
        Msg::new("people-notice-complaint"),
    ]
}

/// How to reach the team.
fn contact(community: &Community) -> Msg {
    match &community.contact {
        Some(contact) => Msg::new("people-notice-contact").with("text", contact.clone()),
        None => Msg::new("people-notice-no-contact"),
    }
}

/// What can be done on a shared phone today, and the question again.
fn discreet(scope: &Scope, group: GroupId, ctx: &mut Context) -> Decision {
    Decision::nothing().change(Change::Account(scope.account.id, AccountSetting::Discreet(true))).and(with_choices(
        scope,
        group,
        mode::switched_on(),
        &[Also::More],
        ctx,
    ))
}

/// Nothing is kept of who does not agree; a founder's place is free again.
fn declined(scope: &Scope, community: &Community) -> Decision {
    if community.founder == Some(scope.account.id) {
        return Decision::nothing()
            .change(Change::Community(community.id, CommunitySetting::Founder(None)))
            .tell(Audience::Asker, Msg::new("people-setup-declined").with("setup", Command::Setup));
    }
    Decision::answer(Msg::new("people-declined").with("join", Command::Join).with("sos", Command::Sos))
}

/// The consent is given: a member from now on.
fn enter(scope: &Scope, view: &JoinView, community: &Community, group: &Group, ctx: &mut Context) -> Decision {
    let founds = community.founder == Some(scope.account.id) && !view.has_coordinator;
    let (person, alias, decision) = person(scope, view, community, founds, ctx);
    let mut decision = decision.change(consent::given(person, Purpose::Participation, ctx)).change(Change::AddMembership {
        person,
        group: group.id,
        role: Role::Member,
        since: ctx.now,
    });
    if founds {
        decision = decision.change(Change::Community(community.id, CommunitySetting::Founder(None)));
    }
    let lines = vec![
        Msg::new("people-joined"),
        Msg::new("people-joined-alias").with("alias", alias).with("alias-command", Command::Alias),
        Msg::new("people-joined-next"),
    ];
    let decision = decision.tell(Audience::Asker, Content::from(lines).buttons(menu::buttons()));
    if founds { decision.and(setup::ready(scope, community, group.id, ctx)) } else { decision }
}

/// The person that enters: known in the community, back in it, or new.
fn person(
    scope: &Scope,
    view: &JoinView,
    community: &Community,
    founds: bool,
    ctx: &mut Context,
) -> (crate::domain::ids::PersonId, String, Decision) {
    let promoted = |decision: Decision, person| {
        if founds { decision.change(Change::SetCoordinator { person, coordinator: true }) } else { decision }
    };
    if let Some(person) = &scope.person {
        return (person.id, person.alias.clone(), promoted(Decision::nothing(), person.id));
    }
    if let Some(former) = &view.former {
        let back = Decision::nothing().change(Change::PersonBack(former.id));
        return (former.id, former.alias.clone(), promoted(back, former.id));
    }
    let new = Person::new(ctx.ids.make(), community.id, ctx.ids.make(), view.free_alias.clone());
    let person = Person { coordinator: founds, ..new };
    let (id, alias) = (person.id, person.alias.clone());
    (id, alias, Decision::nothing().change(Change::AddPerson { person: Box::new(person), account: scope.account.id, at: ctx.now }))
}

/// "Join", for who is shown how.
pub fn join_button() -> Button {
    Button::command(Msg::new("people-button-join"), Command::Join, "")
}
