"""How loud the voice is at a time of day. Pure; times are local, volumes from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

QUIET, QUIET_STOP = 0.4, 0.8  # share of the volume in quiet hours


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one local time to another, over midnight if need be; equal: never."""

    begin: time = time(22)
    end: time = time(6)

    def hold(self, at: time) -> bool:
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


@dataclass(frozen=True, slots=True)
class Volume:
    """What was set for this gate: one volume, or others from certain times on until the next of them."""

    usual: float
    steps: tuple[tuple[time, float], ...] = ()  # in the order of the day

    @classmethod
    def parse(cls, usual: float, steps: Sequence[str]) -> Volume:
        """Steps like "07:30 0.9". Raises ValueError."""
        return cls(usual, tuple(sorted(_step(step) for step in steps)))

    def at(self, moment: time) -> float:
        """Before the first step of a day the last one of the day before holds."""
        begun = [volume for begin, volume in self.steps if begin <= moment]
        if begun:
            return begun[-1]
        return self.steps[-1][1] if self.steps else self.usual

    @property
    def silent(self) -> bool:
        """Nothing is said at any time."""
        volumes = [volume for _, volume in self.steps] or [self.usual]
        return not any(volumes)


def _step(text: str) -> tuple[time, float]:
    begin, _, volume = text.partition(" ")
    if not 0 <= float(volume) <= 1:
        raise ValueError(f"{text!r}: a volume is from 0 to 1")
    return time.fromisoformat(begin), float(volume)
