"""How far apart in time two passages were, also when somebody turned the clock in between. Pure.

Entries lie in the order in which they were made; wall time may jump. Between two entries of one start of the
program the monotonic clock tells how much time passed, though not while the PC slept. Over a restart it still
bounds it: it counts on if only the program was started anew, and begins at 0 with the PC. Where clocks
contradict each other, somebody counts as near, and as not sure: a wrong clock must not hide anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

STEP_MS = 60_000  # wall and monotonic time apart by more: somebody turned the clock
LONG_MS = 24 * 3_600_000  # no gate is empty for that long while its PC has run for minutes only


class Tick(NamedTuple):
    """When an entry was made, by every clock there is."""

    position: int  # order in the journal
    at_ms: int  # wall time
    boot: str  # one start of the program
    mono_ms: int


class Near(NamedTuple):
    """An entry near another one. `apart_ms` is negative before it; not `sure`: the clocks contradict."""

    tick: Tick
    apart_ms: int
    sure: bool


@dataclass(slots=True)
class _Walk:
    """How far it is from the anchor to the entry that was looked at last."""

    anchor: Tick
    last: Tick
    sign: int  # 1 towards later entries, -1 towards earlier ones
    least_ms: int = 0  # at least so much time passed
    exact: bool = True  # so much, and no more
    doubtful: bool = False  # the clock was turned since, as far as can be seen

    def go(self, tick: Tick) -> None:
        mono, wall = self._forward(tick.mono_ms - self.last.mono_ms), self._wall(self.last, tick)
        if tick.boot == self.last.boot:
            self.least_ms += max(0, mono)
            self.doubtful |= wall - mono > STEP_MS  # set forward, or asleep; set back, mono is right
        else:
            self._restart(tick, mono, wall)
        self.last = tick

    def _restart(self, tick: Tick, mono: int, wall: int) -> None:
        """Was only the program started anew, or the PC?"""
        if mono < 0:  # the PC: this long before the later one, at least
            self.exact = False
            self.least_ms += max(0, tick.mono_ms if self.sign > 0 else self.last.mono_ms)
            self.doubtful |= wall < 0 or wall > LONG_MS
        else:
            self.least_ms += mono
            self.doubtful |= abs(wall - mono) > STEP_MS

    def near(self, within_ms: int) -> Near | None:
        """The last one, if it is within this, or may be."""
        wall = self._wall(self.anchor, self.last)
        if self.exact or self.doubtful or wall < self.least_ms - STEP_MS:
            return Near(self.last, self.sign * self.least_ms, sure=self.exact and not self.doubtful)
        return Near(self.last, self.sign * max(wall, 0), sure=True) if wall <= within_ms else None

    def _wall(self, one: Tick, other: Tick) -> int:
        return self._forward(other.at_ms - one.at_ms)

    def _forward(self, difference: int) -> int:
        return self.sign * difference


def walk(anchor: Tick, others: Iterable[Tick], within_ms: int, sign: int) -> Iterator[Near]:
    """Those of the others that were within this of the anchor. They come in order, leading away from it.

    Ends, and takes no more of them, at the first that is certainly further away.
    """
    state = _Walk(anchor, anchor, sign)
    for tick in others:
        state.go(tick)
        if state.least_ms > within_ms:
            return
        if found := state.near(within_ms):
            yield found


def turned(one: Tick, near: Near) -> bool:
    """Whether wall time and the time that really passed between these two disagree."""
    return not near.sure or abs((near.tick.at_ms - one.at_ms) - near.apart_ms) > STEP_MS


def repeated(ticks: Sequence[Tick]) -> bool:
    """Whether the clock was set back between these, which lie in order: it said the same time twice."""
    for one, other in pairwise(ticks):
        wall = other.at_ms - one.at_ms
        passed = max(0, other.mono_ms - one.mono_ms) if one.boot == other.boot else 0
        if passed - wall > STEP_MS:
            return True
    return False
