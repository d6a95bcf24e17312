//! What can happen in a history, and chance.

/// SplitMix64 (public domain): a sequence that a seed repeats.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }

    fn person(&mut self) -> usize {
        self.below(PEOPLE as u64) as usize
    }

    fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize].clone()
    }

    fn amount(&mut self) -> String {
        match self.below(40) {
            0 => self.one_of(&["0", "-1", "10001", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "3.5"]).to_owned(),
            1 => "10000".to_owned(),
            2 => (1 + self.below(10_000)).to_string(),
            _ => (1 + self.below(12)).to_string(),
        }
    }
}

/// Nadia, who coordinates, and seven others.
pub const PEOPLE: usize = 8;

#[derive(Clone, Debug)]
pub enum To {
    Person(usize),
    /// Somebody who never comes.
    Ghost,
    Solidarity,
}

#[derive(Clone, Debug)]
pub enum Came {
    All,
    Nobody,
    /// All but those at these places of the list, from 1.
    But(Vec<usize>),
}

/// One thing that somebody does, whatever the state of things; it may be refused.
#[derive(Clone, Debug)]
pub enum Step {
    Join(usize),
    Leave(usize),
    Erase(usize),
    Give(usize, To, String),
    Undo(usize, u64),
    Issue(Vec<To>, &'static str, String),
    IssueAll(&'static str, String),
    Reverse(u64),
    Budget(&'static str, Option<i64>),
    Close(&'static str),
    Reopen(&'static str),
    Facilitator(usize),
    Late(&'static str),
    Floor(i64),
    /// Where rewards come from; `None`: from the prices alone.
    Source(Option<&'static str>),
    Corrections(bool),
    /// A limit: its word in `/reglages credits`, and how much; `None`: no limit.
    Limit(&'static str, Option<i64>),
    /// Nadia decides about what waits for a decision, counted from the newest.
    Decide {
        back: u64,
        accept: bool,
    },
    Propose {
        host: usize,
        price: i64,
        reward: i64,
        seats: i64,
        hours: i64,
    },
    Book {
        who: usize,
        back: u64,
        wait: bool,
    },
    Cancel {
        who: usize,
        back: u64,
        whole: bool,
    },
    Mark {
        stranger: Option<usize>,
        back: u64,
        came: Came,
    },
    Block(usize, usize),
    Unblock(usize, usize),
    Look(usize),
    Wait {
        minutes: i64,
    },
    Restart,
}

const FUNDS: [&str; 4] = ["general", "mairie", "region", "solidarity"];

pub fn step(dice: &mut Dice) -> Step {
    let to = |dice: &mut Dice| match dice.below(12) {
        0 => To::Ghost,
        _ => To::Person(dice.person()),
    };
    match dice.below(100) {
        0..=6 => Step::Join(dice.person()),
        7 => Step::Leave(dice.person()),
        8 => {
            if dice.below(2) == 0 {
                Step::Erase(dice.person())
            } else {
                Step::Facilitator(dice.person())
            }
        }
        9..=29 => {
            let whom = if dice.below(15) == 0 { To::Solidarity } else { to(dice) };
            Step::Give(dice.person(), whom, dice.amount())
        }
        30..=33 => Step::Undo(dice.person(), dice.below(4)),
        34..=41 => {
            let count = 1 + dice.below(3) * dice.below(2);
            let people = (0..count).map(|_| to(dice)).collect();
            let people = if dice.below(20) == 0 { vec![To::Solidarity] } else { people };
            Step::Issue(people, dice.one_of(&FUNDS), dice.amount())
        }
        42 => Step::IssueAll(dice.one_of(&FUNDS), dice.amount()),
        43..=47 => Step::Reverse(dice.below(12)),
        48 => Step::Budget(dice.one_of(&FUNDS), dice.one_of(&[None, Some(0), Some(50), Some(5_000), Some(1_000_000_000)])),
        49 => {
            if dice.below(2) == 0 {
                Step::Close(dice.one_of(&FUNDS))
            } else {
                Step::Reopen(dice.one_of(&FUNDS))
            }
        }
        50 => match dice.below(4) {
            0 => Step::Floor(dice.one_of(&[0, -5, -20])),
            1 => Step::Source(dice.one_of(&[None, Some("general"), Some("general"), Some("mairie"), Some("region")])),
            _ => Step::Late(dice.one_of(&["retour", "solidarite", "hote", "moitie solidarite", "moitie hote"])),
        },
        51 => match dice.below(6) {
            0 | 1 => Step::Corrections(dice.below(2) == 0),
            2 => Step::Limit("reserve", Some(dice.one_of(&[0, 0, 2]))),
            3 => Step::Limit("dons", dice.one_of(&[None, Some(3), Some(9)])),
            4 => Step::Limit("recus", dice.one_of(&[None, Some(9), Some(30)])),
            _ => Step::Limit("animation", Some(dice.one_of(&[20, 60]))),
        },
        52..=57 => Step::Propose {
            host: dice.one_of(&[0, 0, 0, 1, 2, 3]),
            price: dice.one_of(&[0, 1, 2, 3, 9, 40]),
            reward: dice.one_of(&[0, 0, 0, 1, 5]),
            seats: dice.one_of(&[1, 2, 3, 6]),
            hours: 1 + dice.below(90) as i64,
        },
        58..=73 => Step::Book { who: dice.person(), back: dice.below(14), wait: dice.below(2) == 0 },
        74..=79 => Step::Cancel { who: dice.person(), back: dice.below(14), whole: dice.below(5) == 0 },
        80..=86 => {
            let came = match dice.below(4) {
                0 => Came::Nobody,
                1 => Came::But((0..1 + dice.below(2)).map(|_| 1 + dice.below(4) as usize).collect()),
                _ => Came::All,
            };
            let stranger = (dice.below(12) == 0).then(|| dice.person());
            Step::Mark { stranger, back: dice.below(14), came }
        }
        87 => match dice.below(3) {
            0 => Step::Block(dice.person(), dice.person()),
            _ => Step::Decide { back: dice.below(3), accept: dice.below(3) > 0 },
        },
        88 => Step::Unblock(dice.person(), dice.person()),
        89..=91 => Step::Look(dice.person()),
        92..=98 => Step::Wait { minutes: 1 + dice.below(60 * 36) as i64 },
        _ => {
            if dice.below(6) == 0 {
                Step::Restart
            } else {
                Step::Wait { minutes: 1 + dice.below(120) as i64 }
            }
        }
    }
}
