//! `/setup`: a room becomes a group's, at once and with sensible defaults; codes for further rooms and groups.

use chrono::TimeDelta;

use super::{
    Change, CommunitySetting,
    code::{self, Code, Opens},
    join, role, steps,
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    hear::Call,
    ids::{AccountId, CommunityId, GroupId, RoomId},
    message::{Button, Content, Msg, Press, Value},
    scope::{Community, Group, LateRule, Person, Place, Role, Scope},
    timer::Wake,
};

/// How the bot calls itself.
const BOT: &str = "entraide";

/// How long the place of the first coordinator waits for who set the room up.
const FOUNDER_HOURS: i64 = 24;

/// What the store must load.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SetupView {
    /// What the typed code opens; `None` where it is unknown, used or too old.
    pub opened: Option<Opened>,
    /// The community of the scope has a coordinator.
    pub has_coordinator: bool,
}

/// What a code opens, and for whom.
#[derive(Clone, PartialEq, Debug)]
pub struct Opened {
    /// Whose code.
    pub community: Community,
    /// What it opens.
    pub opens: Opens,
    /// The asker's person in that community.
    pub person: Option<Person>,
}

/// The code after the command word: `None` where there is none, `Some(None)` where it can be no code.
pub fn parse(call: &Call) -> Option<Option<Code>> {
    (!call.rest.is_empty()).then(|| Code::read(&call.rest))
}

/// Sets the room up, opens it with a code, or says that it is set up already.
pub fn setup(scope: &Scope, view: &SetupView, code: Option<Option<Code>>, ctx: &mut Context) -> Outcome {
    let Place::Room(room) = scope.place else {
        return Err(Msg::new("setup-in-direct").with("setup", Command::Setup).into());
    };
    if !scope.is_admin {
        return Err(Msg::new("not-allowed-admin").with("menu", Command::Menu).into());
    }
    match (&scope.community, &scope.group, code) {
        (Some(community), Some(group), _) => Ok(again(scope, view, community, group, ctx)),
        (_, _, Some(code)) => match (code, &view.opened) {
            (Some(code), Some(opened)) => Ok(open(room, opened, code, ctx)),
            _ => Err(bad_code()),
        },
        (_, _, None) => Ok(begin(scope, room, ctx)),
    }
}

/// One answer for a wrong, a used and an expired code.
fn bad_code() -> Refusal {
    Msg::new("people-setup-bad-code").with("setup", Command::Setup).with("settings", Command::Settings).into()
}

/// A community, its first group and the room, at once; the consent is the first question.
fn begin(scope: &Scope, room: RoomId, ctx: &mut Context) -> Decision {
    let community = Community {
        id: ctx.ids.make(),
        language: scope.language.clone(),
        zone: scope.zone,
        country: scope.country.clone(),
        name: None,
        contact: None,
        founder: Some(scope.account.id),
        floor_credits: 0,
        corrections_below_floor: false,
        credits: Default::default(),
        late_rule: LateRule::Return,
        charter: None,
    };
    let group = Group::new(ctx.ids.make(), community.id);
    let consent = join::ask(scope, &community, group.id, ctx);
    Decision::nothing()
        .change(Change::AddCommunity(Box::new(community.clone())))
        .change(Change::AddGroup(group.clone()))
        .change(Change::BindRoom { room, group: group.id })
        .say(Audience::Room(room), welcome(&community), Manner::Notice)
        .and(consent)
        .and(founder_waits(&community, scope.account.id, ctx))
}

/// The place of the first coordinator is kept for who set the room up, for a while.
fn founder_waits(community: &Community, account: AccountId, ctx: &mut Context) -> Decision {
    let until = ctx.now.plus(TimeDelta::hours(FOUNDER_HOURS));
    Decision::nothing().wake(ctx, until, Wake::FounderSilent { community: community.id, account })
}

/// The place is free again where who was asked has not answered by now.
pub fn founder_silent(community: &Community, account: AccountId) -> Decision {
    match community.founder {
        Some(founder) if founder == account => Decision::nothing().change(Change::Community(community.id, CommunitySetting::Founder(None))),
        Some(_) | None => Decision::nothing(),
    }
}

/// The room is a group's already: nobody becomes a coordinator by this while there is one. While there is none, whoever
/// administers the room may take the place, also of somebody who was asked before and has not answered.
fn again(scope: &Scope, view: &SetupView, community: &Community, group: &Group, ctx: &mut Context) -> Decision {
    let already = Msg::new("people-setup-already");
    if view.has_coordinator {
        let said = Decision::answer(match &scope.person {
            Some(person) if person.coordinator => {
                Content::from(vec![already, Msg::new("people-setup-more-codes")]).buttons([codes_button()])
            }
            Some(person) if person.role_in(group.id).is_some() => Content::from(vec![already, Msg::new("people-setup-you-are-in")]),
            _ => Content::from(vec![already, Msg::new("people-setup-how-to-join").with("join", Command::Join)])
                .buttons([join::join_button()]),
        });
        let coordinates = scope.person.as_ref().is_some_and(|person| person.coordinator);
        return if coordinates { said.and(steps::begin(scope.account.id, community, ctx)) } else { said };
    }
    if let Some(person) = &scope.person {
        return Decision::nothing()
            .change(Change::SetCoordinator { person: person.id, coordinator: true })
            .change(Change::Community(community.id, CommunitySetting::Founder(None)))
            .and(ready(scope, community, group.id, ctx));
    }
    Decision::nothing()
        .change(Change::Community(community.id, CommunitySetting::Founder(Some(scope.account.id))))
        .and(join::ask(scope, community, group.id, ctx))
        .and(founder_waits(community, scope.account.id, ctx))
}

/// A code was typed in a room that is nobody's yet.
fn open(room: RoomId, opened: &Opened, code: Code, ctx: &mut Context) -> Decision {
    let used = Decision::nothing().change(Change::UseCode { code, at: ctx.now });
    let community = &opened.community;
    let (group, decision) = match opened.opens {
        Opens::Room(group) => (group, used),
        Opens::Group => {
            let group = Group::new(ctx.ids.make(), community.id);
            (group.id, used.change(Change::AddGroup(group)))
        }
    };
    let decision = decision.change(Change::BindRoom { room, group }).say(Audience::Room(room), welcome(community), Manner::Notice);
    let opened_line = match opened.opens {
        Opens::Room(_) => Msg::new("people-setup-room-added"),
        Opens::Group => Msg::new("people-setup-group-added"),
    };
    match &opened.person {
        Some(person) => {
            let is_in = person.memberships.iter().any(|m| m.group == group);
            let decision = match (opened.opens, is_in) {
                (Opens::Group, false) => {
                    decision.change(Change::AddMembership { person: person.id, group, role: Role::Member, since: ctx.now })
                }
                (Opens::Group, true) | (Opens::Room(_), _) => decision,
            };
            let naming = (person.coordinator && opened.opens == Opens::Group).then(name_group_button);
            decision.tell(Audience::Asker, Content::from(opened_line).buttons(naming))
        }
        None => decision.tell(
            Audience::Asker,
            Content::from(vec![opened_line, Msg::new("people-setup-how-to-join").with("join", Command::Join)])
                .buttons([join::join_button()]),
        ),
    }
}

/// The first words in a group, said once in each of its rooms.
fn welcome(community: &Community) -> Content {
    let text = Msg::new("care-welcome").with("bot", BOT).with("association", association(Some(community))).with("sos", Command::Sos);
    Content::from(text).buttons([Button { label: Msg::new("care-welcome-button-private"), press: Press::OpenPrivate }])
}

/// Who runs the group, in the care texts.
pub fn association(community: Option<&Community>) -> Value {
    match community.and_then(|c| c.name.clone()) {
        Some(name) => Value::Text(name),
        None => Msg::new("care-association-unknown").into(),
    }
}

/// What the new coordinator is told: the two codes, and what can be refined; then what is missing is asked.
pub(super) fn ready(scope: &Scope, community: &Community, group: GroupId, ctx: &mut Context) -> Decision {
    let (decision, codes) = new_codes(community.id, group, ctx);
    let mut lines = vec![Msg::new("people-setup-ready"), Msg::new("people-setup-coordinator").with("sos", Command::Sos)];
    lines.extend(codes);
    lines.push(Msg::new("people-setup-refine").with("settings", Command::Settings));
    lines.extend(role::second(1));
    let decision = decision.say(Audience::Asker, Content::from(lines).buttons(refine_buttons()), Manner::Care);
    decision.and(steps::begin(scope.account.id, community, ctx))
}

/// `/settings codes`: two new codes for a coordinator; older ones end by themselves.
pub fn codes(scope: &Scope, ctx: &mut Context) -> Outcome {
    let (Some(community), Some(group)) = (&scope.community, &scope.group) else {
        return Err(Msg::new("no-group").into());
    };
    let (decision, lines) = new_codes(community.id, group.id, ctx);
    let mut all = vec![Msg::new("people-codes")];
    all.extend(lines);
    Ok(decision.say(Audience::Asker, all, Manner::Care))
}

/// Two codes to store and the lines that show them.
fn new_codes(community: CommunityId, group: GroupId, ctx: &mut Context) -> (Decision, Vec<Msg>) {
    let until = ctx.now.plus(TimeDelta::hours(code::LIFE_HOURS));
    let (for_room, for_group) = (Code::make(ctx), Code::make(ctx));
    let shown = |msg: Msg, code: &Code| msg.with("setup", Command::Setup).with("code", code.to_string());
    let lines = vec![
        shown(Msg::new("people-code-room"), &for_room),
        shown(Msg::new("people-code-group"), &for_group),
        Msg::new("people-code-until").with("when", Value::Moment(until)),
    ];
    let decision = Decision::nothing()
        .change(Change::AddCode { code: for_room, community, opens: Opens::Room(group), until })
        .change(Change::AddCode { code: for_group, community, opens: Opens::Group, until });
    (decision, lines)
}

/// New codes, for coordinators.
pub(super) fn codes_button() -> Button {
    Button::command(Msg::new("people-button-codes"), Command::Settings, "codes")
}

fn name_group_button() -> Button {
    Button::command(Msg::new("people-button-group-name"), Command::Settings, "groupe")
}

/// What a coordinator may refine, a button each; also under `/settings`.
pub(super) fn refine_buttons() -> Vec<Button> {
    [
        (Msg::new("people-button-association"), "association"),
        (Msg::new("people-button-contact"), "contact"),
        (Msg::new("people-button-group-name"), "groupe"),
        (Msg::new("people-button-community-language"), "langue"),
        (Msg::new("people-button-community-zone"), "fuseau"),
        (Msg::new("people-button-community-country"), "pays"),
        (Msg::new("people-button-charter"), "charte"),
        (Msg::new("rules-button"), "credits"),
        (Msg::new("profile-button-group-topics"), "themes"),
    ]
    .into_iter()
    .map(|(label, rest)| Button::command(label, Command::Settings, rest))
    .collect()
}
