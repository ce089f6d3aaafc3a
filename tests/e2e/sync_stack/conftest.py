"""A real PostgreSQL, and centers on either database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from tests.center.store.server import Programs, Server
from tests.e2e.sync_stack.gate import Gate
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


@pytest.fixture
def new_gate(tmp_path: Path) -> Iterator[Callable[..., Gate]]:
    """Makes a gate: the name of its folder, what follows `station run`. None outlives the test."""
    with ExitStack() as gates:
        yield lambda name, *devices: gates.enter_context(Gate(tmp_path / name, *devices))
