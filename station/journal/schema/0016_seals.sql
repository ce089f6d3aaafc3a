-- Schema 16: every row of the lists bears a seal of this station, and one sealed record says how many rows there
-- are and what they add up to. All that was there stays; the seals are made when it is opened next.
BEGIN IMMEDIATE;

-- See journal/sealing.py. It also names the newest entry and audit record, so that neither can be put back alone.
CREATE TABLE list_state (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    sealed BLOB NOT NULL
) STRICT;

ALTER TABLE batch ADD COLUMN seal BLOB;
ALTER TABLE person ADD COLUMN seal BLOB;
ALTER TABLE code ADD COLUMN seal BLOB;
ALTER TABLE person_key ADD COLUMN seal BLOB;
ALTER TABLE relation ADD COLUMN seal BLOB;
ALTER TABLE fact ADD COLUMN seal BLOB;
ALTER TABLE proposal ADD COLUMN seal BLOB;
ALTER TABLE gate_pass ADD COLUMN seal BLOB;
ALTER TABLE pass_issuer ADD COLUMN seal BLOB;
ALTER TABLE pass_revocation ADD COLUMN seal BLOB;
ALTER TABLE center_item ADD COLUMN seal BLOB;
-- Of center_chunk and center_run there is the sum alone: a seal would write each of their long rows twice.
ALTER TABLE center_cursor ADD COLUMN seal BLOB;
ALTER TABLE local_shared_key ADD COLUMN seal BLOB;
ALTER TABLE code_pair ADD COLUMN seal BLOB;
ALTER TABLE whereabouts ADD COLUMN seal BLOB;
ALTER TABLE movement ADD COLUMN seal BLOB;
ALTER TABLE visit ADD COLUMN seal BLOB;
ALTER TABLE announced_visit ADD COLUMN seal BLOB;
ALTER TABLE errand ADD COLUMN seal BLOB;
ALTER TABLE shift ADD COLUMN seal BLOB;
ALTER TABLE signup ADD COLUMN seal BLOB;
ALTER TABLE duty ADD COLUMN seal BLOB;
ALTER TABLE duty_tick ADD COLUMN seal BLOB;
ALTER TABLE incident ADD COLUMN seal BLOB;
ALTER TABLE stop_sent ADD COLUMN seal BLOB;
ALTER TABLE report ADD COLUMN seal BLOB;
ALTER TABLE calibration ADD COLUMN seal BLOB;
ALTER TABLE lane_memory ADD COLUMN seal BLOB;
ALTER TABLE enrolment ADD COLUMN seal BLOB;
ALTER TABLE upstream ADD COLUMN seal BLOB;
ALTER TABLE sync_note ADD COLUMN seal BLOB;
ALTER TABLE reconciliation ADD COLUMN seal BLOB;

-- Rows that never change get their seal after they were written: so what must not change is named.
DROP TRIGGER calibration_is_never_changed;
CREATE TRIGGER calibration_is_never_changed BEFORE UPDATE OF position, record ON calibration
BEGIN SELECT RAISE(ABORT, 'calibrations are append-only'); END;

DROP TRIGGER fact_is_never_changed;
CREATE TRIGGER fact_is_never_changed
BEFORE UPDATE OF position, about, subject, kind, value, as_of_ms, until_ms, source, told_at_ms, batch, said ON fact
WHEN NEW.said <> x''
  OR (NEW.position, NEW.about, NEW.subject, NEW.kind, NEW.value, NEW.as_of_ms, NEW.source, NEW.told_at_ms)
     IS NOT
     (OLD.position, OLD.about, OLD.subject, OLD.kind, OLD.value, OLD.as_of_ms, OLD.source, OLD.told_at_ms)
  OR NEW.until_ms IS NOT OLD.until_ms OR NEW.batch IS NOT OLD.batch
BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;

DROP TRIGGER proposal_is_settled_once;
CREATE TRIGGER proposal_is_settled_once
BEFORE UPDATE OF id, about, subject, kind, value, as_of_ms, until_ms, source, proposed_at_ms, proposed, outcome,
                 settled_at_ms, settled ON proposal
WHEN OLD.outcome IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'this proposal was settled already'); END;

DROP TRIGGER errand_is_closed_once;
CREATE TRIGGER errand_is_closed_once
BEFORE UPDATE OF position, id, kind, at_ms, sealed, closed_at_ms, closed ON errand
WHEN OLD.closed_at_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'this errand was closed already'); END;

DROP TRIGGER duty_ends_once;
CREATE TRIGGER duty_ends_once
BEFORE UPDATE OF position, began_ms, ended_ms, lane, operator, shift, sealed ON duty
WHEN OLD.ended_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'this duty ended already'); END;

PRAGMA user_version = 16;
COMMIT;
