//! Two persons become one: of two places in one session one stays, and who holds a session has no seat in it.

use super::{Booking, BookingState, Money, Roll, depart::transfers, desk::Desk, settle};
use crate::domain::{
    decision::{Context, Decision},
    ids::PersonId,
    scope::Person,
};

/// Gives back what one human needs only once, whole and to who paid it; a freed seat goes to who waits first.
/// The rolls are those of the open sessions in which both have a part.
pub fn on_merge(rolls: &[(Roll, Money)], keep: &Person, gone: &Person, mut next_transfer: i64, ctx: &mut Context) -> Decision {
    let mut decision = Decision::nothing();
    for (roll, money) in rolls {
        let money = Money { next_transfer, ..money.clone() };
        let mut desk = Desk::open(roll, &money, Some(keep.id), ctx);
        for booking in &superfluous(roll, keep.id, gone.id) {
            desk.pay(settle::refund(booking));
            desk.set(booking, BookingState::Cancelled);
        }
        desk.offer_freed();
        let one = desk.close();
        next_transfer += transfers(&one);
        decision = decision.and(one);
    }
    decision
}

/// The places that are one too many.
fn superfluous(roll: &Roll, keep: PersonId, gone: PersonId) -> Vec<Booking> {
    let mut theirs: Vec<&Booking> =
        roll.bookings.iter().filter(|booking| [keep, gone].contains(&booking.person)).filter(|booking| worth(booking).is_some()).collect();
    theirs.sort_by_key(|booking| (worth(booking), booking.order));
    let holds = [keep, gone].contains(&roll.session.host);
    theirs.into_iter().skip(usize::from(!holds)).cloned().collect()
}

/// A seat is worth more than an offer of one, and that more than waiting; what is settled is left as it is.
fn worth(booking: &Booking) -> Option<u8> {
    match booking.state {
        BookingState::Booked => Some(0),
        BookingState::Offered => Some(1),
        BookingState::Waiting => Some(2),
        BookingState::Attended | BookingState::Absent | BookingState::Cancelled | BookingState::Lapsed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        decision::Change,
        ledger,
        scope::{Membership, Role},
        session::{
            Change as SessionChange,
            testing::{GROUP, NOW, booking, ledger_id, person_id, session},
        },
    };

    const MONEY: Money = Money {
        next_transfer: 7,
        solidarity_credits: 0,
        reward_fund: String::new(),
        reward_credits: 0,
        reward_issuable_credits: 0,
        host_earned_credits: 0,
        host_month_credits: 60,
    };

    fn person(n: u128) -> Person {
        let membership = Membership { group: GROUP, role: Role::Member, since: NOW };
        Person {
            id: person_id(n),
            ledger: ledger_id(n),
            memberships: vec![membership],
            ..crate::domain::testing::person(n, "Nadia", Role::Member)
        }
    }

    /// What is left of the places of 2 and 3 (and 4, a stranger) after 2 and 3 became one, and what went back to whom.
    fn check(host: u128, bookings: &[(u128, BookingState)], left: &[(u128, BookingState)], back: &[u128]) {
        let roll = Roll {
            session: super::super::Session { host: person_id(host), ..session() },
            bookings: bookings.iter().map(|(n, state)| booking(*n, *state)).collect(),
            apart: vec![],
        };
        let mut ctx = crate::domain::testing::context();
        ctx.now = NOW;
        let decision = on_merge(&[(roll.clone(), MONEY)], &person(2), &person(3), 7, &mut ctx);
        let mut after = roll;
        let mut refunded = Vec::new();
        for change in &decision.changes {
            match change {
                Change::Session(SessionChange::Booking(booking)) => after.put(booking.clone()),
                Change::Ledger(ledger::Change::Transfer(transfer)) => {
                    assert_eq!((transfer.kind, transfer.number), (ledger::Kind::Refund, 7 + refunded.len() as i64));
                    refunded.push(transfer.to.clone());
                }
                other => panic!("{other:?}"),
            }
        }
        let live = |booking: &&Booking| worth(booking).is_some();
        let found: Vec<_> = after.bookings.iter().filter(live).map(|booking| (booking.person, booking.state)).collect();
        assert_eq!(found, left.iter().map(|(n, state)| (person_id(*n), *state)).collect::<Vec<_>>(), "{bookings:?}");
        assert_eq!(refunded, back.iter().map(|n| ledger::Party::Person(ledger_id(*n))).collect::<Vec<_>>(), "{bookings:?}");
    }

    #[test]
    fn of_two_places_the_better_stays_and_the_other_is_paid_back() {
        use BookingState::{Booked, Cancelled, Offered, Waiting};
        check(1, &[(2, Booked), (3, Booked)], &[(2, Booked)], &[3]);
        check(1, &[(2, Waiting), (3, Booked)], &[(3, Booked)], &[]);
        check(1, &[(2, Offered), (3, Booked)], &[(3, Booked)], &[]);
        check(1, &[(2, Waiting), (3, Offered)], &[(3, Offered)], &[]);
        check(1, &[(2, Cancelled), (3, Booked)], &[(3, Booked)], &[]);
        check(1, &[(2, Waiting), (3, Waiting), (4, Booked), (5, Booked)], &[(2, Waiting), (4, Booked), (5, Booked)], &[]);
        // Two seats: the freed one is offered to who waits.
        check(1, &[(2, Booked), (3, Booked), (4, Waiting)], &[(2, Booked), (4, Offered)], &[3]);
    }

    #[test]
    fn who_holds_the_session_keeps_no_seat_in_it() {
        use BookingState::{Booked, Waiting};
        check(2, &[(3, Booked)], &[], &[3]);
        check(3, &[(2, Booked), (4, Booked)], &[(4, Booked)], &[2]);
        check(2, &[(3, Waiting)], &[], &[]);
    }
}
