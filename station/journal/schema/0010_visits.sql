-- Schema 10: visitors and whom they visit, who was announced, and what is to be done for houses. All that was
-- there stays. Retention deletes rows of all three by their age.
BEGIN IMMEDIATE;

-- A visitor whom a host or the community announced.
CREATE TABLE announced_visit (
    id        TEXT PRIMARY KEY,                      -- random
    begins_ms INTEGER NOT NULL,
    ends_ms   INTEGER NOT NULL CHECK (ends_ms > begins_ms),
    people    INTEGER NOT NULL CHECK (people BETWEEN 1 AND 99),
    told_ms   INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    sealed    BLOB NOT NULL                          -- house, name, phone tail, who said it
) STRICT, WITHOUT ROWID;
CREATE INDEX announced_visit_by_end ON announced_visit (ends_ms);

-- Somebody at the gate who does not live here. Written in the transaction of their first entry; when they came
-- in and left, their movements tell.
CREATE TABLE visit (
    position  INTEGER PRIMARY KEY,                   -- order in which they came
    id        TEXT NOT NULL UNIQUE CHECK (id GLOB 'visit:*'), -- the subject of their movements
    at_ms     INTEGER NOT NULL,
    announced TEXT,                                  -- an announced_visit, which retention may have deleted
    code      TEXT,                                  -- the key of the code that they showed
    sealed    BLOB NOT NULL                          -- house, purpose, phone, name, travel, who took it down
) STRICT;
CREATE INDEX visit_by_time ON visit (at_ms);
CREATE INDEX visit_by_code ON visit (code, position) WHERE code IS NOT NULL;
CREATE INDEX visit_by_announced ON visit (announced) WHERE announced IS NOT NULL;

-- What is to be done for a house: a parcel to hand over, medicine to fetch, a paper to carry.
CREATE TABLE errand (
    position     INTEGER PRIMARY KEY,                -- order in which they were taken
    id           TEXT NOT NULL UNIQUE,               -- random
    kind         TEXT NOT NULL,
    at_ms        INTEGER NOT NULL,
    sealed       BLOB NOT NULL,                      -- house, from whom, a note, who took it
    closed_at_ms INTEGER,                            -- NULL while it is open
    closed       BLOB                                -- sealed: how, and who
) STRICT;
CREATE INDEX errand_that_is_open ON errand (position) WHERE closed_at_ms IS NULL;
CREATE INDEX errand_by_time ON errand (at_ms);

CREATE TRIGGER errand_is_closed_once BEFORE UPDATE ON errand
WHEN OLD.closed_at_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'this errand was closed already'); END;

PRAGMA user_version = 10;
COMMIT;
