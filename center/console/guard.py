"""Who asks, and whether they may: sessions, the token against forged requests, roles."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from center.console.house import House
from center.console.page import Access, ForbiddenError, Page
from center.console.rights import Permission
from center.console.visit import Visit, is_own_path
from center.scope import Scope
from center.store.sessions import LIMITS

CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF-Token"
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
PRE = "kakou-pre"  # the cookie of a browser where nobody is signed in
_CLOCK_MS = 5 * 60_000  # so far a clock may be put right without anybody noticing
_OF_A_NEW_PASSWORD = ("/password", "/signout")


class SignInFirstError(Exception):
    """Nobody is signed in, or not any more."""


class ForgedError(Exception):
    """A form that is not of this browser's page."""


def cookie_name(request: Request, name: str = "kakou") -> str:
    """With TLS, one that no other host or path can set (RFC 6265bis, `__Host-`)."""
    return f"__Host-{name}" if request.url.scheme == "https" else name


def cookie_id(request: Request, name: str = "kakou") -> bytes:
    """The 32 bytes of a cookie of ours; empty: there is none."""
    try:
        found = bytes.fromhex(request.cookies.get(cookie_name(request, name), ""))
    except ValueError:
        return b""
    return found if len(found) == 32 else b""


def set_cookie(request: Request, answer: Response, id: bytes, name: str = "kakou") -> None:
    """For this browser session only; no script reads it, no other site sends it along."""
    answer.set_cookie(
        cookie_name(request, name),
        id.hex(),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )


def enter(console: House, page: Page, request: Request, lang: str) -> Visit:
    """The visit, without its form. Raises SignInFirstError, ForbiddenError."""
    visit = Visit(console, console.office, request, page, lang)
    if page.needs is Access.MACHINE:
        return visit
    _recognise(visit)
    if page.needs is Access.PUBLIC:
        _bind_public(visit)
        return visit
    if visit.user is None:
        raise SignInFirstError
    visit.csrf = csrf_token(visit.session)
    if isinstance(page.needs, Permission):
        visit.scope = visit.scope_of(page.needs)
        if page.of_gate:
            visit.scope = Scope((*visit.scope.branches, *visit.store.gates.served(visit.scope)))
        if not visit.scope.branches:
            raise ForbiddenError
    return visit


def must_choose_password(visit: Visit) -> bool:
    """Whether this user has to choose a password before anything else."""
    has_to = visit.user is not None and visit.user.must_change and isinstance(visit.page.needs, Permission)
    return has_to and visit.page.path not in _OF_A_NEW_PASSWORD


def _recognise(visit: Visit) -> None:
    id = cookie_id(visit.request)
    if not id:
        return
    session = visit.store.sessions.get(id, now_ms=visit.now_ms, limits=LIMITS)
    if session is None or session.begun_ms > visit.now_ms + _CLOCK_MS:
        return  # begun tomorrow: the clock was set back, and the session would last longer by as much
    visit.user, visit.session = session.user, id
    if not visit.page.polls:
        visit.store.sessions.use(id, session, visit.now_ms)


def _bind_public(visit: Visit) -> None:
    """A page for everybody binds its token to the session, or to a cookie that is never that of a session."""
    id = visit.session or cookie_id(visit.request, PRE)
    if not id and visit.request.method == "GET":
        id = visit.fresh = new_id()
    visit.csrf = csrf_token(id)


def csrf_token(id: bytes) -> str:
    """Of a session, or of the cookie of a browser that has none yet; empty: there is neither."""
    return hmac.digest(id, b"kakou csrf 1", sha256).hex() if id else ""


def check_forged(visit: Visit) -> None:
    """Raises ForgedError unless the form carries the token of this browser and comes from our own page."""
    if visit.page.needs is Access.MACHINE or visit.request.method not in UNSAFE:
        return
    given = visit.request.headers.get(CSRF_HEADER) or visit.form.get(CSRF_FIELD, "")
    if not visit.csrf or not isinstance(given, str):
        raise ForgedError
    if not hmac.compare_digest(given.encode(), visit.csrf.encode()) or _is_foreign(visit.request):
        raise ForgedError


def _is_foreign(request: Request) -> bool:
    """Whether the browser itself says that another site sent this (Fetch metadata, Origin)."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("Host")


def new_id() -> bytes:
    """256 random bits."""
    return secrets.token_bytes(32)


def to_sign_in(request: Request) -> Response:
    """To the sign-in, and back to this page after it. A part that polls sends the whole window there."""
    if request.headers.get("HX-Request") == "true":
        return Response(status_code=401, headers={"HX-Redirect": "/signin"})
    path = request.url.path
    return RedirectResponse(f"/signin?next={quote(path)}" if path != "/" else "/signin", 303)


def safe_next(console: House, path: str) -> str:
    """Where to go after the sign-in: a page of ours that only shows something, or the first one."""
    if is_own_path(path) and console.shows(path):
        return path
    return "/"
