-- Credits, double entry. kind: 0 issuance, 1 fund, 2 person, 3 escrow of a session, 4 waiting gifts, 5 closed.
-- The balances are those that the transfers add up to; `verify` recomputes them.
CREATE TABLE ledger_account (
    id BLOB NOT NULL PRIMARY KEY,
    community_id BLOB NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 5),
    balance INTEGER NOT NULL
        CHECK (balance BETWEEN -1000000000000000 AND 1000000000000000)
        CHECK (kind IN (0, 2) OR balance >= 0)
        CHECK (kind <> 0 OR balance <= 0)
) STRICT;
CREATE INDEX ledger_account_community ON ledger_account (community_id, kind);

-- A fund's name, what was ever issued to it, and the most that may be.
CREATE TABLE fund (
    account_id BLOB NOT NULL PRIMARY KEY,
    community_id BLOB NOT NULL,
    name TEXT NOT NULL,
    issued INTEGER NOT NULL CHECK (issued BETWEEN 0 AND 1000000000000000),
    budget INTEGER CHECK (budget >= 0)
) STRICT;
CREATE INDEX fund_community ON fund (community_id);

-- Append-only. reason_sealed and named_sealed are under the key of the person beside them; hash is over the bytes that
-- src/domain/ledger/chain.rs lists, ciphertext included, so the chain verifies after an erasure, too.
-- Persons and sessions are not referenced: what they point to may be erased, a transfer never is.
CREATE TABLE transfer (
    id BLOB NOT NULL PRIMARY KEY,
    community_id BLOB NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    at INTEGER NOT NULL,
    from_account BLOB NOT NULL REFERENCES ledger_account (id) DEFERRABLE INITIALLY DEFERRED,
    to_account BLOB NOT NULL REFERENCES ledger_account (id) DEFERRABLE INITIALLY DEFERRED,
    amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 10000),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 9),
    reason_sealed BLOB,
    reason_key BLOB,
    named_sealed BLOB,
    named_key BLOB,
    by_person BLOB,
    session_id BLOB,
    reverses BLOB REFERENCES transfer (id) DEFERRABLE INITIALLY DEFERRED,
    prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (community_id, number),
    CHECK (from_account <> to_account),
    CHECK ((reason_sealed IS NULL) = (reason_key IS NULL)),
    CHECK ((named_sealed IS NULL) = (named_key IS NULL))
) STRICT;
CREATE INDEX transfer_from ON transfer (from_account, number);
CREATE INDEX transfer_to ON transfer (to_account, number);
-- What somebody earned by holding sessions.
CREATE INDEX transfer_earned ON transfer (to_account, at) WHERE kind IN (6, 7);
-- What solidarity paid for somebody's booking.
CREATE INDEX transfer_booking_by ON transfer (by_person, number) WHERE kind = 4;
-- A transfer is opposed once at most.
CREATE UNIQUE INDEX transfer_reverses ON transfer (reverses) WHERE reverses IS NOT NULL;

CREATE TRIGGER transfer_is_never_changed BEFORE UPDATE ON transfer
BEGIN
    SELECT RAISE(ABORT, 'transfers are append-only');
END;
CREATE TRIGGER transfer_is_never_deleted BEFORE DELETE ON transfer
BEGIN
    SELECT RAISE(ABORT, 'transfers are append-only');
END;

-- The newest transfer of each community.
CREATE TABLE ledger_head (
    community_id BLOB NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL CHECK (number > 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- What waits for somebody who is not there: found by a keyed hash of their account, or of the platform and the user name
-- that was typed. reason_sealed (JSON, perhaps null) is under the giver's key.
CREATE TABLE waiting_gift (
    id BLOB NOT NULL PRIMARY KEY,
    community_id BLOB NOT NULL,
    whom_hash BLOB NOT NULL,
    transfer_id BLOB NOT NULL REFERENCES transfer (id) DEFERRABLE INITIALLY DEFERRED,
    giver BLOB NOT NULL,
    reason_sealed BLOB NOT NULL,
    until INTEGER NOT NULL
) STRICT;
CREATE INDEX waiting_gift_whom ON waiting_gift (community_id, whom_hash);
CREATE INDEX waiting_gift_giver ON waiting_gift (giver);
