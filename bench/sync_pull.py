"""People down: a center's list to stations that have none, beside PouchDB; then a few changes of it.

The center keeps the pages that it made: of each round's branch, the first gate has to wait for them.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
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
from station.sync.bundle import CHUNKS, Page
from station.sync.calls import Calls
from station.sync.items import PersonItem
from tests.center.store.server import Server

CHANGED = 500


@dataclass(frozen=True, slots=True)
class Roster:
    """People at a center that serves, and the same as documents."""

    people: list[tuple[str, PersonItem]]
    center: Center
    folder: Path  # for stations
    documents: Path


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
    peer, ours = Rates("express-pouchdb to PouchDB"), Rates("center to station: transfer, applied, on disk")
    follows, transfer, applied = (
        Rates("the next gate of that branch"),
        Rates("transfer alone: asked, verified, unpacked"),
        Rates("apply alone: sealed, on disk"),
    )
    if pouch:
        pouch.fill("people", roster.documents)
        pouch.push("people", "people")
    for number in range(rounds):
        if pouch:
            done = pouch.pull(f"pulled{number}", "people")
            peer.a_second.append(done.docs / done.seconds)
        branch = f"district/{number}"  # of which no page was made before
        ours.a_second.append(count / _pull(roster, branch))
        follows.a_second.append(count / _pull(roster, branch))
        asked_s, applied_s = _parts(roster, f"{branch}/alone")
        transfer.a_second.append(count / asked_s)
        applied.a_second.append(count / applied_s)
    if pouch:
        with counted(pouch.url) as wire:
            pouch.pull("counted", "people", wire.url)
            peer.wire_bytes = wire.bytes / count
    ours.wire_bytes = _bytes(roster)
    base = peer if pouch else None
    rows = [one.row(base) for one in (ours, follows, transfer, applied)]
    return Table(
        f"Pull: {count:,} people",
        HEADINGS,
        [*([peer.row(None)] if pouch else []), *rows],
        "bar: rate x30 PouchDB's",
    )


def _pull(roster: Roster, branch: str) -> float:
    with tempfile.TemporaryDirectory(dir=roster.folder) as folder, alone(Path(folder), "bench") as here:
        sync_station.enrol(here, roster.center, branch=branch)
        took = sync_station.sync(here)
        _must_have(roster, here.journal.connection)
    return took


def _must_have(roster: Roster, connection: sqlite3.Connection) -> None:
    cursor = read_cursor(connection, "people")
    if not cursor.complete or cursor.version < len(roster.people):
        raise sync_station.SyncError(f"{cursor.version} of {len(roster.people)} people came")


def _parts(roster: Roster, branch: str) -> tuple[float, float]:
    """All pages asked for, then all applied, in seconds."""
    with tempfile.TemporaryDirectory(dir=roster.folder) as folder, alone(Path(folder), "bench") as here:
        sync_station.enrol(here, roster.center, branch=branch)
        began = perf_counter()
        with sync_station.calls(here) as calls:
            pages = list(_pages(calls))
        asked = perf_counter()
        for page in pages:
            here.shelf.apply(prepare_page(here.journal.vault, page))
        applied = perf_counter()
        _must_have(roster, here.journal.connection)
    return asked - began, applied - asked


def _pages(calls: Calls) -> Iterator[Page]:
    epoch, since, more = b"", 0, True
    while more:
        page = calls.pull("people", epoch, since, wait_s=0, limit=sync_station.PAGE, takes=CHUNKS)
        yield page
        epoch, since, more = page.epoch, page.until, page.more


def _bytes(roster: Roster) -> float:
    with (
        tempfile.TemporaryDirectory(dir=roster.folder) as folder,
        counted(roster.center.url) as wire,
        alone(Path(folder), "bench") as here,
    ):
        sync_station.enrol(here, roster.center, wire.url)
        before = wire.bytes
        sync_station.sync(here)
        return (wire.bytes - before) / len(roster.people)


def delta(roster: Roster, rounds: int) -> Table:
    """A few people change: asked for on an open connection, applied, on disk."""
    series = Series()
    with tempfile.TemporaryDirectory(dir=roster.folder) as folder, alone(Path(folder), "bench") as here:
        sync_station.enrol(here, roster.center)
        sync_station.sync(here)
        with sync_station.calls(here) as calls, roster.center.store() as store:
            for number in range(rounds):
                changed = roster.people[number * CHANGED :][:CHANGED]
                store.lists.put("people", [_changed(*one, number) for one in changed])
                series.begin_round()
                series.timed(lambda: _follow(here, calls))
        _must_have(roster, here.journal.connection)
    title = f"Delta: {CHANGED} changed among {len(roster.people):,}, ms"
    return Table(title, ("", *SERIES), [("asked, applied, on disk", *series.cells())], "bar: 20 ms")


def _changed(person_id: str, person: PersonItem, number: int) -> tuple[str, str, bytes]:
    return sync_content.item(person_id, msgspec.structs.replace(person, note=f"changed {number}"))


def _follow(here: Alone, calls: Calls) -> None:
    place = here.shelf.place("people")
    page = calls.pull("people", place.epoch, place.version, wait_s=0, limit=sync_station.PAGE, takes=CHUNKS)
    prepared = prepare_page(here.journal.vault, page)
    if prepared.people.count != CHANGED:
        raise sync_station.SyncError(f"{prepared.people.count} people came")
    here.shelf.apply(prepared)
