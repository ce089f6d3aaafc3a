-- People and houses, as the console keeps them. Who somebody is, and their facts, lie in `item`: what the gates
-- are told is what the center knows. Here is what no gate needs. Bodies are sealed (center.store.private_items).

CREATE TABLE compound ( -- 小区: a branch with a name of its own
    branch text PRIMARY KEY,
    name text NOT NULL,
    address text NOT NULL,
    note text NOT NULL,
    changed_ms bigint NOT NULL
);

CREATE TABLE house ( -- 房屋
    branch text NOT NULL,
    house text NOT NULL, -- shared key of the dwelling
    held text NOT NULL, -- owner, let, empty, shared, business
    grade text NOT NULL, -- red … green, or empty
    body bytea NOT NULL, -- MessagePack: name, owner, note
    changed_ms bigint NOT NULL,
    PRIMARY KEY (branch, house)
);

-- A list that was uploaded and is looked at, until it is imported or given up.
CREATE TABLE roster_file (
    id bytea PRIMARY KEY,
    branch text NOT NULL,
    kind text NOT NULL, -- people, tests
    at_ms bigint NOT NULL,
    who text NOT NULL,
    body bytea NOT NULL -- MessagePack: name of the file, sheets
);

-- Rows that could not be taken: kept until somebody has put them right or thrown them away.
CREATE TABLE held_row (
    id bytea PRIMARY KEY,
    branch text NOT NULL,
    kind text NOT NULL,
    at_ms bigint NOT NULL,
    who text NOT NULL,
    reasons text NOT NULL, -- codes, parted by spaces
    body bytea NOT NULL -- MessagePack: file, number, titles, cells, words of the reasons
);
CREATE INDEX held_row_of_branch ON held_row (branch, at_ms);

-- Isolation, contacts and blocks: proposed by one, verified by another.
CREATE TABLE watch (
    id bytea PRIMARY KEY,
    branch text NOT NULL,
    person text NOT NULL,
    kind text NOT NULL, -- isolation, block
    value text NOT NULL, -- a word of that fact; none: to be lifted
    until_ms bigint,
    urgent smallint NOT NULL, -- acts before it is verified
    state text NOT NULL, -- waiting, verified, refused
    at_ms bigint NOT NULL,
    who text NOT NULL,
    second_ms bigint,
    second text NOT NULL,
    body bytea NOT NULL -- MessagePack: reason, the second's words
);
CREATE INDEX watch_of_branch ON watch (state, branch, at_ms);
CREATE INDEX watch_of_person ON watch (person, at_ms);

CREATE TABLE center_pass ( -- 出入证 that the center has issued
    id bytea PRIMARY KEY, -- its number
    branch text NOT NULL,
    person text NOT NULL,
    issued_ms bigint NOT NULL,
    until_ms bigint NOT NULL,
    revoked_ms bigint,
    who text NOT NULL,
    body bytea NOT NULL -- the code's text
);
CREATE INDEX center_pass_of_person ON center_pass (person, issued_ms);
CREATE INDEX center_pass_of_branch ON center_pass (branch, issued_ms);

-- 数据核对: a finding that somebody has looked at and found right as it is.
CREATE TABLE settled (
    branch text NOT NULL,
    finding text NOT NULL, -- a hash of what was found
    at_ms bigint NOT NULL,
    who text NOT NULL,
    PRIMARY KEY (branch, finding)
);
