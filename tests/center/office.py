"""A center at work in the test's own process: real store, clocks that stand until they are moved."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta, timezone
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from center.app import make_app
from center.console.app import Console
from center.enrolment import make_code, sign_credential
from center.http.office import Office
from center.keys import CenterKeys, make_keys
from center.provider import Provider
from center.store import SqlStore, open_store
from center.store.migrations import begin_epoch
from tests.center.gate import NOON_MS, Gate

SERVER = "KAKOU_TEST_CENTER_DB"  # URL of a PostgreSQL on which all centers are to be, each with its schema
SHANGHAI = timezone(timedelta(hours=8))
QUICK_HASHER = PasswordHasher(
    time_cost=1, memory_cost=8, parallelism=1
)  # what a password costs is tested apart


@dataclass
class Clocks:
    ms: int = NOON_MS
    mono: float = 1000.0

    def forward(self, seconds: float) -> None:
        self.ms += int(seconds * 1000)
        self.mono += seconds


@dataclass
class Center:
    keys: CenterKeys
    store: SqlStore
    office: Office
    client: TestClient
    clocks: Clocks

    def code(self, name: str = "东门", branch: str = "") -> str:
        return make_code(self.store, self.keys, name=name, gate=name, branch=branch, now_ms=self.clocks.ms)

    def know(self, gate: Gate, branch: str = "") -> Gate:
        """Enrol a gate without HTTP."""
        code = gate.number.to_bytes(10, "big")
        self.store.stations.add_enrol_code(
            code, name=f"门{gate.number}", gate="东门", branch=branch, expires_ms=self.clocks.ms + 1000
        )
        row = self.store.stations.enrol(
            code, station=gate.station, public_key=gate.public_key, seal_key=bytes(32), now_ms=self.clocks.ms
        )
        gate.credential = sign_credential(self.keys, gate.station, gate.public_key, row.name, self.clocks.ms)
        self.store.stations.keep_credential(gate.station, gate.credential)
        return gate


@cache
def some_keys() -> CenterKeys:
    return make_keys()


def place_of(folder: Path) -> str | Path:
    """The database of the center of this folder; the same one whenever it is asked for."""
    server = os.environ.get(SERVER)
    if not server:
        return folder / "center.db"
    schema = f"of_{sha256(str(folder).encode()).hexdigest()[:24]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}".encode())
    return f"{server}&options=-csearch_path%3D{schema}"


def _store(place: str | Path, keys: CenterKeys) -> SqlStore:
    """A new embedded one begins as a copy: the scripts of the schema took 10 ms for each of thousands."""
    begins = isinstance(place, Path) and not place.exists()
    if isinstance(place, Path) and begins:
        place.touch(0o600)
        place.write_bytes(_empty())
    store = open_store(place, items_key=keys.items_key)
    if begins:
        with store.database.write() as connection:
            begin_epoch(connection)
    return store


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        open_store(Path(folder) / "center.db").close()
        return (Path(folder) / "center.db").read_bytes()


@contextmanager
def open_center(
    folder: Path,
    *,
    provider: Provider | None = None,
    most_pushes: int = 32,
    requests_per_s: float = 200.0,
    base_url: str = "http://testserver",
) -> Iterator[Center]:
    keys, clocks = some_keys(), Clocks()
    store = _store(place_of(folder), keys)
    office = Office(
        keys,
        store,
        now_ms=lambda: clocks.ms,
        mono=lambda: clocks.mono,
        provider=provider,
        most_pushes=most_pushes,
        requests_per_s=requests_per_s,
        files=folder / "exports",
    )
    app = make_app(office, Console(office, zone=SHANGHAI, hasher=QUICK_HASHER))
    with TestClient(app, base_url=base_url, raise_server_exceptions=True) as client:
        yield Center(keys, store, office, client, clocks)
    store.close()
