//! Communities, groups, persons: setting up, joining, leaving, settings, roles, pauses, rules, the menu.

use serde::{Deserialize, Serialize};

use super::{
    command::Command,
    discreet::{Digits, lock::Lock},
    event::Platform,
    hear::Named,
    ids::{AccountId, CommunityId, GroupId, PersonId, RoomId},
    ledger::rules::CreditRules,
    profile::{Profile, Topic},
    scope::{Community, Group, LateRule, Membership, Person, Role},
    time::{Timestamp, Zone},
};

pub mod alias;
pub mod choices;
pub mod code;
pub mod community;
pub mod consent;
pub mod countries;
pub mod country;
pub mod join;
pub mod leave;
pub mod menu;
pub mod pause;
pub mod remove;
pub mod renew;
pub mod role;
pub mod rules;
pub mod settings;
pub mod setup;
pub(in crate::domain) mod steps;
#[cfg(test)]
mod tests;
pub mod zone;

use code::{Code, Opens};
pub use consent::{CHECKIN_CONSENT_VERSION, CONSENT_VERSION, Purpose};

/// Whom somebody named, as the store found them in the community that the command is about.
#[derive(Clone, PartialEq, Debug)]
pub enum Target {
    /// Nobody of this community; answered with the same words as somebody who has not joined.
    Nobody,
    /// Who asks.
    Oneself,
    /// The bot.
    Bot,
    /// A person of the community who has not left.
    Person(Box<Person>),
}

/// A change to communities, groups, rooms, persons, memberships, consents or settings.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// A community begins.
    AddCommunity(Box<Community>),
    /// A group begins.
    AddGroup(Group),
    /// A room belongs to a group from now on.
    BindRoom {
        /// Which room.
        room: RoomId,
        /// Whose.
        group: GroupId,
    },
    /// A one-use code is given out; only its keyed hash is kept.
    AddCode {
        /// The secret.
        code: Code,
        /// In which community.
        community: CommunityId,
        /// What it opens.
        opens: Opens,
        /// Until when.
        until: Timestamp,
    },
    /// A code was used and opens nothing any more.
    UseCode {
        /// The secret.
        code: Code,
        /// When.
        at: Timestamp,
    },
    /// An account becomes a person of a community.
    AddPerson {
        /// Memberships and consents come apart, by [`Change::AddMembership`] and [`Change::Consent`].
        person: Box<Person>,
        /// Whose person.
        account: AccountId,
        /// When.
        at: Timestamp,
    },
    /// A person who had left is back.
    PersonBack(PersonId),
    /// A person has left the community; what they have stays theirs until they come back or erase it.
    PersonLeft {
        /// Who.
        person: PersonId,
        /// When.
        at: Timestamp,
    },
    /// Who was removed may not come back by themself, or may again.
    Bar {
        /// Who.
        person: PersonId,
        /// They may not.
        barred: bool,
    },
    /// A coordinator lets whoever this name means come back, were they removed or not.
    LiftBar {
        /// To which community.
        community: CommunityId,
        /// The platform on which the name was typed.
        platform: Platform,
        /// The name.
        named: Named,
    },
    /// A person is in a group from now on.
    AddMembership {
        /// Who.
        person: PersonId,
        /// Where.
        group: GroupId,
        /// As what.
        role: Role,
        /// Since when.
        since: Timestamp,
    },
    /// A person is no more in a group.
    EndMembership {
        /// Who.
        person: PersonId,
        /// Where.
        group: GroupId,
        /// When.
        at: Timestamp,
    },
    /// A membership has this role, never `Coordinator`.
    SetRole {
        /// Who.
        person: PersonId,
        /// Where.
        group: GroupId,
        /// As what.
        role: Role,
    },
    /// A person is a coordinator of the community, or is no more.
    SetCoordinator {
        /// Who.
        person: PersonId,
        /// Is one.
        coordinator: bool,
    },
    /// A consent was given, withdrawn, or asked anew: one more row of the person's history.
    Consent(PersonId, consent::Entry),
    /// A setting of a person.
    Person(PersonId, PersonSetting),
    /// A setting of an account.
    Account(AccountId, AccountSetting),
    /// A setting of a community.
    Community(CommunityId, CommunitySetting),
    /// A setting of a group.
    Group(GroupId, GroupSetting),
}

/// What a person may set for themself.
#[derive(Clone, PartialEq, Debug)]
pub enum PersonSetting {
    /// The name in this community; unique there by [`alias::key`].
    Alias(String),
    /// The language to read.
    Language(String),
    /// The country whose lines are shown.
    Country(String),
    /// The zone to read times in.
    Zone(Zone),
    /// No invitations, reminders or duty until then.
    PausedUntil(Option<Timestamp>),
    /// What they offer as a supporter.
    Profile(Box<Profile>),
    /// Whether gifts may bear free text for them.
    FreeReasons(bool),
}

/// What an account may set, joined or not.
#[derive(Clone, PartialEq, Debug)]
pub enum AccountSetting {
    /// Chosen; from then on the platform's word for it does not count.
    Language(String),
    /// Chosen.
    Country(String),
    /// The phone is shared with others; switched off, the code is gone as well.
    Discreet(bool),
    /// The code that is asked; `None` takes it away.
    Code(Option<Digits>),
    /// What is known of the code's tries.
    Lock(Lock),
}

/// What coordinators set for the community.
#[derive(Clone, PartialEq, Debug)]
pub enum CommunitySetting {
    /// Who answers for the data.
    Name(String),
    /// How to reach it.
    Contact(String),
    /// For what is said to all.
    Language(String),
    /// For what is said to all.
    Zone(Zone),
    /// For who has not chosen one.
    Country(String),
    /// The rules of the groups; `None` for the default text.
    Charter(Option<String>),
    /// What a late cancellation costs.
    LateRule(LateRule),
    /// Whether a correction may bring a balance below the floor.
    CorrectionsBelowFloor(bool),
    /// The lowest balance of a person.
    Floor(i64),
    /// What else is decided about credits.
    Credits(Box<CreditRules>),
    /// A fund's name, as the ledger knows it, and as it was written.
    FundName(String, String),
    /// The account whose consent makes the first coordinator; `None` frees the place.
    Founder(Option<AccountId>),
}

/// What coordinators set for a group.
#[derive(Clone, PartialEq, Debug)]
pub enum GroupSetting {
    /// How people tell it from the others.
    Name(String),
    /// Prompts and invitations are paused.
    Paused(bool),
    /// The topics of its supporters; `None` for the usual ones.
    Topics(Option<Vec<Topic>>),
}

/// What answering one of its questions does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Action {
    /// Agrees to the consent text and joins.
    Agree {
        /// Which group.
        group: GroupId,
        /// Which version of the text was shown.
        version: i64,
    },
    /// Does not agree.
    Decline {
        /// Which group.
        group: GroupId,
    },
    /// Wants the full notice first.
    More {
        /// Which group.
        group: GroupId,
    },
    /// Shares the phone with others.
    Discreet {
        /// Which group.
        group: GroupId,
    },
    /// Leaves, after having been asked.
    Leave {
        /// Which group.
        group: GroupId,
    },
    /// Gives somebody a role: the one that was suggested, or the one from before.
    Role {
        /// In which group.
        group: GroupId,
        /// To whom.
        person: PersonId,
        /// As they were named.
        typed: String,
        /// Which.
        role: Role,
    },
    /// Hands one's role back, after having been asked.
    HandBack {
        /// In which group.
        group: GroupId,
        /// The role to have.
        role: Role,
    },
    /// Takes somebody out, after having been asked.
    Remove {
        /// The group in which it was asked.
        group: GroupId,
        /// Whom.
        person: PersonId,
        /// As they were named.
        typed: String,
        /// How far.
        reach: remove::Reach,
    },
    /// Takes a removal back.
    BringBack {
        /// The group in which it was asked.
        group: GroupId,
        /// Whom.
        person: PersonId,
        /// As they were named.
        typed: String,
        /// What they were in which group.
        memberships: Vec<Membership>,
        /// They coordinated.
        coordinator: bool,
    },
    /// Goes back to what one's profile was.
    Profile {
        /// In which group it was changed.
        group: GroupId,
        /// What it was.
        profile: Box<Profile>,
    },
    /// Agrees to the changed consent text.
    AgreeAnew {
        /// Which group.
        group: GroupId,
        /// Which version of the text was shown.
        version: i64,
        /// What the person wanted when they were asked, to be done now.
        then: Option<Then>,
    },
    /// Wants the full notice before they answer the changed text.
    MoreAnew {
        /// Which group.
        group: GroupId,
        /// What waits for the answer.
        then: Option<Then>,
    },
    /// Agrees to one more purpose.
    Give {
        /// Which group.
        group: GroupId,
        /// To what.
        purpose: Purpose,
        /// Which version of the text was shown.
        version: i64,
    },
}

/// A command that waits for an answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Then {
    /// Which.
    pub command: Command,
    /// What stands after it.
    pub rest: String,
}

impl Action {
    /// The group that the scope of the answer must be about.
    pub const fn group(&self) -> GroupId {
        match self {
            Self::Agree { group, .. }
            | Self::Decline { group }
            | Self::More { group }
            | Self::Discreet { group }
            | Self::Leave { group }
            | Self::Role { group, .. }
            | Self::HandBack { group, .. }
            | Self::Remove { group, .. }
            | Self::BringBack { group, .. }
            | Self::Profile { group, .. }
            | Self::AgreeAnew { group, .. }
            | Self::MoreAnew { group, .. }
            | Self::Give { group, .. } => *group,
        }
    }
}
