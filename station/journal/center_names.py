"""Who somebody of the center's people is, by their id or by a code's key, for pages that name people."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from station.journal.center_cursor import Cursor, read_cursor
from station.journal.center_people import CenterPeople, CenterPerson
from station.journal.center_roster import as_person
from station.journal.center_subjects import our_own
from station.journal.enrolment import SHARED_KEYS_DONE
from station.journal.migrations import version
from station.journal.person import Person
from station.journal.shared_keys import shared_code
from station.journal.upstream import note
from station.journal.vault import Vault

SINCE_SCHEMA = 8
_HOW_MANY = "SELECT count(*) FROM local_shared_key"  # whoever is erased goes from there, too


class CenterNames:
    """Whoever was looked up is remembered until the list changes. Raises VaultError, and sqlite3's errors."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault) -> None:
        self._connection, self._vault = connection, vault
        self._people: CenterPeople | None = None
        self._known: dict[str, Person | None] = {}
        self._former: dict[str, list[str]] = {}
        self._theirs: dict[str, CenterPerson] = {}
        self._ours: dict[str, list[str]] = {}
        self._ours_of: tuple[object, ...] = ()  # how far the own roster was
        self._of: Cursor | None = None  # where the list was

    def person(self, subject: str) -> Person | None:
        """None: the center does not know them either."""
        return self.people([subject])[subject]

    @property
    def has_list(self) -> bool:
        """Whether anything of the center's list ever came."""
        return self._newest() is not None

    def people(self, subjects: Sequence[str]) -> dict[str, Person | None]:
        """The same for many at once."""
        newest = self._newest()
        if newest != self._of:
            self._forget(newest)
            self._of = newest
        for subject in subjects:
            if subject not in self._known:
                self._known[subject] = self._look(subject) if newest else None
        return {subject: self._known[subject] for subject in subjects}

    def former(self, person_id: str) -> list[str]:
        """Under which ids somebody who was looked up went, too, before two turned out to be one."""
        return self._former.get(person_id, [])

    def ours(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """Who of the own roster somebody surely is who was looked up: they were taken into it since.

        Remembered until either list changes: thousands are asked about, twice a minute.
        """
        if self._people is None:
            return {}
        of = (note(self._connection, SHARED_KEYS_DONE), self._connection.execute(_HOW_MANY).fetchone())
        if of != self._ours_of:
            self._ours_of, self._ours = of, {}
        asked = list(ids)
        for one in asked:
            if one not in self._ours:
                theirs = self._theirs.get(one)
                self._ours[one] = our_own(self._connection, self._people, theirs) if theirs else []
        return {one: self._ours[one] for one in asked}

    def _forget(self, newest: Cursor | None) -> None:
        """The center is heard each minute: then only who was not found is looked up anew."""
        same = newest and self._of and replace(self._of, heard=newest.heard, as_of=newest.as_of) == newest
        self._known = {one: who for one, who in self._known.items() if who} if same else {}
        self._former = self._former if same else {}
        self._theirs = self._theirs if same else {}
        self._ours = self._ours if same else {}

    def _newest(self) -> Cursor | None:
        """Where the list is; None if nothing of it ever came."""
        there = version(self._connection) >= SINCE_SCHEMA
        known = there and self._connection.execute("SELECT 1 FROM center_run LIMIT 1").fetchone()
        return read_cursor(self._connection, "people") if known else None

    def _look(self, subject: str) -> Person | None:
        self._people = people = self._people or CenterPeople(self._connection, self._vault)
        found = people.by_id(subject)
        if found is None and (shared := shared_code(self._connection, subject)):
            found = people.by_code(shared)
        if found is None:
            return None
        self._theirs[found.id] = found
        if found.item.former:
            self._former[found.id] = people.former_of(found)
        return as_person(found.id, found.item)
