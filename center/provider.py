"""A provider of health codes, asked over HTTP and described by data: DATA/provider.toml (docs/deploy.md).

Whatever is not clearly an answer is none: never a guess. The token goes into the request and nowhere else.
"""

from __future__ import annotations

import json
import ssl
import tomllib
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

import anyio
import httpx2
import msgspec

from station.journal.durable import is_there
from station.sync.proxies import proxy_options

FILE = "provider.toml"
WITHIN_S = 0.7  # for one question, whatever happens: the gate waits 0.8 s in all
_MOST_BYTES = 64 * 1024
_MOST_KEPT = 20_000
_AHEAD_MS = 120_000  # a provider's clock may be ahead so far
# Questions over one client. Of a tunnel through a proxy whose TLS did not come about httpcore keeps the place
# for ever, and has a hundred of them: then nobody would be asked any more.
_MOST_IN_VAIN = 50

Colour = Literal["green", "yellow", "red"]
Path_ = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class ProviderError(Exception):
    """The description cannot be used; the message names the field."""


class AnswerForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where in the JSON answer what stands: names and list indexes with dots between, as in data.0.color."""

    colour: Path_
    values: dict[str, Colour]  # what is written there, and which colour it means
    as_of: str = ""  # empty: the answer does not say, and it counts as of now
    as_of_form: Literal["iso", "s", "ms"] = "iso"  # ISO 8601 with zone, or seconds or milliseconds since 1970


class Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    url: Annotated[str, msgspec.Meta(pattern=r"^https?://")]  # {token} is the code's text, escaped
    answer: AnswerForm
    method: Literal["GET", "POST"] = "GET"
    body: str = ""  # JSON; "{token}" in a text of it is the code's text
    headers: dict[str, str] = {}
    secrets: dict[str, str] = {}  # header: file beside this one that holds its value
    ca: str = ""  # file with the provider's CA, PEM; empty: those of the system
    timeout_ms: Annotated[int, msgspec.Meta(ge=50, le=700)] = 600
    keep_s: Annotated[int, msgspec.Meta(ge=0, le=86_400)] = 300  # an answer is given again, with its age


class Found(msgspec.Struct, frozen=True):
    """What the provider said of a code: a colour as of a time, or why there is none."""

    problem: str = ""  # unknown, unreachable, late, unreadable
    colour: str = ""
    as_of_ms: int = 0
    asked_ms: int = 0


@dataclass(slots=True)
class _Way:
    """A client, how many questions are under way over it, and how many came to nothing."""

    http: httpx2.AsyncClient
    asking: int = 0
    in_vain: int = 0


class Provider:
    """`connect` makes a client."""

    def __init__(self, description: Description, connect: Callable[[], httpx2.AsyncClient]) -> None:
        self.description, self._connect = description, connect
        self._way = _Way(connect())
        self._kept: OrderedDict[str, Found] = OrderedDict()

    def kept(self, key: str, now_ms: int) -> Found | None:
        """A former answer for this shared key that is still young enough."""
        found = self._kept.get(key)
        if found and 0 <= now_ms - found.asked_ms < self.description.keep_s * 1000:
            return found
        return None

    async def ask(self, key: str, token: str, now_ms: int) -> Found:
        """What is known of a code now. Never raises, never takes longer than the description says."""
        found = await self._ask(token, now_ms)
        if found.colour:
            self._kept.pop(key, None)
            self._kept[key] = found
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return found

    async def _ask(self, token: str, now_ms: int) -> Found:
        try:
            with anyio.fail_after(self.description.timeout_ms / 1000):
                status, answer = await self._fetch(token)
        except TimeoutError:
            return Found("late")
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError):
            return Found("unreachable")
        if status == 404:
            return Found("unknown")
        return read_answer(self.description.answer, answer, now_ms) if status == 200 else Found("unreachable")

    async def _fetch(self, token: str) -> tuple[int, bytes]:
        about = self.description
        body = fill_body(about.body, token) if about.body else None
        url = about.url.replace("{token}", quote(token, safe=""))
        async with self._some_way() as http, http.stream(about.method, url, content=body) as response:
            answer = bytearray()
            async for chunk in response.aiter_raw():
                answer += chunk
                if len(answer) > _MOST_BYTES:
                    break
            return response.status_code, bytes(answer)

    @asynccontextmanager
    async def _some_way(self) -> AsyncIterator[httpx2.AsyncClient]:
        """After many questions in vain a new one; whoever is the last on a former one closes it."""
        way = self._way
        way.asking += 1
        try:
            yield way.http
        except BaseException:
            way.in_vain += 1
            raise
        finally:
            way.asking -= 1
            if way is self._way and way.in_vain >= _MOST_IN_VAIN:
                self._way = _Way(self._connect())
            if way is not self._way and not way.asking:
                with anyio.CancelScope(shield=True):
                    await way.http.aclose()

    async def close(self) -> None:
        await self._way.http.aclose()


def load_provider(data: Path, transport: httpx2.AsyncBaseTransport | None = None) -> Provider | None:
    """The provider that is described in this folder; None: there is none. Raises ProviderError, OSError."""
    path = data / FILE
    if not is_there(path):
        return None
    about = parse_description(_text_of(path))
    headers = about.headers | {name: _secret(data / file) for name, file in about.secrets.items()}
    headers |= {"Accept-Encoding": "identity"} | ({"Content-Type": "application/json"} if about.body else {})
    tls = _trusting(data / about.ca) if about.ca else httpx2.create_ssl_context()
    through = proxy_options(about.url)

    def connect() -> httpx2.AsyncClient:
        client = httpx2.AsyncClient(
            headers=headers,
            verify=tls,
            timeout=WITHIN_S,
            transport=transport,
            follow_redirects=False,
            **through,
        )
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))  # each question by itself
        return client

    return Provider(about, connect)


def parse_description(text: str) -> Description:
    """Raises ProviderError."""
    try:
        about = msgspec.convert(tomllib.loads(text), Description)
        if about.body:
            json.loads(about.body)
    except (msgspec.ValidationError, ValueError) as error:
        raise ProviderError(str(error)) from error
    if "{token}" not in about.url + about.body:
        raise ProviderError("neither `url` nor `body` has {token} in it")
    return about


def fill_body(template: str, token: str) -> bytes:
    """The JSON template with the token in its texts, escaped as JSON wants it."""
    return json.dumps(_filled(json.loads(template), token)).encode()


def read_answer(form: AnswerForm, answer: bytes, now_ms: int) -> Found:
    """A provider's answer; what does not say a colour that we know, and since when, is `unreadable`."""
    try:
        document = json.loads(answer)
        colour = form.values[_text(_at(document, form.colour))]
        as_of_ms = _moment(_at(document, form.as_of), form.as_of_form) if form.as_of else now_ms
    except (ValueError, LookupError, TypeError, OverflowError, RecursionError):
        return Found("unreadable")
    if not 0 < as_of_ms <= now_ms + _AHEAD_MS:
        return Found("unreadable")
    return Found("", colour, min(as_of_ms, now_ms), now_ms)


def _filled(value: Any, token: str) -> Any:
    if isinstance(value, str):
        return value.replace("{token}", token)
    if isinstance(value, list):
        return [_filled(one, token) for one in value]
    return {name: _filled(one, token) for name, one in value.items()} if isinstance(value, dict) else value


def _at(document: Any, path: str) -> Any:
    for step in path.split("."):
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document


def _text(value: Any) -> str:
    """Texts and whole numbers; nothing else can be a value of the table."""
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    raise TypeError


def _moment(value: Any, form: str) -> int:
    """Milliseconds since 1970. Raises ValueError, TypeError, OverflowError."""
    if form == "iso":
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("no zone")
        return int(moment.astimezone(UTC).timestamp() * 1000)
    if isinstance(value, bool):
        raise TypeError
    return int(float(value) * (1000 if form == "s" else 1))


def _trusting(ca: Path) -> ssl.SSLContext:
    """Who was signed by this CA alone. Raises OSError (also ssl.SSLError: it is no certificate)."""
    context = ssl.create_default_context(cafile=str(ca))
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # on from Python 3.13; older CAs lack identifiers
    return context


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProviderError(f"{path.name}: not UTF-8") from error


def _secret(path: Path) -> str:
    text = _text_of(path).strip()
    if not text or "\n" in text or not text.isascii():
        raise ProviderError(f"{path.name}: one line of ASCII is wanted")
    return text
