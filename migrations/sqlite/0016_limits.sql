-- What a transfer is for, a number of the community's own list; and that its reason is for who wrote it alone.
-- Where either is set the transfer is hashed in its second form (src/domain/ledger/chain.rs).
ALTER TABLE transfer ADD COLUMN category INTEGER CHECK (category > 0);
ALTER TABLE transfer ADD COLUMN reason_kept INTEGER CHECK (reason_kept = 1);

-- A present person for whom it waits until a coordinator decides; NULL where it waits for somebody who is not there.
ALTER TABLE waiting_gift ADD COLUMN receiver BLOB;
CREATE INDEX waiting_gift_receiver ON waiting_gift (receiver) WHERE receiver IS NOT NULL;

-- A fund's name as it was written stands in the community's sealed settings.
ALTER TABLE fund DROP COLUMN shown;
