"""Is the journal what it was? Verifies everything that can be verified, says what is wrong, changes nothing.

What it cannot see: entries cut off the end by somebody who can write to the disk. The number that a center
has acknowledged, or a printed daily line, shows those.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.core.entry import Entry, decode
from station.core.outcome import StorageProblem
from station.journal import chain, incarnation
from station.journal.connection import open_reader
from station.journal.errors import JournalError, storage_errors
from station.journal.migrations import NEWEST, newest_schema, schema, version


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it was written. `number` is the entry's, None for the file as a whole."""

    number: int | None
    what: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How much could be read, and all that was found wrong."""

    entries: int  # amendments included
    amendments: int
    personal: int  # personal parts that retention has not erased
    damages: tuple[Damage, ...]

    @property
    def ok(self) -> bool:
        return not self.damages


def check(folder: Path) -> CheckReport:
    """Verify the journal in this folder. Raises NoJournalError; JournalError if damage is not the trouble."""
    try:
        with storage_errors(), closing(open_reader(folder)) as connection:
            connection.execute("BEGIN")  # one moment for all questions, while the gate goes on writing
            audit = _Audit(connection)
            audit.run()
            return CheckReport(audit.entries, audit.amendments, audit.personal, tuple(audit.damages))
    except JournalError as error:
        return CheckReport(0, 0, 0, (_unreadable(error),))


def _unreadable(error: JournalError) -> Damage:
    if error.problem is not StorageProblem.CORRUPT:
        raise error
    return Damage(None, f"the database file is damaged: {error.detail}")


class _Row(NamedTuple):
    incarnation: int
    number: int
    id: bytes
    at_ms: int
    amends: bytes | None
    severity: int
    direction: str
    record: bytes
    hash: bytes
    signature: bytes
    salt: bytes | None
    sealed: bytes | None


_ROWS = f"SELECT {', '.join(_Row._fields)} FROM entry LEFT JOIN personal USING (position) ORDER BY position"

_AMENDS_NOTHING = """
SELECT number FROM entry AS later
WHERE amends IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM entry AS first WHERE first.id = later.amends AND first.amends IS NULL)
"""


class _Audit:
    """One walk through a journal: it counts what it reads and notes what is wrong."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ends: dict[int, tuple[int, bytes]] = {}  # by incarnation: last number and hash
        self._keys: dict[int, Ed25519PublicKey] = {}
        self.entries = self.amendments = self.personal = 0
        self.damages: list[Damage] = []

    def run(self) -> None:
        """Every inspection gets its turn: a page that one cannot read may not matter to the next."""
        for inspect in (self._file, self._incarnations, self._entries, self._amendments):
            try:
                with storage_errors():
                    inspect()
            except JournalError as error:
                self.damages.append(_unreadable(error))

    def _note(self, number: int | None, what: str) -> None:
        self.damages.append(Damage(number, what))

    def _file(self) -> None:
        for (finding,) in self._connection.execute("PRAGMA integrity_check"):
            if finding != "ok":
                self._note(None, f"the database file is damaged: {finding}")
        for table, row, parent, _ in self._connection.execute("PRAGMA foreign_key_check"):
            self._note(None, f"row {row} of {table} belongs to no row of {parent}")
        if version(self._connection) == NEWEST and schema(self._connection) != newest_schema():
            self._note(None, "the tables are not described as they were made")

    def _incarnations(self) -> None:
        for each in incarnation.every(self._connection).values():
            self._ends[each.id] = (0, each.genesis)
            self._keys[each.id] = Ed25519PublicKey.from_public_bytes(each.public_key)

    def _entries(self) -> None:
        for row in map(_Row._make, self._connection.execute(_ROWS)):
            self.entries += 1
            self.amendments += row.amends is not None
            self.personal += row.sealed is not None
            if row.incarnation in self._ends:  # if not, the foreign keys have told
                self._place(row)
                self._signature(row)
            self._record(row)

    def _place(self, row: _Row) -> None:
        """Gapless numbers, and each hash made from the one before."""
        number, previous = self._ends[row.incarnation]
        if row.number != number + 1:
            self._note(row.number, f"follows number {number}, so that entries are missing or out of order")
        if row.hash != chain.link(previous, row.record):
            self._note(row.number, "does not continue the chain of hashes")
        self._ends[row.incarnation] = (row.number, row.hash)

    def _signature(self, row: _Row) -> None:
        try:
            self._keys[row.incarnation].verify(row.signature, chain.to_sign(row.hash))
        except InvalidSignature:
            self._note(row.number, "was not signed by this station")

    def _record(self, row: _Row) -> None:
        try:
            entry = decode(row.record)
        except msgspec.DecodeError:
            self._note(row.number, "holds a record that is not an entry")
            return
        if _copies(entry) != (row.id, row.at_ms, row.amends, row.severity, row.direction):
            self._note(row.number, "is listed differently from what its record says")
        if row.sealed is not None and entry.commitment != chain.commitment(row.salt or b"", row.sealed):
            self._note(row.number, "lies beside a personal part that is not its own")

    def _amendments(self) -> None:
        for (number,) in self._connection.execute(_AMENDS_NOTHING):
            self._note(number, "amends an entry that is not there")


def _copies(entry: Entry) -> tuple[bytes, int, bytes | None, int, str]:
    """What the table repeats of a record, to search by."""
    return (entry.id, entry.at_ms, entry.amends, entry.severity, entry.direction)
