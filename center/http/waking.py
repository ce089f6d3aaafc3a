"""Long polls sleep without a thread until a list of their channel changes, here or in another process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

Subscribe = Callable[[Callable[[str], None]], Callable[[], None]]


class Wakes:
    """All waiters of one event loop; only the hearing of news comes from other threads."""

    def __init__(self) -> None:
        self._changes: dict[str, int] = {}  # channel: how often it changed
        self.sleeping: set[asyncio.Future[None]] = set()
        self._closed = False

    @property
    def closed(self) -> bool:
        """The center ends."""
        return self._closed

    def changes(self, channel: str) -> int:
        """Take this before looking; what changes after it ends `changed` at once."""
        return self._changes.get(channel, 0)

    async def changed(self, channel: str, since: int, within_s: float) -> bool:
        """Whether the channel changed again, within this time; at once False when the center closes."""
        loop = asyncio.get_running_loop()
        until = loop.time() + within_s
        while self.changes(channel) == since:
            left = until - loop.time()
            if self._closed or left <= 0:
                return False
            await self._sleep(left)
        return True

    @asynccontextmanager
    async def listening(self, subscribe: Subscribe) -> AsyncIterator[None]:
        """Hear of changes as long as the center runs."""
        loop = asyncio.get_running_loop()
        end = subscribe(lambda channel: _call(loop, self.heard, channel))
        try:
            yield
        finally:
            end()
            self.close()

    def heard(self, channel: str) -> None:
        self._changes[channel] = self.changes(channel) + 1
        self._wake_all()

    def close(self) -> None:
        """Nobody waits any longer."""
        self._closed = True
        self._wake_all()

    async def _sleep(self, seconds: float) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.sleeping.add(waiter)
        try:
            await asyncio.wait([waiter], timeout=seconds)
        finally:
            self.sleeping.discard(waiter)

    def _wake_all(self) -> None:
        for waiter in self.sleeping:
            if not waiter.done():
                waiter.set_result(None)


def _call(loop: asyncio.AbstractEventLoop, heard: Callable[[str], None], channel: str) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(heard, channel)
