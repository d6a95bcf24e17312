//! What becomes of the seats and the sessions of somebody who is in the group no more: who left, who was removed.

use super::{Booking, Money, Roll, Session, SessionKind, SessionState, cancel, desk::Desk, erase, reminders, settle};
use crate::domain::{
    decision::{Change, Context, Decision},
    ids::LedgerAccountId,
    ledger::{self, Kind, Party},
    message::Msg,
    scope::Person,
    time::Timestamp,
};

/// How somebody goes.
#[derive(Clone, Copy)]
enum Way<'a> {
    /// By their own will, which counts as cancelling.
    Leaves,
    /// By another's: nothing is held against them, and their sessions go to the heir, where there is one.
    Removed(Option<&'a Person>),
}

/// The person left: their seats go back as by `/cancel`, their own sessions are called off.
/// The rolls are those of the open sessions to come in which the person is booked, waits, or is host, and of those that they
/// held and did not mark: nobody will say any more who came, so everything goes back.
pub fn on_leave(rolls: &[(Roll, Money)], person: &Person, ctx: &mut Context) -> Decision {
    depart(rolls, person, Way::Leaves, ctx)
}

/// The person was removed: their seats go back and cost nothing, offers pass on, and `heir` holds their sessions from now on.
/// What nobody else can hold is called off: a session for two, and everything where there is no heir.
pub fn on_removal(rolls: &[(Roll, Money)], person: &Person, heir: Option<&Person>, ctx: &mut Context) -> Decision {
    depart(rolls, person, Way::Removed(heir), ctx)
}

/// The sessions that would go to an heir.
pub fn to_hand_over<'a>(rolls: &'a [(Roll, Money)], person: &'a Person, now: Timestamp) -> impl Iterator<Item = &'a Session> {
    let theirs = move |session: &&Session| session.host == person.id && session.is_to_come(now) && can_be_handed_over(session);
    rolls.iter().map(|(roll, _)| &roll.session).filter(theirs)
}

/// Who comes to be listened to has chosen by whom.
pub(super) fn can_be_handed_over(session: &Session) -> bool {
    session.kind != SessionKind::Listening
}

fn depart(rolls: &[(Roll, Money)], person: &Person, way: Way<'_>, ctx: &mut Context) -> Decision {
    let mut decision = Decision::nothing();
    let mut next_transfer = rolls.iter().map(|(_, money)| money.next_transfer).max().unwrap_or(1);
    let now = ctx.now;
    let open = |roll: &Roll| roll.session.state == SessionState::Open && (roll.session.is_to_come(now) || roll.session.host == person.id);
    for (roll, money) in rolls.iter().filter(|(roll, _)| open(roll)) {
        let host_earned_credits = money.host_earned_credits.saturating_add(earned(&decision, roll.session.host_ledger));
        let money = Money { next_transfer, host_earned_credits, ..money.clone() };
        let by = match way {
            Way::Leaves => Some(person.id),
            Way::Removed(heir) => heir.map(|heir| heir.id),
        };
        let mut desk = Desk::open(roll, &money, by, ctx);
        let seat = roll.of(person.id).filter(|booking| booking.state.is_live());
        match way {
            _ if !roll.session.is_to_come(now) => erase::give_all_back(&mut desk, person.id),
            Way::Removed(Some(heir)) if roll.session.host == person.id && can_be_handed_over(&roll.session) => {
                hand_over(&mut desk, heir, seat);
            }
            _ if roll.session.host == person.id => cancel::withdraw_session(&mut desk, &cancel::Why::By(person.id, None)),
            Way::Leaves => seat.iter().for_each(|booking| cancel::give_back(&mut desk, booking, &money)),
            Way::Removed(_) => seat.iter().for_each(|booking| free(&mut desk, booking)),
        }
        let one = desk.close();
        next_transfer += transfers(&one);
        decision = decision.and(one);
    }
    decision
}

pub(super) fn transfers(decision: &Decision) -> i64 {
    let is_transfer = |change: &&Change| matches!(change, Change::Ledger(_));
    i64::try_from(decision.changes.iter().filter(is_transfer).count()).unwrap_or(i64::MAX)
}

/// What a host has earned already by what is decided here: two seats with one host count both.
pub(super) fn earned(decision: &Decision, host: LedgerAccountId) -> i64 {
    let counts = |change: &Change| match change {
        Change::Ledger(ledger::Change::Transfer(transfer)) if transfer.to == Party::Person(host) => match transfer.kind {
            Kind::Attendance | Kind::Late => transfer.amount_credits,
            _ => 0,
        },
        _ => 0,
    };
    decision.changes.iter().map(counts).sum()
}

/// A seat goes back with all of its price, and to who waits first.
pub(super) fn free(desk: &mut Desk<'_>, booking: &Booking) {
    desk.pay(settle::refund(booking));
    desk.set(booking, super::BookingState::Cancelled);
    desk.offer_freed();
}

/// Those who booked notice nothing; who holds it from now on needs no seat in it.
fn hand_over(desk: &mut Desk<'_>, heir: &Person, seat: Option<&Booking>) {
    let own = desk.roll.of(heir.id).filter(|booking| booking.state.is_live()).cloned();
    desk.set_host(heir);
    for booking in seat.into_iter().chain(&own) {
        free(desk, booking);
    }
    let news = reminders::for_host(&desk.roll, Msg::new("session-handed-over"));
    desk.notify(heir.id, news);
}
