-- A message that is owed is written and deleted at every answer: it keeps only the indexes that are asked at every answer, too.
-- An index of all receivers touched a page far from the others at each of them (`benches/ledger.rs`).

DROP INDEX delivery_receiver;
DROP INDEX delivery_made;
-- An older version of a card, which a newer one replaces.
CREATE INDEX delivery_card ON delivery (receiver, card) WHERE card IS NOT NULL;
-- What waits for somebody who cannot be reached.
CREATE INDEX delivery_parked ON delivery (receiver) WHERE parked = 1;
