"""Exports that people have asked for: how far each is, where its file lies, until it is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from center.scope import Scope
from center.store.console_audit import Note, write_note
from center.store.database import Connection, Database

_COLUMNS = (
    "id, branch, format, first_day, last_day, masked, made_ms, made_by, state, seen, total, changed_ms,"
    " path, bytes, hash"
)
_OPEN = "('waiting', 'running')"


@dataclass(frozen=True, slots=True)
class ExportJob:
    """`state`: waiting, running, done, failed, cancelled, deleted. `hash`: SHA-256 of the file, hex."""

    id: bytes
    branch: str
    format: str
    first_day: str
    last_day: str
    masked: bool
    made_ms: int
    made_by: str
    state: str = "waiting"
    seen: int = 0
    total: int = 0
    changed_ms: int = 0
    path: str = ""
    bytes: int = 0
    hash: str = ""

    @property
    def is_open(self) -> bool:
        return self.state in ("waiting", "running")


class ExportJobs:
    """All methods are transactions of their own; times are UTC ms."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, job: ExportJob, note: Note) -> None:
        values = [getattr(job, name) for name in _COLUMNS.split(", ")]
        values[5] = int(job.masked)
        with self._database.write() as connection:
            marks = ", ".join("?" * len(values))
            connection.run(f"INSERT INTO export_job ({_COLUMNS}) VALUES ({marks})", *values)
            write_note(connection, note)

    def get(self, scope: Scope, id: bytes) -> ExportJob | None:
        where, values = scope.where("branch")
        return next(iter(self._read(f"id = ? AND {where}", id, *values)), None)

    def all(self, scope: Scope, most: int = 100) -> list[ExportJob]:
        """The newest first."""
        where, values = scope.where("branch")
        return self._read(where, *values)[:most]

    def of_state(self, *states: str) -> list[ExportJob]:
        marks = ", ".join("?" * len(states))
        return self._read(f"state IN ({marks})", *states)

    def step(self, id: bytes, seen: int, total: int, now_ms: int) -> bool:
        """It is under way; False: it was told to stop."""
        sql = (
            "UPDATE export_job SET state = 'running', seen = ?, total = ?, changed_ms = ?"
            f" WHERE id = ? AND state IN {_OPEN}"
        )
        with self._database.write() as connection:
            return bool(connection.run(sql, seen, total, now_ms, id))

    def done(self, id: bytes, path: str, size: int, hash: str, now_ms: int) -> bool:
        """The file is there, whole. False: it was told to stop meanwhile."""
        sql = (
            "UPDATE export_job SET state = 'done', path = ?, bytes = ?, hash = ?, changed_ms = ?,"
            f" seen = total WHERE id = ? AND state IN {_OPEN}"
        )
        with self._database.write() as connection:
            return bool(connection.run(sql, path, size, hash, now_ms, id))

    def end(self, id: bytes, state: str, now_ms: int, note: Note | None = None) -> bool:
        """failed, cancelled or deleted. False: it had ended otherwise."""
        before = "('done')" if state == "deleted" else _OPEN
        sql = f"UPDATE export_job SET state = ?, changed_ms = ? WHERE id = ? AND state IN {before}"
        with self._database.write() as connection:
            changed = bool(connection.run(sql, state, now_ms, id))
            write_note(connection, note if changed else None)
        return changed

    def _read(self, where: str, *values: Any) -> list[ExportJob]:
        with self._database.read() as connection:
            return _jobs(connection, where, values)


def _jobs(connection: Connection, where: str, values: Sequence[Any]) -> list[ExportJob]:
    sql = f"SELECT {_COLUMNS} FROM export_job WHERE {where} ORDER BY made_ms DESC, id LIMIT 500"
    return [
        ExportJob(bytes(id), branch, format, first, last, bool(masked), *rest)
        for id, branch, format, first, last, masked, *rest in connection.rows(sql, *values)
    ]
