//! The rules of coming, going, being erased, and wanting nothing more from somebody.

use super::{
    book::{SOLIDARITY, WAITING, fund},
    rules::{BASES, Gift, Human, Line, Rules, line, person},
    sessions::State,
};

impl Rules {
    pub fn join(&mut self, n: usize) -> Vec<Line> {
        let name = self.name(n);
        if self.humans[n].here {
            return Vec::new();
        }
        if !self.humans[n].known {
            self.joined += 1;
            self.humans[n].order = self.joined;
            for (_, _, whom) in self.blocks.iter_mut().filter(|(_, typed, whom)| *typed == name && whom.is_none()) {
                *whom = Some(name.clone());
            }
        }
        self.humans[n].known = true;
        self.humans[n].here = true;
        self.humans[n].facilitator = false;
        let arrived: Vec<Gift> = self.gifts.iter().filter(|gift| gift.name == name && gift.giver != name).cloned().collect();
        let mut room = self.gift_room(&name);
        for gift in arrived {
            let counts = gift.kind == "gift" && !self.declines(&name, &gift.giver);
            if counts && gift.amount > room {
                let held = self.gifts.iter_mut().find(|other| other.number == gift.number);
                held.into_iter().for_each(|gift| (gift.name, gift.held) = (String::new(), Some(name.clone())));
                continue;
            }
            room -= if counts { gift.amount } else { 0 };
            self.gifts.retain(|other| other.number != gift.number);
            let declined = gift.kind == "gift" && self.declines(&name, &gift.giver);
            let to = if declined { fund(SOLIDARITY) } else { person(&name) };
            self.pay(gift.kind, WAITING, &to, gift.amount);
        }
        vec![Line { in_group: true, ..line(&name, "/rejoindre".to_owned()) }, line(&name, "1".to_owned())]
    }

    pub fn leave(&mut self, n: usize) -> Vec<Line> {
        let name = self.name(n);
        if n == 0 || !self.humans[n].here {
            return Vec::new();
        }
        for at in self.in_order_of_start() {
            if self.sessions[at].state != State::Open {
                continue;
            }
            let to_come = self.sessions[at].is_to_come(self.now);
            if self.sessions[at].host == name && to_come {
                self.withdraw(at);
            } else if self.sessions[at].host == name {
                self.all_back(at);
                self.sessions[at].state = State::Unmarked;
            } else if !to_come {
                continue;
            } else if self.sessions[at].live(&name).is_some() {
                self.give_back(at, &name);
            }
        }
        self.humans[n].here = false;
        self.humans[n].facilitator = false;
        vec![line(&name, "/quitter".to_owned()), line(&name, "1".to_owned())]
    }

    pub fn erase(&mut self, n: usize) -> Vec<Line> {
        let name = self.name(n);
        if n == 0 || !self.humans[n].known {
            return Vec::new();
        }
        self.end_sessions_of(&name);
        let mut own: Vec<Gift> = self.gifts.iter().filter(|gift| gift.giver == name).cloned().collect();
        self.gifts.retain(|gift| gift.giver != name);
        own.sort_by_key(|gift| gift.number);
        for gift in own {
            let source = if gift.source.starts_with("fund ") { gift.source.clone() } else { fund(SOLIDARITY) };
            self.back(&Gift { source, ..gift });
        }
        for gift in &mut self.gifts {
            gift.held = gift.held.take().filter(|held| *held != name);
        }
        let (account, now) = (person(&name), self.now);
        let held = self.book.held(&account);
        self.book.pay_all(now, "closing", &account, &fund(SOLIDARITY), held);
        if held < 0 {
            let owed = (-held).min(self.book.left(SOLIDARITY));
            self.book.fill(now, SOLIDARITY, owed);
            self.book.pay_all(now, "closing", &fund(SOLIDARITY), &account, owed);
        }
        self.erased.insert(name.clone());
        self.blocks.retain(|(by, ..)| *by != name);
        let lives = self.humans[n].lives + 1;
        let suffix: String = std::iter::successors(Some(lives), |left| (*left > 20).then(|| left / 20))
            .map(|left| char::from(b'b' + (left % 20) as u8))
            .collect();
        self.humans[n] = Human { name: format!("{}{suffix}", BASES[n]), known: false, here: false, facilitator: false, order: 0, lives };
        vec![line(&name, "/effacer".to_owned()), line(&name, "1".to_owned())]
    }

    pub fn block(&mut self, by: usize, whom: usize) -> Vec<Line> {
        let (by, name) = (self.name(by), self.name(whom));
        if self.is_here(&by) && by != name {
            let whose = self.humans[whom].known.then(|| name.clone());
            self.blocks.push((by.clone(), name.clone(), whose));
        }
        vec![line(&by, format!("/bloquer @{name}"))]
    }
}
