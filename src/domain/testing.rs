//! What the tests of the features share: a scope to begin with, and a decision in a few words.

use super::{
    decision::{Act, Audience, Context, Decision, Manner, Outcome},
    event::Platform,
    ids::IdSource,
    message::{Content, Value},
    people::consent::{Consents, Entry, Purpose, Step},
    scope::{Account, Community, Group, LateRule, Membership, Person, Place, Role, Scope},
    time::{Timestamp, Zone},
};
use uuid::Uuid;

/// Tuesday 1 December 2026, 18:00 in Paris.
pub(crate) const NOW: Timestamp = Timestamp::from_micros(1_796_144_400_000_000);

/// An id that says which.
pub(crate) fn id<T: From<Uuid>>(n: u128) -> T {
    T::from(Uuid::from_u128(n))
}

/// The context of an event at [`NOW`].
pub(crate) fn context() -> Context {
    Context { now: NOW, ids: IdSource::new([9; 32], NOW) }
}

/// A community in French, without a name.
pub(crate) fn community() -> Community {
    Community {
        id: id(1),
        language: "fr".into(),
        zone: Zone::PARIS,
        country: None,
        name: None,
        contact: None,
        founder: None,
        floor_credits: 0,
        corrections_below_floor: false,
        credits: Default::default(),
        late_rule: LateRule::Return,
        charter: None,
    }
}

/// Its group.
pub(crate) fn group() -> Group {
    Group::new(id(2), id(1))
}

/// A person with a role in that group.
pub(crate) fn person(n: u128, alias: &str, role: Role) -> Person {
    Person {
        coordinator: role == Role::Coordinator,
        consents: agreed(&[Purpose::Participation]),
        memberships: vec![Membership { group: id(2), role: role.min(Role::Facilitator), since: Timestamp::from_micros(0) }],
        ..Person::new(id(n), id(1), id(n + 1000), alias)
    }
}

/// The consents of somebody who agreed to these purposes.
pub(crate) fn agreed(purposes: &[Purpose]) -> Consents {
    let entry = |purpose: &Purpose| Entry { purpose: *purpose, step: Step::Given, version: purpose.version(), at: NOW };
    purposes.iter().map(entry).collect()
}

/// Nadia in the group's room, without or with a role there.
pub(crate) fn scope(role: Option<Role>) -> Scope {
    Scope {
        account: Account {
            id: id(3),
            platform: Platform::Terminal,
            shown_name: "Nadia".into(),
            language: None,
            country: None,
            discreet: Default::default(),
        },
        place: Place::Room(id(4)),
        community: Some(community()),
        group: Some(group()),
        person: role.map(|role| person(5, "Nadia", role)),
        language: "fr".into(),
        zone: Zone::PARIS,
        country: Some("FR".into()),
        is_admin: false,
    }
}

/// Nadia in her direct room.
pub(crate) fn direct(role: Option<Role>) -> Scope {
    Scope { place: Place::Direct, ..scope(role) }
}

/// Everything that a decision says and does, a line each: `me: id id (button) (button)`.
pub(crate) fn shown(outcome: &Outcome) -> Vec<String> {
    match outcome {
        Ok(decision) => decision.acts.iter().map(act).collect(),
        Err(refusal) => vec![format!("no: {}", content(&refusal.0))],
    }
}

fn act(act: &Act) -> String {
    match act {
        Act::Say { to, content: what, manner } => format!("{}{}: {}", to_whom(*to), how(*manner), content(what)),
        Act::Card { to, content: what, .. } => format!("card {}: {}", to_whom(*to), content(what)),
        Act::DeleteAsked | Act::DeleteTyped => "delete".into(),
        Act::Unsay(_, message) => format!("unsay {}", message.0),
        Act::React(emoji) => format!("react {emoji}"),
        Act::Answer(msg) => format!("answer {}", msg.id),
    }
}

fn how(manner: Manner) -> &'static str {
    match manner {
        Manner::Answer => "",
        Manner::Care => "!",
        Manner::Notice => "~",
    }
}

fn to_whom(to: Audience) -> String {
    match to {
        Audience::Asker => "me".into(),
        Audience::SameRoom => "here".into(),
        Audience::Room(room) => format!("room {}", room.0.as_u128()),
        Audience::Group(group) => format!("group {}", group.0.as_u128()),
        Audience::Account(account) => format!("account {}", account.0.as_u128()),
        Audience::Private(person) => format!("person {}", person.0.as_u128()),
        Audience::Staff(group) => format!("staff {}", group.0.as_u128()),
    }
}

fn content(content: &Content) -> String {
    let lines: Vec<&str> = content.lines.iter().map(|line| line.id.as_ref()).collect();
    let buttons: Vec<String> = content.buttons.iter().map(|button| format!("({})", button.label.id)).collect();
    [lines.join(" "), buttons.join("")].join(" ").trim().to_owned()
}

/// The text value of the first message argument called `name`.
pub(crate) fn text_of(decision: &Decision, name: &str) -> Option<String> {
    decision.acts.iter().find_map(|act| match act {
        Act::Say { content, .. } | Act::Card { content, .. } => {
            content.lines.iter().flat_map(|line| &line.args).find_map(|(key, value)| match value {
                Value::Text(text) if key == name => Some(text.clone()),
                _ => None,
            })
        }
        Act::DeleteAsked | Act::DeleteTyped | Act::Unsay(..) | Act::React(_) | Act::Answer(_) => None,
    })
}
