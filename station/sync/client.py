"""Requests to the center, each signed by the station and ended after a time, whatever answers there.

TLS is checked against the one CA that was pinned at enrolment. Its dates and names are not looked at: gates
have clocks that are years wrong, centers move to other addresses, and that CA certifies nothing but its
center. A proxy that the environment names is used (HTTPS_PROXY, NO_PROXY): the pinned TLS goes through it.
One that cannot be used, as SOCKS, closes no gate (`proxies`).
"""

from __future__ import annotations

import base64
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from threading import Lock
from types import TracebackType
from typing import Any, Self

import httpx2
import msgspec

from station.core.contact import Trouble
from station.sync.bundle import MOST_ANSWER_BYTES, Purpose, request_payload, to_sign
from station.sync.deadline import Deadline
from station.sync.proxies import proxy_options

CONNECT_S = 5.0  # for TCP, and again for the handshake of TLS
KEPT_S = 70.0  # an idle connection; the center closes its own after 75 s
SILENCE_S = 10.0  # between two bytes
USUAL_S = 30.0  # for a whole request
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME of OpenSSL; Python has no name for it
_MOST_ERROR_BYTES = 10_000


class ContactError(Exception):
    """The center gave no answer that can be used. `slug` is its own word for why, if it said one; `stood`:
    there was a connection."""

    def __init__(
        self,
        trouble: Trouble,
        detail: str,
        *,
        slug: str = "",
        retry_after_s: float = 0.0,
        stood: bool = True,
    ) -> None:
        super().__init__(f"{trouble}: {detail}")
        self.trouble, self.slug, self.retry_after_s, self.stood = trouble, slug, retry_after_s, stood

    @property
    def by_proxy(self) -> bool:
        """A proxy in front of the center says that it is not there; a center names its own troubles."""
        return self.trouble in (Trouble.BUSY, Trouble.FAULT) and not self.slug


class StoppedError(Exception):
    """The program ends: the request was given up."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with status 200, and when on our monotonic clock (s) it was asked for and came."""

    body: bytes
    sent: float
    received: float


@dataclass(frozen=True, slots=True)
class Signer:
    """Who asks: 16 bytes of station, and its Ed25519 key as a function."""

    station: bytes
    sign: Callable[[bytes], bytes]

    def header(self, method: str, target: str, at_ms: int, body: bytes) -> str:
        """The `Authorization` of a request (docs/sync.md)."""
        payload = request_payload(method, target, at_ms, body)
        signature = self.sign(to_sign(Purpose.REQUEST, payload))
        return f"Kakou station={self.station.hex()}, at={at_ms}, signature={_base64url(signature)}"


_OPENS = ".connect_tcp.started"  # none was kept that may still stand
_OPENED = (".connect_tcp.complete", ".start_tls.complete")  # of `connection`, or of `http_proxy`
_ALL_IS_SENT = "http11.receive_response_headers.started"  # of httpcore's `trace` extension


class Client:
    """Speaks from one thread; what ends a request may be called from any other, and is felt at once.

    Without a signer requests are not signed, as at enrolment. `tls` is that of `pinned`. `transport`
    is for tests.
    """

    def __init__(
        self,
        url: str,
        tls: ssl.SSLContext,
        signer: Signer | None,
        *,
        transport: httpx2.BaseTransport | None = None,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._signer, self._wall, self._monotonic = signer, wall, monotonic
        self._base = url.rstrip("/")
        self._line = _Line()
        self._make = partial(
            httpx2.Client,
            verify=tls,
            transport=transport,
            timeout=httpx2.Timeout(SILENCE_S, connect=CONNECT_S),
            limits=httpx2.Limits(keepalive_expiry=KEPT_S),
            headers={"User-Agent": "kakou-station", "Accept-Encoding": "identity"},
            **proxy_options(url),
        )
        self._http = self._make()

    def post(
        self,
        target: str,
        body: bytes,
        *,
        within_s: float = USUAL_S,
        kept_s: float | None = None,
        yields: bool = False,
        kind: str = "application/octet-stream",
        meanwhile: Callable[[], None] | None = None,
    ) -> Answer:
        """`kept_s`: no longer over a connection of before, which may be dead. `yields`: `make_way` ends it.
        `meanwhile` is called, once at most, when all is sent. Raises ContactError, StoppedError."""
        self._line.meanwhile = meanwhile
        self._line.kept_s, self._line.yields = kept_s, yields
        return self._ask("POST", target, body, {"Content-Type": kind}, within_s)

    def get(
        self, target: str, *, within_s: float = USUAL_S, meanwhile: Callable[[], None] | None = None
    ) -> Answer:
        """`meanwhile` as in `post`. Raises ContactError, StoppedError."""
        self._line.meanwhile = meanwhile
        self._line.kept_s, self._line.yields = None, False
        return self._ask("GET", target, b"", {}, within_s)

    def give_up(self) -> None:
        """What is under way, and the connection: nobody is at its other end any more."""
        self._line.cut()

    def make_way(self) -> None:
        """There is something urgent: what is under way is given up, if it may be."""
        if self._line.yields:
            self._line.cut()

    def stop(self) -> None:
        """Give up what is under way, and never begin anything again."""
        self._line.cut(for_good=True)

    def close(self) -> None:
        """By the thread that speaks."""
        self._http.close()
        self._line.deadline.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, method: str, target: str, body: bytes, headers: dict[str, str], within_s: float) -> Answer:
        if self._signer:
            at_ms = int(self._wall() * 1000)
            headers = headers | {"Authorization": self._signer.header(method, target, at_ms, body)}
        timeout = httpx2.Timeout(within_s, connect=min(CONNECT_S, within_s / 2))
        sent = self._monotonic()
        with self._line.within(within_s), _in_our_words(self._line, self._begin_anew):
            with self._http.stream(
                method,
                self._base + target,
                content=body,
                headers=headers,
                timeout=timeout,
                extensions={"trace": self._line.trace},
            ) as response:
                answer = _read(response)
            return Answer(answer, sent, self._monotonic())

    def _begin_anew(self) -> None:
        """httpcore keeps a connection for ever that ended while it was told something, or within a tunnel."""
        broken, self._http = self._http, self._make()
        with suppress(OSError):
            broken.close()


class _Line:
    """The socket of the request that is under way, so that it can be cut from another thread.

    A time-out between two bytes ends no request whose bytes drip for ever (slow loris): a deadline cuts it.
    The handshake of TLS cannot be cut; it has its own end, which with that of TCP is within the time of all.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._socket: socket.socket | None = None
        self.stopped = self.late = False
        self.kept_s: float | None = None  # for this request, over a connection of before
        self.yields, self._within_s = False, 0.0
        self.meanwhile: Callable[[], None] | None = None  # while the other side works on it
        self.deadline = Deadline(self.cut)

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """httpcore tells what it does (its `trace` extension); a connection may serve many requests."""
        if event.endswith(_OPENS) and self.kept_s is not None:
            self.deadline.put_off(self._within_s)
        if event.endswith(_OPENED):
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
        if self.stopped:
            self._close()
            raise StoppedError
        if self.late:  # before there was anything to cut
            self._close()
            raise httpx2.ReadTimeout("the time was over before the connection stood")
        if event == _ALL_IS_SENT and self.meanwhile:
            work, self.meanwhile = self.meanwhile, None
            work()

    def _close(self) -> None:
        """By the thread that speaks: httpcore forgets a connection that it is told of in vain."""
        with self._lock:
            if self._socket:
                self._socket.close()

    def cut(self, *, for_good: bool = False) -> None:
        with self._lock:
            self.stopped, self.late = self.stopped or for_good, not for_good
            if self._socket:
                _shut(self._socket)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        if self.stopped:
            raise StoppedError
        self.late, self._within_s = False, seconds
        try:
            with self.deadline.within(seconds if self.kept_s is None else min(self.kept_s, seconds)):
                yield
        finally:
            self.yields = False  # nothing is under way that could make way


def pinned(ca_pem: str) -> ssl.SSLContext:
    """TLS that only whoever has this CA's certificate passes. Raises ssl.SSLError if it is no certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= _NO_CHECK_TIME
    context.load_verify_locations(cadata=ca_pem)
    return context


def unpinned() -> ssl.SSLContext:
    """TLS that anybody passes: for nothing but to fetch a CA, which is then compared with a one-time code."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@contextmanager
def _in_our_words(line: _Line, broken: Callable[[], None]) -> Iterator[None]:
    """Everything that can go wrong between here and a center, as ContactError; nothing else comes out."""
    try:
        yield
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, UnicodeError) as error:
        if line.stopped:
            raise StoppedError from error
        broken()
        trouble = Trouble.NO_ANSWER if line.late else _trouble(error)
        stood = not isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.ProxyError)
        raise ContactError(trouble, repr(error), stood=stood) from error


def _trouble(error: Exception) -> Trouble:
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Trouble.OTHER_CERTIFICATE
    if any(_is_cut(cause) for cause in causes):
        return Trouble.NO_WAY
    if any(
        isinstance(cause, ssl.SSLError | httpx2.RemoteProtocolError | httpx2.InvalidURL) for cause in causes
    ):
        return Trouble.NOT_THE_CENTER
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return Trouble.NO_ADDRESS
    reached = not isinstance(error, httpx2.ConnectTimeout) or "handshake" in str(error)
    late = isinstance(error, httpx2.TimeoutException) and reached
    return Trouble.NO_ANSWER if late else Trouble.NO_WAY


def _is_cut(cause: BaseException) -> bool:
    """A line that ends before the answer does, as bad ones do: nobody has answered, so nobody wrong has.

    httpcore and h11 have one class for this and for garbage, and tell them apart by their words alone.
    """
    if isinstance(cause, httpx2.RemoteProtocolError):
        return "disconnected" in str(cause) or "closed connection" in str(cause)
    return isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _read(response: httpx2.Response) -> bytes:
    most = MOST_ANSWER_BYTES if response.status_code == 200 else _MOST_ERROR_BYTES
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > most:
            raise ContactError(Trouble.NOT_THE_CENTER, f"{response.status_code} with more than {most} bytes")
    if response.status_code != 200:
        raise _refused(response, bytes(body))
    return bytes(body)


class _Problem(msgspec.Struct):
    problem: str = ""
    detail: str = ""


def _refused(response: httpx2.Response, body: bytes) -> ContactError:
    try:
        said = msgspec.json.decode(body, type=_Problem)
    except (msgspec.DecodeError, UnicodeDecodeError):
        said = None  # no center says it so: a proxy, a portal
    return ContactError(
        _trouble_of(response.status_code, ours=said is not None),
        f"{response.status_code} {said.problem if said else ''}",
        slug=said.problem if said else "",
        retry_after_s=_retry_after(response.headers.get("Retry-After", "")),
    )


def _trouble_of(status: int, *, ours: bool) -> Trouble:
    if status in (429, 503):
        return Trouble.BUSY
    if status >= 500:
        return Trouble.FAULT
    if not ours or status < 400:  # 3xx: a portal sends us to its page; a center never does
        return Trouble.NOT_THE_CENTER
    return {401: Trouble.UNKNOWN_HERE, 403: Trouble.REVOKED}.get(status, Trouble.NOT_TAKEN)


def _retry_after(text: str) -> float:
    """Seconds (RFC 9110, section 10.2.3); a date is no use to a clock that may be years wrong."""
    return min(float(text), 3600.0) if text.isascii() and text.isdigit() else 0.0


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _shut(one: socket.socket) -> None:
    """Wake whoever reads from it. SSLSocket.shutdown would forget its TLS under the reader's hands."""
    try:
        socket.socket.shutdown(one, socket.SHUT_RDWR)
    except OSError:
        return  # closed already
