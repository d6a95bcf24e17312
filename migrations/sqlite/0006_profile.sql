-- Supporters' topics, and who does not come back by themself. What a supporter offers stands in person.profile_sealed.

-- topics_sealed: the topics that coordinators wrote (JSON), under the community's key; NULL for the usual ones.
ALTER TABLE support_group ADD COLUMN topics_sealed BLOB;

-- barred: who was removed so that only a coordinator lets them back in.
ALTER TABLE person ADD COLUMN barred INTEGER NOT NULL DEFAULT 0 CHECK (barred IN (0, 1));
