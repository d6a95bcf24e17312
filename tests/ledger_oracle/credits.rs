//! The rules of gifts, of what is issued, corrected and kept in funds.

use super::{
    book::{Fund, GENERAL, ISSUANCE, Moved, SOLIDARITY, WAITING, fund},
    rules::{DAY, Gift, Human, Line, MINUTE, Rules, line, person},
    steps::To,
};

impl Rules {
    pub fn give(&mut self, n: usize, to: &To, typed: &str) -> Vec<Line> {
        let (name, whom) = (self.name(n), self.whom(to));
        let solidarity = matches!(to, To::Solidarity);
        let mut asked = line(&name, format!("/donner {}{whom} {typed} merci", if solidarity { "" } else { "@" }));
        let Some(amount) = amount(typed).filter(|_| self.is_here(&name) && whom != name) else { return vec![asked] };
        if self.gifts_a_day.is_some_and(|most| self.gifts_today(&name) >= most) {
            return vec![asked];
        }
        let free = self.free_of(&name);
        if amount > free - self.reserve {
            // Where something is kept back, other words say what is free.
            asked.free = (self.reserve == 0).then_some(free);
            return vec![asked];
        }
        let declined = self.is_here(&whom) && self.declines(&whom, &name);
        let held = !solidarity && self.is_here(&whom) && !declined && amount > self.gift_room(&whom);
        let account = if solidarity || declined {
            fund(SOLIDARITY)
        } else if self.is_here(&whom) && !held {
            person(&whom)
        } else {
            WAITING.to_owned()
        };
        let source = person(&name);
        let number = self.pay("gift", &source, &account, amount);
        if account == WAITING {
            let (name, held, giver) = if held { (String::new(), Some(whom), name) } else { (whom, None, name) };
            let until = self.now + 7 * DAY;
            self.gifts.push(Gift { number, name, held, session: None, giver, source, amount, until, kind: "gift" });
        }
        asked.free = Some(free - amount);
        vec![asked]
    }

    pub fn undo(&mut self, n: usize, back: u64) -> Vec<Line> {
        let name = self.name(n);
        let account = person(&name);
        let own = self.book.moved.iter().rev().filter(|moved| moved.from == account).nth(back as usize).map(|moved| moved.number);
        let number = own.unwrap_or(self.book.moved.len() as i64);
        let asked = vec![line(&name, format!("/donner annuler {number}"))];
        let Some(gift) = self.book.by_number(number).cloned() else { return asked };
        let theirs = self.is_here(&name) && gift.from == account && gift.kind == "gift";
        if theirs && self.now <= gift.at + 2 * MINUTE && !self.book.reversed(number) && !self.is_gone(&gift) {
            let least = if gift.to.starts_with("person ") { self.floor.min(0) } else { 0 };
            if self.book.held(&gift.to) - gift.amount >= least {
                self.oppose(&gift);
            }
        }
        asked
    }

    pub fn issue(&mut self, to: Option<&Vec<To>>, name: &'static str, typed: &str) -> Vec<Line> {
        let whom: Vec<String> = match to {
            Some(to) => {
                let mut names: Vec<String> = Vec::new();
                for to in to {
                    let name = self.whom(to);
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                names
            }
            None => {
                let mut here: Vec<&Human> = self.humans.iter().filter(|human| human.here && human.name != "Nadia").collect();
                here.sort_by_key(|human| human.order);
                here.iter().map(|human| human.name.clone()).collect()
            }
        };
        let to_solidarity = matches!(to.map(Vec::as_slice), Some([To::Solidarity]));
        let words: Vec<String> = whom.iter().map(|name| if to_solidarity { name.clone() } else { format!("@{name}") }).collect();
        let words = if to.is_none() { "tous".to_owned() } else { words.join(" ") };
        let mut typed_lines = self.nadia(format!("/crediter {words} {typed} fonds:{name} atelier"));
        let closed = self.book.funds.get(name).is_some_and(|fund| fund.closed);
        let itself = to_solidarity && name == SOLIDARITY;
        let Some(amount) = amount(typed) else { return typed_lines };
        if whom.is_empty() || whom.contains(&"Nadia".to_owned()) || closed || itself {
            return typed_lines;
        }
        let fresh = !self.book.funds.contains_key(name) && name != GENERAL && name != SOLIDARITY;
        if whom.len() > 1 || to.is_none() || fresh {
            typed_lines.push(line("Nadia", "1".to_owned()));
        }
        let total = amount * whom.len() as i64;
        if total > self.book.left(name) {
            return typed_lines;
        }
        let now = self.now;
        self.book.fill(now, name, total);
        for one in whom {
            let account = if to_solidarity {
                fund(SOLIDARITY)
            } else if self.is_here(&one) {
                person(&one)
            } else {
                WAITING.to_owned()
            };
            let number = self.pay("grant", &fund(name), &account, amount);
            if account == WAITING {
                let gift = Gift {
                    number,
                    name: one,
                    held: None,
                    session: None,
                    giver: "Nadia".into(),
                    source: fund(name),
                    amount,
                    until: now + 7 * DAY,
                    kind: "grant",
                };
                self.gifts.push(gift);
            }
        }
        typed_lines
    }

    /// A person that one end of it was is erased, or what was set aside has gone on.
    fn is_gone(&self, moved: &Moved) -> bool {
        let erased = |account: &str| account.strip_prefix("person ").is_some_and(|name| self.erased.contains(name));
        let followed = moved.to == WAITING && !self.gifts.iter().any(|gift| gift.number == moved.number);
        erased(&moved.from) || erased(&moved.to) || followed
    }

    pub fn reverse(&mut self, back: u64) -> Vec<Line> {
        let number = self.book.moved.len() as i64 - back as i64;
        let asked = self.nadia(format!("/corriger {number} erreur"));
        let Some(moved) = self.book.by_number(number).cloned() else { return asked };
        let can_be = match moved.kind {
            "issue" | "grant" | "gift" => moved.from != WAITING,
            "attendance" => moved.from.starts_with("fund "),
            _ => false,
        };
        // Nadia coordinates: nobody corrects what they gave or got themselves.
        let own = [&moved.from, &moved.to].contains(&&"person Nadia".to_owned());
        if !can_be || own || self.book.reversed(number) || self.is_gone(&moved) {
            return asked;
        }
        let least = match moved.to.starts_with("person ") {
            true if self.corrections_below_floor => i64::MIN,
            true => self.floor.min(0),
            false => 0,
        };
        if self.book.held(&moved.to) - moved.amount >= least {
            self.oppose(&moved);
        }
        asked
    }

    fn oppose(&mut self, moved: &Moved) {
        let opposite = Moved {
            number: 0,
            from: moved.to.clone(),
            to: moved.from.clone(),
            amount: moved.amount,
            kind: "reversal",
            session: None,
            reverses: Some(moved.number),
            at: self.now,
        };
        self.book.enter(opposite);
        self.gifts.retain(|gift| gift.number != moved.number);
    }

    pub fn budget(&mut self, name: &'static str, budget: Option<i64>) -> Vec<Line> {
        let asked = match budget {
            Some(budget) => format!("/fonds {name} {budget}"),
            None => format!("/fonds {name} illimite"),
        };
        self.set_budget(name, budget);
        self.nadia(asked)
    }

    fn set_budget(&mut self, name: &str, budget: Option<i64>) {
        let issued = self.book.funds.get(name).map_or(0, |fund| fund.issued);
        // Nobody is turned away for want of credits, so what solidarity may be issued has no limit.
        if budget.is_none_or(|budget| budget >= issued && name != SOLIDARITY) {
            self.book.funds.insert(name.to_owned(), Fund { issued, budget, closed: false });
        }
    }

    pub fn close(&mut self, name: &'static str) -> Vec<Line> {
        let asked = self.nadia(format!("/fonds {name} fermer"));
        let built_in = name == GENERAL || name == SOLIDARITY;
        if built_in || self.book.funds.get(name).is_none_or(|fund| fund.closed) {
            return asked;
        }
        let (account, now) = (fund(name), self.now);
        let held = self.book.held(&account);
        self.book.pay_all(now, "closing", &account, ISSUANCE, held);
        if let Some(fund) = self.book.funds.get_mut(name) {
            fund.closed = true;
        }
        asked
    }

    pub fn reopen(&mut self, name: &'static str) -> Vec<Line> {
        let closed = self.book.funds.get(name).filter(|fund| fund.closed).map(|fund| fund.budget);
        if let Some(budget) = closed {
            self.set_budget(name, budget);
        }
        self.nadia(format!("/fonds {name} rouvrir"))
    }
}

/// An amount that can be moved.
fn amount(typed: &str) -> Option<i64> {
    typed.parse().ok().filter(|amount| (1..=10_000).contains(amount))
}
