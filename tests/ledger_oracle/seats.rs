//! The rules of prices and seats: who pays, who is paid, what goes back, and who is next.

use super::{
    book::{GENERAL, ISSUANCE, Moved, SOLIDARITY, WAITING, escrow, fund},
    rules::{DAY, Gift, HOUR, Line, MINUTE, Rules, line, person},
    sessions::{Place, Seat, Session, State, When, civil, written},
    steps::Came,
};

impl Rules {
    /// Mostly one for which it makes sense, from the newest back; now and then any.
    fn nth(&self, back: u64, makes_sense: impl Fn(&Session) -> bool) -> Option<usize> {
        let fitting: Vec<usize> = (0..self.sessions.len()).rev().filter(|n| makes_sense(&self.sessions[*n])).collect();
        match fitting.len() as u64 {
            len if len > 0 && back < 12 => Some(fitting[(back % len) as usize]),
            _ => self.sessions.len().checked_sub(1 + back as usize % 8),
        }
    }

    pub fn in_order_of_start(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.sessions.len()).collect();
        all.sort_by_key(|n| self.sessions[*n].starts);
        all
    }

    fn apart(&self, one: &str, other: &str) -> bool {
        one != other && (self.declines(one, other) || self.declines(other, one))
    }

    pub fn propose(&mut self, host: usize, price: i64, reward: i64, seats: i64, hours: i64) -> Vec<Line> {
        let name = self.name(host);
        let mut starts = (self.now + hours * HOUR) / MINUTE * MINUTE;
        while self.sessions.iter().any(|session| session.starts == starts) {
            starts += MINUTE;
        }
        let on_top = if reward > 0 { format!(" recompense {reward}") } else { String::new() };
        let text = format!("/seance \"Cercle\" {} 60min {seats} places prix {price}{on_top}", written(starts));
        let may = self.humans[host].here
            && (host == 0 || (self.humans[host].facilitator && reward == 0))
            && (reward == 0 || self.rewards.is_some());
        if may {
            let number = self.sessions.len() as i64 + 1;
            let session = Session {
                number,
                host: name.clone(),
                price,
                reward,
                seats,
                starts,
                state: State::Open,
                places: Vec::new(),
                started: false,
                ended: false,
            };
            self.sessions.push(session);
        }
        vec![line(&name, text)]
    }

    pub fn book_seat(&mut self, who: usize, back: u64, wait: bool) -> Vec<Line> {
        let name = self.name(who);
        let at = self.nth(back, |session| session.is_to_come(self.now));
        let number = at.map_or(9_999, |at| self.sessions[at].number);
        let asked = vec![line(&name, format!("/reserver {number}{}", if wait { " attendre" } else { "" }))];
        let Some(at) = at.filter(|at| self.is_here(&name) && self.sessions[*at].is_to_come(self.now)) else { return asked };
        let host = self.sessions[at].host.clone();
        if host == name {
            return asked;
        }
        let free = if self.apart(&name, &host) { 0 } else { self.sessions[at].free() };
        match self.sessions[at].live(&name) {
            Some(seat) if self.sessions[at].places[seat].place == Place::Offered => self.take(at, seat),
            Some(_) => {}
            None if free > 0 => {
                let seat = self.come(at, &name);
                self.take(at, seat);
            }
            None if wait => drop(self.come(at, &name)),
            None => {}
        }
        asked
    }

    /// At the end of the order of coming.
    fn come(&mut self, at: usize, name: &str) -> usize {
        let session = &mut self.sessions[at];
        let last_own = session.places.iter().rposition(|seat| seat.who == name);
        let counts = |(n, seat): (usize, &Seat)| (seat.place != Place::Gone || Some(n) == last_own).then_some(seat.order);
        let order = session.places.iter().enumerate().filter_map(counts).max().unwrap_or(0) + 1;
        let seat = Seat { who: name.to_owned(), place: Place::Waiting, own: 0, late: self.late, solidarity: 0, order, until: 0 };
        session.places.push(seat);
        session.places.len() - 1
    }

    /// The person pays what is free, solidarity the rest, and what it lacks is issued to it.
    fn take(&mut self, at: usize, seat: usize) {
        let (name, price, number) = {
            let session = &self.sessions[at];
            (session.places[seat].who.clone(), session.price, Some(session.number))
        };
        let own = price.min(self.free_of(&name));
        let rest = price - own;
        let (now, account) = (self.now, escrow(number.unwrap_or(0)));
        let lacking = rest - self.book.held(&fund(SOLIDARITY)).max(0);
        self.book.pay(now, "issue", ISSUANCE, &fund(SOLIDARITY), lacking, number);
        self.book.pay(now, "booking", &person(&name), &account, own, number);
        self.book.pay(now, "booking", &fund(SOLIDARITY), &account, rest, number);
        let late = self.late;
        let place = &mut self.sessions[at].places[seat];
        (place.place, place.own, place.solidarity, place.late) = (Place::Booked, own, rest, late);
    }

    /// Each part to where it came from.
    fn refund(&mut self, at: usize, seat: usize) {
        let (number, place) = (self.sessions[at].number, self.sessions[at].places[seat].clone());
        let now = self.now;
        self.book.pay(now, "refund", &escrow(number), &person(&place.who), place.own, Some(number));
        self.book.pay(now, "refund", &escrow(number), &fund(SOLIDARITY), place.solidarity, Some(number));
    }

    /// What a host may still earn in this month.
    fn room(&self, host: &str) -> i64 {
        let (year, month, _) = civil(self.now.div_euclid(DAY));
        let account = person(host);
        // What was accepted beyond the limit came from where it waited, and is nobody's month.
        let earned = |moved: &&Moved| moved.to == account && moved.from != WAITING && matches!(moved.kind, "attendance" | "late");
        let this_month = self.book.moved.iter().filter(earned).filter(|moved| {
            let (y, m, _) = civil(moved.at.div_euclid(DAY));
            (y, m) == (year, month)
        });
        (self.earned_a_month - this_month.map(|moved| moved.amount).sum::<i64>()).max(0)
    }

    /// As far as the host may still earn; what is left of it.
    fn pay_host(&mut self, at: usize, amount: i64, kind: &'static str) -> i64 {
        let session = self.sessions[at].clone();
        let earned = amount.min(self.room(&session.host));
        self.book.pay(self.now, kind, &escrow(session.number), &person(&session.host), earned, Some(session.number));
        amount - earned
    }

    /// Beyond a host's month, Nadia decides. Whether there was anything; several go back one after the other.
    fn hold(&mut self, at: usize, from: &str, amount: i64, place: i64) -> bool {
        let (host, session) = (self.sessions[at].host.clone(), Some(self.sessions[at].number));
        let number = self.book.pay(self.now, "attendance", from, WAITING, amount, session);
        if number > 0 {
            let source = if from.starts_with("fund ") { from.to_owned() } else { fund(SOLIDARITY) };
            let until = self.now + 7 * DAY + place;
            let (held, name) = (Some(host.clone()), String::new());
            self.gifts.push(Gift { number, name, held, session, giver: host, source, amount, until, kind: "attendance" });
        }
        number > 0
    }

    /// Too late, or absent: it costs all, half or nothing, and the rest goes back. Of a half, the person's own is rounded for them.
    /// What the host would have of it beyond their month.
    fn by_the_rule(&mut self, at: usize, seat: usize) -> i64 {
        let (number, place) = (self.sessions[at].number, self.sessions[at].places[seat].clone());
        let paid = place.own + place.solidarity;
        let half = place.late.starts_with("moitie");
        let cost = if place.late == "retour" {
            0
        } else if half {
            paid / 2
        } else {
            paid
        };
        let own_cost = if cost == paid { place.own } else { cost.min(place.own / 2) };
        let now = self.now;
        self.book.pay(now, "refund", &escrow(number), &person(&place.who), place.own - own_cost, Some(number));
        self.book.pay(now, "refund", &escrow(number), &fund(SOLIDARITY), place.solidarity - (cost - own_cost), Some(number));
        if place.late.ends_with("hote") {
            return self.pay_host(at, cost, "late");
        }
        self.book.pay(now, "late", &escrow(number), &fund(SOLIDARITY), cost, Some(number));
        0
    }

    /// The seat of a person in a session to come ends.
    pub fn give_back(&mut self, at: usize, name: &str) {
        let Some(seat) = self.sessions[at].live(name) else { return };
        if self.sessions[at].places[seat].place == Place::Booked {
            if self.now < self.sessions[at].starts - 24 * HOUR {
                self.refund(at, seat)
            } else {
                let (beyond, number) = (self.by_the_rule(at, seat), self.sessions[at].number);
                self.book.pay(self.now, "late", &escrow(number), &fund(SOLIDARITY), beyond, Some(number));
            }
        }
        self.sessions[at].places[seat].place = Place::Gone;
        self.offer(at);
    }

    /// Everything goes back.
    pub fn withdraw(&mut self, at: usize) {
        self.all_back(at);
        for seat in &mut self.sessions[at].places {
            if seat.place != Place::Settled {
                seat.place = Place::Gone;
            }
        }
        self.sessions[at].state = State::Cancelled;
    }

    pub fn all_back(&mut self, at: usize) {
        for seat in self.sessions[at].all(Place::Booked) {
            self.refund(at, seat);
            self.sessions[at].places[seat].place = Place::Gone;
        }
    }

    /// Freed seats go to who waits first.
    fn offer(&mut self, at: usize) {
        while self.sessions[at].is_to_come(self.now) && self.sessions[at].free() > 0 {
            let host = self.sessions[at].host.clone();
            let waiting = self.sessions[at].all(Place::Waiting);
            let Some(first) = waiting.into_iter().find(|n| !self.apart(&self.sessions[at].places[*n].who, &host)) else { return };
            let longest = (24 * HOUR).min((self.sessions[at].starts - self.now) / 2);
            let exact = self.now + longest;
            let minute = exact / MINUTE * MINUTE;
            let seat = &mut self.sessions[at].places[first];
            (seat.place, seat.until) = (Place::Offered, if minute > self.now { minute } else { exact });
        }
    }

    pub fn cancel(&mut self, who: usize, back: u64, whole: bool) -> Vec<Line> {
        let name = self.name(who);
        let at = self.nth(back, |session| session.is_to_come(self.now));
        let number = at.map_or(9_999, |at| self.sessions[at].number);
        let mut asked = vec![line(&name, format!("/annuler {number}"))];
        let Some(at) = at.filter(|at| self.is_here(&name) && self.sessions[*at].is_to_come(self.now)) else { return asked };
        let staff = who == 0 || self.sessions[at].host == name;
        if staff {
            asked.push(line(&name, if whole { "2" } else { "1" }.to_owned()));
        }
        if staff && whole {
            // Those who have a place are owed a word, or none.
            if self.sessions[at].places.iter().any(|seat| seat.who != name && seat.place != Place::Gone) {
                asked.push(line(&name, "1".to_owned()));
            }
            self.withdraw(at);
        } else {
            self.give_back(at, &name);
        }
        asked
    }

    pub fn mark(&mut self, stranger: Option<usize>, back: u64, came: &Came) -> Vec<Line> {
        let at = self.nth(back, |session| session.state == State::Open && self.now >= session.starts);
        let host = at.map_or_else(|| "Nadia".to_owned(), |at| self.sessions[at].host.clone());
        let name = stranger.map_or_else(|| host.clone(), |n| self.name(n));
        if self.erased.contains(&name) {
            return Vec::new();
        }
        let number = at.map_or(9_999, |at| self.sessions[at].number);
        let how = match came {
            Came::All => "tous".to_owned(),
            Came::Nobody => "personne".to_owned(),
            Came::But(absent) => format!("absents {}", absent.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")),
        };
        let asked = vec![line(&name, format!("/presence {number} {how}"))];
        let open = |at: &usize| self.sessions[*at].state == State::Open && self.now >= self.sessions[*at].starts;
        let Some(at) = at.filter(|at| self.is_here(&name) && name == host && open(at)) else { return asked };
        let seated = self.sessions[at].all(Place::Booked);
        let absent: Vec<usize> = match came {
            Came::All => Vec::new(),
            Came::Nobody => (1..=seated.len()).collect(),
            Came::But(absent) if absent.iter().any(|n| *n > seated.len()) => return asked,
            Came::But(absent) => absent.clone(),
        };
        let mut beyond = 0;
        for (n, seat) in (1..).zip(&seated) {
            let place = &self.sessions[at].places[*seat];
            let paid = place.own + place.solidarity;
            beyond += if absent.contains(&n) { self.by_the_rule(at, *seat) } else { self.pay_host(at, paid, "attendance") };
            self.sessions[at].places[*seat].place = Place::Settled;
        }
        let pays = self.rewards.unwrap_or(GENERAL);
        let mut reward = 0;
        if (1..=seated.len()).any(|n| !absent.contains(&n)) {
            let number = Some(self.sessions[at].number);
            reward = self.sessions[at].reward.min(self.book.left(pays));
            let (now, lacking, earned) = (self.now, reward - self.book.held(&fund(pays)), reward.min(self.room(&host)));
            self.book.pay(now, "issue", ISSUANCE, &fund(pays), lacking, number);
            self.book.pay(now, "attendance", &fund(pays), &person(&host), earned, number);
            reward -= earned;
        }
        let from = escrow(self.sessions[at].number);
        let first = i64::from(self.hold(at, &from, beyond, 0));
        self.hold(at, &fund(pays), reward, first);
        self.sessions[at].state = State::Marked;
        asked
    }

    /// Somebody is erased: their seats go back, their sessions to another, or back.
    pub fn end_sessions_of(&mut self, name: &str) {
        for at in self.in_order_of_start() {
            if self.sessions[at].state != State::Open {
                continue;
            }
            let (is_host, begun) = (self.sessions[at].host == name, self.now >= self.sessions[at].starts);
            match (is_host, begun) {
                (true, false) => {
                    let mut heirs: Vec<_> = self.humans.iter().filter(|human| human.here && human.name != name).collect();
                    heirs.retain(|human| human.facilitator || human.name == "Nadia");
                    heirs.sort_by_key(|human| (human.name == "Nadia", human.order));
                    let heir = heirs.iter().find(|human| self.sessions[at].live(&human.name).is_none());
                    match heir.map(|human| human.name.clone()) {
                        Some(heir) => self.sessions[at].host = heir,
                        None => self.withdraw(at),
                    }
                }
                (true, true) => {
                    self.all_back(at);
                    self.sessions[at].state = State::Unmarked;
                }
                (false, true) => {
                    if let Some(seat) = self.sessions[at].live(name) {
                        self.refund(at, seat);
                        self.sessions[at].places[seat].place = Place::Gone;
                    }
                }
                (false, false) => self.give_back(at, name),
            }
        }
    }

    pub fn session_due(&mut self, what: When) {
        match what {
            When::GiftReturns(_) => {}
            When::OfferEnds(at, seat) => {
                self.sessions[at].places[seat].place = Place::Gone;
                self.offer(at);
            }
            When::Starts(at) => {
                self.sessions[at].started = true;
                for seat in self.sessions[at].places.iter_mut().filter(|seat| matches!(seat.place, Place::Waiting | Place::Offered)) {
                    seat.place = Place::Gone;
                }
            }
            When::Ends(at) => {
                self.sessions[at].ended = true;
                if self.sessions[at].count(Place::Booked) == 0 {
                    self.sessions[at].state = State::Marked;
                }
            }
            When::Unmarked(at) => {
                self.all_back(at);
                self.sessions[at].state = State::Unmarked;
            }
        }
    }
}
