"""Facts about people, dwellings and codes: everything that was ever told, and which of it counts now.

Rows are only added. Of one kind about one subject the newest counts. Who may pass is not decided here, and
some kinds need a second person: see proposals.py.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Literal

import msgspec

from station.core.entry import from_ms, to_ms
from station.core.facts import is_bad, weight
from station.core.model import Fact, FactKind
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.list_check import Intact
from station.journal.outdone import CENTER, NEED_TWO, Row, outdone, settles
from station.journal.vault import Vault

About = Literal["code", "person", "dwelling"]

_LIFTED = "none"


@dataclass(frozen=True, slots=True)
class News:
    """A fact as somebody tells it. `kind` and `value` are the words of `core.facts`; others may come."""

    about: About
    subject: str  # the code's key, the person's id, the dwelling's key
    kind: str
    value: str
    as_of: datetime  # UTC
    source: str  # roster, center, operator …
    valid_until: datetime | None = None  # UTC


@dataclass(frozen=True, slots=True)
class Said:
    """Who said something, and why; personal."""

    by: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    second: str = field(default="", repr=False)  # who confirmed it


@dataclass(frozen=True, slots=True)
class Told:
    """A fact of the history."""

    news: News
    told_at: datetime
    said: Said
    counts: bool  # the newest of its kind about its subject, and not undone; of tests see `settles`


class NeedsSecondPersonError(Exception):
    """This kind of fact is proposed by one person and confirmed by another."""


class Facts:
    """All facts of a journal's folder. Methods raise JournalError; `history` also VaultError."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._connection = journal, journal.connection
        self._vault = journal.vault

    def record(self, news: News, *, now: datetime, said: Said | None = None) -> None:
        """Add a fact. Raises NeedsSecondPersonError."""
        if news.kind in NEED_TWO:
            raise NeedsSecondPersonError(news.kind)
        self.receive([news], now=now, said=said)

    def receive(self, told: Iterable[News], *, now: datetime, said: Said | None = None) -> None:
        """Add facts that were verified elsewhere, as the center's lists are; what is known is left out."""
        with storage_errors(), transaction(self._connection):
            clock_ms = self._journal.clock_off()
            for news in told:
                add_fact(self._connection, self._vault, news, now, said=said, clock_ms=clock_ms)

    def history(self, about: About, subject: str) -> list[Told]:
        """Every fact about a subject, newest first, appointments apart; to explain a decision later."""
        with storage_errors():
            rows = self._connection.execute(_HISTORY, (about, subject)).fetchall()
        gone = outdone(_row(about, row) for row in rows if not row[7])
        seen: set[tuple[str, bool]] = set()
        found = []
        for row in rows:
            news, undone = _news(about, subject, row), row[7] or row[8] in gone
            settled = settles(news.kind, news.value)
            counts = not undone and not {(news.kind, settled), (news.kind, True)} & seen
            if counts:
                seen.add((news.kind, settled))
            found.append(Told(news, from_ms(row[5]), open_said(self._vault, row[6], news), counts))
        return found


def add_fact(
    connection: sqlite3.Connection,
    vault: Vault,
    news: News,
    now: datetime,
    *,
    said: Said | None = None,
    batch: int | None = None,
    clock_ms: int | None = None,
) -> None:
    """Add one fact inside a transaction, unless the very same is there and counts: nothing else
    was said in its place since. `clock_ms`: of `Journal.clock_off` at this moment."""
    until_ms = to_ms(news.valid_until) if news.valid_until else None
    row = (news.about, news.subject, news.kind, news.value, to_ms(news.as_of), until_ms, news.source)
    if not connection.execute(_SAME, row).fetchone():
        connection.execute(
            "INSERT INTO fact"
            " (about, subject, kind, value, as_of_ms, until_ms, source, told_at_ms, batch, said, clock_ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, to_ms(now), batch, seal_said(vault, said, news), clock_ms),
        )


def current_facts(
    connection: sqlite3.Connection,
    key: str | None,
    person_id: str | None,
    house: str | None,
    intact: Intact | None = None,
) -> list[Fact]:
    """What counts now about a code, its holder and their dwelling, newest first, of the kinds we know.

    What was lifted of the person does not lift what is said of the dwelling, nor the other way round.
    """
    subjects: list[tuple[About, str | None]] = [("code", key), ("person", person_id), ("dwelling", house)]
    return facts_about(connection, [(about, subject) for about, subject in subjects if subject], intact)


def facts_about(
    connection: sqlite3.Connection,
    subjects: Iterable[tuple[About, str]],
    intact: Intact | None = None,
    former: Collection[str] = (),
) -> list[Fact]:
    """The same of everything under which somebody is known, here and at the center; `former`: which of these
    are ids that the center tells nothing new of.

    With `intact`, raises RowChangedError rather than to go by what another program wrote.
    """
    known_as = list(subjects)
    for each in known_as if intact else ():
        assert intact is not None
        intact.require("fact", "about = ? AND subject = ?", *each)
    rows = _without_former(
        connection.execute(_CURRENT, (msgspec.json.encode(known_as).decode(),)).fetchall(), former
    )
    gone = outdone(Row(*row[:8]) for row in rows)
    newest: dict[tuple[str, str, bool], Fact] = {}
    for position, about, kind, value, as_of_ms, source, _, _, until_ms, _ in _worse_first(rows):
        settled = settles(kind, value)
        if (
            position not in gone
            and kind in _KINDS
            and not {(about, kind, settled), (about, kind, True)} & newest.keys()
        ):
            until = None if until_ms is None else from_ms(until_ms)
            newest[about, kind, settled] = Fact(FactKind(kind), value, from_ms(as_of_ms), source, until)
    in_force = {fact.kind for fact in newest.values() if fact.kind in NEED_TWO and fact.value != _LIFTED}
    return [fact for fact in newest.values() if fact.value != _LIFTED or fact.kind not in in_force]


def _without_former(rows: list[_Current], former: Collection[str]) -> list[_Current]:
    """What the center said under a former id lies here for ever. Once it told of who stays since, whatever
    date that has, only what is bad still counts."""
    since: dict[str, int] = {}
    for position, about, kind, *_, source, _, _, _, subject in rows if former else ():
        if about == "person" and source == CENTER and subject not in former:
            since[kind] = max(position, since.get(kind, 0))
    return [
        row
        for row in rows
        if row[9] not in former or row[5] != CENTER or is_bad(*row[2:4]) or row[0] > since.get(row[2], 0)
    ]


def _worse_first(rows: Iterable[_Current]) -> Iterator[_Current]:
    """Of two ids of one person that say otherwise of one moment the worse counts, as at the center. Under one
    of them what was told last stays before what it put right."""
    for _, same in groupby(rows, itemgetter(4)):
        together = list(same)
        said: dict[tuple[str, str], int] = {}
        for _, _, kind, value, *_, subject in together:
            said.setdefault((subject, kind), weight(kind, value))
        yield from sorted(together, key=lambda row: -said[row[-1], row[2]])


def counting(connection: sqlite3.Connection, about: str, subject: str, kind: str) -> set[int]:
    """The positions of what counts now of a kind about a subject; only of tests more than one."""
    rows = [Row(*row) for row in connection.execute(_OF_ONE_KIND, (about, subject, kind))]
    gone = outdone(rows)
    found: dict[bool, int] = {}
    for row in rows:
        settled = settles(row.kind, row.value)
        if row.position not in gone and not {settled, True} & found.keys():
            found[settled] = row.position
    return set(found.values())


def seal_said(vault: Vault, said: Said | None, news: News) -> bytes:
    """Bound to the subject; empty if nobody said it in person."""
    if said is None:
        return b""
    return vault.seal(msgspec.msgpack.encode((said.by, said.note, said.second)), _context(news))


def open_said(vault: Vault, sealed: bytes, news: News) -> Said:
    """Raises VaultError."""
    if not sealed:
        return Said()
    return Said(*msgspec.msgpack.decode(vault.open(sealed, _context(news)), type=tuple[str, str, str]))


_KINDS = frozenset(kind.value for kind in FactKind)

_NOT_UNDONE = (
    "(batch IS NULL OR NOT EXISTS (SELECT 1 FROM batch AS b WHERE b.id = batch AND undone_by NOTNULL))"
)
_NOT_UNDONE_SINCE = (
    "(since.batch IS NULL OR NOT EXISTS"
    " (SELECT 1 FROM batch AS b WHERE b.id = since.batch AND b.undone_by NOTNULL))"
)

_SAME = f"""
SELECT 1 FROM fact
WHERE about = ? AND subject = ? AND kind = ? AND value = ? AND as_of_ms = ? AND until_ms IS ? AND source = ?
  AND {_NOT_UNDONE} AND NOT EXISTS (
    SELECT 1 FROM fact AS since WHERE since.about = fact.about AND since.subject = fact.subject
    AND since.kind = fact.kind AND since.source = fact.source AND since.position > fact.position
    AND (since.as_of_ms = fact.as_of_ms OR since.kind = 'expected') AND {_NOT_UNDONE_SINCE})
"""

# An appointment lies ahead: what was said of it last counts, or no word of now could cancel it.
_CURRENT = f"""
SELECT position, about, kind, fact.value, as_of_ms, source, told_at_ms, clock_ms, until_ms,
  subject
FROM json_each(?) AS wanted
CROSS JOIN fact ON about = json_extract(wanted.value, '$[0]') AND subject = json_extract(wanted.value, '$[1]')
WHERE {_NOT_UNDONE}
ORDER BY CASE kind WHEN 'expected' THEN position ELSE as_of_ms END DESC, position DESC
"""

_OF_ONE_KIND = f"""
SELECT position, about, kind, value, as_of_ms, source, told_at_ms, clock_ms FROM fact
WHERE about = ? AND subject = ? AND kind = ? AND {_NOT_UNDONE} ORDER BY as_of_ms DESC, position DESC
"""

_HISTORY = f"""
SELECT kind, value, as_of_ms, until_ms, source, told_at_ms, said, NOT {_NOT_UNDONE}, position, clock_ms
FROM fact
WHERE about = ? AND subject = ?
ORDER BY kind = 'expected', CASE kind WHEN 'expected' THEN position ELSE as_of_ms END DESC, position DESC
"""


_Current = tuple[int, str, str, str, int, str, int, int | None, int | None, str]  # a row of _CURRENT
_Told = tuple[str, str, int, int | None, str, int, bytes, int, int, int | None]  # a row of _HISTORY


def _row(about: About, row: _Told) -> Row:
    kind, value, as_of_ms, _, source, told_at_ms, _, _, position, clock_ms = row
    return Row(position, about, kind, value, as_of_ms, source, told_at_ms, clock_ms)


def _news(about: About, subject: str, row: _Told) -> News:
    kind, value, as_of_ms, until_ms, source, *_ = row
    until = None if until_ms is None else from_ms(until_ms)
    return News(about, subject, kind, value, from_ms(as_of_ms), source, until)


def _context(news: News) -> bytes:
    return f"fact/{news.about}/{news.subject}/{news.kind}".encode()
