-- Schema 18: a fact says how far the center's clock was from ours when it was told. All that was there stays; the
-- rows are sealed with the new column when the journal is opened next.
BEGIN IMMEDIATE;

-- Center minus station at the moment of told_at_ms, as it was measured; NULL: not known. See journal/outdone.py.
ALTER TABLE fact ADD COLUMN clock_ms INTEGER;

DROP TRIGGER fact_is_never_changed;
CREATE TRIGGER fact_is_never_changed
BEFORE UPDATE OF position, about, subject, kind, value, as_of_ms, until_ms, source, told_at_ms, batch, said, clock_ms
ON fact
WHEN NEW.said <> x''
  OR (NEW.position, NEW.about, NEW.subject, NEW.kind, NEW.value, NEW.as_of_ms, NEW.source, NEW.told_at_ms)
     IS NOT
     (OLD.position, OLD.about, OLD.subject, OLD.kind, OLD.value, OLD.as_of_ms, OLD.source, OLD.told_at_ms)
  OR NEW.until_ms IS NOT OLD.until_ms OR NEW.batch IS NOT OLD.batch OR NEW.clock_ms IS NOT OLD.clock_ms
BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;

PRAGMA user_version = 18;
COMMIT;
