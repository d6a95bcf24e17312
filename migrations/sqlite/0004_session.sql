-- What one can book. kind: 0 circle, 1 listening, 2 workshop, 3 training. state: 0 open, 1 cancelled, 2 marked, 3 unmarked.
-- details_sealed: title, place, link (JSON), under the community's key, because they outlast who wrote them.
-- wall is what a clock in zone shows when it starts; starts_at is the instant.
CREATE TABLE session (
    id BLOB NOT NULL PRIMARY KEY,
    community_id BLOB NOT NULL REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    group_id BLOB NOT NULL REFERENCES support_group (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL CHECK (number > 0),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    wall TEXT NOT NULL,
    zone TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    length_minutes INTEGER NOT NULL CHECK (length_minutes BETWEEN 10 AND 1440),
    seats INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 500),
    minimum INTEGER NOT NULL CHECK (minimum BETWEEN 0 AND seats),
    price INTEGER NOT NULL CHECK (price BETWEEN 0 AND 100),
    reward INTEGER NOT NULL CHECK (reward BETWEEN 0 AND 100),
    host_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    free_cancel_until INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
    details_sealed BLOB NOT NULL,
    UNIQUE (community_id, number)
) STRICT;
CREATE INDEX session_open ON session (group_id, starts_at) WHERE state = 0;
CREATE INDEX session_host ON session (host_id, starts_at) WHERE state = 0;

-- A person's place in a session. state: 0 booked, 1 waiting, 2 offered, 3 cancelled, 4 attended, 5 absent, 6 lapsed.
-- own and solidarity: who paid how much into the escrow; a refund returns each part to its source.
CREATE TABLE booking (
    id BLOB NOT NULL PRIMARY KEY,
    session_id BLOB NOT NULL REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
    person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 6),
    place INTEGER NOT NULL CHECK (place > 0),
    own INTEGER NOT NULL CHECK (own BETWEEN 0 AND 100),
    solidarity INTEGER NOT NULL CHECK (solidarity BETWEEN 0 AND 100),
    since INTEGER NOT NULL,
    offer_until INTEGER,
    CHECK (state <> 2 OR offer_until IS NOT NULL)
) STRICT;
CREATE INDEX booking_session ON booking (session_id);
CREATE INDEX booking_person ON booking (person_id, state);
-- Of each person a session has one booking that counts.
CREATE UNIQUE INDEX booking_live ON booking (session_id, person_id) WHERE state IN (0, 1, 2, 4, 5);
