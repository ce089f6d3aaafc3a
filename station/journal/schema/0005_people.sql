-- Schema 5: more of each person, who speaks for whom, facts with their history, what two people must agree on,
-- and what each change of the roster replaced. All that was there stays.
BEGIN IMMEDIATE;

-- One change of the roster: an import, an edit, or the undoing of another. Later changes have higher ids.
CREATE TABLE batch (
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,                         -- import, edit, undo …
    at_ms     INTEGER NOT NULL,
    source    TEXT NOT NULL,
    detail    BLOB NOT NULL,                         -- sealed: who, and the file's name
    undone_by INTEGER REFERENCES batch (id)
) STRICT;

ALTER TABLE person ADD COLUMN house TEXT;            -- keyed hash of the dwelling; NULL: not worked out yet
ALTER TABLE person ADD COLUMN detail BLOB;           -- sealed: phones, ID number, birth, occupation …
ALTER TABLE person ADD COLUMN touched INTEGER REFERENCES batch (id); -- the last that changed this person
CREATE INDEX person_by_house ON person (house);
CREATE INDEX person_by_touched ON person (touched);

-- Numbers by which somebody is found, as keyed hashes. A phone may be shared by a family.
CREATE TABLE person_key (
    kind      TEXT NOT NULL CHECK (kind IN ('id_number', 'phone')),
    key       TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, key, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_key_by_person ON person_key (person_id);
CREATE UNIQUE INDEX one_person_for_each_id_number ON person_key (key) WHERE kind = 'id_number';

-- Who may speak for whom: a guardian for a child, a proxy for somebody without a phone.
CREATE TABLE relation (
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind      TEXT NOT NULL CHECK (kind IN ('guardian', 'proxy')),
    other_id  TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE, -- who speaks
    PRIMARY KEY (person_id, kind, other_id),
    CHECK (person_id <> other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_by_other ON relation (other_id);

-- What a batch replaced, as it lay there, still sealed; without a category: the person was not there.
CREATE TABLE batch_change (
    batch     INTEGER NOT NULL REFERENCES batch (id),
    person_id TEXT NOT NULL,
    category  TEXT,
    name      BLOB,
    dwelling  BLOB,
    house     TEXT,
    detail    BLOB,
    as_of_ms  INTEGER,
    source    TEXT,
    links     TEXT,                                  -- JSON: codes, person_keys, relations
    PRIMARY KEY (batch, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_change_by_person ON batch_change (person_id);

-- Facts, every one ever told. Of the same kind about the same subject the newest counts: latest as_of_ms, then
-- latest position. Retention deletes; nothing changes them.
CREATE TABLE fact (
    position   INTEGER PRIMARY KEY,
    about      TEXT NOT NULL CHECK (about IN ('code', 'person', 'dwelling')),
    subject    TEXT NOT NULL,                        -- the code's key, the person's id, the dwelling's hash
    kind       TEXT NOT NULL,
    value      TEXT NOT NULL,
    as_of_ms   INTEGER NOT NULL,
    until_ms   INTEGER,                              -- from then on it counts no more
    source     TEXT NOT NULL,
    told_at_ms INTEGER NOT NULL,                     -- when this station learnt it
    batch      INTEGER REFERENCES batch (id),        -- does not count if that one was undone
    said       BLOB NOT NULL                         -- sealed: who said it, and why; empty: nobody in person
) STRICT;
CREATE INDEX fact_by_subject ON fact (about, subject, kind, as_of_ms);
CREATE INDEX fact_by_batch ON fact (batch) WHERE batch IS NOT NULL;

-- Changes that are in force only when a second person has confirmed them.
CREATE TABLE proposal (
    id             INTEGER PRIMARY KEY,
    about          TEXT NOT NULL CHECK (about IN ('code', 'person', 'dwelling')),
    subject        TEXT NOT NULL,
    kind           TEXT NOT NULL,
    value          TEXT NOT NULL,
    as_of_ms       INTEGER NOT NULL,
    until_ms       INTEGER,
    source         TEXT NOT NULL,
    proposed_at_ms INTEGER NOT NULL,
    proposed       BLOB NOT NULL,                    -- sealed: who, and why
    outcome        TEXT CHECK (outcome IN ('confirmed', 'rejected')), -- NULL while it waits
    settled_at_ms  INTEGER,
    settled        BLOB                              -- sealed: who, and why
) STRICT;
CREATE INDEX proposal_by_subject ON proposal (about, subject);
CREATE INDEX proposal_that_waits ON proposal (id) WHERE outcome IS NULL;

INSERT INTO fact (about, subject, kind, value, as_of_ms, source, told_at_ms, said)
SELECT about, subject, 'colour', value, as_of_ms, source, as_of_ms, x'' FROM colour ORDER BY as_of_ms;
DROP TABLE colour;

CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;

CREATE TRIGGER proposal_is_settled_once BEFORE UPDATE ON proposal
WHEN OLD.outcome IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'this proposal was settled already'); END;

PRAGMA user_version = 5;
COMMIT;
