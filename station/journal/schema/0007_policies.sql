-- Schema 7: the policies of this station, their exact texts, and who brought which into force.
BEGIN IMMEDIATE;

-- Every text that was ever a draft, or by which anybody was judged here: an entry names it by its digest.
CREATE TABLE policy_text (
    digest TEXT PRIMARY KEY CHECK (length(digest) = 16), -- as in entries
    text   TEXT NOT NULL                             -- exact, with its comments
) STRICT, WITHOUT ROWID;

-- What was done with them. Of all activations the newest genuine one is in force.
CREATE TABLE policy_event (
    position  INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL CHECK (kind IN ('draft', 'used', 'activated', 'codes_down', 'codes_back')),
    digest    TEXT NOT NULL REFERENCES policy_text (digest),
    at_ms     INTEGER NOT NULL,
    said      BLOB NOT NULL,                         -- sealed: who did it, and why
    signature BLOB NOT NULL CHECK (length(signature) = 64) -- Ed25519, of the station: see journal/policies.py
) STRICT;

CREATE TRIGGER policy_text_is_never_changed BEFORE UPDATE ON policy_text
BEGIN SELECT RAISE(ABORT, 'policies are append-only'); END;
CREATE TRIGGER policy_text_is_never_deleted BEFORE DELETE ON policy_text
BEGIN SELECT RAISE(ABORT, 'policies are append-only'); END;
CREATE TRIGGER policy_event_is_never_changed BEFORE UPDATE ON policy_event
BEGIN SELECT RAISE(ABORT, 'the history of policies is append-only'); END;
CREATE TRIGGER policy_event_is_never_deleted BEFORE DELETE ON policy_event
BEGIN SELECT RAISE(ABORT, 'the history of policies is append-only'); END;

PRAGMA user_version = 7;
COMMIT;
