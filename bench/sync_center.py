"""A real center for a benchmark: `center serve` over a real PostgreSQL, each in processes of its own.

python -m bench.sync_center DATA URL        serves with the ledger only; typed rows are left for later
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from center.commands.place import now_ms, open_data
from center.http.office import Office
from center.keys import load_keys
from center.serving import Tls, listen, run
from center.store import SqlStore, open_store
from station.core.struct_types import make_ready
from tests.center.store.server import Programs, Server

_numbers = count(1)


@contextmanager
def postgresql(folder: Path) -> Iterator[Server]:
    """A server with PostgreSQL's own settings (fsync on), its data on this folder's disk."""
    programs = Programs(folder)
    try:
        server = Server(programs, "pg")
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        programs.remove()


def new_place(server: Server) -> str:
    """The URL of an empty schema."""
    name = f"bench_{next(_numbers)}"
    server.run(f"CREATE SCHEMA {name}")
    return f"{server.url()}&options=-csearch_path%3D{name}"


@dataclass(frozen=True, slots=True)
class Center:
    """One that serves. `database` is its URL of PostgreSQL."""

    data: Path
    database: str
    url: str

    def code(self, name: str, url: str = "", branch: str = "") -> str:
        """A one-time code for a gate, by the admin's command."""
        within = ("--branch", branch) if branch else ()
        said = _center("station", "add", name, "--url", url or self.url, *within, **self._place)
        return str(json.loads(said)["code"])

    @contextmanager
    def store(self) -> Iterator[SqlStore]:
        opened = open_store(self.database, items_key=load_keys(self.data).items_key)
        try:
            yield opened
        finally:
            opened.close()

    @property
    def _place(self) -> dict[str, str]:
        return {"data": str(self.data), "db": self.database}


@contextmanager
def serving(folder: Path, database: str, *, ledger_only: bool = False) -> Iterator[Center]:
    """A new center in a new folder."""
    data = folder / f"center{next(_numbers)}"
    if ledger_only:
        command = ["-m", "bench.sync_center", str(data), database]
    else:
        command = ["-m", "center", "serve", "--host", "127.0.0.1", "--port", "0", "--json"]
        command += ["--data", str(data), "--db", database]
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Center(data, database, json.loads(process.stdout.readline())["url"])
        finally:
            process.terminate()


def _center(*words: str, **options: str) -> str:
    named = [part for name, value in options.items() for part in (f"--{name}", value)]
    done = subprocess.run(
        [sys.executable, "-m", "center", *words, *named, "--json"], capture_output=True, text=True, check=True
    )
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("database")
    wanted = parser.parse_args()
    make_ready()
    keys = open_data(wanted.data, str)
    store = open_store(wanted.database, projecting="later", items_key=keys.items_key)
    try:
        tls = Tls(wanted.data, keys, frozenset())
        tls.ready()
        listener = listen("127.0.0.1", 0)
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        office = Office(keys, store, now_ms=now_ms, mono=time.monotonic)
        run(office, listener, tls, lambda: print(json.dumps({"url": url}), flush=True))
    finally:
        store.close()


if __name__ == "__main__":
    main()
