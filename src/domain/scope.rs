//! Who asks, where, and with what rights: what every feature is told beside its own view.

use serde::{Deserialize, Serialize};

use super::{
    discreet::Discreet,
    event::Platform,
    ids::{AccountId, CommunityId, GroupId, LedgerAccountId, PersonId, RoomId},
    ledger::rules::CreditRules,
    people::consent::Consents,
    profile::{Profile, Topic, topics},
    time::{Timestamp, Zone},
};

/// What somebody may do in a group; ordered, each may what the one before may.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Takes part.
    Member,
    /// Offers time to others.
    Supporter,
    /// Opens sessions, posts prompts.
    Facilitator,
    /// Answers for the community; holds in all of its groups.
    Coordinator,
}

impl Role {
    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        self as i64
    }

    /// The role of a number that the database kept.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Member),
            1 => Some(Self::Supporter),
            2 => Some(Self::Facilitator),
            3 => Some(Self::Coordinator),
            _ => None,
        }
    }
}

/// Who runs groups and owns the credits.
#[derive(Clone, PartialEq, Debug)]
pub struct Community {
    /// Its id.
    pub id: CommunityId,
    /// An IETF tag; for what is said to all.
    pub language: String,
    /// For what is said to all.
    pub zone: Zone,
    /// ISO 3166, perhaps with a region.
    pub country: Option<String>,
    /// Who answers for the data: the association's name.
    pub name: Option<String>,
    /// How to reach it.
    pub contact: Option<String>,
    /// The account whose consent makes the first coordinator.
    pub founder: Option<AccountId>,
    /// The lowest balance of a person.
    pub floor_credits: i64,
    /// What becomes of the price after a late cancellation or an absence.
    pub late_rule: LateRule,
    /// A correction may bring a balance below the floor.
    pub corrections_below_floor: bool,
    /// What else it decided about its credits.
    pub credits: CreditRules,
    /// The rules of the group as its coordinators wrote them.
    pub charter: Option<String>,
}

impl Community {
    /// It is known who answers for the data, and how to reach them.
    pub const fn has_controller(&self) -> bool {
        self.name.is_some() && self.contact.is_some()
    }

    /// What a late cancellation or an absence costs whoever books now.
    pub const fn late(&self) -> Late {
        Late { to: self.late_rule, half: self.credits.late_half }
    }
}

/// What becomes of the price when a person cancels late or does not come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LateRule {
    /// It goes back to the person.
    Return,
    /// It goes to the solidarity fund.
    Solidarity,
    /// It goes to the host.
    Host,
}

/// What a late cancellation or an absence costs, as it was when the seat was booked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Late {
    /// Who gets what it costs; [`LateRule::Return`]: it costs nothing.
    pub to: LateRule,
    /// Half of the price instead of all of it; where the price is odd, the smaller half.
    pub half: bool,
}

impl Late {
    /// The number that the database keeps.
    pub const fn code(self) -> i64 {
        match (self.to, self.half) {
            (LateRule::Return, _) => 0,
            (LateRule::Solidarity, false) => 1,
            (LateRule::Host, false) => 2,
            (LateRule::Solidarity, true) => 3,
            (LateRule::Host, true) => 4,
        }
    }

    /// The rule of a number that the database kept.
    pub const fn from_code(code: i64) -> Option<Self> {
        let (to, half) = match code {
            0 => (LateRule::Return, false),
            1 => (LateRule::Solidarity, false),
            2 => (LateRule::Host, false),
            3 => (LateRule::Solidarity, true),
            4 => (LateRule::Host, true),
            _ => return None,
        };
        Some(Self { to, half })
    }
}

/// One support group.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Whose.
    pub community: CommunityId,
    /// How people tell it from the community's other groups.
    pub name: Option<String>,
    /// Prompts and invitations are paused.
    pub paused: bool,
    /// The topics that its coordinators wrote; see [`Group::topics`].
    pub own_topics: Option<Vec<Topic>>,
}

impl Group {
    /// A group as it begins, with sensible defaults.
    pub const fn new(id: GroupId, community: CommunityId) -> Self {
        Self { id, community, name: None, paused: false, own_topics: None }
    }

    /// What its supporters can be asked for.
    pub fn topics(&self) -> Vec<Topic> {
        self.own_topics.clone().unwrap_or_else(topics::usual)
    }
}

/// A person's place in one group.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Membership {
    /// Which group.
    pub group: GroupId,
    /// Never `Coordinator`, which belongs to the community.
    pub role: Role,
    /// Since when.
    pub since: Timestamp,
}

/// A human in one community.
#[derive(Clone, PartialEq, Debug)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// In which community.
    pub community: CommunityId,
    /// The person's ledger account, opaque to others.
    pub ledger: LedgerAccountId,
    /// The name the person chose.
    pub alias: String,
    /// Their own choice, where they made one.
    pub language: Option<String>,
    /// Their own choice, where they made one.
    pub zone: Option<Zone>,
    /// Their own choice, where they made one.
    pub country: Option<String>,
    /// No invitations, reminders or duty until then.
    pub paused_until: Option<Timestamp>,
    /// Coordinator of the community.
    pub coordinator: bool,
    /// What they agreed to.
    pub consents: Consents,
    /// What they offer as a supporter.
    pub profile: Profile,
    /// Gifts may bear free text for them; else only the community's reasons are handed over.
    pub free_reasons: bool,
    /// The groups they are in now.
    pub memberships: Vec<Membership>,
}

impl Person {
    /// Somebody who has chosen nothing yet but a name, and is in no group.
    pub fn new(id: PersonId, community: CommunityId, ledger: LedgerAccountId, alias: impl Into<String>) -> Self {
        Self {
            id,
            community,
            ledger,
            alias: alias.into(),
            language: None,
            zone: None,
            country: None,
            paused_until: None,
            coordinator: false,
            consents: Consents::default(),
            profile: Profile::default(),
            free_reasons: true,
            memberships: Vec::new(),
        }
    }

    /// The role that counts in `group`; `None` for who is not in it.
    pub fn role_in(&self, group: GroupId) -> Option<Role> {
        if self.coordinator {
            return Some(Role::Coordinator);
        }
        self.memberships.iter().find(|m| m.group == group).map(|m| m.role)
    }

    /// The highest role in any group.
    pub fn highest_role(&self) -> Option<Role> {
        if self.coordinator {
            return Some(Role::Coordinator);
        }
        self.memberships.iter().map(|m| m.role).max()
    }
}

/// An identity on one platform, as the bot knows it.
#[derive(Clone, PartialEq, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// On which platform.
    pub platform: Platform,
    /// What the platform shows, cleaned; the first alias of who joins.
    pub shown_name: String,
    /// An IETF tag that the platform told or the account chose before joining.
    pub language: Option<String>,
    /// Chosen before joining.
    pub country: Option<String>,
    /// How it is protected from others who hold the phone.
    pub discreet: Discreet,
}

/// Where the event happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// In the direct room of the account.
    Direct,
    /// In a group room; `setup` tells whether it belongs to a group yet.
    Room(RoomId),
}

/// All of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Scope {
    /// Who.
    pub account: Account,
    /// Where.
    pub place: Place,
    /// The community that the event is about: the room's, or in a direct room the one that was found or chosen.
    pub community: Option<Community>,
    /// The group that the event is about, likewise.
    pub group: Option<Group>,
    /// The account's person in that community, where there is one that has not left.
    pub person: Option<Person>,
    /// The language that the asker reads.
    pub language: String,
    /// The zone that the asker lives in.
    pub zone: Zone,
    /// The country whose lines the asker sees.
    pub country: Option<String>,
    /// The sender may administer the room on the platform.
    pub is_admin: bool,
}

impl Scope {
    /// The role of the asker in the group that the event is about.
    pub fn role(&self) -> Option<Role> {
        let person = self.person.as_ref()?;
        match &self.group {
            Some(group) => person.role_in(group.id),
            None => person.highest_role(),
        }
    }
}
