//! Random histories on a ledger held in memory: whatever people try, nothing is made, lost or paid twice.

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::*;

use super::*;
use crate::domain::{
    hear::Named,
    ids::{GiftId, TransferId},
    ledger::{
        AMOUNT_MAX, AMOUNT_MIN, ArrivalView, FundView, GiveArgs, GiveView, IssueArgs, IssueView, Kind, Party, Receivers, WaitingView,
        answer,
        book::Book,
        give, issue, on_arrival, on_wake,
        rules::CreditRules,
        waiting::{Giver, Whom},
    },
    question::{Action as AnyAction, Change as QuestionChange},
};

const PEOPLE: u128 = 6;
const FUNDS: [(&str, Option<i64>); 3] = [("general", None), ("mairie", Some(50)), ("solidarity", Some(i64::MAX))];

#[derive(Clone, Debug)]
enum Step {
    Give { from: u128, to: u128, amount: i64 },
    Issue { to: Vec<u128>, fund: usize, amount: i64, everyone: bool },
    Join(u128),
    Leave(u128),
    Wake(usize),
}

fn amounts() -> impl Strategy<Value = i64> {
    prop_oneof![4 => AMOUNT_MIN..30, 1 => AMOUNT_MIN..=AMOUNT_MAX]
}

fn steps() -> impl Strategy<Value = Step> {
    let who = 1..=PEOPLE;
    prop_oneof![
        5 => (who.clone(), who.clone(), amounts()).prop_map(|(from, to, amount)| Step::Give { from, to, amount }),
        3 => (prop::collection::vec(1..=PEOPLE, 1..4), 0..FUNDS.len(), amounts(), prop::bool::weighted(0.2))
            .prop_map(|(to, fund, amount, everyone)| Step::Issue { to, fund, amount, everyone }),
        2 => who.clone().prop_map(Step::Join),
        1 => who.prop_map(Step::Leave),
        2 => (0..8_usize).prop_map(Step::Wake),
    ]
}

/// What a store would keep.
struct World {
    floor: i64,
    here: HashSet<u128>,
    book: Book<Party>,
    issued: BTreeMap<String, i64>,
    waiting: BTreeMap<GiftId, (WaitingGift, i64)>,
    seen: HashSet<TransferId>,
    next_number: i64,
}

impl World {
    fn new(floor: i64) -> Self {
        let (issued, waiting) = (BTreeMap::new(), BTreeMap::new());
        Self { floor, here: HashSet::from([1, 2, 3]), book: Book::default(), issued, waiting, seen: HashSet::new(), next_number: 1 }
    }

    fn scope(&self, n: u128) -> Scope {
        let mut scope = scope(n);
        scope.community.as_mut().unwrap().floor_credits = self.floor;
        scope
    }

    fn target(&self, asker: u128, n: u128) -> Target {
        match n {
            n if n == asker => Target::Oneself,
            n if self.here.contains(&n) => target(n),
            _ => Target::Nobody,
        }
    }

    fn decide(&self, step: &Step, ctx: &mut Context) -> Decision {
        match step {
            Step::Give { from, to, amount } if self.here.contains(from) => {
                let balance_credits = self.book.balance(&Party::Person(ledger_id(*from)));
                let view = GiveView {
                    balance_credits,
                    target: self.target(*from, *to),
                    declined: false,
                    next_number: self.next_number,
                    ..GiveView::default()
                };
                let args = GiveArgs {
                    to: named(*to),
                    written: String::new(),
                    amount_credits: *amount,
                    reason: Some("r".into()),
                    to_solidarity: false,
                    category: None,
                    reason_asked: false,
                };
                give(&self.scope(*from), &view, args, ctx).unwrap_or_default()
            }
            Step::Issue { to, fund, amount, everyone } => self.issue(to, FUNDS[*fund].0, *amount, *everyone, ctx),
            Step::Join(n) if !self.here.contains(n) => {
                let gifts = self
                    .waiting
                    .values()
                    .filter(|(gift, _)| matches!(&gift.whom, Whom::Absent { to, .. } if *to == named(*n)))
                    .map(|gift| self.waiting_view(gift))
                    .collect();
                let view = ArrivalView {
                    rules: CreditRules::default(),
                    community: COMMUNITY,
                    person: person_id(*n),
                    ledger: ledger_id(*n),
                    next_number: self.next_number,
                    gifts,
                    room_credits: None,
                    coordinators: vec![],
                    listed_reasons_only: false,
                };
                on_arrival(&view, ctx)
            }
            Step::Wake(nth) => {
                let gift = self.waiting.values().nth(*nth).map(|gift| self.waiting_view(gift));
                on_wake(COMMUNITY, gift.as_ref(), self.next_number, ctx)
            }
            Step::Give { .. } | Step::Join(_) | Step::Leave(_) => Decision::nothing(),
        }
    }

    fn issue(&self, to: &[u128], fund: &str, amount: i64, everyone: bool, ctx: &mut Context) -> Decision {
        let mut names: Vec<Named> = Vec::new();
        to.iter().map(|n| named(*n)).for_each(|named| {
            if !names.contains(&named) {
                names.push(named)
            }
        });
        let targets = if everyone {
            self.here.iter().map(|n| target(*n)).collect()
        } else {
            names.iter().map(|named| self.target(1, named.typed.parse().unwrap())).collect()
        };
        let to = if everyone { Receivers::Everyone } else { Receivers::Named(names) };
        let args =
            IssueArgs { to, amount_credits: amount, fund: fund.into(), reason: "r".into(), category: None, fund_written: String::new() };
        let view = IssueView { attended: Default::default(), targets, fund: self.fund(fund), funds: vec![], next_number: self.next_number };
        let decision = issue(&self.scope(1), &view, args, ctx).unwrap_or_default();
        let action = decision.changes.iter().find_map(|change| match change {
            AnyChange::Question(QuestionChange::Ask(question)) => question.choices.first().cloned(),
            _ => None,
        });
        match action {
            Some(AnyAction::Ledger(action)) => answer(&self.scope(1), &view, action, ctx).unwrap_or_default(),
            _ => decision,
        }
    }

    fn fund(&self, name: &str) -> Option<FundView> {
        let budget_credits = FUNDS.iter().find(|fund| fund.0 == name).and_then(|fund| fund.1);
        let balance_credits = self.book.balance(&Party::Fund(name.into()));
        Some(FundView { balance_credits, issued_credits: self.issued.get(name).copied().unwrap_or(0), budget_credits, is_closed: false })
    }

    fn waiting_view(&self, (gift, number): &(WaitingGift, i64)) -> WaitingView {
        WaitingView {
            id: gift.id,
            number: *number,
            source: gift.source.clone(),
            giver: Some(Giver { id: gift.giver, alias: Some("a".into()) }),
            amount_credits: gift.amount_credits,
            reason: gift.reason.clone(),
            declined: false,
            session: None,
            receiver: None,
            category: None,
        }
    }

    fn apply(&mut self, decision: &Decision) {
        for change in &decision.changes {
            match change {
                AnyChange::Ledger(Change::Transfer(transfer)) => self.enter(transfer),
                AnyChange::Ledger(Change::GiftWaits(gift)) => {
                    assert!(self.waiting.insert(gift.id, (gift.clone(), self.next_number - 1)).is_none());
                }
                AnyChange::Ledger(Change::GiftEnds(id)) => assert!(self.waiting.remove(id).is_some(), "ended twice"),
                _ => {}
            }
        }
    }

    fn enter(&mut self, transfer: &Transfer) {
        assert!(self.seen.insert(transfer.id), "the same id twice");
        assert_eq!(transfer.number, self.next_number, "numbers count up without a gap");
        self.next_number += 1;
        self.book.enter(transfer.from.clone(), transfer.to.clone(), transfer.amount_credits).unwrap();
        if let (Kind::Issue, Party::Fund(name)) = (transfer.kind, &transfer.to) {
            *self.issued.entry(name.clone()).or_default() += transfer.amount_credits;
        }
    }

    fn check(&self) {
        assert_eq!(self.book.sum(), 0);
        for (party, balance) in self.book.balances() {
            match party {
                Party::Issuance => assert!(balance <= 0),
                Party::Person(_) => assert!(balance >= self.floor.min(0), "{party:?} {balance}"),
                Party::Fund(_) | Party::Escrow(_) | Party::WaitingGifts | Party::Closed => assert!(balance >= 0, "{party:?} {balance}"),
            }
        }
        let waiting: i64 = self.waiting.values().map(|(gift, _)| gift.amount_credits).sum();
        assert_eq!(self.book.balance(&Party::WaitingGifts), waiting, "what waits is what was set aside");
        for (name, budget) in FUNDS {
            assert!(self.issued.get(name).copied().unwrap_or(0) <= budget.unwrap_or(i64::MAX), "{name} beyond its budget");
        }
    }
}

fn named(n: u128) -> Named {
    Named::bare(&n.to_string())
}

proptest! {
    #[test]
    fn nothing_is_made_or_lost(floor in prop_oneof![Just(0_i64), -20..5_i64], steps in prop::collection::vec(steps(), 1..60)) {
        let mut world = World::new(floor);
        for (n, step) in (0..).zip(&steps) {
            let decision = world.decide(step, &mut context(n));
            prop_assert_eq!(&decision, &world.decide(step, &mut context(n)), "the same event decides the same, ids included");
            world.apply(&decision);
            match step {
                Step::Join(person) => drop(world.here.insert(*person)),
                Step::Leave(person) if *person != 1 => drop(world.here.remove(person)),
                Step::Leave(_) | Step::Give { .. } | Step::Issue { .. } | Step::Wake(_) => {}
            }
            world.check();
        }
    }

    #[test]
    fn a_gift_leaves_nobody_below_the_floor(balance: i64, floor: i64, amount in AMOUNT_MIN..=AMOUNT_MAX) {
        let mut scope = scope(2);
        scope.community.as_mut().unwrap().floor_credits = floor;
        let args = GiveArgs { to: named(3), written: String::new(), amount_credits: amount, reason: None, to_solidarity: false, category: None, reason_asked: false };
        let view = GiveView { balance_credits: balance, target: target(3), declined: false, next_number: i64::MAX, ..GiveView::default() };
        let is_given = give(&scope, &view, args, &mut context(1)).is_ok();
        prop_assert_eq!(is_given, i128::from(balance) - i128::from(amount) >= i128::from(floor));
    }

    #[test]
    fn no_words_break_the_reading(rest in "\\PC{0,60}|([@#\"«»0-9a-z ,.:-]{0,40})") {
        for command in [Command::Give, Command::Issue] {
            let call = call(command, &rest);
            let refusal = match command {
                Command::Give => super::super::parse_give(&call).err(),
                _ => super::super::parse_issue(&call).err(),
            };
            if let Some(refusal) = refusal {
                prop_assert!(!refusal.0.lines.is_empty());
            }
        }
    }
}
