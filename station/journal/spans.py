"""Entries by time without an index of times: which stretches of positions have to be looked through.

A row of `entry_run` says between which moments 128 entries lie that were written one after another; the
newest ones behind it are a span by themselves, which may be of any time. A clock that was set makes runs
wide, and so a question slower, but nothing is missed. Triggers write the runs (schema 17).
"""

from __future__ import annotations

import sqlite3

SINCE_SCHEMA = 17
Nearest = tuple[int, int, bytes]  # at_ms, position, record

_SPANS = (
    "entry_span CROSS JOIN entry ON entry.position > entry_span.after AND entry.position <= entry_span.upto"
)


def within(begin: str, end: str) -> str:
    """What comes after FROM for the entries from one moment on and before another; parameters, in ms."""
    return (
        f"{_SPANS} AND entry_span.last_ms >= {begin} AND entry_span.first_ms < {end}"
        f" AND entry.at_ms >= {begin} AND entry.at_ms < {end}"
    )


def since(begin: str) -> str:
    """The same without an end."""
    return f"{_SPANS} AND entry_span.last_ms >= {begin} AND entry.at_ms >= {begin}"


def last_before(connection: sqlite3.Connection, at_ms: int) -> Nearest | None:
    """The passage of the latest time before this one; of several the one that was written last."""
    best: Nearest | None = None
    for after, upto, last_ms in connection.execute(_BEFORE, (at_ms,)).fetchall():
        if best and last_ms < best[0]:
            break
        for row in connection.execute(_LAST_IN, (after, upto, at_ms)):
            best = max(best, row) if best else row
    return best


def first_after(connection: sqlite3.Connection, at_ms: int) -> Nearest | None:
    """The passage of the earliest time after this one; of several the one that was written first."""
    best: Nearest | None = None
    for after, upto, first_ms in connection.execute(_AFTER, (at_ms,)).fetchall():
        if best and first_ms > best[0]:
            break
        for row in connection.execute(_FIRST_IN, (after, upto, at_ms)):
            best = min(best, row) if best else row
    return best


# For a file that an older version wrote, which has an index of times: one span of everything.
OF_BEFORE = """
CREATE TEMP VIEW entry_span (after, upto, first_ms, last_ms) AS
SELECT 0, 9223372036854775807, -9223372036854775807, 9223372036854775807
"""
_BEFORE = "SELECT after, upto, last_ms FROM entry_span WHERE first_ms < ? ORDER BY last_ms DESC"
_AFTER = "SELECT after, upto, first_ms FROM entry_span WHERE last_ms > ? ORDER BY first_ms"
_IN = "SELECT at_ms, position, record FROM entry WHERE position > ? AND position <= ? AND amends IS NULL"
_LAST_IN = f"{_IN} AND at_ms < ? ORDER BY at_ms DESC, position DESC LIMIT 1"
_FIRST_IN = f"{_IN} AND at_ms > ? ORDER BY at_ms, position LIMIT 1"
