"""Entries of a day, page after page by key: the hundredth page costs no more than the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from center.store.database import Database

_COLUMNS = (
    "station, id, gate, lane, direction, corrected_ms, received_ms, severity, reasons, code_kind,"
    " code_status, value_c, amends, emulated"
)


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A typed row, without who it was."""

    station: bytes
    id: bytes
    gate: str
    lane: str
    direction: str
    at_ms: int  # by the center's clock
    received_ms: int
    severity: int
    reasons: str
    code_kind: str | None
    code_status: str | None
    value_c: float | None
    amends: bytes | None
    emulated: int


@dataclass(frozen=True, slots=True)
class DayPage:
    """In the order of station and id. `more`: there are others after these."""

    entries: tuple[StoredEntry, ...]
    more: bool


class EntryPages:
    """Reads only; each method is a snapshot of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_day(
        self, stations: Sequence[bytes], day: int, after: tuple[bytes, bytes] | None, most: int
    ) -> DayPage:
        """Of these stations, sorted; `day` since 1970; `after`: station and id of the last one before."""
        found: list[StoredEntry] = []
        sql = f"SELECT {_COLUMNS} FROM entry WHERE station = ? AND day = ? AND id > ? ORDER BY id LIMIT ?"
        with self._database.read() as connection:
            for station in stations:
                if after and station < after[0]:
                    continue
                begin = after[1] if after and station == after[0] else b""
                rows = connection.rows(sql, station, day, begin, most + 1 - len(found))
                found += [StoredEntry(*row) for row in rows]
                if len(found) > most:
                    break
        return DayPage(tuple(found[:most]), len(found) > most)
