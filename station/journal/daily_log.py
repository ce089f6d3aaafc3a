"""The passages of some days as they stand now, for exports: each with its newest amendment. Read-only.

A million rows are read in pages, because an open cursor would keep the writer from starting its WAL afresh.
Of a record only what a log shows is decoded; its facts are skipped.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, tzinfo
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import msgspec

from station.core.problems import StorageProblem
from station.journal import pruned
from station.journal.connection import open_reader
from station.journal.errors import JournalError, storage_errors
from station.journal.person import NAMED_COLUMNS, open_named
from station.journal.reader import day_bounds
from station.journal.spans import within
from station.journal.vault import Vault

PAGE = 200  # positions: a millisecond to read, and little to hold


class LoggedCode(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The beginning of a CodePart."""

    kind: str
    trust: str
    status: str


class LoggedTemperature(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The beginning of a TemperaturePart."""

    raw_c: float
    value_c: float
    site: str
    ambient_c: float | None
    instrument: str


class LoggedRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The beginning of an Entry, whose fields only ever append."""

    schema: int
    id: bytes
    at_ms: int
    mono_ms: int
    boot: str
    lane: str
    direction: str
    severity: int
    reasons: msgspec.Raw  # ReasonParts: few combinations make up most of a log
    closing: str
    code: LoggedCode | None = None
    temperature: LoggedTemperature | None = None
    vouch: str | None = None
    facts: msgspec.Raw = msgspec.Raw()
    person_id: str | None = None
    operator: str | None = None
    policy: str = ""
    amends: bytes | None = None
    emulated: bool = False


class _Amending(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Of an amendment: who changed what to what, and why."""

    schema: int
    id: bytes
    at_ms: int
    mono_ms: msgspec.Raw
    boot: msgspec.Raw
    lane: msgspec.Raw
    direction: msgspec.Raw
    severity: int
    reasons: msgspec.Raw
    closing: msgspec.Raw
    code: msgspec.Raw
    temperature: msgspec.Raw
    vouch: msgspec.Raw
    facts: msgspec.Raw
    person_id: msgspec.Raw
    operator: str | None
    policy: msgspec.Raw
    amends: bytes
    emulated: msgspec.Raw = msgspec.Raw()
    commitment: msgspec.Raw = msgspec.Raw()
    in_doubt: msgspec.Raw = msgspec.Raw()
    claimed: msgspec.Raw = msgspec.Raw()
    gate: msgspec.Raw = msgspec.Raw()
    policy_digest: msgspec.Raw = msgspec.Raw()
    override: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What counts instead of the first verdict."""

    severity: int
    operator: str | None
    reason: str | None


class LoggedPage(NamedTuple):
    """Some passages in the order in which they were written: to hand over each takes as long as its cells."""

    numbers: Sequence[int]
    contents: Sequence[bytes]  # of their records, as they were first
    corrections: Mapping[bytes, Correction]  # of the whole log, by the id of what they correct

    @contextmanager
    def reading(self) -> Iterator[Iterator[LoggedRecord]]:
        """The records, each decoded when it is asked for: 200 at once leave the processor's cache.

        Raises JournalError, which names the entry, when the block meets what cannot be read.
        """
        left = iter(self.contents)
        try:
            yield map(_decode, left)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            number = self.numbers[len(self.numbers) - len(list(left)) - 1]  # the last one that was asked for
            raise JournalError(StorageProblem.CORRUPT, f"entry {number} cannot be read") from error


@dataclass(frozen=True, slots=True)
class End:
    """The newest entry that counts; number 0 of an empty journal."""

    position: int
    incarnation: int
    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Named:
    """Who an entry's person is now; empty for whom the roster does not know any more."""

    name: str = field(default="", repr=False)
    dwelling: str = field(default="", repr=False)
    category: str = ""


_PASSAGES = """
SELECT number, record FROM entry
WHERE position >= ? AND position < ? AND position <= ? AND amends IS NULL AND at_ms >= ? AND at_ms < ?
ORDER BY position
"""
_PAGES = f"""
SELECT DISTINCT position / ?1 FROM {within("?2", "?3")} WHERE position <= ?4 ORDER BY 1
"""  # a clock that was set leaves single entries of a day far from the others
_SPAN = f"SELECT count(*), min(position), max(position) FROM {within('?1', '?2')}"
_CACHE = "PRAGMA cache_size = -256"  # KiB; each page of the file is read once
_LAST = "SELECT position, incarnation, number, hash FROM entry ORDER BY position DESC LIMIT 1"
_THAT = "SELECT position, incarnation, number, hash FROM entry WHERE incarnation = ? AND number = ?"
_AMENDMENTS = """
SELECT later.record FROM entry AS later CROSS JOIN entry AS first ON first.id = later.amends
WHERE later.amends IS NOT NULL AND first.at_ms >= ? AND first.at_ms < ? AND later.position <= ?
ORDER BY later.amends, later.position
"""  # in the order of the index of amendments, or every entry there is would be read
_decode = msgspec.msgpack.Decoder(LoggedRecord).decode
_decode_amending = msgspec.msgpack.Decoder(_Amending).decode


class DailyLog:
    """The passages of whole days, `first` to `last`, in a time zone. Belongs to the thread that opened it."""

    def __init__(
        self, connection: sqlite3.Connection, within: tuple[int, int], as_of: tuple[int, int] | None
    ) -> None:
        self._connection, self._within = connection, within
        with storage_errors():
            self.end = _end(connection, as_of)
            connection.execute(_CACHE)
            self._pages = _pages(connection, within, self.end.position)
            self._corrections = _corrections(connection, within, self.end.position)
            self.pruned = pruned.passages(connection, within)  # so many more there were, and none is here

    @classmethod
    def open(
        cls, folder: Path, first: date, last: date, zone: tzinfo, *, as_of: tuple[int, int] | None = None
    ) -> Self:
        """`as_of`: incarnation and number of the last entry that counts, to repeat what was exported once.

        Raises NoJournalError, JournalError; LookupError if that entry is not here.
        """
        with storage_errors():
            connection = open_reader(folder)
        within = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
        try:
            return cls(connection, within, as_of)
        except BaseException:
            connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def __iter__(self) -> Iterator[LoggedPage]:
        return self.passages()

    def passages(self, told: Callable[[int, int], None] = lambda done, most: None) -> Iterator[LoggedPage]:
        """All of them; `told` hears of each page, how many entries it has seen. Raises JournalError."""
        for seen, page in enumerate(self._pages):
            told(seen * PAGE, len(self._pages) * PAGE)
            within = (page * PAGE, (page + 1) * PAGE, self.end.position, *self._within)
            with storage_errors():
                rows = self._connection.execute(_PASSAGES, within).fetchall()
            if rows:
                numbers, contents = zip(*rows, strict=True)
                yield LoggedPage(numbers, contents, self._corrections)
        told(len(self._pages) * PAGE, len(self._pages) * PAGE)

    def person(self, vault: Vault, person_id: str) -> Named:
        """Who that is, in clear. Raises JournalError, VaultError."""
        with storage_errors():
            row = self._connection.execute(
                f"SELECT {NAMED_COLUMNS} FROM person WHERE id = ?", (person_id,)
            ).fetchone()
        if row is None:
            return Named()
        return Named(*open_named(vault, row))


def _end(connection: sqlite3.Connection, as_of: tuple[int, int] | None) -> End:
    row = connection.execute(_THAT, as_of).fetchone() if as_of else connection.execute(_LAST).fetchone()
    if row is None and as_of and as_of[1]:
        raise LookupError(f"entry {as_of[1]} is not in this journal")
    return End(*row) if row else End(0, 0, 0, b"")


def _pages(connection: sqlite3.Connection, within: tuple[int, int], until: int) -> Sequence[int]:
    """Those that may hold passages. Which ones do is only asked where few would: it takes long."""
    count, least, most = connection.execute(_SPAN, within).fetchone()
    if not count:
        return ()
    if 2 * count > most - least:
        return range(least // PAGE, min(most, until) // PAGE + 1)
    pages = connection.execute(_PAGES, (PAGE, *within, until)).fetchall()
    return [page for (page,) in pages]


def _corrections(
    connection: sqlite3.Connection, within: tuple[int, int], until: int
) -> dict[bytes, Correction]:
    found, alike = dict[bytes, Correction](), dict[Correction, Correction]()
    for (record,) in connection.execute(_AMENDMENTS, (*within, until)):
        new = _amending(record)
        made = Correction(new.severity, new.operator, new.override)
        found[new.amends] = alike.setdefault(made, made)
    return found


def _amending(record: bytes) -> _Amending:
    try:
        return _decode_amending(record)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JournalError(StorageProblem.CORRUPT, "an amendment cannot be read") from error
