"""Servers and processes that are killed while gates push: what was acknowledged is there."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from center.store import SqlStore, open_store
from tests.center.store.gate import STATION
from tests.center.store.load import lost, under_load
from tests.center.store.server import Programs, Server
from tests.center.store.test_chains import ask

ROOT = Path(__file__).parents[3]


@pytest.fixture
def server(programs: Programs, request: pytest.FixtureRequest) -> Iterator[Server]:
    own = Server(programs, f"killed-{abs(hash(request.node.name)) % 10**6}")
    own.initialise()
    own.start()
    yield own
    own.stop()


def kill_under_load(server: Server, kills: int) -> tuple[int, int]:
    """(acknowledged, refused); asserts that nothing acknowledged is lost."""
    store = open_store(server.url())
    with under_load(store) as load:
        for _ in range(kills):
            load.wait_for(25)
            server.kill()
            server.start()
        load.wait_for(25)
    assert lost(store, load) == 0
    assert load.refused > 0, "nobody noticed the kill"
    assert ask(store, "SELECT count(*) FROM chain WHERE projected <> durable") == [(0,)]
    store.close()
    return load.acked, load.refused


def test_postgresql_is_killed_under_load(server: Server) -> None:
    kill_under_load(server, 1)


@pytest.mark.parametrize(
    "loss", ["DELETE FROM entry WHERE number = 7", "DELETE FROM segment WHERE first = 1"]
)
def test_a_loss_would_be_seen(store: SqlStore, loss: str) -> None:
    with under_load(store, gates=1) as load:
        load.wait_for(2)
    assert lost(store, load) == 0
    with store.database.write() as connection:
        connection.run(loss)
    assert lost(store, load) > 0


@pytest.mark.slow
def test_postgresql_is_killed_again_and_again(server: Server) -> None:
    kill_under_load(server, 10)


_CHILD = """
import sys
from center.store import SqlStore, open_store
from tests.center.store.gate import Gate, records
store, gate = open_store(sys.argv[1]), Gate()
while True:
    gate.push(store, records(gate.number, 20))
    print(gate.number, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 40])
def test_a_center_on_its_embedded_database_is_killed(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "center.db"
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert child.stdout is not None
    acked = [int(next(child.stdout)) for _ in range(lines)]
    child.send_signal(signal.SIGKILL)
    child.wait()
    acked += [int(line) for line in child.stdout if line.endswith("\n")]
    child.stdout.close()

    store = open_store(path)
    assert ask(store, "PRAGMA integrity_check") == [("ok",)]
    ((durable,),) = ask(store, "SELECT durable FROM chain WHERE station = ?", STATION)
    assert durable in (acked[-1], acked[-1] + 20)
    assert ask(store, "SELECT count(*), max(number) FROM entry") == [(durable, durable)]
    store.close()


class Cluster:
    """A primary with two standbys, of which one must have each commit before it is acknowledged."""

    def __init__(self, programs: Programs) -> None:
        self.primary = Server(programs, "a")
        self.primary.initialise()
        self.primary.start({"wal_keep_size": "512MB"})
        self.standbys = [Server(programs, name) for name in "bc"]
        for standby in self.standbys:
            standby.follow(self.primary)
            standby.start({"wal_keep_size": "512MB"}, standby=True)
        self.wait_for_any(self.primary, "b, c")

    def wait_for_any(self, server: Server, names: str) -> None:
        server.run(
            f"ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 ({names})'", "SELECT pg_reload_conf()"
        )

    def url(self) -> str:
        hosts = ",".join(str(server.sockets) for server in (self.primary, *self.standbys))
        return f"postgresql:///postgres?user=postgres&host={hosts}&target_session_attrs=read-write"

    def fail_over(self) -> Server:
        """Promote the standby that has the most; the other follows it, and is waited for from then on."""
        received = "SELECT pg_last_wal_receive_lsn() - '0/0'"
        self.standbys.sort(key=lambda standby: standby.ask(received), reverse=True)
        new, other = self.standbys
        other.run(f"ALTER SYSTEM SET primary_conninfo = '{_conninfo(new, other)}'", "SELECT pg_reload_conf()")
        new.promote()
        self.wait_for_any(new, other.folder.name)
        return new

    def stop(self) -> None:
        for server in (self.primary, *self.standbys):
            server.stop()


def _conninfo(primary: Server, standby: Server) -> str:
    return f"host={primary.sockets} user=postgres application_name={standby.folder.name}"


@pytest.fixture
def cluster(programs: Programs) -> Iterator[Cluster]:
    made = Cluster(programs)
    yield made
    made.stop()


@pytest.mark.slow
def test_the_primary_is_killed_and_a_standby_has_everything(
    cluster: Cluster,
) -> None:
    store = open_store(cluster.url())
    with under_load(store) as load:
        load.wait_for(200)
        assert _synchronous(cluster.primary) >= 1
        cluster.primary.kill()
        begun = monotonic()
        new = cluster.fail_over()
        promoted = monotonic() - begun
        load.wait_for(len(load.pushers) + 1)  # more than had their answer on the way
        again = monotonic() - begun
        load.wait_for(200)
    assert lost(store, load) == 0
    assert _synchronous(new) == 1
    store.close()
    print(f"{load.acked} acked, 0 lost; promoted after {promoted:.2f} s, pushes after {again:.2f} s")  # noqa: T201


def _synchronous(server: Server) -> int:
    count: int = server.ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'")
    return count
