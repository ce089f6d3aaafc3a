"""The real server: its own process, TLS with its own CA, and the command line beside it."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPSConnection
from pathlib import Path
from threading import Event
from typing import Any

import httpx2
import pytest
from cryptography import x509

from center.keys import load_keys, make_keys
from center.store.watching import INTERVAL_S
from station.sync import bundle
from station.sync.items import FactItem, decode_item
from tests.center.gate import Gate, hello_answer, signed_page
from tests.patience import PATIENCE_S

NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME
_ALL_IS_SENT = "http11.receive_response_headers.started"  # of httpcore's `trace` extension


def center(data: Path, *arguments: str) -> dict[str, Any]:
    """One command of the command line, with its JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "center", *arguments, "--data", str(data), "--json"],
        capture_output=True,
        check=True,
        timeout=60,
    )
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def pinned(ca: bytes) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=ca.decode())
    context.verify_flags |= NO_CHECK_TIME
    return context


@dataclass
class Server:
    data: Path
    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def client(self, ca: bytes) -> httpx2.Client:
        return httpx2.Client(base_url=self.url, verify=pinned(ca), timeout=30, trust_env=False)

    def stop(self) -> float:
        """Tell it to end; how long that took (s)."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE_S)
        return time.monotonic() - began


@contextmanager
def serving(data: Path, *options: str) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-m", "center", "serve", "--data", str(data), "--port", "0", "--json", *options],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout
    try:
        said = json.loads(process.stdout.readline())
        yield Server(data, process, int(said["url"].rpartition(":")[2]))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def enrolled(server: Server, client: httpx2.Client) -> Gate:
    gate = Gate(wall_ms=1000)  # a clock of 1970
    code = center(server.data, "station", "add", "东门")["code"]
    wanted = {
        "code": code,
        "station": gate.station.hex(),
        "public_key": gate.public_key.hex(),
        "sealing_key": bytes(32).hex(),
    }
    answer = client.post("/v1/enrol", json=wanted)
    assert answer.status_code == 200, answer.text
    gate.credential = bytes.fromhex(answer.json()["credential"])
    return gate


def test_a_gate_comes_in_by_tls_and_hears_within_two_seconds_what_another_process_sets(
    tmp_path: Path,
) -> None:
    with serving(tmp_path / "center") as server:
        keys = load_keys(server.data)
        with server.client(keys.authority.pem) as client, ThreadPoolExecutor() as threads:
            gate = enrolled(server, client)
            hello_answer(gate.post(client, "/v1/hello", bundle.pack(gate.hello())))
            poll = threads.submit(gate.get, client, "/v1/pull?channel=quick&since=0&wait=25")
            center(server.data, "set", "colour", "red", "--person", "p1")
            put = time.monotonic()
            page = signed_page(poll.result(timeout=PATIENCE_S), keys.public_key)
            assert time.monotonic() - put < 20  # it would have been asleep for 25 s
            assert INTERVAL_S <= 0.5  # more than that is the machine's
            (item,) = page.items
            assert item.body
            fact = decode_item("fact", item.body)
            assert isinstance(fact, FactItem)
            assert (fact.subject, fact.value) == ("p1", "red")

            sent, target = Event(), f"/v1/pull?channel=quick&since={page.until}&wait=25"
            traced = {"trace": lambda name, told: sent.set() if name == _ALL_IS_SENT else None}
            ask = partial(client.get, headers=gate.headers("GET", target), extensions=traced)
            waiting = threads.submit(ask, target)
            assert sent.wait(PATIENCE_S)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)  # it sleeps
            assert server.stop() < 20  # nobody's long poll holds it up
            assert server.process.returncode == 0
            assert not signed_page(waiting.result(), keys.public_key).items


def test_another_ca_and_another_name_are_not_let_in(tmp_path: Path) -> None:
    with serving(tmp_path / "center") as server:
        with server.client(make_keys().authority.pem) as client, pytest.raises(httpx2.ConnectError):
            client.get("/healthz")
        with server.client(load_keys(server.data).authority.pem) as client:
            assert client.get("/healthz").json()["ok"]


def test_a_proxy_finds_a_certificate_that_gates_believe_also_at_the_first_start(tmp_path: Path) -> None:
    with serving(tmp_path / "center", "--plain", "--host", "127.0.0.1", "--name", "center.example") as server:
        made = x509.load_pem_x509_certificate((server.data / "server.pem").read_bytes())
        ca = x509.load_pem_x509_certificate(load_keys(server.data).authority.pem)
    made.verify_directly_issued_by(ca)
    named = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "center.example" in named.get_values_for_type(x509.DNSName)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from proc(5)")
def test_the_lines_of_a_whole_district_fit_into_a_small_computer(tmp_path: Path) -> None:
    """Each gate keeps four of them open, also at night."""
    lines = 150
    with serving(tmp_path / "center") as server, ExitStack() as opened:
        context = pinned(load_keys(server.data).authority.pem)
        with server.client(load_keys(server.data).authority.pem) as client:
            assert client.get("/v1/ca").status_code == 200
        before_kb = resident_kb(server.process.pid)
        for _ in range(lines):
            line = HTTPSConnection("127.0.0.1", server.port, context=context)
            opened.callback(line.close)
            line.request("GET", "/v1/ca")
            assert line.getresponse().read()

        assert (resident_kb(server.process.pid) - before_kb) / lines < 160


def resident_kb(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in status if line.startswith("VmRSS:")))
