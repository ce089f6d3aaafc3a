"""Whereabouts with the people they are of: who is inside, who is away, whom no gate has seen yet. Reads only.

A code that nobody owned when it passed and that somebody owns now is theirs. What is personal stays sealed
until it is asked for, because a compound has thousands of residents at home and a screen shows a few.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from station.core.entry import from_ms
from station.core.model import Direction
from station.core.visit import Visit, is_visit
from station.journal.center_names import CenterNames
from station.journal.center_subjects import sure_subjects
from station.journal.connection import open_reader
from station.journal.errors import KeyProblem, VaultError, storage_errors
from station.journal.held_passes import codes_of
from station.journal.movements import NEWER, Whereabouts, newest_passage
from station.journal.person import COLUMNS, Person, SealedRow, open_what_is_whole
from station.journal.vault import Vault, open_vault
from station.journal.visits import read_visit


@dataclass(frozen=True, slots=True)
class Present:
    """Where somebody was seen last, and who it is. `category` is empty for whom no roster knows."""

    where: Whereabouts
    category: str
    row: SealedRow | None = field(repr=False)  # of the own roster
    theirs: Person | None = field(default=None, repr=False)  # of the center's


class Presence:
    """What the movements and the roster of one journal say together. Methods raise JournalError."""

    def __init__(
        self, connection: sqlite3.Connection, vault: Vault, center: CenterNames | None = None
    ) -> None:
        self._connection, self._vault = connection, vault
        self._center = center or CenterNames(connection, vault)

    def seen(self, direction: Direction) -> list[Present]:
        """Everybody whose last passage led this way, longest first."""
        with storage_errors():
            rows = self._connection.execute(_SEEN, (direction.value,)).fetchall()
            found = self._named([_present(row, direction) for row in rows])
            outdone = self._outdone() if self._center.has_list else set()
        return [one for one in found if one.where.subject not in outdone]

    def of(self, subjects: Sequence[str]) -> dict[str, Present]:
        """Those of these people and codes that were ever let through, by what was asked."""
        with storage_errors():
            rows = {subject: self._last(subject) for subject in subjects}
            found = {subject: _present(row[2:], Direction(row[1])) for subject, row in rows.items() if row}
            return dict(zip(found, self._named(found.values()), strict=True))

    def never_seen(self, categories: Sequence[str]) -> list[Person]:
        """People of these categories whom this gate let neither in nor out. Raises VaultError."""
        marks = ",".join("?" * len(categories))
        with storage_errors():
            rows = self._connection.execute(f"{_NEVER} AND category IN ({marks})", categories).fetchall()
        return [open_what_is_whole(self._vault, row) for row in rows]

    def open(self, row: SealedRow) -> Person:
        """Who it is, in clear, as far as it opens: one damaged row hides nobody else. Raises VaultError."""
        return open_what_is_whole(self._vault, row)

    def visit_of(self, subject: str) -> Visit | None:
        """The visitor whose movements these are; None: no visitor's, or damaged. Raises VaultError.

        They went here all the same, and hide nobody else.
        """
        try:
            return read_visit(self._connection, self._vault, subject) if is_visit(subject) else None
        except VaultError as error:
            if error.problem is not KeyProblem.DAMAGED:
                raise
            return None

    def person_of(self, subject: str) -> Person | None:
        """Whose id, or whose code's key, this is, in clear, as far as it opens; of either roster.

        Raises VaultError.
        """
        with storage_errors():
            row = self._connection.execute(_PERSON, {"subject": subject}).fetchone()
            return self.open(row) if row else self._center.person(subject)

    def _last(self, subject: str) -> tuple[Any, ...] | None:
        """A row of _ONE, under whatever the person of this id or code went."""
        asked = [subject]
        if self._center.has_list:
            asked = sure_subjects(self._connection, self._vault, subject)
        rows = [self._connection.execute(_ONE, {"subject": one}).fetchone() for one in asked]
        return max((row for row in rows if row), key=lambda row: (row[0], row[4], row[2]), default=None)

    def _outdone(self) -> set[str]:
        """Under what else the center's people were seen, but not last: a code, before the list said whose it
        is, a former id, or as one of our own, who they are now."""
        rows = self._connection.execute(_NOT_OURS).fetchall()
        theirs = self._center.people([subject for (subject,) in rows if not is_visit(subject)])
        ids = dict.fromkeys(who.id for who in theirs.values() if who)
        went = {one: {one, *self._others(one, ours)} for one, ours in self._center.ours(ids).items()}
        for subject, who in theirs.items():
            if who:
                went[who.id].add(subject)
        return {one for names in went.values() if len(names) > 1 for one in names - {self._seen_last(names)}}

    def _others(self, person_id: str, ours: Iterable[str]) -> list[str]:
        """Under what else one of the center's people went, or goes by now as one of our own."""
        by_ours = [under for one in ours for under in (one, *codes_of(self._connection, one))]
        return [*self._center.former(person_id), *by_ours]

    def _seen_last(self, subjects: Iterable[str]) -> str:
        rows = ((self._connection.execute(_AT, (one,)).fetchone(), one) for one in subjects)
        _, last = max(((row, one) for row, one in rows if row), default=(None, ""))
        return last

    def _named(self, present: Iterable[Present]) -> list[Present]:
        """Whom the own roster does not know is perhaps one of the center's people."""
        everybody = list(present)
        unknown = [one.where.subject for one in everybody if not (one.row or is_visit(one.where.subject))]
        theirs = self._center.people(unknown) if unknown else {}
        found = ((one, theirs.get(one.where.subject)) for one in everybody)
        return [replace(one, category=who.category, theirs=who) if who else one for one, who in found]


@contextmanager
def open_presence(folder: Path) -> Iterator[Presence]:
    """For a command beside a running gate: it writes nothing. Raises JournalError, VaultError."""
    with storage_errors(), closing(open_reader(folder)) as connection:
        yield Presence(connection, open_vault(folder, create=False))


def _present(row: Sequence[object], direction: Direction) -> Present:
    subject, household, at_ms, *person = row
    assert isinstance(subject, str) and isinstance(at_ms, int)  # noqa: PT018 - the table is STRICT
    where = Whereabouts(subject, household or None, direction, from_ms(at_ms))  # type: ignore[arg-type]
    sealed: SealedRow | None = tuple(person) if person[0] is not None else None  # type: ignore[assignment]
    return Present(where, sealed[1] if sealed else "", sealed)


_PLACE = newest_passage("whereabouts")
_PEOPLE = ", ".join(f"person.{column.strip()}" for column in COLUMNS.split(","))
_OWNER = """
LEFT JOIN code ON code.key = whereabouts.subject
LEFT JOIN person ON person.id = coalesce(code.person_id, whereabouts.subject)
"""
_SEEN = f"""
SELECT subject, household, at_ms, {_PEOPLE} FROM whereabouts {_OWNER}
WHERE direction = ? AND NOT EXISTS ({NEWER})
ORDER BY at_ms
"""
_ONE = f"""
SELECT {_PLACE} AS place, direction, subject, household, at_ms, {_PEOPLE} FROM whereabouts {_OWNER}
WHERE subject IN (
  SELECT coalesce((SELECT person_id FROM code WHERE key = :subject), :subject)
  UNION SELECT key FROM code
  WHERE person_id = coalesce((SELECT person_id FROM code WHERE key = :subject), :subject))
ORDER BY place DESC, at_ms DESC, subject DESC LIMIT 1
"""
_NOT_OURS = f"SELECT subject FROM whereabouts {_OWNER} WHERE person.id IS NULL"
_AT = f"SELECT {_PLACE}, at_ms FROM whereabouts WHERE subject = ?"
_NEVER = f"""
SELECT {COLUMNS} FROM person
WHERE NOT EXISTS (SELECT 1 FROM whereabouts WHERE subject = person.id)
  AND NOT EXISTS (SELECT 1 FROM whereabouts JOIN code ON code.key = subject WHERE code.person_id = person.id)
"""
_PERSON = f"""
SELECT {COLUMNS} FROM person
WHERE id = :subject OR id = (SELECT person_id FROM code WHERE key = :subject) LIMIT 1
"""
