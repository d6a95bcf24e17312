//! Consent on a real database: a changed text is asked again, kindly and once; a group without a controller keeps no check-in;
//! a founder who is silent keeps nobody out. In both languages.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/desk.rs"]
mod desk;

use entraide::{
    app::{engine::Engine, road::Outgoing},
    binds,
    domain::{
        event::{AccountAddress, Batch, Event, EventKey, MessageRef, Origin, Platform, Pressed, RoomAddress, Said, SaidKind, Sender},
        message::{Msg, Press},
        people::Purpose,
        time::{Timestamp, Zone},
    },
    store::outbox::What,
    text::{Reader, Seen, Texts, samples::sample},
};
use sha2::{Digest, Sha256};

use desk::NOON;

/// A bot on a platform where real people are.
struct House {
    folder: tempfile::TempDir,
    engine: Engine,
    texts: Texts,
    language: &'static str,
    events: u64,
    now: Timestamp,
}

/// What somebody was told: the words, and what the buttons carry.
#[derive(Clone, PartialEq, Debug)]
struct Told {
    text: String,
    buttons: Vec<Press>,
}

impl House {
    async fn open(language: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let engine = desk::engine(folder.path()).await;
        Self { folder, engine, texts: Texts::embedded(), language, events: 0, now: NOON }
    }

    /// The program ends and starts again; what was remembered is read anew.
    async fn restart(self) -> Self {
        let Self { folder, engine: old, texts, language, events, now } = self;
        drop(old);
        let engine = desk::engine(folder.path()).await;
        Self { folder, engine, texts, language, events, now }
    }

    fn sender(&self, name: &str) -> Sender {
        Sender {
            account: AccountAddress { platform: Platform::Telegram, id: name.to_owned() },
            display_name: Some(name.to_owned()),
            user_name: Some(name.to_owned()),
            language: Some(self.language.to_owned()),
        }
    }

    fn room(name: &str, direct: bool) -> RoomAddress {
        let id = if direct { name } else { "le cercle" };
        RoomAddress { platform: Platform::Telegram, id: id.to_owned(), direct }
    }

    fn event(&mut self, origin: Origin) -> Event {
        self.events += 1;
        Event { key: EventKey(format!("test:{}", self.events)), at: self.now, origin }
    }

    fn said(&mut self, name: &str, direct: bool, text: &str) -> Event {
        let said = Said {
            room: Self::room(name, direct),
            sender: Some(self.sender(name)),
            message: MessageRef(self.events.to_string()),
            text: text.to_owned(),
            mentions: Vec::new(),
            reply_to: None,
            addressed: false,
            sender_is_admin: name != "Awa",
            kind: SaidKind::Text,
            ephemeral_context: None,
        };
        self.event(Origin::Said(said))
    }

    fn pressed(&mut self, name: &str, press: &Press) -> Event {
        let pressed = Pressed {
            room: Self::room(name, true),
            sender: self.sender(name),
            message: MessageRef("1".into()),
            press: Some(press.clone()),
            press_ref: self.events.to_string(),
            ephemeral_context: None,
        };
        self.event(Origin::Pressed(pressed))
    }

    async fn handle(&mut self, event: Event) -> Vec<Told> {
        let outgoing = self.engine.handle(vec![Batch { events: vec![event], ..Batch::default() }]).await.unwrap();
        self.told(&outgoing)
    }

    fn told(&self, outgoing: &Outgoing) -> Vec<Told> {
        let in_words = |what: &What, language: &str| match what {
            What::Message(content) => {
                let reader = Reader {
                    language: language.to_owned(),
                    zone: Zone::PARIS,
                    platform: Platform::Telegram,
                    command_sign: '/',
                    seen: Seen::InPrivate,
                };
                let rendered = self.texts.render(content, &reader);
                Some(Told { text: rendered.text.plain(), buttons: rendered.buttons.into_iter().map(|(_, press)| press).collect() })
            }
            What::Card(..) | What::Delete(_) | What::React(..) => None,
        };
        outgoing.owed.iter().filter_map(|ready| in_words(&ready.owed.what, &ready.owed.language)).collect()
    }

    async fn group(&mut self, name: &str, text: &str) -> Vec<Told> {
        let event = self.said(name, false, text);
        self.handle(event).await
    }

    async fn alone(&mut self, name: &str, text: &str) -> Vec<Told> {
        let event = self.said(name, true, text);
        self.handle(event).await
    }

    async fn press(&mut self, name: &str, press: &Press) -> Vec<Told> {
        let event = self.pressed(name, press);
        self.handle(event).await
    }

    /// Somebody types this in the group, and takes the first choice of what they are asked.
    async fn agrees(&mut self, name: &str, command: &str) -> Vec<Told> {
        let asked = self.group(name, command).await;
        let press = asked.iter().find_map(|told| told.buttons.iter().find(|press| matches!(press, Press::Choice { .. }))).cloned();
        self.press(name, &press.unwrap_or_else(|| panic!("no question: {asked:?}"))).await
    }

    /// Everybody agreed to the text before this one, as in a database of that time.
    async fn agreed_to_the_text_before(mut self) -> Self {
        let sql = "UPDATE consent SET version = version - 1 WHERE purpose = 0";
        self.engine.store().writer().run(sql, binds![]).await.unwrap();
        self.restart().await
    }

    /// Purpose, step and version of all rows, in order.
    async fn consents(&mut self) -> Vec<(i64, i64, i64)> {
        let rows =
            self.engine.store().writer().rows("SELECT purpose, step, version FROM consent ORDER BY at, number", binds![]).await.unwrap();
        rows.iter().map(|row| (row.int(0).unwrap(), row.int(1).unwrap(), row.int(2).unwrap())).collect()
    }

    async fn count(&mut self, sql: &'static str) -> i64 {
        self.engine.store().writer().rows(sql, binds![]).await.unwrap()[0].int(0).unwrap()
    }
}

fn has(told: &[Told], words: &str) -> bool {
    told.iter().any(|told| told.text.contains(words))
}

#[tokio::test]
async fn a_changed_text_is_asked_again_once_and_what_was_asked_meanwhile_is_done_after() {
    for (language, setup, join, asks, waits, sos, balance, alias, done, thanks) in [
        (
            "fr",
            "/installer",
            "/rejoindre",
            "Le texte de l'accord a changé.",
            "dès que vous avez répondu",
            "Merci de votre message.",
            "Voici vos crédits.",
            "/pseudo Fleur",
            "Votre pseudo\u{a0}: Fleur",
            "C'est noté. Merci.",
        ),
        (
            "en",
            "/setup",
            "/join",
            "The text of the agreement has changed.",
            "as soon as you have answered",
            "Thank you for your message.",
            "Here are your credits.",
            "/alias Fleur",
            "Your nickname: Fleur",
            "Noted. Thank you.",
        ),
    ] {
        let mut house = House::open(language).await;
        house.agrees("Nadia", setup).await;
        house.agrees("Awa", join).await;
        let mut house = house.agreed_to_the_text_before().await;

        let helped = house.alone("Awa", "/sos").await;
        assert!(has(&helped, sos) && !has(&helped, asks), "help comes alone: {helped:?}");
        let in_the_group = house.group("Awa", "/menu").await;
        assert!(!has(&in_the_group, asks), "never in the group: {in_the_group:?}");
        let first = house.alone("Awa", "/credits").await;
        assert!(has(&first, balance) && has(&first, asks), "{language}: {first:?}");
        let again = house.alone("Awa", "/credits").await;
        assert!(has(&again, balance) && !has(&again, asks), "once: {again:?}");

        let asked = house.alone("Awa", alias).await;
        assert!(asked.len() == 1 && has(&asked, asks) && has(&asked, waits), "{asked:?}");
        assert!(!asked[0].text.lines().next().unwrap().contains("Fleur"), "a lock screen shows nothing of it");
        let mut house = house.restart().await;
        let yes = asked[0].buttons[0].clone();
        let event = house.pressed("Awa", &yes);
        let answered = house.handle(event.clone()).await;
        assert!(has(&answered, thanks) && has(&answered, done), "{language}: {answered:?}");
        let rows = house.consents().await;
        // Told twice, and pressed twice: done once.
        assert!(house.handle(event).await.is_empty());
        house.press("Awa", &yes).await;
        let older = first.iter().find(|told| told.text.contains(asks)).unwrap().buttons[0].clone();
        assert!(has(&house.press("Awa", &older).await, thanks), "the question of before is answered kindly");
        assert_eq!(house.consents().await, rows, "and nothing is written down twice");
        assert_eq!(rows.iter().filter(|(purpose, step, version)| (*purpose, *step, *version) == (0, 1, 2)).count(), 1, "{rows:?}");
        assert!(!has(&house.alone("Awa", "/menu").await, asks));
    }
}

/// What people agree to, in both languages. Whoever changes a text changes its version, so that it is asked again, and this.
#[test]
fn a_changed_text_has_a_new_version() {
    let texts = Texts::embedded();
    let digest = |ids: &[&'static str]| {
        let words: Vec<String> = ["fr", "en"]
            .into_iter()
            .flat_map(|language| ids.iter().map(move |id| (language, *id)))
            .map(|(language, id)| {
                let mut msg = Msg::new(id);
                for name in ["association", "platform", "erase", "choices", "count"] {
                    msg.args.push((name.into(), sample(name).unwrap()));
                }
                let reader = Reader {
                    language: language.to_owned(),
                    zone: Zone::PARIS,
                    platform: Platform::Telegram,
                    command_sign: '/',
                    seen: Seen::InPrivate,
                };
                texts.plain(&msg, &reader)
            })
            .collect();
        let hash = Sha256::digest(words.join("\n").as_bytes());
        data_encoding::HEXLOWER.encode(&hash[..4])
    };
    let participation = digest(&["care-consent", "care-consent-button-agree"]);
    let checkins =
        digest(&["checkin-consent", "checkin-consent-what", "checkin-consent-who", "checkin-consent-how-long", "checkin-consent-free"]);
    let alerts = digest(&["choices-alerts-what", "choices-alerts-how-long"]);
    let figures = digest(&["choices-figures-what"]);
    let now: Vec<(i64, String)> = Purpose::ALL.map(Purpose::version).into_iter().zip([participation, checkins, alerts, figures]).collect();
    let known = [(2, "f2002662"), (2, "b9081082"), (1, "42e310ce"), (1, "7f797600")].map(|(version, digest)| (version, digest.to_owned()));
    assert_eq!(now, known, "a text of a consent changed: give it a new version in src/domain/people/consent.rs, and write both here");
}

#[tokio::test]
async fn who_does_not_answer_can_still_go_and_what_waited_is_looked_at_again() {
    let mut house = House::open("fr").await;
    house.agrees("Nadia", "/installer").await;
    house.agrees("Awa", "/rejoindre").await;
    let mut house = house.agreed_to_the_text_before().await;
    let asked = house.alone("Awa", "/donner @Nadia 3").await;
    assert!(has(&asked, "Le texte de l'accord a changé."), "{asked:?}");
    let leaving = house.press("Awa", &asked[0].buttons[1]).await;
    assert!(has(&leaving, "Voulez-vous vraiment partir"), "{leaving:?}");
    let left = house.press("Awa", &leaving[0].buttons[0]).await;
    assert!(has(&left, "Vous ne faites plus partie du groupe."), "{left:?}");
    let rows = house.consents().await;
    assert!(rows.contains(&(0, 0, 2)), "leaving takes the consent back: {rows:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM transfer").await, 0, "what waited is not done");
}

#[tokio::test]
async fn no_check_in_is_kept_before_it_is_known_who_answers_for_it() {
    for (language, setup, join, closed, missing, name, contact, open, consent) in [
        (
            "fr",
            "/installer",
            "/rejoindre",
            "n'est pas encore ouverte dans ce groupe",
            "le nom de l'association",
            "/reglages association Les Voisins",
            "/reglages contact 01 02",
            "est ouvert aux membres",
            "Une question avant de commencer.",
        ),
        (
            "en",
            "/setup",
            "/join",
            "is not open in this group yet",
            "the name of the association",
            "/settings association Neighbours",
            "/settings contact 01 02",
            "is open to the members",
            "One question before we begin.",
        ),
    ] {
        let mut house = House::open(language).await;
        house.agrees("Nadia", setup).await;
        house.agrees("Awa", join).await;
        for command in ["/cava", "/cava 2 canari", "/mood 5", "/meschoix bilans oui"] {
            let told = house.alone("Awa", command).await;
            assert!(has(&told, closed) && !has(&told, missing) && !has(&told, "canari"), "{command}: {told:?}");
        }
        assert!(has(&house.alone("Awa", "/cava 1").await, "112"), "a hard day brings the lines all the same");
        let told = house.alone("Nadia", "/cava 2").await;
        assert!(has(&told, missing) && has(&told, "association"), "who coordinates reads what to type: {told:?}");
        assert_eq!(house.count("SELECT COUNT(*) FROM checkin").await, 0);

        house.alone("Nadia", name).await;
        assert!(has(&house.alone("Awa", "/cava 2").await, closed), "a name alone is not enough");
        assert!(has(&house.alone("Nadia", contact).await, open));
        let asked = house.alone("Awa", "/cava 2").await;
        assert!(has(&asked, consent), "{asked:?}");
        house.press("Awa", &asked[0].buttons[0]).await;
        assert_eq!(house.count("SELECT COUNT(*) FROM checkin").await, 1);
    }
}

#[tokio::test]
async fn another_administrator_takes_the_place_of_a_founder_who_is_silent() {
    let mut house = House::open("fr").await;
    let asked = house.group("Nadia", "/installer").await;
    let coordinators = "SELECT COUNT(*) FROM person WHERE coordinator = 1";
    let told = house.agrees("Sam", "/installer").await;
    assert!(has(&told, "Le groupe est prêt."), "{told:?}");
    assert_eq!(house.count(coordinators).await, 1);
    // The first founder answers after all: a member like any other.
    let consent = asked.iter().find(|told| told.buttons.len() == 4).unwrap();
    let told = house.press("Nadia", &consent.buttons[0]).await;
    assert!(has(&told, "Bienvenue") && !has(&told, "Le groupe est prêt."), "{told:?}");
    assert_eq!(house.count(coordinators).await, 1);
}
