"""What is counted and erased of one person, table by table. Only SQL texts; nothing is run here.

`:person` is an id; the others are JSON lists: `:theirs` of the ids that the center has of them, `:subjects`
of all these and code keys, `:codes` of code keys, `:passes` of passes' ids in hex, `:entries` of positions.
"""

from __future__ import annotations

from enum import StrEnum


class Trace(StrEnum):
    """What there was of somebody, as a receipt names it."""

    ROSTER = "roster"  # name, dwelling, what else was entered
    CODES = "codes"
    NUMBERS = "numbers"  # by which they were found: phones, ID number
    RELATIONS = "relations"  # who speaks for whom
    FORMER = "former"  # what stood in the roster before
    FACTS = "facts"
    PROPOSALS = "proposals"
    ENTRIES = "entries"  # that lost their sealed part
    MOVEMENTS = "movements"
    VISITS = "visits"
    PASSES = "passes"
    TASKS = "tasks"  # of look-backs
    NOTES = "notes"  # reasons that were typed for the audit
    MENTIONS = "mentions"  # texts of others that named them


_SUBJECTS = "(SELECT value FROM json_each(:subjects))"
_CODES = "(SELECT value FROM json_each(:codes))"
_PASSES = "(SELECT value FROM json_each(:passes))"
_ENTRIES = "(SELECT value FROM json_each(:entries))"
_THEIRS = "(SELECT value FROM json_each(:theirs))"
_ABOUT = f"(about = 'person' AND subject = :person OR about = 'code' AND subject IN {_CODES})"
_IN_THEIRS = f"about = 'person' AND subject IN {_THEIRS}"
# What the center says of whom it knows is the center's to take back; it would come again.
_FACTS = f"({_ABOUT} OR {_IN_THEIRS} AND source <> 'center')"
_PROPOSALS = f"({_ABOUT} OR {_IN_THEIRS})"
_NOTES = f"number IN (SELECT number FROM audit WHERE subject = :person OR subject IN {_THEIRS})"

COUNTS = {
    Trace.ROSTER: "SELECT count(*) FROM person WHERE id = :person",
    Trace.CODES: "SELECT count(*) FROM code WHERE person_id = :person",
    Trace.NUMBERS: "SELECT count(*) FROM person_key WHERE person_id = :person",
    Trace.RELATIONS: "SELECT count(*) FROM relation WHERE person_id = :person OR other_id = :person",
    Trace.FORMER: "SELECT count(*) FROM batch_change WHERE person_id = :person",
    Trace.FACTS: f"SELECT count(*) FROM fact WHERE {_FACTS}",
    Trace.PROPOSALS: f"SELECT count(*) FROM proposal WHERE {_PROPOSALS}",
    Trace.ENTRIES: f"SELECT count(*) FROM personal WHERE position IN {_ENTRIES}",
    Trace.MOVEMENTS: f"SELECT count(*) FROM movement WHERE subject IN {_SUBJECTS}",
    Trace.VISITS: f"SELECT count(*) FROM visit WHERE code IN {_CODES}",
    Trace.PASSES: f"SELECT count(*) FROM gate_pass WHERE lower(hex(id)) IN {_PASSES}",
    Trace.TASKS: "SELECT 0",  # counted while they are taken out
    Trace.MENTIONS: "SELECT 0",  # not told by a person's id: see `mentions`
    Trace.NOTES: f"SELECT count(*) FROM audit_note WHERE {_NOTES}",
}

STEPS = (
    f"DELETE FROM personal WHERE position IN {_ENTRIES}",
    f"DELETE FROM movement WHERE subject IN {_SUBJECTS}",
    f"DELETE FROM whereabouts WHERE subject IN {_SUBJECTS}",
    f"DELETE FROM visit WHERE code IN {_CODES}",
    # A row that says nothing keeps the highest position of facts, by which the look-back knows what is new.
    """INSERT INTO fact (about, subject, kind, value, as_of_ms, source, told_at_ms, said)
       VALUES ('code', '', 'withdrawn', '', 0, 'erasure', 0, x'')""",
    f"DELETE FROM fact WHERE {_FACTS}",
    f"DELETE FROM proposal WHERE {_PROPOSALS}",
    # A pass without an owner must not open the gate: it is taken back.
    """INSERT INTO pass_revocation (pass_id, at_ms)
       SELECT id, :now FROM gate_pass WHERE lower(hex(id)) IN (SELECT value FROM json_each(:passes))
       ON CONFLICT DO NOTHING""",
    f"DELETE FROM gate_pass WHERE lower(hex(id)) IN {_PASSES}",
    f"DELETE FROM code_pair WHERE local IN {_CODES}",
    f"DELETE FROM audit_note WHERE {_NOTES}",
    "DELETE FROM batch_change WHERE person_id = :person",
    """UPDATE batch_change SET links = json_set(links, '$.relations', (
           SELECT json_group_array(json(value)) FROM json_each(links, '$.relations')
           WHERE instr(value, :person) = 0))
       WHERE instr(links, :person) > 0""",
    "DELETE FROM person WHERE id = :person",  # with its codes, numbers and relations
)
