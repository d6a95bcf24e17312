-- Check-ins, one a person and local day. score_sealed: score, when the full care text was shown (JSON); both under the person's key.
CREATE TABLE checkin (
    person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    day TEXT NOT NULL,
    score_sealed BLOB NOT NULL,
    note_sealed BLOB,
    at INTEGER NOT NULL,
    PRIMARY KEY (person_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX checkin_day ON checkin (day);

-- Prompts. text_sealed is under the author's key. state: 0 waiting, 1 posted, 2 dropped.
CREATE TABLE prompt (
    id BLOB NOT NULL PRIMARY KEY,
    group_id BLOB NOT NULL REFERENCES support_group (id) DEFERRABLE INITIALLY DEFERRED,
    session_id BLOB,
    author_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    text_sealed BLOB NOT NULL,
    at INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2)
) STRICT;
CREATE INDEX prompt_at ON prompt (at);
