"""A line that dies again and again, for months: of its connections nothing is kept at the gate."""

from __future__ import annotations

import gc
import socket
from threading import Event

import httpcore2
import pytest

from station.core.contact import Trouble
from station.sync.client import Client, ContactError, pinned
from tests.sync import roadside
from tests.sync.roadside import Authority, standing_there

pytestmark = pytest.mark.usefixtures("no_proxy")

TIMES = 8


def says_yes_to_everything(connection: socket.socket, over: Event) -> None:
    """A proxy whose tunnels end nowhere."""
    roadside.answers_once(connection, b"")
    over.wait()


def test_of_questions_that_came_to_nothing_no_connection_is_kept(ours: Authority) -> None:
    """Each kept some kilobytes, and every question looked through all of them."""
    with (
        standing_there(roadside.says_nothing, ours.server) as url,
        Client(url, pinned(ours.ca_pem), None) as client,
    ):
        assert kept_after(client) <= 1


def test_of_tunnels_of_a_proxy_that_end_nowhere_no_connection_is_kept(
    ours: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with standing_there(says_yes_to_everything, None) as proxy:
        monkeypatch.setenv("https_proxy", proxy.replace("https", "http"))
        with Client("https://192.0.2.1", pinned(ours.ca_pem), None) as client:
            assert kept_after(client) <= 2  # to the proxy, and through it


def kept_after(client: Client) -> int:
    before = connections()
    for _ in range(TIMES):
        with pytest.raises(ContactError) as caught:
            client.get("/v1/ask", within_s=0.1)
        assert caught.value.trouble is Trouble.NO_ANSWER
        del caught
    return connections() - before


def connections() -> int:
    """That somebody still knows of."""
    gc.collect()
    return sum(isinstance(one, httpcore2.ConnectionInterface) for one in gc.get_objects())
