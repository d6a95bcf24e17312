-- What was told once stays as it was told: two looks that differed would tell of one person.

-- The figures of a month as they were first read. figures_sealed: JSON, under the community's key. One row for each month that had sessions.
CREATE TABLE month_figures (
    community_id BLOB NOT NULL REFERENCES community (id) DEFERRABLE INITIALLY DEFERRED,
    month TEXT NOT NULL,
    figures_sealed BLOB NOT NULL,
    PRIMARY KEY (community_id, month)
) STRICT, WITHOUT ROWID;

-- How many of those who said something of a session counted when that was closed; with fewer left nothing is shown any more.
ALTER TABLE session ADD COLUMN feedback_counted INTEGER;

-- The price of the seat went elsewhere by a late cancellation: a first visit that is free of charge is used up by it.
ALTER TABLE booking ADD COLUMN forfeited INTEGER NOT NULL DEFAULT 0 CHECK (forfeited IN (0, 1));
