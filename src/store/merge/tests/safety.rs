//! Who wants nothing from one of the two wants nothing from the one that stays; what they wrote and took is theirs.

use super::*;
use crate::domain::safety::{
    Change as Safety,
    block::{Block, BlockArgs},
    report::{self, Case, Report},
    thanks::{Thanks, ThanksArgs, Verb},
};

fn block(n: u128, by: u128, whom: &[u128], name: &str) -> Safety {
    let persons = whom.iter().map(|whom| id(*whom)).collect();
    Safety::Block(Block { id: id(n), community: id(1), by: id(by), persons, platform: Platform::Terminal, name: Named::bare(name) })
}

fn thanks(n: u128, sender: u128, receiver: u128) -> Thanks {
    Thanks {
        id: id(n),
        community: id(1),
        group: Some(id(2)),
        sender: id(sender),
        receiver: Some(id(receiver)),
        name: "Sam".into(),
        words: Some("pour hier".into()),
        named: false,
        published: false,
    }
}

impl Bench {
    /// Everything about blocks, remembered and read anew.
    async fn blocks(&mut self) -> Vec<(u128, u128)> {
        let mut found = Vec::new();
        for (by, from) in [(KEEP, OTHER), (GONE, OTHER), (OTHER, KEEP), (OTHER, GONE), (KEEP, GONE), (GONE, KEEP), (KEEP, KEEP)] {
            if self.store.blocks(id(by), id(from)).await.unwrap() {
                found.push((by, from));
            }
        }
        found
    }

    async fn listed(&mut self, n: u128) -> Vec<String> {
        let person = self.store.person(id(n)).await.unwrap().unwrap();
        let scope = Scope { person: Some(person.clone()), ..testing::scope(None) };
        let view = self.store.block_view(&scope, &person, &BlockArgs::List).await.unwrap();
        view.mine.into_iter().map(|mine| mine.name).collect()
    }
}

#[tokio::test]
async fn blocks_are_about_the_one_that_stays() {
    let mut bench = Bench::open().await;
    for change in [
        block(50, GONE, &[OTHER], "Sam"),
        block(51, OTHER, &[GONE], "Fleur"),
        block(52, OTHER, &[KEEP, GONE], "qui a changé de nom"),
        block(53, GONE, &[KEEP], "Nadia"),
        block(54, KEEP, &[GONE], "Fleur"),
        block(55, GONE, &[], "Venu"),
    ] {
        bench.apply(change).await;
    }
    bench.link().await;
    for _ in 0..2 {
        assert_eq!(bench.blocks().await, [(KEEP, OTHER), (OTHER, KEEP)], "nobody blocks themself");
        bench.forget();
    }
    assert_eq!(bench.listed(KEEP).await, ["Sam", "Venu"]);
    assert_eq!(bench.listed(OTHER).await, ["Fleur", "qui a changé de nom"]);
    bench.join(8, "Venu", "Venu", Role::Member).await;
    assert!(bench.store.blocks(id(KEEP), id(8)).await.unwrap(), "what waited still waits for who comes");
    let left = "SELECT COUNT(*) FROM block WHERE person_id = $1";
    assert_eq!(bench.store.writer.row(left, binds![id::<PersonId>(GONE)]).await.unwrap().unwrap().int(0).unwrap(), 0);
}

#[tokio::test]
async fn thanks_are_opened_and_answered_by_the_one_that_stays() {
    let mut bench = Bench::open().await;
    for one in [thanks(50, GONE, OTHER), thanks(51, OTHER, GONE), thanks(52, GONE, KEEP)] {
        bench.apply(Safety::Thank(one)).await;
    }
    bench.link().await;
    let keep = bench.store.person(id(KEEP)).await.unwrap().unwrap();
    for (n, sender, receiver) in [(50, KEEP, Some(OTHER)), (51, OTHER, Some(KEEP)), (52, KEEP, None)] {
        let args = ThanksArgs::About(id(n), Verb::Publish);
        let found = bench.store.thanks_view(&testing::scope(None), &keep, &args, NOW).await.unwrap().found.unwrap();
        assert_eq!((found.sender, found.receiver, found.words.as_deref()), (id(sender), receiver.map(id), Some("pour hier")));
    }
    let scope = Scope { person: Some(keep.clone()), ..testing::scope(None) };
    let view = bench.store.block_view(&scope, &keep, &BlockArgs::Sender(uuid::Uuid::from_u128(51))).await.unwrap();
    assert_eq!(view.received.map(|received| received.from), Some(id(OTHER)));
}

#[tokio::test]
async fn a_report_stays_hidden_from_whom_it_is_about_and_with_who_took_it() {
    let mut bench = Bench::open().await;
    let told = Report {
        id: id(50),
        community: id(1),
        group: id(2),
        number: 1,
        reporter: None,
        reporter_name: None,
        shown: false,
        case: Case { words: vec!["Elle crie".into()], about: vec![id(GONE)], ..Case::default() },
        state: report::State::Open,
        opened: NOW,
        at: NOW,
        closed: None,
    };
    let taken = Report { id: id(51), number: 2, case: Case::default(), state: report::State::Taken(id(GONE)), ..told.clone() };
    for one in [told, taken] {
        bench.apply(Safety::Report(report::Change::Add(Box::new(one)))).await;
    }
    bench.link().await;
    let view = bench.store.report_wake_view(id(50)).await.unwrap().unwrap();
    assert!(view.report.case.about.contains(&id(KEEP)) && view.staff.is_empty(), "{:?}", view.staff);
    let view = bench.store.report_wake_view(id(51)).await.unwrap().unwrap();
    assert_eq!((view.report.state, view.staff.len()), (report::State::Taken(id(KEEP)), 1));
}
