//! Applies the changes of people, and keeps what is remembered right.

use crate::{
    binds,
    domain::{
        ids::{AccountId, CommunityId, GroupId, PersonId},
        people::{AccountSetting, Change, CommunitySetting, GroupSetting, PersonSetting, code::Opens, consent::Consents},
        scope::{Community, Group, Membership, Person, Role},
        time::Timestamp,
    },
    store::{Store, StoreError, accounts::AccountRow, sql::Insert},
};

static PERSON_ACCOUNT: Insert = Insert {
    into: "person_account (account_id, community_id, person_id)",
    columns: 3,
    conflict: "ON CONFLICT (account_id, community_id) DO UPDATE SET person_id = excluded.person_id",
};

static MEMBERSHIP: Insert = Insert {
    into: "membership (person_id, group_id, role, since, ended_at)",
    columns: 5,
    conflict: "ON CONFLICT (person_id, group_id) DO UPDATE SET role = excluded.role, since = excluded.since, ended_at = excluded.ended_at",
};

static CODE: Insert = Insert { into: "one_use_code (code_hash, community_id, group_id, until)", columns: 4, conflict: "" };

impl Store {
    pub(in crate::store) async fn apply_people(&mut self, change: Change) -> Result<(), StoreError> {
        match change {
            Change::AddCommunity(community) => self.put_community(*community),
            Change::AddGroup(group) => self.put_group(group),
            Change::BindRoom { room, group } => self.change_room(room, |room| room.group = Some(group)).await,
            Change::AddCode { code, community, opens, until } => {
                let group = match opens {
                    Opens::Room(group) => Some(group),
                    Opens::Group => None,
                };
                let hash = self.code_hash(&code);
                self.writer.insert(&CODE, binds![hash, community, group, until]);
                Ok(())
            }
            Change::UseCode { code, at } => {
                let hash = self.code_hash(&code);
                let sql = "UPDATE one_use_code SET used_at = $1 WHERE code_hash = $2";
                self.writer.run(sql, binds![at, hash]).await.map(drop)
            }
            Change::AddPerson { person, account, at: _ } => self.add_person(*person, account).await,
            Change::PersonBack(person) => self.person_back(person).await,
            Change::PersonLeft { person, at } => self.person_left(person, at).await,
            Change::Bar { person, barred } => {
                self.writer.run("UPDATE person SET barred = $1 WHERE id = $2", binds![barred, person]).await.map(drop)
            }
            Change::LiftBar { community, platform, named } => self.lift_bar(community, platform, &named).await,
            Change::AddMembership { person, group, role, since } => {
                let membership = Membership { group, role: role.min(Role::Facilitator), since };
                self.put_membership(person, membership);
                Ok(())
            }
            Change::EndMembership { person, group, at } => {
                self.keep_nothing_in(person, group).await?;
                self.end_membership(person, group, at).await
            }
            Change::SetRole { person, group, role } => self.set_role(person, group, role).await,
            Change::SetCoordinator { person, coordinator } => self.change_person(person, |person| person.coordinator = coordinator).await,
            Change::Consent(person, entry) => self.put_consent(person, entry).await,
            Change::Person(person, setting) => self.change_person(person, |person| set_person(person, setting)).await,
            Change::Account(account, setting) => self.set_account(account, setting).await,
            Change::Community(community, setting) => self.change_community(community, |c| set_community(c, setting)).await,
            Change::Group(group, setting) => self.change_group(group, |group| set_group(group, setting)).await,
        }
    }

    /// A new person with the account that joined and those that belong to it; the memberships and consents come apart.
    async fn add_person(&mut self, person: Person, account: AccountId) -> Result<(), StoreError> {
        let (id, community) = (person.id, person.community);
        self.put_person(Person { memberships: Vec::new(), consents: Consents::default(), ..person }, None)?;
        for account in self.linked_accounts(account).await? {
            self.put_person_account(account, community, id);
            self.cache.account_persons.forget(&account);
            self.blocks_arrive(account, community, id).await?;
        }
        self.cache.person_accounts.forget(&id);
        Ok(())
    }

    pub(in crate::store) fn put_person_account(&mut self, account: AccountId, community: CommunityId, person: PersonId) {
        let key = [account.bytes(), community.bytes()].concat();
        self.writer.upsert(&PERSON_ACCOUNT, key, binds![account, community, person]);
    }

    async fn person_back(&mut self, id: PersonId) -> Result<(), StoreError> {
        if let Some((person, Some(_))) = self.read_person(id).await? {
            self.put_person(person, None)?;
            self.forget_persons_of_accounts(id).await?;
        }
        Ok(())
    }

    async fn person_left(&mut self, id: PersonId, at: Timestamp) -> Result<(), StoreError> {
        if let Some(person) = self.person(id).await? {
            self.put_person(person, Some(at))?;
            self.forget_persons_of_accounts(id).await?;
            self.withdraw_owed(id).await?;
        }
        Ok(())
    }

    async fn forget_persons_of_accounts(&mut self, person: PersonId) -> Result<(), StoreError> {
        for account in self.accounts_of(person).await? {
            self.cache.account_persons.forget(&account);
        }
        Ok(())
    }

    pub(in crate::store) fn put_membership(&mut self, id: PersonId, membership: Membership) {
        let key = [id.bytes(), membership.group.bytes()].concat();
        let values = binds![id, membership.group, membership.role.code(), membership.since, None::<i64>];
        self.writer.upsert(&MEMBERSHIP, key, values);
        self.remember(id, |person| {
            person.memberships.retain(|m| m.group != membership.group);
            person.memberships.push(membership);
        });
    }

    async fn end_membership(&mut self, id: PersonId, group: GroupId, at: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE membership SET ended_at = $1 WHERE person_id = $2 AND group_id = $3";
        self.writer.run(sql, binds![at, id, group]).await?;
        self.remember(id, |person| person.memberships.retain(|m| m.group != group));
        Ok(())
    }

    async fn set_role(&mut self, id: PersonId, group: GroupId, role: Role) -> Result<(), StoreError> {
        let role = role.min(Role::Facilitator);
        let sql = "UPDATE membership SET role = $1 WHERE person_id = $2 AND group_id = $3";
        self.writer.run(sql, binds![role.code(), id, group]).await?;
        self.remember(id, |person| person.memberships.iter_mut().filter(|m| m.group == group).for_each(|m| m.role = role));
        Ok(())
    }

    /// Changes what is remembered of a person, where they are; what stands in other tables is written by the caller.
    pub(super) fn remember(&mut self, id: PersonId, change: impl FnOnce(&mut Person)) {
        if let Some(person) = self.cache.persons.get_mut(&id) {
            change(person);
        }
    }

    async fn change_person(&mut self, id: PersonId, change: impl FnOnce(&mut Person)) -> Result<(), StoreError> {
        match self.person(id).await? {
            Some(mut person) => {
                change(&mut person);
                self.put_person(person, None)
            }
            None => Ok(()),
        }
    }

    async fn change_community(&mut self, id: CommunityId, change: impl FnOnce(&mut Community)) -> Result<(), StoreError> {
        match self.community(id).await? {
            Some(mut community) => {
                change(&mut community);
                self.put_community(community)
            }
            None => Ok(()),
        }
    }

    async fn change_group(&mut self, id: GroupId, change: impl FnOnce(&mut Group)) -> Result<(), StoreError> {
        match self.group(id).await? {
            Some(mut group) => {
                change(&mut group);
                self.put_group(group)
            }
            None => Ok(()),
        }
    }

    async fn set_account(&mut self, id: AccountId, setting: AccountSetting) -> Result<(), StoreError> {
        match setting {
            AccountSetting::Language(language) => {
                let set = |row: &mut AccountRow| {
                    row.profile.language = Some(language);
                    row.profile.language_chosen = true;
                };
                self.change_account(id, set).await
            }
            AccountSetting::Country(country) => self.change_account(id, |row| row.profile.country = Some(country)).await,
            AccountSetting::Discreet(on) => self.set_discreet(id, on).await,
            AccountSetting::Code(digits) => self.set_code(id, digits.as_ref()).await,
            AccountSetting::Lock(lock) => self.change_account(id, |row| row.profile.shared.lock = lock).await,
        }
    }
}

fn set_person(person: &mut Person, setting: PersonSetting) {
    match setting {
        PersonSetting::Alias(alias) => person.alias = alias,
        PersonSetting::Language(language) => person.language = Some(language),
        PersonSetting::Country(country) => person.country = Some(country),
        PersonSetting::Zone(zone) => person.zone = Some(zone),
        PersonSetting::PausedUntil(until) => person.paused_until = until,
        PersonSetting::Profile(profile) => person.profile = *profile,
    }
}

fn set_community(community: &mut Community, setting: CommunitySetting) {
    match setting {
        CommunitySetting::Name(name) => community.name = Some(name),
        CommunitySetting::Contact(contact) => community.contact = Some(contact),
        CommunitySetting::Language(language) => community.language = language,
        CommunitySetting::Zone(zone) => community.zone = zone,
        CommunitySetting::Country(country) => community.country = Some(country),
        CommunitySetting::Charter(charter) => community.charter = charter,
        CommunitySetting::LateRule(rule) => community.late_rule = rule,
        CommunitySetting::CorrectionsBelowFloor(allowed) => community.corrections_below_floor = allowed,
        CommunitySetting::Floor(floor) => {
            community.credits.floor_changes(community.floor_credits);
            community.floor_credits = floor;
        }
        CommunitySetting::Credits(rules) => community.credits = *rules,
        CommunitySetting::Founder(founder) => community.founder = founder,
    }
}

fn set_group(group: &mut Group, setting: GroupSetting) {
    match setting {
        GroupSetting::Name(name) => group.name = Some(name),
        GroupSetting::Paused(paused) => group.paused = paused,
        GroupSetting::Topics(topics) => group.own_topics = topics,
    }
}
