-- Schema 14: old entries may leave the journal once they are archived; what remains of them is signed. All that
-- was there stays.
BEGIN IMMEDIATE;

-- Records of an incarnation up to `upto` are gone. `record` says how many of what sort they were, and the hashes
-- between which they stood: the chain goes on from the second one.
CREATE TABLE pruned (
    incarnation INTEGER NOT NULL REFERENCES incarnation (id),
    upto        INTEGER NOT NULL CHECK (upto > 0),
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    record      BLOB NOT NULL,                       -- JSON, see journal/pruning.py
    signature   BLOB NOT NULL CHECK (length(signature) = 64), -- Ed25519, of the station
    PRIMARY KEY (incarnation, upto)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER pruned_is_never_changed BEFORE UPDATE ON pruned
BEGIN SELECT RAISE(ABORT, 'what was pruned is append-only'); END;
CREATE TRIGGER pruned_is_never_deleted BEFORE DELETE ON pruned
BEGIN SELECT RAISE(ABORT, 'what was pruned is append-only'); END;
CREATE TRIGGER pruned_only_grows BEFORE INSERT ON pruned
WHEN EXISTS (SELECT 1 FROM pruned WHERE incarnation = NEW.incarnation AND upto >= NEW.upto)
BEGIN SELECT RAISE(ABORT, 'what was pruned is append-only'); END;

DROP TRIGGER entry_is_never_deleted;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
WHEN NOT EXISTS (SELECT 1 FROM pruned WHERE incarnation = OLD.incarnation AND upto >= OLD.number)
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

CREATE TRIGGER entry_takes_no_pruned_number BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM pruned WHERE incarnation = NEW.incarnation AND upto >= NEW.number)
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

DROP TRIGGER erased_entry_is_never_deleted;
CREATE TRIGGER erased_entry_is_never_deleted BEFORE DELETE ON erased_entry
WHEN NOT EXISTS (SELECT 1 FROM entry JOIN pruned USING (incarnation)
                 WHERE entry.position = OLD.position AND upto >= entry.number)
BEGIN SELECT RAISE(ABORT, 'erasures are append-only'); END;

PRAGMA user_version = 14;
COMMIT;
