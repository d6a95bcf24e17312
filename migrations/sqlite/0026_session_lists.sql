-- Lists of sessions stay as fast with ten thousand of them as with a hundred (`benches/sessions.rs`).

-- A page of what is to come is found in the index alone.
DROP INDEX session_open;
CREATE INDEX session_open ON session (group_id, starts_at, number) WHERE state = 0;
-- Cards of a room, of sessions that have begun too.
CREATE INDEX session_group ON session (group_id, starts_at);
-- What somebody holds or held, for their calendar.
CREATE INDEX session_held ON session (host_id, starts_at) WHERE state IN (0, 2);
