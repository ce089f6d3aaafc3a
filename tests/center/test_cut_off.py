"""A request is over after its seconds, also where they were over before it had begun to speak."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from center.cut_off import cut_off
from tests.patience import PATIENCE_S


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Our end of a connection, and the receiver's, who says nothing."""
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.settimeout(PATIENCE_S)
    with ours, theirs:
        yield ours, theirs


def opened(end: socket.socket) -> dict[str, object]:
    """As httpcore tells it."""
    return {"return_value": SimpleNamespace(get_extra_info=lambda what: end)}


def test_whoever_says_nothing_is_left_when_the_time_is_over(
    line: tuple[socket.socket, socket.socket],
) -> None:
    with cut_off(0.02) as trace:
        trace("connection.connect_tcp.complete", opened(line[0]))
        assert line[0].recv(1) == b""


def test_a_connection_that_stands_after_the_time_was_over_is_left_at_once(
    line: tuple[socket.socket, socket.socket],
) -> None:
    """The center's PC stood still while it connected: a receiver that drips would have held it for ever."""
    before, after = socket.socketpair()
    with before, after, cut_off(0.02) as trace:
        before.settimeout(PATIENCE_S)
        trace("connection.connect_tcp.complete", opened(before))
        assert before.recv(1) == b""
        trace("connection.connect_tcp.complete", opened(line[0]))
        line[0].settimeout(0)
        assert line[0].recv(1) == b""
