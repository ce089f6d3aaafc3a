"""Retention: what is over goes, once a day and in small steps; first it is shown (`plan`), then counted.

The ledger (`segment`) and its typed rows stay as they are: chains verify and statistics add up.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from center.retention_rules import AUDIT, RULES, USUAL_AUDIT_DAYS, USUAL_DAYS, Kind, Rule
from center.store import old_facts
from center.store.console_audit import Note, write_note
from center.store.database import Connection, Database
from center.store.erasing_steps import Opener
from center.store.lists import Lists
from center.store.thinning import thin

DAY_MS = 86_400_000
SHOWN_MS = 7 * DAY_MS  # so long is shown what will go, before anything goes by itself
JUMP_MS = 10 * DAY_MS  # after so long somebody has to say that the clock is right
AT_ONCE = 1000  # rows of a transaction
_PERSONAL, _AUDIT, _SINCE = "personal", "audit", "since"
_COLUMNS = "at_ms, before_ms, audit_before_ms, who, counts"


@dataclass(frozen=True, slots=True)
class Days:
    """For how long what is over is kept. `since_ms`: when this center began to count; None: not yet."""

    personal: int = USUAL_DAYS
    audit: int = USUAL_AUDIT_DAYS
    since_ms: int | None = None

    def before(self, now_ms: int) -> tuple[int, int]:
        """What was over before these moments goes: personal data, and the audit."""
        return now_ms - self.personal * DAY_MS, now_ms - self.audit * DAY_MS


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of which kind. `soon`: within the next seven days, besides `due`. `held`: past, and kept."""

    due: Mapping[Kind, int]
    soon: Mapping[Kind, int]
    held: Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class Ran:
    """What went. `who` is empty when it went by itself."""

    at_ms: int
    before_ms: int
    audit_before_ms: int
    who: str
    counts: Mapping[str, int] = field(default_factory=dict)


class Keeping:
    """`step` once a minute or so; `now_ms` is UTC. All methods raise UnavailableError."""

    def __init__(self, database: Database, lists: Lists) -> None:
        self._database, self._lists = database, lists

    def days(self) -> Days:
        with self._database.read() as connection:
            known = dict(connection.rows("SELECT what, value FROM keeping"))
        return Days(known.get(_PERSONAL, USUAL_DAYS), known.get(_AUDIT, USUAL_AUDIT_DAYS), known.get(_SINCE))

    def set_days(self, personal: int, audit: int, note: Note) -> None:
        with self._database.write() as connection:
            _put(connection, _PERSONAL, personal)
            _put(connection, _AUDIT, audit)
            write_note(connection, note)

    def plan(self, now_ms: int) -> Plan:
        """What would go now, and soon, and what is kept longer. Changes nothing."""
        days = self.days()
        before, audit_before = days.before(now_ms)
        with self._database.read() as connection:
            told_ms = old_facts.told_ms(connection)
            goes = _due(connection, before, audit_before)
            held = _held(connection, before, goes)
            due = _by_kind(goes, sum(at_ms < before for at_ms in told_ms))
            goes = _due(connection, before + SHOWN_MS, audit_before + SHOWN_MS)
            later = _by_kind(goes, sum(at_ms < before + SHOWN_MS for at_ms in told_ms))
        soon = {kind: later[kind] - due[kind] for kind in later if later[kind] > due[kind]}
        return Plan(+due, soon, +held)

    def runs(self, most: int = 30) -> list[Ran]:
        """The newest first."""
        sql = f"SELECT {_COLUMNS} FROM erasing_run ORDER BY at_ms DESC, id LIMIT ?"
        with self._database.read() as connection:
            rows = connection.rows(sql, most)
        return [
            Ran(at_ms, before_ms, audit_before_ms, who, json.loads(counts))
            for at_ms, before_ms, audit_before_ms, who, counts in rows
        ]

    def next_ms(self, now_ms: int) -> int | None:
        """When it goes by itself; None: somebody has to press the button first, the clock has jumped."""
        since_ms = _unless_ahead(self.days().since_ms, now_ms)
        if since_ms is None:
            return now_ms + SHOWN_MS
        last_ms = next((one.at_ms for one in self.runs() if _unless_ahead(one.at_ms, now_ms)), None)
        due_ms = since_ms + SHOWN_MS if last_ms is None else last_ms + DAY_MS
        return None if now_ms - due_ms > JUMP_MS else due_ms

    def step(self, now_ms: int, opener: Opener | None = None) -> None:
        """What is due today, if it was not done yet; nothing in the first days of a center."""
        if _unless_ahead(self.days().since_ms, now_ms) is None:
            with self._database.write() as connection:
                _put(connection, _SINCE, now_ms)
            return
        next_ms = self.next_ms(now_ms)
        if next_ms is not None and next_ms <= now_ms:
            self.run(now_ms, opener=opener)

    def run(self, now_ms: int, note: Note | None = None, *, opener: Opener | None = None) -> Ran:
        """Erase what is due; `note`: of who asked for it. What has begun is on record however it ends.

        `opener` (center.erasing) takes single parts out of batches; without it, a batch with somebody who
        is still isolated stays whole.
        """
        before, audit_before = self.days().before(now_ms)
        ran = Ran(now_ms, before, audit_before, note.who if note else "")
        id, counts = secrets.token_bytes(16), Counter[str]()
        with self._database.write() as connection:
            values = (id, now_ms, before, audit_before, ran.who, "{}")
            connection.run(f"INSERT INTO erasing_run (id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", *values)
            write_note(connection, note)
        for kind, number in self._erased(before, audit_before, opener):
            counts[kind] += number
            with self._database.write() as connection:
                connection.run("UPDATE erasing_run SET counts = ? WHERE id = ?", json.dumps(counts), id)
        self._database.empty_log()
        return Ran(ran.at_ms, before, audit_before, ran.who, counts)

    def _erased(self, before: int, audit_before: int, opener: Opener | None) -> Iterator[tuple[Kind, int]]:
        """Each step as it is done."""
        if opener and (number := thin(self._database, opener, before)):
            yield Kind.PARTS, number
        if number := old_facts.erase(self._database, self._lists, before):
            yield Kind.FACTS, number
        for rule, moment in _rules(before, audit_before):
            while number := self._some(rule, moment):
                yield rule.kind, number if rule.counts else 0

    def _some(self, rule: Rule, before: int) -> int:
        empty = [b""] * rule.change.count("?")
        with self._database.write() as connection:
            return connection.run(rule.act, *empty, *[before] * rule.due.count("?"), AT_ONCE)


def _unless_ahead(moment_ms: int | None, now_ms: int) -> int | None:
    """None also when it has not come yet: the clock was ahead then, and waiting for it could take years."""
    return None if moment_ms is None or moment_ms > now_ms + DAY_MS else moment_ms


def _rules(before: int, audit_before: int) -> Iterator[tuple[Rule, int]]:
    yield from ((rule, before) for rule in RULES if rule.keep != "1 = 1")
    yield AUDIT, audit_before


def _due(connection: Connection, before: int, audit_before: int) -> dict[Rule, int]:
    """How many of each rule would go."""
    moments = {rule: audit_before if rule is AUDIT else before for rule in (*RULES, AUDIT) if rule.counts}
    return {rule: _number(connection, rule.table, rule.due, moment) for rule, moment in moments.items()}


def _held(connection: Connection, before: int, goes: Mapping[Rule, int]) -> Counter[Kind]:
    """What is past and kept all the same."""
    held = Counter[Kind]()
    for rule in goes:
        if rule.keep:
            held[rule.kind] += _number(connection, rule.table, rule.past, before) - goes[rule]
    return held


def _by_kind(goes: Mapping[Rule, int], facts: int) -> Counter[Kind]:
    found = Counter({Kind.FACTS: facts})
    for rule, number in goes.items():
        found[rule.kind] += number
    return found


def _number(connection: Connection, table: str, where: str, before: int) -> int:
    row = connection.row(f"SELECT count(*) FROM {table} WHERE {where}", *[before] * where.count("?"))
    return int(row[0]) if row else 0


def _put(connection: Connection, what: str, value: int) -> None:
    connection.run(
        "INSERT INTO keeping (what, value) VALUES (?, ?)"
        " ON CONFLICT (what) DO UPDATE SET value = excluded.value",
        what,
        value,
    )
