"""What this gate tells its center besides entries: written here in one commit, kept until the center has it.

A put that was killed before its commit was never made; after it, it is sent however often the program is
killed. Bodies are sealed. `Reports` belongs to the lane's thread; the functions read with any connection.
Methods and functions raise JournalError, VaultError.
"""

from __future__ import annotations

import logging
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TypeVar

import msgspec

from station.core.entry import from_ms, to_ms
from station.journal import incarnation, upstream
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import KeyProblem, VaultError, storage_errors
from station.journal.vault import Vault
from station.sync.reports import (
    LONG_REPORT_BYTES,
    MOST_REPORT_BYTES,
    MOST_REPORTS,
    Report,
    Taken,
    decode_body,
    encode_body,
    named_id,
    versions_for,
    words_first,
)

log = logging.getLogger(__name__)

SINCE_SCHEMA = 13
Plain = Mapping[bytes, tuple[int, bytes]]  # id: version and body
_NONE: Plain = {}
_Body = TypeVar("_Body", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Told:
    """A report as it lies here."""

    id: bytes
    version: int
    sent: int  # the version that the center has; 0: none
    made: datetime  # UTC
    changed: datetime
    open: bool
    body: msgspec.Struct = field(repr=False)


class Reports:
    """The outbox of one gate."""

    def __init__(self, journal: Journal) -> None:
        self._connection, self._vault = journal.connection, journal.vault
        self.plain: dict[bytes, tuple[int, bytes]] = {}  # put in this run: to be sent while all is locked

    def put(
        self, kind: str, report_id: bytes, body: msgspec.Struct, now: datetime, *, is_open: bool = False
    ) -> None:
        """Tell this, or tell it anew. It is on the disk when this returns, and goes out by itself.

        The same body again is nothing new. `is_open`: a case that this gate follows.
        """
        with storage_errors(), transaction(self._connection):
            self.put_within(kind, report_id, body, now, is_open=is_open)

    def put_within(
        self, kind: str, report_id: bytes, body: msgspec.Struct, now: datetime, *, is_open: bool = False
    ) -> None:
        """The same in a transaction of the caller's."""
        plain, query = encode_body(body), "SELECT version, sent, sealed, open FROM report WHERE id = ?"
        known = self._connection.execute(query, (report_id,)).fetchone() or (0, 0, b"", 0)
        version, sent, sealed, was_open = known
        before = self._plain(report_id, version, sealed) if version else None
        if version and was_open == is_open and before == plain:
            return
        newer = versions_for(kind, before, plain, all_sent=sent == version)
        sealed, moment = self._vault.seal(plain, _context(report_id)), to_ms(now)
        self._connection.execute(_PUT, (report_id, kind, moment, moment, newer, int(is_open), sealed))
        self.plain[report_id] = version + newer, plain

    def put_named(self, kind: str, name: str, body: msgspec.Struct, now: datetime) -> None:
        """What there is once only at this gate: this task done, that notice read."""
        with storage_errors(), transaction(self._connection):
            self.put_named_within(kind, name, body, now)

    def put_named_within(self, kind: str, name: str, body: msgspec.Struct, now: datetime) -> None:
        """The same in a transaction of the caller's."""
        running = incarnation.current(self._connection)
        assert running is not None  # whoever opened the journal saw to it
        self.put_within(kind, named_id(kind, running.station, name), body, now)

    def _plain(self, report_id: bytes, version: int, sealed: bytes) -> bytes | None:
        return _opened(self._vault, self.plain, report_id, version, sealed)

    def heard(self, said: Taken, lists: bytes = b"") -> None:
        """What the center says it has. `lists`: by stick, the epoch of the lists that are here now.

        A stick of another one is late, and means nothing.
        """
        if not lists or said.epoch == lists:
            self.sent(said.taken, said.epoch)

    def sent(self, taken: Sequence[tuple[bytes, int]], epoch: bytes = b"") -> None:
        """The center of this epoch has these versions or newer ones; of another than before, nothing else."""
        with storage_errors(), transaction(self._connection):
            if epoch:
                upstream.reports_of_epoch(self._connection, epoch)
            self._connection.executemany(
                "UPDATE report SET sent = min(version, ?1) WHERE id = ?2 AND sent < min(version, ?1)",
                [(version, report_id) for report_id, version in taken],
            )
        for report_id, version in taken:
            if 0 < self.plain.get(report_id, (0, b""))[0] <= version and not self._is_open(report_id):
                del self.plain[report_id]

    def _is_open(self, report_id: bytes) -> bool:
        with storage_errors():
            row = self._connection.execute("SELECT open FROM report WHERE id = ?", (report_id,)).fetchone()
        return bool(row and row[0])


def new_id() -> bytes:
    """Of a report that is like no other."""
    return secrets.token_bytes(16)


def is_waiting(connection: sqlite3.Connection) -> bool:
    """Whether there is anything to send; one look at an index."""
    with storage_errors():
        return connection.execute("SELECT 1 FROM report WHERE sent < version LIMIT 1").fetchone() is not None


def chunks_to_send(connection: sqlite3.Connection, vault: Vault) -> Iterator[tuple[Report, ...]]:
    """All that the center does not have, in as many requests as it takes: for a stick."""
    with storage_errors():
        rows = connection.execute("SELECT id FROM report WHERE sent < version ORDER BY changed_ms, id")
        waiting = [report_id for (report_id,) in rows]
    chunk, weight = list[Report](), 0
    for report_id in waiting:
        with storage_errors():
            row = connection.execute(_ONE, (report_id,)).fetchone()
        if row is None:
            continue
        kind, version, changed_ms, sealed = row
        if (body := _whole(vault, report_id, sealed)) is None:
            continue
        report = Report(report_id, kind, version, changed_ms, body)
        weight += len(report.body)
        if chunk and (len(chunk) == MOST_REPORTS or weight > MOST_REPORT_BYTES):
            yield tuple(chunk)
            chunk, weight = [], len(report.body)
        chunk.append(report)
    if chunk:
        yield tuple(chunk)


def to_send(connection: sqlite3.Connection, vault: Vault, plain: Plain = _NONE) -> list[Report]:
    """What the center does not have, open cases first, then the oldest: of what is short as much as one
    request may hold, and what is long, which goes alone. A case without its picture, as long as its words are
    not there.

    While the vault is locked: those that were put in this run.
    """
    with storage_errors():
        rows = connection.execute(_TO_SEND, (MOST_REPORTS,)).fetchall()
    found, weight = list[Report](), 0
    for report_id, kind, version, changed_ms, sealed, sent in rows:
        body = _opened(vault, plain, report_id, version, sealed)
        if body is None:
            continue
        report = words_first(Report(report_id, kind, version, changed_ms, body), sent)
        weight += len(report.body) if len(report.body) <= LONG_REPORT_BYTES else 0
        if weight > MOST_REPORT_BYTES:
            break
        found.append(report)
    return found


def read_open(
    connection: sqlite3.Connection, vault: Vault, kind: type[_Body], plain: Plain = _NONE
) -> list[tuple[Told, _Body]]:
    """The cases that this gate follows, oldest first."""
    return _read(connection, vault, kind, "WHERE open = 1 ORDER BY made_ms, id", (), plain)


def read_made(
    connection: sqlite3.Connection,
    vault: Vault,
    kind_word: str,
    kind: type[_Body],
    begin: datetime,
    end: datetime,
) -> list[tuple[Told, _Body]]:
    """Reports of a kind that were made within [begin, end), oldest first: for the hand-over sheet."""
    tail = "WHERE kind = ? AND made_ms >= ? AND made_ms < ? ORDER BY made_ms, id"
    return _read(connection, vault, kind, tail, (kind_word, to_ms(begin), to_ms(end)))


def read_one(
    connection: sqlite3.Connection, vault: Vault, report_id: bytes, kind: type[_Body], plain: Plain = _NONE
) -> tuple[Told, _Body] | None:
    return next(iter(_read(connection, vault, kind, "WHERE id = ?", (report_id,), plain)), None)


def unsent(connection: sqlite3.Connection, vault: Vault, kind_word: str, kind: type[_Body]) -> list[_Body]:
    """Of a kind, what the center does not have as it is now, oldest first."""
    tail = "WHERE sent < version AND kind = ? ORDER BY changed_ms, id"
    return [body for _, body in _read(connection, vault, kind, tail, (kind_word,))]


def fingerprint(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Another one as soon as a report was put, sent or closed."""
    with storage_errors():
        return tuple(
            connection.execute(
                "SELECT count(*), total(version), total(sent), total(open) FROM report"
            ).fetchone()
        )


def _read(
    connection: sqlite3.Connection,
    vault: Vault,
    kind: type[_Body],
    tail: str,
    values: tuple[object, ...],
    plain: Plain = _NONE,
) -> list[tuple[Told, _Body]]:
    with storage_errors():
        rows = connection.execute(f"{_SELECT} {tail}", values).fetchall()
    found = []
    for report_id, version, sent, made_ms, changed_ms, is_open, sealed in rows:
        opened = _opened(vault, plain, report_id, version, sealed)
        if opened is None:
            continue
        try:
            body = decode_body(opened, kind)
        except ValueError:
            _say_damaged(report_id)
            continue
        moments = from_ms(made_ms), from_ms(changed_ms)
        found.append((Told(report_id, version, sent, *moments, bool(is_open), body), body))
    return found


def _opened(vault: Vault, plain: Plain, report_id: bytes, version: int, sealed: bytes) -> bytes | None:
    """A body; None: it is locked away, and was not put in this run, or it is damaged."""
    known_version, known = plain.get(report_id, (0, b""))
    if known_version == version:
        return known
    try:
        return _whole(vault, report_id, sealed)
    except VaultError as error:
        if error.problem is KeyProblem.LOCKED:
            return None
        raise


def _whole(vault: Vault, report_id: bytes, sealed: bytes) -> bytes | None:
    """A body; None: it is damaged. No call for help waits behind one that nobody can read any more."""
    try:
        return vault.open(sealed, _context(report_id))
    except VaultError as error:
        if error.problem is not KeyProblem.DAMAGED:
            raise
        _say_damaged(report_id)
        return None


@cache
def _say_damaged(report_id: bytes) -> None:
    """Once: it is looked for every second."""
    log.error("report %s cannot be read; it is not shown", report_id.hex())


def _context(report_id: bytes) -> bytes:
    """What a sealed body is bound to."""
    return b"report/" + report_id


_SELECT = "SELECT id, version, sent, made_ms, changed_ms, open, sealed FROM report"
_PUT = """
INSERT INTO report (id, kind, made_ms, changed_ms, version, sent, open, sealed)
VALUES (?, ?, ?, ?, ?, 0, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    changed_ms = excluded.changed_ms, version = report.version + excluded.version, open = excluded.open,
    sealed = excluded.sealed
"""
_ONE = "SELECT kind, version, changed_ms, sealed FROM report WHERE id = ?"
_TO_SEND = """
SELECT id, kind, version, changed_ms, sealed, sent FROM report WHERE sent < version
ORDER BY open DESC, changed_ms, id LIMIT ?
"""
