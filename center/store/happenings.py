"""What happened lately that a program of the district may want to hear of. Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from center.scope import Scope
from center.store.database import Database

_MOST = 100_000  # of one look; what would be more than these is never told


@dataclass(frozen=True, slots=True)
class NewCase:
    id: bytes
    station: bytes
    branch: str
    gate: str
    kind: str
    what: str
    received_ms: int


@dataclass(frozen=True, slots=True)
class IsolatedPassage:
    """Somebody who is isolated stood at a gate."""

    id: bytes
    station: bytes
    branch: str
    gate: str
    severity: int
    reasons: str
    received_ms: int


class Happenings:
    """Times are when the center received it, UTC ms."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cases(self, scope: Scope, since_ms: int, until_ms: int) -> list[NewCase]:
        where, values = scope.where("branch", "gate")
        sql = (
            "SELECT id, station, branch, gate, kind, what, received_ms FROM case_file"
            f" WHERE received_ms BETWEEN ? AND ? AND {where} ORDER BY received_ms, id LIMIT ?"
        )
        with self._database.read() as connection:
            return [NewCase(*row) for row in connection.rows(sql, since_ms, until_ms, *values, _MOST)]

    def isolated(self, scope: Scope, since_ms: int, until_ms: int) -> list[IsolatedPassage]:
        where, values = scope.where("station.branch", "station.gate")
        sql = (
            "SELECT gate_alarm.id, gate_alarm.station, station.branch, station.gate, severity, reasons,"
            " received_ms FROM gate_alarm JOIN station ON station.station = gate_alarm.station"
            f" WHERE received_ms BETWEEN ? AND ? AND {where} ORDER BY received_ms, gate_alarm.id LIMIT ?"
        )
        with self._database.read() as connection:
            return [IsolatedPassage(*row) for row in connection.rows(sql, since_ms, until_ms, *values, _MOST)]
