-- A closed fund keeps its history, and gives nothing any more.
ALTER TABLE fund ADD COLUMN closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1));
