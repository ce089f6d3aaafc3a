"""Both databases for every test of the store, each test with one of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from center.store import SqlStore, open_store
from tests.center.store.gate import ITEMS_KEY
from tests.center.store.server import Server

_numbers = count(1)


def new_place(server: Server) -> str:
    """The URL of an empty schema: as separate as a database, and made without two checkpoints."""
    name = f"test_{next(_numbers)}"
    server.run(f"CREATE SCHEMA {name}")
    return f"{server.url()}&options=-csearch_path%3D{name}"


@pytest.fixture
def postgresql_url(postgresql: Server) -> str:
    return new_place(postgresql)


@pytest.fixture
def empty_postgresql_url(postgresql: Server) -> str:
    return new_place(postgresql)


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store of either dialect can be opened, as often as a test likes."""
    if request.param == "sqlite":
        return str(tmp_path / "center.db")
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Another, empty place, of either dialect."""
    if request.param == "sqlite":
        return str(tmp_path / "elsewhere.db")
    url: str = request.getfixturevalue("empty_postgresql_url")
    return url


@pytest.fixture
def store(where: str) -> Iterator[SqlStore]:
    opened = open_store(where, items_key=ITEMS_KEY)
    yield opened
    opened.close()
