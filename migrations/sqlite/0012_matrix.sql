-- What an adapter cannot read yet and keeps over restarts (on Matrix: messages whose key has not come), let go when it is
-- read or given up. sealed: id, instant and value as JSON, under a key of the installation.
CREATE TABLE kept (
    id_hash BLOB NOT NULL PRIMARY KEY,
    platform INTEGER NOT NULL,
    at INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_at ON kept (at);
