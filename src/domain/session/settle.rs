//! What moves when a seat is booked, given back, taken or left empty; each part of a price goes back to where it came from.

use super::{Booking, Session};
use crate::domain::{
    decision::Context,
    ids::{LedgerAccountId, PersonId},
    ledger::{AMOUNT_MAX, Kind, Party, Pen, SOLIDARITY_FUND, Transfer},
    scope::{Late, LateRule},
};

/// What the store knows of the credits that a session touches.
#[derive(Clone, PartialEq, Debug)]
pub struct Money {
    /// The number of the community's next transfer.
    pub next_transfer: i64,
    /// What the solidarity fund holds.
    pub solidarity_credits: i64,
    /// The fund that pays rewards on top.
    pub reward_fund: String,
    /// What it holds.
    pub reward_credits: i64,
    /// What may still be issued to it; `i64::MAX` where it has no budget.
    pub reward_issuable_credits: i64,
    /// What the session's host earned with sessions since the month began.
    pub host_earned_credits: i64,
    /// What a host may earn in a month; what is beyond waits until a coordinator decides.
    pub host_month_credits: i64,
}

impl Money {
    /// What the host may still earn this month.
    pub fn host_room_credits(&self) -> i64 {
        self.host_month_credits.saturating_sub(self.host_earned_credits).max(0)
    }
}

/// A transfer without its number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Move {
    /// Who loses.
    pub from: Party,
    /// Who gains.
    pub to: Party,
    /// Positive.
    pub amount_credits: i64,
    /// Why.
    pub kind: Kind,
}

/// Who pays how much of a price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Paid {
    /// The person.
    pub own_credits: i64,
    /// The solidarity fund.
    pub solidarity_credits: i64,
}

fn fund(name: &str) -> Party {
    Party::Fund(name.to_owned())
}

/// The move, unless it moves nothing.
fn some(from: Party, to: Party, amount_credits: i64, kind: Kind) -> Option<Move> {
    (amount_credits > 0).then_some(Move { from, to, amount_credits, kind })
}

/// Sets the price aside: the person pays what is free, the solidarity fund the rest, and what it lacks is issued to it.
pub fn price(session: &Session, from: LedgerAccountId, free_credits: i64, solidarity_credits: i64) -> (Paid, Vec<Move>) {
    let own_credits = session.price_credits.min(free_credits.max(0));
    let rest = session.price_credits - own_credits;
    let lacking = (rest - solidarity_credits.max(0)).max(0);
    let escrow = || Party::Escrow(session.id);
    let moves = [
        some(Party::Issuance, fund(SOLIDARITY_FUND), lacking, Kind::Issue),
        some(Party::Person(from), escrow(), own_credits, Kind::Booking),
        some(fund(SOLIDARITY_FUND), escrow(), rest, Kind::Booking),
    ];
    (Paid { own_credits, solidarity_credits: rest }, moves.into_iter().flatten().collect())
}

/// Gives a price back, each part to its source.
pub fn refund(booking: &Booking) -> Vec<Move> {
    let escrow = || Party::Escrow(booking.session);
    let own = some(escrow(), Party::Person(booking.ledger), booking.own_credits, Kind::Refund);
    let solidarity = some(escrow(), fund(SOLIDARITY_FUND), booking.solidarity_credits, Kind::Refund);
    own.into_iter().chain(solidarity).collect()
}

/// What a late cancellation or an absence costs: the price, half of it or nothing. It is the same whoever paid the price,
/// so that what a host gains tells nothing of a balance.
pub fn late_cost(booking: &Booking) -> i64 {
    match booking.late {
        Late { to: LateRule::Return, .. } => 0,
        Late { half: true, .. } => paid(booking) / 2,
        Late { half: false, .. } => paid(booking),
    }
}

/// What a late cancellation or an absence does with the price: what it costs goes by the rule, the rest back to its source.
/// What is beyond the host's month goes to solidarity: no session was held for it, so there is nothing to decide on.
pub fn late(booking: &Booking, host: LedgerAccountId, room_credits: i64) -> Vec<Move> {
    let cost = late_cost(booking);
    // The person's part is halved in their favour; solidarity bears the odd credit.
    let own_cost = if cost == paid(booking) { booking.own_credits } else { (booking.own_credits / 2).min(cost) };
    let own_credits = booking.own_credits - own_cost;
    let solidarity_credits = booking.solidarity_credits - (cost - own_cost);
    let mut moves = refund(&Booking { own_credits, solidarity_credits, ..booking.clone() });
    moves.extend(match booking.late.to {
        LateRule::Return => Vec::new(),
        LateRule::Solidarity => some(Party::Escrow(booking.session), fund(SOLIDARITY_FUND), cost, Kind::Late).into_iter().collect(),
        LateRule::Host => to_host(booking, cost, host, room_credits),
    });
    moves
}

/// What somebody's seat brings the host once it is known whether they came.
pub fn due(booking: &Booking, came: bool) -> i64 {
    match (came, booking.late.to) {
        (true, _) => paid(booking),
        (false, LateRule::Host) => late_cost(booking),
        (false, LateRule::Return | LateRule::Solidarity) => 0,
    }
}

/// Of what somebody's seat brings, what the host may still earn goes to the host; what is beyond stays in the escrow, for
/// [`beyond`]. The rest of an absent person's price goes where their rule says.
pub fn marked(booking: &Booking, came: bool, host: LedgerAccountId, room_credits: i64) -> Vec<Move> {
    let kind = if came { Kind::Attendance } else { Kind::Late };
    let due = due(booking, came);
    let earned = some(Party::Escrow(booking.session), Party::Person(host), due.min(room_credits.max(0)), kind);
    // With room for all of it, the late rule pays the host nothing beyond, and sends the rest back.
    let rest = if came { Vec::new() } else { late(booking, host, i64::MAX) };
    let others = rest.into_iter().filter(|one| one.to != Party::Person(host));
    others.chain(earned).collect()
}

/// What is beyond a host's month waits for a coordinator's decision.
pub fn beyond(from: Party, credits: i64) -> Vec<Move> {
    let (mut left, mut moves) = (credits, Vec::new());
    while left > 0 {
        let amount = left.min(AMOUNT_MAX);
        moves.extend(some(from.clone(), Party::WaitingGifts, amount, Kind::Attendance));
        left -= amount;
    }
    moves
}

/// The reward on top as far as the fund can give it: what the host may still earn of it, and what waits for a decision.
pub fn reward(session: &Session, money: &Money, room_credits: i64) -> (Vec<Move>, Vec<Move>) {
    let held = money.reward_credits.max(0);
    let affordable = held.saturating_add(money.reward_issuable_credits.max(0));
    let amount = session.reward_credits.min(affordable);
    let earned = amount.min(room_credits.max(0));
    let issue = some(Party::Issuance, fund(&money.reward_fund), (amount - held).max(0), Kind::Issue);
    let pay = some(fund(&money.reward_fund), Party::Person(session.host_ledger), earned, Kind::Attendance);
    (issue.into_iter().chain(pay).collect(), beyond(fund(&money.reward_fund), amount - earned))
}

/// What `host` gains by these moves.
pub fn gained(moves: &[Move], host: LedgerAccountId) -> i64 {
    moves.iter().filter(|one| one.to == Party::Person(host)).map(|one| one.amount_credits).sum()
}

fn to_host(booking: &Booking, credits: i64, host: LedgerAccountId, room_credits: i64) -> Vec<Move> {
    let escrow = || Party::Escrow(booking.session);
    let earned = credits.min(room_credits.max(0));
    let pay = some(escrow(), Party::Person(host), earned, Kind::Late);
    let beyond = some(escrow(), fund(SOLIDARITY_FUND), credits - earned, Kind::Late);
    pay.into_iter().chain(beyond).collect()
}

/// What a booking holds in the escrow.
pub fn paid(booking: &Booking) -> i64 {
    booking.own_credits + booking.solidarity_credits
}

/// The moves as numbered transfers about `session`, caused by `by`.
pub(super) fn entries(ctx: &mut Context, session: &Session, next_number: i64, moves: Vec<Move>, by: Option<PersonId>) -> Vec<Transfer> {
    let mut pen = Pen::new(session.community, next_number);
    let mut enter = |one: Move| {
        let mut transfer = pen.transfer(ctx, one.from, one.to, one.amount_credits, one.kind).about(session.id);
        transfer.by = by;
        transfer
    };
    moves.into_iter().map(&mut enter).collect()
}
