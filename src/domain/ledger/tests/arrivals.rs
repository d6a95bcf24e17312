//! What waits is paid when somebody comes, and comes back where nobody does.

use super::*;
use crate::domain::{
    ids::GiftId,
    ledger::{ArrivalView, Kind, Party, WaitingView, on_arrival, on_wake, rules::CreditRules, waiting::Giver},
};

fn gift(n: u128, source: Party, giver: Option<Giver>) -> WaitingView {
    WaitingView {
        id: GiftId(Uuid::from_u128(n)),
        number: 12,
        source,
        giver,
        amount_credits: 3,
        reason: Some("bravo".into()),
        declined: false,
        session: None,
        receiver: None,
        category: None,
    }
}

fn giver(n: u128) -> Option<Giver> {
    Some(Giver { id: person_id(n), alias: Some(format!("Alias {n}")) })
}

fn arrival(gifts: Vec<WaitingView>) -> ArrivalView {
    ArrivalView {
        rules: CreditRules::default(),
        community: COMMUNITY,
        person: person_id(9),
        ledger: ledger_id(9),
        next_number: 20,
        gifts,
        room_credits: None,
        coordinators: vec![],
        listed_reasons_only: false,
    }
}

fn ended(decision: &Decision) -> usize {
    decision.changes.iter().filter(|change| matches!(change, AnyChange::Ledger(Change::GiftEnds(_)))).count()
}

#[test]
fn who_joins_is_paid_and_told_in_one_message() {
    let general = Party::Fund("general".into());
    let view = arrival(vec![gift(1, Party::Person(ledger_id(2)), giver(2)), gift(2, general, giver(1))]);
    let decision = on_arrival(&view, &mut context(1));
    let moved: Vec<_> =
        transfers(&decision).into_iter().map(|t| (t.number, t.from.clone(), t.to.clone(), t.kind, t.reason.clone())).collect();
    let own = || Party::Person(ledger_id(9));
    let bravo = |n| Some(("bravo".to_owned(), person_id(n)));
    assert_eq!(moved, [(20, Party::WaitingGifts, own(), Kind::Gift, bravo(2)), (21, Party::WaitingGifts, own(), Kind::Grant, bravo(9))]);
    assert_eq!(ended(&decision), 2);
    let told = said(&decision, Audience::Private(person_id(9)));
    let lines = "news | gift-received(Alias 2, 3) | reason(bravo) | number(20) | issued-to-you(3) | reason(bravo) | number(21)";
    assert_eq!(told.iter().map(shown).collect::<Vec<_>>(), [lines]);
    assert_eq!(decision.acts.len(), 1, "the giver learns nothing");
}

#[test]
fn a_giver_who_is_gone_is_a_former_member() {
    let left = Some(Giver { id: person_id(2), alias: None });
    for giver in [None, left] {
        let is_erased = giver.is_none();
        let view = arrival(vec![gift(1, Party::Person(ledger_id(2)), giver)]);
        let decision = on_arrival(&view, &mut context(1));
        assert!(shown(&said(&decision, Audience::Private(person_id(9)))[0]).starts_with("news | gift-received-former(3)"));
        assert_eq!(transfers(&decision)[0].reason.is_none(), is_erased, "no key is left for what an erased person wrote");
    }
}

#[test]
fn nothing_waits_nothing_is_said_and_nobody_is_paid_by_themself() {
    assert_eq!(on_arrival(&arrival(vec![]), &mut context(1)), Decision::nothing());
    let own = arrival(vec![gift(1, Party::Person(ledger_id(9)), giver(9))]);
    assert_eq!(on_arrival(&own, &mut context(1)), Decision::nothing());
}

#[test]
fn what_nobody_took_comes_back_with_a_neutral_word() {
    let check = |gift: WaitingView, to: Party, expected: &str| {
        let decision = on_wake(COMMUNITY, Some(&gift), 30, &mut context(1));
        let [back] = transfers(&decision)[..] else { panic!("one transfer") };
        assert_eq!((&back.from, &back.to, back.kind, back.amount_credits), (&Party::WaitingGifts, &to, Kind::GiftReturn, 3));
        assert_eq!(ended(&decision), 1);
        let told: Vec<String> = said(&decision, Audience::Private(person_id(2))).iter().map(shown).collect();
        assert_eq!(told.join(""), expected);
        assert!(!told.join("").contains("bravo"), "neither name nor reason");
    };
    let (own, fund) = (Party::Person(ledger_id(2)), Party::Fund("mairie".into()));
    check(gift(1, own.clone(), giver(2)), own.clone(), "news | back(3, 12) | number(30)");
    check(gift(1, fund.clone(), giver(2)), fund.clone(), "news | back-fund(3, 12) | number(30)");
    check(gift(1, own.clone(), None), Party::Fund("solidarity".into()), "");
    check(gift(1, own.clone(), Some(Giver { id: person_id(2), alias: None })), own, "");
    check(gift(1, fund.clone(), None), fund, "");
}

#[test]
fn what_was_paid_does_not_come_back() {
    assert_eq!(on_wake(COMMUNITY, None, 30, &mut context(1)), Decision::nothing());
}

#[test]
fn what_waited_from_somebody_whom_they_block_goes_to_solidarity_without_a_word() {
    let declined = WaitingView { declined: true, ..gift(1, Party::Person(ledger_id(2)), giver(2)) };
    let alone = on_arrival(&arrival(vec![declined.clone()]), &mut context(1));
    assert_eq!((transfers(&alone)[0].to.clone(), transfers(&alone)[0].number), (Party::Fund("solidarity".into()), 20));
    assert_eq!((ended(&alone), alone.acts.len()), (1, 0), "nobody is told anything");
    let beside = on_arrival(&arrival(vec![declined, gift(2, Party::Person(ledger_id(3)), giver(3))]), &mut context(1));
    let told = said(&beside, Audience::Private(person_id(9)));
    assert_eq!(told.iter().map(shown).collect::<Vec<_>>(), ["news | gift-received(Alias 3, 3) | reason(bravo) | number(21)"]);
    assert_eq!(told[0].buttons.len(), 2);
}
