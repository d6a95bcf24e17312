-- Shared phones. Messages in the direct room of an account that will be deleted: message_sealed is under the account's key.
CREATE TABLE vanishing_message (
    seq INTEGER NOT NULL PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
    due_at INTEGER NOT NULL,
    message_sealed BLOB NOT NULL
) STRICT;
CREATE INDEX vanishing_message_due ON vanishing_message (account_id, due_at);

-- When the next of them is due, for accounts that have any: the timer of another time finds nothing to do.
CREATE TABLE vanishing (
    account_id BLOB NOT NULL PRIMARY KEY REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
    wake_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
