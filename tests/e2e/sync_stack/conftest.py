"""A real PostgreSQL, and centers on either database."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.center.store.server import Programs, Server
from tests.e2e.sync_stack.running_center import RunningCenter

_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql_programs() -> Iterator[Programs]:
    found = Programs()
    yield found
    found.remove()


@pytest.fixture
def postgresql(postgresql_programs: Programs) -> Iterator[Server]:
    """A server of the test's own, that may be killed."""
    server = Server(postgresql_programs, f"e{next(_numbers)}")
    server.initialise()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def center(tmp_path: Path) -> Iterator[RunningCenter]:
    """With a database of its own, in a file."""
    with RunningCenter(tmp_path / "center") as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def either_center(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RunningCenter]:
    postgresql = request.param == "postgresql"
    database = request.getfixturevalue("postgresql").url() if postgresql else ""
    with RunningCenter(tmp_path / "center", database) as running:
        yield running
