-- Schema 15: which days' logs went to where the settings say.
BEGIN IMMEDIATE;

CREATE TABLE daily_export (
    day   TEXT PRIMARY KEY,                          -- 2022-04-01, of the gate's time zone
    at_ms INTEGER NOT NULL,                          -- wall time, UTC
    rows  INTEGER NOT NULL,
    file  TEXT NOT NULL                              -- empty: the day before it was switched on
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 15;
COMMIT;
