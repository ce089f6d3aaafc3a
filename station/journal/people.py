"""Who lives and works here, by their codes, numbers and dwellings, and what is known about them.

What is personal lies sealed; what people are looked up by lies as keyed hashes. Nothing here decides whether
a fact is still valid: facts carry their time and source, and the policy judges them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from station.core.audit import Audited, Event
from station.core.entry import from_ms
from station.core.model import Fact, FactKind
from station.core.outcome import PersonLine
from station.journal import audit, batches
from station.journal.batches import CodeOwnedError, Relation
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.facts import About, Facts, News, add_fact, current_facts
from station.journal.held_passes import bind_to_newcomers, take_all_back
from station.journal.list_check import Intact
from station.journal.masking import mask_name
from station.journal.person import (
    COLUMNS,
    SealedPerson,
    house_key,
    id_number_key,
    open_person,
    phone_key,
    seal,
)
from station.journal.person import Colour as Colour
from station.journal.person import ColourFact as ColourFact
from station.journal.person import Person as Person
from station.journal.proposals import pending_facts
from station.journal.vault import Vault


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about the holder of a code; a colour can be known of a code that is nobody's here."""

    person_id: str | None
    line: PersonLine | None
    facts: tuple[Fact, ...]
    household: str | None = field(default=None, repr=False)  # keyed hash of the dwelling
    former: tuple[str, ...] = field(default=(), repr=False)  # ids under which they passed, too


class CodeTakenError(Exception):
    """A code belongs to somebody else already; `person` is the one who was to get it."""

    def __init__(self, person: Person) -> None:
        super().__init__("this code belongs to another person already")
        self.person = person


class People:
    """The roster of a journal's folder. Writes through the journal's own connection and keys.

    All methods raise JournalError, and those that tell something in clear VaultError if it does not open.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._connection = journal.connection
        self._vault = journal.vault
        self._facts = Facts(journal)
        self._intact = Intact(journal.connection, journal.vault.rows)
        with storage_errors():
            _complete(self._connection, self._vault)

    # --- writing --------------------------------------------------------------------------------

    def id_for(self, name: str, dwelling: str) -> str:
        """The id of a person of a list that has none: the same at every import."""
        return self._vault.person_key(name, dwelling)

    def add(
        self,
        people: Iterable[Person],
        *,
        as_of: datetime,
        source: str = "roster",
        kind: str = "edit",
        by: str = "",
        about: str = "",
    ) -> int:
        """Add people or replace what is known of them, all or nobody; returns the batch, which can be undone.

        Codes that a person has already are kept. `about`: the fields that change. Raises CodeTakenError.
        """
        everybody = list(people)
        sealed = [seal(self._vault, person) for person in everybody]
        try:
            with storage_errors(), transaction(self._connection):
                batch = batches.begin(self._connection, self._vault, kind, as_of, source, by=by, about=about)
                self._on_record(batch, kind, as_of, by)
                batches.put_people(self._connection, batch, sealed, as_of, source)
                bind_to_newcomers(self._connection, self._vault, batch)
                for person in everybody:
                    if person.colour:
                        news = _colour_news("person", person.id, person.colour)
                        clock_ms = self._journal.clock_off()
                        add_fact(self._connection, self._vault, news, as_of, batch=batch, clock_ms=clock_ms)
        except CodeOwnedError as error:
            raise CodeTakenError(_who_was_to_get_it(everybody, sealed, error)) from error
        return batch

    def relate(
        self, relations: Iterable[Relation], *, now: datetime, source: str = "operator", by: str = ""
    ) -> int:
        """Say who may speak for whom; returns the batch."""
        everyone = list(relations)
        with self._change("relate", now, source, by=by, about=_about(everyone)) as batch:
            for relation in everyone:
                batches.touch(self._connection, batch, relation.other_id)
            batches.relate(self._connection, batch, everyone)
        return batch

    def unrelate(
        self, relation: Relation, *, now: datetime, source: str = "operator", by: str = "", why: str = ""
    ) -> int:
        """Who spoke for somebody does so no more; returns the batch."""
        about = _about([relation])
        with self._change("unrelate", now, source, by=by, note=why, about=about) as batch:
            batches.unrelate(self._connection, batch, relation)
        return batch

    def bind(
        self, person_id: str, code: str, *, now: datetime, source: str = "operator", by: str = ""
    ) -> int:
        """Give somebody one more code or gate pass; returns the batch. Raises CodeOwnedError."""
        with self._change("bind", now, source, by=by) as batch:
            batches.touch(self._connection, batch, person_id)
            batches.bind_codes(self._connection, person_id, [self._vault.code_key(code)])
        return batch

    def unbind(
        self,
        person_id: str,
        keys: Iterable[str],
        *,
        now: datetime,
        source: str = "operator",
        by: str = "",
        why: str = "",
    ) -> int:
        """Take codes and passes, by their keys, from somebody; returns the batch."""
        with self._change("unbind", now, source, by=by, note=why) as batch:
            batches.unbind_codes(self._connection, batch, person_id, keys)
        return batch

    def remove(
        self,
        person_ids: Iterable[str],
        *,
        now: datetime,
        source: str = "operator",
        by: str = "",
        why: str = "",
    ) -> int:
        """Take people out of the roster, and their passes back, for good; returns the batch."""
        gone = list(person_ids)
        with self._change("remove", now, source, by=by, note=why) as batch:
            for person_id in gone:
                take_all_back(self._journal, person_id, now)
            batches.remove(self._connection, batch, gone)
        return batch

    @contextmanager
    def _change(
        self, kind: str, now: datetime, source: str, *, by: str = "", note: str = "", about: str = ""
    ) -> Iterator[int]:
        """A batch in a transaction of its own."""
        with storage_errors(), transaction(self._connection):
            batch = batches.begin(
                self._connection, self._vault, kind, now, source, by=by, note=note, about=about
            )
            yield batch
            self._on_record(batch, kind, now, by, note)

    def _on_record(self, batch: int, kind: str, now: datetime, by: str, note: str = "") -> None:
        who, told = audit.signed_by(by, note)
        event = Event(Audited.PEOPLE_CHANGED, who, f"batch/{batch}", (("change", kind),), told)
        audit.write(self._journal, event, now)

    def set_colour(self, about: About, subject: str, colour: ColourFact) -> None:
        """Tell the colour of a code (by its key) or of a person (by id); the newest counts."""
        self._facts.receive([_colour_news(about, subject, colour)], now=colour.as_of)

    # --- who is it ------------------------------------------------------------------------------

    def find_by_code(self, key: str) -> Known | None:
        """What is known about the holder of the code with this key; None if nothing is.

        This and the look-ups below raise RowChangedError if another program changed what they find.
        """
        with storage_errors():
            self._intact.require("code", "key = ?", key)
            return self._known(self._row("JOIN code ON code.person_id = person.id WHERE key = ?", key), key)

    def find(self, person_id: str) -> Known | None:
        """What is known about somebody who was found by name or house; None if they are not in the roster."""
        with storage_errors():
            return self._known(self._row("WHERE id = ?", person_id), None)

    def find_by_id_number(self, number: str) -> Known | None:
        """By the number of an identity document, as `roster.id_number` writes it."""
        key = id_number_key(self._vault, number)
        with storage_errors():
            return self._known(
                self._row(
                    "JOIN person_key ON person_id = id WHERE person_key.kind = 'id_number' AND key = ?", key
                ),
                None,
            )

    def find_by_phone(self, phone: str) -> list[Known]:
        """By a whole phone number, which a family may share."""
        key = phone_key(self._vault, phone)
        with storage_errors():
            rows = self._connection.execute(
                f"{_SELECT} JOIN person_key ON person_id = id WHERE person_key.kind = 'phone' AND key = ?",
                (key,),
            ).fetchall()
            return [known for row in rows if (known := self._known(row, None))]

    # --- the roster in clear: every look at it is to be audited by whoever asks -------------------

    def person(self, person_id: str) -> Person | None:
        """Everything that was entered about somebody, without their codes, of which only hashes are kept."""
        with storage_errors():
            row = self._row("WHERE id = ?", person_id)
        return open_person(self._vault, row) if row else None

    def everybody(self, *, touched_since: int = 0) -> list[Person]:
        """The whole roster, or whom later batches than this one touched."""
        with storage_errors():
            rows = self._connection.execute(
                f"{_SELECT} WHERE :since = 0 OR touched > :since", {"since": touched_since}
            ).fetchall()
        return [open_person(self._vault, row) for row in rows]

    def code_keys(self, person_id: str) -> frozenset[str]:
        """Of the codes and passes that are somebody's; their texts are not kept."""
        with storage_errors():
            rows = self._connection.execute("SELECT key FROM code WHERE person_id = ?", (person_id,))
            return frozenset(key for (key,) in rows)

    def one_of(self, dwelling_key: str) -> Person | None:
        """Somebody of this dwelling, to say which one it is."""
        with storage_errors():
            row = self._row("WHERE house = ? LIMIT 1", dwelling_key)
        return open_person(self._vault, row) if row else None

    def ids(self) -> frozenset[str]:
        with storage_errors():
            return frozenset(person_id for (person_id,) in self._connection.execute("SELECT id FROM person"))

    def newest_batch(self) -> int:
        """The last change of the roster; 0 before the first."""
        with storage_errors():
            return batches.newest(self._connection)

    def living_in(self, house: str) -> list[Person]:
        """Everybody of a house, e.g. 3-2-501, or of all houses that begin with these parts, e.g. 3-2.

        Ordered by dwelling and name; without their codes, of which only hashes are kept.
        """
        found = [person for person in self.everybody() if f"{person.dwelling}-".startswith(f"{house}-")]
        return sorted(found, key=lambda person: (person.dwelling, person.name))

    # --- families -------------------------------------------------------------------------------

    def dwelling_key(self, dwelling: str) -> str:
        """The subject of facts about a dwelling, however it is written."""
        return house_key(self._vault, dwelling)

    def household(self, person_id: str) -> tuple[str, ...]:
        """The ids of everybody in the same dwelling, this person among them; alone if they have none."""
        with storage_errors():
            rows = self._connection.execute(
                "SELECT id FROM person WHERE id = :id OR"
                " house = (SELECT house FROM person WHERE id = :id AND house <> '') ORDER BY id",
                {"id": person_id},
            ).fetchall()
        return tuple(found for (found,) in rows)

    def who_speaks_for(self, person_id: str) -> list[Relation]:
        """Whose code may be shown for this child or elder, guardians first."""
        return self._relations("person_id", person_id)

    def for_whom_speaks(self, person_id: str) -> list[Relation]:
        """For whom this person may show a code."""
        return self._relations("other_id", person_id)

    def _relations(self, column: str, person_id: str) -> list[Relation]:
        with storage_errors():
            rows = self._connection.execute(
                f"SELECT person_id, kind, other_id FROM relation WHERE {column} = ?"
                " ORDER BY kind, person_id, other_id",
                (person_id,),
            ).fetchall()
        return [Relation(*row) for row in rows]

    # --- reading one row ------------------------------------------------------------------------

    def _row(self, where: str, parameter: str) -> _Row | None:
        row: _Row | None = self._connection.execute(f"{_SELECT} {where}", (parameter,)).fetchone()
        return row

    def _known(self, row: _Row | None, key: str | None) -> Known | None:
        person_id, house = (row[0], row[5]) if row else (None, None)
        if person_id is not None:
            self._intact.require("person", "id = ?", person_id)
        facts = current_facts(self._connection, key, person_id, house, self._intact)
        facts += pending_facts(self._connection, key, person_id, house)
        if row is None:
            return Known(None, None, tuple(facts)) if facts else None
        person = open_person(self._vault, row)
        line = PersonLine(mask_name(person.name), person.dwelling)
        return Known(person_id, line, (*_identity(person, row), *facts), house or None)


_Row = tuple[str, str, bytes, bytes, bytes | None, str | None, int, str]
_SELECT = f"SELECT {COLUMNS}, house, as_of_ms, source FROM person"


def _identity(person: Person, row: _Row) -> list[Fact]:
    as_of, source = from_ms(row[6]), row[7]
    facts = [Fact(FactKind.IDENTITY, person.category, as_of, source)]
    if person.occupation:
        facts.append(Fact(FactKind.OCCUPATION, person.occupation, as_of, source))
    return facts


def _about(relations: Sequence[Relation]) -> str:
    """Which kind, and whose: of one relation, for the history of both."""
    return f"{relations[0].kind}/{relations[0].person_id}" if len(relations) == 1 else ""


def _colour_news(about: About, subject: str, colour: ColourFact) -> News:
    return News(about, subject, FactKind.COLOUR, colour.value, colour.as_of, colour.source)


def _who_was_to_get_it(people: list[Person], sealed: list[SealedPerson], error: CodeOwnedError) -> Person:
    """The last of this id, for a person may stand there twice."""
    assert len(people) == len(sealed)
    return next(person for person in reversed(people) if person.id == error.person_id)


def _complete(connection: sqlite3.Connection, vault: Vault) -> None:
    """The dwellings' keys of people who were entered before schema 5; SQL cannot work them out."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM person WHERE house IS NULL").fetchall()
    if rows:
        people = [open_person(vault, row) for row in rows]
        with transaction(connection):
            connection.executemany(
                "UPDATE person SET house = ? WHERE id = ?",
                [(house_key(vault, person.dwelling), person.id) for person in people],
            )
