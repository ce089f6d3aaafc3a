"""What a browser sends: read no further than the page allows, no longer than is sensible, in few parts."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from center.console.page import ComplaintError
from center.http.answers import RefusedError
from center.http.office import Office
from center.http.reading import patience

_MOST_FIELDS, _MOST_FILES = 1000, 5
_URLENCODED, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


async def read_form(office: Office, request: Request, most_bytes: int, who: str) -> FormData:
    """The form; files in it lie on disk. `who` is signed in; empty: nobody is.

    Refuses too_large, too_slow, busy, damaged, or complains.
    """
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    try:
        with patience(office, request, who):
            return await _parse(request, kind, most_bytes)
    except (HTTPException, MultiPartException, ValueError, KeyError) as error:
        raise ComplaintError("表单看不懂，请回到上一页重新填写") from error


async def read_raw(office: Office, request: Request, most_bytes: int) -> bytes:
    """The body as it came, from a program. Refuses too_large, too_slow, busy, damaged."""
    with patience(office, request, ""):
        return b"".join([chunk async for chunk in _bounded(request, most_bytes)])


async def _parse(request: Request, kind: str, most_bytes: int) -> FormData:
    stream = _bounded(request, most_bytes)
    if kind == _MULTIPART:
        parser = MultiPartParser(
            request.headers,
            stream,
            max_files=_MOST_FILES,
            max_fields=_MOST_FIELDS,
            max_part_size=min(most_bytes, 1024 * 1024),
        )
        return await parser.parse()
    if kind == _URLENCODED:
        return await FormParser(request.headers, stream, max_fields=_MOST_FIELDS).parse()
    async for _ in stream:
        raise ComplaintError("表单看不懂，请回到上一页重新填写")
    return FormData()


async def _bounded(request: Request, most_bytes: int) -> AsyncGenerator[bytes, None]:
    stated = request.headers.get("Content-Length", "0")
    if stated.isdecimal() and int(stated[:15]) > most_bytes:
        raise RefusedError("too_large")
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most_bytes:
            raise RefusedError("too_large")
        yield chunk
