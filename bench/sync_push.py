"""Entries up: a station's journal to a center, beside PouchDB; together, and each end alone."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from bench import sync_content, sync_station
from bench.figures import Table
from bench.sync_center import Center, new_place, serving
from bench.sync_pouch import Pouch
from bench.sync_wire import counted
from center.ingest import ingest
from center.ledger import Clock
from center.store import open_store
from station.center_alone import alone
from station.core.entry import Entry
from station.core.moments import to_ms
from tests.center.store.server import Server

BARS = "bars: rate x15 PouchDB's (whose documents have no rows beside them), bytes at most 1/10 of its"
PATIENCE_S = 120.0


@dataclass(slots=True)
class Rates:
    """Of one way, each round's: so many a second."""

    name: str
    a_second: list[float] = field(default_factory=list)
    wire_bytes: float = 0.0  # of one entry or person, both ways

    @property
    def median(self) -> float:
        return median(self.a_second)

    def row(self, base: Rates | None) -> tuple[str, ...]:
        """Under `HEADINGS`."""
        spread = f"{min(self.a_second):,.0f}-{max(self.a_second):,.0f}"
        ratio = f"x{self.median / base.median:.1f}" if base else "-"
        size = f"{self.wire_bytes:,.0f}" if self.wire_bytes else "-"
        less = f"1/{base.wire_bytes / self.wire_bytes:.1f}" if base and self.wire_bytes else "-"
        return self.name, f"{self.median:,.0f}", spread, ratio, size, less


HEADINGS = ("", "a second", "min-max", "ratio", "bytes each", "ratio")


@dataclass(frozen=True, slots=True)
class Backlog:
    """A station that has recorded so much, and the same as documents."""

    folder: Path
    count: int
    documents: Path


def backlog(folder: Path, count: int) -> Backlog:
    """Made in a new folder."""
    stored = sync_station.fill(folder / "station", sync_content.entries(count, seed=1))
    documents = folder / "entries.ndjson"
    sync_content.write_documents(documents, _documents(stored))
    return Backlog(folder / "station", count, documents)


def _documents(stored: Sequence[tuple[Entry, bytes]]) -> list[sync_content.Document]:
    return [sync_content.entry_document(entry, sealed) for entry, sealed in stored]


def table(backlog: Backlog, rounds: int, server: Server, pouch: Pouch | None) -> Table:
    """All ways, by turns."""
    peer, acked, rows = (
        Rates("PouchDB to express-pouchdb"),
        Rates("station to center, acknowledged"),
        Rates("the same until all typed rows are there"),
    )
    ready, ledger, taken = (
        Rates("station alone: read, seal, pack, sign"),
        Rates("center alone: verify, commit"),
        Rates("center alone: verify, commit, typed rows"),
    )
    if pouch:
        pouch.fill("entries", backlog.documents)
    for number in range(rounds):
        if pouch:
            done = pouch.push("entries", f"pushed{number}")
            peer.a_second.append(done.docs / done.seconds)
        _push(backlog, server, acked, rows)
        _alone(backlog, server, ready, ledger, taken)
    if pouch:
        peer.wire_bytes = _pouch_bytes(backlog, pouch)
    acked.wire_bytes = _bytes(backlog, server)
    base = peer if pouch else None
    ours = [one.row(base) for one in (acked, rows, ready, ledger, taken)]
    title = f"Push: {backlog.count:,} entries"
    return Table(title, HEADINGS, [*([peer.row(None)] if pouch else []), *ours], BARS)


def _push(backlog: Backlog, server: Server, acked: Rates, rows: Rates) -> None:
    """To a center that has nothing: its other epoch makes the station offer everything again."""
    with (
        tempfile.TemporaryDirectory(dir=backlog.folder.parent) as folder,
        serving(Path(folder), new_place(server)) as center,
        alone(backlog.folder, sync_station.APP) as here,
    ):
        sync_station.enrol(here, center)
        began = perf_counter()
        acked.a_second.append(backlog.count / sync_station.sync(here))
        await_rows(center)
        rows.a_second.append(backlog.count / (perf_counter() - began))
        must_hold(center, backlog.count, rows=True)


def await_rows(center: Center) -> None:
    """Until the center has made typed rows of all it has. Raises SyncError if that never comes."""
    until = perf_counter() + PATIENCE_S
    with center.store() as store:
        while store.pending_rows():
            if perf_counter() > until:
                raise sync_station.SyncError(f"{store.pending_rows()} records have no typed rows")
            sleep(0.01)


def must_hold(center: Center, count: int, *, rows: bool) -> None:
    """All is there: a fast way to lose entries is no way."""
    with center.store() as store, store.database.read() as connection:
        stored = connection.row("SELECT sum(last - first + 1) FROM segment")
        typed = connection.row("SELECT count(*) FROM entry")
    if stored != (count,) or (rows and typed != (count,)):
        raise sync_station.SyncError(f"{stored} stored, {typed} typed, of {count}")


def _alone(backlog: Backlog, server: Server, ready: Rates, ledger: Rates, taken: Rates) -> None:
    """Both ends without a network between them, in this process."""
    began = perf_counter()
    pushes, enrolment = sync_station.pushes(backlog.folder)
    ready.a_second.append(backlog.count / (perf_counter() - began))
    store = open_store(new_place(server))
    now_ms = to_ms(sync_content.newest_day())
    began = perf_counter()
    for push in pushes:
        ingest(store, push, lambda station: enrolment, now_ms, Clock(0, 0))
    ledger.a_second.append(backlog.count / (perf_counter() - began))
    while store.project_pending():
        pass
    taken.a_second.append(backlog.count / (perf_counter() - began))
    store.close()


def _bytes(backlog: Backlog, server: Server) -> float:
    with (
        tempfile.TemporaryDirectory(dir=backlog.folder.parent) as folder,
        serving(Path(folder), new_place(server)) as center,
        counted(center.url) as wire,
        alone(backlog.folder, sync_station.APP) as here,
    ):
        sync_station.enrol(here, center, wire.url)
        before = wire.bytes
        sync_station.sync(here)
        return (wire.bytes - before) / backlog.count


def _pouch_bytes(backlog: Backlog, pouch: Pouch) -> float:
    with counted(pouch.url) as wire:
        pouch.push("entries", "counted", wire.url)
        return wire.bytes / backlog.count
