-- Schema 3: which way the holder of a code last passed, to name it when they pass the same way again.
BEGIN IMMEDIATE;

CREATE TABLE last_passage (
    key       TEXT PRIMARY KEY,                      -- keyed hash of the code's text
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    at_ms     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 3;
COMMIT;
