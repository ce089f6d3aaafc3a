"""The passages of some days as they stand now, for exports: each with its newest amendment. Read-only.

A million rows are read in pages, because an open cursor would keep the writer from starting its WAL afresh.
Of a record only what a log shows is decoded; its facts are skipped.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, tzinfo
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import msgspec

from station.core.entry import CodePart, ReasonPart, TemperaturePart
from station.core.outcome import StorageProblem
from station.journal.connection import open_reader
from station.journal.errors import JournalError, storage_errors
from station.journal.person import COLUMNS, open_person
from station.journal.reader import day_bounds
from station.journal.vault import Vault

PAGE = 5000


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
    reasons: tuple[ReasonPart, ...]
    closing: str
    code: CodePart | None = None
    temperature: TemperaturePart | None = None
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
    at_ms: int
    times: int  # how often it was corrected; this is the last


class LoggedPassage(NamedTuple):
    """One passage; `record` is as it was first, `correction` what counts now if that is something else."""

    number: int
    hash: bytes
    record: LoggedRecord
    correction: Correction | None


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
SELECT position, number, hash, record FROM entry
WHERE position > ? AND position <= ? AND amends IS NULL AND at_ms >= ? AND at_ms < ?
ORDER BY position LIMIT ?
"""
_BOUNDS = """
SELECT min(position), max(position), count(*) FROM entry WHERE at_ms >= ? AND at_ms < ? AND position <= ?
"""
_LAST = "SELECT position, incarnation, number, hash FROM entry ORDER BY position DESC LIMIT 1"
_THAT = "SELECT position, incarnation, number, hash FROM entry WHERE incarnation = ? AND number = ?"
_AMENDMENTS = """
SELECT later.record FROM entry AS later JOIN entry AS first ON first.id = later.amends
WHERE later.amends IS NOT NULL AND first.at_ms >= ? AND first.at_ms < ? AND later.position <= ?
ORDER BY later.position
"""
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
            low, high, self.most = connection.execute(_BOUNDS, (*within, self.end.position)).fetchone()
            self._bounds = ((low or 1) - 1, high or 0)
            self._corrections = _corrections(connection, within, self.end.position)

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

    def __iter__(self) -> Iterator[LoggedPassage]:
        """In the order in which they were written. Raises JournalError for a record that cannot be read."""
        after, until = self._bounds
        corrections = self._corrections.get
        while True:
            with storage_errors():
                rows = self._connection.execute(_PASSAGES, (after, until, *self._within, PAGE)).fetchall()
            for _, number, hash, record in rows:
                passage = _record(number, record)
                yield LoggedPassage(number, hash, passage, corrections(passage.id))
            if len(rows) < PAGE:
                return
            after = rows[-1][0]

    def person(self, vault: Vault, person_id: str) -> Named:
        """Who that is, in clear. Raises JournalError, VaultError."""
        with storage_errors():
            row = self._connection.execute(
                f"SELECT {COLUMNS} FROM person WHERE id = ?", (person_id,)
            ).fetchone()
        if row is None:
            return Named()
        person = open_person(vault, row)
        return Named(person.name, person.dwelling, person.category)


def _end(connection: sqlite3.Connection, as_of: tuple[int, int] | None) -> End:
    row = connection.execute(_THAT, as_of).fetchone() if as_of else connection.execute(_LAST).fetchone()
    if row is None and as_of and as_of[1]:
        raise LookupError(f"entry {as_of[1]} is not in this journal")
    return End(*row) if row else End(0, 0, 0, b"")


def _corrections(
    connection: sqlite3.Connection, within: tuple[int, int], until: int
) -> dict[bytes, Correction]:
    found: dict[bytes, Correction] = {}
    for (record,) in connection.execute(_AMENDMENTS, (*within, until)):
        new = _amending(record)
        times = found[new.amends].times + 1 if new.amends in found else 1
        found[new.amends] = Correction(new.severity, new.operator, new.override, new.at_ms, times)
    return found


def _record(number: int, record: bytes) -> LoggedRecord:
    try:
        return _decode(record)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JournalError(StorageProblem.CORRUPT, f"entry {number} cannot be read") from error


def _amending(record: bytes) -> _Amending:
    try:
        return _decode_amending(record)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JournalError(StorageProblem.CORRUPT, "an amendment cannot be read") from error
