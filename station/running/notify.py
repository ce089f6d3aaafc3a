"""Telling systemd how this service is, sd_notify(3): a datagram to the socket in NOTIFY_SOCKET."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping

log = logging.getLogger(__name__)


def notify(message: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Say READY=1, WATCHDOG=1 or STOPPING=1; whether somebody was there to hear it."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address or not hasattr(socket, "AF_UNIX"):
        return False
    if address.startswith("@"):  # a name without a file
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.connect(address)
            line.send(message.encode())
    except OSError as error:
        log.warning("systemd not told %s: %s", message, error)
        return False
    return True


def watchdog_ms(environment: Mapping[str, str] = os.environ) -> int | None:
    """How often to say WATCHDOG=1: half of what systemd waits. None: it does not wait for this process."""
    wanted, of = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
    if not wanted.isdecimal() or int(wanted) == 0 or of not in ("", str(os.getpid())):
        return None
    return max(int(wanted) // 2000, 1)


def is_service(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether systemd started this process and waits for its word."""
    return bool(environment.get("NOTIFY_SOCKET"))
