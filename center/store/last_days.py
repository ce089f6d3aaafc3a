"""The last days of which a station has entries, by its own clock.

With a table for each day, "the greatest day" opens and locks those of all years: 0.2 s of a district that has
worked for three, and the page of policies asks it of each gate. So the newest tables are asked first. Days
stand in the statements as numbers, for a prepared one with a day as value opens all tables again.
"""

from __future__ import annotations

from center.store.database import Connection

_HOURS = 24
_NEAR = 31  # days
_GREATEST = "SELECT max(day) FROM entry WHERE station = ?"


def last_day(connection: Connection, station: bytes) -> int | None:
    """None: it has none at all."""
    row = connection.row("SELECT max(hour) FROM passed_hour WHERE station = ?", station)
    if row is None or row[0] is None:
        return _greatest(connection, station, "")
    near = f" AND day >= {int(row[0]) // _HOURS - 1:d}"  # that hour is by our clock, the day by theirs
    return _greatest(connection, station, near, "")


def day_before(connection: Connection, station: bytes, day: int) -> int | None:
    """The last one before this day."""
    before = f" AND day < {day:d}"
    return _greatest(connection, station, f"{before} AND day >= {day - _NEAR:d}", before)


def _greatest(connection: Connection, station: bytes, *wheres: str) -> int | None:
    """Of the first of these conditions under which there is one."""
    for where in wheres:
        row = connection.row(_GREATEST + where, station)
        if row and row[0] is not None:
            return int(row[0])
    return None
