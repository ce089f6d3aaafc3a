"""What people did in the console: who, when, what, in which branch, about what. Rows are only ever added."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from center.scope import Scope
from center.store.database import Connection, Database
from center.store.pages import Place, newest_first, next_page

_COLUMNS = "at_ms, who, what, branch, about, address"
_ORDER = "at_ms id"


@dataclass(frozen=True, slots=True)
class Note:
    """One line. `about` is an id, never somebody's name or number."""

    at_ms: int
    who: str
    what: str  # in Chinese, as the page shows it
    branch: str = ""
    about: str = ""
    address: str = ""
    id: bytes = field(default=b"", compare=False)  # of a line that was read

    @property
    def place(self) -> Place:
        """Where it stands among all."""
        return Place(self.at_ms, (self.id,))


class ConsoleAudit:
    """All methods are transactions of their own; `write_note` is part of somebody else's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, note: Note) -> None:
        with self._database.write() as connection:
            write_note(connection, note)

    def latest(
        self, scope: Scope, *, before: Place | None = None, who: str = "", limit: int = 200
    ) -> list[Note]:
        """The newest first, of these branches; `before` (the last one's place) for the next page."""
        where, values = scope.where("branch")
        after, place = next_page(_ORDER, before)
        where, values = f"{where} AND {after}", [*values, *place]
        if who:
            where, values = where + " AND who = ?", [*values, who]
        order = f"ORDER BY {newest_first(_ORDER)} LIMIT ?"
        sql = f"SELECT {_COLUMNS}, id FROM console_audit WHERE {where} {order}"
        with self._database.read() as connection:
            return [Note(*row) for row in connection.rows(sql, *values, limit)]


def write_note(connection: Connection, note: Note | None) -> None:
    """In the transaction of what it tells of."""
    if note is None:
        return
    connection.run(
        f"INSERT INTO console_audit (id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        secrets.token_bytes(16),
        note.at_ms,
        note.who,
        note.what,
        note.branch,
        note.about,
        note.address,
    )
