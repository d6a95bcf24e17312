-- Communities, groups, persons. Names, contacts, languages, countries, zones and rules are sealed: a community's and a group's
-- under the community's key, a person's under their own.

-- settings_sealed: language, zone, country, name, contact, charter (JSON).
CREATE TABLE community (
    id BLOB NOT NULL PRIMARY KEY,
    founder_id BLOB REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
    floor_credits INTEGER NOT NULL,
    late_rule INTEGER NOT NULL CHECK (late_rule BETWEEN 0 AND 2),
    settings_sealed BLOB NOT NULL
) STRICT;

CREATE TABLE support_group (
    id BLOB NOT NULL PRIMARY KEY,
    community_id BLOB NOT NULL REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    name_sealed BLOB,
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1))
) STRICT;
CREATE INDEX support_group_community ON support_group (community_id);

-- One-use codes: one more room of a group, or (group_id NULL) another group of the community.
CREATE TABLE one_use_code (
    code_hash BLOB NOT NULL PRIMARY KEY,
    community_id BLOB NOT NULL REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    group_id BLOB REFERENCES support_group (id) DEFERRABLE INITIALLY DEFERRED,
    until INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX one_use_code_until ON one_use_code (until);

-- A human in one community. profile_sealed: alias, language, zone, country (JSON). Who left keeps the row until erasure.
CREATE TABLE person (
    id BLOB NOT NULL PRIMARY KEY,
    community_id BLOB NOT NULL REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    ledger_id BLOB NOT NULL UNIQUE,
    alias_hash BLOB NOT NULL,
    profile_sealed BLOB NOT NULL,
    coordinator INTEGER NOT NULL DEFAULT 0 CHECK (coordinator IN (0, 1)),
    paused_until INTEGER,
    checkins_agreed_at INTEGER,
    left_at INTEGER,
    UNIQUE (community_id, alias_hash)
) STRICT;
CREATE INDEX person_coordinator ON person (community_id) WHERE coordinator = 1;

-- Whose person: an account has at most one in each community.
CREATE TABLE person_account (
    account_id BLOB NOT NULL REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
    community_id BLOB NOT NULL REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (account_id, community_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_account_person ON person_account (person_id);

-- role: 0 member, 1 supporter, 2 facilitator; who coordinates is told in person.
CREATE TABLE membership (
    person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    group_id BLOB NOT NULL REFERENCES support_group (id) DEFERRABLE INITIALLY DEFERRED,
    role INTEGER NOT NULL CHECK (role BETWEEN 0 AND 2),
    since INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (person_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_group ON membership (group_id, role) WHERE ended_at IS NULL;

-- What a person agreed to. purpose: 0 taking part, 1 check-ins.
CREATE TABLE consent (
    person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    purpose INTEGER NOT NULL,
    version INTEGER NOT NULL,
    agreed_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, purpose, agreed_at)
) STRICT, WITHOUT ROWID;
