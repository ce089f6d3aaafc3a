"""The people's pages, made before gates come for them: after an import, or when the center has just begun.

Gently: once the list has been quiet for a moment, a page at a time with rests between them, longer ones while
gates send. Whatever changes meanwhile ends it, and it begins again; pages that still hold are kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from center.http.lists import Maker, epoch_of
from center.http.office import Office
from center.http.shared_pages import Asked
from center.store.errors import where_it_broke
from station.sync.items import MOST_ITEMS

log = logging.getLogger(__name__)

CHANNEL = "people"
QUIET_S = 2.0  # an import is over
PAUSE_S = 10.0  # between two rounds: somebody may be changing one person after the other
_LONG_S = 24 * 3600.0
_REST = 3.0  # times what a page took
_REST_WHILE_BUSY = 20.0


class PagesAhead:
    """`sleep` is for tests."""

    def __init__(self, office: Office, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._office, self._sleep = office, sleep

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """As long as the center runs."""
        work = asyncio.create_task(self._run())
        try:
            yield
        finally:
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work

    async def _run(self) -> None:
        wakes, made = self._office.wakes, -1
        while not wakes.closed:
            changes = wakes.changes(CHANNEL)
            if await wakes.changed(CHANNEL, changes, _LONG_S if changes == made else QUIET_S):
                continue
            if changes != made and not wakes.closed:
                made = changes if await self._tried(changes) else made
                await self._sleep(PAUSE_S)

    async def _tried(self, changes: int) -> bool:
        try:
            return await self.make_all(changes)
        except Exception as error:  # noqa: BLE001 - gates that come for a page meet it, and are told
            log.warning("pages cannot be made ahead just now: %s", where_it_broke(error))
            return False

    async def make_all(self, changes: int) -> bool:
        """Every page of every branch, as many as are kept; False if the list changed again."""
        office = self._office
        epoch = await office.in_thread(epoch_of, office)
        for branch in await office.in_thread(_branches, office):
            asked: Asked | None = Asked(CHANNEL, epoch, 0, MOST_ITEMS[CHANNEL], branch, ready=True)
            while asked and not office.pages.is_full:
                asked = await self._make(asked, changes)
                if office.wakes.changes(CHANNEL) != changes:
                    return False
        return True

    async def _make(self, asked: Asked, changes: int) -> Asked | None:
        """What follows this page, after a rest; None: nothing."""
        office, now = self._office, asyncio.get_running_loop().time
        began = now()
        page = await office.pages.get(asked, changes, Maker(office), ahead=False)
        if not page.more:
            return None
        await self._sleep((now() - began) * (_REST_WHILE_BUSY if office.pushes.taken else _REST))
        return replace(asked, since=page.until)


def _branches(office: Office) -> list[str]:
    """Of which there are pages: those that people are for, where there are gates first of all."""
    lists = office.store.lists
    gates = {row.branch for row in office.store.stations.all() if row.revoked_ms is None}
    return list(dict.fromkeys([*sorted(lists.reach(CHANNEL, one) for one in gates), *lists.scopes(CHANNEL)]))
