"""The rota in a journal: shifts that were planned here, those of the center, and who put themselves down.

Names are sealed. Methods raise JournalError, VaultError.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from station.core import shift as rota
from station.core.moments import from_ms, to_ms
from station.core.shift import Shift, ShiftError, ShiftProblem, SignupProblem, Source
from station.journal.center_pages import open_whole, read_body
from station.journal.connection import open_reader, transaction
from station.journal.enrolment import read_enrolment
from station.journal.errors import storage_errors
from station.journal.migrations import version
from station.journal.unheard import Unheard
from station.journal.vault import Vault, open_vault
from station.sync.items import ShiftItem

SINCE_SCHEMA = 12
MOST_NAMES = 200  # of a list that came from elsewhere


class Holding(Protocol):
    """An open journal, or a reader's connection with the vault."""

    @property
    def connection(self) -> sqlite3.Connection: ...
    @property
    def vault(self) -> Vault: ...


@dataclass(frozen=True, slots=True)
class _Read:
    connection: sqlite3.Connection
    vault: Vault


@contextmanager
def open_rota(folder: Path, gate: str) -> Iterator[Rota]:
    """Beside the gate that is at work: it writes nothing. Raises NoJournalError too."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        yield Rota(_Read(connection, open_vault(folder, create=False)), lambda: gate)


class Rota:
    """Of the thread of its connection. `gate` says this gate's name: the center plans for many."""

    def __init__(self, holding: Holding, gate: Callable[[], str]) -> None:
        self._connection, self._vault, self._gate = holding.connection, holding.vault, gate

    def between(self, begin: datetime, end: datetime) -> list[Shift]:
        """Every shift that reaches into this stretch of time, by when it begins."""
        if version(self._connection) < SINCE_SCHEMA:
            return []
        with storage_errors():
            rows = self._connection.execute(_PLANNED, (to_ms(end), to_ms(begin))).fetchall()
            planned = [
                Shift(one, from_ms(begins), from_ms(ends), needed, Source.LOCAL, self._names(one))
                for one, begins, ends, needed in rows
            ]
            there = [one for one in self._of_center() if one.begins < end and one.ends > begin]
        return sorted([*planned, *there], key=lambda one: (one.begins, one.id))

    def find(self, shift_id: str) -> Shift | None:
        """None: it was taken back."""
        return next((one for one in self.between(_EVER, _NEVER) if one.id == shift_id), None)

    # --- planning -------------------------------------------------------------------------------

    def plan(self, spans: Sequence[tuple[datetime, datetime, int]], now: datetime) -> list[Shift]:
        """All of these shifts, or none. Raises ShiftError if one overlaps another."""
        made = [Shift(secrets.token_hex(8), *span) for span in spans]
        with storage_errors(), transaction(self._connection):
            for number, one in enumerate(made):
                if rota.clash([one], [*self.between(one.begins, one.ends), *made[:number]]):
                    raise ShiftError(ShiftProblem.OVERLAPS, one.begins.date())
            self._connection.executemany(
                "INSERT INTO shift (id, begins_ms, ends_ms, needed, told_ms, withdrawn)"
                " VALUES (?, ?, ?, ?, ?, 0)",
                [(one.id, to_ms(one.begins), to_ms(one.ends), one.needed, to_ms(now)) for one in made],
            )
        return made

    def withdraw(self, shift_ids: Iterable[str]) -> int:
        """Those of here are not any more; the center's are its own. How many."""
        with storage_errors(), transaction(self._connection):
            return sum(
                self._connection.execute(
                    "UPDATE shift SET withdrawn = 1 WHERE id = ? AND NOT withdrawn", (one,)
                ).rowcount
                for one in shift_ids
            )

    # --- putting oneself down -------------------------------------------------------------------

    def sign_up(self, shift_id: str, name: str, now: datetime) -> Shift:
        """The name stands there from now on. Raises ShiftError."""
        with storage_errors(), transaction(self._connection):
            shift = self.find(shift_id)
            others = self.between(shift.begins, shift.ends) if shift else ()
            if problem := rota.signup_problem(shift, name, others, now):
                raise ShiftError(problem)
            sealed = self._vault.seal(name.strip().encode(), _context(shift_id))
            self._connection.execute(
                "INSERT INTO signup (shift, at_ms, sealed) VALUES (?, ?, ?)", (shift_id, to_ms(now), sealed)
            )
            found = self.find(shift_id)
        assert found is not None  # it was there in this transaction
        return found

    def leave(self, shift_id: str, name: str, now: datetime) -> None:
        """The name stands there no more. Raises ShiftError: it did not, or the center put it there."""
        with storage_errors(), transaction(self._connection):
            rows = self._connection.execute(_SIGNED, (shift_id,)).fetchall()
            mine = [row for row, sealed in rows if self._open(shift_id, sealed) == name.strip()]
            if not mine:
                raise ShiftError(SignupProblem.GONE)
            self._connection.execute(
                "UPDATE signup SET left_ms = ? WHERE position = ?", (to_ms(now), mine[-1])
            )

    # --- reading --------------------------------------------------------------------------------

    def _names(self, shift_id: str) -> tuple[str, ...]:
        rows = self._connection.execute(_SIGNED, (shift_id,)).fetchall()
        return tuple(self._open(shift_id, sealed) for _, sealed in rows)

    def _open(self, shift_id: str, sealed: bytes) -> str:
        return self._vault.open(sealed, _context(shift_id)).decode()

    def _of_center(self) -> list[Shift]:
        """With the names that the center has, and what was done here that it has not answered yet."""
        gates, found, unheard = self._gates(), [], Unheard(self._connection, self._vault)
        for key, sealed in self._connection.execute(_OF_CENTER).fetchall():
            body = open_whole(self._vault, "shift", key, sealed)
            item = None if body is None else _read(body)
            if item and item.gate in gates and item.end_ms > item.begin_ms:
                names = self._with_unheard(key, item.names[:MOST_NAMES], unheard)
                span = from_ms(item.begin_ms), from_ms(item.end_ms)
                found.append(Shift(key, *span, max(item.needed, 1), Source.CENTER, names, item.title))
        return found

    def _gates(self) -> set[str]:
        """For which gates a shift may be that is ours: its PC's name and the center's need not agree."""
        enrolment = None if self._vault.locked else read_enrolment(self._connection, self._vault)
        return {"", self._gate(), enrolment.name if enrolment else ""}

    def _with_unheard(self, key: str, given: Iterable[str], unheard: Unheard) -> tuple[str, ...]:
        names = dict.fromkeys(given)
        for at_ms, left_ms, sealed in self._connection.execute(_EVER_SIGNED, (key,)).fetchall():
            name = self._open(key, sealed)
            if unheard.stands(key, name, at_ms, leaves=False):
                names[name] = None
            if left_ms is not None and unheard.stands(key, name, left_ms, leaves=True):
                names.pop(name, None)
        return tuple(names)


def _read(body: bytes) -> ShiftItem | None:
    try:
        return read_body(body, ShiftItem)
    except ValueError:
        return None  # of a newer center; it was counted when it came


def _context(shift_id: str) -> bytes:
    return f"signup/{shift_id}".encode()


_EVER, _NEVER = from_ms(0), from_ms(2**47)
_PLANNED = """
SELECT id, begins_ms, ends_ms, needed FROM shift
WHERE begins_ms < ? AND ends_ms > ? AND NOT withdrawn ORDER BY begins_ms
"""
_SIGNED = "SELECT position, sealed FROM signup WHERE shift = ? AND left_ms IS NULL ORDER BY position"
_EVER_SIGNED = "SELECT at_ms, left_ms, sealed FROM signup WHERE shift = ? ORDER BY position"
_OF_CENTER = "SELECT key, sealed FROM center_item WHERE list = 'shift' AND sealed NOT NULL ORDER BY key"
