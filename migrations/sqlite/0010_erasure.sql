-- Erasure, and how long things are kept.

-- Keys to destroy: written in the commit that erases, done after it, taken away in a later one; a crash in between does it again.
CREATE TABLE key_destruction (
    subject BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- An account that stays only until what it is still owed has arrived: the last answer to somebody who was erased.
CREATE TABLE farewell (
    account_id BLOB NOT NULL PRIMARY KEY REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When an account that has long been still was told that it goes; it counts only until the account is used again.
ALTER TABLE account ADD COLUMN warned_at INTEGER;
CREATE INDEX account_used ON account (used_at);

-- Whose event failed; it is sealed under that account's key. NULL: nobody's.
ALTER TABLE incident ADD COLUMN account_id BLOB;

-- How long a community keeps things, where it differs from the program's own times.
CREATE TABLE retention (
    community_id BLOB NOT NULL PRIMARY KEY REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    note_days INTEGER NOT NULL CHECK (note_days BETWEEN 1 AND 90),
    score_months INTEGER NOT NULL CHECK (score_months BETWEEN 1 AND 12),
    booking_months INTEGER NOT NULL CHECK (booking_months BETWEEN 1 AND 12)
) STRICT, WITHOUT ROWID;

-- Who wants their own scores kept longer.
CREATE TABLE kept_longer (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    score_months INTEGER NOT NULL CHECK (score_months BETWEEN 12 AND 36)
) STRICT, WITHOUT ROWID;
