"""Webhooks and their outbox: what happened is written down first, and told until it has arrived."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from center.scope import Scope
from center.store.console_audit import Note, write_note
from center.store.database import Database
from center.store.pages import Place, newest_first, next_page
from center.store.private_items import PrivateItems

_COLUMNS = "id, branch, url, events, secret, made_ms, made_by, looked_ms, ended_ms"
_SELECT = f"SELECT {_COLUMNS} FROM webhook"
_TOLD = "webhook, id, event, at_ms, body, due_ms, tries, done_ms, said"
# Between two tries at most; what is due later was put off by a clock that was ahead.
LONGEST_WAIT_MS = 25 * 3600 * 1000
KEPT_MS = 30 * 24 * 3600 * 1000  # what has arrived, or was given up, is shown for so long


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a program of the district wants to be told, and of what."""

    id: bytes
    branch: str
    url: str
    events: frozenset[str]
    secret: bytes = field(repr=False)
    made_ms: int
    made_by: str
    looked_ms: int
    ended_ms: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, once. `body` is JSON."""

    id: bytes
    event: str
    at_ms: int
    body: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One line of the outbox."""

    webhook: bytes
    id: bytes
    event: str
    at_ms: int
    body: str
    due_ms: int | None
    tries: int
    done_ms: int | None
    said: str

    @property
    def place(self) -> Place:
        """Where it stands among all of its webhook."""
        return Place(self.at_ms, (self.id,))


_ORDER = "at_ms id"
# Random bytes could look like what is sealed, in a store without a key.
_NOT_SEALED = b"="


class Webhooks:
    """All methods are transactions of their own; `now_ms` is UTC."""

    def __init__(self, database: Database, private: PrivateItems) -> None:
        self._database, self._private = database, private

    def add(self, branch: str, url: str, events: Iterable[str], now_ms: int, note: Note) -> Webhook:
        """It hears of what happens from now on."""
        id, secret = secrets.token_bytes(16), secrets.token_bytes(32)
        kept = self._private.seal(_NOT_SEALED + secret, _context(id))
        values = (id, branch, url, " ".join(sorted(events)), kept, now_ms, note.who, now_ms, None)
        with self._database.write() as connection:
            connection.run(f"INSERT INTO webhook ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *values)
            write_note(connection, note)
        return self._webhook((*values[:4], kept, *values[5:]))

    def all(self, scope: Scope, most: int = 200) -> list[Webhook]:
        """Those of these branches, the newest first, the ended ones too."""
        where, values = scope.where("branch")
        sql = f"{_SELECT} WHERE {where} ORDER BY made_ms DESC, id LIMIT ?"
        with self._database.read() as connection:
            return [self._webhook(row) for row in connection.rows(sql, *values, most)]

    def at_work(self) -> list[Webhook]:
        """All that nobody has ended."""
        with self._database.read() as connection:
            return [self._webhook(row) for row in connection.rows(f"{_SELECT} WHERE ended_ms IS NULL")]

    def get(self, scope: Scope, id: bytes) -> Webhook | None:
        where, values = scope.where("branch")
        with self._database.read() as connection:
            row = connection.row(f"{_SELECT} WHERE id = ? AND {where}", id, *values)
        return self._webhook(row) if row else None

    def end(self, scope: Scope, id: bytes, now_ms: int, note: Note) -> bool:
        """Nothing is told any more, what waits neither. False: there is none in these branches."""
        where, values = scope.where("branch")
        with self._database.write() as connection:
            sql = f"UPDATE webhook SET ended_ms = coalesce(ended_ms, ?) WHERE id = ? AND {where}"
            if not connection.run(sql, now_ms, id, *values):
                return False
            connection.run("UPDATE delivery SET due_ms = NULL WHERE webhook = ?", id)
            write_note(connection, note)
        return True

    def put(self, webhook: bytes, events: Iterable[Event], now_ms: int, looked_ms: int) -> int:
        """Into the outbox, what is not there already; how many. `looked_ms`: until when we have looked."""
        with self._database.write() as connection:
            sql = (
                f"INSERT INTO delivery ({_TOLD}) VALUES (?, ?, ?, ?, ?, ?, 0, NULL, '')"
                " ON CONFLICT (webhook, id) DO NOTHING"
            )
            rows = [(webhook, one.id, one.event, one.at_ms, one.body, now_ms) for one in events]
            new = sum(connection.run(sql, *row) for row in rows)
            connection.run("UPDATE webhook SET looked_ms = ? WHERE id = ?", looked_ms, webhook)
        return new

    def due(self, now_ms: int, most: int = 100) -> list[Delivery]:
        """What is to be told now, the oldest first."""
        sql = (
            f"SELECT {_TOLD} FROM delivery WHERE due_ms <= ? OR due_ms > ? ORDER BY due_ms, at_ms, id LIMIT ?"
        )
        with self._database.read() as connection:
            return [_delivery(row) for row in connection.rows(sql, now_ms, now_ms + LONGEST_WAIT_MS, most)]

    def tried(self, one: Delivery, said: str, *, due_ms: int | None, done_ms: int | None = None) -> None:
        """What came of a try: done, or when it is tried again, or neither: given up."""
        with self._database.write() as connection:
            connection.run(
                "UPDATE delivery SET tries = tries + 1, said = ?, due_ms = ?, done_ms = ?"
                " WHERE webhook = ? AND id = ? AND due_ms IS NOT NULL",
                *(said, due_ms, done_ms, one.webhook, one.id),
            )

    def again(self, webhook: bytes, id: bytes, now_ms: int, note: Note) -> bool:
        """Tell it once more, at once. False: there is no such line."""
        with self._database.write() as connection:
            sql = "UPDATE delivery SET due_ms = ?, done_ms = NULL WHERE webhook = ? AND id = ?"
            if not connection.run(sql, now_ms, webhook, id):
                return False
            write_note(connection, note)
        return True

    def deliveries(self, webhook: bytes, *, before: Place | None = None, most: int = 100) -> list[Delivery]:
        """Of one webhook, the newest first; `before` (the last one's place) for the next page."""
        after, place = next_page(_ORDER, before)
        order = f"ORDER BY {newest_first(_ORDER)} LIMIT ?"
        sql = f"SELECT {_TOLD} FROM delivery WHERE webhook = ? AND {after} {order}"
        with self._database.read() as connection:
            rows = connection.rows(sql, webhook, *place, most)
        return [_delivery(row) for row in rows]

    def forget_old(self, now_ms: int) -> int:
        """What was told long ago; how many lines."""
        with self._database.write() as connection:
            sql = "DELETE FROM delivery WHERE due_ms IS NULL AND at_ms < ?"
            return connection.run(sql, now_ms - KEPT_MS)

    def _webhook(self, row: Sequence[Any]) -> Webhook:
        id, branch, url, events, kept, *rest = row
        secret = self._private.open(bytes(kept), _context(bytes(id))).removeprefix(_NOT_SEALED)
        return Webhook(bytes(id), branch, url, frozenset(events.split()), secret, *rest)


def _delivery(row: Sequence[Any]) -> Delivery:
    webhook, id, *rest = row
    return Delivery(bytes(webhook), bytes(id), *rest)


def _context(id: bytes) -> bytes:
    return b"kakou webhook " + id
