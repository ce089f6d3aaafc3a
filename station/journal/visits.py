"""Visitors: those who were announced, those who came. What is personal is sealed.

A visit is staged when it is taken down and lies on the disk with its first entry, or not at all: a gate that
is killed in between knows nothing of it. Who is inside, the movements tell. Methods raise JournalError,
VaultError.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from station.core.entry import from_ms, to_ms
from station.core.visit import PREFIX, Announced, Purpose, Visit, holds
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.migrations import version
from station.journal.vault import Vault

SINCE_SCHEMA = 10
_MOST_STAGED = 50  # people who were taken down and never passed: none waits so long


class _Said(msgspec.Struct, array_like=True, frozen=True):
    """What is sealed of a visit; fields are only ever appended."""

    house: str
    purpose: str
    phone: str = ""
    name: str = ""
    travel: str = ""
    by: str = ""


class _Told(msgspec.Struct, array_like=True, frozen=True):
    """What is sealed of an announcement; fields are only ever appended."""

    house: str
    name: str = ""
    phone_tail: str = ""
    said_by: str = ""


_encoder = msgspec.msgpack.Encoder()


class Visits:
    """Of the journal's thread, as the journal itself."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._connection, self._vault = journal, journal.connection, journal.vault
        self._staged: dict[str, tuple[Visit, str | None]] = {}  # with the code's key

    # --- who comes ----------------------------------------------------------------------------

    def stage(self, visit: Visit) -> None:
        """From now on they are known; they are written with their first entry."""
        self._put(visit, None)
        while len(self._staged) > _MOST_STAGED:
            self.drop(next(iter(self._staged)))

    def bind(self, visit_id: str, code_key: str) -> None:
        """They showed this code: from now on it means them. Only before their first entry."""
        self._forget_written()
        staged = self._staged.get(visit_id)
        if staged:
            self._put(staged[0], code_key)

    def rename(self, visit_id: str, name: str) -> None:
        """Only before their first entry."""
        self._forget_written()
        staged = self._staged.get(visit_id)
        if staged:
            self._put(replace(staged[0], name=name), staged[1])

    def drop(self, visit_id: str) -> None:
        """They went away before anything was decided."""
        self._staged.pop(visit_id, None)
        self._journal.staged.pop(visit_id, None)

    def _put(self, visit: Visit, code: str | None) -> None:
        self._staged[visit.id] = visit, code
        row = _row(self._vault, visit, code)
        self._journal.staged[visit.id] = lambda connection: connection.execute(_INSERT, row)

    # --- who is known ---------------------------------------------------------------------------

    def find(self, visit_id: str) -> Visit | None:
        self._forget_written()
        if visit_id in self._staged:
            return self._staged[visit_id][0]
        return read_visit(self._connection, self._vault, visit_id)

    def find_by_code(self, key: str, now: datetime) -> Visit | None:
        """The newest visit with this code, if the code still means it."""
        self._forget_written()
        for visit, code in reversed(self._staged.values()):
            if code == key:
                return visit
        with storage_errors():
            row = self._connection.execute(f"{_SELECT} WHERE code = ? ORDER BY position DESC LIMIT 1", (key,))
            found = next((_open(self._vault, one) for one in row), None)
            last = found and self._connection.execute(_LAST_WAY, (found.id,)).fetchone()
        return found if found and holds(found, last[0] if last else None, now) else None

    def inside(self) -> list[tuple[Visit, datetime]]:
        """Visitors who came in and have not gone out, with since when, longest first."""
        with storage_errors():
            rows = self._connection.execute(_INSIDE).fetchall()
        return [(_open(self._vault, row[1:]), from_ms(row[0])) for row in rows]

    def since(self, at: datetime) -> list[tuple[Visit, str | None]]:
        """Visits that were taken down since then, newest first, with the way in which they passed last."""
        with storage_errors():
            rows = self._connection.execute(_SINCE, (to_ms(at),)).fetchall()
        return [(_open(self._vault, row[1:]), row[0]) for row in rows]

    def _forget_written(self) -> None:
        """What lies on the disk is read from there."""
        for visit_id in [one for one in self._staged if one not in self._journal.staged]:
            del self._staged[visit_id]

    # --- who is expected ------------------------------------------------------------------------

    def announce(self, announced: Iterable[Announced], now: datetime) -> None:
        """All of them, or none."""
        rows = [_announced_row(self._vault, one, now) for one in announced]
        with storage_errors(), transaction(self._connection):
            self._connection.executemany(_ANNOUNCE, rows)

    def withdraw(self, announced_id: str) -> None:
        """They are not expected any more."""
        with storage_errors(), transaction(self._connection):
            self._connection.execute("UPDATE announced_visit SET withdrawn = 1 WHERE id = ?", (announced_id,))

    def announced(self, begin: datetime, end: datetime) -> list[tuple[Announced, int]]:
        """Whom somebody expects between these moments, with how many of them were let in; soonest first."""
        with storage_errors():
            rows = self._connection.execute(_EXPECTED, (to_ms(end), to_ms(begin))).fetchall()
        return [(_open_announced(self._vault, row[1:]), row[0]) for row in rows]

    def announcement(self, announced_id: str) -> Announced | None:
        """None: there is none, or it was withdrawn."""
        return _announcement(self._connection, self._vault, announced_id)


def new_visit_id() -> str:
    return PREFIX + secrets.token_hex(8)


def new_announced_id() -> str:
    return secrets.token_hex(8)


def read_visit(connection: sqlite3.Connection, vault: Vault, visit_id: str) -> Visit | None:
    """A visit on the disk. An older journal that is only read has none. Raises JournalError, VaultError."""
    with storage_errors():
        if version(connection) < SINCE_SCHEMA:
            return None
        row = connection.execute(f"{_SELECT} WHERE visit.id = ?", (visit_id,)).fetchone()
    return _open(vault, row) if row else None


def _row(vault: Vault, visit: Visit, code: str | None) -> tuple[object, ...]:
    said = _Said(visit.house, visit.purpose.value, visit.phone, visit.name, visit.travel, visit.by)
    sealed = vault.seal(_encoder.encode(said), _context("visit", visit.id))
    announced = visit.announced.id if visit.announced else None
    return visit.id, to_ms(visit.at), announced, code, sealed


def _open(vault: Vault, row: Sequence[object]) -> Visit:
    visit_id, at_ms, sealed, *told = row
    assert isinstance(visit_id, str) and isinstance(at_ms, int)  # noqa: PT018 - the table is STRICT
    assert isinstance(sealed, bytes)
    said = msgspec.msgpack.decode(vault.open(sealed, _context("visit", visit_id)), type=_Said)
    return Visit(
        visit_id,
        said.house,
        Purpose(said.purpose),
        from_ms(at_ms),
        said.phone,
        said.name,
        said.travel,
        _open_announced(vault, told) if told[0] is not None else None,
        said.by,
    )


def _announced_row(vault: Vault, one: Announced, now: datetime) -> tuple[object, ...]:
    told = _Told(one.house, one.name, one.phone_tail, one.said_by)
    sealed = vault.seal(_encoder.encode(told), _context("announced", one.id))
    return one.id, to_ms(one.begins), to_ms(one.ends), one.people, to_ms(now), 0, sealed


def _announcement(connection: sqlite3.Connection, vault: Vault, announced_id: str) -> Announced | None:
    with storage_errors():
        row = connection.execute(_ANNOUNCED, (announced_id,)).fetchone()
    return _open_announced(vault, row) if row else None


def _open_announced(vault: Vault, row: Sequence[object]) -> Announced:
    announced_id, begins_ms, ends_ms, people, sealed = row
    assert isinstance(announced_id, str) and isinstance(sealed, bytes)  # noqa: PT018 - the table is STRICT
    assert isinstance(begins_ms, int) and isinstance(ends_ms, int) and isinstance(people, int)  # noqa: PT018
    told = msgspec.msgpack.decode(vault.open(sealed, _context("announced", announced_id)), type=_Told)
    return Announced(
        announced_id,
        told.house,
        from_ms(begins_ms),
        from_ms(ends_ms),
        people,
        told.name,
        told.phone_tail,
        told.said_by,
    )


def _context(table: str, row_id: str) -> bytes:
    return f"{table}/{row_id}".encode()


_TOLD = ", ".join(f"announced_visit.{name}" for name in ("id", "begins_ms", "ends_ms", "people", "sealed"))
_VISIT = f"visit.id, visit.at_ms, visit.sealed, {_TOLD}"
_JOINED = "LEFT JOIN announced_visit ON announced_visit.id = visit.announced"
_SELECT = f"SELECT {_VISIT} FROM visit {_JOINED}"
_INSERT = "INSERT INTO visit (id, at_ms, announced, code, sealed) VALUES (?, ?, ?, ?, ?)"
_LAST_WAY = "SELECT direction FROM whereabouts WHERE subject = ?"
_INSIDE = f"""
SELECT whereabouts.at_ms, {_VISIT} FROM whereabouts JOIN visit ON visit.id = subject {_JOINED}
WHERE direction = 'in' ORDER BY whereabouts.at_ms, visit.position
"""
_SINCE = f"""
SELECT direction, {_VISIT} FROM visit {_JOINED} LEFT JOIN whereabouts ON subject = visit.id
WHERE visit.at_ms >= ? ORDER BY visit.position DESC
"""
_ANNOUNCE = """
INSERT INTO announced_visit (id, begins_ms, ends_ms, people, told_ms, withdrawn, sealed)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_ANNOUNCED = f"SELECT {_TOLD} FROM announced_visit WHERE id = ? AND NOT withdrawn"
_EXPECTED = f"""
SELECT (SELECT count(*) FROM visit JOIN whereabouts ON subject = visit.id
        WHERE visit.announced = announced_visit.id), {_TOLD}
FROM announced_visit WHERE begins_ms <= ? AND ends_ms >= ? AND NOT withdrawn ORDER BY begins_ms, id
"""
