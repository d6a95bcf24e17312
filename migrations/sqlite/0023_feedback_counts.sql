-- Whether what somebody said of a session counts: no staff and not new, as they were when they said it. Asked again later it
-- would tell, by comparing two looks, who had said what.
ALTER TABLE feedback ADD COLUMN counts INTEGER NOT NULL DEFAULT 0 CHECK (counts IN (0, 1));
