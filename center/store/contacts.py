"""When each station was last heard of and how it was then; the list of gates for an overview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from center.store.database import Connection, Database

_STATE = tuple[tuple[str, str], ...]
_NAMES = "station, seen_ms, offset_ms, uncertainty_ms, app, schema, boot, fingerprint, pending, state, alarms"
_PUT = (
    f"INSERT INTO contact ({_NAMES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (station) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _NAMES.split(", ")[1:])
)
_RAISE = (
    "UPDATE contact SET alarms = CASE alarms WHEN '' THEN ? ELSE alarms || ' ' || ? END"
    " WHERE station = ? AND ' ' || alarms || ' ' NOT LIKE ?"
)
_LOCK = "SELECT station FROM contact WHERE station = ?"
_FORKED = "SELECT 1 FROM fork WHERE station = ? AND seen_ms > ? LIMIT 1"
NEVER_MS = 0  # `seen_ms` of whoever is known by sticks alone
FORK = "fork"  # an alarm: two disks write under one name
FORK_MS = 24 * 3600 * 1000  # for so long it is one; afterwards it is in the doctor's list
_OVERVIEW = """
    SELECT station.station, station.name, station.gate, station.branch, station.revoked_ms,
           contact.seen_ms, contact.offset_ms, contact.pending, contact.app, contact.state, contact.alarms,
           ledger.stored, ledger.archived, poison.number, forks.number
    FROM station
    LEFT JOIN contact ON contact.station = station.station
    LEFT JOIN (SELECT station, sum(durable) AS stored, sum(archived) AS archived FROM chain GROUP BY station)
         AS ledger ON ledger.station = station.station
    LEFT JOIN (SELECT station, count(*) AS number FROM quarantine GROUP BY station)
         AS poison ON poison.station = station.station
    LEFT JOIN (SELECT station, count(*) AS number FROM fork GROUP BY station)
         AS forks ON forks.station = station.station
    WHERE {where}
    ORDER BY station.branch, station.gate, station.name, station.station
"""


@dataclass(frozen=True, slots=True)
class Contact:
    """The last exchange with a station."""

    station: bytes
    seen_ms: int  # its last greeting, or NEVER_MS
    offset_ms: int  # center minus station
    uncertainty_ms: int
    app: str
    schema: int
    boot: str
    fingerprint: str  # of the machine; another one than before: moved or cloned
    pending: int  # entries that it has and we do not
    state: _STATE = ()
    alarms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateRow:
    """One line of the overview."""

    station: bytes
    name: str
    gate: str
    branch: str
    revoked: bool
    seen_ms: int | None  # None: never
    offset_ms: int
    pending: int
    app: str
    state: _STATE
    alarms: tuple[str, ...]
    stored: int  # records in the ledger
    archived: int
    quarantined: int
    forks: int


class Contacts:
    """All methods are transactions of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, contact: Contact, *, forks_since_ms: int | None = None) -> Contact:
        """Write it over the one before; returns what was written.

        A fork of this station that was seen since then is one of its alarms. It is looked for when the row
        is ours: a fork that is noted meanwhile waits, and puts its alarm on what is written here.
        """
        with self._database.write() as connection:
            connection.rows(_LOCK + connection.row_lock, contact.station)
            if forks_since_ms is not None and connection.row(_FORKED, contact.station, forks_since_ms):
                contact = replace(contact, alarms=(*contact.alarms, FORK))
            connection.run(
                _PUT,
                contact.station,
                contact.seen_ms,
                contact.offset_ms,
                contact.uncertainty_ms,
                contact.app,
                contact.schema,
                contact.boot,
                contact.fingerprint,
                contact.pending,
                msgspec.msgpack.encode(contact.state),
                " ".join(contact.alarms),
            )
        return contact

    def get(self, station: bytes) -> Contact | None:
        with self._database.read() as connection:
            return _get(connection, station)

    def overview(self) -> list[GateRow]:
        """All enrolled stations, in the order of their branches."""
        with self._database.read() as connection:
            return overview(connection, "1 = 1", [])


def overview(connection: Connection, where: str, values: Sequence[Any]) -> list[GateRow]:
    """Those stations for which a condition on `station` holds."""
    return [_gate(row) for row in connection.rows(_OVERVIEW.format(where=where), *values)]


def raise_alarm(connection: Connection, station: bytes, alarm: str) -> None:
    """Show it now: the station's next hello may be five minutes away. Only within a transaction."""
    connection.run(_RAISE, alarm, alarm, station, f"% {alarm} %")


def _get(connection: Connection, station: bytes) -> Contact | None:
    row = connection.row(f"SELECT {_NAMES} FROM contact WHERE station = ?", station)
    if row is None:
        return None
    fields = dict(zip(_NAMES.split(", "), row, strict=True))
    return Contact(**fields | {"state": _state(row[-2]), "alarms": tuple(row[-1].split())})


def _state(encoded: bytes) -> _STATE:
    return msgspec.msgpack.decode(encoded, type=_STATE)


def _gate(row: tuple[Any, ...]) -> GateRow:
    station, name, gate, branch, revoked_ms, seen_ms, offset_ms, pending, app, state, alarms, *counts = row
    return GateRow(
        station,
        name,
        gate,
        branch,
        revoked_ms is not None,
        None if seen_ms == NEVER_MS else seen_ms,
        offset_ms or 0,
        pending or 0,
        app or "",
        _state(state) if state else (),
        tuple((alarms or "").split()),
        *(int(count or 0) for count in counts),
    )
