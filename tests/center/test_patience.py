"""Connections that never say what they want, or drip it: they are cut, and nobody else waits for them."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPSConnection
from itertools import pairwise
from pathlib import Path
from queue import SimpleQueue

import pytest
import uvicorn

from center.app import make_app
from center.http import reading
from center.keys import make_keys
from center.patience import Crowd, Door, PatientProtocol, protocol_for, room_for_many
from center.serving import listen
from center.tls import ready_certificate, server_context
from tests.center.office import open_center
from tests.patience import PATIENCE_S

SHORT_S = 1.0
LONG_S = 10 * PATIENCE_S  # nobody goes for being silent, for however long the machine may stop us


class Impatient(PatientProtocol):
    """`first_s`: for the first request; the machine may stop us before we have sent it."""

    first_s = patience_s = SHORT_S

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.patience_s = self.first_s
        super().connection_made(transport)
        del self.patience_s


@contextmanager
def serving(folder: Path, listener: Door, tls: ssl.SSLContext | None, most: int = 700) -> Iterator[None]:
    """A real server on a real socket."""
    crowd = listener.crowd = Crowd(most)
    with open_center(folder) as center:
        config = uvicorn.Config(
            make_app(center.office),
            http=protocol_for(crowd, Impatient),
            ws="none",
            log_config=None,
            lifespan="off",
            ssl_context_factory=(lambda config, default: tls) if tls else None,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()
    listener.close()


@pytest.fixture
def listener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """With less patience than usual."""
    monkeypatch.setattr(reading, "WITHIN_S", SHORT_S)
    listener = listen("127.0.0.1", 0)
    with serving(tmp_path, listener, None):
        yield listener


@pytest.fixture
def address(listener: Door) -> tuple[str, int]:
    host, port = listener.getsockname()
    return host, port


def until_cut(connection: socket.socket, say: Callable[[], bytes]) -> bytes:
    """Speak on until the center hangs up; what it said."""
    connection.settimeout(0.02)
    heard, begun = b"", time.monotonic()
    while time.monotonic() - begun < PATIENCE_S:
        with suppress(OSError):  # cut already: what was said before is still to be read
            connection.sendall(say())
        try:
            said = connection.recv(65536)
        except TimeoutError:
            continue
        except OSError:  # reset
            return heard
        if not said:
            return heard
        heard += said
    raise AssertionError("the connection is still open")


def test_who_says_nothing_is_cut(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as connection:
        assert until_cut(connection, lambda: b"") == b""


def test_headers_that_drip_are_cut(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: center\r\nX-Long: ")
        assert until_cut(connection, lambda: b"a") == b""


def test_a_body_that_drips_is_told_so_and_cut(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Impatient, "first_s", LONG_S)
    with socket.create_connection(address) as connection:
        connection.sendall(b"POST /v1/hello HTTP/1.1\r\nHost: center\r\nContent-Length: 1000000\r\n\r\n")
        assert b"408" in until_cut(connection, lambda: b"a").partition(b"\r\n")[0]


def test_a_body_that_nobody_asked_for_holds_no_place(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Impatient, "first_s", LONG_S)
    with socket.create_connection(address) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: center\r\nContent-Length: 1000000\r\n\r\n")
        assert b"200" in until_cut(connection, lambda: b"a").partition(b"\r\n")[0]


def test_who_asks_again_in_time_keeps_the_connection(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer puts off when it is cut; that nobody is cut before is the server's own clock's affair."""
    ends, wait = SimpleQueue[asyncio.TimerHandle](), PatientProtocol._wait

    def noted(one: PatientProtocol) -> None:
        wait(one)
        assert one._deadline
        ends.put(one._deadline)

    monkeypatch.setattr(Impatient, "first_s", LONG_S)
    monkeypatch.setattr(Impatient, "patience_s", LONG_S)
    monkeypatch.setattr(Impatient, "_wait", noted)
    connection = HTTPConnection(*address, timeout=PATIENCE_S)
    connection.connect()
    held = connection.sock
    found = [ends.get(timeout=PATIENCE_S)]
    for _ in range(3):
        connection.request("GET", "/v1/ca")
        assert connection.getresponse().read()
        found.append(ends.get(timeout=PATIENCE_S))
    assert connection.sock is held
    assert [end.cancelled() for end in found] == [True, True, True, False]
    assert all(end.when() < later.when() for end, later in pairwise(found))
    connection.close()


def test_the_silent_make_room_for_whoever_asks_and_nobody_who_asked_is_cut(
    listener: Door, address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert listener.crowd
    listener.crowd.most = 20
    monkeypatch.setattr(Impatient, "first_s", LONG_S)
    monkeypatch.setattr(Impatient, "patience_s", LONG_S)
    gate = HTTPConnection(*address, timeout=PATIENCE_S)
    gate.request("GET", "/v1/ca")
    assert gate.getresponse().read()
    held = gate.sock
    with ExitStack() as strangers:
        silent = [strangers.enter_context(socket.create_connection(address)) for _ in range(60)]
        for _ in range(2):
            other = HTTPConnection(*address, timeout=PATIENCE_S)
            other.request("GET", "/v1/ca")
            assert other.getresponse().read()
            other.close()
        assert until_cut(silent[0], lambda: b"") == b""
        gate.request("GET", "/v1/ca")
        assert gate.getresponse().read()
        assert gate.sock is held
    gate.close()


def test_who_reads_the_log_hears_that_gates_are_turned_away_and_once_is_enough(
    listener: Door,
    address: tuple[str, int],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a container with 1,024 open files 300 gates do not fit."""
    monkeypatch.setattr(Impatient, "first_s", LONG_S)
    monkeypatch.setattr(Impatient, "patience_s", LONG_S)
    assert listener.crowd
    listener.crowd.most = 8  # of fewer nobody may be between accepted and connected: cut before it is told
    with ExitStack() as gates:
        for _ in range(8):
            gate = HTTPConnection(*address, timeout=PATIENCE_S)
            gates.callback(gate.close)
            gate.request("GET", "/v1/ca")
            assert gate.getresponse().read()
        for _ in range(3):
            with socket.create_connection(address, PATIENCE_S) as late:
                assert until_cut(late, lambda: b"") == b""

    assert [one.levelname for one in caplog.records if "turned away" in one.message] == ["WARNING"]


def test_who_never_finishes_tls_makes_room_as_the_silent_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody tells of a connection before that: 3,000 of them kept every gate out for a minute."""
    monkeypatch.setattr(Impatient, "first_s", LONG_S)
    monkeypatch.setattr(Impatient, "patience_s", LONG_S)
    ready_certificate(tmp_path, make_keys().authority, frozenset({"127.0.0.1"}), datetime.now(UTC))
    listener = listen("127.0.0.1", 0)
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with serving(tmp_path, listener, server_context(tmp_path), most=16), ExitStack() as strangers:
        address = listener.getsockname()
        gate = HTTPSConnection(address[0], address[1], timeout=PATIENCE_S, context=trusting)
        gate.request("GET", "/v1/ca")
        assert gate.getresponse().read()
        held = gate.sock
        silent = [strangers.enter_context(socket.create_connection(address)) for _ in range(60)]
        assert until_cut(silent[0], lambda: b"") == b""
        assert until_cut(silent[40], lambda: b"") == b""
        other = HTTPSConnection(address[0], address[1], timeout=PATIENCE_S, context=trusting)
        other.request("GET", "/v1/ca")
        assert other.getresponse().read()
        gate.request("GET", "/v1/ca")
        assert gate.getresponse().read()
        assert gate.sock is held
        other.close()
        gate.close()


def test_the_center_takes_as_many_files_as_it_may() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, before[1]), before[1]))
        most = room_for_many()
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert soft == min(before[1], 10_700)
    assert soft // 2 <= most < soft
