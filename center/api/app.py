"""The API as routes of the center: who asks, what every request has around it, what is said when it fails."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as Path

from center.api.call import PROBLEMS, Call, ProblemError, Route
from center.api.routes import ROUTES
from center.console.headers import secured
from center.http.answers import RefusedError, json_of
from center.http.office import Office
from center.http.reading import from_json, from_query, read_body
from center.store import UnavailableError
from center.store.errors import where_it_broke
from center.store.tokens import PREFIX, Token

log = logging.getLogger(__name__)
_NOBODY = Token(b"", "", "", frozenset(), 0, "", 0, None, None)
_RETRY_S = 2.0


def paths(office: Office) -> list[Path]:
    return [Path(route.path, _answering(office, route), methods=[route.method]) for route in ROUTES]


def refused(problem: str) -> Response:
    """Paths and methods that there are none of."""
    return secured(ProblemError(problem).response())


def _answering(office: Office, route: Route) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return secured(await _told(office, route, request))

    return answer


async def _told(office: Office, route: Route, request: Request) -> Response:
    """Every error is told: to whoever asked as a slug, to the log without what was sent."""
    try:
        return await _answer(office, route, request)
    except ProblemError as problem:
        return problem.response()
    except RefusedError as refusal:
        slug = refusal.problem if refusal.problem in PROBLEMS else "not_understood"
        return ProblemError(slug, refusal.detail, retry_after_s=refusal.retry_after_s).response()
    except UnavailableError as error:
        log.warning("%s %s: the store does not answer: %s", route.method, route.path, error)
        return ProblemError("try_again", retry_after_s=_RETRY_S).response()
    except Exception as error:  # noqa: BLE001 - nothing may end as a bare 500
        log.error("%s %s: %s", route.method, route.path, where_it_broke(error))
        return ProblemError("fault").response()


async def _answer(office: Office, route: Route, request: Request) -> Response:
    token = await _token(office, route, request)
    query = from_query(request, route.query) if route.query else None
    body: Any = None
    if route.takes:
        body = from_json(await read_body(office, request, token.id.hex()), route.takes)
        _refuse_nul(body)
    address = request.client.host if request.client else ""
    parts = {name: str(value) for name, value in request.path_params.items()}
    call = Call(office, token, address, parts, query, body)
    return json_of(await office.in_thread(route.handler, call))


async def _token(office: Office, route: Route, request: Request) -> Token:
    """The good token of a request. Refuses too_many, no_token, not_allowed."""
    office.admit(f"api {request.client.host if request.client else ''}")
    if route.right is None:
        return _NOBODY
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.startswith(PREFIX) or len(secret) > 200:
        raise ProblemError("no_token")
    token = await office.in_thread(office.store.tokens.find, secret, office.now_ms())
    if token is None:
        raise ProblemError("no_token")
    if route.right not in token.scopes:
        raise ProblemError("not_allowed", f"this token has not the right {route.right}")
    return token


def _refuse_nul(body: Any) -> None:
    """What no database keeps: NUL, and halves of characters."""
    text = msgspec.json.encode(body)
    if b"\\u0000" in text:
        raise ProblemError("not_understood", "NUL in a text")
