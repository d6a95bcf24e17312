//! What a feature decides: changes to the state, things to say, wake-ups; or a refusal that says what to do next.

use serde::{Deserialize, Serialize};

use super::{
    checkin, data,
    event::MessageRef,
    ids::{AccountId, GroupId, IdSource, PersonId, RoomId, SessionId},
    ledger, link,
    message::{Content, Msg},
    people, prompt, question, safety, session,
    time::Timestamp,
    timer::{Timer, Wake},
};

/// Time and ids are inputs.
#[derive(Debug)]
pub struct Context {
    /// The instant of the event.
    pub now: Timestamp,
    /// Makes ids out of the event's key.
    pub ids: IdSource,
}

/// The outcome of an event; applied in one commit.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Decision {
    /// In order.
    pub changes: Vec<Change>,
    /// In order.
    pub acts: Vec<Act>,
    /// Wake-ups to store.
    pub timers: Vec<Timer>,
}

/// What is said instead of doing what was asked: in the person's language, with what to do next.
#[derive(Clone, PartialEq, Debug)]
pub struct Refusal(pub Box<Content>);

/// What a feature answers.
pub type Outcome = Result<Decision, Refusal>;

impl Refusal {
    /// A refusal of one or more lines.
    pub fn new(content: impl Into<Content>) -> Self {
        Self(Box::new(content.into()))
    }
}

impl From<Msg> for Refusal {
    fn from(msg: Msg) -> Self {
        Self::new(msg)
    }
}

/// A change to the state, by feature; `store` has one arm for each.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// Communities, groups, rooms, persons, memberships, consent, settings.
    People(people::Change),
    /// Credits.
    Ledger(ledger::Change),
    /// Sessions and bookings.
    Session(session::Change),
    /// Check-ins.
    Checkin(checkin::Change),
    /// Prompts.
    Prompt(prompt::Change),
    /// Blocking, thanks, reports.
    Safety(safety::Change),
    /// Linked accounts.
    Link(link::Change),
    /// Questions and awaited texts.
    Question(question::Change),
    /// Erasure, and how long things are kept.
    Data(data::Change),
}

/// Something to say or show.
#[derive(Clone, PartialEq, Debug)]
pub enum Act {
    /// A message.
    Say {
        /// To whom.
        to: Audience,
        /// What.
        content: Content,
        /// How soon, and by which roads.
        manner: Manner,
    },
    /// A message that is kept up to date by editing it; a newer version replaces an older one.
    Card {
        /// Where it hangs: [`Audience::Group`] or [`Audience::Room`].
        to: Audience,
        /// Which card.
        key: CardKey,
        /// Its present content.
        content: Content,
    },
    /// Deletes the message that brought the event from its group room, where the bot may.
    DeleteAsked,
    /// Deletes the message that brought the event from wherever it is: it bears a secret.
    DeleteTyped,
    /// Deletes a message from the direct room of an account, the bot's own or, where the bot may, the person's.
    Unsay(AccountId, MessageRef),
    /// A reaction on the message that brought the event (an emoji).
    React(String),
    /// A short word to who pressed a button, seen by them alone; without it a press is acknowledged silently.
    Answer(Msg),
}

/// To whom something is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    /// Who brought the event, in private, whether known as a person or not.
    Asker,
    /// The room that the event came from.
    SameRoom,
    /// One room.
    Room(RoomId),
    /// Every room of a group.
    Group(GroupId),
    /// One person, in private.
    Private(PersonId),
    /// One account, in private, joined or not.
    Account(AccountId),
    /// The coordinators of the group's community and its facilitators, each in private.
    Staff(GroupId),
}

/// How a message is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Manner {
    /// Somebody waits for it: goes before notices, may be an ephemeral message.
    Answer,
    /// Somebody waits for it and must be able to find it again (care texts, deadlines): never ephemeral.
    Care,
    /// Nobody waits: reminders, announcements, news.
    Notice,
}

/// Which card.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum CardKey {
    /// The card of a session.
    Session(SessionId),
}

impl Decision {
    /// Nothing changes, nothing is said.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Says `content` to who asked, in private.
    pub fn answer(content: impl Into<Content>) -> Self {
        Self::nothing().tell(Audience::Asker, content)
    }

    /// And says `content` to `to`, as an answer.
    #[must_use]
    pub fn tell(self, to: Audience, content: impl Into<Content>) -> Self {
        self.say(to, content, Manner::Answer)
    }

    /// And says `content` to `to` as news for which nobody waits.
    #[must_use]
    pub fn notify(self, to: Audience, content: impl Into<Content>) -> Self {
        self.say(to, content, Manner::Notice)
    }

    /// And says `content` to `to`.
    #[must_use]
    pub fn say(mut self, to: Audience, content: impl Into<Content>, manner: Manner) -> Self {
        self.acts.push(Act::Say { to, content: content.into(), manner });
        self
    }

    /// And does this.
    #[must_use]
    pub fn act(mut self, act: Act) -> Self {
        self.acts.push(act);
        self
    }

    /// And changes this.
    #[must_use]
    pub fn change(mut self, change: impl Into<Change>) -> Self {
        self.changes.push(change.into());
        self
    }

    /// And wakes up at `at`.
    #[must_use]
    pub fn wake(mut self, ctx: &mut Context, at: Timestamp, wake: Wake) -> Self {
        self.timers.push(Timer { id: ctx.ids.make(), at, wake });
        self
    }

    /// This one and then the other.
    #[must_use]
    pub fn and(mut self, other: Decision) -> Self {
        self.changes.extend(other.changes);
        self.acts.extend(other.acts);
        self.timers.extend(other.timers);
        self
    }
}

macro_rules! change_from {
    ($($variant:ident($feature:ident)),*) => {$(
        impl From<$feature::Change> for Change {
            fn from(change: $feature::Change) -> Self {
                Self::$variant(change)
            }
        }
    )*};
}

change_from!(
    People(people),
    Ledger(ledger),
    Session(session),
    Checkin(checkin),
    Prompt(prompt),
    Safety(safety),
    Link(link),
    Question(question),
    Data(data)
);
