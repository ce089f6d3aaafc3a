"""Who was on duty at this lane, from when to when: each beginning and end with its record in the audit.

Names are sealed. Functions and methods raise JournalError, VaultError.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from station.core.audit import Audited, Event
from station.core.moments import from_ms, to_ms
from station.core.operators import NOBODY, Who
from station.journal import audit
from station.journal.connection import open_reader, transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.migrations import version
from station.journal.shifts import SINCE_SCHEMA
from station.journal.vault import Vault, open_vault

_MOST_NAMES = 60  # of former duties that are looked through for names


@dataclass(frozen=True, slots=True)
class Duty:
    """One person's time at the lane. `number` is empty if the name was typed and believed."""

    position: int
    began: datetime
    ended: datetime | None
    lane: str
    number: str
    name: str = field(repr=False)
    shift: str | None = None


@dataclass(frozen=True, slots=True)
class Comer:
    """Whoever comes on duty."""

    name: str = field(repr=False)
    who: Who = NOBODY
    lane: str = ""
    shift: str | None = None  # the planned one


class Duties:
    """Of the journal's thread, as the journal itself."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._connection, self._vault = journal, journal.connection, journal.vault

    def current(self) -> Duty | None:
        """Whoever is on duty now."""
        with storage_errors():
            row = self._connection.execute(f"{_SELECT} WHERE ended_ms IS NULL ORDER BY 1 DESC").fetchone()
        return _duty(self._vault, row) if row else None

    def begin(self, comer: Comer, now: datetime) -> None:
        """They answer for the lane from now on; whoever did until now does not any more."""
        with storage_errors(), transaction(self._connection):
            self.write_begin(comer, now)

    def write_begin(self, comer: Comer, now: datetime) -> None:
        """The same, only within a transaction."""
        self.write_end("taken_over", now)
        sealed = self._vault.seal(comer.name.strip().encode(), _CONTEXT)
        self._connection.execute(
            "INSERT INTO duty (began_ms, lane, operator, shift, sealed) VALUES (?, ?, ?, ?, ?)",
            (to_ms(now), comer.lane, comer.who.number, comer.shift, sealed),
        )
        facts = (("lane", comer.lane),) + ((("shift", comer.shift),) if comer.shift else ())
        # A name that was typed is sealed: only numbers stand in the record.
        note = "" if comer.who else comer.name.strip()
        audit.write(self._journal, Event(Audited.DUTY_BEGUN, comer.who, comer.who.number, facts, note), now)

    def end(self, why: str, now: datetime) -> None:
        """Nobody answers for the lane. `why`: a slug."""
        with storage_errors(), transaction(self._connection):
            self.write_end(why, now)

    def write_end(self, why: str, now: datetime) -> None:
        """The same, only within a transaction."""
        row = self._connection.execute(f"{_SELECT} WHERE ended_ms IS NULL ORDER BY 1 DESC").fetchone()
        if row is None:
            return
        duty = _duty(self._vault, row)
        # A clock that was set back ends nothing before it began.
        at = max(to_ms(now), to_ms(duty.began))
        self._connection.execute("UPDATE duty SET ended_ms = ? WHERE ended_ms IS NULL", (at,))
        facts = (("lane", duty.lane), ("why", why), ("minutes", str((at - to_ms(duty.began)) // 60_000)))
        note = "" if duty.number else duty.name
        audit.write(self._journal, Event(Audited.DUTY_ENDED, Who(duty.number), duty.number, facts, note), now)

    def since(self, at: datetime) -> list[Duty]:
        """Those that lasted after this moment, oldest first."""
        return read_duties(self._connection, self._vault, at)

    def names(self) -> tuple[str, ...]:
        """Who was on duty lately and has no number, last first, each once."""
        with storage_errors():
            rows = self._connection.execute(
                f"{_SELECT} WHERE operator = '' ORDER BY position DESC LIMIT ?", (_MOST_NAMES,)
            ).fetchall()
        return tuple(dict.fromkeys(_duty(self._vault, row).name for row in rows))


def duties_since(folder: Path, at: datetime) -> list[Duty]:
    """Beside the gate that is at work, oldest first. Raises NoJournalError too."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        if version(connection) < SINCE_SCHEMA:
            return []
        return read_duties(connection, open_vault(folder, create=False), at)


def read_duties(connection: sqlite3.Connection, vault: Vault, at: datetime) -> list[Duty]:
    """The same, with any connection."""
    with storage_errors():
        rows = connection.execute(
            f"{_SELECT} WHERE coalesce(ended_ms, began_ms) >= ? OR ended_ms IS NULL ORDER BY position",
            (to_ms(at),),
        ).fetchall()
    return [_duty(vault, row) for row in rows]


def _duty(vault: Vault, row: tuple[int, int, int | None, str, str, str | None, bytes]) -> Duty:
    position, began, ended, lane, number, shift, sealed = row
    name = vault.open(sealed, _CONTEXT).decode()
    return Duty(
        position, from_ms(began), None if ended is None else from_ms(ended), lane, number, name, shift
    )


_CONTEXT = b"duty"
_SELECT = "SELECT position, began_ms, ended_ms, lane, operator, shift, sealed FROM duty"
