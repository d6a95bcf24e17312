//! Kills the running program (SIGKILL) at random moments while people give credits to each other in an encrypted room and in
//! their direct ones, and starts it again on the same folder and store. In the end every gift was made and told exactly once.
//!
//! `ENTRAIDE_TEST_LONG=1` kills more often, `ENTRAIDE_TEST_SEED=…` repeats a run as far as the machine allows.

use std::{
    thread,
    time::{Duration, Instant},
};

use crate::{
    bot::{Bot, said},
    circle::{Circle, Room},
    support::{
        gifts::{Dice, Gift, expected_credits, fault_in_answers},
        matrix::{Fault, Proxy, Synapse, Ticket, content},
    },
};

/// What everybody begins with, in credits: enough for the gifts of the long run, too.
const START_CREDITS: i64 = 4000;
/// How long everything that is owed may take to arrive in the end; answers are paced, and hundreds wait after many kills.
const SETTLING: Duration = Duration::from_secs(600);
/// After so many kills everything is waited for.
const ROUND: usize = 10;
/// Who writes.
const MEMBERS: usize = 4;

struct Market<'a> {
    circle: &'a Circle,
    gifts: Vec<Gift>,
    begun: Vec<(usize, Ticket)>,
}

impl Market<'_> {
    /// The next of two writers gives to somebody, in the group or in their direct room.
    fn give(&mut self, dice: &mut Dice) {
        let n = self.gifts.len();
        let from = n % 2;
        let to = (from + 1 + usize::try_from(dice.below(MEMBERS as u64 - 1)).unwrap()) % MEMBERS;
        let (giver, receiver) = (&self.circle.members[from], &self.circle.members[to].person);
        let credits = 1 + i64::try_from(dice.below(3)).unwrap();
        let room = if dice.below(2) == 0 { &giver.direct } else { &self.circle.group };
        if dice.below(10) == 0 {
            giver.person.rotates_keys(room);
        }
        let text = format!("!donner {} {credits} g{n}", receiver.name);
        let ticket = giver.person.begins(room, content::naming(&text, &[(&receiver.name, &receiver.user)]));
        self.gifts.push(Gift { from, to, credits });
        self.begun.push((from, ticket));
    }

    fn trade(&mut self, dice: &mut Dice, lasting: Duration) {
        let end = Instant::now() + lasting;
        while Instant::now() < end {
            self.give(dice);
            thread::sleep(dice.millis(60, 300).min(end.saturating_duration_since(Instant::now())));
        }
        for (from, ticket) in self.begun.drain(..) {
            self.circle.members[from].person.done(ticket);
        }
    }

    fn said(&self) -> Vec<Vec<String>> {
        self.circle.members.iter().map(|member| member.said()).collect()
    }

    fn fault(&self) -> Option<String> {
        let names: Vec<String> = self.circle.members.iter().map(|member| member.person.name.clone()).collect();
        fault_in_answers(&self.gifts, &names, &self.said())
    }

    /// Waits until every gift was made and told.
    fn settles(&self) {
        let deadline = Instant::now() + SETTLING;
        while let Some(fault) = self.fault() {
            assert!(Instant::now() < deadline, "{fault}\n{}", self.circle.story());
            thread::sleep(Duration::from_millis(250));
        }
    }
}

/// The network has its moods too.
fn mood(proxy: &Proxy, dice: &mut Dice) {
    match dice.below(6) {
        0 => proxy.inject("PUT", "/send/", 1, Fault::LoseAnswer),
        1 => proxy.inject("PUT", "/send/", 2, Fault::TooMany(200)),
        2 => proxy.inject("GET", "/sync", 1, Fault::LoseAnswer),
        3 => proxy.inject("GET", "/sync", 1, Fault::BadGateway),
        _ => {}
    }
}

#[test]
fn no_kill_loses_or_doubles_anything() {
    let kills = if std::env::var_os("ENTRAIDE_TEST_LONG").is_some() { 200 } else { 10 };
    let mut dice = Dice::thrown();
    let synapse = Synapse::shared();
    let proxy = Proxy::before(synapse);
    let mut circle = Circle::with(synapse, Bot::new(synapse, Some(&proxy)), Room::Encrypted, MEMBERS);
    circle.issue_to_all(START_CREDITS);
    let (mut gifts, mut died) = (Vec::new(), 0);
    while died < kills {
        mood(&proxy, &mut dice);
        let mut market = Market { circle: &circle, gifts: std::mem::take(&mut gifts), begun: Vec::new() };
        market.trade(&mut dice, Duration::from_millis(300));
        gifts = market.gifts;
        // From before its first sync to well after it has answered.
        thread::sleep(dice.millis(0, 2500));
        circle.bot.program().assert_running();
        circle.bot.kill();
        died += 1;
        // Some are written while nobody listens.
        let mut market = Market { circle: &circle, gifts: std::mem::take(&mut gifts), begun: Vec::new() };
        market.trade(&mut dice, Duration::from_millis(50));
        gifts = market.gifts;
        circle.bot.start();
        // A machine that is so busy that the bot dies before it ever answers would heap up more than anybody may ask in a minute.
        if died % ROUND == 0 {
            proxy.heal();
            let market = Market { circle: &circle, gifts: std::mem::take(&mut gifts), begun: Vec::new() };
            market.settles();
            gifts = market.gifts;
            println!("{died} kills, {} gifts, each told once", gifts.len());
        }
    }
    let market = Market { circle: &circle, gifts, begun: Vec::new() };
    for (n, member) in circle.members.iter().enumerate() {
        assert_eq!(member.balance(), expected_credits(&market.gifts, START_CREDITS, n), "{}\n{}", member.person.name, circle.story());
    }
    assert_eq!(market.fault(), None);
    // Unlike on Telegram, what was sent and not noted is one message: its transaction has the delivery's id.
    let doubled = crate::support::gifts::doubled(&market.said());
    println!("{} gifts, {kills} kills, {doubled} messages said twice", market.gifts.len());
    assert_eq!(doubled, 0, "{}", circle.story());
    let group = circle.public();
    assert!(group.iter().all(|text| !text.contains("crédit") || text.starts_with("Bonjour")), "the group learnt of credits: {group:?}");
    circle.bot.stop();
    let verified = circle.bot.subcommand(&["verify"]);
    assert!(verified.status.success(), "{}", said(&verified));
}
