-- Policies that are written, signed and brought into force here; exports that people have asked for.

CREATE TABLE policy_version (
    id bytea PRIMARY KEY,
    branch text NOT NULL, -- whose it is: those above and below may use it, only its own may change it
    label text NOT NULL, -- name and version, as entries have it
    digest text NOT NULL,
    toml text NOT NULL,
    made_ms bigint NOT NULL,
    made_by text NOT NULL,
    changed_ms bigint NOT NULL,
    signed_ms bigint, -- from then on nothing of it changes
    signed_by text NOT NULL,
    signature text NOT NULL -- Ed25519 of the center over the exact bytes, base64
);
CREATE INDEX policy_version_of_branch ON policy_version (branch, changed_ms);

CREATE TABLE policy_activation (
    id bytea PRIMARY KEY,
    policy bytea NOT NULL,
    branch text NOT NULL, -- for all gates below it, but where one below has a policy of its own
    grade text NOT NULL, -- colour of the zone (五色) for which it was chosen; empty: none
    follows smallint NOT NULL, -- 1: from now on it goes with the branch above again
    at_ms bigint NOT NULL, -- in force from
    made_ms bigint NOT NULL,
    made_by text NOT NULL,
    cancelled_ms bigint
);
CREATE INDEX policy_activation_of_branch ON policy_activation (branch, at_ms);

CREATE TABLE export_job (
    id bytea PRIMARY KEY,
    branch text NOT NULL,
    format text NOT NULL, -- csv, xlsx, parquet
    first_day text NOT NULL,
    last_day text NOT NULL,
    masked smallint NOT NULL,
    made_ms bigint NOT NULL,
    made_by text NOT NULL,
    state text NOT NULL, -- waiting, running, done, failed, cancelled, deleted
    seen bigint NOT NULL, -- entries
    total bigint NOT NULL,
    changed_ms bigint NOT NULL,
    path text NOT NULL,
    bytes bigint NOT NULL,
    hash text NOT NULL -- SHA-256 of the file
);
CREATE INDEX export_job_of_branch ON export_job (branch, made_ms);
