"""Pages by personal link: no account, one purpose, and no guessing of addresses."""

from __future__ import annotations

from center.console.page import NotHereError
from center.console.visit import Visit
from center.http.answers import RefusedError
from center.store.links import Link

OVER = "这个链接不能用了：可能过期了，或者换了新的。请找发给您的人再要一个"


def open_link(visit: Visit, purpose: str) -> Link:
    """The link of the address (`/…/{secret}`). Raises NotHereError; refuses too_many."""
    wait = visit.console.by_link.wait(visit.address, visit.office.mono())
    if wait:
        raise RefusedError("too_many", retry_after_s=wait)
    link = visit.store.links.open(purpose, visit.path("secret"), visit.now_ms)
    if link is None:
        raise NotHereError(OVER)
    return link
