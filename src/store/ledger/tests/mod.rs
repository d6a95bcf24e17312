//! The ledger on a real database: what is refused, remembered, undone, and found out.

mod months;
mod spoilt;

use std::sync::Arc;

use uuid::Uuid;

use super::*;
use crate::{
    domain::{
        decision::Change as AnyChange,
        event::{AccountAddress, Platform, Sender},
        hear::Named,
        ids::{GiftId, IdSource},
        ledger::{
            Kind, SOLIDARITY_FUND, WaitingGift,
            waiting::{Giver, Whom},
        },
        scope::Person,
    },
    store::{
        questions::About,
        sql::Reader,
        url_of,
        verify::{Report, verify},
    },
    vault::Vault,
};

const NOW: Timestamp = Timestamp::from_micros(1_796_144_400_000_000);
const COMMUNITY: CommunityId = CommunityId(Uuid::from_u128(1));

/// A store in a folder of its own, and the next transfer's number.
struct Bench {
    store: Store,
    dir: tempfile::TempDir,
    number: i64,
}

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(100 + n))
}

fn account(n: u128) -> LedgerAccountId {
    LedgerAccountId(Uuid::from_u128(200 + n))
}

fn party(n: u128) -> Party {
    Party::Person(account(n))
}

fn general() -> Party {
    Party::Fund("general".into())
}

impl Bench {
    async fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("{}?mode=rwc", url_of(&dir.path().join("db")));
        let mut store = Store::open(&url, Arc::new(Vault::in_memory().unwrap())).await.unwrap();
        store.begin().await.unwrap();
        Self { store, dir, number: 1 }
    }

    fn transfer(&mut self, from: Party, to: Party, amount: i64, kind: Kind) -> Transfer {
        let number = self.number;
        self.number += 1;
        Transfer {
            id: TransferId(Uuid::from_u128(1_000 + u128::try_from(number).unwrap())),
            community: COMMUNITY,
            number,
            at: NOW,
            from,
            to,
            amount_credits: amount,
            kind,
            reason: None,
            named: None,
            by: None,
            session: None,
            reverses: None,
            category: None,
            reason_kept: false,
        }
    }

    async fn apply(&mut self, change: Change) -> Result<(), StoreError> {
        self.store.apply(About::default(), AnyChange::Ledger(change), NOW).await
    }

    async fn enter(&mut self, from: Party, to: Party, amount: i64, kind: Kind) -> Transfer {
        let transfer = self.transfer(from, to, amount, kind);
        self.apply(Change::Transfer(transfer.clone())).await.unwrap();
        transfer
    }

    /// Ten credits for person 1, and a gift of three of them to person 2.
    async fn story(&mut self) {
        self.enter(Party::Issuance, general(), 10, Kind::Issue).await;
        self.enter(general(), party(1), 10, Kind::Grant).await;
        let gift = self.transfer(party(1), party(2), 3, Kind::Gift).by(person(1)).why(Some("CANARY-REASON"), person(1));
        self.apply(Change::Transfer(gift.named("CANARY-NAME", person(1)))).await.unwrap();
    }

    async fn commit(&mut self) {
        self.store.commit().await.unwrap();
        self.store.begin().await.unwrap();
    }

    async fn balance(&mut self, party: Party) -> i64 {
        self.store.ledger_balance(party.account(COMMUNITY)).await.unwrap().unwrap_or(0)
    }

    async fn verify(&mut self) -> Report {
        let mut reader = Reader::open(&self.dir.path().join("db")).await.unwrap();
        verify(&mut reader).await.unwrap()
    }

    /// Changes the database behind the program's back.
    async fn tamper(&mut self, sql: &'static str) {
        self.store.commit().await.unwrap();
        for trigger in ["DROP TRIGGER transfer_is_never_changed", "DROP TRIGGER transfer_is_never_deleted"] {
            self.store.writer.run(trigger, binds![]).await.unwrap();
        }
        self.store.writer.run("PRAGMA ignore_check_constraints = ON", binds![]).await.unwrap();
        self.store.writer.run("PRAGMA foreign_keys = OFF", binds![]).await.unwrap();
        assert!(self.store.writer.run(sql, binds![]).await.unwrap() > 0, "{sql}");
        self.store.begin().await.unwrap();
    }
}

#[tokio::test]
async fn balances_follow_the_transfers_and_verify() {
    let mut bench = Bench::open().await;
    bench.story().await;
    for (party, expected) in [(Party::Issuance, -10), (general(), 0), (party(1), 7), (party(2), 3)] {
        assert_eq!(bench.balance(party.clone()).await, expected, "{party:?}");
    }
    bench.commit().await;
    bench.store.cache = crate::store::cache::Cache::default();
    assert_eq!(bench.balance(party(1)).await, 7, "read again");
    assert_eq!(bench.store.next_transfer(COMMUNITY).await.unwrap(), 4);
    let report = bench.verify().await;
    assert!(report.is_sound(), "{report}");
    assert_eq!(report.heads.len(), 1);
    assert_eq!((report.heads[0].number, report.heads[0].hash), (3, bench.store.ledger_head(COMMUNITY).await.unwrap().hash));
    assert!(report.to_string().contains("3 transfers, head "));
}

#[tokio::test]
async fn an_empty_ledger_is_sound() {
    let mut bench = Bench::open().await;
    let report = bench.verify().await;
    assert!(report.is_sound() && report.heads.is_empty(), "{report}");
}

#[tokio::test]
async fn what_is_written_cannot_be_changed_or_deleted() {
    let mut bench = Bench::open().await;
    bench.story().await;
    for sql in ["UPDATE transfer SET amount = 9 WHERE number = 3", "DELETE FROM transfer WHERE number = 3"] {
        let refused = bench.store.writer.run(sql, binds![]).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}

#[tokio::test]
async fn a_transfer_that_makes_no_sense_is_refused() {
    let mut bench = Bench::open().await;
    bench.story().await;
    let good = bench.transfer(party(1), party(2), 1, Kind::Gift);
    let bad = [
        Transfer { number: 3, ..good.clone() },
        Transfer { number: 5, ..good.clone() },
        Transfer { amount_credits: 0, ..good.clone() },
        Transfer { amount_credits: -1, ..good.clone() },
        Transfer { amount_credits: i64::MIN, ..good.clone() },
        Transfer { amount_credits: 10_001, ..good.clone() },
        Transfer { to: party(1), ..good.clone() },
    ];
    for transfer in bad {
        assert!(bench.apply(Change::Transfer(transfer.clone())).await.is_err(), "{transfer:?}");
    }
    bench.apply(Change::Transfer(good)).await.unwrap();
    assert_eq!(bench.balance(party(1)).await, 6);
}

#[tokio::test]
async fn the_same_transfer_twice_and_a_fund_below_zero_are_refused_by_the_database() {
    let mut bench = Bench::open().await;
    bench.story().await;
    bench.commit().await;
    let again = bench.transfer(party(1), party(2), 1, Kind::Gift);
    let same_id = Transfer { id: TransferId(Uuid::from_u128(1_003)), ..again };
    bench.apply(Change::Transfer(same_id)).await.unwrap();
    let refused = bench.store.commit().await.unwrap_err();
    assert!(refused.is_constraint(), "{refused}");
    bench.store.rollback(&refused).await.unwrap();
    bench.store.begin().await.unwrap();
    bench.number = 4;
    let beyond = bench.transfer(general(), party(2), 1, Kind::Grant);
    let refused = match bench.apply(Change::Transfer(beyond)).await {
        Ok(()) => bench.store.commit().await.unwrap_err(),
        Err(refused) => refused,
    };
    assert!(refused.is_constraint(), "{refused}");
    bench.store.rollback(&refused).await.unwrap();
    assert_eq!((bench.balance(party(1)).await, bench.balance(party(2)).await, bench.balance(general()).await), (7, 3, 0));
    assert_eq!(bench.store.next_transfer(COMMUNITY).await.unwrap(), 4, "what was remembered is forgotten with it");
}

#[tokio::test]
async fn a_gift_between_known_accounts_reads_nothing() {
    let mut bench = Bench::open().await;
    bench.story().await;
    bench.commit().await;
    let before = bench.store.writer.statements();
    for _ in 0..3 {
        bench.enter(party(1), party(2), 1, Kind::Gift).await;
    }
    assert_eq!(bench.store.writer.statements(), before);
    bench.store.commit().await.unwrap();
    let written = bench.store.writer.statements() - before;
    assert_eq!(written, 6, "BEGIN, two balances at once, two transfers and one, one head, COMMIT");
}

#[tokio::test]
async fn neither_reason_nor_name_stands_in_the_file() {
    let mut bench = Bench::open().await;
    bench.story().await;
    bench.commit().await;
    for entry in std::fs::read_dir(bench.dir.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for canary in ["CANARY-REASON", "CANARY-NAME"] {
            assert!(!bytes.windows(canary.len()).any(|w| w == canary.as_bytes()), "{canary} in {}", path.display());
        }
    }
}

#[tokio::test]
async fn only_corrections_may_bring_a_balance_below_the_floor() {
    let mut bench = Bench::open().await;
    bench.story().await;
    // Seven are left of the ten that number 2 granted, and the grant is opposed as a whole.
    let granted = TransferId(Uuid::from_u128(1_002));
    let correction = Transfer { reverses: Some(granted), ..bench.transfer(party(1), general(), 10, Kind::Reversal) };
    bench.apply(Change::Transfer(correction)).await.unwrap();
    bench.commit().await;
    assert_eq!(bench.balance(party(1)).await, -3);
    assert!(bench.verify().await.is_sound());
    bench.enter(general(), party(1), 2, Kind::Grant).await;
    bench.commit().await;
    assert!(bench.verify().await.is_sound());
    // Whatever else is spent from there is off.
    bench.enter(party(1), general(), 1, Kind::Gift).await;
    bench.commit().await;
    let account = party(1).account(COMMUNITY).0;
    assert_eq!(bench.verify().await.faults, [crate::store::verify::Fault::BelowFloor { account, balance: -2, least: -1 }]);
}

#[tokio::test]
async fn a_budget_counts_what_was_issued() {
    let mut bench = Bench::open().await;
    let mairie = || Party::Fund("mairie".into());
    assert_eq!(bench.store.fund_view(COMMUNITY, "mairie").await.unwrap(), None);
    let budget = Change::Budget { community: COMMUNITY, fund: "mairie".into(), budget_credits: Some(10), is_closed: false };
    bench.apply(budget).await.unwrap();
    bench.enter(Party::Issuance, mairie(), 8, Kind::Issue).await;
    bench.enter(mairie(), party(1), 5, Kind::Grant).await;
    bench.commit().await;
    bench.store.cache = crate::store::cache::Cache::default();
    let fund = bench.store.fund_view(COMMUNITY, "mairie").await.unwrap().unwrap();
    assert_eq!((fund.balance_credits, fund.issued_credits, fund.budget_credits, fund.left_credits()), (3, 8, Some(10), 5));
    assert!(bench.verify().await.is_sound());
}

fn me(n: u128) -> Person {
    Person::new(person(n), COMMUNITY, account(n), "A")
}

#[tokio::test]
async fn a_statement_shows_each_side_what_it_may_read() {
    let mut bench = Bench::open().await;
    bench.story().await;
    let (paid, _) = (bench.store.statement_view(&me(1), None, 11).await.unwrap(), ());
    let shown: Vec<_> = paid.movements.iter().map(|m| (m.number, m.amount_credits, m.named.as_deref(), m.reason.as_deref())).collect();
    assert_eq!(shown, [(3, 3, Some("CANARY-NAME"), Some("CANARY-REASON")), (2, 10, None, None)]);
    let gained = bench.store.statement_view(&me(2), None, 11).await.unwrap();
    let shown: Vec<_> = gained.movements.iter().map(|m| (m.number, m.named.as_deref(), m.reason.as_deref())).collect();
    assert_eq!(shown, [(3, None, Some("CANARY-REASON"))], "never the name that the giver typed");
    let older = bench.store.statement_view(&me(1), Some(2), 11).await.unwrap();
    assert_eq!(older.movements.len(), 1);
    assert_eq!(bench.store.statement_view(&me(1), None, 1).await.unwrap().movements.len(), 1);
}

#[tokio::test]
async fn what_solidarity_paid_is_a_line_only_where_the_person_paid_nothing() {
    let mut bench = Bench::open().await;
    let session = |n: u128| crate::domain::ids::SessionId(Uuid::from_u128(n));
    let solidarity = || Party::Fund(SOLIDARITY_FUND.into());
    bench.enter(Party::Issuance, solidarity(), 10, Kind::Issue).await;
    bench.enter(Party::Issuance, general(), 1, Kind::Issue).await;
    bench.enter(general(), party(1), 1, Kind::Grant).await;
    for (from, about, amount) in [(party(1), 7, 1), (solidarity(), 7, 2), (solidarity(), 8, 3)] {
        let transfer = bench.transfer(from, Party::Escrow(session(about)), amount, Kind::Booking).by(person(1)).about(session(about));
        bench.apply(Change::Transfer(transfer)).await.unwrap();
    }
    let lines = bench.store.statement_view(&me(1), None, 11).await.unwrap().movements;
    let shown: Vec<_> = lines.iter().map(|m| (m.number, m.side)).collect();
    use crate::domain::ledger::statement::Side;
    assert_eq!(shown, [(6, Side::Covered), (4, Side::Out), (3, Side::In)]);
}

fn sender(id: &str, user_name: Option<&str>) -> Sender {
    Sender {
        account: AccountAddress { platform: Platform::Telegram, id: id.into() },
        display_name: Some("X".into()),
        user_name: user_name.map(Into::into),
        language: None,
    }
}

async fn wait(bench: &mut Bench, n: u128, to: Named, source: Party) {
    let kind = if matches!(source, Party::Fund(_)) { Kind::Grant } else { Kind::Gift };
    let transfer = bench.enter(source.clone(), Party::WaitingGifts, 2, kind).await;
    let gift = WaitingGift {
        id: GiftId(Uuid::from_u128(n)),
        community: COMMUNITY,
        transfer: transfer.id,
        whom: Whom::Absent { platform: Platform::Telegram, to },
        source,
        giver: person(1),
        amount_credits: 2,
        reason: n.is_multiple_of(2).then(|| "bravo".into()),
        until: NOW,
    };
    bench.apply(Change::GiftWaits(gift)).await.unwrap();
}

#[tokio::test]
async fn what_waits_is_found_by_user_name_or_account_and_by_nothing_else() {
    let mut bench = Bench::open().await;
    bench.story().await;
    bench.enter(Party::Issuance, general(), 2, Kind::Issue).await;
    let named = Named::bare;
    let address = |id: &str| Some(AccountAddress { platform: Platform::Telegram, id: id.into() });
    wait(&mut bench, 1, named("Sam"), party(1)).await;
    wait(&mut bench, 2, Named { account: address("77"), ..named("whoever") }, party(1)).await;
    wait(&mut bench, 3, named("Lou"), general()).await;
    bench.commit().await;
    let mut found = Vec::new();
    for (id, user_name) in [("70", Some("sam")), ("77", None), ("78", Some("LOU")), ("79", Some("samuel")), ("80", None)] {
        let mut ids = IdSource::new([1; 32], Timestamp::from_micros(id.parse::<i64>().unwrap() * 1_000_000));
        let account = bench.store.account_of(&sender(id, user_name), &mut ids, NOW).await.unwrap();
        let view = bench.store.arrival_view(account.id, &me(9), NOW).await.unwrap();
        found.push(view.gifts.into_iter().map(|gift| (gift.id.0.as_u128(), gift.source, gift.reason)).collect::<Vec<_>>());
    }
    let expected = [vec![(1, party(1), None)], vec![(2, party(1), Some("bravo".to_owned()))], vec![(3, general(), None)], vec![], vec![]];
    assert_eq!(found, expected);
    let report = bench.verify().await;
    assert!(report.is_sound(), "{report}");
}

#[tokio::test]
async fn a_name_that_the_bot_knows_is_bound_to_its_account() {
    let mut bench = Bench::open().await;
    bench.story().await;
    let mut ids = IdSource::new([1; 32], NOW);
    let sam = bench.store.account_of(&sender("70", Some("sam")), &mut ids, NOW).await.unwrap();
    wait(&mut bench, 1, Named::bare("Sam"), party(1)).await;
    bench.store.account_of(&sender("70", Some("samuel")), &mut ids, NOW).await.unwrap();
    let thief = bench.store.account_of(&sender("71", Some("sam")), &mut ids, NOW).await.unwrap();
    assert_eq!(bench.store.arrival_view(thief.id, &me(8), NOW).await.unwrap().gifts.len(), 0);
    assert_eq!(bench.store.arrival_view(sam.id, &me(9), NOW).await.unwrap().gifts.len(), 1);
}

#[tokio::test]
async fn a_gift_ends_once_and_its_giver_may_be_gone() {
    let mut bench = Bench::open().await;
    bench.story().await;
    wait(&mut bench, 2, Named::bare("Sam"), party(1)).await;
    bench.commit().await;
    let id = GiftId(Uuid::from_u128(2));
    let (community, gift) = bench.store.waiting_view(id).await.unwrap().unwrap();
    assert_eq!((community, gift.number, gift.amount_credits), (COMMUNITY, 4, 2));
    assert_eq!(gift.giver, Some(Giver { id: person(1), alias: None }), "no such person is present");
    bench.store.vault.destroy(person(1).into()).unwrap();
    let (_, gift) = bench.store.waiting_view(id).await.unwrap().unwrap();
    assert_eq!((gift.giver, gift.reason), (None, None), "the key is destroyed");
    bench.enter(Party::WaitingGifts, Party::Fund(SOLIDARITY_FUND.into()), 2, Kind::GiftReturn).await;
    bench.apply(Change::GiftEnds(id)).await.unwrap();
    assert!(bench.store.waiting_view(id).await.unwrap().is_none());
    assert!(bench.apply(Change::GiftEnds(id)).await.is_err());
    bench.commit().await;
    assert!(bench.verify().await.is_sound(), "the chain verifies after an erasure");
}
