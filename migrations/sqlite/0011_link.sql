-- Linked accounts. Those that are one human's bear the same link_id, and have the same person in each community.
ALTER TABLE account ADD COLUMN link_id BLOB;
ALTER TABLE account ADD COLUMN linked_at INTEGER;
CREATE INDEX account_link ON account (link_id) WHERE link_id IS NOT NULL;

-- A person that became a part of another: the row stays for the transfers that name it, and points to who is meant now.
-- What they wrote in transfers stays under their own key, since transfers never change.
ALTER TABLE person ADD COLUMN merged_into BLOB REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;

-- Codes to type on another account, by keyed hashes: place_hash of the first signs, by which wrong tries are counted for a code.
CREATE TABLE link_code (
    account_id BLOB NOT NULL PRIMARY KEY,
    place_hash BLOB NOT NULL,
    code_hash BLOB NOT NULL UNIQUE,
    until INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0)
) STRICT;
CREATE INDEX link_code_place ON link_code (place_hash);
CREATE INDEX link_code_until ON link_code (until);

-- How often an account typed something that opened nothing, since its first time.
CREATE TABLE link_try (
    account_id BLOB NOT NULL PRIMARY KEY,
    since INTEGER NOT NULL,
    tries INTEGER NOT NULL CHECK (tries > 0)
) STRICT;

-- Links under way. An account that is erased meanwhile is not there any more when the link is looked at, and nothing is linked.
CREATE TABLE link (
    id BLOB NOT NULL PRIMARY KEY,
    asking_id BLOB NOT NULL,
    typing_id BLOB NOT NULL,
    begun INTEGER NOT NULL,
    asking_agreed INTEGER NOT NULL DEFAULT 0 CHECK (asking_agreed IN (0, 1)),
    typing_agreed INTEGER NOT NULL DEFAULT 0 CHECK (typing_agreed IN (0, 1)),
    effect INTEGER,
    CHECK (asking_id <> typing_id)
) STRICT;
CREATE INDEX link_asking ON link (asking_id);
CREATE INDEX link_typing ON link (typing_id);
