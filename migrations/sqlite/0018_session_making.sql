-- Sessions that are changed: how often (the SEQUENCE of a calendar entry), and when their hour was last moved, since when giving a
-- seat back is free for who booked the old hour. informal: an informal meeting, without seats or price (its kind is 0).
-- book_until: the end of bookings, where that is before the start. confirmed: it was decided that enough people come.
ALTER TABLE session ADD COLUMN revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0);
ALTER TABLE session ADD COLUMN moved_at INTEGER;
ALTER TABLE session ADD COLUMN informal INTEGER NOT NULL DEFAULT 0 CHECK (informal IN (0, 1));
ALTER TABLE session ADD COLUMN book_until INTEGER;
ALTER TABLE session ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0 CHECK (confirmed IN (0, 1));
