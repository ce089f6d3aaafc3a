"""A real PostgreSQL for whoever asks; a test marked `both_databases` runs once on each.

KAKOU_TEST_CENTER_DB, the URL of a server, puts every center of a run on it: see `test_on_postgresql.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from center.console import templating
from tests.center import office
from tests.center.store.server import Programs, Server


class _Compiled(BytecodeCache):
    """What templates were compiled to, in memory."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _pages_are_compiled_once() -> Iterator[None]:
    """Each of two thousand centers took 50 ms for its own."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(templating, "Environment", partial(Environment, bytecode_cache=_Compiled()))
        yield


@pytest.fixture(scope="session")
def programs() -> Iterator[Programs]:
    found = Programs()
    yield found
    found.remove()


@pytest.fixture(scope="session")
def postgresql(programs: Programs) -> Iterator[Server]:
    """One server for the whole run."""
    server = Server(programs, "shared")
    server.initialise()
    server.start()
    yield server
    server.stop()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("_database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comes before all fixtures of one test, so that these open their centers there."""
    if getattr(request, "param", "") == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        monkeypatch.setenv(office.SERVER, server.url())
