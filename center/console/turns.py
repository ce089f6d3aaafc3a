"""Lists of 10 MB become hundreds in memory: one is dealt with at a time, a few wait, others come again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio

from center.console.page import ComplaintError
from center.limits import FullError, Places

MOST_BODIES = 6  # that are being received, or wait for their turn; they lie on disk
WAIT_S = 20.0  # for one's turn; a list of 100,000 takes some seconds


class BusyError(ComplaintError):
    """Others are at it; nothing was taken. 503: again in a moment."""

    status = 503

    def __init__(self) -> None:
        super().__init__("别人正在导入名单，请过一会儿再试：这一次没有收下")


class Turns:
    """Of one event loop."""

    def __init__(self) -> None:
        self._bodies = Places(MOST_BODIES)
        self._turn = anyio.CapacityLimiter(1)

    @asynccontextmanager
    async def body(self) -> AsyncIterator[None]:
        """While a file comes and until it is dealt with. Raises BusyError."""
        try:
            with self._bodies.place():
                yield
        except FullError as error:
            raise BusyError from error

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Nobody else is at it meanwhile. Raises BusyError."""
        try:
            with anyio.fail_after(WAIT_S):
                await self._turn.acquire()
        except TimeoutError as error:
            raise BusyError from error
        try:
            yield
        finally:
            self._turn.release()
