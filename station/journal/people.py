"""Who lives and works here, their codes and their health colours.

Names and dwellings lie sealed; codes lie as keyed hashes. Nothing here decides whether a fact is still valid:
facts carry their time and source, and the policy judges them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from station.core.entry import from_ms, to_ms
from station.core.model import Fact, FactKind
from station.core.outcome import PersonLine
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.masking import mask_name

Colour = Literal["green", "yellow", "red"]
About = Literal["code", "person"]


@dataclass(frozen=True, slots=True)
class ColourFact:
    """A health colour, when it was true and who said so."""

    value: Colour
    as_of: datetime  # UTC
    source: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the roster, as somebody entered them."""

    id: str
    name: str = field(repr=False)
    dwelling: str = field(repr=False)
    category: str  # resident, worker, courier …
    codes: tuple[str, ...] = field(default=(), repr=False)  # code texts
    colour: ColourFact | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about the holder of a code; a colour can be known of a code that is nobody's here."""

    person_id: str | None
    line: PersonLine | None
    facts: tuple[Fact, ...]


class CodeTakenError(Exception):
    """A code belongs to somebody else already; `person` is the one who was to get it."""

    def __init__(self, person: Person) -> None:
        super().__init__("this code belongs to another person already")
        self.person = person


class People:
    """The roster of a journal's folder. Writes through the journal's own connection and keys."""

    def __init__(self, journal: Journal) -> None:
        self._connection = journal.connection
        self._vault = journal.vault

    def id_for(self, name: str, dwelling: str) -> str:
        """The id of a person of a list that has none: the same at every import."""
        return self._vault.person_key(name, dwelling)

    def add(self, people: Iterable[Person], *, as_of: datetime, source: str = "roster") -> None:
        """Add people or replace what is known of them, all or nobody.

        Codes that a person has already are kept. Raises CodeTakenError, JournalError.
        """
        with storage_errors(), transaction(self._connection):
            for person in people:
                self._put_person(person, to_ms(as_of), source)
                for code in person.codes:
                    self._put_code(self._vault.code_key(code), person)
                if person.colour:
                    self._put_colour("person", person.id, person.colour)

    def set_colour(self, about: About, subject: str, colour: ColourFact) -> None:
        """Set the colour of a code (by its key) or of a person (by id), unless a newer one is known."""
        with storage_errors(), transaction(self._connection):
            self._put_colour(about, subject, colour)

    def find_by_code(self, key: str) -> Known | None:
        """What is known about the holder of the code with this key; None if nothing is.

        Raises JournalError, and VaultError if the person's name does not open.
        """
        with storage_errors():
            row = self._connection.execute(_FIND, {"key": key}).fetchone()
            person_id: str | None = row[0] if row else None
            facts = [*([_identity(row)] if row else []), *self._colours(key, person_id)]
            facts += self._last_passage(key)
        if not facts:
            return None
        return Known(person_id, self._line(row) if row else None, tuple(facts))

    def living_in(self, house: str) -> list[Person]:
        """Everybody of a house, e.g. 3-2-501, or of all houses that begin with these parts, e.g. 3-2.

        Ordered by dwelling and name; without their codes, of which only hashes are kept.
        Raises JournalError, and VaultError if a name does not open.
        """
        with storage_errors():
            rows = self._connection.execute("SELECT id, category, name, dwelling FROM person").fetchall()
        people = (self._person(*row) for row in rows)
        found = [person for person in people if f"{person.dwelling}-".startswith(f"{house}-")]
        return sorted(found, key=lambda person: (person.dwelling, person.name))

    def _put_person(self, person: Person, as_of_ms: int, source: str) -> None:
        name = self._vault.seal(person.name.encode(), _context("name", person.id))
        dwelling = self._vault.seal(person.dwelling.encode(), _context("dwelling", person.id))
        self._connection.execute(
            "INSERT INTO person (id, category, name, dwelling, as_of_ms, source) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET category = excluded.category, name = excluded.name,"
            " dwelling = excluded.dwelling, as_of_ms = excluded.as_of_ms, source = excluded.source",
            (person.id, person.category, name, dwelling, as_of_ms, source),
        )

    def _put_code(self, key: str, person: Person) -> None:
        (owner,) = self._connection.execute(
            "INSERT INTO code (key, person_id) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET person_id = person_id RETURNING person_id",
            (key, person.id),
        ).fetchone()
        if owner != person.id:
            raise CodeTakenError(person)

    def _put_colour(self, about: About, subject: str, colour: ColourFact) -> None:
        self._connection.execute(
            "INSERT INTO colour (about, subject, value, as_of_ms, source) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (about, subject) DO UPDATE"
            " SET value = excluded.value, as_of_ms = excluded.as_of_ms, source = excluded.source"
            " WHERE excluded.as_of_ms >= as_of_ms",  # old news never replaces newer
            (about, subject, colour.value, to_ms(colour.as_of), colour.source),
        )

    def _colours(self, key: str, person_id: str | None) -> Iterable[Fact]:
        rows = self._connection.execute(_COLOURS, {"key": key, "person_id": person_id}).fetchall()
        return [Fact(FactKind.COLOUR, value, from_ms(as_of_ms), source) for value, as_of_ms, source in rows]

    def _last_passage(self, key: str) -> Iterable[Fact]:
        rows = self._connection.execute(
            "SELECT direction, at_ms FROM last_passage WHERE key = ?", (key,)
        ).fetchall()
        return [Fact(FactKind.LAST_PASSAGE, way, from_ms(at_ms), "journal") for way, at_ms in rows]

    def _line(self, row: tuple[str, str, bytes, bytes, int, str]) -> PersonLine:
        person = self._person(*row[:4])
        return PersonLine(mask_name(person.name), person.dwelling)

    def _person(self, person_id: str, category: str, name: bytes, dwelling: bytes) -> Person:
        clear_name = self._vault.open(name, _context("name", person_id)).decode()
        clear_dwelling = self._vault.open(dwelling, _context("dwelling", person_id)).decode()
        return Person(person_id, clear_name, clear_dwelling, category)


_FIND = """
SELECT person.id, category, name, dwelling, as_of_ms, source
FROM code JOIN person ON person.id = person_id
WHERE key = :key
"""

_COLOURS = """
SELECT value, as_of_ms, source FROM colour
WHERE (about = 'code' AND subject = :key) OR (about = 'person' AND subject = :person_id)
ORDER BY as_of_ms DESC
"""


def _identity(row: tuple[str, str, bytes, bytes, int, str]) -> Fact:
    _, category, _, _, as_of_ms, source = row
    return Fact(FactKind.IDENTITY, category, from_ms(as_of_ms), source)


def _context(column: str, person_id: str) -> bytes:
    """What a sealed name is bound to, so that it cannot be moved to another person."""
    return f"person/{column}/{person_id}".encode()
