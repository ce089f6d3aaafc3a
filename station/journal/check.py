"""Is the journal what it was? Verifies everything that can be verified, says what is wrong, changes nothing.

What it cannot see: entries cut off the end by somebody who can write to the disk. The number that a center
has acknowledged, or a printed daily line, shows those.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.core.entry import Entry, decode
from station.core.outcome import StorageProblem
from station.journal import (
    audit,
    audit_check,
    chain,
    incarnation,
    list_check,
    operator_rows,
    pruned,
    sealed_check,
    sealing,
)
from station.journal.connection import open_reader, told_meanwhile
from station.journal.errors import JournalError, storage_errors
from station.journal.incarnation import Incarnation
from station.journal.migrations import NEWEST, newest_schema, schema, version
from station.journal.vault import Vault

Progress = Callable[[int, int], None]  # so many of so many


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
    resealed: int = 0  # numbers that entries got anew, because the center had something else under theirs
    incarnations: int = 1
    audited: int = 0  # records of the audit
    pruned: int = 0  # entries that left the journal, and of which only a signed count remains

    @property
    def ok(self) -> bool:
        return not self.damages


def check(
    folder: Path, vault: Vault | None = None, progress: Progress = lambda done, total: None
) -> CheckReport:
    """Verify the journal in this folder; with an open vault, also what is sealed in its lists.

    `progress` hears of records of records, and raises to stop.
    Raises NoJournalError; JournalError if damage is not the trouble.
    """
    try:
        with storage_errors(), closing(open_reader(folder)) as connection:
            connection.execute("BEGIN")  # one moment for all questions, while the gate goes on writing
            walk = _Audit(connection, vault, progress)
            with told_meanwhile(connection, walk.tell):
                walk.run()
            return walk.report()
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


class _Link(NamedTuple):
    """A record at its place in a chain."""

    number: int
    record: bytes
    hash: bytes
    signature: bytes


_FORKS_SINCE_SCHEMA = 8

_ROWS = f"SELECT {', '.join(_Row._fields)} FROM entry LEFT JOIN personal USING (position) ORDER BY position"

_AMENDS_NOTHING = """
SELECT number FROM entry AS later
WHERE amends IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM entry AS first WHERE first.id = later.amends AND first.amends IS NULL)
"""

_PARENT_HEADS = "SELECT parent, parent_head FROM incarnation WHERE parent NOT NULL"

_RESEALED = """
SELECT resealed.number, record, resealed.hash, resealed.signature
FROM resealed JOIN entry ON entry.position = resealed.position
WHERE resealed.incarnation = ? ORDER BY resealed.number
"""

_RESEALED_AS = "SELECT 1 FROM resealed WHERE incarnation = ? AND hash = ?"

# Of what a fork gave up, that which is not offered once and only once under another number.
_NOT_RESEALED = """
WITH given_up (number, position) AS (
    SELECT number, position FROM entry JOIN upstream USING (incarnation) WHERE number > abandoned_after
    UNION ALL
    SELECT number, position FROM resealed JOIN upstream USING (incarnation) WHERE number > abandoned_after)
SELECT number FROM given_up WHERE 1 <> (
    SELECT count(*) FROM resealed LEFT JOIN upstream USING (incarnation)
    WHERE resealed.position = given_up.position
      AND (abandoned_after IS NULL OR resealed.number <= abandoned_after))
"""


class _Walk:
    """One incarnation's chain as far as it was read: its own entries, and what was resealed into it."""

    def __init__(
        self,
        of: Incarnation,
        begin: tuple[int, bytes],
        resealed: Iterator[_Link],
        note: Callable[[int, str], None],
    ) -> None:
        """`begin`: number and hash after which it is here; the first ones, if nothing was pruned."""
        self.id, (self.number, self.hash) = of.id, begin
        self.resealed = 0
        self._key = Ed25519PublicKey.from_public_bytes(of.public_key)
        self._ahead, self._note = resealed, note
        self._next = next(resealed, None)

    def take(self, link: _Link) -> None:
        """The next record must be this one; what was resealed before it goes first."""
        while self._next and self._next.number == self.number + 1:
            self._take_resealed(self._next)
        self._verify(link)

    def finish(self) -> None:
        while self._next:
            self._take_resealed(self._next)

    def _take_resealed(self, link: _Link) -> None:
        self._verify(link)
        self.resealed += 1
        self._next = next(self._ahead, None)

    def _verify(self, link: _Link) -> None:
        """Gapless numbers, each hash made from the one before, and signed."""
        if link.number != self.number + 1:
            said = f"follows number {self.number}, so that entries are missing or out of order"
            self._note(link.number, said)
        if link.hash != chain.link(self.hash, link.record):
            self._note(link.number, "does not continue the chain of hashes")
        self.number, self.hash = link.number, link.hash
        try:
            self._key.verify(link.signature, chain.to_sign(link.hash))
        except InvalidSignature:
            self._note(link.number, "was not signed by this station")


class _Audit:
    """One walk through a journal: it counts what it reads and notes what is wrong."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault | None, progress: Progress) -> None:
        self._connection, self._vault, self._progress = connection, vault, progress
        self._total = self._done = 0
        self._walks: dict[int, _Walk] = {}  # by incarnation
        self._parent_heads: set[tuple[int, bytes]] = set()  # by parent, that were not met yet
        self.entries = self.amendments = self.personal = self.audited = self.pruned = 0
        self.damages: list[Damage] = []
        self._salvaged = audit_check.salvaged(connection)

    def report(self) -> CheckReport:
        counted = (self.entries, self.amendments, self.personal, tuple(self.damages))
        resealed = sum(walk.resealed for walk in self._walks.values())
        return CheckReport(*counted, resealed, max(len(self._walks), 1), self.audited, self.pruned)

    def run(self) -> None:
        """Every inspection gets its turn: a page that one cannot read may not matter to the next."""
        inspections = [self._count, self._file, self._incarnations, self._entries, self._amendments]
        if version(self._connection) >= _FORKS_SINCE_SCHEMA:
            inspections.append(self._abandoned)
        if version(self._connection) >= audit.SINCE_SCHEMA:
            inspections += [self._audited, self._operators]
        if self._vault and version(self._connection) >= sealing.SINCE_SCHEMA:
            inspections.append(self._lists)
        if self._vault and not self._vault.locked:
            inspections.append(self._sealed)
        for inspect in inspections:
            try:
                with storage_errors():
                    inspect()
            except JournalError as error:
                self.damages.append(_unreadable(error))
            except (TypeError, ValueError) as error:  # a flipped bit made one value NULL, or of another type
                self._note(None, f"the database file is damaged: {error}")

    def tell(self) -> None:
        self._progress(self._done, self._total)

    def _step(self) -> None:
        self._done += 1
        self.tell()

    def _count(self) -> None:
        """What takes long: a signature for each."""
        tables = ["entry"] + ["audit"] * (version(self._connection) >= audit.SINCE_SCHEMA)
        for table in tables:
            (rows,) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            self._total += rows

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
        self._parent_heads = set(self._connection.execute(_PARENT_HEADS))
        for each in incarnation.every(self._connection).values():
            begin = pruned.end(self._connection, each)
            for what in pruned.damages(self._connection, each):
                self._note(None, what)
            self.pruned += begin[0]
            walk = _Walk(each, begin, self._resealed(each.id), self._note)
            self._walks[each.id] = walk
            self._parent_heads.discard((walk.id, walk.hash))

    def _resealed(self, of: int) -> Iterator[_Link]:
        if version(self._connection) >= _FORKS_SINCE_SCHEMA:
            yield from map(_Link._make, self._connection.execute(_RESEALED, (of,)))

    def _entries(self) -> None:
        for row in map(_Row._make, self._connection.execute(_ROWS)):
            self.entries += 1
            self.amendments += row.amends is not None
            self.personal += row.sealed is not None
            if walk := self._walks.get(row.incarnation):  # if not, the foreign keys have told
                walk.take(_Link(row.number, row.record, row.hash, row.signature))
                self._parent_heads.discard((walk.id, walk.hash))
            self._record(row)
            self._step()
        for walk in self._walks.values():
            walk.finish()
        for parent, parent_head in self._parent_heads:
            self._note_unless_resealed(parent, parent_head)

    def _record(self, row: _Row) -> None:
        try:
            entry = decode(row.record)
        except msgspec.DecodeError:
            self._note(row.number, "holds a record that is not an entry")
            return
        if _copies(entry) != (row.id, row.at_ms, row.amends, row.severity, row.direction):
            self._note(row.number, "is listed differently from what its record says")
        if entry.audit and not self._is_salvaged(row) and not audit.is_there(self._connection, entry.audit):
            self._note(row.number, f"names audit record {entry.audit.number}, which is not there as it was")
        if row.sealed is not None and entry.commitment != chain.commitment(row.salt or b"", row.sealed):
            self._note(row.number, "lies beside a personal part that is not its own")

    def _is_salvaged(self, row: _Row) -> bool:
        """Saved from a damaged journal, whose audit was not."""
        return row.number <= self._salvaged.get(row.incarnation, 0)

    def _note_unless_resealed(self, parent: int, parent_head: bytes) -> None:
        """An incarnation may continue a record that was resealed into its parent."""
        if not self._connection.execute(_RESEALED_AS, (parent, parent_head)).fetchone():
            self._note(None, "an incarnation continues a record that its parent does not have")

    def _abandoned(self) -> None:
        for (number,) in self._connection.execute(_NOT_RESEALED):
            self._note(number, "was given up after a fork, and is not offered under exactly one other number")

    def _audited(self) -> None:
        (self.audited,) = self._connection.execute("SELECT count(*) FROM audit").fetchone()
        for what in audit_check.damages(self._connection, self._step):
            self._note(None, what)

    def _sealed(self) -> None:
        assert self._vault is not None  # only then is it asked for
        for what in sealed_check.damages(self._connection, self._vault):
            self._note(None, what)

    def _lists(self) -> None:
        assert self._vault is not None  # only then is it asked for
        for what in list_check.damages(self._connection, self._vault.rows):
            self._note(None, what)

    def _operators(self) -> None:
        for each in incarnation.in_order(self._connection)[-1:]:
            for what in operator_rows.damages(self._connection, each.public_key):
                self._note(None, what)

    def _amendments(self) -> None:
        for (number,) in self._connection.execute(_AMENDS_NOTHING):
            self._note(number, "amends an entry that is not there")


def _copies(entry: Entry) -> tuple[bytes, int, bytes | None, int, str]:
    """What the table repeats of a record, to search by."""
    return (entry.id, entry.at_ms, entry.amends, entry.severity, entry.direction)
