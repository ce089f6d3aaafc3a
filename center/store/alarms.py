"""Isolated people who came to a gate: noted with the row of the entry, open until somebody has seen to it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from center.projection import COLUMNS, Row
from center.scope import Scope
from center.store.console_audit import Note, write_note
from center.store.database import Connection, Database
from center.store.pages import Place, newest_first, next_page
from center.store.private_items import PrivateItems
from station.core.model import ReasonCode

# Of those who should be at home. Pending and lifted isolations are no alarm.
CODES = frozenset(
    {
        ReasonCode.ISOLATED_LEAVING,
        ReasonCode.ISOLATED_RETURNING,
        ReasonCode.ISOLATED_ENTERING,
        ReasonCode.CONTACT_LEAVING,
        ReasonCode.CONTACT_RETURNING,
        ReasonCode.CONTACT_ENTERING,
        ReasonCode.SUB_CONTACT,
    }
)
_STARTS = ("isolated_", "contact_", "sub_contact")
_REASONS, _AMENDS = COLUMNS.index("reasons"), COLUMNS.index("amends")
_FROM_ENTRY = "station id person_id corrected_ms received_ms gate lane direction severity reasons"
_PLACES = tuple(COLUMNS.index(name) for name in _FROM_ENTRY.split())
_PUT = (
    "INSERT INTO gate_alarm (station, id, person, at_ms, received_ms, gate, lane, direction, severity,"
    " reasons, seen_by, said) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')"
    " ON CONFLICT (station, id) DO NOTHING"
)
_WITH_PLACE = (
    "SELECT gate_alarm.station, gate_alarm.id, incarnation, number, entry.reasons FROM gate_alarm"
    " JOIN entry ON entry.station = gate_alarm.station AND entry.id = gate_alarm.id"
)
_LATER_LOOKS = "SELECT station, amends, incarnation, number, reasons FROM entry WHERE amends IS NOT NULL"
_COLUMNS = (
    "gate_alarm.station, gate_alarm.id, person, at_ms, received_ms, station.name, station.branch, lane,"
    " direction, severity, reasons, seen_ms, seen_by, said"
)
_ORDER = "received_ms gate_alarm.id gate_alarm.station"
_FROM = "FROM gate_alarm JOIN station ON station.station = gate_alarm.station"
_SELECT = f"SELECT {_COLUMNS} {_FROM}"
_COUNT = f"SELECT gate_alarm.station, count(*) {_FROM} WHERE seen_ms IS NULL"


@dataclass(frozen=True, slots=True)
class GateAlarm:
    """One passage, or try, of somebody who is isolated. Times are UTC ms."""

    station: bytes
    id: bytes  # of the passage's first entry
    person: str  # empty: not known who
    at_ms: int
    received_ms: int
    gate: str
    branch: str  # of the gate
    lane: str
    direction: str
    severity: int
    reasons: tuple[str, ...]
    seen_ms: int | None
    seen_by: str
    said: str = field(repr=False)  # typed: it may name them, and lies sealed

    @property
    def place(self) -> Place:
        """Where it stands among all."""
        return Place(self.received_ms, (self.id, self.station))


def note(connection: Connection, rows: Iterable[Row]) -> None:
    """In the transaction that writes these rows of `entry`. A passage alarms once, however often decided.

    It may be at a later look only: the gate had let them go, and learnt then that they are isolated.
    """
    alarming = [_alarm(row) for row in rows if is_alarming(row[_REASONS])]
    if alarming:
        connection.run_many(_PUT, alarming)


class Alarms:
    """All methods are transactions of their own."""

    def __init__(self, database: Database, private: PrivateItems) -> None:
        self._database, self._private = database, private

    def places(self) -> set[tuple[bytes, bytes]]:
        """(station, id of the entry) of all."""
        with self._database.read() as connection:
            return {
                (bytes(one), bytes(id)) for one, id in connection.rows("SELECT station, id FROM gate_alarm")
            }

    def erase_again(
        self, known: Container[tuple[bytes, bytes]], typed: Mapping[tuple[bytes, int], int]
    ) -> None:
        """Those that are not known, of records up to these numbers of (station, incarnation).

        Typed rows that are made anew note every alarm again, also what retention or a person's erasure took.
        """
        with self._database.write() as connection:
            before, since = set[tuple[bytes, bytes]](), set[tuple[bytes, bytes]]()
            for sql in (_WITH_PLACE, _LATER_LOOKS):
                for station, id, incarnation, number, reasons in connection.rows(sql):
                    if is_alarming(reasons):
                        had_row = number <= typed.get((bytes(station), incarnation), 0)
                        (before if had_row else since).add((bytes(station), bytes(id)))
            gone = [place for place in before - since if place not in known]
            connection.run_many("DELETE FROM gate_alarm WHERE station = ? AND id = ?", gone)

    def unseen(self, scope: Scope, most: int = 50) -> list[GateAlarm]:
        """At the gates of these branches, the newest first."""
        return self._read(scope, "seen_ms IS NULL", [], "received_ms DESC", most)

    def all(self, scope: Scope, *, before: Place | None = None, most: int = 100) -> list[GateAlarm]:
        """The newest first; `before` (the last one's place) for the next page."""
        after, values = next_page(_ORDER, before)
        return self._read(scope, after, values, newest_first(_ORDER), most)

    def of(self, person: str, most: int = 100) -> list[GateAlarm]:
        """Of one person at whatever gate, the newest first: for their own card."""
        return self._read(Scope(("",)), "person = ?", [person], "at_ms DESC", most)

    def count_unseen(self, scope: Scope) -> dict[bytes, int]:
        """By station, all of them: a gate whose alarms are the oldest stays red."""
        where, values = scope.where("station.branch", "station.gate")
        with self._database.read() as connection:
            rows = connection.rows(f"{_COUNT} AND {where} GROUP BY gate_alarm.station", *values)
        return {bytes(station): int(count) for station, count in rows}

    def get(self, scope: Scope, station: bytes, id: bytes) -> GateAlarm | None:
        found = self._read(scope, "gate_alarm.station = ? AND gate_alarm.id = ?", [station, id], "at_ms", 1)
        return found[0] if found else None

    def see(self, alarm: GateAlarm, who: str, said: str, now_ms: int, note: Note) -> None:
        """Somebody has seen to it; whoever was first stays."""
        sealed = self._private.seal_text(said, _context(alarm.station, alarm.id))
        with self._database.write() as connection:
            changed = connection.run(
                "UPDATE gate_alarm SET seen_ms = ?, seen_by = ?, said = ?"
                " WHERE station = ? AND id = ? AND seen_ms IS NULL",
                *(now_ms, who, sealed, alarm.station, alarm.id),
            )
            if changed:
                write_note(connection, note)

    def _read(
        self, scope: Scope, condition: str, values: Sequence[Any], order: str, most: int
    ) -> list[GateAlarm]:
        where, of_scope = scope.where("station.branch", "station.gate")
        sql = f"{_SELECT} WHERE {condition} AND {where} ORDER BY {order} LIMIT ?"
        with self._database.read() as connection:
            rows = connection.rows(sql, *values, *of_scope, most)
        return [self._alarm(row) for row in rows]

    def _alarm(self, row: Sequence[Any]) -> GateAlarm:
        station, id, *rest, reasons, seen_ms, seen_by, said = row
        said = self._private.open_text(said, _context(bytes(station), bytes(id)))
        values: list[Any] = [bytes(station), bytes(id), *rest, tuple(reasons.split()), seen_ms, seen_by, said]
        return GateAlarm(*values)


def is_alarming(reasons: str) -> bool:
    """Nearly all entries are told by one look at the text."""
    return any(start in reasons for start in _STARTS) and not CODES.isdisjoint(reasons.split())


def _alarm(row: Row) -> Row:
    station, id, person, *rest = (row[place] for place in _PLACES)
    return (station, row[_AMENDS] or id, person or "", *rest)


def _context(station: bytes, id: bytes) -> bytes:
    """What was done about one alarm cannot be moved to another."""
    return b"kakou alarm " + station + id
