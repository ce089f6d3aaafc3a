"""Pages of lists that many stations are sent: each is made once, and the full ones are kept for the next.

On the morning on which all gates of a district begin, three hundred ask for the same hundred thousand people:
opening and packing them for each would take a core for minutes. While one page travels, the next is made.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

MOST_KEPT = 400  # pages
MOST_KEPT_BYTES = 64 * 1024 * 1024  # packed: 350,000 people


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


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page. `changes` tells how often its channel had changed: no page outlives the next change."""

    channel: str
    epoch: str
    since: int
    limit: int
    branch: str
    changes: int
    ready: bool = False  # people as stations keep them


Make = Callable[[Asked], Awaitable[SharedPage]]


class SharedPages:
    """For one thread: the event loop's. `make` may raise; whoever waits gets the same error."""

    def __init__(self, *, most: int = MOST_KEPT, most_bytes: int = MOST_KEPT_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._making: dict[Asked, asyncio.Future[SharedPage]] = {}
        self._kept: OrderedDict[Asked, SharedPage] = OrderedDict()  # whatever was asked for longest ago first
        self._kept_bytes = 0

    async def get(self, asked: Asked, make: Make) -> SharedPage:
        page = self._kept.get(asked)
        if page is None:
            page = await asyncio.shield(self._begin(asked, make))  # who hangs up takes it from nobody else
        else:
            self._kept.move_to_end(asked)
        if page.more:
            self._look_ahead(replace(asked, since=page.until), make)
        return page

    def _look_ahead(self, follows: Asked, make: Make) -> None:
        if follows not in self._kept:
            self._begin(follows, make)

    def _begin(self, asked: Asked, make: Make) -> asyncio.Future[SharedPage]:
        making = self._making.get(asked)
        if making is None:
            self._forget_former(asked)
            making = asyncio.ensure_future(make(asked))
            self._making[asked] = making
            making.add_done_callback(lambda done: self._made(asked, done))
        return making

    def _made(self, asked: Asked, done: asyncio.Future[SharedPage]) -> None:
        del self._making[asked]
        if done.cancelled() or done.exception() is not None:  # whoever waits for it has been told
            return
        page = done.result()
        if page.more:  # what is not full will hold more the next time
            self._kept[asked] = page
            self._kept_bytes += len(page.packed)
        while self._kept_bytes > self._most_bytes or len(self._kept) > self._most:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= len(oldest.packed)

    def _forget_former(self, now: Asked) -> None:
        """Of this channel, what was made before its last change."""
        for kept in [one for one in self._kept if one.channel == now.channel and one.changes != now.changes]:
            self._kept_bytes -= len(self._kept.pop(kept).packed)
