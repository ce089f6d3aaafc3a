"""我有空: a volunteer opens a link on the phone and puts a name down for a shift. No account.

Names of others are not shown, only how many are still needed.
"""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.responses import Response

from center.console.page import Access, Page
from center.console.personal import open_link
from center.console.shift_words import shift_words
from center.console.shifts import LINK
from center.console.visit import Visit
from center.scope import is_within
from center.store.links import Link
from center.store.rota import Planned
from station.core.shift import ShiftError

_AHEAD_MS = 14 * 24 * 3600 * 1000


def show(visit: Visit) -> Response:
    return _page(visit, open_link(visit, LINK), "", "")


def sign_up(visit: Visit) -> Response:
    """The name stays in the form, so that the next shift takes one tap."""
    link, name = open_link(visit, LINK), visit.field("name", 60)
    planned = next((one for one in _shifts(visit, link) if one.key == visit.field("shift")), None)
    if planned is None:
        return _page(visit, link, name, "这一班没有了，请看看别的班")
    try:
        if visit.field("leaves") == "1":
            visit.store.rota.leave(planned.key, name)
        else:
            visit.store.rota.sign_up(planned.key, name, datetime.fromtimestamp(visit.now_ms / 1000, UTC))
    except ShiftError as error:
        return _page(visit, link, name, shift_words(error))
    visit.note("有人用链接报名或退出", branch=link.branch, about=planned.key)
    return _page(
        visit, link, name, "", done="这一班退掉了" if visit.field("leaves") == "1" else "报上了，谢谢您！"
    )


def _page(visit: Visit, link: Link, name: str, wrong: str, *, done: str = "") -> Response:
    return visit.render(
        "signup.html",
        status=400 if wrong else 200,
        link=link,
        shifts=_shifts(visit, link),
        name=name,
        wrong=wrong,
        done=done,
        secret=visit.path("secret"),
    )


def _shifts(visit: Visit, link: Link) -> list[Planned]:
    """Of the branch of the link and below, that begin within two weeks."""
    until = visit.now_ms + _AHEAD_MS
    return [
        one
        for one in visit.store.rota.all(visit.now_ms)
        if is_within(one.branch, link.branch) and one.item.begin_ms < until
    ]


PAGES = (
    Page("GET", "/signup/{secret}", Access.PUBLIC, show),
    Page("POST", "/signup/{secret}", Access.PUBLIC, sign_up),
)
