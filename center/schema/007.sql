-- Personal links: pages that somebody opens on a phone without signing in. The secret itself is nowhere.

CREATE TABLE link (
    id bytea PRIMARY KEY, -- SHA-256 of the secret in the address
    purpose text NOT NULL, -- signup, checkin …
    branch text NOT NULL,
    about text NOT NULL, -- the id of a person, or empty
    made_ms bigint NOT NULL,
    made_by text NOT NULL,
    expires_ms bigint NOT NULL,
    revoked_ms bigint
);
CREATE INDEX link_of_branch ON link (purpose, branch);

-- A case that nobody has done anything about goes one branch up, and again, until everything has been asked.
CREATE TABLE escalation (
    station bytea NOT NULL,
    case_id bytea NOT NULL,
    step integer NOT NULL,
    branch text NOT NULL, -- who should look at it now
    at_ms bigint NOT NULL,
    PRIMARY KEY (station, case_id, step)
);
