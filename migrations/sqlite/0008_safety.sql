-- Blocking, thanks, reports; names that look alike and names that change hands.

-- What an alias looks like, by keyed hash: nobody takes a name that can be mistaken for another's.
ALTER TABLE person ADD COLUMN look_hash BLOB;
CREATE INDEX person_look ON person (community_id, look_hash);

-- Who gave a user name up lately: what is meant for them must not go to whoever has it next.
CREATE TABLE former_user_name (
    name_hash BLOB NOT NULL PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX former_user_name_account ON former_user_name (account_id);

-- person_id wants nothing more from somebody. whom_hash is a keyed hash of both, so that nobody sees who is blocked, nor that
-- two rows are about the same person; where nobody of the community had the name yet it is a hash of chance, and waits_hash
-- (of an account, or of the platform and the typed user name) is what they are found by when they join.
-- blocked_sealed: the name that was typed and the person who is meant (JSON), under person_id's key.
CREATE TABLE block (
    id BLOB NOT NULL,
    whom_hash BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    community_id BLOB NOT NULL REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    waits_hash BLOB,
    blocked_sealed BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id, whom_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_person ON block (person_id, at);
CREATE INDEX block_waits ON block (community_id, waits_hash) WHERE waits_hash IS NOT NULL;

-- A word of thanks. receiver_id is NULL where nobody of the community was meant, or who was wants nothing from the sender.
-- words_sealed: the name that was typed and the words (JSON), under sender_id's key.
CREATE TABLE thanks (
    id BLOB NOT NULL PRIMARY KEY,
    community_id BLOB NOT NULL REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    group_id BLOB REFERENCES support_group (id) DEFERRABLE INITIALLY DEFERRED,
    sender_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    receiver_id BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    words_sealed BLOB NOT NULL,
    named INTEGER NOT NULL DEFAULT 0 CHECK (named IN (0, 1)),
    published INTEGER NOT NULL DEFAULT 0 CHECK (published IN (0, 1)),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX thanks_sender ON thanks (sender_id, at);
CREATE INDEX thanks_receiver ON thanks (receiver_id);
CREATE INDEX thanks_at ON thanks (at);

-- Something told to staff. case_sealed (what was written, the message answered, whom it is about; JSON) is under the community's
-- key: it outlasts the erasure of who told it. reporter_id is the account that told it, NULL once that is erased; reporter_sealed
-- (the name that staff may be shown) is under that account's key. state: 0 open, 1 taken, 2 closed, 3 withdrawn.
CREATE TABLE report (
    id BLOB NOT NULL PRIMARY KEY,
    community_id BLOB NOT NULL REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    group_id BLOB NOT NULL REFERENCES support_group (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL CHECK (number > 0),
    reporter_id BLOB REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
    reporter_sealed BLOB,
    shown INTEGER NOT NULL DEFAULT 0 CHECK (shown IN (0, 1)),
    case_sealed BLOB NOT NULL,
    state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
    taker_id BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    opened_at INTEGER NOT NULL,
    at INTEGER NOT NULL,
    closed_at INTEGER,
    UNIQUE (community_id, number),
    CHECK ((state = 1) = (taker_id IS NOT NULL)),
    CHECK ((state IN (2, 3)) = (closed_at IS NOT NULL))
) STRICT;
CREATE INDEX report_reporter ON report (reporter_id, at);
CREATE INDEX report_taker ON report (taker_id) WHERE taker_id IS NOT NULL;
CREATE INDEX report_closed ON report (closed_at) WHERE closed_at IS NOT NULL;
