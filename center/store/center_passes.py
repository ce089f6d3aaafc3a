"""Gate passes (出入证) that the center issued. The signed text lies sealed: whoever has it has the pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from center.scope import Scope
from center.store.console_audit import Note, write_note
from center.store.database import Database
from center.store.lists import Lists
from center.store.private_items import PrivateItems
from station.sync.items import RevokedPassItem, TrustItem, encode_item

CHANNEL = "quick"
_COLUMNS = "id, branch, person, issued_ms, until_ms, revoked_ms, who, body"
_CURRENT = "SELECT 1 FROM center_pass WHERE person = ? AND revoked_ms IS NULL AND until_ms >= ?"


@dataclass(frozen=True, slots=True)
class CenterPass:
    id: bytes
    branch: str
    person: str
    issued_ms: int
    until_ms: int
    revoked_ms: int | None
    who: str
    text: str = field(repr=False)

    @property
    def number(self) -> str:
        return self.id.hex()

    def is_current(self, now_ms: int) -> bool:
        return self.revoked_ms is None and now_ms <= self.until_ms


class CenterPasses:
    """All methods are transactions of their own."""

    def __init__(self, database: Database, private: PrivateItems, lists: Lists) -> None:
        self._database, self._private, self._lists = database, private, lists

    def add(self, issued: CenterPass, trust: tuple[str, str], note: Note) -> bool:
        """`trust`: name and text of the issuer's public key, which every gate must have.

        False: by now this person has a valid one, and gets no second.
        """
        key, text = trust
        with self._database.write() as connection:
            item = ("trust", key, encode_item(TrustItem(text)))
            newest = self._lists.put_within(connection, CHANNEL, item, "")  # others wait from here on
            if connection.row(_CURRENT, issued.person, issued.issued_ms):
                return False
            body = self._private.seal(issued.text.encode(), b"kakou pass " + issued.id)
            connection.run(
                f"INSERT INTO center_pass ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, NULL, ?, ?)",
                *(
                    issued.id,
                    issued.branch,
                    issued.person,
                    issued.issued_ms,
                    issued.until_ms,
                    issued.who,
                    body,
                ),
            )
            write_note(connection, note)
        self._lists.tell(CHANNEL, newest)
        return True

    def revoke(self, one: CenterPass, now_ms: int, note: Note) -> None:
        """Every gate stops it from now on."""
        with self._database.write() as connection:
            item = ("revoked_pass", one.number, encode_item(RevokedPassItem(now_ms)))
            newest = self._lists.put_within(connection, CHANNEL, item, "")
            connection.run(
                "UPDATE center_pass SET revoked_ms = coalesce(revoked_ms, ?) WHERE id = ?", now_ms, one.id
            )
            write_note(connection, note)
        self._lists.tell(CHANNEL, newest)

    def get(self, scope: Scope, number: bytes) -> CenterPass | None:
        where, values = scope.where("branch")
        with self._database.read() as connection:
            row = connection.row(
                f"SELECT {_COLUMNS} FROM center_pass WHERE id = ? AND {where}", number, *values
            )
        return self._pass(row) if row else None

    def of(self, scope: Scope, person: str) -> list[CenterPass]:
        """The newest first."""
        return self._several("person = ? AND ", [person], scope, 50)

    def latest(self, scope: Scope, before_ms: int | None = None, most: int = 100) -> list[CenterPass]:
        if before_ms is None:
            return self._several("", [], scope, most)
        return self._several("issued_ms < ? AND ", [before_ms], scope, most)

    def _several(self, which: str, values: list[Any], scope: Scope, most: int) -> list[CenterPass]:
        where, more = scope.where("branch")
        sql = f"SELECT {_COLUMNS} FROM center_pass WHERE {which}{where} ORDER BY issued_ms DESC, id LIMIT ?"
        with self._database.read() as connection:
            return [self._pass(row) for row in connection.rows(sql, *values, *more, most)]

    def _pass(self, row: Sequence[Any]) -> CenterPass:
        number, *rest, body = row
        text = self._private.open(bytes(body), b"kakou pass " + bytes(number)).decode()
        made: list[Any] = [bytes(number), *rest, text]
        return CenterPass(*made)
