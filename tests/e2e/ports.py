"""Ports for programs that come back at their address after they were killed."""

from __future__ import annotations

import os
import socket
from itertools import count
from pathlib import Path

_FIRST = 20_000
_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_numbers = count(os.getpid() * 97)


def free_port() -> int:
    """None of those that the system itself gives away: it would give it to another, or to whoever tries to
    connect there while nobody listens, and then that one is connected with itself."""
    end = int(_RANGE.read_text().split()[0]) if _RANGE.exists() else 32_768
    while True:
        port = _FIRST + next(_numbers) % (end - _FIRST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
