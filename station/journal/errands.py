"""What is to be done for houses: parcels and errands, until somebody closes them. What is personal is sealed.

One commit each. Methods raise JournalError, VaultError.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

import msgspec

from station.core.entry import from_ms, to_ms
from station.core.errand import Ending, Errand, ErrandKind
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.vault import Vault


class _Said(msgspec.Struct, array_like=True, frozen=True):
    """What is sealed of an errand; fields are only ever appended."""

    house: str
    from_whom: str = ""
    note: str = ""
    by: str = ""


class _Closed(msgspec.Struct, array_like=True, frozen=True):
    """What is sealed when it is closed; fields are only ever appended."""

    ending: str
    by: str = ""


_encoder = msgspec.msgpack.Encoder()


class Errands:
    """Of the journal's thread, as the journal itself."""

    def __init__(self, journal: Journal) -> None:
        self._connection, self._vault = journal.connection, journal.vault

    def take(self, errand: Errand) -> None:
        """Something new. It is on the disk when this returns."""
        said = _Said(errand.house, errand.from_whom, errand.note, errand.by)
        sealed = self._vault.seal(_encoder.encode(said), _context("errand", errand.id))
        with storage_errors(), transaction(self._connection):
            self._connection.execute(_INSERT, (errand.id, errand.kind.value, to_ms(errand.at), sealed))

    def close(self, errand_id: str, ending: Ending, now: datetime, by: str = "") -> bool:
        """It is done; False if it was closed before, or is not there."""
        sealed = self._vault.seal(_encoder.encode(_Closed(ending.value, by)), _context("closed", errand_id))
        with storage_errors(), transaction(self._connection):
            done = self._connection.execute(_CLOSE, (to_ms(now), sealed, errand_id))
        return done.rowcount == 1

    def open(self) -> list[Errand]:
        """What is still to be done, in the order in which it came."""
        return self._read(f"{_SELECT} WHERE closed_at_ms IS NULL ORDER BY position")

    def since(self, at: datetime) -> list[Errand]:
        """What came or was closed since then, newest first."""
        return self._read(
            f"{_SELECT} WHERE max(at_ms, coalesce(closed_at_ms, 0)) >= ? ORDER BY position DESC", at
        )

    def _read(self, query: str, *moments: datetime) -> list[Errand]:
        with storage_errors():
            rows = self._connection.execute(query, [to_ms(one) for one in moments]).fetchall()
        return [_open(self._vault, row) for row in rows]


def new_errand_id() -> str:
    return secrets.token_hex(8)


def _open(vault: Vault, row: Sequence[object]) -> Errand:
    errand_id, kind, at_ms, sealed, closed_at_ms, closed = row
    assert isinstance(errand_id, str) and isinstance(kind, str)  # noqa: PT018 - the table is STRICT
    assert isinstance(at_ms, int) and isinstance(sealed, bytes)  # noqa: PT018
    said = msgspec.msgpack.decode(vault.open(sealed, _context("errand", errand_id)), type=_Said)
    end = _Closed("")
    if isinstance(closed, bytes):
        end = msgspec.msgpack.decode(vault.open(closed, _context("closed", errand_id)), type=_Closed)
    return Errand(
        errand_id,
        ErrandKind(kind),
        said.house,
        from_ms(at_ms),
        said.from_whom,
        said.note,
        said.by,
        from_ms(closed_at_ms) if isinstance(closed_at_ms, int) else None,
        Ending(end.ending) if end.ending else None,
        end.by,
    )


def _context(part: str, errand_id: str) -> bytes:
    return f"errand/{part}/{errand_id}".encode()


_SELECT = "SELECT id, kind, at_ms, sealed, closed_at_ms, closed FROM errand"
_INSERT = "INSERT INTO errand (id, kind, at_ms, sealed) VALUES (?, ?, ?, ?)"
_CLOSE = "UPDATE errand SET closed_at_ms = ?, closed = ? WHERE id = ? AND closed_at_ms IS NULL"
