-- Health: colours that changed, who is isolated and how they are, doors that opened, isolated people at a gate.
-- What tells more than a word lies in sealed bodies (center.store.private_items).

CREATE TABLE colour_now ( -- as it was when somebody looked last
    about text NOT NULL, -- person, code
    subject text NOT NULL,
    value text NOT NULL,
    as_of_ms bigint NOT NULL,
    PRIMARY KEY (about, subject)
);
CREATE TABLE colour_change (
    id bytea PRIMARY KEY,
    about text NOT NULL,
    subject text NOT NULL,
    person text, -- whose code it is; empty: nobody's that we know; NULL: not looked for yet
    branch text NOT NULL, -- for whom the list told it; where the person belongs counts first
    before text NOT NULL,
    after text NOT NULL,
    as_of_ms bigint NOT NULL,
    noticed_ms bigint NOT NULL, -- by the center
    source text NOT NULL,
    told_ms bigint,
    told_by text NOT NULL
);
CREATE INDEX colour_change_at ON colour_change (noticed_ms, id);
CREATE INDEX colour_change_of_nobody ON colour_change (subject) WHERE person IS NULL;

-- Who is isolated, from the facts that gates are told: of the person, their dwelling, their code.
CREATE TABLE isolation (
    person text NOT NULL,
    subject text NOT NULL, -- of the fact
    branch text NOT NULL, -- for whom the list told it
    value text NOT NULL, -- isolation, close_contact, sub_close_contact
    since_ms bigint NOT NULL,
    until_ms bigint,
    lifted_ms bigint,
    PRIMARY KEY (person, subject)
);
CREATE INDEX isolation_by_subject ON isolation (subject);

-- One health card per person (一人一健康卡): check-ins, visits, tests, temperatures, doors, notes.
CREATE TABLE health_event (
    id bytea PRIMARY KEY,
    person text NOT NULL,
    at_ms bigint NOT NULL,
    kind text NOT NULL,
    who text NOT NULL, -- a user; empty: the person, a sensor, the lists
    body bytea NOT NULL -- sealed: `center.store.health.Event`
);
CREATE INDEX health_event_of_person ON health_event (person, at_ms);
CREATE INDEX health_event_of_kind ON health_event (kind, at_ms);
CREATE TABLE checkin_hour (
    branch text PRIMARY KEY,
    minute bigint NOT NULL -- of the day, by the center's clock: until then everybody has checked in
);

CREATE TABLE door_sensor (
    id bytea PRIMARY KEY,
    branch text NOT NULL,
    person text NOT NULL,
    made_ms bigint NOT NULL,
    made_by text NOT NULL,
    heard_ms bigint,
    revoked_ms bigint,
    body bytea NOT NULL -- sealed: name and secret
);
CREATE INDEX door_sensor_of_branch ON door_sensor (branch, made_ms);
CREATE TABLE door_nonce ( -- requests that were taken, for as long as their time stamp would do
    sensor bytea NOT NULL,
    nonce text NOT NULL,
    at_ms bigint NOT NULL,
    PRIMARY KEY (sensor, nonce)
);

-- Somebody who is isolated came to a gate: written with the typed row of the entry.
CREATE TABLE gate_alarm (
    station bytea NOT NULL,
    id bytea NOT NULL, -- of the entry
    person text NOT NULL, -- empty: told by a code that nobody's name stands by
    at_ms bigint NOT NULL, -- by the center's clock
    received_ms bigint NOT NULL,
    gate text NOT NULL,
    lane text NOT NULL,
    direction text NOT NULL,
    severity smallint NOT NULL,
    reasons text NOT NULL, -- codes, parted by spaces
    seen_ms bigint,
    seen_by text NOT NULL,
    said text NOT NULL, -- what was done about it
    PRIMARY KEY (station, id)
);
CREATE INDEX gate_alarm_unseen ON gate_alarm (received_ms) WHERE seen_ms IS NULL;
CREATE INDEX gate_alarm_by_time ON gate_alarm (received_ms);
CREATE INDEX gate_alarm_of_person ON gate_alarm (person, at_ms);

CREATE INDEX item_fact ON item (version) WHERE list = 'fact';
