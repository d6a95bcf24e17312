-- Calendars that subscribe, and questions that come by themselves.

-- The private address of a person's calendar: only a keyed hash of its secret is kept. titles: the entries bear titles and places.
CREATE TABLE calendar_feed (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    token_hash BLOB NOT NULL UNIQUE,
    titles INTEGER NOT NULL CHECK (titles IN (0, 1)),
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A prompt that goes out when its session starts, whenever that is.
ALTER TABLE prompt ADD COLUMN at_start INTEGER NOT NULL DEFAULT 0 CHECK (at_start IN (0, 1));

-- The questions that a group has in store; text_sealed is under the community's key, because they outlast who wrote them.
CREATE TABLE prompt_library (
    group_id BLOB NOT NULL REFERENCES support_group (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL CHECK (number > 0),
    text_sealed BLOB NOT NULL,
    posted_at INTEGER,
    PRIMARY KEY (group_id, number)
) STRICT, WITHOUT ROWID;

-- When a group gets one of them by itself. weekday: 0 is Monday; minute: of the day, in the community's zone.
CREATE TABLE prompt_rota (
    group_id BLOB NOT NULL PRIMARY KEY REFERENCES support_group (id) DEFERRABLE INITIALLY DEFERRED,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),
    next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
