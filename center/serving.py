"""The server process: socket, TLS, uvicorn, upkeep; ends softly, and nobody's long poll holds it up."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import ssl
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from center import large_buffers
from center.addresses import host_names
from center.app import make_app
from center.http.office import Office
from center.keys import CenterKeys
from center.patience import ACCEPTED_AT_ONCE, Crowd, Door, PatientProtocol, protocol_for, room_for_many
from center.tls import FILE, ready_certificate, server_context

log = logging.getLogger(__name__)

UPKEEP_S = 3600.0
_WAITING = 2048  # connections: after a restart all gates come at once
_LAST_ANSWER_S = 1.0  # for an answer to be read when the server ends
_SWITCH_S = 0.001  # not 5 ms: so long whoever wakes up waits for a thread at long work (a large list)
_GRACE_S = 10  # for requests under way when the server is told to stop


@dataclass(frozen=True, slots=True)
class Tls:
    """The certificate of this server: made, and made anew in time, for the host's names of that moment."""

    data: Path
    keys: CenterKeys
    names: frozenset[str]  # that an admin added
    by_proxy: bool = False  # a proxy serves with it, and we do not: it is only kept good

    def ready(self) -> bool:
        """See to it that there is a good one; True if it is new. Raises OSError."""
        wanted = host_names() | self.names
        return ready_certificate(self.data, self.keys.authority, wanted, datetime.now(UTC))


def listen(host: str, port: int) -> Door:
    """A listening socket; without a host at all addresses, of IPv6 too where there is one. Raises OSError."""
    listener = Door(fileno=_bound(host, port).detach())
    # Connections inherit it. asyncio sets it only where the protocol is named (a socket of ours says 0), and
    # without it every answer waits 40 ms for the other side's delayed ACK (RFC 896, RFC 1122 4.2.3.2).
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _bound(host: str, port: int) -> socket.socket:
    if not host and socket.has_dualstack_ipv6():
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=_WAITING)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=_WAITING)


def run(office: Office, listener: Door, tls: Tls | None, started: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM. `started` is called when gates can come."""
    sys.setswitchinterval(_SWITCH_S)
    large_buffers.keep()
    large_buffers.small_for_each_line()
    crowd = listener.crowd = Crowd(room_for_many())
    context = server_context(tls.data) if tls and not tls.by_proxy else None
    config = uvicorn.Config(
        make_app(office),
        http=protocol_for(crowd),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
        timeout_keep_alive=int(PatientProtocol.patience_s),
        h11_max_incomplete_event_size=64 * 1024,
        backlog=ACCEPTED_AT_ONCE,
        ssl_context_factory=(lambda config, default: context) if context else None,
    )
    server = _Server(config, office, started)
    for number in (signal.SIGINT, signal.SIGTERM):  # before uvicorn hears them, and again when it has ended
        signal.signal(number, server.end)
    asyncio.run(_serve(server, listener, tls, context))


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, office: Office, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._office, self._say_started = office, started

    def end(self, *_: object) -> None:
        """As soon as it has begun."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(_WAITING)  # in the kernel; uvicorn has said how many are accepted at once
        if self.started:
            gc.freeze()  # what is there now stays: the collector need not look through it again and again
            self._say_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Idle connections are cut, for TLS would wait for the other side; long polls are answered."""
        self._cut_idle()
        ending = asyncio.create_task(super().shutdown(sockets))
        await asyncio.sleep(0)  # until it has told the others that this is their last answer
        self._office.wakes.close()
        while not (await asyncio.wait([ending], timeout=_LAST_ANSWER_S))[0]:
            self._cut_idle()  # who has the answer and does not hang up
        await ending

    def _cut_idle(self) -> None:
        for connection in list(self.server_state.connections):
            cycle = getattr(connection, "cycle", None)
            if connection.transport and (cycle is None or cycle.response_complete):
                connection.transport.abort()


async def _serve(
    server: uvicorn.Server, listener: socket.socket, tls: Tls | None, context: ssl.SSLContext | None
) -> None:
    upkeep = asyncio.create_task(_keep_certificate(tls, context)) if tls else None
    try:
        await server.serve([listener])
    finally:
        if upkeep:
            upkeep.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await upkeep


async def _keep_certificate(tls: Tls, context: ssl.SSLContext | None) -> None:
    """Renew the certificate in time, also while the server runs for years or the host moves."""
    while True:
        await asyncio.sleep(UPKEEP_S)
        try:
            if await asyncio.to_thread(tls.ready):
                if context:
                    context.load_cert_chain(tls.data / FILE)
                log.warning("the server's certificate was renewed")
        except (OSError, ssl.SSLError) as error:
            log.error("the server's certificate could not be renewed: %s", error)
