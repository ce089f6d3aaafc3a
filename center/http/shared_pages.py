"""Pages of lists that many stations are sent: each is made once, and the full ones are kept for the next.

On the morning on which all gates of a district begin, three hundred ask for the same hundred thousand people:
opening and packing them for each would take a core for minutes. While one page travels, the next is made.

Something changes all day long. A page that was kept is then looked at once before it is given again: versions
only ever leave a span, for what changes gets a newer one, so a page holds as long as it is not missing any.
One that does not is made anew for the same span, or for that of its neighbour too, so that those behind stay
good.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Protocol

MOST_KEPT = 400  # pages
MOST_KEPT_BYTES = 64 * 1024 * 1024  # packed: 300,000 people


@dataclass(frozen=True, slots=True)
class SharedPage:
    """A page as it is sent.

    Not `says`: there is nothing in it. `until`: where the next begins, if there are `more`. `not_for`: these
    stations (hex) have one of their own.
    """

    packed: bytes
    says: bool
    until: int
    more: bool
    not_for: frozenset[str] = frozenset()
    count: int = 0  # items in it


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page."""

    channel: str
    epoch: str
    since: int
    limit: int
    branch: str
    ready: bool = False  # people as stations keep them


class Maker(Protocol):
    """Where pages come from; both may raise."""

    async def make(self, asked: Asked, upto: int | None) -> SharedPage:
        """`upto`: of versions up to this one only."""

    async def left(self, asked: Asked, until: int) -> int:
        """How many items this page would have now, up to this version."""


@dataclass(frozen=True, slots=True)
class _Kept:
    page: SharedPage
    changes: int  # it was good when the channel had changed so often


class SharedPages:
    """For one thread: the event loop's. Whoever waits for a page gets the maker's error.

    `changes` tells how often the page's channel has changed: no page is given that was last looked at before.
    """

    def __init__(self, *, most: int = MOST_KEPT, most_bytes: int = MOST_KEPT_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._making: dict[tuple[Asked, int], asyncio.Future[SharedPage]] = {}
        self._kept: OrderedDict[Asked, _Kept] = OrderedDict()  # whatever was asked for longest ago first
        self._kept_bytes = 0

    @property
    def is_full(self) -> bool:
        """Nearly: what is made now takes the place of something else."""
        return self._kept_bytes > self._most_bytes * 0.9 or len(self._kept) > self._most * 0.9

    async def get(self, asked: Asked, changes: int, maker: Maker, *, ahead: bool = True) -> SharedPage:
        """`ahead`: the one that follows is begun, too."""
        page = self._good(asked, changes)
        if page is None:  # who hangs up takes it from nobody else
            page = await asyncio.shield(self._begin(asked, changes, maker))
        else:
            self._kept.move_to_end(asked)
        if page.more and ahead:
            follows = replace(asked, since=page.until)
            if self._good(follows, changes) is None:
                self._begin(follows, changes, maker)
        return page

    def _good(self, asked: Asked, changes: int) -> SharedPage | None:
        kept = self._kept.get(asked)
        return kept.page if kept and kept.changes >= changes else None

    def _begin(self, asked: Asked, changes: int, maker: Maker) -> asyncio.Future[SharedPage]:
        making = self._making.get((asked, changes))
        if making is None:
            making = asyncio.ensure_future(self._renewed(asked, maker))
            self._making[asked, changes] = making
            making.add_done_callback(lambda done: self._made(asked, changes, done))
        return making

    async def _renewed(self, asked: Asked, maker: Maker) -> SharedPage:
        kept = self._kept.get(asked)
        if kept is None:
            return await maker.make(asked, None)
        left = await maker.left(asked, kept.page.until)
        if left == kept.page.count:
            return kept.page
        return await maker.make(asked, await self._span(asked, left, kept.page.until, maker))

    async def _span(self, asked: Asked, left: int, upto: int, maker: Maker) -> int | None:
        """Where few are left, what is kept of what follows is joined to them, as far as it fits."""
        while left * 2 < asked.limit:
            follows = replace(asked, since=upto)
            kept = self._kept.get(follows)
            if kept is None:
                return None
            more = await maker.left(follows, kept.page.until)
            if left + more > asked.limit:
                return upto
            left, upto = left + more, kept.page.until
        return upto

    def _made(self, asked: Asked, changes: int, done: asyncio.Future[SharedPage]) -> None:
        del self._making[asked, changes]
        if done.cancelled() or done.exception() is not None:  # whoever waits for it has been told
            return
        page = done.result()
        self._forget(asked)
        if page.more:  # what is not full will hold more the next time
            self._kept[asked] = _Kept(page, changes)
            self._kept_bytes += len(page.packed)
        while self._kept_bytes > self._most_bytes or len(self._kept) > self._most:
            self._forget(next(iter(self._kept)))

    def _forget(self, asked: Asked) -> None:
        kept = self._kept.pop(asked, None)
        if kept:
            self._kept_bytes -= len(kept.page.packed)
