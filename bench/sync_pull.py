"""People down: a center's list to stations that have none, beside PouchDB; then a few changes of it.

The center makes its pages once for all gates, after an import and before gates come. So two cases are told
apart: what a gate meets, and a gate that comes at once after everybody on the list has changed.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import msgspec

from bench import sync_content, sync_station
from bench.figures import HEADINGS as SERIES
from bench.figures import Series, Table
from bench.sync_center import Center, new_place, serving
from bench.sync_pouch import Pouch
from bench.sync_push import HEADINGS, Rates
from bench.sync_wire import counted
from station.center_alone import Alone, alone
from station.journal.center_cursor import read_cursor
from station.journal.center_pages import prepare_page
from station.journal.center_people import CenterPeople
from station.sync.bundle import CHUNKS, Page
from station.sync.calls import Calls
from station.sync.enrolment import EnrolError, EnrolProblem
from station.sync.items import PersonItem
from tests.center.store.server import Server

CHANGED = 500
LOOKED_UP = 50  # people, by id and by code, after each pull
HEARD_S = (
    0.5  # so long at most until the center knows what another process wrote; its pages are not begun yet
)


@dataclass(frozen=True, slots=True)
class Roster:
    """People at a center that serves, and the same as documents."""

    people: list[tuple[str, PersonItem]]
    center: Center
    folder: Path  # for stations
    documents: Path

    def change(self, places: Sequence[int], note: str) -> None:
        """At the center, as an import does it."""
        for place in places:
            person_id, person = self.people[place]
            self.people[place] = person_id, msgspec.structs.replace(person, note=note)
        with self.center.store() as store:
            store.lists.put("people", [sync_content.item(*self.people[place]) for place in places])


@contextmanager
def roster(folder: Path, count: int, server: Server) -> Iterator[Roster]:
    """A new center with so many people."""
    people = list(sync_content.people(count, seed=2))
    documents = folder / "people.ndjson"
    sync_content.write_documents(documents, (sync_content.person_document(*one) for one in people))
    with serving(folder, new_place(server)) as center:
        with center.store() as store:
            store.lists.put("people", [sync_content.item(*one) for one in people])
        yield Roster(people, center, folder, documents)


def table(roster: Roster, rounds: int, pouch: Pouch | None) -> Table:
    """All ways, by turns."""
    count = len(roster.people)
    peer = Rates("express-pouchdb to PouchDB")
    ready, cold = (
        Rates("center to station, pages ready: transfer, applied, on disk"),
        Rates("the same, at once after all have changed: no page ready"),
    )
    transfer, applied = (
        Rates("pages ready, transfer alone: asked, verified, unpacked"),
        Rates("apply alone: sealed, on disk"),
    )
    if pouch:
        pouch.fill("people", roster.documents)
        pouch.push("people", "people")
    for number in range(rounds):
        if pouch:
            done = pouch.pull(f"pulled{number}", "people")
            peer.a_second.append(done.docs / done.seconds)
        roster.change(range(count), f"round {number}")
        time.sleep(HEARD_S)
        cold.a_second.append(count / _pull(roster))
        ready.a_second.append(count / _pull(roster))
        asked_s, applied_s = _parts(roster)
        transfer.a_second.append(count / asked_s)
        applied.a_second.append(count / applied_s)
    if pouch:
        with counted(pouch.url) as wire:
            pouch.pull("counted", "people", wire.url)
            peer.wire_bytes = wire.bytes / count
    ready.wire_bytes = _bytes(roster)
    base = peer if pouch else None
    rows = [one.row(base) for one in (ready, cold, transfer, applied)]
    return Table(
        f"Pull: {count:,} people",
        HEADINGS,
        [*([peer.row(None)] if pouch else []), *rows],
        "bar: rate x30 PouchDB's",
    )


def _pull(roster: Roster) -> float:
    with _station(roster) as here:
        took = sync_station.sync(here)
        _must_have(roster, here)
    return took


@contextmanager
def _station(roster: Roster, url: str = "", branch: str = "district/street") -> Iterator[Alone]:
    """A new gate that has nothing."""
    with tempfile.TemporaryDirectory(dir=roster.folder) as folder, alone(Path(folder), "bench") as here:
        _enrol(here, roster.center, url, branch)
        yield here


def _enrol(here: Alone, center: Center, url: str, branch: str) -> None:
    """A center takes five a minute."""
    while True:
        try:
            return sync_station.enrol(here, center, url, branch=branch)
        except EnrolError as error:
            if error.problem is not EnrolProblem.TOO_MANY:
                raise
        time.sleep(5.0)


def _must_have(roster: Roster, here: Alone) -> None:
    """All came, and some of them are found as a gate finds them."""
    connection = here.journal.connection
    cursor = read_cursor(connection, "people")
    if not cursor.complete or cursor.version < len(roster.people):
        raise sync_station.SyncError(f"{cursor.version} of {len(roster.people)} people came")
    people = CenterPeople(connection, here.journal.vault)
    for person_id, person in roster.people[:: max(len(roster.people) // LOOKED_UP, 1)]:
        by_id, by_code = people.by_id(person_id), people.by_code(person.codes[0])
        if not (by_id and by_code and by_id.item == person and by_code.id == person_id):
            raise sync_station.SyncError("somebody who came is not found")


def _parts(roster: Roster) -> tuple[float, float]:
    """All pages asked for, then all applied, in seconds."""
    with _station(roster) as here:
        began = perf_counter()
        with sync_station.calls(here) as calls:
            pages = list(_pages(calls))
        asked = perf_counter()
        for page in pages:
            here.shelf.apply(prepare_page(here.journal.vault, page))
        applied = perf_counter()
        _must_have(roster, here)
    return asked - began, applied - asked


def _pages(calls: Calls) -> Iterator[Page]:
    epoch, since, more = b"", 0, True
    while more:
        page = calls.pull("people", epoch, since, wait_s=0, limit=sync_station.PAGE, takes=CHUNKS)
        yield page
        epoch, since, more = page.epoch, page.until, page.more


def _bytes(roster: Roster) -> float:
    with counted(roster.center.url) as wire, _station(roster, wire.url) as here:
        before = wire.bytes
        sync_station.sync(here)
        return (wire.bytes - before) / len(roster.people)


def delta(roster: Roster, rounds: int) -> Table:
    """A few people change: asked for on an open connection, applied, on disk."""
    series = Series()
    with _station(roster, branch="") as here:
        sync_station.sync(here)
        with sync_station.calls(here) as calls:
            for number in range(rounds):
                roster.change(range(number * CHANGED, (number + 1) * CHANGED), f"changed {number}")
                series.begin_round()
                series.timed(lambda: _follow(here, calls))
        _must_have(roster, here)
    title = f"Delta: {CHANGED} changed among {len(roster.people):,}, ms"
    return Table(title, ("", *SERIES), [("asked, applied, on disk", *series.cells())], "bar: 20 ms")


def _follow(here: Alone, calls: Calls) -> None:
    place = here.shelf.place("people")
    page = calls.pull("people", place.epoch, place.version, wait_s=0, limit=sync_station.PAGE, takes=CHUNKS)
    prepared = prepare_page(here.journal.vault, page)
    if prepared.people.count != CHANGED:
        raise sync_station.SyncError(f"{prepared.people.count} people came")
    here.shelf.apply(prepared)
