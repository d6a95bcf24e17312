//! How communities, groups and persons stand in their tables: what is sealed, and under whose key.

use serde::{Deserialize, Serialize};

use crate::{
    binds,
    domain::{
        ids::{CommunityId, GroupId, PersonId},
        ledger::rules::CreditRules,
        people::alias,
        profile,
        scope::{Community, Group, LateRule, Person},
        time::{Timestamp, Zone},
    },
    store::{
        Store, StoreError,
        sql::{Insert, Row},
    },
    vault::Field,
};

/// The sealed part of a community.
#[derive(Serialize, Deserialize)]
struct Settings {
    language: String,
    zone: Zone,
    country: Option<String>,
    name: Option<String>,
    contact: Option<String>,
    charter: Option<String>,
    #[serde(default)]
    corrections_below_floor: bool,
    #[serde(default)]
    credits: CreditRules,
}

/// The sealed part of a person.
#[derive(Serialize, Deserialize)]
struct Profile {
    alias: String,
    language: Option<String>,
    zone: Option<Zone>,
    country: Option<String>,
    /// What they offer as a supporter; of who never was one, nothing is written.
    #[serde(default, skip_serializing_if = "profile::Profile::is_empty")]
    offers: profile::Profile,
    /// Gifts bear no free text for them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    listed_reasons_only: bool,
}

static COMMUNITY: Insert = Insert {
    into: "community (id, founder_id, floor_credits, late_rule, settings_sealed, lowest_floor)",
    columns: 6,
    conflict: "ON CONFLICT (id) DO UPDATE SET founder_id = excluded.founder_id, floor_credits = excluded.floor_credits, \
               late_rule = excluded.late_rule, settings_sealed = excluded.settings_sealed, lowest_floor = excluded.lowest_floor",
};

static GROUP: Insert = Insert {
    into: "support_group (id, community_id, name_sealed, paused, topics_sealed)",
    columns: 5,
    conflict: "ON CONFLICT (id) DO UPDATE SET name_sealed = excluded.name_sealed, paused = excluded.paused, \
               topics_sealed = excluded.topics_sealed",
};

static PERSON: Insert = Insert {
    into: "person (id, community_id, ledger_id, alias_hash, profile_sealed, coordinator, paused_until, left_at, look_hash)",
    columns: 9,
    conflict: "ON CONFLICT (id) DO UPDATE SET alias_hash = excluded.alias_hash, look_hash = excluded.look_hash, \
               profile_sealed = excluded.profile_sealed, coordinator = excluded.coordinator, \
               paused_until = excluded.paused_until, left_at = excluded.left_at",
};

impl Store {
    /// Writes a community and remembers it.
    pub(super) fn put_community(&mut self, community: Community) -> Result<(), StoreError> {
        let id = community.id;
        let settings = Settings {
            language: community.language.clone(),
            zone: community.zone,
            country: community.country.clone(),
            name: community.name.clone(),
            contact: community.contact.clone(),
            charter: community.charter.clone(),
            corrections_below_floor: community.corrections_below_floor,
            credits: community.credits.clone(),
        };
        let sealed = self.seal_json(id, &settings_field(&id.bytes()), &settings)?;
        let late_rule = match community.late_rule {
            LateRule::Return => 0_i64,
            LateRule::Solidarity => 1,
            LateRule::Host => 2,
        };
        let lowest = community.credits.lowest_floor(community.floor_credits);
        let values = binds![id, community.founder, community.floor_credits, late_rule, sealed, lowest];
        self.writer.upsert(&COMMUNITY, id.bytes(), values);
        self.cache.communities.put(id, community);
        Ok(())
    }

    /// Columns: founder, floor, late rule, settings. `None` where the community's key is destroyed.
    pub(super) fn read_community(&self, id: CommunityId, row: &Row) -> Result<Option<Community>, StoreError> {
        let sealed = row.bytes(3)?;
        let Some(settings) = self.open_json::<Settings>(id, &settings_field(&id.bytes()), &sealed)? else { return Ok(None) };
        let late_rule = match row.int(2)? {
            0 => LateRule::Return,
            1 => LateRule::Solidarity,
            2 => LateRule::Host,
            _ => return Err(StoreError::Corrupt("a late rule")),
        };
        Ok(Some(Community {
            id,
            language: settings.language,
            zone: settings.zone,
            country: settings.country,
            name: settings.name,
            contact: settings.contact,
            founder: row.opt_id(0)?,
            floor_credits: row.int(1)?,
            late_rule,
            corrections_below_floor: settings.corrections_below_floor,
            credits: settings.credits,
            charter: settings.charter,
        }))
    }

    /// Writes a group and remembers it.
    pub(super) fn put_group(&mut self, group: Group) -> Result<(), StoreError> {
        let id = group.id;
        let sealed = match &group.name {
            Some(name) => Some(self.seal_text(group.community, &name_field(&id.bytes()), name)?),
            None => None,
        };
        let topics = match &group.own_topics {
            Some(topics) => Some(self.seal_json(group.community, &topics_field(&id.bytes()), topics)?),
            None => None,
        };
        self.writer.upsert(&GROUP, id.bytes(), binds![id, group.community, sealed, group.paused, topics]);
        self.cache.groups.put(id, group);
        Ok(())
    }

    /// Columns: community, name, paused, topics.
    pub(super) fn read_group(&self, id: GroupId, row: &Row) -> Result<Group, StoreError> {
        let community: CommunityId = row.id(0)?;
        let name = match row.opt_bytes(1)? {
            Some(sealed) => self.open_text(community, &name_field(&id.bytes()), &sealed)?,
            None => None,
        };
        let own_topics = match row.opt_bytes(3)? {
            Some(sealed) => self.open_json(community, &topics_field(&id.bytes()), &sealed)?,
            None => None,
        };
        Ok(Group { id, community, name, paused: row.int(2)? != 0, own_topics })
    }

    /// Writes a person; remembers who has not left, forgets who has.
    pub(in crate::store) fn put_person(&mut self, person: Person, left_at: Option<Timestamp>) -> Result<(), StoreError> {
        let id = person.id;
        let profile = Profile {
            alias: person.alias.clone(),
            language: person.language.clone(),
            zone: person.zone,
            country: person.country.clone(),
            offers: person.profile.clone(),
            listed_reasons_only: !person.free_reasons,
        };
        let sealed = self.seal_json(id, &profile_field(&id.bytes()), &profile)?;
        let alias_hash = self.alias_hash(person.community, &person.alias);
        let instant = |at: Option<Timestamp>| at.map(Timestamp::micros);
        let values = binds![
            id,
            person.community,
            person.ledger,
            alias_hash,
            sealed,
            person.coordinator,
            instant(person.paused_until),
            instant(left_at),
            self.look_hash(person.community, &person.alias),
        ];
        self.writer.upsert(&PERSON, id.bytes(), values);
        if let Some(before) = self.cache.persons.get(&id).map(|before| self.alias_hash(before.community, &before.alias)) {
            self.cache.person_by_alias.forget(&before);
        }
        self.cache.person_by_alias.put(alias_hash, Some(id));
        match left_at {
            None => {
                self.cache.gone.forget(&id);
                self.cache.persons.put(id, person);
            }
            Some(_) => {
                self.cache.gone.put(id, ());
                self.cache.persons.forget(&id);
            }
        }
        Ok(())
    }

    /// The person of an id, with when they left; `None` too where their key is destroyed.
    pub(in crate::store) async fn read_person(&mut self, id: PersonId) -> Result<Option<(Person, Option<Timestamp>)>, StoreError> {
        let sql = "SELECT community_id, ledger_id, profile_sealed, coordinator, paused_until, left_at \
                   FROM person WHERE id = $1";
        let Some(row) = self.writer.row(sql, binds![id]).await? else { return Ok(None) };
        if row.bytes(2)?.is_empty() {
            // Erased; sessions that they held still refer to the row.
            return Ok(None);
        }
        let Some(profile) = self.open_json::<Profile>(id, &profile_field(&id.bytes()), &row.bytes(2)?)? else { return Ok(None) };
        let person = Person {
            id,
            community: row.id(0)?,
            ledger: row.id(1)?,
            alias: profile.alias,
            language: profile.language,
            zone: profile.zone,
            country: profile.country,
            paused_until: row.opt_instant(4)?,
            coordinator: row.int(3)? != 0,
            consents: self.consents_of(id).await?,
            profile: profile.offers,
            free_reasons: !profile.listed_reasons_only,
            memberships: self.memberships_of(id).await?,
        };
        Ok(Some((person, row.opt_instant(5)?)))
    }

    /// Writes down what the aliases look like of who came before that was kept; once, at the first start after it.
    pub(in crate::store) async fn fill_looks(&mut self) -> Result<(), StoreError> {
        let rows = self.writer.rows("SELECT id FROM person WHERE look_hash IS NULL", vec![]).await?;
        if rows.is_empty() {
            return Ok(());
        }
        self.begin().await?;
        for row in rows {
            let id: PersonId = row.id(0)?;
            let Some((person, _)) = self.read_person(id).await? else { continue };
            let look = self.look_hash(person.community, &person.alias);
            self.writer.run("UPDATE person SET look_hash = $1 WHERE id = $2", binds![look, id]).await?;
        }
        self.commit().await
    }

    /// By which an alias that can be mistaken for another is found in its community.
    pub(super) fn look_hash(&self, community: CommunityId, name: &str) -> [u8; 32] {
        self.vault.hash("look", &[community.0.as_bytes(), alias::look(name).as_bytes()].concat())
    }

    /// The sealed part of a person who is nobody any more.
    pub(in crate::store) fn nobody_profile(&self, id: PersonId) -> Result<Vec<u8>, StoreError> {
        let offers = profile::Profile::default();
        let nobody = Profile { alias: String::new(), language: None, zone: None, country: None, offers, listed_reasons_only: false };
        self.seal_json(id, &profile_field(&id.bytes()), &nobody)
    }

    /// By which an alias is found in its community.
    pub(super) fn alias_hash(&self, community: CommunityId, name: &str) -> [u8; 32] {
        self.vault.hash("alias", &[community.0.as_bytes(), alias::key(name).as_bytes()].concat())
    }
}

fn settings_field(row: &[u8]) -> Field<'_> {
    Field { table: "community", column: "settings", row }
}

fn name_field(row: &[u8]) -> Field<'_> {
    Field { table: "support_group", column: "name", row }
}

fn topics_field(row: &[u8]) -> Field<'_> {
    Field { table: "support_group", column: "topics", row }
}

fn profile_field(row: &[u8]) -> Field<'_> {
    Field { table: "person", column: "profile", row }
}
