-- Schema 9: who works here, and what they did, in a chain of its own. All that was there stays.
BEGIN IMMEDIATE;

-- What was done with the data, and by whom. `record` is the truth; at_ms … subject are copies of it.
CREATE TABLE audit (
    number    INTEGER PRIMARY KEY CHECK (number > 0), -- gapless
    at_ms     INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    operator  TEXT NOT NULL,                         -- a number; empty: nobody was signed in
    subject   TEXT NOT NULL,                         -- an id: of a person, a pass, an operator …
    record    BLOB NOT NULL,
    hash      BLOB NOT NULL CHECK (length(hash) = 32),
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;
CREATE INDEX audit_by_time ON audit (at_ms);
CREATE INDEX audit_by_operator ON audit (operator, number);
CREATE INDEX audit_by_subject ON audit (subject, number);

-- Why, as somebody typed it; bound by the record's commitment. Retention deletes these rows.
CREATE TABLE audit_note (
    number INTEGER PRIMARY KEY REFERENCES audit (number),
    salt   BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

-- Every state that an operator was ever in; the newest of a number counts.
CREATE TABLE operator (
    position  INTEGER PRIMARY KEY,
    number    TEXT NOT NULL CHECK (length(number) BETWEEN 4 AND 8 AND number NOT GLOB '*[^0-9]*'),
    role      TEXT NOT NULL CHECK (role IN ('volunteer', 'guard', 'admin')),
    active    INTEGER NOT NULL CHECK (active IN (0, 1)),
    new_pin   INTEGER NOT NULL CHECK (new_pin IN (0, 1)), -- given by an admin: to be changed first
    name      BLOB NOT NULL,                         -- sealed
    salt      BLOB NOT NULL,
    cost      TEXT NOT NULL,                         -- of Argon2id: kiB, passes, lanes
    verifier  BLOB NOT NULL,
    audit     INTEGER NOT NULL REFERENCES audit (number), -- who made it so
    signature BLOB NOT NULL CHECK (length(signature) = 64) -- Ed25519, of the station: see journal/operators.py
) STRICT;
CREATE INDEX operator_by_number ON operator (number, position);

-- What the paper with the recovery key is compared with; the newest one counts.
CREATE TABLE recovery (
    position  INTEGER PRIMARY KEY,
    salt      BLOB NOT NULL,
    verifier  BLOB NOT NULL,
    audit     INTEGER NOT NULL REFERENCES audit (number),
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

CREATE TRIGGER operator_is_never_changed BEFORE UPDATE ON operator
BEGIN SELECT RAISE(ABORT, 'operators are append-only'); END;
CREATE TRIGGER operator_is_never_deleted BEFORE DELETE ON operator
BEGIN SELECT RAISE(ABORT, 'operators are append-only'); END;
CREATE TRIGGER operator_is_never_replaced BEFORE INSERT ON operator
WHEN EXISTS (SELECT 1 FROM operator WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'operators are append-only'); END;
CREATE TRIGGER recovery_is_never_changed BEFORE UPDATE ON recovery
BEGIN SELECT RAISE(ABORT, 'recovery keys are append-only'); END;
CREATE TRIGGER recovery_is_never_deleted BEFORE DELETE ON recovery
BEGIN SELECT RAISE(ABORT, 'recovery keys are append-only'); END;
CREATE TRIGGER recovery_is_never_replaced BEFORE INSERT ON recovery
WHEN EXISTS (SELECT 1 FROM recovery WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'recovery keys are append-only'); END;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_note_is_never_changed BEFORE UPDATE ON audit_note
BEGIN SELECT RAISE(ABORT, 'a note is kept or erased, never changed'); END;

PRAGMA user_version = 9;
COMMIT;
