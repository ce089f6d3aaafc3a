"""Bodies: read no further than is allowed and no longer than is sensible; and what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import anyio
import msgspec
from starlette.requests import ClientDisconnect, Request

from center.http.answers import RefusedError
from center.http.callers import known_station
from center.http.office import Office
from center.limits import FullError
from station.sync import bundle

WITHIN_S = 60.0  # a gate's uplink of 4 MiB at 560 kbit/s
_Message = TypeVar("_Message", bound=msgspec.Struct)


async def read_body(office: Office, request: Request, who: str = "") -> bytes:
    """The body; `who`: the program that sends it, whom we know already.

    Refuses too_large before it is all here, too_slow, busy, damaged if the sender went away.
    """
    stated = request.headers.get("Content-Length", "0")
    if stated.isdecimal() and int(stated[:12]) > bundle.MOST_BODY_BYTES:
        raise RefusedError("too_large")
    if not who and (station := await known_station(office, request)):
        who = station.hex()
    with patience(office, request, who):
        return await _collect(request)


@contextmanager
def patience(office: Office, request: Request, who: str) -> Iterator[None]:
    """A place to read in, and no longer than is sensible. Refuses too_slow, busy, damaged.

    Strangers (`who` empty) have places of their own: were they to drip in all of them, no gate would wait.
    """
    address = request.client.host if request.client else ""
    try:
        with office.bodies.place(who) if who else office.strangers.place(address), anyio.fail_after(WITHIN_S):
            yield
    except TimeoutError as error:
        raise RefusedError("too_slow") from error
    except FullError as error:
        raise RefusedError("busy", retry_after_s=2.0) from error
    except ClientDisconnect as error:
        raise RefusedError("damaged") from error


async def _collect(request: Request) -> bytes:
    chunks, length = list[bytes](), 0
    async for chunk in request.stream():
        chunks.append(chunk)
        length += len(chunk)
        if length > bundle.MOST_BODY_BYTES:
            raise RefusedError("too_large")
    return b"".join(chunks)


def unpacked(body: bytes, kind: type[_Message]) -> _Message:
    """The message of the wire in a body. Refuses too_large, damaged."""
    try:
        return bundle.unpack(body, kind)
    except bundle.TooLargeError as error:
        raise RefusedError("too_large") from error
    except bundle.BundleError as error:
        raise RefusedError("damaged", f"not a packed {kind.__name__}") from error


def from_json(body: bytes, kind: type[_Message]) -> _Message:
    """Refuses not_understood; the detail names the field, never what stands in it."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise RefusedError("not_understood", str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError("not_understood", "not JSON") from error


def from_query(request: Request, kind: type[_Message]) -> _Message:
    """The query as typed fields. Refuses not_understood."""
    try:
        return msgspec.convert(dict(request.query_params), kind, strict=False)
    except msgspec.ValidationError as error:
        raise RefusedError("not_understood", str(error)) from error
