"""Isolation, contacts and blocks of people: proposed by one, verified by another, then told to the gates.

Until a second person has verified it, an isolation is told as `isolation_pending` (the gates recheck), and a
block is not told at all. What is urgent acts at once and is verified after; a lifting is never urgent. The
change and what the gates are told of it are one transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import msgspec

from center.scope import Scope
from center.store.console_audit import Note, write_note
from center.store.database import Connection, Database
from center.store.lists import Lists
from center.store.private_items import PrivateItems
from station.sync.items import FactItem, encode_item

CHANNEL = "quick"
NONE = "none"
VALUES = {
    "isolation": ("isolation", "close_contact", "sub_close_contact", NONE),
    "block": ("moved_out", "lost_card", "not_allowed", NONE),
}
_PENDING = "isolation_pending"


class WatchProblem(StrEnum):
    UNKNOWN = "unknown"
    URGENT_LIFTING = "urgent_lifting"
    OVER = "over"
    WAITING = "waiting"  # one of this kind and person is being verified
    SAME_PERSON = "same_person"
    DECIDED = "decided"


class WatchError(Exception):
    def __init__(self, what: WatchProblem) -> None:
        super().__init__(what)
        self.what = what


class WatchSays(msgspec.Struct, frozen=True, array_like=True):
    reason: str
    answer: str = ""  # of the second person

    def __repr__(self) -> str:
        return "WatchSays(…)"


@dataclass(frozen=True, slots=True)
class Watch:
    id: bytes
    branch: str
    person: str
    kind: str
    value: str
    until_ms: int | None
    urgent: bool
    state: str  # waiting, verified, refused
    at_ms: int
    who: str
    second_ms: int | None
    second: str
    said: WatchSays = field(repr=False)

    @property
    def lifts(self) -> bool:
        return self.value == NONE


@dataclass(frozen=True, slots=True)
class Proposal:
    branch: str
    person: str
    kind: str
    value: str
    until_ms: int | None
    urgent: bool
    reason: str = field(repr=False)


_COLUMNS = "id, branch, person, kind, value, until_ms, urgent, state, at_ms, who, second_ms, second, body"


class Watches:
    """All methods are transactions of their own."""

    def __init__(self, database: Database, private: PrivateItems, lists: Lists) -> None:
        self._database, self._private, self._lists = database, private, lists

    def propose(self, wanted: Proposal, note: Note) -> bytes:
        """Its id. Raises WatchError."""
        if wanted.value not in VALUES.get(wanted.kind, ()):
            raise WatchError(WatchProblem.UNKNOWN)
        if wanted.urgent and wanted.value == NONE:
            raise WatchError(WatchProblem.URGENT_LIFTING)
        if wanted.until_ms is not None and wanted.until_ms <= note.at_ms:
            raise WatchError(WatchProblem.OVER)
        watch = Watch(
            secrets.token_bytes(16),
            *(wanted.branch, wanted.person, wanted.kind, wanted.value, wanted.until_ms, wanted.urgent),
            *("waiting", note.at_ms, note.who, None, ""),
            WatchSays(wanted.reason),
        )
        with self._database.write() as connection:
            newest = self._tell(connection, watch, note.at_ms)
            self._refuse_second_proposal(connection, watch)
            marks = ", ".join("?" * len(_COLUMNS.split(", ")))
            connection.run(f"INSERT INTO watch ({_COLUMNS}) VALUES ({marks})", *self._kept(watch))
            write_note(connection, note)
        if newest is not None:
            self._lists.tell(CHANNEL, newest)
        return watch.id

    def verify(self, watch: Watch, answer: str, note: Note) -> None:
        """By somebody else. Raises WatchError."""
        self._decide(watch, "verified", answer, note)

    def refuse(self, watch: Watch, answer: str, note: Note) -> None:
        """By somebody else: nothing is done, and what was urgent is undone. Raises WatchError."""
        self._decide(watch, "refused", answer, note)

    def get(self, scope: Scope, watch_id: bytes) -> Watch | None:
        where, values = scope.where("branch")
        with self._database.read() as connection:
            row = connection.row(f"SELECT {_COLUMNS} FROM watch WHERE id = ? AND {where}", watch_id, *values)
        return self._watch(row) if row else None

    def waiting(self, scope: Scope, most: int = 500) -> list[Watch]:
        """The urgent and the oldest first."""
        return self._several("state = 'waiting'", scope, "urgent DESC, at_ms, id", most)

    def latest(self, scope: Scope, before_ms: int | None = None, most: int = 100) -> list[Watch]:
        """Decided ones, the newest first."""
        before = f" AND at_ms < {int(before_ms)}" if before_ms is not None else ""
        return self._several(f"state <> 'waiting'{before}", scope, "at_ms DESC, id", most)

    def of(self, scope: Scope, person: str) -> list[Watch]:
        """All of a person, the newest first."""
        where, values = scope.where("branch")
        sql = f"SELECT {_COLUMNS} FROM watch WHERE person = ? AND {where} ORDER BY at_ms DESC, id LIMIT 200"
        with self._database.read() as connection:
            return [self._watch(row) for row in connection.rows(sql, person, *values)]

    def _several(self, which: str, scope: Scope, order: str, most: int) -> list[Watch]:
        where, values = scope.where("branch")
        sql = f"SELECT {_COLUMNS} FROM watch WHERE {which} AND {where} ORDER BY {order} LIMIT ?"
        with self._database.read() as connection:
            return [self._watch(row) for row in connection.rows(sql, *values, most)]

    def _decide(self, watch: Watch, state: str, answer: str, note: Note) -> None:
        if note.who == watch.who:
            raise WatchError(WatchProblem.SAME_PERSON)
        said = msgspec.structs.replace(watch.said, answer=answer)
        with self._database.write() as connection:
            newest = self._tell_decided(connection, watch, state, note.at_ms)
            changed = connection.run(
                "UPDATE watch SET state = ?, second_ms = ?, second = ?, body = ?"
                " WHERE id = ? AND state = 'waiting'",
                *(state, note.at_ms, note.who, self._sealed(watch.id, said), watch.id),
            )
            if not changed:
                raise WatchError(WatchProblem.DECIDED)
            write_note(connection, note)
        if newest is not None:
            self._lists.tell(CHANNEL, newest)

    def _refuse_second_proposal(self, connection: Connection, watch: Watch) -> None:
        sql = "SELECT 1 FROM watch WHERE state = 'waiting' AND person = ? AND kind = ? LIMIT 1"
        if connection.row(sql, watch.person, watch.kind):
            raise WatchError(WatchProblem.WAITING)

    def _tell(self, connection: Connection, watch: Watch, now_ms: int) -> int | None:
        """What a proposal alone tells the gates. Also takes the lock under which only one proposes."""
        if watch.urgent:
            return self._put(connection, watch, watch.kind, watch.value, watch.until_ms, now_ms)
        if watch.kind == "isolation" and not watch.lifts:
            return self._put(connection, watch, _PENDING, watch.value, watch.until_ms, now_ms)
        connection.rows(f"SELECT newest FROM channel WHERE channel = ?{connection.row_lock}", CHANNEL)
        return None

    def _tell_decided(self, connection: Connection, watch: Watch, state: str, now_ms: int) -> int | None:
        newest: int | None = None
        if watch.kind == "isolation" and not watch.urgent and not watch.lifts:
            newest = self._put(connection, watch, _PENDING, NONE, None, now_ms)
        if state == "verified" and not watch.urgent:
            until_ms = None if watch.lifts else watch.until_ms
            newest = self._put(connection, watch, watch.kind, watch.value, until_ms, now_ms)
        if state == "refused" and watch.urgent:
            newest = self._put(connection, watch, watch.kind, NONE, None, now_ms)
        return newest

    def _put(
        self, connection: Connection, watch: Watch, kind: str, value: str, until_ms: int | None, now_ms: int
    ) -> int:
        fact = FactItem("person", watch.person, kind, value, now_ms, until_ms)
        item = ("fact", f"person:{watch.person}:{kind}", encode_item(fact))
        return self._lists.put_within(connection, CHANNEL, item, watch.branch)

    def _sealed(self, watch_id: bytes, said: WatchSays) -> bytes:
        return self._private.seal(msgspec.msgpack.encode(said), b"kakou watch " + watch_id)

    def _kept(self, watch: Watch) -> tuple[Any, ...]:
        return (
            *(watch.id, watch.branch, watch.person, watch.kind, watch.value, watch.until_ms),
            *(int(watch.urgent), watch.state, watch.at_ms, watch.who, watch.second_ms, watch.second),
            self._sealed(watch.id, watch.said),
        )

    def _watch(self, row: Sequence[Any]) -> Watch:
        watch_id, branch, person, kind, value, until_ms, urgent, *decided, body = row
        plain = self._private.open(bytes(body), b"kakou watch " + bytes(watch_id))
        said = msgspec.msgpack.decode(plain, type=WatchSays)
        made: list[Any] = [
            bytes(watch_id),
            branch,
            person,
            kind,
            value,
            until_ms,
            bool(urgent),
            *decided,
            said,
        ]
        return Watch(*made)
