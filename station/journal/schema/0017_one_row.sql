-- Schema 17: what lies beside an entry lies in its row, so that a passage writes one page where it wrote three; and
-- three indices are gone. All that was there stays, with its seals.
BEGIN IMMEDIATE;

-- One passage or one amendment. `record` is the truth; id … direction are copies of it to search by. What follows
-- the signature is erased when its time has come, and is seen as `personal` and `movement`.
CREATE TABLE entry_new (
    position    INTEGER PRIMARY KEY,                 -- order on this disk, over all incarnations
    incarnation INTEGER NOT NULL REFERENCES incarnation (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    id          BLOB NOT NULL CHECK (length(id) = 16),
    at_ms       INTEGER NOT NULL,                    -- wall time, UTC; may go back, never orders anything
    amends      BLOB REFERENCES entry (id),
    severity    INTEGER NOT NULL,
    direction   TEXT NOT NULL,
    record      BLOB NOT NULL,
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    signature   BLOB NOT NULL CHECK (length(signature) = 64),
    part_salt   BLOB,                                -- the personal part, bound by the record's commitment
    part_sealed BLOB,
    mover       TEXT,                                -- person's id, or the key of a code that is nobody's here
    mover_household TEXT,                            -- keyed hash of the dwelling
    mover_passed    INTEGER CHECK (mover_passed IN (0, 1)),   -- by the newest amendment, if there is one
    mover_normal_c  INTEGER CHECK (mover_normal_c IN (0, 1)), -- a temperature was measured and was normal
    mover_seal      BLOB,                            -- of `movement`, see journal/sealing.py
    CHECK ((part_salt IS NULL) = (part_sealed IS NULL)),
    CHECK ((mover IS NULL) = (mover_passed IS NULL) AND (mover IS NULL) = (mover_normal_c IS NULL))
) STRICT;

INSERT INTO entry_new
SELECT entry.*, salt, sealed, subject, household, passed, normal_c, movement.seal
FROM entry LEFT JOIN personal USING (position) LEFT JOIN movement USING (position) ORDER BY entry.position;

DROP TABLE personal;
DROP TABLE movement;
DROP TABLE entry;
ALTER TABLE entry_new RENAME TO entry;

-- Made when the rows are there: in their order, and not row by row at random.
CREATE UNIQUE INDEX entry_by_id ON entry (id);
CREATE UNIQUE INDEX entry_by_number ON entry (incarnation, number);
CREATE INDEX entry_by_amended ON entry (amends, position) WHERE amends IS NOT NULL;
CREATE INDEX entry_by_mover ON entry (mover) WHERE mover NOT NULL;
CREATE INDEX entry_by_household ON entry (mover_household, at_ms)
WHERE mover_household NOT NULL AND mover_passed AND direction = 'out';

-- Between which moments the entries behind one position and up to another lie, see journal/spans.py.
CREATE TABLE entry_run (
    after    INTEGER PRIMARY KEY,
    upto     INTEGER NOT NULL,
    first_ms INTEGER NOT NULL,
    last_ms  INTEGER NOT NULL
) STRICT;

INSERT INTO entry_run
SELECT coalesce(lag(max(position)) OVER (ORDER BY position / 128), 0), max(position), min(at_ms), max(at_ms)
FROM entry GROUP BY position / 128;

CREATE VIEW entry_span (after, upto, first_ms, last_ms) AS
SELECT after, upto, first_ms, last_ms FROM entry_run
UNION ALL
SELECT coalesce((SELECT upto FROM entry_run ORDER BY after DESC LIMIT 1), 0), 9223372036854775807,
       -9223372036854775807, 9223372036854775807;

CREATE TRIGGER entry_run_is_full AFTER INSERT ON entry
WHEN NEW.position >= coalesce((SELECT upto FROM entry_run ORDER BY after DESC LIMIT 1), 0) + 128
BEGIN
    INSERT INTO entry_run
    SELECT coalesce((SELECT upto FROM entry_run ORDER BY after DESC LIMIT 1), 0), max(position), min(at_ms), max(at_ms)
    FROM entry WHERE position > coalesce((SELECT upto FROM entry_run ORDER BY after DESC LIMIT 1), 0);
END;

-- Where everything was pruned, positions begin again.
CREATE TRIGGER entry_run_takes_one_more AFTER INSERT ON entry
WHEN NEW.position <= (SELECT upto FROM entry_run ORDER BY after DESC LIMIT 1)
BEGIN
    UPDATE entry_run SET first_ms = min(first_ms, NEW.at_ms), last_ms = max(last_ms, NEW.at_ms)
    WHERE after < NEW.position AND upto >= NEW.position;
END;

-- The personal part of an entry. Retention erases it.
CREATE VIEW personal (position, salt, sealed) AS
SELECT position, part_salt, part_sealed FROM entry WHERE part_sealed NOT NULL;

-- The passage of somebody who was told by a code or by the roster. Retention erases it with the personal part.
CREATE VIEW movement (position, subject, household, direction, at_ms, passed, normal_c, seal) AS
SELECT position, mover, mover_household, direction, at_ms, mover_passed, mover_normal_c, mover_seal
FROM entry WHERE mover NOT NULL;

CREATE TRIGGER personal_is_erased INSTEAD OF DELETE ON personal
BEGIN UPDATE entry SET part_salt = NULL, part_sealed = NULL WHERE position = OLD.position; END;

CREATE TRIGGER movement_is_erased INSTEAD OF DELETE ON movement
BEGIN
    UPDATE entry
    SET mover = NULL, mover_household = NULL, mover_passed = NULL, mover_normal_c = NULL, mover_seal = NULL
    WHERE position = OLD.position;
END;

CREATE TRIGGER movement_is_changed INSTEAD OF UPDATE ON movement
BEGIN
    UPDATE entry SET mover = NEW.subject, mover_household = NEW.household, mover_passed = NEW.passed
    WHERE position = OLD.position
      AND (mover, mover_household, mover_passed) IS NOT (NEW.subject, NEW.household, NEW.passed);
    UPDATE entry SET mover_seal = NEW.seal WHERE position = OLD.position AND OLD.seal IS NOT NEW.seal;
END;

CREATE TRIGGER entry_is_never_changed
BEFORE UPDATE OF position, incarnation, number, id, at_ms, amends, severity, direction, record, hash, signature
ON entry
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

CREATE TRIGGER personal_is_never_changed BEFORE UPDATE OF part_salt, part_sealed ON entry
WHEN NEW.part_salt NOT NULL OR NEW.part_sealed NOT NULL
BEGIN SELECT RAISE(ABORT, 'a personal part is kept or erased, never changed'); END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
WHEN NOT EXISTS (SELECT 1 FROM pruned WHERE incarnation = OLD.incarnation AND upto >= OLD.number)
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

-- INSERT OR REPLACE would delete without asking the trigger above.
CREATE TRIGGER entry_is_never_replaced BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM entry WHERE position = NEW.position)
  OR EXISTS (SELECT 1 FROM entry WHERE incarnation = NEW.incarnation AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

CREATE TRIGGER amendment_points_at_a_passage BEFORE INSERT ON entry
WHEN NEW.amends IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM entry WHERE id = NEW.amends AND amends IS NULL)
BEGIN SELECT RAISE(ABORT, 'an amendment points at a passage'); END;

CREATE TRIGGER entry_takes_no_resealed_number BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM resealed WHERE incarnation = NEW.incarnation AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

CREATE TRIGGER entry_takes_no_pruned_number BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM pruned WHERE incarnation = NEW.incarnation AND upto >= NEW.number)
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

-- Whereabouts are some thousands: who is inside is counted by looking through them.
DROP INDEX whereabouts_by_direction;

PRAGMA user_version = 17;
COMMIT;
