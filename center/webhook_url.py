"""Where webhooks may go: http(s) to the Internet, and to networks that an admin allowed at the start.

Whoever may type an address would else reach what only this host reaches: its own services, the network behind
it, the metadata of a cloud (SSRF, OWASP A10:2021). Every address of a name is looked at, and the connection
goes to one that was (a name may answer otherwise a second later).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
MOST = 500
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052


class UrlProblem(StrEnum):
    NOT_A_URL = "not_a_url"
    UNKNOWN_HOST = "unknown_host"
    NOT_ALLOWED = "not_allowed"


class UrlError(ValueError):
    """Nothing may be sent there."""

    def __init__(self, what: UrlProblem) -> None:
        super().__init__(what.value)
        self.what = what


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that was read. `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"

    def at(self, address: str) -> str:
        """The URL of one address of the host."""
        return f"{self.scheme}://{f'[{address}]' if ':' in address else address}:{self.port}{self.path}"


def read_url(text: str) -> Target:
    """Raises UrlError."""
    if len(text) > MOST or not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
        raise UrlError(UrlProblem.NOT_A_URL)
    try:
        url = urlsplit(text)
        port = url.port or {"http": 80, "https": 443}.get(url.scheme, 0)
    except ValueError as error:
        raise UrlError(UrlProblem.NOT_A_URL) from error
    if url.scheme not in ("http", "https") or not url.hostname or "@" in url.netloc or url.fragment:
        raise UrlError(UrlProblem.NOT_A_URL)
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    return Target(url.scheme, url.hostname, port, path)


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, as the host's resolver says. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def address_for(target: Target, allowed: Sequence[Network], resolve: Resolve = resolved) -> str:
    """One address to connect to; all of the host's are looked at. Raises UrlError."""
    try:
        found = resolve(target.host, target.port)
    except (OSError, UnicodeError) as error:
        raise UrlError(UrlProblem.UNKNOWN_HOST) from error
    if not found:
        raise UrlError(UrlProblem.UNKNOWN_HOST)
    if not all(is_allowed(address, allowed) for address in found):
        raise UrlError(UrlProblem.NOT_ALLOWED)
    return found[0]


def is_allowed(text: str, allowed: Iterable[Network]) -> bool:
    """Whether an address is of the Internet, or of an allowed network."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(address)
    if any(inner in network for network in allowed if network.version == inner.version):
        return True
    is_site = isinstance(inner, ipaddress.IPv6Address) and inner.is_site_local  # RFC 3879: still in use
    return inner.is_global and not (is_site or inner.is_multicast or inner.is_reserved)


def _inner(address: Address) -> Address:
    """The IPv4 address within one of IPv6, whichever way it is put there."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (address, address))[1]
