-- Schema 11: what was erased because somebody asked for it. All that was there stays.
BEGIN IMMEDIATE;

-- One request that was carried out, as its receipt says it: no name, no id of whoever asked.
CREATE TABLE erasure (
    number    INTEGER PRIMARY KEY CHECK (number > 0),
    at_ms     INTEGER NOT NULL,
    record    BLOB NOT NULL,                         -- JSON: day, kinds and counts, head of the chain
    signature BLOB NOT NULL CHECK (length(signature) = 64) -- Ed25519, of the station: see journal/receipts.py
) STRICT;

-- Which entries lost their personal part by it; all others that lack it are past the retention.
CREATE TABLE erased_entry (
    position INTEGER PRIMARY KEY REFERENCES entry (position),
    erasure  INTEGER NOT NULL REFERENCES erasure (number)
) STRICT;

CREATE TRIGGER erasure_is_never_changed BEFORE UPDATE ON erasure
BEGIN SELECT RAISE(ABORT, 'erasures are append-only'); END;
CREATE TRIGGER erasure_is_never_deleted BEFORE DELETE ON erasure
BEGIN SELECT RAISE(ABORT, 'erasures are append-only'); END;
CREATE TRIGGER erased_entry_is_never_changed BEFORE UPDATE ON erased_entry
BEGIN SELECT RAISE(ABORT, 'erasures are append-only'); END;
CREATE TRIGGER erased_entry_is_never_deleted BEFORE DELETE ON erased_entry
BEGIN SELECT RAISE(ABORT, 'erasures are append-only'); END;

-- Who said a fact, and why, goes with time; the fact itself stays as it was told.
DROP TRIGGER fact_is_never_changed;
CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
WHEN NEW.said <> x''
  OR (NEW.position, NEW.about, NEW.subject, NEW.kind, NEW.value, NEW.as_of_ms, NEW.source, NEW.told_at_ms)
     IS NOT
     (OLD.position, OLD.about, OLD.subject, OLD.kind, OLD.value, OLD.as_of_ms, OLD.source, OLD.told_at_ms)
  OR NEW.until_ms IS NOT OLD.until_ms OR NEW.batch IS NOT OLD.batch
BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;

PRAGMA user_version = 11;
COMMIT;
