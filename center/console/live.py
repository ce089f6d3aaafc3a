"""Open pages ask each second whether anything is new. Whoever has the newest already is told so at once:
without a thread, without the database. Nothing is shown by it, so who asks need not be looked up each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from starlette.requests import Request

from center.console.guard import cookie_id
from center.console.page import Page
from center.scope import Scope

FRESH_S = 0.3  # for so long nobody looks again
KNOWN_S = 20.0  # for so long a session is believed; to be shown anything it is looked up
_MOST = 20_000


class Live:
    """Of one event loop, in its thread. `mono`: seconds."""

    def __init__(self, mono: Callable[[], float]) -> None:
        self._mono = mono
        self._may: dict[tuple[bytes, str], tuple[float, Scope]] = {}
        self._newest: dict[Hashable, tuple[float, str]] = {}

    def is_unchanged(self, page: Page, request: Request) -> bool:
        """Whether what the browser has was the newest a moment ago, for whoever may see the same."""
        known = self._may.get((cookie_id(request), page.path))
        if known is None or not 0 <= self._mono() - known[0] < KNOWN_S:
            return False
        looked = self._newest.get(_what(request, known[1]))
        return looked is not None and looked[1] == _seen(request) and self._is_fresh(looked[0])

    def note_unchanged(self, page: Page, request: Request, scope: Scope, began: float) -> None:
        """The page has looked, and the browser has what there is. `began`: when it did."""
        if len(self._may) + len(self._newest) > _MOST:
            self.forget()
        self._may[cookie_id(request), page.path] = (began, scope)
        self._newest[_what(request, scope)] = (began, _seen(request))

    def forget(self) -> None:
        """Somebody did something here: it may be anything, also somebody's rights."""
        self._may.clear()
        self._newest.clear()

    def _is_fresh(self, looked: float) -> bool:
        return 0 <= self._mono() - looked < FRESH_S


def _seen(request: Request) -> str:
    return request.query_params.get("seen", "")


def _what(request: Request, scope: Scope) -> Hashable:
    query = tuple((name, value) for name, value in request.query_params.multi_items() if name != "seen")
    return request.url.path, query, scope.branches
