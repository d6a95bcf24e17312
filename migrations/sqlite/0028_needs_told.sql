-- How often the host was told of it at once: a need that is written again and again may not become a way to write to them.
ALTER TABLE need ADD COLUMN told INTEGER NOT NULL DEFAULT 0 CHECK (told >= 0);
