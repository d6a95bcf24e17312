//! A group that is set up over Matrix, with people who joined it: where most tests of the running program begin.

use std::{sync::Arc, time::Duration};

use crate::{
    bot::Bot,
    html,
    support::{
        gifts::plain,
        matrix::{Heard, People, Person, Plan, Proxy, Synapse},
    },
};

/// How long one step may take on a busy machine; answers are paced, and several people wait for theirs at once.
pub const STEP_TAKES: Duration = Duration::from_secs(120);

/// Somebody with their direct room.
#[derive(Clone)]
pub struct Member {
    /// Their client.
    pub person: Person,
    /// Their direct room with the bot.
    pub direct: String,
    bot: String,
}

/// A group and its people, and the bot that serves it.
pub struct Circle {
    /// The people of this test.
    pub people: Arc<People>,
    /// The program; it runs.
    pub bot: Bot,
    /// The group's room.
    pub group: String,
    /// Who set it up.
    pub coordinator: Member,
    /// Who joined it, in order: Membre1, Membre2, …
    pub members: Vec<Member>,
}

/// How the group's room is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Room {
    Encrypted,
    Plain,
}

impl Circle {
    /// A group in an encrypted room.
    pub fn found(synapse: &Synapse, proxy: Option<&Proxy>, members: usize) -> Self {
        Self::with(synapse, Bot::new(synapse, proxy), Room::Encrypted, members)
    }

    /// Sets up a group with so many members, each of whom has agreed to take part.
    pub fn with(synapse: &Synapse, mut bot: Bot, room: Room, members: usize) -> Self {
        let people = People::on(synapse);
        bot.start();
        let coordinator = Member::new(&people, synapse, "Nadia", &bot.user);
        let members: Vec<Member> = (1..=members).map(|n| Member::new(&people, synapse, &format!("Membre{n}"), &bot.user)).collect();
        let invited: Vec<&str> = members.iter().map(|member| member.person.user.as_str()).chain([bot.user.as_str()]).collect();
        let encrypted = room == Room::Encrypted;
        let plan = Plan { name: "Le cercle", encrypted, invited: &invited, power: &[(&bot.user, 50)], ..Plan::default() };
        let group = coordinator.person.makes(plan);
        members.iter().for_each(|member| member.person.joins(&group));
        coordinator.person.sees_join(&group, &bot.user);
        let circle = Self { people, bot, group, coordinator, members };
        circle.coordinator.joins_with(&circle.group, "!installer");
        for member in &circle.members {
            member.joins_with(&circle.group, "!rejoindre");
        }
        circle
    }

    /// Every member, and the coordinator, gets so many credits.
    pub fn issue_to_all(&self, credits: i64) {
        let asked = self.coordinator.asks(&format!("!crediter tous {credits} départ"));
        assert!(!html::buttons(&asked).is_empty(), "{}", asked.body());
        self.coordinator.asks("1");
        for member in &self.members {
            member.reads(&format!("{credits} crédits"));
        }
    }

    /// What the group read of the bot, with plain blanks.
    pub fn public(&self) -> Vec<String> {
        said(&self.coordinator.person, &self.group, &self.bot.user)
    }

    /// The log, and what happened, for a person to read.
    pub fn story(&self) -> String {
        format!("{}\nthe log:\n{}", self.people.transcript(), self.bot.log())
    }
}

impl Member {
    /// Somebody new, whose direct room with the bot is open.
    pub fn new(people: &Arc<People>, synapse: &Synapse, name: &str, bot: &str) -> Self {
        let person = people.person(synapse, name);
        let direct = person.makes(Plan { encrypted: true, direct: true, invited: &[bot], ..Plan::default() });
        person.sees_join(&direct, bot);
        Self { person, direct, bot: bot.to_owned() }
    }

    /// Another client of the same person, in the same direct room.
    pub fn on(&self, person: Person) -> Self {
        Self { person, ..self.clone() }
    }

    /// Asks to take part, is asked for consent in the direct room, and agrees.
    pub fn joins_with(&self, group: &str, command: &str) {
        let consent = self.answer_to(|| drop(self.person.says(group, command)));
        assert!(!html::buttons(&consent).is_empty(), "{}", consent.body());
        self.asks("1");
    }

    /// Writes in the direct room; the first message of the bot that comes then.
    pub fn asks(&self, text: &str) -> Heard {
        self.answer_to(|| drop(self.person.says(&self.direct, text)))
    }

    /// The first message of the bot in the direct room that comes after `act`.
    pub fn answer_to(&self, act: impl FnOnce()) -> Heard {
        let before = self.heard().len();
        act();
        let what = format!("an answer for {} ({})", self.person.name, self.person.user);
        let find = |all: &[Heard]| all.iter().filter(|heard| self.is_for_me(heard)).nth(before).cloned();
        self.person.people().wait_for(&what, STEP_TAKES, find)
    }

    /// Waits until the bot says these words in the direct room.
    pub fn reads(&self, words: &str) -> Heard {
        let what = format!("{} to read {words:?}", self.person.name);
        let fits = |heard: &&Heard| self.is_for_me(heard) && plain(heard.body()).contains(words);
        self.person.people().wait_for(&what, STEP_TAKES, |all| all.iter().find(fits).cloned())
    }

    /// The messages of the bot in the direct room, as this client heard them.
    pub fn heard(&self) -> Vec<Heard> {
        self.person.people().heard().iter().filter(|heard| self.is_for_me(heard)).cloned().collect()
    }

    /// Their texts, with plain blanks.
    pub fn said(&self) -> Vec<String> {
        said(&self.person, &self.direct, &self.bot)
    }

    /// The credits that the bot says this member has.
    pub fn balance(&self) -> i64 {
        let answer = self.asks("!solde");
        let text = plain(answer.body());
        crate::support::gifts::number_after(&text, "Il vous reste").unwrap_or_else(|| panic!("no balance in {text:?}"))
    }

    fn is_for_me(&self, heard: &Heard) -> bool {
        self.person.heard_it(heard) && heard.room == self.direct && heard.sender == self.bot && heard.is_message()
    }
}

/// The texts of the bot in a room, as a client heard them, with plain blanks.
fn said(person: &Person, room: &str, bot: &str) -> Vec<String> {
    let heard = person.heard(room);
    heard.iter().filter(|heard| heard.sender == bot && heard.is_message()).map(|heard| plain(heard.body())).collect()
}
