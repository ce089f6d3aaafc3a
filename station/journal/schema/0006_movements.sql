-- Schema 6: who went which way, to tell who is inside, how often a household went out, and who passes twice.
BEGIN IMMEDIATE;

-- One row for each passage of somebody who was told by a code or by the roster. Derived from the entries, and
-- written with them in one transaction; retention deletes these rows with the personal parts.
CREATE TABLE movement (
    position  INTEGER PRIMARY KEY REFERENCES entry (position),
    subject   TEXT NOT NULL,                         -- person's id, or the key of a code that is nobody's here
    household TEXT,                                  -- keyed hash of the dwelling
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    at_ms     INTEGER NOT NULL,
    passed    INTEGER NOT NULL CHECK (passed IN (0, 1)), -- by the newest amendment, if there is one
    normal_c  INTEGER NOT NULL CHECK (normal_c IN (0, 1)) -- a temperature was measured and was normal
) STRICT;
CREATE INDEX movement_by_subject ON movement (subject, position) WHERE passed;
CREATE INDEX movement_by_household ON movement (household, at_ms) WHERE passed AND direction = 'out';
CREATE INDEX movement_by_time ON movement (at_ms);

-- The newest of them that was let through, by subject: a gate of years still counts who is inside at once.
CREATE TABLE whereabouts (
    subject   TEXT PRIMARY KEY,
    household TEXT,
    direction TEXT NOT NULL,
    at_ms     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX whereabouts_by_direction ON whereabouts (direction, at_ms);

-- Schema 3 remembered codes only; whoever has two was not recognised.
INSERT OR REPLACE INTO whereabouts (subject, household, direction, at_ms)
SELECT coalesce((SELECT person_id FROM code WHERE code.key = last_passage.key), key), NULL, direction, at_ms
FROM last_passage ORDER BY at_ms;
DROP TABLE last_passage;

PRAGMA user_version = 6;
COMMIT;
