"""A request that is over after some seconds, however slowly the other side speaks.

The timeouts of a client are for one read each: whoever sends a byte now and then would hold a thread long.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Event, Lock, Timer
from typing import Any

Trace = Callable[[str, Mapping[str, Any]], None]
_OPENED = (".connect_tcp.complete", ".start_tls.complete")  # of `connection`, or of `http_proxy`


@contextmanager
def cut_off(after_s: float) -> Iterator[Trace]:
    """What to give the request as its extension `trace`; its connection must not be kept for another one."""
    opened: list[socket.socket] = []
    lock, late = Lock(), Event()

    def trace(name: str, told: Mapping[str, Any]) -> None:
        if name.endswith(_OPENED):
            with lock:
                opened.append(told["return_value"].get_extra_info("socket"))
                if late.is_set():  # before there was anything to cut
                    shut()

    def shut() -> None:
        for one in opened:
            with suppress(OSError):  # it has ended by itself, or is within the next
                # Not SSLSocket's own: it forgets TLS first, and who is reading there would read on without.
                socket.socket.shutdown(one, socket.SHUT_RDWR)

    def over() -> None:
        with lock:
            late.set()
            shut()

    timer = Timer(after_s, over)
    timer.daemon = True
    timer.start()
    try:
        yield trace
    finally:
        timer.cancel()
