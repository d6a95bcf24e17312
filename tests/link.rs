//! Linking through the whole engine on a real database: limits, crashes, the time that passes meanwhile, and that no credit is lost.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;

use std::{collections::HashMap, path::Path};

use chrono::TimeDelta;
use desk::{NOON, content, direct, found, number, room, sql};
use entraide::{
    app::engine::Engine,
    domain::{
        event::{Event, EventKey, Origin, Platform, RoomEvent},
        message::{Button, Value},
        time::Timestamp,
    },
    store::{
        outbox::{Ready, Route},
        sql::Reader,
        verify::verify,
    },
};

/// People who write and press, with the clock of the engine and the newest buttons of each.
struct Talk {
    engine: Engine,
    now: Timestamp,
    said: u64,
    buttons: HashMap<String, Vec<Button>>,
    told: HashMap<String, Vec<String>>,
}

impl Talk {
    /// Nadia coordinates; the others join her group.
    async fn of(folder: &Path, others: &[&str]) -> Self {
        let mut engine = desk::engine(folder).await;
        found(&mut engine, "Nadia", others).await;
        Self { engine, now: NOON, said: 0, buttons: HashMap::new(), told: HashMap::new() }
    }

    /// The program is started anew on the same database, with the clock at `now`.
    async fn restart(self, folder: &Path, now: Timestamp) -> Self {
        let Self { engine, said, .. } = self;
        drop(engine);
        let (engine, _) = desk::open(folder, now, false).await;
        Self { engine, now, said: said + 1_000, buttons: HashMap::new(), told: HashMap::new() }
    }

    fn note(&mut self, owed: &[Ready]) {
        self.told.clear();
        for ready in owed {
            let (Some(content), Route::Direct(_, address) | Route::DirectClosed(_, address)) = (content(ready), &ready.route) else {
                continue;
            };
            let ids = content.lines.iter().map(|line| line.id.to_string());
            self.told.entry(address.id.clone()).or_default().extend(ids);
            if !content.buttons.is_empty() {
                self.buttons.insert(address.id.clone(), content.buttons.clone());
            }
        }
    }

    async fn hand_in(&mut self, mut event: Event) -> Vec<Ready> {
        event.at = self.now;
        event.key = EventKey(format!("talk:{}", self.said));
        self.said += 1;
        let owed = desk::handle(&mut self.engine, vec![event]).await;
        self.note(&owed);
        owed
    }

    async fn say(&mut self, name: &str, text: &str) -> Vec<Ready> {
        self.hand_in(desk::said("", name, text)).await
    }

    async fn press(&mut self, name: &str, button: usize) -> Vec<Ready> {
        let press = self.buttons[name][button - 1].press.clone();
        self.hand_in(desk::pressed_in("", direct(Platform::Terminal, name), name, press)).await
    }

    /// The clock moves on; what came due happened.
    async fn later(&mut self, delta: TimeDelta) -> usize {
        self.now = self.now.plus(delta);
        self.engine.clock().set(self.now);
        let owed = self.engine.handle_due().await.unwrap().owed;
        self.note(&owed);
        owed.len()
    }

    async fn code(&mut self, name: &str) -> String {
        let owed = self.say(name, "/lier").await;
        let lines = &content(owed.last().unwrap()).unwrap().lines;
        let code = lines.iter().flat_map(|line| &line.args).find(|(name, _)| name == "code").map(|(_, value)| value.clone());
        let Some(Value::Text(code)) = code else { panic!("no code: {lines:?}") };
        code
    }

    /// Both agree; a day is left.
    async fn agree(&mut self, asking: &str, typing: &str) {
        let code = self.code(asking).await;
        self.say(typing, &format!("/lier {code}")).await;
        self.press(typing, 1).await;
        self.press(asking, 1).await;
        assert_eq!(self.first(typing), "link-news", "{:?}", self.told);
    }

    async fn link(&mut self, asking: &str, typing: &str) {
        self.agree(asking, typing).await;
        self.later(TimeDelta::hours(24)).await;
        assert!(self.was_told(asking, "link-done") && self.was_told(typing, "link-done"), "{:?}", self.told);
    }

    fn first(&self, name: &str) -> &str {
        self.told.get(name).and_then(|lines| lines.first()).map_or("", |id| id)
    }

    fn was_told(&self, name: &str, id: &str) -> bool {
        self.told.get(name).is_some_and(|lines| lines.iter().any(|line| line == id))
    }

    /// What a person can spend and has set aside, as they are told themselves.
    async fn wealth(&mut self, name: &str) -> i64 {
        let owed = self.say(name, "/solde").await;
        let args: Vec<_> = content(owed.last().unwrap()).unwrap().lines.iter().flat_map(|line| &line.args).cloned().collect();
        args.iter()
            .filter(|(name, _)| name == "free" || name == "amount")
            .map(|(_, value)| if let Value::Number(n) = value { *n } else { 0 })
            .sum()
    }

    async fn is_sound(&mut self, folder: &Path) {
        let mut reader = Reader::open(&folder.join("entraide.db")).await.unwrap();
        let report = verify(&mut reader).await.unwrap();
        assert!(report.is_sound(), "{report}");
    }
}

const LINKED: &str = "SELECT COUNT(*) FROM account WHERE link_id IS NOT NULL";
const MERGED: &str = "SELECT COUNT(*) FROM person WHERE merged_into IS NOT NULL";

#[tokio::test]
async fn the_day_passes_while_the_program_is_down_and_the_link_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis"]).await;
    talk.agree("Awa", "AwaBis").await;
    let mut talk = talk.restart(folder.path(), NOON.plus(TimeDelta::days(3))).await;
    assert_eq!(number(&mut talk.engine, LINKED).await, 0);
    assert_eq!(talk.later(TimeDelta::zero()).await, 2, "each is told once");
    assert!(talk.was_told("Awa", "link-done") && talk.was_told("AwaBis", "link-done"));
    assert_eq!((number(&mut talk.engine, LINKED).await, number(&mut talk.engine, MERGED).await), (2, 1));
    let mut talk = talk.restart(folder.path(), NOON.plus(TimeDelta::days(4))).await;
    talk.later(TimeDelta::zero()).await;
    assert!(!talk.was_told("Awa", "link-done"));
    talk.is_sound(folder.path()).await;
}

#[tokio::test]
async fn a_disk_that_is_full_in_the_middle_leaves_two_persons_and_later_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis"]).await;
    for n in 0..40 {
        talk.say("Nadia", &format!("/crediter @AwaBis 2 raison {n}")).await;
    }
    talk.agree("Awa", "AwaBis").await;
    let limit = |pages: i64| format!("PRAGMA max_page_count = {pages}");
    let pages = number(&mut talk.engine, "PRAGMA page_count").await;
    // Long enough that what follows needs pages that are not there.
    sql(&mut talk.engine, "CREATE TABLE ballast (bytes BLOB)".into()).await;
    let trigger = "CREATE TRIGGER burden AFTER UPDATE ON account BEGIN INSERT INTO ballast VALUES (zeroblob(400000)); END";
    sql(&mut talk.engine, trigger.into()).await;
    talk.engine.store().writer().rows(Box::leak(limit(pages + 4).into_boxed_str()), vec![]).await.unwrap();
    talk.now = talk.now.plus(TimeDelta::hours(24));
    talk.engine.clock().set(talk.now);
    let fault = talk.engine.handle_due().await.unwrap_err();
    assert!(fault.is_machine(), "{fault}");
    let merged = number(&mut talk.engine, MERGED).await;
    assert_eq!((merged, number(&mut talk.engine, LINKED).await), (0, 0), "nothing half done");

    sql(&mut talk.engine, "DROP TRIGGER burden".into()).await;
    talk.later(TimeDelta::zero()).await;
    assert!(talk.was_told("Awa", "link-done"), "{:?}", talk.told);
    assert_eq!((number(&mut talk.engine, MERGED).await, talk.wealth("Awa").await), (1, 80));
    talk.is_sound(folder.path()).await;
}

#[tokio::test]
async fn five_accounts_are_one_person_and_a_sixth_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["A", "B", "C"]).await;
    // Two and two, then a stranger to the group.
    talk.link("A", "B").await;
    let code = talk.code("A").await;
    talk.say("B", &format!("/lier {code}")).await;
    assert_eq!(talk.first("B"), "link-already");
    talk.link("C", "D").await;
    talk.link("B", "D").await;
    for name in ["A", "B", "C", "D"] {
        assert!(talk.was_told(name, "link-done"), "every account of both is told: {name}");
    }
    talk.link("E", "A").await;
    assert_eq!((number(&mut talk.engine, LINKED).await, number(&mut talk.engine, MERGED).await), (5, 2));
    // All five are one in a group that one of them joins later, too.
    let place = || room(Platform::Terminal, "cour");
    talk.hand_in(desk::said_in("", place(), "Nadia", "/installer")).await;
    talk.press("Nadia", 1).await;
    talk.hand_in(desk::said_in("", place(), "E", "/rejoindre")).await;
    talk.press("E", 1).await;
    let sql = "SELECT COUNT(*) FROM person_account GROUP BY community_id ORDER BY 1";
    let rows = talk.engine.store().writer().rows(sql, vec![]).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.int(0).unwrap()).collect::<Vec<_>>(), [6, 6], "five and Nadia in each of two communities");

    talk.say("B", "/lier").await;
    assert_eq!(talk.first("B"), "link-full");
    let code = talk.code("F").await;
    talk.say("C", &format!("/lier {code}")).await;
    assert_eq!(talk.first("C"), "link-full");
    // One taken out makes room for another.
    talk.say("E", "/lier comptes").await;
    talk.press("E", 1).await;
    talk.press("E", 1).await;
    assert_eq!(number(&mut talk.engine, LINKED).await, 4);
    talk.link("F", "E").await;
    talk.is_sound(folder.path()).await;
}

#[tokio::test]
async fn a_code_asked_again_replaces_the_first_and_five_wrong_tries_end_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis"]).await;
    let (first, second) = (talk.code("Awa").await, talk.code("Awa").await);
    assert_ne!(first, second);
    talk.say("AwaBis", &format!("/lier {first}")).await;
    assert_eq!(talk.first("AwaBis"), "link-code-wrong");
    // Five others guess at the secret behind its first four signs; the sixth has it, too late.
    for n in 0..5 {
        let wrong = if second.ends_with('0') { "1111-1111" } else { "0000-0000" };
        talk.say(&format!("Curieux{n}"), &format!("/lier {}-{wrong}", &second[..4])).await;
        assert_eq!(talk.first(&format!("Curieux{n}")), "link-code-wrong");
    }
    talk.say("AwaBis", &format!("/lier {second}")).await;
    assert_eq!(talk.first("AwaBis"), "link-code-wrong");
    // A used one is the same as a wrong one.
    let third = talk.code("Awa").await;
    talk.say("AwaBis", &format!("/lier {third}")).await;
    assert_eq!(talk.first("AwaBis"), "link-question");
    talk.say("Sam", &format!("/lier {third}")).await;
    assert_eq!(talk.first("Sam"), "link-code-wrong");
}

#[tokio::test]
async fn the_tries_count_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis"]).await;
    for _ in 0..5 {
        talk.say("AwaBis", "/lier ABCD-EFGH-JKMN").await;
    }
    let mut talk = talk.restart(folder.path(), NOON).await;
    let code = talk.code("Awa").await;
    talk.say("AwaBis", &format!("/lier {code}")).await;
    assert_eq!(talk.first("AwaBis"), "link-code-wrong");
    talk.later(TimeDelta::hours(1)).await;
    let code = talk.code("Awa").await;
    talk.say("AwaBis", &format!("/lier {code}")).await;
    assert_eq!(talk.first("AwaBis"), "link-question");
}

#[tokio::test]
async fn who_blocks_the_bot_meanwhile_is_not_linked() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis"]).await;
    talk.agree("Awa", "AwaBis").await;
    let left = RoomEvent::Left(direct(Platform::Terminal, "Awa"));
    talk.hand_in(Event { key: EventKey(String::new()), at: NOON, origin: Origin::Room(left) }).await;
    talk.later(TimeDelta::hours(24)).await;
    assert!(talk.was_told("AwaBis", "link-off") && talk.was_told("Awa", "link-off"), "{:?}", talk.told);
    assert_eq!((number(&mut talk.engine, LINKED).await, number(&mut talk.engine, MERGED).await), (0, 0));
    // Nor is a code taken whose question could not be asked.
    let code = talk.code("Awa").await;
    let left = RoomEvent::Left(direct(Platform::Terminal, "Awa"));
    talk.hand_in(Event { key: EventKey(String::new()), at: NOON, origin: Origin::Room(left) }).await;
    talk.say("AwaBis", &format!("/lier {code}")).await;
    assert_eq!(talk.first("AwaBis"), "link-closed");
}

#[tokio::test]
async fn who_is_erased_is_not_linked_and_does_not_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis", "Sam"]).await;
    // The key of an account is destroyed while its code waits: it opens nothing.
    let code = talk.code("Sam").await;
    destroy(&mut talk.engine, "account", "Sam").await;
    let mut talk = talk.restart(folder.path(), NOON).await;
    talk.say("AwaBis", &format!("/lier {code}")).await;
    assert_eq!(talk.first("AwaBis"), "link-code-wrong");

    // A person who left and was erased in the day: nothing is linked, and both are told.
    talk.agree("Awa", "AwaBis").await;
    talk.say("AwaBis", "/quitter").await;
    talk.press("AwaBis", 1).await;
    destroy(&mut talk.engine, "person", "AwaBis").await;
    let mut talk = talk.restart(folder.path(), NOON).await;
    talk.later(TimeDelta::hours(24)).await;
    assert!(talk.was_told("Awa", "link-off") && talk.was_told("AwaBis", "link-off"), "{:?}", talk.told);
    assert_eq!(number(&mut talk.engine, LINKED).await, 0);

    // Later the account is linked after all: it is Awa, and who was erased stays so.
    talk.link("Awa", "AwaBis").await;
    assert_eq!((number(&mut talk.engine, LINKED).await, number(&mut talk.engine, MERGED).await), (2, 0));
    talk.say("AwaBis", "/reglages").await;
    assert!(talk.was_told("AwaBis", "people-settings-alias"));
    talk.is_sound(folder.path()).await;
}

/// Destroys the key of an account, or of the person that it is.
async fn destroy(engine: &mut Engine, what: &str, name: &str) {
    use entraide::vault::Subject;
    let store = engine.store();
    let account = store.account_at(&desk::account(Platform::Terminal, name)).await.unwrap().unwrap().id;
    let subject = match what {
        "account" => Subject::from(account),
        _ => {
            let sql = "SELECT person_id FROM person_account WHERE account_id = $1";
            let row = store.writer().row(sql, vec![account.into()]).await.unwrap().unwrap();
            Subject::from(row.id::<entraide::domain::ids::PersonId>(0).unwrap())
        }
    };
    assert!(store.vault().destroy(subject).unwrap());
}

#[tokio::test]
async fn two_who_are_the_last_coordinators_leave_one_and_the_group_is_not_without() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa"]).await;
    talk.say("Nadia", "/role @Awa coordinateur").await;
    let coordinators = "SELECT COUNT(*) FROM person WHERE coordinator = 1 AND left_at IS NULL";
    assert_eq!(number(&mut talk.engine, coordinators).await, 2);
    talk.link("Nadia", "Awa").await;
    assert_eq!(number(&mut talk.engine, coordinators).await, 1);
    talk.say("Awa", "/quitter").await;
    assert_eq!(talk.first("Awa"), "people-leave-last-coordinator");
    // Taken out, the account loses that too; whoever stays has it.
    talk.say("Nadia", "/lier comptes").await;
    talk.press("Nadia", 1).await;
    talk.press("Nadia", 1).await;
    assert!(talk.was_told("Awa", "link-alone"), "{:?}", talk.told);
    assert_eq!(number(&mut talk.engine, coordinators).await, 1);
    talk.say("Awa", "/crediter @Nadia 3 essai").await;
    assert_eq!(talk.first("Awa"), "not-joined");
}

#[tokio::test]
async fn what_waited_for_an_account_is_paid_when_it_becomes_somebody() {
    let folder = tempfile::tempdir().unwrap();
    let mut talk = Talk::of(folder.path(), &["Awa", "Sam"]).await;
    talk.say("Nadia", "/crediter @Sam 9 accueil").await;
    talk.say("Sam", "/donner @AwaBis 4 merci").await;
    assert_eq!(talk.wealth("Sam").await, 5);
    talk.link("Awa", "AwaBis").await;
    assert_eq!(talk.wealth("AwaBis").await, 4);
    talk.later(TimeDelta::days(8)).await;
    assert_eq!((talk.wealth("Sam").await, talk.wealth("Awa").await), (5, 4), "it does not come back as well");
    talk.is_sound(folder.path()).await;
}

/// Small and repeatable; a failing seed is in the message.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn of<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }
}

/// One thing that people do.
fn deed(dice: &mut Dice, sessions: u64) -> (String, String) {
    let people = ["Awa", "AwaBis", "Sam", "Nadia"];
    let (who, whom) = (dice.of(&people), dice.of(&["Awa", "AwaBis", "Sam", "Personne"]));
    let session = 1 + dice.below(sessions);
    let text = match dice.below(9) {
        0 | 1 => return ("Nadia".into(), format!("/crediter @{whom} {} raison", 1 + dice.below(9))),
        2 | 3 => format!("/donner @{whom} {}", 1 + dice.below(4)),
        4 | 5 => format!("/reserver {session}"),
        6 => format!("/reserver {session} attendre"),
        7 => format!("/annuler {session}"),
        _ => {
            return (
                who.into(),
                format!("/seance Cercle 12/0{} 18h prix {} places {}", 1 + dice.below(9), dice.below(3), 1 + dice.below(3)),
            );
        }
    };
    (who.into(), text)
}

#[tokio::test]
async fn whatever_happened_before_two_become_one_no_credit_is_lost() {
    let (mut wealth, mut seats) = (0, 0);
    for seed in 1..=12_u64 {
        let folder = tempfile::tempdir().unwrap();
        let mut talk = Talk::of(folder.path(), &["Awa", "AwaBis", "Sam"]).await;
        talk.say("Nadia", "/role @Awa animateur").await;
        talk.say("Nadia", "/role @AwaBis animateur").await;
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        for _ in 0..45 {
            let (who, text) = deed(&mut dice, 6);
            talk.say(&who, &text).await;
        }
        let (asking, typing) = if seed % 2 == 0 { ("Awa", "AwaBis") } else { ("AwaBis", "Awa") };
        talk.agree(asking, typing).await;
        // Offers of freed seats end in the day, and others are made: what both have is counted just before.
        talk.later(TimeDelta::hours(23)).await;
        let before = talk.wealth("Awa").await + talk.wealth("AwaBis").await;
        let total = number(&mut talk.engine, "SELECT SUM(balance) FROM ledger_account WHERE kind <> 0").await;
        talk.later(TimeDelta::hours(1)).await;
        assert!(talk.was_told("Awa", "link-done"), "seed {seed}: {:?}", talk.told);
        wealth += before;
        seats += i64::from(talk.was_told("Awa", "link-seats"));
        assert_eq!(talk.wealth("Awa").await, before, "seed {seed}");
        assert_eq!(talk.wealth("AwaBis").await, before, "seed {seed}");
        let after = number(&mut talk.engine, "SELECT SUM(balance) FROM ledger_account WHERE kind <> 0").await;
        assert_eq!(after, total, "seed {seed}");
        assert_eq!(number(&mut talk.engine, "SELECT SUM(balance) FROM ledger_account").await, 0, "seed {seed}");
        talk.is_sound(folder.path()).await;
        // And life goes on.
        for _ in 0..15 {
            let (who, text) = deed(&mut dice, 6);
            talk.say(&who, &text).await;
        }
        talk.is_sound(folder.path()).await;
    }
    assert!(wealth > 50 && seats > 2, "the histories have nothing in them: {wealth} credits, {seats} double seats");
}
