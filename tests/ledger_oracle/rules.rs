//! The rules of the credits, written down a second time, as simply as they can be: nothing here is shared with the program.

use std::collections::BTreeSet;

use super::{
    book::{Book, GENERAL, ISSUANCE, WAITING, escrow},
    sessions::{Session, When},
    steps::{PEOPLE, Step, To},
};

pub const MINUTE: i64 = 60_000_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;
pub const BASES: [&str; PEOPLE] = ["Nadia", "Awa", "Samir", "Louise", "Ines", "Teo", "Basile", "Oumar"];
const GHOST: &str = "Fantome";

/// What is typed, and what the answer must say of the typist's credits.
#[derive(Clone, Debug)]
pub struct Line {
    pub who: String,
    pub in_group: bool,
    pub text: String,
    pub free: Option<i64>,
    pub aside: Option<i64>,
}

/// One place at the table; who erases themself leaves it to somebody new.
#[derive(Clone, Debug)]
pub struct Human {
    pub name: String,
    /// Joined once, and is not erased.
    pub known: bool,
    pub here: bool,
    pub facilitator: bool,
    /// The place in the order of becoming a person.
    pub order: i64,
    pub lives: usize,
}

/// Something that waits for a name, or for a decision.
#[derive(Clone, Debug)]
pub struct Gift {
    pub number: i64,
    /// For whom, should they come; nobody where somebody decides, or has refused.
    pub name: String,
    /// For whom, should Nadia accept it.
    pub held: Option<String>,
    /// What it was earned with.
    pub session: Option<i64>,
    pub giver: String,
    pub source: String,
    pub amount: i64,
    pub until: i64,
    pub kind: &'static str,
}

pub struct Rules {
    pub book: Book,
    pub now: i64,
    pub floor: i64,
    pub late: &'static str,
    /// The fund that pays rewards, where they are paid.
    pub rewards: Option<&'static str>,
    pub corrections_below_floor: bool,
    pub reserve: i64,
    pub gifts_a_day: Option<i64>,
    pub received_a_month: Option<i64>,
    pub earned_a_month: i64,
    pub humans: Vec<Human>,
    pub gifts: Vec<Gift>,
    pub sessions: Vec<Session>,
    /// Who wants nothing from whom: the name that was typed, and whose it was or became.
    pub blocks: Vec<(String, String, Option<String>)>,
    pub erased: BTreeSet<String>,
    pub joined: i64,
}

/// How a person's account is called here.
pub fn person(name: &str) -> String {
    format!("person {name}")
}

impl Rules {
    /// Everybody at the table is there; the first four may hold sessions.
    pub fn new(now: i64, floor: i64) -> Self {
        let human = |(n, name): (usize, &&str)| Human {
            name: (*name).to_owned(),
            known: n < 6,
            here: n < 6,
            facilitator: (1..4).contains(&n),
            order: n as i64,
            lives: 0,
        };
        Self {
            book: Book::default(),
            now,
            floor,
            late: "retour",
            rewards: Some("general"),
            corrections_below_floor: false,
            reserve: 0,
            gifts_a_day: None,
            received_a_month: None,
            earned_a_month: 60,
            humans: BASES.iter().enumerate().map(human).collect(),
            gifts: Vec::new(),
            sessions: Vec::new(),
            blocks: Vec::new(),
            erased: BTreeSet::new(),
            joined: 100,
        }
    }

    pub fn name(&self, n: usize) -> String {
        self.humans[n].name.clone()
    }

    pub fn is_here(&self, name: &str) -> bool {
        self.humans.iter().any(|human| human.name == name && human.here)
    }

    pub fn free_of(&self, name: &str) -> i64 {
        self.book.held(&person(name)).saturating_sub(self.floor).max(0)
    }

    pub fn declines(&self, by: &str, from: &str) -> bool {
        self.blocks.iter().any(|(who, _, whom)| who == by && whom.as_deref() == Some(from))
    }

    pub fn pay(&mut self, kind: &'static str, from: &str, to: &str, amount: i64) -> i64 {
        self.book.pay(self.now, kind, from, to, amount, None)
    }

    /// Does one thing; what is typed for it.
    pub fn act(&mut self, step: &Step) -> Vec<Line> {
        match step {
            Step::Join(n) => self.join(*n),
            Step::Leave(n) => self.leave(*n),
            Step::Erase(n) => self.erase(*n),
            Step::Give(n, to, amount) => self.give(*n, to, amount),
            Step::Undo(n, back) => self.undo(*n, *back),
            Step::Issue(to, fund, amount) => self.issue(Some(to), fund, amount),
            Step::IssueAll(fund, amount) => self.issue(None, fund, amount),
            Step::Reverse(back) => self.reverse(*back),
            Step::Budget(name, budget) => self.budget(name, *budget),
            Step::Close(name) => self.close(name),
            Step::Reopen(name) => self.reopen(name),
            Step::Facilitator(n) => {
                let text = format!("/role @{} animateur", self.humans[*n].name);
                self.humans[*n].facilitator |= self.humans[*n].here;
                self.nadia(text)
            }
            Step::Late(rule) => {
                self.late = rule;
                self.nadia(format!("/reglages credits retard {rule}"))
            }
            Step::Floor(floor) => {
                self.floor = *floor;
                self.nadia(format!("/reglages credits plancher {floor}"))
            }
            Step::Source(source) => {
                let can_pay = |name: &&str| self.book.funds.get(*name).map_or(*name == GENERAL, |fund| !fund.closed);
                if source.as_ref().is_none_or(can_pay) {
                    self.rewards = *source;
                }
                self.nadia(
                    source.map_or("/reglages credits source prix".to_owned(), |name| format!("/reglages credits source fonds {name}")),
                )
            }
            Step::Corrections(allowed) => {
                self.corrections_below_floor = *allowed;
                self.nadia(format!("/reglages corrections {}", if *allowed { "oui" } else { "non" }))
            }
            Step::Limit(word, value) => self.limit(word, *value),
            Step::Decide { back, accept } => self.decide(*back, *accept),
            Step::Propose { host, price, reward, seats, hours } => self.propose(*host, *price, *reward, *seats, *hours),
            Step::Book { who, back, wait } => self.book_seat(*who, *back, *wait),
            Step::Cancel { who, back, whole } => self.cancel(*who, *back, *whole),
            Step::Mark { stranger, back, came } => self.mark(*stranger, *back, came),
            Step::Block(by, whom) => self.block(*by, *whom),
            Step::Unblock(by, whom) => {
                let (by, name) = (self.name(*by), self.name(*whom));
                if self.is_here(&by) {
                    self.blocks.retain(|(who, typed, _)| *who != by || *typed != name);
                }
                vec![line(&by, format!("/bloquer annuler @{name}"))]
            }
            Step::Look(n) => self.look(*n),
            Step::Wait { .. } | Step::Restart => Vec::new(),
        }
    }

    pub fn nadia(&self, text: String) -> Vec<Line> {
        vec![line("Nadia", text)]
    }

    fn look(&self, n: usize) -> Vec<Line> {
        let name = self.name(n);
        let mut asked = line(&name, "/solde".to_owned());
        if self.is_here(&name) {
            asked.free = Some(self.free_of(&name));
            asked.aside = Some(self.sessions.iter().map(|session| session.paid_by(&name)).sum());
        }
        vec![asked]
    }

    pub fn whom(&self, to: &To) -> String {
        match to {
            To::Person(n) => self.name(*n),
            To::Ghost => GHOST.to_owned(),
            To::Solidarity => "solidarite".to_owned(),
        }
    }

    /// When something happens next by itself, and what.
    pub fn next_due(&self) -> Option<(i64, When)> {
        let gifts = self.gifts.iter().map(|gift| (gift.until, When::GiftReturns(gift.number)));
        gifts.chain(self.sessions.iter().enumerate().flat_map(|(n, session)| session.dues(n))).min_by_key(|(at, _)| *at)
    }

    /// Whatever happens by itself until then.
    pub fn until(&mut self, now: i64) {
        while let Some((at, what)) = self.next_due().filter(|(at, _)| *at <= now) {
            self.now = at;
            match what {
                When::GiftReturns(number) => {
                    let Some(n) = self.gifts.iter().position(|gift| gift.number == number) else { continue };
                    let gift = self.gifts.remove(n);
                    self.back(&gift);
                }
                other => self.session_due(other),
            }
        }
        self.now = now;
    }

    /// What the escrows, the gifts and the funds must come to, checked against itself.
    pub fn must_hold(&self) -> Result<(), String> {
        let sum: i64 = self.book.holds.values().sum();
        let waits: i64 = self.gifts.iter().map(|gift| gift.amount).sum();
        if sum != 0 || waits != self.book.held(WAITING) {
            return Err(format!("the oracle itself: sum {sum}, waiting {waits} and {}", self.book.held(WAITING)));
        }
        for session in &self.sessions {
            let held = self.book.held(&escrow(session.number));
            if held != session.escrow() {
                return Err(format!("the oracle itself: session {} holds {held}, its seats paid {}", session.number, session.escrow()));
            }
        }
        for (account, held) in &self.book.holds {
            let may_owe = account == ISSUANCE || account.starts_with("person ");
            if *held < 0 && !may_owe {
                return Err(format!("the oracle itself: {account} holds {held}"));
            }
        }
        Ok(())
    }
}

pub fn line(who: &str, text: String) -> Line {
    Line { who: who.to_owned(), in_group: false, text, free: None, aside: None }
}
