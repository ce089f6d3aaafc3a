"""Which of a lane's thermometers counts now, when it has more than one. Pure; times are monotonic seconds.

Only the readings of the one that counts belong to people; those of all are watched and compared. The order is
the gate's: the first is preferred. One that works and does not look false comes before one that does; if all
that work look false, the first of them still counts, and the screen asks to measure by hand.

Away from a dead instrument it goes at once: somebody is waiting. Back, or to a better one, only while nobody
stands there, or one person would be measured twice; and one that failed before must first stay well for a
while, or a loose plug would move the lane to and fro.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from station.core.model import DeviceState

STEADY_S = 30.0  # a port is tried again every 8 s at most, so a loose plug shows itself well within this time

_BEST_FIRST = (
    DeviceState.WORKING,
    DeviceState.SEARCHING,
    DeviceState.SILENT,
    DeviceState.LOST,
    DeviceState.ABSENT,
)


@dataclass(frozen=True, slots=True)
class Change:
    """From now on another instrument counts; None: none does, so everybody is measured by hand."""

    active: str | None
    before: str | None
    doubtful: bool  # it works, but looks false, and there is no better one: measure by hand as well
    at: float  # monotonic s


class Failover:
    """The thermometers of one lane by name, preferred first. Each change is returned once."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._working: set[str] = set()
        self._false: frozenset[str] = frozenset()
        self._known: set[str] = set()  # those that have worked before
        self._steady_at: dict[str, float] = {}  # of those that were unwell since
        self._said: tuple[str | None, bool] = (None, False)
        self.active: str | None = None

    @property
    def doubtful(self) -> bool:
        """The one that counts looks false, and there is no better one."""
        return self.active in self._false

    def status(self, name: str, state: DeviceState, now: float, *, free: bool = False) -> Change | None:
        """One instrument's health; names that are not of this lane are ignored. `free` as with `tick`."""
        if name not in self._names:
            return None
        if state is DeviceState.WORKING and name not in self._working:
            self._working.add(name)
            self._come_back(name, now)
        elif state is not DeviceState.WORKING:
            self._working.discard(name)
        return self._settle(now, free=free)

    def tick(self, now: float, looks_false: Collection[str], *, free: bool) -> Change | None:
        """Time passed; `looks_false` by name, and whether nobody stands before any of the sensors."""
        false = frozenset(looks_false)
        for name in self._false - false:
            self._come_back(name, now)
        self._false = false
        return self._settle(now, free=free)

    def _come_back(self, name: str, now: float) -> None:
        """Well again; when it works for the first time, there is nothing to be careful about."""
        if name in self._known:
            self._steady_at[name] = now + STEADY_S
        self._known.add(name)

    def _settle(self, now: float, *, free: bool) -> Change | None:
        before, self.active = self.active, self._choose(now, free=free)
        saying = self.active, self.doubtful
        if saying == self._said:
            return None
        self._said = saying
        return Change(self.active, before, self.doubtful, now)

    def _choose(self, now: float, *, free: bool) -> str | None:
        if not self._working:
            return None
        best = min(self._working, key=self._rank)
        if self.active not in self._working:
            return best
        better = self._rank(best) < self._rank(self.active)
        return best if better and free and now >= self._steady_at.get(best, now) else self.active

    def _rank(self, name: str) -> tuple[bool, int]:
        """Lower is better."""
        return name in self._false, self._names.index(name)


def combined(states: Iterable[DeviceState]) -> DeviceState:
    """What the screen's one line says of several: the best of them, for the lane goes on with that one."""
    return min(states, key=_BEST_FIRST.index, default=DeviceState.ABSENT)
