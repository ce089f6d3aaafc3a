"""The console as routes of the center: what every page has around it, and what is said when it fails."""

from __future__ import annotations

import logging
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from typing import Any, TypeVar
from urllib.parse import unquote

import anyio
import anyio.to_thread
from argon2 import PasswordHasher
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from center.console import again, guard, passwords
from center.console.addresses import former_address
from center.console.branches import known_branches
from center.console.forms import read_form, read_raw
from center.console.headers import ALWAYS, secured
from center.console.live import Live
from center.console.page import Access, ComplaintError, ForbiddenError, NotHereError, Page
from center.console.pages import PAGES
from center.console.recent import Recent
from center.console.templating import STATIC, Templates
from center.console.turns import Turns
from center.console.visit import SAID_COOKIE, Visit
from center.console.words import COOKIE as LANGUAGE_COOKIE
from center.console.words import LANGUAGES, language, words
from center.http.answers import PROBLEMS, RefusedError
from center.http.office import Office
from center.limits import Rate, Remembered
from center.store import UnavailableError
from center.store.errors import where_it_broke

log = logging.getLogger(__name__)
_T = TypeVar("_T")
_YEAR_S = 365 * 86_400

NOT_FOUND = "没有找到，或者不归您管：请核对填的编号、所属"
PROBLEM_WORDS = {
    400: "这样填不行",
    403: "您没有做这件事的权限",
    404: "没有这一页，或者不归您管",
    405: "没有这一页，或者不归您管",
    408: "网太慢，没有收全，请再试一次",
    413: "太大了，收不下",
    422: "没有收全，请再试一次",
    429: "试得太多了，请过一会儿再试",
    500: "中心出错了，已经记下来；请再试一次",
    503: "中心现在忙不过来，请过几秒再试",
}


class Console:
    """One for each center. `zone`: of the times that are shown; None: the host's."""

    def __init__(
        self,
        office: Office,
        pages: Sequence[Page] = PAGES,
        *,
        zone: tzinfo | None = None,
        hasher: PasswordHasher = passwords.USUAL,
    ) -> None:
        self.office, self.pages, self.zone, self.hasher = office, pages, zone, hasher
        self.by_account = Rate(1 / 30, 10)  # tries at a password
        self.by_own_place = Rate(1 / 30, 10)  # the same, where they have signed in before
        self.by_address = Rate(1 / 5, 20)
        self.signed_in_at: Remembered[tuple[str, str], bool] = Remembered(30 * 86_400, 10_000)
        self.by_link = Rate(1.0, 60)  # pages by personal link, of one address
        self.by_checkin = Rate(1 / 120, 5)  # check-ins by one link
        self.by_sensor = Rate(0.5, 30)  # what one door sensor tells
        self.recent, self.live = Recent(), Live(office.mono)
        self.turns = Turns()
        self._templates = Templates(zone)
        self._threads = anyio.CapacityLimiter(8)

    def routes(self) -> list[BaseRoute]:
        """One for each path; the static files beside them."""
        made: list[BaseRoute] = [
            Route(page.path, self._answering(page), methods=[page.method]) for page in self.pages
        ]
        return [*made, Mount("/static", _Static(directory=STATIC))]

    def words(self, lang: str, chinese: str) -> str:
        return words(lang, chinese)

    def render(self, visit: Visit, template: str, values: Mapping[str, Any]) -> str:
        """A page with its frame; the line that the former page left is shown once."""
        said = unquote(visit.request.cookies.get(SAID_COOKIE, ""))
        frame = {"menu": self._menu(visit), "said": said[:300]}
        offered = {"known_branches": partial(known_branches, visit)}
        return self._templates.render(visit, template, {**frame, **offered, **values})

    def shows(self, path: str) -> bool:
        """Whether this path is that of a page that a browser may be sent to."""
        return self._page_at(path)[0] is not None

    def _page_at(self, path: str) -> tuple[Page | None, dict[str, str]]:
        """The page that a browser shows at this path, and the parts of the path; None: there is none."""
        scope = {"type": "http", "path": unquote(path), "method": "GET", "root_path": "", "headers": []}
        for page in self.pages:
            match, more = Route(page.path, _nowhere).matches(scope)
            if page.method == "GET" and match is Match.FULL:
                return (None, {}) if page.polls else (page, more["path_params"])
        return None, {}

    def refused(self, request: Request, status: int) -> Response:
        """A page for paths that there are none of."""
        return self._problem(request, status)

    def _menu(self, visit: Visit) -> list[Page]:
        if visit.user is None:
            return []
        return [page for page in self.pages if page.menu and self._may(visit, page)]

    def _may(self, visit: Visit, page: Page) -> bool:
        return isinstance(page.needs, Access) or visit.may(page.needs)

    def _answering(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return self._finished(request, page, await self._told(page, request))

        return answer

    async def _told(self, page: Page, request: Request) -> Response:
        """Every error is told: to whoever asked in words, to the log without what was sent."""
        try:
            return await self._answer(page, request)
        except guard.SignInFirstError:
            return guard.to_sign_in(request)
        except guard.ForgedError:
            return self._problem(request, 403, "这个表单过期了，请回到上一页重新打开再提交")
        except (ForbiddenError, NotHereError) as refusal:
            return self._problem(request, refusal.status, refusal.words)
        except ComplaintError as complaint:
            return self._problem(request, complaint.status, complaint.words, *complaint.values)
        except RefusedError as refusal:
            return self._refused(request, refusal)
        except UnavailableError as error:
            log.warning("%s %s: the store does not answer: %s", request.method, page.path, error)
            return self._problem(request, 503)
        except Exception as error:  # noqa: BLE001 - nothing may end as a bare 500
            log.error("%s %s: %s", request.method, page.path, where_it_broke(error))
            return self._problem(request, 500)

    async def _answer(self, page: Page, request: Request) -> Response:
        if not page.by_turns:
            return await self._answered(page, request)
        async with self.turns.body():
            return await self._answered(page, request)

    async def _answered(self, page: Page, request: Request) -> Response:
        if page.polls and self.live.is_unchanged(page, request):
            return Response(status_code=204)
        began = self.office.mono()
        visit = await self._in_thread(guard.enter, self, page, request, language(request))
        if guard.must_choose_password(visit):
            return RedirectResponse("/password", 303)
        if page.needs is Access.MACHINE:
            visit.body = await read_raw(self.office, request, page.most_bytes)
        elif page.method in guard.UNSAFE:
            who = visit.user.name if visit.user else ""
            visit.form = await read_form(self.office, request, page.most_bytes, who)
            guard.check_forged(visit)
        try:
            answer = await self._handled_or_shown_again(page, visit)
            self._note(visit, answer, began)
            if visit.fresh:
                guard.set_cookie(request, answer, visit.fresh, guard.PRE)
            return answer
        finally:
            for value in visit.form.values():
                if isinstance(value, UploadFile):
                    value.file.close()

    async def _handled_or_shown_again(self, page: Page, visit: Visit) -> Response:
        try:
            return await self._handled(page, visit)
        except (ComplaintError, NotHereError) as refusal:
            if page.method not in guard.UNSAFE or visit.user is None:
                raise
            shown = await self._in_thread(self._again, visit, refusal)
            if shown is None:
                raise
            return shown

    def _again(self, visit: Visit, refusal: ComplaintError | NotHereError) -> Response | None:
        """The form with what was typed; None: nobody knows which page it stood on, or it is not there."""
        address = former_address(visit.request)
        page, parts = self._page_at(address[0]) if address else (None, {})
        if address is None or page is None or page.by_turns:
            return None
        request = again.asked_again(visit.request, *address, parts)
        if isinstance(refusal, ComplaintError):
            wrong, status = visit.text(refusal.words, *refusal.values), refusal.status
        else:
            wrong, status = visit.text(NOT_FOUND), 404
        try:
            made = guard.enter(self, page, request, visit.lang)
            if guard.must_choose_password(made):
                return None
            return again.show(page, made, visit, wrong, status)
        except (guard.SignInFirstError, ForbiddenError, NotHereError, ComplaintError):
            return None

    async def _handled(self, page: Page, visit: Visit) -> Response:
        if not page.by_turns:
            return await self._in_thread(page.handler, visit)
        async with self.turns.turn():
            return await self._in_thread(page.handler, visit)

    def _note(self, visit: Visit, answer: Response, began: float) -> None:
        if visit.page.polls and answer.status_code == 204:
            self.live.note_unchanged(visit.page, visit.request, visit.scope, began)
        elif visit.page.method in guard.UNSAFE:
            self.live.forget()
            self.recent.forget("more", "gates", "alarms")

    async def _in_thread(self, work: Callable[..., _T], *arguments: Any) -> _T:
        return await anyio.to_thread.run_sync(partial(work, *arguments), limiter=self._threads)

    def _refused(self, request: Request, refusal: RefusedError) -> Response:
        answer = self._problem(request, PROBLEMS[refusal.problem][0])
        if refusal.retry_after_s:
            answer.headers["Retry-After"] = str(math.ceil(refusal.retry_after_s))
        return answer

    def _problem(self, request: Request, status: int, words: str = "", *values: object) -> Response:
        nowhere = Page(request.method, request.url.path, Access.PUBLIC, lambda visit: Response())
        visit = Visit(self, self.office, request, nowhere, language(request))
        text = visit.text(words or PROBLEM_WORDS.get(status, PROBLEM_WORDS[400]), *values)
        is_guest = status == 404 and bool(words)
        answer = visit.render("problem.html", status=status, words=text, is_guest=is_guest)
        if status in (408, 413):
            answer.headers["Connection"] = "close"
        return secured(answer)

    def _finished(self, request: Request, page: Page, answer: Response) -> Response:
        """Headers and cookies that every answer has."""
        if page.needs is Access.MACHINE:
            return secured(answer)
        secure = request.url.scheme == "https"
        asked = request.query_params.get("lang")
        if asked in LANGUAGES:
            answer.set_cookie(
                LANGUAGE_COOKIE, asked, max_age=_YEAR_S, httponly=True, samesite="lax", secure=secure
            )
        if SAID_COOKIE in request.cookies and answer.media_type == "text/html" and not page.polls:
            answer.delete_cookie(SAID_COOKIE, httponly=True, samesite="lax", secure=secure)
        return secured(answer)


class _Static(StaticFiles):
    """Files with the headers of everything else; their addresses hold a version, so they may be kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers.update(ALWAYS)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


async def _nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    raise HTTPException(404)
