"""By what the center's people are found: sorted runs of 64-bit numbers, each a key's beginning and a place.

A page brings ten thousand keys. As rows of a table in the order of hashes they would touch every leaf of it
and stop the lane for a tenth of a second; as one sorted run they are one row. A key found leads to whoever
may be meant: beginnings may be equal by chance, and what lies there may have been erased since.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import chain

from station.sync.people_chunks import PLACE_BITS, PLACES

_SMALL = 10_000  # keys; shorter runs are merged
_MOST_SMALL = 16


class CenterIndex:
    """The runs of a journal, as far as they were read. Raises sqlite3's errors."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._runs: dict[int, tuple[int, memoryview]] = {}  # they never change, nor come again: base, keys

    def places(self, key: int, live: int) -> list[int]:
        """Where somebody with this key may be (chunk * PLACES + place), in the order in which they came."""
        self._follow(live)
        return sorted(base * PLACES + place for base, run in self._runs.values() for place in _in(run, key))

    def _follow(self, live: int) -> None:
        there = {run for (run,) in self._connection.execute(_THERE, (live,))}
        for run in self._runs.keys() - there:
            del self._runs[run]
        if there - self._runs.keys():
            self._read(live)

    def _read(self, live: int) -> None:
        """In one look: between two of them the lane may merge those that the first has seen."""
        known = json.dumps(list(self._runs))
        for run, base, keys in self._connection.execute(_READ, (live, known)).fetchall():
            self._runs[run] = base, memoryview(keys).cast("Q")


def add_run(connection: sqlite3.Connection, generation: int, base: int, keys: bytes) -> None:
    """Only within a transaction. Its number is never that of another run, for those who look remember it."""
    connection.execute(
        "INSERT INTO center_run (run, generation, base, keys) VALUES (random(), ?, ?, ?)",
        (generation, base, keys),
    )


def merge_small(connection: sqlite3.Connection) -> bool:
    """Make one of the oldest small runs, within a transaction; True if there were many.

    Of as few as are no small run any more: a step that a gate waits for must be short.
    """
    small = connection.execute(_SMALL_RUNS, (_SMALL * 8,)).fetchall()
    if len(small) <= _MOST_SMALL:
        return False
    taken, length = list[int](), 0
    for run, size in small:
        taken.append(run)
        length += size
        if length >= _SMALL * 8:
            break
    rows = [connection.execute(_ROW, (run,)).fetchone() for run in taken]
    first = min(base for _, base, _ in rows)
    keys = chain.from_iterable(_shifted(memoryview(keys).cast("Q"), base - first) for _, base, keys in rows)
    add_run(connection, rows[0][0], first, array("Q", sorted(keys)).tobytes())
    connection.executemany("DELETE FROM center_run WHERE run = ?", [(run,) for run in taken])
    return True


def _in(run: memoryview, key: int) -> Iterable[int]:
    at = bisect_left(run, key << PLACE_BITS)
    while at < len(run) and run[at] >> PLACE_BITS == key:
        yield run[at] & (1 << PLACE_BITS) - 1
        at += 1


def _shifted(run: memoryview, chunks: int) -> Iterable[int]:
    return (one + chunks * PLACES for one in run)


_THERE = "SELECT run FROM center_run WHERE generation >= ?"
_READ = """
SELECT run, base, keys FROM center_run
WHERE generation >= ? AND run NOT IN (SELECT value FROM json_each(?))
"""
_ROW = "SELECT generation, base, keys FROM center_run WHERE run = ?"
_SMALL_RUNS = """
SELECT run, length(keys) FROM center_run
WHERE length(keys) < ? AND generation = (SELECT max(generation) FROM center_run) ORDER BY base
"""
