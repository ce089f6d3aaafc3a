-- Retention: for how many days personal data is kept, what went and when, who asked to be erased.

CREATE TABLE keeping (
    what text PRIMARY KEY, -- personal, audit; since: when this center began to erase by itself, as ms
    value bigint NOT NULL
);

CREATE TABLE erasing_run ( -- kinds and numbers, nobody's name
    id bytea PRIMARY KEY,
    at_ms bigint NOT NULL,
    before_ms bigint NOT NULL, -- what was over before then went
    audit_before_ms bigint NOT NULL,
    who text NOT NULL, -- empty: by itself
    counts text NOT NULL -- JSON: how many of which kind
);
CREATE INDEX erasing_run_at ON erasing_run (at_ms);

CREATE TABLE erasure ( -- of one person, because they asked: by one, confirmed by another
    id bytea PRIMARY KEY,
    branch text NOT NULL,
    person text NOT NULL, -- their id; empty once it is done
    state text NOT NULL, -- waiting, done, refused
    at_ms bigint NOT NULL,
    who text NOT NULL,
    reason text NOT NULL, -- a word of the console
    second_ms bigint,
    second text NOT NULL,
    number bigint, -- of the receipt
    receipt text NOT NULL -- as it was signed; empty before
);
CREATE INDEX erasure_of_branch ON erasure (branch, at_ms);
CREATE UNIQUE INDEX erasure_by_number ON erasure (number);
