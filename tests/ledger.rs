//! Credits through the whole engine on a real database: how much a gift costs, that nothing pays twice, and what `verify` says of it all.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{path::Path, sync::Arc};

use entraide::{
    app::{clock::Clock, engine::Engine, find::Defaults, road::Outgoing},
    domain::{
        event::{AccountAddress, Batch, Event, EventKey, MessageRef, Origin, Platform, Pressed, RoomAddress, Said, SaidKind, Sender},
        message::{Content, Press},
        time::{Timestamp, Zone},
    },
    store::{Store, outbox::What, sql::Reader, url_of, verify::verify},
    vault::{Existing, Vault},
};

const NOON: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

/// A group with its people, and the number of the next event.
struct Circle {
    engine: Engine,
    next: u64,
}

impl Circle {
    async fn open(folder: &Path) -> Engine {
        let database = folder.join("entraide.db");
        let existing = if database.exists() { Existing::Database } else { Existing::Nothing };
        let vault = Arc::new(Vault::open(&folder.join("key"), &folder.join("ring"), existing).unwrap());
        let store = Store::open(&format!("{}?mode=rwc", url_of(&database)), vault).await.unwrap();
        let defaults = Defaults { language: "fr".into(), zone: Zone::PARIS, languages: vec!["fr".into(), "en".into()] };
        let mut engine = Engine::new(store, Clock::standing(NOON), defaults, false);
        engine.start().await.unwrap();
        engine
    }

    /// Nadia coordinates; the others join after her.
    async fn gather(folder: &Path, others: &[&str]) -> Self {
        let mut circle = Self { engine: Self::open(folder).await, next: 1 };
        circle.join("Nadia", "/installer").await;
        for name in others {
            circle.join(name, "/rejoindre").await;
        }
        circle
    }

    async fn join(&mut self, name: &str, text: &str) {
        let event = self.said(name, text, false);
        let asked = self.handle(vec![event]).await;
        let presses = contents(&asked).filter_map(|content| content.buttons.first()).map(|button| button.press.clone());
        let yes = presses.into_iter().find(|press| matches!(press, Press::Choice { .. })).unwrap();
        self.press(name, yes).await;
    }

    async fn press(&mut self, name: &str, press: Press) {
        let pressed = Pressed {
            room: direct(name),
            sender: sender(name),
            message: MessageRef("1".into()),
            press: Some(press),
            press_ref: "1".into(),
            ephemeral_context: None,
        };
        let event = self.event(Origin::Pressed(pressed));
        self.handle(vec![event]).await;
    }

    fn said(&mut self, name: &str, text: &str, private: bool) -> Event {
        let group = RoomAddress { platform: Platform::Terminal, id: "group".into(), direct: false };
        let said = Said {
            room: if private { direct(name) } else { group },
            sender: Some(sender(name)),
            message: MessageRef("1".into()),
            text: text.to_owned(),
            mentions: Vec::new(),
            reply_to: None,
            addressed: false,
            sender_is_admin: name == "Nadia",
            kind: SaidKind::Text,
            ephemeral_context: None,
        };
        self.event(Origin::Said(said))
    }

    fn event(&mut self, origin: Origin) -> Event {
        self.next += 1;
        Event { key: EventKey(format!("test:{}", self.next)), at: NOON, origin }
    }

    async fn handle(&mut self, events: Vec<Event>) -> Outgoing {
        self.engine.handle(vec![Batch { events, ..Batch::default() }]).await.unwrap()
    }

    async fn say(&mut self, name: &str, text: &str) -> Outgoing {
        let event = self.said(name, text, true);
        self.handle(vec![event]).await
    }
}

fn direct(name: &str) -> RoomAddress {
    RoomAddress { platform: Platform::Terminal, id: name.to_owned(), direct: true }
}

fn sender(name: &str) -> Sender {
    Sender {
        account: AccountAddress { platform: Platform::Terminal, id: name.to_owned() },
        display_name: Some(name.to_owned()),
        user_name: Some(name.to_owned()),
        language: None,
    }
}

fn contents(outgoing: &Outgoing) -> impl Iterator<Item = &Content> {
    outgoing.owed.iter().filter_map(|ready| match &ready.owed.what {
        What::Message(content) => Some(content),
        _ => None,
    })
}

/// The number behind `name` in the first message that bears the line `id`.
fn value(outgoing: &Outgoing, id: &str) -> Option<i64> {
    let line = contents(outgoing).flat_map(|content| &content.lines).find(|line| line.id == id)?;
    line.args.iter().find_map(|(_, value)| match value {
        entraide::domain::message::Value::Number(number) => Some(*number),
        _ => None,
    })
}

async fn is_sound(folder: &Path) {
    let mut reader = Reader::open(&folder.join("entraide.db")).await.unwrap();
    let report = verify(&mut reader).await.unwrap();
    assert!(report.is_sound(), "{report}");
    assert!(!report.heads.is_empty(), "there is a ledger to verify");
}

#[tokio::test]
async fn gifts_between_known_members_read_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut circle = Circle::gather(folder.path(), &["Awa", "Sam"]).await;
    circle.say("Nadia", "/crediter @Awa 1000 atelier").await;
    circle.say("Awa", "/donner @Sam 1 bravo").await;
    circle.say("Sam", "/pseudo Soleil").await;
    circle.say("Awa", "/donner Soleil 1").await;
    let texts = ["/donner @Sam 1 bravo", "/donner Soleil 1"];
    let gifts: Vec<Event> = (0..64).map(|n| circle.said("Awa", texts[n % 2], true)).collect();
    let before = circle.engine.store().writer().statements();
    let outgoing = circle.handle(gifts).await;
    let statements = circle.engine.store().writer().statements() - before;
    assert_eq!(contents(&outgoing).count(), 128, "each is told to both");
    assert!(statements <= 24, "64 gifts took {statements} statements: one of them reads");
    assert_eq!(value(&circle.say("Awa", "/solde").await, "credits-free"), Some(934));
    is_sound(folder.path()).await;
}

#[tokio::test]
async fn a_gift_told_twice_pays_once_even_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut circle = Circle::gather(folder.path(), &["Awa", "Sam"]).await;
    circle.say("Nadia", "/crediter @Awa 10 atelier").await;
    let gift = circle.said("Awa", "/donner @Sam 3", true);
    circle.handle(vec![gift.clone(), gift.clone()]).await;
    circle.handle(vec![gift.clone()]).await;
    let next = circle.next;
    drop(circle);
    let mut circle = Circle { engine: Circle::open(folder.path()).await, next };
    circle.handle(vec![gift]).await;
    assert_eq!(value(&circle.say("Awa", "/solde").await, "credits-free"), Some(7));
    assert_eq!(value(&circle.say("Sam", "/solde").await, "credits-free"), Some(3));
    is_sound(folder.path()).await;
}

#[tokio::test]
async fn many_gifts_in_one_batch_spend_no_credit_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut circle = Circle::gather(folder.path(), &["Awa", "Sam"]).await;
    circle.say("Nadia", "/crediter @Awa 10 atelier").await;
    let gifts: Vec<Event> =
        (0..30).map(|n| circle.said("Awa", if n % 2 == 0 { "/donner @Sam 1" } else { "/donner @Lou 1" }, true)).collect();
    circle.handle(gifts).await;
    assert_eq!(value(&circle.say("Awa", "/solde").await, "credits-free"), Some(0));
    assert_eq!(value(&circle.say("Sam", "/solde").await, "credits-free"), Some(5));
    circle.join("Lou", "/rejoindre").await;
    assert_eq!(value(&circle.say("Lou", "/solde").await, "credits-free"), Some(5), "what waited is there");
    is_sound(folder.path()).await;
}

#[tokio::test]
async fn escrows_hold_what_the_bookings_paid() {
    let folder = tempfile::tempdir().unwrap();
    let mut circle = Circle::gather(folder.path(), &["Awa", "Sam", "Lou"]).await;
    circle.say("Nadia", "/crediter @Awa 3 atelier").await;
    circle.say("Nadia", "/crediter @Lou 1 atelier").await;
    circle.say("Nadia", "/seance \"Cercle\" demain 18h 90min 10 places prix 2").await;
    for name in ["Awa", "Sam", "Lou"] {
        circle.say(name, "/reserver 1").await;
    }
    let solde = circle.say("Awa", "/solde").await;
    assert_eq!(
        (value(&solde, "credits-free"), value(&solde, "credits-set-aside"), value(&solde, "credits-next-line")),
        (Some(1), Some(2), Some(1))
    );
    let lou = circle.say("Lou", "/solde").await;
    assert_eq!((value(&lou, "credits-free"), value(&lou, "credits-set-aside")), (Some(0), Some(1)), "solidarity's part is nobody's to see");
    let kinds = |outgoing: &Outgoing| {
        let lines = contents(outgoing).flat_map(|content| &content.lines).filter(|line| line.id.starts_with("credits-line"));
        lines.map(|line| format!("{:?}", line.args)).collect::<Vec<_>>()
    };
    let sam = kinds(&circle.say("Sam", "/releve").await);
    assert_eq!(sam.len(), 1);
    assert!(sam[0].contains("credits-line-booking-of") && !sam[0].contains("amount"), "a line without an amount: {sam:?}");
    let lou = kinds(&circle.say("Lou", "/releve").await);
    assert_eq!(lou.len(), 2, "the grant, and what Lou paid: {lou:?}");
    is_sound(folder.path()).await;

    circle.say("Sam", "/annuler 1").await;
    circle.say("Awa", "/annuler 1").await;
    assert_eq!(value(&circle.say("Awa", "/solde").await, "credits-free"), Some(3));
    is_sound(folder.path()).await;

    for (sql, expected) in [
        ("UPDATE booking SET own = own + 1 WHERE state = 0", "its open bookings paid 3, and its escrow holds 2"),
        ("UPDATE booking SET session_id = zeroblob(16)", "its open bookings paid 0, and its escrow holds 2"),
        ("UPDATE session SET id = zeroblob(16)", "an escrow of no session holds 2"),
    ] {
        let writer = circle.engine.store().writer();
        writer.run("PRAGMA foreign_keys = OFF", vec![]).await.unwrap();
        writer.begin();
        assert!(writer.run(sql, vec![]).await.unwrap() > 0);
        writer.commit().await.unwrap();
        let mut reader = Reader::open(&folder.path().join("entraide.db")).await.unwrap();
        let report = verify(&mut reader).await.unwrap();
        assert!(report.to_string().contains(expected), "{sql}: {report}");
    }
}
