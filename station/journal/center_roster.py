"""All of the center's people at once, for the index that the gate searches in."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date

from station.journal.center_cursor import read_cursor
from station.journal.center_people import Newest, is_another, open_chunk
from station.journal.errors import storage_errors
from station.journal.person import Person
from station.journal.vault import Vault
from station.sync.items import PersonItem

NOTHING_YET = (b"", 0, 0)  # the version of a list of which nothing came, or not all of it

Ours = Mapping[str, Set[str | None]]  # shared keys, and those of the ID numbers of who has them


@dataclass(frozen=True, slots=True)
class SealedCenterPeople:
    """As they lie on the disk, and what our own people are recognised by."""

    chunks: tuple[tuple[int, int, bytes], ...] = field(repr=False)  # chunk, generation, sealed
    ours: tuple[tuple[str, str, str], ...] = field(repr=False)  # person, kind, shared key
    version: tuple[bytes, int, int]  # another one: read anew


def center_version(connection: sqlite3.Connection) -> tuple[bytes, int, int]:
    """Changes when the center's people have changed and all of them are here. Raises JournalError.

    A gate that went to another branch gets other people up to the same version.
    """
    with storage_errors():
        cursor = read_cursor(connection, "people")
    return (cursor.epoch, cursor.version, cursor.live) if cursor.complete else NOTHING_YET


def center_snapshot(connection: sqlite3.Connection) -> SealedCenterPeople:
    """Raises JournalError."""
    with storage_errors():
        live = read_cursor(connection, "people").live
        chunks = connection.execute(
            "SELECT chunk, generation, sealed FROM center_chunk WHERE generation >= ? ORDER BY chunk", (live,)
        ).fetchall()
        ours = connection.execute(_OURS).fetchall()
    return SealedCenterPeople(tuple(chunks), tuple(ours), center_version(connection))


def open_center_people(vault: Vault, sealed: SealedCenterPeople) -> list[Person]:
    """All but those who are in the station's own roster too; any thread may. Raises VaultError."""
    people = defaultdict[str, Newest](Newest)
    for chunk, generation, content in sealed.chunks:
        for kept in open_chunk(vault, chunk, content):
            people[kept.id].take(generation, kept)
    known = {person_id: newest.item for person_id, newest in people.items() if newest.item}
    ours = _numbers_by_key(sealed.ours)
    merged = {key for item in known.values() for key in item.went_by} & ours.keys()
    back = {key for item in known.values() for key in item.keys} if merged else set()
    former = merged - back
    return [
        as_person(one, item)
        for one, item in known.items()
        if not _is_ours(item, {*item.keys, *former.intersection(item.went_by)}, ours)
    ]


def _numbers_by_key(rows: Iterable[tuple[str, str, str]]) -> Ours:
    """Not where the rows are read: that is the lane's thread, and this would double its time."""
    keys = defaultdict[str, dict[str, str]](dict)
    for person_id, kind, key in rows:
        keys[person_id][kind] = key
    ours = defaultdict[str, set[str | None]](set)
    for of_one in keys.values():
        for key in of_one.values():
            ours[key].add(of_one.get("id_number"))
    return ours


def _is_ours(item: PersonItem, known_by: Set[str], ours: Ours) -> bool:
    """Somebody of our own may be this one; a father in our roster hides no son of his name from it."""
    numbers = {number for key in known_by for number in ours.get(key, ())}
    return any(not is_another(item, known_by, number) for number in numbers)


def as_person(person_id: str, item: PersonItem) -> Person:
    """As somebody of the roster; the center does not tell ID numbers in clear."""
    return Person(
        person_id,
        item.name,
        item.dwelling,
        item.category,
        phones=item.phones,
        birth=_date(item.birth),
        occupation=item.occupation,
        note=item.note,
    )


_OURS = "SELECT person_id, kind, key FROM local_shared_key WHERE kind <> 'dwelling'"


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:  # of somebody else's list: a birthday that is none tells nothing
        return None
