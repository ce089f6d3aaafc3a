"""The shared keys of the station's own people, so that the center's people are recognised among them.

They are worked out little by little after enrolment, and again of whomever a change of the roster touched:
names and numbers have to be opened for it, and a lane cannot wait for 20,000 of them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from station.journal import upstream
from station.journal.connection import transaction
from station.journal.enrolment import SHARED_KEYS_DONE, read_enrolment
from station.journal.person import COLUMNS, Person, open_person
from station.journal.vault import Vault
from station.roster.house import house_name
from station.sync.items import shared_key

_AT_ONCE = 100  # people in one step, some 8 ms


@dataclass(frozen=True, slots=True)
class SharedKeys:
    """Of one person, under the district's key; None: what it is made of is not known."""

    resident: str = field(repr=False)
    id_number: str | None = field(repr=False)
    dwelling: str | None = field(repr=False)

    @property
    def of_person(self) -> list[str]:
        return [self.resident, *([self.id_number] if self.id_number else [])]


def keys_of(district_key: bytes, person: Person) -> SharedKeys:
    """As the center makes them of its own people."""

    dwelling = house_name(person.dwelling)
    return SharedKeys(
        shared_key(district_key, "resident", f"{person.name}\0{dwelling}"),
        shared_key(district_key, "id_number", person.id_number) if person.id_number else None,
        shared_key(district_key, "dwelling", dwelling) if dwelling else None,
    )


def follow(connection: sqlite3.Connection, vault: Vault) -> bool:
    """One step; True if there was something to do. Raises VaultError if somebody's row does not open."""
    enrolment = read_enrolment(connection, vault)
    if enrolment is None:
        return False
    touched, after = _done(connection)
    rows = connection.execute(_SAME_CHANGE, (touched, after, _AT_ONCE)).fetchall()
    rows = rows or connection.execute(_LATER_CHANGES, (touched, _AT_ONCE)).fetchall()
    if not rows:
        return False
    found = [(row[0], keys_of(enrolment.district_key, open_person(vault, row))) for row in rows]
    named = [
        (kind, key, person_id)
        for person_id, keys in found
        for kind, key in (
            ("resident", keys.resident),
            ("id_number", keys.id_number),
            ("dwelling", keys.dwelling),
        )
        if key is not None
    ]
    with transaction(connection):
        connection.executemany(
            "DELETE FROM local_shared_key WHERE person_id = ?", [(one,) for one, _ in found]
        )
        connection.executemany("INSERT INTO local_shared_key (kind, key, person_id) VALUES (?, ?, ?)", named)
        upstream.put_note(connection, SHARED_KEYS_DONE, f"{rows[-1][-1]} {rows[-1][0]}".encode())
    return True


def local_people(connection: sqlite3.Connection, keys: list[str]) -> list[str]:
    """The ids of our own people who have one of these shared keys."""
    query = "SELECT person_id FROM local_shared_key WHERE key = ? AND kind <> 'dwelling' ORDER BY kind"
    return list(dict.fromkeys(one for key in keys for (one,) in connection.execute(query, (key,))))


def shared_keys_of(connection: sqlite3.Connection, person_id: str) -> dict[str, str]:
    """Of one of our own people, by kind, as far as they are worked out; without the dwelling's."""
    rows = connection.execute(
        "SELECT kind, key FROM local_shared_key WHERE person_id = ? AND kind <> 'dwelling'", (person_id,)
    )
    return dict(rows.fetchall())


def local_codes(connection: sqlite3.Connection, shared: str) -> list[str]:
    """The station's own keys of a code that was shown here."""
    return [one for (one,) in connection.execute("SELECT local FROM code_pair WHERE shared = ?", (shared,))]


def shared_code(connection: sqlite3.Connection, local: str) -> str | None:
    """The shared key of a code that was shown here since enrolment."""
    row = connection.execute("SELECT shared FROM code_pair WHERE local = ?", (local,)).fetchone()
    return str(row[0]) if row else None


def _done(connection: sqlite3.Connection) -> tuple[int, str]:
    note = upstream.note(connection, SHARED_KEYS_DONE)
    touched, _, after = (note or b"-1 ").decode().partition(" ")
    return int(touched), after


_SAME_CHANGE = f"""
SELECT {COLUMNS}, coalesce(touched, 0) FROM person
WHERE coalesce(touched, 0) = ? AND id > ? ORDER BY id LIMIT ?
"""
_LATER_CHANGES = f"""
SELECT {COLUMNS}, coalesce(touched, 0) FROM person
WHERE coalesce(touched, 0) > ? ORDER BY coalesce(touched, 0), id LIMIT ?
"""
