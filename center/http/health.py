"""Whether the center works, for whoever watches it, and what it can be asked."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from center.http.answers import RefusedError, json_of
from center.http.office import Office


class Health(msgspec.Struct, frozen=True):
    ok: bool
    server_ms: int


async def healthz(office: Office, request: Request) -> Response:
    if not await office.in_thread(office.store.healthy):
        raise RefusedError("try_again", retry_after_s=2)
    return json_of(Health(True, office.now_ms()))


async def openapi(office: Office, request: Request) -> Response:
    return json_of(office.document)
