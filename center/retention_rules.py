"""What is erased at the center once it is over, table by table, and what waits all the same. Only SQL texts.

A row goes when it is `past` and nothing says `keep`. Every `?` of these is the same moment: what was over
before it goes (UTC ms). The order of the rules counts: what lies in a case goes while the case still says
that it is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

USUAL_DAYS, LEAST_DAYS, MOST_DAYS = 30, 7, 365
USUAL_AUDIT_DAYS, MOST_AUDIT_DAYS = 365, 3650
HELD_DAYS = 180  # personal parts of records that are in doubt wait no longer than that beyond the rest
_HELD_MS = HELD_DAYS * 86_400_000


class Kind(StrEnum):
    """What is erased, as people call it (console.retention_words)."""

    PARTS = "parts"  # the sealed part beside an entry: which code was shown
    HEALTH = "health"  # lines of health cards
    ISOLATIONS = "isolations"  # who was isolated, and who proposed and verified it
    COLOURS = "colours"  # who turned which colour
    FACTS = "facts"  # test results and what else is told of people, once it says nothing any more
    ALARMS = "alarms"  # isolated people at gates
    DOORS = "doors"  # sensors that were taken away
    CASES = "cases"  # what was written and said in closed cases; kind, times and gate stay
    REPORTS = "reports"  # hand-over sheets, who was on duty, tasks done, look-backs
    LINKS = "links"  # personal links that are over
    PASSES = "passes"  # gate passes that are over
    DELIVERIES = "deliveries"  # what webhooks were told
    EXPORTS = "exports"  # who had which file made; the file itself goes after a day
    REQUESTS = "requests"  # requests to be erased that were refused
    AUDIT = "audit"  # what people did in the console; by its own number of days
    # what nobody has put right yet never goes by itself:
    ROWS = "rows"  # of uploads, that could not be taken
    UNREAD = "unread"  # reports of a newer gate
    STICKS = "sticks"  # of sticks, that begin after a gap


@dataclass(frozen=True, slots=True)
class Rule:
    """One table. `change`: what is written instead of deleting (each `?` an empty body)."""

    kind: Kind
    table: str
    key: str
    past: str
    keep: str = ""
    change: str = ""
    counts: bool = True  # no: goes with rows of another table that are counted

    @property
    def due(self) -> str:
        return f"({self.past}) AND NOT ({self.keep})" if self.keep else f"({self.past})"

    @property
    def act(self) -> str:
        """Some of them; the last `?` is how many."""
        what = f"UPDATE {self.table} SET {self.change}" if self.change else f"DELETE FROM {self.table}"
        return f"{what} WHERE ({self.key}) IN (SELECT {self.key} FROM {self.table} WHERE {self.due} LIMIT ?)"


# Whose isolation, or case, is not over, or was not yet at that moment.
OPEN = """(SELECT person FROM isolation
  WHERE (lifted_ms IS NULL OR lifted_ms >= ?) AND (until_ms IS NULL OR until_ms >= ?)
  UNION SELECT person_id FROM case_file WHERE closed_ms IS NULL AND person_id IS NOT NULL)"""

_SEGMENT = """(SELECT max(first) FROM segment WHERE segment.station = {0}.station
  AND segment.incarnation = {0}.incarnation AND segment.first <= {0}.{1})"""
# One look into the index and not two: a district asks this of each of its batches.
_ARRIVED = """(SELECT received_ms FROM segment WHERE segment.station = parts.station
  AND segment.incarnation = parts.incarnation AND segment.first <= parts.first
  ORDER BY segment.first DESC LIMIT 1)"""
# Segments with a record that is not understood, or that a comparison disputes. It compares a gate's own days;
# a row has its day in UTC: the same, the one before (east of Greenwich) or after.
DISPUTED = f"""(SELECT one.station, one.incarnation, {_SEGMENT.format("one", "number")} FROM (
    SELECT station, incarnation, number FROM quarantine
    UNION SELECT entry.station, entry.incarnation, entry.number FROM reconciliation JOIN entry
      ON entry.station = reconciliation.station
      AND entry.day BETWEEN reconciliation.day - 1 AND reconciliation.day + 1
      WHERE reconciliation.same = 0) AS one)"""
# Records of whom `OPEN` names, with their segments: the parts of the others there go (store.thinning).
OF_OPEN = f"""SELECT one.station, one.incarnation, {_SEGMENT.format("one", "number")}, one.number
    FROM entry AS one WHERE one.person_id IN {OPEN} AND one.received_ms < ?"""
_THEIR_SEGMENTS = f"""(SELECT one.station, one.incarnation, {_SEGMENT.format("one", "number")}
    FROM entry AS one WHERE one.person_id IN {OPEN})"""
_PLACE = f"(station, incarnation, {_SEGMENT.format('parts', 'first')})"
_NOT_TYPED = """EXISTS (SELECT 1 FROM chain WHERE chain.station = parts.station
  AND chain.incarnation = parts.incarnation AND chain.projected < parts.first)"""

CLEARED_CASE = "words = ?, owner = '', going = '', person_id = NULL, picture = 0"
# Gates close cases, too, by clocks that may stand in 1970: what changed is by ours.
_CASE_OVER = f"closed_ms < ? AND changed_ms < ? AND (person_id IS NULL OR person_id NOT IN {OPEN})"
_CASE = "(SELECT 1 FROM case_file WHERE case_file.station = {0}.station AND case_file.id = {0}.{1}{2})"
_OF_OVER = f"EXISTS {_CASE.format('{0}', '{1}', f' AND {_CASE_OVER}')}"
_LINE = (
    "SELECT 1 FROM case_line WHERE case_line.station = report.station AND case_line.id = report.id"
    f" AND {_OF_OVER.format('case_line', 'case_id')}"
)
_TYPED = "SELECT 1 FROM {0} WHERE {0}.station = report.station AND {0}.id = report.id"
_ON_LIST = (
    "SELECT 1 FROM item WHERE item.channel = '{0}' AND item.list = '{1}' AND item.key = {2}"
    " AND item.body IS NOT NULL"
)
_TOLD_STILL = f"EXISTS ({_ON_LIST.format('quick', '{0}', '{1}.{0}')})"
_COLOUR = "about || ':' || subject || ':colour'"
# Somebody must go on answering for a block that is in force of somebody whom the gates know.
_IN_FORCE = f"""(state = 'verified' AND value <> 'none' AND (until_ms IS NULL OR until_ms >= ?)
  AND EXISTS ({_ON_LIST.format("people", "person", "watch.person")})
  AND NOT EXISTS (SELECT 1 FROM watch AS newer WHERE newer.person = watch.person AND newer.kind = watch.kind
                  AND newer.state = 'verified' AND newer.second_ms > watch.second_ms))"""


def _reports(kind: str, keep: str = "") -> tuple[Rule, Rule]:
    """The report itself, and its typed row after it."""
    keep = f"EXISTS ({_TYPED.format(kind)} AND {keep})" if keep else ""
    orphan = (
        f"NOT EXISTS (SELECT 1 FROM report WHERE report.station = {kind}.station AND report.id = {kind}.id)"
    )
    return (
        Rule(Kind.REPORTS, "report", "station, id", f"kind = '{kind}' AND received_ms < ?", keep),
        Rule(Kind.REPORTS, kind, "station, id", orphan, counts=False),
    )


RULES = (
    Rule(
        Kind.PARTS,
        "parts",
        "station, incarnation, first",
        f"{_ARRIVED} < ?",
        # What few have goes first: then the rest need not be asked when it came once more.
        f"({_NOT_TYPED} OR {_PLACE} IN ({DISPUTED[1:-1]} UNION ALL {_THEIR_SEGMENTS[1:-1]}))"
        f" AND {_ARRIVED} >= ? - {_HELD_MS}",
    ),
    Rule(Kind.HEALTH, "health_event", "id", "at_ms < ?", f"person IN {OPEN}"),
    Rule(
        Kind.ISOLATIONS,
        "watch",
        "id",
        "state <> 'waiting' AND second_ms < ?",
        f"person IN {OPEN} OR {_IN_FORCE}",
    ),
    Rule(Kind.COLOURS, "colour_change", "id", "noticed_ms < ?", f"coalesce(person, '') IN {OPEN}"),
    Rule(
        Kind.COLOURS,
        "colour_now",
        "about, subject",
        "as_of_ms < ?",
        f"EXISTS ({_ON_LIST.format('quick', 'fact', _COLOUR)})",
        counts=False,
    ),
    Rule(Kind.ALARMS, "gate_alarm", "station, id", "received_ms < ?", f"seen_ms IS NULL OR person IN {OPEN}"),
    Rule(Kind.DOORS, "door_sensor", "id", "revoked_ms < ?"),
    Rule(
        Kind.CASES,
        "report",
        "station, id",
        f"(kind = 'case' AND {_OF_OVER.format('report', 'id')}) OR (kind = 'case_line' AND EXISTS ({_LINE}))",
        counts=False,
    ),
    Rule(Kind.CASES, "case_line", "station, case_id, id", _OF_OVER.format("case_line", "case_id")),
    Rule(
        Kind.CASES,
        "case_file",
        "station, id",
        f"length(words) > 0 AND {_CASE_OVER}",
        change=CLEARED_CASE,
    ),
    # After the cases of somebody: what makes them somebody's goes last.
    Rule(
        Kind.ISOLATIONS, "isolation", "person, subject", "lifted_ms < ? OR until_ms < ?", f"person IN {OPEN}"
    ),
    *_reports("handover"),
    *_reports("duty"),
    *_reports("signup"),
    *_reports("notice_read", _TOLD_STILL.format("notice", "notice_read")),
    *_reports("task_done", _TOLD_STILL.format("task", "task_done")),
    *_reports("lookback", f"lookback.person_id IN {OPEN}"),
    Rule(Kind.LINKS, "link", "id", "expires_ms < ? OR revoked_ms < ?"),
    Rule(Kind.PASSES, "center_pass", "id", "coalesce(revoked_ms, until_ms) < ?"),
    Rule(Kind.DELIVERIES, "delivery", "webhook, id", "due_ms IS NULL AND at_ms < ?"),
    Rule(Kind.EXPORTS, "export_job", "id", "state IN ('deleted', 'failed', 'cancelled') AND made_ms < ?"),
    Rule(Kind.REQUESTS, "erasure", "id", "state = 'refused' AND second_ms < ?"),
    Rule(Kind.ROWS, "held_row", "id", "at_ms < ?", "1 = 1"),
    Rule(Kind.UNREAD, "report", "station, id", "typed = 0 AND received_ms < ?", "1 = 1"),
    Rule(Kind.STICKS, "waiting", "station, incarnation, first, digest", "received_ms < ?", "1 = 1"),
)
AUDIT = Rule(Kind.AUDIT, "console_audit", "id", "at_ms < ?")
