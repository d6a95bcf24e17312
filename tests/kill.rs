//! Kills the running program (SIGKILL) at random moments while people give credits to each other, and starts it again on the
//! same folder. In the end every command was answered at least once and had its effect exactly once.
//!
//! The auditor below shares no code with the program: it knows what was typed, reads what the bot said, and asks for balances.
//! `ENTRAIDE_TEST_LONG=1` kills more often, `ENTRAIDE_TEST_SEED=…` repeats a run as far as the machine allows.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    thread,
    time::{Duration, Instant},
};

use support::{
    bot_api::{Author, BotApi, ChatId, Fault, TOKEN, UserId},
    circle::Circle,
    gifts::{self, Dice, Gift, expected_credits, fault_in_answers, number_after, plain},
    http,
    program::Program,
};

/// What everybody begins with, in credits.
const START_CREDITS: i64 = 300;
/// How long everything that is owed may take to arrive in the end.
const SETTLING: Duration = Duration::from_secs(120);

/// How many messages may be on their way when the program dies: those in flight, and those not yet noted as arrived.
const TWICE_A_KILL_MAX: usize = 60;

/// Who gave what.
struct Market<'a> {
    api: &'a BotApi,
    circle: &'a Circle,
    gifts: Vec<Gift>,
}

impl Market<'_> {
    /// The next member in turn gives to another, in private or in the group.
    fn give(&mut self, dice: &mut Dice) {
        let n = self.gifts.len();
        let members = &self.circle.members;
        let from = n % members.len();
        let to = (from + 1 + usize::try_from(dice.below(members.len() as u64 - 1)).unwrap()) % members.len();
        let credits = 1 + i64::try_from(dice.below(3)).unwrap();
        let (giver, receiver) = (members[from].1, &members[to].0);
        let chat = if dice.below(2) == 0 { ChatId::from(giver) } else { self.circle.group };
        self.api.writes(giver, chat, format!("/donner @{receiver} {credits} g{n}"));
        self.gifts.push(Gift { from, to, credits });
    }

    fn chat_of(&self, member: usize) -> (UserId, ChatId) {
        let user = self.circle.members[member].1;
        (user, ChatId::from(user))
    }

    /// What is wrong with what was said of the gifts.
    fn fault(&self) -> Option<String> {
        let names: Vec<String> = self.circle.members.iter().map(|(name, _)| name.clone()).collect();
        fault_in_answers(&self.gifts, &names, &self.said())
    }

    /// What the bot said to each member in private, with plain blanks.
    fn said(&self) -> Vec<Vec<String>> {
        let plain = |text: String| plain(&text);
        let members = 0..self.circle.members.len();
        members
            .map(|member| self.chat_of(member))
            .map(|(user, chat)| self.api.bot_texts(user, chat).into_iter().map(plain).collect())
            .collect()
    }
}

/// Waits until everything that is owed arrived, and nothing more comes; then nothing may be wrong.
fn audit_answers(market: &Market<'_>) {
    let deadline = Instant::now() + SETTLING;
    while let Some(fault) = market.fault() {
        assert!(Instant::now() < deadline, "{fault}\n{}", market.api.transcript());
        thread::sleep(Duration::from_millis(250));
    }
    market.api.wait_for("the updates to be confirmed", SETTLING, |state| state.updates_waiting() == 0);
    market.api.wait_quiet(Duration::from_secs(1), SETTLING);
    assert_eq!(market.fault(), None);
}

/// How many messages were said again because nobody knew whether they had arrived; that is allowed.
fn doubled(market: &Market<'_>) -> usize {
    gifts::doubled(&market.said())
}

/// Everybody has what the typed gifts come to.
fn audit_balances(market: &Market<'_>) {
    for member in 0..market.circle.members.len() {
        let (user, chat) = market.chat_of(member);
        let before = market.api.bot_texts(user, chat).len();
        market.api.writes(user, chat, "/credits");
        market
            .api
            .wait_for("the balance", SETTLING, |state| state.visible(user, chat).filter(|m| m.author == Author::Bot).count() > before);
        let text = market.api.bot_texts(user, chat).pop().unwrap();
        let credits = number_after(&text.replace('\u{a0}', " "), "Il vous reste").unwrap_or_else(|| panic!("no balance in {text:?}"));
        assert_eq!(credits, expected_credits(&market.gifts, START_CREDITS, member), "member {member}\n{}", market.api.transcript());
    }
}

/// The network has its moods too: what goes wrong once or twice in the next life of the program.
fn mood(api: &BotApi, dice: &mut Dice) {
    match dice.below(8) {
        0 => api.inject("sendMessage", 1, Fault::LoseAnswer),
        1 => api.inject("sendMessage", 1, Fault::Drop),
        2 => api.inject("sendMessage", 3, Fault::TooMany { retry_after_s: 1 }),
        3 => api.inject("sendMessage", 1, Fault::Refuse { code: 500, description: "Internal Server Error".into() }),
        4 => api.inject("getUpdates", 1, Fault::LoseAnswer),
        5 => api.inject("getUpdates", 1, Fault::BadGateway),
        _ => {}
    }
}

/// Lets people give for a while; the program may die at any moment of it.
fn trade(market: &mut Market<'_>, dice: &mut Dice, lasting: Duration) {
    let end = Instant::now() + lasting;
    while Instant::now() < end {
        market.give(dice);
        thread::sleep(dice.millis(5, 60).min(end.saturating_duration_since(Instant::now())));
    }
}

#[test]
fn no_kill_loses_or_doubles_anything() {
    let long = std::env::var_os("ENTRAIDE_TEST_LONG").is_some();
    let (kills, members) = if long { (80, 120) } else { (10, 24) };
    let mut dice = Dice::thrown();
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, Duration::from_secs(20));
    let circle = Circle::found(&api, members);
    circle.issue_to_all(&api, START_CREDITS);
    let mut market = Market { api: &api, circle: &circle, gifts: Vec::new() };
    for _ in 0..kills {
        mood(&api, &mut dice);
        let life = dice.millis(30, 900);
        trade(&mut market, &mut dice, life);
        program.assert_running();
        program.kill();
        // Some are written while nobody listens, some before the new one is ready.
        trade(&mut market, &mut dice, Duration::from_millis(20));
        program = Program::start(&api, folder.path());
    }
    api.heal();
    audit_answers(&market);
    let doubled = doubled(&market);
    println!("{} gifts, {kills} kills, {doubled} messages said twice", market.gifts.len());
    assert!(doubled <= kills * TWICE_A_KILL_MAX, "a kill makes only what was on its way come twice, not {doubled}");
    audit_balances(&market);
    let group = api.bot_texts(circle.coordinator, circle.group);
    assert!(group.iter().all(|text| !text.contains("crédit") || text.starts_with("Bonjour")), "the group learnt of credits: {group:?}");
    assert!(program.stop(Duration::from_secs(20)).success(), "{}", program.log());
    verify(folder.path());
}

/// `entraide verify` finds nothing off in what is left.
fn verify(folder: &std::path::Path) {
    let output = Program::subcommand(folder, &["verify"]);
    assert!(output.status.success(), "verify: {}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_auditor_sees_what_is_wrong() {
    let check = |said: &[(usize, &str)], words: Option<&str>| {
        let api = BotApi::start();
        let coordinator = api.person("Nadia");
        let members: Vec<(String, UserId)> = ["Awa", "Sam"].map(|name| (name.to_owned(), api.person(name))).into();
        members.iter().for_each(|(_, member)| api.opens_silently(*member));
        let circle = Circle { group: api.supergroup("Le cercle", coordinator), coordinator, members };
        for (member, text) in said {
            let body = serde_json::json!({"chat_id": circle.members[*member].1.0, "text": text}).to_string();
            let path = format!("/bot{TOKEN}/sendMessage");
            assert_eq!(http::post(api.port(), &path, "application/json", body.as_bytes()).unwrap().status, 200);
        }
        let market = Market { api: &api, circle: &circle, gifts: vec![Gift { from: 0, to: 1, credits: 2 }] };
        let fault = market.fault();
        assert_eq!(fault.is_some(), words.is_some(), "{fault:?}");
        assert!(fault.unwrap_or_default().contains(words.unwrap_or_default()));
    };
    let receipt = (0, "C'est noté.\n2 crédits pour Sam.\nVirement n° 7.");
    let news = (1, "Une nouvelle pour vous.\nAwa vous donne 2 crédits.\nMotif : « g0 »\nVirement n° 7.");
    check(&[receipt, news], None);
    check(&[receipt, receipt, news, news], None);
    check(&[receipt], Some("reached its receiver as {}"));
    check(&[news], Some("was not told of transfer 7"));
    let again = (1, "Une nouvelle pour vous.\nAwa vous donne 2 crédits.\nMotif : « g0 »\nVirement n° 8.");
    check(&[receipt, news, again], Some("reached its receiver as {Some(7), Some(8)}"));
    let other = (0, "C'est noté.\n2 crédits pour Sam.\nVirement n° 8.");
    check(&[receipt, news, other], Some("that they did not make"));
    let less = (1, "Une nouvelle pour vous.\nAwa vous donne 1 crédit.\nMotif : « g0 »\nVirement n° 7.");
    check(&[receipt, less], Some("reached its receiver as {None}"));
}
