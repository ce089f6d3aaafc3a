"""Changes of the roster as wholes: each is one batch, says what it replaced, and can be taken back.

Writing happens inside a transaction of the caller; everything slow (sealing) is done before it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from station.core.audit import Audited, Event
from station.core.entry import from_ms, to_ms
from station.journal import audit
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.held_passes import bound_since
from station.journal.person import Person, SealedPerson, open_person
from station.journal.vault import Vault

KEPT = 50  # batches whose former values are kept; an import of 20,000 people takes some 15 MB of them
BY_HAND = 100  # people at most that a change by hand touches; a list touches thousands

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Batch:
    """One change of the roster."""

    id: int
    kind: str  # import, edit, bind, unbind, relate, unrelate, remove, undo
    at: datetime
    source: str
    people: int  # added or changed
    undone: bool
    by: str = field(repr=False)  # who, as far as was said
    note: str = field(repr=False)  # an import's file name, or why


@dataclass(frozen=True, slots=True)
class Relation:
    """`other_id` may speak for `person_id`."""

    person_id: str
    kind: str  # guardian, proxy
    other_id: str


class Detail(msgspec.Struct, array_like=True, frozen=True, repr_omit_defaults=True):
    """What of a batch is sealed; fields are only ever appended."""

    by: str = ""
    note: str = ""
    about: str = ""  # an edit's fields with commas between; a relation as guardian/id of the ward

    def __repr__(self) -> str:
        return "Detail(…)"  # it names people


class CodeOwnedError(Exception):
    """A code belongs to somebody else already."""

    def __init__(self, person_id: str) -> None:
        super().__init__("this code belongs to another person already")
        self.person_id = person_id  # who was to get it


class UndoRefusedError(Exception):
    """A batch cannot be taken back: `people` were changed since; empty: no such batch any more."""

    def __init__(self, people: tuple[str, ...] = ()) -> None:
        super().__init__(f"{len(people)} people were changed since" if people else "no such batch to undo")
        self.people = people


class Batches:
    """The log of roster changes. Methods raise JournalError; `all` and `removed` also VaultError."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._connection = journal.connection
        self._vault = journal.vault

    def all(self, most: int = -1) -> list[Batch]:
        """Every batch, or so many at most, newest first."""
        with storage_errors():
            rows = self._connection.execute(_ALL, (most,)).fetchall()
        return [
            _batch(open_detail(self._vault, kind, detail), number, kind, at_ms, source, people, bool(undone))
            for number, kind, at_ms, source, people, undone, detail in rows
        ]

    def removed(self, number: int) -> list[Person]:
        """Whom a batch took out of the roster and who is still out of it, in clear; while that is kept."""
        with storage_errors():
            rows = self._connection.execute(_REMOVED, (number,)).fetchall()
        return [open_person(self._vault, row) for row in rows]

    def undo(self, number: int, *, now: datetime, by: str = "") -> int:
        """Restore what a batch replaced and take its facts back; returns how many people that were.

        A gate pass that somebody got since stays theirs: it opens the gate, and what is known must be found.

        Raises UndoRefusedError, and then nothing is changed.
        """
        with storage_errors(), transaction(self._connection):
            self._refuse_if_gone(number)
            conflicts = self._connection.execute(_CONFLICTS, {"batch": number}).fetchall()
            if conflicts:
                raise UndoRefusedError(tuple(person_id for (person_id,) in conflicts))
            undoing = begin(self._connection, self._vault, UNDO, now, str(number), by=by)
            count = self._connection.execute(_COUNT, {"batch": number}).fetchone()[0]
            issued_since = bound_since(self._connection, self._vault, number)
            for step in _RESTORE:
                self._connection.execute(step, {"batch": number, "undoing": undoing})
            self._connection.executemany(
                "INSERT OR IGNORE INTO code (key, person_id) VALUES (?, ?)", issued_since
            )
            who, note = audit.signed_by(by)
            facts = (("undone", str(number)), ("people", str(count)))
            event = Event(Audited.IMPORT_UNDONE, who, f"batch/{undoing}", facts, note)
            audit.write(self._journal, event, now)
            return int(count)

    def _refuse_if_gone(self, number: int) -> None:
        there = self._connection.execute(
            f"SELECT 1 FROM batch WHERE id = ? AND kind <> ? AND undone_by IS NULL AND {_KEPT} AND {_WHOLE}"
            " AND EXISTS (SELECT 1 FROM batch_change WHERE batch = batch.id)",
            (number, UNDO),
        ).fetchone()
        if not there:
            raise UndoRefusedError


def begin(
    connection: sqlite3.Connection,
    vault: Vault,
    kind: str,
    now: datetime,
    source: str,
    *,
    by: str = "",
    note: str = "",
    about: str = "",
) -> int:
    """A new batch inside a transaction; former values of very old ones are let go."""
    detail = vault.seal(msgspec.msgpack.encode(Detail(by, note, about)), _context(kind))
    row = connection.execute(
        "INSERT INTO batch (kind, at_ms, source, detail) VALUES (?, ?, ?, ?)",
        (kind, to_ms(now), source, detail),
    )
    number = row.lastrowid or 0
    for step in _LET_GO:
        connection.execute(step, {"old": number - KEPT})
    return number


def newest(connection: sqlite3.Connection) -> int:
    """The number of the last batch; 0 before the first."""
    number: int = connection.execute("SELECT coalesce(max(id), 0) FROM batch").fetchone()[0]
    return number


def put_people(
    connection: sqlite3.Connection, batch: int, people: Sequence[SealedPerson], as_of: datetime, source: str
) -> None:
    """Add people or replace what is known of them, within this batch. Codes they have are kept.

    Raises CodeOwnedError.
    """
    ids = [{"batch": batch, "id": person.row[0]} for person in people]
    connection.executemany(_REMEMBER, ids)
    connection.executemany(
        _UPSERT, [(*person.row, person.house, to_ms(as_of), source, batch) for person in people]
    )
    connection.executemany("DELETE FROM person_key WHERE person_id = :id", ids)
    connection.executemany(
        "INSERT INTO person_key (kind, key, person_id) VALUES (?, ?, ?)"
        " ON CONFLICT (kind, key, person_id) DO NOTHING",  # but an ID number of somebody else is a mistake
        [(kind, key, person.row[0]) for person in people for kind, key in person.number_keys],
    )
    for person in people:
        bind_codes(connection, person.row[0], person.code_keys)


def confirm_people(
    connection: sqlite3.Connection, batch: int, person_ids: Iterable[str], as_of: datetime, source: str
) -> None:
    """Note within this batch that these people are known to be as they were."""
    ids = [{"batch": batch, "id": person_id, "at": to_ms(as_of), "by": source} for person_id in person_ids]
    connection.executemany(_REMEMBER, ids)
    connection.executemany("UPDATE person SET as_of_ms = :at, source = :by WHERE id = :id", ids)


def bind_codes(connection: sqlite3.Connection, person_id: str, keys: Iterable[str]) -> None:
    """Raises CodeOwnedError."""
    for key in keys:
        (owner,) = connection.execute(
            "INSERT INTO code (key, person_id) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET person_id = person_id RETURNING person_id",
            (key, person_id),
        ).fetchone()
        if owner != person_id:
            raise CodeOwnedError(person_id)


def unbind_codes(connection: sqlite3.Connection, batch: int, person_id: str, keys: Iterable[str]) -> None:
    """Take codes from somebody, within this batch; those of others stay theirs."""
    touch(connection, batch, person_id)
    connection.executemany(
        "DELETE FROM code WHERE key = ? AND person_id = ?", [(key, person_id) for key in keys]
    )


def relate(connection: sqlite3.Connection, batch: int, relations: Iterable[Relation]) -> None:
    """Say who speaks for whom, within this batch."""
    for relation in relations:
        touch(connection, batch, relation.person_id)
        connection.execute(
            "INSERT OR IGNORE INTO relation (person_id, kind, other_id) VALUES (?, ?, ?)",
            (relation.person_id, relation.kind, relation.other_id),
        )


def unrelate(connection: sqlite3.Connection, batch: int, relation: Relation) -> None:
    """This one speaks for that one no more, within this batch."""
    for person_id in (relation.person_id, relation.other_id):
        touch(connection, batch, person_id)
    connection.execute(
        "DELETE FROM relation WHERE person_id = ? AND kind = ? AND other_id = ?",
        (relation.person_id, relation.kind, relation.other_id),
    )


def touch(connection: sqlite3.Connection, batch: int, person_id: str) -> None:
    """Remember what a person was before this batch changes something that belongs to them."""
    connection.execute(_REMEMBER, {"batch": batch, "id": person_id})
    connection.execute("UPDATE person SET touched = ? WHERE id = ?", (batch, person_id))


def remove(connection: sqlite3.Connection, batch: int, person_ids: Iterable[str]) -> None:
    """Take people out of the roster, within this batch."""
    for person_id in person_ids:
        connection.execute(_REMEMBER, {"batch": batch, "id": person_id})
        wards = connection.execute(
            "SELECT person_id FROM relation WHERE other_id = ?", (person_id,)
        ).fetchall()
        for (ward,) in wards:  # they lose whoever spoke for them
            touch(connection, batch, ward)
        connection.execute("DELETE FROM person WHERE id = ?", (person_id,))


_REMEMBER = """
INSERT OR IGNORE INTO batch_change
       (batch, person_id, category, name, dwelling, house, detail, as_of_ms, source, links)
SELECT :batch, :id, category, name, dwelling, house, detail, as_of_ms, source,
       CASE WHEN person.id NOTNULL THEN json_object(
         'codes', (SELECT json_group_array(key) FROM code WHERE person_id = :id),
         'keys', (SELECT json_group_array(json_array(kind, key)) FROM person_key WHERE person_id = :id),
         'relations', (SELECT json_group_array(json_array(person_id, kind, other_id)) FROM relation
                       WHERE person_id = :id OR other_id = :id)) END
FROM (SELECT 1) LEFT JOIN person ON person.id = :id
"""

_UPSERT = """
INSERT INTO person (id, category, name, dwelling, detail, house, as_of_ms, source, touched)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    category = excluded.category, name = excluded.name, dwelling = excluded.dwelling,
    detail = excluded.detail, house = excluded.house, as_of_ms = excluded.as_of_ms,
    source = excluded.source, touched = excluded.touched
"""

# Who was touched by hand stays known, to be asked for; what they were before does not, nor who was on a list.
_LET_GO = (
    f"""DELETE FROM batch_change
        WHERE batch = :old AND (SELECT count(*) FROM batch_change WHERE batch = :old) > {BY_HAND}""",
    """UPDATE batch_change SET category = NULL, name = NULL, dwelling = NULL, house = NULL, detail = NULL,
              as_of_ms = NULL, source = NULL, links = NULL
       WHERE batch = :old""",
)
_KEPT = f"id > (SELECT max(id) FROM batch) - {KEPT}"

# Retention took none of its former values: it leaves the source, which whoever came by it never had.
_WHOLE = """NOT EXISTS (SELECT 1 FROM batch_change AS emptied
                WHERE emptied.batch = batch.id AND category IS NULL AND emptied.source NOTNULL)"""

_REMOVED = """
SELECT person_id, category, name, dwelling, detail FROM batch_change
WHERE batch = ? AND name NOTNULL AND NOT EXISTS (SELECT 1 FROM person WHERE id = person_id)
ORDER BY person_id
"""

_COUNT = "SELECT count(*) FROM batch_change WHERE batch = :batch"

# Changed again since; or new then, and now something hangs on them; or what they had is somebody else's.
# CROSS JOIN: SQLite keeps that order (lang_select.html), the other one reads all numbers for each person.
_CONFLICTS = """
SELECT person_id FROM batch_change AS change WHERE batch = :batch AND (
   EXISTS (SELECT 1 FROM batch_change AS later JOIN batch ON batch.id = later.batch
           WHERE later.person_id = change.person_id AND later.batch > :batch AND batch.undone_by IS NULL)
OR category IS NULL AND (
       EXISTS (SELECT 1 FROM fact
               WHERE about = 'person' AND subject = change.person_id AND batch IS NOT :batch)
    OR EXISTS (SELECT 1 FROM proposal WHERE about = 'person' AND subject = change.person_id)
    OR EXISTS (SELECT 1 FROM relation WHERE other_id = change.person_id AND NOT EXISTS (
               SELECT 1 FROM batch_change AS same
               WHERE same.batch = :batch AND same.person_id = relation.person_id)))
OR EXISTS (SELECT 1 FROM json_each(links, '$.codes') AS link CROSS JOIN code ON code.key = link.value
           WHERE NOT EXISTS (SELECT 1 FROM batch_change AS same
                             WHERE same.batch = :batch AND same.person_id = code.person_id))
OR EXISTS (SELECT 1 FROM json_each(links, '$.keys') AS link CROSS JOIN person_key AS held
           ON held.kind = 'id_number' AND held.key = json_extract(link.value, '$[1]')
           WHERE NOT EXISTS (SELECT 1 FROM batch_change AS same
                             WHERE same.batch = :batch AND same.person_id = held.person_id)))
ORDER BY person_id
"""

_CHANGED = "(SELECT person_id FROM batch_change WHERE batch = :batch)"

_RESTORE = (
    # Links first: an ID number may go back to somebody else.
    f"DELETE FROM code WHERE person_id IN {_CHANGED}",
    f"DELETE FROM person_key WHERE person_id IN {_CHANGED}",
    f"DELETE FROM relation WHERE person_id IN {_CHANGED}",
    """DELETE FROM person WHERE id IN (
           SELECT person_id FROM batch_change WHERE batch = :batch AND category IS NULL)""",
    """INSERT INTO person (id, category, name, dwelling, house, detail, as_of_ms, source, touched)
       SELECT person_id, category, name, dwelling, house, detail, as_of_ms, source, :undoing
       FROM batch_change WHERE batch = :batch AND category NOTNULL
       ON CONFLICT (id) DO UPDATE SET
           category = excluded.category, name = excluded.name, dwelling = excluded.dwelling,
           house = excluded.house, detail = excluded.detail, as_of_ms = excluded.as_of_ms,
           source = excluded.source, touched = excluded.touched""",
    """INSERT INTO code (key, person_id) SELECT link.value, person_id
       FROM batch_change, json_each(links, '$.codes') AS link WHERE batch = :batch""",
    """INSERT INTO person_key (kind, key, person_id)
       SELECT json_extract(link.value, '$[0]'), json_extract(link.value, '$[1]'), person_id
       FROM batch_change, json_each(links, '$.keys') AS link WHERE batch = :batch""",
    """INSERT OR IGNORE INTO relation (person_id, kind, other_id)
       SELECT json_extract(link.value, '$[0]'), json_extract(link.value, '$[1]'),
              json_extract(link.value, '$[2]')
       FROM batch_change, json_each(links, '$.relations') AS link WHERE batch = :batch
         AND EXISTS (SELECT 1 FROM person WHERE id = json_extract(link.value, '$[0]'))
         AND EXISTS (SELECT 1 FROM person WHERE id = json_extract(link.value, '$[2]'))""",
    "UPDATE batch SET undone_by = :undoing WHERE id = :batch",
)

_ALL = f"""
SELECT id, kind, at_ms, source,
       CASE WHEN {_KEPT} AND {_WHOLE} THEN (SELECT count(*) FROM batch_change WHERE batch = batch.id)
       ELSE 0 END,
       undone_by NOTNULL, detail
FROM batch ORDER BY id DESC LIMIT ?
"""


def _batch(
    detail: Detail, number: int, kind: str, at_ms: int, source: str, people: int, undone: bool
) -> Batch:
    return Batch(number, kind, from_ms(at_ms), source, people, undone, detail.by, detail.note)


def open_detail(vault: Vault, kind: str, sealed: bytes) -> Detail:
    """Nothing if retention took it. Raises VaultError."""
    if not sealed:
        return Detail()
    return msgspec.msgpack.decode(vault.open(sealed, _context(kind)), type=Detail)


def _context(kind: str) -> bytes:
    return f"batch/{kind}".encode()
