"""Lists that were uploaded and are looked at, and their rows that could not be taken: nothing is lost."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import msgspec

from center.scope import Scope, is_within
from center.store.console_audit import Note, write_note
from center.store.database import Connection, Database
from center.store.errors import StoreError
from center.store.private_items import PrivateItems
from station.roster.sheets import Sheet

log = logging.getLogger(__name__)

FILE_KEPT_MS = 24 * 3600 * 1000  # an upload that nobody imported


class FileSays(msgspec.Struct, frozen=True, array_like=True):
    """The file as it was read."""

    name: str
    sheets: tuple[Sheet, ...]

    def __repr__(self) -> str:
        return "FileSays(…)"


@dataclass(frozen=True, slots=True)
class RosterFile:
    id: bytes
    branch: str
    kind: str  # people, tests
    at_ms: int
    who: str
    said: FileSays = field(repr=False)


class Reason(msgspec.Struct, frozen=True, array_like=True):
    """Why a row cannot be taken: a code, the title of the column, the other row that it contradicts."""

    code: str
    column: str = ""
    row: int = 0


class RowSays(msgspec.Struct, frozen=True, array_like=True):
    """A row that could not be taken, as it stood in its file."""

    file: str
    number: int
    titles: tuple[str, ...]
    cells: tuple[str, ...]
    reasons: tuple[Reason, ...]

    def __repr__(self) -> str:
        return "RowSays(…)"


@dataclass(frozen=True, slots=True)
class HeldRow:
    id: bytes
    branch: str
    kind: str
    at_ms: int
    who: str
    reasons: tuple[str, ...]
    said: RowSays = field(repr=False)


_ROW = "id, branch, kind, at_ms, who, reasons, body"


class RosterFiles:
    """All methods are transactions of their own; `..._within` are part of somebody else's."""

    def __init__(self, database: Database, private: PrivateItems) -> None:
        self._database, self._private = database, private

    def keep(self, branch: str, kind: str, said: FileSays, note: Note) -> bytes:
        """Its id."""
        file_id = secrets.token_bytes(16)
        body = self._private.seal(msgspec.msgpack.encode(said), b"kakou file " + file_id)
        with self._database.write() as connection:
            connection.run(
                "INSERT INTO roster_file (id, branch, kind, at_ms, who, body) VALUES (?, ?, ?, ?, ?, ?)",
                *(file_id, branch, kind, note.at_ms, note.who, body),
            )
            write_note(connection, note)
        return file_id

    def get(self, scope: Scope, file_id: bytes) -> RosterFile | None:
        where, values = scope.where("branch")
        sql = f"SELECT branch, kind, at_ms, who, body FROM roster_file WHERE id = ? AND {where}"
        with self._database.read() as connection:
            row = connection.row(sql, file_id, *values)
        if row is None:
            return None
        plain = self._private.open(bytes(row[4]), b"kakou file " + file_id)
        return RosterFile(
            file_id, row[0], row[1], row[2], row[3], msgspec.msgpack.decode(plain, type=FileSays)
        )

    def finish(self, file: RosterFile, rows: Iterable[HeldRow], note: Note) -> None:
        """The file was imported, or given up; these rows of it are still to be put right."""
        with self._database.write() as connection:
            connection.run("DELETE FROM roster_file WHERE id = ?", file.id)
            connection.run_many(
                f"INSERT INTO held_row ({_ROW}) VALUES (?, ?, ?, ?, ?, ?, ?)", map(self._kept, rows)
            )
            write_note(connection, note)

    def held(self, scope: Scope, before: tuple[int, str] | None = None, most: int = 100) -> list[HeldRow]:
        """The newest first."""
        where, values = scope.where("branch")
        if before:
            where, values = (
                f"{where} AND (at_ms < ? OR (at_ms = ? AND id > ?))",
                [*values, before[0], before[0]],
            )
        ids: list[object] = [bytes.fromhex(before[1])] if before else []
        sql = f"SELECT {_ROW} FROM held_row WHERE {where} ORDER BY at_ms DESC, id LIMIT ?"
        with self._database.read() as connection:
            return [self._row(*row) for row in connection.rows(sql, *values, *ids, most)]

    def held_row(self, scope: Scope, row_id: bytes) -> HeldRow | None:
        where, values = scope.where("branch")
        with self._database.read() as connection:
            row = connection.row(f"SELECT {_ROW} FROM held_row WHERE id = ? AND {where}", row_id, *values)
        return self._row(*row) if row else None

    def count_held(self, scope: Scope) -> int:
        where, values = scope.where("branch")
        with self._database.read() as connection:
            row = connection.row(f"SELECT count(*) FROM held_row WHERE {where}", *values)
        return int(row[0]) if row else 0

    def drop_held(self, row_id: bytes, note: Note) -> None:
        """It was put right, or thrown away."""
        with self._database.write() as connection:
            connection.run("DELETE FROM held_row WHERE id = ?", row_id)
            write_note(connection, note)

    def settle(self, branch: str, finding: str, note: Note) -> None:
        """A finding is right as it is, somebody says."""
        with self._database.write() as connection:
            connection.run(
                "INSERT INTO settled (branch, finding, at_ms, who) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (branch, finding) DO NOTHING",
                *(branch, finding, note.at_ms, note.who),
            )
            write_note(connection, note)

    def settled(self, scope: Scope) -> set[str]:
        where, values = scope.where("branch")
        with self._database.read() as connection:
            return {row[0] for row in connection.rows(f"SELECT finding FROM settled WHERE {where}", *values)}

    def forget_files(self, now_ms: int) -> None:
        """Uploads that nobody imported hold much that is personal; also of a clock that was ahead."""
        moments = (now_ms - FILE_KEPT_MS, now_ms + FILE_KEPT_MS)
        with self._database.write() as connection:
            connection.run("DELETE FROM roster_file WHERE at_ms < ? OR at_ms > ?", *moments)

    def _kept(self, row: HeldRow) -> tuple[object, ...]:
        body = self._private.seal(msgspec.msgpack.encode(row.said), b"kakou row " + row.id)
        return (row.id, row.branch, row.kind, row.at_ms, row.who, " ".join(row.reasons), body)

    def _row(
        self, row_id: bytes, branch: str, kind: str, at_ms: int, who: str, reasons: str, body: bytes
    ) -> HeldRow:
        plain = self._private.open(bytes(body), b"kakou row " + bytes(row_id))
        said = msgspec.msgpack.decode(plain, type=RowSays)
        return HeldRow(bytes(row_id), branch, kind, at_ms, who, tuple(reasons.split()), said)


def held_about(
    connection: Connection, private: PrivateItems, branch: str, is_theirs: Callable[[tuple[str, ...]], bool]
) -> list[bytes]:
    """Ids of rows that are about somebody of this branch; by the cells of each. Within a transaction."""
    found = []
    for row_id, of, body in connection.rows("SELECT id, branch, body FROM held_row"):
        if is_within(of, branch) or is_within(branch, of):
            try:
                plain = private.open(bytes(body), b"kakou row " + bytes(row_id))
                cells = msgspec.msgpack.decode(plain, type=RowSays).cells
            except (StoreError, msgspec.DecodeError):  # what nobody can read any more tells of nobody
                log.error("erasing without a row of an upload that cannot be read")
                continue
            if is_theirs(cells):
                found.append(bytes(row_id))
    return found
