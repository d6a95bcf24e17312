//! Shared phones over Telegram: what was said goes from the chat, on both sides and after a restart; tries of the code outlive a crash.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;
mod support;

use std::{path::Path, sync::Arc, time::SystemTime};

use chrono::TimeDelta;
use entraide::{
    app::{
        engine::Engine,
        outbox::{Outbox, Paces},
        road::Outgoing,
    },
    domain::{
        event::{AccountAddress, Batch, Event, EventKey, MessageRef, Origin, Platform, RoomAddress, Said, SaidKind, Sender},
        ids::DeliveryId,
        message::File,
        time::Timestamp,
    },
    platform::{
        Body, Destination, Parcel, Platforms,
        telegram::{Config, Telegram},
    },
    text::{
        Texts,
        rich::{RichText, Span, Style},
    },
};
use support::bot_api::{BotApi, ChatId, TOKEN, UserId};

/// The program on a database of its own, beside a Bot API server.
struct Talk {
    folder: tempfile::TempDir,
    engine: Engine,
    outbox: Outbox,
    platforms: Arc<Platforms>,
    api: BotApi,
    awa: UserId,
}

fn now() -> Timestamp {
    Timestamp::from(chrono::DateTime::<chrono::Utc>::from(SystemTime::now()))
}

async fn engine(folder: &Path, at: Timestamp) -> (Engine, Outgoing) {
    desk::open(folder, at, false).await
}

impl Talk {
    async fn begin() -> Self {
        // It drives a runtime of its own, which no thread of another one may do.
        let api = std::thread::spawn(BotApi::start).join().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let awa = api.person("Awa");
        api.opens_silently(awa);
        let (engine, _) = engine(folder.path(), now()).await;
        let config = Config { token: TOKEN.into(), api_url: api.url(), webhook: None, menu: Vec::new(), clock: Arc::new(now) };
        let telegram = Arc::new(Telegram::new(config).unwrap());
        let platforms = Arc::new(Platforms { telegram: Some(telegram), ..Platforms::default() });
        let outbox = Outbox::new(Arc::new(Texts::embedded()), Arc::clone(&platforms), engine.clock().clone(), Paces::default());
        Self { folder, engine, outbox, platforms, api, awa }
    }

    fn chat(&self) -> ChatId {
        ChatId::from(self.awa)
    }

    /// Awa writes in her private chat, and everything that it brings is delivered, unless the program dies first.
    async fn says(&mut self, text: &str, delivered: bool) {
        let id = self.api.writes(self.awa, self.chat(), text);
        let user = self.awa.0.to_string();
        let account = AccountAddress { platform: Platform::Telegram, id: user.clone() };
        let said = Said {
            room: RoomAddress { platform: Platform::Telegram, id: user, direct: true },
            sender: Some(Sender { account, display_name: Some("Awa".into()), user_name: None, language: Some("fr".into()) }),
            message: MessageRef(format!("{}:{id}", self.chat().0)),
            text: text.into(),
            mentions: Vec::new(),
            reply_to: None,
            addressed: false,
            sender_is_admin: false,
            kind: SaidKind::Text,
            ephemeral_context: None,
        };
        let event = Event { key: EventKey(format!("said:{id}")), at: self.engine.clock().now(), origin: Origin::Said(said) };
        let outgoing = self.engine.handle(vec![Batch { events: vec![event], ..Batch::default() }]).await.unwrap();
        if delivered {
            self.deliver(outgoing).await;
        }
    }

    async fn deliver(&mut self, outgoing: Outgoing) {
        let mut owed = outgoing.owed;
        while !owed.is_empty() {
            let mut reports = self.outbox.take(owed);
            reports.extend(self.outbox.drain().await);
            owed = self.engine.handle_reports(&reports).await.unwrap().owed;
        }
    }

    /// The program stops as it stands and starts again; what is still owed is sent.
    async fn restart(&mut self) {
        let at = self.engine.clock().now();
        let placeholder = tempfile::tempdir().unwrap();
        let (stand_in, _) = engine(placeholder.path(), at).await;
        drop(std::mem::replace(&mut self.engine, stand_in));
        let (again, owed) = engine(self.folder.path(), at).await;
        self.engine = again;
        self.outbox = Outbox::new(Arc::new(Texts::embedded()), Arc::clone(&self.platforms), self.engine.clock().clone(), Paces::default());
        self.deliver(owed).await;
    }

    async fn later(&mut self, minutes: i64) {
        let to = self.engine.clock().now().plus(TimeDelta::minutes(minutes));
        while let Some(due) = self.engine.next_due().filter(|due| *due <= to) {
            let at = self.engine.clock().now().max(due);
            self.engine.clock().set(at);
            let outgoing = self.engine.handle_due().await.unwrap();
            self.deliver(outgoing).await;
        }
        self.engine.clock().set(to);
    }

    /// What Awa sees in her private chat.
    fn seen(&self) -> Vec<String> {
        self.api.sees(self.awa, self.chat()).into_iter().map(|seen| seen.text).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_goes_from_the_chat_on_both_sides_after_an_hour_and_a_restart() {
    let mut talk = Talk::begin().await;
    talk.says("/menu", true).await;
    let before = talk.seen().len();
    assert_eq!(before, 2, "{:?}", talk.seen());
    talk.says("/discret on", true).await;
    talk.later(30).await;
    talk.says("/sos", true).await;
    assert_eq!(talk.seen().len(), before + 4, "{:?}", talk.seen());
    talk.restart().await;
    talk.later(30).await;
    let left = talk.seen();
    assert_eq!(left.len(), before + 2, "an hour after the first, not yet after the second: {left:?}");
    assert!(!left.iter().any(|text| text.contains("mode discret") || text == "/discret on"), "{left:?}");
    talk.restart().await;
    talk.later(30).await;
    assert_eq!(talk.seen().len(), before, "what was there before it was switched on stays: {:?}", talk.seen());
    talk.says("/discret off", true).await;
    let after = talk.seen().len();
    talk.later(24 * 60).await;
    assert_eq!(talk.seen().len(), after, "switched off, nothing goes any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_typed_goes_at_once_and_five_wrong_ones_are_counted_through_crashes() {
    let mut talk = Talk::begin().await;
    talk.says("/discret code", true).await;
    for _ in 0..2 {
        talk.says("4711", true).await;
        assert!(!talk.seen().contains(&"4711".to_owned()), "{:?}", talk.seen());
    }
    assert!(talk.seen().iter().any(|text| text.starts_with("C'est fait. Le code est choisi.")), "{:?}", talk.seen());
    talk.says("/discret off", true).await;
    for wrong in ["0000", "1111", "2222", "3333", "4444"] {
        // The program dies before its answer is out: the try counts all the same.
        talk.says(wrong, false).await;
        talk.restart().await;
    }
    assert!(talk.seen().last().unwrap().contains("Il faut attendre un peu."), "{:?}", talk.seen());
    assert!(!talk.seen().iter().any(|text| text.len() == 4), "{:?}", talk.seen());
    talk.says("/discret off", true).await;
    assert!(talk.seen().last().unwrap().starts_with("Il faut attendre un peu."), "{:?}", talk.seen());
    talk.later(15).await;
    talk.says("/discret off", true).await;
    talk.says("4711", true).await;
    assert!(talk.seen().last().unwrap().starts_with("C'est fait. Le mode discret est éteint."), "{:?}", talk.seen());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_message_and_its_file_are_known_whole_so_that_they_can_go_whole() {
    let talk = Talk::begin().await;
    let telegram = talk.platforms.telegram.clone().unwrap();
    let to = Destination::Direct(AccountAddress { platform: Platform::Telegram, id: talk.awa.0.to_string() });
    let text = RichText { spans: vec![Span { text: "une ligne assez longue\n".repeat(400), style: Style::Plain }] };
    let file = Some(File { name: "fichier.csv".into(), text: "a,b".into() });
    let body = Body::Message { text, buttons: Vec::new(), file, edit_of: None };
    let parcel = |delivery: u128, body| Parcel {
        delivery: DeliveryId(uuid::Uuid::from_u128(delivery)),
        to: to.clone(),
        answers: None,
        thread: None,
        body,
    };
    let receipt = telegram.deliver(&parcel(1, body)).await.unwrap();
    let shown = talk.seen().len();
    assert!(shown >= 4, "{shown} messages");
    assert_eq!(receipt.all().len(), shown);
    for (message, n) in receipt.all().into_iter().zip(2..) {
        telegram.deliver(&parcel(n, Body::Delete(message))).await.unwrap();
    }
    assert_eq!(talk.seen(), Vec::<String>::new());
}
