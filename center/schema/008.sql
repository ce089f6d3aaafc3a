-- Programs of the district: their tokens, and what the center tells them by itself (webhooks).

CREATE TABLE api_token (
    id bytea PRIMARY KEY,
    hash bytea NOT NULL, -- SHA-256 of the secret: the token itself is nowhere
    name text NOT NULL,
    branch text NOT NULL,
    scopes text NOT NULL, -- parted by spaces
    made_ms bigint NOT NULL,
    made_by text NOT NULL,
    expires_ms bigint NOT NULL,
    used_ms bigint,
    revoked_ms bigint
);
CREATE UNIQUE INDEX api_token_by_hash ON api_token (hash);
CREATE INDEX api_token_of_branch ON api_token (branch, made_ms);

CREATE TABLE webhook (
    id bytea PRIMARY KEY,
    branch text NOT NULL,
    url text NOT NULL,
    events text NOT NULL, -- parted by spaces
    secret bytea NOT NULL, -- sealed
    made_ms bigint NOT NULL,
    made_by text NOT NULL,
    looked_ms bigint NOT NULL, -- what happened until then is in its outbox
    ended_ms bigint
);
CREATE INDEX webhook_of_branch ON webhook (branch, made_ms);

-- The outbox: one row for each thing that a webhook is told, whatever is restarted meanwhile.
CREATE TABLE delivery (
    webhook bytea NOT NULL,
    id bytea NOT NULL, -- of what is told: the same thing is told once
    event text NOT NULL,
    at_ms bigint NOT NULL,
    body text NOT NULL, -- JSON; ids, no names
    due_ms bigint, -- when it is tried next; NULL: done, or given up
    tries integer NOT NULL,
    done_ms bigint,
    said text NOT NULL, -- what came of the last try
    PRIMARY KEY (webhook, id)
);
CREATE INDEX delivery_due ON delivery (due_ms) WHERE due_ms IS NOT NULL;
CREATE INDEX delivery_by_time ON delivery (webhook, at_ms);
