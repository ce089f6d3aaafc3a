-- The center's tables. In the words of PostgreSQL; for SQLite the types are renamed, and what stands between
-- /*postgresql*/ and /*end*/ is left out. Times are UTC milliseconds since 1970; a day is the whole number of
-- days since 1970 (UTC) by the station's own clock, so that it bears every absurd clock.
--
-- Distributed by station: every primary, unique and foreign key of these holds `station`, so that Citus can
-- spread them (`create_distributed_table(…, 'station')`) and a push touches one shard.

CREATE TABLE chain (
    station bytea NOT NULL,
    incarnation bigint NOT NULL,
    parent_head bytea NOT NULL,
    genesis bytea NOT NULL,
    durable bigint NOT NULL DEFAULT 0,
    head bytea NOT NULL,
    archived bigint NOT NULL DEFAULT 0, -- a verified backup holds it up to here
    projected bigint NOT NULL DEFAULT 0, -- typed rows exist up to here
    PRIMARY KEY (station, incarnation)
);

-- The truth: batches as they came. Everything typed can be made again from these.
CREATE TABLE segment (
    station bytea NOT NULL,
    incarnation bigint NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    last_hash bytea NOT NULL,
    payload bytea NOT NULL,
    signature bytea NOT NULL,
    received_ms bigint NOT NULL,
    offset_ms bigint NOT NULL,
    uncertainty_ms bigint NOT NULL,
    flagged text NOT NULL,
    PRIMARY KEY (station, incarnation, first),
    FOREIGN KEY (station, incarnation) REFERENCES chain (station, incarnation)
);
/*postgresql*/ ALTER TABLE segment ALTER COLUMN payload SET STORAGE EXTERNAL; -- is compressed already /*end*/

-- Typed rows. A record that was resealed lies in two chains: one row, of where it came first.
CREATE TABLE entry (
    station bytea NOT NULL,
    day integer NOT NULL,
    id bytea NOT NULL,
    incarnation bigint NOT NULL,
    number bigint NOT NULL,
    at_ms bigint NOT NULL, -- by the station's clock
    corrected_ms bigint NOT NULL, -- by the center's, as its clock stood when the entry came
    uncertainty_ms bigint NOT NULL,
    received_ms bigint NOT NULL,
    gate text NOT NULL,
    lane text NOT NULL,
    direction text NOT NULL,
    severity smallint NOT NULL,
    closing text NOT NULL,
    reasons text NOT NULL, -- their codes, parted by spaces
    code_kind text,
    code_trust text,
    code_status text,
    value_c double precision,
    site text,
    person_id text,
    operator text,
    policy text NOT NULL,
    amends bytea,
    override text,
    emulated smallint NOT NULL,
    PRIMARY KEY (station, day, id)
) /*postgresql*/ PARTITION BY RANGE (day) /*end*/;
CREATE INDEX entry_person ON entry (person_id, at_ms) WHERE person_id IS NOT NULL;
/*postgresql*/ CREATE TABLE entry_default PARTITION OF entry DEFAULT; /*end*/

-- Personal parts of a segment, as they came: erasable without the chain. Not a row for each part: that would
-- cost the database more than all else of a push (bench.sync).
CREATE TABLE parts (
    station bytea NOT NULL,
    incarnation bigint NOT NULL,
    first bigint NOT NULL, -- number of the first part
    body bytea NOT NULL, -- MessagePack of `bundle.Parts`: their key, sealed to the center's; (number, sealed) …
    PRIMARY KEY (station, incarnation, first)
);
/*postgresql*/ ALTER TABLE parts ALTER COLUMN body SET STORAGE EXTERNAL; -- nothing can pack it /*end*/

-- Records that are in the ledger and not understood: bad, or of a newer schema than this program's.
CREATE TABLE quarantine (
    station bytea NOT NULL,
    incarnation bigint NOT NULL,
    number bigint NOT NULL,
    record bytea NOT NULL,
    error text NOT NULL,
    received_ms bigint NOT NULL,
    offset_ms bigint NOT NULL,
    uncertainty_ms bigint NOT NULL,
    PRIMARY KEY (station, incarnation, number),
    FOREIGN KEY (station, incarnation) REFERENCES chain (station, incarnation)
);

CREATE TABLE fork (
    station bytea NOT NULL,
    incarnation bigint NOT NULL,
    number bigint NOT NULL,
    seen_ms bigint NOT NULL,
    PRIMARY KEY (station, incarnation, number)
);

CREATE TABLE contact (
    station bytea NOT NULL,
    seen_ms bigint NOT NULL,
    offset_ms bigint NOT NULL,
    uncertainty_ms bigint NOT NULL,
    app text NOT NULL,
    schema bigint NOT NULL,
    boot text NOT NULL,
    fingerprint text NOT NULL,
    pending bigint NOT NULL,
    state bytea NOT NULL, -- MessagePack
    alarms text NOT NULL, -- parted by spaces
    PRIMARY KEY (station)
);

-- Pushes of a stick that begin after a gap, until the stick comes that fills it.
CREATE TABLE waiting (
    station bytea NOT NULL,
    incarnation bigint NOT NULL,
    first bigint NOT NULL,
    digest bytea NOT NULL,
    push bytea NOT NULL,
    received_ms bigint NOT NULL,
    PRIMARY KEY (station, incarnation, first, digest)
);

CREATE TABLE reconciliation (
    station bytea NOT NULL,
    day integer NOT NULL,
    made_ms bigint NOT NULL,
    ours bytea NOT NULL,
    theirs bytea NOT NULL,
    same smallint NOT NULL,
    PRIMARY KEY (station, day)
);

-- Reference tables: small, the same on every node.

CREATE TABLE station (
    station bytea PRIMARY KEY,
    name text NOT NULL,
    gate text NOT NULL,
    branch text NOT NULL, -- district/town/village/grid
    seal_key bytea NOT NULL,
    enrolled_ms bigint NOT NULL,
    revoked_ms bigint,
    credential bytea NOT NULL
);
CREATE TABLE station_key (
    station bytea NOT NULL REFERENCES station (station),
    public_key bytea NOT NULL,
    added_ms bigint NOT NULL,
    PRIMARY KEY (station, public_key)
);
CREATE TABLE enrol_code (
    hash bytea PRIMARY KEY,
    name text NOT NULL,
    gate text NOT NULL,
    branch text NOT NULL,
    expires_ms bigint NOT NULL,
    used_ms bigint,
    used_by bytea
);
CREATE TABLE channel (
    channel text PRIMARY KEY,
    newest bigint NOT NULL -- the row is locked while versions are given: their order is that of the commits
);
CREATE TABLE item (
    channel text NOT NULL,
    list text NOT NULL,
    key text NOT NULL,
    version bigint NOT NULL,
    body bytea, -- NULL: gone
    scope text NOT NULL, -- the branch that it is for, with all below it; empty: for all
    moved smallint NOT NULL, -- was another branch's once: there it is gone
    PRIMARY KEY (channel, list, key)
);
CREATE INDEX item_of_scope ON item (channel, scope, version);
CREATE INDEX item_moved ON item (channel, version) WHERE moved = 1;
CREATE TABLE meta (
    name text PRIMARY KEY,
    value bytea NOT NULL
);
INSERT INTO channel (channel, newest) VALUES ('quick', 0), ('people', 0);
