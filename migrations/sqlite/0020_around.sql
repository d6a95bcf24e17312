-- What is around a session: what people say of it, how it was for its host, who is asked to hold it, reminders, needs.

-- What somebody who came said of a session. answer_sealed: one of three, and a line (JSON), under the person's key.
CREATE TABLE feedback (
    session_id BLOB NOT NULL REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
    person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    answer_sealed BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (session_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX feedback_person ON feedback (person_id);

-- How a session was for who held it: light, heavy, hard; under the host's key.
CREATE TABLE debrief (
    session_id BLOB NOT NULL PRIMARY KEY REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
    person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    weight_sealed BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX debrief_person ON debrief (person_id);

-- Who holds nothing for two until then, after a hard session.
CREATE TABLE rest (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who is asked to hold a session in the place of its host, by whom, and until when they can answer.
CREATE TABLE hand_over (
    session_id BLOB NOT NULL PRIMARY KEY REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
    from_person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    to_person BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When a person wants to be reminded, where they chose it. quiet_from, quiet_until: minutes of their day; equal: never quiet.
CREATE TABLE reminder_choice (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    day_before INTEGER NOT NULL CHECK (day_before IN (0, 1)),
    hour_before INTEGER NOT NULL CHECK (hour_before IN (0, 1)),
    quiet_from INTEGER NOT NULL CHECK (quiet_from BETWEEN 0 AND 1439),
    quiet_until INTEGER NOT NULL CHECK (quiet_until BETWEEN 0 AND 1439)
) STRICT, WITHOUT ROWID;

-- Which reminders of a session went out: each once, also where the session was moved away and back.
CREATE TABLE reminded (
    session_id BLOB NOT NULL REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
    hours_before INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    PRIMARY KEY (session_id, hours_before, starts_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminded_starts ON reminded (starts_at);

-- What somebody with a seat needs the host to know; under the person's key.
CREATE TABLE need (
    session_id BLOB NOT NULL REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
    person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    need_sealed BLOB NOT NULL,
    PRIMARY KEY (session_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX need_person ON need (person_id);
