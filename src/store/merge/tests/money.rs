//! One balance of two, both pasts in one statement, and which account is whose.

use super::*;

#[tokio::test]
async fn the_statement_shows_both_pasts_with_their_words() {
    let mut bench = Bench::open().await;
    let solidarity = || Party::Fund(SOLIDARITY_FUND.into());
    let party = |n: u128| Party::Person(id(n + 1000));
    let issue = bench.transfer(Party::Issuance, solidarity(), 30, Kind::Issue).await;
    bench.enter(issue).await;
    for n in [KEEP, GONE] {
        let grant = bench.transfer(solidarity(), party(n), 10, Kind::Grant).await;
        bench.enter(grant.why(Some("accueil"), id(n))).await;
    }
    let gift = bench.transfer(party(GONE), party(OTHER), 3, Kind::Gift).await.by(id(GONE)).why(Some("merci"), id(GONE));
    bench.enter(gift.named("sam", id(GONE))).await;
    let decision = bench.link().await;
    assert_eq!(decision.changes.iter().filter(|change| matches!(change, decision::Change::Ledger(_))).count(), 1);

    let keep = bench.store.person(id(KEEP)).await.unwrap().unwrap();
    let view = bench.store.statement_view(&keep, None, 10).await.unwrap();
    let lines: Vec<_> = view.movements.iter().map(|one| (one.number, one.side, one.amount_credits, one.reason.as_deref())).collect();
    assert_eq!(
        lines,
        [
            (5, Side::Covered, 7, None),
            (4, Side::Out, 3, Some("merci")),
            (3, Side::In, 10, Some("accueil")),
            (2, Side::In, 10, Some("accueil")),
        ]
    );
    assert_eq!(view.movements[1].named.as_deref(), Some("sam"));
    // Page by page it is the same.
    let page = bench.store.statement_view(&keep, Some(4), 2).await.unwrap();
    assert_eq!(page.movements, view.movements[1..3]);
    // Who was given something reads the name of the one that she is now.
    let sam = bench.store.person(id(OTHER)).await.unwrap().unwrap();
    let view = bench.store.statement_view(&sam, None, 10).await.unwrap();
    assert_eq!(view.movements[0].alias.as_deref(), Some("Nadia"));
    assert_eq!((bench.balance(KEEP).await, bench.balance(GONE).await), (17, 0));
    // Her key goes with all of its past.
    assert_eq!(bench.store.keys_of(id(KEEP)).await.unwrap(), [Subject::from(id::<PersonId>(KEEP)), Subject::from(id::<PersonId>(GONE))]);
    bench.is_sound().await;
}

#[tokio::test]
async fn two_debts_stay_above_the_floor_and_three_links_end_in_one_person() {
    let mut bench = Bench::open().await;
    let mut community = testing::community();
    community.floor_credits = -10;
    bench.apply(People::AddCommunity(Box::new(community))).await;
    bench.apply(People::Community(id(1), CommunitySetting::Language("fr".into()))).await;
    for (n, debt) in [(KEEP, 8), (GONE, 7)] {
        let pay = bench.transfer(Party::Person(id(n + 1000)), Party::Person(id(OTHER + 1000)), debt, Kind::Gift).await;
        bench.enter(pay).await;
    }
    bench.is_sound().await;
    bench.link().await;
    assert_eq!((bench.balance(KEEP).await, bench.balance(GONE).await), (-10, 0));
    bench.is_sound().await;
}

#[tokio::test]
async fn what_is_said_goes_to_the_account_last_used_and_that_costs_few_writes() {
    let mut bench = Bench::open().await;
    bench.link().await;
    let (first, second) = (bench.account("nadia", NOW).await.id, bench.account("nadia-m", NOW).await.id);
    let at = |minutes: i64| NOW.plus(TimeDelta::minutes(minutes));
    for (minutes, name, expected) in
        [(1, "nadia", first), (2, "nadia-m", second), (3, "nadia-m", second), (4, "nadia", first), (5, "nadia-m", second)]
    {
        bench.account(name, at(minutes)).await;
        assert_eq!(bench.store.accounts_of(id(KEEP)).await.unwrap()[0], expected, "{minutes}");
        bench.forget();
        assert_eq!(bench.store.accounts_of(id(KEEP)).await.unwrap()[0], expected, "{minutes}, read anew");
    }
    // Who goes on with the same account is written once a day.
    bench.commit().await;
    let before = bench.store.writer.statements();
    for minutes in 6..200 {
        bench.account("nadia-m", at(minutes)).await;
        bench.account("sam", at(minutes)).await;
    }
    bench.store.writer.flush().await.unwrap();
    assert!(bench.store.writer.statements() - before < 10, "{}", bench.store.writer.statements() - before);
    bench.account("sam", at(24 * 60)).await;
    let sam = bench.account("sam", at(24 * 60)).await.id;
    assert_eq!(bench.store.account(sam).await.unwrap().unwrap().used_at, at(24 * 60));
}

#[tokio::test]
async fn an_account_that_is_taken_out_is_nobody_and_the_last_one_stands_alone() {
    let mut bench = Bench::open().await;
    bench.link().await;
    let (first, second) = (bench.account("nadia", NOW).await.id, bench.account("nadia-m", NOW).await.id);
    assert_eq!(bench.store.linked_accounts(first).await.unwrap().len(), 2);
    bench.apply(link::Change::Split(second)).await;
    for _ in 0..2 {
        assert!(bench.store.persons_of(second).await.unwrap().is_empty());
        assert_eq!(bench.store.accounts_of(id(KEEP)).await.unwrap(), [first]);
        assert_eq!(bench.store.linked_accounts(first).await.unwrap(), [first]);
        assert_eq!(bench.store.linked_accounts(second).await.unwrap(), [second]);
        bench.forget();
    }
    // It may come again, as somebody new.
    let scope = Scope { account: bench.account("nadia-m", NOW).await, person: None, ..testing::scope(None) };
    assert_eq!(bench.store.join_view(&scope, NOW).await.unwrap().former, None);
    bench.is_sound().await;
}
