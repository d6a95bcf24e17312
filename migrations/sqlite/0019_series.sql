-- Sessions that come again. rule is written as in RFC 5545 and counted in wall time from first_wall in zone; made_until is the wall time
-- up to which its sessions were made. template_sealed: what the next session begins as (JSON), under the community's key.
CREATE TABLE series (
    id BLOB NOT NULL PRIMARY KEY,
    community_id BLOB NOT NULL REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    group_id BLOB NOT NULL REFERENCES support_group (id) DEFERRABLE INITIALLY DEFERRED,
    rule TEXT NOT NULL,
    first_wall TEXT NOT NULL,
    zone TEXT NOT NULL,
    made_until TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    template_sealed BLOB NOT NULL
) STRICT;

-- Who keeps a seat in every session of a series.
CREATE TABLE standing (
    series_id BLOB NOT NULL REFERENCES series (id) DEFERRABLE INITIALLY DEFERRED,
    person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    since INTEGER NOT NULL,
    PRIMARY KEY (series_id, person_id)
) STRICT;
CREATE INDEX standing_person ON standing (person_id);

-- shown_from: the card of a session of a series hangs from then on; before, the agenda tells of it.
ALTER TABLE session ADD COLUMN series_id BLOB REFERENCES series (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE session ADD COLUMN shown_from INTEGER;
CREATE INDEX session_series ON session (series_id, starts_at) WHERE series_id IS NOT NULL;
