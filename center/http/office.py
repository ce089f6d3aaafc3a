"""What the routes share: keys, store, clocks, limits, and the threads in which blocking work is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import anyio
import anyio.to_thread

from center.http.answers import RefusedError
from center.http.shared_pages import SharedPages
from center.http.waking import Wakes
from center.jobs import Jobs
from center.keys import CenterKeys
from center.ledger import Clock
from center.limits import Places, Rate, Remembered, Shares
from center.provider import Provider
from center.store import SqlStore, StationRow
from center.webhook_url import Network

_P = ParamSpec("_P")
_T = TypeVar("_T")
_MOST_BODIES, _BODIES_OF_ONE = 256, 16  # that are being read at once: 1 GiB, if all are as large as may be
_MOST_OF_STRANGERS, _OF_AN_ADDRESS = 64, 8  # beside these: whoever drips holds up no gate and no colleague
KNOWN_FOR_S = 1.0  # a station that sends batch after batch is not looked up for each
_MOST_CLOCKS = 100_000
_THREADS = 8
# Of these for what gates ask by the hundred when power or center are back: a person at a gate who is asked
# about, a red and an admin's page would stand in one line with all of it.
_OF_RETURNING = 4


class Office:
    """One center at work. Times: `now_ms` is UTC, `mono` is in seconds from anywhere."""

    def __init__(
        self,
        keys: CenterKeys,
        store: SqlStore,
        *,
        now_ms: Callable[[], int],
        mono: Callable[[], float],
        provider: Provider | None = None,
        own_networks: Sequence[Network] = (),
        most_pushes: int = 32,
        requests_per_s: float = 200.0,
        files: Path | None = None,
    ) -> None:
        self.keys, self.store, self.provider = keys, store, provider
        self.now_ms, self.mono = now_ms, mono
        self.own_networks = tuple(own_networks)  # in which webhooks may end, beside the Internet
        self.jobs, self.files = Jobs(), files  # long work, and the folder for what it writes
        self.pushes = Places(most_pushes)
        self.bodies = Shares(_MOST_BODIES, _BODIES_OF_ONE)  # of gates, users, programs that are known
        self.strangers = Shares(_MOST_OF_STRANGERS, _OF_AN_ADDRESS)  # of all others, by address
        self.known_senders: Remembered[bytes, StationRow] = Remembered(KNOWN_FOR_S, _MOST_CLOCKS)
        self.enrolments = Rate(5 / 60, 5)
        self.wakes = Wakes()
        self.clocks: dict[bytes, Clock] = {}  # what stations told of theirs since we began
        self.heard: dict[bytes, int] = {}  # when each station last signed a request to this process
        self.pages = SharedPages()
        self.reaches: dict[str, str] = {}  # of a branch, the part that people are for, as far as known
        self.document: dict[str, Any] = {}  # OpenAPI
        self._requests = Rate(requests_per_s, int(requests_per_s) * 5)
        self._threads = anyio.CapacityLimiter(_THREADS)
        self.returning = anyio.CapacityLimiter(_OF_RETURNING)  # hold it around work in a thread, not bodies
        self._push_threads = anyio.CapacityLimiter(store.database.batches)

    def admit(self, station: str) -> None:
        """Refuses too_many to a station that has gone wild."""
        wait = self._requests.wait(station, self.mono())
        if wait:
            raise RefusedError("too_many", retry_after_s=wait)

    def note_clock(self, station: bytes, told: Clock | None) -> None:
        """Keep what a station told of its clock, for the batches that it sends next."""
        self.clocks.pop(station, None)
        if told and len(self.clocks) < _MOST_CLOCKS:
            self.clocks[station] = told

    async def in_thread(self, work: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs) -> _T:
        """Blocking work in a thread."""
        return await anyio.to_thread.run_sync(partial(work, *arguments, **named), limiter=self._threads)

    async def in_push_thread(self, work: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs) -> _T:
        """The same for batches, so that a flood of them leaves threads to everybody else."""
        return await anyio.to_thread.run_sync(partial(work, *arguments, **named), limiter=self._push_threads)
