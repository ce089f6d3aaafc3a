-- Schema 4: what the lane must not forget over a restart, and how its thermometers were compared.
BEGIN IMMEDIATE;

-- Who waits to be measured again, what is usual at an instrument: one record per name, replaced as a whole.
CREATE TABLE lane_memory (
    name   TEXT PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- One comparison of a thermometer with a reference; the newest of an instrument counts, the others stay.
CREATE TABLE calibration (
    position INTEGER PRIMARY KEY,                    -- order in which they were made
    record   BLOB NOT NULL                           -- JSON: instrument, site, values in °C, who, when
) STRICT;

CREATE TRIGGER calibration_is_never_changed BEFORE UPDATE ON calibration
BEGIN SELECT RAISE(ABORT, 'calibrations are append-only'); END;

CREATE TRIGGER calibration_is_never_deleted BEFORE DELETE ON calibration
BEGIN SELECT RAISE(ABORT, 'calibrations are append-only'); END;

PRAGMA user_version = 4;
COMMIT;
