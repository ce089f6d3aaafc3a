"""One person erased because they ask for it: asked by one, confirmed by another, a signed receipt at the end.

Entries stay in the ledger with an id that belongs to nobody any more; the sealed part beside them goes, and
so does all else. What a gate has of them is the gate's to erase: the receipt says so.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

import msgspec

from center.held_rows import Theirs
from center.retention_rules import Kind
from center.scope import EVERYWHERE, Scope
from center.store import entries, erasing_steps, one_person
from center.store.console_audit import Note, write_note
from center.store.database import Connection, Database
from center.store.directory import Directory, Known
from center.store.erasing_steps import Opener
from center.store.houses import forget_owner
from center.store.lists import Lists
from center.store.private_items import PrivateItems
from center.store.roster_files import held_about
from station.sync.bundle import BundleError
from station.sync.items import PersonItem

log = logging.getLogger(__name__)

_COLUMNS = "id, branch, person, state, at_ms, who, reason, second_ms, second, number, receipt"
Sign = Callable[[int, Note, dict[str, int]], str]  # number of the receipt, who confirmed, how many of what


def _nobodys(person: PersonItem, cells: Sequence[str]) -> bool:
    """Whoever has no key of the district looks through no rows."""
    return False


class ErasureProblem(StrEnum):
    ISOLATED = "isolated"  # or proposed to be
    BLOCKED = "blocked"
    CASE = "case"
    ASKED = "asked"  # somebody has asked for it already
    SAME_PERSON = "same_person"
    DECIDED = "decided"


class ErasureError(Exception):
    """It cannot be done, or not now, or not by this user."""

    def __init__(self, what: ErasureProblem) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class Erasure:
    """A request. `person` is empty once it is done. Times are UTC ms."""

    id: bytes
    branch: str
    person: str = field(repr=False)
    state: str  # waiting, done, refused
    at_ms: int
    who: str
    reason: str
    second_ms: int | None
    second: str
    number: int | None
    receipt: str


class Erasures:
    """All methods are transactions of their own, and raise UnavailableError."""

    def __init__(self, database: Database, private: PrivateItems, lists: Lists, directory: Directory) -> None:
        self._database, self._private, self._lists, self._directory = database, private, lists, directory

    def ask(self, branch: str, person: str, reason: str, note: Note) -> bytes:
        """The id of the request. Raises ErasureError."""
        erasure = Erasure(
            secrets.token_bytes(16),
            branch,
            person,
            "waiting",
            note.at_ms,
            note.who,
            reason,
            None,
            "",
            None,
            "",
        )
        self._refuse_told(person, note.at_ms)
        with self._database.write() as connection:
            if connection.row("SELECT 1 FROM erasure WHERE person = ? AND state = 'waiting'", person):
                raise ErasureError(ErasureProblem.ASKED)
            self._refuse_needed(connection, person, note.at_ms)
            marks = ", ".join("?" * len(_COLUMNS.split(", ")))
            values = [getattr(erasure, name) for name in _COLUMNS.split(", ")]
            connection.run(f"INSERT INTO erasure ({_COLUMNS}) VALUES ({marks})", *values)
            write_note(connection, note)
        return erasure.id

    def get(self, scope: Scope, id: bytes) -> Erasure | None:
        where, values = scope.where("branch")
        with self._database.read() as connection:
            row = connection.row(f"SELECT {_COLUMNS} FROM erasure WHERE id = ? AND {where}", id, *values)
        return _erasure(row) if row else None

    def all(self, scope: Scope, most: int = 100) -> list[Erasure]:
        """Those that wait first, then the newest."""
        where, values = scope.where("branch")
        sql = (
            f"SELECT {_COLUMNS} FROM erasure WHERE {where}"
            " ORDER BY CASE WHEN state = 'waiting' THEN 0 ELSE 1 END, at_ms DESC, id LIMIT ?"
        )
        with self._database.read() as connection:
            return [_erasure(row) for row in connection.rows(sql, *values, most)]

    def branch_of(self, scope: Scope, person: str, opener: Opener) -> str | None:
        """Where somebody is, or was, known; None: nowhere, or in another branch."""
        known = self._directory.get(EVERYWHERE, person)
        if known:
            return known.branch if scope.holds(known.branch) else None
        with self._database.read() as connection:
            branches = erasing_steps.branches_of(connection, opener, person)
        within = [one for one in branches if scope.holds(one)]
        return within[0] if within and len(within) == len(branches) else None

    def traces(self, person: str, is_theirs: Theirs = _nobodys) -> dict[str, int]:
        """How many of what there is of somebody; not all of it can be told before it goes.

        `is_theirs` tells the rows of uploads that are about them.
        """
        known = self._directory.get(EVERYWHERE, person)
        with self._database.read() as connection:
            rows = len(self._rows(connection, known, is_theirs))
            former = one_person.former(connection, person)
            counts = erasing_steps.count(connection, person, self._codes(person), former)
        return counts | {Kind.ROWS: rows} if rows else counts

    def refuse(self, erasure: Erasure, note: Note) -> None:
        """By anybody: nothing is erased. Raises ErasureError."""
        with self._database.write() as connection:
            changed = connection.run(
                "UPDATE erasure SET state = 'refused', second_ms = ?, second = ?"
                " WHERE id = ? AND state = 'waiting'",
                *(note.at_ms, note.who, erasure.id),
            )
            if not changed:
                raise ErasureError(ErasureProblem.DECIDED)
            write_note(connection, note)

    def confirm(
        self, erasure: Erasure, opener: Opener, sign: Sign, note: Note, is_theirs: Theirs = _nobodys
    ) -> None:
        """By somebody else than who asked: it is done, whole or not at all. Raises ErasureError."""
        if note.who == erasure.who:
            raise ErasureError(ErasureProblem.SAME_PERSON)
        person, codes = erasure.person, self._codes(erasure.person)
        known = self._directory.get(EVERYWHERE, person)
        self._refuse_told(person, note.at_ms)
        self._make_rows()
        is_theirs = self._looked_through(known, is_theirs)
        taken_for = self._taken_for(known)
        newest: dict[str, int] = {}
        with self._database.write() as connection:
            # The lists first: their lock comes before all others.
            number = self._number(connection, erasure)
            former = one_person.gather(connection, person)
            self._refuse_needed(connection, person, note.at_ms)
            one_person.part(connection, self._lists, person, newest)
            if known:
                one_person.unname(connection, self._lists, taken_for, known.person.keys, newest)
            taken = (person, codes, note.at_ms, newest, former)
            counts = erasing_steps.take_back(connection, self._lists, *taken)
            counts |= erasing_steps.erase(connection, opener, person, codes, former)
            one_person.forget(connection, person)
            if known:
                place = (known.branch, known.person.house, known.person.name)
                forget_owner(connection, self._private, *place, note.at_ms)
            if rows := self._rows(connection, known, is_theirs):
                connection.run_many("DELETE FROM held_row WHERE id = ?", [(id,) for id in rows])
                counts[Kind.ROWS] = len(rows)
            connection.run(
                "UPDATE erasure SET state = 'done', person = '', second_ms = ?, second = ?, number = ?,"
                " receipt = ? WHERE id = ?",
                *(note.at_ms, note.who, number, sign(number, note, counts), erasure.id),
            )
            write_note(connection, note)
        self._database.empty_log()
        for channel, version in newest.items():
            self._lists.tell(channel, version)

    def _rows(self, connection: Connection, known: Known | None, is_theirs: Theirs) -> list[bytes]:
        """Of uploads; whoever corrected one of them would put them on the list again."""
        if known is None:
            return []
        rows = held_about(
            connection, self._private, known.branch, lambda cells: is_theirs(known.person, cells)
        )
        # Their name and dwelling are somebody else's in another branch, where they were listed once.
        once = msgspec.structs.replace(known.person, name="", dwelling="", phones=())
        for branch in self._former_branches(connection, known):
            rows += held_about(connection, self._private, branch, lambda cells: is_theirs(once, cells))
        return list(dict.fromkeys(rows))

    def _former_branches(self, connection: Connection, known: Known) -> set[str]:
        """Where those were listed who turned out to be them."""
        found = (connection.row(_WENT, one) for one in known.person.former)
        return {row[0] for row in found if row} - {known.branch}

    def _looked_through(self, known: Known | None, is_theirs: Theirs) -> Theirs:
        """For whom one and another were, each row takes a while: so nobody waits for that to write."""
        if known is None or not known.person.went_by:
            return is_theirs
        told = cache(is_theirs)
        with self._database.read() as connection:
            self._rows(connection, known, told)
        return told

    def _taken_for(self, known: Known | None) -> list[str]:
        """Who else is said to have gone by a key of theirs; two were taken for one."""
        theirs = frozenset(known.person.keys if known else ())
        every = self._directory.everybody(EVERYWHERE) if theirs else []
        return [one.id for one in every if not theirs.isdisjoint(one.person.went_by)]

    def _make_rows(self) -> None:
        """Sealed parts are found by typed rows, and those of a backlog may still be due."""
        try:
            entries.project_all(self._database)
        except BundleError as error:  # a segment that nobody can read any more tells of nobody
            log.error("erasing without the rows of a segment: %s", error)

    def _number(self, connection: Connection, erasure: Erasure) -> int:
        """The next one; nobody else confirms until the end."""
        connection.rows(f"SELECT newest FROM channel ORDER BY channel{connection.row_lock}")
        row = connection.row("SELECT state FROM erasure WHERE id = ?", erasure.id)
        if row != ("waiting",):
            raise ErasureError(ErasureProblem.DECIDED)
        found = connection.row("SELECT coalesce(max(number), 0) + 1 FROM erasure")
        return int(found[0]) if found else 1

    def _refuse_needed(self, connection: Connection, person: str, now_ms: int) -> None:
        """What somebody still answers for is closed first: a gate would let them pass otherwise."""
        if connection.row(_ISOLATED, person, now_ms) or connection.row(_WATCHED, person):
            raise ErasureError(ErasureProblem.ISOLATED)
        if connection.row("SELECT 1 FROM case_file WHERE person_id = ? AND closed_ms IS NULL", person):
            raise ErasureError(ErasureProblem.CASE)

    def _refuse_told(self, person: str, now_ms: int) -> None:
        """The same of what the gates are told."""
        facts = self._directory.facts(person)
        for kind in ("isolation", "isolation_pending", "block"):
            fact = facts.get(kind)
            if fact and fact.value != "none" and (fact.until_ms is None or fact.until_ms > now_ms):
                problem = ErasureProblem.BLOCKED if kind == "block" else ErasureProblem.ISOLATED
                raise ErasureError(problem)

    def _codes(self, person: str) -> tuple[str, ...]:
        known = self._directory.get(EVERYWHERE, person)
        return known.person.codes if known else ()


_WENT = "SELECT scope FROM item WHERE channel = 'people' AND list = 'person' AND key = ? AND body IS NULL"
_ISOLATED = (
    "SELECT 1 FROM isolation WHERE person = ? AND lifted_ms IS NULL AND (until_ms IS NULL OR until_ms > ?)"
)
_WATCHED = "SELECT 1 FROM watch WHERE person = ? AND state = 'waiting'"


def _erasure(row: Sequence[Any]) -> Erasure:
    id, *rest = row
    return Erasure(bytes(id), *rest)
