-- Schema 12: shifts, who was on duty, what was ticked off and handed over. All that was there stays.
BEGIN IMMEDIATE;

-- A shift that was planned here; those of the center are in its lists.
CREATE TABLE shift (
    id        TEXT PRIMARY KEY,                      -- random
    begins_ms INTEGER NOT NULL,
    ends_ms   INTEGER NOT NULL CHECK (ends_ms > begins_ms),
    needed    INTEGER NOT NULL CHECK (needed BETWEEN 1 AND 20),
    told_ms   INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX shift_by_end ON shift (ends_ms);

-- Who put themselves down for a shift, of here or of the center.
CREATE TABLE signup (
    position INTEGER PRIMARY KEY,
    shift    TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    left_ms  INTEGER,                                -- NULL while they stand there
    sealed   BLOB NOT NULL                           -- name
) STRICT;
CREATE INDEX signup_by_shift ON signup (shift, position);

-- A stretch of time in which one person answered for the lane.
CREATE TABLE duty (
    position INTEGER PRIMARY KEY,                    -- order in which they came
    began_ms INTEGER NOT NULL,
    ended_ms INTEGER,                                -- NULL while it lasts
    lane     TEXT NOT NULL,
    operator TEXT NOT NULL,                          -- a number; empty: a name was typed
    shift    TEXT,                                   -- the planned one, if there was one
    sealed   BLOB NOT NULL                           -- name
) STRICT;
CREATE INDEX duty_that_lasts ON duty (position) WHERE ended_ms IS NULL;
CREATE INDEX duty_by_time ON duty (began_ms);

-- A point of the checklist was done, or was not done after all; the newest of a point counts.
CREATE TABLE duty_tick (
    position INTEGER PRIMARY KEY,
    list     TEXT NOT NULL,
    point    TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    done     INTEGER NOT NULL CHECK (done IN (0, 1)),
    duty     INTEGER,                                -- whose it was; retention may have deleted it
    operator TEXT NOT NULL
) STRICT;
CREATE INDEX duty_tick_by_time ON duty_tick (at_ms);

-- What went wrong with the lane itself; no person is named in it.
CREATE TABLE incident (
    position INTEGER PRIMARY KEY,
    at_ms    INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    subject  TEXT NOT NULL,                          -- a device, a number
    ended_ms INTEGER                                 -- NULL: it lasts, or it was of a moment
) STRICT;
CREATE INDEX incident_by_time ON incident (at_ms);

-- Where somebody who was stopped was sent; the newest of an entry counts.
CREATE TABLE stop_sent (
    position INTEGER PRIMARY KEY,
    entry    BLOB NOT NULL CHECK (length(entry) = 16),
    at_ms    INTEGER NOT NULL,
    place    TEXT NOT NULL,
    operator TEXT NOT NULL
) STRICT;
CREATE INDEX stop_sent_by_entry ON stop_sent (entry, position);

-- A hand-over sheet, as it was when the outgoing one signed. Bound by `commitment` to the audit.
CREATE TABLE handover (
    position   INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,                 -- random
    at_ms      INTEGER NOT NULL,
    sealed     BLOB NOT NULL,                        -- the sheet
    salt       BLOB NOT NULL,
    commitment BLOB NOT NULL CHECK (length(commitment) = 32)
) STRICT;
CREATE INDEX handover_by_time ON handover (at_ms);

-- Who signed it; each party once.
CREATE TABLE handover_sign (
    handover TEXT NOT NULL,
    party    TEXT NOT NULL CHECK (party IN ('out', 'in')),
    at_ms    INTEGER NOT NULL,
    operator TEXT NOT NULL,                          -- a number; empty: a name was typed, or nobody was there
    sealed   BLOB NOT NULL,                          -- name
    audit    INTEGER NOT NULL REFERENCES audit (number),
    PRIMARY KEY (handover, party)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER handover_is_never_changed BEFORE UPDATE ON handover
BEGIN SELECT RAISE(ABORT, 'a hand-over sheet is kept or erased, never changed'); END;
CREATE TRIGGER handover_sign_is_never_changed BEFORE UPDATE ON handover_sign
BEGIN SELECT RAISE(ABORT, 'a signature is kept or erased, never changed'); END;
CREATE TRIGGER handover_sign_is_never_replaced BEFORE INSERT ON handover_sign
WHEN EXISTS (SELECT 1 FROM handover_sign WHERE handover = NEW.handover AND party = NEW.party)
BEGIN SELECT RAISE(ABORT, 'each party signs once'); END;
CREATE TRIGGER duty_ends_once BEFORE UPDATE ON duty
WHEN OLD.ended_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'this duty ended already'); END;

PRAGMA user_version = 12;
COMMIT;
