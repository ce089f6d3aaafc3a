"""Who passed near a person or a time, by the order of the entries and by all clocks. Reads only.

A million entries lie here: anchors are found by index, and from each of them only the pages that lie around
it are read. See `core.nearness` for what a turned clock does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import msgspec

from station.core.nearness import Near, Tick, repeated, turned, walk
from station.core.outcome import StorageProblem
from station.journal.center_subjects import all_subjects, living_in
from station.journal.errors import JournalError, storage_errors
from station.journal.migrations import version
from station.journal.spans import first_after, last_before, within
from station.journal.vault import Vault

PAGE = 256
_CENTER_SINCE = 8
_Skipped = msgspec.Raw

Told = Callable[[int, int], None]  # so many of so many anchors are done; may raise to stop


class _Clocks(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The beginning of an Entry."""

    schema: _Skipped
    id: _Skipped
    at_ms: int
    mono_ms: int
    boot: str


@dataclass(frozen=True, slots=True)
class Found:
    """A passage near another one or a time. `apart_ms` is negative before it."""

    position: int
    apart_ms: int
    sure: bool
    anchor: int | None  # the position of the nearest passage of the person; None: near a time


@dataclass(frozen=True, slots=True)
class Traced:
    """One line of the answer, before anybody's name is opened."""

    found: Found
    number: int
    at_ms: int
    lane: str
    direction: str
    stands: int  # Severity, after corrections
    subject: str | None = field(repr=False)  # None: nobody said who they are
    household: str | None = field(repr=False)


class Tracing:
    """The entries of one journal by nearness. Methods raise JournalError, VaultError."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault) -> None:
        self._connection, self._vault = connection, vault
        self._pages: dict[int, list[Tick]] = {}

    @property
    def _knows_center(self) -> bool:
        return version(self._connection) >= _CENTER_SINCE

    # --- what is asked about --------------------------------------------------------------------

    def subjects(self, subject: str) -> list[str]:
        """The same person under every id and code that is known here."""
        with storage_errors():
            asked = [subject]
            if self._knows_center:
                asked = all_subjects(self._connection, self._vault, subject)
            rows = self._connection.execute(_SAME, (msgspec.json.encode(asked).decode(),))
            return sorted({one for (one,) in rows})

    def passages_of(self, subjects: Sequence[str], since_ms: int, until_ms: int) -> list[Tick]:
        """When these people passed, whatever was decided, in order."""
        asked = msgspec.json.encode(list(subjects)).decode()
        with storage_errors():
            rows = self._connection.execute(_OWN, {"asked": asked, "since": since_ms, "until": until_ms})
            return [_tick(*row) for row in rows.fetchall()]

    def numbered(self, number: int) -> tuple[Tick, str | None] | None:
        """The passage with this number, of the newest incarnation that has it, and whose it is.

        Of a correction, the passage that it corrects.
        """
        with storage_errors():
            row = self._connection.execute(_NUMBERED, (number,)).fetchone()
        return (_tick(*row[:2]), row[2]) if row else None

    def households(self, subjects: Sequence[str]) -> set[str]:
        """Where these people live: keyed hashes."""
        asked = msgspec.json.encode(list(subjects)).decode()
        with storage_errors():
            return {house for (house,) in self._connection.execute(_HOUSES, (asked,))}

    def members(self, households: Sequence[str]) -> list[str]:
        """Everybody of these households, by id."""
        with storage_errors():
            if self._knows_center:
                found = [living_in(self._connection, self._vault, house) for house in households]
                return sorted({person_id for people in found for person_id in people})
            rows = self._connection.execute(_MEMBERS, (msgspec.json.encode(list(households)).decode(),))
            return [person_id for (person_id,) in rows]

    # --- who was near ---------------------------------------------------------------------------

    def around(
        self, anchors: Sequence[Tick], within_ms: int, told: Told = lambda done, most: None
    ) -> list[Found]:
        """Everybody within this of these passages, in order; each once, with the nearest of them."""
        best: dict[int, Found] = {one.position: Found(one.position, 0, True, one.position) for one in anchors}
        for done, anchor in enumerate(anchors, start=1):
            for sign in (1, -1):
                for near in walk(anchor, self._from(anchor, sign), within_ms, sign):
                    _take(best, near, anchor.position)
            told(done, len(anchors))
        return [best[position] for position in sorted(best)]

    def around_time(self, at_ms: int, within_ms: int) -> list[Found]:
        """Everybody who passed within this of a time, in order; also whom a turned clock may have hidden."""
        with storage_errors():
            between = (at_ms - within_ms, at_ms + within_ms)
            hits = [_tick(*row) for row in self._connection.execute(_BETWEEN, between)]
            beside = last_before(self._connection, between[0]), first_after(self._connection, between[1])
            outer = [_tick(position, record) for _, position, record in filter(None, beside)]
        twice = repeated(hits)
        best = {one.position: Found(one.position, one.at_ms - at_ms, not twice, None) for one in hits}
        for edge in _edges(hits) if hits else outer:
            for sign in (1, -1):
                self._behind_a_step(edge, sign, within_ms, at_ms, best)
        return [best[position] for position in sorted(best)]

    def _behind_a_step(
        self, edge: Tick, sign: int, within_ms: int, at_ms: int, best: dict[int, Found]
    ) -> None:
        """Beyond this passage the clock may say another time, though little time passed."""
        for near in walk(edge, self._from(edge, sign), within_ms, sign):
            if turned(edge, near):
                for one in (edge, near.tick):
                    best.setdefault(one.position, Found(one.position, one.at_ms - at_ms, False, None))

    def lines(self, found: Sequence[Found]) -> list[Traced]:
        """What stands in these passages, as it counts now."""
        asked = msgspec.json.encode([one.position for one in found]).decode()
        with storage_errors():
            rows = {row[0]: row[1:] for row in self._connection.execute(_LINES, (asked,))}
        return [Traced(one, *_line(rows[one.position])) for one in found if one.position in rows]

    # --- pages of the journal -------------------------------------------------------------------

    def _from(self, tick: Tick, sign: int) -> Iterator[Tick]:
        """The passages after this one, or before it, the nearest first."""
        page = tick.position // PAGE
        while (ticks := self._page(page)) is not None:
            for one in ticks if sign > 0 else reversed(ticks):
                if sign * (one.position - tick.position) > 0:
                    yield one
            page += sign

    def _page(self, page: int) -> list[Tick] | None:
        """None beyond the ends."""
        if page not in self._pages:
            low, high = page * PAGE, (page + 1) * PAGE
            with storage_errors():
                rows = self._connection.execute(_PAGE, (low, high)).fetchall()
                if not rows and not self._connection.execute(_BEYOND, (high, low)).fetchone():
                    return None
            self._pages[page] = [_tick(*row) for row in rows]
        return self._pages[page]


def _take(best: dict[int, Found], near: Near, anchor: int) -> None:
    new = Found(near.tick.position, near.apart_ms, near.sure, anchor)
    old = best.get(new.position)
    if old is None or (not old.sure, abs(old.apart_ms)) > (not new.sure, abs(new.apart_ms)):
        best[new.position] = new


def _edges(hits: Sequence[Tick]) -> list[Tick]:
    """The first and last of each run of the hits whose wall time goes on evenly."""
    edges = {hits[0].position: hits[0], hits[-1].position: hits[-1]}
    for one, other in pairwise(hits):
        if other.at_ms < one.at_ms or other.boot != one.boot:
            edges |= {one.position: one, other.position: other}
    return list(edges.values())


def _tick(position: int, record: bytes) -> Tick:
    try:
        clocks = _decode(record)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JournalError(StorageProblem.CORRUPT, f"the entry at {position} cannot be read") from error
    return Tick(position, clocks.at_ms, clocks.boot, clocks.mono_ms)


class _Shown(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The beginning of an Entry."""

    schema: _Skipped
    id: _Skipped
    at_ms: int
    mono_ms: _Skipped
    boot: _Skipped
    lane: str
    direction: str
    severity: int
    reasons: _Skipped
    closing: _Skipped
    code: _Skipped = _Skipped()
    temperature: _Skipped = _Skipped()
    vouch: _Skipped = _Skipped()
    facts: _Skipped = _Skipped()
    person_id: str | None = None


def _line(
    row: tuple[int, bytes, int, str | None, str | None],
) -> tuple[int, int, str, str, int, str | None, str | None]:
    number, record, stands, subject, household = row
    try:
        one = _decode_shown(record)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JournalError(StorageProblem.CORRUPT, f"entry {number} cannot be read") from error
    return number, one.at_ms, one.lane, one.direction, stands, one.person_id or subject, household


_decode = msgspec.msgpack.Decoder(_Clocks).decode
_decode_shown = msgspec.msgpack.Decoder(_Shown).decode

_SAME = """
WITH asked (subject) AS (SELECT value FROM json_each(?)),
     who (id) AS (SELECT coalesce((SELECT person_id FROM code WHERE key = subject), subject) FROM asked)
SELECT subject FROM asked UNION SELECT id FROM who UNION SELECT key FROM code JOIN who ON person_id = who.id
"""
_OWN = """
SELECT position, record FROM entry WHERE at_ms >= :since AND at_ms < :until AND position IN (
  SELECT position FROM movement WHERE passed AND subject IN (SELECT value FROM json_each(:asked))
  UNION
  SELECT position FROM movement WHERE NOT passed AND subject IN (SELECT value FROM json_each(:asked)))
ORDER BY position
"""
_NUMBERED = """
SELECT first.position, first.record, subject FROM entry AS said
JOIN entry AS first ON first.id = coalesce(said.amends, said.id)
LEFT JOIN movement ON movement.position = first.position
WHERE said.incarnation IN (SELECT id FROM incarnation) AND said.number = ?
ORDER BY said.position DESC LIMIT 1
"""
_HOUSES = """
SELECT household FROM whereabouts JOIN json_each(?1) AS asked ON subject = asked.value WHERE household <> ''
UNION SELECT house FROM person JOIN json_each(?1) AS asked ON person.id = asked.value WHERE house <> ''
"""
_MEMBERS = "SELECT person.id FROM person WHERE house IN (SELECT value FROM json_each(?)) ORDER BY person.id"
_BETWEEN = f"""
SELECT position, record FROM {within("?1", "?2 + 1")} WHERE amends IS NULL ORDER BY position
"""
_PAGE = """
SELECT position, record FROM entry WHERE position >= ? AND position < ? AND amends IS NULL ORDER BY position
"""
_BEYOND = """
SELECT 1 WHERE EXISTS (SELECT 1 FROM entry WHERE position >= ?1)
           AND EXISTS (SELECT 1 FROM entry WHERE position < ?2)
"""
_LINES = """
SELECT entry.position, number, record,
       coalesce((SELECT severity FROM entry AS later WHERE later.amends = entry.id
                 ORDER BY position DESC LIMIT 1), severity),
       subject, household
FROM entry LEFT JOIN movement ON movement.position = entry.position
WHERE entry.position IN (SELECT value FROM json_each(?))
"""
