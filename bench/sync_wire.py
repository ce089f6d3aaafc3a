"""Bytes on the wire: a proxy on loopback that hands TCP on and counts. For rounds that are not timed."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import urlsplit


class Wire:
    """What went through so far, both ways, in bytes of TCP's payload (with TLS, where there is TLS)."""

    def __init__(self, url: str, port: int) -> None:
        parts = urlsplit(url)
        self.url = f"{parts.scheme}://127.0.0.1:{port}"
        self.bytes = 0

    def carry(self, source: socket.socket, target: socket.socket) -> None:
        """Until one end closes."""
        try:
            while some := source.recv(1 << 16):
                self.bytes += len(some)
                target.sendall(some)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            return  # an end that was cut is an end


@contextmanager
def counted(url: str) -> Iterator[Wire]:
    """`Wire.url` leads to this address, through the count."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    assert parts.port is not None
    with socket.create_server(("127.0.0.1", 0)) as listener:
        wire = Wire(url, listener.getsockname()[1])
        accepting = Thread(target=_accept, args=(listener, (parts.hostname, parts.port), wire), daemon=True)
        accepting.start()
        yield wire
        listener.shutdown(socket.SHUT_RDWR)  # wakes whoever accepts
        accepting.join()


def _accept(listener: socket.socket, to: tuple[str, int], wire: Wire) -> None:
    lines = []
    while True:
        try:
            come, _ = listener.accept()
        except OSError:  # shut: the count is over
            break
        lines.append(Thread(target=_hand_on, args=(come, to, wire), daemon=True))
        lines[-1].start()
    for line in lines:
        line.join()


def _hand_on(come: socket.socket, to: tuple[str, int], wire: Wire) -> None:
    with come, socket.create_connection(to) as on:
        back = Thread(target=wire.carry, args=(on, come), daemon=True)
        back.start()
        wire.carry(come, on)
        back.join()
