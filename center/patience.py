"""HTTP connections are waited for no longer than is sensible, however slowly something drips (slow loris).

uvicorn gives time only to connections that say nothing after an answer; one byte a minute, or silence from
the start, would hold a place for ever. Bodies have a limit of their own (`http.reading`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from functools import partial
from typing import Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

log = logging.getLogger(__name__)

_MOST = 10_000  # connections
ACCEPTED_AT_ONCE = 100  # before anything else is done: asyncio would take 2,048, and stumble over the last
_OTHER_FILES = 700  # beside connections: some times those, database, logs, exports
_LEAST_GREETING = 256  # however many connections there are: of gates that come at the same moment


class Crowd:
    """Who is connected to one server, in the order in which they came. `most`: so many may be."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._greeting: dict[int, socket.socket] = {}  # accepted, TLS not done: by descriptor
        self._silent: dict[PatientProtocol, None] = {}
        self._connected = 0
        self._told = False  # that it is full

    def accepted(self, connection: socket.socket) -> None:
        """Before TLS, of which asyncio tells nobody: too many who never finish it go as the silent do."""
        self._greeting.pop(connection.fileno(), None)  # of one that is closed, and had the same number
        self._greeting[connection.fileno()] = connection
        room = max(self.most - self._connected, min(self.most // 8, _LEAST_GREETING))
        while len(self._greeting) > room:
            longest = self._greeting.pop(next(iter(self._greeting)))
            if longest.fileno() >= 0:
                with contextlib.suppress(OSError):  # gone by itself
                    longest.shutdown(socket.SHUT_RDWR)  # asyncio reads the end, and closes it

    def came(self, one: PatientProtocol, descriptor: int) -> None:
        """TLS is done, or there is none."""
        self._greeting.pop(descriptor, None)
        self._connected += 1
        self._silent[one] = None
        if self._connected > self.most:
            self._make_room(one)

    def answered(self, one: PatientProtocol) -> None:
        self._silent.pop(one, None)

    def left(self, one: PatientProtocol) -> None:
        self._silent.pop(one, None)
        self._connected -= 1
        if self._connected < self.most * 0.9:
            self._told = False

    def _make_room(self, newest: PatientProtocol) -> None:
        """Whoever has asked for nothing yet goes, the first to come first: no gate waits for the silent."""
        while self._silent:
            longest = next(iter(self._silent))
            del self._silent[longest]
            if getattr(longest, "cycle", None) is None and longest is not newest:
                longest.transport.abort()
                return
        newest.transport.abort()
        self._tell()

    def _tell(self) -> None:
        """At a gate it looks like a bad network: nothing else says why some come through, and some do not."""
        if not self._told:
            self._told = True
            log.warning(
                "%s connections are all there may be, a gate has four: somebody was turned away."
                " More open files: LimitNOFILE= of systemd, ulimit -Hn",
                self.most,
            )


class PatientProtocol(H11Protocol):
    """`patience_s` from the connection, or the last answer, until the next request is being worked on."""

    patience_s = 75.0  # as long as a station keeps a connection warm, and a little more
    _deadline: asyncio.TimerHandle | None = None

    def __init__(self, *args: Any, crowd: Crowd, **named: Any) -> None:
        super().__init__(*args, **named)
        self._crowd = crowd

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()
        self._crowd.came(self, transport.get_extra_info("socket").fileno())

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._crowd.answered(self)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._deadline:
            self._deadline.cancel()
        self._crowd.left(self)
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._deadline:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(self.patience_s, self._give_up)

    def _give_up(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()


class Door(socket.socket):
    """A listening socket that tells its crowd, if it has one, who comes."""

    crowd: Crowd | None = None

    def accept(self) -> tuple[socket.socket, Any]:
        connection, address = super().accept()
        if self.crowd:
            self.crowd.accepted(connection)
        return connection, address


def protocol_for(crowd: Crowd, kind: type[PatientProtocol] = PatientProtocol) -> type[asyncio.Protocol]:
    """What uvicorn makes for each connection of this server."""
    return cast("type[asyncio.Protocol]", partial(kind, crowd=crowd))


def room_for_many() -> int:
    """So many connections there may be. Each is an open file; 1,024 of them, as systemd gives, are few: so
    many that say nothing would keep every gate out, and the center from its own database."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit
    except ImportError:  # Windows has no such limit
        return _MOST
    soft, hard = getrlimit(RLIMIT_NOFILE)
    wanted = _MOST + _OTHER_FILES if hard == RLIM_INFINITY else min(hard, _MOST + _OTHER_FILES)
    if soft != RLIM_INFINITY and soft < wanted:
        setrlimit(RLIMIT_NOFILE, (wanted, hard))
    return max(wanted - _OTHER_FILES, wanted // 2)
