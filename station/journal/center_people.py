"""The center's people: how they lie here, and who of them is meant. The station's own roster is people.py.

A list of 100,000 must come in while the gate decides, so nothing is written a person at a time: fifty are
sealed together as they came. Of an id the newest counts, by generation of the list and version; what lies
there of former versions is erased by and by (center_sweeping.py).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec

from station.journal.center_cursor import read_cursor
from station.journal.center_index import CenterIndex, add_run
from station.journal.connection import Writer
from station.journal.vault import Vault
from station.sync.items import PersonItem
from station.sync.people_chunks import (
    NOT_UNDERSTOOD,
    PLACES,
    Kept,
    PreparedPeople,
    id_key,
    key_of,
    read_chunk,
    read_item,
    wards_key,
)


@dataclass(frozen=True, slots=True)
class CenterPerson:
    """One of the center's people, as of now."""

    id: str
    item: PersonItem = field(repr=False)


class Newest:
    """What is known of somebody by the newest version that is understood here; others are as if not there."""

    def __init__(self) -> None:
        self.place = (-1, -1)  # generation and version
        self.item: PersonItem | None = None

    def take(self, generation: int, kept: Kept) -> None:
        # The same version lies here twice after a page that overlapped; of these the first may be erased.
        if (place := (generation, kept.version)) >= self.place:
            try:
                self.place, self.item = place, read_item(kept)
            except NOT_UNDERSTOOD:
                return  # counted when it was swept


def put(connection: sqlite3.Connection, vault: Vault, people: PreparedPeople, generation: int) -> None:
    """Add people, or what is known of them now. Only within a transaction."""
    if not people.count:
        return
    (newest,) = connection.execute("SELECT coalesce(max(chunk), 0) FROM center_chunk").fetchone()
    connection.executemany(
        "INSERT INTO center_chunk (chunk, generation, sealed) VALUES (?, ?, ?)",
        [
            (chunk, generation, vault.seal(plain, _context(chunk)))
            for chunk, plain in enumerate(people.chunks, start=newest + 1)
        ],
    )
    add_run(connection, generation, newest + 1, people.keys)


# --- who is meant ---------------------------------------------------------------------------------


class CenterPeople:
    """Asks with any connection. Methods raise VaultError, and sqlite3's errors."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault) -> None:
        self._connection, self._vault = connection, vault
        self._index = CenterIndex(connection)

    def by_id(self, person_id: str) -> CenterPerson | None:
        """The newest that is known of this one; None if they are not there, or gone.

        Who turned out to be one with somebody, and is on no list now, is that one.
        """
        with _one_moment(self._connection):
            found = list(self.candidates(id_key(person_id)))
            if own := _newest_of(found, person_id).item:
                return CenterPerson(person_id, own)
            others = dict.fromkeys(kept.id for _, _, kept in found if kept.id != person_id)
            newest = [(one, _newest_of(self.candidates(id_key(one)), one)) for one in others]
        now = [
            (one.place, CenterPerson(id, one.item))
            for id, one in newest
            if one.item and person_id in one.item.former
        ]
        return max(now, key=lambda one: one[0])[1] if now else None

    def former_of(self, one: CenterPerson) -> list[str]:
        """Under which ids they were on the list once, too; not who has come back, or is somebody else now."""
        found = ((former, self.by_id(former)) for former in one.item.former)
        return [former for former, who in found if who is None or who.id == one.id]

    def by_code(self, shared: str) -> CenterPerson | None:
        """Whose code this is, by its shared key; if several have it, whoever came last."""
        return next(iter(self._who(shared, lambda item: shared in item.codes)), None)

    def living_in(self, house: str) -> list[CenterPerson]:
        """Everybody of a dwelling, by its shared key."""
        return self._who(house, lambda item: item.house == house)

    def wards_of(self, person_id: str) -> list[CenterPerson]:
        """Everybody for whom this one may speak, by their id at the center."""
        return self._newest(wards_key(person_id), lambda item: person_id in item.guardians)

    def same_as(self, keys: Sequence[str], id_number: str | None) -> list[CenterPerson]:
        """Those who have one of a person's shared keys; not who has another ID number than this one."""
        wanted = frozenset(keys)
        every = [
            one
            for key in keys
            for one in self._who(key, lambda item: not wanted.isdisjoint((*item.keys, *item.went_by)))
        ]
        found = {one.id: (one, self.keys_of(one)) for one in every}
        return [
            one
            for one, known_by in found.values()
            if not wanted.isdisjoint(known_by) and not is_another(one.item, known_by, id_number)
        ]

    def keys_of(self, one: CenterPerson) -> list[str]:
        """By which our own people are told to be this one; not those of who came back, and is somebody."""
        return [*one.item.keys, *(key for key in one.item.went_by if not self._is_somebodys(key))]

    def _is_somebodys(self, key: str) -> bool:
        return bool(self._who(key, lambda item: key in item.keys))

    def candidates(self, key: int, *, before: int | None = None) -> Iterator[tuple[int, int, Kept]]:
        """Place, generation and what lies there, as they came; it may be of somebody else.

        `before`: only up to this place.
        """
        live = read_cursor(self._connection, "people").live
        places = self._index.places(key, live)
        for found in places if before is None else [one for one in places if one < before]:
            chunk, place = divmod(found, PLACES)
            row = self._connection.execute(
                "SELECT generation, sealed FROM center_chunk WHERE chunk = ?", (chunk,)
            ).fetchone()
            people = open_chunk(self._vault, chunk, row[1]) if row and row[0] >= live else []
            if place < len(people):  # or whoever made the keys was wrong
                yield found, row[0], people[place]

    def _who(self, shared: str, has: Callable[[PersonItem], bool]) -> list[CenterPerson]:
        try:
            return self._newest(key_of(shared), has)
        except ValueError:  # not one of these keys
            return []

    def _newest(self, key: int, has: Callable[[PersonItem], bool]) -> list[CenterPerson]:
        ids = dict.fromkeys(kept.id for _, _, kept in self.candidates(key))
        newest = ((person_id, self.by_id(person_id)) for person_id in reversed(ids))
        return [one for person_id, one in newest if one and one.id == person_id and has(one.item)]


def open_chunk(vault: Vault, chunk: int, sealed: bytes) -> list[Kept]:
    """Nobody, if it is not understood: that is told once, when it is swept. Raises VaultError."""
    plain = vault.open(sealed, _context(chunk))
    try:
        return read_chunk(plain)
    except NOT_UNDERSTOOD:
        return []


def seal_chunk(vault: Vault, chunk: int, people: list[Kept]) -> bytes:
    return vault.seal(_encoder.encode(people), _context(chunk))


@contextmanager
def _one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Whoever changes while somebody else than the lane looks is moved, and would be in neither place."""
    if isinstance(connection, Writer) or connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.commit()  # nothing, if SQLite itself ended it after a fault


def _newest_of(found: Iterable[tuple[int, int, Kept]], person_id: str) -> Newest:
    newest = Newest()
    for _, generation, kept in found:
        if kept.id == person_id:
            newest.take(generation, kept)
    return newest


def is_another(item: PersonItem, known_by: Collection[str], id_number: str | None) -> bool:
    """Father and son may share name and dwelling. Whoever has an ID number has two keys."""
    return id_number is not None and len(item.keys) > 1 and id_number not in known_by


def _context(chunk: int) -> bytes:
    """What a sealed chunk is bound to."""
    return f"center/people/{chunk}".encode()


_encoder = msgspec.msgpack.Encoder()
