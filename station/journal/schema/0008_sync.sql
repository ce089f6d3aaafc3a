-- Schema 8: what was sent to the center, what it sent, and how a fork is healed. All that was there stays.
BEGIN IMMEDIATE;

ALTER TABLE incarnation ADD COLUMN why TEXT NOT NULL DEFAULT 'first'; -- first, fork, moved

-- An entry under another number: the tail of a forked incarnation, continued in the one that was current then.
CREATE TABLE resealed (
    incarnation INTEGER NOT NULL REFERENCES incarnation (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    position    INTEGER NOT NULL REFERENCES entry (position),
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    signature   BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (incarnation, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX resealed_once_in_each ON resealed (position, incarnation);

-- How far the center is with each incarnation. `acked` and `archived` may go back: it was restored.
CREATE TABLE upstream (
    incarnation     INTEGER PRIMARY KEY REFERENCES incarnation (id),
    acked           INTEGER NOT NULL DEFAULT 0 CHECK (acked >= 0),
    archived        INTEGER NOT NULL DEFAULT 0 CHECK (archived >= 0),
    abandoned_after INTEGER CHECK (abandoned_after >= 0) -- records after it are resealed elsewhere
) STRICT;

-- Single values: the machine's fingerprint, the center's epoch, when it was heard last …
CREATE TABLE sync_note (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The center that this station belongs to: its address and keys.
CREATE TABLE enrolment (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    sealed BLOB NOT NULL
) STRICT;

-- What both ends signed of a day.
CREATE TABLE reconciliation (
    day    TEXT PRIMARY KEY,
    ours   BLOB NOT NULL,
    theirs BLOB NOT NULL,
    agreed INTEGER NOT NULL CHECK (agreed IN (0, 1)),
    at_ms  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How far each channel of the center's lists has come. What is of an older generation than `live` is gone.
CREATE TABLE center_cursor (
    channel    TEXT PRIMARY KEY,
    epoch      BLOB NOT NULL CHECK (length(epoch) = 16),
    version    INTEGER NOT NULL,
    generation INTEGER NOT NULL,                     -- of what comes now; higher than `live` while fetched anew
    live       INTEGER NOT NULL,
    complete   INTEGER NOT NULL CHECK (complete IN (0, 1)),
    as_of_ms   INTEGER,                              -- the center's clock when the list was whole last
    heard_ms   INTEGER,                              -- ours then
    skipped    INTEGER NOT NULL                      -- items that this version does not understand
) STRICT, WITHOUT ROWID;

-- Every item of the other lists, also those of lists that this version does not know.
CREATE TABLE center_item (
    list       TEXT NOT NULL,
    key        TEXT NOT NULL,
    channel    TEXT NOT NULL,
    version    INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    taken      INTEGER NOT NULL CHECK (taken IN (0, 1)), -- put to use, where that is a step of its own
    sealed     BLOB,                                 -- NULL: gone, and that is still to be put to use
    PRIMARY KEY (list, key)
) STRICT, WITHOUT ROWID;

-- The center's people; read-only here, and apart from the station's own roster. Fifty lie sealed together: a
-- roster of 100,000 comes in while people wait at the gate. The newest of an id counts (generation, version).
CREATE TABLE center_chunk (
    chunk      INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL,
    sealed     BLOB NOT NULL                         -- id, version, item of each
) STRICT;
CREATE INDEX center_chunk_by_generation ON center_chunk (generation);

-- What they are found by: the beginnings of the shared keys of codes, ID number, name with dwelling, dwelling,
-- and a checksum of the id. A run is a page's, sorted, and is never changed; small ones are merged.
CREATE TABLE center_run (
    run        INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL,
    base       INTEGER NOT NULL,                     -- the chunk from which its places count
    keys       BLOB NOT NULL                         -- 64-bit little-endian: 40 bits of key, 18 of chunk, 6 of place
) STRICT;

-- The shared keys of the station's own people, worked out little by little after enrolment.
-- The key goes first: of a WITHOUT ROWID table in another order, SQLite 3.40's integrity_check says damage.
CREATE TABLE local_shared_key (
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind      TEXT NOT NULL CHECK (kind IN ('id_number', 'resident', 'dwelling')),
    key       TEXT NOT NULL,
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX local_shared_key_by_key ON local_shared_key (key);
CREATE INDEX person_by_change ON person (coalesce(touched, 0), id);

-- Both keys of codes that were shown here since enrolment; their texts are not kept.
CREATE TABLE code_pair (
    local  TEXT PRIMARY KEY,
    shared TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX code_pair_by_shared ON code_pair (shared);

CREATE TRIGGER resealed_is_never_changed BEFORE UPDATE ON resealed
BEGIN SELECT RAISE(ABORT, 'what was resealed is append-only'); END;

CREATE TRIGGER resealed_is_never_deleted BEFORE DELETE ON resealed
BEGIN SELECT RAISE(ABORT, 'what was resealed is append-only'); END;

-- One number is one record of an incarnation, in whichever table.
CREATE TRIGGER resealed_is_never_replaced BEFORE INSERT ON resealed
WHEN EXISTS (SELECT 1 FROM resealed WHERE incarnation = NEW.incarnation AND number = NEW.number)
  OR EXISTS (SELECT 1 FROM resealed WHERE incarnation = NEW.incarnation AND position = NEW.position)
  OR EXISTS (SELECT 1 FROM entry WHERE incarnation = NEW.incarnation AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'what was resealed is append-only'); END;

CREATE TRIGGER entry_takes_no_resealed_number BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM resealed WHERE incarnation = NEW.incarnation AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

-- What was abandoned once is never offered again.
CREATE TRIGGER abandoned_stays_abandoned BEFORE UPDATE ON upstream
WHEN OLD.abandoned_after NOT NULL
 AND (NEW.abandoned_after IS NULL OR NEW.abandoned_after > OLD.abandoned_after)
BEGIN SELECT RAISE(ABORT, 'what was abandoned stays abandoned'); END;

CREATE TRIGGER upstream_is_never_deleted BEFORE DELETE ON upstream
BEGIN SELECT RAISE(ABORT, 'what was abandoned stays abandoned'); END;

PRAGMA user_version = 8;
COMMIT;
