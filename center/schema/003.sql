-- What gates tell besides entries, and what comes of it. The same words as in 001.sql.

-- Every report as it came, newest version of each; also of kinds that are not understood yet.
CREATE TABLE report (
    station bytea NOT NULL,
    id bytea NOT NULL,
    kind text NOT NULL,
    version bigint NOT NULL,
    at_ms bigint NOT NULL, -- by the station's clock
    received_ms bigint NOT NULL,
    typed smallint NOT NULL, -- 0: not understood; tried again by a newer program
    body bytea NOT NULL, -- sealed
    PRIMARY KEY (station, id)
);
CREATE INDEX report_not_understood ON report (kind) WHERE typed = 0;

-- A call for help, a question, a request. Of no gate: station is sixteen zero bytes.
CREATE TABLE case_file (
    station bytea NOT NULL,
    id bytea NOT NULL,
    branch text NOT NULL, -- of the gate when it was reported
    gate text NOT NULL,
    kind text NOT NULL, -- whistle, question, request, hotline …
    what text NOT NULL, -- fever, quarrel, fainted, device, other …
    state text NOT NULL, -- new, answered, going, arrived, closed
    at_ms bigint NOT NULL, -- by the station's clock
    received_ms bigint NOT NULL,
    changed_ms bigint NOT NULL, -- by anybody
    answered_ms bigint, -- when somebody here did something first
    arrived_ms bigint,
    closed_ms bigint,
    owner text NOT NULL,
    going text NOT NULL, -- who is on the way
    person_id text, -- whom it is about
    picture smallint NOT NULL, -- 1: the report has one
    words bytea NOT NULL, -- sealed: `reports.CaseReport` without the picture
    PRIMARY KEY (station, id)
);
CREATE INDEX case_that_is_open ON case_file (branch, received_ms) WHERE closed_ms IS NULL;
CREATE INDEX case_by_id ON case_file (id);
CREATE INDEX case_by_time ON case_file (received_ms);

-- What was said in a case, by the gate or here.
CREATE TABLE case_line (
    station bytea NOT NULL,
    case_id bytea NOT NULL,
    id bytea NOT NULL,
    at_ms bigint NOT NULL, -- by the clock of whoever said it
    received_ms bigint NOT NULL,
    from_gate smallint NOT NULL,
    shown smallint NOT NULL, -- 0: for those at the center only
    body bytea NOT NULL, -- sealed: `reports.CaseLine`
    PRIMARY KEY (station, case_id, id)
);

-- Typed rows of reports; names and texts lie in the report's body.
CREATE TABLE handover (
    station bytea NOT NULL,
    id bytea NOT NULL,
    begin_ms bigint NOT NULL,
    end_ms bigint NOT NULL,
    signed smallint NOT NULL, -- by how many of both shifts
    PRIMARY KEY (station, id)
);
CREATE TABLE duty (
    station bytea NOT NULL,
    id bytea NOT NULL,
    since_ms bigint NOT NULL,
    until_ms bigint,
    shift text NOT NULL,
    PRIMARY KEY (station, id)
);
CREATE TABLE notice_read (
    station bytea NOT NULL,
    id bytea NOT NULL,
    notice text NOT NULL,
    at_ms bigint NOT NULL,
    PRIMARY KEY (station, id)
);
CREATE INDEX notice_read_by_notice ON notice_read (notice);
CREATE TABLE task_done (
    station bytea NOT NULL,
    id bytea NOT NULL,
    task text NOT NULL,
    at_ms bigint NOT NULL,
    done smallint NOT NULL,
    PRIMARY KEY (station, id)
);
CREATE INDEX task_done_by_task ON task_done (task);
CREATE TABLE lookback (
    station bytea NOT NULL,
    id bytea NOT NULL,
    at_ms bigint NOT NULL,
    person_id text NOT NULL,
    task text NOT NULL,
    passages bigint NOT NULL,
    beside bigint NOT NULL,
    still_inside bigint NOT NULL,
    seen_ms bigint,
    PRIMARY KEY (station, id)
);
CREATE INDEX lookback_by_person ON lookback (person_id);
CREATE TABLE signup (
    station bytea NOT NULL,
    id bytea NOT NULL,
    shift text NOT NULL,
    at_ms bigint NOT NULL,
    leaves smallint NOT NULL,
    PRIMARY KEY (station, id)
);
CREATE INDEX signup_by_shift ON signup (shift);

-- Items for one station alone: `scope` is @ and its id.
ALTER TABLE item ADD COLUMN alone smallint NOT NULL DEFAULT 0;
CREATE INDEX item_alone ON item (channel, version) WHERE alone = 1;
