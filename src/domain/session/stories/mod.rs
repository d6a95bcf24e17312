//! Tests of bookings from the first seat to the last credit: each story runs the decisions on a small world and looks at all of it.

mod after;
mod attendance;
mod booking;
mod cheating;
mod cut_off;
mod departing;
mod hours;
mod lives;
mod waiting;

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::{
    Action, BookingState, Change, Money, Roll, Session, SessionRef, SessionState,
    attend::{AttendanceArgs, AttendanceView, attendance, parse_attendance},
    book::{BookArgs, BookView, book},
    cancel::{self, CancelArgs, CancelView, cancel},
    depart,
    testing::{
        GROUP, HOST, NOW, account_id, booking, card, context, ledger_id, money, person_id, said, scope, session, shown, shown_refusal,
        transfers,
    },
    wake::{self, WakeView},
};
use crate::domain::{
    command::Command,
    decision::{Act, Audience, Change as AnyChange, Context, Decision, Outcome},
    hear::Call,
    ids::BookingId,
    ledger::{Kind, Party, SOLIDARITY_FUND, book::Book},
    message::{PRESS_BYTES_MAX, Press},
    scope::{LateRule, Scope},
    time::Timestamp,
    timer::Wake,
};

/// A session, everybody's place in it, all balances, and the timers that are set.
struct World {
    roll: Roll,
    book: Book<Party>,
    next_transfer: i64,
    late_rule: LateRule,
    late_half: bool,
    minutes: i64,
    events: u8,
    timers: Vec<(Timestamp, Wake)>,
    host_earned: i64,
    first_free: bool,
    visited: bool,
    budget_left: i64,
    paused: Vec<u128>,
}

impl World {
    fn new(session: Session) -> Self {
        Self {
            roll: Roll { session, bookings: vec![], apart: vec![] },
            book: Book::default(),
            next_transfer: 1,
            late_rule: LateRule::Solidarity,
            late_half: false,
            minutes: 0,
            events: 0,
            timers: vec![],
            host_earned: 0,
            first_free: false,
            visited: true,
            budget_left: i64::MAX,
            paused: vec![],
        }
    }

    /// The `n`-th person has so many credits.
    fn with(mut self, n: u128, credits: i64) -> Self {
        if credits > 0 {
            self.book.enter(Party::Issuance, Party::Person(ledger_id(n)), credits).unwrap();
        }
        self
    }

    fn of(&self, party: &Party) -> i64 {
        self.book.balance(party)
    }

    fn credits(&self, n: u128) -> i64 {
        self.of(&Party::Person(ledger_id(n)))
    }

    fn escrow(&self) -> i64 {
        self.of(&Party::Escrow(self.roll.session.id))
    }

    fn solidarity(&self) -> i64 {
        self.of(&Party::Fund(SOLIDARITY_FUND.into()))
    }

    fn money(&self) -> Money {
        Money {
            next_transfer: self.next_transfer,
            solidarity_credits: self.solidarity(),
            reward_fund: "general".into(),
            reward_credits: self.of(&Party::Fund("general".into())),
            reward_issuable_credits: self.budget_left,
            host_earned_credits: self.host_earned,
            host_month_credits: 60,
        }
    }

    fn context(&mut self) -> Context {
        self.events += 1;
        context(self.events, self.minutes)
    }

    fn scope(&self, n: u128) -> Scope {
        let mut scope = scope(n);
        let community = scope.community.as_mut().unwrap();
        community.late_rule = self.late_rule;
        community.credits.first_free = self.first_free;
        community.credits.late_half = self.late_half;
        scope
    }

    /// Applies a decision as the store does, and holds what must hold after every one.
    fn apply(&mut self, outcome: Outcome) -> Result<Decision, String> {
        let decision = outcome.map_err(|refusal| shown_refusal(&refusal))?;
        for transfer in transfers(&decision) {
            assert_eq!(transfer.number, self.next_transfer, "numbers count up");
            assert_eq!(transfer.session, Some(self.roll.session.id));
            self.next_transfer += 1;
            self.book.enter(transfer.from.clone(), transfer.to.clone(), transfer.amount_credits).unwrap();
            if transfer.to == Party::Person(ledger_id(HOST)) && matches!(transfer.kind, Kind::Attendance | Kind::Late) {
                self.host_earned += transfer.amount_credits;
            }
            for party in [&transfer.from, &transfer.to] {
                assert!(*party == Party::Issuance || self.of(party) >= 0, "{party:?} is below zero");
            }
        }
        for change in &decision.changes {
            match change {
                AnyChange::Session(Change::Booking(booking)) => self.roll.put(booking.clone()),
                AnyChange::Session(Change::SetState(_, state)) => self.roll.session.state = *state,
                AnyChange::Session(Change::Edit(session)) => self.roll.session = (**session).clone(),
                _ => {}
            }
        }
        self.timers.extend(decision.timers.iter().map(|timer| (timer.at, timer.wake.clone())));
        self.holds();
        Ok(decision)
    }

    fn holds(&self) {
        assert_eq!(self.book.sum(), 0, "credits appear or vanish");
        let held = self.roll.count(BookingState::Booked) + self.roll.count(BookingState::Offered);
        assert!(held <= self.roll.session.seats, "more people than seats");
        let set_aside: i64 = self.roll.in_state(BookingState::Booked).map(|b| b.own_credits + b.solidarity_credits).sum();
        assert_eq!(self.escrow(), set_aside, "the escrow is what the booked paid");
        let live: Vec<_> = self.roll.bookings.iter().filter(|b| b.state.is_live()).map(|b| b.person).collect();
        assert_eq!(live.iter().collect::<std::collections::HashSet<_>>().len(), live.len(), "a person has two places");
        let to_come = self.roll.session.is_to_come(NOW.plus(TimeDelta::minutes(self.minutes)));
        assert!(!to_come || self.roll.free() == 0 || self.roll.count(BookingState::Waiting) == 0, "somebody waits beside a free seat");
    }

    fn books(&mut self, n: u128, wait: bool) -> Result<Decision, String> {
        let balance_credits = self.credits(n);
        let view = BookView {
            found: Some(self.roll.clone()),
            money: self.money(),
            balance_credits,
            others: vec![],
            visited: self.visited,
            kept: None,
        };
        let args = BookArgs { session: SessionRef::Number(12), wait, always: false };
        let mut ctx = self.context();
        self.apply(book(&self.scope(n), &view, args, &mut ctx))
    }

    fn cancel_view(&self) -> CancelView {
        CancelView { found: Some(self.roll.clone()), money: self.money(), mine: vec![], kept: None }
    }

    fn cancels(&mut self, n: u128) -> Result<Decision, String> {
        let mut ctx = self.context();
        self.apply(cancel(&self.scope(n), &self.cancel_view(), CancelArgs::Session(SessionRef::Number(12)), &mut ctx))
    }

    fn answers(&mut self, n: u128, action: Action) -> Result<Decision, String> {
        let mut ctx = self.context();
        self.apply(cancel::answer(&self.scope(n), &self.cancel_view(), &action, &mut ctx))
    }

    fn marks(&mut self, n: u128, rest: &str) -> Result<Decision, String> {
        let aliases = (1..40).map(|n| (person_id(n), format!("Alias {n}"))).collect();
        let view = AttendanceView {
            found: Some(self.roll.clone()),
            money: self.money(),
            aliases,
            paused: self.paused.iter().map(|n| person_id(*n)).collect(),
            coordinators: vec![person_id(90)],
            to_mark: vec![],
        };
        let args = parse_attendance(&Call::new(Command::Attendance, rest)).map_err(|refusal| shown_refusal(&refusal))?;
        let mut ctx = self.context();
        self.apply(attendance(&self.scope(n), &view, &args, &mut ctx))
    }

    fn wake_view(&self) -> WakeView {
        WakeView { roll: self.roll.clone(), money: self.money(), people: vec![], reminded: vec![] }
    }

    fn wakes(&mut self, wake: impl Fn(&WakeView, &mut Context) -> Decision) -> Decision {
        let mut ctx = self.context();
        self.apply(Ok(wake(&self.wake_view(), &mut ctx))).unwrap()
    }

    /// The clock stands so many minutes before the start.
    fn before_start(&mut self, minutes: i64) {
        self.minutes = self.roll.session.starts.since(NOW).num_minutes() - minutes;
    }

    fn state(&self, n: u128) -> Option<BookingState> {
        self.roll.of(person_id(n)).map(|booking| booking.state)
    }

    fn booking_id(&self, n: u128) -> BookingId {
        self.roll.of(person_id(n)).unwrap().id
    }
}

fn answer(decision: &Decision) -> String {
    shown(&said(decision, Audience::Asker)[0])
}

fn told(decision: &Decision, n: u128) -> Vec<String> {
    said(decision, Audience::Private(person_id(n))).iter().map(shown).collect()
}

const BOOKED: &str = "care-booked(Cercle du mardi, 01/12 18:00) [care-booked-button-calendar] [care-booked-button-cannot] [need-button]";
const FULL: &str = "care-session-full(Cercle du mardi, 01/12 18:00) [care-session-full-button-wait] [care-session-full-button-dates] \
                    [care-session-full-button-talk]";
