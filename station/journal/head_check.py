"""The end of the chain, verified quickly: the newest entries, their links, and the signature of the last.

For the self-test before a shift. The whole journal is `journal.check`'s.
"""

from __future__ import annotations

import itertools
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.journal import chain, incarnation
from station.journal.connection import open_reader
from station.journal.errors import storage_errors

NEWEST = 200  # entries: a few milliseconds


@dataclass(frozen=True, slots=True)
class EndCheck:
    """How many entries were looked at, and whether they are as they were written."""

    entries: int
    whole: bool


def check_end(folder: Path, newest: int = NEWEST) -> EndCheck:
    """Also while the gate is at work. Raises NoJournalError, JournalError."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        current = incarnation.current(connection)
        if current is None:
            return EndCheck(0, False)
        rows = connection.execute(_NEWEST, (current.id, newest)).fetchall()
    rows.reverse()
    linked = all(_continues(one, after) for one, after in itertools.pairwise(rows))
    return EndCheck(len(rows), linked and (not rows or _signed(current.public_key, rows[-1])))


_Row = tuple[int, bytes, bytes, bytes]  # number, record, hash, signature
_NEWEST = """
SELECT number, record, hash, signature FROM entry
WHERE incarnation = ? ORDER BY number DESC LIMIT ?
"""


def _continues(before: _Row, row: _Row) -> bool:
    """Whether a row hangs on the one before; where numbers lie between, `journal.check` looks."""
    return row[0] != before[0] + 1 or row[2] == chain.link(before[2], row[1])


def _signed(public_key: bytes, row: _Row) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(row[3], chain.to_sign(row[2]))
    except InvalidSignature:
        return False
    return True
