"""Forgetting the center's people of whom something newer is known, or who are gone. Little by little.

What is looked up is right without this; but whoever was taken off the list shall not lie here for ever.
"""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import replace

import msgspec

from station.journal import upstream
from station.journal.center_cursor import read_cursor, write_cursor
from station.journal.center_index import merge_small
from station.journal.center_people import CenterPeople, open_chunk, seal_chunk
from station.journal.connection import transaction
from station.journal.vault import Vault
from station.sync.people_chunks import NOT_UNDERSTOOD, PLACES, Kept, id_key, read_item

log = logging.getLogger(__name__)

SWEPT = "people swept"  # up to which chunk
_CHUNKS_AT_ONCE = 40


class Sweeping:
    """One journal's; its steps take a few milliseconds. Raises VaultError, and sqlite3's errors."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault) -> None:
        self._connection, self._vault = connection, vault
        self._people = CenterPeople(connection, vault)

    def step(self) -> bool:
        """True if there was something to do."""
        return self._drop_old() or self._merge() or self._erase_former()

    def _drop_old(self) -> bool:
        """Of lists that were fetched anew since."""
        live = read_cursor(self._connection, "people").live
        if not self._connection.execute(_IS_OLD, (live, live)).fetchone():
            return False
        with transaction(self._connection):
            self._connection.execute("DELETE FROM center_run WHERE generation < ?", (live,))
            self._connection.execute(_DROP, (live, _CHUNKS_AT_ONCE))
            self._begin_again()
        return True

    def _begin_again(self) -> None:
        """Whatever comes after an empty list gets the numbers of chunks that were swept long ago."""
        (newest,) = self._connection.execute("SELECT coalesce(max(chunk), 0) FROM center_chunk").fetchone()
        if self._swept() > newest:
            upstream.put_note(self._connection, SWEPT, str(newest).encode())

    def _swept(self) -> int:
        return int(upstream.note(self._connection, SWEPT) or b"0")

    def _merge(self) -> bool:
        with transaction(self._connection):
            return merge_small(self._connection)

    def _erase_former(self) -> bool:
        """Of everybody in the next chunk, what was known before."""
        row = self._connection.execute(_NEXT, (self._swept(),)).fetchone()
        if row is None:
            return False
        chunk, generation, sealed = row
        people = open_chunk(self._vault, chunk, sealed)
        not_understood = 0 if people else 1  # or more
        with transaction(self._connection):
            for place, kept in enumerate(people):
                if _is_understood(kept):
                    self._erase(kept.id, before=chunk * PLACES + place)
                    self._connection.execute(_FORGET, (kept.id, generation, kept.version))
                else:  # what was known before still counts
                    not_understood += 1
            upstream.put_note(self._connection, SWEPT, str(chunk).encode())
            if not_understood:
                self._skipped(not_understood, generation)
        return True

    def _skipped(self, people: int, generation: int) -> None:
        """The center made them ready, and nobody looked at each of them before now."""
        log.warning("%d of the center's people are not understood by this version", people)
        cursor = read_cursor(self._connection, "people")
        if generation == cursor.generation:
            write_cursor(self._connection, "people", replace(cursor, skipped=cursor.skipped + people))

    def _erase(self, person_id: str, *, before: int) -> None:
        for found, _, kept in list(self._people.candidates(id_key(person_id), before=before)):
            if kept.id == person_id and kept.body is not None:
                chunk, place = divmod(found, PLACES)
                (sealed,) = self._connection.execute(
                    "SELECT sealed FROM center_chunk WHERE chunk = ?", (chunk,)
                ).fetchone()
                people = open_chunk(self._vault, chunk, sealed)
                people[place] = msgspec.structs.replace(kept, body=None)
                self._connection.execute(
                    "UPDATE center_chunk SET sealed = ? WHERE chunk = ?",
                    (seal_chunk(self._vault, chunk, people), chunk),
                )


def _is_understood(kept: Kept) -> bool:
    try:
        read_item(kept)
    except NOT_UNDERSTOOD:
        return False
    return True


# As it came once, when it was not understood.
_FORGET = "DELETE FROM center_item WHERE list = 'person' AND key = ? AND generation = ? AND version < ?"
_IS_OLD = """
SELECT 1 FROM center_run WHERE generation < ?
UNION ALL SELECT 1 FROM center_chunk WHERE generation < ? LIMIT 1
"""
_DROP = """
DELETE FROM center_chunk WHERE chunk IN (SELECT chunk FROM center_chunk WHERE generation < ? LIMIT ?)
"""
_NEXT = "SELECT chunk, generation, sealed FROM center_chunk WHERE chunk > ? ORDER BY chunk LIMIT 1"
