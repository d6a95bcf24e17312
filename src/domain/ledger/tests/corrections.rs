//! `/reverse`, `/give undo` and `/fund`: what may be opposed, by whom, how long, and what a fund may still give.

use super::*;
use crate::domain::{
    ids::{GiftId, TransferId},
    ledger::{
        FundArgs, FundView, FundsView, Kind, Party, ReverseView, funds, parse_fund, parse_reverse, parse_undo, reverse,
        reverse::{End, Original},
        undo,
    },
};

fn end(n: u128, balance_credits: i64) -> End {
    let person = TargetPerson { id: person_id(n), ledger: ledger_id(n) };
    End { party: Party::Person(ledger_id(n)), person: Some(person), balance_credits }
}

fn fund_end(balance_credits: i64) -> End {
    End { party: Party::Fund("general".into()), person: None, balance_credits }
}

/// Number 7: person 2 gave 5 to person 3, who holds 5.
fn gift() -> Original {
    Original {
        id: TransferId(Uuid::from_u128(7)),
        number: 7,
        at: NOW,
        kind: Kind::Gift,
        amount_credits: 5,
        from: end(2, 0),
        to: end(3, 5),
        waits: None,
        reversed_by: None,
    }
}

fn view(original: Original) -> ReverseView {
    ReverseView { original: Some(original), next_number: 9 }
}

fn corrected(original: Original) -> Result<Decision, String> {
    let args = parse_reverse(&call(Command::Reverse, "7 erreur")).unwrap();
    reverse(&scope(1), &view(original), &args, &mut context(1)).map_err(|refusal| shown_refusal(&refusal))
}

#[test]
fn a_correction_opposes_the_whole_transfer_and_tells_both_sides() {
    let decision = corrected(gift()).unwrap();
    let [transfer] = transfers(&decision)[..] else { panic!("one transfer") };
    assert_eq!((&transfer.from, &transfer.to), (&Party::Person(ledger_id(3)), &Party::Person(ledger_id(2))));
    assert_eq!((transfer.number, transfer.amount_credits, transfer.kind), (9, 5, Kind::Reversal));
    assert_eq!(transfer.reverses, Some(TransferId(Uuid::from_u128(7))));
    assert_eq!(transfer.reason, Some(("erreur".into(), person_id(3))));
    let told = |n| shown(&said(&decision, Audience::Private(person_id(n)))[0]);
    assert_eq!(told(3), "news | ledger-corrected-out(5, 7) | reason(erreur) | number(9)");
    assert_eq!(told(2), "news | ledger-corrected-in(5, 7) | reason(erreur) | number(9)");
}

#[test]
fn what_may_not_be_opposed_says_why() {
    let check = |change: fn(&mut Original), expected: &str| {
        let mut original = gift();
        change(&mut original);
        assert_eq!(corrected(original).map(|_| ()), Err(expected.to_owned()));
    };
    check(|o| o.reversed_by = Some(8), "ledger-reverse-twice(7, 8)");
    check(|o| o.kind = Kind::Booking, "ledger-reverse-booking(/cancel)");
    check(|o| o.kind = Kind::Refund, "ledger-reverse-booking(/cancel)");
    check(|o| o.kind = Kind::Attendance, "ledger-reverse-marked(/give, /issue)");
    check(|o| o.kind = Kind::Late, "ledger-reverse-marked(/give, /issue)");
    check(|o| o.kind = Kind::Reversal, "ledger-reverse-not(/issue)");
    check(|o| o.kind = Kind::GiftReturn, "ledger-reverse-not(/issue)");
    check(|o| o.kind = Kind::Closing, "ledger-reverse-not(/issue)");
    check(|o| o.from.person = None, "ledger-reverse-gone(/issue)");
    check(|o| o.to.person = None, "ledger-reverse-gone(/issue)");
    check(|o| o.to = End { party: Party::WaitingGifts, person: None, balance_credits: 50 }, "ledger-reverse-followed(/give)");
    check(|o| o.from = End { party: Party::WaitingGifts, person: None, balance_credits: 50 }, "ledger-reverse-followed(/give)");
    check(|o| o.to.balance_credits = 4, "not-now | ledger-reverse-spent(7) | ledger-reverse-allow(/settings, /issue)");
    check(|o| o.to.balance_credits = i64::MIN, "not-now | ledger-reverse-spent(7) | ledger-reverse-allow(/settings, /issue)");
    let mine = |o: &mut Original| (o.kind, o.from, o.to) = (Kind::Grant, fund_end(0), end(1, 5));
    check(mine, "ledger-reverse-own");
}

#[test]
fn the_community_may_allow_a_correction_below_the_floor() {
    let mut here = scope(1);
    here.community.as_mut().unwrap().corrections_below_floor = true;
    let spent = Original { to: end(3, 0), ..gift() };
    let args = parse_reverse(&call(Command::Reverse, "7 erreur")).unwrap();
    assert!(reverse(&here, &view(spent), &args, &mut context(1)).is_ok());
    let issue = Original { kind: Kind::Issue, from: End { party: Party::Issuance, ..fund_end(-9) }, to: fund_end(4), ..gift() };
    let refused = reverse(&here, &view(issue), &args, &mut context(1)).unwrap_err();
    assert_eq!(shown_refusal(&refused), "not-now | ledger-reverse-spent(7)", "a fund never goes below zero");
}

#[test]
fn a_reward_on_top_can_be_taken_back_into_its_fund() {
    let reward = Original { kind: Kind::Attendance, from: fund_end(0), ..gift() };
    assert_eq!(transfers(&corrected(reward).unwrap())[0].to, Party::Fund("general".into()));
}

#[test]
fn a_gift_that_waits_waits_no_more() {
    let waiting = End { party: Party::WaitingGifts, person: None, balance_credits: 5 };
    let original = Original { to: waiting, waits: Some(GiftId(Uuid::from_u128(70))), ..gift() };
    let decision = corrected(original).unwrap();
    let ended = decision.changes.iter().any(|c| matches!(c, AnyChange::Ledger(Change::GiftEnds(id)) if id.0 == Uuid::from_u128(70)));
    assert!(ended);
    assert_eq!(transfers(&decision)[0].from, Party::WaitingGifts);
}

#[test]
fn what_is_typed_after_reverse() {
    let check = |rest: &str, expected: &str| {
        let read = parse_reverse(&call(Command::Reverse, rest));
        assert_eq!(read.map_or_else(|r| shown_refusal(&r), |a| format!("{} {}", a.number, a.reason)), expected, "{rest:?}");
    };
    check("42 deux fois", "42 deux fois");
    check("n°42  deux\n fois", "42 deux fois");
    check("#42 x", "42 x");
    check("42", "reason-missing | ledger-reverse-form(/reverse, 42)");
    check("deux fois", "ledger-reverse-which | ledger-reverse-form(/reverse, 42)");
    check("-4 x", "ledger-reverse-which | ledger-reverse-form(/reverse, 42)");
    check("", "ledger-reverse-which | ledger-reverse-form(/reverse, 42)");
    check(&format!("42 {}", "a".repeat(301)), "reason-long(301, 300)");
}

#[test]
fn a_gift_is_taken_back_by_its_giver_within_two_minutes() {
    let check = |who: u128, minutes: i64, original: Option<Original>, expected: &str| {
        let mut ctx = context(1);
        ctx.now = NOW.plus(chrono::TimeDelta::minutes(minutes));
        let view = ReverseView { original, next_number: 9 };
        let outcome = undo::undo(&scope(who), &view, 7, &mut ctx);
        let got = outcome.map_or_else(|refusal| shown_refusal(&refusal), |decision| shown(&said(&decision, Audience::Asker)[0]));
        assert_eq!(got, expected);
    };
    check(2, 0, Some(gift()), "done | ledger-undone(5, 7) | number(9)");
    check(2, 2, Some(gift()), "done | ledger-undone(5, 7) | number(9)");
    check(2, 3, Some(gift()), "ledger-undo-late(2)");
    check(3, 0, Some(gift()), "ledger-undo-none(7)");
    check(2, 0, None, "ledger-undo-none(7)");
    check(2, 0, Some(Original { kind: Kind::Booking, ..gift() }), "ledger-undo-none(7)");
    check(2, 0, Some(Original { reversed_by: Some(8), ..gift() }), "ledger-undo-before(7)");
    check(2, 0, Some(Original { to: end(3, 4), ..gift() }), "not-now | ledger-undo-spent");
}

#[test]
fn undo_is_a_word_and_a_number() {
    for (rest, expected) in [
        ("annuler 7", Some(7)),
        ("Undo 7", Some(7)),
        ("undo", None),
        ("undo -7", None),
        ("\"undo\" 7", None),
        ("@undo 7", None),
        ("7 undo", None),
    ] {
        assert_eq!(parse_undo(&call(Command::Give, rest)), expected, "{rest:?}");
    }
}

#[test]
fn what_is_typed_after_fund() {
    let check = |rest: &str, expected: Result<FundArgs, &str>| {
        let read = parse_fund(&call(Command::Fund, rest)).map_err(|refusal| shown_refusal(&refusal));
        assert_eq!(read, expected.map_err(str::to_owned), "{rest:?}");
    };
    check("", Ok(FundArgs::All));
    check("Mairie", Ok(FundArgs::One("mairie".into())));
    check("\"Ville de Lyon\" 500", Ok(FundArgs::Budget("ville de lyon".into(), Some(500), "Ville de Lyon".into())));
    check("ville de Lyon illimité", Ok(FundArgs::Budget("ville de lyon".into(), None, "ville de Lyon".into())));
    check("mairie fermer", Ok(FundArgs::Close("mairie".into())));
    check("mairie reopen", Ok(FundArgs::Reopen("mairie".into())));
    check("500", Ok(FundArgs::One("500".into())));
    check("mairie -5", Err("ledger-budget-range(1000000000) | ledger-fund-form(/fund, mairie)"));
    check("mairie 99999999999999999999", Err("ledger-budget-range(1000000000) | ledger-fund-form(/fund, mairie)"));
}

#[test]
fn a_budget_never_falls_below_what_was_issued_and_a_closed_fund_gives_back_what_it_holds() {
    let run = |rest: &str, fund: Option<FundView>| {
        let args = parse_fund(&call(Command::Fund, rest)).unwrap();
        let view =
            FundsView { funds: fund.map(|fund| ("mairie".into(), fund)).into_iter().collect(), next_number: 4, ..FundsView::default() };
        funds::funds(&scope(1), &view, &args, &mut context(1))
    };
    let fund = FundView { balance_credits: 25_000, issued_credits: 30_000, budget_credits: None, is_closed: false };
    let refused = run("mairie 29999", Some(fund)).unwrap_err();
    assert_eq!(shown_refusal(&refused), "not-now | ledger-budget-spent(mairie, 30000, 29999)");
    let closed = run("mairie fermer", Some(fund)).unwrap();
    let back: Vec<_> = transfers(&closed).iter().map(|t| (t.number, t.amount_credits, t.to.clone())).collect();
    assert_eq!(back, [(4, 10_000, Party::Issuance), (5, 10_000, Party::Issuance), (6, 5_000, Party::Issuance)]);
    assert_eq!(shown_refusal(&run("général fermer", None).unwrap_err()), "ledger-fund-built-in(fund-general)");
    assert_eq!(shown_refusal(&run("mairie fermer", None).unwrap_err()), "ledger-fund-unknown(mairie) | ledger-fund-form(/fund, mairie)");
    assert_eq!(FundView { is_closed: true, ..fund }.left_credits(), 0);
}
