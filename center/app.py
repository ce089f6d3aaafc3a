"""The center's ASGI application: the table of routes, and what every request has around it."""

from __future__ import annotations

import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as Path

from center.api import app as api
from center.console.app import Console
from center.http.answers import RefusedError
from center.http.office import Office
from center.http.openapi import document
from center.http.pages_ahead import PagesAhead
from center.http.routes import ROUTES, Endpoint
from center.store import UnavailableError

log = logging.getLogger(__name__)

RETRY_S = 2.0
_OF_MACHINES = ("/v1", "/healthz")
_OF_PROGRAMS = "/api/v1"
_BY_STATUS = {404: "not_found", 405: "wrong_method"}


def make_app(office: Office, console: Console | None = None) -> Starlette:
    """The application over an office; it hears of changes in lists as long as its lifespan lasts."""
    console = console or Console(office)
    office.document = document(ROUTES)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await office.in_thread(office.store.healthy)  # loads what the first gate would wait for: 100 ms
        async with office.wakes.listening(office.store.lists.subscribe), PagesAhead(office).at_work():
            yield
        if office.provider:
            await office.provider.close()

    paths = [Path(route.path, _answering(office, route.endpoint), methods=[route.method]) for route in ROUTES]
    return Starlette(
        routes=[*paths, *api.paths(office), *console.routes()],
        lifespan=lifespan,
        exception_handlers={HTTPException: _refusing(console)},
    )


def _answering(office: Office, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint whose errors are all told: to whoever asked as a slug, to the log without what was sent."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(office, request)
        except RefusedError as refusal:
            return refusal.response()
        except UnavailableError as error:
            log.warning("%s %s: the store does not answer: %s", request.method, request.url.path, error)
            return RefusedError("try_again", retry_after_s=RETRY_S).response()
        except Exception as error:  # noqa: BLE001 - nothing may end as a bare 500
            log.error("%s %s: %s", request.method, request.url.path, where_it_broke(error))
            return RefusedError("fault").response()

    return answer


def where_it_broke(error: BaseException) -> str:
    """The kind of an error and the lines that led to it; its message may hold what somebody sent."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " < ".join(
        [type(error).__name__, *(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))]
    )


def _refusing(console: Console) -> Callable[[Request, Exception], Response]:
    """Paths and methods that there are none of: a slug for machines, a page for people."""

    def refuse(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if request.url.path.startswith(_OF_PROGRAMS):
            return api.refused(_BY_STATUS.get(error.status_code, "not_understood"))
        signed = request.headers.get("Authorization", "").startswith("Kakou ")  # by a gate
        if signed or request.url.path.startswith(_OF_MACHINES):
            return RefusedError(_BY_STATUS.get(error.status_code, "not_understood")).response()
        return console.refused(request, error.status_code)

    return refuse
