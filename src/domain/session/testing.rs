//! What the tests of sessions share: a group, its people, one session, a clock.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{Booking, BookingState, Money, Roll, Session, SessionKind, SessionState};
use crate::domain::{
    decision::{Act, Audience, Change as AnyChange, Context, Decision, Refusal},
    event::Platform,
    ids::{AccountId, BookingId, CommunityId, GroupId, IdSource, LedgerAccountId, PersonId, RoomId, SessionId},
    ledger::{self, Transfer},
    message::{Content, Msg, Value},
    scope::{Account, Community, Group, Late, LateRule, Membership, Person, Place, Role, Scope},
    time::{Timestamp, Zone},
};

/// Tuesday 24 November 2026, 12:00 in Paris: a week and six hours before the session.
pub(crate) const NOW: Timestamp = Timestamp::from_micros(1_795_518_000_000_000);

pub(crate) const COMMUNITY: CommunityId = CommunityId(Uuid::from_u128(1));
pub(crate) const GROUP: GroupId = GroupId(Uuid::from_u128(2));

/// The host of [`session`].
pub(crate) const HOST: u128 = 1;

pub(crate) fn person_id(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(100 + n))
}

pub(crate) fn ledger_id(n: u128) -> LedgerAccountId {
    LedgerAccountId(Uuid::from_u128(200 + n))
}

pub(super) fn account_id(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(300 + n))
}

/// The context of the `n`-th event, so many minutes after [`NOW`].
pub(super) fn context(n: u8, minutes: i64) -> Context {
    let now = NOW.plus(TimeDelta::minutes(minutes));
    Context { now, ids: IdSource::new([n; 32], now) }
}

/// Tuesday 1 December 2026, 18:00 in Paris, an hour and a half, two seats for one credit.
pub(crate) fn session() -> Session {
    let wall = "2026-12-01T18:00:00".parse().unwrap();
    let starts = Zone::PARIS.instant_or_later(wall);
    Session {
        id: SessionId(Uuid::from_u128(50)),
        community: COMMUNITY,
        group: GROUP,
        number: 12,
        kind: SessionKind::Circle,
        title: "Cercle du mardi".into(),
        wall,
        zone: Zone::PARIS,
        starts,
        length_minutes: 90,
        seats: 2,
        minimum: 0,
        price_credits: 1,
        reward_credits: 0,
        host: person_id(HOST),
        host_ledger: ledger_id(HOST),
        place: None,
        link: None,
        free_cancel_until: starts.minus(TimeDelta::hours(24)),
        book_until: None,
        confirmed: false,
        moved: None,
        revision: 0,
        series: None,
        shown_from: None,
        created: NOW,
        state: SessionState::Open,
    }
}

/// The `n`-th booking of [`session`], paid by the person.
pub(crate) fn booking(n: u128, state: BookingState) -> Booking {
    Booking {
        id: BookingId(Uuid::from_u128(400 + n)),
        session: session().id,
        person: person_id(n),
        ledger: ledger_id(n),
        state,
        order: i64::try_from(n).unwrap(),
        own_credits: i64::from(state == BookingState::Booked),
        solidarity_credits: 0,
        late: Late { to: LateRule::Solidarity, half: false },
        since: NOW,
        offer_until: None,
    }
}

pub(super) fn roll(bookings: Vec<Booking>) -> Roll {
    Roll { session: session(), bookings, apart: vec![] }
}

pub(super) fn money() -> Money {
    Money {
        next_transfer: 1,
        solidarity_credits: 0,
        reward_fund: ledger::GENERAL_FUND.into(),
        reward_credits: 0,
        reward_issuable_credits: i64::MAX,
        host_earned_credits: 0,
        host_month_credits: 60,
    }
}

/// The `n`-th person speaks in a direct room; the first one is a facilitator.
pub(crate) fn scope(n: u128) -> Scope {
    let role = if n == HOST { Role::Facilitator } else { Role::Member };
    let person = Person {
        memberships: vec![Membership { group: GROUP, role, since: NOW }],
        ..Person::new(person_id(n), COMMUNITY, ledger_id(n), format!("Alias {n}"))
    };
    let community = Community {
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
        late_rule: LateRule::Solidarity,
        charter: None,
    };
    let shown_name = format!("Name {n}");
    Scope {
        account: Account {
            id: account_id(n),
            platform: Platform::Terminal,
            shown_name,
            language: None,
            country: None,
            discreet: Default::default(),
        },
        place: Place::Direct,
        community: Some(community),
        group: Some(Group::new(GROUP, COMMUNITY)),
        person: Some(person),
        language: "fr".into(),
        zone: Zone::PARIS,
        country: None,
        is_admin: false,
    }
}

/// The `n`-th person speaks in the group's room.
pub(crate) fn in_group(n: u128) -> Scope {
    Scope { place: Place::Room(RoomId(Uuid::from_u128(3))), ..scope(n) }
}

/// The transfers of a decision, in order.
pub(super) fn transfers(decision: &Decision) -> Vec<&Transfer> {
    let transfer = |change| match change {
        &AnyChange::Ledger(ledger::Change::Transfer(ref transfer)) => Some(transfer),
        _ => None,
    };
    decision.changes.iter().filter_map(transfer).collect()
}

/// What a decision says to `to`.
pub(super) fn said(decision: &Decision, audience: Audience) -> Vec<Content> {
    decision
        .acts
        .iter()
        .filter_map(|act| match act {
            Act::Say { to, content, .. } if *to == audience => Some(content.clone()),
            _ => None,
        })
        .collect()
}

/// The card that a decision shows.
pub(super) fn card(decision: &Decision) -> Option<Content> {
    decision.acts.iter().find_map(|act| match act {
        Act::Card { content, .. } => Some(content.clone()),
        _ => None,
    })
}

/// A content as one line: message ids with their values, buttons in brackets.
pub(super) fn shown(content: &Content) -> String {
    let lines: Vec<String> = content.lines.iter().map(shown_msg).collect();
    let buttons: Vec<String> = content.buttons.iter().map(|button| format!("[{}]", shown_msg(&button.label))).collect();
    let file = content.file.iter().map(|file| format!(" <{}>", file.name)).collect::<String>();
    if buttons.is_empty() { lines.join(" | ") + file.as_str() } else { format!("{} {}{file}", lines.join(" | "), buttons.join(" ")) }
}

pub(super) fn shown_refusal(refusal: &Refusal) -> String {
    shown(&refusal.0)
}

fn shown_msg(msg: &Msg) -> String {
    let values: Vec<String> = msg.args.iter().map(|(_, value)| shown_value(value)).collect();
    let id = msg.id.strip_prefix("session-").unwrap_or(&msg.id);
    if values.is_empty() { id.to_owned() } else { format!("{id}({})", values.join(", ")) }
}

fn shown_value(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Link(text) => text.clone(),
        Value::Number(number) | Value::Minutes(number) => number.to_string(),
        Value::Command(command) => format!("/{}", command.name()),
        Value::Moment(at) => at.wall(Zone::PARIS).format("%d/%m %H:%M").to_string(),
        Value::Msg(msg) => shown_msg(msg),
        Value::Msgs(msgs) => msgs.iter().map(shown_msg).collect::<Vec<_>>().join("; "),
        Value::Guarded(open, _) => shown_value(open),
        other => format!("{other:?}"),
    }
}
