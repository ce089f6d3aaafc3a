"""Bringing a list of people into the roster: look, plan, seal, and then one transaction, or nothing.

`snapshot` and `write` use the journal's connection and belong to its thread; `open_snapshot`, `make_plan` and
`prepare` do the slow work and may run elsewhere, so that the gate goes on while 20,000 rows are read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from station.core.audit import Audited, Event
from station.core.facts import is_bad
from station.core.model import FactKind
from station.journal import audit, batches
from station.journal.batches import Relation
from station.journal.connection import transaction
from station.journal.entries import Journal
from station.journal.errors import storage_errors
from station.journal.facts import News, add_fact
from station.journal.held_passes import bind_to_newcomers
from station.journal.person import COLUMNS, SealedPerson, SealedRow, open_person, seal
from station.journal.planning import Change, Plan, Planned, Snapshot, make_plan
from station.journal.vault import Vault
from station.roster.rows import PeopleList, Reading, read_people

SOURCE = "roster"
_PROGRESS_EVERY = 200  # people

Progress = Callable[[int, int], None]  # how many of how many
Cancelled = Callable[[], bool]


class ImportCancelledError(Exception):
    """Somebody said stop; nothing was written."""


class RosterChangedError(Exception):
    """The roster was changed after the plan was made: plan again."""


@dataclass(frozen=True, slots=True)
class SealedSnapshot:
    """The roster as it lies on the disk."""

    rows: tuple[SealedRow, ...] = field(repr=False)
    code_owners: dict[str, str] = field(repr=False)
    newest_batch: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan with everything sealed, ready for one short transaction."""

    people: tuple[SealedPerson, ...]
    same: tuple[str, ...]  # ids of those of whom nothing changes but how lately it was said
    news: tuple[News, ...]
    relations: tuple[Relation, ...]
    newest_batch: int


def snapshot(journal: Journal) -> SealedSnapshot:
    """The roster as it is now. Raises JournalError."""
    with storage_errors():
        rows = journal.connection.execute(f"SELECT {COLUMNS} FROM person").fetchall()
        owners = dict(journal.connection.execute("SELECT key, person_id FROM code"))
        return SealedSnapshot(tuple(rows), owners, batches.newest(journal.connection))


def open_snapshot(vault: Vault, sealed: SealedSnapshot) -> Snapshot:
    """Raises VaultError."""
    people = tuple(open_person(vault, row) for row in sealed.rows)
    return Snapshot(people, sealed.code_owners, sealed.newest_batch)


def prepare(
    vault: Vault,
    plan: Plan,
    *,
    progress: Progress = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
) -> Prepared:
    """Seal everybody who is new or changed. Raises ImportCancelledError."""
    sealed = []
    for count, planned in enumerate(plan.people):
        if count % _PROGRESS_EVERY == 0:
            progress(count, len(plan.people))
            if cancelled():
                raise ImportCancelledError
        if planned.change is not Change.SAME:
            sealed.append(seal(vault, planned.person))
    progress(len(plan.people), len(plan.people))
    same = tuple(planned.person.id for planned in plan.people if planned.change is Change.SAME)
    news = tuple(news for planned in plan.people for news in _news(planned))
    return Prepared(tuple(sealed), same, news, plan.relations, plan.newest_batch)


def write(journal: Journal, prepared: Prepared, *, now: datetime, by: str = "", note: str = "") -> int:
    """Write all of it, or nothing; returns the batch, which can be undone.

    Raises RosterChangedError if the plan is not of this roster any more, JournalError.
    """
    connection, vault = journal.connection, journal.vault
    with storage_errors(), transaction(connection):
        if batches.newest(connection) != prepared.newest_batch:
            raise RosterChangedError
        batch = batches.begin(connection, vault, "import", now, SOURCE, by=by, note=note)
        batches.put_people(connection, batch, prepared.people, now, SOURCE)
        bind_to_newcomers(connection, vault, batch)
        batches.confirm_people(connection, batch, prepared.same, now, SOURCE)
        batches.relate(connection, batch, prepared.relations)
        for news in prepared.news:
            add_fact(connection, vault, news, now, batch=batch, clock_ms=journal.clock_off())
        who, told = audit.signed_by(by, note)
        facts = (("people", str(len(prepared.people) + len(prepared.same))),)
        audit.write(journal, Event(Audited.PEOPLE_IMPORTED, who, f"batch/{batch}", facts, told), now)
    return batch


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read and compared with the roster; nothing is written yet."""

    people: PeopleList
    plan: Plan


def load(journal: Journal, content: bytes, reading: Reading) -> Loaded:
    """Read a file and plan its import, all in this thread. Raises FileError, JournalError, VaultError."""
    people = read_people(content, reading)
    known = open_snapshot(journal.vault, snapshot(journal))
    return Loaded(people, make_plan(people, known, journal.vault))


def _news(planned: Planned) -> list[News]:
    """The worst last: of two of one moment what is told last counts."""
    colours = [(FactKind.COLOUR, one) for one in planned.colours]
    said = colours + [(FactKind.TEST, one) for one in planned.tests]
    said.sort(key=lambda told: (is_bad(told[0], told[1].value), told[1].value == "red"))
    return [News("person", planned.person.id, kind, one.value, one.as_of, SOURCE) for kind, one in said]
