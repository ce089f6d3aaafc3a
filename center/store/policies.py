"""Policies as they are written, signed and brought into force for branches; the gates get them as items.

A gate goes by the item whose `activate_at_ms` came last. So that a branch keeps a policy of its own when one
is activated above it, its own has an item of that moment too, a millisecond later for each step of the tree.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from center.clocks import ALARM_MS
from center.scope import Scope, is_within
from center.store.console_audit import Note, write_note
from center.store.database import Connection, Database
from center.store.last_days import last_day
from center.store.lists import Lists
from station.sync.items import PolicyItem, encode_item

CHANNEL, LIST = "quick", "policy"
_VERSION = "id, branch, label, digest, toml, made_ms, made_by, changed_ms, signed_ms, signed_by, signature"
_ACTIVATION = "id, policy, branch, grade, follows, at_ms, made_ms, made_by, cancelled_ms"
_MOST = 500
_SEPARATOR = "."  # in our keys; those of `center policy` have none
_HEARD_MS = 600_000  # gates greet every five minutes
_AGREES = "SELECT 1 FROM contact WHERE seen_ms BETWEEN ? AND ? AND abs(offset_ms) <= ? LIMIT 1"
_ONE_AHEAD = "SELECT 1 FROM policy_activation WHERE made_ms > ? AND cancelled_ms IS NULL LIMIT 1"
_AHEAD = (
    "SELECT id, branch, at_ms, made_ms FROM policy_activation WHERE made_ms > ? AND cancelled_ms IS NULL"
    " ORDER BY at_ms DESC, made_ms DESC, id"
)
_LAST_LABEL = (
    "SELECT policy, corrected_ms FROM entry WHERE station = ? AND day = {:d}"
    " ORDER BY incarnation DESC, number DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Version:
    """One text. Without `signed_ms` it is a draft."""

    id: bytes
    branch: str
    label: str
    digest: str
    toml: str = field(repr=False)
    made_ms: int
    made_by: str
    changed_ms: int
    signed_ms: int | None = None
    signed_by: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Activation:
    """A version, or with `follows` whatever holds above, is in force for a branch from a moment on."""

    id: bytes
    policy: bytes
    branch: str
    grade: str
    follows: bool
    at_ms: int
    made_ms: int
    made_by: str
    cancelled_ms: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """What the gates of a branch are sent."""

    branch: str
    at_ms: int
    of: Activation

    @property
    def key(self) -> str:
        return f"{sha256(self.branch.encode()).hexdigest()[:16]}{_SEPARATOR}{self.at_ms}"


class NotNowError(Exception):
    """It is signed already, or not yet; or its time has come."""


class Policies:
    """All methods are transactions of their own; times are UTC ms."""

    def __init__(self, database: Database, lists: Lists) -> None:
        self._database, self._lists = database, lists

    def add(self, version: Version, note: Note) -> None:
        marks = ", ".join("?" * 11)
        with self._database.write() as connection:
            connection.run(
                f"INSERT INTO policy_version ({_VERSION}) VALUES ({marks})",
                *(getattr(version, name) for name in _VERSION.split(", ")),
            )
            write_note(connection, note)

    def get(self, scope: Scope, id: bytes) -> Version | None:
        """One of these branches, or of one above them."""
        with self._database.read() as connection:
            version = _get(connection, id)
        return version if version and scope.touches(version.branch) else None

    def all(self, scope: Scope) -> list[Version]:
        """Those of these branches and of the ones above, the newest first."""
        with self._database.read() as connection:
            rows = connection.rows(f"SELECT {_VERSION} FROM policy_version ORDER BY changed_ms DESC, id")
        return [version for row in rows if scope.touches((version := _version(row)).branch)][:_MOST]

    def rewrite(self, id: bytes, text: str, label: str, digest: str, now_ms: int, note: Note) -> None:
        """Change a draft. Raises NotNowError: it is signed."""
        sql = "UPDATE policy_version SET toml = ?, label = ?, digest = ?, changed_ms = ?"
        self._change(f"{sql} WHERE id = ? AND signed_ms IS NULL", (text, label, digest, now_ms, id), note)

    def sign(self, version: Version, signature: str, now_ms: int, note: Note) -> None:
        """Raises NotNowError: it is signed, or was changed meanwhile."""
        sql = "UPDATE policy_version SET signature = ?, signed_by = ?, signed_ms = ?"
        values = (signature, note.who, now_ms, version.id, version.digest)
        self._change(f"{sql} WHERE id = ? AND digest = ? AND signed_ms IS NULL", values, note)

    def drop(self, id: bytes, note: Note) -> None:
        """Throw a draft away. Raises NotNowError: it is signed."""
        self._change("DELETE FROM policy_version WHERE id = ? AND signed_ms IS NULL", (id,), note)

    def activations(self) -> list[Activation]:
        """All that were not taken back, the last to come into force first."""
        with self._database.read() as connection:
            return _activations(connection)

    def activate(self, made: Activation, note: Note) -> None:
        """Bring it into force for its branch, and tell the gates. Raises NotNowError: it is not signed."""
        with self._database.write() as connection:
            _set_right(connection, made.made_ms, made.made_ms)
            marks = ", ".join("?" * 9)
            values = [getattr(made, name) for name in _ACTIVATION.split(", ")]
            values[4] = int(made.follows)
            connection.run(f"INSERT INTO policy_activation ({_ACTIVATION}) VALUES ({marks})", *values)
            newest = self._send(connection, made.made_ms)
            write_note(connection, note)
        self._lists.tell(CHANNEL, newest)

    def cancel(self, made: Activation, now_ms: int, note: Note) -> None:
        """It does not come into force. Raises NotNowError: it has."""
        with self._database.write() as connection:
            sql = (
                "UPDATE policy_activation SET cancelled_ms = ?"
                " WHERE id = ? AND at_ms > ? AND cancelled_ms IS NULL"
            )
            if not connection.run(sql, now_ms, made.id, now_ms):
                raise NotNowError
            newest = self._send(connection, now_ms)
            write_note(connection, note)
        self._lists.tell(CHANNEL, newest)

    def set_right(self, now_ms: int) -> bool:
        """What was activated while this clock was ahead counts from now on; gates would have nothing, or what
        was before it, until that date. Whether there was any.

        Not before a gate's clock agrees with ours: it may be ours that began anew in another year.
        """
        with self._database.read() as connection:
            agrees = connection.row(_AGREES, now_ms - _HEARD_MS, now_ms + ALARM_MS, ALARM_MS)
            if not (agrees and connection.row(_ONE_AHEAD, now_ms + ALARM_MS)):
                return False
        with self._database.write() as connection:
            _set_right(connection, now_ms, now_ms + ALARM_MS)
            newest = self._send(connection, now_ms)
        self._lists.tell(CHANNEL, newest)
        return True

    def last_labels(self, stations: Iterable[bytes]) -> dict[bytes, tuple[str, int]]:
        """The policy that the last entry of each of these stations names, and when that was."""
        found = {}
        with self._database.read() as connection:
            for station in stations:
                day = last_day(connection, station)
                if day is not None and (row := connection.row(_LAST_LABEL.format(day), station)):
                    found[station] = (str(row[0]), int(row[1]))
        return found

    def _change(self, sql: str, values: Sequence[Any], note: Note) -> None:
        with self._database.write() as connection:
            if not connection.run(sql, *values):
                raise NotNowError
            write_note(connection, note)

    def _send(self, connection: Connection, now_ms: int) -> int:
        """Make the items as they are to be. Raises NotNowError: one is not signed."""
        wanted = {item.key: item for item in plan(_activations(connection), now_ms)}
        there = connection.rows(
            "SELECT key, scope FROM item WHERE channel = ? AND list = ? AND body IS NOT NULL", CHANNEL, LIST
        )
        newest = self._newest(connection)
        for key, scope in there:
            if _SEPARATOR in key and key not in wanted:
                newest = self._lists.put_within(connection, CHANNEL, (LIST, key, None), scope)
        for item in wanted.values():
            version = _get(connection, item.of.policy)
            if version is None or version.signed_ms is None:
                raise NotNowError
            body = encode_item(PolicyItem(version.toml, item.at_ms, item.of.made_by))
            newest = self._lists.put_within(connection, CHANNEL, (LIST, item.key, body), item.branch)
        return newest

    def _newest(self, connection: Connection) -> int:
        row = connection.row("SELECT newest FROM channel WHERE channel = ?", CHANNEL)
        return int(row[0]) if row else 0


def in_force(every: Iterable[Activation], branch: str, at_ms: int) -> Activation | None:
    """What holds for a gate of this branch: of the nearest branch that has one of its own.

    `every`: the last first. None: the gate's own.
    """
    found: dict[str, Activation] = {}
    for one in every:
        if one.at_ms <= at_ms and is_within(branch, one.branch):
            found.setdefault(one.branch, one)
    own = [one for one in found.values() if not one.follows]
    return max(own, key=lambda one: len(one.branch), default=None)


def plan(every: Sequence[Activation], now_ms: int) -> list[PlannedItem]:
    """What the gates have to be sent: for each branch with a say, what holds from each moment on.

    `every`: the last first. Of what is past, only the last moment counts.
    """
    found = []
    for branch in {one.branch for one in every}:
        moments = {one.at_ms for one in every if is_within(branch, one.branch)}
        past = max((at_ms for at_ms in moments if at_ms <= now_ms), default=None)
        for at_ms in sorted(at_ms for at_ms in moments if at_ms == past or at_ms > now_ms):
            if of := in_force(every, branch, at_ms):
                found.append(PlannedItem(branch, at_ms + _depth(branch), of))
    return found


def _set_right(connection: Connection, now_ms: int, ahead_ms: int) -> None:
    """Whoever acts now acts after all that says it was made later than `ahead_ms`: it was in force already,
    and nothing of it may come back at its date. A date that somebody typed stays as it was typed, unless
    something else was brought into force there after it."""
    replaced = set[str]()
    for earlier, (id, branch, at_ms, made_ms) in enumerate(connection.rows(_AHEAD, ahead_ms), 1):
        moment = now_ms - earlier
        if at_ms <= made_ms:
            replaced.add(branch)
        values = (moment if branch in replaced else at_ms, moment, id)
        connection.run("UPDATE policy_activation SET at_ms = ?, made_ms = ? WHERE id = ?", *values)


def new_id() -> bytes:
    return secrets.token_bytes(16)


def _depth(branch: str) -> int:
    return branch.count("/") + 1 if branch else 0


def _get(connection: Connection, id: bytes) -> Version | None:
    row = connection.row(f"SELECT {_VERSION} FROM policy_version WHERE id = ?", id)
    return _version(row) if row else None


def _version(row: Sequence[Any]) -> Version:
    id, *rest = row
    return Version(bytes(id), *rest)


def _activations(connection: Connection) -> list[Activation]:
    rows = connection.rows(
        f"SELECT {_ACTIVATION} FROM policy_activation WHERE cancelled_ms IS NULL"
        " ORDER BY at_ms DESC, made_ms DESC, id"
    )
    return [
        Activation(bytes(id), bytes(policy), branch, grade, bool(follows), *rest)
        for id, policy, branch, grade, follows, *rest in rows
    ]
