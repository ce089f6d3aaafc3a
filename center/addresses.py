"""By which names and addresses gates may reach this host."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from ipaddress import ip_address

_OUTSIDE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))  # RFC 5737, RFC 3849


def host_names() -> set[str]:
    """Names and addresses of this host, with those of the loopback."""
    return {"localhost", "127.0.0.1", "::1"} | own_addresses() | own_names()


def own_names() -> set[str]:
    names = {socket.gethostname(), f"{socket.gethostname().partition('.')[0]}.local", socket.getfqdn()}
    return {name.lower() for name in names if _is_dns_name(name)}


def own_addresses() -> set[str]:
    """Addresses by which others reach us."""
    found = set(_routed())
    with contextlib.suppress(OSError):
        found |= {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None)}
    return {address for address in found if _is_of_use(address)}


def best_address() -> str:
    """The one to write down for a gate: by which the net outside is reached, or else the host's name."""
    return next(iter(_routed()), "") or next(iter(sorted(own_addresses())), "") or "localhost"


def _routed() -> Iterator[str]:
    """The addresses that packets to the outside would have. Connecting UDP sends nothing."""
    for family, outside in _OUTSIDE:
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((outside, 9))
            yield str(probe.getsockname()[0])


def _is_of_use(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:  # fe80::1%eth0
        return False
    return not (found.is_loopback or found.is_link_local or found.is_unspecified)


def _is_dns_name(name: str) -> bool:
    return name.isascii() and all(part and len(part) < 64 for part in name.split("."))
