"""Pushes of USB sticks that begin after a gap: they wait here for the stick that fills it."""

from __future__ import annotations

from hashlib import sha256

from center.store.database import Database


class Sticks:
    """All methods are transactions of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, station: bytes, incarnation: int, first: int, push: bytes, received_ms: int) -> None:
        """Keep a packed `Push` whose first record has this number. The same one again is kept once."""
        with self._database.write() as connection:
            connection.run(
                "INSERT INTO waiting (station, incarnation, first, digest, push, received_ms)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (station, incarnation, first, digest) DO NOTHING",
                station,
                incarnation,
                first,
                sha256(push).digest(),
                push,
                received_ms,
            )

    def next(self, station: bytes, incarnation: int, first: int) -> bytes | None:
        """The one with the lowest number that does not begin after `first`; take it in, then `drop`."""
        with self._database.read() as connection:
            row = connection.row(
                "SELECT push FROM waiting WHERE station = ? AND incarnation = ? AND first <= ?"
                " ORDER BY first DESC, digest LIMIT 1",
                station,
                incarnation,
                first,
            )
        return row[0] if row else None

    def drop(self, station: bytes, incarnation: int, up_to: int) -> None:
        """Those whose first number is at most `up_to`."""
        with self._database.write() as connection:
            connection.run(
                "DELETE FROM waiting WHERE station = ? AND incarnation = ? AND first <= ?",
                station,
                incarnation,
                up_to,
            )

    def chains(self) -> list[tuple[bytes, int]]:
        """(station, incarnation) for which something waits."""
        with self._database.read() as connection:
            rows = connection.rows("SELECT DISTINCT station, incarnation FROM waiting ORDER BY 1, 2")
        return [(station, incarnation) for station, incarnation in rows]
