//! Communities, persons, check-ins and prompts on a real database: remembered and read anew they are the same, and nothing stands readable.

use std::sync::Arc;

use super::*;
use crate::{
    domain::{
        checkin,
        decision::{self, Context},
        event::{AccountAddress, Platform, Sender},
        hear::Named,
        ids::IdSource,
        people::{
            AccountSetting, CONSENT_VERSION, Change, CommunitySetting, GroupSetting, PersonSetting, Purpose, Target,
            code::{Code, Opens},
            consent::{Entry, Standing, Step},
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
        let agreed = Entry { purpose: Purpose::Participation, step: Step::Given, version: CONSENT_VERSION, at: NOW };
        self.apply(Change::Consent(person.id, agreed)).await;
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
    bench.apply(given(Purpose::Checkins, 3)).await;
    let person = bench.person(5).await.unwrap();
    assert_eq!((person.alias.as_str(), person.language.as_deref(), person.country.as_deref()), ("Fleur", Some("en"), Some("BE")));
    assert_eq!((person.zone, person.paused_until), ("Europe/Brussels".parse().ok(), Some(NOW)));
    assert_eq!((person.coordinator, person.memberships[0].role), (true, Role::Supporter));
    assert!(person.consents.given(Purpose::Checkins) && !person.consents.given(Purpose::Alerts));
}

fn given(purpose: Purpose, version: i64) -> Change {
    Change::Consent(id(5), Entry { purpose, step: Step::Given, version, at: NOW })
}

#[tokio::test]
async fn consents_are_added_up_in_their_order_and_none_is_overwritten() {
    let mut bench = Bench::open().await;
    bench.join(5, "nadia", "Nadia", Role::Member).await;
    // The clock stands still in the terminal: the order does not hang on it.
    let withdrawn = Change::Consent(id(5), Entry { purpose: Purpose::Alerts, step: Step::Withdrawn, version: 1, at: NOW });
    for change in [given(Purpose::Participation, 1), given(Purpose::Alerts, 1), withdrawn, given(Purpose::Participation, 3)] {
        bench.apply(change).await;
    }
    let person = bench.person(5).await.unwrap();
    assert_eq!(person.consents.standing(Purpose::Participation), Standing::Given(NOW));
    assert_eq!(person.consents.standing(Purpose::Alerts), Standing::Withdrawn(NOW));
    let history = bench.store.consent_history(id(5)).await.unwrap();
    let steps: Vec<(i64, i64, i64)> = history.iter().map(|e| (e.purpose.code(), e.step.code(), e.version)).collect();
    assert_eq!(steps, [(0, 1, CONSENT_VERSION), (0, 1, 1), (2, 1, 1), (2, 0, 1), (0, 1, 3)]);
    // Who left takes nothing more down; what was there stays.
    bench.apply(Change::PersonLeft { person: id(5), at: NOW }).await;
    bench.apply(given(Purpose::Figures, 1)).await;
    assert_eq!(bench.store.consent_history(id(5)).await.unwrap().len(), 5);
    bench.apply(Change::PersonBack(id(5))).await;
    bench.apply(given(Purpose::Figures, 1)).await;
    assert!(bench.person(5).await.unwrap().consents.given(Purpose::Figures));
}

#[tokio::test]
async fn what_was_agreed_to_before_stands_at_the_beginning_of_the_history() {
    let mut bench = Bench::open().await;
    bench.join(5, "nadia", "Nadia", Role::Member).await;
    bench.join(6, "sam", "Sam", Role::Member).await;
    // The table as the second migration made it, with what stood in it, and then the seventh migration.
    let old = "DROP TABLE consent;
CREATE TABLE consent (person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, purpose INTEGER NOT NULL, \
version INTEGER NOT NULL, agreed_at INTEGER NOT NULL, PRIMARY KEY (person_id, purpose, agreed_at)) STRICT, WITHOUT ROWID;
INSERT INTO consent (person_id, purpose, version, agreed_at) SELECT id, 1, 1, 20 FROM person WHERE alias_hash IS NOT NULL;
INSERT INTO consent (person_id, purpose, version, agreed_at) SELECT id, 0, 1, 20 FROM person;
INSERT INTO consent (person_id, purpose, version, agreed_at) SELECT id, 0, 1, 10 FROM person;
UPDATE person SET checkins_agreed_at = 20";
    for sql in [old, include_str!("../../../migrations/sqlite/0007_consent.sql")] {
        let bare: String = sql.lines().filter(|line| !line.starts_with("--")).map(|line| format!("{line}\n")).collect();
        for statement in bare.split(';').filter(|statement| !statement.trim().is_empty()) {
            bench.store.writer.run(Box::leak(statement.to_owned().into_boxed_str()), binds![]).await.unwrap();
        }
    }
    bench.forget();
    for n in [5, 6] {
        let history = bench.store.consent_history(id(n)).await.unwrap();
        let rows: Vec<(i64, Step, i64, i64)> = history.iter().map(|e| (e.purpose.code(), e.step, e.version, e.at.micros())).collect();
        assert_eq!(rows, [(0, Step::Given, 1, 10), (0, Step::Given, 1, 20), (1, Step::Given, 1, 20)]);
        let person = bench.store.person(id(n)).await.unwrap().unwrap();
        assert_eq!(person.consents.standing(Purpose::Participation), Standing::Outdated(crate::domain::time::Timestamp::from_micros(20)));
    }
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
    let view = bench.store.join_view(&scope, NOW).await.unwrap();
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
    assert_eq!(bench.store.join_view(&scope, NOW).await.unwrap().free_alias, "Nadia2");
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
    assert_eq!(bench.store.coordinators(id(1)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn check_ins_are_replaced_erased_and_pruned_as_the_consent_says() {
    let mut bench = Bench::open().await;
    bench.join(5, "nadia", "Nadia", Role::Member).await;
    let today = NOW.utc().date_naive();
    let entry = |days_ago: i64, score: u8, note: &str| checkin::Entry {
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
    let view = bench.store.checkin_view(id(5), today).await.unwrap();
    assert_eq!(view.recent, [entry(2, 4, "mieux"), entry(0, 1, "dur")]);
    assert_eq!(bench.store.checkins_kept(id(5)).await.unwrap(), 4);
    bench.apply(checkin::Change::Erase { person: id(5), day: today }).await;
    assert_eq!(bench.store.checkin_days(id(5), today).await.unwrap(), [(today - chrono::TimeDelta::days(2), 4)]);

    bench.store.prune(NOW).await.unwrap();
    let rows = bench.store.writer.rows("SELECT day, note_sealed IS NULL FROM checkin ORDER BY day", binds![]).await.unwrap();
    let kept: Vec<(String, i64)> = rows.iter().map(|row| (row.text(0).unwrap(), row.int(1).unwrap())).collect();
    let day = |ago: i64| (today - chrono::TimeDelta::days(ago)).to_string();
    assert_eq!(kept, [(day(91), 1), (day(2), 0)]);
    bench.apply(checkin::Change::EraseAll(id(5))).await;
    assert_eq!(bench.store.checkins_kept(id(5)).await.unwrap(), 0);
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
    let entry =
        checkin::Entry { person: id(5), day: NOW.utc().date_naive(), score: 1, note: Some("CanaryNote".into()), full_care: None, at: NOW };
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
