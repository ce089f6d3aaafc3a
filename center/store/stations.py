"""Which stations there are: one-time codes, keys, places, revocation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from center.store.database import Connection, Database
from center.store.errors import EnrolError, StoreError

_COLUMNS = "station, name, gate, branch, seal_key, enrolled_ms, revoked_ms, credential"
_WITH_KEYS = (
    f"SELECT {_COLUMNS}, public_key FROM station LEFT JOIN station_key USING (station)"
    " WHERE station = ? ORDER BY added_ms"
)


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station as the center knows it."""

    station: bytes
    name: str
    gate: str
    branch: str  # district/town/village/grid
    seal_key: bytes  # X25519, what sticks for it are sealed to; empty: not told
    enrolled_ms: int
    revoked_ms: int | None
    credential: bytes
    public_keys: tuple[bytes, ...]  # Ed25519, those that may sign for it


class Stations:
    """All methods are transactions of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_enrol_code(self, code: bytes, *, name: str, gate: str, branch: str, expires_ms: int) -> None:
        """A one-time code (its random bits) for a gate. Only its hash is kept."""
        with self._database.write() as connection:
            connection.run(
                "INSERT INTO enrol_code (hash, name, gate, branch, expires_ms) VALUES (?, ?, ?, ?, ?)",
                _hash(code),
                name,
                gate,
                branch,
                expires_ms,
            )

    def enrol(
        self, code: bytes, *, station: bytes, public_key: bytes, seal_key: bytes, now_ms: int
    ) -> StationRow:
        """Use a code up and write the station. Raises EnrolError.

        The same station with the same key may repeat it until the code expires: its answer was lost. It made
        another key for its sticks meanwhile, and has the private half of that one only. A fresh code lifts
        a revocation. A code is no right to the name of another station.
        """
        with self._database.write() as connection:
            place = _use_code(connection, code, station, now_ms)
            known = _get(connection, station)
            if known and public_key not in known.public_keys:
                raise EnrolError("other_key")
            if place and known:
                _enrol_again(connection, station, seal_key, *place)
            elif place:
                _add(connection, station, public_key, seal_key, now_ms, *place)
            else:
                connection.run("UPDATE station SET seal_key = ? WHERE station = ?", seal_key, station)
            return _must_get(connection, station)

    def remember(self, station: bytes, *, public_key: bytes, name: str, enrolled_ms: int) -> StationRow:
        """A credential of ours names a station that we do not know: we were restored from before it.

        One that is known stays as it is; whether the key is among its keys is for the caller to see.
        """
        with self._database.write() as connection:
            if _get(connection, station) is None:
                _add(connection, station, public_key, b"", enrolled_ms, name, "", "")
            return _must_get(connection, station)

    def get(self, station: bytes) -> StationRow | None:
        with self._database.look() as connection:
            return _get(connection, station)

    def keys(self, station: bytes) -> tuple[bytes, ...]:
        """Those that may sign for it; none: it is not known."""
        with self._database.read() as connection:
            return _keys(connection, station)

    def keep_credential(self, station: bytes, credential: bytes) -> None:
        with self._database.write() as connection:
            connection.run("UPDATE station SET credential = ? WHERE station = ?", credential, station)

    def place(self, station: bytes, *, name: str, gate: str, branch: str) -> None:
        with self._database.write() as connection:
            _place(connection, station, name, gate, branch)

    def revoke(self, station: bytes, at_ms: int) -> bool:
        """Lists are not given to it any more. False: it is not known."""
        with self._database.write() as connection:
            sql = "UPDATE station SET revoked_ms = coalesce(revoked_ms, ?) WHERE station = ?"
            return connection.run(sql, at_ms, station) == 1

    def all(self) -> list[StationRow]:
        with self._database.read() as connection:
            keys: dict[bytes, list[bytes]] = {}
            for station, key in connection.rows(
                "SELECT station, public_key FROM station_key ORDER BY station, added_ms"
            ):
                keys.setdefault(station, []).append(key)
            rows = connection.rows(f"SELECT {_COLUMNS} FROM station ORDER BY branch, gate, name, station")
            return [_row(row, tuple(keys.get(row[0], ()))) for row in rows]


def _hash(code: bytes) -> bytes:
    """What is looked up and kept: how long a look-up takes tells nothing of the code itself."""
    return sha256(b"kakou enrol code\0" + code).digest()


def _use_code(
    connection: Connection, code: bytes, station: bytes, now_ms: int
) -> tuple[str, str, str] | None:
    """The name, gate and branch that the code is for, which is used up now; None: by this station, before."""
    row = connection.row(
        "SELECT name, gate, branch, expires_ms, used_by FROM enrol_code WHERE hash = ?" + connection.row_lock,
        _hash(code),
    )
    if row is None:
        raise EnrolError("unknown_code")
    *place, expires_ms, used_by = row
    if used_by not in (None, station):
        raise EnrolError("used_code")
    if now_ms >= expires_ms:
        raise EnrolError("expired_code")
    if used_by is not None:
        return None
    connection.run(
        "UPDATE enrol_code SET used_ms = ?, used_by = ? WHERE hash = ?", now_ms, station, _hash(code)
    )
    return place[0], place[1], place[2]


def _keys(connection: Connection, station: bytes) -> tuple[bytes, ...]:
    rows: Iterable[tuple[Any, ...]] = connection.rows(
        "SELECT public_key FROM station_key WHERE station = ? ORDER BY added_ms", station
    )
    return tuple(key for (key,) in rows)


def _get(connection: Connection, station: bytes) -> StationRow | None:
    """By one statement: before each answer somebody is looked up."""
    rows = connection.rows(_WITH_KEYS, station)
    return _row(rows[0][:-1], tuple(key for *_, key in rows if key is not None)) if rows else None


def _row(row: tuple[Any, ...], keys: tuple[bytes, ...]) -> StationRow:
    named = dict(zip(_COLUMNS.split(", "), row, strict=True))
    return StationRow(**named, public_keys=keys)


def _must_get(connection: Connection, station: bytes) -> StationRow:
    row = _get(connection, station)
    if row is None:
        raise StoreError("a station that was just written is not there")
    return row


def _add(
    connection: Connection,
    station: bytes,
    public_key: bytes,
    seal_key: bytes,
    at_ms: int,
    name: str,
    gate: str,
    branch: str,
) -> None:
    connection.run(
        "INSERT INTO station (station, name, gate, branch, seal_key, enrolled_ms, credential)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        station,
        name,
        gate,
        branch,
        seal_key,
        at_ms,
        b"",
    )
    connection.run(
        "INSERT INTO station_key (station, public_key, added_ms) VALUES (?, ?, ?)", station, public_key, at_ms
    )


def _enrol_again(
    connection: Connection, station: bytes, seal_key: bytes, name: str, gate: str, branch: str
) -> None:
    connection.run("UPDATE station SET revoked_ms = NULL, seal_key = ? WHERE station = ?", seal_key, station)
    _place(connection, station, name, gate, branch)


def _place(connection: Connection, station: bytes, name: str, gate: str, branch: str) -> None:
    connection.run(
        "UPDATE station SET name = ?, gate = ?, branch = ? WHERE station = ?", name, gate, branch, station
    )
