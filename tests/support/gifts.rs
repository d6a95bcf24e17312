//! An auditor of gifts that shares no code with the program: it knows what was typed and reads what the bot said.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, SystemTime},
};

/// SplitMix64 (Steele, Lea, Flood 2014).
pub struct Dice(pub u64);

impl Dice {
    /// From `ENTRAIDE_TEST_SEED`, else from the time; it is printed.
    pub fn thrown() -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let seed = std::env::var("ENTRAIDE_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(now.as_secs());
        println!("ENTRAIDE_TEST_SEED={seed}");
        Self(seed)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }

    /// A length of time.
    pub fn millis(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }
}

/// One gift that was typed; its reason, `g<n>`, names it.
#[derive(Clone, Copy, Debug)]
pub struct Gift {
    /// The giver's place among the members.
    pub from: usize,
    /// The receiver's.
    pub to: usize,
    /// How many.
    pub credits: i64,
}

/// The number after `word` in `text`.
pub fn number_after(text: &str, word: &str) -> Option<i64> {
    let rest = &text[text.find(word)? + word.len()..];
    let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The transfer's number in a receipt or a piece of news.
fn transfer(text: &str) -> Option<i64> {
    number_after(text, "Virement n°")
}

/// Whether it tells a giver of a gift that was made.
fn is_receipt(text: &str) -> bool {
    let amount = |line: &str| line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(" crédit") && line.contains(" pour ");
    text.lines().any(amount) && transfer(text).is_some()
}

/// What is wrong with what was said of the gifts: each was told to its receiver under one number that no other gift has, and to
/// its giver under the same; and nobody was told of a gift that they did not make.
pub fn fault_in_answers(gifts: &[Gift], names: &[String], said: &[Vec<String>]) -> Option<String> {
    let mut numbers: BTreeMap<i64, usize> = BTreeMap::new();
    for (n, gift) in gifts.iter().enumerate() {
        let reason = format!("« g{n} »");
        let amount = format!(" vous donne {} crédit", gift.credits);
        let news = said[gift.to].iter().filter(|text| text.contains(&reason));
        let of_gift: BTreeSet<Option<i64>> = news.map(|text| if text.contains(&amount) { transfer(text) } else { None }).collect();
        let Ok([Some(number)]) = <[Option<i64>; 1]>::try_from(of_gift.iter().copied().collect::<Vec<_>>()) else {
            return Some(format!("gift g{n} reached its receiver as {of_gift:?}"));
        };
        if let Some(other) = numbers.insert(number, n) {
            return Some(format!("transfer {number} stands for the gifts g{other} and g{n}"));
        }
        let line = format!("{} crédit", gift.credits);
        let to = format!("pour {}.", names[gift.to]);
        let told = |text: &&String| is_receipt(text) && transfer(text) == Some(number) && text.contains(&line) && text.contains(&to);
        if said[gift.from].iter().filter(told).count() == 0 {
            return Some(format!("the giver of g{n} was not told of transfer {number}"));
        }
    }
    let receipts = said.iter().zip(0..).flat_map(|(texts, member)| texts.iter().map(move |text| (member, text)));
    let stray = receipts.filter(|(_, text)| is_receipt(text)).find(|(member, text)| {
        let gift = transfer(text).and_then(|number| numbers.get(&number)).map(|n| &gifts[*n]);
        gift.is_none_or(|gift| gift.from != *member)
    });
    stray.map(|(member, text)| format!("member {member} was told of a gift that they did not make: {text}"))
}

/// What a member must have if every gift was made once.
pub fn expected_credits(gifts: &[Gift], start: i64, member: usize) -> i64 {
    let given: i64 = gifts.iter().filter(|gift| gift.from == member).map(|gift| gift.credits).sum();
    let received: i64 = gifts.iter().filter(|gift| gift.to == member).map(|gift| gift.credits).sum();
    start + received - given
}

/// How many messages were said more than once.
pub fn doubled(said: &[Vec<String>]) -> usize {
    said.iter().map(|texts| texts.len() - texts.iter().collect::<BTreeSet<_>>().len()).sum()
}

/// With plain blanks.
pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}
