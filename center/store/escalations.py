"""Cases that nobody acted on, and how far up they have gone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from center.escalation import wanted
from center.store.cases import Cases
from center.store.console_audit import Note, write_note
from center.store.database import Connection, Database

BY_ITSELF = "（自动）"
# The rows of closed cases stay, and are those of years; CROSS, so that SQLite begins with the few open ones.
_OF_OPEN = (
    "FROM (SELECT station, id FROM case_file WHERE closed_ms IS NULL) AS still CROSS JOIN escalation"
    " WHERE escalation.station = still.station AND escalation.case_id = still.id"
)


class Escalations:
    """All methods are transactions of their own. `mono` is in seconds from anywhere."""

    def __init__(self, database: Database, cases: Cases, mono: Callable[[], float] = time.monotonic) -> None:
        self._database, self._cases, self._mono = database, cases, mono
        self._since: dict[tuple[bytes, bytes], float] = {}  # since when a case is known to wait

    def step(self, now_ms: int) -> int:
        """Send up what has waited too long; how many steps were made. Any number of times does no harm."""
        made, sent, waiting, mono = 0, self._steps(), self._cases.waiting(), self._mono()
        self._since = {
            (case.station, case.id): self._since.get((case.station, case.id), mono) for case in waiting
        }
        for case in waiting:
            # Our clock may have been ahead when it came: nobody would be told until it is there again.
            at_least_ms = int((mono - self._since[case.station, case.id]) * 1000)
            branches = wanted(case.kind, case.branch, max(now_ms - case.received_ms, at_least_ms))
            if len(branches) > sent.get((case.station, case.id), 0):
                with self._database.write() as connection:
                    made += _send_up(connection, case.station, case.id, branches, now_ms)
        return made

    def _steps(self) -> dict[tuple[bytes, bytes], int]:
        """How many each open case has gone up already."""
        with self._database.read() as connection:
            rows = connection.rows(f"SELECT escalation.station, case_id, count(*) {_OF_OPEN} GROUP BY 1, 2")
        return {(bytes(station), bytes(case_id)): int(count) for station, case_id, count in rows}

    def of(self, station: bytes, case_id: bytes) -> list[tuple[str, int]]:
        """(branch, when) of each step, the first first."""
        sql = "SELECT branch, at_ms FROM escalation WHERE station = ? AND case_id = ? ORDER BY step"
        with self._database.read() as connection:
            return [(branch, at_ms) for branch, at_ms in connection.rows(sql, station, case_id)]

    def newest(self) -> dict[tuple[bytes, bytes], str]:
        """The branch that each open case has reached, by the case's station and id."""
        with self._database.read() as connection:
            rows = connection.rows(f"SELECT escalation.station, case_id, branch {_OF_OPEN} ORDER BY step")
        return {(bytes(station), bytes(case_id)): branch for station, case_id, branch in rows}


def _send_up(
    connection: Connection, station: bytes, case_id: bytes, branches: Iterable[str], now_ms: int
) -> int:
    made = 0
    for step, branch in enumerate(branches, 1):
        new = connection.run(
            "INSERT INTO escalation (station, case_id, step, branch, at_ms) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (station, case_id, step) DO NOTHING",
            *(station, case_id, step, branch, now_ms),
        )
        if new:
            write_note(connection, Note(now_ms, BY_ITSELF, "没人理，报给上一级", branch, case_id.hex()))
        made += new
    return made
