-- Schema 13: what this gate tells its center besides entries. All that was there stays.
BEGIN IMMEDIATE;

-- The newest version of each report; sent when the center has said that it has this version.
CREATE TABLE report (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind       TEXT NOT NULL,
    made_ms    INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    version    INTEGER NOT NULL CHECK (version > 0),
    sent       INTEGER NOT NULL CHECK (sent BETWEEN 0 AND version), -- 0: nothing of it yet
    open       INTEGER NOT NULL CHECK (open IN (0, 1)),             -- a case that this gate still follows
    sealed     BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX report_to_send ON report (changed_ms) WHERE sent < version;
CREATE INDEX report_by_kind ON report (kind, made_ms);
CREATE INDEX report_that_is_open ON report (made_ms) WHERE open = 1;

PRAGMA user_version = 13;
COMMIT;
