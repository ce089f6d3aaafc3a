-- Schema 2: gate passes (出入证) that were issued here, the keys that signed them, and those taken back.
BEGIN IMMEDIATE;

-- One key for each name under which this station issues passes.
CREATE TABLE pass_issuer (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    public_key  TEXT NOT NULL,                       -- SubjectPublicKeyInfo, PEM
    private_key BLOB NOT NULL,                       -- PKCS #8, sealed
    made_at_ms  INTEGER NOT NULL
) STRICT;

CREATE TABLE gate_pass (
    position       INTEGER PRIMARY KEY,              -- order of issue
    id             BLOB NOT NULL UNIQUE CHECK (length(id) = 8), -- random, also inside the code
    issuer         INTEGER NOT NULL REFERENCES pass_issuer (id),
    valid_until_ms INTEGER NOT NULL,
    content        BLOB NOT NULL                     -- what the pass says and its code text, sealed
) STRICT;

-- Passes taken back. They may also have been issued elsewhere, hence no reference.
CREATE TABLE pass_revocation (
    pass_id BLOB PRIMARY KEY CHECK (length(pass_id) = 8),
    at_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
COMMIT;
