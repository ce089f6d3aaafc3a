"""Whoever drips a body holds a place for a minute: no gate, and nobody signed in, waits for strangers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
import uvicorn

from center.app import make_app
from center.limits import FullError, Shares
from center.patience import Crowd, protocol_for
from station.sync import bundle
from tests.center.console.browser import PASSWORD
from tests.center.console.district import District, open_district
from tests.patience import PATIENCE_S

DRIPS = b"Host: center\r\nContent-Length: 1000000\r\n\r\na"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[District, tuple[str, int]]]:
    """A real server on a real socket."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    with open_district(tmp_path) as district:
        app = make_app(district.center.office, None)
        config = uvicorn.Config(
            app, http=protocol_for(Crowd(700)), ws="none", log_config=None, lifespan="off"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield district, listener.getsockname()
        server.should_exit = server.force_exit = True
        thread.join()
    listener.close()


def test_gates_and_whoever_is_signed_in_are_answered_while_strangers_drip(
    place: tuple[District, tuple[str, int]],
) -> None:
    district, address = place
    url = f"http://{address[0]}:{address[1]}"
    gate = district.second
    with httpx2.Client(base_url=url, timeout=PATIENCE_S) as client, ExitStack() as strangers:
        csrf = sign_in(client)
        for number in range(300):
            connection = strangers.enter_context(socket.create_connection(address))
            path = ("/v1/push", "/v1/enrol", "/v1/hello", "/v1/report")[number % 4]
            connection.sendall(f"POST {path} HTTP/1.1\r\n".encode() + DRIPS)
        await_places(district, address[0])
        refused = client.post("/v1/hello", content=b"x")

        assert (refused.status_code, refused.json()["problem"]) == (503, "busy")
        gate.record_entries(1)
        body = bundle.pack(gate.batch(len(gate.records)))
        assert gate.post(client, "/v1/push", body).status_code == 200
        fields = {"csrf": csrf, "title": "下雨，搬伞", "branch": "", "hours": "4"}
        assert client.post("/notices", data=fields).status_code == 303


def await_places(district: District, stranger: str) -> None:
    """Until they have all they may; that they have sent is not that the center has read it."""
    strangers, begun = district.center.office.strangers, time.monotonic()
    while strangers._held.get(stranger, 0) < strangers._each:
        assert time.monotonic() - begun < PATIENCE_S
        time.sleep(0.01)


def sign_in(client: httpx2.Client) -> str:
    """The token of forms."""
    page = client.get("/signin").text
    fields = {"name": "admin", "password": PASSWORD, "csrf": token(page)}
    assert client.post("/signin", data=fields).status_code == 303
    return token(client.get("/notices").text)


def token(page: str) -> str:
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def test_one_name_holds_no_more_than_its_share() -> None:
    shares = Shares(3, 2)
    with ExitStack() as held:
        for name in ("east", "east", "west"):
            held.enter_context(shares.place(name))
        for name in ("east", "south"):
            with pytest.raises(FullError), shares.place(name):
                raise AssertionError(name)
    with shares.place("east"), shares.place("east"), pytest.raises(FullError), shares.place("east"):
        raise AssertionError("three of two")
    with shares.place("south"):
        pass
