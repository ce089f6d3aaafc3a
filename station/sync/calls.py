"""What the station asks the center, and the answers: typed, and believed only with the center's signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

import msgspec

from station.core.contact import Trouble
from station.sync.bundle import (
    MOST_ANSWER_BYTES,
    Ack,
    BundleError,
    Hello,
    HelloAnswer,
    Page,
    Purpose,
    Push,
    Reconciliation,
    Signed,
    is_signed,
    pack,
    unpack,
)
from station.sync.client import Answer, Client, ContactError
from station.sync.reports import LONG_REPORT_BYTES, Report, Reports, Taken

POLL_SLACK_S = 15.0  # a long poll that comes back that much too late is dead
_ASK_S = 0.8  # a person stands there; docs/sync.md. With connecting, if there is no connection
_REPORT_S = 15.0  # somebody waits for help, and tries again; beside what its bytes take
_KEPT_S = 5.0  # over the connection of a minute ago, which may be dead: then over another one
_SLOW_LINE = 1500.0  # bytes/s, 12 kbit/s: a picture of 100 kB must be through on a line of 2G
_WARM_S = 6.0  # nobody waits
_TIME_S = 6.0  # a list waits for it
_PERSONAL = "application/json"

_Message = TypeVar("_Message", bound=msgspec.Struct)


class ToldFact(msgspec.Struct, frozen=True):
    """A fact in the answer of `ask`, of the words of `core.facts`."""

    kind: str
    value: str
    as_of_ms: int
    until_ms: int | None = None
    source: str = "center"


class AskAnswer(msgspec.Struct, frozen=True):
    facts: tuple[ToldFact, ...] = ()
    age_ms: int = 0
    problem: str = ""  # why there are none


class ServerTime(msgspec.Struct, frozen=True):
    """In the answer of `/healthz`: Unix time, ms."""

    server_ms: int


class Calls:
    """One thread's conversation. Every method raises ContactError, and StoppedError when the program ends.

    `timed` hears of each exchange when it was sent and answered (monotonic, s) and the center's time (s).
    """

    def __init__(
        self, client: Client, center_key: bytes, station: bytes, timed: Callable[[float, float, float], None]
    ) -> None:
        self._client, self._key, self._station, self._timed = client, center_key, station, timed

    def hello(self, hello: Hello) -> HelloAnswer:
        answer = self._client.post("/v1/hello", pack(hello))
        said = _unpacked(answer.body, HelloAnswer)
        self._take_time(answer, said.server_ms)
        return said

    def push(self, push: Push, meanwhile: Callable[[], None] | None = None) -> Ack:
        """`meanwhile` is called while the center works on it."""
        answer = self._client.post("/v1/push", pack(push), meanwhile=meanwhile)
        ack = self._ack(answer)
        self._take_time(answer, ack.server_ms)
        return ack

    def chain(self, incarnation: int, number: int) -> Ack | None:
        """The center's hash after this number; None: it does not go so far."""
        target = _target("/v1/chain", incarnation=incarnation, number=number)
        try:
            return self._ack(self._client.get(target))
        except ContactError as error:
            if error.slug == "not_here":
                return None
            raise

    def pull(
        self,
        channel: str,
        epoch: bytes,
        since: int,
        *,
        wait_s: int,
        limit: int,
        takes: str = "",
        meanwhile: Callable[[], None] | None = None,
    ) -> Page:
        """The next items of a channel, or what has come within `wait_s`; `meanwhile` as in `push`.

        `takes`: CHUNKS, if people may come as `Page.people`.
        """
        query: dict[str, str | int] = {"channel": channel, "epoch": epoch.hex(), "since": since}
        query |= {"wait": wait_s, "limit": limit} | ({"takes": takes} if takes else {})
        target = _target("/v1/pull", **query)
        answer = self._client.get(target, within_s=wait_s + POLL_SLACK_S, meanwhile=meanwhile)
        page = self._signed(answer.body, Purpose.PAGE, Page)
        if (page.channel, page.since) != (channel, since) and not page.refetch:
            raise _nonsense(f"page of {page.channel} since {page.since}")
        if not wait_s and meanwhile is None:  # who was busy does not know when the answer came
            self._take_time(answer, page.server_ms)
        return page

    def time(self) -> None:
        """Nothing but the center's time: pages that were made ready tell none."""
        answer = self._client.get("/healthz", within_s=_TIME_S)
        try:
            said = msgspec.json.decode(answer.body, type=ServerTime)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _nonsense("not an answer to healthz") from error
        self._take_time(answer, said.server_ms)

    def ask(self, text: str) -> AskAnswer:
        """What is known of the code with this text, which the center does not keep; 800 ms at most."""
        body = msgspec.json.encode({"token": text})
        answer = self._client.post("/v1/ask", body, within_s=_ASK_S, kind=_PERSONAL)
        try:
            return msgspec.json.decode(answer.body, type=AskAnswer)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _nonsense("not an answer to ask") from error

    def warm(self) -> None:
        """Have a connection that stands, so that `ask` need not wait for one."""
        self._client.get("/v1/ca", within_s=_WARM_S)

    def reconcile(self, ours: Signed) -> tuple[Reconciliation, bytes]:
        """What the center has of the same day, and its signed bytes, to be kept."""
        body = self._client.post("/v1/reconcile", pack(ours)).body
        return self._signed(body, Purpose.RECONCILIATION, Reconciliation), body

    def report(self, reports: tuple[Report, ...]) -> Taken:
        """Which of these, in which version, are committed at the center, of which epoch."""
        body = pack(Reports(1, self._station, reports))
        is_long = len(body) > LONG_REPORT_BYTES
        answer = self._client.post(
            "/v1/report",
            body,
            within_s=_REPORT_S + len(body) / _SLOW_LINE,
            kept_s=None if is_long else _KEPT_S + len(body) / _SLOW_LINE,
            yields=is_long,
        )
        taken = self._signed(answer.body, Purpose.REPORTS, Taken)
        if taken.station != self._station:
            raise _nonsense("reports of another station")
        return taken

    def _ack(self, answer: Answer) -> Ack:
        ack = self._signed(answer.body, Purpose.ACK, Ack)
        if ack.station != self._station:
            raise _nonsense("an ack of another station")
        return ack

    def _signed(self, body: bytes, purpose: Purpose, kind: type[_Message]) -> _Message:
        signed = _unpacked(body, Signed)
        if not is_signed(self._key, purpose, signed.payload, signed.signature):
            raise ContactError(Trouble.OTHER_CERTIFICATE, f"{kind.__name__} is not signed by our center")
        return _unpacked(signed.payload, kind)

    def _take_time(self, answer: Answer, server_ms: int) -> None:
        if server_ms:
            self._timed(answer.sent, answer.received, server_ms / 1000)


def _target(path: str, **query: str | int) -> str:
    return f"{path}?{urlencode(query)}"


def _unpacked(body: bytes, kind: type[_Message]) -> _Message:
    try:
        return unpack(body, kind, most=MOST_ANSWER_BYTES)
    except BundleError as error:
        raise _nonsense(str(error)) from error


def _nonsense(detail: str) -> ContactError:
    """What a captive portal's page with status 200 comes to."""
    return ContactError(Trouble.NOT_THE_CENTER, detail)
