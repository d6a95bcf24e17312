-- Who was removed so that only a coordinator lets them back in, and is erased since: keyed hashes of the community with the
-- account's address and user name, for a year. They tell neither who it was nor that anything was kept of them.
CREATE TABLE barred_account (
    account_hash BLOB NOT NULL PRIMARY KEY,
    name_hash BLOB,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX barred_account_name ON barred_account (name_hash) WHERE name_hash IS NOT NULL;
