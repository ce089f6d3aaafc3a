-- The console: who may sign in, with which role in which branch, and what they did. Small tables, the same on
-- every node. `passed_hour` is spread by station: what an overview shows is counted as rows are written.

CREATE TABLE console_user (
    name text PRIMARY KEY, -- what is typed to sign in, in lower case
    shown text NOT NULL, -- what they are called
    password text NOT NULL, -- Argon2id, in its own text form (PHC string)
    must_change smallint NOT NULL, -- somebody else knows it
    created_ms bigint NOT NULL,
    disabled_ms bigint
);
CREATE TABLE console_grant (
    name text NOT NULL REFERENCES console_user (name),
    branch text NOT NULL, -- district/town/village/grid/gate, with all below it; empty: everything
    role text NOT NULL,
    PRIMARY KEY (name, branch)
);
CREATE TABLE console_session (
    hash bytea PRIMARY KEY, -- of the id in the cookie: who reads this table can sign in as nobody
    name text NOT NULL REFERENCES console_user (name),
    begun_ms bigint NOT NULL,
    used_ms bigint NOT NULL,
    address text NOT NULL
);
CREATE TABLE console_audit (
    id bytea PRIMARY KEY,
    at_ms bigint NOT NULL,
    who text NOT NULL,
    what text NOT NULL,
    branch text NOT NULL,
    about text NOT NULL, -- an id, never somebody's name or number
    address text NOT NULL
);
CREATE INDEX console_audit_at ON console_audit (at_ms);

-- Passages by the hour (of `corrected_ms`, since 1970, UTC); amendments are none.
CREATE TABLE passed_hour (
    station bytea NOT NULL,
    hour bigint NOT NULL, -- bears every absurd clock, as `day` does
    passed bigint NOT NULL,
    rechecked bigint NOT NULL,
    stopped bigint NOT NULL,
    PRIMARY KEY (station, hour)
);
CREATE INDEX passed_hour_of ON passed_hour (hour);
INSERT INTO passed_hour (station, hour, passed, rechecked, stopped)
SELECT station, corrected_ms / 3600000, sum(CASE WHEN severity = 0 THEN 1 ELSE 0 END),
       sum(CASE WHEN severity = 1 THEN 1 ELSE 0 END), sum(CASE WHEN severity >= 2 THEN 1 ELSE 0 END)
FROM entry WHERE amends IS NULL GROUP BY station, corrected_ms / 3600000;
