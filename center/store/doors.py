"""Door sensors (门磁) of isolated households, and what they told: signed, once, in time."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import msgspec

from center.scope import EVERYWHERE, Scope
from center.store.colours import BRANCH, OF_PERSON
from center.store.console_audit import Note, write_note
from center.store.database import Database
from center.store.health import Event, Need, begin_case, put_event
from center.store.private_items import PrivateItems

_HERE = BRANCH.format("door_sensor")
_SELECT = (
    f"SELECT id, {_HERE}, person, made_ms, made_by, heard_ms, revoked_ms, door_sensor.body FROM door_sensor"
    f" {OF_PERSON.format('door_sensor')}"
)


class _Body(msgspec.Struct, frozen=True, array_like=True):
    name: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class Sensor:
    """One door. Times are UTC ms."""

    id: bytes
    branch: str
    person: str
    made_ms: int
    made_by: str
    heard_ms: int | None
    revoked_ms: int | None
    name: str = field(repr=False)
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DoorEvent:
    """What a sensor says; `id` is the sensor's own, the same when it says it again."""

    id: str
    opened: bool
    at_ms: int


class Doors:
    """All methods are transactions of their own; `now_ms` is UTC."""

    def __init__(self, database: Database, private: PrivateItems) -> None:
        self._database, self._private = database, private

    def add(self, person: str, branch: str, name: str, now_ms: int, note: Note) -> Sensor:
        """Its secret is shown once."""
        id, secret = secrets.token_bytes(16), secrets.token_bytes(32)
        sealed = self._private.seal(msgspec.msgpack.encode(_Body(name, secret)), _context(id))
        with self._database.write() as connection:
            connection.run(
                "INSERT INTO door_sensor (id, branch, person, made_ms, made_by, body)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                *(id, branch, person, now_ms, note.who, sealed),
            )
            write_note(connection, note)
        return Sensor(id, branch, person, now_ms, note.who, None, None, name, secret)

    def of(self, person: str) -> list[Sensor]:
        return self._read(EVERYWHERE, "door_sensor.person = ?", person)

    def get(self, scope: Scope, id: bytes) -> Sensor | None:
        found = self._read(scope, "door_sensor.id = ?", id)
        return found[0] if found else None

    def revoke(self, sensor: Sensor, now_ms: int, note: Note) -> None:
        with self._database.write() as connection:
            sql = "UPDATE door_sensor SET revoked_ms = coalesce(revoked_ms, ?) WHERE id = ?"
            connection.run(sql, now_ms, sensor.id)
            write_note(connection, note)

    def hear(self, sensor: Sensor, nonce: str, event: DoorEvent, need: Need | None, now_ms: int) -> str:
        """taken; again: the event is known, nothing changes; replayed: this very request came before.

        `need`: the case for a door that opened during the isolation.
        """
        with self._database.write() as connection:
            fresh = connection.run(
                "INSERT INTO door_nonce (sensor, nonce, at_ms) VALUES (?, ?, ?)"
                " ON CONFLICT (sensor, nonce) DO NOTHING",
                *(sensor.id, nonce, now_ms),
            )
            if not fresh:
                return "replayed"
            id = sha256(b"kakou door event " + sensor.id + event.id.encode()).digest()[:16]
            kind = "door_open" if event.opened else "door_closed"
            line = Event(text=sensor.name)
            if not put_event(connection, self._private, id, sensor.person, kind, line, "", event.at_ms):
                return "again"
            connection.run("UPDATE door_sensor SET heard_ms = ? WHERE id = ?", now_ms, sensor.id)
            if need:
                begin_case(connection, self._private, sensor.branch, sensor.person, need, now_ms)
        return "taken"

    def forget_nonces(self, before_ms: int) -> int:
        """Those whose time stamp is refused by now."""
        with self._database.write() as connection:
            return connection.run("DELETE FROM door_nonce WHERE at_ms < ?", before_ms)

    def _read(self, scope: Scope, condition: str, value: object) -> list[Sensor]:
        where, values = scope.where(_HERE)
        sql = f"{_SELECT} WHERE {condition} AND {where} ORDER BY made_ms, id LIMIT 200"
        with self._database.read() as connection:
            return [self._sensor(row) for row in connection.rows(sql, value, *values)]

    def _sensor(self, row: Sequence[Any]) -> Sensor:
        id, *rest, sealed = row
        body = msgspec.msgpack.decode(self._private.open(bytes(sealed), _context(bytes(id))), type=_Body)
        values: list[Any] = [bytes(id), *rest, body.name, body.secret]
        return Sensor(*values)


def _context(id: bytes) -> bytes:
    return b"kakou door " + id
