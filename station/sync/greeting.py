"""How a station introduces itself in its `hello`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from station.sync.batching import MESSAGE_VERSION
from station.sync.bundle import ChainAt, Hello
from station.sync.status import Board


class Clock(Protocol):
    boot: str

    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Greeting:
    """`devices` and `credential` are asked for at each hello; both must answer in any thread."""

    station: bytes
    app: str
    schema: int
    fingerprint: str
    clock: Clock
    credential: Callable[[], bytes]
    devices: Callable[[], tuple[tuple[str, str], ...]]
    board: Board

    def hello(self, chains: tuple[ChainAt, ...]) -> Hello:
        return Hello(
            v=MESSAGE_VERSION,
            station=self.station,
            app=self.app[:200],
            schema=self.schema,
            boot=self.clock.boot,
            wall_ms=int(self.clock.now().timestamp() * 1000),
            mono_ms=int(self.clock.monotonic() * 1000),
            fingerprint=self.fingerprint,
            chains=chains,
            credential=self.credential(),
            state=(*self.devices(), *self._state()),
        )

    def _state(self) -> Iterator[tuple[str, str]]:
        """What the overview of the center shows beside the devices, and how our clock stands."""
        status = self.board.status
        yield "pending", str(status.pending)
        if status.clock:
            yield "clock_offset_ms", str(round(status.clock.offset_s * 1000))
            yield "clock_uncertainty_ms", str(round(status.clock.uncertainty_s * 1000))
        if status.lists_as_of:
            yield "lists_as_of", status.lists_as_of.isoformat(timespec="seconds")
