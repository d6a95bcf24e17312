//! What the ledger's tests share: people, a scope, a clock that stands still.

mod arrivals;
mod corrections;
mod gifts;
mod histories;
mod issues;
mod journals;
mod limits;
mod months;
mod rules;
mod statements;

use uuid::Uuid;

use super::{Change, Target, TargetPerson, Transfer, WaitingGift};
use crate::domain::{
    command::Command,
    decision::{Act, Audience, Change as AnyChange, Context, Decision, Refusal},
    event::Platform,
    hear::Call,
    ids::{AccountId, CommunityId, GroupId, IdSource, LedgerAccountId, PersonId},
    message::{Content, Msg, Value},
    scope::{Account, Community, LateRule, Membership, Person, Place, Role, Scope},
    time::{Timestamp, Zone},
};

/// Tuesday 1 December 2026, 18:00 in Paris.
pub(in crate::domain::ledger) const NOW: Timestamp = Timestamp::from_micros(1_796_144_400_000_000);

pub(in crate::domain::ledger) const COMMUNITY: CommunityId = CommunityId(Uuid::from_u128(1));
const GROUP: GroupId = GroupId(Uuid::from_u128(2));

/// The context of the `n`-th event.
pub(in crate::domain::ledger) fn context(n: u8) -> Context {
    Context { now: NOW, ids: IdSource::new([n; 32], NOW) }
}

pub(in crate::domain::ledger) fn person_id(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(100 + n))
}

pub(in crate::domain::ledger) fn ledger_id(n: u128) -> LedgerAccountId {
    LedgerAccountId(Uuid::from_u128(200 + n))
}

/// The `n`-th person of the community speaks in a direct room; the first one is a coordinator.
pub(in crate::domain::ledger) fn scope(n: u128) -> Scope {
    let account = AccountId(Uuid::from_u128(300 + n));
    let person = Person {
        coordinator: n == 1,
        memberships: vec![Membership { group: GROUP, role: Role::Member, since: NOW }],
        ..Person::new(person_id(n), COMMUNITY, ledger_id(n), format!("Alias {n}"))
    };
    Scope {
        account: Account {
            id: account,
            platform: Platform::Terminal,
            shown_name: format!("Name {n}"),
            language: None,
            country: None,
            discreet: Default::default(),
        },
        place: Place::Direct,
        community: Some(community()),
        group: None,
        person: Some(person),
        language: "fr".into(),
        zone: Zone::PARIS,
        country: None,
        is_admin: false,
    }
}

fn community() -> Community {
    Community {
        id: COMMUNITY,
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

pub(in crate::domain::ledger) fn call(command: Command, rest: &str) -> Call {
    Call::new(command, rest)
}

/// The transfers of a decision, in order.
pub(in crate::domain::ledger) fn transfers(decision: &Decision) -> Vec<&Transfer> {
    decision
        .changes
        .iter()
        .filter_map(|change| match change {
            AnyChange::Ledger(Change::Transfer(transfer)) => Some(transfer),
            _ => None,
        })
        .collect()
}

/// What a decision lets wait.
pub(in crate::domain::ledger) fn waiting(decision: &Decision) -> Vec<&WaitingGift> {
    decision
        .changes
        .iter()
        .filter_map(|change| match change {
            AnyChange::Ledger(Change::GiftWaits(gift)) => Some(gift),
            _ => None,
        })
        .collect()
}

/// The `n`-th person as somebody's target.
pub(in crate::domain::ledger) fn target(n: u128) -> Target {
    Target::Person(TargetPerson { id: person_id(n), ledger: ledger_id(n) })
}

/// What a decision says to `to`.
pub(in crate::domain::ledger) fn said(decision: &Decision, audience: Audience) -> Vec<Content> {
    decision
        .acts
        .iter()
        .filter_map(|act| match act {
            Act::Say { to, content, .. } if *to == audience => Some(content.clone()),
            _ => None,
        })
        .collect()
}

/// A content as one line: message ids with the values that were put in.
pub(in crate::domain::ledger) fn shown(content: &Content) -> String {
    let lines: Vec<String> = content.lines.iter().map(shown_msg).collect();
    lines.join(" | ")
}

/// A refusal as [`shown`].
pub(in crate::domain::ledger) fn shown_refusal(refusal: &Refusal) -> String {
    shown(&refusal.0)
}

fn shown_msg(msg: &Msg) -> String {
    let values: Vec<String> = msg.args.iter().map(|(_, value)| shown_value(value)).collect();
    let id = msg.id.strip_prefix("credits-").unwrap_or(&msg.id);
    if values.is_empty() { id.to_owned() } else { format!("{id}({})", values.join(", ")) }
}

fn shown_value(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Command(command) => format!("/{}", command.name()),
        Value::Day(day) => day.to_string(),
        Value::Msg(msg) => shown_msg(msg),
        Value::Msgs(msgs) => msgs.iter().map(shown_msg).collect::<Vec<_>>().join("; "),
        Value::Guarded(open, _) => shown_value(open),
        other => format!("{other:?}"),
    }
}
