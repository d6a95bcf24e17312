-- Consents by purpose, a row for each time that one was given, withdrawn or asked anew; rows are added, never changed.
-- number: their order for one person, from 1. purpose: 0 taking part, 1 check-ins, 2 alerts, 3 figures for partners.
-- step: 0 withdrawn, 1 given, 2 a changed text was shown. What was agreed to before stands at the beginning.
CREATE TABLE consent_history (
    person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL CHECK (number > 0),
    purpose INTEGER NOT NULL CHECK (purpose BETWEEN 0 AND 3),
    step INTEGER NOT NULL CHECK (step BETWEEN 0 AND 2),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (person_id, number)
) STRICT, WITHOUT ROWID;

INSERT INTO consent_history (person_id, number, purpose, step, version, at)
SELECT person_id, ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY agreed_at, purpose), purpose, 1, version, agreed_at
FROM consent;

DROP TABLE consent;
ALTER TABLE consent_history RENAME TO consent;

-- person.checkins_agreed_at is written no more: the table above tells it.
UPDATE person SET checkins_agreed_at = NULL;
