//! The rules of limits: what a day and a month allow, and what waits until Nadia decides.

use super::{
    book::{Moved, SOLIDARITY, WAITING, fund},
    rules::{DAY, Gift, Line, Rules, person},
    sessions::civil,
};

impl Rules {
    pub fn limit(&mut self, word: &'static str, value: Option<i64>) -> Vec<Line> {
        match word {
            "reserve" => self.reserve = value.unwrap_or(0),
            "dons" => self.gifts_a_day = value,
            "recus" => self.received_a_month = value,
            _ => self.earned_a_month = value.unwrap_or(60),
        }
        let typed = value.map_or("illimite".to_owned(), |value| value.to_string());
        self.nadia(format!("/reglages credits {word} {typed}"))
    }

    /// Gifts of today that were not taken back.
    pub fn gifts_today(&self, name: &str) -> i64 {
        let account = person(name);
        let today = |moved: &&Moved| moved.at.div_euclid(DAY) == self.now.div_euclid(DAY);
        self.standing_gifts().filter(today).filter(|moved| moved.from == account).count() as i64
    }

    /// What somebody may still be given this month.
    pub fn gift_room(&self, name: &str) -> i64 {
        let Some(most) = self.received_a_month else { return i64::MAX };
        let month = |at: i64| {
            let (year, month, _) = civil(at.div_euclid(DAY));
            (year, month)
        };
        let account = person(name);
        let received = self.standing_gifts().filter(|moved| moved.to == account && month(moved.at) == month(self.now));
        (most - received.map(|moved| moved.amount).sum::<i64>()).max(0)
    }

    fn standing_gifts(&self) -> impl Iterator<Item = &Moved> {
        self.book.moved.iter().filter(|moved| moved.kind == "gift" && !self.book.reversed(moved.number))
    }

    /// It goes back to where it came from.
    pub fn back(&mut self, gift: &Gift) {
        self.book.pay(self.now, "back", WAITING, &gift.source, gift.amount, gift.session);
    }

    /// What was earned with one session is decided on at once. Nobody decides about themself; a refused gift waits for its time.
    pub fn decide(&mut self, back: u64, accept: bool) -> Vec<Line> {
        let mut held: Vec<Gift> = self.gifts.iter().filter(|gift| gift.held.is_some()).cloned().collect();
        held.sort_by_key(|gift| gift.number);
        let one = held.iter().rev().nth(back as usize).cloned();
        let number = one.as_ref().map_or(self.book.moved.len() as i64, |one| one.number);
        let asked = self.nadia(format!("/crediter {} {number}", if accept { "accepter" } else { "refuser" }));
        let Some(one) = one else { return asked };
        held.retain(|gift| gift.number == number || (gift.session.is_some() && gift.session == one.session && gift.held == one.held));
        let nadia = Some("Nadia".to_owned());
        if held.iter().any(|gift| gift.held == nadia || gift.giver == "Nadia") {
            return asked;
        }
        for gift in held {
            let whom = gift.held.clone().filter(|whom| accept && self.is_here(whom));
            match whom {
                Some(whom) => {
                    let declined = gift.kind == "gift" && self.declines(&whom, &gift.giver);
                    let to = if declined { fund(SOLIDARITY) } else { person(&whom) };
                    self.book.pay(self.now, gift.kind, WAITING, &to, gift.amount, gift.session);
                }
                None if gift.kind == "gift" => {
                    let waits = self.gifts.iter_mut().find(|other| other.number == gift.number);
                    waits.into_iter().for_each(|gift| gift.held = None);
                    continue;
                }
                None => self.back(&gift),
            }
            self.gifts.retain(|other| other.number != gift.number);
        }
        asked
    }
}
