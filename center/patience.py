"""HTTP connections are waited for no longer than is sensible, however slowly something drips (slow loris).

uvicorn gives time only to connections that say nothing after an answer; one byte a minute, or silence from
the start, would hold a place for ever. Bodies have a limit of their own (`http.reading`).
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

_MOST = 10_000  # connections
ACCEPTED_AT_ONCE = 100  # before anything else is done: asyncio would take 2,048, and stumble over the last
_OTHER_FILES = 700  # beside connections: some times those, database, logs, exports
_LEAST_GREETING = 256  # however many connections there are: of gates that come at the same moment


class PatientProtocol(H11Protocol):
    """`patience_s` from the connection, or the last answer, until the next request is being worked on."""

    patience_s = 75.0  # as long as a station keeps a connection warm, and a little more
    most = 700  # connections; `room_for_many` knows how many there may be
    _deadline: asyncio.TimerHandle | None = None
    _silent: ClassVar[dict[PatientProtocol, None]] = {}  # in the order in which they came

    _greeting: ClassVar[dict[int, socket.socket]] = {}  # accepted, TLS not done: by descriptor, as they came
    _open: ClassVar[int] = 0

    @classmethod
    def accepted(cls, connection: socket.socket) -> None:
        """Before TLS, of which nobody would tell us: too many who never finish it go as the silent do."""
        cls._greeting.pop(connection.fileno(), None)  # of one that is closed, and had the same number
        cls._greeting[connection.fileno()] = connection
        room = max(cls.most - PatientProtocol._open, min(cls.most // 8, _LEAST_GREETING))
        while len(cls._greeting) > room:
            longest = cls._greeting.pop(next(iter(cls._greeting)))
            if longest.fileno() >= 0:
                with contextlib.suppress(OSError):  # gone by itself
                    longest.shutdown(socket.SHUT_RDWR)  # asyncio reads the end, and closes it

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._greeting.pop(transport.get_extra_info("socket").fileno(), None)
        PatientProtocol._open += 1
        self._silent[self] = None
        self._wait()
        if len(self.connections) > self.most:
            self._make_room()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._silent.pop(self, None)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._deadline:
            self._deadline.cancel()
        self._silent.pop(self, None)
        PatientProtocol._open -= 1
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._deadline:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(self.patience_s, self._give_up)

    def _make_room(self) -> None:
        """Whoever has asked for nothing yet goes, the first to come first: no gate waits for the silent."""
        while self._silent:
            longest = next(iter(self._silent))
            del self._silent[longest]
            if getattr(longest, "cycle", None) is None:
                longest.transport.abort()
                return
        self.transport.abort()

    def _give_up(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()


class Door(socket.socket):
    """A listening socket that tells who comes."""

    def accept(self) -> tuple[socket.socket, Any]:
        connection, address = super().accept()
        PatientProtocol.accepted(connection)
        return connection, address


def room_for_many() -> None:
    """A connection is an open file, and 1,024 of them, as systemd gives, are few: so many that say nothing
    would keep every gate out, and the center from its own database."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit
    except ImportError:  # Windows has no such limit
        PatientProtocol.most = _MOST
        return
    soft, hard = getrlimit(RLIMIT_NOFILE)
    wanted = _MOST + _OTHER_FILES if hard == RLIM_INFINITY else min(hard, _MOST + _OTHER_FILES)
    if soft != RLIM_INFINITY and soft < wanted:
        setrlimit(RLIMIT_NOFILE, (wanted, hard))
    PatientProtocol.most = max(wanted - _OTHER_FILES, wanted // 2)
