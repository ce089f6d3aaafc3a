"""What retention erases of each table, and when a row is old enough. Only SQL texts; nothing is run here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from station.journal.spans import since


class Kind(StrEnum):
    """What is erased, as people call it."""

    ENTRIES = "entries"  # the sealed part beside an entry: which code was shown
    MOVEMENTS = "movements"  # who went which way
    WHEREABOUTS = "whereabouts"  # where somebody was seen last
    VISITS = "visits"  # visitors, and who was announced
    ERRANDS = "errands"
    DUTY = "duty"  # who was on duty or put themselves down, hand-over sheets
    REPORTS = "reports"  # what the center was told besides entries: cases, tasks done, sheets
    SAID = "said"  # who told a fact, and why
    TASKS = "tasks"  # look-backs, and who waited to be measured again
    PROPOSALS = "proposals"  # that were confirmed or rejected
    FORMER = "former"  # what a change of the roster replaced
    CODES = "codes"  # both keys of a code that nobody here owns
    NOTES = "notes"  # reasons typed for the audit, and with changes of the roster
    PASSES = "passes"  # that were over: whose they were, and where they live


@dataclass(frozen=True, slots=True)
class Sweep:
    """One table, gone through in the order of `key`. `due` is a condition on a row of it, at `at` (ms)."""

    kind: Kind
    table: str
    key: str
    due: str
    at: str = "NULL"
    change: str = ""  # instead of deleting
    text: bool = False  # the key is one
    blob: bool = False  # the key is one of 16 bytes
    bare: bool = False  # begins where something is left
    counted: str = ""  # instead of `due`, by a reader: an older file has tables for what lies beside entries

    @property
    def least(self) -> object:
        return b"" if self.blob else "" if self.text else -1

    @property
    def most(self) -> object:
        """Greater than every key."""
        if self.blob:
            return b"\xff" * 17
        return "\U0010ffff" if self.text else 2**63 - 1

    @property
    def window(self) -> str:
        """Where the next rows end: `rows` + 1 after `after`."""
        return (
            f"SELECT {self.key} FROM {self.table} WHERE {self.key} > :after ORDER BY {self.key}"
            " LIMIT 1 OFFSET :rows"
        )

    @property
    def act(self) -> str:
        what = f"UPDATE {self.table} SET {self.change}" if self.change else f"DELETE FROM {self.table}"
        return f"{what} WHERE {self.key} > :after AND {self.key} <= :upto AND {self.due}"

    @property
    def count(self) -> str:
        """By quarters of an hour since 1970."""
        due = self.counted or self.due
        return f"SELECT {self.at} / 900000, count(*) FROM {self.table} WHERE {due} GROUP BY 1"


# Of an entry: the center has it and has archived it, under whichever number it was offered; or there is none.
SENT = """(:alone
  OR entry.number <= coalesce(json_extract(:bounds, '$."' || entry.incarnation || '"'), 0)
  OR EXISTS (SELECT 1 FROM resealed WHERE resealed.position = entry.position AND resealed.number <=
             coalesce(json_extract(:bounds, '$."' || resealed.incarnation || '"'), 0)))"""

# An entry is old enough: by its date, or, where that was in the future when the center confirmed our clock
# (retention.Ahead), since then.
OVER = "(entry.at_ms < :before OR entry.position <= :entries_ahead AND entry.at_ms > :ahead_ms)"
# What lies in the row of an entry; `:bare`: the position up to which nothing lies beside any.
_ENTRY_GOES = "entry.position > :bare AND {there} AND " + f"{OVER} AND {SENT}"
HAS = "EXISTS (SELECT 1 FROM {0} WHERE {0}.position = entry.position)"
# A movement of this subject that is to be kept.
_MOVES = (
    """EXISTS (SELECT 1 FROM movement JOIN entry USING (position)
    WHERE movement.subject = {subject} AND NOT ("""
    + f"{OVER} AND {SENT}))"
)

_NEWEST_FACT = """NOT EXISTS (SELECT 1 FROM fact AS newer
    WHERE newer.about = fact.about AND newer.subject = fact.subject AND newer.kind = fact.kind
      AND (newer.as_of_ms, newer.position) > (fact.as_of_ms, fact.position))"""
# Somebody must go on answering for an isolation or a block that is in force.
_IN_FORCE = f"""(kind IN ('isolation', 'block') AND value <> 'none'
    AND (until_ms IS NULL OR until_ms >= :before) AND {_NEWEST_FACT})"""

_OLD_BATCH = "(SELECT id FROM batch WHERE undone_by NOT NULL OR at_ms < :before)"

SWEEPS = (
    Sweep(
        Kind.ENTRIES,
        "entry",
        "position",
        _ENTRY_GOES.format(there="entry.part_sealed NOT NULL"),
        "at_ms",
        change="part_salt = NULL, part_sealed = NULL",
        bare=True,
        counted=_ENTRY_GOES.format(there=HAS.format("personal")),
    ),
    Sweep(
        Kind.MOVEMENTS,
        "entry",
        "position",
        _ENTRY_GOES.format(there="entry.mover NOT NULL"),
        "at_ms",
        change="""mover = NULL, mover_household = NULL, mover_passed = NULL, mover_normal_c = NULL,
            mover_seal = NULL""",
        bare=True,
        counted=_ENTRY_GOES.format(there=HAS.format("movement")),
    ),
    Sweep(
        Kind.WHEREABOUTS,
        "whereabouts",
        "subject",
        f"(at_ms < :before OR at_ms > :ahead_ms) AND NOT {_MOVES.format(subject='whereabouts.subject')}",
        "at_ms",
        text=True,
    ),
    Sweep(
        Kind.VISITS,
        "visit",
        "position",
        f"""(at_ms < :before OR position <= :visits_ahead AND at_ms > :ahead_ms)
            AND NOT {_MOVES.format(subject="visit.id")}""",
        "at_ms",
    ),
    Sweep(Kind.VISITS, "announced_visit", "id", "ends_ms < :before", "ends_ms", text=True),
    Sweep(
        Kind.ERRANDS,
        "errand",
        "position",
        "coalesce(closed_at_ms, at_ms) < :before",
        "coalesce(closed_at_ms, at_ms)",
    ),
    Sweep(Kind.DUTY, "signup", "position", "at_ms < :before", "at_ms"),
    Sweep(Kind.DUTY, "duty", "position", "ended_ms < :before", "ended_ms"),
    Sweep(Kind.DUTY, "handover_sign", "handover", "at_ms < :before", "at_ms", text=True),
    Sweep(Kind.DUTY, "handover", "position", "at_ms < :before", "at_ms"),
    Sweep(  # without a center nobody will ever take them; what is open so long is not followed any more
        Kind.REPORTS,
        "report",
        "id",
        "changed_ms < :before AND (:alone OR sent = version)",
        "changed_ms",
        blob=True,
    ),
    Sweep(
        Kind.SAID,
        "fact",
        "position",
        f"said <> x'' AND told_at_ms < :before AND NOT {_IN_FORCE}",
        "told_at_ms",
        change="said = x''",
    ),
    Sweep(
        Kind.TASKS,
        "lane_memory",
        "name",
        """(name GLOB 'lookback/*' AND CAST(substr(name, 10, 15) AS INTEGER) < :before
            OR name IN ('rechecks', 'recheck-claims')
               AND NOT EXISTS (SELECT 1 FROM """
        + since(":before")
        + "))",
        "CASE WHEN name GLOB 'lookback/*' THEN CAST(substr(name, 10, 15) AS INTEGER) END",
        text=True,
    ),
    Sweep(
        Kind.PROPOSALS,
        "proposal",
        "id",
        "outcome NOT NULL AND settled_at_ms < :before",
        "settled_at_ms",
    ),
    Sweep(
        Kind.FORMER,
        "batch_change",
        "person_id",
        f"name NOT NULL AND batch IN {_OLD_BATCH}",
        "(SELECT at_ms FROM batch WHERE id = batch)",
        # Its source stays: of whom a change brought in there never was one, and only that can be taken back.
        change="""category = NULL, name = NULL, dwelling = NULL, house = NULL, detail = NULL,
            as_of_ms = NULL, links = NULL""",
        text=True,
    ),
    Sweep(  # of a change of the roster; that there was one stays
        Kind.NOTES,
        "batch",
        "id",
        "detail <> x'' AND at_ms < :before",
        "at_ms",
        change="detail = x''",
    ),
    Sweep(
        Kind.CODES,
        "code_pair",
        "local",
        f"""NOT EXISTS (SELECT 1 FROM code WHERE key = local)
            AND NOT EXISTS (SELECT 1 FROM fact WHERE about = 'code' AND subject = local)
            AND NOT {_MOVES.format(subject="code_pair.local")}""",
        text=True,
    ),
    Sweep(
        Kind.NOTES,
        "audit_note",
        "number",
        "EXISTS (SELECT 1 FROM audit WHERE audit.number = audit_note.number AND at_ms < :before)",
        "(SELECT at_ms FROM audit WHERE audit.number = audit_note.number)",
    ),
    Sweep(  # a revocation stays: it has an id and nobody's name
        Kind.PASSES,
        "gate_pass",
        "position",
        "valid_until_ms < :before",
        "valid_until_ms",
    ),
)
