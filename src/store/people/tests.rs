//! Communities, persons, check-ins and prompts on a real database: remembered and read anew they are the same, and nothing stands readable.

use std::sync::Arc;

use super::*;
use crate::{
    domain::{
        checkin::{self, Entry},
        decision::{self, Context},
        event::{AccountAddress, Platform, Sender},
        hear::Named,
        ids::IdSource,
        people::{
            AccountSetting, Change, CommunitySetting, GroupSetting, PersonSetting, Purpose, Target,
            code::{Code, Opens},
        },
        prompt::{self, Prompt, State},
        scope::{Account, Scope},
        testing::{self, NOW, id},
    },
    store::{cache::Cache, questions::About, url_of},
    vault::Vault,
};

struct Bench {
    store: Store,
    dir: tempfile::TempDir,
}

impl Bench {
    /// A store in a folder of its own, with a community, its group, and Nadia's account.
    async fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("{}?mode=rwc", url_of(&dir.path().join("db")));
        let mut store = Store::open(&url, Arc::new(Vault::in_memory().unwrap())).await.unwrap();
        store.begin().await.unwrap();
        let mut bench = Self { store, dir };
        bench.apply(Change::AddCommunity(Box::new(testing::community()))).await;
        bench.apply(Change::AddGroup(testing::group())).await;
        bench
    }

    async fn apply(&mut self, change: impl Into<decision::Change>) {
        self.store.apply(About::default(), change.into(), NOW).await.unwrap();
    }

    /// An account that goes by `name` on the platform, joined under `alias`.
    async fn join(&mut self, n: u128, name: &str, alias: &str, role: Role) -> Person {
        let account = self.account(name).await;
        let person = testing::person(n, alias, role);
        self.apply(Change::AddPerson { person: Box::new(person.clone()), account: account.id, at: NOW }).await;
        let since = person.memberships[0].since;
        self.apply(Change::AddMembership { person: person.id, group: id(2), role, since }).await;
        person
    }

    async fn account(&mut self, name: &str) -> Account {
        let sender = Sender {
            account: AccountAddress { platform: Platform::Terminal, id: name.into() },
            display_name: Some(name.into()),
            user_name: Some(name.into()),
            language: None,
        };
        let mut ids = IdSource::new(self.store.vault().seed(name.as_bytes()), NOW);
        self.store.account_of(&sender, &mut ids, NOW).await.unwrap().account()
    }

    /// The scope of an account that has no person yet.
    async fn scope(&mut self, name: &str) -> Scope {
        let account = self.account(name).await;
        let person = self.store.person_of(account.id, id(1)).await.unwrap();
        Scope { account, person, ..testing::scope(None) }
    }

    fn forget(&mut self) {
        self.store.cache = Cache::default();
    }

    /// What is remembered, and what is read anew.
    async fn person(&mut self, n: u128) -> Option<Person> {
        let remembered = self.store.person(id(n)).await.unwrap();
        self.forget();
        let read = self.store.person(id(n)).await.unwrap();
        assert_eq!(remembered, read);
        read
    }
}

fn code(seed: u8) -> Code {
    Code::make(&mut Context { now: NOW, ids: IdSource::new([seed; 32], NOW) })
}

#[tokio::test]
async fn a_person_remembered_is_the_person_read() {
    let mut bench = Bench::open().await;
    let person = bench.join(5, "nadia", "Nadia", Role::Facilitator).await;
    assert_eq!(bench.person(5).await, Some(person));
    for setting in [
        PersonSetting::Alias("Fleur".into()),
        PersonSetting::Language("en".into()),
        PersonSetting::Country("BE".into()),
        PersonSetting::Zone("Europe/Brussels".parse().unwrap()),
        PersonSetting::PausedUntil(Some(NOW)),
    ] {
        bench.apply(Change::Person(id(5), setting)).await;
    }
    bench.apply(Change::SetRole { person: id(5), group: id(2), role: Role::Supporter }).await;
    bench.apply(Change::SetCoordinator { person: id(5), coordinator: true }).await;
    bench.apply(Change::Agree { person: id(5), purpose: Purpose::Checkins, version: 3, at: NOW }).await;
    let person = bench.person(5).await.unwrap();
    assert_eq!((person.alias.as_str(), person.language.as_deref(), person.country.as_deref()), ("Fleur", Some("en"), Some("BE")));
    assert_eq!((person.zone, person.paused_until), ("Europe/Brussels".parse().ok(), Some(NOW)));
    assert_eq!((person.coordinator, person.memberships[0].role, person.checkins_agreed_at), (true, Role::Supporter, Some(NOW)));
    assert_eq!(bench.store.agreed_version(id(5), Purpose::Checkins).await.unwrap(), Some(3));
    assert_eq!(bench.store.agreed_version(id(5), Purpose::Participation).await.unwrap(), None);
}

#[tokio::test]
async fn communities_and_groups_keep_their_settings() {
    let mut bench = Bench::open().await;
    for setting in [
        CommunitySetting::Name("Les Amis".into()),
        CommunitySetting::Contact("01 02".into()),
        CommunitySetting::Language("en".into()),
        CommunitySetting::Country("FR".into()),
        CommunitySetting::Charter(Some("Doux.".into())),
    ] {
        bench.apply(Change::Community(id(1), setting)).await;
    }
    bench.apply(Change::Group(id(2), GroupSetting::Name("Jardin".into()))).await;
    bench.apply(Change::Group(id(2), GroupSetting::Paused(true))).await;
    let (community, group) = (bench.store.community(id(1)).await.unwrap(), bench.store.group(id(2)).await.unwrap());
    bench.forget();
    assert_eq!(community, bench.store.community(id(1)).await.unwrap());
    assert_eq!(group, bench.store.group(id(2)).await.unwrap());
    let (community, group) = (community.unwrap(), group.unwrap());
    assert_eq!(
        (community.name.as_deref(), community.language.as_str(), community.charter.as_deref()),
        (Some("Les Amis"), "en", Some("Doux."))
    );
    assert_eq!((group.name.as_deref(), group.paused), (Some("Jardin"), true));
}

#[tokio::test]
async fn who_leaves_is_no_more_found_and_who_comes_back_is_the_same() {
    let mut bench = Bench::open().await;
    bench.join(5, "nadia", "Nadia", Role::Member).await;
    let account = bench.account("nadia").await.id;
    bench.apply(Change::EndMembership { person: id(5), group: id(2), at: NOW }).await;
    bench.apply(Change::PersonLeft { person: id(5), at: NOW }).await;
    assert_eq!(bench.person(5).await, None);
    assert!(bench.store.persons_of(account).await.unwrap().is_empty());
    let scope = bench.scope("nadia").await;
    assert_eq!(bench.store.target(&scope, &named("Nadia")).await.unwrap(), Target::Nobody);
    let view = bench.store.join_view(&scope).await.unwrap();
    assert_eq!(view.former.map(|person| person.alias), Some("Nadia".into()));

    bench.apply(Change::PersonBack(id(5))).await;
    bench.apply(Change::AddMembership { person: id(5), group: id(2), role: Role::Member, since: NOW }).await;
    let back = bench.person(5).await.unwrap();
    assert_eq!(back.memberships, [Membership { group: id(2), role: Role::Member, since: NOW }]);
    assert_eq!(bench.store.persons_of(account).await.unwrap(), [back]);
    assert_eq!(bench.store.accounts_of(id(5)).await.unwrap(), [account]);
}

fn named(typed: &str) -> Named {
    Named { marked: true, ..Named::bare(typed) }
}

#[tokio::test]
async fn names_are_user_names_first_then_aliases_of_the_community() {
    let mut bench = Bench::open().await;
    bench.join(5, "nadia", "Nadia", Role::Member).await;
    bench.join(6, "sam", "Élodie B", Role::Member).await;
    bench.account("awa").await;
    let scope = bench.scope("nadia").await;
    for (typed, expected) in
        [("sam", Some(6)), ("elodie_b", Some(6)), ("ÉLODIEB", Some(6)), ("Sam", None), ("awa", None), ("personne", None)]
    {
        let target = bench.store.target(&scope, &named(typed)).await.unwrap();
        let found = if let Target::Person(person) = target { Some(person.id) } else { None };
        assert_eq!(found, expected.map(id), "{typed}");
    }
    assert_eq!(bench.store.target(&scope, &named("nadia")).await.unwrap(), Target::Oneself);
    assert_eq!(bench.store.target(&scope, &named("NADIA")).await.unwrap(), Target::Oneself);
    assert_eq!(bench.store.target(&scope, &named("Entraide")).await.unwrap(), Target::Bot);
    let of = |name: &str| Some(AccountAddress { platform: Platform::Terminal, id: name.into() });
    let mention = |name| Named { account: of(name), ..named("Élodie B") };
    // What the platform says of a mention counts, whatever its text is.
    assert_eq!(bench.store.target(&scope, &mention("awa")).await.unwrap(), Target::Nobody);
    assert!(matches!(bench.store.target(&scope, &mention("sam")).await.unwrap(), Target::Person(_)));
}

#[tokio::test]
async fn an_alias_is_had_once_in_a_community() {
    let mut bench = Bench::open().await;
    bench.join(5, "nadia", "Nadia", Role::Member).await;
    assert_eq!(bench.store.free_alias(id(1), "nadia", None).await.unwrap(), "nadia2");
    assert_eq!(bench.store.free_alias(id(1), "NADIA", Some(id(5))).await.unwrap(), "NADIA");
    assert_eq!(bench.store.free_alias(id(77), "Nadia", None).await.unwrap(), "Nadia");
    let scope = bench.scope("Nadia").await;
    assert_eq!(bench.store.join_view(&scope).await.unwrap().free_alias, "Nadia2");
}

#[tokio::test]
async fn a_code_opens_once_and_for_a_day() {
    let mut bench = Bench::open().await;
    let until = NOW.plus(chrono::TimeDelta::hours(24));
    let (room, group) = (code(1), code(2));
    bench.apply(Change::AddCode { code: room.clone(), community: id(1), opens: Opens::Room(id(2)), until }).await;
    bench.apply(Change::AddCode { code: group.clone(), community: id(1), opens: Opens::Group, until }).await;
    let scope = Scope { community: None, group: None, ..bench.scope("nadia").await };
    let mut opens = Vec::new();
    for (code, now) in [(&room, NOW), (&group, NOW), (&code(3), NOW), (&room, until)] {
        opens.push(bench.store.setup_view(&scope, Some(code), now).await.unwrap().opened.map(|opened| opened.opens));
    }
    assert_eq!(opens, [Some(Opens::Room(id(2))), Some(Opens::Group), None, None]);
    bench.apply(Change::UseCode { code: room.clone(), at: NOW }).await;
    assert_eq!(bench.store.setup_view(&scope, Some(&room), NOW).await.unwrap().opened, None);
}

#[tokio::test]
async fn staff_are_the_coordinators_and_the_groups_facilitators() {
    let mut bench = Bench::open().await;
    bench.join(5, "nadia", "Nadia", Role::Coordinator).await;
    bench.join(6, "sam", "Sam", Role::Facilitator).await;
    bench.join(7, "awa", "Awa", Role::Supporter).await;
    assert_eq!(bench.store.staff_of(id(2)).await.unwrap(), [id(5), id(6)]);
    assert_eq!(bench.store.coordinators(id(1)).await.unwrap(), 1);
}

#[tokio::test]
async fn check_ins_are_replaced_erased_and_pruned_as_the_consent_says() {
    let mut bench = Bench::open().await;
    let person = bench.join(5, "nadia", "Nadia", Role::Member).await;
    let today = NOW.utc().date_naive();
    let entry = |days_ago: i64, score: u8, note: &str| Entry {
        person: id(5),
        day: today - chrono::TimeDelta::days(days_ago),
        score,
        note: Some(note.into()),
        full_care: (score == 1).then_some(NOW),
        at: NOW,
    };
    for kept in [entry(0, 3, "bof"), entry(0, 1, "dur"), entry(2, 4, "mieux"), entry(91, 2, "vieux"), entry(366, 5, "ancien")] {
        bench.apply(checkin::Change::Keep(kept)).await;
    }
    let view = bench.store.checkin_view(&person, today).await.unwrap();
    assert_eq!(view.recent, [entry(2, 4, "mieux"), entry(0, 1, "dur")]);
    bench.apply(checkin::Change::Erase { person: id(5), day: today }).await;
    assert_eq!(bench.store.checkin_days(id(5), today).await.unwrap(), [(today - chrono::TimeDelta::days(2), 4)]);

    bench.store.prune(NOW).await.unwrap();
    let rows = bench.store.writer.rows("SELECT day, note_sealed IS NULL FROM checkin ORDER BY day", binds![]).await.unwrap();
    let kept: Vec<(String, i64)> = rows.iter().map(|row| (row.text(0).unwrap(), row.int(1).unwrap())).collect();
    let day = |ago: i64| (today - chrono::TimeDelta::days(ago)).to_string();
    assert_eq!(kept, [(day(91), 1), (day(2), 0)]);
}

#[tokio::test]
async fn prompts_are_kept_until_they_are_old() {
    let mut bench = Bench::open().await;
    bench.join(5, "nadia", "Nadia", Role::Facilitator).await;
    let waiting =
        Prompt { id: id(30), group: id(2), session: Some(id(31)), by: id(5), text: "Un mot ?".into(), at: NOW, state: State::Waiting };
    bench.apply(prompt::Change::Add(Box::new(waiting.clone()))).await;
    assert_eq!(bench.store.prompt(id(30)).await.unwrap(), Some(waiting.clone()));
    let later = NOW.plus(chrono::TimeDelta::days(366));
    bench.store.prune(later).await.unwrap();
    assert!(bench.store.prompt(id(30)).await.unwrap().is_some(), "what waits is never forgotten");
    bench.apply(prompt::Change::Set(id(30), State::Posted)).await;
    assert_eq!(bench.store.prompt(id(30)).await.unwrap(), Some(Prompt { state: State::Posted, ..waiting }));
    bench.store.prune(later).await.unwrap();
    assert_eq!(bench.store.prompt(id(30)).await.unwrap(), None);
}

#[tokio::test]
async fn nothing_of_it_stands_readable_in_the_files() {
    let mut bench = Bench::open().await;
    bench.join(5, "canarycount", "CanaryAlias", Role::Member).await;
    let secret = code(9);
    let until = NOW.plus(chrono::TimeDelta::hours(24));
    bench.apply(Change::AddCode { code: secret.clone(), community: id(1), opens: Opens::Group, until }).await;
    for setting in [
        CommunitySetting::Name("CanaryName".into()),
        CommunitySetting::Contact("CanaryContact".into()),
        CommunitySetting::Charter(Some("CanaryCharter".into())),
    ] {
        bench.apply(Change::Community(id(1), setting)).await;
    }
    bench.apply(Change::Group(id(2), GroupSetting::Name("CanaryGroup".into()))).await;
    bench.apply(Change::Person(id(5), PersonSetting::Country("CANARYLAND".into()))).await;
    let account = bench.account("canarycount").await.id;
    bench.apply(Change::Account(account, AccountSetting::Country("CANARYLAND".into()))).await;
    let entry = Entry { person: id(5), day: NOW.utc().date_naive(), score: 1, note: Some("CanaryNote".into()), full_care: None, at: NOW };
    bench.apply(checkin::Change::Keep(entry)).await;
    let prompt = Prompt { id: id(30), group: id(2), session: None, by: id(5), text: "CanaryPrompt".into(), at: NOW, state: State::Waiting };
    bench.apply(prompt::Change::Add(Box::new(prompt))).await;
    bench.store.commit().await.unwrap();

    let mut seen = 0;
    for file in std::fs::read_dir(bench.dir.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap().to_ascii_lowercase();
        seen += bytes.len();
        for canary in ["canary".to_owned(), secret.canonical().to_lowercase()] {
            assert!(!bytes.windows(canary.len()).any(|window| window == canary.as_bytes()), "{canary} stands readable");
        }
    }
    assert!(seen > 10_000, "the files hold the rows");
}
