-- What the engine itself needs. Instants are microseconds since 1970 UTC; ids are UUIDs in 16 bytes;
-- *_hash columns are keyed hashes, *_sealed columns are sealed by the vault under the key of the row's subject.
-- Foreign keys are deferred to the commit, because rows are written in bulk, table by table.

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

-- An identity on one platform. profile_sealed: address, user name, shown name, language, country (JSON).
CREATE TABLE account (
    id BLOB NOT NULL PRIMARY KEY,
    platform INTEGER NOT NULL,
    address_hash BLOB NOT NULL UNIQUE,
    user_name_hash BLOB,
    profile_sealed BLOB NOT NULL,
    direct_state INTEGER NOT NULL DEFAULT 0 CHECK (direct_state BETWEEN 0 AND 2),
    used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX account_user_name ON account (user_name_hash) WHERE user_name_hash IS NOT NULL;

-- A group chat; group_id is NULL until it is set up. address_sealed is under the room's own key.
CREATE TABLE room (
    id BLOB NOT NULL PRIMARY KEY,
    group_id BLOB,
    platform INTEGER NOT NULL,
    address_hash BLOB NOT NULL UNIQUE,
    address_sealed BLOB NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1))
) STRICT;
CREATE INDEX room_group ON room (group_id) WHERE group_id IS NOT NULL;

-- Where a room was before it moved: what was said there is still told after the move is known.
CREATE TABLE former_address (
    address_hash BLOB NOT NULL PRIMARY KEY,
    room_id BLOB NOT NULL REFERENCES room (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- Events that were handled, by keyed hash; pruned after 30 days.
CREATE TABLE event_seen (
    key_hash BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX event_seen_at ON event_seen (at);

-- Where each platform's stream is to be read on.
CREATE TABLE stream_cursor (
    platform INTEGER NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Events that failed alone, sealed, for whoever repairs them.
CREATE TABLE incident (
    number INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    event_sealed BLOB NOT NULL
) STRICT;

-- What is owed. receiver_kind: 0 room, 1 account, 2 person.
CREATE TABLE delivery (
    seq INTEGER NOT NULL PRIMARY KEY,
    receiver_kind INTEGER NOT NULL CHECK (receiver_kind BETWEEN 0 AND 2),
    receiver BLOB NOT NULL,
    card BLOB,
    parked INTEGER NOT NULL DEFAULT 0 CHECK (parked IN (0, 1)),
    made_at INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX delivery_receiver ON delivery (receiver, card);
CREATE INDEX delivery_made ON delivery (made_at) WHERE parked = 0;

-- The message on the platform that shows a card.
CREATE TABLE card_message (
    room_id BLOB NOT NULL,
    card BLOB NOT NULL,
    message_sealed BLOB NOT NULL,
    PRIMARY KEY (room_id, card)
) STRICT, WITHOUT ROWID;

CREATE TABLE timer (
    id BLOB NOT NULL PRIMARY KEY,
    due_at INTEGER NOT NULL,
    wake TEXT NOT NULL
) STRICT;
CREATE INDEX timer_due ON timer (due_at, id);

-- A private question. choices_sealed is under the account's key; scope columns say what it was about.
CREATE TABLE question (
    id_hash BLOB NOT NULL PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
    community_id BLOB,
    group_id BLOB,
    choices_sealed BLOB NOT NULL,
    until INTEGER NOT NULL,
    answered INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX question_until ON question (until);
CREATE INDEX question_account ON question (account_id);

-- The next plain text of an account in its direct room becomes a command (sealed under the account's key).
CREATE TABLE awaited_text (
    account_id BLOB NOT NULL PRIMARY KEY REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
    community_id BLOB,
    group_id BLOB,
    command_sealed BLOB NOT NULL,
    until INTEGER NOT NULL
) STRICT;

-- What the buttons of the newest message with buttons carry, for answers by number. place: a room's or an account's id.
CREATE TABLE newest_choices (
    place BLOB NOT NULL PRIMARY KEY,
    presses_sealed BLOB NOT NULL
) STRICT;

-- The group that an account chose for its direct room, for a day.
CREATE TABLE chosen_group (
    account_id BLOB NOT NULL PRIMARY KEY REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
    group_id BLOB NOT NULL,
    until INTEGER NOT NULL
) STRICT;
