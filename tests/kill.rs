//! Kills the running program (SIGKILL) at random moments while people give credits to each other, and starts it again on the
//! same folder. In the end every command was answered at least once and had its effect exactly once.
//!
//! The auditor below shares no code with the program: it knows what was typed, reads what the bot said, and asks for balances.
//! `ENTRAIDE_TEST_LONG=1` kills more often, `ENTRAIDE_TEST_SEED=…` repeats a run as far as the machine allows.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
    time::{Duration, Instant, SystemTime},
};

use support::{
    bot_api::{BotApi, ChatId, State, UserId},
    circle::Circle,
    program::Program,
};

/// What everybody begins with, in credits.
const START_CREDITS: i64 = 300;
/// How long everything that is owed may take to arrive in the end.
const SETTLING: Duration = Duration::from_secs(120);

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }

    fn millis(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }
}

/// One gift that was typed; its reason, `g<n>`, names it.
struct Gift {
    from: usize,
    to: usize,
    credits: i64,
}

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

    /// What a member must have if every gift was made once.
    fn expected_credits(&self, member: usize) -> i64 {
        let given: i64 = self.gifts.iter().filter(|gift| gift.from == member).map(|gift| gift.credits).sum();
        let received: i64 = self.gifts.iter().filter(|gift| gift.to == member).map(|gift| gift.credits).sum();
        START_CREDITS + received - given
    }

    fn chat_of(&self, member: usize) -> (UserId, ChatId) {
        let user = self.circle.members[member].1;
        (user, ChatId::from(user))
    }

    /// The bot's messages to a member that bear the reason of gift `n`.
    fn told<'s>(&self, state: &'s State, member: usize, n: usize) -> Vec<&'s str> {
        let (user, chat) = self.chat_of(member);
        let reason = format!("« g{n} »");
        let spaced = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
        state.visible(user, chat).filter(|m| spaced(&m.text).contains(&reason)).map(|m| m.text.as_str()).collect()
    }
}

/// The number after `word` in `text`, whatever blank stands between.
fn number_after(text: &str, word: &str) -> Option<i64> {
    let rest = &text[text.find(word)? + word.len()..];
    let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Everybody was told of everything: each gift to its giver and its receiver, under one number that no other gift has.
fn audit_answers(market: &Market<'_>) {
    let mut numbers: BTreeMap<i64, usize> = BTreeMap::new();
    for (n, gift) in market.gifts.iter().enumerate() {
        let state = market.api.state();
        let mut of_gift = BTreeSet::new();
        for member in [gift.from, gift.to] {
            let told = market.told(&state, member, n);
            assert!(!told.is_empty(), "nobody told member {member} of gift g{n}");
            for text in told {
                let number = number_after(text, "Virement n°").unwrap_or_else(|| panic!("no number in {text:?}"));
                of_gift.insert(number);
            }
        }
        assert_eq!(of_gift.len(), 1, "gift g{n} was made more than once: transfers {of_gift:?}");
        for number in of_gift {
            let other = numbers.insert(number, n);
            assert_eq!(other, None, "transfer {number} stands for two gifts");
        }
    }
}

/// Everybody has what the typed gifts come to.
fn audit_balances(market: &Market<'_>) {
    for member in 0..market.circle.members.len() {
        let (user, chat) = market.chat_of(member);
        let before = market.api.bot_texts(user, chat).len();
        market.api.writes(user, chat, "/credits");
        market.api.wait_for("the balance", SETTLING, |state| {
            state.visible(user, chat).filter(|m| m.author == support::bot_api::Author::Bot).count() > before
        });
        let text = market.api.bot_texts(user, chat).pop().unwrap();
        let credits = number_after(&text, "Il vous reste").unwrap_or_else(|| panic!("no balance in {text:?}"));
        assert_eq!(credits, market.expected_credits(member), "member {member}\n{}", market.api.transcript());
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
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let seed = std::env::var("ENTRAIDE_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(now.as_secs());
    println!("ENTRAIDE_TEST_SEED={seed}");
    let mut dice = Dice(seed);
    let (api, folder) = (BotApi::start(), tempfile::tempdir().unwrap());
    let mut program = Program::start(&api, folder.path());
    program.wait_until_polling(&api, Duration::from_secs(20));
    let circle = Circle::found(&api, members);
    circle.issue_to_all(&api, START_CREDITS);
    let mut market = Market { api: &api, circle: &circle, gifts: Vec::new() };
    for _ in 0..kills {
        let life = dice.millis(30, 900);
        trade(&mut market, &mut dice, life);
        program.assert_running();
        program.kill();
        // Some are written while nobody listens, some before the new one is ready.
        trade(&mut market, &mut dice, Duration::from_millis(20));
        program = Program::start(&api, folder.path());
    }
    println!("{} gifts, {kills} kills", market.gifts.len());
    api.wait_for("every gift to be answered", SETTLING, |state| {
        let answered = |(n, gift): (usize, &Gift)| [gift.from, gift.to].iter().all(|who| !market.told(state, *who, n).is_empty());
        state.updates_waiting() == 0 && market.gifts.iter().enumerate().all(answered)
    });
    api.wait_quiet(Duration::from_secs(1), SETTLING);
    audit_answers(&market);
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
