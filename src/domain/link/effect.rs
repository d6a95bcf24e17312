//! The day is over: two sides become one, unless something changed meanwhile.

use super::{ACCOUNTS_MAX, Change, Link, Linked, Merge, Pending, Side, settings_button};
use crate::domain::{
    command::Command,
    decision::{self, Audience, Context, Decision},
    ids::{CommunityId, PersonId},
    ledger::{self, ArrivalView, Party, Pen, SOLIDARITY_FUND},
    message::{Content, Msg},
    scope::{Membership, Person, Role},
    session::{self, Money, Roll},
    time::Timestamp,
};

/// What the store must load for it.
#[derive(Clone, PartialEq, Debug)]
pub struct EffectView {
    /// The link, with both of its sides.
    pub pending: Pending,
    /// Somebody of either side left a community, or was removed from one, since both agreed.
    pub left_meanwhile: bool,
    /// One side is a person of a community in which the other was told not to come back by themself.
    pub is_barred: bool,
    /// The communities in which both are a person.
    pub pairs: Vec<Pair>,
    /// The communities in which one side is a person and the other is none, and what waited there for an account that had none.
    pub singles: Vec<Single>,
}

/// A community in which both sides are a person.
#[derive(Clone, PartialEq, Debug)]
pub struct Pair {
    /// The older one.
    pub keep: Held,
    /// The younger one.
    pub gone: Held,
    /// The open sessions in which both have a part.
    pub rolls: Vec<(Roll, Money)>,
    /// The lowest balance of a person here.
    pub floor_credits: i64,
    /// What the solidarity fund holds.
    pub solidarity_credits: i64,
    /// The number of the next transfer here.
    pub next_transfer: i64,
}

/// A person, gone or not, with what they hold.
#[derive(Clone, PartialEq, Debug)]
pub struct Held {
    /// Who.
    pub person: Person,
    /// When they left.
    pub left_at: Option<Timestamp>,
    /// What their ledger account holds.
    pub credits: i64,
    /// They are the person of the side that asked for the code.
    pub asking: bool,
}

/// A community in which one side is a person.
#[derive(Clone, PartialEq, Debug)]
pub struct Single {
    /// Which.
    pub community: CommunityId,
    /// Who.
    pub person: PersonId,
    /// What waits there for each account that is now this person.
    pub arrivals: Vec<ArrivalView>,
}

/// Links, or tells both that nothing happened.
pub fn takes_effect(view: &EffectView, ctx: &mut Context) -> Decision {
    let link = &view.pending.link;
    if link.effect.is_none_or(|effect| effect > ctx.now) {
        return Decision::nothing();
    }
    let (Some(asking), Some(typing)) = (&view.pending.asking, &view.pending.typing) else { return off(&view.pending) };
    let accounts: Vec<&Linked> = asking.accounts.iter().chain(&typing.accounts).collect();
    let is_possible = !view.left_meanwhile
        && !view.is_barred
        && !asking.is_closed
        && !typing.is_closed
        && (asking.takes_part || typing.takes_part)
        && !asking.has(typing.account)
        && accounts.len() <= ACCOUNTS_MAX;
    if !is_possible {
        return off(&view.pending);
    }
    let mut decision = Decision::nothing();
    for pair in &view.pairs {
        decision = decision.and(merge(pair, ctx));
    }
    for single in &view.singles {
        decision = decision.and(arrive(single, ctx));
    }
    let persons = view.pairs.iter().map(|pair| (pair.keep.person.community, pair.keep.person.id));
    let unite = Change::Unite {
        set: link.id,
        accounts: accounts.iter().map(|linked| linked.account).collect(),
        persons: persons.chain(view.singles.iter().map(|single| (single.community, single.person))).collect(),
        at: ctx.now,
    };
    let decision = decision.change(unite).change(Change::End(link.id));
    told(view, link, [asking, typing], decision)
}

/// Nothing is linked; each side that is still there is told, and not what changed on the other.
pub(super) fn off(pending: &Pending) -> Decision {
    super::tell_all(Decision::nothing().change(Change::End(pending.link.id)), pending, None, |_| {
        Content::from(vec![Msg::new("link-news"), Msg::new("link-off").with("link-command", Command::Link)])
    })
}

fn merge(pair: &Pair, ctx: &mut Context) -> Decision {
    let (keep, gone) = (&pair.keep.person, &pair.gone.person);
    let mut decision = session::merge::on_merge(&pair.rolls, keep, gone, pair.next_transfer, ctx);
    let solidarity = Party::Fund(SOLIDARITY_FUND.to_owned());
    let view = ledger::merge::MergeView {
        keep: keep.ledger,
        keep_credits: pair.keep.credits.saturating_add(gained(&decision, &Party::Person(keep.ledger))),
        gone: gone.ledger,
        gone_credits: pair.gone.credits.saturating_add(gained(&decision, &Party::Person(gone.ledger))),
        floor_credits: pair.floor_credits,
        solidarity_credits: pair.solidarity_credits.saturating_add(gained(&decision, &solidarity)),
    };
    let mut pen = Pen::new(keep.community, pair.next_transfer.saturating_add(transfers(&decision).count().try_into().unwrap_or(i64::MAX)));
    for change in ledger::merge::on_merge(&view, &mut pen, ctx) {
        decision = decision.change(change);
    }
    let (keep, left_at) = merged(&pair.keep, &pair.gone);
    decision.change(Change::Merge(Box::new(Merge { keep, left_at, gone: gone.id })))
}

/// What waited for an account that is somebody now.
fn arrive(single: &Single, ctx: &mut Context) -> Decision {
    let mut decision = Decision::nothing();
    for arrival in &single.arrivals {
        let taken = i64::try_from(transfers(&decision).count()).unwrap_or(i64::MAX);
        let arrival = ArrivalView { next_number: arrival.next_number.saturating_add(taken), ..arrival.clone() };
        decision = decision.and(ledger::on_arrival(&arrival, ctx));
    }
    decision
}

/// Both in one: the older one's name and choices, the higher of two roles, the earlier of two dates.
fn merged(keep: &Held, gone: &Held) -> (Person, Option<Timestamp>) {
    let (one, other) = (keep.person.clone(), gone.person.clone());
    let mut memberships: Vec<Membership> = one.memberships;
    for membership in other.memberships {
        match memberships.iter_mut().find(|known| known.group == membership.group) {
            Some(known) => {
                known.role = known.role.max(membership.role).min(Role::Facilitator);
                known.since = known.since.min(membership.since);
            }
            None => memberships.push(membership),
        }
    }
    let person = Person {
        language: one.language.or(other.language),
        zone: one.zone.or(other.zone),
        country: one.country.or(other.country),
        paused_until: one.paused_until.max(other.paused_until),
        coordinator: one.coordinator || other.coordinator,
        profile: if one.profile.is_empty() { other.profile } else { one.profile },
        memberships,
        ..keep.person.clone()
    };
    // Whoever is still there on one side is there.
    (person, keep.left_at.zip(gone.left_at).map(|(one, other)| one.max(other)))
}

/// Every account learns that it is done, how it is called now, and whether a seat went back.
fn told(view: &EffectView, link: &Link, sides: [&Side; 2], mut decision: Decision) -> Decision {
    let seats = freed_seats(&decision);
    for side in sides {
        let is_asking = side.account == link.asking;
        let beyond = if is_asking { sides[1] } else { sides[0] };
        let mut lines =
            vec![Msg::new("link-news"), Msg::new("link-done").with("other-platform", beyond.platform.name()), Msg::new("link-done-means")];
        let renamed = view.pairs.iter().filter(|pair| pair.gone.asking == is_asking && pair.gone.person.alias != pair.keep.person.alias);
        lines.extend(renamed.map(|pair| Msg::new("link-alias").with("alias", pair.keep.person.alias.as_str())));
        if seats > 0 {
            lines.push(Msg::new("link-seats").with("count", seats));
        }
        lines.push(Msg::new("link-undo").with("settings", Command::Settings));
        let content = Content::from(lines).buttons([settings_button()]);
        for linked in &side.accounts {
            decision = decision.notify(Audience::Account(linked.account), content.clone());
        }
    }
    decision
}

/// The places of the two that were one too many.
fn freed_seats(decision: &Decision) -> i64 {
    let is_freed = |change: &&decision::Change| matches!(change, decision::Change::Session(session::Change::Booking(booking)) if booking.state == session::BookingState::Cancelled);
    i64::try_from(decision.changes.iter().filter(is_freed).count()).unwrap_or(i64::MAX)
}

fn transfers(decision: &Decision) -> impl Iterator<Item = &ledger::Transfer> {
    decision.changes.iter().filter_map(|change| match change {
        decision::Change::Ledger(ledger::Change::Transfer(transfer)) => Some(transfer),
        _ => None,
    })
}

/// What these transfers add to an account.
fn gained(decision: &Decision, party: &Party) -> i64 {
    let sign = |transfer: &ledger::Transfer| i64::from(transfer.to == *party) - i64::from(transfer.from == *party);
    transfers(decision).map(|transfer| sign(transfer) * transfer.amount_credits).sum()
}
