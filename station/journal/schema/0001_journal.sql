-- Schema 1: entries with their chain, the erasable personal parts, people and their colours.
BEGIN IMMEDIATE;

-- One life of this journal. Numbers count from 1 within it; a restored or cloned disk begins another.
CREATE TABLE incarnation (
    id          INTEGER PRIMARY KEY CHECK (id BETWEEN 0 AND 281474976710655), -- 48 random bits
    parent      INTEGER UNIQUE REFERENCES incarnation (id),
    parent_head BLOB NOT NULL,                       -- the hash that it continues, empty for the first
    station     BLOB NOT NULL CHECK (length(station) = 16),
    public_key  BLOB NOT NULL CHECK (length(public_key) = 32), -- Ed25519, verifies entry.signature
    data_key_id BLOB NOT NULL,                       -- tells whether data.key is the right one
    began_at_ms INTEGER NOT NULL
) STRICT;

-- One passage or one amendment. `record` is the truth; id … direction are copies of it to search by.
CREATE TABLE entry (
    position    INTEGER PRIMARY KEY,                 -- order on this disk, over all incarnations
    incarnation INTEGER NOT NULL REFERENCES incarnation (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    at_ms       INTEGER NOT NULL,                    -- wall time, UTC; may go back, never orders anything
    amends      BLOB REFERENCES entry (id),
    severity    INTEGER NOT NULL,
    direction   TEXT NOT NULL,
    record      BLOB NOT NULL,
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    signature   BLOB NOT NULL CHECK (length(signature) = 64),
    UNIQUE (incarnation, number)
) STRICT;
CREATE INDEX entry_by_time ON entry (at_ms);
CREATE INDEX entry_by_amended ON entry (amends, position) WHERE amends IS NOT NULL;

-- The personal part of an entry, bound to it by the record's commitment. Retention deletes these rows.
CREATE TABLE personal (
    position INTEGER PRIMARY KEY REFERENCES entry (position),
    salt     BLOB NOT NULL,
    sealed   BLOB NOT NULL
) STRICT;

CREATE TABLE person (
    id       TEXT PRIMARY KEY,
    category TEXT NOT NULL,
    name     BLOB NOT NULL,                          -- sealed
    dwelling BLOB NOT NULL,                          -- sealed
    as_of_ms INTEGER NOT NULL,
    source   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE code (
    key       TEXT PRIMARY KEY,                      -- keyed hash of a code's text, never the text
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX code_by_person ON code (person_id);

-- A health colour, known of a code or of a person.
CREATE TABLE colour (
    about    TEXT NOT NULL CHECK (about IN ('code', 'person')),
    subject  TEXT NOT NULL,                          -- the code's key or the person's id
    value    TEXT NOT NULL CHECK (value IN ('green', 'yellow', 'red')),
    as_of_ms INTEGER NOT NULL,
    source   TEXT NOT NULL,
    PRIMARY KEY (about, subject)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
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

CREATE TRIGGER incarnation_is_never_changed BEFORE UPDATE ON incarnation
BEGIN SELECT RAISE(ABORT, 'incarnations are append-only'); END;

CREATE TRIGGER incarnation_is_never_deleted BEFORE DELETE ON incarnation
BEGIN SELECT RAISE(ABORT, 'incarnations are append-only'); END;

CREATE TRIGGER personal_is_never_changed BEFORE UPDATE ON personal
BEGIN SELECT RAISE(ABORT, 'a personal part is kept or erased, never changed'); END;

PRAGMA application_id = 0x4B414B4F;
PRAGMA user_version = 1;
COMMIT;
